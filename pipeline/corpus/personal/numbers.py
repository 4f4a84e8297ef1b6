"""Numbers of persons: registration numbers, cards, accounts.

Registration numbers (주민등록번호, 외국인등록번호) are told by their shape alone: serials given
since October 2020 carry no checksum, so a wrong checksum says nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.corpus.personal.anchored import anchored
from pipeline.corpus.personal.digits import Window, windows
from pipeline.corpus.personal.finds import Find, said_after, said_before

_REGISTRATION = re.compile(
    r"주민\s?등록|주민\s?번호|등록\s?번호|민증|뒷자리|앞자리|뒷번호|외국인\s?등록"
)
_BACK_HALF = re.compile(r"뒷자리|뒷번호|뒤\s?일곱")
_CARD = re.compile(r"카드|결제|할부|승인")
_BANK = re.compile(
    r"계좌|은행|뱅크|카뱅|신한|통장|농협|수협|신협|축협|새마을금고|우체국|예금주|입금|송금|이체|토스|증권"
)
# Numbers of things: parcels, orders, notices, firms.
_OF_A_THING = re.compile(
    r"운송장|송장|주문|접수|공고|문서|관리\s?번호|사업자|고유\s?번호|품번|모델|바코드|쿠폰|영수증|일련"
)
# «620718-1______»: the back half is blanked out.
_BLANKED = anchored(
    r"(?<!\d)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\s?[-–—]\s?[1-8][_＿ㅇ◯□■•·.xX*○●]{4,6}",
    r"\d{6,}",
    0,
)
_BANK_RIGHT_BEFORE = re.compile(
    r"(?:은행|뱅크|카뱅|농협|수협|신협|새마을금고|우체국|계좌(?:번호)?[는은가이]?|통장)\s?$"
)
# «1AA-1708-…»
_SERIAL = re.compile(r"[A-Za-z]-?$")

_DATE = re.compile(r"\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])")
_SEX_DIGIT_AND_SERIAL = re.compile(r"\d[\d*]{6}|\d\*{0,6}")
_YEAR = re.compile(r"(?:19|20)\d\d")
_HYPHENS = frozenset("-–—‐")
# How Korean banks group their numbers.
_ACCOUNT_SHAPES = frozenset(
    [
        (3, 2, 6), (3, 3, 6), (3, 4, 6), (3, 6, 5), (3, 6, 6), (3, 5, 6), (6, 2, 6), (4, 3, 6),
        (4, 2, 7), (4, 2, 6), (3, 4, 4, 2), (3, 6, 2, 3), (4, 4, 4, 1), (3, 2, 6, 1), (3, 3, 6, 2),
    ]
)  # fmt: skip


def find_numbers(text: str) -> Iterator[Find]:
    """Yield registration, card and account numbers in ``text``; finds may overlap."""
    for match in _BLANKED.finditer(text):
        yield Find(*match.span(), "rrn", "뒷자리를 지운 등록번호")
    for window in windows(text):
        for kind, rule in _RULES:
            reason = rule(text, window)
            if reason:
                yield Find(window.start, window.end, kind, reason)


def _registration(text: str, window: Window) -> str:
    """Return why the window is a registration number; «» where it is none."""
    digits, lengths = window.digits, window.lengths
    if window.tied:
        return ""
    if lengths == (7,):
        said = digits[0] in "12345678" and said_before(text, window.start, _BACK_HALF, 25)
        return f"«{said}» 뒤의 일곱 자리" if said else ""
    dated = _DATE.match(digits) is not None
    if len(lengths) == 2 and lengths[0] == 6 and _SEX_DIGIT_AND_SERIAL.fullmatch(digits, 6):
        if dated and len(digits) == 13:
            return "생년월일과 일곱 자리"
    elif len(digits) != 13 or "*" in digits:
        return ""
    elif lengths == (13,) and dated and digits[6] in "12345678":
        return "생년월일로 시작하는 열세 자리"
    said = said_before(text, window.start, _REGISTRATION, 30)
    return f"«{said}» 뒤의 번호" if said else ""


def _card(text: str, window: Window) -> str:
    """Return why the window is the number of a card; «» where it is none."""
    digits, lengths = window.digits, window.lengths
    if lengths == (4, 6, 5) and digits.startswith(("34", "37")):
        return "카드 번호의 꼴"
    if len(digits) != 16:
        return ""
    in_fours = lengths == (4, 4, 4, 4) and not any("," in gap for gap in window.gaps)
    if in_fours and not window.tied and not _are_years(digits):
        return "네 자리씩 네 번"
    if not in_fours and len(lengths) > 1 and not window.spoken:
        return ""
    said = said_before(text, window.start, _CARD, 30) or said_after(text, window.end, _CARD, 12)
    return f"«{said}» 곁의 열여섯 자리" if said else ""


def _account(text: str, window: Window) -> str:
    """Return why the window is the number of an account; «» where it is none."""
    digits, lengths = window.digits, window.lengths
    dictated = not window.spoken or max(lengths) > 1
    if window.tied or len(digits) < 10 or "*" in digits or not dictated:
        return ""
    of_a_thing = said_before(text, window.start, _OF_A_THING, 12)
    if of_a_thing or _SERIAL.search(text, max(0, window.start - 2), window.start):
        return ""
    gaps = {gap.strip() for gap in window.gaps}
    if not window.spoken and not gaps <= _HYPHENS | {""}:
        return ""
    if gaps <= _HYPHENS and lengths in _ACCOUNT_SHAPES and not window.spoken:
        return "계좌번호의 꼴"
    said = said_before(text, window.start, _BANK, 40) or said_after(text, window.end, _BANK, 20)
    return f"«{said}» 곁의 번호" if said else ""


def is_after_a_bank(text: str, start: int) -> bool:
    """Tell whether a bank is named right before ``start``: its numbers may look like telephones'."""
    return _BANK_RIGHT_BEFORE.search(text, max(0, start - 12), start) is not None


def _are_years(digits: str) -> bool:
    return all(_YEAR.match(digits, place) for place in range(0, len(digits), 4))


_RULES = (("rrn", _registration), ("card", _card), ("account", _account))
