"""How many topics: coherence, stability and exclusivity together, over a range of numbers.

Coherence is gensim's NPMI and C_v (``coherence``). Stability is how alike the topics of resampled
interviews are (Greene, O'Callaghan and Cunningham 2014). Exclusivity is how little topics share
their words (Bischof and Airoldi 2012).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import combinations

import numpy as np

from pipeline.mining.consensus import COMPARED_TERMS, Draw, draws, heaviest, jaccards
from pipeline.mining.terms import segment_slice
from pipeline.records import Morphemes, Segment, Terms, TopicCount
from pipeline.sentences import short

# Numbers tried over the range, resamples factorised for each, tokens read for coherence.
CANDIDATES = 7
TRIALS = 4
MOST_TOKENS = 50_000
# Fewer segments or interviews say nothing about how many topics there are.
_FEWEST_SEGMENTS = 50
_FEWEST_INTERVIEWS = 5


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
) -> Iterator[Draw]:
    """Yield what ``consensus.topic_vectors`` takes: ``TRIALS`` resamples, each for all ``counts``.

    They are the first of the resamples that a consensus is made of.
    """
    return draws(terms, counts, seed, interviews, range(TRIALS))


def sample_texts(
    segments: Sequence[Segment], morphemes: Morphemes, terms: Terms, seed: int
) -> list[np.ndarray]:
    """Return the texts coherence is measured on: segments drawn at random up to 50,000 terms.

    Each is the columns of its terms in ``terms``, as they follow.
    """
    column = {term: index for index, term in enumerate(terms.vocabulary)}
    columns = np.array([column.get(term, -1) for term in morphemes.vocabulary], int)
    place = {interview: index for index, interview in enumerate(morphemes.interviews)}
    drawn: dict[int, np.ndarray] = {}
    total = 0
    for row in np.random.default_rng(seed).permutation(len(segments)):
        said = columns[morphemes.code[segment_slice(segments[row], morphemes, place)]]
        text = said[said >= 0]
        total += len(text)
        if drawn and total > MOST_TOKENS:
            break
        drawn[int(row)] = text
    return [drawn[row] for row in sorted(drawn)]


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
        likest
        for ours, theirs in combinations(tops, 2)
        for overlap in (jaccards(ours, theirs),)
        for likest in (*overlap.max(axis=1), *overlap.max(axis=0))
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


def methods_text(counts: Sequence[TopicCount]) -> dict[str, str]:
    """Return the methods paragraph's sentence on how the number of topics was chosen."""
    one = next(count for count in counts if count.chosen)
    tried = ", ".join(str(count.count) for count in counts)
    return {
        "ko": f"토픽 수는 {tried}개를 견주어 정합성(gensim의 NPMI와 C_v), 안정성(면담을 덜어 낸 표본 {TRIALS}개의"
        f" 토픽이 무거운 말 {COMPARED_TERMS}개에서 겹치는 정도), 배타성(말을 다른 토픽과 나누어 갖지 않는 정도)을"
        f" 0에서 1로 맞춘 평균이 가장 높은 {one.count}개로 정했다(NPMI {short(one.npmi)}, C_v {short(one.c_v)},"
        f" 안정성 {short(one.stability)}, 배타성 {short(one.exclusivity)}).",
        "en": f"Of {tried} topics, {one.count} were chosen as the number with the highest mean of "
        "coherence (gensim's NPMI and C_v), stability (overlap of the topics of "
        f"{TRIALS} resamples in their {COMPARED_TERMS} heaviest terms) and exclusivity (how little "
        "topics share their terms), each scaled from 0 to 1 over the range (NPMI "
        f"{short(one.npmi)}, C_v {short(one.c_v)}, stability {short(one.stability)}, exclusivity "
        f"{short(one.exclusivity)}).",
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
