"""Where a person is met on the network: e-mail, web addresses, handles."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.corpus.personal.anchored import anchored
from pipeline.corpus.personal.finds import Find, said_after, said_before

# Every repetition is bounded and starts at the head of a word: time stays linear.
_LABEL = r"[A-Za-z0-9-]{1,63}"
_LOCAL = r"(?<![A-Za-z0-9._%+-])[A-Za-z0-9._%+-]{1,64}"
_EMAIL = anchored(rf"{_LOCAL}@{_LABEL}(?:\.{_LABEL}){{1,6}}", "@", 64)
_DOT = r"\s?(?:\.|쩜|닷|점|도트)\s?"
_SPOKEN_TOP = r"(?:com|net|org|kr|co|or|go|ac|컴|넷|케이알|씨오|오알|지오|에이씨)"
# «엠 제이 공사이일 골뱅이»: letters and digits by their names, one by one.
_SPELLED = r"(?:(?:에이치?|비|씨|디|이|에프|지|아이|제이|케이|엘|엠|엔|오|피|큐|알|에스|티|유|브이|더블유|엑스|와이|제트|점|언더바)\s)"
_SPOKEN_EMAIL = anchored(
    rf"(?:(?<![가-힣]){_SPELLED}{{1,8}})?(?:(?<![A-Za-z0-9._%+-])[A-Za-z0-9._%+-]{{1,64}}|(?<![가-힣])[가-힣]{{1,20}})\s?(?:골뱅이|앳|@)\s?"
    rf"(?:[A-Za-z0-9-]{{1,40}}|[가-힣]{{1,12}}?)(?:{_DOT}{_SPOKEN_TOP}){{1,3}}",
    "골뱅이|앳|@",
    120,
)
# «골뱅이 다음 넷»: whose mail it is tells enough.
_PROVIDER_EMAIL = anchored(
    rf"(?:(?<![가-힣]){_SPELLED}{{1,8}})?(?:(?<![A-Za-z0-9._%+-])[A-Za-z0-9._%+-]{{1,64}}|(?<![가-힣])[가-힣]{{1,20}})\s?(?:골뱅이|앳)\s?"
    rf"(?:네이버|다음|한메일|지메일|구글|네이트|야후|핫메일|카카오|천리안|하나메일|아웃룩)(?:{_DOT}|\s)?(?:{_SPOKEN_TOP}(?:(?:{_DOT}|\s){_SPOKEN_TOP}){{0,2}})?",
    "골뱅이|앳",
    120,
)
_TOP = (
    "com|net|org|edu|gov|info|biz|kr|jp|cn|us|uk|de|me|io|be|gl|tv|app|dev|shop|store|site|online|"
    "blog|page|link|xyz|co|ly|im|ai"
)
_PATH = r"(?:[/?#][A-Za-z0-9._~:/?#\[\]@!$&()*+,;=%-]{0,2000})?"
_WITH_SCHEME = anchored(
    r"(?<![A-Za-z])(?:https?|ftp)://[A-Za-z0-9._~:/?#\[\]@!$&()*+,;=%-]{1,2000}", "://", 5
)
_BARE = anchored(
    rf"(?i)(?<![A-Za-z0-9@._%+-]){_LABEL}(?:\.{_LABEL}){{0,5}}\.(?:{_TOP})(?![A-Za-z0-9-]){_PATH}",
    rf"(?i)\.(?:{_TOP})(?![A-Za-z0-9-])",
    400,
)
_AT = anchored(r"(?<![A-Za-z0-9_.@])@(?:[A-Za-z0-9_][A-Za-z0-9_.-]{1,39}|[가-힣]{2,20})", "@", 0)
_WORD = re.compile(r"(?<![A-Za-z0-9_.@/-])[A-Za-z0-9][A-Za-z0-9_.-]{2,39}(?![A-Za-z0-9@])")
_ACCOUNT_OF = re.compile(
    r"아이디|계정|인스타(?:그램)?|카톡|카카오톡|텔레그램|트위터|페이스북|페북|라인|디스코드|페메|디엠|닉네임|\b(?:ID|Id)\b(?!\s?[=.])"
)
_MADE_UP = re.compile(r"[A-Za-z][A-Za-z.]*[_0-9]|[0-9_][A-Za-z]")
# «당근에서 수지동불주먹이라는 사람한테».
_NICKNAME = re.compile(
    r"(?:당근(?:마켓)?|중고나라|오픈채팅|카페|닉네임|아이디)(?:에서|에|은|는|이|가|으로|로)?\s(?P<name>[가-힣A-Za-z0-9_.]{2,20}?)(?=이?라는\s(?:사람|분|이용자|판매자|구매자|회원|아이디|닉))"
)
_ID = re.compile(r"아이디|계정|ID|Id")
_TRAILING = ".,;:!?)]-"


def find_contacts(text: str) -> Iterator[Find]:
    """Yield e-mail addresses, web addresses and handles in ``text``; finds may overlap."""
    for match in _EMAIL.finditer(text):
        yield _trimmed(match, "email", "전자우편의 꼴")
    for match in (*_SPOKEN_EMAIL.finditer(text), *_PROVIDER_EMAIL.finditer(text)):
        yield _trimmed(match, "email", "말로 부른 전자우편")
    for match in _WITH_SCHEME.finditer(text):
        yield _trimmed(match, "url", "웹주소의 꼴")
    for match in _BARE.finditer(text):
        yield _trimmed(match, "url", "웹주소의 꼴")
    for match in _AT.finditer(text):
        yield _trimmed(match, "handle", "@로 시작하는 계정")
    yield from _named_handles(text)
    yield from _nicknames(text)


def _named_handles(text: str) -> Iterator[Find]:
    for match in _WORD.finditer(text):
        word = match.group().rstrip(_TRAILING)
        said = said_before(text, match.start(), _ACCOUNT_OF, 14)
        said = said or (
            said_after(text, match.end(), _ACCOUNT_OF, 10)
            if "." in word.strip(".") or "_" in word
            else ""
        )
        if not said and _MADE_UP.match(word):
            said = said_before(text, match.start(), _ID, 40)
        looks_made_up = any(sign.isdigit() or sign in "_." for sign in word)
        if said and any(sign.isalpha() for sign in word) and (looks_made_up or _ID.search(said)):
            yield Find(match.start(), match.start() + len(word), "handle", f"«{said}» 뒤의 이름")


def _nicknames(text: str) -> Iterator[Find]:
    for match in _NICKNAME.finditer(text):
        yield Find(*match.span("name"), "handle", "누리집에서 쓰는 이름")


def _trimmed(match: re.Match[str], kind: str, reason: str) -> Find:
    """Return the find without the punctuation of the sentence it stands in."""
    return Find(match.start(), match.start() + len(match.group().rstrip(_TRAILING)), kind, reason)
