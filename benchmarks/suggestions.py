"""How often suggested codes are right, from the codebook alone and with coded examples.

Usage: python benchmarks/suggestions.py DATA_FOLDER [SET ...] [--rounds 3] [--characters 400]

A set is a folder with segments.jsonl and codebook.json. Segments are cut at so many characters
and count as an interview each. For each round k segments a code are drawn as examples (or so
many segments at random, which is what a coder's first interviews are), and all others are
suggested for. The baseline gets the same examples: ridge regression on TF-IDF of content
morphemes; without examples, the overlap of words with the codebook.

Ablations need no flag in the program. Parts of a score are set to 0 in the ``Untaught`` that
scores rest on; where a part is a step of the computation, the function is replaced in its
module while the ablation runs.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from types import ModuleType

import numpy as np
from kiwipiepy import Kiwi
from scipy.sparse import csr_matrix

from pipeline.corpus.codebook import read_codebook
from pipeline.corpus.morphology import load_kiwi
from pipeline.prepared import prepare
from pipeline.records import Code, Interview, Segment, Turn
from pipeline.themes import scoring
from pipeline.themes.baseline import linear_scores, overlap_scores, word_features
from pipeline.themes.measures import calibration_error
from pipeline.themes.ranking_figures import Scores, rank, recall_at
from pipeline.themes.scoring import Scored, Untaught, score_codes
from pipeline.themes.suggester import Given
from pipeline.themes.taught import Gram
from pipeline.themes.weighing import BEFORE_LEARNING

EXAMPLES = (0, 1, 3, 5, 10, 30)
AT_RANDOM = (170, 440)
# Of the imbalanced draw: a third of the codes each has so many examples.
UNEVEN = (0, 1, 30)
WITHOUT = "without "
DIGITS = {"coded": 0, "set size": 1, "s": 2}
# What the 17 categories of the set «petitions» fall under; 기타 falls under nothing.
NESTED_SET = "petitions"
PARENTS: Mapping[str, Sequence[str]] = {
    "돌봄과 복지": ("육아/교육", "보건복지", "저출산/고령화대책"),
    "권리와 생명": ("인권/성평등", "반려동물"),
    "생활 기반": ("교통/건축/국토", "안전/환경"),
    "경제와 노동": ("일자리", "경제민주화", "성장동력", "미래"),
    "나라 운영": ("정치개혁", "행정", "외교/통일/국방"),
    "지역과 문화": ("농산어촌", "문화/예술/체육/언론"),
}

Gold = Mapping[int, frozenset[str]]
Figures = Mapping[str, float | None]
Results = dict[tuple[str, ...], Figures]


@dataclass(frozen=True)
class Sample:
    """A set, read and compared with its codes.

    ``gold`` is segments × codes, true where a person coded; ``unshared`` is ``untaught``
    without what segments of like meaning have in common; ``words`` are the baseline's.
    """

    name: str
    codes: tuple[str, ...]
    given: Given
    untaught: Untaught
    unshared: Untaught
    words: csr_matrix
    gold: np.ndarray
    seconds: float


def main() -> None:
    """Measure the sets named, or all in the folder, and print tables."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else None)
    parser.add_argument("data", type=Path, help="folder that holds a folder a set")
    parser.add_argument("sets", nargs="*", help="their names; all by default")
    parser.add_argument("--rounds", type=int, default=3, help="draws of examples (3)")
    parser.add_argument("--characters", type=int, default=400, help="where segments are cut (400)")
    parser.add_argument("--examples", type=int, nargs="+", default=EXAMPLES, metavar="K")
    arguments = parser.parse_args()
    folders = [arguments.data / name for name in arguments.sets] or sorted(
        path.parent for path in arguments.data.glob("*/codebook.json")
    )
    kiwi, rounds = load_kiwi(0), range(arguments.rounds)
    # Without an example every round is the same.
    seeds: dict[int, range] = {k: rounds if k else range(1) for k in arguments.examples}
    results: Results = {}
    uneven: Results = {}
    nested: Results = {}
    prepared: list[str] = []
    for folder in folders:
        print(folder.name, file=sys.stderr)
        sample = read_sample(kiwi, folder, arguments.characters)
        prepared.append(f"{sample.name} {sample.seconds:.0f} s")
        for k, own in seeds.items():
            wanted = dict.fromkeys(sample.codes, k)
            drawn = [draw_each(sample, wanted, seed) for seed in own]
            results[sample.name, str(k)] = mean([measure(sample, one) for one in drawn])
        for n in AT_RANDOM:
            drawn = [draw_any(sample, n, seed) for seed in rounds]
            results[sample.name, f"{n} at random"] = mean([measure(sample, one) for one in drawn])
        uneven |= measure_uneven(sample, rounds)
        if sample.name == NESTED_SET:
            nesting = read_sample(kiwi, folder, arguments.characters, PARENTS)
            for k, own in seeds.items():
                nested[(str(k),)] = mean([measure_nested(nesting, k, seed) for seed in own])
    print_results(results, prepared)
    print("\n### Uneven examples: R@3 of codes with 0, 1 and 30\n")
    print_table(("set", "method"), uneven)
    if nested:
        print("\n### Parents over petitions' categories: R@3\n")
        print_table(("k",), nested)


