"""The question before a passage: what the interviewer said last before it."""

from __future__ import annotations

from bisect import bisect_right

from pipeline.records import Interview


class Questions:
    """The interviewer's turns of one interview, to be asked for by place."""

    def __init__(self, interview: Interview) -> None:
        """Take the turns of ``interview``, masked or not."""
        self._text = interview.text
        self._asked = [turn for turn in interview.turns if turn.role == "interviewer"]
        self._ends = [turn.end for turn in self._asked]

    def before(self, place: int) -> str:
        """Return the last question that ends at or before ``place``, empty if there is none."""
        at = bisect_right(self._ends, place)
        return self._text[self._asked[at - 1].start : self._asked[at - 1].end] if at else ""
