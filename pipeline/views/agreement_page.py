"""Agreement as text to read, as JSON and as a table.

The JSON, an object: ``title``; ``warnings`` (objects with ko, en); ``parts``, one for each set of
codings compared, with ``of`` (``all``, ``aided``, ``unaided``), ``signature`` and ``settings``,
``coders``, ``overall`` (``same_sets``, ``alpha_masi``, ``alpha_u``, ``alpha_u_2004``), ``codes`` and
``disagreements``. A coefficient is ``{"value", "low", "high", "reason"}``: value or interval are
null where ``reason`` says why. ``anchoring`` (by coder: ``aided``, ``unaided``, ``more_top_1`` …)
and ``calibration`` are about logged decisions, empty and null where there are none.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from pipeline.errors import Lang, Problem
from pipeline.records import Code
from pipeline.sentences import short
from pipeline.verdicts.agreement import FEW_SEGMENTS, Agreement, CodeAgreement
from pipeline.verdicts.anchoring import Anchoring, UnaidedCalibration
from pipeline.verdicts.compared import Which
from pipeline.verdicts.disagreements import Disagreement, disputes
from pipeline.verdicts.intervals import ENOUGH_INTERVIEWS, RESAMPLES, Coefficient
from pipeline.views.agreement_wording import agreement_words
from pipeline.views.anchoring_text import anchoring_lines, shown
from pipeline.views.characters import visible
from pipeline.views.columns import Column
from pipeline.views.lookups import in_tree_order
from pipeline.views.tables import DECIMALS, Table
from pipeline.views.text_columns import aligned

COEFFICIENTS = (
    "percent",
    "cohen_kappa",
    "brennan_prediger",
    "krippendorff_alpha",
    "gwet_ac1",
    "alpha_u",
)
_SHOWN_DISAGREEMENTS = 10
_SHOWN_DISPUTES = 10


@dataclass(frozen=True, slots=True)
class Part:
    """Agreement on some of the codings, and where it fails."""

    which: Which
    agreement: Agreement
    disagreements: tuple[Disagreement, ...]


@dataclass(frozen=True, slots=True)
class Compared:
    """Everything ``gyeol agreement`` found. ``made_with`` are versions and choices by name.

    ``texts`` are segments by id, masked; ``unchecked`` says that nobody has looked through what
    is masked. ``anchoring`` and ``calibration`` are there where decisions are logged.
    """

    title: str
    lang: Lang
    parts: tuple[Part, ...]
    texts: Mapping[str, str]
    made_with: Mapping[str, str]
    problems: tuple[Problem, ...] = ()
    anchoring: tuple[Anchoring, ...] = ()
    calibration: UnaidedCalibration | None = None
    unchecked: bool = False


def signature(part: Part, made_with: Mapping[str, str]) -> str:
    """Return the settings in one line, «name:value|name:value»."""
    settings = {"of": part.which, **part.agreement.settings, **made_with}
    return "|".join(f"{name}:{value}" for name, value in settings.items())


def to_json(compared: Compared) -> str:
    """Return everything compared; the module's docstring lists the keys."""
    content = {
        "title": compared.title,
        "warnings": [{"ko": p.text("ko"), "en": p.text("en")} for p in compared.problems],
        "parts": [
            {
                "of": part.which,
                "signature": signature(part, compared.made_with),
                "settings": {**part.agreement.settings, **compared.made_with},
                "coders": part.agreement.coders,
                "n_outside": part.agreement.n_outside,
                "overall": {
                    name: asdict(getattr(part.agreement, name))
                    for name in ("same_sets", "alpha_masi", "alpha_u", "alpha_u_2004")
                },
                "codes": [asdict(code) for code in part.agreement.codes],
                "disagreements": [
                    {**asdict(one), "text": compared.texts.get(one.segment, "")}
                    for one in part.disagreements
                ],
            }
            for part in compared.parts
        ],
        "anchoring": [asdict(one) for one in compared.anchoring],
        "calibration": None if compared.calibration is None else asdict(compared.calibration),
    }
    return json.dumps(_rounded(content), ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def to_text(compared: Compared) -> str:
    """Return tables for a terminal, each part ending with its settings line."""
    w = agreement_words(compared.lang)
    lines = [f"{compared.title}: {w['title']}"]
    for part in compared.parts:
        lines += ["", f"■ {w[part.which]}", *_part_lines(part, compared, w)]
        lines += ["", signature(part, compared.made_with)]
    lines += anchoring_lines(compared.anchoring, compared.calibration, compared.lang)
    lines += ["", *w["legend"].split("\n")]
    return "\n".join(lines) + "\n"


def to_table(compared: Compared) -> Table:
    """Return a row for each code and for all codes together, of every part."""
    rows = []
    for part in compared.parts:
        a = part.agreement
        overall = {"alpha_u": a.alpha_u, "percent": a.same_sets, "krippendorff_alpha": a.alpha_masi}
        rows.append(
            (
                part.which,
                "",
                "|".join(a.coders),
                a.n_segments,
                a.n_coded,
                None,
                *(cell for name in COEFFICIENTS for cell in _cells(overall.get(name))),
                signature(part, compared.made_with),
            )
        )
        rows += [
            (
                part.which,
                code.code,
                "|".join(a.coders),
                a.n_segments,
                code.n_any,
                code.n_all,
                *(cell for name in COEFFICIENTS for cell in _cells(getattr(code, name))),
                "",
            )
            for code in a.codes
        ]
    title: Mapping[Lang, str] = {"ko": "일치도", "en": "Agreement"}
    return Table("agreement", title, _columns(), tuple(rows))


def notices(part: Part, lang: Lang) -> list[str]:
    """Return what must be read with the figures: few codings, codings that count nowhere."""
    w, a = agreement_words(lang), part.agreement
    n_few = sum(0 < code.n_any < FEW_SEGMENTS for code in a.codes)
    n_unused = sum(not code.n_any for code in a.codes)
    found = [w["few"].format(n=n_few)] * bool(n_few)
    found += [w["unused"].format(n=n_unused)] * bool(n_unused)
    found += [w["outside"].format(n=a.n_outside)] * bool(a.n_outside)
    return found


def _part_lines(part: Part, compared: Compared, w: Mapping[str, str]) -> list[str]:
    a = part.agreement
    if not a.n_segments:
        return [w["no_pair_at_all"]]
    lines = [rests_on(a, w), intervals_of(a, w), *notices(part, compared.lang), ""]
    lines += [w["overall"], *_overall(w["same_sets"], a.same_sets, w)]
    lines += [*_overall(w["alpha_masi"], a.alpha_masi, w), w["spans"]]
    lines += [*_overall("uα", a.alpha_u, w), *_overall(w["alpha_u_2004"], a.alpha_u_2004, w)]
    lines += ["", w["by_code"]]
    lines += [*_code_table(a, w), f"  {w['not_shown']}"]
    return [*lines, *_dispute_lines(part, w), *_disagreement_lines(part, compared, w)]


def compared_names(codes: Sequence[Code], put: Collection[str]) -> list[str]:
    """Return the codes to compare in the codebook's order: the lowest, and those that were put."""
    above = {code.parent for code in codes}
    return [c.name for c in in_tree_order(codes) if c.name in put or c.name not in above]


def coefficients_of(a: Agreement) -> list[str]:
    """Return the names of the coefficients to show: Cohen's is of two coders."""
    return [name for name in COEFFICIENTS if name != "cohen_kappa" or len(a.coders) == 2]


def rests_on(a: Agreement, w: Mapping[str, str]) -> str:
    """Return the sentence that says what the figures rest on."""
    return w["rests_on"].format(
        coders=", ".join(visible(coder) for coder in a.coders),
        segments=a.n_segments,
        interviews=a.n_interviews,
        coded=a.n_coded,
    )


def intervals_of(a: Agreement, w: Mapping[str, str]) -> str:
    """Return the sentence that says what was drawn again for the intervals."""
    return w[f"resampled_{a.resampled}"].format(n=RESAMPLES, enough=ENOUGH_INTERVIEWS)


def _overall(name: str, coefficient: Coefficient, w: Mapping[str, str]) -> list[str]:
    why = "" if coefficient.reason is None else f" ({w[f'reason_{coefficient.reason}']})"
    return [f"  {name} {shown(coefficient)}{why}"]


def _code_table(a: Agreement, w: Mapping[str, str]) -> list[str]:
    head = [w["code"], *(visible(coder) for coder in a.coders), w["n_all"]]
    head += [w[name] for name in coefficients_of(a)]
    rows = [_code_row(code, a) for code in a.codes if code.n_any]
    return aligned([head, *rows], 1)


def _code_row(code: CodeAgreement, a: Agreement) -> list[str]:
    cells = [visible(code.code), *(str(code.by_coder[c]) for c in a.coders), str(code.n_all)]
    for name in coefficients_of(a):
        coefficient: Coefficient = getattr(code, name)
        bare = "–" if coefficient.value is None else short(coefficient.value)
        cells.append(shown(coefficient) if name == "krippendorff_alpha" else bare)
    return cells


def _dispute_lines(part: Part, w: Mapping[str, str]) -> list[str]:
    found = disputes(part.disagreements)
    if not found:
        return []
    lines = ["", f"{w['disputes']} ({w['instead']})"]
    for one in found[:_SHOWN_DISPUTES]:
        others = ", ".join(f"{visible(code)} {n}" for code, n in one.instead) or w["nothing_put"]
        lines.append(f"  {one.n_segments:>3}  {visible(one.code)} ↔ {others}")
    return lines


def _disagreement_lines(part: Part, compared: Compared, w: Mapping[str, str]) -> list[str]:
    if not part.disagreements:
        return []
    lines = ["", w["disagreements"]]
    for one in part.disagreements[:_SHOWN_DISAGREEMENTS]:
        text = " ".join(compared.texts.get(one.segment, "").split())
        cut = text if len(text) <= 60 else f"{text[:60]}…"
        lines.append(f"  {short(one.cost)}  {visible(one.segment)}  {visible(cut)}")
        for coder, codes in one.codes.items():
            put = ", ".join(visible(code) for code in codes) or w["nothing_put"]
            lines.append(f"       {visible(coder)}: {put}")
    if len(part.disagreements) > _SHOWN_DISAGREEMENTS:
        lines.append(f"  {w['and_more'].format(n=len(part.disagreements))}")
    return lines


def _cells(coefficient: Coefficient | None) -> tuple[float | None, float | None, float | None, str]:
    if coefficient is None:
        return None, None, None, ""
    c = coefficient
    return c.value, c.low, c.high, c.reason or ""


def _columns() -> tuple[Column, ...]:
    ko, en = agreement_words("ko"), agreement_words("en")
    first = (
        Column("of", "코딩", "codings", "all, aided(제안을 보고), unaided(제안 없이)",
               "all, aided (suggestions in sight) or unaided"),
        Column("code", "코드", "code", "빈칸은 코드 전체: 일치율은 집합이 같은 비율, α는 MASI 거리로",
               "empty: all codes; percent is of equal sets, alpha with the MASI distance"),
        Column("coders", "코더", "coders", "| 로 구분", "parted by |"),
        Column("n_segments", "함께 본 단위", "segments", "코더 둘 이상이 본 단위", "looked at by two or more"),
        Column("n_any", "붙은 단위", "put on", "누구라도 붙인 단위", "segments some coder put it on"),
        Column("n_all", "모두 붙임", "by all", "본 사람이 모두 붙인 단위", "segments all put it on"),
    )  # fmt: skip
    bounds = (("", "", ""), ("_low", " 하한", " low"), ("_high", " 상한", " high"))
    figures = [
        [
            *(
                Column(
                    name + key, ko[name] + after_ko, en[name] + after_en, ko[name], en[name]
                )
                for key, after_ko, after_en in bounds
            ),
            Column(f"{name}_why", f"{ko[name]} 까닭", f"{en[name]} why",
                   "값이나 구간이 없는 까닭", "why there is no figure or interval"),
        ]
        for name in COEFFICIENTS
    ]  # fmt: skip
    last = Column("settings", "설정", "settings", "다시 구할 때의 설정", "what made it")
    return (*first, *(column for columns in figures for column in columns), last)


def _rounded(value: Any) -> Any:  # noqa: ANN401 — whatever JSON holds
    if isinstance(value, float):
        return round(value, DECIMALS) + 0.0
    if isinstance(value, Mapping):
        return {key: _rounded(part) for key, part in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [_rounded(part) for part in value]
    return value