def read_sample(
    kiwi: Kiwi, folder: Path, characters: int, parents: Mapping[str, Sequence[str]] | None = None
) -> Sample:
    """Read a set; with ``parents``, these are codes too, of all segments of their children."""
    begun = time.perf_counter()
    rows = [
        json.loads(line) for line in (folder / "segments.jsonl").read_text("utf-8").splitlines()
    ]
    above = {child: parent for parent, children in (parents or {}).items() for child in children}
    codes = tuple(
        replace(code, parent=above.get(code.name), depth=int(code.name in above))
        for code in read_codebook(folder / "codebook.json", "codebook.json")
    )
    codes = (*(Code(name, id=name) for name in parents or ()), *codes)
    interviews = [
        Interview(row["id"], text, (Turn(1, "", "participant", 0, len(text), id=row["id"]),), "")
        for row in rows
        for text in [row["text"][:characters]]
    ]
    segments = [Segment(i.id, i.id, 1, "", 0, len(i.text)) for i in interviews]
    given = prepare(interviews, segments, codes, kiwi)
    untaught = given.untaught()
    seconds = time.perf_counter() - begun
    with replaced(scoring, "shared_by_meaning", lambda _meaning, scores: np.zeros(scores.shape)):
        unshared = given.untaught()
    carried = [{*row["codes"], *(above[c] for c in row["codes"] if c in above)} for row in rows]
    names = tuple(code.name for code in codes)
    gold = np.array([[name in own for name in names] for own in carried])
    words = word_features(given.terms)
    return Sample(folder.name, names, given, untaught, unshared, words, gold, seconds)


@contextmanager
def replaced(module: ModuleType, name: str, function: Callable[..., object]) -> Iterator[None]:
    """Have ``module`` use ``function`` for ``name`` meanwhile."""
    own = getattr(module, name)
    setattr(module, name, function)
    try:
        yield
    finally:
        setattr(module, name, own)


def draw_each(sample: Sample, wanted: Mapping[str, int], seed: int) -> Gold:
    """Draw so many segments for each code, none of them twice, none with a code wanted 0 times."""
    unwanted = [sample.codes.index(code) for code, n in wanted.items() if not n]
    order = shuffled(np.flatnonzero(~sample.gold[:, unwanted].any(axis=1)), seed)
    drawn: dict[int, None] = {}
    for code, n in wanted.items():
        column = sample.gold[:, sample.codes.index(code)]
        having = [row for row in order if column[row] and row not in drawn]
        drawn |= dict.fromkeys(having[:n])
    return coded(sample, list(drawn))


def draw_any(sample: Sample, n: int, seed: int) -> Gold:
    """Draw ``n`` coded segments, whatever their codes."""
    return coded(sample, shuffled(np.flatnonzero(sample.gold.any(axis=1)), seed)[:n])


def shuffled(rows: np.ndarray, seed: int) -> list[int]:
    """Return ``rows`` in random order."""
    return np.random.default_rng(seed).permutation(rows).tolist()


def coded(sample: Sample, rows: Sequence[int]) -> Gold:
    """Return the codes that people gave to ``rows``."""
    return {
        row: frozenset(
            code for code, has in zip(sample.codes, sample.gold[row], strict=True) if has
        )
        for row in rows
    }


