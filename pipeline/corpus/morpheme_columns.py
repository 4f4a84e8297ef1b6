"""Morphemes of a whole corpus, put together from parts of which one is in memory at a time.

The columns of the whole lie in unnamed files, mapped into memory and gone when nobody holds
them: what is not being looked at the system leaves on disk.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

import numpy as np

from pipeline.records import Morphemes

_COLUMNS = ("code", "start", "end", "sentence")
_ROWS_AT_A_TIME = 1_000_000


def join_morphemes(
    part_at: Callable[[int], Morphemes],
    order: Sequence[tuple[int, int]],
    interviews: Sequence[str],
    folder: Path,
) -> Morphemes:
    """Return one table of ``interviews``, whose morphemes ``order`` finds as (part, place in it).

    ``part_at`` gives a part by its number, and is asked twice for each: for its words, then for
    its columns. Interviews of the same words may share a place. The vocabulary is sorted, so
    that the result does not depend on how the corpus was divided into parts. Columns are files
    in ``folder``, the private part: they say where each word of an interview stands.
    """
    asked: dict[int, list[int]] = {}
    for index, (number, _) in enumerate(order):
        asked.setdefault(number, []).append(index)
    terms: set[str] = set()
    guessed: set[str] = set()
    lengths = np.zeros(len(order), np.int64)
    for number, indices in asked.items():
        part = part_at(number)
        terms.update(part.vocabulary)
        guessed.update(part.guessed)
        lengths[indices] = np.diff(part.bounds)[[order[index][1] for index in indices]]
    vocabulary = tuple(sorted(terms))
    place = {term: index for index, term in enumerate(vocabulary)}
    bounds = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)
    with _column_files(folder) as files:
        for number, indices in asked.items():
            part = part_at(number)
            recoded = np.array([place[term] for term in part.vocabulary], np.int32)[part.code]
            for index in indices:
                at = order[index][1]
                rows = slice(int(part.bounds[at]), int(part.bounds[at + 1]))
                _write(files, int(bounds[index]), replace(part, code=recoded), rows)
        columns = _mapped(files, int(bounds[-1]))
    return Morphemes(
        vocabulary,
        **columns,
        interviews=tuple(interviews),
        bounds=bounds,
        guessed=tuple(sorted(guessed)),
    )


def change_morphemes(
    morphemes: Morphemes, change: Callable[[Morphemes], Morphemes], folder: Path
) -> Morphemes:
    """Return ``change`` of ``morphemes``, done some interviews at a time, in files of ``folder``.

    ``change`` may leave rows out and name terms otherwise: its vocabulary rests on that of
    ``morphemes`` alone.
    """
    vocabulary, n, lengths = morphemes.vocabulary, 0, [np.zeros(1, np.int64)]
    with _column_files(folder) as files:
        for some in _some_at_a_time(morphemes):
            changed = change(some)
            _write(files, n, changed, slice(None))
            n += len(changed.code)
            lengths.append(np.diff(changed.bounds))
            vocabulary = changed.vocabulary
        columns = _mapped(files, n)
    bounds = np.cumsum(np.concatenate(lengths))
    return replace(morphemes, vocabulary=vocabulary, **columns, bounds=bounds)


def _some_at_a_time(morphemes: Morphemes) -> Iterator[Morphemes]:
    """Yield ``morphemes`` by whole interviews, about a million rows each."""
    n = len(morphemes.interviews)
    rows = np.arange(0, len(morphemes.code), _ROWS_AT_A_TIME)
    begins = np.searchsorted(morphemes.bounds[:-1], rows)
    for first, last in pairwise(np.unique([0, *begins.tolist(), n]).tolist()):
        low, high = int(morphemes.bounds[first]), int(morphemes.bounds[last])
        yield replace(
            morphemes,
            **{name: getattr(morphemes, name)[low:high] for name in _COLUMNS},
            interviews=morphemes.interviews[first:last],
            bounds=morphemes.bounds[first : last + 1] - low,
        )


@contextmanager
def _column_files(folder: Path) -> Iterator[list[IO[bytes]]]:
    """Open an unnamed file for each column; what fails there, as a full disk, names ``folder``."""
    try:
        with ExitStack() as stack:
            yield [stack.enter_context(TemporaryFile(dir=folder)) for _ in _COLUMNS]
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(folder)) from error


def _write(files: Sequence[IO[bytes]], first: int, part: Morphemes, rows: slice) -> None:
    """Write ``rows`` of ``part`` from the row ``first`` on, an int32 each."""
    for name, file in zip(_COLUMNS, files, strict=True):
        values = np.ascontiguousarray(getattr(part, name)[rows], np.int32)
        file.seek(first * values.itemsize)
        file.write(values.data)


def _mapped(files: Sequence[IO[bytes]], length: int) -> dict[str, np.ndarray]:
    """Return the columns as they lie in ``files``, which may then be closed; not to be changed."""
    if not length:
        return {name: np.empty(0, np.int32) for name in _COLUMNS}  # of nothing there is no map
    for file in files:
        file.flush()
    maps = (np.memmap(file, np.int32, "r", shape=(length,)) for file in files)
    return {name: np.asarray(column) for name, column in zip(_COLUMNS, maps, strict=True)}
