"""How coherent and how stable topics are, and what they cost, beside plain models.

Usage: python benchmarks/topics.py DATA_FOLDER [--count 20] [--runs 5] [--first 10] [--workers 4]

The folder holds segments.jsonl; every segment counts as an interview. Each method is run anew,
all of it, on so many random nine tenths of the interviews; ``--first`` numbers the first of
them (0 to 3 served to choose the method, 10 and above took no part). Recurrence is measured for
NMF as for the consensus, so that its own recurring topics are the consensus's control; the
time of ``nmf`` includes that. Stability is the mean, over topics
and ordered pairs of runs, of the highest Jaccard of a topic's ten heaviest terms with those of
a topic of the other run. Both NPMIs are of the ten heaviest terms: over whole segments (two terms are
together when one segment says both), and gensim's ``c_npmi`` (within ten tokens), as ``c_v``
is gensim's. tomotopy is measured where it is installed, and times are given in its runs.
"""

from __future__ import annotations

import argparse
import importlib
import importlib.util
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import combinations, permutations
from pathlib import Path
from typing import Any

import numpy as np
from gensim.corpora import Dictionary
from gensim.models import CoherenceModel
from scipy.sparse import csr_matrix

from pipeline.corpus.dictionary import default_stopwords
from pipeline.corpus.morphology import analyse, keep_rows, load_kiwi
from pipeline.engine import Local
from pipeline.mining.consensus import draws, heaviest, jaccard, topic_vectors
from pipeline.mining.disfluencies import disfluent_rows
from pipeline.mining.terms import choose_terms, count_terms, segment_slice
from pipeline.mining.topics import METHODS, find_topics
from pipeline.prepared import answers, read_rows_as_interviews
from pipeline.records import Terms
from pipeline.settings import StudyConfig

SEED = 1
RECURS_FROM = 0.9
TOMOTOPY = "tomotopy"


@dataclass(frozen=True)
class Found:
    """One run: each topic's ten heaviest terms (columns), its recurrence, and the seconds."""

    tops: list[frozenset[int]]
    recurrence: list[float | None]
    seconds: float


def main() -> None:
    """Measure every method and print a table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else None)
    parser.add_argument("data", type=Path, help="folder that holds segments.jsonl")
    parser.add_argument("--count", type=int, default=20, help="topics (20)")
    parser.add_argument("--runs", type=int, default=5, help="nine tenths drawn (5)")
    parser.add_argument("--first", type=int, default=10, help="number of the first (10)")
    parser.add_argument("--workers", type=int, default=4, help="processes of a consensus (4)")
    arguments = parser.parse_args()
    terms, texts = read_terms(arguments.data / "segments.jsonl")
    print(f"{len(terms.segments)} segments, {len(terms.vocabulary)} nouns\n")
    methods: dict[str, Callable[[Terms], Found]] = {}
    if importlib.util.find_spec(TOMOTOPY):
        methods[TOMOTOPY] = partial(theirs, count=arguments.count)
    methods |= {
        name: partial(ours, method=name, count=arguments.count, workers=arguments.workers)
        for name in METHODS
    }
    print(
        "| method | NPMI (segment) | c_npmi | c_v | stability | of those ≥ .9 | how many | s | of tomotopy |"
    )
    print("|---|---|---|---|---|---|---|---|---|")
    unit = None
    for name, method in methods.items():
        found = [method(part) for part in nine_tenths(terms, arguments.runs, arguments.first)]
        seconds = float(np.mean([run.seconds for run in found]))
        unit = unit or (seconds if name == TOMOTOPY else None)
        print(row(name, found, terms, texts, seconds, unit), flush=True)


def read_terms(path: Path) -> tuple[Terms, list[list[str]]]:
    """Return the nouns of a segments file, and each segment's as they follow in it."""
    config = StudyConfig()
    interviews, _ = read_rows_as_interviews(path)
    segments = answers(interviews)
    said = analyse(load_kiwi(0), interviews)
    morphemes = keep_rows(said, ~disfluent_rows(said))
    counted = count_terms(segments, morphemes, config.morphology.tags, default_stopwords())
    limits = config.terms
    terms = choose_terms(counted, config.topics.tags, limits.min_segments, limits.max_share)
    kept = set(terms.vocabulary)
    place = {interview: index for index, interview in enumerate(morphemes.interviews)}
    names = morphemes.vocabulary
    texts = [
        [names[c] for c in morphemes.code[segment_slice(s, morphemes, place)] if names[c] in kept]
        for s in segments
    ]
    return terms, texts


