"""A new study out of files: a config that explains itself, and nothing lost or overwritten."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pydantic import BaseModel

from pipeline.config import StudyConfig, load_study
from pipeline.corpus.codebook import read_codebook
from pipeline.corpus.codings import read_codings
from pipeline.corpus.encoding import freeze
from pipeline.corpus.listing import list_files
from pipeline.corpus.reading import merge, read_file
from pipeline.corpus.yaml_file import parse_yaml
from pipeline.errors import GyeolError, Lang, Problem, UsageError
from pipeline.new_study import IMPORTED, config_text, make_study
from pipeline.records import Code, Coding, Interview

# ── the config ──────────────────────────────────────────────────────────────────────


def every_key(part: type[BaseModel] = StudyConfig) -> Iterator[tuple[str, str, dict[str, str]]]:
    """Yield indent, name and explanation of every key."""
    for name, key in part.model_fields.items():
        if isinstance(key.annotation, type) and issubclass(key.annotation, BaseModel):
            yield from (("  ", inner, notes) for _, inner, notes in every_key(key.annotation))
        else:
            assert isinstance(key.json_schema_extra, dict)
            yield "", name, {lang: str(text) for lang, text in key.json_schema_extra.items()}


@pytest.mark.parametrize("lang", ["ko", "en"])
def test_every_key_is_written_under_its_explanation(lang: Lang) -> None:
    lines = config_text("연구", lang).splitlines()
    for indent, name, notes in every_key():
        assert notes[lang].strip()
        comment = lines.index(f"{indent}# {notes[lang]}")
        assert lines[comment + 1].startswith(f"{indent}{name}:")


def load_text(folder: Path, text: str) -> StudyConfig:
    path = folder / "configs" / "new.yaml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return load_study(path).config


@pytest.mark.parametrize("lang", ["ko", "en"])
def test_the_config_says_the_defaults(tmp_path: Path, lang: Lang) -> None:
    config = load_text(tmp_path, config_text("주민 연구", lang))
    assert config == StudyConfig(title="주민 연구", lang=lang)


@pytest.mark.parametrize("lang", ["ko", "en"])
def test_no_key_is_left_out(lang: Lang) -> None:
    written = parse_yaml(config_text("연구", lang), "x").data
    expected = StudyConfig().model_dump()
    assert list(written) == list(expected)
    for name, value in expected.items():
        if isinstance(value, dict):
            assert list(written[name]) == list(value)


@given(title=st.text(st.characters(codec="utf-8", min_codepoint=32), min_size=1, max_size=30))
@example(title="true")
@example(title="null")
@example(title="no")
@example(title="2024")
@example(title="1e5")
@example(title="가: 나 # 다")
@example(title="- 가")
@example(title='"가"')
@settings(max_examples=150, deadline=None)
def test_any_title_comes_back(title: str) -> None:
    assert parse_yaml(config_text(title, "ko"), "x").data["title"] == title


# ── the folders ─────────────────────────────────────────────────────────────────────


def transcripts(folder: Path, *names: str) -> Path:
    source = folder / "from"
    for name in names or ("P01.txt", "P02.txt"):
        path = source / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"질문: 네?\n답변: {name}의 말\n", encoding="utf-8")
    return source


def make(folder: Path, *corpus: Path, name: str = "new", codebook: Path | None = None) -> Path:
    """Make a study under ``folder/at`` and return its folder."""
    config, made = make_study(name, corpus, codebook, folder / "at", "ko")
    assert config == folder / "at" / "configs" / f"{name}.yaml"
    assert load_study(config).folder == made.absolute()
    return made


def inside(folder: Path) -> list[str]:
    return sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file())


def refused(folder: Path, *corpus: Path, **given: object) -> Sequence[Problem]:
    """Return why the study is refused; nothing may be left of it."""
    before = sorted(folder.rglob("*"))
    with pytest.raises(GyeolError) as raised:
        make(folder, *corpus, **given)  # pyright: ignore[reportArgumentType]
    assert sorted(folder.rglob("*")) == before, "nothing is left behind"
    return raised.value.problems


def test_a_folder_of_transcripts(tmp_path: Path) -> None:
    source = transcripts(tmp_path, "P01.txt", "2차/P02.txt", ".hidden", "~$P01.docx")
    made = make(tmp_path, source)
    assert inside(made) == ["interviews/2차/P02.txt", "interviews/P01.txt"]
    assert (made / "inbox").is_dir()
    assert inside(tmp_path / "at" / "configs") == ["new.yaml"]
    for name in ("P01.txt", "2차/P02.txt"):
        assert (made / "interviews" / name).read_bytes() == (source / name).read_bytes()


def test_files_and_folders_together(tmp_path: Path) -> None:
    source = transcripts(tmp_path, "P01.txt", "more/P02.txt", "more/P03.txt")
    made = make(tmp_path, source / "P01.txt", source / "more")
    assert inside(made / "interviews") == ["P01.txt", "P02.txt", "P03.txt"]


def test_a_codebook_is_copied(tmp_path: Path) -> None:
    codebook = tmp_path / "우리 코드.YAML"
    codebook.write_text("- name: 배움\n", encoding="utf-8")
    made = make(tmp_path, transcripts(tmp_path), codebook=codebook)
    assert (made / "codebook.yaml").read_bytes() == codebook.read_bytes()
    config = load_study(tmp_path / "at" / "configs" / "new.yaml")
    assert config.codebook == (made / "codebook.yaml").absolute()


def test_a_second_study_beside_the_first(tmp_path: Path) -> None:
    source = transcripts(tmp_path)
    make(tmp_path, source, name="하나")
    make(tmp_path, source, name="둘")
    assert inside(tmp_path / "at" / "configs") == ["둘.yaml", "하나.yaml"]


def test_a_decomposed_name_is_composed(tmp_path: Path) -> None:
    import unicodedata

    decomposed = unicodedata.normalize("NFD", "연구")
    make_study(decomposed, [transcripts(tmp_path)], None, tmp_path, "ko")
    assert load_study(tmp_path / "configs" / "연구.yaml").name == "연구"


# ── refusals ────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("left", ["config", "folder"])
def test_nothing_is_overwritten(tmp_path: Path, left: str) -> None:
    source = transcripts(tmp_path)
    make(tmp_path, source)
    other = {"config": "configs/new.yaml", "folder": "corpora/new"}[left]
    gone = tmp_path / "at" / ("corpora" if left == "config" else "configs")
    gone.rename(tmp_path / "aside")
    (problem,) = refused(tmp_path, source)
    assert problem.path == str(tmp_path / "at" / other)
    assert "덮어쓰지 않습니다" in problem.ko


def test_both_that_exist_are_named(tmp_path: Path) -> None:
    source = transcripts(tmp_path)
    make(tmp_path, source)
    assert len(refused(tmp_path, source)) == 2


def test_a_path_that_does_not_exist(tmp_path: Path) -> None:
    problems = refused(tmp_path, tmp_path / "없음", tmp_path / "또 없음")
    assert [problem.path for problem in problems] == [
        str(tmp_path / "없음"),
        str(tmp_path / "또 없음"),
    ]


def test_no_corpus_at_all(tmp_path: Path) -> None:
    assert "--corpus" in refused(tmp_path)[0].ko


@pytest.mark.parametrize("name", [None, ".hidden", "Thumbs.db"])
def test_a_folder_without_files(tmp_path: Path, name: str | None) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    if name:
        (empty / name).write_bytes(b"x")
    (problem,) = refused(tmp_path, empty)
    assert (problem.path, "읽을 파일이 없습니다" in problem.ko) == (str(empty), True)


def test_a_codebook_that_does_not_exist(tmp_path: Path) -> None:
    (problem,) = refused(tmp_path, transcripts(tmp_path), codebook=tmp_path / "x.yaml")
    assert problem.path == str(tmp_path / "x.yaml")


def test_a_broken_codebook(tmp_path: Path) -> None:
    codebook = tmp_path / "codes.yaml"
    codebook.write_text("- name: 가\n- name: 가\n", encoding="utf-8")
    (problem,) = refused(tmp_path, transcripts(tmp_path), codebook=codebook)
    assert (problem.path, problem.line) == ("codes.yaml", 2)


@pytest.mark.parametrize(
    "name",
    [
        *["", " ", ".", "..", "../x", "a/b", "a\\b", "/x", "C:x", "a*", 'a"b', "a|b", "a\nb"],
        *[" a", "a ", "a.", ".a", "가" * 81, "CON", "nul", "Com1.x", "a\0b", "a\x7fb", "a\ud800"],
    ],
)
def test_a_bad_name(tmp_path: Path, name: str) -> None:
    problems = refused(tmp_path, transcripts(tmp_path), name=name)
    assert len(problems) == 1
    assert "연구 이름" in problems[0].ko


@pytest.mark.parametrize(
    "name", ["연구", "study_2", "a-b", "a b", "2024", "true", "console", "a.b"]
)
def test_a_good_name(tmp_path: Path, name: str) -> None:
    make(tmp_path, transcripts(tmp_path), name=name)
    assert load_study(tmp_path / "at" / "configs" / f"{name}.yaml").config.title == name


def test_wrong_usage_has_its_exit_code(tmp_path: Path) -> None:
    with pytest.raises(UsageError) as raised:
        make(tmp_path, tmp_path / "없음")
    assert raised.value.exit_code == 2


def test_two_files_of_one_name_leave_nothing(tmp_path: Path) -> None:
    source = transcripts(tmp_path, "a/P01.txt", "b/P01.txt")
    (problem,) = refused(tmp_path, source / "a", source / "b")
    assert "P01.txt" in problem.ko


def test_a_copy_that_fails_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = transcripts(tmp_path)

    def full(_source: Path, target: Path) -> None:
        raise OSError(28, "No space left on device", str(target))

    monkeypatch.setattr("pipeline.new_study.shutil.copyfile", full)
    (problem,) = refused(tmp_path, source)
    assert "남은 용량이 없음" in problem.ko


def test_a_move_that_fails_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = transcripts(tmp_path)

    def refuse(_self: Path, target: Path) -> None:
        raise OSError(13, "Permission denied", str(target))

    monkeypatch.setattr(Path, "replace", refuse)
    (problem,) = refused(tmp_path, source)
    assert "권한이 없음" in problem.ko


def test_a_config_that_cannot_be_moved_takes_the_folder_along(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = transcripts(tmp_path)
    move = Path.replace

    def refuse_configs(self: Path, target: Path) -> Path:
        if target.parent.name == "configs":
            raise OSError(13, "Permission denied", str(target))
        return move(self, target)

    monkeypatch.setattr(Path, "replace", refuse_configs)
    (problem,) = refused(tmp_path, source)
    assert problem.path == str(tmp_path / "at" / "configs" / "new.yaml")


def test_a_file_in_the_place_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / "at").write_bytes(b"mine")
    refused(tmp_path, transcripts(tmp_path))
    assert (tmp_path / "at").read_bytes() == b"mine"


def test_undecodable_segments_leave_nothing(tmp_path: Path) -> None:
    path = tmp_path / "segments.jsonl"
    path.write_bytes(b'{"id": "1", "text": "\xff\xff"}\n')
    refused(tmp_path, path)


# ── segments with codes ─────────────────────────────────────────────────────────────


def segments_file(folder: Path, rows: Sequence[dict[str, object]], name: str = "s.jsonl") -> Path:
    path = folder / name
    lines = (json.dumps(row, ensure_ascii=False) for row in rows)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def read_study(made: Path) -> tuple[tuple[Interview, ...], tuple[Code, ...], tuple[Coding, ...]]:
    """Read a study's interviews, codes and codings as a run does; nothing may be wrong."""
    readings = [read_file(p, p.name, []) for p in list_files(made / "interviews")]
    merged = merge(readings)
    codes = read_codebook(made / "codebook.yaml", "codebook.yaml")
    codings, problems = read_codings(
        made / "codings.csv", "codings.csv", merged.interviews, (), codes
    )
    assert (merged.problems, problems) == ((), ())
    return merged.interviews, codes, codings


