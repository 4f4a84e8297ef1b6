"""What of the personal data found is masked: rules, and the decisions people made.

A decision is about a form («하나» is no name), which then holds for interviews still to come, or
about one place, which outweighs it. A place is known by the words around it and not by its
number: it is found again after a file was read anew, renamed or corrected elsewhere.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from pipeline.corpus.morphology import tokens_of_each
from pipeline.corpus.personal import Find, find_indirect, find_personal
from pipeline.corpus.personal.coarser import with_district
from pipeline.corpus.personal.districts import find_districts
from pipeline.corpus.personal.finds import longest_first
from pipeline.corpus.personal.known_names import KnownNames, speaker_names
from pipeline.corpus.personal.tokens import Tokens, Word, Words
from pipeline.records import Interview, Morphemes

if TYPE_CHECKING:
    from kiwipiepy import Kiwi

Judgement = Literal["open", "accepted", "rejected"]
# A kind and a form, or these and the mark of a place.
Form = tuple[str, str]
Subject = tuple[str, ...]
# How Kiwi reads a common noun it knows: 면장, 담당 + 자.
_COMMON = (["NNG"], ["NNG", "XSN"])
_CONTEXT = 20


@dataclass(frozen=True, slots=True)
class Decisions:
    """What people decided: what to mask and what not, and names they added.

    Subjects are (kind, form), or (kind, form, mark of a place).
    """

    accepted: frozenset[Subject] = frozenset()
    rejected: frozenset[Subject] = frozenset()
    added: frozenset[str] = field(default_factory=frozenset)

    def on(self, kind: str, form: str, place: str = "") -> Judgement:
        """Return what was decided about ``form`` at ``place``: the place outweighs the form."""
        for subject in ((kind, form, place), (kind, form)):
            if subject in self.accepted:
                return "accepted"
            if subject in self.rejected:
                return "rejected"
        return "open"


def decisions_from_json(data: bytes) -> Decisions:
    """Read what ``decisions_to_json`` wrote."""
    stored: dict[str, Any] = json.loads(data)
    return Decisions(
        frozenset(tuple(subject) for subject in stored["accepted"]),
        frozenset(tuple(subject) for subject in stored["rejected"]),
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


def names_known(listed: KnownNames, names: Iterable[str], added: Iterable[str]) -> KnownNames:
    """Return all names the study knows: its list, ``names`` of participants, those ``added``."""
    known = (*listed.people, *((name,) for name in (*names, *sorted(added))))
    people = dict.fromkeys(p for p in known if not listed.never.intersection(p))
    return KnownNames(tuple(people), listed.never)


@dataclass(frozen=True, slots=True)
class Seen:
    """A find in an interview, its words, the mark of its place, and what was decided about it.

    ``parts`` is what is masked of a combination of indirect identifiers.
    """

    find: Find
    form: str
    place: str
    judged: Judgement
    parts: tuple[Find, ...] = ()

    @property
    def subject(self) -> Form:
        """The kind and the form: what a decision on every place is about."""
        return self.find.kind, self.form


@dataclass(frozen=True, slots=True)
class Batch:
    """Interviews whose personal data is to be found, with all that is needed for it.

    ``answers`` and ``questions`` are the morphemes of the participants' and of the
    interviewers' turns. ``rules`` say by kind what is done: ``mask``, ``keep``, ``generalise``.
    """

    interviews: tuple[Interview, ...]
    answers: Morphemes
    questions: Morphemes
    known: KnownNames
    rules: Mapping[str, str]


def seen_in(batch: Batch) -> tuple[tuple[Seen, ...], ...]:
    """Return what is found in each interview of ``batch``, in order, nothing judged yet."""
    parts = batch.answers, batch.questions
    words = words_of(*parts)
    return tuple(
        seen_in_text(interview.text, tokens_in(words, parts, index), batch.known, batch.rules)
        for index, interview in enumerate(batch.interviews)
    )


def seen_in_text(
    text: str,
    tokens: Tokens,
    known: KnownNames,
    rules: Mapping[str, str],
) -> tuple[Seen, ...]:
    """Return what is found in ``text``, kinds the ``rules`` keep left out, in order.

    Districts are kept unless the rules say otherwise; an address that is generalised reaches
    back to its district.
    """
    finds = [f for f in find_personal(text, tokens, known) if rules.get(f.kind) != "keep"]
    if rules.get("address") == "generalise":
        finds = [with_district(text, f) if f.kind == "address" else f for f in finds]
    if rules.get("district", "keep") != "keep":
        finds += find_districts(text)
    whole = [(find, ()) for find in longest_first(finds)]
    combined = [(one.find, one.parts) for one in find_indirect(text) if one.parts]
    ordered = sorted([*whole, *combined], key=lambda pair: (pair[0].start, pair[0].end))
    return tuple(
        Seen(f, text[f.start : f.end], place_mark(text, f.start, f.end), "open", parts)
        for f, parts in ordered
    )


def judge(seen: Iterable[Seen], decisions: Decisions) -> tuple[Seen, ...]:
    """Return ``seen`` with what people decided about each form, or about its place."""
    return tuple(
        replace(one, judged=decisions.on(one.find.kind, one.form, one.place)) for one in seen
    )


def place_mark(text: str, start: int, end: int) -> str:
    """Return what a place is known by: a hash of the 20 letters before it and after it.

    Blanks do not count. Two places with the same words around them share their mark, and what
    is decided about one holds for both.
    """
    # Enough of the text to hold 20 letters between blanks, without looking through all of it.
    before = "".join(text[max(0, start - 4 * _CONTEXT) : start].split())[-_CONTEXT:]
    after = "".join(text[end : end + 4 * _CONTEXT].split())[:_CONTEXT]
    return hashlib.sha256(f"{before}|{after}".encode("utf-8", "surrogatepass")).hexdigest()[:16]


def masked_finds(seen: Iterable[Seen]) -> tuple[Find, ...]:
    """Return the finds to mask: all but those rejected; of combinations only those accepted."""
    finds: list[Find] = []
    for one in seen:
        if one.find.kind == "indirect":
            finds += one.parts if one.judged == "accepted" else ()
        elif one.judged != "rejected":
            finds.append(one.find)
    return longest_first(finds)


def asked_only(interview: Interview) -> Interview:
    """Return ``interview`` with the roles exchanged, for what looks at participants' turns only."""
    turns = tuple(
        replace(turn, role="participant" if turn.role == "interviewer" else "interviewer")
        for turn in interview.turns
    )
    return replace(interview, turns=turns)


def words_of(*parts: Morphemes) -> Words:
    """Return the words of ``parts``, one part's after the other's, as the finders take them."""
    return Words(word for part in parts for word in _words(part))


def _words(morphemes: Morphemes) -> Iterator[Word]:
    guessed = frozenset(morphemes.guessed)
    for term in morphemes.vocabulary:
        form, _, tag = term.rpartition("/")
        yield Word(form, tag, term in guessed)


def tokens_in(words: Words, parts: Sequence[Morphemes], index: int) -> Tokens:
    """Return the morphemes of the interview at ``index``, whose stretches ``parts`` share out.

    ``words`` are ``words_of(*parts)``.
    """
    codes, starts, ends, before = [], [], [], 0
    for part in parts:
        rows = slice(int(part.bounds[index]), int(part.bounds[index + 1]))
        codes.append(part.code[rows] + before)
        starts.append(part.start[rows])
        ends.append(part.end[rows])
        before += len(part.vocabulary)
    start = np.concatenate(starts)
    order = np.argsort(start, kind="stable")
    columns = (np.concatenate(codes), start, np.concatenate(ends))
    return Tokens(words, *(column[order] for column in columns))
