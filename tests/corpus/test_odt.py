from __future__ import annotations

import io
import time
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.corpus.readers.odt import has_body, read
from pipeline.errors import GyeolError
from pipeline.records import Interview

NAMES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in [
        ("office", "office"), ("text", "text"), ("table", "table"), ("draw", "drawing"),
        ("svg", "svg-compatible"),
    ]
)  # fmt: skip


def archive(*members: tuple[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as made:
        for name, content in members:
            made.writestr(name, content)
    return buffer.getvalue()


def content(body: str, kind: str = "text") -> str:
    return (
        f"<office:document-content {NAMES}><office:body><office:{kind}>{body}</office:{kind}>"
        "</office:body></office:document-content>"
    )


def document(body: str) -> bytes:
    return archive(
        ("mimetype", "application/vnd.oasis.opendocument.text"), ("content.xml", content(body))
    )


def p(inner: str) -> str:
    return f"<text:p>{inner}</text:p>"


def row(*cells: str) -> str:
    inner = "".join(f"<table:table-cell>{cell}</table:table-cell>" for cell in cells)
    return f"<table:table-row>{inner}</table:table-row>"


def interview(body: str) -> Interview:
    (found,) = read(document(body), "면담.odt").interviews
    return found


def refusal(data: bytes) -> str:
    with pytest.raises(GyeolError) as caught:
        read(data, "면담.odt")
    (problem,) = caught.value.problems
    return problem.ko


def test_paragraphs_and_headings_are_lines_and_labels_are_found() -> None:
    found = interview(
        "<text:h>면담 기록</text:h>"
        + p("<text:span>면담자:</text:span> 왜요?")
        + p("참여자: 그냥요.")
    )
    assert found.text == "면담 기록\n면담자: 왜요?\n참여자: 그냥요."
    assert [found.text[t.start : t.end] for t in found.turns] == ["왜요?", "그냥요."]
    assert (found.id, found.source) == ("면담", "면담.odt")


def test_white_space_is_one_blank_and_marks_are_kept() -> None:
    found = interview(
        p(" \n 가\n  나<text:s/><text:s text:c='3'/>다<text:tab/>라<text:line-break/>마 \n")
    )
    assert found.text == "가 나    다\t라\n마"


@pytest.mark.parametrize("count", ["999999999999", "9" * 5000, "-1", "많이", ""])
def test_hostile_counts_of_blanks_stay_small(count: str) -> None:
    text = interview(p(f"가<text:s text:c='{count}'/>나")).text
    assert text.split() == ["가", "나"]
    assert len(text) <= 101


def test_deletions_notes_and_comments_are_left_out() -> None:
    found = interview(
        "<text:tracked-changes><text:changed-region><text:deletion>" + p("지운 말")
        + "</text:deletion></text:changed-region></text:tracked-changes>"
        + p(
            "앞<text:change text:change-id='1'/>"
            "<text:note><text:note-citation>1</text:note-citation><text:note-body>"
            + p("각주") + "</text:note-body></text:note>"
            "<office:annotation>" + p("메모") + "</office:annotation>중간"
            "<office:annotation-end/><text:bookmark/><!-- 주석 -->뒤"
        )
    )  # fmt: skip
    assert found.text == "앞중간뒤"


def test_ruby_keeps_its_base() -> None:
    ruby = "<text:ruby><text:ruby-base>結</text:ruby-base><text:ruby-text>결</text:ruby-text>"
    assert interview(p(f"앞 {ruby}</text:ruby> 뒤")).text == "앞 結 뒤"


def test_lists_and_sections_are_read() -> None:
    item = f"<text:list-item>{p('하나')}</text:list-item>"
    nested = f"<text:list-item><text:list><text:list-item>{p('둘')}</text:list-item></text:list>"
    found = interview(
        f"<text:section><text:list>{item}{nested}</text:list-item></text:list></text:section>"
    )
    assert found.text == "하나\n둘"


def test_a_text_box_comes_after_its_paragraph() -> None:
    box = f"<draw:frame><svg:title>그림</svg:title><draw:text-box>{p('상자')}</draw:text-box></draw:frame>"
    shape = f"<draw:custom-shape>{p('도형')}</draw:custom-shape>"
    assert interview(p(f"앞{box}{shape} 뒤") + p("끝")).text == "앞 뒤\n상자\n도형\n끝"


def test_a_table_of_two_columns_names_the_speaker_in_the_first() -> None:
    found = interview(
        "<table:table><table:table-column/><table:table-header-rows>"
        + row(p("면담자"), p("왜요?"))
        + "</table:table-header-rows>"
        + row(p("참여자 1:"), p("그냥요.") + p("정말로요."))
        + "</table:table>"
    )
    assert found.text == "면담자: 왜요?\n참여자 1: 그냥요.\n정말로요."
    assert [t.speaker for t in found.turns] == ["면담자", "참여자 1"]


def test_cells_of_other_tables_are_parted_by_tabs() -> None:
    cells = row(p("1"), p("가"), p("나")).replace(
        "</table:table-row>",
        f"<table:covered-table-cell>{p('가림')}</table:covered-table-cell></table:table-row>",
    )
    assert interview(f"<table:table>{cells}</table:table>").text == "1\t가\t나"


def test_unpaired_directions_and_nulls_do_not_matter() -> None:
    assert interview(p("면담자: \u202e왜요\u202c?") + p("참여자: 네")).turns[0].speaker == "면담자"
    assert "읽을 수 없습니다" in refusal(document(p("널\0")))


def test_entities_are_never_resolved() -> None:
    entities = '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/hostname"><!ENTITY a "풀림">]>'
    data = archive(("content.xml", entities + content(p("말&x;&a;끝"))))
    assert read(data, "a.odt").interviews[0].text == "말끝"


def test_an_entity_bomb_is_refused_quickly() -> None:
    bomb = '<!DOCTYPE d [<!ENTITY a "풀림">' + "".join(
        f'<!ENTITY {after} "{f"&{before};" * 10}">'
        for before, after in zip("abcdefgh", "bcdefghi", strict=True)
    )
    began = time.process_time()
    assert "읽을 수 없습니다" in refusal(archive(("content.xml", f"{bomb}]>{content(p('&i;'))}")))
    assert time.process_time() - began < 10


def test_names_that_point_outside_are_only_names() -> None:
    data = archive(("../../밖.xml", "<a/>"), ("/etc/x", "<a/>"), ("content.xml", content(p("말"))),
                   ("nested.zip", archive(("content.xml", "x"))))  # fmt: skip
    assert read(data, "a.odt").interviews[0].text == "말"


@pytest.mark.parametrize("part", ["META-INF/manifest.xml", "encrypted-package"])
def test_an_encrypted_document_is_called_so(part: str) -> None:
    manifest = "<manifest><file-entry><encryption-data/></file-entry></manifest>"
    assert "암호가 걸린 문서" in refusal(archive((part, manifest), ("content.xml", b"\x9a\x01")))


def test_spreadsheets_are_told_what_they_are() -> None:
    assert "spreadsheet" in refusal(archive(("content.xml", content("", "spreadsheet"))))


@pytest.mark.parametrize(
    "data",
    [
        b"not a zip",
        document(p("말"))[:-30],
        archive(("content.xml", "<office:document-content>")),
        archive(("content.xml", "")),
        archive(("other.xml", "<a/>")),
        archive(("content.xml", "<a>" * 5000 + "</a>" * 5000)),
    ],
)
def test_damaged_documents_are_refused(data: bytes) -> None:
    assert "읽을 수 없습니다" in refusal(data)


def test_a_zip_bomb_is_refused() -> None:
    assert "압축을 풀면" in refusal(archive(("content.xml", b" " * (17 * 2**20))))


def test_a_body_is_recognised() -> None:
    assert has_body(document(p("말")))
    assert not has_body(archive(("word/document.xml", "<a/>")))
    assert not has_body(b"")


def test_a_hundred_thousand_paragraphs_are_read() -> None:
    began = time.process_time()
    assert interview(p("참여자: 네") * 100_000).text.count("\n") == 99_999
    assert time.process_time() - began < 20


@given(st.data())
@settings(max_examples=100, deadline=None)
def test_any_damage_is_read_or_refused(data: st.DataObject) -> None:
    whole = bytearray(document(p("면담자: 왜요?") + p("참여자: 네")))
    for _ in range(data.draw(st.integers(1, 4))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    try:
        reading = read(bytes(whole), "a.odt")
    except GyeolError as error:
        assert error.problems
    else:
        assert len(reading.interviews) == 1
