"""An evaluation as a table to read, as JSON and as a page with the learning curve.

The JSON, an object with these keys, all always there:

``title``; ``synthetic`` (true: made-up material, no evidence); ``signature`` (the settings line);
``settings`` (split, folds, rounds, seed, examples, bootstrap, versions, hashes of data and
codebook); ``n_segments``, ``n_interviews``, ``n_codings``, ``n_codes`` (what is tested);
``warnings`` (objects with ko, en); ``steps``, one for each number of examples per code:

- ``examples``; ``n_taught``, ``n_codings`` (coded segments and codings learned from),
  ``n_short`` (codes with fewer examples than asked for), means over draws;
- ``methods``: ``gyeol``, ``linear`` (TF-IDF and ridge; absent at 0 examples), ``overlap`` (words
  shared with the codebook), each with ``p_1, r_3, r_5, macro_1, macro_3, macro_5, none_right,
  calibration_error, abstained, abstained_rightly`` as ``{"value", "low", "high"}`` or null, and
  ``by_code``: rows of ``code, n_segments, recall_1, recall_3, recall_5, precision_1,
  overconfidence, abstained``;
- ``ahead``: how much Gyeol's ``r_3`` exceeds ``linear`` and ``overlap``, as value, low, high.

Shares are 0 to 1 with six decimals; intervals cover 95%, interviews resampled.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from pipeline.errors import Lang, Problem
from pipeline.sentences import short
from pipeline.themes.evaluation import Evaluation, Step
from pipeline.themes.ranking_figures import CodeFigures, MethodFigures
from pipeline.views.characters import visible
from pipeline.views.evaluation_wording import evaluation_words
from pipeline.views.learning_curve import make_curve, recall_of, shown_figure
from pipeline.views.pages import page_environment, style_sheet
from pipeline.views.text_columns import aligned

_COLUMNS = ("p_1", "r_3", "r_5", "macro_3", "calibration_error")


@dataclass(frozen=True, slots=True)
class Evaluated:
    """An evaluation with what its reader must know: what made it, whether it is evidence.

    ``made_with`` are versions and hashes by name. ``synthetic`` material was made up.
    """

    title: str
    lang: Lang
    evaluation: Evaluation
    made_with: Mapping[str, str]
    synthetic: bool
    problems: tuple[Problem, ...]


def settings_of(evaluated: Evaluated) -> dict[str, str]:
    """Return what another person needs to get the same figures, by name."""
    e = evaluated.evaluation
    return {
        "split": e.split,
        "folds": str(e.folds),
        "examples": ",".join(str(step.examples) for step in e.steps),
        "rounds": str(e.rounds),
        "seed": str(e.seed),
        "segments": str(e.n_segments),
        "interviews": str(e.n_interviews),
        "codings": str(e.n_codings),
        "codes": str(e.n_codes),
        **evaluated.made_with,
    }


def signature(evaluated: Evaluated) -> str:
    """Return the settings in one line, «name:value|name:value»."""
    return "|".join(f"{name}:{value}" for name, value in settings_of(evaluated).items())


def to_json(evaluated: Evaluated) -> str:
    """Return everything measured; the module's docstring lists the keys."""
    e = evaluated.evaluation
    content = {
        "title": evaluated.title,
        "synthetic": evaluated.synthetic,
        "signature": signature(evaluated),
        "settings": settings_of(evaluated),
        "n_segments": e.n_segments,
        "n_interviews": e.n_interviews,
        "n_codings": e.n_codings,
        "n_codes": e.n_codes,
        "warnings": [{"ko": p.text("ko"), "en": p.text("en")} for p in evaluated.problems],
        "steps": [asdict(step) for step in e.steps],
    }
    return json.dumps(_rounded(content), ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def to_text(evaluated: Evaluated) -> str:
    """Return tables for a terminal, overall and by code, ending with the settings line."""
    w = evaluation_words(evaluated.lang)
    e = evaluated.evaluation
    lines = [f"{evaluated.title}: {w['title']}", *notices(evaluated), "", rests_on(evaluated), ""]
    head = [w["examples"], w["taught"], w["method"], *(w[column] for column in _COLUMNS)]
    rows = [row for step in e.steps for row in _step_rows(step, w)]
    lines += aligned([head, *rows], 3)
    lines += short_of_examples(e, w)
    lines += ["", w["ahead"]]
    for step in e.steps:
        parts = (f"{w[name]} {_signed(shown_figure(f))}" for name, f in step.ahead.items())
        lines.append(f"  {step.examples:>3}  {', '.join(parts)}")
    lines += ["", w["abstention"]]
    lines += aligned([[w["examples"], *abstention_heads(w)], *_abstention_rows(e)], 0)
    last = e.steps[-1]
    lines += ["", w["by_code"].format(n=last.examples)]
    by_code = [code_row(figures) for figures in last.methods["gyeol"].by_code]
    lines += aligned([code_heads(w), *by_code], 1)
    lines += ["", *w["legend"].split("\n"), "", signature(evaluated)]
    return "\n".join(lines) + "\n"


def to_html(evaluated: Evaluated) -> str:
    """Return a page with the learning curve and the tables; all text is escaped."""
    w = evaluation_words(evaluated.lang)
    e = evaluated.evaluation
    last = e.steps[-1]
    return (
        page_environment()
        .get_template("evaluation.html.j2")
        .render(
            css=style_sheet(),
            lang=evaluated.lang,
            w=w,
            title=evaluated.title,
            notices=notices(evaluated),
            rests_on=rests_on(evaluated),
            curve=make_curve(recall_of(e)),
            head=[w["examples"], w["taught"], w["method"], *(w[c] for c in _COLUMNS)],
            rows=[row for step in e.steps for row in _step_rows(step, w)],
            short=short_of_examples(e, w),
            ahead=[
                (step.examples, w[name], _signed(shown_figure(figure)))
                for step in e.steps
                for name, figure in step.ahead.items()
            ],
            abstention_head=[w["examples"], *abstention_heads(w)],
            abstention=_abstention_rows(e),
            by_code_title=w["by_code"].format(n=last.examples),
            code_head=code_heads(w),
            by_code=[code_row(figures) for figures in last.methods["gyeol"].by_code],
            legend=w["legend"].split("\n"),
            signature=signature(evaluated),
        )
    )


def notices(evaluated: Evaluated) -> list[str]:
    """Return what must be read before any figure: synthetic material, a leaking split."""
    w = evaluation_words(evaluated.lang)
    e = evaluated.evaluation
    found = [w["synthetic"]] if evaluated.synthetic else []
    if e.split == "random":
        found.append(w["random"])
    elif e.n_interviews == e.n_segments:
        found.append(w["each_its_own"])
    return [*found, *(visible(p.text(evaluated.lang)) for p in evaluated.problems)]


def rests_on(evaluated: Evaluated) -> str:
    """Return the sentence that says what the figures rest on."""
    e = evaluated.evaluation
    return evaluation_words(evaluated.lang)["rests_on"].format(
        segments=e.n_segments,
        interviews=e.n_interviews,
        codings=e.n_codings,
        codes=e.n_codes,
        rounds=e.rounds,
    )


def short_of_examples(evaluation: Evaluation, w: Mapping[str, str]) -> list[str]:
    """Return the sentence on codes with fewer examples than asked for, if there are such."""
    n_used = len(evaluation.steps[0].methods["gyeol"].by_code)
    short_steps = [step for step in evaluation.steps if step.n_short]
    parts = ", ".join(f"{step.examples}: {step.n_short:.0f}/{n_used}" for step in short_steps)
    return [w["short"].format(parts=parts)] if parts else []


def _step_rows(step: Step, w: Mapping[str, str]) -> list[list[str]]:
    rows = []
    for number, (name, figures) in enumerate(step.methods.items()):
        first = (str(step.examples), f"{step.n_taught:,.0f}") if not number else ("", "")
        rows.append([*first, w[name], *(shown_figure(getattr(figures, c)) for c in _COLUMNS)])
    return rows


def abstention_heads(w: Mapping[str, str]) -> list[str]:
    """Return the headings of the figures on abstention."""
    return [w["abstained"], w["abstained_rightly"], w["none_right"]]


def _abstention_rows(evaluation: Evaluation) -> list[list[str]]:
    def row(step: Step, figures: MethodFigures) -> list[str]:
        shown = (figures.abstained, figures.abstained_rightly, figures.none_right)
        return [str(step.examples), *(shown_figure(figure) for figure in shown)]

    return [row(step, step.methods["gyeol"]) for step in evaluation.steps]


def code_heads(w: Mapping[str, str]) -> list[str]:
    """Return the headings of the table by code."""
    names = ("code", "n", "recall_1", "recall_3", "recall_5", "precision_1", "overconfidence")
    return [*(w[name] for name in names), w["abstained"]]


def code_row(figures: CodeFigures) -> list[str]:
    """Return a code's figures as text, a dash where there is nothing to count."""
    shares = (
        figures.recall_1,
        figures.recall_3,
        figures.recall_5,
        figures.precision_1,
        figures.overconfidence,
        figures.abstained,
    )
    shown = ("–" if share is None else short(share) for share in shares)
    return [visible(figures.code), f"{figures.n_segments:,}", *shown]


def _signed(figure: str) -> str:
    return figure if figure.startswith(("−", "–", "0")) else f"+{figure}"


def _rounded(value: Any) -> Any:  # noqa: ANN401 — whatever JSON holds
    if isinstance(value, float):
        return None if math.isnan(value) else round(value, 6) + 0.0
    if isinstance(value, Mapping):
        return {key: _rounded(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_rounded(part) for part in value]
    return value
