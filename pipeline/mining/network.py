"""The network of terms (의미연결망): co-occurrence, centralities, communities and blocks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import networkx as nx
import numpy as np

from pipeline.mining.centrality import centralities
from pipeline.mining.communities import find_communities
from pipeline.mining.concor import MOST_ITERATIONS, TOLERANCE, Blocks, concor
from pipeline.mining.cooccurrence import (
    FEWEST_TOGETHER,
    Pairs,
    choose_threshold,
    edges_from,
    find_pairs,
    unit_rows,
)
from pipeline.records import Morphemes, Network, NetworkEdge, NetworkTerm, Segment, Terms
from pipeline.sentences import short

# Ids an edge carries: enough to read, and a table one can open.
MOST_EDGE_SEGMENTS = 50
# Terms of the matrix of co-occurrence: more than a sheet shows.
MOST_TOGETHER = 100

_MEASURES: Mapping[str, tuple[str, str]] = {
    "pmi": ("PMI(Church & Hanks, 1990)", "PMI (Church & Hanks, 1990)"),
    "npmi": ("NPMI(Bouma, 2009)", "NPMI (Bouma, 2009)"),
    "log_likelihood": ("로그 우도비 G²(Dunning, 1993)", "log-likelihood G² (Dunning, 1993)"),
    "jaccard": ("자카드 계수", "the Jaccard coefficient"),
    "count": ("함께 나온 횟수", "the count of units shared"),
}


@dataclass(frozen=True, slots=True)
class NetworkOptions:
    """How a network is made: the study's settings ``network`` and ``seed``."""

    within: Literal["segment", "sentence", "window"] = "segment"
    window: int = 5
    measure: str = "npmi"
    threshold: float | Literal["auto"] = "auto"
    depth: int = 2
    tags: tuple[str, ...] = ("NNG", "NNP")
    seed: int = 0


def make_network(
    segments: Sequence[Segment],
    morphemes: Morphemes,
    terms: Terms,
    vocabulary: Sequence[str],
    options: NetworkOptions,
) -> Network:
    """Return the network of ``vocabulary``, whose terms are some of ``terms``.

    CONCOR works on the weights of the edges, 0 where there is none. No vocabulary, or one
    without pairs, gives a network without edges.
    """
    units, segment_of = unit_rows(
        segments, morphemes, vocabulary, terms.vocabulary, options.within, options.window
    )
    pairs = find_pairs(vocabulary, units, segment_of, options.measure)
    threshold = choose_threshold(pairs, options.threshold)
    kept = edges_from(pairs, threshold)
    graph = nx.Graph()
    graph.add_nodes_from(range(len(vocabulary)))
    for edge in kept:
        graph.add_edge(
            int(pairs.source[edge]), int(pairs.target[edge]), weight=float(pairs.weight[edge])
        )
    communities, modularity = find_communities(graph, options.seed)
    ties = np.zeros((len(vocabulary), len(vocabulary)))
    ties[pairs.source[kept], pairs.target[kept]] = pairs.weight[kept]
    blocks = concor(ties + ties.T, options.depth)
    parts = [len(part) for part in nx.connected_components(graph)]
    n_parts, n_alone = sum(size > 1 for size in parts), sum(size == 1 for size in parts)
    return Network(
        terms=_terms(terms, vocabulary, graph, communities, blocks),
        edges=tuple(_edge(pairs, int(edge), segments) for edge in kept),
        density=tuple(
            tuple(None if np.isnan(value) else float(value) for value in row)
            for row in blocks.density
        ),
        image=tuple(tuple(int(value) for value in row) for row in blocks.image),
        alpha=blocks.alpha,
        threshold=threshold,
        modularity=modularity,
        n_units=len(segment_of),
        n_pairs=len(pairs.source),
        n_parts=n_parts,
        n_alone=n_alone,
        converged=blocks.converged,
        methods_text=_methods_text(
            options, len(vocabulary), len(kept), threshold, n_parts, n_alone, blocks,
            len(set(communities.values()) - {0}), modularity,
        ),
        together=_together(pairs, min(len(vocabulary), MOST_TOGETHER)),
    )  # fmt: skip


def _together(pairs: Pairs, n_terms: int) -> tuple[tuple[int, ...], ...]:
    counts = np.zeros((n_terms, n_terms), int)
    shown = pairs.target < n_terms  # and so is the source, which comes first
    counts[pairs.source[shown], pairs.target[shown]] = pairs.count[shown]
    return tuple(tuple(row) for row in (counts + counts.T).tolist())


def _terms(
    terms: Terms,
    vocabulary: Sequence[str],
    graph: nx.Graph,
    communities: Mapping[int, int],
    blocks: Blocks,
) -> tuple[NetworkTerm, ...]:
    column = {term: index for index, term in enumerate(terms.vocabulary)}
    by_term = terms.counts.tocsc()
    central = centralities(graph)
    found = []
    for node, term in enumerate(vocabulary):
        said = by_term[:, column[term]]
        rows = np.sort(said.indices)
        own = central[node]
        found.append(
            NetworkTerm(
                term=term,
                frequency=int(said.sum()),
                degree=own.degree,
                closeness=own.closeness,
                betweenness=own.betweenness,
                eigenvector=own.eigenvector,
                community=communities[node],
                block=int(blocks.block_of[node]),
                segments=tuple(terms.segments[row] for row in rows),
            )
        )
    return tuple(found)


