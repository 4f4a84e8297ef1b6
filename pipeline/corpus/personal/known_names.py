"""Names a study knows: its own list ``names.txt`` and the speakers' labels.

``names.txt`` has a person a line. Several ways of naming one person are parted by «=»:
``김철수=철수=김 팀장``. A line ``-하나`` says that «하나» is never a name. ``#`` starts a comment.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from pipeline.corpus.encoding import decode, freeze
from pipeline.corpus.personal.lexicon import TITLES
from pipeline.corpus.roles import INTERVIEWER_LABELS, is_labelled
from pipeline.corpus.turns import PARTICIPANT_LABELS
from pipeline.errors import Problem, placed

_SHORTEST = 2
# «P01», «참여자 가», «A»: a label that already stands for a person.
_STANDS_FOR_A_PERSON = re.compile(r"[A-Za-z]{0,3}[-_ ]?\d*|.*\d|[^가-힣A-Za-z]*")


@dataclass(frozen=True, slots=True)
class KnownNames:
    """People a study knows, each by one or more names, and what is never a name."""

    people: tuple[tuple[str, ...], ...] = ()
    never: frozenset[str] = frozenset()

    @property
    def forms(self) -> frozenset[str]:
        """Every name of every person."""
        return frozenset(form for person in self.people for form in person)


def read_names(path: Path, name: str) -> tuple[KnownNames, tuple[Problem, ...]]:
    """Read the list of names at ``path``, called ``name`` in messages; bad lines are left out."""
    with placed(name):
        text = freeze(decode(path.read_bytes()))
    people: list[tuple[str, ...]] = []
    never: set[str] = set()
    problems: list[Problem] = []
    for number, line in enumerate(text.split("\n"), 1):
        content = re.sub(r"(^|\s)#.*", "", line).strip()
        if content.startswith("-"):
            never.add(content[1:].strip())
        elif content:
            forms = tuple(form.strip() for form in content.split("="))
            if min(map(len, forms)) < _SHORTEST:
                problems.append(_too_short(content, name, number))
            else:
                people.append(forms)
    return KnownNames(tuple(people), frozenset(never - {""})), tuple(problems)


def speaker_names(labels: Iterable[str]) -> tuple[str, ...]:
    """Return the names among speakers' ``labels``, in their order.

    «답변», «참여자 1» or «P01» name nobody; of «정연숙 위원» the name is «정연숙».
    """
    names: dict[str, None] = {}
    for label in labels:
        words = label.split()
        # «참여자 1», but also «화자 나».
        if not words or is_labelled(words[0], INTERVIEWER_LABELS + PARTICIPANT_LABELS):
            continue
        while len(words) > 1 and words[-1].removesuffix("님") in TITLES:
            words.pop()
        name = " ".join(words)
        if len(name) >= _SHORTEST and not _STANDS_FOR_A_PERSON.fullmatch(name):
            names[name] = None
    return tuple(name for name in names if name.removesuffix("님") not in TITLES)


def _too_short(content: str, name: str, number: int) -> Problem:
    return Problem(
        f"«{content}»: 한 글자는 이름으로 찾지 않습니다. «김철수=김 팀장»처럼 두 글자 이상 적으세요.",
        f"«{content}»: one letter is not searched for. Write two or more, such as «김철수=김 팀장».",
        name,
        number,
    )
