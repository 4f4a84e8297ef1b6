"""The study's words: the user dictionary and the stop words.

``dictionary.txt`` has an entry a line: the word, then optionally a tab and its tag
(NNG where none is given: an NNP would turn a following «배우고» into a noun). A line
«주민학교=주민기술학교» names synonyms: each is a word of the dictionary, and all are counted as
the last. Blanks in a word are of no account: «중간 지원 조직» is «중간지원조직», and either way of
saying it is met; a third column «붙임» (``joined``) says that the word is met written joined
only. ``stopwords.txt`` has ``form/TAG`` a line. ``#`` starts a comment in both.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

from pipeline.corpus.encoding import decode, freeze
from pipeline.errors import Problem, placed
from pipeline.sentences import particle

TAGS = frozenset(
    (
        *("NNG", "NNP", "NNB", "NR", "NP", "VV", "VA", "VX", "VCP", "VCN", "MM", "MAG", "MAJ"),
        *("IC", "XPN", "XSN", "XSV", "XSA", "XSM", "XR", "SL", "SH", "SN"),
    )
)


# The third column of a word that blanks inside make another («공구 함»).
_JOINED = frozenset(("붙임", "joined"))
_BLANK_INSIDE = re.compile(r"(?<=[가-힣]) +(?=[가-힣])")


@dataclass(frozen=True, slots=True)
class Entry:
    """A word of the user dictionary and its tag; ``joined``: never met with blanks inside."""

    form: str
    tag: str
    joined: bool = False


def without_blanks(form: str) -> str:
    """Return a word as the dictionary keeps it: «중간 지원 조직» as «중간지원조직»."""
    return _BLANK_INSIDE.sub("", form.strip())


def read_dictionary(path: Path, name: str) -> tuple[tuple[Entry, ...], tuple[Problem, ...]]:
    """Read the user dictionary at ``path``, called ``name`` in messages; bad lines are left out.

    Synonyms are entries, too, with the tag of their line unless they have a line of their own;
    what is wrong with them as synonyms is told by ``read_synonyms``.
    """
    entries: dict[str, Entry] = {}
    synonyms: list[Entry] = []
    problems: list[Problem] = []
    for number, line in _lines(path, name):
        form, tag, joined = _columns(line)
        if not form:
            problems.append(
                Problem(
                    "낱말이 없습니다. «낱말<탭>NNG»처럼 적으세요.",
                    "No word. Write «word<tab>NNG».",
                    name,
                    number,
                )
            )
        elif tag not in TAGS:
            problems.append(
                Problem(
                    f"품사 «{tag}»{particle(tag, '은')} 없습니다. «{form}<탭>NNG»처럼 적으세요.",
                    f"No such tag «{tag}». Write «{form}<tab>NNG».",
                    name,
                    number,
                )
            )
        elif "=" in form:
            synonyms += [Entry(word, tag, joined) for word in _synonyms(form) if word]
        elif form in entries:
            problems.append(
                Problem(
                    f"«{form}»{particle(form, '이')} 두 번 나옵니다. 앞의 것을 씁니다.",
                    f"«{form}» stands twice; the first is used.",
                    name,
                    number,
                    "warning",
                )
            )
        else:
            entries[form] = Entry(form, tag, joined)
    for entry in synonyms:
        entries.setdefault(entry.form, entry)
    return tuple(entries.values()), tuple(problems)


def read_synonyms(path: Path, name: str) -> tuple[Mapping[str, str], tuple[Problem, ...]]:
    """Read the lines «가=나=다» of the user dictionary at ``path``, called ``name`` in messages.

    Returns, for each word that is counted as another, that other: the end of its chain
    («가=나» and «나=다» count 가 and 나 as 다). A line that says two things of a word, or
    leads back to where it began, is told and left out whole.
    """
    counted_as: dict[str, str] = {}
    problems: list[Problem] = []
    for number, line in _lines(path, name):
        form, _, _ = _columns(line)
        if "=" not in form:
            continue
        *words, last = _synonyms(form)
        wrong = _not_synonyms(words, last, counted_as)
        if wrong:
            problems.append(Problem(*wrong, name, number))
        else:
            counted_as |= dict.fromkeys(words, last)
    return {word: _end_of_chain(word, counted_as) for word in counted_as}, tuple(problems)


def _synonyms(form: str) -> list[str]:
    return [without_blanks(word) for word in form.split("=")]


def _not_synonyms(
    words: list[str], last: str, counted_as: Mapping[str, str]
) -> tuple[str, str] | None:
    """Return what is wrong with counting ``words`` as ``last``, in both languages."""
    if not all((*words, last)):
        return (
            "동의어가 비어 있습니다. «주민학교=주민기술학교»처럼 적으세요. 맨 뒤의 말로 셉니다.",
            "An empty synonym. Write «word=counted as».",
        )
    for word in words:
        if counted_as.get(word, last) != last:
            return (
                f"«{word}»{particle(word, '은')} 이미 «{counted_as[word]}»{particle(counted_as[word], '으로')} 셉니다. 두 말로 셀 수 없습니다.",
                f"«{word}» is counted as «{counted_as[word]}» already; it cannot be two.",
            )
    end = _end_of_chain(last, counted_as)
    if last in words or end in words:
        return (
            f"«{end}»{particle(end, '이')} 돌고 돌아 자기 자신이 됩니다. 셀 말을 맨 뒤에 한 번만 적으세요.",
            f"«{end}» would be counted as itself. Write the word to count once, last.",
        )
    return None


def _end_of_chain(word: str, counted_as: Mapping[str, str]) -> str:
    while word in counted_as:
        word = counted_as[word]
    return word


def _columns(line: str) -> tuple[str, str, bool]:
    """Split «중간 지원 조직<tab>NNG<tab>붙임» into word, tag and whether it is joined only.

    A tag may also follow a blank, where a tab was meant.
    """
    form, *rest = (column.strip() for column in line.split("\t"))
    if not rest:
        before, _, last = form.rpartition(" ")
        form, rest = (before, [last]) if last in TAGS else (form, [])
    tag = (rest[0] if rest else "") or "NNG"
    return without_blanks(form), tag, bool(_JOINED & set(rest[1:]))


def read_stopwords(path: Path, name: str) -> tuple[frozenset[str], tuple[Problem, ...]]:
    """Read stop words (``form/TAG``) at ``path``, called ``name`` in messages."""
    words: set[str] = set()
    problems: list[Problem] = []
    for number, line in _lines(path, name):
        form, slash, tag = line.strip().rpartition("/")
        if not slash or tag not in TAGS or not form:
            problems.append(
                Problem(
                    f"«{line.strip()}»: «생각/NNG»처럼 형태/품사로 적으세요.",
                    f"«{line.strip()}»: write form/TAG, such as 생각/NNG.",
                    name,
                    number,
                )
            )
        else:
            words.add(f"{form}/{tag}")
    return frozenset(words), tuple(problems)


def default_stopwords() -> frozenset[str]:
    """Return the built-in stop words of spoken Korean interviews."""
    text = resources.files("pipeline.corpus").joinpath("stopwords.txt").read_text("utf-8")
    return frozenset(line for line in text.splitlines() if line and not line.startswith("#"))


def _lines(path: Path, name: str) -> Iterator[tuple[int, str]]:
    with placed(name):
        text = freeze(decode(path.read_bytes()))
    for number, line in enumerate(text.split("\n"), 1):
        content = re.sub(r"(^|\s)#.*", "", line)
        if content.strip():
            yield number, content.strip(" ")
