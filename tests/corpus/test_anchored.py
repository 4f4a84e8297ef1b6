"""Searching around anchors loses no match: each pattern beside a search of the whole text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib import import_module
from pkgutil import iter_modules

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.corpus import personal
from pipeline.corpus.personal.anchored import Anchored, anchored


def in_use() -> Iterator[tuple[str, Anchored]]:
    for module in iter_modules(personal.__path__):
        contents = vars(import_module(f"{personal.__name__}.{module.name}"))
        for name, value in contents.items():
            if isinstance(value, Anchored):
                yield f"{module.name}.{name}", value


IN_USE = dict(in_use())
# What the patterns are made of, and what they must not run into.
PIECES = [
    "은하로", "앞으로", "테헤란대로", "길", "번길", "번지", "에", "동", "리", "구", "호", "층", "지하", "옥탑방", "단지",
    "아파트", "푸른빌라", "시장", "가곡면", "사평리", "산", "살던", "분", "1", "12", "3456", "012", "０", "이", "백이십",
    "일이삼사", "년", "월", "일", "동짓달", "음력", "생", "-", ".", "/", "~", "*", "×", "○", "_", "골뱅이", "앳", "@",
    "네이버", "닷", "컴", "엠", "a", "ab", "K", "A", ".com", ".co", ".kr", "http", "://", "?", "가", "바", "서울", "해운대",
    "성북", "강서", "청", "의", "이름", "성함", "은", "저", "제", "할머니", "고", "김", "남궁", "뭐시기", "모시기", "시", " ", "\n",
    ",", "\t", "는", "을",
]  # fmt: skip


def spans(matches: Iterator[re.Match[str]]) -> list[tuple[int, int]]:
    return [match.span() for match in matches]


def test_there_are_such_patterns() -> None:
    assert {"addresses._LOT", "births._SPOKEN_DATE", "frames.IS_NAMED"} <= set(IN_USE)


@pytest.mark.parametrize("name", IN_USE)
@given(parts=st.lists(st.sampled_from(PIECES), max_size=40), cut=st.integers(0, 5))
@settings(max_examples=30, deadline=None)
def test_no_match_is_lost_in_what_matches_are_made_of(
    name: str, parts: list[str], cut: int
) -> None:
    text, one = "".join(parts), IN_USE[name]
    assert spans(one.finditer(text)) == spans(one.pattern.finditer(text))
    stretch = cut, max(cut, len(text) - cut)
    assert spans(one.finditer(text, *stretch)) == spans(one.pattern.finditer(text, *stretch))


@pytest.mark.parametrize("name", IN_USE)
@given(data=st.data())
@settings(
    max_examples=10,
    deadline=None,
    suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow],
)
def test_no_match_is_lost_however_long(name: str, data: st.DataObject) -> None:
    one = IN_USE[name]
    made = st.from_regex(one.pattern)
    text = "".join(data.draw(st.lists(made | st.sampled_from(PIECES), max_size=4)))
    assert spans(one.finditer(text)) == spans(one.pattern.finditer(text))


def test_a_match_may_begin_ahead_of_its_anchor_inside_it_and_hold_the_next() -> None:
    one = anchored(r"[ab]{0,3}\d[ab]?", r"b\d|\d", 3)
    assert spans(one.finditer("aaab1b2")) == [(1, 6), (6, 7)]
    assert spans(one.finditer("aaab1b2", 3, 5)) == [(3, 5)]
    assert spans(anchored(r"(?<=동\s)\d", r"동\s", 0).finditer("동 1동 2")) == [(2, 3), (5, 6)]
    assert spans(one.finditer("")) == []
