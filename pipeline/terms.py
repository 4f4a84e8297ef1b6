"""The study's own terms: words to propose for its dictionary, and what accepting them changes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.config import Study
from pipeline.corpus.dictionary import (
    Entry,
    default_stopwords,
    read_dictionary,
    without_blanks,
)
from pipeline.corpus.encoding import decode, freeze
from pipeline.corpus.morphology import Speech, answer_pieces, load_kiwi, term_of, tokens_of_each
from pipeline.errors import GyeolError, Problem
from pipeline.flow.corpus import interviews_of, kiwi_of, morphemes_of, speech_of
from pipeline.memory import write_whole
from pipeline.mining.domain_terms import TAG, DomainTerm, Span, find_domain_terms
from pipeline.progress import Silent
from pipeline.records import Interview
from pipeline.runner import Run, Watcher, run_stages
from pipeline.sentences import particle
from pipeline.stages import stages_for

if TYPE_CHECKING:
    from kiwipiepy import Kiwi, Token

# Characters shown on either side of a term.
_CONTEXT = 30


@dataclass(frozen=True, slots=True)
class Passage:
    """Where a word stands, with a little of what is around it; ``text[at:until]`` is the word.

    The text is unmasked: for the screen of who holds the study, not for a file.
    """

    span: Span
    text: str
    at: int
    until: int


@dataclass(frozen=True, slots=True)
class Proposal:
    """A term proposed for the dictionary, with passages it is split in."""

    term: DomainTerm
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Proposals:
    """The terms proposed, best first, and what was wrong on the way."""

    proposals: tuple[Proposal, ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Gain:
    """How often an accepted form is one word with its tag, before and after."""

    form: str
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class Collateral:
    """Morphemes beside the accepted words that are read differently now: "form/TAG" each."""

    before: tuple[str, ...]
    after: tuple[str, ...]
    passage: Passage


@dataclass(frozen=True, slots=True)
class Accepted:
    """What accepting words did: to the dictionary and to the corpus.

    ``path`` is the dictionary as the user knows it; ``already`` are forms it had. ``replaced``
    counts the morphemes that went into accepted words.
    """

    path: str
    added: tuple[str, ...]
    already: tuple[str, ...]
    gains: tuple[Gain, ...]
    replaced: int
    collateral: tuple[Collateral, ...]


def propose_terms(study: Study, watcher: Watcher | None = None) -> Proposals:
    """Return the terms of a study that its dictionary should know.

    Tokenises what is not kept already.

    Raises:
        GyeolError: there is nothing to read.

    """
    run = run_stages(study, stages_for("morphology"), watcher or Silent())
    interviews = {interview.id: interview for interview in interviews_of(run)}
    terms = find_domain_terms(
        morphemes_of(run),
        [entry.form for entry in _entries(study)],
        default_stopwords(),
        _extracted(run),
    )
    return Proposals(
        tuple(
            Proposal(term, tuple(_passage(interviews[s.interview], s) for s in term.examples))
            for term in terms
        ),
        tuple(run.problems),
    )


def accept_terms(study: Study, forms: Iterable[str], watcher: Watcher | None = None) -> Accepted:
    """Append ``forms`` to the study's dictionary as nouns and tell what that changes.

    Every answer that holds one of them, written joined or apart, is read with the dictionary
    as it was and as it is now. A study without dictionary gets one.

    Raises:
        GyeolError: a form cannot be an entry; nothing is written then.

    """
    wanted = tuple(dict.fromkeys(without_blanks(freeze(form)) for form in forms))
    unfit = [_unfit(form) for form in wanted if not _fits(form)]
    if unfit:
        raise GyeolError(*unfit)
    entries = _entries(study)
    known = {entry.form for entry in entries}
    added = tuple(form for form in wanted if form not in known)
    run = run_stages(study, stages_for("read"), watcher or Silent())
    speech = speech_of(study)
    grown = [*entries, *(Entry(form, TAG) for form in added)]
    readings = _Readings(
        kiwi_of(run), load_kiwi(study.config.workers, grown, speech.dialects), speech
    )
    # The first entry makes Kiwi tolerate blanks inside words: every answer may change then.
    pieces = [
        (interview, offset, text)
        for interview in interviews_of(run)
        for offset, text in answer_pieces(interview)
        if (added and all(entry.joined for entry in entries)) or _holds(text, added)
    ]
    gains, replaced, collateral = _compare(pieces, readings, added)
    path = study.dictionary or study.folder / "dictionary.txt"
    if added:
        write_whole(path, _with_entries(path.read_bytes() if path.is_file() else b"", added))
    already = tuple(form for form in wanted if form in known)
    return Accepted(study.shown(path), added, already, gains, replaced, collateral)


@dataclass(frozen=True, slots=True)
class _Readings:
    """Kiwi as it was, as it is with the accepted words, and how the study has it read."""

    before: Kiwi
    after: Kiwi
    speech: Speech


def _entries(study: Study) -> tuple[Entry, ...]:
    path = study.dictionary
    return read_dictionary(path, study.shown(path))[0] if path else ()


def _extracted(run: Run) -> frozenset[str]:
    """Return the forms Kiwi's own extractor takes for unknown nouns."""
    texts = [text for interview in interviews_of(run) for _, text in answer_pieces(interview)]
    found = kiwi_of(run).extract_words(texts, min_cnt=3, min_score=0.1)
    return frozenset(form for form, *_ in found)


