"""Stages of the room ``mining``: terms, keywords, network, word vectors."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zipfile import BadZipFile

from pipeline.errors import Problem
from pipeline.flow.corpus import (
    KIWI,
    coded_segments,
    dictionary_entries,
    dictionary_synonyms,
    kiwi_of,
    morphemes_of,
    stopwords_of,
)
from pipeline.memory import code_digest, digest, unpack
from pipeline.records import (
    Code,
    CodeTerms,
    Comparison,
    Keyword,
    Morphemes,
    Network,
    Ngram,
    Privacy,
    Segment,
    Terms,
    Vectors,
    WordCounts,
)
from pipeline.runner import Run
from pipeline.sentences import particle

if TYPE_CHECKING:
    import numpy as np


def counted_morphemes(run: Run) -> Morphemes:
    """Return what terms and evidence are made of.

    Masked words, fillers and repeated words are left out; synonyms count as one.
    """
    return run.shared("counted morphemes", lambda: _counted(run))


def _counted(run: Run) -> Morphemes:
    from pipeline.corpus.masking import outside_masks
    from pipeline.corpus.morpheme_columns import change_morphemes
    from pipeline.corpus.morphology import keep_rows
    from pipeline.mining.disfluencies import disfluent_rows
    from pipeline.mining.synonyms import merge_synonyms, merged_terms

    privacy: Privacy = run.result("privacy")
    said = morphemes_of(run)
    counted, problems = dictionary_synonyms(run)
    run.say(*problems)
    merged = merged_terms(said.vocabulary, counted)

    def change(some: Morphemes) -> Morphemes:
        fluent = keep_rows(some, ~disfluent_rows(some))
        return merge_synonyms(outside_masks(fluent, privacy.masks), merged)

    found = change_morphemes(said, change, run.cache)
    run.forget("morphemes")
    return found


def count(run: Run) -> Terms:
    """Count the terms of every segment."""
    from pipeline.mining.terms import count_terms

    tags = run.study.config.morphology.tags
    return count_terms(run.result("segments"), counted_morphemes(run), tags, stopwords_of(run))


def keywords(run: Run) -> tuple[Keyword, ...]:
    """Rank the keywords of the corpus and of each group."""
    from pipeline.mining.groups import group_segments
    from pipeline.mining.keywords import find_keywords
    from pipeline.mining.spoken import in_order
    from pipeline.mining.terms import frequent_terms

    config = run.study.config
    segments = run.result("segments")
    terms = frequent_terms(run.result("terms"), config.terms.min_segments)
    codes = {segment: frozenset(own) for segment, own in coded_segments(run).items()}
    group = config.keywords.group
    fields = [group] if isinstance(group, str) else group
    comparisons, problems = group_segments(segments, fields, codes)
    run.say(*problems)
    spoken = in_order(segments, counted_morphemes(run), terms)
    methods, top = config.keywords.methods, config.keywords.top
    few = config.terms.min_segments
    return find_keywords(segments, terms, spoken, comparisons, methods, top, few)


def ngrams(run: Run) -> tuple[Ngram, ...]:
    """Find the terms that follow each other."""
    from pipeline.mining.ngrams import find_ngrams
    from pipeline.mining.spoken import in_order

    segments = run.result("segments")
    spoken = in_order(segments, counted_morphemes(run), run.result("terms"))
    return find_ngrams(spoken, segments, run.study.config.keywords.ngrams)


def word_counts(run: Run) -> WordCounts:
    """Count the words of the table of frequencies."""
    from pipeline.mining.word_counts import count_words

    asked = run.study.config.tables
    return count_words(run.result("segments"), run.result("terms"), asked.tags, asked.top)


def network(run: Run) -> Network:
    """Find which terms go together; says so where there are too few to tie."""
    from pipeline.mining.cooccurrence import choose_top
    from pipeline.mining.network import NetworkOptions, make_network

    config = run.study.config.network
    options = NetworkOptions(
        config.within,
        config.window,
        config.measure,
        config.threshold,
        config.depth,
        tuple(config.tags),
        run.study.config.seed,
    )
    terms: Terms = run.result("terms")
    vocabulary = choose_top(terms, config.tags, config.top)
    found = make_network(run.result("segments"), counted_morphemes(run), terms, vocabulary, options)
    if not found.edges:
        run.say(
            Problem(
                f"의미연결망을 그리지 못했습니다. 말 {len(vocabulary):,}개 가운데 함께 나온 것으로 볼 짝이"
                " 없습니다. 설정 network의 tags, threshold, within을 살펴보세요.",
                f"No network: none of the {len(vocabulary):,} terms are tied. See the settings "
                "network.tags, threshold and within.",
                run.study.shown(run.study.config_path),
                level="warning",
            )
        )
    return found


def comparison(run: Run) -> Comparison:
    """Compare the groups of the study: how much each says of each topic and code."""
    from pipeline.mining.comparison import compare
    from pipeline.mining.groupings import MOST, find_clusters, group_by, thirds, usual_groupings

    segments: tuple[Segment, ...] = run.result("segments")
    clusters, wanted = find_clusters(segments), run.study.config.groups
    groupings = [group_by(segments, field) for field in wanted]
    for one in groupings:
        if not 1 < len(one.masks) <= MOST:
            run.say(_nothing_to_compare(run, one.field, len(one.masks), MOST))
    groupings = [one for one in groupings if 1 < len(one.masks) <= MOST]
    if not wanted:
        groupings += usual_groupings(segments, clusters)
    codes: tuple[Code, ...] = run.result("codebook")
    return compare(
        segments,
        clusters,
        [*groupings, thirds(segments)],
        run.result("topics"),
        [code.name for code in codes],
        coded_segments(run),
        run.study.config.seed,
    )


def _nothing_to_compare(run: Run, field: str, n_values: int, most: int) -> Problem:
    said = (
        ("그런 열이 없거나 비어 있습니다", "there is no such column, or it is empty")
        if not n_values
        else (f"값이 {n_values:,}가지입니다", f"it has {n_values:,} values")
    )
    return Problem(
        f"집단 비교에서 «{field}»{particle(field, '을')} 뺐습니다: {said[0]}. 값이 2–{most}가지인 열을 groups에 적으세요.",
        f"«{field}» is not compared: {said[1]}. Name columns of 2 to {most} values in groups.",
        run.study.shown(run.study.config_path),
        level="warning",
    )


def vectors(run: Run) -> Vectors:
    """Look up the vectors of the words that alignment and suggestion compare.

    Those of an earlier run are taken over: an edited definition costs its new words.
    """
    import numpy as np

    from pipeline.mining.vectors import DIMENSIONS, find_vectors

    described: CodeTerms = run.result("code_terms")
    versions = [run.version(library) for library in KIWI]
    made_with = digest(code_digest("mining"), versions, dictionary_entries(run))
    if not described.codes:
        nothing = np.zeros((0, DIMENSIONS), np.float32)
        return Vectors((), nothing, nothing, made_with="")
    words = {*described.vocabulary, *run.result("terms").vocabulary}
    return find_vectors(
        kiwi_of(run),
        sorted(words),
        made_with,
        _earlier_vectors(run),
        lambda done: run.advanced(done, len(words)),
    )


def _earlier_vectors(run: Run) -> Vectors | None:
    """Return what an earlier run kept; what cannot be read is made again."""
    try:
        return unpack(run.kept_at("vectors").read_bytes(), Vectors)
    except (OSError, KeyError, ValueError, BadZipFile):
        return None


def meanings_of(run: Run) -> dict[str, np.ndarray]:
    """Return the vectors to compare, by term, with what all words share taken out."""
    from pipeline.mining.vectors import spread

    found: Vectors = run.result("vectors")
    return run.shared("meanings", lambda: dict(zip(found.vocabulary, spread(found), strict=True)))
