"""What of the personal data found is masked: rules, and the decisions people made.

A decision is about a kind and a form («name», «하나»), not about one place: it holds for
interviews still to come.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from pipeline.corpus.morphology import tokens_of_each
from pipeline.corpus.personal import Find, find_personal
from pipeline.corpus.personal.known_names import KnownNames, speaker_names
from pipeline.corpus.personal.tokens import Token, Tokens
from pipeline.records import Interview, Morphemes

if TYPE_CHECKING:
    from kiwipiepy import Kiwi

Form = tuple[str, str]
# How Kiwi reads a common noun it knows: 면장, 담당 + 자.
_COMMON = (["NNG"], ["NNG", "XSN"])


@dataclass(frozen=True, slots=True)
class Decisions:
    """What people decided: (kind, form) pairs to mask and not to mask, and names they added."""

    accepted: frozenset[Form] = frozenset()
    rejected: frozenset[Form] = frozenset()
    added: frozenset[str] = field(default_factory=frozenset)


def decisions_from_json(data: bytes) -> Decisions:
    """Read what ``decisions_to_json`` wrote."""
    stored: dict[str, Any] = json.loads(data)
    return Decisions(
        frozenset((kind, form) for kind, form in stored["accepted"]),
        frozenset((kind, form) for kind, form in stored["rejected"]),
        frozenset(stored["added"]),
    )


def decisions_to_json(decisions: Decisions) -> bytes:
    """Return the decisions as JSON, sorted."""
    stored = {
        "accepted": sorted(decisions.accepted),
        "rejected": sorted(decisions.rejected),
        "added": sorted(decisions.added),
    }
    return json.dumps(stored, ensure_ascii=False, indent=1).encode()


def speakers_named(kiwi: Kiwi, labels: Iterable[str]) -> tuple[str, ...]:
    """Return the names among speakers' ``labels``; «담당자» or «학부모» is a word, not a name."""
    names = speaker_names(labels)
    analysed = tokens_of_each(kiwi, names)
    return tuple(
        name
        for name, tokens in zip(names, analysed, strict=True)
        if [token.tag for token in tokens] not in _COMMON or tokens[0].oov
    )


def names_known(listed: KnownNames, speakers: Sequence[str], decisions: Decisions) -> KnownNames:
    """Return all names the study knows: its list, the ``speakers``, those people added."""
    never = listed.never | {form for kind, form in decisions.rejected if kind == "name"}
    known = (*listed.people, *((name,) for name in (*speakers, *sorted(decisions.added))))
    return KnownNames(tuple(p for p in known if not never.intersection(p)), never)


@dataclass(frozen=True, slots=True)
class Batch:
    """Interviews whose personal data is to be found, with all that is needed for it."""

    interviews: tuple[Interview, ...]
    morphemes: Morphemes
    known: KnownNames
    decisions: Decisions
    keep: tuple[str, ...]


def finds_in(batch: Batch) -> tuple[tuple[Find, ...], ...]:
    """Return the finds to be masked in each interview of ``batch``."""
    guessed = frozenset(batch.morphemes.guessed)
    return tuple(
        judged_finds(
            interview,
            tokens_in(batch.morphemes, index, guessed),
            batch.known,
            batch.decisions,
            batch.keep,
        )
        for index, interview in enumerate(batch.interviews)
    )


def judged_finds(
    interview: Interview,
    tokens: Tokens,
    known: KnownNames,
    decisions: Decisions,
    keep: Sequence[str],
) -> tuple[Find, ...]:
    """Return the finds in ``interview`` that are to be masked, in order.

    ``keep`` are kinds the study's rules leave as they are; what a person rejected is left too.
    """
    return tuple(
        find
        for find in find_personal(interview.text, tokens, known)
        if find.kind not in keep and form_of(interview, find) not in decisions.rejected
    )


def form_of(interview: Interview, find: Find) -> Form:
    """Return the kind and the words of a find."""
    return find.kind, interview.text[find.start : find.end]


def tokens_in(morphemes: Morphemes, index: int, guessed: Collection[str]) -> Tokens:
    """Return the morphemes of the interview at ``index`` as the finders of names take them.

    ``guessed`` are ``morphemes.guessed`` as something quick to search.
    """
    rows = slice(int(morphemes.bounds[index]), int(morphemes.bounds[index + 1]))
    columns = (morphemes.code[rows], morphemes.start[rows], morphemes.end[rows])
    tokens = []
    for code, start, end in zip(*(column.tolist() for column in columns), strict=True):
        term = morphemes.vocabulary[code]
        form, _, tag = term.rpartition("/")
        tokens.append(Token(form, tag, start, end, term in guessed))
    return Tokens(tuple(tokens))


def open_forms(
    found: Mapping[str, Sequence[Find]], interviews: Mapping[str, Interview], decisions: Decisions
) -> frozenset[Form]:
    """Return the forms among ``found`` (by interview id) that no person has judged."""
    forms = {form_of(interviews[name], find) for name, finds in found.items() for find in finds}
    return frozenset(forms - decisions.accepted)
