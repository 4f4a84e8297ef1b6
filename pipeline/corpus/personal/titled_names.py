"""Names by their title: «김철수 선생님», «철수 씨», «이 팀장», «순자 언니», «응우옌 티 흐엉 씨»."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pipeline.corpus.personal.anchored import anchored
from pipeline.corpus.personal.finds import Find
from pipeline.corpus.personal.lexicon import (
    BODY_ENDINGS,
    COMMON_GIVEN_NAMES,
    COMMON_SURNAMES,
    HONORIFICS,
    KIN,
    LONG_SURNAMES,
    NOT_BEFORE_TITLES,
    NOT_NAMES,
    NOUN_NAMES,
    PARTS_OF_FIRMS,
    PLACE_ENDINGS,
    ROLES,
    SURNAMES,
    TITLES,
    VIETNAMESE_SURNAMES,
    WORDS_WITH_TITLES,
    has_final_consonant,
    is_full_name,
    is_given_name,
)
from pipeline.corpus.personal.surnames import is_surname
from pipeline.corpus.personal.tokens import Token, Tokens, Word

_WORD_BEFORE = re.compile(r"([가-힣]{1,12}|[A-Z][a-z]{1,15})([ \t]{0,2})\Z")
_LONGEST_WORD = 18
_VIETNAMESE = re.compile(rf"(?:{'|'.join(sorted(VIETNAMESE_SURNAMES))})(?: [가-힣]{{1,4}}){{1,3}}$")
_LONGEST_NAME = 20
_TITLE_TAGS = frozenset({"NNG", "NNB", "NNP", "XSN"})
_AFTER_A_TITLE = ("J", "VCP", "S", "XSN", "IC", "VCN", "W")
_FOREIGN_PARTS = 3
_LONGEST_FOREIGN = 6
# «김모 씨», «이 아무개 씨»: the speaker has left the name out.
_NAMELESS = re.compile(r"[가-힣]모|[가-힣]?(?:아무개|모모)|[가-힣]?(?:땡땡|모씨)")
# «한 분이 언니는 …»: somebody, not Miss 분이.
_SOMEBODY = re.compile(r"(?<![가-힣])(?:[한두세네몇그이저]|어느|다른|여러|어떤) ?\Z")
# «유**은 원장이»: somebody has blanked the name already.
_BLANKED = frozenset("*○〇●×□■")
# «경기 도지사»: whoever governs a place is called by it.
_GOVERNS = frozenset(
    {"도지사", "시장", "군수", "구청장", "동장", "면장", "읍장", "교육감", "시의원", "도의원"}
)
_NUMBERS = frozenset({"한두", "두세", "서너", "세네", "네댓"})
_NO_NAMES = (NOT_BEFORE_TITLES | TITLES) - SURNAMES
_NEVER_NAMES = NOT_NAMES - NOUN_NAMES
_GIVEN_AND_NO_NOUNS = COMMON_GIVEN_NAMES - NOUN_NAMES
_PLAIN_TITLES = KIN | {"씨", "여사"}
_PARTICLES = frozenset("은는을를에의로와과도")
# What belongs to a clause, not to a name.
_SENTENCE_TAGS = ("V", "E", "J", "NP", "MM", "XSV", "XSA")


# «유 뭐시기»: who has forgotten the name still says the surname.
_FORGOTTEN = anchored(
    rf"(?<![가-힣])(?:{'|'.join(sorted(SURNAMES | LONG_SURNAMES))})(?=\s?(?:뭐시기|머시기|뭐시깽이|모시기))",
    "[뭐머모]시[기깽]",
    3,
)


def find_titled(text: str, tokens: Tokens) -> Iterator[Find]:
    """Yield the names that stand before a title."""
    for match in _FORGOTTEN.finditer(text):
        yield Find(*match.span(), "name", "이름을 잊은 성")
    for place in tokens.places(_may_be_title):
        title = tokens[place]
        if not _is_used_as_title(tokens.following(place, 3), title):
            continue
        before = _WORD_BEFORE.search(text, max(0, title.start - _LONGEST_WORD), title.start)
        if before is None or _begins_earlier(text, before.start()):
            continue
        start, end = before.span(1)
        vietnamese = _VIETNAMESE.search(text, max(0, end - _LONGEST_NAME), end)
        if vietnamese is not None and not _begins_earlier(text, vietnamese.start()):
            yield Find(*vietnamese.span(), "name", f"«{title.form}» 앞의 이름")
            continue
        length = _name_length(text, tokens.inside(start, end), text[start:end], title)
        if length:
            korean = length < end - start or length == 1 or _is_made_like_a_name(text[start:end])
            first = start if korean else _foreign_start(text, tokens, start)
            yield Find(first, start + length, "name", f"«{title.form}» 앞의 이름")


def _may_be_title(word: Word) -> bool:
    return word.form in TITLES and word.tag in _TITLE_TAGS


def _is_made_like_a_name(word: str) -> bool:
    return is_full_name(word) or is_given_name(word)


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
    return before.isalnum() or before in _BLANKED


def _name_length(text: str, inside: Sequence[Token], word: str, title: Token) -> int:
    """Return how many code points of ``word`` are a name; 0 if it is none."""
    # «양» and «군» are titles and surnames.
    if not inside or word in _NO_NAMES or _names_nobody(text, inside[0].start, word, title):
        return 0
    if word[0] in COMMON_SURNAMES and word[1:] in ROLES:
        return int(word not in WORDS_WITH_TITLES)
    if "A" <= word[0] <= "Z":
        return len(word)
    if len(word) == 1 or word in LONG_SURNAMES:
        named = is_surname(text, inside[0], title) or _is_a_short_given_name(inside[0], title)
        return len(word) if named else 0
    name = _without_diminutive(inside, word) or word
    return len(name) if name != word or _is_name(inside, word, title) else 0


def _names_nobody(text: str, start: int, word: str, title: Token) -> bool:
    """Tell who is left nameless, «한 분이 언니는», «경기 도지사», «대곶면장님»."""
    return bool(
        _NAMELESS.fullmatch(word)
        or (word == "분이" and _SOMEBODY.search(text, max(0, start - 4), start))
        or (word in NOT_NAMES and title.form in _GOVERNS)
        or _ends_in_a_role(word)
    )


def _ends_in_a_role(word: str) -> bool:
    """Tell «대곶면장님»: what is before a role within a word is longer than a surname."""
    return any(word[cut:] in ROLES for cut in range(2, len(word) - 1))


def _is_a_short_given_name(token: Token, title: Token) -> bool:
    """Tell «란 씨» by the title, said of nothing but persons and apart from the word before."""
    apart = token.end < title.start and (title.form, title.tag) == ("씨", "NNB")
    return apart and token.form not in SURNAMES and token.tag in {"NNG", "NNP"}


def _without_diminutive(inside: Sequence[Token], word: str) -> str:
    """Return «하윤» of «하윤이», and «» for what is no name with a diminutive."""
    name = word.removesuffix("이")
    if len(word) != 3 or not is_given_name(name) or not has_final_consonant(name[-1]):
        return ""
    whole = inside[0].form == word and inside[0].tag == "NNP"
    # «국민이 검사에게»: of what Kiwi knows as another word only names in use are believed.
    proper = inside[0].tag == "NNP" or name in COMMON_GIVEN_NAMES | NOUN_NAMES
    parted = proper and len(inside) > 1 and inside[-1].form == "이"
    return name if whole or parted else ""


def _is_name(inside: Sequence[Token], word: str, title: Token) -> bool:
    """Tell whether ``word``, of two syllables or more, is a name that goes with ``title``."""
    tags = [token.tag for token in inside]
    if _is_plainly_named(word, title) or _is_called_so(inside, word, title):
        return True
    if tags == ["MM", "MM"] and title.form in KIN and word not in _NUMBERS:
        return is_given_name(word)  # «석구 아재», read as numerals
    if word[0] in COMMON_SURNAMES and tags[0] == "MM":
        tags = tags[1:]  # «이순임», read as «this Sun-im»
    if word in _NEVER_NAMES or any(tag.startswith(_SENTENCE_TAGS) for tag in tags):
        return False
    if title.form in {"군", "양"} and title.tag != "NNB":
        return False
    if len(inside) == 1 and tags != ["NNP"] and not inside[0].guessed:
        named = word in NOUN_NAMES and _suits_a_given_name(title)
    elif is_full_name(word):
        named = "NNP" in tags or not _is_part_of_a_firm(inside, word)
        named = named and not (_is_a_place(inside, word) or _has_a_prefix(inside))
    elif is_given_name(word):
        named = tags == ["NNP"] or _suits_a_given_name(title)
    else:
        named = _is_foreign(inside, word) and title.form in HONORIFICS | KIN
    return named


def _is_plainly_named(word: str, title: Token) -> bool:
    """Tell a name by its letters and a title said of nothing but persons: «김순옥 씨», «준영 아빠».

    Kiwi may read such letters as a clause (김 + 순 + 옥, 주 + ㄴ + 영).
    """
    if (title.form, title.tag) == ("씨", "NNB") and is_full_name(word):
        return True
    return title.form in _PLAIN_TITLES and word in _GIVEN_AND_NO_NOUNS


def _is_called_so(inside: Sequence[Token], word: str, title: Token) -> bool:
    """Tell «아이구리 씨» and «한결 님» by a title set apart, said of nothing but persons."""
    apart = inside[-1].end < title.start
    if title.form == "님":
        return apart and word in NOUN_NAMES and len(inside) == 1
    nominal = all(token.tag.startswith(("NN", "IC", "XR")) for token in inside)
    return (
        apart
        and (title.form, title.tag) == ("씨", "NNB")
        and _FOREIGN_PARTS <= len(word) <= _LONGEST_FOREIGN
        and nominal
        and (len(inside) > 1 or inside[0].guessed)
        and not word.endswith(BODY_ENDINGS)
    )


def _is_part_of_a_firm(inside: Sequence[Token], word: str) -> bool:
    """Tell «안전팀 팀장» by what is set apart at its end."""
    return len(inside[-1].form) == 1 and word[-1] in PARTS_OF_FIRMS


def _is_a_place(inside: Sequence[Token], word: str) -> bool:
    """Tell «고양시 대표» and «서초동 변호사» from «이성구 팀장»."""
    known = len(inside) == 1 and not inside[0].guessed
    return known and word[-1] in PLACE_ENDINGS and word[1:] not in COMMON_GIVEN_NAMES


def _has_a_prefix(inside: Sequence[Token]) -> bool:
    """Tell «소기업 대표» by its 소-."""
    tags = [token.tag for token in inside]
    return tags == ["XPN", "NNG"] and inside[-1].form not in COMMON_GIVEN_NAMES


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
        inside = tokens.inside(end, end + len(word))
        proper = any(token.tag == "NNP" for token in inside) and not any(
            token.tag.startswith(("J", "V", "E")) for token in inside
        )
        if (
            proper
            and (len(word) > 1 or inside[0].tag == "NNP")
            and word[-1] not in _PARTICLES
            and not is_full_name(word)
            and not _holds_a_place(inside)
        ):
            first = end
    return first
