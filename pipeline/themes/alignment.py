"""Alignment (대응): topics laid on the codebook, with the chance of so good a fit by accident."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from threadpoolctl import threadpool_limits

from pipeline.records import CodeTerms, Match, Terms, TopicModel
from pipeline.themes.coded_evidence import CodedPassages, count_coded, lift, rearranged
from pipeline.themes.nearness import look_up
from pipeline.themes.passage_evidence import Passages, TopicEvidence, read_passages, topic_evidence

METHODS_TEXT: Mapping[str, str] = {
    "ko": "토픽과 코드의 대응 점수는 토픽의 단위들(토픽의 무게로 가중)이 코드를 설명하는 말에 뜻으로 가까운 정도"
    "(Kiwi 언어 모형의 형태소 벡터; 코퍼스 평균과의 차이), 그 말을 여느 단위보다 자주 쓰는 정도(로그 비), 그리고"
    " 코딩된 단위가 있으면 그 코드가 기대보다 자주 붙은 정도(피어슨 잔차)를 더한 것이다. p 값은 코드북의 말을 코드에"
    " 다시 나누어 붙이고 코딩을 면담째 옮겨 붙인 순열 1,999회와 견주었고, q 값은 그것을 Benjamini와"
    " Hochberg(1995)의 방법으로 고친 것이다.",
    "en": "The match of a topic and a code adds up how near the topic's segments (weighed by the "
    "topic) are in meaning to the code's words (morpheme vectors of Kiwi's language model; less the "
    "corpus mean), how much more often than others they say them (log ratio) and, where segments "
    "are coded, how much more often than expected they bear the code (Pearson residual). p-values "
    "compare it with 1,999 reassignments of the codebook's words to codes and of the codings to other "
    "interviews' segments; q-values correct them by Benjamini and Hochberg (1995).",
}
PERMUTATIONS = 1_999
# What chance reaches in one permutation of twenty, and of a hundred.
SELDOM, HARDLY = 0.05, 0.01
# What is added in another order differs by less.
_NOISE = 1e-5
# How much nearness in meaning counts beside what is said in so many words.
_NEAR_WEIGHT = 1.5
# Segments that would have to say a word before its frequency counts half.
_SHRINK = 3
# Words of the corpus that chance draws from beside the codebook's own.
_OTHER_WORDS = 400


@dataclass(frozen=True, slots=True)
class Ground:
    """What topics are laid on codes by.

    Words are the codebook's, and after them other words of the corpus, which chance may put in
    their place. ``topics_nearness`` is the cosine of the topics' own words with the code words, as topics ×
    code words: all there is where a single topic leaves nothing to compare passages with.
    """

    codes: tuple[str, ...]
    passages: Passages
    topics_nearness: np.ndarray | None
    code_weights: np.ndarray
    coded: CodedPassages


@dataclass(frozen=True, slots=True)
class Parts:
    """What a score is the sum of, each topics × codes.

    ``near``: the topic's passages are near in meaning to the code's words; ``said``: they say
    them; ``coded``: they bear the code.
    """

    near: np.ndarray
    said: np.ndarray
    coded: np.ndarray

    def total(self) -> np.ndarray:
        """Return the scores."""
        return self.near + self.said + self.coded


def find_ground(
    model: TopicModel,
    code_terms: CodeTerms,
    terms: Terms,
    vectors: Mapping[str, np.ndarray],
    interviews: Sequence[str],
    gold: Mapping[int, frozenset[str]],
    left_out: Sequence[str] = (),
) -> Ground:
    """Read the passages: the costly part of laying topics on codes.

    ``vectors`` maps terms to unit vectors (one may be missing); ``interviews`` are those of
    the rows of ``terms``, ``gold`` the codes of those rows that are coded; ``left_out`` are
    the interviews that ``find_parts`` can do without.
    """
    words = (*code_terms.vocabulary, *_other_words(code_terms.vocabulary, terms))
    single = len(model.topics) == 1
    return Ground(
        code_terms.codes,
        read_passages(model.weights, terms, words, vectors, interviews, left_out),
        _topics_nearness(model, words, vectors) if single else None,
        code_terms.weights.toarray(),
        count_coded(model.weights, code_terms.codes, interviews, gold),
    )


def find_parts(ground: Ground, without: str | None = None) -> Parts:
    """Return what all passages say, or those of all interviews but one."""
    evidence = topic_evidence(ground.passages, without)
    with threadpool_limits(1, "blas"):
        near, said = _codebook_parts(ground, evidence, np.arange(ground.code_weights.shape[1]))
        return Parts(near, said, lift(ground.coded, without))


def align(model: TopicModel, ground: Ground, seed: int) -> tuple[Match, ...]:
    """Return every topic with every code, by topic, best code first.

    A match's ``score`` is the sum of its parts: 0 means that the topic's passages fit the code
    as passages do on average; 1 is much, more than 3 rare without codings. ``p_value`` is (1 +
    the number of permutations that reach the score) / (1 + 1,999), ``q_value`` what it becomes
    when corrected for all that is compared (Benjamini and Hochberg 1995). Equal scores are
    ranked by the codebook's order.
    """
    codes = ground.codes
    if not codes or not model.topics:
        return ()
    parts = find_parts(ground)
    scores = parts.total()
    chance = _chance(ground, scores.shape, seed)
    p_values = (1 + (chance >= scores - _NOISE).sum(axis=0)) / (1 + PERMUTATIONS)
    seldom, hardly = np.quantile(chance, (1 - SELDOM, 1 - HARDLY), axis=0, method="higher")
    q_values = false_discovery(p_values)
    matches = []
    for row, topic in enumerate(model.topics):
        order = np.argsort(-np.round(scores[row], 9), kind="stable").tolist()
        matches += [
            Match(
                topic=topic.id,
                code=codes[c],
                score=float(scores[row, c]),
                p_value=float(p_values[row, c]),
                rank=rank,
                q_value=float(q_values[row, c]),
                near=float(parts.near[row, c]),
                said=float(parts.said[row, c]),
                coded=float(parts.coded[row, c]),
                seldom=float(seldom[row, c]),
                hardly=float(hardly[row, c]),
            )
            for rank, c in enumerate(order, 1)
        ]
    return tuple(matches)


def _chance(ground: Ground, shape: tuple[int, ...], seed: int) -> np.ndarray:
    """Return what words and codings put elsewhere score, as permutations × topics × codes."""
    rng = np.random.default_rng(seed)
    evidence = topic_evidence(ground.passages)
    n_words = ground.code_weights.shape[1]
    chance = np.empty((PERMUTATIONS, *shape), np.float32)
    with threadpool_limits(1, "blas"):
        for scores in chance:
            # Giving each code other words is to give each word the evidence for another.
            order = rng.permutation(evidence.near.shape[1])[:n_words]
            near, said = _codebook_parts(ground, evidence, order)
            scores[:] = near + said + lift(rearranged(ground.coded, rng))
    return chance


def false_discovery(p_values: np.ndarray) -> np.ndarray:
    """Return q-values: the share of false finds if all with so small a p count as found."""
    flat = p_values.ravel()
    order = np.argsort(flat, kind="stable")
    scaled = flat[order] * len(flat) / np.arange(1, len(flat) + 1)
    q_values = np.empty_like(flat)
    q_values[order] = np.minimum.accumulate(scaled[::-1])[::-1].clip(max=1)
    return q_values.reshape(p_values.shape)


def _codebook_parts(
    ground: Ground, evidence: TopicEvidence, order: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Return nearness and what is said, each code word standing for that at ``order``."""
    weights = ground.code_weights
    if ground.topics_nearness is not None:
        near = ground.topics_nearness[:, order] @ weights.T
        return near, np.zeros_like(near)
    length = np.sqrt((weights**2).sum(axis=1))
    near = evidence.near[:, order] @ (weights * _inverse(length)[:, None]).T
    # The heaviest word of a code counts in full.
    share = (weights * _inverse(weights.max(axis=1, initial=0))[:, None]).T
    said, expected = evidence.said[:, order] @ share, evidence.expected[:, order] @ share
    return _NEAR_WEIGHT * near, np.log((said + _SHRINK) / (expected + _SHRINK))


