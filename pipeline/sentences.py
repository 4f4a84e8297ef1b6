"""What sentences for people are put together with: Korean particles (조사), figures as papers print.

Imported by all, as ``errors`` is.
"""

from __future__ import annotations

import errno
from typing import Literal

Sound = Literal["vowel", "rieul", "consonant"]
# The form after a consonant names the particle.
Particle = Literal["이", "은", "을", "과", "으로", "이라고", "이라는"]

_AFTER_A_VOWEL: dict[Particle, str] = {
    "이": "가", "은": "는", "을": "를", "과": "와", "으로": "로", "이라고": "라고", "이라는": "라는",
}  # fmt: skip
_UNTOLD: dict[Particle, str] = {
    "이": "이(가)", "은": "은(는)", "을": "을(를)", "과": "와(과)", "으로": "(으)로",
    "이라고": "(이)라고", "이라는": "(이)라는",
}  # fmt: skip
# How a number read aloud ends: 영, 일, 이, 삼, 사, 오, 육, 칠, 팔, 구.
_DIGIT_ENDS: dict[str, Sound] = {
    "0": "consonant", "1": "rieul", "2": "vowel", "3": "consonant", "4": "vowel", "5": "vowel",
    "6": "consonant", "7": "rieul", "8": "rieul", "9": "vowel",
}  # fmt: skip
# Of letters read by their names, those that do not end in a vowel: 엘, 엠, 엔, 알.
_LETTER_ENDS: dict[str, Sound] = {
    "L": "rieul", "M": "consonant", "N": "consonant", "R": "rieul",
}  # fmt: skip
_RIEUL = 8
# What systems say only in English, or in words of their own.
_WHY_NOT = {
    errno.ENOENT: "그런 파일이 없음",
    errno.EISDIR: "폴더임",
    errno.ENOTDIR: "폴더가 아님",
    errno.EACCES: "권한이 없음",
    errno.EPERM: "권한이 없음",
    errno.ENOSPC: "남은 용량이 없음",
    errno.EROFS: "읽기만 되는 곳임",
    errno.ENAMETOOLONG: "이름이 너무 김",
    errno.EADDRINUSE: "다른 프로그램이 쓰고 있음",
    errno.EADDRNOTAVAIL: "이 컴퓨터의 주소가 아님",
}
_CLOSERS = "]》»)”’\"'"


def last_sound(word: str) -> Sound | None:
    """Return how ``word`` ends when read aloud; ``None`` where its letters do not tell (Latin)."""
    last = word.rstrip(_CLOSERS)[-1:]
    if last in _DIGIT_ENDS:
        return _DIGIT_ENDS[last]
    if not "가" <= last <= "힣":
        return None
    final = (ord(last) - ord("가")) % 28
    if final == _RIEUL:
        return "rieul"
    return "consonant" if final else "vowel"


def particle(word: str, wanted: Particle) -> str:
    """Return the form of a particle after ``word``: 이 or 가; «이(가)» where nobody can tell.

    ``wanted`` is its form after a consonant. Capitals are read letter by letter (NNG, A).
    """
    sound = last_sound(word) or _last_letter(word)
    if sound is None:
        return _UNTOLD[wanted]
    if sound == "vowel" or (sound == "rieul" and wanted == "으로"):
        return _AFTER_A_VOWEL[wanted]
    return wanted


def _last_letter(word: str) -> Sound | None:
    letters = word.rstrip(_CLOSERS).split(" ")[-1]
    if not (letters.isascii() and letters.isalpha() and letters.isupper()):
        return None
    return _LETTER_ENDS.get(letters[-1], "vowel")


def short(number: float, decimals: int = 2) -> str:
    """Return a number without the zero before its point, as tables of statistics have it."""
    text = f"{number:.{decimals}f}".replace("-", "−")
    if float(text.replace("−", "-")) == 0:
        return "0"
    return text.replace("0.", ".", 1) if text.lstrip("−").startswith("0.") else text


def short_p(p_value: float) -> str:
    """Return a p value as it is printed in a paper: three decimals, or «< .001»."""
    return "< .001" if p_value < 0.001 else short(p_value, 3)


def why_not(error: OSError) -> str:
    """Return in Korean why the system refused; what it said itself where that is unusual."""
    return _WHY_NOT.get(error.errno or 0) or error.strerror or type(error).__name__
