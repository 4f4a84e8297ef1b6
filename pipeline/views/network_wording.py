"""What the report says of the network of terms, in both languages."""

from __future__ import annotations

from collections.abc import Mapping

from pipeline.errors import Lang

_WORDS: Mapping[str, tuple[str, str]] = {
    "lead": (
        "한데 나온 말을 이었습니다. 원이 클수록 많은 말과 이어지고, 선이 굵을수록 연결이 세며, 색은 커뮤니티입니다. 뜻이 "
        "같다는 말이 아니라 함께 쓰였다는 말입니다.",
        "Terms said together are tied. A larger circle is tied to more terms, a wider line is a "
        "stronger tie, a colour is a community. Ties say «said together», not «means the same».",
    ),
    "picture": ("의미연결망: 이어진 말 {n:,}개와 연결 {edges:,}개", "Network of {n:,} tied terms, {edges:,} ties"),
    "drawn": (
        "이어진 말 {total:,}개 가운데 연결이 많은 {shown:,}개를 그렸습니다.",
        "The {shown:,} with most ties of {total:,} tied terms are drawn.",
    ),
    "parts": (
        "둘 이상의 말로 된 덩어리 {parts:,}개, 연결이 없는 말 {alone:,}개(그리지 않음). 문턱 {threshold}, 모듈성 {modularity}.",
        "{parts:,} connected parts, {alone:,} terms without a tie (not drawn). Threshold {threshold}, "
        "modularity {modularity}.",
    ),
    "central": ("중심에 있는 말", "Central terms"),
    "central_limit": (
        "연결 중심성이 큰 {shown:,}개입니다. 전부는 tables/network_terms.csv에 있습니다.",
        "The {shown:,} of highest degree; all are in tables/network_terms.csv.",
    ),
    "term": ("말", "Term"),
    "degree": ("연결", "Degree"),
    "closeness": ("근접", "Closeness"),
    "betweenness": ("매개", "Betweenness"),
    "eigenvector": ("고유벡터", "Eigenvector"),
    "community": ("커뮤니티", "Community"),
    "block": ("블록", "Block"),
    "blocks": ("CONCOR 블록과 밀도", "CONCOR blocks and densities"),
    "blocks_lead": (
        "말 {n:,}개의 가중 행렬에서 다른 말과 이어진 모양이 비슷한 것끼리 나누었습니다(행과 열의 상관을 거듭 구함, 대각선은 결측, "
        "±1에서 {tolerance} 안에 들 때까지, 많아도 {most}번). 굵은 칸은 밀도가 전체 밀도 {alpha} 이상입니다(이미지 행렬의 1).",
        "{n:,} terms, parted by how alike they are tied to others (iterated correlations of rows and "
        "columns, diagonal missing, until within {tolerance} of ±1, at most {most} times). Bold: density "
        "of at least {alpha}, the overall one (1 in the image matrix).",
    ),
    "not_converged": (
        "수렴하지 않은 갈래가 있어 마지막 상관의 부호로 나누었습니다.",
        "A split did not converge and was taken by the signs of the last correlations.",
    ),
    "members": ("말", "Terms"),
    "none": ("함께 나온 것으로 볼 말의 짝이 없습니다.", "No two terms are said together often enough."),
    "graphml": ("의미연결망(Gephi 등)", "Network of terms (Gephi)"),
    "dl": ("의미연결망(UCINET)", "Network of terms (UCINET)"),
}  # fmt: skip


def network_words(lang: Lang) -> dict[str, str]:
    """Return every phrase in ``lang``."""
    return {key: ko if lang == "ko" else en for key, (ko, en) in _WORDS.items()}
