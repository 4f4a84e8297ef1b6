"""The network of terms as rows and columns: terms, ties, CONCOR's blocks."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import zip_longest

from pipeline.mining.terms import shown_term
from pipeline.records import Analysis, Network
from pipeline.views.columns import Cell, Column

_JOINED_BY = "|"
_IDS = Column(
    "segment_ids", "단위 id", "segment ids", "그 단위들, | 로 구분", "those segments, parted by |"
)

TERMS = (
    Column("term", "말", "term", "동사·형용사는 기본형", "verbs in dictionary form"),
    Column("tag", "품사", "tag", "세종 품사 태그", "part of speech (Sejong)"),
    Column("frequency", "빈도", "frequency", "나온 횟수", "times said"),
    Column("degree", "연결 중심성", "degree", "이어진 말의 비율(0–1, 가중치 없음)", "share of the other terms it is tied to (0 to 1)"),
    Column("closeness", "근접 중심성", "closeness", "평균 거리의 역수 × 닿을 수 있는 말의 비율(0–1)", "reciprocal of the mean distance, times the share within reach (0 to 1)"),
    Column("betweenness", "매개 중심성", "betweenness", "가장 짧은 길 가운데 지나는 비율(0–1)", "share of shortest paths through it (0 to 1)"),
    Column("eigenvector", "고유벡터 중심성", "eigenvector", "가중치로 구함. 이은 덩어리에서 으뜸이 1, 덩어리의 크기로 낮춤(0–1)", "weighted; the largest of its part is 1, times the part's share (0 to 1)"),
    Column("community", "커뮤니티", "community", "Louvain, 큰 순. 0은 연결이 없음", "Louvain, the largest first; 0: no ties"),
    Column("block", "블록", "block", "CONCOR의 블록. 0은 견줄 연결이 없음", "CONCOR's; 0: nothing to compare"),
    Column("n_segments", "단위 수", "segments", "말한 단위의 수", "segments that say it"),
    _IDS,
)  # fmt: skip

EDGES = (
    Column("source", "말", "source", "이어진 두 말 가운데 하나", "one of two terms"),
    Column("target", "다른 말", "target", "다른 하나", "the other"),
    Column("count", "함께 나온 수", "together", "함께 나온 단위·문장·창의 수", "units (segments, sentences, windows) with both"),
    Column("weight", "세기", "weight", "설정 network.measure로 잰 값", "by the setting network.measure"),
    Column("n_segments", "단위 수", "segments", "함께 나온 분석 단위의 수", "segments with both"),
    Column("segment_ids", "단위 id", "segment ids", "그 단위들, 쉰 개까지, | 로 구분", "those segments, fifty at most, parted by |"),
)  # fmt: skip

_BLOCK = (
    Column("block", "블록", "block", "CONCOR의 블록", "CONCOR's block"),
    Column("n_terms", "말 수", "terms", "블록에 든 말의 수", "terms in it"),
    Column("terms", "말", "members", "블록의 말, 자주 나온 순, | 로 구분", "its terms, most frequent first, parted by |"),
)  # fmt: skip


def shown_labels(network: Network) -> dict[str, str]:
    """Return how each term is shown; two that would look alike get their tags."""
    shown = {one.term: shown_term(one.term) for one in network.terms}
    twice = [text for text in shown.values() if list(shown.values()).count(text) > 1]
    return {
        term: f"{text}({term.rpartition('/')[2]})" if text in twice else text
        for term, text in shown.items()
    }


def term_rows(analysis: Analysis) -> tuple[tuple[Cell, ...], ...]:
    """Return the rows of ``TERMS``, most frequent first."""
    found = analysis.network
    return tuple(
        (
            shown_term(one.term), one.term.rpartition("/")[2], one.frequency, one.degree,
            one.closeness, one.betweenness, one.eigenvector, one.community, one.block,
            len(one.segments), _JOINED_BY.join(one.segments),
        )
        for one in (found.terms if found else ())
    )  # fmt: skip


def edge_rows(analysis: Analysis) -> tuple[tuple[Cell, ...], ...]:
    """Return the rows of ``EDGES``, heaviest first."""
    if analysis.network is None:
        return ()
    shown = shown_labels(analysis.network)
    return tuple(
        (
            shown[one.source], shown[one.target], one.count, one.weight,
            one.n_segments, _JOINED_BY.join(one.segments),
        )
        for one in analysis.network.edges
    )  # fmt: skip


def block_columns(analysis: Analysis) -> tuple[Column, ...]:
    """Return the columns of the table of blocks: densities to each block, then images."""
    numbers = range(1, len(analysis.network.density) + 1 if analysis.network else 1)
    densities = (
        Column(f"density_{n}", f"밀도 {n}", f"density {n}",
               "그 블록과의 평균 세기(대각선은 뺌). 빈칸은 말이 하나라 없음",
               "mean weight of ties to that block, the diagonal left out; empty: a block of one")
        for n in numbers
    )  # fmt: skip
    images = (
        Column(f"image_{n}", f"이미지 {n}", f"image {n}",
               "밀도가 전체 평균 세기 이상이면 1", "1 where the density is at least the overall one")
        for n in numbers
    )  # fmt: skip
    return (*_BLOCK, *densities, *images)


def block_rows(analysis: Analysis) -> tuple[tuple[Cell, ...], ...]:
    """Return a row a block."""
    found = analysis.network
    if found is None:
        return ()
    members = block_members(found)
    return tuple(
        (number, len(members[number]), _JOINED_BY.join(members[number]), *density, *image)
        for number, (density, image) in enumerate(
            zip_longest(found.density, found.image, fillvalue=()), 1
        )
    )


def block_members(network: Network) -> Mapping[int, list[str]]:
    """Return the shown terms of each block, most frequent first."""
    shown = shown_labels(network)
    members: dict[int, list[str]] = {n: [] for n in range(len(network.density) + 1)}
    for one in network.terms:
        members[one.block].append(shown[one.term])
    return members
