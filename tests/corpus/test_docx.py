from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.corpus.readers.docx import has_body, read
from pipeline.errors import GyeolError
from pipeline.records import Interview

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
MC = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'


def packed(
    xml: str | bytes, part: str = "word/document.xml", method: int = zipfile.ZIP_DEFLATED
) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        archive.writestr(part, xml)
    return buffer.getvalue()


def document(body: str) -> bytes:
    return packed(f"<w:document {W} {MC}><w:body>{body}</w:body></w:document>")


def run(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def p(inner: str) -> str:
    return f"<w:p>{inner}</w:p>"


def cell(inner: str) -> str:
    return f"<w:tc><w:tcPr/>{inner}</w:tc>"


def table(*rows: str) -> str:
    return "<w:tbl><w:tblPr/>" + "".join(f"<w:tr>{row}</w:tr>" for row in rows) + "</w:tbl>"


def interview(body: str) -> Interview:
    (found,) = read(document(body), "면담.docx").interviews
    return found


def refusal(data: bytes) -> str:
    with pytest.raises(GyeolError) as caught:
        read(data, "면담.docx")
    return caught.value.problems[0].ko


def test_paragraphs_are_lines_and_labels_are_found() -> None:
    bold = "<w:r><w:rPr><w:b/></w:rPr><w:t>면담자:</w:t></w:r>"
    found = interview(p(bold + run(" 왜요?")) + p(run("참여자: ") + run("그냥요.")))
    assert found.text == "면담자: 왜요?\n참여자: 그냥요."
    assert [found.text[t.start : t.end] for t in found.turns] == ["왜요?", "그냥요."]
    assert (found.id, found.source) == ("면담", "면담.docx")


def test_content_controls_and_insertions_stay_and_deletions_go() -> None:
    found = interview(
        p(
            run("앞 ")
            + f"<w:sdt><w:sdtPr><w:tag/></w:sdtPr><w:sdtContent>{run('속 ')}</w:sdtContent></w:sdt>"
            + f"<w:ins>{run('넣음 ')}</w:ins>"
            + "<w:del><w:r><w:delText>지움 </w:delText></w:r></w:del>"
            + f"<w:del>{run('이것도 ')}</w:del>"
            + f"<w:moveFrom>{run('옮김 ')}</w:moveFrom>"
            + run("뒤")
        )
        + f"<w:sdt><w:sdtContent>{p(run('문단'))}</w:sdtContent></w:sdt>"
    )
    assert found.text == "앞 속 넣음 뒤\n문단"


def test_breaks_and_tabs_but_no_tab_stops() -> None:
    stops = "<w:pPr><w:tabs><w:tab/></w:tabs></w:pPr>"
    found = interview(
        p(stops + "<w:r><w:t>가</w:t><w:tab/><w:t>나</w:t><w:br/><w:t>다</w:t></w:r>")
    )
    assert found.text == "가\t나\n다"


def test_comments_notes_and_field_codes_are_left_out() -> None:
    found = interview(
        p(
            '<w:commentRangeStart w:id="1"/>' + run("말")
            + '<w:r><w:commentReference w:id="1"/><w:footnoteReference w:id="2"/></w:r>'
            + "<w:r><w:instrText>PAGE</w:instrText></w:r><!-- 주석 -->"
        )
    )  # fmt: skip
    assert found.text == "말"


def test_a_text_box_is_read_once() -> None:
    box = f"<w:txbxContent>{p(run('상자'))}</w:txbxContent>"
    found = interview(
        p(
            run("본문")
            + f"<w:r><mc:AlternateContent><mc:Choice><w:drawing>{box}</w:drawing></mc:Choice>"
            f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
        )
    )
    assert found.text == "본문\n상자"


def test_a_table_of_two_columns_names_the_speaker_in_the_first() -> None:
    found = interview(
        table(
            cell(p(run("면담자"))) + cell(p(run("왜요?"))),
            cell(p(run("참여자 1:"))) + cell(p(run("그냥요.")) + p(run("정말로요."))),
        )
    )
    assert found.text == "면담자: 왜요?\n참여자 1: 그냥요.\n정말로요."
    assert [t.speaker for t in found.turns] == ["면담자", "참여자 1"]


def test_cells_of_other_tables_are_parted_by_tabs() -> None:
    row = cell(p(run("1"))) + cell(p(run("가"))) + cell(p(run("나")))
    deleted = "<w:trPr><w:del/></w:trPr>" + cell(p(run("지운 줄")))
    wrapped = f"<w:sdt><w:sdtContent>{cell(p(run('속')))}</w:sdtContent></w:sdt>"
    assert interview(table(row, deleted, wrapped)).text == "1\t가\t나\n속"


def test_strict_namespaces_read_alike() -> None:
    xml = (
        '<w:document xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main">'
        "<w:body><w:p><w:r><w:t>말</w:t></w:r></w:p></w:body></w:document>"
    )
    assert read(packed(xml), "a.docx").interviews[0].text == "말"


def test_entities_are_never_resolved() -> None:
    xml = (
        '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/hostname"><!ENTITY y "풀림">]>'
        f"<w:document {W}><w:body><w:p><w:r><w:t>말&x;&y;</w:t></w:r></w:p></w:body></w:document>"
    )
    assert read(packed(xml), "a.docx").interviews[0].text == "말"


def test_an_encrypted_document_is_called_so() -> None:
    assert "암호가 걸린 문서" in refusal(bytes.fromhex("D0CF11E0A1B11AE1") + b"\0" * 600)


@pytest.mark.parametrize(
    "data",
    [
        b"not a zip",
        document(p(run("말")))[:-30],
        packed("<w:document><w:body>"),
        packed(""),
        packed("<a/>", part="other.xml"),
        packed("<a>" * 5000 + "</a>" * 5000),
    ],
)
def test_damaged_documents_are_refused(data: bytes) -> None:
    assert "읽을 수 없습니다" in refusal(data)


def test_a_damaged_member_is_refused() -> None:
    data = bytearray(document(p(run("말" * 200))))
    data[60] ^= 0xFF
    assert "읽을 수 없습니다" in refusal(bytes(data))


def test_a_zip_bomb_is_refused_by_its_ratio() -> None:
    assert "압축을 풀면" in refusal(packed(b" " * (17 * 2**20)))


def test_a_body_over_the_limit_is_refused() -> None:
    assert "한도 64MB" in refusal(packed(b" " * (64 * 2**20 + 1), method=zipfile.ZIP_STORED))


def test_a_lying_size_does_not_help_a_bomb() -> None:
    data = packed(b" " * (17 * 2**20))
    size, small = (17 * 2**20).to_bytes(4, "little"), (1000).to_bytes(4, "little")
    assert "읽을 수 없습니다" in refusal(data.replace(size, small))


def test_a_body_is_recognised() -> None:
    assert has_body(document(p(run("말"))))
    assert not has_body(packed("<a/>", part="other.xml"))
    assert not has_body(b"PK\x03\x04")
    assert not has_body(b"")


@given(st.data())
@settings(max_examples=100, deadline=None)
def test_any_damage_is_read_or_refused(data: st.DataObject) -> None:
    whole = bytearray(document(p(run("면담자: 왜요?")) + p(run("참여자: 네"))))
    for _ in range(data.draw(st.integers(1, 4))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    try:
        reading = read(bytes(whole), "a.docx")
    except GyeolError as error:
        assert error.problems
    else:
        assert len(reading.interviews) == 1
