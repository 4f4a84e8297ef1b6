from __future__ import annotations

import dataclasses

from tiny_analysis import make_analysis, make_empty

from pipeline.records import Analysis, Coding, Interview, Mask, Segment, Turn
from pipeline.views.columns import Table
from pipeline.views.masked import mask_analysis
from pipeline.views.theme_table import themes


def cells(table: Table) -> list[dict[str, object]]:
    keys = [column.key for column in table.columns]
    return [dict(zip(keys, row, strict=True)) for row in table.rows]


def study(*said: tuple[str, str], codings: tuple[Coding, ...]) -> Analysis:
    """Return interviews P1, P2, … of one segment each, by (participant, what was said)."""
    interviews = tuple(
        Interview(f"P{n}", text, (Turn(1, "답", "participant", 0, len(text)),), "")
        for n, (_, text) in enumerate(said, 1)
    )
    segments = tuple(
        Segment(f"P{n}:1", f"P{n}", 1, "답", 0, len(text), {"participant": who})
        for n, (who, text) in enumerate(said, 1)
    )
    found = make_empty()
    return dataclasses.replace(
        found,
        interviews=interviews,
        segments=segments,
        codes=make_analysis().codes,
        codings=codings,
        keywords=(),
        ngrams=(),
        uncoded=(),
    )


def test_codes_above_count_what_is_below_them() -> None:
    top, middle, first, second = cells(themes(make_analysis()))
    assert [row["level_3"] for row in (first, second)] == ["전문성 향상", "=협동조합/설립"]
    assert (first["n_codings"], first["n_segments"], first["n_participants"]) == (3, 2, 1)
    assert (second["n_codings"], second["n_segments"]) == (1, 1)
    # Two codes on one segment: four codings, two segments.
    assert (top["n_codings"], top["n_segments"]) == (4, 2) == (
        middle["n_codings"], middle["n_segments"],
    )  # fmt: skip
    assert (top["level_1"], top["level_2"], top["quotes"]) == ("참여자의 변화", "", "")
    assert top["percent_participants"] == 50.0
    assert top["segment_ids"] == "P01:002.1|P01:002.2"


def test_quotes_say_whose_words_they_are_and_where() -> None:
    (_, _, first, _) = cells(themes(make_analysis()))
    # The passage two coders agree on comes first.
    assert str(first["quotes"]).split("\n") == [
        "«도배를 배웠죠. 조합도 만들었어요.» (P01 답변, P01:002.2)",
        "«집수리를 배우고 싶었어요.» (P01 답변, P01:002.1)",
    ]


def test_quotes_are_of_different_participants_before_one_speaks_twice() -> None:
    said = (("김", "가" * 120), ("김", "나" * 110), ("이", "다" * 20), ("이", "라" * 10))
    codings = tuple(
        Coding(f"P{n}", 0, len(text), "전문성 향상", "A") for n, (_, text) in enumerate(said, 1)
    )
    row = cells(themes(study(*said, codings=codings)))[2]
    assert [quote.rpartition("(")[2] for quote in str(row["quotes"]).split("\n")] == [
        "김, P1:1)", "이, P3:1)", "김, P2:1)",
    ]  # fmt: skip
    assert (row["n_participants"], row["percent_participants"]) == (2, 100.0)


def test_a_long_quote_is_cut_and_its_lines_are_joined() -> None:
    text = "첫 줄\n둘째 줄 " + "가" * 300
    one = study(("김", text), codings=(Coding("P1", 0, len(text), "전문성 향상", "A"),))
    quote = str(cells(themes(one))[2]["quotes"])
    assert quote.startswith("«첫 줄 둘째 줄 가")
    assert quote.endswith("가…» (김, P1:1)")
    assert len(quote) == len("«» (김, P1:1)") + 200


def test_a_quote_is_masked_with_the_rest() -> None:
    text = "김철수 씨가 도배를 가르쳐 주셨어요."
    one = study(("참여자01", text), codings=(Coding("P1", 0, len(text), "전문성 향상", "A"),))
    masked = mask_analysis(one, {"P1": (Mask(0, 3, "이름01"),)}, {})
    assert cells(themes(masked))[2]["quotes"] == (
        "«이름01 씨가 도배를 가르쳐 주셨어요.» (참여자01, P1:1)"
    )


def test_the_title_is_the_study_s_levels_where_a_sheet_can_be_called_so() -> None:
    assert themes(make_analysis()).title["ko"] == "영역–범주–코드–인용문"
    odd = make_analysis(levels=("주제/영역", "하위", "코드"))
    assert themes(odd).title["ko"] == "코드–인용문"


def test_without_a_codebook_there_are_no_rows(empty: Analysis) -> None:
    assert themes(empty).rows == ()
