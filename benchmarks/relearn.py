"""How fast suggestions are made, and how fast they are learned anew after one decision.

Usage: python benchmarks/relearn.py [--coded 5000] [--new 5000] [--examples 760] [--codes 76]
                                    [--interviews 40] [--profile]

The text is made up: words of random syllables, each code with a few dozen of its own, said as
often as words are (Zipf). Two things are measured, each in a process of its own:

learning anew: ``--coded`` segments are coded, and one more is. From scratch, and going on from
what is known of the others (``known=``), which is what a page for reviewing does between two
passages.

suggesting: ``--new`` segments and ``--examples`` coded ones, all from the comparison with the
codebook to the last suggestion with its evidence; Kiwi has no part in it.
"""

from __future__ import annotations

import argparse
import cProfile
import multiprocessing
import pstats
import resource
import statistics
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from functools import partial
from typing import TypeVar

import numpy as np
from scipy.sparse import csr_matrix

from pipeline.records import CodeTerms, Match, Morphemes, Segment, Terms, Topic, TopicModel
from pipeline.themes.alignment import Laid
from pipeline.themes.scoring import score_codes
from pipeline.themes.suggester import Given, suggest

WORDS = 8_000
WORDS_OF_A_CODE = 40
CODE_WORDS_SAID = 0.4
SEGMENT_LENGTHS = (3, 16)
DESCRIBED_BY = 12
DIMENSIONS = 100
TOPICS = 30
PARTICLES = ("은", "는", "이", "가", "을", "를", "에", "에서", "도", "으로", "하고", "요")
DECISIONS = 5

Gold = dict[int, frozenset[str]]
Made = TypeVar("Made")


def main() -> None:
    """Measure both and print seconds, the ratio and peak memory."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--coded", type=int, default=5_000)
    parser.add_argument("--new", type=int, default=5_000)
    parser.add_argument("--examples", type=int, default=760)
    parser.add_argument("--codes", type=int, default=76)
    parser.add_argument("--interviews", type=int, default=40)
    parser.add_argument("--profile", action="store_true", help="print where the time goes")
    arguments = parser.parse_args()
    for measure in (measure_relearning, measure_suggesting):
        spawn = multiprocessing.get_context("spawn")
        with ProcessPoolExecutor(1, spawn, max_tasks_per_child=1) as own_process:
            print(own_process.submit(measure, arguments).result())


def measure_relearning(arguments: argparse.Namespace) -> str:
    """Return what learning anew after one decision takes, beside learning from scratch."""
    n_coded = arguments.coded
    given, gold = make_study(n_coded + DECISIONS, arguments.codes, arguments.interviews)
    untaught = given.untaught()
    interviews = [segment.interview for segment in given.segments]
    before = {row: codes for row, codes in gold.items() if row < n_coded}
    scratch, scored = clocked(lambda: score_codes(untaught, interviews, before))
    memory_before = peak_memory()
    anew = []
    for row in range(n_coded, n_coded + DECISIONS):
        before[row] = gold[row]
        again = partial(score_codes, untaught, interviews, before, known=scored.gram)
        with profiled(arguments.profile and row == n_coded):
            seconds, scored = clocked(again)
        anew.append(seconds)
    refused = {row: frozenset({given.code_terms.codes[0]}) for row in (0, 1)}
    rejecting, _ = clocked(lambda: score_codes(untaught, interviews, before, refused, scored.gram))
    median = statistics.median(anew)
    return "\n".join(
        (
            f"learning from {n_coded:,} coded segments, {arguments.codes} codes, "
            f"{arguments.interviews} interviews ({scored.basis})",
            f"  from scratch            {scratch:7.2f} s",
            f"  one decision more       {median:7.2f} s  ({median / scratch:.3f} of from scratch)",
            f"  one rejection more      {rejecting:7.2f} s",
            f"  peak memory             {memory_before:7.2f} GB, {peak_memory():.2f} GB after decisions",
        )
    )


def measure_suggesting(arguments: argparse.Namespace) -> str:
    """Return what suggestions for new segments take, part by part."""
    size = arguments.examples + arguments.new
    given, gold = make_study(size, arguments.codes, arguments.interviews)
    examples = {row: codes for row, codes in gold.items() if row < arguments.examples}
    rows = range(arguments.examples, size)
    interviews = [segment.interview for segment in given.segments]
    reading, untaught = clocked(given.untaught)
    scoring, scored = clocked(lambda: score_codes(untaught, interviews, examples))
    with profiled(arguments.profile):
        whole, suggested = clocked(lambda: suggest(given, examples, {}, rows, 5, "ko"))
    right = [
        bool({s.code for s in found.suggestions[:3]} & gold[row])
        for row, found in zip(rows, suggested.segments, strict=True)
    ]
    return "\n".join(
        (
            f"suggesting for {arguments.new:,} segments, {len(examples)} coded ({scored.basis})",
            f"  comparing with codebook {reading:7.2f} s",
            f"  scoring                 {scoring:7.2f} s",
            f"  all, with evidence      {whole:7.2f} s",
            f"  peak memory             {peak_memory():7.2f} GB",
            f"  a right code in three   {sum(right) / len(right):7.3f}",
        )
    )


def make_study(n_segments: int, n_codes: int, n_interviews: int) -> tuple[Given, Gold]:
    """Return a made-up study and the codes of every segment: one, or one time in four two."""
    rng = np.random.default_rng(1)
    names = tuple(f"코드{number}" for number in range(n_codes))
    forms = _make_words(rng)
    heights = 1 / np.arange(1, WORDS + 1)
    own_words = [rng.choice(np.arange(100, WORDS), WORDS_OF_A_CODE) for _ in names]
    often = rng.dirichlet(np.full(n_codes, 0.5))
    gold: Gold = {}
    said: list[np.ndarray] = []
    for row in range(n_segments):
        codes = rng.choice(n_codes, 2 if rng.random() < 0.25 else 1, replace=False, p=often)
        gold[row] = frozenset(names[code] for code in codes)
        length = int(rng.integers(*SEGMENT_LENGTHS))
        about = np.concatenate([own_words[code] for code in codes])
        common = rng.choice(WORDS, length, p=heights / heights.sum())
        said.append(
            np.where(rng.random(length) < CODE_WORDS_SAID, rng.choice(about, length), common)
        )
    segments, texts, morphemes = _speak(said, forms, n_interviews, rng)
    terms = _count(said, forms, segments)
    used = np.unique([words[:DESCRIBED_BY] for words in own_words])
    described = np.array([np.isin(used, words[:DESCRIBED_BY]) for words in own_words], float)
    code_terms = CodeTerms(
        names,
        tuple(f"{forms[word]}/NNG" for word in used.tolist()),
        csr_matrix(described / described.sum(axis=1, keepdims=True)),
        csr_matrix(described),
    )
    vectors = _make_vectors(forms, own_words, rng)
    laid = _make_topics(n_segments, names, rng)
    return Given(segments, texts, morphemes, terms, code_terms, vectors, laid, {}), gold


def _make_words(rng: np.random.Generator) -> tuple[str, ...]:
    syllables = [chr(code) for code in rng.choice(np.arange(0xAC00, 0xD7A4), 800, replace=False)]
    words: dict[str, None] = {}
    while len(words) < WORDS:
        words["".join(rng.choice(syllables, int(rng.integers(1, 4))))] = None
    return tuple(words)


def _speak(
    said: list[np.ndarray], forms: tuple[str, ...], n_interviews: int, rng: np.random.Generator
) -> tuple[tuple[Segment, ...], dict[str, str], Morphemes]:
    """Return segments, the interviews' texts, and where each word stands; a turn a segment."""
    interviews = tuple(f"P{number:03d}" for number in range(n_interviews))
    own = [list(range(number, len(said), n_interviews)) for number in range(n_interviews)]
    segments: dict[int, Segment] = {}
    texts, codes, starts, ends, bounds = {}, [], [], [], [0]
    for interview, rows in zip(interviews, own, strict=True):
        text = ""
        for turn, row in enumerate(rows):
            first = len(text)
            for word in said[row].tolist():
                codes.append(word)
                starts.append(len(text))
                ends.append(len(text) + len(forms[word]))
                text += forms[word] + str(rng.choice(PARTICLES)) + " "
            name = f"{interview}:{turn:03d}"
            segments[row] = Segment(name, interview, turn, "참여자", first, len(text))
            text += "\n"
        texts[interview] = text
        bounds.append(len(codes))
    code, start, end = (np.array(column, np.int32) for column in (codes, starts, ends))
    nothing = np.zeros(len(codes), np.int32)
    vocabulary = tuple(f"{form}/NNG" for form in forms)
    morphemes = Morphemes(vocabulary, code, start, end, nothing, interviews, np.array(bounds))
    return tuple(segments[row] for row in range(len(said))), texts, morphemes


