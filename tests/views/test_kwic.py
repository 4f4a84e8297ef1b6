from __future__ import annotations

import csv
import io

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.records import Quote
from pipeline.views.kwic import columns_of, concordance, drawn, in_order, lines_of, place_of
from pipeline.views.tables import to_csv


def quote_of(text: str, *marked: tuple[int, int], segment: str = "P01:002") -> Quote:
    return Quote(segment, "P01", "참여자", "P01 참여자", 192.4, text, marked)


QUOTES = [
    quote_of("나는 집을\n고친다", (3, 4), (6, 9)),
    quote_of("우리 집이 좋다", (3, 4), segment="P01:004"),
]


def test_a_line_for_each_hit() -> None:
    assert [(line.left, line.node, line.right) for line in lines_of(QUOTES)] == [
        ("나는 ", "집", "을 고친다"),
        ("나는 집을 ", "고친다", ""),
        ("우리 ", "집", "이 좋다"),
    ]


def test_sorted_by_what_stands_beside() -> None:
    lines = lines_of(QUOTES)
    assert in_order(lines, "place") == lines
    # The nearest word first: 나는 < 우리 < 집을.
    assert [line.left for line in in_order(lines, "left")] == ["나는 ", "우리 ", "나는 집을 "]
    assert [line.right for line in in_order(lines, "right")] == ["", "을 고친다", "이 좋다"]


def test_hangul_takes_two_columns() -> None:
    assert columns_of("집 ab") == 5
    assert columns_of("é") == columns_of("e\u0301") == 1
    assert columns_of("（집）") == 6


def test_lines_are_aligned() -> None:
    assert drawn(lines_of(QUOTES), 8) == [
        "   나는  │ 집     │ 을 고친… │ P01:002 참여자 0:03:12",
        " … 집을  │ 고친다 │          │ P01:002 참여자 0:03:12",
        "   우리  │ 집     │ 이 좋다  │ P01:004 참여자 0:03:12",
    ]


@settings(max_examples=100, deadline=None)
@given(
    st.lists(
        st.tuples(st.text("가a …\té집。", max_size=30), st.text("가나a", max_size=5),
                  st.text("가a …\té집。", max_size=30)),
        min_size=1, max_size=5,
    ),
    st.integers(4, 20),
)  # fmt: skip
def test_the_term_always_stands_in_the_same_column(
    parts: list[tuple[str, str, str]], width: int
) -> None:
    quotes = [
        quote_of(left + node + right, (len(left), len(left) + len(node)))
        for left, node, right in parts
    ]
    texts = drawn(lines_of(quotes), width)
    cells = [text.split(" │ ") for text in texts]
    assert {len(row) for row in cells} == {4}
    assert {columns_of(row[0]) for row in cells} == {width}
    assert {columns_of(row[2]) for row in cells} == {width}
    assert len({columns_of(row[1]) for row in cells}) == 1


def test_what_steers_a_terminal_is_shown_as_a_sign() -> None:
    (line,) = lines_of([quote_of("\x1b[31m집", (5, 6))])
    assert line.left == "�[31m"


def test_where_it_stands() -> None:
    assert place_of(QUOTES[0]) == "P01:002 참여자 0:03:12"
    assert place_of(Quote("7", "P01", "", "P01", None, "")) == "P01 7"


def test_as_a_table() -> None:
    data = to_csv(concordance(lines_of([quote_of("=집", (1, 2))]))).decode("utf-8-sig")
    head, row = csv.reader(io.StringIO(data))
    assert head == ["segment", "interview", "speaker", "time", "left", "node", "right"]
    assert row == ["P01:002", "P01", "참여자", "0:03:12", "'=", "집", ""]
