"""One passage as a coder sees it: its surroundings, its suggestions, what was decided on it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.records import Code, Decision, Interview, SegmentSuggestions, Turn
from pipeline.views.review.shown import LANES, Span, Stretch, lanes_of
from pipeline.views.review.state import Desk, Seen

# How much of the talk around a passage is in sight at first.
TURNS, _CHARACTERS = 6, 1_500
# What a digit key can reach.
MOST = 9


@dataclass(frozen=True, slots=True)
class ShownCoding:
    """A code on a span, such as it is listed beside the passage."""

    id: str
    code: str
    quote: str
    coder: str
    own: bool
    joint: bool
    whole: bool
    lane: int


@dataclass(frozen=True, slots=True)
class ShownTurn:
    """A turn with its speaker, and the codings that begin in it."""

    number: int
    speaker: str
    role: str
    time: str
    stretches: tuple[Stretch, ...]


@dataclass(frozen=True, slots=True)
class ShownSuggestion:
    """A suggested code: ``put`` and ``rejected`` are ids of the coder's own decisions."""

    rank: int
    code: Code
    score: float
    reasons: tuple[tuple[str, str], ...]
    put: str = ""
    rejected: str = ""


@dataclass(frozen=True, slots=True)
class Passage:
    """All that is shown of a passage; ``done`` is the decision that finished it, or empty."""

    row: int
    id: str
    interview: str
    speaker: str
    about: tuple[str, ...]
    turns: tuple[ShownTurn, ...]
    more_before: bool
    more_after: bool
    hidden: bool
    was_hidden: bool
    calibrated: bool
    suggestions: tuple[ShownSuggestion, ...]
    codings: tuple[ShownCoding, ...]
    memos: tuple[tuple[str, str, str], ...]
    done: str
    model: int


def passage_of(
    desk: Desk, coder: str, row: int, turns: int = TURNS, suggested: Seen | None = None
) -> Passage:
    """Return the passage ``row`` for ``coder`` with up to ``turns`` turns on each side.

    ``suggested`` is what the page suggests already, by default what is suggested now.
    """
    material, log, texts = desk.material, desk.log, desk.texts
    segment = material.segments[row]
    interview = material.interview[segment.interview]
    seen = [d for d in log.within(interview.id) if desk.sees(coder, d)]
    puts = [d for d in seen if d.action == "put"]
    lanes = dict(zip((d.id for d in puts), lanes_of([(d.start, d.end) for d in puts]), strict=True))
    hidden = desk.hides(coder, row)
    seen_now = suggested if suggested is not None else desk.suggest(coder, row)
    found = seen_now.found
    first, last = _window(interview, segment.turn, turns)
    words = [] if hidden else _words(found)
    lines: list[tuple[Span, int]] = [((d.start, d.end), lanes[d.id]) for d in puts]
    here = [d for d in log.at(row) if desk.sees(coder, d)]
    return Passage(
        row=row,
        id=texts.ids[row],
        interview=texts.unnamed(interview.id),
        speaker=texts.unnamed(segment.speaker),
        about=tuple(texts.unnamed(value) for value in interview.fields.values() if value),
        turns=tuple(
            _turn(desk, interview, turn, words, lines) for turn in interview.turns[first:last]
        ),
        more_before=first > 0,
        more_after=last < len(interview.turns),
        hidden=hidden,
        was_hidden=not hidden and desk.draws(row),
        calibrated=seen_now.calibrated,
        suggestions=() if hidden else _suggestions(desk, coder, found, here),
        codings=tuple(_coding(desk, coder, row, d, lanes[d.id]) for d in here if d.id in lanes),
        memos=_memos(desk, coder, row, seen),
        done=next((d.id for d in here if d.action == "done" and _is_for(coder, d)), ""),
        model=seen_now.number,
    )


def _is_for(coder: str, decision: Decision) -> bool:
    return decision.joint or decision.coder == coder


def _window(interview: Interview, index: int, most: int) -> tuple[int, int]:
    """Return the turns to show around turn ``index`` (from 1), as a slice.

    The question before and the answer after are always among them.
    """
    own = index - 1
    turns = interview.turns
    first, length = own, 0
    while first > 0 and (
        own - first < 1 or (own - first < most and length < _CHARACTERS * most / TURNS)
    ):
        first -= 1
        length += turns[first].end - turns[first].start
    last, length = own + 1, 0
    while last < len(turns) and (
        last - own <= 2 or (last - own <= most and length < _CHARACTERS * most / TURNS)
    ):
        length += turns[last].end - turns[last].start
        last += 1
    return first, last


def _turn(
    desk: Desk,
    interview: Interview,
    turn: Turn,
    words: Sequence[tuple[Span, int]],
    lines: Sequence[tuple[Span, int]],
) -> ShownTurn:
    rows = desk.material.rows_of.get(interview.id, range(0))
    inside = [row for row in rows if desk.material.segments[row].turn == turn.index]
    return ShownTurn(
        turn.index,
        desk.texts.unnamed(turn.speaker),
        turn.role,
        "" if turn.time is None else clock(turn.time),
        desk.texts.stretches(interview.id, turn, inside, words, lines),
    )


def clock(seconds: float) -> str:
    """Return a time in a recording as «12:04» or «1:02:04»."""
    whole = int(seconds)
    hours, minutes = whole // 3600, whole // 60 % 60
    return f"{hours}:{minutes:02d}:{whole % 60:02d}" if hours else f"{minutes}:{whole % 60:02d}"


def _words(found: SegmentSuggestions) -> list[tuple[Span, int]]:
    return [
        ((evidence.start, evidence.end), rank)
        for rank, suggestion in enumerate(found.suggestions[:MOST], 1)
        for evidence in suggestion.evidence
    ]


def _suggestions(
    desk: Desk, coder: str, found: SegmentSuggestions, here: Sequence[Decision]
) -> tuple[ShownSuggestion, ...]:
    own = [d for d in here if d.coder == coder and not d.joint]
    put = {d.code: d.id for d in own if d.action == "put"}
    rejected = {d.code: d.id for d in own if d.action == "reject"}
    unnamed = desk.texts.unnamed
    return tuple(
        ShownSuggestion(
            rank,
            desk.codes[one.code],
            one.score,
            tuple(
                (desk.texts.quote(found.interview, e.start, e.end), unnamed(e.why))
                for e in one.evidence
            ),
            put.get(one.code, ""),
            # Refused for the passage, put on a part of it: what was put is what counts.
            "" if one.code in put else rejected.get(one.code, ""),
        )
        for rank, one in enumerate(found.suggestions[:MOST], 1)
    )


def _coding(desk: Desk, coder: str, row: int, decision: Decision, lane: int) -> ShownCoding:
    segment = desk.material.segments[row]
    whole = (decision.start, decision.end) == (segment.start, segment.end)
    return ShownCoding(
        decision.id,
        decision.code or "",
        "" if whole else desk.texts.quote(decision.interview, decision.start, decision.end),
        decision.coder,
        decision.coder == coder,
        decision.joint,
        whole,
        lane % LANES,
    )


def _memos(
    desk: Desk, coder: str, row: int, seen: Sequence[Decision]
) -> tuple[tuple[str, str, str], ...]:
    """Return the memos on the passage and on its interview: what on, by whom, text."""
    found = []
    for one in seen:
        if one.action != "note":
            continue
        if not one.end:
            found.append(("interview", one.coder, one.text))
        elif row in desk.log.rows(one):
            found.append(("passage", one.coder, one.text))
    return tuple(sorted(found, key=lambda memo: (memo[0] != "passage", memo[1] != coder)))
