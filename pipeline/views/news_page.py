"""What a pass of the job brought, as JSON and as a page.

The JSON, an object: ``title``; counts ``taken``, ``corrected``, ``aside``; ``refused`` (of each
file set aside ``suffix`` and ``reasons``, never its name); ``interviews`` (``id``, ``corrected``,
``n_segments``, ``n_suggested``, ``n_fits_none``, ``codes`` as rows of ``code`` and ``n_segments``,
``segments`` with ``id``, ``text``, ``fits``, ``codes``); ``new_terms`` (``term``, ``tag``,
``frequency``, ``n_segments``); ``drift`` (``new`` and ``others``, each ``n_segments`` and
``n_fits_none``); ``new_topics`` (``topic``, ``label``, ``n_segments``); ``decisions`` (on corrected
interviews: ``interview``, ``stays``, ``moved``, ``changed``); ``saturation`` or null, with
``why_not``; ``privacy_confirmed``; ``kiwi`` or null; ``problems`` (objects with ko, en). All texts
are masked.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal

from pipeline.errors import Lang, Problem
from pipeline.sentences import short
from pipeline.verdicts.saturation import Bands, Reached
from pipeline.views.news_wording import news_words
from pipeline.views.pages import page_environment, style_sheet
from pipeline.views.wording import words

_SEGMENTS_SHOWN = 200
_CODES_SHOWN = 12
_CODES_OF_SEGMENT = 3


@dataclass(frozen=True, slots=True)
class NewSegment:
    """A segment of a new interview with the codes suggested for it, best first."""

    id: str
    text: str
    fits: bool
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NewInterview:
    """An interview that came in; ``codes`` count segments they are the first suggestion of.

    ``n_suggested`` segments have suggestions; those coded already have none.
    """

    id: str
    corrected: bool
    n_segments: int
    n_suggested: int
    n_fits_none: int
    codes: tuple[tuple[str, int], ...]
    segments: tuple[NewSegment, ...]


@dataclass(frozen=True, slots=True)
class NewTerm:
    """A term no interview had said before."""

    term: str
    tag: str
    frequency: int
    n_segments: int


@dataclass(frozen=True, slots=True)
class Share:
    """Of ``n_segments`` with suggestions, how many no code seems to fit."""

    n_segments: int
    n_fits_none: int


@dataclass(frozen=True, slots=True)
class NewTopic:
    """A topic that is the main topic of new interviews' segments only."""

    topic: int
    label: str
    n_segments: int


@dataclass(frozen=True, slots=True)
class CarriedDecisions:
    """Decisions on a corrected interview; ``changed`` counts those to look at again, by code."""

    interview: str
    stays: int
    moved: int
    changed: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Refused:
    """A file that was set aside: what kind of file, and why; never its name."""

    suffix: str
    reasons: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class MadeCodes:
    """Saturation of the codes people made: at each choice of figures, and its bands."""

    n_interviews: int
    n_codes: int
    new: tuple[int, ...]
    reached: tuple[Reached, ...]
    bands: Bands


@dataclass(frozen=True, slots=True)
class KiwiUpgrade:
    """What the installed Kiwi would segment otherwise than the one the study was made with.

    ``examples`` are words with their morphemes before and after.
    """

    before: str
    after: str
    n_words: int
    n_changed: int
    examples: tuple[tuple[str, str, str], ...]


WhyNot = Literal["fixed", "few", ""]


@dataclass(frozen=True, slots=True)
class News:
    """Everything a person is told of a pass; all texts are masked."""

    title: str
    lang: Lang
    taken: int
    corrected: int
    refused: tuple[Refused, ...]
    interviews: tuple[NewInterview, ...] = ()
    new_terms: tuple[NewTerm, ...] = ()
    n_new_terms: int = 0
    new: Share = Share(0, 0)
    others: Share = Share(0, 0)
    new_topics: tuple[NewTopic, ...] = ()
    decisions: tuple[CarriedDecisions, ...] = ()
    saturation: MadeCodes | None = None
    why_not: WhyNot = "fixed"
    kiwi: KiwiUpgrade | None = None
    has_codes: bool = True
    privacy_confirmed: bool = True
    problems: tuple[Problem, ...] = ()


def to_json(news: News) -> str:
    """Return everything told; the module's docstring lists the keys."""
    content = {
        "title": news.title,
        "taken": news.taken,
        "corrected": news.corrected,
        "aside": len(news.refused),
        "refused": [
            {"suffix": one.suffix, "reasons": _problems(one.reasons)} for one in news.refused
        ],
        "interviews": [
            {
                **asdict(one),
                "codes": [{"code": code, "n_segments": n} for code, n in one.codes],
            }
            for one in news.interviews
        ],
        "new_terms": [asdict(term) for term in news.new_terms],
        "n_new_terms": news.n_new_terms,
        "drift": {"new": asdict(news.new), "others": asdict(news.others)},
        "new_topics": [asdict(topic) for topic in news.new_topics],
        "decisions": [
            {**asdict(one), "changed": [{"code": code, "n": n} for code, n in one.changed]}
            for one in news.decisions
        ],
        "saturation": None if news.saturation is None else _saturation(news.saturation),
        "why_not": news.why_not,
        "privacy_confirmed": news.privacy_confirmed,
        "kiwi": None if news.kiwi is None else asdict(news.kiwi),
        "problems": _problems(news.problems),
    }
    return json.dumps(content, ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def to_html(news: News) -> str:
    """Return the page; all text is escaped."""
    w = news_words(news.lang)
    return (
        page_environment()
        .get_template("news.html.j2")
        .render(
            css=style_sheet(),
            lang=news.lang,
            w=w,
            privacy=words(news.lang),
            news=news,
            counts=[
                (w["taken"], news.taken),
                (w["corrected"], news.corrected),
                (w["aside"], len(news.refused)),
            ],
            most_segments=_SEGMENTS_SHOWN,
            most_codes=_CODES_SHOWN,
            codes_of_segment=_CODES_OF_SEGMENT,
            drift=_drift(news, w),
            saturation=None if news.saturation is None else _rows(news.saturation),
        )
    )


def share_text(share: Share) -> str:
    """Return «3/20 (15%)», a dash where there is nothing to count."""
    if not share.n_segments:
        return "–"
    part = round(100 * share.n_fits_none / share.n_segments)
    return f"{share.n_fits_none:,}/{share.n_segments:,} ({part}%)"


def _drift(news: News, w: Mapping[str, str]) -> list[tuple[str, str]]:
    return [(w["in_new"], share_text(news.new)), (w["in_others"], share_text(news.others))]


def _rows(made: MadeCodes) -> list[list[str]]:
    """Return a row for each choice of base, run and threshold."""
    return [
        [
            str(one.base),
            str(one.run),
            f"≤{round(100 * one.threshold)}%",
            str(one.n_base),
            short(one.ratios[-1]) if one.ratios else "–",
            "–" if one.at is None else f"{one.at}+{one.run}",
        ]
        for one in made.reached
    ]


def _saturation(made: MadeCodes) -> dict[str, Any]:
    content = asdict(made)
    for row in content["reached"]:
        row["ratios"] = [round(ratio, 6) for ratio in row["ratios"]]
    return content


def _problems(problems: tuple[Problem, ...]) -> list[dict[str, str]]:
    return [{"ko": one.text("ko"), "en": one.text("en")} for one in problems]
