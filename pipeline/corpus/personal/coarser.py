"""Personal data told more coarsely (generalised): a decade for a birth, a 구 for an address."""

from __future__ import annotations

import re

from pipeline.corpus.personal.digits import SPOKEN_DIGITS
from pipeline.corpus.personal.districts import districts_in
from pipeline.corpus.personal.finds import Find

_WRITTEN_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d|\d\d)(?=\s?년|\s?[./-]\s?\d|\d{4}(?!\d))")
_SPOKEN_YEAR = re.compile(r"([영공일이삼사오육륙칠팔구십백천 ]{1,9}?)\s?년")
_PLACES = {"천": 1000, "백": 100, "십": 10}
# Of two digits, up to this year is taken for the 2000s: who is interviewed was seldom born later.
_NEWEST = 19

# «서울시 성북구 정릉동 산»: what stands before the part of an address below 동.
_HEAD = re.compile(
    r"(?<![가-힣])(?:[가-힣]{2,8}(?:시|도)\s)?(?:[가-힣]{1,6}시\s)?[가-힣]{1,5}구\s"
    r"(?:[가-힣0-9·]{1,8}(?:동|읍|면|리|가)\s){0,2}$"
)
_LONGEST_HEAD = 48


def decade_of_birth(said: str) -> str | None:
    """Return «1960년대생» for «1962년 3월 5일생», «1960년대» where no 생 is said.

    ``None`` where no year is told. Two digits up to 19 are of the 2000s.
    """
    year = _year(said)
    if year is None:
        return None
    if year < 100:
        year += 2000 if year <= _NEWEST else 1900
    return f"{year // 10 * 10}년대{'생' if said.rstrip().endswith('생') else ''}"


def _year(said: str) -> int | None:
    written = _WRITTEN_YEAR.search(said)
    if written:
        return int(written[1])
    spoken = _SPOKEN_YEAR.search(said)
    return _number(spoken[1].replace(" ", "")) if spoken else None


def _number(spoken: str) -> int | None:
    """Return a numeral's value, said by place («천구백팔십이») or digit by digit («팔이»)."""
    if not set(spoken) & set(_PLACES):
        digits = "".join(SPOKEN_DIGITS[sign] for sign in spoken)
        return int(digits) if digits else None
    total, digit = 0, 0
    for sign in spoken:
        if sign in _PLACES:
            total += (digit or 1) * _PLACES[sign]
            digit = 0
        else:
            digit = int(SPOKEN_DIGITS[sign])
    return total + digit


def with_district(text: str, address: Find) -> Find:
    """Return ``address`` with the 시, 구 and 동 said right before it, where a 구 is among them."""
    line = text[max(0, address.start - _LONGEST_HEAD) : address.start].rpartition("\n")[2]
    head = _HEAD.search(line)
    if head is None or not districts_in(head.group()):
        return address
    return Find(address.start - len(head.group()), address.end, address.kind, address.reason)
