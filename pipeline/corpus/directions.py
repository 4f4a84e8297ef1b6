"""Stage directions (지문): «(웃음)», «[불명확]», kept in the text and out of the morphology."""

from __future__ import annotations

import re

# A direction is a short bracketed note about how something was said. The bracket must hold
# one of these words: «(협동조합)» after a term is the speaker's or transcriber's content.
_DIRECTION = re.compile(
    r"[(\[（［][^()\[\]（）［］\n]{0,12}?"
    r"(?:웃음|웃으며|침묵|한숨|불명확|불분명|불명|안 들림|안들림|청취|박수|울음|눈물|기침|정적|"
    r"잠시|끄덕|생각 중|전화|녹음|휴식|laugh|pause|silence|inaudible|unclear|sigh|crosstalk)"
    r"[^()\[\]（）［］\n]{0,20}[)\]）］]",
    re.IGNORECASE,
)


def direction_spans(text: str) -> tuple[tuple[int, int], ...]:
    """Return the spans of stage directions in ``text``, in order, brackets included."""
    return tuple(match.span() for match in _DIRECTION.finditer(text))


def blank_directions(text: str) -> str:
    """Return ``text`` with each direction replaced by as many spaces: offsets stay."""
    return _DIRECTION.sub(lambda match: " " * len(match.group()), text)
