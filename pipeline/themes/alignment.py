"""Alignment (대응): topics laid on the codebook, with the chance of so good a fit by accident."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from threadpoolctl import threadpool_limits

from pipeline.records import CodeTerms, Match, TopicModel

METHODS_TEXT: Mapping[str, str] = {
    "ko": "토픽과 코드의 대응은 코드를 설명하는 말마다 토픽의 상위 20개 말 가운데 뜻이 가장 가까운 것의"
    " 코사인(Kiwi 언어 모형의 형태소 벡터)을 구해 가중 평균하고 코드별 평균을 뺀 값이며, p 값은"
    " 코드북의 말을 코드에 다시 나누어 붙인 순열 999회와 견준 것이다.",
    "en": "A topic and a code match by the weighted mean, over the code's words, of the cosine "
    "(morpheme vectors of Kiwi's language model) with the nearest of the topic's 20 top words, "
    "less the code's mean; p-values compare it with 999 reassignments of the codebook's words.",
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
    ``score`` is a difference of cosines: 0 means the code fits this topic as it fits topics
    on average; above 0 better; seldom beyond ±0.5. ``p_value`` is (1 + the number of
    permutations that reach the score) / (1 + 999). Equal scores are ranked by the codebook's
    order.
    """
    if not code_terms.codes or not model.topics:
        return ()
    nearest = _nearest(model, code_terms, vectors)
    weights = code_terms.weights.toarray()
    rng = np.random.default_rng(seed)
    reached = np.zeros((len(model.topics), len(code_terms.codes)))
    with threadpool_limits(1, "blas"):
        scores = _less_column_mean(nearest @ weights.T)
        for _ in range(PERMUTATIONS):
            shuffled = nearest[:, rng.permutation(nearest.shape[1])]
            reached += _less_column_mean(shuffled @ weights.T) >= scores - 1e-12
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


def match_scores(
    matches: tuple[Match, ...], model: TopicModel, codes: tuple[str, ...]
) -> np.ndarray:
    """Return the scores of ``matches`` as topics × codes."""
    row = {topic.id: index for index, topic in enumerate(model.topics)}
    column = {code: index for index, code in enumerate(codes)}
    table = np.zeros((len(row), len(column)))
    for match in matches:
        table[row[match.topic], column[match.code]] = match.score
    return table


def _less_column_mean(scores: np.ndarray) -> np.ndarray:
    """Take out what a code has in common with every topic: vague codes fit anything a little."""
    return scores - scores.mean(axis=0) if len(scores) > 1 else scores


def _nearest(
    model: TopicModel, code_terms: CodeTerms, vectors: Mapping[str, np.ndarray]
) -> np.ndarray:
    """Return topics × code words: the best cosine of the word with the topic's words."""
    size = len(next(iter(vectors.values()), np.zeros(1)))
    nothing = np.zeros(size)
    words = np.stack([vectors.get(word, nothing) for word in code_terms.vocabulary])
    nearest = np.zeros((len(model.topics), len(words)))
    for row, topic in enumerate(model.topics):
        table = np.stack([vectors.get(term, nothing) for term, _ in topic.terms])
        cosines = words @ table.T
        same = {term: column for column, (term, _) in enumerate(topic.terms)}
        for index, word in enumerate(code_terms.vocabulary):
            if word in same:
                cosines[index, same[word]] = 1.0
        nearest[row] = cosines.max(axis=1)
    return nearest
