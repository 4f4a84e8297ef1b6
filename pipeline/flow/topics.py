"""The stage of topics: resamples, the number of topics, the topics themselves."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from pipeline.errors import Lang, Problem
from pipeline.flow.mining import counted_morphemes
from pipeline.records import CodeTerms, Terms, TopicCount, TopicModel, TopicSeed
from pipeline.runner import Run

if TYPE_CHECKING:
    import numpy as np

Work = TypeVar("Work")
Made = TypeVar("Made")

_LANGS: tuple[Lang, ...] = ("ko", "en")
# Cells of the matrix of terms from which work is done in processes of its own: a new one takes
# longer to start than a small study takes to work through.
_WORTH_PROCESSES = 50_000
# The heaviest words of a code that pull a topic, where it is named as a seed.
_WORDS_OF_A_CODE = 10


def topic_seeds(run: Run) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return the seeds of the config by name, names of codes replaced by the codes' words.

    A stage of its own, so that an edited definition costs no topics that rest on none.
    """
    import numpy as np

    seeds = run.study.config.topics.seeds
    if not seeds:
        return ()
    described: CodeTerms = run.result("code_terms")
    row = {code: index for index, code in enumerate(described.codes)}

    def words_of(word: str) -> tuple[str, ...]:
        if word not in row:
            return (word,)
        weights = described.weights[row[word]].toarray().ravel()
        order = np.argsort(-np.round(weights, 9), kind="stable")[:_WORDS_OF_A_CODE]
        return tuple(described.vocabulary[c] for c in order if weights[c] > 0)

    return tuple(
        (name, tuple(found for word in words for found in words_of(word)))
        for name, words in seeds.items()
    )


def topics(run: Run) -> TopicModel:
    """Find topics; says so when there is too little text for the number asked for."""
    from pipeline.mining import seeds as seed_words
    from pipeline.mining import topic_count
    from pipeline.mining.seeds import with_seeds
    from pipeline.mining.terms import choose_terms
    from pipeline.mining.topics import METHODS, find_topics

    config = run.study.config
    terms = choose_terms(
        run.result("terms"),
        config.topics.tags,
        config.terms.min_segments,
        config.terms.max_share,
        _counted_by(run),
    )
    seeds = _found_seeds(run, terms)
    sown = with_seeds(terms, seeds)
    interviews = _interviews(run, terms) + list(sown.segments[len(terms.segments) :])
    counts, trials = _tried_counts(run, sown, interviews)
    number = next((c.count for c in counts if c.chosen), 0) or _given_count(run, terms)
    # Every seed has a topic.
    number = min(max(number, len(seeds)), len(sown.segments), len(terms.vocabulary))
    runs: tuple[np.ndarray, ...] = ()
    if METHODS[config.topics.method].resampled:
        first = trials if any(c.count == number and c.chosen for c in counts) else ()
        runs = _resampled(run, sown, number, interviews, first)
    model = find_topics(terms, config.topics.method, number, config.seed, runs, seeds)
    model = _named(run, model, terms)
    chosen: Mapping[str, str] = {}
    if counts:
        chosen = topic_count.methods_text(counts)
    elif config.topics.count == "auto":
        chosen = topic_count.not_measured_text(number)
    pulled = seed_words.methods_text(model.seeds) if model.seeds else {}
    texts = (chosen, model.methods_text, pulled)
    said = {lang: " ".join(t[lang] for t in texts if lang in t) for lang in _LANGS}
    return replace(model, counts=counts, methods_text=said)


def _counted_by(run: Run) -> str:
    """Name the setting that leaves nothing to count where nothing is counted."""
    if run.result("terms").vocabulary:
        return "morphology.tags"  # not asked for
    tags = {term.rpartition("/")[2] for term in counted_morphemes(run).vocabulary}
    stopped = tags & set(run.study.config.morphology.tags)
    return "morphology.stopwords" if stopped else "morphology.tags"


