"""What a stage made, kept on disk under a key and written whole or not at all.

A key is a hash of all that a result depends on. Arrays are kept as NumPy archives and
records as JSON, never as pickles.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import json
import os
import typing
from collections.abc import Iterable
from dataclasses import fields, is_dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from pipeline import records
from pipeline.errors import GyeolError, Problem
from pipeline.sentences import why_not

ROOMS = ("corpus", "mining", "themes", "verdicts", "views")
_PACKAGE = Path(__file__).parent


def digest(*parts: object) -> str:
    """Return a short hash of ``parts`` (anything JSON can write; mappings in any order)."""
    text = json.dumps(parts, ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def file_digest(path: Path) -> str:
    """Return the SHA-256 of a file's bytes, read in blocks."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@cache
def code_digest(room: str) -> str:
    """Return a hash of the program text a stage of ``room`` can depend on.

    Imports only point up the listing of rooms, so a change in a lower room cannot change
    what an upper one makes, and does not cost its results.
    """
    lower = ROOMS[ROOMS.index(room) + 1 :]
    sources: list[Path] = []
    for name in set(ROOMS) - set(lower):
        folder = _PACKAGE / name
        sources += [p for p in folder.rglob("*") if p.is_file() and p.suffix != ".pyc"]
    for part in ("records", "flow"):
        sources += [p for p in (_PACKAGE / part).glob("*.py") if p.stem not in lower]
    sources.append(_PACKAGE / "sentences.py")
    return digest([[p.relative_to(_PACKAGE).as_posix(), file_digest(p)] for p in sorted(sources)])


@cache
def library_version(name: str) -> str:
    """Return an installed distribution's version without importing it."""
    return version(name)


def write_whole(path: Path, data: bytes, *, private: bool = False) -> None:
    """Write ``data`` to ``path`` so that a reader, or a crash, sees all of it or none.

    ``private`` files are readable by their owner only (where the system knows owners).

    Raises:
        GyeolError: the place cannot be written, or another program holds the file.

    """
    partial = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        if private:
            make_private(path.parent)
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
        with os.fdopen(
            os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600 if private else 0o666),
            "wb",
        ) as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        partial.replace(path)
    except OSError as error:
        raise GyeolError(not_writable(path, error)) from error
    finally:
        # Whatever kept the file from being written may keep it from being removed, too.
        with contextlib.suppress(OSError):
            partial.unlink(missing_ok=True)


def make_private(folder: Path) -> None:
    """Make a folder, and those above it that are missing, for their owner only.

    ``Path.mkdir`` would give its mode to the last of them and leave the others open.
    """
    if not folder.is_dir():
        make_private(folder.parent)
        folder.mkdir(exist_ok=True, mode=0o700)


def readable_by_others(path: Path) -> bool:
    """Tell whether a file written as ``private`` can be read by others all the same.

    So it is where the system knows no owners: on Windows, on many memory sticks and shares.
    """
    return os.name == "nt" or bool(path.stat().st_mode & 0o077)


def not_writable(path: Path, error: OSError) -> Problem:
    """Say that ``path`` cannot be written, and what to do about it."""
    return Problem(
        f"쓸 수 없습니다({why_not(error)}). 폴더의 권한과 남은 용량을 확인하고, "
        "엑셀 등 다른 프로그램에서 열려 있으면 닫은 뒤 다시 실행하세요.",
        f"Cannot be written ({error.strerror}). Check the folder's permissions and free space, "
        "and close the file if another program has it open.",
        str(path),
    )


def clear_partial(folder: Path) -> None:
    """Remove what a killed run left half-written below ``folder``."""
    for partial in folder.rglob(".*.part"):
        partial.unlink(missing_ok=True)


def pack(value: object, kind: Any) -> bytes:  # noqa: ANN401 — any type a record holds
    """Return a stage's result of type ``kind`` as bytes: the same value gives the same bytes."""
    if not _holds_arrays(kind):
        return _json_adapter(kind).dump_json(value)
    import numpy as np
    from scipy.sparse import csr_matrix

    arrays: dict[str, Any] = {}
    for name, field_type in _field_types(kind).items():
        part = getattr(value, name)
        if _holds_arrays(field_type):
            arrays[f"{name}.packed"] = np.frombuffer(pack(part, field_type), np.uint8)
        elif isinstance(part, np.ndarray):
            arrays[name] = part
        elif isinstance(part, csr_matrix):
            arrays |= {
                f"{name}.data": part.data,
                f"{name}.indices": part.indices,
                f"{name}.indptr": part.indptr,
                f"{name}.shape": np.array(part.shape),
            }
        else:
            arrays[f"{name}.json"] = np.frombuffer(
                _json_adapter(field_type).dump_json(part), np.uint8
            )
    buffer = io.BytesIO()
    np.savez(buffer, **arrays)
    return buffer.getvalue()


def unpack(data: bytes, kind: Any) -> Any:  # noqa: ANN401 — kind says the type
    """Return the value that ``pack`` made ``data`` of."""
    if not _holds_arrays(kind):
        return _json_adapter(kind).validate_json(data)
    import numpy as np
    from scipy.sparse import csr_matrix

    values: dict[str, Any] = {}
    with np.load(io.BytesIO(data), allow_pickle=False) as arrays:
        for name, part in _field_types(kind).items():
            if f"{name}.packed" in arrays:
                values[name] = unpack(arrays[f"{name}.packed"].tobytes(), part)
            elif f"{name}.json" in arrays:
                values[name] = _json_adapter(part).validate_json(arrays[f"{name}.json"].tobytes())
            elif name in arrays:
                values[name] = arrays[name]
            else:
                columns = tuple(arrays[f"{name}.{key}"] for key in ("data", "indices", "indptr"))
                values[name] = csr_matrix(columns, shape=tuple(arrays[f"{name}.shape"]))
    return kind(**values)


def keep_only(folder: Path, names: Iterable[str]) -> None:
    """Remove from ``folder`` every file whose name is not in ``names``."""
    wanted = set(names)
    for path in folder.iterdir() if folder.is_dir() else ():
        if path.is_file() and path.name not in wanted:
            path.unlink(missing_ok=True)


@cache
def _holds_arrays(kind: Any) -> bool:  # noqa: ANN401
    """Tell whether a record holds arrays, without importing NumPy to ask."""
    if not is_dataclass(kind):
        return False
    written = [str(field.type) for field in fields(kind)]
    return any(
        "np.ndarray" in text or "csr_matrix" in text or _holds_arrays(getattr(records, text, None))
        for text in written
    )


@cache
def _field_types(kind: Any) -> dict[str, Any]:  # noqa: ANN401
    import numpy as np
    from scipy.sparse import csr_matrix

    hints = typing.get_type_hints(kind, localns={"np": np, "csr_matrix": csr_matrix})
    return {field.name: hints[field.name] for field in fields(kind)}


@cache
def _json_adapter(kind: Any) -> Any:  # noqa: ANN401 — any type a record holds
    from pydantic import TypeAdapter

    return TypeAdapter(kind)
