"""Korean particles (조사) that agree with the sound before them: «이름03은», «이름02는»."""

from __future__ import annotations

import re

from pipeline.corpus.personal.lexicon import KIN
from pipeline.sentences import Sound, last_sound

# After a consonant, after a vowel; the first that fits the text is taken.
_PAIRS = (
    ("으로", "로"), ("이라고", "라고"), ("이라는", "라는"), ("이라서", "라서"), ("이라도", "라도"), ("이라면", "라면"),
    ("이랑", "랑"), ("이란", "란"), ("이라", "라"), ("이나", "나"), ("이야", "야"), ("이에요", "예요"), ("이예요", "예요"),
    ("이었", "였"), ("이고", "고"), ("이요", "요"), ("이죠", "죠"), ("이지", "지"), ("이며", "며"), ("이면", "면"),
    ("이니까", "니까"), ("이든", "든"), ("이거든", "거든"), ("이잖", "잖"), ("은", "는"), ("이", "가"), ("을", "를"),
    ("과", "와"), ("아", "야"),
)  # fmt: skip
# After a vowel these forms are something else too («고», «지», «나»): they count as the copula or
# the particle only where the word ends so.
_ENDS_A_WORD = re.compile(r"요|서|써|부터|까지|만|도|는|[^가-힣]|$")
_ONE_SYLLABLE = re.compile(r"[요도만는서써의]|[^가-힣]|$")
# «지훈이가», «지훈이는»: the 이 of a name, kept after a consonant.
_DIMINUTIVE = re.compile(r"이(?=가|는|를|도|랑|네|한테|하고|의|만|에게|야|부터|까지|처럼|보다)")
_DIMINUTIVE_BEFORE_KIN = re.compile(rf"이(?=\s?(?:{'|'.join(sorted(KIN))}))")
# «민수야, 이리 와» calls somebody; «걔가 민수야.» says who it is.
_CALL = re.compile(r"[아야](?:[,!~ ]|$)")


def agreeing_particle(original: str, rest: str, replacement: str) -> tuple[str, str] | None:
    """Return the particle at the head of ``rest`` and what it becomes after ``replacement``.

    ``rest`` is what follows ``original`` in the text. ``None`` where nothing has to change.
    """
    before, after = last_sound(original), last_sound(replacement)
    if after is None:
        return None
    if before != "vowel" and (_DIMINUTIVE.match(rest) or _DIMINUTIVE_BEFORE_KIN.match(rest)):
        return _without_diminutive(rest, after)
    pairs = (("아", "야"), *_PAIRS) if _CALL.match(rest) else _PAIRS
    for closed, open_ in pairs:
        found = _found(before, closed, open_, rest)
        if found is not None:
            wanted = _wanted(closed, open_, after)
            return None if found == wanted else (found, wanted)
    return None


def _found(before: Sound | None, closed: str, open_: str, rest: str) -> str | None:
    """Return which of the two forms heads ``rest``, as the sound before allows."""
    if before == "vowel":
        forms = (open_,)
    elif before is None:
        forms = (closed, open_)
    elif before == "rieul" and closed == "으로":
        forms = (open_,)
    else:
        forms = (closed,)
    for form in forms:
        ending = _ENDS_A_WORD if len(form) > 1 or form in "고요지며면란든라나" else _ONE_SYLLABLE
        free = form in {
            "이었",
            "였",
            "이거든",
            "거든",
            "이잖",
            "잖",
            "이라고",
            "라고",
            "이라는",
            "라는",
        }
        if rest.startswith(form) and (free or ending.match(rest, len(form))):
            return form
    return None


def _wanted(closed: str, open_: str, after: Sound) -> str:
    if closed == "으로":
        return closed if after == "consonant" else open_
    return open_ if after == "vowel" else closed


def _without_diminutive(rest: str, after: Sound) -> tuple[str, str] | None:
    """Return 이 with what follows, left out after a vowel: «지훈이가» → «이름02가»."""
    if after != "vowel":
        return None
    return (rest[:2], rest[1:2]) if _DIMINUTIVE.match(rest) else ("이", "")
