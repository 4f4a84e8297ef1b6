"""A study's configuration: every key with its default, its meaning and its check.

``StudyConfig`` is the one place where a key is declared; ``gyeol init`` writes its file
from it and ``load_study`` checks a file against it. An unknown key is an error that names
the line and the nearest valid name.
"""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from pipeline.corpus.encoding import decode
from pipeline.corpus.yaml_file import YamlFile, parse_yaml
from pipeline.errors import GyeolError, Lang, Problem, UsageError

KeywordMethod = Literal["tfidf", "log_likelihood"]
Tag = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2,3}$")]


def _key(default: Any, ko: str, en: str, **limits: Any) -> Any:  # noqa: ANN401
    """Declare a key: its default and what it means, in both languages."""
    make = (
        {"default_factory": lambda: list(default)}
        if isinstance(default, list)
        else {"default": default}
    )
    return Field(**make, json_schema_extra={"ko": ko, "en": en}, **limits)


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class SegmentsConfig(_Part):
    """How interviews are cut into segments."""

    unit: Literal["turn", "sentence", "window"] = _key(
        "turn",
        "분석 단위: turn(응답 발화), sentence(문장), window(문장 size개씩)",
        "unit of analysis: turn (an answer), sentence, window (of `size` sentences)",
    )
    size: int = _key(3, "window일 때 한 단위에 넣을 문장 수", "sentences in a window", ge=1, le=100)


class MorphologyConfig(_Part):
    """What of Kiwi's morphemes is kept."""

    tags: list[Tag] = _key(
        ["NNG", "NNP", "XR", "SL", "VV", "VA"],
        "남길 품사(세종 품사 태그). 동사·형용사(VV, VA)는 명사와 따로 다룹니다",
        "parts of speech kept; verbs and adjectives are kept apart from nouns",
        min_length=1,
    )
    dictionary: str | None = _key(
        None,
        "사용자 사전 파일. 비우면 연구 폴더의 dictionary.txt(있을 때)",
        "user dictionary; empty: dictionary.txt in the study's folder, if there",
    )
    stopwords: str | None = _key(
        None,
        "불용어 파일(기본 목록에 더함). 비우면 연구 폴더의 stopwords.txt(있을 때)",
        "stop words added to the built-in list; empty: stopwords.txt, if there",
    )


class TermsConfig(_Part):
    """Which terms enter the matrix."""

    min_segments: int = _key(
        2, "이보다 적은 단위에 나온 말은 뺍니다", "terms in fewer segments are left out", ge=1
    )
    max_share: float = _key(
        0.5,
        "이 비율보다 많은 단위에 나온 말은 토픽에서 뺍니다(0~1)",
        "terms in a larger share of segments are left out of topics (0 to 1)",
        gt=0,
        le=1,
    )


class TopicsConfig(_Part):
    """How topics are found."""

    method: Literal["nmf", "lda"] = _key(
        "nmf", "토픽 방법: nmf(scikit-learn) 또는 lda(gensim)", "nmf (scikit-learn), lda (gensim)"
    )
    count: Annotated[int, Field(ge=1, le=500)] | Literal["auto"] = _key(
        "auto", "토픽 수. auto는 단위 수에 맞춰 정합니다", "number of topics, or auto"
    )
    tags: list[Tag] = _key(
        ["NNG", "NNP"], "토픽에 쓸 품사", "parts of speech used for topics", min_length=1
    )


class KeywordsConfig(_Part):
    """How keywords are found."""

    methods: list[KeywordMethod] = _key(
        ["tfidf", "log_likelihood"], f"키워드 방법: {', '.join(get_args(KeywordMethod))}", "methods"
    )
    group: str = _key(
        "role",
        "견줄 집단의 열 이름(participants.csv 등의 열). 없으면 면담끼리 견줍니다",
        "the column that groups segments; where it is missing, interviews are compared",
    )
    top: int = _key(30, "방법과 집단마다 적을 키워드 수", "keywords a method and group", ge=1)


class SuggestConfig(_Part):
    """How codes are suggested."""

    top: int = _key(5, "단위마다 제안할 코드 수", "suggestions a segment", ge=1, le=50)


