"""What a page asks to decide, checked and made a decision. Nothing a page sends is believed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from pipeline.errors import GyeolError, Problem
from pipeline.records import Decision
from pipeline.views.review.passage import MOST
from pipeline.views.review.state import Desk

LONGEST_MEMO = 10_000
Asked = Mapping[str, Any]
Made = Callable[..., Decision]


class RefusedError(GyeolError):
    """What a page asked for cannot be done; its problem is for the coder to read."""


def put(desk: Desk, coder: str, row: int, asked: Asked, made: Made) -> Decision:
    """Put a code on the passage, or on the span selected in it.

    With ``of``, the coding takes the place of an earlier one and keeps its code.
    """
    earlier = own(desk, coder, asked["of"]) if asked.get("of") else None
    code = earlier.code if earlier is not None else asked.get("code")
    if not isinstance(code, str) or code not in desk.codes:
        raise _refused("코드북에 없는 코드입니다.", "No such code.")
    place = _place(desk, row, asked.get("span"))
    return made(
        coder,
        "put",
        **place,
        code=code,
        of=None if earlier is None else earlier.id,
        **_as_suggested(desk, coder, row, code, asked.get("model")),
        **_made_with(desk, asked),
    )


def reject(desk: Desk, coder: str, row: int, asked: Asked, made: Made) -> Decision:
    """Refuse a suggested code for the passage."""
    code = asked.get("code")
    if not isinstance(code, str) or code not in desk.codes:
        raise _refused("코드북에 없는 코드입니다.", "No such code.")
    return made(
        coder,
        "reject",
        **_place(desk, row, None),
        code=code,
        **_as_suggested(desk, coder, row, code, asked.get("model")),
        **_made_with(desk, asked),
    )


def done(desk: Desk, coder: str, row: int, asked: Asked, made: Made) -> Decision:
    """Say that the passage is finished: all codes that fit are on it."""
    hidden = _hidden(desk, coder, row, asked.get("model")) if desk.hides(coder, row) else {}
    return made(coder, "done", **_place(desk, row, None), **hidden, **_made_with(desk, asked))


def note(desk: Desk, coder: str, row: int, asked: Asked, made: Made) -> Decision:
    """Write a memo on the passage, on its interview or on a code; an empty one takes it away."""
    text = asked.get("text")
    if not isinstance(text, str) or len(text) > LONGEST_MEMO:
        ko = f"메모는 {LONGEST_MEMO:,}자까지 적을 수 있습니다."
        raise _refused(ko, f"A memo has at most {LONGEST_MEMO:,} characters.")
    on = asked.get("on", "passage")
    if on == "code":
        code = asked.get("code")
        if not isinstance(code, str) or code not in desk.codes:
            raise _refused("코드북에 없는 코드입니다.", "No such code.")
        place: dict[str, Any] = {"code": code}
    elif on == "interview":
        place = {"interview": desk.material.segments[row].interview}
    else:
        place = _place(desk, row, asked.get("span"))
    return made(coder, "note", **place, text=text.strip(), **_made_with(desk, asked))


def take_back(desk: Desk, coder: str, _row: int, asked: Asked, made: Made) -> Decision:
    """Take back one decision of the coder's own, or one made together."""
    decision = own(desk, coder, asked.get("of"))
    return made(coder, "undo", of=decision.id, aided=_saw(desk, coder, decision))


def undo(desk: Desk, coder: str, made: Made) -> Decision | None:
    """Return what takes back what ``coder`` did last: a bulk as a whole; ``None`` if nothing."""
    last = desk.log.last(coder)
    if last is None:
        return None
    return made(coder, "undo", of=last.bulk or last.id, aided=_saw(desk, coder, last))


def redo(desk: Desk, coder: str, made: Made) -> Decision | None:
    """Return what brings back what was undone last, ``None`` if something was decided since."""
    last = desk.log.last_undo(coder)
    if last is None:
        return None
    return made(coder, "undo", of=last.id, aided=_saw(desk, coder, desk.log.undone(last)))


ACTIONS: Mapping[str, Callable[[Desk, str, int, Asked, Made], Decision]] = {
    "put": put,
    "reject": reject,
    "done": done,
    "note": note,
    "undo": take_back,
}


def own(desk: Desk, coder: str, number: object) -> Decision:
    """Return the decision ``number`` if ``coder`` may take it back.

    Raises:
        RefusedError: it is another's, or was taken back already.
    """
    decision = desk.log.get(number) if isinstance(number, str) else None
    if decision is None or not (decision.coder == coder or decision.joint):
        raise _refused(
            "본인의 판정만 고칠 수 있습니다.", "Only one's own decisions can be changed."
        )
    if desk.log.fallen(decision):
        raise _refused("이미 되돌린 판정입니다.", "That decision has been taken back already.")
    return decision


def _place(desk: Desk, row: int, span: object) -> dict[str, Any]:
    """Return interview, span and quote: the passage's own, or those of a selection."""
    segment = desk.material.segments[row]
    interview = desk.material.interview[segment.interview]
    start, end = segment.start, segment.end
    if span is not None:
        found = _selected(desk, segment.interview, span)
        if found is None:
            raise _refused(
                "고른 글이 전사본과 맞지 않습니다. 화면을 새로 고치고 다시 고르세요.",
                "The selection does not match the transcript. Reload and select again.",
            )
        start, end = found
    return {
        "interview": interview.id,
        "start": start,
        "end": end,
        "quote": interview.text[start:end],
    }


def _selected(desk: Desk, interview: str, span: object) -> tuple[int, int] | None:
    if not isinstance(span, Mapping):
        return None
    first, last, quote = span.get("from"), span.get("to"), span.get("quote")
    if type(first) is not int or type(last) is not int or not isinstance(quote, str):
        return None
    talk = desk.material.interview[interview]
    turn = next((turn for turn in talk.turns if turn.index == span.get("turn")), None)
    return None if turn is None else desk.texts.selected(talk, turn, first, last, quote)


def _as_suggested(desk: Desk, coder: str, row: int, code: str, number: object) -> dict[str, Any]:
    """Return score, rank and aid as the coder had them, or as they were hidden from her."""
    seen = desk.seen(coder, row, number)
    column = desk.column[code]
    rank = int(seen.rank[column])
    if desk.hides(coder, row):
        hidden = _hidden(desk, coder, row, number)
        return {"score": float(seen.score[column]), "rank": rank, **hidden}
    if rank <= len(seen.found.suggestions):
        return {"score": float(seen.score[column]), "rank": rank, "aided": True}
    return {"aided": True}


def _hidden(desk: Desk, coder: str, row: int, number: object) -> dict[str, Any]:
    """Return what a decision without aid remembers: the suggestions the coder did not see."""
    found = desk.seen(coder, row, number).found.suggestions[:MOST]
    return {"aided": False, "offered": tuple((one.code, float(one.score)) for one in found)}


def _saw(desk: Desk, coder: str, decision: Decision) -> bool:
    """Tell whether ``coder`` has seen what is suggested where ``decision`` was made."""
    return not any(desk.hides(coder, row) for row in desk.log.rows(decision))


def _made_with(desk: Desk, asked: Asked) -> dict[str, Any]:
    number = asked.get("model")
    lesson = f".{number}" if type(number) is int else ""
    return {"codebook": desk.material.version, "model": f"{desk.material.model}{lesson}"}


def _refused(ko: str, en: str) -> RefusedError:
    return RefusedError(Problem(ko, en))
