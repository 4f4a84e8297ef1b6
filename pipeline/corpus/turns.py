"""Speaker turns (발화) in plain text: where a label stands, and what was said after it.

To know one more way of marking speakers: one pattern and one row in ``_SHAPES``.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from pipeline.corpus.roles import INTERVIEWER_LABELS, is_labelled, plain_label
from pipeline.records import Turn

PARTICIPANT_LABELS = (
    "답변", "응답", "응답자", "참여자", "참가자", "참석자", "연구참여자", "면담대상자", "피면담자",
    "피면접자", "구술자", "화자", "발화자",
    "A", "Interviewee", "Participant", "Respondent", "Speaker",
)  # fmt: skip
_STANDARD = INTERVIEWER_LABELS + PARTICIPANT_LABELS

# A label stands at the head of a line: the rest of a line, however long, is never searched.
_HEAD = 80
_LABEL_CHARACTERS = 20
_LABEL_WORDS = 3
_LONGEST_PREAMBLE = 1000
# «일시: …» heads a transcript, «참고: …» an afterthought: nobody's names, however often.
_NEVER = frozenset(
    {
        "일시", "날짜", "시간", "장소", "제목", "주제", "참고", "비고", "주의", "출처", "예", "예시",
        "그런데", "그러니까", "그래서", "오전", "오후", "아침", "저녁", "새벽", "밤", "http", "https",
    }
)  # fmt: skip

_GAP = r"[^\S\n]*"
_TIME = r"(?:\d{1,2}:)?\d{1,3}:\d{2}(?:[.,]\d{1,3})?"
_NAME = r"(?P<name>[^\s:：.,!?…;\"“”*][^\t:：.,!?…;\"“”*]*?)"
_SENTENCE = re.compile(r"[\n\t:：.,!?…;\"“”*]")
_BOLD = r"(?:\*\*|__)?"
_LEAD = rf"{_GAP}(?:\#{{1,6}}[^\S\n]|>)?{_GAP}"

# «이름: 말», «**이름:** 말», «[00:12:33] 이름: 말», «이름 (00:12:33): 말»
_COLON = re.compile(
    rf"{_LEAD}[○◯●]?{_GAP}(?:[\[(]?(?P<before>{_TIME})[\])]?{_GAP})?{_BOLD}{_NAME}"
    rf"(?:{_GAP}[\[(](?P<after>{_TIME})[\])])?{_GAP}{_BOLD}{_GAP}[:：]{_BOLD}(?!//)"
)
# «참석자 1 00:19», alone on its line
_TIMED = re.compile(rf"{_LEAD}{_NAME}[^\S\n]+[\[(]?(?P<after>{_TIME})[\])]?{_GAP}$")
# «○정연숙 위원  말»: council minutes part the label with two blanks
_CIRCLE = re.compile(rf"{_LEAD}[○◯●](?P<gap>{_GAP}){_NAME}(?:[ \u3000]{{2,}}|{_GAP}\t)(?=\S)")
# «Q. 말», «A1. 말», but not «A.I.»
_LETTER = re.compile(rf"{_LEAD}{_BOLD}(?P<name>[QA]\d{{0,3}})\.{_BOLD}(?=[\s가-힣]|$)")

# «면담자», alone on its line
_ALONE = re.compile(rf"{_LEAD}{_BOLD}{_NAME}{_BOLD}{_GAP}$")

# How a label earns its place: by its looks, by coming again, after one that has, beside a Q,
# in a text that marks its speakers in no other way.
_Kind = Literal["certain", "recurring", "timed", "letter", "alone"]
_FEWEST_ALONE = 3


@dataclass(frozen=True, slots=True)
class Label:
    """A speaker's label: the line begins at ``start``, what is said may begin at ``end``."""

    start: int
    end: int
    speaker: str
    time: float | None


@dataclass(frozen=True, slots=True)
class _Candidate:
    label: Label
    kind: _Kind
    base: str


