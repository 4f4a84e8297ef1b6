"""The gap report (빈틈): where topics and codebook do not lie on each other, for a person to see.

What is missing is only said to be missing where not even one chance in twenty was reached;
what is there only where chance reaches it less than one time in a hundred.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import combinations

import numpy as np

from pipeline.records import Code, CodeTerms, Gap, GapKind, Match, TopicModel
from pipeline.themes.alignment import Ground
from pipeline.themes.laying import Laying, Ties, lay

METHODS_TEXT: Mapping[str, str] = {
    "ko": "코드북과 토픽이 어긋나는 곳으로는, 되풀이해 나타난 토픽(재현율 90% 이상; 재지 않았거나 그런 것이 없으면 모든 토픽) 가운데"
    " p < .05로 대응하는 것이 없는 코드, p < .05로 대응하는 코드가 없는 토픽, 여러 코드가 가장 잘 대응하는(p < .01)"
    " 토픽, 서로 다른 두 토픽에 대응하는(p < .01) 코드를 찾았고, 면담을 하나씩 빼고(토픽과 기준값은 그대로"
    " 두고) 점수를 다시 셈하여 그때도 그러한지를 보았다.",
    "en": "As gaps between codebook and topics we looked for codes that match no recurring topic at "
    "p < .05 (recurrence of 90%; all where that was not measured or none does), topics that match no code at p < .05, topics "
    "that several codes match best (p < .01), and codes that match two unlike topics "
    "(p < .01); scores were found anew without each interview in turn (topics and critical scores "
    "kept).",
}
# Topics whose words go together more than this (cosine) are one thing said twice.
_UNLIKE = 0.3
_PASSAGES = 3
# A topic of which less is left without an interview is that interview's.
_KEPT = 0.5

Holds = Callable[[Ties], bool]
Cell = tuple[int, int]


def find_gaps(
    model: TopicModel,
    codes: Sequence[Code],
    code_terms: CodeTerms,
    matches: Sequence[Match],
    ground: Ground,
    segments: Sequence[str],
    interviews: Sequence[str],
    gold: Mapping[int, frozenset[str]],
) -> tuple[Gap, ...]:
    """Return what to look at, by kind: codes without a topic, topics without, shared, split.

    Codes are those at the ends of the codebook's tree and those people coded with.
    ``segments`` and ``interviews`` are the ids of the rows, ``gold`` the codes of coded rows.
    """
    if not matches:
        return ()
    used = frozenset(code for own in gold.values() for code in own)
    above = {code.parent for code in codes}
    wanted = [code.name for code in codes if code.name not in above or code.name in used]
    laying = lay(model, wanted, matches, ground, segments, interviews, gold)
    worded = np.diff(code_terms.weights.indptr) > 0
    readable = used | {code for code, has in zip(code_terms.codes, worded, strict=True) if has}
    return (
        *_unsupported(laying, readable),
        *_uncovered(laying),
        *_shared(laying, {code.name: code.parent for code in codes}),
        *_split(laying),
    )


def _unsupported(laying: Laying, readable: frozenset[str]) -> Iterator[Gap]:
    """Yield the codes that no stable topic supports, in the codebook's order."""
    stable = np.flatnonzero(laying.stable)
    for c, code in enumerate(laying.codes):
        if code not in readable:
            yield _gap(laying, "unread", (), (0, c), lambda _: True, ())
        elif not laying.whole.seldom[stable, c].any():
            best = int(stable[laying.whole.scores[stable, c].argmax()])
            passages = _spread(laying, sorted(laying.bearing[code]))

            def holds(ties: Ties, c: int = c) -> bool:
                return not ties.seldom[stable, c].any()

            yield _gap(laying, "unsupported", (best,), (best, c), holds, passages)


def _uncovered(laying: Laying) -> Iterator[Gap]:
    """Yield the topics that no code covers, by number: candidates for new codes."""
    for t, topic in enumerate(laying.model.topics):
        if laying.whole.seldom[t].any() or not topic.segments:
            continue

        def holds(ties: Ties, t: int = t) -> bool:
            left = ties.weight[t] >= _KEPT * laying.whole.weight[t]
            return bool(left and not ties.seldom[t].any())

        best = int(laying.whole.scores[t].argmax())
        passages = _spread(laying, [laying.row[segment] for segment in topic.segments])
        yield _gap(laying, "uncovered", (t,), (t, best), holds, passages)


