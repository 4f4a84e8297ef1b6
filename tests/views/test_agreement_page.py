"""Agreement as text, JSON and table."""

from __future__ import annotations

import csv
import io
import json

from pipeline.records import Coding
from pipeline.verdicts.agreement import agree
from pipeline.verdicts.disagreements import disagreements
from pipeline.verdicts.ratings import looked_where_coded, rate
from pipeline.views.agreement_page import (
    Compared,
    Part,
    notices,
    signature,
    to_json,
    to_table,
    to_text,
)
from pipeline.views.tables import to_csv
from tests.verdicts.tiny_codings import coded, segments_of

SEGMENTS = segments_of("장터", 10)
CODINGS: list[Coding] = [
    *coded("가", "돈", SEGMENTS[:4]),
    *coded("=나", "돈", SEGMENTS[:3]),
    *coded("=나", "힘", SEGMENTS[3:4]),
]
LOOKED = looked_where_coded(SEGMENTS, CODINGS)
PART = Part(
    "all",
    agree(SEGMENTS, CODINGS, ["돈", "힘", "꿈"], LOOKED, 1),
    disagreements(rate(SEGMENTS, CODINGS, LOOKED)),
)
COMPARED = Compared("작은 연구", "ko", (PART,), {"장터:3": "말한\x1b[31m 것"}, {"unit": "turn"})


def test_text_says_what_it_rests_on_and_leaves_out_unused_codes() -> None:
    text = to_text(COMPARED)
    assert "둘 이상이 함께 본 단위 10개(면담 1편) 가운데 4개" in text
    assert "코드가 없는 단위도 셌습니다" in text
    assert "아무도 쓰지 않은 코드 1개" in text
    assert "\n  꿈" not in text
    assert "장터:3" in text
    assert "\x1b" not in text
    assert signature(PART, {"unit": "turn"}) in text


def test_few_codings_are_warned_of() -> None:
    assert any("열 곳이 안 되는" in said for said in notices(PART, "ko"))


def test_json_has_reasons_instead_of_numbers_that_are_none() -> None:
    part = json.loads(to_json(COMPARED))["parts"][0]
    assert part["settings"]["absent"] == "counted"
    assert part["codes"][2]["krippendorff_alpha"] == {
        "value": None,
        "low": None,
        "high": None,
        "reason": "unused",
    }
    assert part["disagreements"][0]["codes"] == {"=나": ["힘"], "가": ["돈"]}


def test_the_table_has_a_row_a_code_and_one_for_all() -> None:
    rows = list(csv.DictReader(io.StringIO(to_csv(to_table(COMPARED)).decode("utf-8-sig"))))
    assert [row["code"] for row in rows] == ["", "돈", "힘", "꿈"]
    assert rows[1]["cohen_kappa"] == "0.782609"
    assert rows[3]["cohen_kappa"] == ""
    assert rows[3]["cohen_kappa_why"] == "unused"
    assert rows[0]["coders"] == "'=나|가"


def test_no_common_segment_is_said() -> None:
    alone = {"가": frozenset({"장터:0"}), "=나": frozenset({"장터:1"})}
    part = Part("all", agree(SEGMENTS, CODINGS, ["돈"], alone, 1), ())
    said = to_text(Compared("작은 연구", "ko", (part,), {}, {}))
    assert "견줄 수 없습니다" in said
