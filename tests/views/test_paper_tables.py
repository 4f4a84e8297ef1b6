from __future__ import annotations

import dataclasses

from tiny_analysis import make_analysis, make_word_counts
from tiny_drawn import ODD, make_network

from pipeline.records import Analysis
from pipeline.views.columns import Table
from pipeline.views.paper_tables import centrality, cooccurrence, frequency, topic_words
from pipeline.views.tables import to_csv


def cells(table: Table) -> list[dict[str, object]]:
    keys = [column.key for column in table.columns]
    return [dict(zip(keys, row, strict=True)) for row in table.rows]


def known() -> Analysis:
    return make_analysis(network=make_network(), word_counts=make_word_counts())


def test_frequency_and_tfidf_stand_side_by_side_each_in_its_own_order() -> None:
    first, second = cells(frequency(known()))
    assert (first["rank"], first["term"], first["frequency"], first["percent"]) == (
        1,
        "집",
        9,
        75.0,
    )
    assert (first["n_segments"], first["n_interviews"]) == (3, 2)
    assert (first["tfidf_term"], first["tfidf"], first["tfidf_frequency"]) == ("=도배", 1.25, 3)
    assert (second["term"], second["tfidf_term"]) == ("=도배", "집")
    # Each half is traced by itself.
    assert first["segment_ids"] == "P01:002.1|P01:002.2|P02:001"
    assert first["tfidf_segment_ids"] == "P01:002.1"
    assert b",'=\xeb\x8f\x84\xeb\xb0\xb0," in to_csv(frequency(known()))


def test_the_matrix_is_the_same_both_ways_with_nothing_on_the_diagonal() -> None:
    table = cooccurrence(known())
    keys = [column.key for column in table.columns]
    assert keys == [
        "term", "with_집수리", f"with_{ODD}", "with_강사(NNG)", "with_강사(NNP)", "segment_ids",
    ]  # fmt: skip
    assert table.rows[0] == ("집수리", None, 3, 2, 0, "P01:002.1|P02:001")
    assert table.rows[2] == ("강사(NNG)", 2, 1, None, 0, "P02:001")


def test_each_centrality_ranks_for_itself() -> None:
    first, second, third, last = cells(centrality(known()))
    assert (first["rank"], first["degree_term"], first["degree"]) == (1, "집수리", 2 / 3)
    # Two of one degree: the more frequent word comes first.
    assert (second["degree_term"], third["degree_term"]) == (ODD, "강사(NNG)")
    assert (third["eigenvector_term"], third["eigenvector"]) == ("강사(NNG)", 0.4)
    assert last["betweenness_term"] == "강사(NNP)"
    assert first["closeness_segment_ids"] == "P01:002.1|P02:001"


def test_words_of_a_topic_are_in_one_row_with_their_weights() -> None:
    first, second = cells(topic_words(make_analysis()))
    assert (first["topic"], first["label"]) == (1, "도배·배우다·조합")
    assert (first["word2"], first["weight2"]) == ("배우다", 0.3)
    assert (first["word4"], first["weight4"], first["word10"]) == ("", None, "")
    assert round(float(str(second["percent"])), 6) == 33.333333
    assert first["segment_ids"] == "P01:002.2|P01:002.1"


def test_where_nothing_was_found_the_tables_are_empty(empty: Analysis) -> None:
    for make in (frequency, cooccurrence, centrality, topic_words):
        assert make(empty).rows == ()
    untied = dataclasses.replace(make_network(), edges=())
    assert centrality(dataclasses.replace(empty, network=untied)).rows == ()
