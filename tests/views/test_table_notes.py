from __future__ import annotations

import dataclasses

from tiny_analysis import make_analysis, make_comparison, make_word_counts
from tiny_drawn import make_network

from pipeline.mining.tfidf import METHODS_TEXT
from pipeline.records import Analysis, SeededTopic, TopicCount
from pipeline.views.table_notes import how_made
from pipeline.views.tables import make_tables


def test_every_table_of_a_full_study_says_how_it_was_made_in_both_languages() -> None:
    full = make_analysis(
        network=make_network(), comparison=make_comparison(), word_counts=make_word_counts()
    )
    model = dataclasses.replace(
        full.model,
        methods_text={"ko": "나누었다.", "en": "Parted."},
        counts=(TopicCount(2, 0.1, 0.5, 0.8, 0.6, 0.7, chosen=True),),
        seeds=(SeededTopic("집", 1, ("집",), (), 1.0, 1.0, 0.5, 0.5, 0.5, 0.1),),
    )
    for table in make_tables(dataclasses.replace(full, model=model)):
        assert table.how["ko"].endswith("."), table.name
        assert table.how["en"].endswith("."), table.name


def test_the_sentence_is_of_what_was_really_used(analysis: Analysis) -> None:
    full = dataclasses.replace(analysis, network=make_network())
    assert how_made("network_terms", full)["ko"] == "연결망."
    assert how_made("cooccurrence", full)["en"].startswith(
        "Network. Cells count how often two of the 4"
    )
    assert how_made("keywords", full) == METHODS_TEXT
    assert "순위만" not in how_made("suggestions", full)["ko"]
    ranked = dataclasses.replace(full, score_only_ranks=True)
    assert "순위만" in how_made("suggestions", ranked)["ko"]


def test_of_nothing_nothing_is_said(empty: Analysis) -> None:
    nothing = dataclasses.replace(empty, matches=(), network=None)
    for name in ("alignment", "keywords", "network_edges", "prevalence", "frequency", "uncovered"):
        assert how_made(name, nothing) == {"ko": "", "en": ""}
