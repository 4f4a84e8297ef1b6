"""The job as a line for the computer's own scheduler: printed, and entered only when asked to.

The paths in it come from anywhere: blanks, quotes, «%», «&» and «$» mean something else to each
scheduler, and are written so that each takes them as they are.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from xml.sax.saxutils import escape

from pipeline.config import Study
from pipeline.errors import GyeolError, Problem
from pipeline.memory import digest, write_whole
from pipeline.sentences import particle

Scheduler = Literal["systemd", "cron", "taskscheduler"]


@dataclass(frozen=True, slots=True)
class Entry:
    """What a scheduler is given: texts by file name, the commands that make it take them, and undo it."""

    scheduler: Scheduler
    name: str
    texts: Mapping[str, str]
    commands: tuple[str, ...]
    undo: tuple[str, ...]


def entry_for(study: Study, scheduler: Scheduler, at: str) -> Entry:
    """Return the entry that runs the study's job every day ``at`` a time, «HH:MM».

    Raises:
        GyeolError: the time is none, or the scheduler cannot take the paths at all.

    """
    matched = re.fullmatch(r"([01]?\d|2[0-3]):([0-5]\d)", at)
    if matched is None:
        raise GyeolError(_no_time(at))
    hour, minute = int(matched[1]), int(matched[2])
    command = [*_gyeol(), "job", str(study.config_path), "--quiet"]
    paths = " ".join(command)
    if not paths.isprintable() or (scheduler == "taskscheduler" and paths.count("%") > 1):
        raise GyeolError(_impossible_path(str(study.config_path)))
    slug = re.sub(r"[^A-Za-z0-9_-]+", "-", study.name).strip("-")
    name = "-".join(part for part in ("gyeol", slug, digest(str(study.config_path))[:8]) if part)
    seconds = round(study.config.job.timeout * 3600)
    if scheduler == "systemd":
        return _systemd(name, study, command, f"{hour:02}:{minute:02}", seconds)
    if scheduler == "cron":
        return _cron(name, command, f"{minute} {hour} * * *", seconds)
    return _task(name, study, command, f"{hour:02}:{minute:02}", seconds)


def enter(entry: Entry) -> tuple[str, ...]:
    """Give the entry to the scheduler; returns what is left to be done by hand.

    Raises:
        GyeolError: the scheduler is not there or refuses it.

    """
    if entry.scheduler == "systemd":
        for name, text in entry.texts.items():
            write_whole(_user_units() / name, text.encode())
        return entry.commands
    (text,) = entry.texts.values()
    if entry.scheduler == "cron":
        listed = _run(["crontab", "-l"], None, refused_is_empty=True).decode("utf-8", "replace")
        marker = text.splitlines()[0]
        lines = listed.splitlines()
        while marker in lines:
            at = lines.index(marker)
            del lines[at : at + 2]
        _run(["crontab", "-"], "\n".join([*lines, text]).encode())
        return ()
    file = Path(os.environ.get("TEMP", ".")) / f"{entry.name}.xml"
    write_whole(file, text.encode("utf-16"))
    _run(["schtasks", "/Create", "/F", "/TN", entry.name, "/XML", str(file)], None)
    file.unlink(missing_ok=True)
    return ()


def _gyeol() -> list[str]:
    """Return the command that starts this program, whatever the scheduler's search path."""
    here = Path(sys.executable)
    script = here.with_name("gyeol.exe" if os.name == "nt" else "gyeol")
    return [str(script)] if script.is_file() else [str(here), "-m", "pipeline.cli"]


def _systemd(name: str, study: Study, command: Sequence[str], at: str, seconds: int) -> Entry:
    described = f"Gyeol: {study.name}".replace("%", "%%")
    service = (
        "[Unit]\n"
        f"Description={described}\n\n"
        "[Service]\n"
        "Type=oneshot\n"
        f"WorkingDirectory={str(study.root).replace('%', '%%')}\n"
        f"ExecStart={' '.join(map(_for_systemd, command))}\n"
        "Nice=10\n"
        "IOSchedulingClass=idle\n"
        f"TimeoutStartSec={seconds}\n"
        "# 3: another job is at work. 1 (something was set aside) shows as failed: look at it.\n"
        "SuccessExitStatus=3\n"
    )
    timer = (
        "[Unit]\n"
        f"Description={described}\n\n"
        "[Timer]\n"
        f"OnCalendar=*-*-* {at}:00\n"
        "Persistent=true\n\n"
        "[Install]\n"
        "WantedBy=timers.target\n"
    )
    commands = (
        "systemctl --user daemon-reload",
        f"systemctl --user enable --now {name}.timer",
        "loginctl enable-linger",
    )
    undo = (
        f"systemctl --user disable --now {name}.timer",
        f"rm {shlex.quote(str(_user_units()))}/{name}.service"
        f" {shlex.quote(str(_user_units()))}/{name}.timer",
    )
    texts = {f"{name}.service": service, f"{name}.timer": timer}
    return Entry("systemd", name, texts, commands, undo)


