"""Stages of the room ``mining``: terms, keywords, network, word vectors."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zipfile import BadZipFile

from pipeline.engine import batch_bounds, map_batches
from pipeline.errors import Problem
from pipeline.flow.corpus import (
    KIWI,
    dictionary_entries,
    dictionary_synonyms,
    interviews_of,
    kiwi_of,
    morphemes_of,
    stopwords_of,
    uncoded_rows,
)
from pipeline.memory import code_digest, digest, unpack
from pipeline.records import (
    CodeTerms,
    Keyword,
    Morphemes,
    Network,
    Privacy,
    Terms,
    Vectors,
)
from pipeline.runner import Run

if TYPE_CHECKING:
    import numpy as np


def counted_morphemes(run: Run) -> Morphemes:
    """Return what terms and evidence are made of.

    Masked words, fillers and repeated words are left out; synonyms count as one.
    """
    return run.shared("counted morphemes", lambda: _counted(run))


def _counted(run: Run) -> Morphemes:
    import numpy as np

    from pipeline.corpus.masking import outside_masks
    from pipeline.corpus.morphology import keep_rows, some_interviews
    from pipeline.mining.disfluencies import disfluent_rows
    from pipeline.mining.synonyms import merge_synonyms, merged_terms

    privacy: Privacy = run.result("privacy")
    said = morphemes_of(run)
    bounds = batch_bounds([len(interview.text) for interview in interviews_of(run)])
    parts = [some_interviews(said, first, last) for first, last in bounds]
    disfluent = list(map_batches(disfluent_rows, parts, run.study.config.workers))
    fluent = keep_rows(said, ~np.concatenate(disfluent)) if disfluent else said
    unmasked = outside_masks(fluent, privacy.masks)
    counted, problems = dictionary_synonyms(run)
    run.say(*problems)
    return merge_synonyms(unmasked, merged_terms(unmasked.vocabulary, counted))


def count(run: Run) -> Terms:
    """Count the terms of every segment."""
    from pipeline.mining.terms import count_terms

    tags = run.study.config.morphology.tags
    return count_terms(run.result("segments"), counted_morphemes(run), tags, stopwords_of(run))


def keywords(run: Run) -> tuple[Keyword, ...]:
    """Rank the keywords of the corpus and of each group."""
    from pipeline.mining.keywords import find_keywords, group_segments
    from pipeline.mining.terms import frequent_terms

    config = run.study.config
    terms = frequent_terms(run.result("terms"), config.terms.min_segments)
    groups = group_segments(run.result("segments"), config.keywords.group)
    return find_keywords(terms, groups, config.keywords.methods, config.keywords.top)


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
    words = set(described.vocabulary)
    words |= {term for topic in run.result("topics").topics for term, _ in topic.terms}
    if uncoded_rows(run):
        words |= set(run.result("terms").vocabulary)
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