def find_turns(text: str) -> tuple[Turn, ...]:
    """Return the speaker turns in frozen ``text``, in order, all as participants'.

    A turn's span leaves out the label and the white space around what is said; it runs over
    unlabelled lines up to the next label. What stands before the first label belongs to no
    turn. A text without labels gives a turn without speaker for each paragraph: each block
    between blank lines or, where there are none, each line.
    """
    labels = find_labels(text)
    if not labels:
        return _numbered(text, ((Label(a, a, "", None), b) for a, b in _paragraphs(text)))
    return turns_after(text, labels)


def turns_after(text: str, labels: Sequence[Label]) -> tuple[Turn, ...]:
    """Return the turns that begin at ``labels``, as ``find_turns`` does."""
    ends = [label.start for label in labels[1:]] + [len(text)]
    return _numbered(text, zip(labels, ends, strict=True))


def find_labels(text: str) -> tuple[Label, ...]:
    """Return the speakers' labels at the heads of the lines of ``text``, in order.

    A label is short and holds no sentence punctuation. A mere «word:» counts when it comes
    at least twice (numbers after it aside) or is a usual name for an interviewer or
    participant; a word before a clock time alone on its line also after such a one; «A.»
    only beside a «Q». Where that leaves interviewers and nobody who answers, every «word:»
    counts. Where it leaves nobody, usual names alone on their lines do, if there are two of
    them. Labels that would make a long preamble of most of the text are none: a lecture may
    say «Q: …» once.
    """
    candidates = _candidates(text)
    alone = [candidate.label for candidate in candidates if candidate.kind == "alone"]
    candidates = [candidate for candidate in candidates if candidate.kind != "alone"]
    counts = Counter(candidate.base for candidate in candidates)
    accepted: list[Label] = []
    timed = False
    for candidate in candidates:
        certain = candidate.kind == "certain" or counts[candidate.base] > 1
        if candidate.kind == "letter":
            certain = "q" in counts
        elif candidate.kind == "timed":
            timed = certain = timed or certain or is_standard(candidate.label.speaker)
        if certain:
            accepted.append(candidate.label)
    if accepted and all(is_labelled(label.speaker, INTERVIEWER_LABELS) for label in accepted):
        accepted = [candidate.label for candidate in candidates]
    if not accepted and len(alone) >= _FEWEST_ALONE and len({a.speaker for a in alone}) > 1:
        accepted = alone
    if accepted and accepted[0].start > max(len(text) // 2, _LONGEST_PREAMBLE):
        return ()
    return tuple(accepted)


def possible_labels(text: str) -> tuple[Label, ...]:
    """Return every label ``find_labels`` looks at in ``text``, taken or not, in order."""
    return tuple(candidate.label for candidate in _candidates(text))


# Of the same text labels are asked for three times: for its turns, and how sure they are.
@lru_cache(maxsize=1)
def _candidates(text: str) -> tuple[_Candidate, ...]:
    return tuple(c for start, end in lines_of(text) if (c := _candidate(text, start, end)))


@lru_cache(maxsize=1024)
def is_standard(label: str) -> bool:
    """Tell whether ``label`` is a usual one: «면담자», «참여자 1», «화자 A», «참여자 2(여)»."""
    plain = re.sub(r" ?\([^()]*\)$", "", plain_label(label))
    # A letter or number tells several apart; SPEAKER_00 is what diarisation writes.
    base = re.sub(r"(?: ?\d+|[_-]\d+|(?:(?<=[가-힣])| )[a-z]| [가-하])$", "", plain)
    return is_labelled(plain, _STANDARD) or is_labelled(base, _STANDARD)


def _numbered(text: str, stretches: Iterable[tuple[Label, int]]) -> tuple[Turn, ...]:
    turns: list[Turn] = []
    for label, stop in stretches:
        said = text[label.end : stop]
        start = label.end + len(said) - len(said.lstrip())
        end = label.end + len(said.rstrip())
        if start < end:
            turns.append(Turn(len(turns) + 1, label.speaker, "participant", start, end, label.time))
    return tuple(turns)


def lines_of(text: str) -> Iterator[tuple[int, int]]:
    """Yield where each line of ``text`` begins and ends, its newline left out."""
    start = 0
    while start <= len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        yield start, end
        start = end + 1


def _paragraphs(text: str) -> Sequence[tuple[int, int]]:
    """Return the spans of the blocks between blank lines, or of the lines if none is blank."""
    blocks: list[list[tuple[int, int]]] = [[]]
    for start, end in lines_of(text):
        if text[start:end].strip():
            blocks[-1].append((start, end))
        elif blocks[-1]:
            blocks.append([])
    filled = [block for block in blocks if block]
    if len(filled) == 1:
        return filled[0]
    return [(block[0][0], block[-1][1]) for block in filled]


def _candidate(text: str, start: int, end: int) -> _Candidate | None:
    head = text[start : min(end, start + _HEAD)]
    for marks, pattern, kind_of in _SHAPES:
        if marks and not any(mark in head for mark in marks):
            continue
        # A pattern that must reach the line's end cannot match the head of a longer line.
        if pattern in (_TIMED, _ALONE) and end - start > _HEAD:
            continue
        match = pattern.match(head)
        if match and is_label(match["name"]) and (kind := kind_of(match, head)):
            return _Candidate(_label(match, start), kind, _base(match["name"]))
    return None


def _label(match: re.Match[str], line_start: int) -> Label:
    groups = match.groupdict()
    time = groups.get("before") or groups.get("after")
    return Label(
        line_start, line_start + match.end(), match["name"], _seconds(time) if time else None
    )


def is_label(name: str) -> bool:
    """Tell whether ``name`` could be a speaker's label: short, no sentence, no heading's word."""
    words = name.split()
    return (
        not _SENTENCE.search(name)
        and len(name) <= _LABEL_CHARACTERS
        and 0 < len(words) <= _LABEL_WORDS
        and name[0].isalnum()
        and any(character.isalpha() for character in name)
        and words[0].lower() not in _NEVER
        and words[-1].lower() not in _NEVER
    )


def _base(name: str) -> str:
    """Return a label as it is counted: «주민 1» and «주민2» are both 주민."""
    plain = plain_label(name)
    return re.sub(r" ?\d+$", "", plain) or plain


def _seconds(time: str) -> float:
    seconds = 0.0
    for part in time.replace(",", ".").split(":"):
        seconds = seconds * 60 + float(part)
    return seconds


def time_in(text: str) -> float | None:
    """Return the first clock time in ``text`` in seconds, ``None`` where there is none."""
    match = re.search(_TIME, text)
    return _seconds(match[0]) if match else None


def _kind_of_colon(match: re.Match[str], head: str) -> _Kind | None:
    if match["before"] or match["after"] or is_standard(match["name"]):
        return "certain"
    # «출근이 오전쯤 10:30에»: a time of day.
    between_digits = match["name"][-1].isdigit() and head[match.end() : match.end() + 1].isdigit()
    return None if between_digits else "recurring"


def _kind_of_circle(match: re.Match[str], _head: str) -> _Kind:
    # «○이름» is how minutes write it; «○ 추진 배경» is also a bullet.
    return "recurring" if match["gap"] else "certain"


_SHAPES: tuple[tuple[str, re.Pattern[str], Callable[[re.Match[str], str], _Kind | None]], ...] = (
    (":", _TIMED, lambda _match, _head: "timed"),
    ("○◯●", _CIRCLE, _kind_of_circle),
    (".", _LETTER, lambda match, _head: "certain" if match["name"][0] == "Q" else "letter"),
    (":：", _COLON, _kind_of_colon),
    ("", _ALONE, lambda match, _head: "alone" if is_standard(match["name"]) else None),
)
