from __future__ import annotations

import re

import pytest
import tiny_documents as made
from tiny_workbook import archive

from pipeline.corpus.archives import part_names
from pipeline.corpus.readers import docx, hwpx, odt, packed_xml
from pipeline.corpus.readers.packed_xml import (
    Sparing,
    local_name,
    parse_xml,
    read_part,
    refuse_bomb,
    row_text,
)
from pipeline.errors import GyeolError, Problem

BODY = re.compile(r"body\d*\.xml")


def damaged(reason: str) -> Problem:
    return Problem("읽을 수 없습니다", f"not readable ({reason})")


def refusal(data: bytes) -> str:
    with pytest.raises(GyeolError) as caught:
        read_part(data, BODY, damaged)
    (problem,) = caught.value.problems
    return problem.ko


def test_the_first_member_of_that_name_is_read() -> None:
    data = archive(
        {"x/body.xml": "아님", "../body.xml": "아님", "body2.xml": "맞음", "body.xml": "뒤"}
    )
    assert read_part(data, BODY, damaged).decode() == "맞음"
    assert part_names(data) == ("x/body.xml", "../body.xml", "body2.xml", "body.xml")


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"PK\x03\x04" + b"\0" * 99])
def test_what_is_no_archive_has_no_members(data: bytes) -> None:
    assert part_names(data) == ()
    assert refusal(data) == "읽을 수 없습니다"


def test_a_missing_member_is_damage() -> None:
    assert refusal(archive({"other.xml": ""})) == "읽을 수 없습니다"


def test_an_encrypted_member_is_damage() -> None:
    data = bytearray(archive({"body.xml": "말"}))
    # The first flag of both the member's own header and the directory's.
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    assert refusal(bytes(data)) == "읽을 수 없습니다"


def test_a_bomb_is_refused_whatever_it_says_of_itself() -> None:
    size = 17 * 2**20
    data = archive({"body.xml": b" " * size})
    assert "압축을 풀면" in refusal(data)
    lying = data.replace(size.to_bytes(4, "little"), (1000).to_bytes(4, "little"))
    assert refusal(lying) == "읽을 수 없습니다"


def test_dense_text_of_moderate_size_is_no_bomb() -> None:
    refuse_bomb(16 * 2**20, 10)
    refuse_bomb(64 * 2**20, 2**20)
    for size, packed in ((16 * 2**20 + 1, 10), (64 * 2**20 + 1, 64 * 2**20)):
        with pytest.raises(GyeolError):
            refuse_bomb(size, packed)


def test_entities_stay_unresolved_and_damage_is_named() -> None:
    root = parse_xml(
        b'<!DOCTYPE a [<!ENTITY e "x">]><n:a xmlns:n="u">&e;<!-- c --><b/></n:a>', damaged
    )
    assert [local_name(child) for child in root] == ["", "", "b"]
    assert local_name(root) == "a"
    for xml in (b"", b"<a>", b"<a>&unknown;</a", b"<a>" * 5000 + b"</a>" * 5000):
        with pytest.raises(GyeolError, match="not readable"):
            parse_xml(xml, damaged)


LONG = b'<a xmlns="u" xmlns:n="v"><b k="1" n:m="2">in</b>after<c><d/>out</c>tail<!-- c --><e>&amp;</e></a>'


def test_a_long_document_is_parsed_without_what_is_not_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    whole = parse_xml(LONG, damaged)
    monkeypatch.setattr(packed_xml, "_EASY", 0)
    alike = parse_xml(LONG, damaged)
    assert [(e.tag, dict(e.attrib), e.text, e.tail) for e in alike.iter("{*}*")] == [
        (e.tag, dict(e.attrib), e.text, e.tail) for e in whole.iter("{*}*")
    ]
    spared = parse_xml(LONG, damaged, Sparing(frozenset({"c"}), frozenset({"m"})))
    assert [local_name(e) for e in spared.iter()] == ["a", "b", "e"]
    assert dict(spared[0].attrib) == {"{v}m": "2"}
    assert "".join(spared.itertext()) == "inaftertail&"
    for xml in (
        b"<a>",
        b"<a></b>",
        b"",
        b'<!DOCTYPE a [<!ENTITY e "x">]><a>&e;</a>',
        b"<a>" * 5000 + b"</a>" * 5000,
    ):
        with pytest.raises(GyeolError, match="not readable"):
            parse_xml(xml, damaged)


def test_too_many_elements_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packed_xml, "_EASY", 0)
    monkeypatch.setattr(packed_xml, "_MOST_PARTS", 7)
    parse_xml(LONG, damaged, Sparing(frozenset({"c"})))
    for sparing in (None, Sparing()):
        monkeypatch.setattr(packed_xml, "_MOST_PARTS", 4)
        with pytest.raises(GyeolError, match="too many elements"):
            parse_xml(LONG, damaged, sparing)


@pytest.mark.parametrize(
    ("read", "write"),
    [(docx.read, made.docx), (docx.read, made.docx_table), (odt.read, made.odt), (hwpx.read, made.hwpx)],
)  # fmt: skip
def test_a_long_document_reads_as_a_short_one(read, write, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: ANN001
    data = write([("면담자", "왜요?"), ("참여자", "A & B, <그냥>요.")])
    short = read(data, "a")
    monkeypatch.setattr(packed_xml, "_EASY", 0)
    assert read(data, "a") == short


@pytest.mark.parametrize(
    ("cells", "line"),
    [
        (["면담자", "왜요?"], "면담자: 왜요?"),
        ([" 참여자 1 : ", " 네\n아니요 "], "참여자 1: 네\n아니요"),
        (["면담자", " "], "면담자\t"),
        (["그것은, 말이죠.", "네"], "그것은, 말이죠.\t네"),
        (["면담자", "왜요?", "비고"], "면담자\t왜요?\t비고"),
        (["하나"], "하나"),
        ([], ""),
    ],
)
def test_rows_of_two_cells_may_name_a_speaker(cells: list[str], line: str) -> None:
    assert row_text(cells) == line


def test_no_error_of_a_hostile_archive_is_unknown() -> None:
    data = bytearray(archive({"body.xml": "말" * 100}))
    for place in range(len(data)):
        broken = data[:]
        broken[place] ^= 0xFF
        try:
            assert read_part(bytes(broken), BODY, damaged)
        except GyeolError as error:
            assert error.problems
        assert isinstance(part_names(bytes(broken)), tuple)
