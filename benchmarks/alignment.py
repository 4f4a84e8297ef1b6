"""How often topics are laid on the right code, beside word overlap and the cosine of mean vectors.

Usage: python benchmarks/alignment.py DATA_FOLDER [SET ...] [--topics 30] [--rounds 10]

A set is a folder with segments.jsonl and codebook.json. Each round takes four fifths of the
segments (every segment counts as an interview), finds topics in them as Gyeol does on nouns,
and lays them on the codes by the codes' names alone. The right code of a topic is the one
with the highest lift: its share among the segments whose main topic it is, over its share
among all. Then so many segments of each code are coded, and all is laid again; what is right
is then told by the other segments alone.

The null is tried on codebooks that mean nothing: the codes' words are dealt out anew, or other
words of the corpus, about as frequent, are put in their place. Of the matches with such a
codebook a twentieth should have p < .05.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from kiwipiepy import Kiwi
from scipy.sparse import csr_matrix

from pipeline.corpus.codebook import read_codebook
from pipeline.corpus.morphology import load_kiwi
from pipeline.mining.terms import choose_terms
from pipeline.mining.topics import find_topics
from pipeline.prepared import prepare
from pipeline.records import CodeTerms, Interview, Match, Segment, Terms, TopicModel, Turn
from pipeline.themes.alignment import Ground, align, find_ground, find_parts
from pipeline.themes.nearness import look_up

CODED = (1, 3, 10, 30)
NOUNS = ("NNG", "NNP")
FOUND = 0.1
# How far in rank of frequency the words lie that take the place of a code's.
_NEIGHBOURS = 100

Vectors = Mapping[str, np.ndarray]


@dataclass(frozen=True)
class Sample:
    """A set: its terms, its codes' words, all vectors, and gold as segments × codes."""

    name: str
    terms: Terms
    code_terms: CodeTerms
    vectors: Vectors
    gold: np.ndarray


@dataclass(frozen=True)
class Round:
    """A part of a set with its topics; ``lift`` is topics × codes."""

    terms: Terms
    model: TopicModel
    gold: np.ndarray
    lift: np.ndarray


