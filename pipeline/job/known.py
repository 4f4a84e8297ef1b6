"""What a study's interview files hold: by which a file of the inbox is known again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from pipeline.config import Study
from pipeline.corpus.listing import list_files
from pipeline.job.lock import job_folder
from pipeline.memory import code_digest, digest, file_digest, write_whole
from pipeline.records import Interview, Reading


@dataclass(frozen=True, slots=True)
class Content:
    """What a file holds: SHA-256 of its bytes and of what is said in each interview, ids of rows.

    What is said are the turns, who speaks and the words, whatever blanks stand between them.
    """

    sha256: str
    texts: Mapping[str, str]
    rows: tuple[str, ...] = ()


def content_of(reading: Reading, sha256: str) -> Content:
    """Return what a file that was read as ``reading`` holds."""
    texts = {one.id: _said(one) for one in reading.interviews}
    rows = (turn.id for one in reading.interviews for turn in one.turns if turn.id is not None)
    return Content(sha256, texts, tuple(rows))


def _said(interview: Interview) -> str:
    turns = [
        [turn.speaker, " ".join(interview.text[turn.start : turn.end].split())]
        for turn in interview.turns
    ]
    return hashlib.sha256(json.dumps(turns).encode()).hexdigest()


def read_known(study: Study) -> dict[str, Content]:
    """Return what each file under ``interviews/`` holds, by its path there.

    What was read once is remembered by ``remember_known``; the rest is read now.
    """
    listed = list_files(study.interviews) if study.interviews.is_dir() else ()
    return read_some(study, [path.relative_to(study.interviews).as_posix() for path in listed])


def read_some(study: Study, names: Iterable[str]) -> dict[str, Content]:
    """Return what the files ``names`` under ``interviews/`` hold."""
    kept = _remembered(study)
    known: dict[str, Content] = {}
    for name in names:
        path = study.interviews / name
        sha256 = file_digest(path)
        content = kept.get(_key(study, path.name, sha256))
        known[name] = content or content_of(_read(study, path), sha256)
    return known


def remember_known(study: Study, known: Mapping[str, Content]) -> None:
    """Keep what the files hold, so that the next job need not read them again."""
    rows = {_key(study, Path(n).name, one.sha256): asdict(one) for n, one in known.items()}
    data = json.dumps(rows, ensure_ascii=False).encode("utf-8", "surrogatepass")
    write_whole(_file(study), data, private=True)


def holders(known: Mapping[str, Content], interviews: Iterable[str]) -> list[str]:
    """Return the files that hold any of ``interviews``."""
    wanted = set(interviews)
    return [name for name, content in known.items() if wanted & set(content.texts)]


def _read(study: Study, path: Path) -> Reading:
    from pipeline.corpus.reading import read_file

    return read_file(path, study.shown(path), study.config.interviewer, study.reading)


def _file(study: Study) -> Path:
    return job_folder(study) / "known.json"


def _key(study: Study, name: str, sha256: str) -> str:
    config = study.config
    return digest(
        code_digest("corpus"), config.interviewer, config.reading.model_dump(), name, sha256
    )


def _remembered(study: Study) -> dict[str, Content]:
    """Return what was remembered; a damaged memory is an empty one."""
    try:
        rows = json.loads(_file(study).read_bytes())
        return {
            key: Content(row["sha256"], row["texts"], tuple(row["rows"]))
            for key, row in rows.items()
        }
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}