def coded(made: Path) -> list[tuple[str, str]]:
    """Return the text and the code of every coding."""
    interviews, _, codings = read_study(made)
    texts = {interview.id: interview.text for interview in interviews}
    assert {coding.coder for coding in codings} <= {IMPORTED}
    return [(texts[c.interview][c.start : c.end], c.code) for c in codings]


def test_codes_become_codings_and_a_codebook(tmp_path: Path) -> None:
    rows: list[dict[str, object]] = [
        {"id": "1", "text": "학교가 좋아요.", "codes": ["육아/교육", "이웃"], "interview": "P01"},
        {"id": "2", "text": "시장에 갔어요.", "codes": [], "interview": "P01"},
        {"id": "3", "text": "이웃이요.", "codes": ["이웃"]},
        {"id": "4", "text": "몰라요."},
    ]
    made = make(tmp_path, segments_file(tmp_path, rows))
    assert inside(made) == ["codebook.yaml", "codings.csv", "interviews/s.jsonl"]
    assert coded(made) == [
        ("학교가 좋아요.", "육아/교육"),
        ("학교가 좋아요.", "이웃"),
        ("이웃이요.", "이웃"),
    ]
    _, codes, _ = read_study(made)
    assert [code.name for code in codes] == ["육아/교육", "이웃"]
    assert (made / "codings.csv").read_bytes().startswith(b"\xef\xbb\xbfinterview,segment,")


