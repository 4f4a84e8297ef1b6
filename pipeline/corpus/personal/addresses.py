"""Addresses below 동: road and number, lot number, building and flat.

What stands above (시, 구, 동, the road without its number) tells where people live without
telling which door is theirs, and is left.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.corpus.personal.anchored import anchored
from pipeline.corpus.personal.digits import NUMERAL
from pipeline.corpus.personal.finds import Find, said_after, said_before
from pipeline.corpus.personal.lexicon import NOT_HOUSE_NAMES, NOT_ROADS

_NUMBER = r"\d{1,4}(?:\s?-\s?\d{1,4})?"
_NOT_HANGUL = r"(?<![가-힣A-Za-z0-9])"
# After a house number comes a particle, a comma or the end; after an amount comes its unit. Units
# are words too: «12인데» and «12 살아요» tell of no persons and no years.
_UNIT = (
    r"(?:년|월|일(?!대)|시간?|분|초|명|원|만|천|백|억|개|층|미터|킬로|평|살(?![아았고던])|세|"
    r"번(?!지|길|이|을|은|으|에)|주(?!소|민)|차|건|회|점|퍼센트|프로|%|프|배|대|장|권|가지|곳|군데|동|호선|호점|"
    r"등(?!록)|위|학년|인(?!데|지|가|걸)|사람|심|조|여|달|가구|키로|마리|d|m|kg|cm|km|[.,:]\d)"
)
_UNIT_APART = rf"\s{_UNIT}(?=[이가은는을를도만에의로쯤씩정째차]|[^가-힣]|$)"
_END = rf"(?![0-9]|{_UNIT}|{_UNIT_APART}|\s?[-~]\s?\d)"
_BRANCH = rf"(?:\s?(?:\d{{1,4}}|{NUMERAL}{{1,5}})(?:[가-하])?\s?번?길)"
_ROAD = anchored(
    rf"{_NOT_HANGUL}(?P<road>[가-힣]{{1,10}}(?:\d{{1,2}}(?:대|가|단지|지구|공단|순환|차)?)?(?:로|길))(?P<branch>{_BRANCH})?"
    rf"(?![0-9]가)\s?(?!(?:112|119|120)(?:[에로를]?\s?(?:신고|전화|불[렀러]|걸|연락|구급|상담)))(?P<number>{_NUMBER})(?P<lot>\s?번지)?{_END}",
    r"[로길]\s?\d",
    30,
)
_SPOKEN_ROAD = anchored(
    rf"{_NOT_HANGUL}(?P<road>[가-힣]{{1,10}}(?:로|길))(?P<branch>{_BRANCH})?\s(?P<number>{NUMERAL}{{2,5}})"
    rf"(?:에\s?{NUMERAL}{{1,4}})?(?:\s?번지)?(?!{_UNIT}|{_UNIT_APART})(?=라고|이라고|이고|이에요|예요|고요|이요|으로|에서|에\s|[^가-힣]|$)",
    rf"[로길]\s{NUMERAL}{{2}}",
    25,
)
# «양지마을 3길 15-1»: a lane without a name of its own.
_LANE = anchored(
    rf"(?<![가-힣A-Za-z0-9-])(?:[가-힣]{{2,8}}\s)?\d{{1,3}}(?:번|[가-하])?길\s?{_NUMBER}(?:\s?번지)?{_END}",
    r"길\s?\d",
    15,
)
# Of «가곡면 사평리» with a number so few houses are left that all of it is masked.
_VILLAGE = r"(?:[가-힣]{1,4}[읍면]\s[가-힣]{1,4}리\s)?"
_LOT = anchored(
    rf"(?<![0-9가-힣-]){_VILLAGE}(?:산\s?)?(?:{_NUMBER}|{NUMERAL}{{1,6}}(?:\s?(?:에|다시|대시|의)\s?{NUMERAL}{{1,4}})?)\s?번지(?!점프|수)",
    "번지",
    40,
)
_AFTER_DONG = r"(?:(?<=[동리]\s)|(?<=\d가\s))"
_LOT_AFTER_DONG = anchored(
    rf"{_AFTER_DONG}(?:산\s?)?\d{{1,4}}\s?-\s?\d{{1,4}}{_END}", r"\d\s?-\s?\d", 8
)
_LOT_ALONE = anchored(
    rf"(?<=[가-힣][동리]\s)(?:산\s?)?\d{{1,4}}{_END}(?!\s?(?:단지|층|동))", r"[동리]\s", 0
)

_HOUSES = (
    "아파트|빌라|빌라트|연립|주공|타운|하우스|하이츠|맨션|맨숀|오피스텔|빌리지|캐슬|파크|힐스|팰리스|타워|"
    "주택|원룸|고시원|빌딩|자이|푸르지오|래미안|더샵|편한세상|센트럴|리버|단지"
)
_HOUSE = rf"{_NOT_HANGUL}(?P<house>[가-힣A-Za-z0-9]{{0,12}}(?:{_HOUSES}))"
_ESTATE = r"(?:\s?\d{1,2}\s?단지)?"
_LETTER_BLOCK = r"[가나다라마바사아자차카타파하A-Za-z]|에이|비|씨|디"
_BLOCK = rf"(?:\d{{1,4}}|{_LETTER_BLOCK}|{NUMERAL}{{1,5}})\s?동(?:에|의)?"
# The last of a number, and what may part it from its «호».
_NUMBERED = rf"(?:\d|{NUMERAL})\s?"
_FLAT = rf"(?:\d{{2,4}}|{NUMERAL}{{2,7}})\s?호(?![가-힣]?[실선기차])"
_IN_HOUSE = anchored(
    rf"{_HOUSE}{_ESTATE}(?:\s?{_BLOCK}\s?{_FLAT}|\s?\d{{1,4}}\s?동(?![가-힣]{{2}})|\s{_FLAT})",
    rf"{_NUMBERED}호|\d\s?동",
    50,
)
# «대성빌딩 5층 502호», «은성빌라 비동 지하 2호»: only in a house that has a name.
_FLOOR_IN_HOUSE = anchored(
    rf"{_NOT_HANGUL}[가-힣A-Za-z0-9]{{2,12}}(?:{_HOUSES})\s(?:{_BLOCK}\s?)?(?:지하|반지하|옥탑방?|\d{{1,3}}\s?층)(?:\s?\d{{1,4}}\s?[층호](?![선실]))?(?!짜리)",
    "지하|옥탑|층",
    40,
)
_BLOCK_AND_FLAT = anchored(
    rf"(?<![0-9가-힣A-Za-z])(?:\d{{1,4}}|{NUMERAL}{{1,5}}|{_LETTER_BLOCK})\s?동(?:에|의)?\s?{_FLAT}",
    rf"{_NUMBERED}호",
    20,
)
_HOMES = (
    "그룹홈|체험홈|자립홈|쉼터|자립주택|지원주택|생활관|기숙사|고시텔|쪽방|여관|여인숙|모텔|상가|시장|공구|임대|관사|사택|"
    rf"{_HOUSES}"
)
# «201호에 저 살고», «1503호 분이»: whose door it is.
_FLAT_OF_SOMEBODY = anchored(
    rf"(?<![0-9가-힣A-Za-z-])(?P<home>[가-힣]{{0,8}}(?:{_HOMES})\s)?(?:\d{{1,2}}\s?공구\s)?"
    rf"(?P<flat>(?:\d{{3,4}}|[A-Za-z]-?\d{{1,4}}|{NUMERAL}{{3,7}})\s?호)(?![선실]|차|기)(?P<whose>네|\s(?:그\s)?"
    r"(?:사는|살[던고았아]|분|사람|집|아저씨|아줌마|아주머니|할머니|할아버지|어르신|총각|아가씨|새댁|언니|형|오빠|누나|이모|삼촌|학생|애|엄마|아빠|입주|세입|주인)"
    r"|(?:에|에서)\s[^.?!\n]{0,8}(?:살|사[는시셨]|계[시셨]))?",
    rf"{_NUMBERED}호",
    35,
)
_FLOOR = r"(?:(?:반지하|지하|옥탑방?)(?:\s?\d{1,2}\s?층)?|\d{1,3}\s?층)(?!짜리)"
_ROOM = r"[A-Za-z]-?\d{1,4}\s?호(?!선)"
_DETAIL = re.compile(
    rf",?\s?(?:{_HOUSE}{_ESTATE}\s?)?(?:{_BLOCK}\s?)?(?:{_FLAT}|{_FLOOR}(?:\s(?:{_ROOM}|{_FLAT}))?|{_ROOM})"
)

_AT_HOME = re.compile(r"주소|집|살|사무실|택배|이사|배달|등기|건물|가게|모이|모임|찾|등록")
# What needs nothing around it.
_PLAIN = (
    (_LANE, "길과 번호"),
    (_LOT, "번지"),
    (_LOT_AFTER_DONG, "번지"),
    (_FLOOR_IN_HOUSE, "건물과 층"),
    (_BLOCK_AND_FLAT, "동·호"),
)
_LIVES = re.compile(r"주소|살[아았던고]|사[는시]|번지|등기|택배|본적")
_PLAIN_WORD = re.compile(r"(?P<word>[가-힣]{2,6})\s$")
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
    for match in _LOT_ALONE.finditer(text):
        if said_before(text, match.start(), _LIVES, 20) or said_after(text, match.end(), _LIVES, 8):
            yield Find(*match.span(), "address", "동·리 뒤의 번호")
    for match in _IN_HOUSE.finditer(text):
        yield Find(_name_start(text, match), match.end(), "address", "건물과 동·호")
    for pattern, reason in _PLAIN:
        for match in pattern.finditer(text):
            yield Find(*match.span(), "address", reason)
    for match in _FLAT_OF_SOMEBODY.finditer(text):
        if match["home"] or match["whose"]:
            yield Find(match.start("flat"), match.end("flat"), "address", "누가 사는 호수")


def _is_road(word: str) -> bool:
    """Tell roads from adverbs and particles: «새로 3명», «앞으로 10», «세로 12»."""
    return word not in NOT_ROADS and not word.endswith("으로")


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
    if len(match["house"]) > max(map(len, _HOUSES.split("|"))) or match[
        "house"
    ] not in _HOUSES.split("|"):
        return match.start()
    before = _PLAIN_WORD.search(text, max(0, match.start() - 7), match.start())
    if before is None:
        return match.start()
    word = before["word"]
    if word in NOT_HOUSE_NAMES or word[-1] in _PARTICLE_END:
        return match.start()
    return before.start()
