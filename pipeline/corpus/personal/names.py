"""Names of persons: by surname and title, by Kiwi's proper nouns, by how people are introduced.

A find is the name alone: «철수» of «철수 씨», «이» of «이 팀장», «지훈» of «지훈이가».
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pipeline.corpus.personal.bare_names import find_bare
from pipeline.corpus.personal.finds import Find
from pipeline.corpus.personal.foreign_names import find_foreign
from pipeline.corpus.personal.known_names import KnownNames
from pipeline.corpus.personal.lexicon import (
    COMMON_GIVEN_NAMES,
    COMMON_SURNAMES,
    FOREIGN_NAMES,
    KIN,
    NOT_NAMES,
    NOUN_NAMES,
    PLACE_ENDINGS,
    ROLES,
    TITLES,
    has_final_consonant,
    is_amount,
    is_full_name,
    is_given_name,
)
from pipeline.corpus.personal.likeness import Likeness, likeness
from pipeline.corpus.personal.shaped_names import AFTER_A_NAME, find_shaped
from pipeline.corpus.personal.titled_names import find_titled
from pipeline.corpus.personal.tokens import Token, Tokens, Word, is_proper_or_guessed

_LONGEST_NAME = 5
# What is less like a name is looked for again from this length on.
_LONG_ENOUGH = 3
_WORD = re.compile(r"[가-힣]+|[A-Za-z]+")
_LABEL = re.compile(r"(?m)^[ \t○●◯*\[(]{0,4}([가-힣]{2,4})[ \t]{0,2}[*\])]{0,3}[ \t]?[:：]")
_KIN_AFTER = re.compile(rf"(?:{'|'.join(sorted(KIN, key=lambda kin: (-len(kin), kin)))})$")
_SENTENCE_TAGS = ("V", "E", "J", "NP", "MM", "XSV", "XSA", "XPN", "XSN")


def find_names(text: str, tokens: Tokens, known: KnownNames) -> Iterator[Find]:
    """Yield the names of persons in ``text``; finds may overlap.

    A name found once is found wherever it stands in the same text.
    """
    found = [
        *find_titled(text, tokens),
        *_proper_nouns(text, tokens),
        *_labels(text),
        *find_shaped(text, tokens),
        *find_bare(text, tokens),
        *find_foreign(text, tokens),
    ]
    yield from found
    yield from _known(text, tokens, known.forms)
    names = {text[find.start : find.end] for find in found}
    given = {name[1:] for name in names if is_full_name(name) and is_given_name(name[1:])}
    yield from _again(text, tokens, names | given)


def _proper_nouns(text: str, tokens: Tokens) -> Iterator[Find]:
    before_diminutives = (place - 1 for place in tokens.places(_is_diminutive) if place)
    for place in {*tokens.places(is_proper_or_guessed), *before_diminutives}:
        token, after = tokens[place], next(iter(tokens.following(place, 1)), None)
        attached = after if after is not None and after.start == token.end else None
        name = _bare_name(token, attached)
        if name is None:
            continue
        start = token.start - _surname_before(text, token.start, name)
        if start < token.start or not _is_hangul(text, start - 1):
            yield Find(start, token.start + len(name), "name", "사람 이름인 고유명사")


def _is_diminutive(word: Word | Token) -> bool:
    return word.form == "이" and word.tag == "XSN"


def _surname_before(text: str, start: int, given: str) -> int:
    """Return 1 where Kiwi has parted a surname from the name at ``start``: «이|순임»."""
    if not _is_hangul(text, start - 1) or _is_hangul(text, start - 2):
        return 0
    return int(is_full_name(text[start - 1] + given))


def _is_hangul(text: str, place: int) -> bool:
    return place >= 0 and "가" <= text[place] <= "힣"


def _bare_name(token: Token, attached: Token | None) -> str | None:
    form = token.form
    if attached is not None and _is_diminutive(attached):
        made_so = is_given_name(form) or is_full_name(form)
        return form if made_so and has_final_consonant(form[-1]) else None
    if token.guessed:
        called_kin = _KIN_AFTER.sub("", form)
        if called_kin != form and called_kin in COMMON_GIVEN_NAMES:
            return called_kin
    return form if token.tag == "NNP" and form in FOREIGN_NAMES else _korean_name(token, attached)


def _korean_name(token: Token, attached: Token | None) -> str | None:
    form = token.form
    likely = token.guessed and is_full_name(form) and form[-2:] in COMMON_GIVEN_NAMES
    if (
        not (token.tag == "NNP" or likely)
        or form in NOT_NAMES
        or token.end - token.start != len(form)
    ):
        return None
    if form[0] in COMMON_SURNAMES and form[1:] in ROLES:
        return form[0]
    if attached is not None and attached.tag in {"NNG", "NNP", "XSV", "NNB"}:
        return None
    if form.endswith("이") and form[:-1] in COMMON_GIVEN_NAMES and has_final_consonant(form[-2]):
        return form[:-1]
    called = attached is not None and attached.tag == "JKV" and is_given_name(form)
    return form if called or _is_made_like_a_name(form) else None


def _is_made_like_a_name(word: str) -> bool:
    return word in COMMON_GIVEN_NAMES or (is_full_name(word) and word[-1] not in PLACE_ENDINGS)


def _is_no_phrase(inside: Sequence[Token], stop: int) -> bool:
    """Tell whether the tokens before ``stop`` end there and hold no verb or particle.

    One known noun is no name either.
    """
    within = [token for token in inside if token.start < stop]
    if not within:
        return False
    last = within[-1]
    ends = last.end == stop or (last.guessed and last.form.endswith("이") and last.end == stop + 1)
    return (
        ends
        and not any(token.tag.startswith(_SENTENCE_TAGS) for token in within)
        and (len(within) > 1 or within[0].tag == "NNP" or within[0].guessed)
    )


def _labels(text: str) -> Iterator[Find]:
    for match in _LABEL.finditer(text):
        if is_full_name(match[1]) and match[1] not in TITLES | NOT_NAMES:
            yield Find(*match.span(1), "name", "화자 표시")


def _known(text: str, tokens: Tokens, names: frozenset[str]) -> Iterator[Find]:
    """Yield where ``names`` stand at the head of a word, with nothing but a particle after them."""
    joined = {name for name in names if _WORD.fullmatch(name)}
    for start, end in _heads(text, joined):
        inside = tokens.inside(start, end)
        as_noun = len(inside) == 1 and inside[0].tag != "NNP" and not inside[0].guessed
        if not (as_noun and text[start:end] in NOUN_NAMES | NOT_NAMES):
            yield Find(start, end, "name", "연구의 이름 목록")
    for name in sorted(names - joined):
        pattern = rf"(?<![가-힣A-Za-z]){re.escape(name)}(?![A-Za-z])"
        for match in re.finditer(pattern, text):
            yield Find(*match.span(), "name", "연구의 이름 목록")


def _again(text: str, tokens: Tokens, names: set[str]) -> Iterator[Find]:
    """Yield where names found once stand again and Kiwi has not seen a known word there."""
    for start, end in _heads(text, {name for name in names if _stays_a_name(name)}):
        inside = tokens.inside(start, end)
        if inside and _is_no_phrase(inside, end):
            yield Find(start, end, "name", "앞에서 찾은 이름")


def _stays_a_name(name: str) -> bool:
    """Tell whether ``name`` may be looked for everywhere: not what is a word elsewhere."""
    alike = likeness(name)
    if is_amount(name) or (alike < Likeness.LIKELY and len(name) < _LONG_ENOUGH):
        return False
    return bool(alike) or name not in NOT_NAMES


def _heads(text: str, names: set[str]) -> Iterator[tuple[int, int]]:
    """Yield where one of ``names``, the longest, stands at the head of a word."""
    if not names:
        return
    longest = max(map(len, names))
    heads = re.compile("|".join(sorted({name[:2] for name in names})))
    for head in heads.finditer(text):
        start = head.start()
        before = _WORD.match(text, start - 1) if start else None
        match = _WORD.match(text, start)
        if match is None or (before is not None and before.end() > start):
            continue
        word = match.group()
        for length in range(min(longest, len(word)), 1, -1):
            rest = word[length:]
            if word[:length] in names and (not rest or AFTER_A_NAME.match(rest)):
                yield start, start + length
                break