def _inverse(length: np.ndarray) -> np.ndarray:
    return np.divide(1.0, length, out=np.zeros_like(length), where=length > 1e-12)


@dataclass(frozen=True, slots=True)
class Laid:
    """Topics as they lie on the codebook, for those who suggest codes.

    What is coded has no part in it: suggestions learn from codings themselves, and their
    evaluation leaves some of them out.
    """

    model: TopicModel
    matches: tuple[Match, ...]

    def scores(self, codes: Sequence[str]) -> np.ndarray:
        """Return what each segment inherits from its topics, as segments × ``codes``."""
        with threadpool_limits(1, "blas"):
            return self.model.weights @ uncoded_scores(self.matches, self.model, codes)

    def best_codes(self) -> dict[int, str]:
        """Return the code each topic fits best, by the topic's number."""
        best: dict[int, Match] = {}
        for match in self.matches:
            if match.topic not in best or _uncoded(match) > _uncoded(best[match.topic]):
                best[match.topic] = match
        return {topic: match.code for topic, match in best.items()}


def uncoded_scores(matches: Sequence[Match], model: TopicModel, codes: Sequence[str]) -> np.ndarray:
    """Return as topics × codes what ``matches`` score without the part that codings play."""
    row = {topic.id: index for index, topic in enumerate(model.topics)}
    column = {code: index for index, code in enumerate(codes)}
    table = np.zeros((len(row), len(column)))
    for match in matches:
        table[row[match.topic], column[match.code]] = _uncoded(match)
    return table


