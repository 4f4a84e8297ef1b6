"""Agreement put together."""

from __future__ import annotations

import math
from dataclasses import asdict, replace

import pytest

from pipeline.records import Coding
from pipeline.verdicts.agreement import agree
from pipeline.verdicts.intervals import Coefficient
from pipeline.verdicts.ratings import looked_where_coded
from tests.verdicts.tiny_codings import coded, segments_of

SEGMENTS = segments_of("장터", 10)
ALIKE = [*coded("가", "돈", SEGMENTS[:4]), *coded("나", "돈", SEGMENTS[:4])]
CODINGS = [*ALIKE, *coded("가", "힘", SEGMENTS[2:4]), *coded("나", "힘", SEGMENTS[3:5])]
LOOKED = looked_where_coded(SEGMENTS, CODINGS)


def test_by_code_and_together() -> None:
    found = agree(SEGMENTS, CODINGS, ["돈", "힘", "꿈"], LOOKED, 1)
    money, strength, dream = found.codes
    assert (money.n_any, money.n_all, money.by_coder) == (4, 4, {"가": 4, "나": 4})
    assert money.cohen_kappa.value == 1
    assert money.alpha_u.value == 1
    assert (strength.n_any, strength.n_all) == (3, 1)
    assert strength.percent.value == pytest.approx(0.8)
    # p = .8, chance .2·.2 + .8·.8
    assert strength.cohen_kappa.value == pytest.approx((0.8 - 0.68) / 0.32)
    assert strength.brennan_prediger.value == pytest.approx(0.6)
    assert dream.cohen_kappa == Coefficient(None, reason="unused")
    assert dream.krippendorff_alpha.reason == dream.alpha_u.reason == "unused"
    assert found.same_sets.value == pytest.approx(0.8)
    assert found.n_coded == 5
    assert found.alpha_masi.value is not None
    assert 0 < found.alpha_masi.value < 1


def test_nothing_is_ever_nan() -> None:
    def numbers(value: object) -> list[float]:
        if isinstance(value, dict):
            return [n for part in value.values() for n in numbers(part)]
        if isinstance(value, list | tuple):
            return [n for part in value for n in numbers(part)]
        return [value] if isinstance(value, float) else []

    for codings in (CODINGS, ALIKE, coded("가", "돈", SEGMENTS) + coded("나", "돈", SEGMENTS), []):
        found = agree(SEGMENTS, codings, ["돈", "힘"], LOOKED, 1)
        assert not any(math.isnan(number) for number in numbers(asdict(found)))


def test_a_code_put_everywhere_by_all_is_not_defined() -> None:
    everywhere = coded("가", "돈", SEGMENTS) + coded("나", "돈", SEGMENTS)
    found = agree(SEGMENTS, everywhere, ["돈"], looked_where_coded(SEGMENTS, everywhere), 1)
    assert found.codes[0].krippendorff_alpha == Coefficient(None, reason="always")
    assert found.codes[0].percent.value == 1


def test_three_coders_have_no_kappa_and_one_may_not_have_looked() -> None:
    more = [*CODINGS, *coded("다", "돈", SEGMENTS[:4])]
    all_three = agree(SEGMENTS, more, ["돈"], looked_where_coded(SEGMENTS, more), 1)
    assert all_three.codes[0].cohen_kappa.reason == "not_two"
    assert all_three.codes[0].krippendorff_alpha.value == 1
    half = {**LOOKED, "다": frozenset(s.id for s in SEGMENTS[:5])}
    assert agree(SEGMENTS, more, ["돈"], half, 1).codes[0].krippendorff_alpha.value == 1


def test_codings_on_questions_are_counted_as_left_out() -> None:
    outside = Coding("장터", 10, 11, "돈", "가")
    found = agree(SEGMENTS, [*CODINGS, outside], ["돈"], LOOKED, 1)
    assert found.n_outside == 1
    assert found.codes[0].cohen_kappa.value == 1


def test_a_span_that_ends_early_counts_for_segments_but_not_for_spans() -> None:
    shorter = [replace(c, end=c.end - 4) if c.coder == "나" else c for c in ALIKE]
    money = agree(SEGMENTS, shorter, ["돈"], LOOKED, 1).codes[0]
    assert money.cohen_kappa.value == 1
    assert money.alpha_u.value is not None
    assert 0 < money.alpha_u.value < 1


def test_the_settings_say_what_it_takes_to_do_it_again() -> None:
    settings = agree(SEGMENTS, CODINGS, ["돈"], LOOKED, 7).settings
    assert settings["absent"] == "counted"
    assert settings["bootstrap"] == "segmentx1000"
    assert settings["seed"] == "7"


def test_where_no_interview_was_looked_at_by_all_that_is_the_reason() -> None:
    three = [*CODINGS, *coded("다", "돈", SEGMENTS[:1])]
    partly = {**LOOKED, "다": frozenset(segment.id for segment in SEGMENTS[:3])}
    found = agree(SEGMENTS, three, ["돈", "힘"], partly, 1)
    assert found.alpha_u_2004 == Coefficient(None, reason="not_by_all")
