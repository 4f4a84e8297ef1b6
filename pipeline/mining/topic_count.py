"""How many topics: coherence, stability and exclusivity together, over a range of numbers.

Coherence is that of gensim's ``CoherenceModel``: NPMI within ten tokens (Bouma 2009; Lau,
Newman and Baldwin 2014) and C_v (Röder, Both and Hinneburg 2015). Stability is how alike the
topics of resampled interviews are (Greene, O'Callaghan and Cunningham 2014). Exclusivity is how
little topics share their words (Bischof and Airoldi 2012).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import permutations

import numpy as np

from pipeline.mining.consensus import COMPARED_TERMS, Draw, draws, heaviest, jaccard
from pipeline.records import Terms, TopicCount

# Numbers tried over the range, resamples factorised for each, tokens read for coherence.
CANDIDATES = 7
TRIALS = 4
MOST_TOKENS = 50_000
# Fewer segments or interviews say nothing about how many topics there are.
_FEWEST_SEGMENTS = 50
_FEWEST_INTERVIEWS = 5

# The heaviest terms of each topic, and texts as lists of terms.
Sample = tuple[list[list[str]], Sequence[Sequence[str]]]


def measurable(terms: Terms, interviews: Sequence[str]) -> bool:
    """Tell whether there is enough text to measure how many topics it has."""
    said = np.flatnonzero(np.diff(terms.counts.indptr))
    n_interviews = len({interviews[int(row)] for row in said})
    return len(said) >= _FEWEST_SEGMENTS and n_interviews >= _FEWEST_INTERVIEWS


def candidates(fewest: int, most: int, terms: Terms) -> tuple[int, ...]:
    """Return the numbers to try, at most seven from ``fewest`` to ``most``, ever farther apart.

    None is beyond a third of the segments with terms, or the number of terms.
    """
    n_segments = int(np.count_nonzero(np.diff(terms.counts.indptr)))
    limit = max(2, min(n_segments // 3, len(terms.vocabulary)))
    steps = np.geomspace(min(fewest, limit), min(most, limit), CANDIDATES)
    return tuple(sorted({int(number) for number in np.round(steps)}))


def trials(
    terms: Terms, counts: Sequence[int], seed: int, interviews: Sequence[str]
) -> tuple[Draw, ...]:
    """Return what ``consensus.topic_vectors`` takes: ``TRIALS`` resamples for each of ``counts``.

    They are the first of those a consensus of as many topics is made of.
    """
    return tuple(
        draw for count in counts for draw in draws(terms, count, seed, interviews, range(TRIALS))
    )


def sample_texts(texts: Sequence[Sequence[str]], seed: int) -> list[Sequence[str]]:
    """Return the texts coherence is measured on: drawn at random up to 50,000 terms."""
    order = [int(row) for row in np.random.default_rng(seed).permutation(len(texts))]
    total = np.cumsum([len(texts[index]) for index in order])
    enough = int(np.searchsorted(total, MOST_TOKENS, "right"))
    return [texts[index] for index in sorted(order[: max(1, enough)])]


def coherence(sample: Sample) -> tuple[float, float]:
    """Return gensim's ``c_npmi`` (-1 to 1) and ``c_v`` (0 to 1) of a set of topics."""
    from gensim.corpora import Dictionary
    from gensim.models import CoherenceModel

    tops, texts = sample
    known = {term for text in texts for term in text}
    tops = [[term for term in top if term in known] for top in tops]
    tops = [top for top in tops if len(top) > 1]
    if not tops:
        return 0.0, 0.0
    dictionary = Dictionary(texts)
    npmi, c_v = (
        # Words that never stand together have no probability to take a logarithm of.
        np.nan_to_num(
            CoherenceModel(
                topics=tops, texts=texts, dictionary=dictionary, coherence=kind, processes=1
            ).get_coherence_per_topic()
        ).mean()
        for kind in ("c_npmi", "c_v")
    )
    return float(npmi), float(c_v)


def samples(
    topic_terms: Sequence[np.ndarray], terms: Terms, texts: Sequence[Sequence[str]], seed: int
) -> list[Sample]:
    """Return what ``coherence`` takes for each set of topics; ``texts`` are the segments' terms."""
    read = sample_texts(texts, seed)
    return [(_words(topics, terms), read) for topics in topic_terms]


