"""What is said around a name that tells it is one: «이름이 …», «…라는 친구», «막내 …», «…한테»."""

from __future__ import annotations

import re
from enum import IntEnum

from pipeline.corpus.personal.anchored import anchored
from pipeline.corpus.personal.lexicon import (
    KIN,
    NAMED_ROLES,
    PERSONS,
    ROLES,
    TITLES,
    has_final_consonant,
)


class Said(IntEnum):
    """How much what is said around a word tells that it is a name."""

    NOTHING = 0
    PERSON = 1
    NAME = 2


def _any_of(words: frozenset[str]) -> str:
    return "|".join(sorted(words, key=lambda word: (-len(word), word)))


_PERSON = rf"(?:{_any_of(KIN | PERSONS)})"
_CALLED_BEFORE = re.compile(
    r"(?:이름|성함|함자|존함|본명|실명|성명|세례명|법명|영세명|예금주|예금주명|명의)(?:이|은|도|는|을|를|가)?,?\s"
    r"(?:[가-힣]{1,3}[은는이가],?\s)?$"
)
# «큰아들 이름이 …», not «가게 이름이 …».
IS_NAMED = anchored(
    rf"(?m)(?:^|[.,?!]\s?|(?:제|내|저|우리|본인|그|그분|애|아기|아들|딸|{_any_of(KIN | PERSONS)})(?:의|에)?\s|한국\s|[고데서면]\s)"
    r"(?:이름|성함|함자|존함|본명|실명)(?:이|은|도)\s",
    r"(?:이름|성함|함자|존함|본명|실명)[이은도]\s",
    12,
)
# «하나가 우리 막내예요».
_IS_ONE_OF_US = re.compile(
    rf"[이가은는]\s(?:(?:우리|제|내|저희)\s(?:집\s)?(?:{_PERSON}|막내|큰애|[첫둘셋넷]째)|막내|[첫둘셋넷]째)"
    r"(?:님)?(?:이?(?:에요|예요|야|죠|지|거든|라|고|며|었|였)|인|입니다|[.,]|$)"
)
_CALLED_A_THING = re.compile(
    r"(?:가게|센터|회사|모임|마을|학교|동네|단체|팀|카페|책|식당|업체|제품|약|병|꽃|나무|노래|영화|드라마|사업|프로그램|밴드|"
    r"동아리|아파트|강아지|고양이|개|소|기관|재단)\s?이름[이은는도을를]?,?\s$"
)
# «…라는 친구», «…라고 제 동창», «…라고 있어요».
_CALLED_AFTER = re.compile(
    rf"이?라(?:는|던|구|고)\s(?:하는\s|불리는\s|부르는\s)?(?:(?:그|제|저희|우리|내|저|한|좀|아주|옆집|동네|같은|젊은|[가-힣]{{1,5}}[한는인던의서])\s){{0,2}}"
    rf"(?:{_PERSON}|{_any_of(ROLES)}|있[어는었]|계[시셨]|성함|이름)"
)
# «몽골에서 온 바트».
_COME_FROM = re.compile(r"[가-힣]에서\s(?:시집\s?)?(?:온|오신|넘어온|건너온|같이 온)\s$")
_A_PERSON_CALLED = re.compile(
    rf"이?라(?:는|던|고)\s(?:(?:그|제|저희|우리|내|저|한|옆집|동네|같은|[가-힣]{{1,5}}[서한])\s){{0,2}}{_PERSON}(?=[^가-힣]|$|[이가은는을를도와과의랑네들]|한테|하고|에게|예요|였)"
)
_CALLS_SELF = re.compile(
    r"이?라(?:고|구)\s?(?:합니다|해요|하고|하구|하는데|했|하[거시면]|불[러렀]|부르|불리|그래)"
)
_SELF = re.compile(r"(?:저는|전|제가|저|나는|난|내가)\s(?:[가-힣]{2,10}\s)?$")
_SAYS_WHO = re.compile(r"이?(?:라고|라구|고요|고|에요|예요|입니다|이라|인데|야|여|요|거든)")
_ACCOUNT_BEFORE = re.compile(r"\d{2,}-\d{2,}(?:-\d{2,})*[,이고]?\s$")
_TOLD_BEFORE = re.compile(
    rf"(?:{_any_of(NAMED_ROLES | PERSONS | KIN)}|우리|저희|[이그저]름은|첫째|둘째|셋째|넷째|막둥이|큰애|작은애|작은놈|큰놈)"
    r"(?:님)?(?:인|이던|이었던|였던|은|는|이|가|도|하던|으로는?|로는?)?,?\s$"
)
_TOLD_AFTER = re.compile(
    rf",?\s(?:(?:그|이|저)\s)?(?:{_any_of(KIN | PERSONS | TITLES)}|걔|쟤)(?:$|[^가-힣]|님|[이가은는을를도와과한하네랑의])"
)
_ANIMATE = re.compile(r"이?(?:한테|에게|께)|네(?:\s|가|는|도|집)")
_SPOKEN_TO = re.compile(r"이?(?:한테|에게)")
_DIMINUTIVE = re.compile(r"이(?:가|는|를|도|한테|하고)(?![가-힣])")
_KIN_AFTER = re.compile(rf"\s(?:{_any_of(KIN)})(?:$|[^가-힣]|[이가은는을를도와과한하네랑의])")
_CALLING = re.compile(r"(?:^|[,.!?:…\"'“‘]\s?)$")
_CALLED = re.compile(r"[아야](?:[,!~]|\s|$)")
_REACH = 24


def has_diminutive(text: str, end: int) -> bool:
    """Tell «사랑이는» from «사랑은»: an 이 that only names take before a particle."""
    return has_final_consonant(text[end - 1]) and _DIMINUTIVE.match(text, end) is not None


def names_a_stranger(text: str, start: int, end: int) -> bool:
    """Tell whether what is said around an unknown word can be said of nothing but a person."""
    before = text[max(0, start - _REACH) : start].rpartition("\n")[2]
    after = text[end : end + _REACH].partition("\n")[0]
    # «저는 초혼이에요», «…라는 주사»: of a word unknown less is believed.
    return bool(
        _SPOKEN_TO.match(after)
        or _KIN_AFTER.match(after)
        or _COME_FROM.search(before)
        or _A_PERSON_CALLED.match(after)
        or (_SELF.search(before) and _CALLS_SELF.match(after))
    )


def said_around(text: str, start: int, end: int) -> Said:
    """Return what is said around ``text[start:end]``, in its line, that tells it to be a name."""
    before = text[max(0, start - _REACH) : start].rpartition("\n")[2]
    after = text[end : end + _REACH].partition("\n")[0]
    if _says_the_name(before, after):
        return Said.NAME
    if _tells_a_person(before, after, has_final_consonant(text[end - 1])):
        return Said.PERSON
    return Said.NOTHING


def _says_the_name(before: str, after: str) -> bool:
    return bool(
        (_CALLED_BEFORE.search(before) and not _CALLED_A_THING.search(before))
        or _IS_ONE_OF_US.match(after)
        or _CALLED_AFTER.match(after)
        or (_SELF.search(before) and _SAYS_WHO.match(after))
        or _ACCOUNT_BEFORE.search(before)
    )


def _tells_a_person(before: str, after: str, closed: bool) -> bool:
    return bool(
        _ANIMATE.match(after)
        or _CALLS_SELF.match(after)
        or (closed and _DIMINUTIVE.match(after))
        or (_CALLED.match(after) and _CALLING.search(before))
        or _TOLD_BEFORE.search(before)
        or _TOLD_AFTER.match(after)
    )
