"""A new study out of files: its config, with every key explained, and its folders."""

from __future__ import annotations

import contextlib
import csv
import io
import json
import shutil
import tempfile
import unicodedata
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from pipeline.corpus.codebook import read_codebook
from pipeline.corpus.listing import list_files
from pipeline.corpus.readers import segments, table
from pipeline.errors import GyeolError, Lang, Problem, UsageError
from pipeline.sentences import particle, why_not
from pipeline.settings import StudyConfig

# What Windows, macOS or a shell would stumble over in a file's name.
_NOT_IN_NAMES = frozenset('/\\:*?"<>|')
_DEVICES = frozenset(
    ["con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))]
)
# What YAML would not take for text.
_YAML_WORDS = frozenset({"true", "false", "null"})
IMPORTED = "imported"
# Segments files may bring codes: one a row in JSONL, CSV or XLSX.
_CODES_IN = {
    ".jsonl": lambda data, _name: segments.read_codes(data),
    ".csv": table.read_codes,
    ".xlsx": table.read_codes,
}


def make_study(
    name: str, corpus: Sequence[Path], codebook: Path | None, at: Path, lang: Lang
) -> tuple[Path, ...]:
    """Make ``at/configs/NAME.yaml`` and ``at/corpora/NAME/``; return the paths made.

    ``corpus`` are files or folders, copied; codes in a segments JSONL become codings by the
    coder «imported», and the codebook where none is given.

    Raises:
        UsageError: a bad name, a path that does not exist, nothing to read in it, or
            something that would be overwritten.
        GyeolError: the codebook cannot be read, or a place cannot be written.

    """
    name = unicodedata.normalize("NFC", name)
    config, folder = at / "configs" / f"{name}.yaml", at / "corpora" / name
    problems = [*_bad_name(name), *_taken(config, folder), *_bad_paths(corpus, codebook)]
    if problems:
        raise UsageError(*problems)
    if codebook is not None:
        read_codebook(codebook, codebook.name)
    try:
        # Made aside and moved into place at the end: an interrupted init leaves nothing.
        with (
            _folders(config.parent, folder.parent),
            tempfile.TemporaryDirectory(dir=folder.parent, prefix=".init-") as aside,
        ):
            made, text = Path(aside) / "study", Path(aside) / "config"
            (made / "inbox").mkdir(parents=True)
            _copy_interviews(corpus, made / "interviews")
            _keep_codes(made, codebook)
            text.write_text(config_text(name, lang), encoding="utf-8")
            made.replace(folder)
            try:
                text.replace(config)
            except OSError:
                folder.replace(made)
                raise
    except OSError as error:
        raise GyeolError(
            Problem(
                f"연구 폴더를 만들 수 없습니다: {why_not(error)}. 권한과 남은 용량을 확인하세요.",
                f"The study cannot be made: {error.strerror}.",
                str(error.filename or at),
            )
        ) from error
    return config, folder


@contextlib.contextmanager
def _folders(*folders: Path) -> Iterator[None]:
    """Make ``folders``; when what is done with them fails, remove those that were missing."""
    missing = [p for folder in folders for p in (*reversed(folder.parents), folder)]
    missing = [p for p in missing if not p.exists()]
    try:
        for folder in folders:
            folder.mkdir(parents=True, exist_ok=True)
        yield
    except BaseException:
        for folder in reversed(missing):
            with contextlib.suppress(OSError):
                folder.rmdir()
        raise


def config_text(title: str, lang: Lang) -> str:
    """Return a config with every key at its default, each explained in a comment."""
    intro = {
        "ko": "# Gyeol 연구 설정. 모든 키는 지워도 되며, 지우면 여기 적힌 기본값을 씁니다.\n"
        "# 경로는 configs/가 들어 있는 폴더를 기준으로 적습니다.\n",
        "en": "# A Gyeol study. Every key may be left out and then has the default written here.\n"
        "# Paths are relative to the folder that holds configs/.\n",
    }
    given = {"title": title, "lang": lang}
    return intro[lang] + "\n" + "\n".join(_explained_keys(StudyConfig, given, lang, "")) + "\n"


def _explained_keys(
    part: type[BaseModel], given: dict[str, Any], lang: Lang, indent: str
) -> list[str]:
    lines: list[str] = []
    for key, field in part.model_fields.items():
        if isinstance(field.annotation, type) and issubclass(field.annotation, BaseModel):
            lines += ["", f"{key}:", *_explained_keys(field.annotation, {}, lang, "  ")]
            continue
        notes = field.json_schema_extra
        assert isinstance(notes, dict)
        value = given.get(key, field.get_default(call_default_factory=True))
        written = "" if value is None else f" {_yaml_value(value)}"
        lines += [f"{indent}# {notes[lang]}", f"{indent}{key}:{written}"]
    return lines


def _yaml_value(value: object) -> str:
    if isinstance(value, list):
        return f"[{', '.join(str(item) for item in value)}]"
    if isinstance(value, dict):
        return f"{{{', '.join(f'{_yaml_value(k)}: {_yaml_value(v)}' for k, v in value.items())}}}"
    if isinstance(value, str):
        plain = value.replace("_", "").replace(" ", "").isalnum() and not value[0].isdigit()
        plain = plain and value == value.strip() and value.lower() not in _YAML_WORDS
        return value if plain else _quoted(value)
    return str(value)


def _quoted(text: str) -> str:
    """Return ``text`` in quotation marks, as YAML reads it back."""
    marked = json.dumps(text, ensure_ascii=False)
    # YAML wants every sign written out that cannot be printed; JSON only those below U+0020.
    return "".join(sign if sign.isprintable() else f"\\U{ord(sign):08x}" for sign in marked)


def _bad_name(name: str) -> list[Problem]:
    usable = name.isprintable() and not set(name) & _NOT_IN_NAMES
    device = name.partition(".")[0].lower() in _DEVICES
    if usable and not device and name and name.strip(". ") == name and len(name) <= 80:
        return []
    return [
        Problem(
            f"연구 이름 «{name}»{particle(name, '은')} 쓸 수 없습니다. 글자, 숫자, - _ 로 짧게 지으세요.",
            f"«{name}» cannot name a study. Use letters, digits, - and _.",
        )
    ]


def _taken(*paths: Path) -> list[Problem]:
    return [
        Problem(
            "이미 있습니다. 덮어쓰지 않습니다. 다른 이름을 쓰거나 먼저 옮기세요.",
            "Exists already and is not overwritten. Choose another name, or move it first.",
            str(path),
        )
        for path in paths
        if path.exists()
    ]


def _bad_paths(corpus: Sequence[Path], codebook: Path | None) -> list[Problem]:
    problems = []
    if not corpus:
        problems.append(
            Problem("--corpus로 전사본의 경로를 주세요.", "Give the transcripts with --corpus.")
        )
    for path in (*corpus, *([codebook] if codebook else [])):
        if not path.exists():
            problems.append(Problem("그런 경로가 없습니다.", "No such path.", str(path)))
        elif path.is_dir() and not list_files(path):
            problems.append(
                Problem(
                    "폴더에 읽을 파일이 없습니다.", "The folder has no file to read.", str(path)
                )
            )
    return problems


def _copy_interviews(corpus: Sequence[Path], to: Path) -> None:
    to.mkdir(parents=True)
    for path in corpus:
        for file in list_files(path) if path.is_dir() else (path,):
            target = to / (file.relative_to(path) if path.is_dir() else file.name)
            if target.exists():
                raise UsageError(
                    Problem(
                        f"같은 이름의 파일이 둘입니다: {target.name}. 하나의 이름을 바꾸세요.",
                        f"Two files have the name {target.name}. Rename one.",
                        str(file),
                    )
                )
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file, target)


