"""Tables: what a run found, as rows. To add one: a function, and a row in ``TABLES``."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Callable, Mapping
from dataclasses import replace

from pipeline.corpus.sheets import guarded
from pipeline.errors import Lang
from pipeline.mining.terms import shown_term
from pipeline.records import Analysis, SegmentSuggestions, Suggestion, Topic
from pipeline.views import columns as c
from pipeline.views import group_tables, network_tables, paper_tables
from pipeline.views.characters import legal
from pipeline.views.columns import Cell, Table
from pipeline.views.gap_part import gap_rows, relations
from pipeline.views.lookups import (
    UNUSED,
    code_paths,
    code_usage,
    coders,
    field_names,
    in_tree_order,
    main_topics,
    segment_codes,
    segment_texts,
)
from pipeline.views.table_notes import how_made, told_once
from pipeline.views.theme_table import themes

JOINED_BY = "|"
DECIMALS = 6
_MOST_SUGGESTED = 5


def topics(analysis: Analysis) -> Table:
    """Return the topics, by number."""
    rows = tuple(
        (
            topic.id,
            topic.label,
            topic.recurrence,
            topic.prevalence,
            JOINED_BY.join(shown_term(term) for term, _ in topic.terms[:20]),
            len(topic.segments),
            JOINED_BY.join(topic.segments),
        )
        for topic in _by_number(analysis)
    )
    return Table("topics", {"ko": "토픽", "en": "Topics"}, c.TOPICS, rows)


def topic_counts(analysis: Analysis) -> Table:
    """Return the numbers of topics that were tried; none where the number was given."""
    rows = tuple(
        (n.count, n.npmi, n.c_v, n.stability, n.exclusivity, n.score, n.chosen)
        for n in analysis.model.counts
    )
    return Table("topic_counts", {"ko": "토픽 수", "en": "Topic counts"}, c.TOPIC_COUNTS, rows)


def topic_seeds(analysis: Analysis) -> Table:
    """Return the seeded topics and how far each was pulled."""
    rows = tuple(
        (
            s.name,
            s.topic,
            JOINED_BY.join(s.words),
            JOINED_BY.join(s.unknown),
            *(s.among_10, s.among_20, s.mass),
            *(s.unseeded_10, s.unseeded_20, s.unseeded_mass),
        )
        for s in analysis.model.seeds
    )
    return Table("topic_seeds", {"ko": "씨앗 토픽", "en": "Seeded topics"}, c.TOPIC_SEEDS, rows)


def alignment(analysis: Analysis) -> Table:
    """Return every topic with every code, by topic and rank."""
    ordered = sorted(analysis.matches, key=lambda m: (m.topic, m.rank, m.code))
    relation = relations(analysis.matches)
    rows = tuple(
        (
            m.topic,
            m.code,
            m.score,
            m.p_value,
            m.rank,
            m.q_value,
            relation.get((m.topic, m.code), ""),
            m.near,
            m.said,
            m.coded,
        )
        for m in ordered
    )
    return Table("alignment", {"ko": "대응", "en": "Alignment"}, c.ALIGNMENT, rows)


def gaps(analysis: Analysis) -> Table:
    """Return what to look at between topics and codebook, by kind."""
    title: Mapping[Lang, str] = {"ko": "빈틈", "en": "Gaps"}
    return Table("gaps", title, c.GAPS, gap_rows(analysis))


def keywords(analysis: Analysis) -> Table:
    """Return the keywords in the order they were found in: by method, group and score."""
    rows = tuple(
        (
            k.method,
            group_tables.shown_group(k, analysis.lang),
            shown_term(f"{k.term}/{k.tag}"),
            k.tag,
            k.score,
            k.frequency,
            k.n_segments,
            k.field,
            k.effect,
            k.dispersion,
            k.n_interviews,
            k.largest_share,
            k.speaker,
            JOINED_BY.join(k.segments),
        )
        for k in analysis.keywords
    )
    return Table("keywords", {"ko": "키워드", "en": "Keywords"}, c.KEYWORDS, rows)


def ngrams(analysis: Analysis) -> Table:
    """Return the n-grams, the shorter first, most frequent first."""
    rows = tuple(
        (
            len(n.terms),
            " ".join(shown_term(term) for term in n.terms),
            "+".join(term.rpartition("/")[2] for term in n.terms),
            n.count,
            len(n.segments),
            n.n_interviews,
            n.npmi,
            n.t_score,
            JOINED_BY.join(n.segments),
        )
        for n in analysis.ngrams
    )
    return Table("ngrams", {"ko": "N-gram", "en": "N-grams"}, c.NGRAMS, rows)


def interviews(analysis: Analysis) -> Table:
    """Return the interviews with their sizes and all that is known of them."""
    names = field_names(interview.fields for interview in analysis.interviews)
    n_segments = dict.fromkeys((interview.id for interview in analysis.interviews), 0)
    for segment in analysis.segments:
        n_segments[segment.interview] += 1
    rows = tuple(
        (
            interview.id,
            interview.source,
            len(interview.turns),
            n_segments[interview.id],
            len(interview.text),
            *(interview.fields.get(name, "") for name in names),
        )
        for interview in analysis.interviews
    )
    heads = (*c.INTERVIEWS, *(c.field_column(name, c.INTERVIEWS) for name in names))
    return Table("interviews", {"ko": "면담", "en": "Interviews"}, heads, rows)


def codes(analysis: Analysis) -> Table:
    """Return the codebook as a tree, a column a level, with how often each code was used."""
    paths = code_paths(analysis.codes)
    depth = max((len(path) for path in paths.values()), default=0)
    names = [*analysis.levels, *(str(n) for n in range(len(analysis.levels) + 1, depth + 1))]
    usage = code_usage(analysis)
    people = coders(analysis)
    rows: list[tuple[Cell, ...]] = []
    for code in in_tree_order(analysis.codes):
        path, used = paths[code.name], usage.get(code.name, UNUSED)
        rows.append(
            (
                *path,
                *("" for _ in range(depth - len(path))),
                code.name,
                code.depth,
                code.fields.get("source", ""),
                used.n_codings,
                used.n_segments,
                used.n_interviews,
                *(used.by_coder.get(coder, 0) for coder in people),
            )
        )
    heads = (
        *(c.level_column(n, name) for n, name in enumerate(names[:depth], 1)),
        *c.CODES,
        *(c.coder_column(coder) for coder in people),
    )
    return Table("codes", {"ko": "코드북", "en": "Codebook"}, heads, tuple(rows))


def segments(analysis: Analysis) -> Table:
    """Return every segment with its text, its codes and its main topic."""
    texts, topic_of = segment_texts(analysis), main_topics(analysis)
    codes_on = segment_codes(analysis)
    times = {(i.id, turn.index): turn.time for i in analysis.interviews for turn in i.turns}
    names = field_names(segment.fields for segment in analysis.segments)
    rows: list[tuple[Cell, ...]] = []
    for segment in analysis.segments:
        topic = topic_of.get(segment.id)
        rows.append(
            (
                segment.id,
                segment.interview,
                segment.speaker,
                clock(times.get((segment.interview, segment.turn))),
                texts[segment.id],
                JOINED_BY.join(codes_on.get(segment.id, ())),
                topic.id if topic else None,
                topic.label if topic else "",
                *(segment.fields.get(name, "") for name in names),
            )
        )
    heads = (*c.SEGMENTS, *(c.field_column(name, c.SEGMENTS) for name in names))
    return Table("segments", {"ko": "분석 단위", "en": "Segments"}, heads, tuple(rows))


def suggestions(analysis: Analysis) -> Table:
    """Return the uncoded segments with their five best suggestions and the reasons."""
    texts = segment_texts(analysis)
    most = max((len(found.suggestions) for found in analysis.suggestions), default=0)
    ranks = range(min(most, _MOST_SUGGESTED))
    rows = tuple(
        (
            found.segment,
            found.interview,
            texts[found.segment],
            found.fits,
            *(cell for rank in ranks for cell in _suggested(found, rank)),
            JOINED_BY.join(found.likely or ()),
            JOINED_BY.join(one.code for one in found.suggestions if one.above),
            found.suggestions[0].like if found.suggestions else None,
        )
        for found in analysis.suggestions
    )
    by_rank = (head for rank in ranks for head in c.suggested_columns(rank + 1))
    heads = (*c.SUGGESTIONS, *by_rank, *c.SUGGESTIONS_LAST)
    return Table("suggestions", {"ko": "제안", "en": "Suggestions"}, heads, rows)


def uncovered(analysis: Analysis) -> Table:
    """Return the groups of segments that no code seems to fit, the largest first."""
    interview_of = {segment.id: segment.interview for segment in analysis.segments}
    rows = tuple(
        (
            number,
            JOINED_BY.join(shown_term(term) for term in group.terms),
            len(group.segments),
            len({interview_of[segment] for segment in group.segments}),
            JOINED_BY.join(group.segments),
        )
        for number, group in enumerate(analysis.uncovered, 1)
    )
    return Table("uncovered", {"ko": "새 코드 후보", "en": "Uncovered"}, c.UNCOVERED, rows)


def network_terms(analysis: Analysis) -> Table:
    """Return the terms of the network, most frequent first."""
    title: Mapping[Lang, str] = {"ko": "연결망 말", "en": "Network terms"}
    return Table("network_terms", title, network_tables.TERMS, network_tables.term_rows(analysis))


def network_edges(analysis: Analysis) -> Table:
    """Return the ties of the network, heaviest first."""
    title: Mapping[Lang, str] = {"ko": "연결망 연결", "en": "Network ties"}
    return Table("network_edges", title, network_tables.EDGES, network_tables.edge_rows(analysis))


def concor_density(analysis: Analysis) -> Table:
    """Return CONCOR's blocks with their densities and images."""
    title: Mapping[Lang, str] = {"ko": "CONCOR 밀도", "en": "CONCOR densities"}
    columns = network_tables.block_columns(analysis)
    return Table("concor_density", title, columns, network_tables.block_rows(analysis))


