from __future__ import annotations

import csv
import dataclasses
import io

import pytest
from tiny_analysis import make_analysis, make_comparison, make_word_counts, retold
from tiny_drawn import make_network

from pipeline.records import Analysis, SeededTopic, TopicCount, Uncovered
from pipeline.views.columns import Column
from pipeline.views.tables import (
    TABLES,
    Table,
    alignment,
    clock,
    codes,
    gaps,
    interviews,
    keywords,
    make_tables,
    ngrams,
    segments,
    suggestions,
    to_csv,
    topics,
    uncovered,
)


def read(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def of(*cells: str | float | bool | None) -> Table:
    columns = tuple(Column(f"k{n}", "열", "c", "", "") for n in range(len(cells)))
    return Table("t", {"ko": "표", "en": "T"}, columns, (cells,))


def test_topics(analysis: Analysis) -> None:
    assert read(to_csv(topics(analysis))) == [
        ["topic", "label", "recurrence", "prevalence", "terms", "n_segments", "segment_ids"],
        ["1", "도배·배우다·조합", "0.750000", "0.666667", "도배|배우다|조합", "2",
         "P01:002.2|P01:002.1"],
        ["2", "강사·구청", "", "0.333333", "강사|구청", "1", "P02:001"],
    ]  # fmt: skip


def test_alignment_gives_every_topic_with_every_code_and_names_kept_from_running(
    analysis: Analysis,
) -> None:
    assert read(to_csv(alignment(analysis))) == [
        ["topic", "code", "score", "p_value", "rank", "q_value", "relation", "near", "said",
         "coded"],
        ["1", "전문성 향상", "2.500000", "0.001000", "1", "0.020000", "1:1", "1.000000",
         "0.500000", "1.000000"],
        ["1", "'=협동조합/설립", "0.000000", "0.500000", "2", "1.000000", "", *["0.000000"] * 3],
        ["2", "'=협동조합/설립", "0.040000", "0.049900", "1", "1.000000", "", *["0.000000"] * 3],
        ["2", "전문성 향상", "-1.250000", "0.900000", "2", "1.000000", "", *["0.000000"] * 3],
    ]  # fmt: skip


def test_keywords(analysis: Analysis) -> None:
    assert read(to_csv(keywords(analysis)))[1:] == [
        ["tfidf", "전체", "집수리", "NNG", "1.500000", "12", "9", "", "", "", "0", "", "", ""],
        ["tfidf", "전체", "배우다", "VV", "0.250000", "3", "2", "role", "-1.000000", "0.500000",
         "2", "0.666667", "'=주민", "P01:002.1|P02:001"],
    ]  # fmt: skip


def test_ngrams(analysis: Analysis) -> None:
    assert read(to_csv(ngrams(analysis)))[1:] == [
        ["2", "집 고치다", "NNG+VV", "3", "2", "2", "0.250000", "1.500000", "P01:002.1|P02:001"],
    ]


def test_interviews_bring_their_fields(analysis: Analysis) -> None:
    head, first, second = read(to_csv(interviews(analysis)))
    assert head == [
        "interview", "source", "n_turns", "n_segments", "n_characters", "role", "district",
        "field_source",
    ]  # fmt: skip
    length = str(len(analysis.interviews[0].text))
    assert first == ["P01", "P01.txt", "2", "2", length, "참여자", "A구", ""]
    assert second[5:] == ["'=매니저", "", "-5"]


def test_codes_give_the_path_a_column_a_level(analysis: Analysis) -> None:
    table = codes(analysis)
    assert [column.ko for column in table.columns[:3]] == ["영역", "범주", "코드"]
    head, *rows = read(to_csv(table))
    assert head == [
        "level_1", "level_2", "level_3", "code", "depth", "source", "n_codings", "n_segments",
        "n_interviews", "n_codings_A", "n_codings_B",
    ]  # fmt: skip
    assert rows[0] == ["참여자의 변화", "", "", "참여자의 변화", "0", "", *"00000"]
    assert rows[2] == [
        "참여자의 변화", "비즈니스 역량", "전문성 향상", "전문성 향상", "2", "abstract", *"32121",
    ]  # fmt: skip
    assert rows[3][2:4] == ["'=협동조합/설립", "'=협동조합/설립"]


def test_segments(analysis: Analysis) -> None:
    head, _, second, third = read(to_csv(segments(analysis)))
    assert head == [
        "segment", "interview", "speaker", "time", "text", "codes", "topic", "topic_label", "role",
    ]  # fmt: skip
    assert second == [
        "P01:002.2", "P01", "답변", "1:02:05", "도배를 배웠죠. 조합도 만들었어요.",
        "전문성 향상|=협동조합/설립", "1", "도배·배우다·조합", "참여자",
    ]  # fmt: skip
    assert third == [
        "P02:001", "P02", "", "", "'- 강사가 좋았어요. 구청이 도왔고요.", "", "2", "강사·구청",
        "'=매니저",
    ]  # fmt: skip


def test_suggestions(analysis: Analysis) -> None:
    head, row = read(to_csv(suggestions(analysis)))
    assert head == [
        "segment", "interview", "text", "fits",
        "code1", "score1", "why1", "code2", "score2", "why2", "likely", "above", "like",
    ]  # fmt: skip
    assert row[3:6] == ["false", "전문성 향상", "0.123457"]
    assert row[6] == "«강사» 코드의 정의에 있는 말; «사가» 겹치는 말"
    assert row[7:9] == ["'=협동조합/설립", "0.000000"]
    assert row[10:] == ["", "", ""]


def test_what_can_be_told_of_suggestions_with_coded_segments(analysis: Analysis) -> None:
    (found,) = analysis.suggestions
    first, second = found.suggestions
    first = dataclasses.replace(first, like="P01:002.2", above=True)
    known = dataclasses.replace(
        found,
        suggestions=(first, dataclasses.replace(second, above=False)),
        likely=("전문성 향상", "=협동조합/설립"),
    )
    _, row = read(to_csv(suggestions(dataclasses.replace(analysis, suggestions=(known,)))))
    assert row[10:] == ["전문성 향상|=협동조합/설립", "전문성 향상", "P01:002.2"]


def test_gaps(analysis: Analysis) -> None:
    head, first, second = read(to_csv(gaps(analysis)))
    assert head == [
        "kind", "topics", "codes", "finding", "score", "p_value", "n_segments", "n_coded",
        "n_left_out", "n_standing", "lowest", "highest", "hangs_on", "segment_ids",
    ]  # fmt: skip
    assert first[:3] == ["unsupported", "2", "'=협동조합/설립"]
    assert first[3].startswith("«=협동조합/설립» 코드를 받쳐 주는 토픽이 없습니다.")
    assert first[4:] == [
        "0.040000", "0.049900", "1", "1", "2", "1", "-0.500000", "1.250000", "P02", "P01:002.2",
    ]  # fmt: skip
    assert second[:3] == ["uncovered", "2", "'=협동조합/설립"]
    assert second[-2:] == ["", "P02:001"]


def test_uncovered(analysis: Analysis) -> None:
    group = Uncovered(("강사/NNG", "돕/VV"), ("P02:001", "P01:002.1"))
    head, row = read(to_csv(uncovered(dataclasses.replace(analysis, uncovered=(group,)))))
    assert head == ["group", "terms", "n_segments", "n_interviews", "segment_ids"]
    assert row == ["1", "강사|돕다", "2", "2", "P02:001|P01:002.1"]


def test_at_most_five_suggestions_stand_in_the_table(analysis: Analysis) -> None:
    (found,) = analysis.suggestions
    many = dataclasses.replace(found, suggestions=found.suggestions * 4)
    table = suggestions(dataclasses.replace(analysis, suggestions=(many,)))
    assert len(table.columns) == 4 + 3 * 5 + 3


@pytest.mark.parametrize("text", ["=cmd|' /C calc'!A0", "+1+1", "-말", "@SUM(A1)", "\t=1", "\r=1"])
def test_formulas_are_kept_from_running(text: str) -> None:
    assert read(to_csv(of(text)))[1] == [f"'{text}"]


def test_numbers_are_never_guarded() -> None:
    row = read(to_csv(of(-5, -0.5, "-5", "+82.10", "-5%=")))[1]
    assert row == ["-5", "-0.500000", "-5", "+82.10", "'-5%="]


def test_cells_by_kind() -> None:
    table = of(None, True, float("nan"), -1e-9, 1234567)
    assert read(to_csv(table))[1] == ["", "true", "", "0.000000", "1234567"]


def test_csv_opens_in_excel() -> None:
    data = to_csv(of('쉼표, "따옴표"\n줄', "\x00널\ud800"))
    assert data.startswith(b"\xef\xbb\xbfk0,k1\r\n") and data.endswith(b"\r\n")
    assert read(data)[1] == ['쉼표, "따옴표"\n줄', "\ufffd널\ufffd"]


def test_nothing_found_leaves_headings(empty: Analysis) -> None:
    for table in make_tables(empty):
        if table.name not in {"interviews", "segments"}:
            assert table.rows == ()
        assert to_csv(table).count(b"\r\n") == len(table.rows) + 1


def test_tables_are_as_wide_as_their_headings_and_differ_in_name(analysis: Analysis) -> None:
    model = dataclasses.replace(
        analysis.model,
        counts=(TopicCount(2, 0.1, 0.5, 0.8, 0.6, 0.7, chosen=True),),
        seeds=(SeededTopic("=집", 1, ("집",), ("돈",), 1.0, 1.0, 0.5, 0.5, 0.5, 0.1),),
    )
    known = dataclasses.replace(
        analysis,
        network=make_network(),
        comparison=make_comparison(),
        word_counts=make_word_counts(),
        model=model,
    )
    tables = make_tables(retold(known, "=1|\x00<b>"))
    assert len({table.name for table in tables}) == len(TABLES)
    for table in tables:
        assert table.rows and {len(row) for row in table.rows} == {len(table.columns)}


def test_the_same_analysis_gives_the_same_bytes() -> None:
    once, again = make_tables(make_analysis()), make_tables(make_analysis())
    assert [to_csv(table) for table in once] == [to_csv(table) for table in again]


def test_clock() -> None:
    assert [clock(t) for t in (None, 0.0, 59.99, 3725.9)] == ["", "0:00:00", "0:00:59", "1:02:05"]


def test_the_whole_is_called_so_in_the_studys_language() -> None:
    groups = {}
    for lang in ("ko", "en"):
        (table,) = [one for one in make_tables(make_analysis(lang=lang)) if one.name == "keywords"]
        groups[lang] = {row[1] for row in table.rows if not row[7]}
    assert groups == {"ko": {"전체"}, "en": {"all"}}
