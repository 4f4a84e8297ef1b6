"""A short run of ``benchmarks/fuzz.py``, over small files of every format."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest
from test_any_bytes import READERS

SCRIPT = Path(__file__).parents[2] / "benchmarks" / "fuzz.py"
MUTATIONS = 40

if not SCRIPT.is_file() or sys.platform == "win32":
    pytest.skip("the benchmark is not here", allow_module_level=True)


def _loaded() -> ModuleType:
    spec = importlib.util.spec_from_file_location("fuzz", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    # Where its dataclasses look for themselves.
    sys.modules["fuzz"] = module
    spec.loader.exec_module(module)
    return module


fuzz = _loaded()


@pytest.mark.parametrize("name", READERS)
def test_damaged_files_are_read_or_refused(name: str, tmp_path: Path) -> None:
    _, whole = READERS[name]
    for number in range(MUTATIONS):
        data = fuzz.mutated(whole, f"{name}/{number}")
        outcome = fuzz.outcome_of(data, name, tmp_path)
        assert outcome.kind in {"read", "refused"}, (number, outcome.reason)
        assert outcome.seconds < 5


def test_the_same_seed_does_the_same_damage() -> None:
    for name, (_, whole) in READERS.items():
        assert fuzz.mutated(whole, "1") == fuzz.mutated(whole, "1"), name
        assert len({fuzz.mutated(whole, str(n)) for n in range(30)}) > 15, name


def test_what_goes_wrong_is_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object) -> None:
        raise IndexError("no such place")

    monkeypatch.setattr(fuzz, "read_file", fails)
    outcome = fuzz.outcome_of(b"text", "a.txt", tmp_path)
    assert (outcome.kind, outcome.reason) == ("crashed", "IndexError: no such place")
