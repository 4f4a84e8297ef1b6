"""Why a file of the inbox is not taken in, as it is told to a person."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.errors import Problem

_SHOWN = 5


def already_there(interview: str) -> Problem:
    """Say that the study has this interview already, under this or another name."""
    return Problem(
        f"이미 있는 면담 {interview}과(와) 내용이 같은 파일입니다. 새 면담이라면 다른 파일을 잘못 복사한 것이 아닌지"
        " 확인하고, 아니면 지우세요.",
        f"The same content as interview {interview}, which the study has. If this should be a new"
        " interview, see whether the wrong file was copied; else delete it.",
    )


def corrected_since() -> Problem:
    """Say that the file was replaced by a corrected one before."""
    return Problem(
        "고친 파일로 바꾸기 전의 옛 파일과 내용이 같아 받지 않았습니다. 옛 글로 되돌리려면 interviews/의 파일을 직접"
        " 바꾸고 gyeol run을 실행하세요.",
        "The same content as a file that a corrected one has replaced: not taken in. To go back to"
        " it, change the file in interviews/ yourself and run gyeol run.",
    )


def of_a_withdrawn() -> Problem:
    """Say that the participant has withdrawn."""
    return Problem(
        "동의를 철회한 면담의 파일이라 받지 않았습니다. 지우세요.",
        "The file of an interview withdrawn by its participant: not taken in. Delete it.",
    )


def ids_in(files: Sequence[str], ids: Sequence[str]) -> Problem:
    """Say that ids of this file are used in other files."""
    shown = ", ".join(f"«{one}»" for one in ids[:_SHOWN]) + (", …" if len(ids) > _SHOWN else "")
    where = ", ".join(files[:_SHOWN]) + (", …" if len(files) > _SHOWN else "")
    return Problem(
        f"면담이나 단위의 id가 이미 있는 파일({where})과 겹칩니다: {shown}. 고친 파일이라면 그 파일의 면담을 모두"
        " 담고, 새 면담이라면 파일 이름이나 id를 다르게 하여 다시 넣으세요.",
        f"Ids are used in other files already ({where}): {shown}. A corrected file must hold all"
        " interviews of the file it replaces; a new one needs other ids. Put it in again.",
    )


def two_at_once(file: str) -> Problem:
    """Say that another file of the same interview came in at the same time."""
    return Problem(
        f"같은 면담의 다른 파일이 함께 들어와 먼저 것({file})만 받았습니다. 이 파일이 고친 것이면 다시 넣으세요.",
        f"Another file of the same interview ({file}) came in beside this one and was taken. If"
        " this is the corrected one, put it in again.",
    )


def a_link() -> Problem:
    """Say that links are not followed."""
    return Problem(
        "다른 곳을 가리키는 링크라 읽지 않았습니다. 파일 자체를 넣으세요.",
        "A link to another place: not followed. Put in the file itself.",
    )


def no_interview() -> Problem:
    """Say that nothing was found in the file."""
    return Problem("면담이 없는 파일입니다.", "The file holds no interview.")


def stops_the_analysis(error: Exception, problems: Sequence[Problem]) -> tuple[Problem, ...]:
    """Say that with this file the study cannot be analysed, and without it it can."""
    first = Problem(
        f"이 파일을 넣으면 연구 전체의 분석이 멈춥니다({type(error).__name__}). 파일을 고쳐 다시 넣으세요.",
        f"With this file the analysis of the study stops ({type(error).__name__}). Mend the file"
        " and put it in again.",
    )
    return (first, *problems)


def back_in_the_inbox() -> Problem:
    """Say that a pass that could not go on has changed nothing."""
    return Problem(
        "새 파일은 inbox/에 그대로 있습니다. 다음에 실행하면 다시 받습니다.",
        "The new files are in inbox/ as before; the next job takes them.",
        level="warning",
    )


def cannot_be_opened(path: str, error: OSError) -> Problem:
    """Say that a file stays in the inbox because it cannot be opened."""
    return Problem(
        f"열 수 없어 그대로 두었습니다({error.strerror}). 다른 프로그램에서 열려 있으면 닫고, 읽기 권한을 확인하세요.",
        f"Cannot be opened ({error.strerror}) and stays where it is. Close it elsewhere, and check"
        " that it may be read.",
        path,
        level="warning",
    )


def unreadable_name(path: str) -> Problem:
    """Say that a file stays in the inbox because its name is in no encoding."""
    return Problem(
        "파일 이름의 글자를 알아볼 수 없어 그대로 두었습니다. 이름을 바꾸세요.",
        "The file's name is in no known encoding: left where it is. Rename it.",
        path.encode("utf-8", "replace").decode(),
        level="warning",
    )


def interrupted(count: int) -> Problem:
    """Say that a killed job will be finished first."""
    return Problem(
        f"중간에 멈춘 작업이 있습니다(파일 {count}개). 다음에 실행하면 그것부터 마칩니다.",
        f"A job was interrupted ({count} files); the next one finishes it first.",
        level="warning",
    )


def not_settled(path: str) -> Problem:
    """Say that a file stays in the inbox because it is still being written."""
    return Problem(
        "아직 옮겨 쓰는 중인 듯해 그대로 두었습니다. 다음 차례에 받습니다.",
        "Still being written, as it seems: left for the next time.",
        path,
        level="warning",
    )


def changed_meanwhile(path: str) -> Problem:
    """Say that a file changed while it was being taken, and was left."""
    return Problem(
        "받는 사이에 내용이 바뀌어 그대로 두었습니다. 다음 차례에 다시 봅니다.",
        "It changed while it was being taken: left for the next time.",
        path,
        level="warning",
    )
