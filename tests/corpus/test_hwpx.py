from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tiny_hwp import archive
from tiny_hwp import hwpx as packed

from pipeline.corpus.encoding import freeze
from pipeline.corpus.readers.hwpx import has_body, read
from pipeline.errors import GyeolError
from pipeline.records import Interview

HP = 'xmlns:hp="http://www.hancom.co.kr/hwpml/2011/paragraph"'
HS = 'xmlns:hs="http://www.hancom.co.kr/hwpml/2011/section"'


def section(body: str) -> str:
    return f'<?xml version="1.0" encoding="UTF-8"?><hs:sec {HS} {HP}>{body}</hs:sec>'


def t(text: str) -> str:
    return f"<hp:run><hp:t>{text}</hp:t></hp:run>"


def p(inner: str) -> str:
    return f'<hp:p id="0">{inner}<hp:linesegarray><hp:lineseg/></hp:linesegarray></hp:p>'


def run(inner: str) -> str:
    return f"<hp:run>{inner}</hp:run>"


def table(*rows: list[str]) -> str:
    lines = (
        "".join(f"<hp:tc><hp:subList>{cell}</hp:subList><hp:cellAddr/></hp:tc>" for cell in row)
        for row in rows
    )
    return run("<hp:tbl>" + "".join(f"<hp:tr>{line}</hp:tr>" for line in lines) + "</hp:tbl>")


def interview(*bodies: str) -> Interview:
    (found,) = read(packed(*map(section, bodies)), "면담.hwpx").interviews
    return found


def text(*bodies: str) -> str:
    return interview(*bodies).text


def refusal(data: bytes) -> str:
    with pytest.raises(GyeolError) as caught:
        read(data, "면담.hwpx")
    (problem,) = caught.value.problems
    return problem.ko


def test_paragraphs_are_lines_and_labels_are_found() -> None:
    found = interview(p(t("면담자:") + t(" 왜요?")) + p(t("참여자: 그냥요.")) + p(""))
    assert found.text == "면담자: 왜요?\n참여자: 그냥요.\n"
    assert [(turn.speaker, found.text[turn.start : turn.end]) for turn in found.turns] == [
        ("면담자", "왜요?"),
        ("참여자", "그냥요."),
    ]
    assert (found.id, found.source) == ("면담", "면담.hwpx")


def test_line_breaks_tabs_blanks_and_hyphens_stay() -> None:
    said = '가<hp:lineBreak/>나<hp:tab width="9"/>다<hp:nbSpace/>라<hp:fwSpace/>마<hp:hyphen/>바'
    assert text(p(t(said))) == "가\n나\t다 라 마-바"


def test_highlighted_text_and_the_text_of_a_field_stay() -> None:
    marked = t('앞 <hp:markpenBegin color="#FFFF00"/>밝게<hp:markpenEnd/> ')
    begin = run('<hp:ctrl><hp:fieldBegin type="CLICK_HERE"><hp:parameters><hp:stringParam>안내'
                "</hp:stringParam></hp:parameters></hp:fieldBegin></hp:ctrl>")  # fmt: skip
    end = run("<hp:ctrl><hp:fieldEnd/></hp:ctrl>")
    assert text(p(marked + begin + t("누름틀") + end)) == "앞 밝게 누름틀"


def test_table_rows_are_lines_and_leave_no_blank_line() -> None:
    rows = table([p(t("이름")), p(t("구")), p(t("차수"))], [p(t("김")), p(""), p(t("1차"))])
    assert text(p(t("앞")) + p(rows) + p(t("뒤"))) == "앞\n이름\t구\t차수\n김\t\t1차\n뒤"


def test_a_row_of_a_label_and_what_was_said_is_a_turn() -> None:
    rows = table([p(t("면담자")), p(t("왜요?"))], [p(t("참여자")), p(t("그냥요."))])
    assert [turn.speaker for turn in interview(p(rows)).turns] == ["면담자", "참여자"]


def test_cells_hold_paragraphs_and_tables() -> None:
    inner = table([p(t("가")), p(t("나")), p(t("다"))])
    cell = p(t("첫 줄")) + p(t("둘째 줄") + inner)
    assert text(p(table([p(t("앞")), cell, p(t("뒤"))]))) == "앞\t첫 줄\n둘째 줄\n가\t나\t다\t뒤"


def test_text_boxes_and_captions_come_after_their_paragraph() -> None:
    box = (
        f"<hp:rect><hp:drawText><hp:subList>{p(t('상자'))}</hp:subList></hp:drawText>"
        f"<hp:caption><hp:subList>{p(t('그림 1'))}</hp:subList></hp:caption>"
        "<hp:shapeComment>사각형입니다.</hp:shapeComment></hp:rect>"
    )
    assert text(p(t("앞") + run(box) + t("뒤"))) == "앞뒤\n상자\n그림 1"


@pytest.mark.parametrize("kind", ["header", "footer", "footNote", "endNote", "hiddenComment"])
def test_notes_headers_and_hidden_comments_are_left_out(kind: str) -> None:
    aside = f"<hp:ctrl><hp:{kind}><hp:subList>{p(t('비밀'))}</hp:subList></hp:{kind}></hp:ctrl>"
    assert text(p(t("말") + run(aside) + t("했다")) + p(t("뒤"))) == "말했다\n뒤"


def test_memos_are_left_out() -> None:
    memo = f'<hp:fieldBegin type="MEMO"><hp:subList>{p(t("비밀"))}</hp:subList></hp:fieldBegin>'
    group = (
        f"<hp:memogroup><hp:memo><hp:subList>{p(t('비밀'))}</hp:subList></hp:memo></hp:memogroup>"
    )
    assert text(p(run(f"<hp:ctrl>{memo}</hp:ctrl>") + t("말")) + group) == "말"