def main() -> None:
    """Measure the sets named, or all in the folder, and print tables."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else None)
    parser.add_argument("data", type=Path, help="folder that holds a folder a set")
    parser.add_argument("sets", nargs="*", help="their names; all by default")
    parser.add_argument("--topics", type=int, default=30, help="topics to find (30)")
    parser.add_argument("--rounds", type=int, default=10, help="parts of the segments taken (10)")
    parser.add_argument("--characters", type=int, help="where segments are cut (nowhere)")
    arguments = parser.parse_args()
    folders = [arguments.data / name for name in arguments.sets] or sorted(
        path.parent for path in arguments.data.glob("*/codebook.json")
    )
    kiwi = load_kiwi(0)
    print("| set | method | right first | among three | lift of the first / highest | ms |")
    print("|---|---|---|---|---|---|")
    said: list[str] = []
    for folder in folders:
        sample = read_sample(kiwi, folder, arguments.characters)
        rounds = [draw(sample, arguments.topics, seed) for seed in range(arguments.rounds)]
        figures: dict[str, list[tuple[float, float, float, float]]] = {}
        chances: dict[str, list[tuple[float, ...]]] = {}
        for seed, one in enumerate(rounds):
            for method, scores, lift, seconds in laid(sample, one, seed):
                figures.setdefault(method, []).append((*right(scores, lift), 1000 * seconds))
            for what, values in tried(sample, one, seed):
                chances.setdefault(what, []).append(values)
        for method, found in figures.items():
            mean, spread = np.mean(found, axis=0), np.std(found, axis=0)
            cells = [f"{m:.3f} ± {s:.3f}" for m, s in zip(mean[:2], spread[:2], strict=True)]
            print(
                f"| {sample.name} | {method} | {' | '.join(cells)} | {mean[2]:.3f} | {mean[3]:.0f} |"
            )
        for what, found in chances.items():
            mean = np.nanmean(np.array(found, float), axis=0)
            cells = " | ".join("–" if np.isnan(x) else f"{x:.3f}" for x in mean)
            said.append(f"| {sample.name} | {what} | {cells} |")
    print("\n| set | codebook | p < .05 | p < .01 | found (q < .1) | right of the topics found |")
    print("|---|---|---|---|---|---|")
    print("\n".join(said))


def read_sample(kiwi: Kiwi, folder: Path, characters: int | None) -> Sample:
    """Read and prepare a set."""
    rows = [json.loads(row) for row in (folder / "segments.jsonl").read_text("utf-8").splitlines()]
    codes = read_codebook(folder / "codebook.json", "codebook.json")
    interviews = [
        Interview(row["id"], text, (Turn(1, "", "participant", 0, len(text), id=row["id"]),), "")
        for row in rows
        for text in [row["text"][:characters]]
    ]
    segments = [Segment(i.id, i.id, 1, "", 0, len(i.text)) for i in interviews]
    given = prepare(interviews, segments, codes, kiwi)
    gold = np.array([[code.name in row["codes"] for code in codes] for row in rows])
    return Sample(folder.name, given.terms, given.code_terms, given.vectors, gold)


def draw(sample: Sample, count: int, seed: int) -> Round:
    """Take four fifths of the segments and find topics in them."""
    n = len(sample.terms.segments)
    rows = np.sort(np.random.default_rng(seed).permutation(n)[: n * 4 // 5])
    counts = csr_matrix(sample.terms.counts[rows])
    kept = np.flatnonzero(np.bincount(counts.indices, minlength=counts.shape[1]))
    terms = Terms(
        tuple(sample.terms.vocabulary[i] for i in kept),
        tuple(sample.terms.segments[i] for i in rows),
        csr_matrix(counts[:, kept]),
    )
    model = find_topics(choose_terms(terms, NOUNS, 3, 0.5), "nmf", count, seed)
    return Round(terms, model, sample.gold[rows], find_lift(terms, model, sample.gold[rows], ()))


def find_lift(
    terms: Terms, model: TopicModel, gold: np.ndarray, coded: Collection[int]
) -> np.ndarray:
    """Return topics × codes: a code's share among a topic's segments over that among all.

    Segments in ``coded`` are not counted.
    """
    place = {segment: row for row, segment in enumerate(terms.segments)}
    counted = np.array([row not in coded for row in range(len(gold))])
    share = np.zeros((len(model.topics), gold.shape[1]))
    for number, topic in enumerate(model.topics):
        own = [row for segment in topic.segments if counted[row := place[segment]]]
        if own:
            share[number] = gold[own].mean(axis=0)
    return share / np.maximum(gold[counted].mean(axis=0), 1e-9)


def laid(sample: Sample, one: Round, seed: int) -> list[tuple[str, np.ndarray, np.ndarray, float]]:
    """Return each method's scores (topics × codes), the lift to find, and the seconds taken."""
    found: list[tuple[str, np.ndarray, np.ndarray, float]] = []
    for method, lay in (("word overlap", by_overlap), ("cosine of mean vectors", by_cosine)):
        begun = time.perf_counter()
        scores = lay(sample, one)
        found.append((method, scores, one.lift, time.perf_counter() - begun))
    begun = time.perf_counter()
    ground = ground_of(sample, one, {})
    parts = find_parts(ground)
    seconds = time.perf_counter() - begun
    found += [
        ("gyeol", parts.total(), one.lift, seconds),
        ("gyeol, near in meaning only", parts.near, one.lift, seconds),
        ("gyeol, said only", parts.said, one.lift, seconds),
    ]
    for k in CODED:
        coded = draw_coded(sample, one, k, seed)
        lift = find_lift(one.terms, one.model, one.gold, coded)
        scores = find_parts(ground_of(sample, one, coded)).total()
        found.append((f"gyeol, {k} coded a code", scores, lift, seconds))
    return found


def ground_of(
    sample: Sample,
    one: Round,
    gold: Mapping[int, frozenset[str]],
    code_terms: CodeTerms | None = None,
) -> Ground:
    """Return what Gyeol lays the topics on codes by."""
    described = code_terms or sample.code_terms
    return find_ground(one.model, described, one.terms, sample.vectors, one.terms.segments, gold)


def draw_coded(sample: Sample, one: Round, k: int, seed: int) -> dict[int, frozenset[str]]:
    """Draw so many segments of each code, with all their codes."""
    order = np.random.default_rng(seed).permutation(len(one.gold))
    codes = sample.code_terms.codes
    rows = {r for c in range(len(codes)) for r in [r for r in order if one.gold[r, c]][:k]}
    return {int(r): frozenset(codes[c] for c in np.flatnonzero(one.gold[r])) for r in rows}


