"""What stages remember: packed, unpacked, written whole, and keyed by what it was made of."""

from __future__ import annotations

import dataclasses
import io
import json
import os
import shutil
import stat
import sys
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from scipy.sparse import csr_matrix, issparse

from pipeline import memory
from pipeline.errors import GyeolError, Problem
from pipeline.memory import (
    ROOMS,
    clear_partial,
    code_digest,
    digest,
    file_digest,
    keep_only,
    pack,
    readable_by_others,
    unpack,
    write_whole,
)
from pipeline.records import (
    Code,
    CodeTerms,
    Coding,
    Evidence,
    Interview,
    Keyword,
    Match,
    Morphemes,
    MorphologyIndex,
    Reading,
    Segment,
    SegmentSuggestions,
    Shard,
    Suggested,
    Suggestion,
    Terms,
    Topic,
    TopicModel,
    Turn,
    Vectors,
    Written,
)

# ── packing ─────────────────────────────────────────────────────────────────────────


def morphemes() -> Morphemes:
    return Morphemes(
        ("학교/NNG", "😀/SW"),
        np.array([0, 1, 0], np.int32),
        np.array([0, 3, 5], np.int32),
        np.array([2, 4, 7], np.int32),
        np.array([0, 0, 1], np.int32),
        ("P01", "P02"),
        np.array([0, 2, 3], np.int64),
    )


def counts() -> csr_matrix:
    return csr_matrix(np.array([[1, 0, 2], [0, 0, 0]], np.int32))


RESULTS: dict[str, tuple[Any, Callable[[], Any]]] = {
    "Reading": (
        Reading,
        lambda: Reading(
            (
                Interview(
                    "P01",
                    "질문: 네?\n답: 😀 «그럼요»\u2028",
                    (
                        Turn(1, "질문", "interviewer", 4, 6, 0.1),
                        Turn(2, "", "participant", 10, 18, id="x/1", fields={"month": "5"}),
                    ),
                    "P01.txt",
                    {"district": "A구"},
                ),
            ),
            (Problem("한국어", "English", "P01.txt", 3, "warning"),),
        ),
    ),
    "Morphemes": (Morphemes, morphemes),
    "Shard": (Shard, lambda: Shard(("열쇠1", "열쇠2"), "0.24.1", morphemes())),
    "MorphologyIndex": (
        MorphologyIndex,
        lambda: MorphologyIndex(("a.npz", "b.npz"), ((0, 1), (1, 0)), {"0.24.1": 2}),
    ),
    "segments": (
        tuple[Segment, ...],
        lambda: (Segment("P01:001", "P01", 1, "답", 3, 9, {"role": "주민"}),),
    ),
    "no segments": (tuple[Segment, ...], tuple),
    "codes": (
        tuple[Code, ...],
        lambda: (Code("육아/교육", "1", "상위", include=("가|나",), depth=1, fields={"x": "y"}),),
    ),
    "codings": (tuple[Coding, ...], lambda: (Coding("P01", 3, 9, "육아/교육", "A", note="\n"),)),
    "Terms": (Terms, lambda: Terms(("가/NNG", "나/NNG", "다/VV"), ("s1", "s2"), counts())),
    "empty Terms": (Terms, lambda: Terms((), (), csr_matrix((0, 0), dtype=np.int32))),
    "keywords": (
        tuple[Keyword, ...],
        lambda: (Keyword("tfidf", "주민", "학교", "NNG", 1 / 3, 4, 2),),
    ),
    "TopicModel": (
        TopicModel,
        lambda: TopicModel(
            (
                Topic(
                    1, "학교 · 이웃", (("학교/NNG", 0.1), ("이웃/NNG", 1e-17)), 0.5, ("s1",), None
                ),
            ),
            np.array([[0.1], [1.0]]),
            np.array([[0.25, 0.75]]),
            ("학교/NNG", "이웃/NNG"),
            "nmf",
            {"ko": "문장", "en": "sentence"},
        ),
    ),
    "Vectors": (
        Vectors,
        lambda: Vectors(
            ("가/NNG",), np.array([[0.6, 0.8]], np.float32), np.eye(2, dtype=np.float32), "0.24.1"
        ),
    ),
    "CodeTerms": (
        CodeTerms,
        lambda: CodeTerms(("배움", "틈새"), ("가/NNG", "나/NNG", "다/VV"), counts() / 3, counts()),
    ),
    "matches": (tuple[Match, ...], lambda: (Match(1, "배움", -0.25, 0.001, 1),)),
    "Suggested": (
        Suggested,
        lambda: Suggested(
            (
                SegmentSuggestions(
                    "s1", "P01", True, (Suggestion("배움", 0.1, (Evidence("학교", 0, 2, "왜"),)),)
                ),
                SegmentSuggestions("s2", "P01", False),
            ),
            False,
            {"ko": "문장"},
        ),
    ),
    "Written": (Written, lambda: Written({"report.html": "0a" * 32})),
}


