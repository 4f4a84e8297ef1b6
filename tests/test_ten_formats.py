"""A study gives the same segments whatever formats its interviews are in.

What a format cannot say is not asked of it: a subtitle is cut into cues, and an answer over
several of them has newlines where plain text has blanks (neither ends a sentence); a PDF keeps
no paragraphs, only lines, which are joined again by how full they are.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from corpus import tiny_documents as made
from corpus.tiny_documents import Talk
from corpus.tiny_hwp import hwp, paragraph
from corpus.tiny_pdf import pdf
from corpus.tiny_workbook import workbook

from pipeline.config import load_study
from pipeline.flow.corpus import interviews_of
from pipeline.progress import Silent
from pipeline.records import Segment
from pipeline.runner import run_stages
from pipeline.stages import STAGES

THROUGH_SEGMENTS = STAGES[: 1 + [stage.name for stage in STAGES].index("segments")]
# Characters on a line of the printed page.
PAGE_WIDTH = 60


def talk(place: str) -> Talk:
    """Return an interview about ``place``: what trips readers up is in it."""
    return [
        ("면담자", f"{place}에는 언제 처음 가셨어요?"),
        ("참여자 1", f"작년 10:30쯤요. {place}에서 「마을학교」를 열었는데, 사람이 23명이나 왔죠(웃음)."),
        ("면담자", "그때 기분이 어떠셨어요?"),
        ("참여자 1", "떨렸어요. “내가 할 수 있을까?” 싶었고요… 그래도 해 보니 되더라고요. A & B도 <그렇고>요."),
        ("참여자 2", f"저는요, {place} 일이 제 일 같았어요. 뷁 같은 글자도 읽히나요? 100%요!"),
        ("면담자", "마지막으로 하실 말씀은요?"),
        ("참여자 2", "예산: 그게 늘 걸려요. 네."),
    ]  # fmt: skip


def printed(turns: Talk) -> bytes:
    """Return a PDF whose lines are broken between words, the blank kept at the line's end."""
    page: list[str] = []
    for line in made.lines(turns):
        page.append("")
        for word in line.split(" "):
            if len(page[-1]) + len(word) > PAGE_WIDTH:
                page.append("")
            page[-1] += f"{word} "
        page[-1] = page[-1].rstrip()
    return pdf(page)


def typed(turns: Talk) -> bytes:
    """Return a 한글 5 document of a paragraph for each turn."""
    *rest, last = made.lines(turns)
    return hwp(b"".join(map(paragraph, rest)) + paragraph(last, last=True))


WRITERS: Mapping[str, tuple[str, Callable[[Talk], bytes]]] = {
    "utf8": (".txt", lambda turns: made.txt(turns, "utf-8-sig")),
    "cp949": (".txt", lambda turns: made.txt(turns, "cp949")),
    "utf16": (".md", lambda turns: made.txt(turns, "utf-16")),
    "워드": (".docx", made.docx),
    "워드표": (".docx", made.docx_table),
    "한글": (".hwp", typed),
    "한글x": (".hwpx", made.hwpx),
    "오픈": (".odt", made.odt),
    "서식": (".rtf", made.rtf),
    "인쇄": (".pdf", printed),
    "자막": (".srt", made.srt),
    "웹자막": (".vtt", made.vtt),
    "표": (".csv", made.table),
    "엑셀": (".xlsx", lambda turns: workbook(면담=[("화자", "내용"), *map(escaped, turns)])),
    "위스퍼": (".json", made.whisper),
    "클로바": (".txt", made.clova),
}


def escaped(turn: tuple[str, str]) -> tuple[str, ...]:
    return tuple(map(made.escape, turn))


def study(folder: Path, files: Mapping[str, bytes], unit: str) -> Path:
    interviews = folder / "corpora" / "형식" / "interviews"
    interviews.mkdir(parents=True)
    for name, data in files.items():
        (interviews / name).write_bytes(data)
    config = folder / "configs" / "형식.yaml"
    config.parent.mkdir()
    config.write_text(f"title: 형식\nworkers: 1\nsegments: {{unit: {unit}}}\n", encoding="utf-8")
    return config


def segments(config: Path) -> list[tuple[str, str, int, str, str]]:
    """Return what each segment is called, whose it is, and what it says."""
    run = run_stages(load_study(config), THROUGH_SEGMENTS, Silent())
    assert [problem.ko for problem in run.problems if problem.level == "error"] == []
    texts = {interview.id: interview.text for interview in interviews_of(run)}
    found: tuple[Segment, ...] = run.result("segments")
    return sorted(
        (s.id, s.interview, s.turn, s.speaker, texts[s.interview][s.start : s.end]) for s in found
    )


@pytest.mark.parametrize("unit", ["turn", "sentence"])
def test_every_format_gives_the_segments_of_plain_text(tmp_path: Path, unit: str) -> None:
    talks = {name: talk(f"{name}마을") for name in WRITERS}
    plain = {f"{name}.txt": made.txt(turns) for name, turns in talks.items()}
    mixed = {f"{name}{WRITERS[name][0]}": WRITERS[name][1](talks[name]) for name in WRITERS}
    assert len(WRITERS) >= 10
    expected = segments(study(tmp_path / "plain", plain, unit))
    assert len(expected) >= 4 * len(WRITERS)
    assert segments(study(tmp_path / "mixed", mixed, unit)) == expected


def test_the_interviewer_is_known_in_every_format(tmp_path: Path) -> None:
    files = {f"{name}{suffix}": write(talk("동네")) for name, (suffix, write) in WRITERS.items()}
    config = study(tmp_path, files, "turn")
    run = run_stages(load_study(config), THROUGH_SEGMENTS, Silent())
    roles = {i.id: [turn.role == "interviewer" for turn in i.turns] for i in interviews_of(run)}
    asks = [speaker == "면담자" for speaker, _ in talk("동네")]
    assert roles == dict.fromkeys(WRITERS, asks)