def test_a_given_codebook_goes_before_one_made_of_codes(tmp_path: Path) -> None:
    rows: list[dict[str, object]] = [{"id": "1", "text": "네.", "codes": ["이웃"]}]
    codebook = tmp_path / "codes.yaml"
    codebook.write_text("- {name: 이웃, definition: 뜻}\n- name: 남\n", encoding="utf-8")
    made = make(tmp_path, segments_file(tmp_path, rows), codebook=codebook)
    _, codes, _ = read_study(made)
    assert [code.name for code in codes] == ["이웃", "남"]


def test_segments_without_codes(tmp_path: Path) -> None:
    made = make(tmp_path, segments_file(tmp_path, [{"id": "1", "text": "네.", "month": 5}]))
    assert inside(made) == ["interviews/s.jsonl"]


def test_several_segments_files(tmp_path: Path) -> None:
    paths = [
        segments_file(tmp_path, [{"id": name, "text": "네.", "codes": ["이웃"]}], f"{name}.jsonl")
        for name in ("가", "나")
    ]
    assert coded(make(tmp_path, *paths)) == [("네.", "이웃"), ("네.", "이웃")]


NAMES = [
    "육아, 교육",
    '"따옴표"',
    "줄\n바꿈",
    "a: b # c",
    "- 가",
    "=1+1",
    "true",
    "2024",
    " 여백 ",
    "\t탭",
    "가|나",
    "«꺾쇠»",
    "😀",
    "\\n",
    "'",
]


def test_codes_of_every_kind_survive(tmp_path: Path) -> None:
    rows: list[dict[str, object]] = [{"id": "1", "text": "네.", "codes": NAMES}]
    made = make(tmp_path, segments_file(tmp_path, rows))
    assert [code for _, code in coded(made)] == NAMES


names = st.text(st.characters(codec="utf-8"), min_size=1, max_size=12).filter(
    lambda name: bool(freeze(name).strip()) and freeze(name) == name
)


@given(codes=st.lists(names, min_size=1, max_size=4, unique_by=str.strip))
@settings(max_examples=60, deadline=None)
def test_any_code_survives(codes: list[str], tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("codes")
    rows: list[dict[str, object]] = [{"id": "1", "text": "네.", "codes": codes}]
    made = make(folder, segments_file(folder, rows))
    assert [code for _, code in coded(made)] == codes
