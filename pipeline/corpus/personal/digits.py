"""Runs of digits, written or spoken: «010-1234-5678», «공일공에 일이삼사에 오육칠팔».

Numbers are dictated in groups. A ``Group`` is one of them, a ``Window`` some neighbouring
groups that may together be a telephone, account or card number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

SPOKEN_DIGITS = {
    "공": "0", "영": "0", "일": "1", "이": "2", "삼": "3", "사": "4", "오": "5", "육": "6",
    "륙": "6", "칠": "7", "팔": "8", "구": "9", "하나": "1", "둘": "2",
}  # fmt: skip
# Numerals spoken by place, «십이», «천이백사».
NUMERAL = "[영공일이삼사오육륙칠팔구십백천]"

# The longest number looked for is an international telephone number or a card: 16 digits.
_MOST_DIGITS = 16
_SPOKEN = re.compile(r"하나|둘|[공영일이삼사오육륙칠팔구]")
_GROUP = re.compile(
    r"(?P<written>[0-9][0-9*●○xX]*|[*●○]{2,}|[xX]{3,})"
    r"|(?P<spoken>(?:하나|둘|[공영일이삼사오육륙칠팔구])+)"
)
_PARTED = r"[ \t]{0,2}(?:[-–—‐./·,()]|다시|대시|하이픈|국에|국의|에|의)?[ \t]{0,2}"
_BETWEEN = re.compile(_PARTED)
_DIGIT = r"(?:[0-9*●○xX공영일이삼사오육륙칠팔구]|하나|둘)"
# Where so many digits stand together that a window may be among them: most of what looks like a
# digit is «이» and «사» in other words. It holds every run of such groups whole.
_STRETCH = re.compile(rf"{_DIGIT}(?:{_PARTED}{_DIGIT}){{5,}}+")
# «오육칠팔이에요», «오육칠팔이구요»: the copula looks like digits.
_COPULA = ("이구", "이")
_TIED = re.compile(r"[-–—‐./]")
_HIDDEN = re.compile(r"[●○xX]")


@dataclass(frozen=True, slots=True)
class Group:
    """Digits said in one go. A hidden digit is «*»; ``gap`` is what parts it from the last one.

    ``gap`` is ``None`` for the first group of a run.
    """

    start: int
    end: int
    digits: str
    spoken: bool
    gap: str | None


@dataclass(frozen=True, slots=True)
class Window:
    """Neighbouring groups: ``text[start:end]``, their digits, and the lengths of the groups.

    ``tied`` is true where a written number goes on before or after it («1-010-…»).
    """

    start: int
    end: int
    digits: str
    lengths: tuple[int, ...]
    spoken: bool
    tied: bool
    gaps: tuple[str, ...]


def windows(text: str) -> Iterator[Window]:
    """Yield every stretch of neighbouring groups of 6 to 16 digits, in the order of the text."""
    for stretch in _STRETCH.finditer(text):
        for run in _runs(text, *stretch.span()):
            for first in range(len(run)):
                yield from _windows_from(run, first)


def _runs(text: str, start: int, end: int) -> Iterator[list[Group]]:
    run: list[Group] = []
    for match in _GROUP.finditer(text, start, end):
        gap = text[run[-1].end : match.start()] if run else ""
        if run and (len(gap) > 7 or not _BETWEEN.fullmatch(gap)):
            yield run
            run = []
        spoken = match["spoken"] is not None
        digits = (
            "".join(SPOKEN_DIGITS[sign] for sign in _SPOKEN.findall(match.group()))
            if spoken
            else _HIDDEN.sub("*", match.group())
        )
        run.append(Group(match.start(), match.end(), digits, spoken, gap if run else None))
    if run:
        yield run


def _windows_from(run: list[Group], first: int) -> Iterator[Window]:
    digits = ""
    for last in range(first, min(len(run), first + _MOST_DIGITS)):
        group = run[last]
        if group.spoken != run[first].spoken:
            return
        digits += group.digits
        if len(digits) > _MOST_DIGITS + len(_COPULA[0]):
            return
        chosen = run[first : last + 1]
        if 6 <= len(digits) <= _MOST_DIGITS:
            yield _window(run, first, last, chosen)
        yield from (
            _window(run, first, last, [*chosen[:-1], shorter])
            for shorter in _without_copula(group)
            if 6 <= len(digits) - (len(group.digits) - len(shorter.digits)) <= _MOST_DIGITS
        )


def _without_copula(group: Group) -> Iterator[Group]:
    if not group.spoken:
        return
    copula_digits = {copula: "".join(SPOKEN_DIGITS[s] for s in copula) for copula in _COPULA}
    for copula, digits in copula_digits.items():
        if group.digits.endswith(digits) and len(group.digits) > len(digits):
            yield Group(
                group.start,
                group.end - len(copula),
                group.digits.removesuffix(digits),
                group.spoken,
                group.gap,
            )


def _window(run: list[Group], first: int, last: int, chosen: list[Group]) -> Window:
    before = run[first - 1 : first]
    after = run[last + 1 : last + 2]
    tied = not chosen[0].spoken and (
        any(not group.spoken and _TIED.search(run[first].gap or "") for group in before)
        or any(not group.spoken and _TIED.search(group.gap or "") for group in after)
    )
    return Window(
        start=chosen[0].start,
        end=chosen[-1].end,
        digits="".join(group.digits for group in chosen),
        lengths=tuple(len(group.digits) for group in chosen),
        spoken=chosen[0].spoken,
        tied=tied,
        gaps=tuple(group.gap or "" for group in chosen[1:]),
    )
