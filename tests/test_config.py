"""The config: its defaults, where its paths lead, and every way of getting it wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.config import Study, StudyConfig, examine_study, load_study
from pipeline.corpus.options import AS_IT_IS, Options
from pipeline.errors import GyeolError, Problem, UsageError


def write(root: Path, text: str | bytes, name: str = "study.yaml") -> Path:
    path = root / "configs" / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def load(root: Path, text: str | bytes) -> Study:
    return load_study(write(root, text))


def problems_of(root: Path, text: str | bytes) -> tuple[Problem, ...]:
    with pytest.raises(GyeolError) as raised:
        load(root, text)
    problems = raised.value.problems
    assert {problem.path for problem in problems} == {"configs/study.yaml"}
    assert {problem.level for problem in problems} == {"error"}
    return problems


def only_problem(root: Path, text: str | bytes) -> Problem:
    (problem,) = problems_of(root, text)
    return problem


# ── a config that is right ──────────────────────────────────────────────────────────


@pytest.mark.parametrize("text", ["", "# 아직 없음\n", "{}", "topics:\nsuggest:\nsegments:\n"])
def test_everything_has_a_default(tmp_path: Path, text: str) -> None:
    assert load(tmp_path, text).config == StudyConfig()


def test_the_defaults_that_are_promised() -> None:
    config = StudyConfig()
    assert (config.lang, config.seed, config.workers) == ("ko", 2026, 0)
    assert config.levels == ["영역", "범주", "코드"]
    assert (config.segments.unit, config.segments.size) == ("turn", 3)
    assert config.morphology.tags == ["NNG", "NNP", "XR", "SL", "VV", "VA"]
    assert (config.topics.method, config.topics.count) == ("consensus", "auto")
    assert config.keywords.methods == ["frequency", "tfidf", "log_likelihood", "phrases"]
    assert config.keywords.group == "role"


def test_values_are_taken(tmp_path: Path) -> None:
    config = load(
        tmp_path,
        "title: 우리 연구\nlang: en\nlevels: [주제, 코드]\ninterviewer: [질문, Q]\n"
        "topics:\n  count: 7\n  method: lda\nsegments: {unit: window, size: 5}\n",
    ).config
    assert (config.title, config.lang, config.levels) == ("우리 연구", "en", ["주제", "코드"])
    assert (config.topics.count, config.topics.method) == (7, "lda")
    assert (config.segments.unit, config.segments.size) == ("window", 5)
    assert config.terms == StudyConfig().terms


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp949", "utf-16"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_encodings_and_newlines(tmp_path: Path, encoding: str, newline: str) -> None:
    text = f"# 연구 설정{newline}title: 한글 제목{newline}seed: 7{newline}"
    config = load(tmp_path, text.encode(encoding)).config
    assert (config.title, config.seed) == ("한글 제목", 7)


# ── where things are ────────────────────────────────────────────────────────────────


def test_folders_by_the_name_of_the_config(tmp_path: Path) -> None:
    study = load(tmp_path, "")
    assert study.name == "study"
    assert study.root == tmp_path
    assert study.folder == tmp_path / "corpora" / "study"
    assert study.interviews == tmp_path / "corpora" / "study" / "interviews"
    assert study.private == tmp_path / "corpora" / "study" / "private"
    assert study.outputs == tmp_path / "outputs" / "study"
    assert study.codebook is study.codings is study.dictionary is study.stopwords is None


def test_paths_do_not_depend_on_the_working_directory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, "")
    monkeypatch.chdir(tmp_path / "configs")
    assert load_study(Path("study.yaml")).folder == tmp_path / "corpora" / "study"
    monkeypatch.chdir(tmp_path)
    assert load_study(Path("configs/study.yaml")).folder == tmp_path / "corpora" / "study"


def test_a_config_outside_a_folder_configs(tmp_path: Path) -> None:
    path = tmp_path / "study.yaml"
    path.write_text("", encoding="utf-8")
    assert load_study(path).folder == tmp_path / "corpora" / "study"


def test_paths_in_the_config_start_beside_configs(tmp_path: Path) -> None:
    for name in ("words.txt", "shared/codes.csv"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("", encoding="utf-8")
    study = load(
        tmp_path,
        "corpus: elsewhere\nprivate: vault\ncodebook: shared/codes.csv\n"
        "morphology:\n  dictionary: words.txt\n",
    )
    assert study.folder == tmp_path / "elsewhere"
    assert study.private == tmp_path / "vault"
    assert study.codebook == tmp_path / "shared" / "codes.csv"
    assert study.dictionary == tmp_path / "words.txt"
    assert study.shown(tmp_path / "shared" / "codes.csv") == "shared/codes.csv"
    assert study.shown(tmp_path.parent / "x") == str(tmp_path.parent / "x")


def test_files_with_the_usual_names_are_found(tmp_path: Path) -> None:
    folder = tmp_path / "corpora" / "study"
    folder.mkdir(parents=True)
    names = ["codebook.yaml", "codebook.csv", "codings.xlsx", "participants.csv"]
    for name in [*names, "dictionary.txt", "stopwords.txt"]:
        (folder / name).write_text("", encoding="utf-8")
    study = load(tmp_path, "")
    assert study.codebook == folder / "codebook.yaml"
    assert study.codings == folder / "codings.xlsx"
    assert study.participants == folder / "participants.csv"
    assert study.dictionary == folder / "dictionary.txt"
    assert study.stopwords == folder / "stopwords.txt"


def test_another_outputs_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert load_study(write(tmp_path, ""), Path("out")).outputs == tmp_path / "out"


# ── a config that is wrong ──────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "line", "key", "near"),
    [
        ("seed: 1\ntitel: 가\n", 2, "titel", "title"),
        ("# 설명\n\ntopics:\n  method: nmf\n  cuont: 3\n", 5, "topics.cuont", "count"),
        ("segment:\n  unit: turn\n", 1, "segment", "segments"),
        ("morphology: {stopword: x.txt}\n", 1, "morphology.stopword", "stopwords"),
    ],
)
def test_an_unknown_key_names_line_and_nearest(
    tmp_path: Path, text: str, line: int, key: str, near: str
) -> None:
    problem = only_problem(tmp_path, text)
    assert problem.line == line
    assert f"모르는 키 «{key}». 혹시 «{near}»?" in problem.ko
    assert f"Unknown key «{key}». Did you mean «{near}»?" in problem.en


def test_a_key_like_no_other_lists_the_valid_ones(tmp_path: Path) -> None:
    assert "unit, size" in only_problem(tmp_path, "segments:\n  zzzz: 1\n").ko
    assert "title, lang, seed" in only_problem(tmp_path, "zzzz: 1\n").ko


@pytest.mark.parametrize(
    ("text", "line", "key", "expected"),
    [
        ("title: x\nlang: jp\n", 2, "lang", "'ko', 'en'"),
        ("seed: -1\n", 1, "seed", "0 이상"),
        ("seed: 많이\n", 1, "seed", "수를"),
        ("seed: 1.5\n", 1, "seed", "수를"),
        ("seed: .inf\n", 1, "seed", "수를"),
        ("title: 가\n\nworkers: 9999\n", 3, "workers", "256 이하"),
        ("title: 2024\n", 1, "title", "글자로"),
        ("title: {가: 나}\n", 1, "title", "글자로"),
        ("interviewer: 질문\n", 1, "interviewer", "목록"),
        ("interviewer:\n  - 질문\n  - 1\n", 3, "interviewer", "글자로"),
        ("topics:\n  count: 0\n", 2, "topics.count", "1 이상"),
        ("topics:\n  count: 501\n", 2, "topics.count", "500 이하"),
        ("topics:\n  count: many\n", 2, "topics.count", "수를 적으세요(또는 'auto')"),
        ("topics:\n  method: bertopic\n", 2, "topics.method", "'nmf', 'lda'"),
        ("topics: 3\n", 1, "topics", "들여쓴 키"),
        ("segments:\n  unit: 문장\n", 2, "segments.unit", "'turn', 'sentence', 'window'"),
        ("segments:\n  unit: window\n  size: 0\n", 3, "segments.size", "1 이상"),
        ("terms:\n  max_share: 0\n", 2, "terms.max_share", "0보다 커야"),
        ("terms:\n  max_share: 1.5\n", 2, "terms.max_share", "이하"),
        ("morphology:\n  tags: []\n", 2, "morphology.tags", "하나 이상"),
        ("morphology:\n  tags: [NNG, NGG]\n", 2, "morphology.tags", "NNG"),
        ("morphology:\n  tags: [NNG, 명사]\n", 2, "morphology.tags", "그런 품사 태그는 없습니다"),
        ("keywords:\n  methods: [tfidf, chi]\n", 2, "keywords.methods", "'tfidf'"),
        ("suggest:\n  top: 51\n", 2, "suggest.top", "50 이하"),
    ],
)
def test_a_wrong_value_names_line_key_and_what_would_be_right(
    tmp_path: Path, text: str, line: int, key: str, expected: str
) -> None:
    problem = only_problem(tmp_path, text)
    assert problem.line == line
    assert f"«{key}»" in problem.ko
    assert expected in problem.ko
    assert f"«{key}»" in problem.en


def test_how_files_are_read(tmp_path: Path) -> None:
    reading = load(
        tmp_path,
        "reading:\n  columns: {text: [문항1, 문항2], interview: 번호}\n"
        "  speaker: '^(\\S+)\\)'\n  roles: {박 실장: interviewer, 1: participant}\n"
        "  footnotes: keep\n  comments: codings\n",
    ).reading
    assert reading == Options(
        {"text": ("문항1", "문항2"), "interview": "번호"},
        r"^(\S+)\)",
        {"박 실장": "interviewer", "1": "participant"},
        "keep",
        "codings",
    )
    assert load(tmp_path, "reading:\n  columns:\n  roles:\n").reading == AS_IT_IS


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("reading:\n  columns:\n    texxt: 가\n", 3, "«reading.columns.texxt». 혹시 «text»?"),
        ("reading:\n  columns:\n    zzz: 가\n", 3, "쓸 수 있는 키: text, interview, speaker"),
        (
            "reading:\n  columns:\n    text: 3\n",
            3,
            "«reading.columns.text»에 쓸 수 없는 값입니다: 3",
        ),
        ("reading:\n  columns: 가\n", 2, "들여쓴 키"),
        ("reading:\n  roles:\n    가: asks\n", 3, "'interviewer', 'participant'"),
        ("reading:\n\n  speaker: '(가'\n", 3, "정규식에 맞지 않습니다"),
        ("reading:\n  speaker: 가\n", 2, "하나만 묶으세요(지금 0개)"),
        ("reading:\n  footnotes: yes\n", 2, "'drop', 'keep'"),
        ("reading:\n  comments: code\n", 2, "'ignore', 'memos', 'codings'"),
    ],
)
def test_a_wrong_way_of_reading_names_its_line(
    tmp_path: Path, text: str, line: int, said: str
) -> None:
    problem = only_problem(tmp_path, text)
    assert problem.line == line
    assert said in problem.ko


@pytest.mark.parametrize("name", ["participants.csv", "participants.xlsx"])
def test_the_list_of_participants_is_found(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "corpora" / "study"
    folder.mkdir(parents=True)
    (folder / name).write_bytes(b"")
    assert load(tmp_path, "").participants == folder / name
    (tmp_path / "누구.csv").write_bytes(b"")
    assert load(tmp_path, "participants: 누구.csv\n").participants == tmp_path / "누구.csv"
    assert "participants에 적힌 파일" in only_problem(tmp_path, "participants: 없음.csv\n").ko


def test_all_problems_at_once(tmp_path: Path) -> None:
    problems = problems_of(
        tmp_path,
        "titel: 가\nlang: jp\nworkers: -1\ncodebook: 없음.yaml\n"
        "topics:\n  count: 0\n  tagz: [NNG]\nsuggest:\n  top: 0\n",
    )
    assert sorted(problem.line or 0 for problem in problems) == [1, 2, 3, 4, 6, 7, 9]


def test_what_is_right_is_still_used(tmp_path: Path) -> None:
    text = "title: 연구\nseed: -1\nlang: en\ntopics:\n  count: 0\n  method: lda\n  x: 1\n"
    study, problems = examine_study(write(tmp_path, text))
    assert (study.config.title, study.config.lang, study.config.seed) == ("연구", "en", 2026)
    assert (study.config.topics.count, study.config.topics.method) == ("auto", "lda")
    assert [problem.line for problem in problems] == [2, 5, 7]


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("title: 가\nseed 1\ntopics: {}\n", 2, "YAML 문법"),
        ("title: 가\n  seed: 1\n", 2, "들여쓰기를 확인하세요"),
        ("title: 마을: 이야기\n", 1, "값 전체를 따옴표로 묶거나"),
        ("title: 가\ntopics:\n\tcount: 1\n", 3, "탭이 있습니다. 빈칸으로"),
        ("title: '가\nseed: 1\n", 1, "YAML 문법"),
        ("interviewer: [가, 나\nseed: 1\n", 2, "닫히지 않았습니다"),
        ("seed: 1\n---\nseed: 2\n", 2, "«---»"),
    ],
)
def test_broken_yaml(tmp_path: Path, text: str, line: int, said: str) -> None:
    problem = only_problem(tmp_path, text)
    assert (problem.line, said in problem.ko) == (line, True), problem.ko


@pytest.mark.parametrize(
    ("text", "line"),
    [("seed: 1\nlang: ko\nseed: 2\n", 3), ("topics:\n  count: 3\n  count: 4\n", 3)],
)
def test_a_key_given_twice(tmp_path: Path, text: str, line: int) -> None:
    problem = only_problem(tmp_path, text)
    assert (problem.line, "같은 키가 두 번 나옵니다: «" in problem.ko) == (line, True)


@pytest.mark.parametrize("text", ["- 가\n- 나\n", "그냥 글\n", "3\n"])
def test_not_a_mapping(tmp_path: Path, text: str) -> None:
    problem = only_problem(tmp_path, text)
    assert (problem.line, "«키: 값»" in problem.ko) == (1, True)


def test_undecodable_bytes(tmp_path: Path) -> None:
    problem = only_problem(tmp_path, b"seed: 1\ntitle: \xff\xff\n")
    assert problem.line == 2
    assert "0xFF" in problem.ko


@pytest.mark.parametrize(
    ("text", "line", "key", "named"),
    [
        ("codebook: 없음.yaml\n", 1, "codebook", "없음.yaml"),
        ("morphology:\n  dictionary: 없음.txt\n", 2, "morphology.dictionary", "없음.txt"),
        ("morphology:\n  tags: [NNG]\n  stopwords: x\n", 3, "morphology.stopwords", "x"),
        ("codebook: configs\n", 1, "codebook", "configs"),
    ],
)
def test_a_file_that_is_not_there(
    tmp_path: Path, text: str, line: int, key: str, named: str
) -> None:
    problem = only_problem(tmp_path, text)
    assert problem.line == line
    assert f"{key}에 적힌 파일이 없습니다: {named}" in problem.ko


@pytest.mark.parametrize("name", ["none.yaml", ""])
def test_no_config_is_wrong_usage(tmp_path: Path, name: str) -> None:
    with pytest.raises(UsageError) as raised:
        load_study(tmp_path / "configs" / name)
    assert raised.value.exit_code == 2
    assert "gyeol init" in raised.value.problems[0].ko
