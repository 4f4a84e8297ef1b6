"""How each table was made, in a sentence, from the parameters really used."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from pipeline.errors import Lang
from pipeline.mining.keywords import METHODS_TEXTS
from pipeline.records import Analysis
from pipeline.sentences import particle
from pipeline.themes.alignment import METHODS_TEXT as ALIGNMENT
from pipeline.themes.gaps import METHODS_TEXT as GAPS
from pipeline.themes.uncovered import METHODS_TEXT as UNCOVERED
from pipeline.views.columns import Table
from pipeline.views.paper_tables import MOST_TOGETHER, WORDS_A_TOPIC
from pipeline.views.theme_table import MOST_QUOTES

_Text = Mapping[Lang, str] | Mapping[str, str]


def how_made(name: str, analysis: Analysis) -> dict[Lang, str]:
    """Return how the table ``name`` was made; empty where nothing was there to make it of."""
    texts = _HOW[name](analysis) if name in _HOW else ()
    return {"ko": " ".join(t["ko"] for t in texts), "en": " ".join(t["en"] for t in texts)}


def told_once(tables: Sequence[Table]) -> tuple[Table, ...]:
    """Return ``tables``, each referring to an earlier one for what was said there already."""
    return tuple(
        replace(table, how={lang: _not_again(table, tables[:at], lang) for lang in table.how})
        for at, table in enumerate(tables)
    )


def _not_again(table: Table, before: Sequence[Table], lang: Lang) -> str:
    how = table.how[lang]
    for other in before:
        said = other.how.get(lang)
        if said and (how == said or how.startswith(f"{said} ")):
            title = other.title[lang]
            as_there = f"«{title}»{particle(title, '과')} 같은 방법으로 구했다."
            return (as_there if lang == "ko" else f"As «{title}».") + how.removeprefix(said)
    return how


def _both(ko: str, en: str) -> Callable[[Analysis], Sequence[_Text]]:
    return lambda _: ({"ko": ko, "en": en},)


def _topics(analysis: Analysis) -> Sequence[_Text]:
    return (analysis.model.methods_text,) if analysis.model.topics else ()


def _topic_words(analysis: Analysis) -> Sequence[_Text]:
    added = {
        "ko": f"토픽마다 무거운 말 {WORDS_A_TOPIC}개를 가중치와 함께 적었다.",
        "en": f"The {WORDS_A_TOPIC} heaviest words of each topic are given with their weights.",
    }
    return (*_topics(analysis), added)


def _keywords(analysis: Analysis) -> Sequence[_Text]:
    used = dict.fromkeys(keyword.method for keyword in analysis.keywords)
    return tuple(METHODS_TEXTS[method] for method in used if method in METHODS_TEXTS)


def _network(analysis: Analysis) -> Sequence[_Text]:
    found = analysis.network
    return (found.methods_text,) if found and found.edges else ()


def _cooccurrence(analysis: Analysis) -> Sequence[_Text]:
    if analysis.network is None or not analysis.network.together:
        return ()
    n = min(MOST_TOGETHER, len(analysis.network.together))
    added = {
        "ko": f"칸은 자주 나온 말 {n:,}개 가운데 두 말이 함께 나온 횟수로, 연결로 남지 않은 짝도 센다.",
        "en": f"Cells count how often two of the {n:,} most frequent terms are said together, tied or not.",
    }
    return (*_network(analysis), added)


def _comparison(analysis: Analysis) -> Sequence[_Text]:
    found = analysis.comparison
    return (found.methods_text,) if found and found.rows else ()


def _words(analysis: Analysis) -> Sequence[_Text]:
    found = analysis.word_counts
    return (found.methods_text,) if found and found.frequent else ()


def _suggestions(analysis: Analysis) -> Sequence[_Text]:
    ranks = {
        "ko": "점수는 확률이 아니며 순위만 뜻한다." if analysis.score_only_ranks else "점수는 맞을 확률의 어림이다.",
        "en": "Scores only rank." if analysis.score_only_ranks else "Scores estimate probabilities.",
    }  # fmt: skip
    whole = {
        "ko": "코딩되지 않은 단위마다 유력한 코드 다섯까지와 근거를 적었다. 제안은 코딩이 아니다.",
        "en": "Up to five likely codes for each uncoded segment, with evidence: no codings.",
    }
    return (whole, ranks)


_HOW: Mapping[str, Callable[[Analysis], Sequence[_Text]]] = {
    "topics": _topics,
    "topic_counts": lambda analysis: _topics(analysis) if analysis.model.counts else (),
    "topic_seeds": lambda analysis: _topics(analysis) if analysis.model.seeds else (),
    "topic_words": _topic_words,
    "alignment": lambda analysis: (ALIGNMENT,) if analysis.matches else (),
    "gaps": lambda analysis: (GAPS,) if analysis.codes else (),
    "frequency": _words,
    "keywords": _keywords,
    "ngrams": _both(
        "한 문장 안에서 이어진 말을, 조사와 어미를 건너뛰고 세었다.",
        "Terms that follow each other in a sentence, particles and endings passed over.",
    ),
    "network_terms": _network,
    "network_edges": _network,
    "cooccurrence": _cooccurrence,
    "centrality": _network,
    "concor_density": _network,
    "prevalence": _comparison,
    "codes": _both(
        "코드북의 차례대로, 코드마다 코딩을 센 것이다. 하위 코드의 코딩은 더하지 않았다.",
        "In the codebook's order, codings counted by code, those of child codes not added.",
    ),
    "themes": _both(
        f"코드북의 차례대로, 코드마다 코딩과 참여자를 하위 코드까지 더해 세고, 여러 코더가 함께 붙였고 길이가 알맞은 대목부터"
        f" 되도록 서로 다른 참여자의 것으로 {MOST_QUOTES}개까지 인용했다.",
        "In the codebook's order, codings and participants counted with those of child codes; up to "
        f"{MOST_QUOTES} quotes, those more coders agree on and of a readable length first, of different "
        "participants where possible.",
    ),
    "interviews": _both("면담마다 크기와 알려진 것을 적었다.", "Interviews with their sizes and what is known of them."),
    "segments": _both(
        "분석 단위마다 말한 그대로(가린 말은 가린 채)와 붙은 코드, 주된 토픽을 적었다.",
        "Segments with what was said (masked where masked), codes and main topics.",
    ),
    "suggestions": _suggestions,
    "uncovered": lambda analysis: (UNCOVERED,) if analysis.uncovered else (),
}  # fmt: skip