class StudyConfig(_Part):
    """One study (연구). Paths are relative to the folder that holds ``configs/``."""

    title: str = _key("", "연구 제목", "the study's title")
    lang: Lang = _key("ko", "화면과 결과의 언어: ko 또는 en", "language of messages and outputs")
    seed: int = _key(2026, "난수 씨앗. 같은 값이면 같은 결과", "random seed", ge=0, le=2**32 - 1)
    workers: int = _key(
        0,
        "일꾼(스레드) 수. 0은 이 컴퓨터에 맞춤. 결과는 달라지지 않습니다",
        "threads; 0: as many as fit",
        ge=0,
        le=256,
    )
    levels: list[str] = _key(
        ["영역", "범주", "코드"],
        "코드북 단계의 이름, 위에서 아래로",
        "names of the codebook's levels",
    )
    corpus: str | None = _key(
        None, "자료 폴더. 비우면 corpora/설정이름", "data folder; empty: corpora/NAME"
    )
    codebook: str | None = _key(
        None,
        "코드북 파일. 비우면 자료 폴더의 codebook.yaml(.csv .xlsx .json)",
        "codebook file; empty: codebook.yaml (.csv .xlsx .json) in the data folder",
    )
    private: str | None = _key(
        None,
        "원문과 열쇠를 두는 비공개 폴더. 비우면 자료 폴더의 private/",
        "private folder for frozen texts; empty: private/ in the data folder",
    )
    interviewer: list[str] = _key(
        [],
        "면담자의 화자 표시. 비우면 질문·면담자·연구자 등을 알아봅니다",
        "the interviewer's labels; empty: the usual ones are recognised",
    )
    segments: SegmentsConfig = Field(default_factory=SegmentsConfig)
    morphology: MorphologyConfig = Field(default_factory=MorphologyConfig)
    terms: TermsConfig = Field(default_factory=TermsConfig)
    topics: TopicsConfig = Field(default_factory=TopicsConfig)
    keywords: KeywordsConfig = Field(default_factory=KeywordsConfig)
    suggest: SuggestConfig = Field(default_factory=SuggestConfig)
    store: str | None = _key(
        None,
        "판정 저장소(SQLAlchemy URL). 비우면 자료 폴더의 decisions.db",
        "store of decisions (SQLAlchemy URL); empty: decisions.db in the data folder",
    )


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

    @property
    def interviews(self) -> Path:
        """The folder of transcripts."""
        return self.folder / "interviews"

    def shown(self, path: Path) -> str:
        """Return ``path`` as the user knows it: relative to the study's root, with ``/``."""
        return (
            path.relative_to(self.root).as_posix() if path.is_relative_to(self.root) else str(path)
        )


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
    try:
        file = parse_yaml(decode(path.read_bytes()), shown)
    except GyeolError as error:
        raise GyeolError(*(_placed(problem, shown) for problem in error.problems)) from error
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
        participants=named((), None, "participants.csv"),
        dictionary=named(
            ("morphology", "dictionary"), config.morphology.dictionary, "dictionary.txt"
        ),
        stopwords=named(("morphology", "stopwords"), config.morphology.stopwords, "stopwords.txt"),
    )
    return study, tuple(problems)


def _placed(problem: Problem, path: str) -> Problem:
    return Problem(problem.ko, problem.en, path, problem.line, problem.level)


def _validated(file: YamlFile, path: str) -> tuple[StudyConfig, list[Problem]]:
    data = {} if file.data is None else file.data
    if not isinstance(data, dict):
        raise GyeolError(
            Problem("설정은 «키: 값» 꼴이어야 합니다.", "A config is a mapping of keys.", path, 1)
        )
    # A section left empty («topics:» with nothing under it) means its defaults.
    sections = {
        n
        for n, f in StudyConfig.model_fields.items()
        if isinstance(f.annotation, type) and issubclass(f.annotation, _Part)
    }
    data = {key: {} if value is None and key in sections else value for key, value in data.items()}
    try:
        return StudyConfig.model_validate(data), []
    except ValidationError as error:
        details = _once_a_place(error.errors())
    problems = [
        _explained(d["type"], d["loc"], d.get("ctx", {}), d["input"], file, path) for d in details
    ]
    problems.sort(key=lambda problem: problem.line or 0)
    return StudyConfig.model_validate(_without(data, [d["loc"] for d in details])), problems


