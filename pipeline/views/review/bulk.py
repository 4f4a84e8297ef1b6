"""Suggestions accepted in one go: from a score on, after a look at some of them."""

from __future__ import annotations

import hashlib
import math
import random
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from pipeline.verdicts.store import made, new_id
from pipeline.views.review.guard import Session
from pipeline.views.review.pages import for_coders, page
from pipeline.views.review.state import Desk

SAMPLE = 10


@dataclass(frozen=True, slots=True)
class Proposed:
    """A suggestion that reaches the score; ``rank`` counts from 1."""

    row: int
    code: str
    score: float
    rank: int


@dataclass(frozen=True, slots=True)
class Sampled:
    """One of those to be looked at before all are accepted."""

    id: str
    code: str
    score: float
    quote: str


@for_coders
async def show(request: Request, desk: Desk, session: Session) -> Response:
    """Show how many suggestions reach a score, and a random sample of them."""
    code = request.query_params.get("code", "")
    threshold = _threshold(request.query_params.get("from", ""))
    lesson = desk.learner.lesson(session.coder)
    found = None if threshold is None else proposed(desk, session.coder, code, threshold)
    return page(
        request,
        session,
        "bulk.html.j2",
        chosen=code if code in desk.codes else "",
        threshold=threshold,
        calibrated=lesson.learned.scored.sure is not None,
        found=found,
        n_passages=len({one.row for one in found or ()}),
        n_hidden=sum(desk.hides(session.coder, row) for row in range(len(desk.material.segments))),
        sample=_sample(desk, session.coder, found or ()),
        seen=_digest(found or ()),
        accepted=_count(request.query_params.get("accepted", "")),
    )


@for_coders
async def accept(request: Request, desk: Desk, session: Session) -> Response:
    """Put every code that was proposed, in one bulk; what one undo takes back."""
    sent = await request.form()
    code, threshold = str(sent.get("code", "")), _threshold(str(sent.get("from", "")))
    found = () if threshold is None else proposed(desk, session.coder, code, threshold)
    asked = f"/bulk?code={code}&from={threshold}" if threshold is not None else "/bulk"
    # Something was learned since: what would be accepted now has not been looked at.
    if not found or sent.get("seen") != _digest(found):
        return RedirectResponse(asked, 303)
    bulk, material = new_id(), desk.material
    number = desk.learner.lesson(session.coder).number
    decisions = []
    for one in found:
        segment = material.segments[one.row]
        text = material.interview[segment.interview].text
        decisions.append(
            made(
                session.coder,
                "put",
                interview=segment.interview,
                start=segment.start,
                end=segment.end,
                quote=text[segment.start : segment.end],
                code=one.code,
                score=one.score,
                rank=one.rank,
                bulk=bulk,
                codebook=material.version,
                model=f"{material.model}.{number}",
            )
        )
    desk.decide(*decisions)
    return RedirectResponse(f"/bulk?accepted={len(decisions)}", 303)


def proposed(desk: Desk, coder: str, code: str, threshold: float) -> tuple[Proposed, ...]:
    """Return the suggestions for ``coder`` that reach ``threshold``, as spoken.

    Of passages she has finished none, of those she judges unaided none, and none she has
    decided already. ``code`` empty means every code.
    """
    lesson = desk.learner.lesson(coder)
    score, codes = lesson.learned.scored.score, desk.material.given.code_terms.codes
    done = desk.log.done(coder)
    found = []
    for row in np.flatnonzero((score >= threshold).any(axis=1)).tolist():
        if row in done or desk.hides(coder, row):
            continue
        rank = lesson.rank(row)
        for column in np.argsort(rank)[: desk.material.top].tolist():
            name, reached = codes[column], float(score[row, column])
            wanted = reached >= threshold and code in {"", name}
            if wanted and not _decided(desk, coder, row, name):
                found.append(Proposed(row, name, reached, int(rank[column])))
    return tuple(found)


def _decided(desk: Desk, coder: str, row: int, code: str) -> bool:
    return any(
        d.code == code and d.action in {"put", "reject"} and (d.joint or d.coder == coder)
        for d in desk.log.at(row)
    )


def _sample(desk: Desk, coder: str, found: Sequence[Proposed]) -> tuple[Sampled, ...]:
    drawn = random.Random(f"{desk.material.seed} {coder} {_digest(found)}")
    chosen = sorted(drawn.sample(range(len(found)), min(SAMPLE, len(found))))
    sampled = []
    for one in (found[place] for place in chosen):
        segment = desk.material.segments[one.row]
        quote = desk.texts.quote(segment.interview, segment.start, segment.end)
        sampled.append(Sampled(desk.texts.ids[one.row], one.code, one.score, quote))
    return tuple(sampled)


def _digest(found: Sequence[Proposed]) -> str:
    said = "\n".join(f"{one.row} {one.code} {one.score:.6f}" for one in found)
    return hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def _threshold(text: str) -> float | None:
    try:
        value = float(text)
    except ValueError:
        return None
    return value if math.isfinite(value) and 0 < value <= 1 else None


def _count(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 9 else 0
