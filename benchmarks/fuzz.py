"""Damages real files in many ways, and sees that each is read or refused: no crash, no hang.

Usage: python benchmarks/fuzz.py FOLDER… [--mutations 10000] [--seed 2026] [--processes 2]

The files under each FOLDER are told apart by their suffix, and every format gets as many
mutations. They are read in processes of their own, each file within ``--seconds`` and
``--megabytes``. A failure is printed as «file number», from which the same damage is made again.
"""

from __future__ import annotations

import argparse
import io
import multiprocessing
import random
import resource
import sys
import tempfile
import time
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path

from pipeline.corpus.encoding import freeze
from pipeline.corpus.listing import list_files
from pipeline.corpus.reading import FORMATS, read_file

SUFFIXES = {suffix for known in FORMATS for suffix in known.suffixes}
LARGEST = 4 * 2**20
ZIP_ERRORS = (zipfile.BadZipFile, ValueError, EOFError, OSError, RuntimeError)
# Numbers that programs trip over, and signs that text is made of.
ODD_BYTES = (b"\xff\xff\xff\xff", b"\0\0\0\0", b"\x7f\xff\xff\xff", b"\xff\xfe", b"\xed\xa0\x80", b"<",
             b"&", b"{", b"\\", b'"', "\u202e".encode(), "\u1100".encode(), b"\r", b"\x1b")  # fmt: skip
OUTCOMES = ("read", "refused", "crashed", "hung")


@dataclass(frozen=True)
class Outcome:
    """What came of one file: one of ``OUTCOMES``, why it crashed, seconds, the peak in kB."""

    kind: str
    reason: str = ""
    seconds: float = 0.0
    peak: int = 0


@dataclass
class Tally:
    """What came of all files of a format."""

    files: int
    kinds: Counter[str] = field(default_factory=Counter)
    slowest: float = 0.0
    peak: int = 0

    def add(self, outcome: Outcome) -> None:
        """Count one more."""
        self.kinds[outcome.kind] += 1
        self.slowest = max(self.slowest, outcome.seconds)
        self.peak = max(self.peak, outcome.peak)


def mutated(data: bytes, seed: str) -> bytes:
    """Return ``data`` damaged as ``seed`` says; of an archive, mostly one member of it."""
    chance = random.Random(seed)
    if data.startswith(b"PK") and chance.random() < 0.75:
        try:
            return _with_member_damaged(data, chance)
        except ZIP_ERRORS:
            pass
    return _damaged(data, chance)


def _with_member_damaged(data: bytes, chance: random.Random) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w") as new:
        members = old.infolist()
        # Pictures and fonts are not read.
        texts = [member for member in members if member.filename.endswith(("xml", "rels"))]
        target = chance.choice(texts or members)
        for member in members:
            content = old.read(member)
            if member is target:
                content = _damaged(content, chance)
            new.writestr(member, content, zipfile.ZIP_DEFLATED, 1)
    return made.getvalue()


def _damaged(data: bytes, chance: random.Random) -> bytes:
    for _ in range(chance.choice((1, 1, 1, 2, 4))):
        data = chance.choice(DAMAGES)(data, chance)
    return data


