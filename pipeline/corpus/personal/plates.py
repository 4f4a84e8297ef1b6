"""Number plates of cars, written and spoken: «12가 3456», «서울 30 바 1234», «일이가 삼사오육»."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.corpus.personal.anchored import anchored
from pipeline.corpus.personal.finds import Find, said_after, said_before
from pipeline.corpus.personal.lexicon import DISTRICTS

_CAR = re.compile(
    r"차량|차\s?번호|번호판|차가|차는|차를|차\s?주인|차주|주차|[내제]\s?차|자동차|트럭|택시|봉고|차\s"
)
_LETTER = (
    "[가나다라마거너더러머버서어저고노도로모보소오조구누두루무부수우주바사아자배하허호국합육해공]"
)
_REGION = "서울|부산|대구|인천|광주|대전|울산|세종|경기|강원|충북|충남|전북|전남|경북|경남|제주"
_AMOUNT = r"(?!\s?(?:년|원|명|개|만|천|억|호|번|세대|가구|평|점|장|매|건|회))"
_WRITTEN = anchored(
    rf"(?:(?P<region>{_REGION})\s?)?(?<![0-9])(?:\d{{2,3}}|(?(region)\d|(?!)))(?P<gap>\s?){_LETTER}\s?\d{{4}}(?![0-9]){_AMOUNT}",
    r"\d{4}",
    15,
)
# A motorcycle's plate names the district: «부산 해운대 가 1234».
_MOTORCYCLE = anchored(
    rf"(?:(?:{_REGION})\s)?(?<![가-힣])(?:{'|'.join(sorted(DISTRICTS))})구?\s{_LETTER}\s?\d{{4}}(?![0-9]){_AMOUNT}",
    r"\d{4}",
    20,
)
_BIKE = re.compile(r"오토바이|바이크|이륜차|스쿠터|번호판|번호")
_DIGIT = "[일이삼사오육칠팔구공영]"
_SPOKEN = re.compile(rf"(?<![가-힣])(?:{_DIGIT}|십){{2,4}}\s?{_LETTER}\s?에?\s?{_DIGIT}{{4}}")


def find_plates(text: str) -> Iterator[Find]:
    """Yield number plates in ``text``; finds may overlap."""
    for match in _WRITTEN.finditer(text):
        # «12 가 3456» may be anything unless somebody speaks of a car.
        tells = match["region"] or not match["gap"]
        if (
            tells
            or said_before(text, match.start(), _CAR, 30)
            or said_after(text, match.end(), _CAR, 20)
        ):
            yield Find(*match.span(), "plate", "차량번호의 꼴")
    for match in _SPOKEN.finditer(text):
        said = said_before(text, match.start(), _CAR, 30) or said_after(text, match.end(), _CAR, 20)
        if said:
            yield Find(*match.span(), "plate", f"«{said.strip()}» 곁의 번호")
    for match in _MOTORCYCLE.finditer(text):
        if said_before(text, match.start(), _BIKE, 30) or said_after(text, match.end(), _BIKE, 20):
            yield Find(*match.span(), "plate", "이륜차 번호의 꼴")
