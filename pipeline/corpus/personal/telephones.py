"""Telephone numbers, written and spoken: «010-1234-5678», «공일공에 일이삼사에 오육칠팔»."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.corpus.personal.digits import NUMERAL, Window, windows
from pipeline.corpus.personal.finds import Find, said_before
from pipeline.corpus.personal.numbers import is_after_a_bank

_CALLED = re.compile(
    r"전화|번호|연락|휴대폰|핸드폰|문자|통화|대표|고객센터|콜센터|팩스|FAX|Tel", re.IGNORECASE
)
_AMOUNT = re.compile(
    r"\s?(?:년|월|원|명|개|만|천|억|톤|킬로|미터|평|세대|가구|점|퍼센트|프로|제곱|건|회|장|매|kg|km|cm|%)"
)
_MOBILE = re.compile(r"010\d{8}|01[16789]\d{7,8}")
_AREA = re.compile(r"02\d{7,8}|0[3-6][1-5]\d{7,8}|0[78]0\d{7,8}|050\d{8,9}")
_AREA_ALONE = re.compile(r"02|0[3-6]\d|0[78]0|050\d?")
_REPRESENTATIVE = re.compile(
    r"(?:15(?:22|33|44|66|77|88|99)|16(?:00|44|60|61|66|68|70|88)|18(?:00|11|33|44|55|77|99))\d{4}"
)
_YEAR = re.compile(r"(?:19|20)\d\d")
# «공일일에 구백이십삼에 사천칠백이», «구백이십삼국에 사천칠백이번».
_GAP = r"\s?(?:국에|에|의|다시|대시)?\s?"
_SAID_SO_FAR = r"(?=이?(?:요|고|라|에요|예요|거든|인데|입니)|인데|번|[^가-힣]|$)"
_BY_PLACE = re.compile(
    rf"(?<![가-힣])[공영]일[공영일육칠팔구]{_GAP}{NUMERAL}{{3,9}}{_GAP}{NUMERAL}{{3,9}}?{_SAID_SO_FAR}"
)
_EXCHANGE = re.compile(rf"(?<![가-힣]){NUMERAL}{{3,9}}국에?\s?{NUMERAL}{{3,9}}?{_SAID_SO_FAR}")
_SHORTEST, _LONGEST = 7, 15


def find_telephones(text: str) -> Iterator[Find]:
    """Yield telephone numbers in ``text``; finds may overlap."""
    for window in windows(text):
        if not _SHORTEST <= len(window.digits) <= _LONGEST or "*" in window.digits:
            continue
        before = text[window.start - 1 : window.start]
        if before == "+":
            yield Find(window.start - 1, window.end, "phone", "나라 번호로 시작하는 번호")
            continue
        if is_after_a_bank(text, window.start):
            continue
        reason = "" if window.tied else _by_its_digits(window) or _by_its_context(text, window)
        if reason:
            opened = before == "(" and any(")" in gap for gap in window.gaps)
            yield Find(window.start - opened, window.end, "phone", reason)

    for match in (*_BY_PLACE.finditer(text), *_EXCHANGE.finditer(text)):
        yield Find(*match.span(), "phone", "자릿값으로 부른 번호")


def _by_its_digits(window: Window) -> str:
    """Return why the digits alone are a telephone number; «» where they are not enough."""
    digits, lengths = window.digits, window.lengths
    if _MOBILE.fullmatch(digits):
        return "휴대전화 번호의 꼴"
    area_apart = _AREA_ALONE.fullmatch(digits[: lengths[0]]) is not None
    if _AREA.fullmatch(digits) and (window.spoken or len(lengths) == 1 or area_apart):
        return "지역번호로 시작하는 번호"
    return ""


def _by_its_context(text: str, window: Window) -> str:
    """Return why a number without an area code is a telephone number; «» where it is none."""
    digits, lengths = window.digits, window.lengths
    representative = len(digits) == 8 and _REPRESENTATIVE.fullmatch(digits) is not None
    local = lengths in {(3, 4), (4, 4)} and not (lengths[0] == 4 and _YEAR.match(digits))
    if not (representative or local) or _AMOUNT.match(text, window.end):
        return ""
    if representative and lengths == (4, 4) and window.gaps[0].strip():
        return "대표번호의 꼴"
    said = said_before(text, window.start, _CALLED, 14)
    return f"«{said}» 뒤의 번호" if said else ""
