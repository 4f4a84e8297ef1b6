"""Codes suggested for the rows of files with no study, for a study, or for files new to it."""

from __future__ import annotations

import contextlib
import difflib
import re
import shutil
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from filelock import FileLock, Timeout

from pipeline.config import Study, must_have_codebook
from pipeline.corpus.codebook import read_codebook
from pipeline.corpus.encoding import freeze
from pipeline.corpus.listing import list_files
from pipeline.corpus.morphology import load_kiwi
from pipeline.corpus.readers import interview_id
from pipeline.corpus.readers.segments import SegmentRow as FrozenRow
from pipeline.corpus.readers.segments import to_interviews
from pipeline.errors import GyeolError, Lang, Problem
from pipeline.flow.corpus import interviews_of
from pipeline.flow.privacy import key_of
from pipeline.flow.views import analysis_of
from pipeline.memory import make_private
from pipeline.prepared import answers, prepare
from pipeline.records import Analysis, Code, Interview, Segment
from pipeline.runner import Run, Stage, StageReport, Watcher, cache_of, run_stages
from pipeline.segment_rows import SegmentRow, analysable, read_segment_rows
from pipeline.sentences import particle
from pipeline.stages import stages_for
from pipeline.themes.suggester import suggest
from pipeline.views.masked import mask_analysis, masked_problems
from pipeline.views.suggestions import to_jsonl, to_line

_KOREAN = re.compile("[ㄱ-ㅎㅏ-ㅣ가-힣]")
# What outputs are made of, and not the outputs themselves.
_UP_TO_SUGGESTIONS = stages_for("outputs")[:-1]


@dataclass(frozen=True, slots=True)
class Answer:
    """Suggestions as lines of JSON, each with its line feed, and what was wrong on the way."""

    lines: str
    problems: tuple[Problem, ...]


# ── without a study ─────────────────────────────────────────────────────────────────


def suggest_files(
    codebook: Path,
    coded: Path | None,
    new: Sequence[Path],
    top: int,
    lang: Lang,
    watcher: Watcher,
) -> Answer:
    """Return a line for each row of the files ``new`` that can be read, in their order.

    ``coded`` has rows to learn from, those of one ``interview`` held out together; codes that
    the codebook lacks are left out. Spans of evidence count into the row's own text, in NFC.
    A row without Korean fits no code. Nothing is masked: the text is the caller's.

    Raises:
        GyeolError: a file cannot be read, or holds no row that can.
    """
    with _step(watcher, "read", "읽기", "reading"):
        if not codebook.is_file():
            raise GyeolError(_no_such_file(codebook))
        codes = read_codebook(codebook, codebook.as_posix())
        asked, problems = _read_all(new)
        taught, unknown = _read_coded(coded, codes) if coded is not None else ({}, [])
    with _step(watcher, "model", "Kiwi 열기", "opening Kiwi"):
        kiwi = load_kiwi(0)
    with _step(watcher, "prepare", "형태소, 말의 뜻, 토픽", "morphemes, word meaning, topics"):
        coded_interviews, coded_segments = _as_segments(list(taught), "coded")
        new_interviews, new_segments = _as_segments(asked, "new")
        interviews = [*coded_interviews, *new_interviews]
        segments = [*coded_segments, *new_segments]
        given = prepare(interviews, segments, codes, kiwi)
    with _step(watcher, "suggestions", "코드 제안", "suggestions"):
        gold = dict(enumerate(taught.values()))
        rows = range(len(coded_segments), len(segments))
        suggested = suggest(given, gold, {}, rows, top, lang)
        lines = [
            to_line(
                row.id,
                None,
                replace(found, fits=found.fits and bool(_KOREAN.search(row.text))),
                segment.start,
                score_only_ranks=not suggested.calibrated,
            )
            for row, segment, found in zip(asked, new_segments, suggested.segments, strict=True)
        ]
    only_ranks = [] if suggested.calibrated else [_only_ranks(bool(gold))]
    return Answer("".join(lines), (*problems, *unknown, *only_ranks))


def _read_all(paths: Sequence[Path]) -> tuple[list[SegmentRow], list[Problem]]:
    rows: list[SegmentRow] = []
    problems: list[Problem] = []
    for path in paths:
        found, said = read_segment_rows(path)
        rows += found
        problems += said
    return rows, problems