def _codes_in(file: Path) -> tuple[tuple[str, str, str], ...]:
    suffix = file.suffix.lower()
    if suffix not in _CODES_IN:
        return ()
    try:
        return _CODES_IN[suffix](file.read_bytes(), file.name)
    except GyeolError:
        # The columns of a survey can be named in the config, once there is one.
        if suffix == ".jsonl":
            raise
        return ()


def _keep_codes(made: Path, codebook: Path | None) -> None:
    """Write the codes of segments files as codings, and the codebook beside them."""
    codes = [triple for file in list_files(made / "interviews") for triple in _codes_in(file)]
    if codes:
        sheet = io.StringIO(newline="")
        writer = csv.writer(sheet)
        writer.writerow(["interview", "segment", "code", "coder"])
        writer.writerows((interview, segment, code, IMPORTED) for interview, segment, code in codes)
        (made / "codings.csv").write_text(sheet.getvalue(), encoding="utf-8-sig", newline="")
    if codebook is not None:
        shutil.copyfile(codebook, made / f"codebook{codebook.suffix.lower()}")
    elif codes:
        names = dict.fromkeys(code for _, _, code in codes)
        entries = [f"- name: {_quoted(name)}\n" for name in names]
        (made / "codebook.yaml").write_text("".join(entries), encoding="utf-8")
