"""How well each code fits each segment, from the codebook alone or with coded passages.

What a passage is near to in the codebook's words, what its topics are laid on, and what
coded passages taught are added up; with enough coded passages the weights are learned and the
sum is turned into a probability, both on interviews held out in turn.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from scipy.special import expit

from pipeline.mining.tfidf import weigh
from pipeline.records import CodeTerms, Terms
from pipeline.themes.calibration import fit_curve, prior_shift, set_threshold
from pipeline.themes.encoders import Encoder
from pipeline.themes.features import Features, find_features
from pipeline.themes.labels import Labels, find_labels, with_parents
from pipeline.themes.nearness import (
    look_up,
    nearness,
    shared_by_meaning,
    standard,
    with_children,
    word_cosines,
)
from pipeline.themes.taught import Gram, compare, learn
from pipeline.themes.weighing import BEFORE_LEARNING, Weights, learn_weights

Basis = Literal["codebook", "taught", "calibrated"]
METHODS_TEXTS: Mapping[Basis, Mapping[str, str]] = {
    "codebook": {
        "ko": "코드 제안은 코드북의 말과 단위의 말이 뜻에서 가까운 정도(Kiwi 형태소 벡터)와 토픽·코드의 대응으로"
        " 매겼으며, 코딩된 구절이 없어 점수는 순위만 뜻한다.",
        "en": "Suggested codes are ranked by nearness in meaning to the codebook's words (Kiwi's "
        "morpheme vectors) and by the codes a segment's topics are laid on. Nothing is coded: the "
        "score only ranks.",
    },
    "taught": {
        "ko": "코드 제안은 코드북의 말과의 가까움, 토픽과 코드의 대응, 코딩된 구절로 배운 선형 모형(릿지)을"
        " 더하여 매긴 순위이며, 코딩된 구절이 적어 확률로 바꾸지 못하므로 점수는 순위만 뜻한다.",
        "en": "Suggested codes are ranked by the sum of nearness to the codebook's words, the codes "
        "a segment's topics are laid on, and a linear model (ridge) of the coded segments. Too few "
        "are coded to make probabilities of it: the score only ranks.",
    },
    "calibrated": {
        "ko": "코드 제안은 코드북의 말과의 가까움, 토픽과 코드의 대응, 코딩된 구절로 배운 선형 모형(릿지)을"
        " 더한 값이며, 면담을 하나씩 빼고 배운 결과에 로지스틱 함수를 맞추어 확률로 바꾸고, 코딩되지 않은"
        " 단위에서 코드마다 얼마나 쓰일지를 추정하여(Saerens 외, 2002) 고쳤다. 예측 집합은 뺀 면담에서 맞은"
        " 코드의 점수를 그 쓰임으로 가중하여 정한 등각 예측(conformal prediction) 집합(수준 90%)이다.",
        "en": "Suggested codes add up nearness to the codebook's words, the codes a segment's "
        "topics are laid on, and a linear model (ridge) of the coded segments; a logistic curve "
        "fitted to interviews left out in turn makes of the sum a probability, corrected for how "
        "often each code seems to be used where nobody has coded (Saerens et al., 2002). Prediction "
        "sets are conformal at level 90%: scores of right codes in the interviews left out, weighted "
        "by that use.",
    },
}
# Coded segments are known to fit: the share of them that must count as fitting.
_FITTING = 0.95
SET_LEVEL = 0.9


@dataclass(frozen=True, slots=True)
class Untaught:
    """What is known of segments and codes before anybody codes; the costly part of scoring.

    ``nearness`` and ``topics`` are segments × codes, standard scores; ``cosines`` is code
    words × vocabulary; ``parents`` gives each code's parent by index.
    """

    nearness: np.ndarray
    topics: np.ndarray
    features: Features
    cosines: np.ndarray
    parents: tuple[int | None, ...]
    codes: tuple[str, ...]
    n_terms: int


@dataclass(frozen=True, slots=True)
class Scored:
    """Scores of every segment for every code, and what they rest on.

    ``score`` is segments × codes, 0 to 1. ``sure`` is a mask of the segments that some code
    fits as surely as one fits coded segments; ``None`` where too few are coded to tell.
    ``set_from`` is the score from which codes belong to the set that holds a right code for
    nine segments in ten, ``None`` where scores are no probabilities. ``weights`` are those of
    the parts. ``cosines`` is code words × vocabulary, ``words`` vocabulary × codes, how much
    coded segments taught that a word speaks for a code: both are kept for evidence. ``gram``
    makes learning anew after one more coded segment fast.
    """

    score: np.ndarray
    sure: np.ndarray | None
    basis: Basis
    set_from: float | None
    weights: Weights
    cosines: np.ndarray
    words: np.ndarray
    gram: Gram | None = None


def read_untaught(
    terms: Terms,
    texts: Sequence[str],
    code_terms: CodeTerms,
    vectors: Mapping[str, np.ndarray],
    topic_scores: np.ndarray | None,
    parents: Mapping[str, str] | None = None,
    encode: Encoder | None = None,
) -> Untaught:
    """Compare segments with codes and with each other.

    ``texts`` belong to the rows of ``terms``; ``vectors`` maps terms to unit vectors;
    ``topic_scores`` is segments × codes, what the segments' topics say, or ``None``;
    ``parents`` names the parent of each code that has one.
    """
    term_table = look_up(terms.vocabulary, vectors)
    code_table = look_up(code_terms.vocabulary, vectors)
    cosines = word_cosines(code_terms.vocabulary, terms, code_table, term_table)
    idf = weigh(terms)
    place = {term: index for index, term in enumerate(terms.vocabulary)}
    # A word of the codebook that nobody says tells least about what is said.
    code_idf = np.array([idf[place[w]] if w in place else 1.0 for w in code_terms.vocabulary])
    features = find_features(terms, texts, term_table, encode)
    # A segment without words is near to no code more than to another.
    said = np.diff(terms.counts.indptr) > 0
    near = nearness(terms, code_terms, cosines, idf, code_idf)
    near[said] = standard(near[said] + shared_by_meaning(features.meaning[said], near[said]))
    topics = np.zeros(near.shape)
    if topic_scores is not None:
        topics[said] = standard(topic_scores[said])
    number = {code: index for index, code in enumerate(code_terms.codes)}
    above = tuple(number.get((parents or {}).get(code, "")) for code in code_terms.codes)
    near[said] = with_children(near[said], above)
    topics[said] = with_children(topics[said], above)
    return Untaught(near, topics, features, cosines, above, code_terms.codes, len(terms.vocabulary))


def score_codes(
    untaught: Untaught,
    interviews: Sequence[str],
    gold: Mapping[int, frozenset[str]],
    rejected: Mapping[int, frozenset[str]] | None = None,
    known: Gram | None = None,
) -> Scored:
    """Score every code for every segment.

    ``interviews`` are the segments'; ``gold`` gives the codes of the rows that are coded,
    ``rejected`` the codes a person refused for a row. ``known`` is the ``gram`` of an earlier
    call, of which few rows are new.
    """
    labels = find_labels(gold, rejected or {}, untaught.codes)
    if not labels.rows:
        total = _total(untaught, np.zeros(untaught.nearness.shape), BEFORE_LEARNING)
        nothing = np.zeros((untaught.n_terms, len(untaught.codes)))
        score = _squash(total)
        return Scored(score, None, "codebook", None, BEFORE_LEARNING, untaught.cosines, nothing)
    gram = compare(untaught.features, labels.rows, known)
    given = Labels(labels.rows, with_parents(labels.values, untaught.parents), labels.known)
    taught = learn(untaught.features, given, interviews, gram)
    place = {row: index for index, row in enumerate(labels.rows)}
    coded = sorted(gold)
    right = labels.values[[place[row] for row in coded]]
    weights = learn_weights(
        untaught.nearness[coded], untaught.topics[coded], taught.predicted[coded], right
    )
    total = _total(untaught, taught.predicted, weights)
    curve = fit_curve(total[coded], right)
    if curve is None:
        # By one measure for all codes: how often each is used has become part of its score.
        only_ranks = _squash(standard(total.reshape(-1, 1)).reshape(total.shape))
        return Scored(
            only_ranks, None, "taught", None, weights, untaught.cosines, taught.words, gram
        )
    log_odds = curve.log_odds(total)
    uncoded = np.ones(len(total), bool)
    uncoded[coded] = False
    per_code = float(right.sum() / max(1, right.any(axis=0).sum()))
    shift = prior_shift(log_odds[coded], log_odds[uncoded], per_code)
    as_elsewhere = expit(log_odds[coded] + shift)
    log_odds[uncoded] += shift
    # As sure as of nineteen in twenty coded segments when their interview was held out.
    surest = np.quantile(total[coded][right.any(axis=1)].max(axis=1), 1 - _FITTING)
    return Scored(
        expit(log_odds),
        total.max(axis=1) >= surest,
        "calibrated",
        set_threshold(as_elsewhere, right, shift, SET_LEVEL),
        weights,
        untaught.cosines,
        taught.words,
        gram,
    )


def _total(untaught: Untaught, taught: np.ndarray, weights: Weights) -> np.ndarray:
    return (
        weights.nearness * untaught.nearness
        + weights.topics * untaught.topics
        + weights.taught * taught
    )


def _squash(total: np.ndarray) -> np.ndarray:
    """Map standard scores to 0..1, keeping their order: 0.5 is one deviation above the mean."""
    return expit(total - 1)
