from __future__ import annotations

import dataclasses

from tiny_analysis import make_analysis, make_comparison, make_word_counts
from tiny_drawn import make_network

from pipeline.mining.tfidf import METHODS_TEXT
from pipeline.records import Analysis, SeededTopic, TopicCount
from pipeline.views.columns import KEYWORDS, Table
from pipeline.views.paper_tables import frequency, topic_words
from pipeline.views.table_notes import how_made, told_once
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


def test_what_was_said_once_is_referred_to() -> None:
    how = [
        {"ko": "그렸다.", "en": "Drawn."},
        {"ko": "그렸다.", "en": "Drawn."},
        {"ko": "그렸다. 칸은 수다.", "en": "Drawn. Cells count."},
        {"ko": "그렸다가 지웠다.", "en": "Drawn and wiped."},
        {"ko": "", "en": ""},
    ]
    tables = [
        Table(str(n), {"ko": f"표{n}", "en": f"T{n}"}, (), (), each) for n, each in enumerate(how)
    ]
    assert [table.how["ko"] for table in told_once(tables)] == [
        "그렸다.",
        "«표0»과 같은 방법으로 구했다.",
        "«표0»과 같은 방법으로 구했다. 칸은 수다.",
        "그렸다가 지웠다.",
        "",
    ]
    assert told_once(tables)[2].how["en"] == "As «T0». Cells count."


def test_two_values_called_tf_idf_are_told_apart(analysis: Analysis) -> None:
    (here,) = [column for column in frequency(analysis).columns if column.key == "tfidf"]
    (there,) = [column for column in KEYWORDS if column.key == "method"]
    assert "키워드 표의 tfidf" in here.what_ko
    assert "빈도분석 표의 TF-IDF와 다름" in there.what_ko


def test_a_topic_has_one_name_in_all_tables(analysis: Analysis) -> None:
    named = [c for table in make_tables(analysis) for c in table.columns if c.key == "label"]
    topics = [c for c in topic_words(analysis).columns if c.key == "label"]
    assert {column.what_ko for column in topics} < {column.what_ko for column in named}
    assert topics[0] in make_tables(analysis)[0].columns
