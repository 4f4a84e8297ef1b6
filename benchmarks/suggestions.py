"""How often suggested codes are right, from the codebook alone and with coded examples.

Usage: python benchmarks/suggestions.py DATA_FOLDER [SET ...] [--rounds 3]

A set is a folder with segments.jsonl and codebook.json. Segments are cut at 400 characters
and count as an interview each. For each round, k segments a code are drawn as examples, and
all others are suggested for. R@3 = |first three ∩ codes| / min(3, |codes|), averaged over
segments. The baseline gets the same examples: ridge regression on TF-IDF of content
morphemes; without examples, the overlap of words with the codebook.
"""

from __future__ import annotations

import argparse
import json
import statistics
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from kiwipiepy import Kiwi
from sklearn.feature_extraction.text import TfidfTransformer
from sklearn.linear_model import Ridge

from pipeline.corpus.codebook import read_codebook
from pipeline.corpus.dictionary import default_stopwords
from pipeline.corpus.morphology import analyse, load_kiwi
from pipeline.mining.terms import choose_terms, count_terms
from pipeline.mining.topics import choose_count, find_topics
from pipeline.mining.vectors import find_vectors, spread
from pipeline.records import Code, CodeTerms, Interview, Segment, Terms, Turn
from pipeline.settings import StudyConfig
from pipeline.themes.alignment import align, match_scores
from pipeline.themes.code_terms import describe_codes
from pipeline.themes.scoring import score_codes

CHARACTERS = 400
EXAMPLES = (0, 1, 3, 10)
DEFAULTS = StudyConfig()

Gold = Mapping[int, frozenset[str]]


@dataclass(frozen=True)
class Prepared:
    """A set with everything that no example changes; ``codes`` are those of each segment."""

    texts: Sequence[str]
    codes: Sequence[frozenset[str]]
    terms: Terms
    code_terms: CodeTerms
    vectors: Mapping[str, np.ndarray]
    topic_scores: np.ndarray


def main() -> None:
    """Measure the sets named, or all in the folder, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("sets", nargs="*")
    parser.add_argument("--rounds", type=int, default=3)
    arguments = parser.parse_args()
    names = arguments.sets or sorted(
        path.parent.name for path in arguments.data.glob("*/codebook.json")
    )
    kiwi = load_kiwi(0)
    print(f"{'set':12}{'k':>4}{'coded':>7}{'baseline':>10}{'no topics':>11}{'gyeol':>8}{'s':>6}")
    for name in names:
        prepared = prepare(kiwi, arguments.data / name)
        for k in EXAMPLES:
            rounds = range(arguments.rounds if k else 1)
            rows = [measure(prepared, draw(prepared, k, seed)) for seed in rounds]
            coded, *recalls, seconds = (
                statistics.fmean(column) for column in zip(*rows, strict=True)
            )
            baseline, without, full = recalls
            print(
                f"{name:12}{k:4}{coded:7.0f}{baseline:10.3f}{without:11.3f}{full:8.3f}{seconds:6.1f}"
            )


def prepare(kiwi: Kiwi, folder: Path) -> Prepared:
    """Analyse the segments, find topics and lay them on the codes, as a study does."""
    lines = (folder / "segments.jsonl").read_text("utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    codes: tuple[Code, ...] = read_codebook(folder / "codebook.json", "codebook.json")
    texts = [row["text"][:CHARACTERS] for row in rows]
    interviews = [
        Interview(
            row["id"], text, (Turn(1, "", "participant", 0, len(text), id=row["id"]),), folder.name
        )
        for row, text in zip(rows, texts, strict=True)
    ]
    segments = [Segment(i.id, i.id, 1, "", 0, len(i.text)) for i in interviews]
    tags, stopwords = DEFAULTS.morphology.tags, default_stopwords()
    terms = count_terms(segments, analyse(kiwi, interviews), tags, stopwords)
    code_terms = describe_codes(kiwi, codes, tags, stopwords)
    words = sorted({*terms.vocabulary, *code_terms.vocabulary})
    vectors = dict(zip(words, spread(find_vectors(kiwi, words, "benchmark")), strict=True))
    settings = DEFAULTS.terms
    chosen = choose_terms(terms, DEFAULTS.topics.tags, settings.min_segments, settings.max_share)
    model = find_topics(chosen, "nmf", choose_count("auto", chosen), DEFAULTS.seed)
    matches = align(model, code_terms, vectors, DEFAULTS.seed)
    topic_scores = model.weights @ match_scores(matches, model, code_terms.codes)
    gold = [frozenset(row["codes"]) & set(code_terms.codes) for row in rows]
    return Prepared(texts, gold, terms, code_terms, vectors, topic_scores)


def draw(prepared: Prepared, k: int, seed: int) -> Gold:
    """Draw ``k`` segments for each code, none of them twice."""
    order = np.random.default_rng(seed).permutation(len(prepared.codes)).tolist()
    drawn: dict[int, frozenset[str]] = {}
    for code in prepared.code_terms.codes:
        having = [row for row in order if row not in drawn and code in prepared.codes[row]]
        drawn |= {row: prepared.codes[row] for row in having[:k]}
    return drawn


def measure(prepared: Prepared, gold: Gold) -> tuple[int, float, float, float, float]:
    """Return how many segments were coded, R@3 of three methods, and the last one's seconds."""
    plain = recall(prepared, baseline(prepared, gold), gold)
    without = recall(prepared, score(prepared, gold, None), gold)
    begun = time.perf_counter()
    scores = score(prepared, gold, prepared.topic_scores)
    seconds = time.perf_counter() - begun
    return len(gold), plain, without, recall(prepared, scores, gold), seconds


def score(prepared: Prepared, gold: Gold, topic_scores: np.ndarray | None) -> np.ndarray:
    """Return what Gyeol scores, as segments × codes."""
    return score_codes(
        prepared.terms,
        prepared.texts,
        prepared.terms.segments,
        prepared.code_terms,
        prepared.vectors,
        topic_scores,
        gold,
    ).score


def baseline(prepared: Prepared, gold: Gold) -> np.ndarray:
    """Return what a plain method scores, as segments × codes."""
    features = TfidfTransformer(sublinear_tf=True).fit_transform(
        prepared.terms.counts.astype(float)
    )
    if not gold:
        column = {term: index for index, term in enumerate(prepared.terms.vocabulary)}
        words = prepared.code_terms.vocabulary
        shared = [number for number, word in enumerate(words) if word in column]
        described = prepared.code_terms.weights[:, shared]
        overlap = features[:, [column[words[number]] for number in shared]] @ described.T
        # Most segments share no word with any code: that the codebook's first codes are the
        # most frequent ones must not pass for skill.
        return overlap.toarray() + np.random.default_rng(0).uniform(0, 1e-6, overlap.shape)
    rows = sorted(gold)
    labels = [[code in gold[row] for code in prepared.code_terms.codes] for row in rows]
    return Ridge(alpha=1.0).fit(features[rows], np.array(labels, float)).predict(features)


def recall(prepared: Prepared, scores: np.ndarray, gold: Gold, n: int = 3) -> float:
    """Return R@n over the segments that gave no example and have a code."""
    codes = prepared.code_terms.codes
    best = np.argsort(-np.round(scores, 9), axis=1, kind="stable")[:, :n].tolist()
    return statistics.fmean(
        len({codes[code] for code in best[row]} & own) / min(n, len(own))
        for row, own in enumerate(prepared.codes)
        if own and row not in gold
    )


if __name__ == "__main__":
    main()