def _uncoded(match: Match) -> float:
    return round(match.score - match.coded, 9)


def _other_words(words: Sequence[str], terms: Terms) -> list[str]:
    """Return words of the corpus that no code has, about as frequent as those of the codes.

    A codebook of a few words, each in a name of its own, has no others to put in their place.
    """
    n_saying = np.bincount(terms.counts.indices, minlength=len(terms.vocabulary))
    own = frozenset(words)
    others = [i for i in np.argsort(n_saying, kind="stable") if terms.vocabulary[i] not in own]
    heights = n_saying[others]
    place = {term: index for index, term in enumerate(terms.vocabulary)}
    wanted = np.sort([n_saying[place[word]] for word in words if word in place])
    if not len(wanted) or not others:
        return []
    spaced = wanted[np.linspace(0, len(wanted) - 1, min(_OTHER_WORDS, len(others))).astype(int)]
    # As frequent as wanted, each of the words that are once, in the order of their frequency.
    first = np.searchsorted(heights, spaced)
    taken: dict[int, None] = {}
    for at, last in zip(first, np.searchsorted(heights, spaced, "right"), strict=True):
        nearest = next((i for i in range(at, max(last, at + 1)) if i not in taken), None)
        if nearest is not None and nearest < len(others):
            taken[nearest] = None
    return [terms.vocabulary[others[index]] for index in taken]


def _topics_nearness(
    model: TopicModel, vocabulary: Sequence[str], vectors: Mapping[str, np.ndarray]
) -> np.ndarray:
    """Return as topics × words the mean of the best and the mean cosine."""
    words = look_up(vocabulary, vectors)
    place = {word: index for index, word in enumerate(vocabulary)}
    near = np.zeros((len(model.topics), len(vocabulary)))
    for row, topic in enumerate(model.topics):
        cosines = words @ look_up([term for term, _ in topic.terms], vectors).T
        for column, (term, _) in enumerate(topic.terms):
            if term in place:
                cosines[place[term], column] = 1.0
        weight = np.array([weight for _, weight in topic.terms])
        if len(weight) and len(words):
            near[row] = (cosines.max(axis=1) + cosines @ (weight / weight.sum())) / 2
    return near
