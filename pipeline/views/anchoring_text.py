"""What coders decide with suggestions in sight and without, as text for a terminal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pipeline.errors import Lang
from pipeline.sentences import short
from pipeline.verdicts.anchoring import Anchoring, UnaidedCalibration
from pipeline.verdicts.intervals import Coefficient
from pipeline.views.characters import visible
from pipeline.views.text_columns import aligned

_WORDS: Mapping[str, tuple[str, str]] = {
    "title": ("■ 제안이 판정을 이끌었나", "■ Do suggestions lead?"),
    "coder": ("코더", "coder"),
    "sight": ("제안", "suggestions"),
    "aided": ("보임", "in sight"),
    "unaided": ("가림", "hidden"),
    "more": ("차이", "difference"),
    "passages": ("대목", "passages"),
    "top_1": ("1순위를 붙임", "first put"),
    "top_3": ("3순위 안을 붙임", "of first 3 put"),
    "codes": ("대목당 코드", "codes a passage"),
    "from_top_3": ("붙인 코드 중 3순위 안", "codes of first 3"),
    "read": (
        "보였을 때 1순위를 더 붙이고 차이의 구간이 0을 걸치지 않으면, 제안이 그 코더의 판정을 끌고 있습니다.",
        "If the first suggestion is put more often in sight and the interval of the difference is clear of 0, "
        "suggestions lead that coder.",
    ),
    "no_hidden": (
        "제안을 가린 대목이 없어 견줄 수 없습니다.",
        "No passage was decided with suggestions hidden: nothing to compare.",
    ),
    "calibration": (
        "점수와 실제: 가려 둔 제안 {n:,}개 가운데 코더가 스스로 붙인 코드가 {n_put:,}개, 보정 오차 {error}",
        "Scores and what was put: of {n:,} hidden suggestions coders put {n_put:,} by themselves; calibration error {error}",
    ),
    "bin": ("점수 {score}: 붙인 비율 {right} ({n:,}개)", "score {score}: put {right} (n={n:,})"),
}  # fmt: skip


def shown(coefficient: Coefficient) -> str:
    """Return «.62 [.58–.66]», «.62» where there is no interval, a dash where it is undefined."""
    if coefficient.value is None:
        return "–"
    value = short(coefficient.value)
    if coefficient.low is None or coefficient.high is None:
        return value
    return f"{value} [{short(coefficient.low)}–{short(coefficient.high)}]"


def anchoring_lines(
    found: Sequence[Anchoring], calibration: UnaidedCalibration | None, lang: Lang
) -> list[str]:
    """Return the lines of a part of their own; none where nothing was decided."""
    if not found:
        return []
    w = anchoring_words(lang)
    names = ("coder", "sight", "passages", "top_1", "top_3", "codes", "from_top_3")
    rows = [row for one in found for row in side_rows(one, w)]
    lines = ["", w["title"], *aligned([[w[name] for name in names], *rows], 2)]
    hidden = any(one.unaided.n_passages for one in found)
    lines.append(f"  {w['read'] if hidden else w['no_hidden']}")
    first, *bins = calibration_said(calibration, w) or [""]
    return [*lines, *([f"  {first}"] if first else []), *(f"    {line}" for line in bins)]


def anchoring_words(lang: Lang) -> dict[str, str]:
    """Return every phrase in ``lang``."""
    return {key: ko if lang == "ko" else en for key, (ko, en) in _WORDS.items()}


def side_rows(one: Anchoring, w: Mapping[str, str]) -> list[list[str]]:
    """Return a coder's figures with suggestions in sight, without, and their difference."""
    rows = [
        [
            visible(one.coder) if name == "aided" else "",
            w[name],
            f"{side.n_passages:,}",
            shown(side.top_1),
            shown(side.top_3),
            shown(side.codes),
            shown(side.from_top_3),
        ]
        for name, side in (("aided", one.aided), ("unaided", one.unaided))
    ]
    more = (shown(c) for c in (one.more_top_1, one.more_top_3, one.more_codes))
    return [*rows, ["", w["more"], "", *more, ""]]


def calibration_said(found: UnaidedCalibration | None, w: Mapping[str, str]) -> list[str]:
    """Return how scores compare with what was put unseen: a sentence, and a line for each bin."""
    if found is None or found.error is None:
        return []
    figures = {"n": found.n, "n_put": found.n_put, "error": short(found.error)}
    lines = [w["calibration"].format(**figures)]
    for one in found.bins:
        cells = {"score": short(one.score), "right": short(one.right), "n": one.n}
        lines.append(w["bin"].format(**cells))
    return lines