def _flipped(data: bytes, chance: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(chance.choice((1, 2, 8, 64)) if data else 0):
        changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
    return bytes(changed)


def _truncated(data: bytes, chance: random.Random) -> bytes:
    return data[: chance.randrange(len(data) + 1)]


def _repeated(data: bytes, chance: random.Random) -> bytes:
    start, end = _block(data, chance)
    return data[:end] + data[start:end] * chance.choice((1, 1, 2, 50)) + data[end:]


def _moved(data: bytes, chance: random.Random) -> bytes:
    start, end = _block(data, chance)
    rest = data[:start] + data[end:]
    place = chance.randrange(len(rest) + 1)
    return rest[:place] + data[start:end] + rest[place:]


def _cut_out(data: bytes, chance: random.Random) -> bytes:
    start, end = _block(data, chance)
    return data[:start] + data[end:]


def _blanked(data: bytes, chance: random.Random) -> bytes:
    start, end = _block(data, chance)
    return data[:start] + bytes(end - start) + data[end:]


def _with_odd_bytes(data: bytes, chance: random.Random) -> bytes:
    place = chance.randrange(len(data) + 1)
    odd = chance.choice(ODD_BYTES) * chance.choice((1, 1, 3, 300))
    kept = place + (len(odd) if chance.random() < 0.5 else 0)
    return data[:place] + odd + data[kept:]


DAMAGES: tuple[Callable[[bytes, random.Random], bytes], ...] = (
    _flipped, _truncated, _repeated, _moved, _cut_out, _blanked, _with_odd_bytes,
)  # fmt: skip


def _block(data: bytes, chance: random.Random) -> tuple[int, int]:
    """Return the span of a block; half of them begin and end where tags, groups or lines do."""
    start = chance.randrange(len(data) + 1)
    end = min(len(data), start + chance.choice((1, 16, 512, 4096, 65_536)))
    if chance.random() < 0.5:
        mark = chance.choice((b"<", b"\n", b"{", b"\\"))
        start, end = max(data.find(mark, start), 0), max(data.find(mark, end), 0)
    return min(start, end), max(start, end)


def outcome_of(data: bytes, name: str, folder: Path) -> Outcome:
    """Read ``data`` as the file ``name`` in ``folder``, and see what comes of it."""
    path = folder / name
    path.write_bytes(data)
    began = time.perf_counter()
    try:
        reading = read_file(path, name, [])
        fault = next(_faults(reading), "")
    except Exception as error:
        fault = f"{type(error).__name__}: {error}"
        reading = None
    seconds = time.perf_counter() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    kind = "crashed" if fault or reading is None else "read" if reading.interviews else "refused"
    return Outcome(kind, fault, seconds, peak)


def _faults(reading) -> Iterator[str]:  # noqa: ANN001 — a Reading
    errors = [problem for problem in reading.problems if problem.level == "error"]
    if not reading.interviews and not errors:
        yield "silently empty"
    for problem in reading.problems:
        if not (problem.ko.strip() and problem.en.strip()):
            yield "a message that says nothing"
    for interview in reading.interviews:
        if freeze(interview.text) != interview.text:
            yield "text that is not frozen"
        before = 0
        for turn in interview.turns:
            if not before <= turn.start < turn.end <= len(interview.text):
                yield "turns that are out of order, empty or outside the text"
            before = turn.end


class Reader:
    """A process that reads, and is begun anew when it dies or takes too long."""

    def __init__(self, seconds: float, megabytes: int, folder: Path) -> None:
        self._seconds, self._megabytes, self._folder = seconds, megabytes, folder
        self._begin()

    def _begin(self) -> None:
        context = multiprocessing.get_context("spawn")
        self._connection, other = context.Pipe()
        self._process = context.Process(
            target=_serve, args=(other, self._megabytes, self._folder), daemon=True
        )
        self._process.start()
        other.close()
        # It says so when it has imported everything: that is no part of the time for a file.
        self._connection.recv()

    def read(self, path: Path, seed: str) -> Outcome:
        """Return what comes of the file at ``path``, damaged as ``seed`` says."""
        self._connection.send((path, seed))
        try:
            if self._connection.poll(self._seconds):
                return self._connection.recv()
            outcome = Outcome("hung", f"over {self._seconds:g} s", self._seconds)
        except (EOFError, OSError):
            outcome = Outcome("crashed", "the process died")
        self.end()
        self._begin()
        return outcome

    def end(self) -> None:
        """End the process."""
        self._process.kill()
        self._process.join()
        self._connection.close()


def _serve(connection: Connection, megabytes: int, folder: Path) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (megabytes * 2**20, megabytes * 2**20))
    own = Path(tempfile.mkdtemp(dir=folder))
    connection.send("ready")
    while True:
        path, seed = connection.recv()
        connection.send(outcome_of(mutated(path.read_bytes(), seed), f"파일{path.suffix}", own))


def main() -> int:
    """Damage and read, and print what came of it; 1 if anything crashed or hung."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folders", type=Path, nargs="+")
    parser.add_argument("--mutations", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=2026)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--seconds", type=float, default=30)
    parser.add_argument("--megabytes", type=int, default=1500)
    given = parser.parse_args()
    files = files_by_format(given.folders)
    if not files:
        parser.error("no files of a format that is read")
    print(f"{'format':8}{'files':>6}{'tried':>7}" + "".join(f"{kind:>9}" for kind in OUTCOMES)
          + f"{'slowest':>10}{'peak':>9}")  # fmt: skip
    failures: list[str] = []
    total = Tally(sum(map(len, files.values())))
    for number, (suffix, paths) in enumerate(files.items()):
        share = given.mutations // len(files) + (number < given.mutations % len(files))
        print_row(suffix, run(paths, share, given, total, failures))
    print_row("all", total)
    print("\n".join(failures[:20]))
    return 1 if failures else 0


def files_by_format(folders: Sequence[Path]) -> dict[str, list[Path]]:
    """Return the files under ``folders`` by suffix, those too large for many rounds left out."""
    found: dict[str, list[Path]] = {}
    for path in (path for folder in folders for path in list_files(folder)):
        if path.suffix.lower() in SUFFIXES and path.stat().st_size <= LARGEST:
            found.setdefault(path.suffix.lower(), []).append(path)
    return dict(sorted(found.items()))


def run(
    paths: Sequence[Path], mutations: int, given: argparse.Namespace, total: Tally,
    failures: list[str],
) -> Tally:  # fmt: skip
    """Read ``mutations`` of the files at ``paths``; say in ``failures`` which went wrong."""
    tally = Tally(len(paths))
    tasks = [(paths[n % len(paths)], f"{given.seed}/{n}") for n in range(mutations)]
    with tempfile.TemporaryDirectory() as folder:
        # New processes for each format: their peak of memory is this format's.
        readers = [
            Reader(given.seconds, given.megabytes, Path(folder)) for _ in range(given.processes)
        ]
        with ThreadPoolExecutor(given.processes) as threads:
            parts = threads.map(
                lambda place: [
                    (path, seed, readers[place].read(path, seed))
                    for path, seed in tasks[place :: given.processes]
                ],
                range(given.processes),
            )
            for path, seed, outcome in (row for part in parts for row in part):
                tally.add(outcome)
                total.add(outcome)
                if outcome.reason:
                    failures.append(f"{outcome.kind}: {path.name} {seed}: {outcome.reason}")
        for reader in readers:
            reader.end()
    return tally


def print_row(name: str, tally: Tally) -> None:
    """Print a row of the table."""
    kinds = "".join(f"{tally.kinds[kind]:9}" for kind in OUTCOMES)
    print(
        f"{name:8}{tally.files:6}{tally.kinds.total():7}{kinds}{tally.slowest:8.1f} s"
        f"{tally.peak // 1024:6} MB",
        flush=True,
    )


if __name__ == "__main__":
    sys.exit(main())
