"""Every file format Gyeol reads, and a study's files read one by one.

To read one more format: one module in ``readers/`` and one row in ``FORMATS``.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from pipeline.corpus.archives import ZIP_MAGIC, part_names
from pipeline.corpus.certainty import LOW, certainty_of, in_doubt
from pipeline.corpus.encoding import decode, freeze
from pipeline.corpus.options import AS_IT_IS, Options
from pipeline.corpus.readers import (
    Reading,
    docx,
    hwp,
    hwpx,
    odt,
    pdf,
    rtf,
    segments,
    subtitles,
    table,
    txt,
    whisper,
)
from pipeline.corpus.roles import assign_roles
from pipeline.corpus.speaker_pattern import labels_by_pattern
from pipeline.corpus.turns import find_labels, turns_after
from pipeline.corpus.unread import (
    OLE_MAGIC,
    is_unread,
    not_read_yet,
    unread_by_content,
)
from pipeline.errors import GyeolError, Problem
from pipeline.records import Interview, Turn
from pipeline.sentences import why_not

_LARGEST_FILE = 200 * 2**20
_LONGEST_TURN = 1_000_000
_HEAD_BYTES = 2**16
# NULs and the bytes of byte order marks are no content either.
_NO_CONTENT = b"\xef\xbb\xbf\xff\xfe\0 \t\r\n"
_SHOWN = 5
_CUE = re.compile(r"^\d{1,2}:\d{2}:\d{2}[,.]\d{1,3}[ \t]*-->", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Format:
    """A format: how a file of it is known, and its reader.

    ``recognises`` takes a file's bytes and the first of its text (empty where it has none);
    what it says counts for more than the file's suffix. Of a ``document`` the text is all
    there is, and speakers are told by how its lines begin.
    """

    suffixes: tuple[str, ...]
    recognises: Callable[[bytes, str], bool]
    read: Callable[[bytes, str, Options], Reading]
    document: bool = False


def _as_it_is(read: Callable[[bytes, str], Reading]) -> Callable[[bytes, str, Options], Reading]:
    """Return the reader of a format about which there is nothing to decide."""
    return lambda data, name, _options: read(data, name)


def _document(
    suffix: str, recognises: Callable[[bytes], bool], read: Callable[[bytes, str], Reading]
) -> Format:
    return Format((suffix,), lambda data, _head: recognises(data), _as_it_is(read), document=True)


_DOCX = Format((".docx",), lambda data, _head: docx.has_body(data), docx.read, document=True)
_ODT = _document(".odt", odt.has_body, odt.read)
_HWP = _document(".hwp", hwp.is_hwp, hwp.read)
_HWPX = _document(".hwpx", hwpx.has_body, hwpx.read)
_TABLE = Format((".csv", ".tsv", ".xlsx"), lambda data, _head: table.is_workbook(data), table.read)
_TEXT = Format((".txt", ".md"), lambda _data, _head: False, _as_it_is(txt.read), document=True)
FORMATS = (
    _DOCX,
    _HWP,
    _HWPX,
    _ODT,
    _TABLE,
    _document(".rtf", rtf.is_rtf, rtf.read),
    _document(".pdf", pdf.is_pdf, pdf.read),
    Format(
        (".srt", ".vtt"),
        lambda _data, head: subtitles.is_vtt(head) or bool(_CUE.search(head)),
        _as_it_is(subtitles.read),
    ),
    Format((".json",), lambda data, _head: whisper.is_transcript(data), _as_it_is(whisper.read)),
    Format(
        (".jsonl",),
        lambda _data, head: segments.looks_like_segments(head),
        _as_it_is(segments.read),
    ),
    _TEXT,
)
# What a damaged archive may be, or a container behind a password.
_CONTAINERS = (_DOCX, _HWP, _HWPX, _ODT, _TABLE)


def read_file(
    path: Path, name: str, interviewer: Sequence[str], options: Options = AS_IT_IS
) -> Reading:
    """Read the file at ``path``, called ``name`` in messages and in ``Interview.source``.

    Turns get their roles; ``interviewer`` names the labels of those who ask (empty: the
    usual ones). ``options`` are what the study decided about reading. Whatever is wrong with
    the file becomes a problem and never an exception; interviews that cannot be used are left
    out. Where speakers of a document could not be told apart for sure, a warning says so.
    """
    try:
        data = _bytes(path)
        known = _format(data, name)
        reading = known.read(data, name, options)
        if known.document:
            reading = _told_apart(reading, options, data if known is _TEXT else None)
        reading = _checked(_with_roles(reading, interviewer, options))
    except GyeolError as error:
        reading = Reading((), error.problems)
    placed = tuple(dataclasses.replace(problem, path=name) for problem in reading.problems)
    return dataclasses.replace(reading, problems=placed)


def find_duplicates(interviews: Sequence[Interview]) -> tuple[Problem, ...]:
    """Return a problem for each pair of files that share an interview's or a segment's id."""
    return _without_duplicates(interviews)[1]


def merge(readings: Iterable[Reading]) -> Reading:
    """Join ``readings`` in their order; of interviews that share an id the first is kept."""
    given = list(readings)
    interviews, duplicates = _without_duplicates([i for r in given for i in r.interviews])
    return Reading(interviews, (*(p for r in given for p in r.problems), *duplicates))


def _bytes(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        if size > _LARGEST_FILE:
            raise GyeolError(
                Problem(
                    f"파일이 {size / 2**20:,.0f}MB로 너무 큽니다(한도 {_LARGEST_FILE // 2**20}MB). "
                    "녹취록이 맞는지 확인하고 나누어 넣으세요.",
                    f"The file has {size / 2**20:,.0f} MB (limit {_LARGEST_FILE // 2**20} MB). "
                    "Make sure it is a transcript, and split it.",
                )
            )
        data = path.read_bytes()
    except OSError as error:
        raise GyeolError(
            Problem(
                f"파일을 열 수 없습니다({why_not(error)}).",
                f"The file cannot be opened ({error.strerror}).",
            )
        ) from error
    if not (data[:_HEAD_BYTES].strip(_NO_CONTENT) or data.strip(_NO_CONTENT)):
        raise GyeolError(Problem("빈 파일입니다.", "The file is empty."))
    return data


def _format(data: bytes, name: str) -> Format:
    """Return the format of ``data``: by its content, else by the suffix of ``name``, else text.

    Raises:
        GyeolError: a format that is not read yet.
    """
    suffix = PurePosixPath(name).suffix.lower()
    unread = unread_by_content(data)
    if unread is None:
        head = _head(data)
        for known in FORMATS:
            if known.recognises(data, head):
                return known
        unread = suffix if is_unread(suffix) else None
    if unread is not None:
        raise GyeolError(not_read_yet(unread))
    if data.startswith((ZIP_MAGIC, OLE_MAGIC)):
        # No document we know: damaged, or behind a password. Its name tells whose error it is.
        named = next((known for known in _CONTAINERS if suffix in known.suffixes), None)
        if named is None and part_names(data):
            raise GyeolError(not_read_yet(".zip"))
        return named or _DOCX
    return next((known for known in FORMATS if suffix in known.suffixes), _TEXT)


def _head(data: bytes) -> str:
    """Return the first of the text in ``data``, empty where it cannot be decoded."""
    # The cut may fall inside a character of up to four bytes.
    for cut in range(4):
        try:
            return decode(data[: _HEAD_BYTES - cut])
        except GyeolError:
            continue
    return ""


def _told_apart(reading: Reading, options: Options, lines: bytes | None) -> Reading:
    """Return a document's ``reading`` with its speakers by the study's pattern, or how sure.

    ``lines`` are the file's bytes where its lines can be counted: lines in doubt are named by
    their number in it.
    """
    (interview,) = reading.interviews
    problems: list[Problem] = []
    if options.speaker is not None:
        labels = labels_by_pattern(interview.text, options.speaker)
        if labels:
            turns = turns_after(interview.text, labels)
            return dataclasses.replace(
                reading, interviews=(dataclasses.replace(interview, turns=turns),)
            )
        problems.append(_pattern_fits_nowhere(options.speaker))
    found = certainty_of(interview.text, find_labels(interview.text))
    if found.share < LOW:
        speakers = list(dict.fromkeys(turn.speaker for turn in interview.turns if turn.speaker))
        before = 0 if lines is None else _lines_before_text(lines, reading)
        problems.append(in_doubt(found, speakers, 1 + before))
    return Reading(
        reading.interviews, (*reading.problems, *problems), {interview.id: round(found.share, 2)}
    )


def _lines_before_text(data: bytes, reading: Reading) -> int:
    """Return how many lines of front matter a text file has."""
    return freeze(decode(data)).count("\n") - reading.interviews[0].text.count("\n")


def _pattern_fits_nowhere(pattern: str) -> Problem:
    return Problem(
        f"설정의 reading.speaker({pattern!r})가 이 파일의 어느 줄 첫머리에도 맞지 않아, 화자를 "
        "알아서 가렸습니다. gyeol convert --config로 확인하세요.",
        f"`reading.speaker` {pattern!r} matches the head of no line here; speakers were detected. "
        "See gyeol convert --config.",
        level="warning",
    )


def _with_roles(reading: Reading, interviewer: Sequence[str], options: Options) -> Reading:
    assigned = [assign_roles(i, interviewer, options.roles) for i in reading.interviews]
    problems = [problem for _, found in assigned for problem in found]
    return dataclasses.replace(
        reading,
        interviews=tuple(i for i, _ in assigned),
        problems=(*reading.problems, *problems),
    )


def _checked(reading: Reading) -> Reading:
    """Return ``reading`` without interviews whose turns are too long; refuse it without answers."""
    overlong = {i.id: turn for i in reading.interviews for turn in i.turns if _is_overlong(turn)}
    interviews = tuple(i for i in reading.interviews if i.id not in overlong)
    problems = reading.problems + tuple(_overlong(turn) for turn in overlong.values())
    if any(turn.role == "participant" for i in interviews for turn in i.turns):
        return Reading(interviews, problems, reading.certainty)
    errors = tuple(problem for problem in problems if problem.level == "error")
    raise GyeolError(*(errors or (_nobody_answers(interviews),)))


def _nobody_answers(interviews: Sequence[Interview]) -> Problem:
    if not any(interview.turns for interview in interviews):
        return Problem(
            "글이 없는 파일입니다. 그림이나 빈 표만 있는지 확인하세요.",
            "The file holds no text. See whether it has pictures or empty tables only.",
        )
    return Problem(
        "답변 발화가 없습니다. «이름: 말»처럼 화자가 표시되어 있는지, 설정 파일의 "
        "interviewer와 reading.roles가 맞는지 확인하세요.",
        "There is no answer. Check that speakers are marked («name: speech») and that "
        "`interviewer` and `reading.roles` in the config are right.",
    )


def _is_overlong(turn: Turn) -> bool:
    return turn.end - turn.start > _LONGEST_TURN


def _overlong(turn: Turn) -> Problem:
    length = turn.end - turn.start
    return Problem(
        f"한 발화가 {length:,}자입니다(한도 {_LONGEST_TURN:,}자). 화자 표시나 줄바꿈이 "
        "빠졌는지 확인하세요.",
        f"One turn has {length:,} characters (limit {_LONGEST_TURN:,}). Speaker labels or line "
        "breaks may be missing.",
    )


def _without_duplicates(
    interviews: Sequence[Interview],
) -> tuple[tuple[Interview, ...], tuple[Problem, ...]]:
    kept: list[Interview] = []
    owners: dict[str, str] = {}
    segment_owners: dict[str, str] = {}
    clashes: dict[tuple[str, str], list[str]] = {}
    for interview in interviews:
        ids = [turn.id for turn in interview.turns if turn.id is not None]
        owner = owners.get(interview.id) or next(
            (segment_owners[name] for name in ids if name in segment_owners), None
        )
        if owner is not None:
            clashes.setdefault((owner, interview.source), []).append(interview.id)
            continue
        kept.append(interview)
        owners[interview.id] = interview.source
        segment_owners.update(dict.fromkeys(ids, interview.source))
    problems = (_same_id(first, second, ids) for (first, second), ids in clashes.items())
    return tuple(kept), tuple(problems)


def _same_id(first: str, second: str, ids: Sequence[str]) -> Problem:
    shown = ", ".join(f"«{name}»" for name in ids[:_SHOWN])
    more = ", …" if len(ids) > _SHOWN else ""
    return Problem(
        f"면담 id가 겹칩니다: {shown}{more}. {first}에 있는 것만 쓰고 {second}의 것은 뺐습니다. "
        "파일 이름(확장자 앞)이나 id를 다르게 하세요.",
        f"The same ids in two files: {shown}{more}. Those in {first} are used, those in "
        f"{second} left out. Give the files (before the suffix) or segments other names.",
        second,
    )
