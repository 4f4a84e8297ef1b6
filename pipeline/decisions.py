"""A study's store of decisions: opened, written to a file, merged from others' files."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from pipeline.config import Study
from pipeline.corpus.encoding import decode
from pipeline.errors import GyeolError, Problem, placed
from pipeline.flow.verdicts import has_store
from pipeline.memory import write_whole
from pipeline.sentences import particle, why_not
from pipeline.verdicts.logs import Log, Merged, log_lines, log_of, merge_log, read_log
from pipeline.verdicts.store import Store, open_store
from pipeline.withdrawn import withdrawn_interviews


def store_of(study: Study) -> Store:
    """Open the study's store, making it where there is none."""
    return open_store(study.store_url, study.store_shown)


def export_decisions(study: Study, out: Path) -> Log:
    """Write everything the study's store holds to ``out``; return it.

    The file holds quotes as they were said: it is its owner's alone.

    Raises:
        GyeolError: nothing was decided yet, or ``out`` cannot be written.
    """
    if not has_store(study):
        raise GyeolError(
            Problem(
                "아직 판정이 없습니다. gyeol review로 시작하세요.",
                "Nothing was decided yet. Begin with gyeol review.",
                study.store_shown,
            )
        )
    with store_of(study) as store:
        log = log_of(store)
    data = "".join(f"{line}\n" for line in log_lines(log))
    write_whole(out, data.encode(), private=True)
    return log


def merge_decisions(study: Study, files: Sequence[Path]) -> tuple[Merged, ...]:
    """Take in the decisions of ``files``; nothing is taken in where one of them is no log.

    Raises:
        GyeolError: every wrong line of every file, or a decision that contradicts one here.
    """
    logs: list[Log] = []
    problems: list[Problem] = []
    for path in files:
        try:
            with placed(str(path)):
                lines = _lines(path)
            logs.append(read_log(lines, str(path)))
        except GyeolError as error:
            problems += error.problems
    if problems:
        raise GyeolError(*problems)
    withdrawn = withdrawn_interviews(study)
    with store_of(study) as store:
        return tuple(merge_log(store, log, withdrawn) for log in logs)


def merge_notes(done: Merged, path: str) -> list[Problem]:
    """Return what a person should do after merging the file at ``path``."""
    notes = []
    if done.versions:
        notes.append(
            Problem(
                f"이 연구가 모르는 코드북의 판 {done.versions}개에서 내린 판정이 있습니다. 코드는 id로 "
                "맞추었습니다. 코드북이 저쪽에서 바뀌었다면 codebook.yaml도 옮겨 오세요.",
                f"Made under {done.versions} versions of the codebook not known here; codes were "
                "matched by id. If the codebook was changed there, bring codebook.yaml too.",
                path,
                level="warning",
            )
        )
    notes += [
        Problem(
            f"면담 «{interview}»{particle(interview, '은')} 저쪽에서 동의가 철회되었습니다. gyeol forget으로 여기서도 지우세요.",
            f"Interview «{interview}» was withdrawn there: run gyeol forget here, too.",
            path,
        )
        for interview in done.withdrawn
    ]
    return notes


def _lines(path: Path) -> list[str]:
    try:
        # Only a newline ends a line: quotes may hold other signs that look like one.
        return decode(path.read_bytes()).split("\n")
    except OSError as error:
        raise GyeolError(
            Problem(f"읽을 수 없습니다({why_not(error)}).", f"Cannot be read ({error.strerror}).")
        ) from error