def mean(rounds: Sequence[Figures]) -> Figures:
    """Return the mean of each figure over ``rounds``, ``None`` where a round lacks it."""
    means: dict[str, float | None] = {}
    for name in rounds[0]:
        values = [value for figures in rounds if (value := figures[name]) is not None]
        means[name] = float(np.mean(values)) if len(values) == len(rounds) else None
    return means


def measure(sample: Sample, examples: Gold) -> Figures:
    """Return all figures on the segments that gave no example and have a code."""
    tested = untouched(sample, examples)
    gold = sample.gold[tested]
    begun = time.perf_counter()
    scored = score(sample.untaught, sample, examples, None)
    seconds = time.perf_counter() - begun
    plain = baseline(sample, examples)
    figures: dict[str, float | None] = {
        "coded": len(examples),
        "baseline P@1": recall(sample, plain, tested, 1),
        "P@1": recall(sample, scored.score, tested, 1),
        "baseline R@3": recall(sample, plain, tested, 3),
        "R@3": recall(sample, scored.score, tested, 3),
        "ECE": None,
        "coverage": None,
        "set size": None,
        "s": seconds,
    }
    if scored.set_from is not None:
        ranked = rank(Scores(scored.score), tested)
        right = np.take_along_axis(gold, ranked.order[:, :3], axis=1)
        alone = np.zeros(len(tested), int)
        error = calibration_error(np.ones((1, 1)), [(ranked.score, right, alone)])
        inside = scored.score[tested] >= scored.set_from
        figures |= {
            "ECE": error.value if error else None,
            "coverage": float((inside & gold).any(axis=1).mean()),
            "set size": float(inside.sum(axis=1).mean()),
        }
    for name, other in ablated(sample, examples, scored.gram):
        figures[WITHOUT + name] = recall(sample, other.score, tested, 3)
    return figures


def untouched(sample: Sample, examples: Gold) -> np.ndarray:
    """Return the rows that have a code and are no example."""
    return np.array([row for row in np.flatnonzero(sample.gold.any(axis=1)) if row not in examples])


def score(untaught: Untaught, sample: Sample, examples: Gold, known: Gram | None) -> Scored:
    """Return what Gyeol scores."""
    return score_codes(untaught, sample.given.terms.segments, examples, known=known)


def baseline(sample: Sample, examples: Gold) -> np.ndarray:
    """Return what a plain method scores, as segments × codes."""
    if examples:
        return linear_scores(sample.words, sample.codes, examples)
    return overlap_scores(sample.words, sample.given.terms, sample.given.code_terms, seed=0)


def recall(sample: Sample, scores: np.ndarray, tested: np.ndarray, n: int) -> float:
    """Return R@n = |first n ∩ codes| / min(n, |codes|), averaged over ``tested``."""
    return float(recall_at(sample.gold[tested], rank(Scores(scores), tested), n).mean())


def recall_of(
    sample: Sample, scores: np.ndarray, tested: np.ndarray, codes: Sequence[str]
) -> float | None:
    """Return R@3 of ``codes`` among all, averaged over the segments that have one of them."""
    among = np.isin(sample.codes, list(codes))
    having = tested[sample.gold[tested][:, among].any(axis=1)]
    if not len(having):
        return None
    return float(recall_at(sample.gold[having] & among, rank(Scores(scores), having), 3).mean())


def ablated(sample: Sample, examples: Gold, gram: Gram | None) -> Iterator[tuple[str, Scored]]:
    """Yield what is scored without each part that has a say."""
    whole = sample.untaught
    nothing = np.zeros(whole.topics.shape)
    yield "topics", score(replace(whole, topics=nothing), sample, examples, gram)
    yield "shared meaning", score(sample.unshared, sample, examples, gram)
    if not examples:
        return
    for view in ("words", "letters", "meaning"):
        features = replace(whole.features, **{view: 0 * getattr(whole.features, view)})
        yield view, score(replace(whole, features=features), sample, examples, None)
    with replaced(scoring, "learn_weights", lambda *_parts: BEFORE_LEARNING):
        yield "learned weights", score(whole, sample, examples, gram)
    with replaced(scoring, "prior_shift", lambda coded, *_others: np.zeros(coded.shape[1])):
        yield "prior correction", score(whole, sample, examples, gram)
    alone = replace(whole, nearness=nothing, topics=nothing)
    yield "the codebook", score(alone, sample, examples, gram)
    yield "what is taught", score(whole, sample, {}, None)