def _read_coded(
    path: Path, codes: Sequence[Code]
) -> tuple[dict[SegmentRow, frozenset[str]], list[Problem]]:
    """Return the rows of ``path`` that have a code of the codebook, with all their codes.

    The same text under the same id is one segment, coded by several people.
    """
    names = {_key(c.id): c.name for c in codes} | {_key(c.name): c.name for c in codes}
    found: dict[tuple[object, str], tuple[SegmentRow, set[str]]] = {}
    strangers: Counter[str] = Counter()
    rows, problems = read_segment_rows(path)
    for row in rows:
        known = {names[_key(code)] for code in _codes(row, names) if _key(code) in names}
        strangers.update(code for code in _codes(row, names) if _key(code) not in names)
        if known and row.text.strip():
            same = (row.line if row.id is None else row.id, row.text)
            found.setdefault(same, (row, set()))[1].update(known)
    # That an id comes again, or that rows without codes are blank, takes nothing from learning.
    told = [problem for problem in problems if problem.level == "error"]
    told += [_unknown(code, count, names, path) for code, count in strangers.items()]
    if not found:
        told.append(_nothing_coded(path))
    return {row: frozenset(own) for row, own in found.values()}, told


def _codes(row: SegmentRow, names: Mapping[str, str]) -> list[str]:
    """Return the row's codes; a cell may hold several, parted by bars, or a name with a bar."""
    whole = isinstance(row.codes, str) and _key(row.codes) not in names
    listed = row.codes.split("|") if whole and isinstance(row.codes, str) else row.codes
    listed = [listed] if isinstance(listed, str) else listed
    return [code.strip() for code in dict.fromkeys(listed) if code.strip()]


def _key(name: str) -> str:
    return freeze(name).strip()


def _as_segments(
    rows: Sequence[SegmentRow], kind: str
) -> tuple[tuple[Interview, ...], list[Segment]]:
    """Return the interviews that ``rows`` form and a segment for each row, in their order.

    ``kind`` keeps interviews of different files apart that have the same name.
    """
    interviews = to_interviews(
        [
            FrozenRow(
                line=row.line,
                id=str(number),
                text=analysable(row.text),
                interview=f"{kind} «{row.interview}»" if row.interview else f"{kind} {number}",
                speaker=row.speaker,
                fields={},
                codes=(),
            )
            for number, row in enumerate(rows)
        ],
        kind,
    )
    by_number = {segment.id: segment for segment in answers(interviews)}
    shown: Counter[str] = Counter()
    segments: list[Segment] = []
    for number, row in enumerate(rows):
        # Evidence names coded passages by these: a person must find them in the file.
        name = f"({row.line})" if row.id is None else str(row.id)
        shown[name] += 1
        unique = name if shown[name] == 1 else f"{name} ({row.line})"
        segments.append(replace(by_number[str(number)], id=unique))
    return interviews, segments


@contextlib.contextmanager
def _step(watcher: Watcher, name: str, ko: str, en: str) -> Iterator[None]:
    """Show a piece of work as a run shows its stages."""
    stage = Stage(name, ko, en, make=lambda _: None, kind=None, room="themes")
    begun = time.perf_counter()
    watcher.started(stage)
    yield
    watcher.finished(stage, StageReport(name, False, time.perf_counter() - begun))


# ── with a study ────────────────────────────────────────────────────────────────────


def suggest_study(study: Study, watcher: Watcher) -> Answer:
    """Return a line for each segment of the study nobody has coded, masked.

    Runs what of the study's stages has to be run.

    Raises:
        GyeolError: the study has no codebook, or a stage cannot go on.
    """
    must_have_codebook(study)
    run = run_stages(study, _UP_TO_SUGGESTIONS, watcher)
    return Answer(to_jsonl(_masked(run)), tuple(run.problems))


def suggest_new(study: Study, new: Sequence[Path], watcher: Watcher) -> Answer:
    """Return a line for each segment of the files ``new``, masked.

    They are read as if they had been among the study's interviews: with its dictionary,
    codebook, codings, names and pseudonyms, and with topics of all of it. The study itself
    stays as it is: the work is done on a copy inside its private part.

    Raises:
        GyeolError: the study has no codebook, a file is not there or is called as one of the
            study's, or a stage cannot go on.
    """
    must_have_codebook(study)
    _must_be_new(study, new)
    with _copy_of(study, new) as (together, originals):
        run = run_stages(together, _UP_TO_SUGGESTIONS, watcher)
        shown = {together.shown(copy): path.as_posix() for copy, path in originals.items()}
        added = {i.id for i in interviews_of(run) if i.source in shown}
        if not added:
            raise GyeolError(*_said_of(run, shown))
        analysis = _masked(run)
        own = tuple(s for s in analysis.suggestions if s.interview in added)
        problems = masked_problems(_said_of(run, shown), key_of(together))
    return Answer(to_jsonl(replace(analysis, suggestions=own)), problems)


def _masked(run: Run) -> Analysis:
    return mask_analysis(analysis_of(run), run.result("privacy").masks, key_of(run.study))


