"""``codebook.yaml`` and its versions: read, noticed when edited elsewhere, changed by the desk.

The file is the truth. A change made at the desk goes into it whole or not at all, after
whatever somebody else has written there was recorded; nothing is overwritten unseen.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from pipeline.config import Study
from pipeline.corpus.codebook import read_codebook
from pipeline.corpus.encoding import decode, freeze
from pipeline.errors import GyeolError, Problem, placed
from pipeline.memory import write_whole
from pipeline.records import CodebookVersion, CodeChange
from pipeline.verdicts.code_entries import Fields
from pipeline.verdicts.store import Store, now
from pipeline.verdicts.versions import add_version, change_codebook, noticed, versions_of

_CHANGEABLE = (".yaml", ".yml")


def no_codes(study: Study, problems: Sequence[Problem]) -> GyeolError:
    """Return what to raise where codes are needed and a run, with ``problems``, found none."""
    none = Problem(
        "코드북에 코드가 없습니다. codebook.yaml을 두거나 설정에 codebook을 적고 다시 하세요.",
        "There are no codes. Add codebook.yaml, or name a codebook in the config.",
        study.shown(study.codebook or study.folder),
    )
    return GyeolError(none, *(problem for problem in problems if problem.level == "error"))


def codebook_in_force(study: Study, store: Store, author: str = "") -> CodebookVersion | None:
    """Return the version the study's codebook is now, recorded where it was not known.

    ``None`` for a study without a codebook.

    Raises:
        GyeolError: the file is no codebook.
    """
    path = study.codebook
    return None if path is None else noticed(store, _text_of(path, study.shown(path)), author)


def change_study_codebook(
    study: Study,
    store: Store,
    change: CodeChange,
    author: str,
    reason: str,
    fields: Mapping[str, Fields] | None = None,
) -> CodebookVersion:
    """Make ``change`` in the study's ``codebook.yaml`` and record it; return the new version.

    Arguments as in ``verdicts.versions.change_codebook``.

    Raises:
        GyeolError: there is no codebook in YAML, the change is not possible, or the file
            cannot be written; then nothing has changed.
    """
    path = study.codebook
    if path is None or path.suffix.lower() not in _CHANGEABLE:
        raise GyeolError(_not_yaml(study, path))
    shown = study.shown(path)
    before = path.read_bytes()
    noticed(store, _text_of(path, shown), author)
    text = _text_of(path, shown)
    changed = change_codebook(text, change, fields, shown)
    version = CodebookVersion(
        len(versions_of(store)) + 1, now(), author, reason, changed, (change,)
    )
    if path.read_bytes() != before:
        raise GyeolError(
            Problem(
                "그사이에 다른 곳에서 코드북 파일이 바뀌었습니다. 바뀐 코드북을 보고 다시 하세요.",
                "The codebook's file was changed meanwhile. Look at it and try again.",
                shown,
            )
        )
    # First the file, which is the truth: were the rest interrupted, the change would be noticed.
    write_whole(path, as_written(changed, before))
    add_version(store, version)
    return version


def _text_of(path: Path, shown: str) -> str:
    """Return the codebook's text; of a table, its codes as JSON."""
    codes = read_codebook(path, shown)
    if path.suffix.lower() in (*_CHANGEABLE, ".json"):
        with placed(shown):
            return freeze(decode(path.read_bytes()))
    rows = []
    for code in codes:
        row = {k: v for k, v in dataclasses.asdict(code).items() if v and k != "depth"}
        rows.append({**row.pop("fields", {}), **row})
    return json.dumps(rows, ensure_ascii=False, indent=1) + "\n"


def as_written(text: str, before: bytes) -> bytes:
    """Return ``text`` as bytes, with the line ends and the mark the file had."""
    if b"\r\n" in before:
        text = text.replace("\n", "\r\n")
    return text.encode("utf-8-sig" if before.startswith(b"\xef\xbb\xbf") else "utf-8")


def _not_yaml(study: Study, path: Path | None) -> Problem:
    if path is None:
        return Problem(
            "코드북이 없습니다. 자료 폴더에 codebook.yaml을 두세요.",
            "There is no codebook: put a codebook.yaml into the data folder.",
            study.shown(study.folder),
        )
    return Problem(
        f"화면에서는 YAML 코드북만 바꿀 수 있습니다. {path.name}의 내용을 codebook.yaml로 옮긴 뒤 "
        "(코드마다 «- name: …») 이 파일을 치우고 다시 하세요.",
        f"Only a YAML codebook can be changed here: convert {path.name} to codebook.yaml "
        "(«- name: …» for each code), and put this file away.",
        study.shown(path),
    )
