"""What a config decides about reading, through a whole study: check, run, and run again."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from pipeline.check import check_study
from pipeline.config import load_study
from pipeline.flow.corpus import interviews_of
from pipeline.progress import Silent
from pipeline.records import Coding, Interview
from pipeline.runner import Run, run_stages
from pipeline.stages import STAGES

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
READ = tuple(stage for stage in STAGES if stage.name == "read")
BRACKETS = "김 선생) 왜요?\n박씨) 그냥요.\n" * 3
SURVEY = "번호,왜?,그래서?\n1,좋아서요,네\n2,그냥요,\n"


def commented_document() -> bytes:
    """Return a Word document with a footnote, and three comments, one of them no code."""

    def said(text: str) -> str:
        return f"<w:r><w:t>{text}</w:t></w:r>"

    def about(number: int, text: str) -> str:
        mark = f'w:id="{number}"'
        return f"<w:commentRangeStart {mark}/>{said(text)}<w:commentRangeEnd {mark}/>"

    body = (
        f"<w:p>{said('질문: 왜요?')}</w:p><w:p>{said('답변: ')}{about(0, '돈을 벌었어요')}"
        f"{said('. ')}{about(1, '자신 있어요')}{about(2, '네')}"
        '<w:r><w:footnoteReference w:id="1"/></w:r></w:p>'
    )
    comments = "".join(
        f'<w:comment w:id="{n}" w:author="나"><w:p>{said(text)}</w:p></w:comment>'
        for n, text in enumerate(["경제적 성과", "자신감", "담당자 교채"])
    )
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(
            "word/document.xml", f"<w:document {W}><w:body>{body}</w:body></w:document>"
        )
        archive.writestr("word/comments.xml", f"<w:comments {W}>{comments}</w:comments>")
        note = f'<w:footnote w:id="1"><w:p>{said("각주 글")}</w:p></w:footnote>'
        archive.writestr("word/footnotes.xml", f"<w:footnotes {W}>{note}</w:footnotes>")
    return buffer.getvalue()


def add(study: Path, name: str, data: str | bytes) -> None:
    folder = study.parent.parent / "corpora" / "작은연구" / "interviews"
    (folder / name).write_bytes(data.encode() if isinstance(data, str) else data)


def decide(study: Path, text: str) -> None:
    study.write_text(f"workers: 1\ntopics: {{count: 3}}\n{text}", encoding="utf-8")


def read_again(study: Path) -> tuple[bool, Run]:
    done = run_stages(load_study(study), READ, Silent())
    return not done.reports[0].skipped, done


def interview(done: Run, name: str) -> Interview:
    return next(i for i in interviews_of(done) if i.id == name)


def test_a_change_of_options_reads_again_and_nothing_else_does(study: Path) -> None:
    add(study, "괄호.txt", BRACKETS)
    read, done = read_again(study)
    assert read
    assert any("확신도 0)" in problem.ko for problem in done.problems)
    assert not read_again(study)[0]
    decide(study, "reading: {speaker: '^([가-힣 ]+)\\)', roles: {김 선생: interviewer}}\n")
    read, done = read_again(study)
    assert read
    assert interview(done, "괄호").turns[0].role == "interviewer"
    assert not any("확신도" in problem.ko for problem in done.problems)
    assert not read_again(study)[0]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("columns: {text: [왜?]}", "columns: {text: [왜?, 그래서?]}"),
        ("footnotes: drop", "footnotes: keep"),
        ("comments: ignore", "comments: memos"),
        ("roles: {질문: participant}", "roles: {}"),
    ],
)
def test_every_option_is_part_of_the_key(study: Path, first: str, second: str) -> None:
    add(study, "설문.csv", SURVEY)
    add(study, "메모.docx", commented_document())
    decide(study, f"reading: {{{first}}}\n")
    before = interviews_of(read_again(study)[1])
    decide(study, f"reading: {{{second}}}\n")
    read, done = read_again(study)
    assert read
    assert interviews_of(done) != before


def test_a_survey_is_an_interview_a_row(study: Path) -> None:
    add(study, "설문.csv", SURVEY)
    assert any("말이 든 열" in problem.ko for problem in check_study(study).problems)
    decide(study, "reading: {columns: {text: [왜?, 그래서?], interview: 번호}}\n")
    checked = check_study(study)
    assert [problem.ko for problem in checked.problems] == []
    assert checked.n_interviews == 5
    first = interview(read_again(study)[1], "1")
    assert [first.text[t.start : t.end] for t in first.turns] == [
        "왜?",
        "좋아서요",
        "그래서?",
        "네",
    ]


def test_comments_become_codings_and_those_that_are_no_codes_are_named(study: Path) -> None:
    add(study, "메모.docx", commented_document())
    decide(study, "reading: {comments: codings}\n")
    checked = check_study(study)
    assert checked.n_codings == 4
    (wrong,) = checked.problems
    assert "혹시 «담당자 교체»?" in wrong.ko
    assert wrong.path == "corpora/작은연구/interviews/메모.docx"
    stages = ("read", "morphology", "segments", "codebook", "codings")
    done = run_stages(load_study(study), [s for s in STAGES if s.name in stages], Silent())
    codings: tuple[Coding, ...] = done.result("codings")
    text = interview(done, "메모").text
    assert [(c.code, c.coder, text[c.start : c.end]) for c in codings if c.interview == "메모"] == [
        ("경제적 성과", "나", "돈을 벌었어요"),
        ("자신감", "나", "자신 있어요"),
    ]
    assert wrong in done.problems
    decide(study, "reading: {comments: memos}\n")
    assert check_study(study).n_codings == 2
