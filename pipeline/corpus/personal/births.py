"""Dates of birth: «1982년 3월 15일생», «팔십이년 삼월 생», «생일이 음력 8월 3일».

A date counts only beside a word of birth, and only if it tells more than a year: «82년생» says
how old a person is, which studies report.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.corpus.personal.anchored import anchored
from pipeline.corpus.personal.digits import NUMERAL, SPOKEN_DIGITS
from pipeline.corpus.personal.finds import Find, said_before

_YEAR = rf"(?:(?:19|20)?\d{{2}}|{NUMERAL}{{1,8}}(?:\s{NUMERAL}{{1,5}})?)\s?년도?"
_MONTH = r"(?:(?:\d{1,2}|[일이삼사오육륙칠팔구십]{1,3}|유|시|정)\s?월|동짓달|섣달)"
_DAY = (
    rf"(?:(?:\d{{1,2}}|{NUMERAL}{{1,4}})\s?일(?!곱)|초(?:하루|하룻날|이틀|사흘|나흘|닷새|엿새|이레|여드레|아흐레)"
    r"|열(?:흘|하루|이틀|사흘|나흘|닷새|엿새|이레|여드레|아흐레)|보름|그믐|스무날|스무(?:하루|이틀|사흘|나흘|닷새|엿새|이레|여드레|아흐레))"
)
_CALENDAR = r"(?:음력|양력)\s?"
_SPOKEN_DATE = anchored(
    rf"(?<![가-힣0-9])(?:(?P<year>{_YEAR})\s{{0,2}})?(?:{_CALENDAR})?(?P<month>{_MONTH})(?:\s{{0,2}}(?P<day>{_DAY}))?",
    "월|동짓달|섣달",
    35,
)
_WRITTEN_DATE = anchored(
    r"(?<![0-9./-])(?:19|20)?\d{2}(?:\s?[./-]\s?\d{1,2}){2}(?![0-9]|[./-][0-9])",
    r"\d\s?[./-]\s?\d",
    4,
)
_COMPACT_DATE = anchored(
    r"(?<![0-9*-])(?:(?:19|20)\d\d|\d\d)(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?![0-9*]|-[0-9*])",
    r"\d{6,}",
    0,
)
_SPOKEN_COMPACT = re.compile(
    r"(?<![가-힣])[영공일이삼사오육륙칠팔구]{6}(?:[영공일이삼사오육륙칠팔구]{2})?(?![가-힣]{3})"
)

_BORN_BEFORE = re.compile(r"생년월일|(?<!발)생일|생신|출생|태어난|태어나기|호적|귀빠진")
_BORN_BEFORE_COMPACT = re.compile(r"생년월일|(?<!발)생일|앞자리|주민\s?번호|출생|태어난")
_BORN_ON = re.compile(r"\.?\s?생(?=[이인입으은들]|[^가-힣]|$)")
_BORN_AFTER = re.compile(
    r"[^.?!\n]{0,14}?(?:태어|출생|생년월일|(?<!발)생일|생신|낳았|낳은|에\s?(?:났|나셨|나서\s))"
)
# What an office has written down of a person.
_PAPERS = re.compile(r"민증|신분증|등본|초본|호적|전산|등록증|여권|면허증|복지카드|차트|명부")
_OF_A_LIFE = re.compile(r"19[2-9]\d|200\d|201[0-5]|[2-9]\d(?=\.)")
_REACH = 20


def find_births(text: str) -> Iterator[Find]:
    """Yield dates of birth in ``text``."""
    for match in _SPOKEN_DATE.finditer(text):
        if match["year"] or match["day"]:
            yield from _born(text, match)
    for match in _WRITTEN_DATE.finditer(text):
        yield from _born(text, match)
        said = said_before(text, match.start(), _PAPERS, 14)
        if said and _OF_A_LIFE.match(match.group()):
            yield Find(*match.span(), "birth", f"«{said}»에 적힌 날짜")
    for match in _COMPACT_DATE.finditer(text):
        said = said_before(text, match.start(), _BORN_BEFORE_COMPACT, _REACH)
        if said or _BORN_ON.match(text, match.end()):
            yield Find(*match.span(), "birth", f"«{said or '생'}» 곁의 날짜")
    for match in _SPOKEN_COMPACT.finditer(text):
        said = said_before(text, match.start(), _BORN_BEFORE_COMPACT, _REACH)
        if said and _COMPACT_DATE.pattern.fullmatch(
            "".join(SPOKEN_DIGITS[sign] for sign in match.group())
        ):
            yield Find(*match.span(), "birth", f"«{said}» 뒤에 말로 부른 날짜")


def _born(text: str, match: re.Match[str]) -> Iterator[Find]:
    born_on = _BORN_ON.match(text, match.end())
    if born_on:
        yield Find(match.start(), born_on.end(), "birth", "«생»으로 끝나는 날짜")
        return
    said = said_before(text, match.start(), _BORN_BEFORE, _REACH)
    after = _BORN_AFTER.match(text, match.end())
    if said or after:
        yield Find(*match.span(), "birth", f"«{said}» 뒤의 날짜" if said else "태어난 날짜")
