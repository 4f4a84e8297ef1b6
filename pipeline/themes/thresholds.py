"""From which score on suggestions are right as often as a person wants them to be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from pipeline.records import Threshold, Thresholds
from pipeline.themes.calibration import find_threshold

# What a coder looks at of each segment.
_TRIED = 3
# With so many codings a code is judged by its own suggestions and no longer by all.
_ENOUGH_FOR_ITS_OWN = 20
# Of fewer suggestions nobody can tell how often they are right.
_FEWEST_ABOVE = 10


def choose_thresholds(
    score: np.ndarray,
    gold: Mapping[int, frozenset[str]],
    codes: Sequence[str],
    precision: float,
) -> Thresholds:
    """Return thresholds above which held-out suggestions were right as often as ``precision``.

    ``score`` is segments × codes, probabilities; of the rows in ``gold``, which gives their
    codes, made while their interview was held out. The first three suggestions of each are
    tried, for all codes together and for each code with 20 codings or more. A threshold that
    fewer than ten of them reach is none. It is the best of many on the very suggestions it
    was sought among, so that new ones will be right a little less often.
    """
    coded = sorted(gold)
    if not coded or not codes:
        return Thresholds(precision, 0, Threshold(None, None, 0, 0))
    held_out = score[coded]
    right = np.array([[code in gold[row] for code in codes] for row in coded])
    first = np.argsort(-np.round(held_out, 9), axis=1, kind="stable")[:, :_TRIED]
    tried = np.zeros(right.shape, bool)
    np.put_along_axis(tried, first, values=True, axis=1)
    by_code = (
        _choose(code, held_out[of_code, place], right[of_code, place], precision)
        for place, code in enumerate(codes)
        if right[:, place].sum() >= _ENOUGH_FOR_ITS_OWN
        for of_code in (tried[:, place],)
    )
    overall = _choose(None, held_out[tried], right[tried], precision)
    return Thresholds(precision, len(coded), overall, tuple(by_code))


def _choose(code: str | None, scores: np.ndarray, right: np.ndarray, precision: float) -> Threshold:
    found = find_threshold(scores, right, precision)
    n_above = 0 if found is None else int((scores >= found).sum())
    if n_above < _FEWEST_ABOVE:
        return Threshold(code, None, len(scores), 0)
    return Threshold(code, found, len(scores), n_above)


def is_above(thresholds: Thresholds | None, code: str, score: float) -> bool | None:
    """Tell whether ``score`` reaches the threshold of ``code``, or that of all codes.

    ``None`` where no threshold was asked for or none could be chosen; ``False`` where no
    score reaches the precision.
    """
    if thresholds is None or not thresholds.n_segments:
        return None
    own = next((one for one in thresholds.by_code if one.code == code), thresholds.overall)
    return own.score is not None and score >= own.score


def methods_text(thresholds: Thresholds) -> dict[str, str]:
    """Return what a paper says of the thresholds; empty where none could be chosen."""
    if not thresholds.n_segments:
        return {"ko": "", "en": ""}
    own = len(thresholds.by_code)
    return {
        "ko": f"목표 정밀도 {thresholds.precision:g}에 닿는 점수의 문턱은 면담을 하나씩 빼고 배운 코딩된 단위"
        f" {thresholds.n_segments:,}개의 앞선 제안 {_TRIED}개씩에서 골랐다(코딩이 {_ENOUGH_FOR_ITS_OWN}개 이상인"
        f" 코드 {own:,}개는 코드마다).",
        "en": f"Thresholds for a precision of {thresholds.precision:g} were chosen on the first "
        f"{_TRIED} suggestions for {thresholds.n_segments:,} coded segments, their interview "
        f"held out ({own:,} codes with {_ENOUGH_FOR_ITS_OWN} codings or more have their own).",
    }
