"""How far coders agree: by code, on all codes of a segment together, and on free spans.

Every segment counts that two coders have looked at, coded or not: agreement that a code is
absent is agreement too, and computing κ on coded text only is a known mistake.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from pipeline.records import Coding, Segment
from pipeline.verdicts import unitizing
from pipeline.verdicts.coefficients import METHODS, Method
from pipeline.verdicts.disagreements import Disagreement, disagreements
from pipeline.verdicts.intervals import (
    ENOUGH_INTERVIEWS,
    RESAMPLES,
    Coefficient,
    Draws,
    Reason,
    Resampled,
    bounded,
    draw,
    measure,
)
from pipeline.verdicts.masi import SAME_SETS, alpha_masi
from pipeline.verdicts.ratings import MISSING, Presence, Ratings, rate, sets_as_values
from pipeline.verdicts.unitizing import Continuum, Unitized, alpha_u, alpha_u_of_all, unitize
from pipeline.verdicts.unitizing_2004 import alpha_u_2004, end_to_end

# With a code on fewer segments, one decision more or less moves its coefficients by much.
FEW_SEGMENTS = 10


@dataclass(frozen=True, slots=True)
class CodeAgreement:
    """How far coders agree on one code as present or absent.

    ``n_any`` are segments on which some coder put it, ``n_all`` those on which all who looked
    did; ``by_coder`` how many segments each put it on.
    """

    code: str
    n_any: int
    n_all: int
    by_coder: Mapping[str, int]
    percent: Coefficient
    cohen_kappa: Coefficient
    brennan_prediger: Coefficient
    krippendorff_alpha: Coefficient
    gwet_ac1: Coefficient
    alpha_u: Coefficient


@dataclass(frozen=True, slots=True)
class Agreement:
    """Agreement of some coders, and what it was computed from.

    ``n_segments`` are those two coders or more looked at, ``n_coded`` those of them with any
    code, in ``n_interviews``; ``n_outside`` are codings that lie on no segment and so count in
    no figure. ``resampled`` says what intervals rest on. ``alpha_masi`` is about the sets of
    codes on segments, ``same_sets`` the share of pairs of coders with equal sets, ``alpha_u`` all
    codes' spans, ``alpha_u_2004`` the same by the older formula, in interviews all coders looked
    at. ``disagreements`` are the segments coders disagree on, the dearest first.
    """

    coders: tuple[str, ...]
    n_segments: int
    n_coded: int
    n_interviews: int
    n_codings: int
    n_outside: int
    codes: tuple[CodeAgreement, ...]
    same_sets: Coefficient
    alpha_masi: Coefficient
    alpha_u: Coefficient
    alpha_u_2004: Coefficient
    resampled: Resampled
    seed: int
    disagreements: tuple[Disagreement, ...] = ()

    @property
    def settings(self) -> dict[str, str]:
        """What another person needs to get the same figures, by name."""
        return {
            "coders": str(len(self.coders)),
            "segments": str(self.n_segments),
            "coded": str(self.n_coded),
            "interviews": str(self.n_interviews),
            "codings": str(self.n_codings),
            "codes": str(len(self.codes)),
            "absent": "counted",
            "distance": "masi",
            "unitizing": "u-alpha2016",
            "bootstrap": f"{self.resampled}x{RESAMPLES}" if self.resampled != "nothing" else "none",
            "interval": "95%percentile",
            "seed": str(self.seed),
        }


def _unheard(_done: int, _total: int) -> None:
    pass


def agree(
    segments: Sequence[Segment],
    codings: Sequence[Coding],
    codes: Sequence[str],
    looked: Mapping[str, frozenset[str]],
    seed: int,
    advanced: Callable[[int, int], None] = _unheard,
) -> Agreement:
    """Return how far the coders in ``looked`` agree on ``codes`` (names, in the order to show).

    ``looked`` gives the segments each coder has looked at, by id. Codings of joint decisions are
    to be left out before: coders who decide together agree. ``advanced`` hears how many codes of
    how many are done.
    """
    codings = [c for c in codings if c.coder in looked]
    ratings = rate(segments, codings, looked)
    draws = draw(ratings.interviews, seed)
    units = _units(segments, codings, codes, looked, ratings)
    by_interview = _draws_of_interviews(ratings, seed)
    table = Presence(ratings)
    rows: list[CodeAgreement] = []
    for done, code in enumerate(codes, 1):
        own = list(units[code].values())
        rows.append(_code(code, ratings, table, draws, own, by_interview))
        advanced(done, len(codes))
    values, sets = sets_as_values(ratings)
    within = set(ratings.interviews)
    return Agreement(
        ratings.coders,
        len(ratings.segments),
        sum(any(row) for row in ratings.put),
        len(within),
        sum(c.interview in within for c in codings),
        _n_outside(segments, codings, within),
        tuple(rows),
        measure(SAME_SETS, values, len(sets), draws),
        alpha_masi(values, sets, draws),
        _of_all_codes(units, by_interview),
        _by_older_formula(units, ratings.coders),
        draws.resampled,
        seed,
        disagreements(ratings),
    )


def _code(
    code: str,
    ratings: Ratings,
    table: Presence,
    draws: Draws,
    units: Sequence[Unitized],
    by_interview: np.ndarray,
) -> CodeAgreement:
    seen = table.of(code)
    on = seen == 1
    figures = {method.name: _figure(method, seen, draws) for method in METHODS}
    return CodeAgreement(
        code,
        int(on.any(axis=1).sum()),
        int((on | (seen == MISSING)).all(axis=1).sum()),
        {coder: int(on[:, at].sum()) for at, coder in enumerate(ratings.coders)},
        **figures,
        alpha_u=_of_spans(units, by_interview),
    )


def _figure(method: Method, seen: np.ndarray, draws: Draws) -> Coefficient:
    found = measure(method, seen, 2, draws)
    if found.value is None and found.reason == "one_value":
        return Coefficient(None, reason="always" if (seen == 1).any() else "unused")
    return found


def _units(
    segments: Sequence[Segment],
    codings: Sequence[Coding],
    codes: Sequence[str],
    looked: Mapping[str, frozenset[str]],
    ratings: Ratings,
) -> dict[str, dict[str, Unitized]]:
    """Return the spans in the interviews two coders have looked at from end to end."""
    by_interview: dict[str, list[Segment]] = {i: [] for i in sorted(set(ratings.interviews))}
    for segment in segments:
        if segment.interview in by_interview:
            by_interview[segment.interview].append(segment)
    coders_of = {
        interview: [c for c in ratings.coders if all(s.id in looked[c] for s in own)]
        for interview, own in by_interview.items()
    }
    continua = {interview: Continuum(own) for interview, own in by_interview.items()}
    return unitize(continua, codings, coders_of, codes)


def _draws_of_interviews(ratings: Ratings, seed: int) -> np.ndarray:
    """Return draws × interviews: spans hang together within an interview, so only whole ones."""
    names = sorted(set(ratings.interviews))
    if len(names) < ENOUGH_INTERVIEWS:
        return np.ones((1, len(names)))
    return draw(names, seed).weights


def _of_spans(units: Sequence[Unitized], weights: np.ndarray) -> Coefficient:
    table = np.array([unitizing.parts(one) for one in units]).reshape(-1, 4)
    undefined: Reason = "unused" if table[:, 1].any() else "always"
    if not table.any():
        undefined = "no_pair"
    return bounded(alpha_u(weights @ table), undefined)


def _of_all_codes(units: Mapping[str, Mapping[str, Unitized]], weights: np.ndarray) -> Coefficient:
    if not units:
        return Coefficient(None, reason="unused")
    table = np.array(
        [[unitizing.parts(one) for one in own.values()] for own in units.values()]
    ).reshape(len(units), -1, 4)
    sums = np.einsum("di,cip->dcp", weights, table)
    return bounded(alpha_u_of_all(sums), "unused" if table.any() else "no_pair")


def _by_older_formula(
    units: Mapping[str, Mapping[str, Unitized]], coders: Sequence[str]
) -> Coefficient:
    joined = end_to_end(units, coders)
    value = alpha_u_2004(joined)
    if value is None:
        looked_at_by_all = any(one.length for one in joined)
        return Coefficient(None, reason="unused" if looked_at_by_all else "not_by_all")
    return Coefficient(round(value, 9), reason="no_interval")


def _n_outside(segments: Sequence[Segment], codings: Sequence[Coding], within: set[str]) -> int:
    spans: dict[str, list[tuple[int, int]]] = {}
    for segment in segments:
        spans.setdefault(segment.interview, []).append((segment.start, segment.end))
    return sum(
        coding.interview in within
        and all(
            end <= coding.start or coding.end <= start
            for start, end in spans.get(coding.interview, ())
        )
        for coding in codings
    )