def _edge(pairs: Pairs, edge: int, segments: Sequence[Segment]) -> NetworkEdge:
    source, target = int(pairs.source[edge]), int(pairs.target[edge])
    columns = pairs.by_term
    shared = np.intersect1d(
        columns.indices[columns.indptr[source] : columns.indptr[source + 1]],
        columns.indices[columns.indptr[target] : columns.indptr[target + 1]],
    )
    rows = np.unique(pairs.segment_of[shared])
    return NetworkEdge(
        source=pairs.vocabulary[source],
        target=pairs.vocabulary[target],
        count=int(pairs.count[edge]),
        weight=float(pairs.weight[edge]),
        n_segments=len(rows),
        segments=tuple(segments[row].id for row in rows[:MOST_EDGE_SEGMENTS]),
    )


def _methods_text(
    options: NetworkOptions,
    n_terms: int,
    n_edges: int,
    threshold: float,
    n_parts: int,
    n_alone: int,
    blocks: Blocks,
    n_communities: int,
    modularity: float,
) -> dict[str, str]:
    """Say how the network was made, with the parameters really used."""
    ko_measure, en_measure = _MEASURES[options.measure]
    tags = ", ".join(options.tags)
    within = {
        "segment": ("분석 단위", "segment"),
        "sentence": ("문장", "sentence"),
        "window": (f"이어진 말 {options.window}개", f"window of {options.window} terms"),
    }[options.within]
    auto = options.threshold == "auto"
    n_blocks = len(blocks.density)
    ko = (
        f"의미연결망은 자주 나온 말 {n_terms:,}개(품사 {tags})가 한 {within[0]} 안에 함께 나온 것을"
        f" {ko_measure}로 재어, 값이 {short(threshold, 3)} 이상이고 0보다 큰 연결 {n_edges:,}개로 만들었다"
        f"({'문턱은 말 하나에 연결이 셋꼴로 남도록 정했고, ' if auto else ''}자료에 그런 짝이 있으면 {FEWEST_TOGETHER}번 이상 함께 나온 짝만 보았다)."
        f" 연결·근접·매개 중심성은 가중치 없이(Freeman, 1979), 고유벡터 중심성은 가중치로 구해 모두 0–1로 맞추었다."
        f" 둘 이상의 말로 된 덩어리는 {n_parts:,}개, 연결이 없는 말은 {n_alone:,}개이며, 근접 중심성은 닿을 수 있는"
        " 말의 비율로, 고유벡터 중심성은 덩어리의 크기로 낮추었다."
        f" 커뮤니티는 Louvain 방법(Blondel 외, 2008; 씨앗 {options.seed})으로 {n_communities:,}개를 찾았다"
        f"(모듈성 {short(modularity, 3)})."
        f" CONCOR(Breiger, Boorman & Arabie, 1975)는 이 말 {n_terms:,}개의 가중 행렬에서 행과 열을 이어 붙인 프로파일의"
        f" 상관을 거듭 구해(대각선은 결측, 모든 값이 ±1에서 {short(TOLERANCE, 1)} 안에 들 때까지, 많아도 {MOST_ITERATIONS}번)"
        f" {options.depth}번까지 나누어 블록 {n_blocks:,}개를 얻었다(이미지 행렬의 기준: 전체 밀도 {short(blocks.alpha, 3)})."
    )  # fmt: skip
    if not blocks.converged:
        ko += " 수렴하지 않은 갈래는 마지막 상관의 부호로 나누었다."
    en = (
        f"The network of terms ties the {n_terms:,} most frequent terms (tags {tags}) said within one "
        f"{within[1]}, weighed by {en_measure}; {n_edges:,} ties of {short(threshold, 3)} or more and above 0 "
        f"were kept ({'a threshold that leaves three ties a term; ' if auto else ''}of pairs said together "
        f"{FEWEST_TOGETHER} times or more, where there are any). Degree, closeness and betweenness "
        "(Freeman, 1979) are unweighted, eigenvector centrality is weighted; all are scaled to 0–1. "
        f"There are {n_parts:,} connected parts of two terms or more and {n_alone:,} terms without a tie: "
        "closeness is multiplied by the share of terms within reach, eigenvector centrality by the "
        f"part's share of terms. Louvain (Blondel et al., 2008; seed {options.seed}) found "
        f"{n_communities:,} communities (modularity {short(modularity, 3)}). CONCOR (Breiger, Boorman & Arabie, "
        f"1975) correlated the profiles (rows and columns) of these {n_terms:,} terms' weighted matrix, "
        f"diagonal missing, until all were within {short(TOLERANCE, 1)} of ±1 (at most {MOST_ITERATIONS} times), "
        f"and split them to depth {options.depth} into {n_blocks:,} blocks; the image matrix is cut at "
        f"the overall density, {short(blocks.alpha, 3)}."
    )
    if not blocks.converged:
        en += " Splits that did not converge were taken by the signs of the last correlations."
    return {"ko": ko, "en": en}
