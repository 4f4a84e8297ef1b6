"""Surnames alone before a title: «이 팀장», and not «이 팀장이 아니라 그 팀장이».

Many surnames are words too: «이» is «this», «한» is «one», «전» is «former», «양» is «both».
"""

from __future__ import annotations

import re

from pipeline.corpus.personal.lexicon import (
    AMBIGUOUS_SURNAMES,
    KIN,
    LONG_SURNAMES,
    NOT_NAMES,
    ROLES,
    SURNAMES,
    WORDS_WITH_TITLES,
)
from pipeline.corpus.personal.tokens import Token

# «김 씨네 가게», «이씨 집안»: a family, not a person.
_FAMILY = re.compile(r"네|\s?(?:집안|가문|문중|종친|집성|성(?!이))")
# What is said after the title when the word before it is no surname.
_NO_SURNAME = {
    "양": re.compile(r"[^.\n]{0,6}(?:다|모두|서로|둘|같이|모여|합의)\s?"),
    "이": re.compile(r"님?(?:[^.\n]{0,6}아니라|,?\s?[그저]\s|이?라는|[^.\n]{0,4}\s[저그]\s)"),
    "한": re.compile(r"[^.\n]{0,16}(?:다른|또|한)\s"),
    "모": re.compile(r""),
    **dict.fromkeys(
        "전현신구", re.compile(r"[^.\n]{0,20}(?:지금|현재|새로|다음|이번|후임|임기|옛)")
    ),
}
# A role said to somebody or of somebody: «이 팀장님», «이 팀장이», not «이 사장 하시는 분».
_ADDRESSED = re.compile(r"님|[이가은는을를도과와의]|한테|에게|께|하고|네")
# «총무 명 씨는», not «감 씨는».
_OF_A_PERSON = re.compile(r"[가는]|한테|에게|께|하고|랑")
_SEEDS = AMBIGUOUS_SURNAMES | {"감", "배", "박", "호", "시"}
# Before a title with 님 these are more often «former», «now», «one», «this», «chief», «vice», «class».
_BEFORE_A_TITLE = frozenset("전현한이모주부간두갈온반위")
_FURTHEST = 30
# «어떻게 할 지 변호사 살 돈도»: whether, not Mr Ji.
_WHETHER = re.compile(r"[할될갈볼줄올쓸살일을] ?\Z")


def is_surname(text: str, token: Token, title: Token) -> bool:
    """Tell whether ``token``, one syllable or a long surname, is the name of who bears ``title``.

    ``token`` stands before ``title`` in ``text``, with or without a blank.
    """
    word, proper = text[token.start : token.start + len(token.form)], token.tag == "NNP"
    if word not in SURNAMES | LONG_SURNAMES:
        # «존 선생님»: short, but nobody's surname.
        return proper and title.form != "님" and word not in NOT_NAMES
    after = text[title.end : title.end + _FURTHEST]
    if _is_denied(word, title, after) or (
        word == "지" and _WHETHER.search(text, max(0, token.start - 2), token.start)
    ):
        return False
    if title.form in {"씨", "군", "양"}:
        said = proper or (title.form == "씨" and word not in _SEEDS and _OF_A_PERSON.match(after))
        return bool(said) and title.tag == "NNB" and not _FAMILY.match(after)
    if after.startswith("님") and word not in _BEFORE_A_TITLE:
        named = True
    elif word == "이":
        named = title.form in ROLES and (proper or _ADDRESSED.match(after) is not None)
    elif word in AMBIGUOUS_SURNAMES or token.end == title.start:
        named = proper
    else:
        named = not token.tag.startswith(("V", "E", "J"))
    return named


def _is_denied(word: str, title: Token, after: str) -> bool:
    """Tell whether the title, or what is said after it, makes ``word`` no surname."""
    if word + title.form in WORDS_WITH_TITLES or title.form in KIN or title.form == "님":
        return True
    denied = _NO_SURNAME.get(word)
    several = after.removeprefix("님").startswith("들")
    return several or (denied is not None and denied.match(after) is not None)
