"""Names by their title: «김철수 선생님», «철수 씨», «이 팀장», «순자 언니», «응우옌 티 흐엉 씨»."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pipeline.corpus.personal.finds import Find
from pipeline.corpus.personal.lexicon import (
    AMBIGUOUS_SURNAMES,
    BODY_ENDINGS,
    HONORIFICS,
    KIN,
    LONG_SURNAMES,
    NOT_BEFORE_TITLES,
    NOT_NAMES,
    NOUN_NAMES,
    PARTS_OF_FIRMS,
    ROLES,
    SURNAMES,
    TITLES,
    VIETNAMESE_SURNAMES,
    has_final_consonant,
    is_full_name,
    is_given_name,
)
from pipeline.corpus.personal.tokens import Token, Tokens

_WORD_BEFORE = re.compile(r"([가-힣]{1,12}|[A-Z][a-z]{1,15})([ \t]{0,2})$")
_LONGEST_WORD = 18
_TITLE_TAGS = frozenset({"NNG", "NNB", "NNP", "XSN"})
_AFTER_A_TITLE = ("J", "VCP", "S", "XSN", "IC", "VCN", "W")
_FOREIGN_PARTS = 3
_LONGEST_FOREIGN = 6
# A role said to somebody or of somebody: «이 팀장님», «이 팀장이», not «이 사장 하시는 분».
_ADDRESSED = re.compile(r"님|[이가은는을를도과와의]|한테|에게|께|하고|네")
# What belongs to a clause, not to a name.
_SENTENCE_TAGS = ("V", "E", "J", "NP", "MM", "XSV", "XSA")

# «김 씨네 가게», «이씨 집안»: a family, not a person.
_FAMILY = re.compile(r"네|\s?(?:집안|가문|문중|종친|성)")
# «양 팀장이 다 모여서», «이 팀장이 아니라 그 팀장이», «이 대표라는 사람»: no surnames.
_NO_SURNAME = {
    "양": re.compile(r"[^.\n]{0,6}(?:다|모두|서로|둘|같이|모여|합의)\s?"),
    "이": re.compile(r"님?(?:[^.\n]{0,6}아니라|,?\s?[그저]\s|라는|[^.\n]{0,4}\s[저그]\s)"),
    "한": re.compile(r"[^.\n]{0,16}(?:다른|또|한)\s"),
    "모": re.compile(r""),
    "그": re.compile(r""),
}
_THEN_AND_NOW = re.compile(r"[^.\n]{0,20}(?:지금|현재|새로|다음|이번|후임|임기|옛)")
_FORMER_OR_CURRENT = frozenset("전 현 신 구".split())


def find_titled(text: str, tokens: Tokens) -> Iterator[Find]:
    """Yield the names that stand before a title."""
    for place, title in enumerate(tokens.all):
        if title.form not in TITLES or title.tag not in _TITLE_TAGS:
            continue
        if not _is_used_as_title(tokens.all[place + 1 : place + 4], title):
            continue
        before = _WORD_BEFORE.search(text, max(0, title.start - _LONGEST_WORD), title.start)
        if before is None or _begins_earlier(text, before.start()):
            continue
        start, end = before.span(1)
        length = _name_length(text, tokens.inside(start, end), text[start:end], title)
        if length:
            first = _foreign_start(text, tokens, start) if length == end - start else start
            yield Find(first, start + length, "name", f"«{title.form}» 앞의 이름")


def _is_used_as_title(following: Sequence[Token], title: Token) -> bool:
    """Tell «기사님이» from «기사화했다» by what is attached to the title."""
    end = title.end
    for token in following:
        if token.start != end:
            break
        if not token.tag.startswith(_AFTER_A_TITLE):
            return False
        if token.form == "님" or not token.tag.startswith("XSN"):
            break
        end = token.end
    return True


def _begins_earlier(text: str, start: int) -> bool:
    before = text[start - 1 : start] if start else ""
    return before.isalnum()


def _name_length(text: str, inside: Sequence[Token], word: str, title: Token) -> int:
    """Return how many code points of ``word`` are a name; 0 if it is none."""
    if not inside or word in NOT_BEFORE_TITLES or word in TITLES:
        return 0
    if "A" <= word[0] <= "Z":
        return len(word) if title.form not in KIN or len(word) > 2 else 0
    if len(word) == 1 or word in LONG_SURNAMES:
        return len(word) if _is_surname(text, inside[0], word, title) else 0
    diminutive = _without_diminutive(inside, word)
    if diminutive:
        return len(diminutive)
    return len(word) if _is_name(inside, word, title) else 0


def _is_surname(text: str, token: Token, word: str, title: Token) -> bool:
    attached = token.end == title.start
    if title.form in KIN or (title.form == "님") or not ({word} & (SURNAMES | LONG_SURNAMES)):
        return token.tag == "NNP" and title.form in KIN and word not in SURNAMES | NOT_NAMES
    after = text[title.end : title.end + 30]
    if after.removeprefix("님").startswith("들"):
        return False
    if title.form == "씨":
        return token.tag == "NNP" and not _FAMILY.match(after)
    if title.form in {"군", "양"}:
        return token.tag == "NNP" and title.tag == "NNB"
    denied = _NO_SURNAME.get(word)
    if (denied and denied.match(after)) or (
        word in _FORMER_OR_CURRENT and _THEN_AND_NOW.match(after)
    ):
        return False
    if word == "이":
        return title.form in ROLES and bool(token.tag == "NNP" or _ADDRESSED.match(after))
    if attached or word in AMBIGUOUS_SURNAMES:
        return token.tag == "NNP"
    return not token.tag.startswith(("V", "E", "J"))


def _without_diminutive(inside: Sequence[Token], word: str) -> str:
    """Return «하윤» of «하윤이», and «» for what is no name with a diminutive."""
    name = word.removesuffix("이")
    if len(word) != 3 or not is_given_name(name) or not has_final_consonant(name[-1]):
        return ""
    whole = inside[0].form == word and inside[0].tag == "NNP"
    parted = len(inside) > 1 and inside[-1].form == "이" and inside[0].tag in {"NNP", "NNG", "MAG"}
    return name if whole or parted else ""


def _is_name(inside: Sequence[Token], word: str, title: Token) -> bool:
    if word in NOT_NAMES and word not in NOUN_NAMES:
        return False
    tags = [token.tag for token in inside]
    if any(tag.startswith(_SENTENCE_TAGS) for tag in tags):
        return False
    if len(inside) == 1 and tags[0] != "NNP":
        return word in NOUN_NAMES and _suits_a_given_name(title)
    if title.form in {"군", "양"} and title.tag != "NNB":
        return False
    if is_full_name(word):
        return "NNP" in tags or not (len(inside[-1].form) == 1 and word[-1] in PARTS_OF_FIRMS)
    if is_given_name(word):
        return tags == ["NNP"] or _suits_a_given_name(title)
    return _is_foreign(inside, word) and title.form in HONORIFICS | KIN


def _is_foreign(inside: Sequence[Token], word: str) -> bool:
    """Tell whether ``word`` is a proper noun not made like a Korean name: «나탈리아»."""
    return (
        len(word) <= _LONGEST_FOREIGN
        and any(token.tag == "NNP" for token in inside)
        and not any(token.tag == "NNG" and len(token.form) > 1 for token in inside)
        and not word.endswith(BODY_ENDINGS)
        and not _holds_a_place(inside)
    )


def _holds_a_place(inside: Sequence[Token]) -> bool:
    return any(token.form in NOT_NAMES for token in inside)


def _suits_a_given_name(title: Token) -> bool:
    """Tell whether one says the title after a given name: «미숙 언니», hardly «미숙 과장»."""
    return title.form in KIN or title.form in {"씨", "선생", "쌤", "샘", "여사", "어르신"}


def _foreign_start(text: str, tokens: Tokens, start: int) -> int:
    """Return where a name of several words begins: «응우옌 티 흐엉», «안나 마리아»."""
    first = end = start
    for _ in range(_FOREIGN_PARTS):
        before = _WORD_BEFORE.search(text, max(0, end - _LONGEST_WORD), end)
        if before is None or not before[2] or _begins_earlier(text, before.start()):
            return first
        end = before.start()
        word = before[1]
        if word in VIETNAMESE_SURNAMES:
            return end
        inside = tokens.inside(end, end + len(word))
        proper = any(token.tag == "NNP" for token in inside) and not any(
            token.tag.startswith(("J", "V", "E")) for token in inside
        )
        if proper and len(word) > 1 and not is_full_name(word) and not _holds_a_place(inside):
            first = end
    return first
