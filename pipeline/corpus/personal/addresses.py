"""Addresses below 동: road and number, lot number, building and flat.

What stands above (시, 구, 동, the road without its number) tells where people live without
telling which door is theirs, and is left.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.corpus.personal.digits import NUMERAL
from pipeline.corpus.personal.finds import Find, said_after, said_before

_NUMBER = r"\d{1,4}(?:\s?-\s?\d{1,4})?"
_NOT_HANGUL = r"(?<![가-힣A-Za-z0-9])"
# After a house number comes a particle, a comma or the end; after an amount comes its unit.
_UNIT = (
    r"(?:년|월|일(?!대)|시간?|분|초|명|원|만|천|백|억|개|층|미터|킬로|평|살|세|번(?!지|길|이|을|은|으|에)|"
    r"주|차|건|회|점|퍼센트|프로|%|프|도|배|대|장|권|가지|곳|군데|동|호선|호점|살|등|위|학년|인|사람|m|kg|cm|km|[.,:]\d)"
)
_END = rf"(?![0-9]|\s?{_UNIT})"
_BRANCH = rf"(?:\s?(?:\d{{1,4}}|{NUMERAL}{{1,5}})(?:[가-하])?\s?번?길)"
_ROAD = re.compile(
    rf"{_NOT_HANGUL}(?P<road>[가-힣]{{1,10}}(?:로|길))(?P<branch>{_BRANCH})?"
    rf"(?P<gap>\s?)(?P<number>{_NUMBER})(?P<lot>\s?번지)?{_END}"
)
_SPOKEN_ROAD = re.compile(
    rf"{_NOT_HANGUL}(?P<road>[가-힣]{{1,10}}(?:로|길))(?P<branch>{_BRANCH})?\s(?P<number>{NUMERAL}{{2,5}})"
    rf"(?:에\s?{NUMERAL}{{1,4}})?(?:\s?번지)?(?!\s?{_UNIT})(?=라고|이라고|이고|이에요|예요|고요|이요|으로|에서|[^가-힣]|$)"
)
_LOT = re.compile(
    rf"(?<![0-9가-힣-])(?:산\s?)?(?:{_NUMBER}|{NUMERAL}{{1,6}}(?:에\s?{NUMERAL}{{1,4}})?)\s?번지(?!점프|수)"
)
_LOT_AFTER_DONG = re.compile(rf"(?<=[동리가]\s)(?:산\s?)?\d{{1,4}}\s?-\s?\d{{1,4}}{_END}")

_HOUSES = (
    "아파트|빌라|빌라트|연립|주공|타운|하우스|하이츠|맨션|맨숀|오피스텔|빌리지|캐슬|파크|힐스|팰리스|타워|"
    "주택|원룸|고시원|빌딩|자이|푸르지오|래미안|더샵|편한세상|센트럴|리버|단지"
)
_HOUSE = rf"{_NOT_HANGUL}(?P<house>[가-힣A-Za-z0-9]{{0,12}}(?:{_HOUSES}))"
_ESTATE = r"(?:\s?\d{1,2}\s?단지)?"
_BLOCK = rf"(?:\d{{1,4}}|[가나다라마바사아자차카타파하A-Za-z]|{NUMERAL}{{1,5}})\s?동"
_FLAT = rf"(?:\d{{2,4}}|{NUMERAL}{{2,7}})\s?호(?![가-힣]?[실선기차])"
_IN_HOUSE = re.compile(rf"{_HOUSE}{_ESTATE}(?:\s?{_BLOCK}(?:\s?{_FLAT})?|\s{_FLAT})")
_BLOCK_AND_FLAT = re.compile(rf"(?<![0-9가-힣A-Za-z])(?:\d{{1,4}}|{NUMERAL}{{1,5}}|[가-하A-Za-z])\s?동\s?{_FLAT}")
_DETAIL = re.compile(rf",?\s?(?:{_HOUSE}{_ESTATE}\s?)?(?:{_BLOCK}\s?)?(?:{_FLAT})")

# «새로 3명», «앞으로 10», «세로 12»: adverbs and measures, no roads.
_NO_ROAD = frozenset(
    "로 길 서로 새로 주로 가로 세로 따로 바로 별도로 실제로 위로 아래로 앞으로 뒤로 옆으로 때로 그대로 "
    "이대로 저대로 대로 마음대로 제대로 멋대로 차례로 홀로 스스로 날로 진짜로 정말로 절대로 억지로 "
    "수시로 대체로 전체로 추가로 그걸로 이걸로 저걸로 하나로 통으로 도로 버스로 전화로 번호로 점수로 "
    "한길 큰길 골목길 오솔길 밤길 출근길 퇴근길 등굣길 하굣길 눈길 손길 발길 갈길".split()
)
_AT_HOME = re.compile(r"주소|집|살|사무실|택배|이사|배달|등기|건물|가게|모이|모임|찾|등록")
_PLAIN_WORD = re.compile(r"(?P<word>[가-힣]{2,6})\s$")
_NOT_PART_OF_A_NAME = frozenset(
    "우리 저희 그냥 무슨 옛날 여기 거기 저기 이번 지금 그때 작은 오래된 새로운 임대 분양 같은 어떤 옆에".split()
)
_PARTICLE_END = frozenset("은는이가을를에도로의고면서며만요랑과와한던인")


def find_addresses(text: str) -> Iterator[Find]:
    """Yield addresses below 동 in ``text``; finds may overlap."""
    for match in _ROAD.finditer(text):
        if _is_road(match["road"]) and _is_street_number(text, match):
            yield Find(match.start(), _detail_end(text, match.end()), "address", "길 이름과 번호")
    for match in _SPOKEN_ROAD.finditer(text):
        said = said_before(text, match.start(), _AT_HOME, 30) or said_after(
            text, match.end(), _AT_HOME, 20
        )
        if _is_road(match["road"]) and (match["branch"] or said):
            yield Find(*match.span(), "address", "말로 부른 길 이름과 번호")
    for match in (*_LOT.finditer(text), *_LOT_AFTER_DONG.finditer(text)):
        yield Find(*match.span(), "address", "번지")
    for match in _IN_HOUSE.finditer(text):
        yield Find(_name_start(text, match), match.end(), "address", "건물과 동·호")
    for match in _BLOCK_AND_FLAT.finditer(text):
        yield Find(*match.span(), "address", "동·호")


def _is_road(word: str) -> bool:
    return word not in _NO_ROAD and not word.endswith("으로")


def _is_street_number(text: str, match: re.Match[str]) -> bool:
    """Tell whether the number belongs to the road: «은하로 12», and not «그 길 34»."""
    if match["branch"] or "-" in match["number"] or match["lot"]:
        return True
    if len(match["road"]) >= 3:
        return True
    return bool(said_before(text, match.start(), _AT_HOME, 20))


def _detail_end(text: str, end: int) -> int:
    detail = _DETAIL.match(text, end)
    return detail.end() if detail else end


def _name_start(text: str, match: re.Match[str]) -> int:
    """Return where the name of a house starts that is written apart: «한솔 아파트 103동»."""
    if len(match["house"]) > max(map(len, _HOUSES.split("|"))) or match["house"] not in _HOUSES.split("|"):
        return match.start()
    before = _PLAIN_WORD.search(text, max(0, match.start() - 7), match.start())
    if before is None:
        return match.start()
    word = before["word"]
    if word in _NOT_PART_OF_A_NAME or word[-1] in _PARTICLE_END:
        return match.start()
    return before.start()