def same(one: Any, other: Any) -> bool:  # noqa: ANN401
    if issparse(one):
        return one.shape == other.shape and one.dtype == other.dtype and (one != other).nnz == 0
    if isinstance(one, np.ndarray):
        return one.dtype == other.dtype and np.array_equal(one, other)
    if dataclasses.is_dataclass(one):
        names = [field.name for field in dataclasses.fields(one)]
        return type(one) is type(other) and all(
            same(getattr(one, name), getattr(other, name)) for name in names
        )
    return type(one) is type(other) and one == other


@pytest.mark.parametrize("name", RESULTS)
def test_what_is_packed_comes_out_again(name: str) -> None:
    kind, make = RESULTS[name]
    assert same(unpack(pack(make(), kind), kind), make())


@pytest.mark.parametrize("name", RESULTS)
def test_the_same_value_gives_the_same_bytes(name: str) -> None:
    kind, make = RESULTS[name]
    data = pack(make(), kind)
    assert pack(make(), kind) == data
    assert pack(unpack(data, kind), kind) == data


def test_another_value_gives_other_bytes() -> None:
    one, other = morphemes(), morphemes()
    other.sentence[2] = 2
    assert pack(one, Morphemes) != pack(other, Morphemes)


def test_no_date_and_no_pickle_in_archives() -> None:
    archive = zipfile.ZipFile(io.BytesIO(pack(RESULTS["TopicModel"][1](), TopicModel)))
    assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    hostile = dataclasses.replace(morphemes(), code=np.array([{}], object))
    data = pack(hostile, Morphemes)
    with pytest.raises(ValueError, match="allow_pickle"):
        unpack(data, Morphemes)


# ── writing ─────────────────────────────────────────────────────────────────────────


def test_written_whole_with_folders(tmp_path: Path) -> None:
    path = tmp_path / "a" / "b" / "결과.csv"
    write_whole(path, b"one")
    write_whole(path, b"two")
    assert path.read_bytes() == b"two"
    assert [entry.name for entry in path.parent.iterdir()] == ["결과.csv"]


def test_a_write_that_fails_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "result.bin"
    write_whole(path, b"old")

    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(memory.os, "fsync", full)
    with pytest.raises(GyeolError) as raised:
        write_whole(path, b"new")
    (problem,) = raised.value.problems
    assert problem.path == str(path)
    assert "남은 용량이 없음" in problem.ko
    assert path.read_bytes() == b"old"
    assert [entry.name for entry in tmp_path.iterdir()] == ["result.bin"]


def test_nobody_sees_a_half_written_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "result.bin"
    seen: list[list[str]] = []
    monkeypatch.setattr(
        memory.os, "fsync", lambda _: seen.append([p.name for p in tmp_path.glob("*.bin")])
    )
    write_whole(path, b"data")
    assert seen == [[]]
    assert path.exists()


@pytest.mark.parametrize("name", ["folder", "file/below/result.bin"])
def test_something_else_in_its_place(tmp_path: Path, name: str) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").write_bytes(b"mine")
    with pytest.raises(GyeolError) as raised:
        write_whole(tmp_path / name, b"new")
    assert raised.value.problems[0].path == str(tmp_path / name)
    assert (tmp_path / "file").read_bytes() == b"mine"
    assert sorted(entry.name for entry in tmp_path.rglob("*")) == ["file", "folder"]


@pytest.mark.skipif(os.name != "posix", reason="file modes")
def test_private_files_are_the_owners(tmp_path: Path) -> None:
    path = tmp_path / "private" / "texts" / "P01.json"
    before = os.umask(0)
    try:
        write_whole(path, b"secret", private=True)
        write_whole(path, b"secret again", private=True)
        write_whole(tmp_path / "outputs" / "open.csv", b"open")
    finally:
        os.umask(before)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert stat.S_IMODE((tmp_path / "outputs" / "open.csv").stat().st_mode) == 0o666


def test_what_a_killed_run_left_is_cleared(tmp_path: Path) -> None:
    (tmp_path / "tables").mkdir()
    for name in (".topics.csv.123.part", "tables/.x.csv.9.part", "kept.part", "tables/x.csv"):
        (tmp_path / name).write_bytes(b"")
    clear_partial(tmp_path)
    left = {path.name for path in tmp_path.rglob("*") if path.is_file()}
    assert left == {"kept.part", "x.csv"}


def test_keeping_only_some(tmp_path: Path) -> None:
    for name in ("a", "b", "c"):
        (tmp_path / name).write_bytes(b"")
    (tmp_path / "folder").mkdir()
    keep_only(tmp_path, ["b", "missing"])
    assert {path.name for path in tmp_path.iterdir()} == {"b", "folder"}
    keep_only(tmp_path / "nowhere", [])


