"""How well each code fits each segment, from the codebook alone or with coded passages.

What a passage is near to in the codebook's words, what its topics are laid on, and what
coded passages taught are added up; with enough coded passages the sum is turned into a
probability that was fitted on interviews held out in turn.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from sklearn.linear_model import LogisticRegression
from threadpoolctl import threadpool_limits

from pipeline.mining.tfidf import weigh
from pipeline.records import CodeTerms, Terms
from pipeline.themes.nearness import look_up, nearness, standard, word_cosines
from pipeline.themes.taught import learn

# What scores rest on: the codebook alone; coded passages too; and these being enough to
# make probabilities of scores.
Basis = Literal["codebook", "taught", "calibrated"]

METHODS_TEXTS: Mapping[Basis, Mapping[str, str]] = {
    "codebook": {
        "ko": "코드 제안은 코드북의 말과 단위의 말이 뜻으로 얼마나 가까운지와 단위의 토픽이 놓인 코드를 더해"
        " 순위를 매겼다. 코딩된 구절이 없으므로 점수는 순위만 뜻한다.",
        "en": "Suggested codes are ranked by how near a segment's words are in meaning to the "
        "codebook's and by the codes its topics are laid on. With no coded segment the score only "
        "ranks.",
    },
    "taught": {
        "ko": "코드 제안은 코드북의 말과의 가까움, 토픽과 코드의 대응, 코딩된 구절로 배운 선형 모형(릿지)을"
        " 더해 순위를 매겼다. 코딩된 구절이 적어 확률로 바꾸지 못하므로 점수는 순위만 뜻한다.",
        "en": "Suggested codes are ranked by the sum of nearness to the codebook's words, the codes "
        "a segment's topics are laid on, and a linear model (ridge) of the coded segments. Too few "
        "are coded to make probabilities of it: the score only ranks.",
    },
    "calibrated": {
        "ko": "코드 제안은 코드북의 말과의 가까움, 토픽과 코드의 대응, 코딩된 구절로 배운 선형 모형(릿지)을"
        " 더한 값이며, 면담을 하나씩 빼고 배운 결과에 로지스틱 함수를 맞추어 확률로 바꾸었다.",
        "en": "Suggested codes add up nearness to the codebook's words, the codes a segment's "
        "topics are laid on, and a linear model (ridge) of the coded segments; a logistic curve "
        "fitted to interviews left out in turn makes of the sum a probability.",
    },
}
# How much topics count beside the codebook's own words: they inherit from them.
_TOPICS = 0.5
# Coded segments that make a code more probable by .1 count like one standard deviation of
# nearness to the codebook's words.
_TAUGHT = 10
# Coded segments are known to fit: the share of them that must count as fitting.
_FITTING = 0.95
# Below this, a logistic curve has nothing to be fitted to.
_FEWEST_TO_FIT = 10


@dataclass(frozen=True, slots=True)
class Scored:
    """Scores of every segment for every code, and what they rest on.

    ``score`` is segments × codes, 0 to 1. ``sure`` is a mask of the segments that some code
    fits as surely as one fits coded segments; ``None`` where too few are coded to tell.
    ``cosines`` is code words × vocabulary, ``words`` vocabulary × codes, how much coded
    segments taught that a word speaks for a code: both are kept for evidence.
    """

    score: np.ndarray
    sure: np.ndarray | None
    basis: Basis
    cosines: np.ndarray
    words: np.ndarray


def score_codes(
    terms: Terms,
    texts: Sequence[str],
    interviews: Sequence[str],
    code_terms: CodeTerms,
    vectors: Mapping[str, np.ndarray],
    topic_scores: np.ndarray | None,
    gold: Mapping[int, frozenset[str]],
) -> Scored:
    """Score every code for every segment.

    ``texts`` and ``interviews`` belong to the rows of ``terms``; ``vectors`` maps terms to
    unit vectors; ``topic_scores`` is segments × codes, what the segments' topics say, or
    ``None``; ``gold`` gives the codes of the rows that are coded.
    """
    term_table = look_up(terms.vocabulary, vectors)
    code_table = look_up(code_terms.vocabulary, vectors)
    cosines = word_cosines(code_terms, terms, code_table, term_table)
    idf = weigh(terms)
    place = {term: index for index, term in enumerate(terms.vocabulary)}
    # A word of the codebook that nobody says tells least about what is said.
    code_idf = np.array([idf[place[w]] if w in place else 1.0 for w in code_terms.vocabulary])
    total = nearness(terms, code_terms, cosines, idf, code_idf)
    # A segment without words is near to no code more than to another.
    said = np.diff(terms.counts.indptr) > 0
    if topic_scores is not None:
        total[said] += _TOPICS * standard(topic_scores[said])
    total[said] = standard(total[said])
    if not gold:
        nothing = np.zeros((len(terms.vocabulary), len(code_terms.codes)))
        return Scored(_squash(total), None, "codebook", cosines, nothing)
    rows = sorted(gold)
    labels = np.array([[code in gold[row] for code in code_terms.codes] for row in rows], float)
    groups = [interviews[row] for row in rows]
    taught = learn(terms, texts, term_table, rows, labels, groups)
    total = total + _TAUGHT * taught.predicted
    probability = _calibrate(total[rows], labels, total)
    if probability is None:
        # By one measure for all codes: how often each is used has become part of its score.
        only_ranks = _squash(standard(total.reshape(-1, 1)).reshape(total.shape))
        return Scored(only_ranks, None, "taught", cosines, taught.words)
    # As sure as of nineteen in twenty coded segments when their interview was held out.
    surest = np.quantile(total[rows].max(axis=1), 1 - _FITTING)
    sure = total.max(axis=1) >= surest
    return Scored(probability, sure, "calibrated", cosines, taught.words)


def _calibrate(held_out: np.ndarray, labels: np.ndarray, total: np.ndarray) -> np.ndarray | None:
    """Return probabilities for ``total`` by a logistic curve through the held-out scores."""
    if labels.sum() < _FEWEST_TO_FIT or labels.all():
        return None
    with threadpool_limits(1, "blas"):
        curve = LogisticRegression(C=1e3).fit(held_out.reshape(-1, 1), labels.ravel())
    if curve.coef_[0, 0] <= 0:
        return None
    return curve.predict_proba(total.reshape(-1, 1))[:, 1].reshape(total.shape)


def _squash(total: np.ndarray) -> np.ndarray:
    """Map standard scores to 0..1, keeping their order: 0.5 is one deviation above the mean."""
    return 1 / (1 + np.exp(1 - total))