def _fits(form: str) -> bool:
    return len(form) > 1 and not set(form) & set("=\t\n#") and form.isprintable()


def _unfit(form: str) -> Problem:
    return Problem(
        f"«{form}»{particle(form, '은')} 사전에 넣을 수 없습니다. 두 글자 이상이고 «=», «#», 탭이 없는 말이어야 합니다.",
        f"«{form}» cannot be an entry: two characters or more, without «=», «#» or tabs.",
    )


def _holds(text: str, forms: Sequence[str]) -> bool:
    """Tell whether ``text`` says one of ``forms``, with whatever blanks."""
    joined = "".join(text.split())
    return any("".join(form.split()) in joined for form in forms)


def _with_entries(data: bytes, forms: Sequence[str]) -> bytes:
    """Return a dictionary file with ``forms`` at its end; what stood there stays as it was.

    A file in another encoding than UTF-8 becomes UTF-8.
    """
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        text = decode(data)
    newline = "\r\n" if "\r\n" in text else "\n"
    end = newline if text and not text.endswith("\n") else ""
    return (text + end + "".join(f"{form}\t{TAG}{newline}" for form in forms)).encode()


def _compare(
    pieces: Sequence[tuple[Interview, int, str]], readings: _Readings, forms: Sequence[str]
) -> tuple[tuple[Gain, ...], int, tuple[Collateral, ...]]:
    """Read every answer that may change with both; count, and list what else changed."""
    texts = [text for _, _, text in pieces]
    accepted = {f"{form}/{TAG}" for form in forms}
    before, after, replaced = Counter[str](), Counter[str](), 0
    collateral: list[Collateral] = []
    both = zip(
        pieces,
        tokens_of_each(readings.before, texts, readings.speech),
        tokens_of_each(readings.after, texts, readings.speech),
        strict=True,
    )
    for (interview, offset, _), old, new in both:
        before.update(term for term, _, _ in _spans(old))
        after.update(term for term, _, _ in _spans(new))
        inside, beside = _differences(_spans(old), _spans(new), accepted)
        replaced += inside
        for was, now in beside:
            start = offset + min(s for _, s, _ in (*was, *now))
            end = offset + max(e for _, _, e in (*was, *now))
            passage = _passage(interview, Span(interview.id, start, end))
            collateral.append(
                Collateral(tuple(t for t, _, _ in was), tuple(t for t, _, _ in now), passage)
            )
    gains = tuple(Gain(f, before[f"{f}/{TAG}"], after[f"{f}/{TAG}"]) for f in forms)
    return gains, replaced, tuple(collateral)


_Read = tuple[str, int, int]


def _spans(tokens: Sequence[Token]) -> list[_Read]:
    return [(term_of(token), token.start, token.start + token.len) for token in tokens]


def _differences(
    old: Sequence[_Read], new: Sequence[_Read], accepted: set[str]
) -> tuple[int, list[tuple[list[_Read], list[_Read]]]]:
    """Return how many old morphemes accepted words took in, and what changed beside them.

    Changes are grouped where their spans touch.
    """
    same = set(old) & set(new)
    words = [read for read in new if read not in same and read[0] in accepted]

    def taken_in(read: _Read) -> bool:
        return any(word[1] <= read[1] and read[2] <= word[2] for word in words)

    gone = [read for read in old if read not in same]
    beside = [(read, False) for read in gone if not taken_in(read)]
    beside += [(read, True) for read in new if read not in same and read not in words]
    groups: list[tuple[list[_Read], list[_Read]]] = []
    reach = -1
    for read, is_new in sorted(beside, key=lambda item: (item[0][1], item[0][2], item[1])):
        if read[1] > reach:
            groups.append(([], []))
        groups[-1][is_new].append(read)
        reach = max(reach, read[2])
    return sum(taken_in(read) for read in gone), groups


def _passage(interview: Interview, span: Span) -> Passage:
    """Cut out ``span`` with its surroundings, no further than its own turn."""
    turn = next(t for t in interview.turns if t.start <= span.start < t.end or t.end == span.end)
    start, end = max(turn.start, span.start - _CONTEXT), min(turn.end, span.end + _CONTEXT)
    text = interview.text[start:end].replace("\n", " ")
    return Passage(span, text, span.start - start, span.end - start)
