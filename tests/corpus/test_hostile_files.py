"""Bad input of every kind, given to ``read_file`` as a study's file would be."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import unicodedata
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import tiny_documents as made
from test_any_bytes import READERS
from tiny_hwp import hwp, paragraph
from tiny_workbook import members, sheet_of, workbook

from pipeline.corpus.reading import read_file
from pipeline.records import Reading

TALK = [("면담자", "왜요?"), ("참여자", "그냥요.")]
ROOT = Path(__file__).parents[2]
MOST_MEGABYTES = 700
XLSX = workbook(가=[("화자", "내용"), *TALK])
ZIPPED = {
    "a.docx": (made.docx(TALK), "word/document.xml"),
    "a.hwpx": (made.hwpx(TALK), "Contents/section0.xml"),
    "a.odt": (made.odt(TALK), "content.xml"),
    "a.xlsx": (XLSX, "xl/worksheets/sheet1.xml"),
}


def reading_of(folder: Path, data: bytes, name: str) -> Reading:
    (folder / name).write_bytes(data)
    return read_file(folder / name, name, [])


def said(reading: Reading) -> list[tuple[str, str]]:
    (interview,) = reading.interviews
    return [(turn.speaker, interview.text[turn.start : turn.end]) for turn in interview.turns]


def refusal(reading: Reading) -> str:
    """Return the one error of a file that was not read."""
    assert reading.interviews == ()
    (problem,) = reading.problems
    assert problem.level == "error"
    return problem.ko


def with_part(data: bytes, part: str, change: Callable[[bytes], bytes]) -> bytes:
    made_anew = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made_anew, "w", 8) as new:
        for name in old.namelist():
            new.writestr(name, change(old.read(name)) if name == part else old.read(name))
    return made_anew.getvalue()


def with_further(data: bytes, **further: bytes) -> bytes:
    made_anew = io.BytesIO(data)
    with zipfile.ZipFile(made_anew, "a", 8) as archive:
        for name, content in further.items():
            archive.writestr(name, content)
    return made_anew.getvalue()


# ── archives ────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("name", ZIPPED)
def test_a_zip_bomb_is_refused(tmp_path: Path, name: str) -> None:
    whole, part = ZIPPED[name]
    bomb = with_part(whole, part, lambda xml: xml + b" " * (20 * 2**20))
    assert "압축을 풀면" in refusal(reading_of(tmp_path, bomb, name))


@pytest.mark.parametrize("name", ZIPPED)
def test_archives_in_archives_and_names_that_climb_out_do_nothing(
    tmp_path: Path, name: str
) -> None:
    whole, _ = ZIPPED[name]
    inner = with_further(whole, **{"inner.zip": whole})
    data = with_further(
        whole, **{"../out.txt": b"x", "/tmp/out.txt": b"x", "..\\out.txt": b"x", "deep.zip": inner}
    )
    folder = tmp_path / "interviews"
    folder.mkdir()
    assert said(reading_of(folder, data, name)) == TALK
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == [name]


def test_an_archive_of_documents_is_to_be_unpacked(tmp_path: Path) -> None:
    data = made.packed({"면담.docx": ZIPPED["a.docx"][0], "면담.zip": made.packed({"a": "b"})})
    assert "압축을 풀어 넣으세요" in refusal(reading_of(tmp_path, data, "면담.zip"))


@pytest.mark.parametrize("name", ZIPPED)
@pytest.mark.parametrize("wide", [False, True])
def test_an_entity_bomb_is_refused_or_says_nothing(tmp_path: Path, name: str, wide: bool) -> None:
    whole, part = ZIPPED[name]
    if wide:
        entities = f'<!ENTITY i "{"풀림" * 20_000}">'
        uses = "&i;" * 20_000
    else:
        pairs = zip("abcdefgh", "bcdefghi", strict=True)
        entities = '<!ENTITY a "풀림">' + "".join(
            f'<!ENTITY {after} "{f"&{before};" * 10}">' for before, after in pairs
        )
        uses = "&i;"

    def bomb(xml: bytes) -> bytes:
        body = xml.replace("그냥요.".encode(), f"그냥요.{uses}".encode())
        return f"<!DOCTYPE d [{entities}]>".encode() + body

    reading = reading_of(tmp_path, with_part(whole, part, bomb), name)
    if reading.interviews:
        assert said(reading) == TALK
    else:
        assert "읽을 수 없습니다" in refusal(reading)


# ── whole, but not what it seems ────────────────────────────────────────────────────


@pytest.mark.parametrize("name", ["a.docx", "a.hwpx", "a.odt", "a.xlsx", "a.hwp", "a.pdf", "a.rtf"])
@pytest.mark.parametrize("suffix", [".txt", ".docx", ".hwp", ".csv", ".mp3", ""])
def test_a_renamed_file_is_read_by_its_content(tmp_path: Path, name: str, suffix: str) -> None:
    _, whole = READERS[name]
    assert said(reading_of(tmp_path, whole, f"면담{suffix}"))[0][0] == "면담자"


@pytest.mark.parametrize("name", READERS)
def test_a_truncated_file_is_never_silently_empty(tmp_path: Path, name: str) -> None:
    _, whole = READERS[name]
    for cut in range(len(whole) // 10, len(whole), len(whole) // 10):
        reading = reading_of(tmp_path, whole[:cut], name)
        errors = [problem for problem in reading.problems if problem.level == "error"]
        assert reading.interviews or errors, cut
        if name in {*ZIPPED, "a.hwp"}:
            # The list of what is inside stands at the end of an archive.
            assert "읽을 수 없습니다" in refusal(reading), cut


# ── characters ──────────────────────────────────────────────────────────────────────

STRANGE = "\u202e거꾸로\u202c 그냥\u200f요\ufeff 👩‍👧 e\u0301"


def odd_files(text: str) -> dict[str, bytes]:
    talk = [("면담자", "왜요?"), ("참여자", text)]
    return {
        "a.txt": made.txt(talk),
        "utf16.txt": made.txt(talk, "utf-16"),
        "a.docx": made.docx(talk),
        "a.odt": made.odt(talk),
        "a.hwpx": made.hwpx(talk),
        "a.hwp": hwp(b"".join(paragraph(line) for line in made.lines(talk)) + paragraph(last=True)),
        "a.srt": made.srt(talk),
        "a.vtt": made.vtt(talk),
        "a.csv": made.table(talk),
        "a.json": made.whisper(talk),
    }


@pytest.mark.parametrize("name", odd_files(""))
def test_directions_and_joiners_are_kept_and_composed(tmp_path: Path, name: str) -> None:
    reading = reading_of(tmp_path, odd_files(STRANGE)[name], name)
    assert said(reading)[-1] == ("참여자", unicodedata.normalize("NFC", STRANGE))


@pytest.mark.parametrize("name", odd_files(""))
def test_decomposed_and_composed_syllables_are_one_text(tmp_path: Path, name: str) -> None:
    mixed = unicodedata.normalize("NFD", "마을에 갔어요") + " 마을에 갔어요"
    reading = reading_of(tmp_path, odd_files(mixed)[name], name)
    assert said(reading)[-1] == ("참여자", "마을에 갔어요 마을에 갔어요")


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.txt", made.txt([("면담자", "왜요?"), ("참여자", "그\0냥\x07요\x1b.")])),
        ("a.srt", made.srt([("면담자", "왜요?"), ("참여자", "그\0냥\x07요\x1b.")])),
        ("a.csv", made.table([("면담자", "왜요?"), ("참여자", "그\0냥\x07요\x1b.")])),
        ("a.json", made.whisper([("면담자", "왜요?"), ("참여자", "그\0냥\x07요\x1b.")])),
        ("a.rtf", made.rtf([("면담자", "왜요?"), ("참여자", "그\0냥\x07요\x1b.")])),
    ],
)
def test_nulls_go_and_control_characters_are_blanks(tmp_path: Path, name: str, data: bytes) -> None:
    assert said(reading_of(tmp_path, data, name))[-1] == ("참여자", "그냥 요 .")


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.json", b'{"segments":[{"start":1,"text":"\\ud800 \xea\xb0\x80","speaker":"b"}]}'),
        ("a.jsonl", b'{"id":"1","text":"\\udfff \xea\xb0\x80"}'),
        ("a.rtf", rb"{\rtf1\ansicpg949 \u-10240? \'b0\'a1}"),
        ("a.hwp", hwp(paragraph("\ud800 가", last=True))),
    ],
)
def test_lone_surrogates_are_replaced_and_said_to_be(
    tmp_path: Path, name: str, data: bytes
) -> None:
    ((_, text),) = said(reading_of(tmp_path, data, name))
    assert text == "\ufffd 가"


def test_lone_surrogates_in_plain_text_are_refused_with_their_line(tmp_path: Path) -> None:
    data = b"\xff\xfe" + "참여자: 네\n\ud800가".encode("utf-16-le", "surrogatepass")
    assert "2번째 줄" in refusal(reading_of(tmp_path, data, "a.txt"))


# ── size ────────────────────────────────────────────────────────────────────────────

MEASURED = """
import json, re, sys, time
from pathlib import Path
from pipeline.corpus.reading import read_file
path = Path(sys.argv[1])
began = time.process_time()
reading = read_file(path, path.name, [])
print(json.dumps({
    "seconds": time.process_time() - began,
    "kilobytes": int(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1]),
    "turns": sum(len(interview.turns) for interview in reading.interviews),
    "errors": [problem.ko for problem in reading.problems if problem.level == "error"],
}))
"""
MB = 2**20
PADDING = "".join(f"{number:x}" for number in range(150_000))


def filled(piece: bytes, size: int) -> bytes:
    return piece * (size // len(piece))


def packed_body(part: str, start: str, piece: str, count: int, end: str) -> bytes:
    # What repeats nothing keeps the archive from looking like a bomb at once.
    return made.packed({part: f"{start}<!--{PADDING}-->{piece * count}{end}"})


HWPX_START = '<s xmlns="http://www.hancom.co.kr/hwpml/2011/paragraph">'
WORD_START = f'<w:document xmlns:w="{made.WORD}"><w:body>'
PARAGRAPH = (
    '<w:p w:rsidR="00AB12CD" w:rsidRDefault="00AB12CD"><w:pPr><w:jc w:val="left"/><w:rPr><w:b/>'
    '<w:sz w:val="22"/></w:rPr></w:pPr><w:r w:rsidR="00AB12CD"><w:t>참여자: 네</w:t></w:r></w:p>'
)
HUGE: dict[str, tuple[Callable[[], bytes], str]] = {
    # A name, how to make the file, and what the refusal says ("" where it is read).
    "200MB.txt": (lambda: filled("참여자: 네, 갔어요.\n".encode(), 200 * 10**6), "글이 너무 깁니다(191MB"),
    "line.txt": (lambda: filled("가나다라 ".encode(), 50 * MB), "한 발화가"),
    "lines.txt": (lambda: filled(b"a\n", 20 * MB), "줄로 너무 깁니다"),
    "empty.hwpx": (
        lambda: packed_body("Contents/section0.xml", HWPX_START, "<p/>", 12 * MB, "</s>"),
        "구조가 너무 복잡합니다",
    ),
    "attributes.odt": (
        lambda: packed_body("content.xml", "<a>", '<b c="" d="" e="" f="" g=""/>', 2 * MB, "</a>"),
        "구조가 너무 복잡합니다",
    ),
    "objects.json": (
        lambda: b'{"segments":[' + filled(b"{},", 30 * MB) + b'{"text":"a","start":1}]}',
        "JSON 파일이 너무 큽니다",
    ),
    "words.rtf": (lambda: b"{\\rtf1 " + filled(b"\\b\n", 20 * MB) + b"}", "서식이 너무 많습니다"),
    "cells.csv": (lambda: b"text,a\n" + filled(b",", 20 * MB), "칸이 너무 많습니다"),
    "rows.csv": (lambda: b"text,a\n" + filled(b"a,b\n", 20 * MB), "줄로 너무 깁니다"),
    "rows.jsonl": (lambda: filled(b'{"id":1,"text":"a"}\n', 20 * MB), "줄로 너무 깁니다"),
    "cues.srt": (
        lambda: filled(b"1\n00:00:01,000 --> 00:00:02,000\na\n\n", 4 * MB),
        "자막 구간이 ",
    ),
    "100000.docx": (
        lambda: packed_body("word/document.xml", WORD_START, PARAGRAPH, 100_000, "</w:body></w:document>"),
        "",
    ),
}  # fmt: skip


# What getrusage says of a process holds what its parent had when it began.
@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="nothing tells the peak")
@pytest.mark.parametrize("name", HUGE)
def test_huge_files_take_bounded_memory(tmp_path: Path, name: str) -> None:
    make, message = HUGE[name]
    path = tmp_path / name
    path.write_bytes(make())
    done = subprocess.run(
        [sys.executable, "-c", MEASURED, str(path)],
        capture_output=True, text=True, check=True, cwd=ROOT,
    )  # fmt: skip
    path.unlink()
    found = json.loads(done.stdout)
    assert found["kilobytes"] / 1024 < MOST_MEGABYTES
    assert found["seconds"] < 60
    if message:
        assert found["turns"] == 0
        (error,) = found["errors"]
        assert message in error
    else:
        assert (found["turns"], found["errors"]) == (100_000, [])


def test_a_bomb_of_a_workbook_says_how_large_it_is(tmp_path: Path) -> None:
    rows = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    data = made.packed(members({"가": sheet_of(rows)}))
    assert "1,048,576행 × 16,384열" in refusal(reading_of(tmp_path, data, "a.xlsx"))