def _shared(laying: Laying, parents: Mapping[str, str | None]) -> Iterator[Gap]:
    """Yield the topics that several codes match best, each with its codes, the surest first.

    The finding is about the two surest; the others are named with them.
    """
    best = laying.whole.scores.argmax(axis=0)
    for t in range(len(laying.model.topics)):
        tied = np.flatnonzero(laying.whole.hardly[t] & (best == t) & laying.stable[t])
        order = sorted(tied.tolist(), key=lambda c: (-float(laying.whole.scores[t, c]), c))
        above = {parents.get(laying.codes[c]) for c in order}
        codes = [c for c in order if laying.codes[c] not in above]
        if len(codes) < 2:
            continue
        pair = codes[:2]

        def holds(ties: Ties, t: int = t, pair: list[int] = pair) -> bool:
            together = ties.scores[:, pair].argmax(axis=0) == t
            return bool(together.all() and ties.hardly[t, pair].all())

        bearing = [laying.bearing[laying.codes[c]] for c in codes]
        both = _of_topic(laying, t, bearing[0] & bearing[1])
        each = _alternate(*(_of_topic(laying, t, own) for own in bearing), _typical(laying, t))
        passages = list(dict.fromkeys([*both, *each]))
        yield _gap(laying, "shared", (t,), (t, pair[1]), holds, passages, tuple(codes))


def _split(laying: Laying) -> Iterator[Gap]:
    """Yield the codes that fall into topics of other words, the surest first."""
    alike = _topic_cosines(laying.model)
    found: list[tuple[float, Gap]] = []
    for c, code in enumerate(laying.codes):
        tied = np.flatnonzero(laying.whole.hardly[:, c] & laying.stable)
        pairs = [(a, b) for a, b in combinations(tied.tolist(), 2) if alike[a, b] < _UNLIKE]
        if not pairs:
            continue
        scores = laying.whole.scores[:, c]
        pair = max(pairs, key=lambda pair: (min(scores[list(pair)]), -pair[0], -pair[1]))

        def holds(ties: Ties, c: int = c, pair: tuple[int, int] = pair) -> bool:
            return bool(ties.hardly[list(pair), c].all())

        weaker = min(pair, key=lambda t: float(scores[t]))
        bearing = laying.bearing[code]
        passages = _alternate(*(_of_topic(laying, t, bearing) or _typical(laying, t) for t in pair))
        gap = _gap(laying, "split", pair, (weaker, c), holds, passages)
        found.append((-gap.score, gap))
    yield from (gap for _, gap in sorted(found, key=lambda pair: (pair[0], pair[1].codes)))


def _gap(
    laying: Laying,
    kind: GapKind,
    topics: tuple[int, ...],
    cell: Cell,
    holds: Holds,
    passages: Sequence[int],
    codes: tuple[int, ...] = (),
) -> Gap:
    names = tuple(laying.codes[c] for c in codes or cell[1:])
    n_segments, n_coded = _counts(laying, kind, topics, names)
    scores = [float(ties.scores[cell]) for ties in laying.without.values()]
    own = float(laying.whole.scores[cell])
    fallen = tuple(name for name, ties in laying.without.items() if not holds(ties))
    return Gap(
        kind,
        tuple(laying.model.topics[t].id for t in topics),
        names,
        own,
        float(laying.p_values[cell]),
        n_segments,
        n_coded,
        tuple(laying.segments[row] for row in passages[:_PASSAGES]),
        len(scores),
        len(scores) - len(fallen),
        min(scores, default=own),
        max(scores, default=own),
        fallen,
    )


def _counts(
    laying: Laying, kind: GapKind, topics: tuple[int, ...], codes: tuple[str, ...]
) -> tuple[int, int]:
    bears = Counter(row for code in codes for row in laying.bearing[code])
    if kind == "uncovered":
        about = {laying.row[segment] for segment in laying.model.topics[topics[0]].segments}
        return len(about), len(about & laying.coded)
    if kind == "shared":
        return sum(n > 1 for n in bears.values()), len(bears)
    return len(bears), len(bears)


def _typical(laying: Laying, topic: int) -> list[int]:
    rows = [laying.row[segment] for segment in laying.model.topics[topic].segments]
    return _spread(laying, rows)


def _of_topic(laying: Laying, topic: int, bearing: frozenset[int]) -> list[int]:
    """Return the topic's own segments among ``bearing``, most typical first."""
    rows = [laying.row[segment] for segment in laying.model.topics[topic].segments]
    return _spread(laying, [row for row in rows if row in bearing])


def _spread(laying: Laying, rows: Sequence[int]) -> list[int]:
    """Return ``rows`` with one of each interview before a second of any."""
    met: dict[str, int] = {}
    turns = []
    for place, row in enumerate(rows):
        interview = laying.interviews[row]
        met[interview] = met.get(interview, 0) + 1
        turns.append((met[interview], place, row))
    return [row for _, _, row in sorted(turns)]


def _alternate(*lists: Sequence[int]) -> list[int]:
    """Return the first of each list, then the second, none of them twice."""
    longest = max(map(len, lists))
    mixed: Iterable[int] = (
        own[place] for place in range(longest) for own in lists if place < len(own)
    )
    return list(dict.fromkeys(mixed))


def _topic_cosines(model: TopicModel) -> np.ndarray:
    length = np.linalg.norm(model.term_weights, axis=1, keepdims=True)
    rows = np.divide(
        model.term_weights, length, out=np.zeros_like(model.term_weights), where=length > 0
    )
    return rows @ rows.T