def _count(said: list[np.ndarray], forms: tuple[str, ...], segments: tuple[Segment, ...]) -> Terms:
    rows = np.repeat(np.arange(len(said)), [len(words) for words in said])
    counts = csr_matrix(
        (np.ones(len(rows), np.int32), (rows, np.concatenate(said))), (len(said), WORDS)
    )
    ids = tuple(segment.id for segment in segments)
    return Terms(tuple(f"{form}/NNG" for form in forms), ids, counts)


def _make_vectors(
    forms: tuple[str, ...], own_words: list[np.ndarray], rng: np.random.Generator
) -> dict[str, np.ndarray]:
    """Return vectors where the words of a code are somewhat near to each other."""
    table = rng.normal(size=(len(forms), DIMENSIONS))
    for words in own_words:
        table[words] += rng.normal(size=DIMENSIONS)
    table /= np.linalg.norm(table, axis=1, keepdims=True)
    return {f"{form}/NNG": row for form, row in zip(forms, table, strict=True)}


def _make_topics(n_segments: int, names: tuple[str, ...], rng: np.random.Generator) -> Laid:
    topics = tuple(
        Topic(n, str(n), (("말/NNG", 1.0),), 1 / TOPICS, ()) for n in range(1, TOPICS + 1)
    )
    weights = rng.dirichlet(np.full(TOPICS, 0.1), n_segments)
    model = TopicModel(topics, weights, np.zeros((TOPICS, 0)), (), "nmf", {"ko": "", "en": ""})
    matches = tuple(
        Match(topic.id, name, float(rng.normal()), 0.5, rank)
        for topic in topics
        for rank, name in enumerate(names, 1)
    )
    return Laid(model, matches)


def clocked(work: Callable[[], Made]) -> tuple[float, Made]:
    """Return the seconds ``work`` takes, and what it returns."""
    begun = time.perf_counter()
    made = work()
    return time.perf_counter() - begun, made


@contextmanager
def profiled(wanted: bool) -> Iterator[None]:
    """Print where the time of the block goes, if ``wanted``."""
    profile = cProfile.Profile()
    if wanted:
        profile.enable()
    yield
    if wanted:
        profile.disable()
        pstats.Stats(profile).sort_stats("cumulative").print_stats(30)


def peak_memory() -> float:
    """Return the most memory this process has held, in GB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6


if __name__ == "__main__":
    main()