def by_overlap(sample: Sample, one: Round) -> np.ndarray:
    """Return how much of a topic's weight (twenty top words) is in the words of a code."""
    place = {word: index for index, word in enumerate(sample.code_terms.vocabulary)}
    said = np.zeros((len(one.model.topics), len(place)))
    for row, topic in enumerate(one.model.topics):
        for term, weight in topic.terms:
            if term in place:
                said[row, place[term]] = weight
    return said @ (sample.code_terms.weights > 0).toarray().T.astype(float)


def by_cosine(sample: Sample, one: Round) -> np.ndarray:
    """Return the cosine of the mean vectors of a topic's and a code's words."""
    codes = sample.code_terms.weights @ look_up(sample.code_terms.vocabulary, sample.vectors)
    topics = np.array(
        [
            np.array([weight for _, weight in topic.terms])
            @ look_up([term for term, _ in topic.terms], sample.vectors)
            for topic in one.model.topics
        ]
    )
    topics /= np.maximum(np.linalg.norm(topics, axis=1, keepdims=True), 1e-9)
    return topics @ (codes / np.maximum(np.linalg.norm(codes, axis=1, keepdims=True), 1e-9)).T


def right(scores: np.ndarray, lift: np.ndarray) -> tuple[float, float, float]:
    """Return how often the right code is first, among three, and the lift of the first."""
    having = np.flatnonzero(lift.max(axis=1) > 0)
    order = np.argsort(-np.round(scores[having], 9), axis=1, kind="stable")
    gold = lift[having].argmax(axis=1)
    first = lift[having, order[:, 0]] / lift[having].max(axis=1)
    among = (order[:, :3] == gold[:, None]).any(axis=1)
    return float((order[:, 0] == gold).mean()), float(among.mean()), float(first.mean())


def tried(sample: Sample, one: Round, seed: int) -> list[tuple[str, tuple[float, ...]]]:
    """Return what of the real codebook is found, and of two that mean nothing."""
    rng = np.random.default_rng(seed)
    described = sample.code_terms
    order = rng.permutation(len(described.vocabulary))
    dealt = replace(described, vocabulary=tuple(described.vocabulary[i] for i in order))
    other = replace(described, vocabulary=others(described.vocabulary, one.terms, rng))
    coded = draw_coded(sample, one, 3, seed)
    names = [coded[row] for row in coded]
    anywhere = dict(zip(coded, (names[i] for i in rng.permutation(len(names))), strict=True))
    return [
        (what, chance(align(one.model, ground_of(sample, one, gold, words), seed), one, described))
        for what, words, gold in (
            ("its own", described, {}),
            ("its own, 3 coded a code", described, coded),
            ("words dealt out anew", dealt, {}),
            ("other words", other, {}),
            ("other words, 3 coded anywhere", other, anywhere),
        )
    ]


def others(words: Sequence[str], terms: Terms, rng: np.random.Generator) -> tuple[str, ...]:
    """Return for each word another of the corpus that about as many segments say."""
    n_saying = np.bincount(terms.counts.indices, minlength=len(terms.vocabulary))
    order = np.argsort(n_saying, kind="stable")
    rank = {terms.vocabulary[i]: place for place, i in enumerate(order)}
    taken = set(words)
    found = []
    for word in words:
        at = rank.get(word, 0)
        near = order[max(0, at - _NEIGHBOURS) : at + _NEIGHBOURS]
        free = [terms.vocabulary[i] for i in near if terms.vocabulary[i] not in taken]
        found.append(free[rng.integers(len(free))])
        taken.add(found[-1])
    return tuple(found)


def chance(matches: Sequence[Match], one: Round, described: CodeTerms) -> tuple[float, ...]:
    """Return shares of p < .05 and p < .01, the number found, and how many of those are right."""
    p_values = np.array([match.p_value for match in matches])
    found = [match for match in matches if match.q_value < FOUND]
    best = {m.topic: m.code for m in sorted(found, key=lambda m: -m.rank)}
    gold = one.lift.argmax(axis=1)
    hits = [described.codes[gold[topic - 1]] == code for topic, code in best.items()]
    return (
        float((p_values < 0.05).mean()),
        float((p_values < 0.01).mean()),
        float(len(found)),
        float(np.mean(hits)) if hits else float("nan"),
    )


if __name__ == "__main__":
    main()
