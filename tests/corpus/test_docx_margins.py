from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.corpus.options import Comments, Notes, Options
from pipeline.corpus.readers.docx import read
from pipeline.records import Interview

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def run(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def p(inner: str) -> str:
    return f"<w:p>{inner}</w:p>"


def begin(number: int) -> str:
    return f'<w:commentRangeStart w:id="{number}"/>'


def end(number: int) -> str:
    return f'<w:commentRangeEnd w:id="{number}"/>{reference(number)}'


def reference(number: int) -> str:
    return f'<w:r><w:commentReference w:id="{number}"/></w:r>'


def comment(number: int, *lines: str, author: str = "김코더") -> str:
    said = "".join(p(run(line)) for line in lines)
    return (
        f'<w:comment w:id="{number}" w:author="{author}" w:date="2026-01-02T03:04:05Z">{said}'
        "</w:comment>"
    )


def note(kind: str, number: int, inner: str, attributes: str = "") -> str:
    return f'<w:{kind} w:id="{number}" {attributes}>{inner}</w:{kind}>'


def noted(kind: str, number: int) -> str:
    return f'<w:r><w:{kind}Reference w:id="{number}"/></w:r>'


def document(body: str, comments: str = "", **notes: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "word/document.xml", f"<w:document {W}><w:body>{body}</w:body></w:document>"
        )
        archive.writestr("word/header1.xml", f"<w:hdr {W}>{p(run('머리말'))}</w:hdr>")
        archive.writestr("word/footer1.xml", f"<w:ftr {W}>{p(run('꼬리말'))}</w:ftr>")
        if comments:
            archive.writestr("word/comments.xml", f"<w:comments {W}>{comments}</w:comments>")
        for name, inner in notes.items():
            archive.writestr(f"word/{name}.xml", f"<w:{name} {W}>{inner}</w:{name}>")
    return buffer.getvalue()


def interview(data: bytes, notes: Notes = "drop", comments: Comments = "ignore") -> Interview:
    (found,) = read(data, "면담.docx", Options(footnotes=notes, comments=comments)).interviews
    return found


def beside(found: Interview) -> list[tuple[str, str]]:
    return [(found.text[c.start : c.end], c.text) for c in found.comments]


NOTED = document(
    p(run("참여자: 갔어요") + noted("footnote", 2) + run(".")) + p(run("면담자: 네") + noted("endnote", 1)),
    footnotes=note("footnote", 0, p(run("선")), 'w:type="separator"')
    + note("footnote", 2, p(run(" 2019년 ")) + p(run("봄"))),
    endnotes=note("endnote", 1, p(run("끝"))),
)  # fmt: skip


def test_notes_headers_and_footers_are_left_out() -> None:
    assert interview(NOTED).text == "참여자: 갔어요.\n면담자: 네"


def test_notes_are_kept_after_their_paragraph_if_asked_for() -> None:
    found = interview(NOTED, notes="keep")
    assert found.text == "참여자: 갔어요.\n※ 2019년 봄\n면담자: 네\n※ 끝"
    assert [turn.speaker for turn in found.turns] == ["참여자", "면담자"]


def test_a_note_that_refers_to_itself_has_an_end() -> None:
    data = document(
        p(run("네") + noted("footnote", 2)),
        footnotes=note("footnote", 2, p(run("또") + noted("footnote", 2))),
    )
    assert interview(data, notes="keep").text == "네\n※ 또"


def test_a_reference_to_no_note_says_nothing() -> None:
    assert interview(document(p(run("네") + noted("footnote", 9))), notes="keep").text == "네"


COMMENTED = document(
    p(run("면담자: 왜요?"))
    + p(run("참여자: ") + begin(1) + run("돈을 ") + begin(2) + run("벌었") + end(1) + run("어요") + end(2)),
    comment(2, "자신감", author="이코더") + comment(1, "경제적 성과", "둘째 줄"),
)  # fmt: skip


def test_comments_are_ignored_by_default() -> None:
    assert interview(COMMENTED).comments == ()


@pytest.mark.parametrize("kept", ["memos", "codings"])
def test_comments_stand_beside_their_spans(kept: Comments) -> None:
    found = interview(COMMENTED, comments=kept)
    assert beside(found) == [("돈을 벌었", "경제적 성과\n둘째 줄"), ("벌었어요", "자신감")]
    assert found.comments[0].author == "김코더"
    assert found.comments[0].time == "2026-01-02T03:04:05Z"
    assert found.text == interview(COMMENTED).text


def test_a_comment_may_run_over_paragraphs_and_stand_between_them() -> None:
    data = document(
        begin(1) + p(run("하나")) + p(run("둘")) + "<w:bookmarkEnd/>" + end(1) + p(run("셋")),
        comment(1, "메모"),
    )
    assert beside(interview(data, comments="memos")) == [("하나\n둘", "메모")]


def test_comments_in_rows_that_become_labels() -> None:
    def cell(inner: str) -> str:
        return f"<w:tc>{p(inner)}</w:tc>"

    row = cell(begin(1) + run(" 참여자 :") + end(1)) + cell(
        run(" 그냥 ") + begin(2) + run("좋아요 ") + end(2)
    )
    data = document(f"<w:tbl><w:tr>{row}</w:tr></w:tbl>", comment(1, "누구") + comment(2, "왜"))
    found = interview(data, comments="memos")
    assert found.text == "참여자: 그냥 좋아요"
    assert beside(found) == [("참여자", "누구"), ("좋아요", "왜")]


def test_a_comment_on_a_point_stands_beside_the_line() -> None:
    data = document(
        p(run("하나"))
        + p(run(" 둘째 ") + reference(1) + run("줄"))
        + p(begin(2) + end(2) + run("셋")),
        comment(1, "가") + comment(2, "나"),
    )
    assert beside(interview(data, comments="memos")) == [("둘째 줄", "가"), ("둘째 줄", "나")]


def test_comments_on_nothing_left_and_without_text_are_none() -> None:
    data = document(
        p(run("하나") + f"<w:del>{begin(1)}{run('지움')}{end(1)}</w:del>" + begin(2) + run("둘") + end(2)),
        comment(1, "지운 곳") + comment(2, "  ") + comment(3, "없는 곳"),
    )  # fmt: skip
    assert interview(data, comments="memos").comments == ()


def test_decomposed_text_keeps_the_spans() -> None:
    body = p(run("\u1100\u1161\u1102\u1161 ") + begin(1) + run("\u1103\u1161") + end(1))
    found = interview(document(body, comment(1, "\u1105\u1161")), comments="memos")
    assert (found.text, beside(found)) == ("가나 다", [("다", "라")])


@given(
    pieces=st.lists(st.tuples(st.text("가나:\t \u1161", max_size=4), st.booleans()), max_size=8),
    kept=st.sampled_from(["memos", "codings"]),
)
@settings(max_examples=60, deadline=None)
def test_reading_comments_changes_no_text(pieces: list[tuple[str, bool]], kept: Comments) -> None:
    body = "".join(
        p(begin(n) + run(text) + end(n)) if marked else p(run(text))
        for n, (text, marked) in enumerate(pieces)
    )
    data = document(body, "".join(comment(n, "코드") for n in range(len(pieces))))
    found = interview(data, comments=kept)
    assert found.text == interview(data).text
    for one in found.comments:
        assert 0 <= one.start < one.end <= len(found.text)
        assert found.text[one.start : one.end].strip()