def measure_uneven(sample: Sample, rounds: Sequence[int]) -> Results:
    """Return R@3 where some codes have no example, some one and some many, by method."""
    found: dict[tuple[str, ...], list[Figures]] = {}
    for seed in rounds:
        order = shuffled(np.arange(len(sample.codes)), seed)
        groups = {
            n: [sample.codes[c] for c in order[part :: len(UNEVEN)]]
            for part, n in enumerate(UNEVEN)
        }
        examples = draw_each(sample, {c: n for n, codes in groups.items() for c in codes}, seed)
        tested = untouched(sample, examples)
        for method, scores in (
            ("baseline", baseline(sample, examples)),
            ("codebook alone", score(sample.untaught, sample, {}, None).score),
            ("gyeol", score(sample.untaught, sample, examples, None).score),
        ):
            figures: dict[str, float | None] = {"coded": len(examples)}
            figures["all codes"] = recall(sample, scores, tested, 3)
            for n, codes in groups.items():
                figures[f"codes with {n}"] = recall_of(sample, scores, tested, codes)
            found.setdefault((sample.name, method), []).append(figures)
    return {key: mean(figures) for key, figures in found.items()}


def measure_nested(sample: Sample, k: int, seed: int) -> Figures:
    """Return R@3 where parents gain from their children, and where they do not.

    Segments carry their category and its parent; of the examples every other one is given
    with the category alone, the rest (where there is a parent) with the parent alone.
    """
    children = [code for code in sample.codes if code not in PARENTS]
    drawn = draw_each(sample, dict.fromkeys(children, k), seed)
    shown = {
        row: own & PARENTS.keys() or own if number % 2 else own - PARENTS.keys()
        for number, (row, own) in enumerate(drawn.items())
    }
    gaining = score(sample.untaught, sample, shown, None).score
    with replaced(scoring, "with_parents", lambda values, _parents: values):
        apart = score(sample.untaught, sample, shown, None).score
    methods = {"gain": gaining, "do not": apart, "baseline": baseline(sample, shown)}
    tested = untouched(sample, drawn)
    split = {
        f"{what}, {method}": recall_of(sample, scores, tested, codes)
        for what, codes in (
            ("all", sample.codes),
            ("parents", list(PARENTS)),
            ("children", children),
        )
        for method, scores in methods.items()
    }
    return {"coded": len(drawn), **split}


def print_results(results: Results, prepared: Sequence[str]) -> None:
    """Print how often suggestions were right, and what each part adds."""
    names = list(next(iter(results.values())))
    print("\n### Examples per code\n")
    print_table(
        ("set", "k"),
        {
            key: {name: figures[name] for name in names if not name.startswith(WITHOUT)}
            for key, figures in results.items()
        },
    )
    print("\nSeconds are those of learning and of scoring all segments. Before that, preparing")
    print(f"(morphemes, vectors, topics, nearness) took: {', '.join(prepared)}.")
    parts = dict.fromkeys(n for f in results.values() for n in f if n.startswith(WITHOUT))
    left: Results = {
        key: {"whole": figures["R@3"], **{name: figures.get(name) for name in parts}}
        for key, figures in results.items()
    }
    print("\n### Ablations: R@3\n")
    print_table(("set", "k"), left)
    print("\nWhat each part adds to R@3, averaged over sets (below 0: it hurts):\n")
    added: dict[str, list[Figures]] = {}
    for (_, k), figures in left.items():
        whole = figures["whole"] or 0.0
        added.setdefault(k, []).append(
            {
                name.removeprefix(WITHOUT): None if value is None else whole - value
                for name, value in figures.items()
                if name in parts
            }
        )
    print_table(("k",), {(k,): mean(figures) for k, figures in added.items()})


def print_table(keys: Sequence[str], rows: Results) -> None:
    """Print a Markdown table whose first columns are ``keys``."""
    names = list(next(iter(rows.values())))
    print(f"| {' | '.join([*keys, *names])} |\n|{'---|' * (len(keys) + len(names))}")
    for key, figures in rows.items():
        shown = (
            "–" if (value := figures[name]) is None else f"{value:.{DIGITS.get(name, 3)}f}"
            for name in names
        )
        print(f"| {' | '.join([*key, *shown])} |")


if __name__ == "__main__":
    main()