# ── keys ────────────────────────────────────────────────────────────────────────────


def test_a_mapping_in_any_order_has_one_digest() -> None:
    one = {"a": 1, "b": {"x": [1, 2], "y": None}}
    other = {"b": {"y": None, "x": [1, 2]}, "a": 1}
    assert digest(one) == digest(other)


def test_what_differs_has_another_digest() -> None:
    parts = [(), ("",), ("a", "b"), ("ab",), (["a", "b"],), (["b", "a"],), (None,), (0,), ("0",)]
    assert len({digest(*part) for part in parts}) == len(parts)


def test_a_digest_is_the_same_in_every_process() -> None:
    assert digest("읽기", {"seed": 2026}) == digest("읽기", {"seed": 2026})
    # The very value: a key that changed from run to run would never be found again.
    expected = "55256270"
    assert digest("읽기", {"seed": 2026})[:8] == expected


def test_digest_of_a_file(tmp_path: Path) -> None:
    (tmp_path / "empty").write_bytes(b"")
    expected = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert file_digest(tmp_path / "empty") == expected


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    copy = tmp_path / "pipeline"
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(Path(memory.__file__).parent, copy, ignore=ignored)
    monkeypatch.setattr(memory, "_PACKAGE", copy)
    code_digest.cache_clear()
    yield copy
    code_digest.cache_clear()


def digests() -> dict[str, str]:
    code_digest.cache_clear()
    return {room: code_digest(room) for room in ROOMS}


@pytest.mark.parametrize("changed", ROOMS)
def test_a_change_costs_the_room_and_those_below(package: Path, changed: str) -> None:
    before = digests()
    with (package / changed / "__init__.py").open("a") as file:
        file.write("# another line\n")
    after = digests()
    place = ROOMS.index(changed)
    assert {room for room in ROOMS if after[room] != before[room]} == set(ROOMS[place:])


def test_a_new_file_and_a_data_file_count_but_bytecode_does_not(package: Path) -> None:
    before = digests()
    (package / "corpus" / "__pycache__").mkdir()
    (package / "corpus" / "__pycache__" / "x.cpython-311.pyc").write_bytes(b"x")
    assert digests() == before
    (package / "corpus" / "stopwords.txt").write_text("네/IC\n", encoding="utf-8")
    changed = digests()
    assert changed["corpus"] != before["corpus"]
    (package / "views" / "new.py").write_text("", encoding="utf-8")
    assert digests()["views"] != changed["views"]
    assert digests()["themes"] == changed["themes"]


@pytest.mark.parametrize("changed", ["records/themes.py", "flow/themes.py"])
def test_records_and_stages_count_for_their_room_and_those_below(
    package: Path, changed: str
) -> None:
    before = digests()
    with (package / changed).open("a") as file:
        file.write("# another line\n")
    differ = [room for room in ROOMS if digests()[room] != before[room]]
    assert differ == list(ROOMS[ROOMS.index("themes") :])


def test_stages_of_no_room_count_for_every_room(package: Path) -> None:
    before = digests()
    with (package / "flow" / "privacy.py").open("a") as file:
        file.write("# another line\n")
    assert all(digests()[room] != before[room] for room in ROOMS)


def test_nothing_heavy_is_imported_to_read_plain_records() -> None:
    import subprocess

    program = (
        "import sys, json\n"
        "from pipeline.memory import unpack\n"
        "from pipeline.records import Written\n"
        f"unpack({pack(Written({'a': 'b'}), Written)!r}, Written)\n"
        "print(json.dumps([m for m in ('numpy', 'scipy', 'sklearn', 'gensim') if m in sys.modules]))"
    )
    root = Path(memory.__file__).parent.parent
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, cwd=root, check=True
    )
    assert json.loads(done.stdout) == []


def test_a_private_file_is_its_owners_alone(tmp_path: Path) -> None:
    path = tmp_path / "private" / "key.json"
    write_whole(path, b"{}", private=True)
    assert readable_by_others(path) == (sys.platform == "win32")
    path.chmod(0o640)
    assert readable_by_others(path)


def test_windows_knows_no_owners(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "key.json"
    write_whole(path, b"{}", private=True)
    monkeypatch.setattr(os, "name", "nt")
    seen = readable_by_others(path)
    monkeypatch.undo()
    assert seen


@pytest.mark.skipif(os.name == "nt", reason="knows no owners")
def test_every_folder_made_for_a_private_file_is_its_owners_only(tmp_path: Path) -> None:
    write_whole(tmp_path / "private/cache/가/말.bin", b"1", private=True)
    made = ["private", "private/cache", "private/cache/가", "private/cache/가/말.bin"]
    assert [(tmp_path / one).stat().st_mode & 0o077 for one in made] == [0, 0, 0, 0]
