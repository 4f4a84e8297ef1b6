"""N-grams: terms that follow each other in a sentence, whatever stands between that is no term."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from pipeline.mining.spoken import Spoken, count_runs, runs
from pipeline.records import Ngram, Segment

SIZES = (2, 3)
# What is said once follows nothing.
_FEWEST = 2

METHODS_TEXT = {
    "ko": "N-gram(2, 3)은 한 문장에서 이어진 말을 조사·어미를 건너뛰어 셌고, 결합 정도는 NPMI(Bouma, 2009)와 t-점수"
    "(Church et al., 1991)로 쟀다.",
    "en": "N-grams (2, 3) are terms that follow each other in a sentence, particles and endings "
    "passed over; association is NPMI (Bouma, 2009) and the t-score (Church et al., 1991).",
}


def find_ngrams(spoken: Spoken, segments: Sequence[Segment], top: int) -> tuple[Ngram, ...]:
    """Return the ``top`` most frequent runs of two and of three terms, each said twice or more.

    The shorter first, then by falling count, ties broken by the terms. Of N terms
    said, p being each one's share, E = N · Π p runs are expected by chance: NPMI is
    log(O/E) / (-(n-1) · log(O/N)), 1 where the n terms are said only so; the t-score is
    (O - E) / √O.
    """
    return tuple(ngram for size in SIZES for ngram in _of_size(spoken, segments, size, top))


def _of_size(spoken: Spoken, segments: Sequence[Segment], size: int, top: int) -> list[Ngram]:
    follows = np.zeros(len(spoken.term), bool)
    follows[1:] = np.diff(spoken.sentence) == 0
    starts = runs(spoken, size, follows)
    if not len(starts):
        return []
    different, counts = count_runs(spoken, starts, size)
    count = np.asarray(counts.sum(axis=0)).ravel()
    order = np.argsort(-count, kind="stable")  # rows stand in the order of their terms
    best = order[count[order] >= _FEWEST][:top]
    said = np.bincount(spoken.term, minlength=len(spoken.vocabulary)) / len(spoken.term)
    npmi, t_score = _association(
        count[best].astype(float), said[different[best]].prod(axis=1), len(spoken.term), size
    )
    by_run = counts.tocsc()
    ngrams = []
    for place, index in enumerate(best):
        rows = np.sort(by_run.indices[by_run.indptr[index] : by_run.indptr[index + 1]])
        ngrams.append(
            Ngram(
                tuple(spoken.vocabulary[term] for term in different[index]),
                int(count[index]),
                len({segments[row].interview for row in rows}),
                float(npmi[place]),
                float(t_score[place]),
                tuple(spoken.segments[row] for row in rows),
            )
        )
    return ngrams


def _association(
    observed: np.ndarray, chance: np.ndarray, n_said: int, size: int
) -> tuple[np.ndarray, np.ndarray]:
    expected = n_said * chance
    certainty = -(size - 1) * np.log(observed / n_said)
    npmi = np.divide(
        np.log(observed / expected), certainty, out=np.zeros_like(observed), where=certainty > 0
    )
    return np.clip(npmi, -1, 1), (observed - expected) / np.sqrt(observed)