def choose(
    runs: Mapping[int, Sequence[np.ndarray]],
    topic_terms: Sequence[np.ndarray],
    coherent: Sequence[tuple[float, float]],
) -> tuple[TopicCount, ...]:
    """Choose one of the numbers that are the keys of ``runs``, the topics of its trials.

    ``topic_terms`` are the topics those agree on, ``coherent`` their coherence.

    Returns:
        The numbers in order, one of them chosen: that of the highest mean of coherence (half
        NPMI, half C_v), stability and exclusivity, each laid out from 0 at its lowest to 1 at
        its highest. The smaller number wins a tie.
    """
    found = [
        TopicCount(
            count=count,
            npmi=round(npmi, 6),
            c_v=round(c_v, 6),
            stability=round(stability(own), 6),
            exclusivity=round(exclusivity(topics), 6),
            score=0.0,
            chosen=False,
        )
        for (count, own), topics, (npmi, c_v) in zip(
            runs.items(), topic_terms, coherent, strict=True
        )
    ]
    coherence_share = (_laid_out([f.npmi for f in found]) + _laid_out([f.c_v for f in found])) / 2
    stable = _laid_out([f.stability for f in found])
    exclusive = _laid_out([f.exclusivity for f in found])
    scores = np.round((coherence_share + stable + exclusive) / 3, 6)
    best = int(np.argmax(scores))
    return tuple(
        replace(one, score=float(score), chosen=index == best)
        for index, (one, score) in enumerate(zip(found, scores, strict=True))
    )


def stability(runs: Sequence[np.ndarray]) -> float:
    """Return the mean Jaccard of a topic's ten heaviest terms with the likest of another run's."""
    tops = [heaviest(run) for run in runs]
    best = [
        max(jaccard(own, other) for other in theirs)
        for ours, theirs in permutations(tops, 2)
        for own in ours
    ]
    return float(np.mean(best)) if best else 0.0


def exclusivity(topic_terms: np.ndarray) -> float:
    """Return how much of its ten heaviest terms' weight is a topic's own: 0 to 1, mean of all."""
    mass = topic_terms.sum(axis=1, keepdims=True)
    share = np.divide(topic_terms, mass, out=np.zeros_like(topic_terms), where=mass > 0)
    total = share.sum(axis=0)
    own = [
        float(np.mean([row[c] / total[c] for c in sorted(top)]))
        for row, top in zip(share, heaviest(share), strict=True)
        if top
    ]
    return float(np.mean(own)) if own else 0.0


def _laid_out(values: Sequence[float]) -> np.ndarray:
    """Return ``values`` from 0 (the lowest) to 1 (the highest); all .5 where they are equal."""
    column = np.array(values)
    extent = np.ptp(column)
    return (column - column.min()) / extent if extent > 0 else np.full(len(column), 0.5)


def _words(topic_terms: np.ndarray, terms: Terms) -> list[list[str]]:
    return [[terms.vocabulary[c] for c in sorted(top)] for top in heaviest(topic_terms)]


def methods_text(counts: Sequence[TopicCount]) -> dict[str, str]:
    """Return the methods paragraph's sentence on how the number of topics was chosen."""
    one = next(count for count in counts if count.chosen)
    tried = ", ".join(str(count.count) for count in counts)
    return {
        "ko": f"토픽 수는 {tried}개를 견주어 정합성(gensim의 NPMI와 C_v), 안정성(면담을 덜어 낸 표본 {TRIALS}개의"
        f" 토픽이 무거운 말 {COMPARED_TERMS}개에서 겹치는 정도), 배타성(말을 다른 토픽과 나누어 갖지 않는 정도)을"
        f" 0에서 1로 맞춘 평균이 가장 높은 {one.count}개로 정했다(NPMI {one.npmi:.2f}, C_v {one.c_v:.2f},"
        f" 안정성 {one.stability:.2f}, 배타성 {one.exclusivity:.2f}).",
        "en": f"Of {tried} topics, {one.count} were chosen as the number with the highest mean of "
        "coherence (gensim's NPMI and C_v), stability (overlap of the topics of "
        f"{TRIALS} resamples in their {COMPARED_TERMS} heaviest terms) and exclusivity (how little "
        "topics share their terms), each scaled from 0 to 1 over the range (NPMI "
        f"{one.npmi:.2f}, C_v {one.c_v:.2f}, stability {one.stability:.2f}, exclusivity "
        f"{one.exclusivity:.2f}).",
    }


def not_measured_text(count: int) -> dict[str, str]:
    """Return the methods paragraph's sentence where the text was too little to measure."""
    return {
        "ko": f"자료가 적어(단위 {_FEWEST_SEGMENTS}개나 면담 {_FEWEST_INTERVIEWS}편 미만) 토픽 수는 재지 않고 단위 수에"
        f" 맞추어 {count}개로 두었다.",
        "en": f"The text being too little to measure by (fewer than {_FEWEST_SEGMENTS} segments or "
        f"{_FEWEST_INTERVIEWS} interviews), the number of topics was set to {count}, by the number "
        "of segments.",
    }