def _for_systemd(argument: str) -> str:
    for sign, written in (("\\", "\\\\"), ('"', '\\"'), ("%", "%%"), ("$", "$$")):
        argument = argument.replace(sign, written)
    return f'"{argument}"'


def _cron(name: str, command: Sequence[str], when: str, seconds: int) -> Entry:
    # macOS has no `timeout`; Gyeol's own lock keeps a second job from beginning anyway.
    limit = [] if sys.platform == "darwin" else ["timeout", str(seconds)]
    quoted = shlex.join(["nice", "-n", "10", *limit, *command]).replace("%", "\\%")
    text = f"# {name}\n{when} {quoted}\n"
    undo = (f"crontab -l | sed '/^# {name}$/{{N;d;}}' | crontab -",)
    return Entry("cron", name, {"crontab": text}, ("crontab -e",), undo)


def _task(name: str, study: Study, command: Sequence[str], at: str, seconds: int) -> Entry:
    arguments = subprocess.list2cmdline(command[1:])
    text = (
        '<?xml version="1.0" encoding="UTF-16"?>\n'
        "<!-- UTF-16으로 저장하세요(메모장: 인코딩 UTF-16 LE). 로그온해 있는 동안 실행됩니다. -->\n"
        "<!-- Save it as UTF-16. It runs while you are logged on. -->\n"
        '<Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">\n'
        f"  <RegistrationInfo><Description>{escape('Gyeol: ' + study.name)}</Description></RegistrationInfo>\n"
        "  <Triggers><CalendarTrigger>\n"
        f"    <StartBoundary>2025-01-01T{at}:00</StartBoundary>\n"
        "    <ScheduleByDay><DaysInterval>1</DaysInterval></ScheduleByDay>\n"
        "  </CalendarTrigger></Triggers>\n"
        "  <Settings>\n"
        "    <MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy>\n"
        "    <DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>\n"
        "    <StopIfGoingOnBatteries>false</StopIfGoingOnBatteries>\n"
        "    <StartWhenAvailable>true</StartWhenAvailable>\n"
        f"    <ExecutionTimeLimit>PT{seconds}S</ExecutionTimeLimit>\n"
        "    <Priority>8</Priority>\n"
        "  </Settings>\n"
        "  <Actions><Exec>\n"
        f"    <Command>{escape(command[0])}</Command>\n"
        f"    <Arguments>{escape(arguments)}</Arguments>\n"
        f"    <WorkingDirectory>{escape(str(study.root))}</WorkingDirectory>\n"
        "  </Exec></Actions>\n"
        "</Task>\n"
    )
    commands = (f"schtasks /Create /TN {name} /XML {name}.xml",)
    undo = (f"schtasks /Delete /TN {name} /F",)
    return Entry("taskscheduler", name, {f"{name}.xml": text}, commands, undo)


def _user_units() -> Path:
    home = os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config"
    return Path(home) / "systemd" / "user"


def _run(command: Sequence[str], given: bytes | None, *, refused_is_empty: bool = False) -> bytes:
    try:
        done = subprocess.run(command, input=given, capture_output=True, check=False)
    except OSError as error:
        raise GyeolError(_refused(command[0], error.strerror or str(error))) from error
    if done.returncode == 0:
        return done.stdout
    if refused_is_empty:  # `crontab -l` says so of somebody who has none
        return b""
    raise GyeolError(_refused(command[0], done.stderr.decode("utf-8", "replace").strip()))


def _refused(program: str, why: str) -> Problem:
    return Problem(
        f"{program}에 등록하지 못했습니다({why}). --write 없이 실행하여 나온 것을 직접 등록하세요.",
        f"{program} did not take it ({why}). Run without --write and enter it yourself.",
    )


def _no_time(at: str) -> Problem:
    return Problem(
        f"시각 «{at}»{particle(at, '을')} 알아볼 수 없습니다. 03:00처럼 적으세요.",
        f"«{at}» is no time of day. Write it as 03:00.",
    )


def _impossible_path(path: str) -> Problem:
    return Problem(
        "이 경로에는 예약 프로그램이 받아들이지 못하는 글자(줄바꿈, 윈도우에서는 %…%)가 있습니다. 폴더 이름을 바꾸세요.",
        "The scheduler cannot take a sign in this path (a newline, on Windows %…%). Rename it.",
        path,
    )