def _without(data: dict[str, Any], wrong: Sequence[tuple[str | int, ...]]) -> dict[str, Any]:
    """Return ``data`` without the keys that are wrong, so that the rest can be looked at too."""
    usable = {k: dict(v) if isinstance(v, dict) else v for k, v in data.items()}
    for key, *below in wrong:
        section = usable.get(str(key))
        if below and isinstance(section, dict):
            section.pop(str(below[0]), None)
        else:
            usable.pop(str(key), None)
    return usable


def _once_a_place(details: Sequence[Any]) -> list[Any]:
    """Keep the first of the errors a union gives for one place."""
    kept: dict[tuple[object, ...], Any] = {}
    for detail in details:
        location = tuple(p for p in detail["loc"] if isinstance(p, int) or p in _every_key())
        kept.setdefault(location if detail["type"] != "extra_forbidden" else detail["loc"], detail)
    return list(kept.values())


def _explained(
    kind: str,
    loc: tuple[str | int, ...],
    ctx: dict[str, Any],
    value: object,
    file: YamlFile,
    path: str,
) -> Problem:
    line = file.line(loc)
    if kind == "extra_forbidden":
        *parents, key = (str(part) for part in loc)
        valid = _keys_at(parents)
        near = difflib.get_close_matches(key, valid, n=1, cutoff=0.5)
        full = ".".join([*parents, key])
        hint_ko = f" 혹시 «{near[0]}»?" if near else f" 쓸 수 있는 키: {', '.join(valid)}"
        hint_en = f" Did you mean «{near[0]}»?" if near else f" Valid keys: {', '.join(valid)}"
        return Problem(
            f"모르는 키 «{full}».{hint_ko}", f"Unknown key «{full}».{hint_en}", path, line
        )
    known = [str(part) for part in loc if isinstance(part, int) or part in _every_key()]
    name = ".".join(known)
    expected_ko, expected_en = _expected(kind, ctx)
    return Problem(
        f"«{name}»의 값 {value!r}은(는) 쓸 수 없습니다. {expected_ko}",
        f"«{name}» cannot be {value!r}. {expected_en}",
        path,
        line,
    )


def _expected(kind: str, ctx: dict[str, Any]) -> tuple[str, str]:
    limits = {
        "greater_than_equal": ("ge", "이상", "at least"),
        "less_than_equal": ("le", "이하", "at most"),
        "greater_than": ("gt", "보다 큰 값", "more than"),
        "less_than": ("lt", "보다 작은 값", "less than"),
    }
    if kind in limits:
        key, ko, en = limits[kind]
        return f"{ctx[key]} {ko}이어야 합니다.", f"It must be {en} {ctx[key]}."
    if kind == "literal_error":
        return (
            f"가능한 값: {str(ctx['expected']).replace(' or ', ', ')}",
            f"Possible values: {ctx['expected']}",
        )
    if kind.startswith(("int", "float", "finite")):
        return "수를 적으세요.", "Give a number."
    if kind == "list_type":
        return "목록([가, 나])으로 적으세요.", "Give a list ([a, b])."
    if kind == "too_short":
        return "하나 이상 적으세요.", "Give at least one."
    if kind == "string_pattern_mismatch":
        return "품사 태그(예: NNG)를 적으세요.", "Give a tag such as NNG."
    if kind in ("model_type", "dict_type"):
        return "그 아래에 들여쓴 키를 적으세요.", "Give indented keys under it."
    return "글자로 적으세요.", "Give text."


def _part_at(parents: Sequence[str]) -> type[BaseModel]:
    part: type[BaseModel] = StudyConfig
    for parent in parents:
        annotation = part.model_fields[parent].annotation
        assert isinstance(annotation, type) and issubclass(annotation, BaseModel)
        part = annotation
    return part


def _keys_at(parents: Sequence[str]) -> list[str]:
    return list(_part_at(parents).model_fields)


def _every_key() -> set[str]:
    """Return every key's name: pydantic's locations also hold the names of union members."""
    names = set(StudyConfig.model_fields)
    for field in StudyConfig.model_fields.values():
        if isinstance(field.annotation, type) and issubclass(field.annotation, _Part):
            names |= set(field.annotation.model_fields)
    return names
