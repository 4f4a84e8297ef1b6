"""How commands are called, in Korean: what Typer says of its own accord is English only."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from typer import BadParameter
from typer.core import TyperCommand, TyperGroup

from pipeline.console import asked_lang
from pipeline.errors import Problem, UsageError

if TYPE_CHECKING:
    from typer._click import Context, HelpFormatter

# What Typer raises of a call gone wrong; it hands out only this kind of it.
Misuse = BadParameter.__mro__[1]

# Of help, in the order they are looked for.
_HELP = (
    ("Usage:", "쓰는 법:"),
    ("[OPTIONS]", "[옵션]"),
    ("COMMAND [ARGS]...", "명령 [인자]..."),
    ("Arguments:", "인자:"),
    ("Options:", "옵션:"),
    ("Commands:", "명령:"),
    ("Show this message and exit.", "이 도움말을 보이고 끝냅니다"),
    ("[required]", "[꼭 적음]"),
    ("[default: ", "[기본: "),
)
# What an option takes; the column to the right of it stays where it is.
_TAKES = {
    "<path>": "<경로>",
    "<str>": "<글자>",
    "<int>": "<수>",
    "<int range>": "<수>",
    "<list[Path]>": "<경로>",
    "<list[str]>": "<글자>",
    "<list[int]>": "<수>",
}
_TAKEN = re.compile("(" + "|".join(map(re.escape, _TAKES)) + ")( *)")
_MISUSES = (
    (r"No such command '(.+)'\.", "그런 명령이 없습니다: {}."),
    (r"No such option: (\S+) \(Possible options: (.+)\)", "그런 옵션이 없습니다: {}. 혹시 {}?"),
    (r"No such option: (\S+)", "그런 옵션이 없습니다: {}."),
    (r"Missing (?:argument|option) '(.+)'\.", "빠진 것이 있습니다: {}."),
    (r"Missing (?:argument|option) '(.+)'\. Choose from:\s+([\s\S]+)", "빠진 것이 있습니다: {}({})."),
    (r"Missing command\.", "명령을 적으세요."),
    (r"Option '(.+)' requires (?:an argument|\d+ arguments)\.", "{} 뒤에 값을 적으세요."),
    (r"Option '(.+)' does not take a value\.", "{}에는 값을 적지 않습니다."),
    (r"Got unexpected extra arguments?(?:\(s\))? \((.+)\)", "남는 것이 있습니다: {}."),
    (r"Invalid value for '(.+)': .*valid integer.*", "{}에는 정수를 적으세요."),
    (r"Invalid value for '(.+)': .*greater than or equal to (\d+).*", "{}에는 {} 이상을 적으세요."),
    (r"Invalid value for '(.+)': .*less than or equal to (\d+).*", "{}에는 {} 이하를 적으세요."),
    (r"Invalid value for '(.+)': .*is not one of (.+?)\.?", "{}에 쓸 수 있는 값: {}."),
    (r"Invalid value for '(.+)': (.+?)\.?", "{}의 값을 쓸 수 없습니다: {}."),
)  # fmt: skip


class Command(TyperCommand):
    """A command whose help is in the language asked for."""

    def format_help(self, ctx: Context, formatter: HelpFormatter) -> None:
        """Write the help, then say in Korean what Typer wrote."""
        super().format_help(ctx, formatter)
        _say_in_korean(formatter)


class Group(TyperGroup):
    """Commands under one name, whose help is in the language asked for."""

    def format_help(self, ctx: Context, formatter: HelpFormatter) -> None:
        """Write the help, then say in Korean what Typer wrote."""
        super().format_help(ctx, formatter)
        _say_in_korean(formatter)


def _say_in_korean(formatter: HelpFormatter) -> None:
    if asked_lang() != "en":
        formatter.buffer[:] = [help_in_korean("".join(formatter.buffer))]


def help_in_korean(text: str) -> str:
    """Return the help Typer wrote with its own words in Korean, its columns kept."""
    for en, ko in _HELP:
        text = text.replace(en, ko)
    return _TAKEN.sub(lambda found: _as_wide(found[1], found[2]), text)


def _as_wide(takes: str, blanks: str) -> str:
    said = _TAKES[takes]
    columns = sum(2 if "가" <= sign <= "힣" else 1 for sign in said)
    return said + " " * (len(takes) + len(blanks) - columns if blanks else 0)


def is_help(error: Exception) -> bool:
    """Tell whether Typer only stopped to show the help of a command called with nothing."""
    return type(error).__name__ == "NoArgsIsHelpError"  # which it does not hand out


def misuse(error: Exception) -> UsageError:
    """Return what Typer found wrong with a call as an error of ours, in both languages."""
    en = str(getattr(error, "format_message", lambda: error)())
    command = getattr(getattr(error, "ctx", None), "command_path", "gyeol")
    ko = next(
        (
            template.format(*(" ".join(part.split()) for part in found.groups()))
            for pattern, template in _MISUSES
            if (found := re.fullmatch(pattern, en))
        ),
        en,
    )
    return UsageError(
        Problem(
            f"{ko} 쓰는 법은 {command} --help로 볼 수 있습니다.",
            f"{en} See {command} --help.",
        )
    )