def _said_of(run: Run, shown: Mapping[str, str]) -> tuple[Problem, ...]:
    """Return the run's problems with the names of the files as the user gave them."""
    return tuple(replace(p, path=shown.get(p.path or "", p.path)) for p in run.problems)


@contextlib.contextmanager
def _copy_of(study: Study, new: Sequence[Path]) -> Iterator[tuple[Study, dict[Path, Path]]]:
    """Give a copy of ``study`` with ``new`` among its interviews, and which copy is of which.

    It lies in the private part, and is deleted whatever happens.
    """
    folder = study.private / "new"
    make_private(study.private)
    try:
        with FileLock(study.private / "new.lock", timeout=0):
            # What is left of a killed run must not stay: it holds interviews.
            shutil.rmtree(folder, ignore_errors=True)
            try:
                yield _made_copy(study, new, folder)
            finally:
                shutil.rmtree(folder, ignore_errors=True)
    except Timeout as error:
        raise GyeolError(_at_work(study)) from error


def _made_copy(study: Study, new: Sequence[Path], folder: Path) -> tuple[Study, dict[Path, Path]]:
    folder.mkdir(mode=0o700)
    skipped = shutil.ignore_patterns("new", "new.lock", "cache")
    shutil.copytree(study.private, folder / "private", ignore=skipped)
    for part in ("interviews", "inbox"):
        if (study.folder / part).is_dir():
            shutil.copytree(study.folder / part, folder / part)
    for path in study.folder.iterdir():
        if path.is_file():  # such as decisions
            shutil.copyfile(path, folder / path.name)
    originals: dict[Path, Path] = {}
    for path in new:
        copy = folder / "interviews" / path.name
        copy.parent.mkdir(exist_ok=True)
        shutil.copyfile(path, copy)
        originals[copy] = path
    together = replace(study, folder=folder, private=folder / "private", outputs=folder / "outputs")
    vectors = cache_of(study) / "vectors.bin"
    if vectors.is_file():
        make_private(cache_of(together))
        shutil.copyfile(vectors, cache_of(together) / vectors.name)
    return together, originals


def _must_be_new(study: Study, new: Sequence[Path]) -> None:
    known = list_files(study.interviews) if study.interviews.is_dir() else ()
    taken = {interview_id(path.name) for path in known}
    problems: list[Problem] = []
    for path in new:
        if not path.is_file():
            problems.append(_no_such_file(path))
        elif interview_id(path.name) in taken:
            problems.append(_taken(path))
        taken.add(interview_id(path.name))
    if problems:
        raise GyeolError(*problems)


# ── what is said of it ──────────────────────────────────────────────────────────────


def _only_ranks(coded: bool) -> Problem:
    if coded:
        ko = "코딩된 단위가 적어 점수를 확률로 맞추지 못했습니다. 점수는 순위만 뜻합니다."
        en = "Too few coded segments to fit probabilities: the score only ranks."
    else:
        ko = "코딩된 단위 없이 코드북만으로 제안합니다. 점수는 순위만 뜻합니다."
        en = "Suggested from the codebook alone, with no coded segment: the score only ranks."
    return Problem(ko, en, level="warning")


def _unknown(code: str, count: int, names: Mapping[str, str], path: Path) -> Problem:
    near = difflib.get_close_matches(code, names, n=1, cutoff=0.6)
    ko, en = (f" 혹시 «{near[0]}»?", f" Did you mean «{near[0]}»?") if near else ("", "")
    return Problem(
        f"코드 «{code}»{particle(code, '이')} 코드북에 없어 뺐습니다({count:,}개 행).{ko}",
        f"The code «{code}» ({count:,} rows) is not in the codebook and was left out.{en}",
        path.as_posix(),
        level="warning",
    )


def _nothing_coded(path: Path) -> Problem:
    return Problem(
        "코드북의 코드가 붙은 행이 없습니다. 코드 이름은 codes에 적습니다.",
        "No row has a code of the codebook. Names of codes belong under «codes».",
        path.as_posix(),
        level="warning",
    )


def _no_such_file(path: Path) -> Problem:
    return Problem("그런 파일이 없습니다.", "There is no such file.", path.as_posix())


def _taken(path: Path) -> Problem:
    return Problem(
        f"«{path.stem}»{particle(path.stem, '이라는')} 면담이 이 연구나 --new에 이미 있습니다. 파일 이름을 바꾸세요.",
        f"The study or --new already has an interview «{path.stem}». Give the file another name.",
        path.as_posix(),
    )


def _at_work(study: Study) -> Problem:
    return Problem(
        "다른 gyeol suggest가 이 연구를 쓰고 있습니다. 끝난 뒤 다시 실행하세요.",
        "Another gyeol suggest is at work on this study. Run again when it has finished.",
        study.shown(study.private),
    )