def test_what_stands_there_for_older_programs_is_not_read_twice() -> None:
    both = (
        f"<hp:switch><hp:case>{table([p(t('칸'))])}</hp:case>"
        f"<hp:default>{table([p(t('칸'))])}</hp:default></hp:switch>"
    )
    assert text(p(t("말") + run(both))) == "말\n칸"


def test_words_under_small_print_and_overlaid_characters_stay_in_place() -> None:
    ruby = "<hp:dutmal><hp:mainText>본말</hp:mainText><hp:subText>덧말</hp:subText></hp:dutmal>"
    overlaid = '<hp:compose composeText="③"><hp:charPr/></hp:compose>'
    assert text(p(t("가") + run(ruby) + t("나") + run(overlaid) + t("다"))) == "가본말나③다"


def test_tracked_deletions_are_left_out_and_insertions_kept() -> None:
    begin, end = '<hp:deleteBegin Id="1" TcId="1"/>', '<hp:deleteEnd Id="1" paraend="0"/>'
    assert text(p(t(f"말{begin}지운{end} <hp:insertBegin/>넣은<hp:insertEnd/>"))) == "말 넣은"
    assert text(p(t(f"말{begin}지운") + t(f"말{end} 끝"))) == "말 끝"
    # A label must not slip to the end of another's words.
    assert text(p(t(f"가: 말{begin}지운")) + p(t(f"지운{end}나: 말"))) == "가: 말\n나: 말"


def test_a_deletion_without_an_end_deletes_nothing() -> None:
    assert text(p(t("말 <hp:deleteBegin/>했다")) + p(t("뒤"))) == "말 했다\n뒤"


def test_sections_follow_each_other_by_their_numbers() -> None:
    assert text(*(p(t(f"{number}절")) for number in range(11))) == "\n".join(
        f"{number}절" for number in range(11)
    )


def test_a_document_without_text_is_an_empty_interview() -> None:
    assert interview(p("")) == Interview("면담", "", (), "면담.hwpx")


def test_a_password_is_named() -> None:
    manifest = '<odf:manifest><odf:file-entry><odf:encryption-data algorithm="x"/></odf:file-entry>'
    data = packed(b"\x00\x01\x02", **{"META-INF__manifest.xml": manifest})
    assert refusal(data).startswith("암호가 걸린 문서입니다.")
    plain = packed(section(p(t("말"))), **{"META-INF__manifest.xml": "<odf:manifest/>"})
    assert read(plain, "면담.hwpx").interviews[0].text == "말"


@pytest.mark.parametrize(
    "data",
    [
        b"",
        "그냥 글".encode(),
        packed(),
        packed("<hs:sec>"),
        packed(b"\xff\xfe\x00\x01"),
        packed(section(p(t("말"))))[:-60],
        packed(section(p(t("말"))))[:100],
        archive({"Contents/section0.xml": section(""), "Contents/section2.xml": section("")}),
        packed("<p>" * 3000 + "</p>" * 3000),
    ],
)
def test_what_is_no_whole_document_is_refused(data: bytes) -> None:
    assert "한글 문서(.hwpx)로 읽을 수 없습니다" in refusal(data)


def test_bombs_are_refused() -> None:
    assert "압축을 풀면" in refusal(packed(section(p(t("가" * 22 * 2**20)))))
    assert "압축을 풀면" in refusal(packed(*[section(p(t("a" * 15 * 2**20)))] * 5))


def test_entities_are_not_resolved() -> None:
    bomb = '<!DOCTYPE s [<!ENTITY a "하하하하"><!ENTITY b "&a;&a;&a;"><!ENTITY f SYSTEM "file:///etc/passwd">]>'
    assert "하" not in read(
        packed(f"{bomb}<s><p><t>말&b;&f;</t></p></s>"), "면담.hwpx"
    ).interviews[0].text  # fmt: skip


def test_names_that_climb_out_of_the_archive_are_never_followed() -> None:
    inside = {
        "../../section0.xml": section(p(t("밖"))),
        "Contents/section0.xml": section(p(t("안"))),
    }
    assert read(archive(inside), "면담.hwpx").interviews[0].text == "안"


def test_a_file_is_known_by_its_content() -> None:
    assert has_body(packed(section("")))
    assert not has_body(packed())
    assert not has_body(b"PK\3\4 damaged")


@given(st.lists(st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]))))
@settings(max_examples=50, deadline=None)
def test_any_text_comes_back(lines: list[str]) -> None:
    writable = [line.translate({0xFFFE: None, 0xFFFF: None}) for line in lines]
    escaped = [
        line.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;") for line in writable
    ]
    assert text("".join(p(t(line)) for line in escaped)) == freeze("\n".join(writable))


DOCUMENT = packed(section(p(t("면담자: 왜요?") + table([p(t("참여자")), p(t("그냥요."))]))))


@given(
    st.binary()
    | st.binary().map(lambda end: DOCUMENT[:30] + end)
    | st.binary().map(lambda xml: packed(b"<s><p><t>" + xml))
    | st.integers(0, len(DOCUMENT)).map(lambda cut: DOCUMENT[:cut])
    | st.lists(st.tuples(st.integers(0, len(DOCUMENT) - 1), st.integers(0, 255))).map(
        lambda changes: bytes(
            dict(changes).get(place, value) for place, value in enumerate(DOCUMENT)
        )
    )
)
@settings(max_examples=200, deadline=None)
def test_any_bytes_give_turns_or_one_clear_error(data: bytes) -> None:
    try:
        read(data, "면담.hwpx")
    except GyeolError as error:
        assert [problem.level for problem in error.problems] == ["error"]
