"""The rules of the house (CONTRIBUTING.md), held against every file of the program."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

import pipeline
from pipeline.memory import ROOMS

PACKAGE = Path(pipeline.__file__).parent
TESTS = Path(__file__).parent
FILES = sorted(PACKAGE.rglob("*.py"))
SHARED = {"records", "errors", "sentences"}
LONGEST = 400
# The command line, and what it draws its progress with.
COMMANDS = {f"commands/{path.name}" for path in (PACKAGE / "commands").glob("*.py")}
MAY_SPEAK = {"cli.py", "console.py", "progress.py"} | COMMANDS
EMPTY_NAMES = {"utils", "util", "helpers", "helper", "common", "misc", "manager", "base", "core"}

# Tests that stand elsewhere than in tests/ROOM/test_NAME.py, and why.
TESTED_ELSEWHERE = {
    "corpus/readers/segments.py": "corpus/test_segments_file.py",  # test_segments.py is taken
    "corpus/sheets.py": "corpus/test_codebook.py",  # rows mean something only as codes or codings
    "corpus/yaml_file.py": "test_config.py",  # its lines show in the messages of a config
    "verdicts/codings.py": "verdicts/test_decided_codings.py",  # test_codings.py is taken
    "verdicts/code_entries.py": "verdicts/test_codebook_text.py",  # its lines, for the other
    "corpus/unread.py": "corpus/test_reading.py",  # one table of formats, read or not
}

# Where a package is called otherwise than what it is installed by.
DISTRIBUTIONS = {
    "markupsafe": "jinja2",  # whose own type for escaped text it is
    "python_calamine": "python-calamine",
    "ruamel": "ruamel.yaml",
    "sentence_transformers": "sentence-transformers",
    "sklearn": "scikit-learn",
}


def name_of(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


@cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"), str(path))


def imports(path: Path) -> Iterator[tuple[int, str]]:
    """Yield line and dotted name of everything ``path`` imports, wherever it does."""
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno}: imports are absolute"
            if node.module == "pipeline":
                yield from ((node.lineno, f"pipeline.{alias.name}") for alias in node.names)
            else:
                yield node.lineno, str(node.module)


def imported(path: Path) -> Iterator[tuple[int, str]]:
    """Yield line and dotted name of everything of the program that ``path`` imports."""
    return ((line, name) for line, name in imports(path) if name.startswith("pipeline."))


def importers(modules: set[str]) -> list[str]:
    """Return the places where one of ``modules`` is imported."""
    return [
        f"{name_of(path)}:{line}: {name}"
        for path in FILES
        for line, name in imports(path)
        if name.split(".")[0] in modules
    ]


def in_rooms() -> list[Path]:
    return [path for path in FILES if path.relative_to(PACKAGE).parts[0] in ROOMS]


def test_the_rooms_are_the_folders() -> None:
    folders = {p.name for p in PACKAGE.iterdir() if p.is_dir() and p.name != "__pycache__"}
    assert folders == {*ROOMS, "flow", "commands", "records", "settings", "job"}
    assert len(in_rooms()) > 20


@pytest.mark.parametrize("path", in_rooms(), ids=name_of)
def test_imports_only_point_up(path: Path) -> None:
    room = path.relative_to(PACKAGE).parts[0]
    allowed = SHARED | set(ROOMS[: ROOMS.index(room) + 1])
    wrong = [(line, name) for line, name in imported(path) if name.split(".")[1] not in allowed]
    assert not wrong, f"{name_of(path)} may import {sorted(allowed)} only: {wrong}"


def test_the_records_import_the_errors_only() -> None:
    assert {name for _, name in imported(PACKAGE / "errors.py")} == set()
    for path in (PACKAGE / "records").glob("*.py"):
        for _, name in imported(path):
            assert name == "pipeline.errors" or name.startswith("pipeline.records.")


def test_the_rule_would_notice(tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.py"
    wrong.write_text(
        "import os, pipeline.cli\nfrom pipeline import flow\n"
        "def f():\n    from pipeline.views.report import x\n",
        encoding="utf-8",
    )
    assert list(imported(wrong)) == [
        (1, "pipeline.cli"),
        (2, "pipeline.flow"),
        (4, "pipeline.views.report"),
    ]


def test_names_say_what_is_inside() -> None:
    parts = {(name_of(path), part) for path in FILES for part in path.relative_to(PACKAGE).parts}
    wrong = [name for name, part in parts if EMPTY_NAMES & set(part.removesuffix(".py").split("_"))]
    assert not wrong


def test_no_file_is_too_long() -> None:
    lengths = {name_of(path): len(path.read_text("utf-8").splitlines()) for path in FILES}
    assert {name: n for name, n in lengths.items() if n > LONGEST} == {}


def undocumented(path: Path) -> Iterator[str]:
    if ast.get_docstring(parsed(path)) is None:
        yield f"{name_of(path)}: no docstring"
    for node in ast.walk(parsed(path)):
        if not isinstance(node, (ast.Module, ast.ClassDef)) or _is_private(node):
            continue
        for member in node.body:
            if not isinstance(member, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
                continue
            if not _is_private(member) and ast.get_docstring(member) is None:
                yield f"{name_of(path)}:{member.lineno}: {member.name} has no docstring"


def _is_private(node: ast.AST) -> bool:
    return getattr(node, "name", "").startswith("_")


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_every_public_thing_has_a_docstring(path: Path) -> None:
    assert list(undocumented(path)) == []


def spoken(path: Path) -> Iterator[str]:
    """Yield the places where a file prints, writes to the terminal or ends the program."""
    for node in ast.walk(parsed(path)):
        said = ast.unparse(node) if isinstance(node, (ast.Name, ast.Attribute)) else ""
        if said in {"print", "exit", "quit", "SystemExit", "sys.exit", "os._exit", "os.abort"} or (
            said.startswith(("sys.stdout", "sys.stderr", "typer.", "click."))
        ):
            yield f"{name_of(path)}:{getattr(node, 'lineno', 0)}: {said}"


@pytest.mark.parametrize(
    "path", [path for path in FILES if name_of(path) not in MAY_SPEAK], ids=name_of
)
def test_only_the_command_line_speaks_and_exits(path: Path) -> None:
    assert list(spoken(path)) == []


def test_that_rule_would_notice() -> None:
    assert any("sys.exit" in place for place in spoken(PACKAGE / "cli.py"))
    assert any("sys.stderr" in place for place in spoken(PACKAGE / "progress.py"))


def home_of_tests(path: Path) -> Path:
    name = name_of(path)
    room, *folders = path.relative_to(PACKAGE).parts[:-1]
    # The desk has pages called as other modules are; readers and rules keep their own names.
    head = "review_" if "review" in folders else ""
    return TESTS / TESTED_ELSEWHERE.get(name, f"{room}/test_{head}{path.name}")


@pytest.mark.parametrize(
    "path", [path for path in in_rooms() if path.name != "__init__.py"], ids=name_of
)
def test_every_module_has_its_test(path: Path) -> None:
    assert home_of_tests(path).is_file()


def test_no_exception_is_out_of_date() -> None:
    assert all((PACKAGE / name).is_file() for name in TESTED_ELSEWHERE)
    assert all((TESTS / name).is_file() for name in TESTED_ELSEWHERE.values())


def test_test_files_have_different_names() -> None:
    names = [path.name for path in TESTS.rglob("test_*.py")]
    assert sorted(names) == sorted(set(names)), "pytest would mix them up"


def test_pickles_are_never_read_or_written() -> None:
    assert importers({"pickle", "joblib", "shelve", "marshal", "dill", "cloudpickle"}) == []


def test_nothing_reaches_for_the_network() -> None:
    network = {
        "urllib",
        "http",
        "socket",
        "requests",
        "httpx",
        "httpx2",
        "aiohttp",
        "ftplib",
        "smtplib",
    }
    assert importers(network) == []


def test_what_is_imported_is_declared() -> None:
    project = tomllib.loads((PACKAGE.parent / "pyproject.toml").read_text("utf-8"))["project"]
    extras = project["optional-dependencies"]
    listed = [*project["dependencies"], *(text for extra in extras.values() for text in extra)]
    declared = {re.split(r"[\[<>=~!; ]", text)[0].lower() for text in listed}
    used = {
        name.split(".")[0]
        for path in FILES
        for _, name in imports(path)
        if name.split(".")[0] not in {"pipeline", *sys.stdlib_module_names}
    }
    assert {name for name in used if DISTRIBUTIONS.get(name, name) not in declared} == set()
