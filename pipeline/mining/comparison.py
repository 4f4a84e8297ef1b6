"""Topics and codes by group: what ``prevalence`` finds, written out row by row."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from scipy.sparse import csr_matrix

from pipeline.mining.groupings import THIRDS, Grouping
from pipeline.mining.prevalence import FEWEST, compare_groups, n_resamples
from pipeline.records import Comparison, Prevalence, Segment, TopicModel
from pipeline.sentences import particle


@dataclass(frozen=True, slots=True)
class _Measured:
    """What is compared: ``items`` in order, the ``part`` each has of every segment's ``whole``.

    ``members`` is segments × items, not 0 where a segment is counted among the item's passages.
    """

    kind: Literal["topic", "code"]
    items: tuple[str, ...]
    part: np.ndarray | csr_matrix
    whole: np.ndarray
    members: csr_matrix


def compare(
    segments: Sequence[Segment],
    clusters: np.ndarray,
    groupings: Sequence[Grouping],
    model: TopicModel,
    codes: Sequence[str],
    coded: Mapping[str, Collection[str]],
    seed: int,
) -> Comparison:
    """Compare every topic, and every code that was used, between the groups.

    A topic's share is of the weight of all the group's segments; a code's is of those of its
    segments that bear any code, for of the others nobody knows. ``coded`` gives the codes of
    each coded segment's id; ``clusters`` are ``find_clusters``'.
    """
    measured = [one for one in (_topics(segments, model), _codes(segments, codes, coded)) if one]
    everyone = Grouping("", {"": np.ones(len(segments), bool)})
    rows = [
        row
        for one in measured
        for grouping in (everyone, *groupings)
        for row in _rows(one, grouping, segments, clusters, seed)
    ]
    n_clusters = len(np.unique(clusters))
    fields = [grouping.field for grouping in groupings if grouping.masks]
    text = _methods_text(n_clusters, fields, seed)
    return Comparison(tuple(rows), n_resamples(n_clusters), text)


def _topics(segments: Sequence[Segment], model: TopicModel) -> _Measured | None:
    if not model.topics:
        return None
    place = {segment.id: row for row, segment in enumerate(segments)}
    members = csr_matrix(
        (
            np.ones(sum(len(topic.segments) for topic in model.topics)),
            (
                [place[name] for topic in model.topics for name in topic.segments],
                [index for index, topic in enumerate(model.topics) for _ in topic.segments],
            ),
        ),
        shape=(len(segments), len(model.topics)),
    )
    items = tuple(str(topic.id) for topic in model.topics)
    return _Measured("topic", items, model.weights, model.weights.sum(axis=1), members)


def _codes(
    segments: Sequence[Segment], codes: Sequence[str], coded: Mapping[str, Collection[str]]
) -> _Measured | None:
    used = {code for own in coded.values() for code in own}
    items = tuple(code for code in codes if code in used)
    if not items:
        return None
    place = {code: index for index, code in enumerate(items)}
    at = [
        (row, place[code])
        for row, segment in enumerate(segments)
        for code in sorted(coded.get(segment.id, ()))
        if code in place
    ]
    rows, columns = zip(*at, strict=True)
    shape = (len(segments), len(items))
    borne = csr_matrix((np.ones(len(at)), (rows, columns)), shape=shape)
    whole = np.array([float(segment.id in coded) for segment in segments])
    return _Measured("code", items, borne, whole, borne)


def _rows(
    measured: _Measured,
    grouping: Grouping,
    segments: Sequence[Segment],
    clusters: np.ndarray,
    seed: int,
) -> Iterator[Prevalence]:
    masks = list(grouping.masks.values())
    found = compare_groups(measured.part, measured.whole, masks, clusters, seed)
    bearing = _rows_of_items(measured.members, len(measured.items))
    for group, mask, own in zip(grouping.masks, masks, found, strict=True):
        if own is None:
            continue
        counted = np.flatnonzero(mask & (measured.whole > 0)).tolist()
        n_interviews = len({segments[row].interview for row in counted})
        for index, item in enumerate(measured.items):
            share = own.shares[index]
            away = own.differences[index] if own.differences else None
            yield Prevalence(
                measured.kind,
                item,
                grouping.field,
                group,
                share.value,
                share.low,
                share.high,
                own.lowest[index],
                own.highest[index],
                away.value if away else None,
                away.low if away else None,
                away.high if away else None,
                len(counted),
                n_interviews,
                own.n_clusters,
                tuple(segments[row].id for row in bearing[index] if mask[row]),
            )


def _rows_of_items(members: csr_matrix, n_items: int) -> list[list[int]]:
    """Return, for each item, the rows that are counted among its passages, in order."""
    rows: list[list[int]] = [[] for _ in range(n_items)]
    for row, item in zip(*members.nonzero(), strict=True):
        rows[item].append(int(row))
    return [sorted(own) for own in rows]


def _methods_text(n_clusters: int, fields: Sequence[str], seed: int) -> dict[str, str]:
    """Say what was compared and how, with the parameters really used."""
    ko_names = ", ".join("면담의 앞·가운데·뒤" if f == THIRDS else f for f in fields)
    en_names = ", ".join("thirds of the interview" if f == THIRDS else f for f in fields)
    by = particle(ko_names, "으로")
    drawn = n_resamples(n_clusters)
    if n_clusters < FEWEST:
        ko_intervals = f" 참여자가 {n_clusters:,}명이라 구간을 내지 않았고"
        en_intervals = f" With {n_clusters:,} participants there are no intervals"
    else:
        ko_intervals = (
            " 95% 구간은 한 사람의 말이 서로 닮음을 헤아려,"
            f" 참여자 {n_clusters:,}명을 그의 말을 모두 함께 다시 뽑은 부트스트랩 {drawn:,}회(씨앗 {seed})의"
            " 확장 백분위수다(Davison & Hinkley, 1997; Hesterberg, 2015)."
            f" 참여자가 {FEWEST}명이 안 되는 집단에는 구간을 내지 않았고"
        )
        en_intervals = (
            f" 95% intervals draw {n_clusters:,} participants with all they said, since what one "
            f"person says is alike ({drawn:,} bootstrap resamples, seed {seed}; expanded "
            "percentiles: Davison & Hinkley, 1997; Hesterberg, 2015). Groups of fewer than "
            f"{FEWEST} participants have no interval"
        )
    ko = (
        "토픽의 비중은 집단의 모든 분석 단위에서, 코드의 비중은 코딩된 분석 단위에서 차지하는 몫이며"
        f"{f', 열 {ko_names}{by} 나눈 집단끼리 견주었다' if fields else ' 자료 전체에서 구했다'}."
        f"{ko_intervals}, 유의확률은 어디에도 쓰지 않았다."
    )
    en = (
        "A topic's prevalence is its share of all the group's segments, a code's of its coded segments"
        f"{f'; groups by {en_names} are compared' if fields else ', over the whole corpus'}."
        f"{en_intervals}, and no p-value is given."
    )
    return {"ko": ko, "en": en}
