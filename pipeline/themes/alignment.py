"""Alignment (대응): topics laid on the codebook, with the chance of so good a fit by accident."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_matrix
from threadpoolctl import threadpool_limits

from pipeline.records import CodeTerms, Match, TopicModel
from pipeline.themes.nearness import standard

METHODS_TEXT: Mapping[str, str] = {
    "ko": "토픽과 코드의 대응 점수는 코드를 설명하는 말마다 토픽의 상위 20개 말과의 코사인(Kiwi 언어 모형의"
    " 형태소 벡터)을 구하여, 가장 가까운 말의 값과 가중 평균을 각각 코드별로 표준화하고 평균한 것이며,"
    " p 값은 코드북의 말을 코드에 다시 나누어 붙인 순열 999회와 견준 것이다.",
    "en": "The match of a topic and a code rests on the cosines (morpheme vectors of Kiwi's language "
    "model) of the code's words with the topic's 20 top words: that of the nearest, and their "
    "weighted mean, each standardised by code and averaged; p-values compare it with 999 "
    "reassignments of the codebook's words.",
}
PERMUTATIONS = 999


def align(
    model: TopicModel,
    code_terms: CodeTerms,
    vectors: Mapping[str, np.ndarray],
    seed: int,
) -> tuple[Match, ...]:
    """Return every topic with every code, by topic, best code first.

    ``vectors`` maps a term to its vector of unit length (a term may be missing). A match's
    ``score`` counts standard deviations: 0 means the code fits this topic as it fits topics
    on average, 1 one deviation better; seldom beyond ±3. ``p_value`` is (1 + the number of
    permutations that reach the score) / (1 + 999). Equal scores are ranked by the codebook's
    order. With a single topic there is nothing to standardise by, and scores are cosines.
    """
    if not code_terms.codes or not model.topics:
        return ()
    with threadpool_limits(1, "blas"):
        nearest, mean = _cosines(model, code_terms, vectors)
    weights = code_terms.weights
    rng = np.random.default_rng(seed)
    scores = _scores(nearest, mean, weights)
    reached = np.zeros_like(scores)
    for _ in range(PERMUTATIONS):
        # Giving each code other words is to give each word the cosines of another.
        order = rng.permutation(len(code_terms.vocabulary))
        reached += _scores(nearest[:, order], mean[:, order], weights) >= scores - 1e-9
    p_values = (1 + reached) / (1 + PERMUTATIONS)
    matches = []
    for row, topic in enumerate(model.topics):
        order = np.argsort(-np.round(scores[row], 9), kind="stable")
        matches += [
            Match(
                topic.id, code_terms.codes[c], float(scores[row, c]), float(p_values[row, c]), rank
            )
            for rank, c in enumerate(order, 1)
        ]
    return tuple(matches)


@dataclass(frozen=True, slots=True)
class Laid:
    """Topics as they lie on the codebook."""

    model: TopicModel
    matches: tuple[Match, ...]

    def scores(self, codes: Sequence[str]) -> np.ndarray:
        """Return what each segment inherits from its topics, as segments × ``codes``."""
        with threadpool_limits(1, "blas"):
            return self.model.weights @ match_scores(self.matches, self.model, codes)

    def best_codes(self) -> dict[int, str]:
        """Return the code each topic fits best, by the topic's number."""
        return {match.topic: match.code for match in self.matches if match.rank == 1}


def match_scores(matches: Sequence[Match], model: TopicModel, codes: Sequence[str]) -> np.ndarray:
    """Return the scores of ``matches`` as topics × codes."""
    row = {topic.id: index for index, topic in enumerate(model.topics)}
    column = {code: index for index, code in enumerate(codes)}
    table = np.zeros((len(row), len(column)))
    for match in matches:
        table[row[match.topic], column[match.code]] = match.score
    return table


def _scores(nearest: np.ndarray, mean: np.ndarray, weights: csr_matrix) -> np.ndarray:
    """Return topics × codes; a code of common words is a little near to every topic."""
    if len(nearest) == 1:
        return (weights @ (nearest + mean).T).T / 2
    return (standard((weights @ nearest.T).T) + standard((weights @ mean.T).T)) / 2


def _cosines(
    model: TopicModel, code_terms: CodeTerms, vectors: Mapping[str, np.ndarray]
) -> tuple[np.ndarray, np.ndarray]:
    """Return, as topics × code words, the best and the mean cosine with the topic's words."""
    nothing = np.zeros(len(next(iter(vectors.values()), np.zeros(1))))
    words = np.stack([vectors.get(word, nothing) for word in code_terms.vocabulary] or [nothing])
    place = {word: index for index, word in enumerate(code_terms.vocabulary)}
    nearest = np.zeros((len(model.topics), len(code_terms.vocabulary)))
    mean = np.zeros_like(nearest)
    for row, topic in enumerate(model.topics):
        cosines = words @ np.stack([vectors.get(term, nothing) for term, _ in topic.terms]).T
        for column, (term, _) in enumerate(topic.terms):
            if term in place:
                cosines[place[term], column] = 1.0
        weight = np.array([weight for _, weight in topic.terms])
        nearest[row] = cosines.max(axis=1)[: nearest.shape[1]]
        mean[row] = (cosines @ (weight / weight.sum()))[: nearest.shape[1]]
    return nearest, mean
