"""Entries for schedulers, read back by what reads them: a shell, an XML parser, systemd's rules."""

from __future__ import annotations

import re
import shlex
import subprocess
from pathlib import Path
from xml.etree import ElementTree

import pytest

from pipeline.config import Study, load_study
from pipeline.errors import GyeolError
from pipeline.job import install
from pipeline.job.install import enter, entry_for

HARD = ["연구 하나", "100% 'a' & \"b\"", "$HOME <x>", "a\\b; rm -rf"]


@pytest.fixture(params=HARD)
def hard(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Study:
    folder = tmp_path / request.param / "configs"
    folder.mkdir(parents=True)
    (folder / "면담 2026.yaml").write_text("title: 연구\n", encoding="utf-8")
    monkeypatch.setattr(install, "_gyeol", lambda: ["/opt/결 하나/bin/gyeol"])
    return load_study(folder / "면담 2026.yaml")


def test_a_shell_reads_the_crontab_line(hard: Study) -> None:
    entry = entry_for(hard, "cron", "3:05")
    marker, line = entry.texts["crontab"].splitlines()
    assert marker == f"# {entry.name}"
    when, command = re.fullmatch(r"(\S+ \S+ \S+ \S+ \S+) (.*)", line).groups()  # type: ignore[union-attr]
    assert when == "5 3 * * *"
    assert not re.search(r"(?<!\\)%", command)
    words = shlex.split(command.replace("\\%", "%"))  # what cron hands to the shell
    assert words[-4:] == ["/opt/결 하나/bin/gyeol", "job", str(hard.config_path), "--quiet"]
    assert words[:3] == ["nice", "-n", "10"]
    assert words[3:5] == ["timeout", "14400"]


def systemd_words(line: str) -> list[str]:
    """Split a command line as systemd.service(5) says."""
    words = re.findall(r'"((?:[^"\\]|\\.)*)"', line)
    plain = [re.sub(r"\\(.)", r"\1", word) for word in words]
    assert all(not re.search(r"(?<!%)(%%)*%(?!%)", word) for word in plain)
    return [word.replace("%%", "%").replace("$$", "$") for word in plain]


def test_systemd_reads_the_units(hard: Study) -> None:
    entry = entry_for(hard, "systemd", "23:59")
    assert re.fullmatch(r"gyeol-[A-Za-z0-9_-]+", entry.name)
    service = entry.texts[f"{entry.name}.service"]
    start = next(line for line in service.splitlines() if line.startswith("ExecStart="))
    assert systemd_words(start.removeprefix("ExecStart=")) == [
        "/opt/결 하나/bin/gyeol",
        "job",
        str(hard.config_path),
        "--quiet",
    ]
    assert "TimeoutStartSec=14400\n" in service
    assert "Nice=10\n" in service
    assert "OnCalendar=*-*-* 23:59:00\n" in entry.texts[f"{entry.name}.timer"]


def test_an_xml_parser_reads_the_task(hard: Study) -> None:
    entry = entry_for(hard, "taskscheduler", "03:00")
    (text,) = entry.texts.values()
    root = ElementTree.fromstring(text.encode("utf-16"))
    space = {"t": "http://schemas.microsoft.com/windows/2004/02/mit/task"}
    assert root.findtext(".//t:Command", namespaces=space) == "/opt/결 하나/bin/gyeol"
    arguments = root.findtext(".//t:Arguments", namespaces=space)
    assert arguments == subprocess.list2cmdline(["job", str(hard.config_path), "--quiet"])
    assert root.findtext(".//t:MultipleInstancesPolicy", namespaces=space) == "IgnoreNew"
    assert root.findtext(".//t:ExecutionTimeLimit", namespaces=space) == "PT14400S"


@pytest.mark.parametrize("at", ["24:00", "3", "", "03:60", "3:00; rm", "-1:00"])
def test_a_time_that_is_none(study: Path, at: str) -> None:
    with pytest.raises(GyeolError, match="no time of day"):
        entry_for(load_study(study), "cron", at)


def test_what_no_scheduler_takes_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "%TEMP%" / "configs"
    folder.mkdir(parents=True)
    (folder / "a.yaml").write_text("title: a\n")
    study = load_study(folder / "a.yaml")
    with pytest.raises(GyeolError, match="cannot take a sign"):
        entry_for(study, "taskscheduler", "03:00")
    assert "\\%TEMP\\%" in entry_for(study, "cron", "03:00").texts["crontab"]


def test_units_are_written_where_systemd_looks(
    study: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    entry = entry_for(load_study(study), "systemd", "03:00")
    left = enter(entry)
    folder = tmp_path / "config" / "systemd" / "user"
    assert {p.name: p.read_text("utf-8") for p in folder.iterdir()} == entry.texts
    assert f"systemctl --user enable --now {entry.name}.timer" in left


def test_the_crontab_keeps_its_other_lines(study: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    entry = entry_for(load_study(study), "cron", "03:00")
    table = [f"# mine\n0 1 * * * x\n# {entry.name}\n0 2 * * * old\n0 4 * * * y\n"]

    def run(command: list[str], given: bytes | None, **_: bool) -> bytes:
        if command == ["crontab", "-"]:
            table[0] = (given or b"").decode()
        return table[0].encode()

    monkeypatch.setattr(install, "_run", run)
    enter(entry)
    enter(entry)
    assert table[0] == f"# mine\n0 1 * * * x\n0 4 * * * y\n{entry.texts['crontab']}"


def test_each_entry_says_how_to_undo_it(study: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", "/home/가/내 설정")
    small = load_study(study)
    units, cron, task = (
        entry_for(small, name, "03:00") for name in ("systemd", "cron", "taskscheduler")
    )
    assert units.undo[0] == f"systemctl --user disable --now {units.name}.timer"
    removed = shlex.split(units.undo[1])[1:]
    assert removed == [f"/home/가/내 설정/systemd/user/{name}" for name in units.texts]
    table = f"# mine\n0 1 * * * x\n{cron.texts['crontab']}0 4 * * * y\n"
    listed, sed, taken = cron.undo[0].split(" | ")
    assert (listed, taken) == ("crontab -l", "crontab -")
    left = subprocess.run(shlex.split(sed), input=table.encode(), capture_output=True, check=True)
    assert left.stdout.decode() == "# mine\n0 1 * * * x\n0 4 * * * y\n"
    assert task.undo == (f"schtasks /Delete /TN {task.name} /F",)


def test_a_scheduler_that_is_not_there(study: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(GyeolError, match="crontab did not take it"):
        enter(entry_for(load_study(study), "cron", "03:00"))
