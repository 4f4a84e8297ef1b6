"""Agreement as a page of its own: what is printed, every interval, and the passages that part coders."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.sentences import short
from pipeline.verdicts.agreement import Agreement
from pipeline.verdicts.anchoring import Anchoring, UnaidedCalibration
from pipeline.verdicts.disagreements import disputes
from pipeline.views.agreement_page import (
    Compared,
    Part,
    coefficients_of,
    intervals_of,
    notices,
    rests_on,
    signature,
)
from pipeline.views.agreement_wording import agreement_words
from pipeline.views.anchoring_text import anchoring_words, calibration_said, shown, side_rows
from pipeline.views.pages import page_environment, style_sheet
from pipeline.views.wording import words

Rows = Sequence[Sequence[str]]
Words = dict[str, str]
_MOST_DISPUTES = 20
_MOST_DISAGREEMENTS = 100


@dataclass(frozen=True, slots=True)
class ShownTable:
    """A table as text: the first ``n_left`` columns are words, the others figures."""

    title: str
    head: Sequence[str]
    rows: Rows
    n_left: int = 1


@dataclass(frozen=True, slots=True)
class ShownDisagreement:
    """A passage coders coded differently: how far apart, and what each put."""

    cost: str
    segment: str
    text: str
    codes: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class ShownPart:
    """Agreement on some of the codings; without tables where nothing could be compared."""

    title: str
    said: Sequence[str]
    tables: Sequence[ShownTable]
    disagreements: Sequence[ShownDisagreement]
    n_disagreements: int
    signature: str


def to_html(compared: Compared) -> str:
    """Return a page that needs no other file; all text is escaped."""
    w = agreement_words(compared.lang)
    of_pages = words(compared.lang)
    unchecked = f"{of_pages['not_private_short']}: {of_pages['not_private_rest']}"
    return (
        page_environment()
        .get_template("agreement.html.j2")
        .render(
            css=style_sheet(),
            lang=compared.lang,
            w=w,
            title=compared.title,
            notices=[
                *([unchecked] if compared.unchecked else []),
                *(problem.text(compared.lang) for problem in compared.problems),
            ],
            parts=[_part(part, compared, w) for part in compared.parts],
            led=_led(compared.anchoring, compared.calibration, compared),
            legend=w["legend"].split("\n"),
        )
    )


def _part(part: Part, compared: Compared, w: Words) -> ShownPart:
    a, made = part.agreement, signature(part, compared.made_with)
    if not a.n_segments:
        return ShownPart(w[part.which], [w["no_pair_at_all"]], [], [], 0, made)
    said = [rests_on(a, w), intervals_of(a, w), *notices(part, compared.lang)]
    tables = [_overall(a, w), _by_code(a, w), *_disputes(part, w)]
    shown_ones = [
        ShownDisagreement(
            short(one.cost),
            one.segment,
            compared.texts.get(one.segment, ""),
            [(coder, ", ".join(codes) or w["nothing_put"]) for coder, codes in one.codes.items()],
        )
        for one in part.disagreements[:_MOST_DISAGREEMENTS]
    ]
    n_all = len(part.disagreements)
    return ShownPart(w[part.which], said, tables, shown_ones, n_all, made)


def _overall(a: Agreement, w: Words) -> ShownTable:
    names = ("same_sets", "alpha_masi", "alpha_u", "alpha_u_2004")
    rows = []
    for name in names:
        figure = getattr(a, name)
        why = "" if figure.reason is None else f" ({w[f'reason_{figure.reason}']})"
        rows.append([w[name], f"{shown(figure)}{why}"])
    return ShownTable(w["overall"], ["", ""], rows)


def _by_code(a: Agreement, w: Words) -> ShownTable:
    names = coefficients_of(a)
    rows = [
        [
            code.code,
            *(f"{code.by_coder[coder]:,}" for coder in a.coders),
            f"{code.n_all:,}",
            *(shown(getattr(code, name)) for name in names),
        ]
        for code in a.codes
        if code.n_any
    ]
    head = [w["code"], *a.coders, w["n_all"], *(w[name] for name in names)]
    return ShownTable(w["by_code"], head, rows)


def _disputes(part: Part, w: Words) -> list[ShownTable]:
    rows = [
        [one.code, f"{one.n_segments:,}", ", ".join(f"{code} {n}" for code, n in one.instead)]
        for one in disputes(part.disagreements)[:_MOST_DISPUTES]
    ]
    head = [w["code"], w["n_any"], w["instead"]]
    return [ShownTable(w["disputes"], head, rows)] if rows else []


def _led(
    found: Sequence[Anchoring], calibration: UnaidedCalibration | None, compared: Compared
) -> tuple[ShownTable, Sequence[str]] | None:
    """Return what coders decided with suggestions and without, and what to make of it."""
    if not found:
        return None
    w = anchoring_words(compared.lang)
    names = ("coder", "sight", "passages", "top_1", "top_3", "codes", "from_top_3")
    rows = [row for one in found for row in side_rows(one, w)]
    hidden = any(one.unaided.n_passages for one in found)
    said = [w["read"] if hidden else w["no_hidden"], *calibration_said(calibration, w)]
    title = w["title"].removeprefix("■ ")
    return ShownTable(title, [w[name] for name in names], rows, n_left=2), said
