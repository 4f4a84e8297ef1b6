"""Numbers that lead to a person: registration, telephone, card, account, car plate.

Registration numbers (주민등록번호, 외국인등록번호) are told by their shape alone: serials given
since October 2020 carry no checksum, so a wrong checksum says nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.corpus.personal.digits import Window, windows
from pipeline.corpus.personal.finds import Find, said_after, said_before

_REGISTRATION = re.compile(r"주민\s?등록|주민\s?번호|등록\s?번호|민증|뒷자리|앞자리|뒷번호|외국인\s?등록")
_BACK_HALF = re.compile(r"뒷자리|뒷번호|뒤\s?일곱")
_TELEPHONE = re.compile(r"전화|번호|연락|휴대폰|핸드폰|문자|통화|대표|고객센터|콜센터|팩스|FAX|Tel", re.I)
_CARD = re.compile(r"카드|결제|할부|승인")
_BANK = re.compile(
    r"계좌|은행|뱅크|통장|농협|수협|신협|축협|새마을금고|우체국|예금주|입금|송금|이체|토스|증권"
)
# Numbers of things: parcels, orders, notices, firms.
_OF_A_THING = re.compile(
    r"운송장|송장|주문|접수|공고|문서|관리\s?번호|사업자|고유\s?번호|품번|모델|바코드|쿠폰|영수증|일련"
)
_CAR = re.compile(r"차량|차\s?번호|번호판|차가|차는|차를|차주|주차|내\s?차|제\s?차|자동차|트럭|택시|차\s")
_UNIT = re.compile(
    r"^\s?(?:년|월|원|명|개|만|천|억|톤|킬로|미터|평|세대|가구|점|퍼센트|프로|제곱|건|회|장|매|kg|km|cm|%)"
)

_MOBILE = re.compile(r"010\d{8}|01[16789]\d{7,8}")
_LANDLINE = re.compile(r"02\d{7,8}|0[3-6][1-5]\d{7,8}|0[78]0\d{7,8}|050\d{8,9}")
_AREA_GROUPS = re.compile(r"02|0[3-6]\d|0[78]0|050\d?")
_REPRESENTATIVE = frozenset(
    "1522 1533 1544 1566 1577 1588 1599 1600 1644 1660 1661 1666 1668 1670 1688 1800 1811 1833 "
    "1844 1855 1877 1899".split()
)
_FRONT = re.compile(r"\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])")
_BACK = re.compile(r"\d[\d*]{6}|\d\*{0,6}")
_YEAR = re.compile(r"(?:19|20)\d\d")
# How Korean banks group their numbers.
_ACCOUNT_SHAPES = frozenset(
    [
        (3, 2, 6), (3, 3, 6), (3, 4, 6), (3, 6, 5), (3, 6, 6), (3, 5, 6), (6, 2, 6), (4, 3, 6),
        (4, 2, 7), (4, 2, 6), (3, 4, 4, 2), (3, 6, 2, 3), (4, 4, 4, 1), (3, 2, 6, 1), (3, 3, 6, 2),
    ]
)  # fmt: skip

_PLATE_LETTER = (
    "[가나다라마거너더러머버서어저고노도로모보소오조구누두루무부수우주바사아자배하허호국합육해공]"
)
_REGION = (
    "서울|부산|대구|인천|광주|대전|울산|세종|경기|강원|충북|충남|전북|전남|경북|경남|제주"
)
_PLATE = re.compile(
    rf"(?<![0-9])(?:(?P<region>{_REGION})\s?)?(?<![0-9])\d{{2,3}}(?P<gap>\s?){_PLATE_LETTER}\s?\d{{4}}"
    r"(?![0-9])"
)
_SPOKEN_PLATE = re.compile(
    rf"(?<![가-힣])[일이삼사오육칠팔구공영십]{{2,4}}\s?{_PLATE_LETTER}\s?에?\s?[일이삼사오육칠팔구공영]{{4}}"
)


def find_numbers(text: str) -> Iterator[Find]:
    """Yield every number in ``text`` that leads to a person; finds may overlap."""
    for window in windows(text):
        for rule in (_registration, _telephone, _card, _account):
            find = rule(text, window)
            if find is not None:
                yield find
    yield from _plates(text)


def _registration(text: str, window: Window) -> Find | None:
    digits = window.digits
    if window.tied:
        return None
    if len(digits) == 7 and len(window.lengths) == 1 and digits[0] in "12345678":
        said = said_before(text, window.start, _BACK_HALF, 25)
        return _find(window, "rrn", f"«{said}» 뒤의 일곱 자리") if said else None
    front, back = digits[:6], digits[6:]
    said = said_before(text, window.start, _REGISTRATION, 30)
    dated = _FRONT.fullmatch(front) is not None
    if window.lengths[0] == 6 and len(window.lengths) == 2 and _BACK.fullmatch(back):
        if dated and len(back) == 7:
            return _find(window, "rrn", "생년월일과 일곱 자리")
        if front.isdigit() and said:
            return _find(window, "rrn", f"«{said}» 뒤의 번호")
        return None
    if len(digits) != 13 or not digits.isdigit():
        return None
    written_joined = window.lengths == (13,) and dated and digits[6] in "12345678"
    if said or written_joined:
        return _find(window, "rrn", f"«{said}» 뒤의 번호" if said else "생년월일로 시작하는 열세 자리")
    return None


def _telephone(text: str, window: Window) -> Find | None:
    digits, lengths = window.digits, window.lengths
    if "*" in digits:
        return None
    if text[window.start - 1 : window.start] == "+" and len(digits) >= 8:
        return Find(window.start - 1, window.end, "phone", "나라 번호로 시작하는 번호")
    if window.tied:
        return None
    if _MOBILE.fullmatch(digits):
        return _with_bracket(text, window, "휴대전화 번호의 꼴")
    if _LANDLINE.fullmatch(digits) and (
        window.spoken or len(lengths) == 1 or _AREA_GROUPS.fullmatch(digits[: lengths[0]])
    ):
        return _with_bracket(text, window, "지역번호로 시작하는 번호")
    if _UNIT.match(text[window.end : window.end + 5]):
        return None
    said = said_before(text, window.start, _TELEPHONE, 14)
    if len(digits) == 8 and digits[:4] in _REPRESENTATIVE:
        dictated = lengths == (4, 4) and window.gaps[0].strip() != ""
        if dictated or said:
            return _find(window, "phone", "대표번호의 꼴")
    if lengths in {(3, 4), (4, 4)} and said and not (_is_year(digits[:4]) and lengths[0] == 4):
        return _find(window, "phone", f"«{said}» 뒤의 번호")
    return None


def _with_bracket(text: str, window: Window, reason: str) -> Find:
    """Return the find with the bracket that opens an area code: «(031) 000-1234»."""
    opened = text[window.start - 1 : window.start] == "(" and any(")" in gap for gap in window.gaps)
    return Find(window.start - opened, window.end, "phone", reason)


def _card(text: str, window: Window) -> Find | None:
    digits, lengths = window.digits, window.lengths
    said = said_before(text, window.start, _CARD, 30) or said_after(text, window.end, _CARD, 12)
    if lengths == (4, 4, 4, 4):
        groups = [digits[i : i + 4] for i in range(0, 16, 4)]
        if said or not (window.tied or all(_is_year(group) for group in groups)):
            return _find(window, "card", "네 자리씩 네 번")
    if lengths == (4, 6, 5) and digits.startswith(("34", "37")):
        return _find(window, "card", "카드 번호의 꼴")
    if len(digits) == 16 and said and (len(lengths) == 1 or window.spoken):
        return _find(window, "card", f"«{said}» 곁의 열여섯 자리")
    return None


def _account(text: str, window: Window) -> Find | None:
    digits, lengths = window.digits, window.lengths
    if window.tied or not 10 <= len(digits) <= 16 or not digits.isdigit():
        return None
    if said_before(text, window.start, _OF_A_THING, 12):
        return None
    said = said_before(text, window.start, _BANK, 40) or said_after(text, window.end, _BANK, 20)
    hyphens = all(gap.strip() in {"-", "–", "—", "‐"} for gap in window.gaps)
    if said and (len(lengths) == 1 or hyphens or window.spoken or max(lengths) <= 7):
        return _find(window, "account", f"«{said}» 곁의 번호")
    if lengths in _ACCOUNT_SHAPES and hyphens and not window.spoken:
        return _find(window, "account", "계좌번호의 꼴")
    return None


def _plates(text: str) -> Iterator[Find]:
    for match in _PLATE.finditer(text):
        if _UNIT.match(text[match.end() : match.end() + 5]):
            continue
        joined = not match["gap"]
        said = said_before(text, match.start(), _CAR, 30) or said_after(text, match.end(), _CAR, 20)
        if joined or match["region"] or said:
            yield Find(*match.span(), "plate", "차량번호의 꼴")
    for match in _SPOKEN_PLATE.finditer(text):
        said = said_before(text, match.start(), _CAR, 30)
        if said:
            yield Find(*match.span(), "plate", f"«{said.strip()}» 뒤의 번호")


def _is_year(group: str) -> bool:
    return _YEAR.fullmatch(group) is not None


def _find(window: Window, kind: str, reason: str) -> Find:
    return Find(window.start, window.end, kind, reason)