def prevalence(analysis: Analysis) -> Table:
    """Return how much of what each group says the topics and codes take up."""
    title: Mapping[Lang, str] = {"ko": "집단 비교", "en": "Groups compared"}
    columns = group_tables.PREVALENCE
    return Table("prevalence", title, columns, group_tables.prevalence_rows(analysis))


TABLES: tuple[Callable[[Analysis], Table], ...] = (
    topics,
    paper_tables.topic_words,
    topic_counts,
    topic_seeds,
    alignment,
    gaps,
    paper_tables.frequency,
    keywords,
    ngrams,
    network_terms,
    network_edges,
    paper_tables.cooccurrence,
    paper_tables.centrality,
    concor_density,
    prevalence,
    codes,
    themes,
    interviews,
    segments,
    suggestions,
    uncovered,
)


def make_tables(analysis: Analysis) -> tuple[Table, ...]:
    """Return every table of ``TABLES``, each with how it was made."""
    made = (make(analysis) for make in TABLES)
    return told_once([replace(table, how=how_made(table.name, analysis)) for table in made])


def to_csv(table: Table) -> bytes:
    """Return ``table`` as CSV: UTF-8 with BOM, CRLF, headed by the columns' keys.

    Numbers have six decimals, or none where they count; truth is ``true`` or ``false``.
    Text that a spreadsheet would run as a formula is guarded (``corpus.sheets.guarded``): what
    people said, ids and names of codes alike.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([guarded(legal(column.key)) for column in table.columns])
    for row in table.rows:
        writer.writerow([_csv_cell(cell) for cell in row])
    return out.getvalue().encode("utf-8-sig")


def clock(seconds: float | None) -> str:
    """Return seconds as ``h:mm:ss``, or nothing where they are not known."""
    if seconds is None:
        return ""
    minutes, second = divmod(int(seconds), 60)
    return f"{minutes // 60}:{minutes % 60:02d}:{second:02d}"


def is_empty(cell: Cell) -> bool:
    """Tell whether there is nothing to write: no value, or a number that is none."""
    return cell is None or (isinstance(cell, float) and not math.isfinite(cell))


def rounded(number: float) -> float:
    """Return ``number`` with the decimals files have; zero has no sign."""
    return round(number, DECIMALS) + 0.0


def _csv_cell(cell: Cell) -> str:
    if is_empty(cell):
        return ""
    if isinstance(cell, bool):
        return str(cell).lower()
    if isinstance(cell, float):
        return f"{rounded(cell):.{DECIMALS}f}"
    if isinstance(cell, str):
        return guarded(legal(cell))
    return str(cell)


def _by_number(analysis: Analysis) -> list[Topic]:
    return sorted(analysis.model.topics, key=lambda topic: topic.id)


def _suggested(found: SegmentSuggestions, rank: int) -> tuple[Cell, Cell, Cell]:
    if rank >= len(found.suggestions):
        return "", None, ""
    best: Suggestion = found.suggestions[rank]
    why = "; ".join(f"«{evidence.text}» {evidence.why}" for evidence in best.evidence)
    return best.code, best.score, why
