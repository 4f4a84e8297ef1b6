"""A study's config file, read and checked against ``settings.StudyConfig``.

An unknown key is an error that names the line and the nearest valid name.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from pipeline.corpus.encoding import decode
from pipeline.corpus.options import Options
from pipeline.corpus.yaml_file import YamlFile, parse_yaml
from pipeline.errors import GyeolError, Problem, UsageError, placed
from pipeline.settings import StudyConfig

_Place = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Study:
    """A study's configuration and where its files are (absolute paths)."""

    name: str
    config: StudyConfig
    config_path: Path
    root: Path
    folder: Path
    outputs: Path
    private: Path
    codebook: Path | None
    codings: Path | None
    participants: Path | None
    dictionary: Path | None
    stopwords: Path | None
    names: Path | None

    @property
    def interviews(self) -> Path:
        """The folder of transcripts."""
        return self.folder / "interviews"

    @property
    def store_file(self) -> Path | None:
        """The file of the store of decisions, ``None`` where a server keeps it."""
        given = self.config.store
        if given is None:
            return self.folder / "decisions.db"
        scheme, is_url, place = given.partition(":///")
        if is_url and scheme.partition("+")[0] == "sqlite":
            return self.root / place
        return None if "://" in given else self.root / given

    @property
    def store_url(self) -> str:
        """The address of the store of decisions, as SQLAlchemy takes it; may hold a password."""
        file = self.store_file
        return str(self.config.store) if file is None else f"sqlite:///{file}"

    @property
    def store_shown(self) -> str:
        """The store as it is named in messages and outputs, without a password."""
        file = self.store_file
        return self.shown(file) if file is not None else without_password(str(self.config.store))

    @property
    def reading(self) -> Options:
        """What was decided about reading the study's files."""
        given = self.config.reading
        return Options(
            {
                use: names if isinstance(names, str) else tuple(names)
                for use, names in given.columns.items()
            },
            given.speaker,
            given.roles,
            given.footnotes,
            given.comments,
        )

    def shown(self, path: Path) -> str:
        """Return ``path`` as the user knows it: relative to the study's root, with ``/``."""
        return (
            path.relative_to(self.root).as_posix() if path.is_relative_to(self.root) else str(path)
        )


def must_have_codebook(study: Study) -> None:
    """Refuse to go on with a study that has no codebook, where nothing can be done without.

    Raises:
        GyeolError: there is none.
    """
    if study.codebook is None:
        raise GyeolError(
            Problem(
                "코드북이 없어 코드를 다룰 수 없습니다. codebook.yaml을 두거나 설정에 codebook을 적으세요.",
                "There is no codebook, so there are no codes. Add codebook.yaml, or name one in the "
                "config.",
                study.shown(study.folder),
            )
        )


def without_password(url: str) -> str:
    """Return ``url`` with what may be a password in it replaced by ``***``."""
    hidden = re.sub(r"(://[^/@:]*):.*@", r"\1:***@", url)
    return re.sub(r"(?i)([?&][^=&]*pass[^=&]*=)[^&]*", r"\1***", hidden)


def load_study(path: Path, outputs: Path | None = None) -> Study:
    """Read and check the config at ``path``; ``outputs`` replaces the outputs folder.

    Raises:
        UsageError: there is no such file.
        GyeolError: every problem of the config at once.

    """
    study, problems = examine_study(path, outputs)
    if problems:
        raise GyeolError(*problems)
    return study


def examine_study(path: Path, outputs: Path | None = None) -> tuple[Study, tuple[Problem, ...]]:
    """Read the config at ``path`` as far as it can be: what is wrong keeps its default.

    Raises:
        UsageError: there is no such file.
        GyeolError: the file is not a config at all.

    """
    path = path.absolute()
    if not path.is_file():
        raise UsageError(
            Problem(
                f"설정 파일이 없습니다: {path.name}. gyeol init 이름 --corpus 경로 로 만들 수 있습니다.",
                f"No such config: {path.name}. Make one with gyeol init NAME --corpus PATH.",
                str(path),
            )
        )
    root = path.parent.parent if path.parent.name == "configs" else path.parent
    shown = path.relative_to(root).as_posix()
    with placed(shown):
        file = parse_yaml(decode(path.read_bytes()), shown)
    config, problems = _validated(file, shown)
    name = unicodedata.normalize("NFC", path.stem)
    folder = root / (config.corpus or f"corpora/{name}")

    def named(keys: tuple[str, ...], value: str | None, *defaults: str) -> Path | None:
        if value is None:
            found = (folder / default for default in defaults)
            return next((candidate for candidate in found if candidate.is_file()), None)
        if (root / value).is_file():
            return root / value
        problems.append(
            Problem(
                f"{'.'.join(keys)}에 적힌 파일이 없습니다: {value} (경로는 {root.name}/ 기준)",
                f"{'.'.join(keys)} names a file that does not exist: {value} (under {root.name}/)",
                shown,
                file.line(keys),
            )
        )
        return None

    study = Study(
        name=name,
        config=config,
        config_path=path,
        root=root,
        folder=folder,
        outputs=outputs.absolute() if outputs else root / "outputs" / name,
        private=root / config.private if config.private else folder / "private",
        codebook=named(
            ("codebook",),
            config.codebook,
            *(f"codebook.{s}" for s in ("yaml", "yml", "csv", "xlsx", "json")),
        ),
        codings=named((), None, "codings.csv", "codings.xlsx"),
        participants=named(
            ("participants",), config.participants, "participants.csv", "participants.xlsx"
        ),
        dictionary=named(
            ("morphology", "dictionary"), config.morphology.dictionary, "dictionary.txt"
        ),
        stopwords=named(("morphology", "stopwords"), config.morphology.stopwords, "stopwords.txt"),
        names=named(("privacy", "names"), config.privacy.names, "names.txt"),
    )
    return study, tuple(problems)