def nine_tenths(terms: Terms, runs: int, first: int) -> list[Terms]:
    """Return the terms of ``runs`` random nine tenths of the segments."""
    n = len(terms.segments)
    parts = []
    for number in range(first, first + runs):
        rows = np.sort(np.random.default_rng(1000 + number).permutation(n)[: n * 9 // 10])
        own = tuple(terms.segments[index] for index in rows)
        parts.append(Terms(terms.vocabulary, own, csr_matrix(terms.counts[rows])))
    return parts


def ours(terms: Terms, method: str, count: int, workers: int) -> Found:
    """Run a method of the program, all of it: resamples are part of NMF and the consensus."""
    began = time.perf_counter()
    resampled = METHODS[method].resampled
    drawn = draws(terms, (count,), SEED, terms.segments) if resampled else ()
    runs = tuple(found[0] for found in Local(workers).map(topic_vectors, drawn))
    model = find_topics(terms, method, count, SEED, runs)
    seconds = time.perf_counter() - began
    return Found(heaviest(model.term_weights), [t.recurrence for t in model.topics], seconds)


def theirs(terms: Terms, count: int) -> Found:
    """Run tomotopy's LDA with its defaults, a thousand rounds."""
    tomotopy: Any = importlib.import_module(TOMOTOPY)
    began = time.perf_counter()
    model = tomotopy.LDAModel(k=count, seed=SEED)
    for segment in terms.counts:
        words = np.repeat(segment.indices, segment.data)
        if len(words):
            model.add_doc([str(word) for word in words])
    model.train(1000, workers=1)
    tops = [
        frozenset(int(word) for word, _ in model.get_topic_words(topic, top_n=10))
        for topic in range(count)
    ]
    return Found(tops, [None] * count, time.perf_counter() - began)


def row(
    name: str,
    found: Sequence[Found],
    terms: Terms,
    texts: list[list[str]],
    seconds: float,
    unit: float | None,
) -> str:
    """Return a method's line of the table."""
    words = [[terms.vocabulary[c] for c in sorted(top)] for run in found for top in run.tops]
    dictionary = Dictionary(texts)
    c_npmi, c_v = (
        CoherenceModel(
            topics=words, texts=texts, dictionary=dictionary, coherence=kind, processes=1
        ).get_coherence()
        for kind in ("c_npmi", "c_v")
    )
    all_of_them: list[float] = []
    recurring: list[float] = []
    for one, other in permutations(found, 2):
        best = [max(jaccard(top, theirs) for theirs in other.tops) for top in one.tops]
        all_of_them += best
        recurring += [
            value
            for value, share in zip(best, one.recurrence, strict=True)
            if share is not None and share >= RECURS_FROM
        ]
    npmi = np.mean([segment_npmi(top, terms) for run in found for top in run.tops])
    many = np.mean([sum((r or 0) >= RECURS_FROM for r in run.recurrence) for run in found])
    said = f"{np.mean(recurring):.2f} | {many:.1f}" if recurring else "· | ·"
    ratio = f"{seconds / unit:.2f}" if unit else "·"
    return (
        f"| {name} | {npmi:.3f} | {c_npmi:.3f} | {c_v:.3f} | {np.mean(all_of_them):.2f} "
        f"| {said} | {seconds:.1f} | {ratio} |"
    )


def segment_npmi(top: frozenset[int], terms: Terms) -> float:
    """Return the mean NPMI of pairs of terms over whole segments; -1 for a pair never together."""
    said = csr_matrix(terms.counts[:, sorted(top)].toarray() > 0, dtype=float)
    together = (said.T @ said).toarray() / len(terms.segments)
    alone = np.diag(together)
    values = [
        -1.0
        if together[i, j] == 0
        else np.log(together[i, j] / alone[i] / alone[j]) / -np.log(together[i, j])
        for i, j in combinations(range(len(alone)), 2)
    ]
    return float(np.mean(values))


if __name__ == "__main__":
    main()