def _found_seeds(run: Run, terms: Terms) -> tuple[TopicSeed, ...]:
    """Look the seeds' words up; names those that the text does not say often enough."""
    from pipeline.mining.seeds import find_seeds

    seeds = find_seeds(dict(run.result("topic_seeds")), terms)
    for seed in seeds:
        # A code's own words need not all be said.
        unknown = [w for w in run.study.config.topics.seeds[seed.name] if w in seed.unknown]
        if unknown:
            missing = ", ".join(unknown)
            run.say(
                Problem(
                    f"topics.seeds의 «{seed.name}»: 토픽에 쓰는 말에 없어 뺀 말은 {missing}입니다. "
                    "철자를 살피거나 topics.tags, terms.min_segments를 보세요.",
                    f"topics.seeds, {seed.name}: left out as they are not among the terms of"
                    f" topics: {missing}. See their spelling, topics.tags and terms.min_segments.",
                    run.study.shown(run.study.config_path),
                    level="warning",
                )
            )
    return seeds


def _named(run: Run, model: TopicModel, terms: Terms) -> TopicModel:
    """Give the topics labels in which words stand as people put them together."""
    from pipeline.mining.adjacent_pairs import adjacent_pairs
    from pipeline.mining.topic_labels import name_topics

    words = {term for topic in model.topics for term, _ in topic.terms}
    pairs = adjacent_pairs(run.result("segments"), counted_morphemes(run), words)
    return name_topics(model, terms, pairs)


def _interviews(run: Run, terms: Terms) -> list[str]:
    """Return the interview of each segment of ``terms``."""
    of = {segment.id: segment.interview for segment in run.result("segments")}
    return [of[name] for name in terms.segments]


def _tried_counts(
    run: Run, terms: Terms, interviews: Sequence[str]
) -> tuple[tuple[TopicCount, ...], tuple[np.ndarray, ...]]:
    """Return the numbers of topics that were tried, and the trials of the one chosen."""
    from pipeline.mining import consensus, topic_count
    from pipeline.mining.coherence import Sample, coherences

    config = run.study.config
    if config.topics.count != "auto" or not topic_count.measurable(terms, interviews):
        return (), ()
    fewest, most = config.topics.range
    numbers = topic_count.candidates(fewest, most, terms)
    drawn = topic_count.trials(terms, numbers, config.seed, interviews)
    found = _side_by_side(run, terms, consensus.topic_vectors, drawn, topic_count.TRIALS)
    runs = {n: tuple(trial[place] for trial in found) for place, n in enumerate(numbers)}
    agreed = [consensus.agree(n, runs[n], config.seed) for n in numbers]
    texts = topic_count.sample_texts(
        run.result("segments"), counted_morphemes(run), terms, config.seed
    )
    sets = [consensus.heaviest(topics) for topics in agreed]
    samples: tuple[Sample, ...] = (("c_npmi", sets, texts), ("c_v", sets, texts))
    npmi, c_v = _side_by_side(run, terms, coherences, samples, len(samples))
    counts = topic_count.choose(runs, agreed, list(zip(npmi, c_v, strict=True)))
    return counts, runs[next(c.count for c in counts if c.chosen)]


def _given_count(run: Run, terms: Terms) -> int:
    """Return the number of topics where none was measured; says so if it is not as asked for."""
    from pipeline.mining.topics import choose_count

    wanted = run.study.config.topics.count
    number = choose_count(wanted, terms)
    if wanted != "auto" and number < wanted:
        run.say(
            Problem(
                f"토픽 {wanted}개를 찾기에는 자료가 적어 {number}개만 찾습니다. topics.count를 줄이세요.",
                f"Too little text for {wanted} topics; {number} are looked for. Lower topics.count.",
                run.study.shown(run.study.config_path),
                level="warning",
            )
        )
    return number


def _resampled(
    run: Run,
    terms: Terms,
    number: int,
    interviews: Sequence[str],
    trials: tuple[np.ndarray, ...],
) -> tuple[np.ndarray, ...]:
    """Return the topics of resampled interviews, of which ``trials`` are the first."""
    from pipeline.mining.consensus import RESAMPLES, draws, topic_vectors

    config = run.study.config
    rest = range(len(trials), RESAMPLES)
    drawn = draws(terms, (number,), config.seed, interviews, rest)
    found = _side_by_side(run, terms, topic_vectors, drawn, len(rest))
    return (*trials, *(one[0] for one in found))


def _side_by_side(
    run: Run, terms: Terms, work: Callable[[Work], Made], batches: Iterable[Work], n_batches: int
) -> tuple[Made, ...]:
    worth = terms.counts.nnz >= _WORTH_PROCESSES
    made: list[Made] = []
    for one in run.engine.map(work, batches) if worth else map(work, batches):
        made.append(one)
        run.advanced(len(made), n_batches)
    return tuple(made)