def _validated(file: YamlFile, path: str) -> tuple[StudyConfig, list[Problem]]:
    data = {} if file.data is None else file.data
    if not isinstance(data, dict):
        raise GyeolError(
            Problem("설정은 «키: 값» 꼴이어야 합니다.", "A config is a mapping of keys.", path, 1)
        )
    # A key left empty («title:» or «topics:» with nothing after it) means its default.
    data = _filled({k: _filled(v) if isinstance(v, dict) else v for k, v in data.items()})
    try:
        return StudyConfig.model_validate(data), []
    except ValidationError as error:
        details = _once_a_place(error.errors(), data)
    problems = [
        _explained(d["type"], place, d.get("ctx", {}), d["input"], file, path)
        for place, d in details.items()
    ]
    problems.sort(key=lambda problem: problem.line or 0)
    return StudyConfig.model_validate(_without(data, list(details))), problems


def _filled(section: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in section.items() if value is not None}


def _without(data: dict[str, Any], wrong: Sequence[_Place]) -> dict[str, Any]:
    """Return ``data`` without the keys that are wrong, so that the rest can be looked at too."""
    usable = {k: dict(v) if isinstance(v, dict) else v for k, v in data.items()}
    for key, *below in wrong:
        section = usable.get(str(key))
        if below and isinstance(section, dict):
            section.pop(str(below[0]), None)
        else:
            usable.pop(str(key), None)
    return usable


def _once_a_place(details: Sequence[Any], data: dict[str, Any]) -> dict[_Place, Any]:
    """Return the errors by the place they are at, of several at one place the first.

    Pydantic's locations also name the members of unions, and say «[key]» after a key that is
    itself wrong; ``data`` tells which parts are the file's. Words that would also have done are
    kept in the error's context as ``or``.
    """
    kept: dict[_Place, Any] = {}
    for detail in details:
        place: list[str | int] = []
        node: Any = data
        for part in detail["loc"]:
            inside = isinstance(node, dict) and part in node
            if inside or (isinstance(node, list) and isinstance(part, int) and part < len(node)):
                place.append(part)
                node = node[part]
        first = kept.setdefault(tuple(place), dict(detail))
        if detail["type"] == "literal_error" and first["type"] != "literal_error":
            first["ctx"] = {**first.get("ctx", {}), "or": detail["ctx"]["expected"]}
    return kept


def _explained(
    kind: str,
    loc: _Place,
    ctx: dict[str, Any],
    value: object,
    file: YamlFile,
    path: str,
) -> Problem:
    line = file.line(loc)
    name = ".".join(part for part in loc if isinstance(part, str))
    wrong_key = kind == "literal_error" and isinstance(value, str) and value == loc[-1]
    if kind == "extra_forbidden" or wrong_key:
        *parents, key = (str(part) for part in loc)
        valid = re.findall("'([^']*)'", ctx["expected"]) if wrong_key else _keys_at(parents)
        near = difflib.get_close_matches(key, valid, n=1, cutoff=0.6)
        hint_ko = f" 혹시 «{near[0]}»?" if near else f" 쓸 수 있는 키: {', '.join(valid)}"
        hint_en = f" Did you mean «{near[0]}»?" if near else f" Valid keys: {', '.join(valid)}"
        return Problem(
            f"모르는 키 «{name}».{hint_ko}", f"Unknown key «{name}».{hint_en}", path, line
        )
    expected_ko, expected_en = _expected(kind, ctx)
    return Problem(
        f"«{name}»에 쓸 수 없는 값입니다: {value!r}. {expected_ko}",
        f"«{name}» cannot be {value!r}. {expected_en}",
        path,
        line,
    )


_EXPECTED = {
    "list_type": ("목록([가, 나])으로 적으세요.", "Give a list ([a, b])."),
    "too_short": ("하나 이상 적으세요.", "Give at least one."),
    "model_type": ("그 아래에 들여쓴 키를 적으세요.", "Give indented keys under it."),
    "dict_type": ("그 아래에 들여쓴 키를 적으세요.", "Give indented keys under it."),
}


def _expected(kind: str, ctx: dict[str, Any]) -> tuple[str, str]:
    limits = {
        "greater_than_equal": ("ge", " 이상이어야 합니다", "at least"),
        "less_than_equal": ("le", " 이하여야 합니다", "at most"),
        "greater_than": ("gt", "보다 커야 합니다", "more than"),
        "less_than": ("lt", "보다 작아야 합니다", "less than"),
    }
    if kind in limits:
        key, ko, en = limits[kind]
        limit = f"{ctx[key]:g}"
        return f"{limit}{ko}.", f"It must be {en} {limit}."
    if kind == "literal_error":
        expected = str(ctx["expected"])
        return f"가능한 값: {expected.replace(' or ', ', ')}", f"Possible values: {expected}"
    if kind == "value_error":
        # A validator of our own said it, in both languages.
        ko, en = ctx["error"].args
        return ko, en
    if kind.startswith(("int", "float", "finite")):
        ko, en = (f"(또는 {ctx['or']})", f" (or {ctx['or']})") if "or" in ctx else ("", "")
        return f"수를 적으세요{ko}.", f"Give a number{en}."
    return _EXPECTED.get(kind, ("글자로 적으세요.", "Give text."))


def _part_at(parents: Sequence[str]) -> type[BaseModel]:
    part: type[BaseModel] = StudyConfig
    for parent in parents:
        annotation = part.model_fields[parent].annotation
        assert isinstance(annotation, type) and issubclass(annotation, BaseModel)
        part = annotation
    return part


def _keys_at(parents: Sequence[str]) -> list[str]:
    return list(_part_at(parents).model_fields)
