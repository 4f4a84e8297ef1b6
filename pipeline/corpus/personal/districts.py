"""Districts (구) by their names, and the letters that stand for them: «성북구» → «A구».

A district tells where people live and is no personal data by itself: it is looked for only
where the study's rules ask for it. Cities share names («중구», «강서구»): they share a letter.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import count

from pipeline.corpus.personal.anchored import anchored
from pipeline.corpus.personal.finds import Find
from pipeline.corpus.personal.lexicon import DISTRICTS

_NAMES = "|".join(sorted((name for name in DISTRICTS if len(name) > 1), key=lambda n: (-len(n), n)))
_SIDES = "|".join(sorted(name for name in DISTRICTS if len(name) == 1))
# «동구», «서구» are words too («북구 유럽», «중구난방»): only before what follows a place.
_AFTER_A_SIDE = r"(?=에|의\s|가\s|는|도\s|를|와\s|로\s|청|민|립|보건소|의회|주민|\s|[,.)\]]|$)"
_DISTRICT = anchored(
    rf"(?:(?<![가-힣])|(?<=시))(?:(?:{_NAMES})구|(?:{_SIDES})구{_AFTER_A_SIDE})", "구", 6
)
# «A구», «○○구»: the transcriber has written a letter.
_LETTERED = anchored(r"(?<![A-Za-z])([A-Z]{1,2})구", "구", 2)


def find_districts(text: str) -> Iterator[Find]:
    """Yield the districts named in ``text``; of «성북구청» the find is «성북구»."""
    for match in _DISTRICT.finditer(text):
        yield Find(*match.span(), "district", "구 이름")


def districts_in(text: str) -> tuple[str, ...]:
    """Return the districts ``text`` names, in its order, each once."""
    return tuple(dict.fromkeys(text[find.start : find.end] for find in find_districts(text)))


def letters_in(text: str) -> frozenset[str]:
    """Return the letters that stand for districts in ``text`` as it was transcribed."""
    return frozenset(match[1] for match in _LETTERED.finditer(text))


def extend_districts(
    given: Mapping[str, str], districts: Iterable[str], taken: Iterable[str] = ()
) -> dict[str, str]:
    """Return ``given`` with a letter for each of ``districts``: «A구» … «Z구», «AA구» ….

    Letters given stay, and those in ``taken`` (written by the transcriber) are left out.
    """
    grown = dict(given)
    used = {f"{letter}구" for letter in taken} | set(grown.values())
    letters = (f"{_letters(number)}구" for number in count())
    for district in districts:
        if district not in grown:
            grown[district] = next(name for name in letters if name not in used)
    return grown


def _letters(number: int) -> str:
    """Return 0 as «A», 25 as «Z», 26 as «AA», as columns of a spreadsheet are named."""
    name = ""
    while number >= 0:
        name = chr(ord("A") + number % 26) + name
        number = number // 26 - 1
    return name
