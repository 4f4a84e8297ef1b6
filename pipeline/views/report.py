"""The report: one HTML file that needs neither network nor script to be read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from pipeline.errors import Lang, Problem
from pipeline.records import Analysis, Thresholds
from pipeline.sentences import short, short_p
from pipeline.themes.scoring import SET_LEVEL
from pipeline.views.characters import visible
from pipeline.views.evaluation_wording import evaluation_words
from pipeline.views.gap_part import gap_report, meetings
from pipeline.views.gap_wording import gap_words
from pipeline.views.groups_part import groups_part
from pipeline.views.groups_wording import groups_words
from pipeline.views.heatmap import make_heatmap
from pipeline.views.lookups import coder_usage, segment_texts
from pipeline.views.network_part import network_part
from pipeline.views.network_wording import network_words
from pipeline.views.report_parts import (
    about,
    code_parts,
    coded_share,
    keyword_parts,
    topic_parts,
)
from pipeline.views.suggestion_parts import (
    likely_sets,
    measured_part,
    suggestion_parts,
    uncovered_parts,
)
from pipeline.views.tables import make_tables
from pipeline.views.topic_curve import make_topic_curve
from pipeline.views.wording import words

_TEMPLATES = Path(__file__).with_name("templates")
_SECTIONS = (
    "overview",
    "topics",
    "alignment",
    "gaps",
    "keywords",
    "network",
    "groups",
    "codebook",
    "suggestions",
    "methods",
    "files",
)
_MOST_PROBLEMS = 50
_MOST_INTERVIEWS = 60
_MOST_CODES = 300


def to_html(analysis: Analysis) -> str:
    """Return the report on ``analysis``, in the study's language.

    All text is escaped; characters that XML forbids or that turn the reading direction are
    shown as U+FFFD. What a large study has too much of is limited, and the page says so and
    names the table that holds the rest.
    """
    template = _environment(analysis.lang).get_template("report.html.j2")
    return template.render(_content(analysis))


@cache  # templates are compiled once
def _environment(lang: Lang) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_finalize,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "percent": percent,
        "percent_whole": "{:.0%}".format,
        "short": short,
        "p": short_p,
    }
    environment.globals |= {
        "w": words(lang),
        "ew": evaluation_words(lang),
        "nw": network_words(lang),
        "gw": gap_words(lang),
        "pw": groups_words(lang),
        "lang": lang,
    }
    return environment


def _finalize(value: object) -> object:
    """Make text safe to look at, wherever the template writes some; markup is the template's."""
    return visible(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def percent(share: float) -> str:
    """Return a share (0 to 1) as a percentage with one decimal."""
    return f"{100 * share:.1f}%"


def _content(analysis: Analysis) -> dict[str, Any]:
    segments = {segment.id: segment for segment in analysis.segments}
    texts = segment_texts(analysis)
    suggested, n_suggested = suggestion_parts(analysis, segments, texts)
    codes = code_parts(analysis)
    return {
        # The style sheet is the program's own text: it goes in as it is.
        "css": Markup((_TEMPLATES / "report.css").read_text("utf-8")),
        "sections": _SECTIONS,
        "title": analysis.title or analysis.study,
        "study": analysis.study,
        "privacy_confirmed": analysis.privacy_confirmed,
        "levels": analysis.levels,
        "figures": _figures(analysis),
        "interviews": _interviews(analysis)[:_MOST_INTERVIEWS],
        "n_interviews": len(analysis.interviews),
        "topics": topic_parts(analysis, segments, texts),
        "topic_curve": make_topic_curve(analysis.model.counts),
        "heatmap": make_heatmap(analysis),
        "meetings": meetings(analysis),
        "gaps": gap_report(analysis, segments, texts),
        "keywords": keyword_parts(analysis.keywords, analysis.lang),
        "network": network_part(analysis.network),
        "groups": groups_part(analysis),
        "codes": codes[:_MOST_CODES],
        "n_codes": len(codes),
        "coders": _coders(analysis),
        "suggested": suggested,
        "n_suggested": n_suggested,
        "score_only_ranks": analysis.score_only_ranks,
        "likely": likely_sets(analysis),
        "likely_level": SET_LEVEL,
        "thresholds": analysis.thresholds,
        "threshold_note": _threshold_note(analysis.thresholds, analysis.lang),
        "uncovered": uncovered_parts(analysis, segments, texts),
        "n_uncovered": len(analysis.uncovered),
        "n_unfit": sum(not found.fits for found in analysis.suggestions),
        "measured": measured_part(analysis.measured, analysis.lang),
        "methods": [text[analysis.lang] for text in analysis.methods],
        "problems": _problems(analysis.problems[:_MOST_PROBLEMS], analysis.lang),
        "n_problems": len(analysis.problems),
        "tables": [
            (f"tables/{table.name}.csv", table.title[analysis.lang], len(table.rows))
            for table in make_tables(analysis)
        ],
    }


def _figures(analysis: Analysis) -> list[tuple[str, int]]:
    """Return the key figures: the key of a wording, and the number."""
    n_turns = sum(
        turn.role == "participant" for interview in analysis.interviews for turn in interview.turns
    )
    return [
        ("interviews", len(analysis.interviews)),
        ("turns", n_turns),
        ("segments", len(analysis.segments)),
        ("coded", len(analysis.segments) - len(analysis.uncoded)),
        ("uncoded", len(analysis.uncoded)),
        ("codes", len(analysis.codes)),
        ("topics_n", len(analysis.model.topics)),
    ]


@dataclass(frozen=True, slots=True)
class _InterviewRow:
    id: str
    about: str
    n_characters: int
    n_segments: int
    n_coded: int


def _interviews(analysis: Analysis) -> list[_InterviewRow]:
    counts = coded_share(analysis)
    return [
        _InterviewRow(interview.id, about(interview), len(interview.text), *counts[interview.id])
        for interview in analysis.interviews
    ]


def _coders(analysis: Analysis) -> list[tuple[str, int, int, int, int]]:
    """Return a row a coder: name, codings, segments, interviews, different codes."""
    used: dict[str, set[str]] = {}
    for coding in analysis.codings:
        used.setdefault(coding.coder, set()).add(coding.code)
    return [
        (coder, usage.n_codings, usage.n_segments, usage.n_interviews, len(used[coder]))
        for coder, usage in coder_usage(analysis).items()
    ]


def _threshold_note(thresholds: Thresholds | None, lang: Lang) -> str:
    """Say which threshold was chosen and from what, or why none was."""
    if thresholds is None:
        return ""
    one, w = thresholds.overall, words(lang)
    if not thresholds.n_segments:
        key = "threshold_too_few"
    else:
        key = "threshold_none" if one.score is None else "threshold_chosen"
    return w[key].format(
        precision=f"{thresholds.precision:.0%}",
        score="" if one.score is None else short(one.score),
        segments=thresholds.n_segments,
        tried=one.n_tried,
        above=one.n_above,
    )


def _problems(problems: Sequence[Problem], lang: Lang) -> list[tuple[str, str]]:
    return [(problem.level, problem.text(lang)) for problem in problems]
