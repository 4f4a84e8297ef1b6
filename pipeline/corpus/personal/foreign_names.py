"""Names not made like Korean ones: «수레쉬가», «솔롱고한테», «이름은 BAYARMAA».

Nothing but the words around tells them from other words that Kiwi does not know.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pipeline.corpus.personal.finds import Find
from pipeline.corpus.personal.frames import IS_NAMED, names_a_stranger
from pipeline.corpus.personal.lexicon import (
    BODY_ENDINGS,
    FOREIGN_NAMES,
    NOT_BEFORE_TITLES,
    NOT_NAMES,
    PARTS_OF_FIRMS,
    PERSONS,
    TITLES,
)
from pipeline.corpus.personal.tokens import Token, Tokens, Word, is_proper_or_guessed

_LATIN = re.compile(r"[A-Z][A-Za-z]{1,19}(?:\s[A-Z][A-Za-z]{1,19}){0,3}")
_HANGUL = re.compile(r"(?<![가-힣A-Za-z0-9])[가-힣]{2,12}(?![가-힣])")
_AFTER = r"(?:이?(?:라[가-힣]{0,4}|에요|예요|고요?|여|야|에게|한테|랑|네)|인데요?|입니다|[이가은는을를도와과의]|하고|씨|님)?"
_LONGEST, _SHORTEST = 6, 2
_LISTED = NOT_NAMES | NOT_BEFORE_TITLES | TITLES | PERSONS
# What is said of somebody who has come here: a word unknown with one of these is a person.
_LIFE_HERE = re.compile(
    r"고향|한국|비자|월급|통역|결혼|본국|같은 방|우리 팀|동료|친구|걔가|걔는|그 나라|나라에서|공장|기숙사|시어머니|시집|남편|다쳤|다치|돌아갔|오래 있|일했|일해|일하"
)
_SUBJECT = re.compile(r"[이가은는도]\s|하고\s|이?랑\s")
_REACH = 24


def find_foreign(text: str, tokens: Tokens) -> Iterator[Find]:
    """Yield the names in ``text`` that are told by nothing but what is said around them."""
    for match in IS_NAMED.finditer(text):
        latin = _LATIN.match(text, match.end())
        if latin:
            yield Find(*latin.span(), "name", "«이름» 뒤의 이름")
            continue
        word = _HANGUL.match(text, match.end())
        if word:
            end = _end_of_name(text, word, tokens)
            if end is not None and not _is_a_word(text[word.start() : end]):
                yield Find(word.start(), end, "name", "«이름» 뒤의 이름")
    for place in tokens.places(_may_be_foreign):
        token = tokens[place]
        if _is_foreign(text, token):
            yield Find(token.start, token.end, "name", "외국 이름과 그 둘레의 말")


def _end_of_name(text: str, word: re.Match[str], tokens: Tokens) -> int | None:
    """Return where the nouns at the head of ``word`` end, if nothing but a particle follows."""
    inside = tokens.inside(*word.span())
    end = word.start()
    for token in inside:
        if not token.tag.startswith(("NN", "NR", "XPN", "XR", "MM", "SL")) or token.tag == "NNB":
            break
        end = token.end
    named = _SHORTEST <= end - word.start() <= _LONGEST and not _is_known(inside, end)
    return end if named and re.fullmatch(_AFTER, text[end : word.end()]) else None


def _is_known(inside: Sequence[Token], end: int) -> bool:
    """Tell whether the word is one known common noun: «이름은 비밀이에요»."""
    first = inside[0]
    return first.end == end and first.tag == "NNG" and not first.guessed and end - first.start < 3


def _is_a_word(name: str) -> bool:
    return name in _LISTED or name.endswith(BODY_ENDINGS) or name[-1] in PARTS_OF_FIRMS


def _may_be_foreign(word: Word) -> bool:
    long_enough = _SHORTEST <= len(word.form) <= _LONGEST
    return is_proper_or_guessed(word) and long_enough and not _is_a_word(word.form)


def _is_foreign(text: str, token: Token) -> bool:
    name = text[token.start : token.end]
    if name != token.form:
        return False
    before = text[token.start - 1 : token.start]
    if before.isalnum():
        return False
    if name in FOREIGN_NAMES or names_a_stranger(text, token.start, token.end):
        return True
    if not token.guessed:
        return False
    after = text[token.end : token.end + _REACH].partition("\n")[0]
    return len(name) > 2 and bool(_SUBJECT.match(after) and _LIFE_HERE.search(after))
