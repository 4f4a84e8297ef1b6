"""The initial consonants (초성) of Korean words, by which one types to find them."""

from __future__ import annotations

_FIRST, _LAST = "가", "힣"
_SYLLABLES_OF_AN_INITIAL = 588
_INITIALS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"


def initials_of(text: str) -> str:
    """Return ``text`` with every syllable replaced by its initial: «호혜정신» gives «ㅎㅎㅈㅅ»."""
    return "".join(_initial(sign) for sign in text)


def _initial(sign: str) -> str:
    if not _FIRST <= sign <= _LAST:
        return sign
    return _INITIALS[(ord(sign) - ord(_FIRST)) // _SYLLABLES_OF_AN_INITIAL]
