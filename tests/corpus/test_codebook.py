"""One codebook in every format, and everything that can be wrong with it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.corpus.codebook import read_codebook
from pipeline.corpus.sheets import guarded, known_as, unguarded
from pipeline.errors import GyeolError, Problem
from pipeline.records import Code

ENTRIES: list[dict[str, Any]] = [
    {"name": "배움", "id": "L1", "definition": "배우는 일 전반", "name_en": "Learning"},
    {
        "name": "육아/교육",
        "id": "L2",
        "parent": "L1",
        "include": ["아이를 돌보며 배움", "학부모 모임"],
        "exclude": ["직장 교육"],
        "examples": ["애 재워 놓고 들었어요.", '그, 뭐랄까 "틈새"에요'],
        "color": "#aa0000",
        "source": "면담",
    },
    {"name": "기술", "id": "L3", "parent": "육아/교육", "definition": '쉼표, 따옴표 "와" 줄'},
]
COLUMNS = list(dict.fromkeys(key for entry in ENTRIES for key in entry))
EXPECTED = (
    Code("배움", "L1", definition="배우는 일 전반", name_en="Learning"),
    Code(
        "육아/교육",
        "L2",
        parent="배움",
        include=("아이를 돌보며 배움", "학부모 모임"),
        exclude=("직장 교육",),
        examples=("애 재워 놓고 들었어요.", '그, 뭐랄까 "틈새"에요'),
        color="#aa0000",
        depth=1,
        fields={"source": "면담"},
    ),
    Code("기술", "L3", parent="육아/교육", definition='쉼표, 따옴표 "와" 줄', depth=2),
)


def in_cells(between: str) -> list[list[str]]:
    def cell(value: object) -> str:
        return between.join(value) if isinstance(value, list) else str(value)

    return [COLUMNS, *([cell(entry.get(key, "")) for key in COLUMNS] for entry in ENTRIES)]


def delimited(rows: Sequence[Sequence[str]], delimiter: str = ",") -> str:
    quoted = ([f'"{cell.replace(chr(34), chr(34) * 2)}"' for cell in row] for row in rows)
    return "\r\n".join(delimiter.join(row) for row in quoted) + "\r\n"


def workbook(path: Path, rows: Sequence[Sequence[object]]) -> Path:
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return path


def write(folder: Path, name: str, text: str, encoding: str = "utf-8") -> Path:
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path


def read(folder: Path, text: str, name: str = "codebook.yaml") -> tuple[Code, ...]:
    return read_codebook(write(folder, name, text), name)


def problems_of(folder: Path, text: str, name: str = "codebook.yaml") -> tuple[Problem, ...]:
    with pytest.raises(GyeolError) as raised:
        read(folder, text, name)
    problems = raised.value.problems
    assert all(problem.path == name and problem.level == "error" for problem in problems)
    return problems


def only_problem(folder: Path, text: str, name: str = "codebook.yaml") -> Problem:
    (problem,) = problems_of(folder, text, name)
    return problem


def as_yaml() -> str:
    # JSON is YAML: each entry in flow style, a line each.
    return "".join(f"- {json.dumps(entry, ensure_ascii=False)}\n" for entry in ENTRIES)


def test_yaml(tmp_path: Path) -> None:
    assert read(tmp_path, as_yaml()) == EXPECTED


def test_yaml_under_a_key_codes(tmp_path: Path) -> None:
    text = "title: 코드북\ncodes:\n" + "".join(f"  {line}\n" for line in as_yaml().splitlines())
    assert read(tmp_path, text) == EXPECTED


def test_json(tmp_path: Path) -> None:
    assert read(tmp_path, json.dumps(ENTRIES), "codebook.json") == EXPECTED


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp949", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("between", ["|", "\n"])
def test_csv(tmp_path: Path, encoding: str, delimiter: str, between: str) -> None:
    text = delimited(in_cells(between), delimiter)
    path = write(tmp_path, "codebook.csv", text, encoding)
    assert read_codebook(path, "codebook.csv") == EXPECTED


def test_semicolons_below_an_empty_first_line(tmp_path: Path) -> None:
    codes = read(tmp_path, "\nname;parent\n가;\n나;가\n", "codebook.csv")
    assert [(code.name, code.parent) for code in codes] == [("가", None), ("나", "가")]


@pytest.mark.parametrize("between", ["|", "\n", " | "])
def test_xlsx(tmp_path: Path, between: str) -> None:
    path = workbook(tmp_path / "codebook.xlsx", in_cells(between))
    assert read_codebook(path, "codebook.xlsx") == EXPECTED


def test_headings_in_any_case_and_empty_rows(tmp_path: Path) -> None:
    rows = [["Name ", " PARENT"], ["가", ""], ["", ""], ["나", "가"]]
    path = workbook(tmp_path / "codebook.xlsx", rows)
    assert [code.depth for code in read_codebook(path, "codebook.xlsx")] == [0, 1]


def test_numbers_in_a_workbook_stay_as_typed(tmp_path: Path) -> None:
    rows = [["name", "id", "parent"], [2024, 1, ""], ["나", 2.5, 1]]
    path = workbook(tmp_path / "codebook.xlsx", rows)
    codes = read_codebook(path, "codebook.xlsx")
    assert [(code.name, code.id, code.parent) for code in codes] == [
        ("2024", "1", None),
        ("나", "2.5", "2024"),
    ]


def test_a_name_is_opaque(tmp_path: Path) -> None:
    names = ["육아/교육", "육아", "교육", "a, b", "«꺾쇠»", "no", "<b>", "=SUM(A1)", "가: 나"]
    text = "".join(f"- name: {json.dumps(name, ensure_ascii=False)}\n" for name in names)
    codes = read(tmp_path, text)
    assert [code.name for code in codes] == names
    assert {(code.parent, code.depth) for code in codes} == {(None, 0)}


def test_names_that_yaml_reads_as_words_or_numbers(tmp_path: Path) -> None:
    codes = read(tmp_path, "- name: no\n- name: 12:30\n- name: 2024\n")
    assert [code.name for code in codes] == ["no", "12:30", "2024"]


@pytest.mark.parametrize("name", ["1.10", "true", "2024-01-01", "[가, 나]"])
def test_a_name_yaml_would_change_is_refused(tmp_path: Path, name: str) -> None:
    problem = only_problem(tmp_path, f"- name: 가\n- name: {name}\n")
    assert problem.line == 2
    assert "따옴표" in problem.ko
    assert read(tmp_path, f"- name: '{name}'\n")[0].name == name


def test_parent_by_name_goes_before_parent_by_id(tmp_path: Path) -> None:
    text = "- {name: 가, id: 나}\n- {name: 다, id: 라}\n- {name: 마, parent: 라}\n"
    assert read(tmp_path, text)[2].parent == "다"


def test_parents_may_come_after_their_children(tmp_path: Path) -> None:
    codes = read(tmp_path, "- {name: 셋, parent: 둘}\n- {name: 둘, parent: 하나}\n- name: 하나\n")
    assert [(code.name, code.depth) for code in codes] == [("셋", 2), ("둘", 1), ("하나", 0)]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("include: 한 문장", ("한 문장",)),
        ("include: [하나, 둘]", ("하나", "둘")),
        ("include: 하나 | 둘 |", ("하나", "둘")),
        ("include: |\n    하나\n    둘", ("하나", "둘")),
        ("include:\n    - 하나\n    -\n    - 둘", ("하나", "둘")),
        ("include:", ()),
        ("include: 3", ("3",)),
    ],
)
def test_lists_as_a_person_may_write_them(
    tmp_path: Path, written: str, expected: tuple[str, ...]
) -> None:
    assert read(tmp_path, f"- name: 가\n  {written}\n")[0].include == expected


def test_further_keys_are_kept_as_text(tmp_path: Path) -> None:
    text = "- name: 가\n  source: 문헌\n  weight: 3\n  tags: [하나, 둘]\n  empty:\n"
    assert read(tmp_path, text)[0].fields == {
        "source": "문헌",
        "weight": "3",
        "tags": '["하나", "둘"]',
    }


def test_decomposed_names_are_composed(tmp_path: Path) -> None:
    import unicodedata

    text = unicodedata.normalize("NFD", "- name: 육아/교육\n")
    assert read(tmp_path, text)[0].name == "육아/교육"


# ── what is wrong ───────────────────────────────────────────────────────────────────


def test_duplicate_names_each_at_its_line(tmp_path: Path) -> None:
    problems = problems_of(tmp_path, "- name: 가\n- name: 나\n- name: 가\n- name: 가\n")
    assert [problem.line for problem in problems] == [3, 4]
    assert all("이름 «가»" in problem.ko for problem in problems)


def test_duplicate_ids(tmp_path: Path) -> None:
    problem = only_problem(tmp_path, "- {name: 가, id: x}\n- {name: 나, id: x}\n")
    assert (problem.line, "id «x»" in problem.ko) == (2, True)


@pytest.mark.parametrize(
    "text", ["- {name: 가, id: 나}\n- name: 나\n", "- name: 나\n- {name: 가, id: 나}\n"]
)
def test_an_id_that_is_another_code_without_id(tmp_path: Path, text: str) -> None:
    problem = only_problem(tmp_path, text)
    assert (problem.line, "id «나»" in problem.ko) == (2, True)


def test_a_missing_parent_offers_the_nearest_name(tmp_path: Path) -> None:
    problem = only_problem(tmp_path, "- name: 육아/교육\n\n- name: 나\n  parent: 육아·교육\n")
    assert problem.line == 3
    assert "«육아·교육»" in problem.ko
    assert "혹시 «육아/교육»?" in problem.ko
    assert "Did you mean «육아/교육»?" in problem.en


def test_a_missing_parent_like_no_name(tmp_path: Path) -> None:
    problem = only_problem(tmp_path, "- name: 가\n  parent: 전혀다른말\n")
    assert "혹시" not in problem.ko


@pytest.mark.parametrize(
    ("text", "circle", "line"),
    [
        ("- {name: 가, parent: 가}\n", "가 → 가", 1),
        ("- {name: 가, parent: 나}\n- {name: 나, parent: 가}\n", "가 → 나 → 가", 1),
        (
            "- {name: 겉, parent: 가}\n- {name: 가, parent: 나}\n- {name: 나, parent: 가}\n",
            "가 → 나 → 가",
            2,
        ),
    ],
)
def test_a_circle_of_parents_is_told_once(
    tmp_path: Path, text: str, circle: str, line: int
) -> None:
    problem = only_problem(tmp_path, text)
    assert circle in problem.ko
    assert problem.line == line


def test_two_circles_are_both_told(tmp_path: Path) -> None:
    pairs = [("가", "나"), ("나", "가"), ("다", "라"), ("라", "다")]
    text = "".join(f"- {{name: {name}, parent: {parent}}}\n" for name, parent in pairs)
    assert [problem.line for problem in problems_of(tmp_path, text)] == [1, 3]


@pytest.mark.parametrize("written", ["definition: 뜻", "name:", "name: ''", "name: '  '"])
def test_an_entry_without_name(tmp_path: Path, written: str) -> None:
    problem = only_problem(tmp_path, f"- name: 가\n\n- {written}\n")
    assert (problem.line, "2번째 코드에 이름" in problem.ko) == (3, True)


def test_an_entry_without_name_in_json_is_named_by_its_place(tmp_path: Path) -> None:
    text = '[{"name": "가"}, {"definition": "뜻"}]'
    assert "2번째" in only_problem(tmp_path, text, "codebook.json").ko


def test_an_entry_without_name_in_a_sheet(tmp_path: Path) -> None:
    problem = only_problem(tmp_path, "name,definition\n가,\n,뜻\n", "codebook.csv")
    assert problem.line == 3


@pytest.mark.parametrize(
    "written", ["definition: [가]", "parent: {가: 나}", "examples:\n    - 예: 이런 것"]
)
def test_a_value_that_is_no_text(tmp_path: Path, written: str) -> None:
    problem = only_problem(tmp_path, f"- name: 가\n  {written}\n")
    assert problem.line == 1
    assert written.partition(":")[0] in problem.ko


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("codebook.yaml", ""),
        ("codebook.yaml", "# 아직 비었음\n"),
        ("codebook.yaml", "[]"),
        ("codebook.yaml", "codes: []"),
        ("codebook.json", "[]"),
        ("codebook.csv", "name,parent\n"),
    ],
)
def test_an_empty_codebook(tmp_path: Path, name: str, text: str) -> None:
    assert "코드가 하나도 없습니다" in only_problem(tmp_path, text, name).ko


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("codebook.json", '["가", "나"]'),
        ("codebook.json", '{"가": "나"}'),
        ("codebook.json", '[{"name": "가"}, 3]'),
        ("codebook.yaml", "- 가\n- 나\n"),
        ("codebook.yaml", "가: 나\n"),
        ("codebook.yaml", "그냥 글"),
    ],
)
def test_not_a_list_of_codes(tmp_path: Path, name: str, text: str) -> None:
    assert "«- name: …»" in only_problem(tmp_path, text, name).ko


@pytest.mark.parametrize(
    ("name", "text", "line"),
    [
        ("codebook.yaml", "- name: 가\n- name: 나\n  definition: 뜻: 또 뜻\n", 3),
        ("codebook.yaml", "- name: 가\n\tid: 나\n", 2),
        ("codebook.json", '[{"name": "가"},\n{"name": }]', 2),
        ("codebook.json", "", 1),
        ("codebook.csv", 'name,definition\n가,뜻\n나,"열린 따옴표\n다,뜻\n', 3),
    ],
)
def test_broken_syntax_is_placed(tmp_path: Path, name: str, text: str, line: int) -> None:
    assert only_problem(tmp_path, text, name).line == line


def test_a_key_given_twice(tmp_path: Path) -> None:
    problem = only_problem(tmp_path, "- name: 가\n  definition: 뜻\n  definition: 다른 뜻\n")
    assert (problem.line, "같은 키가 두 번" in problem.ko) == (3, True)


def test_an_alias_that_holds_itself(tmp_path: Path) -> None:
    assert "YAML" in only_problem(tmp_path, "- &x\n  name: 가\n  note: *x\n").ko


def test_a_sheet_without_the_column_name(tmp_path: Path) -> None:
    problem = only_problem(tmp_path, "title,parent\n가,\n", "codebook.csv")
    assert (problem.line, "name" in problem.ko, "title, parent" in problem.ko) == (1, True, True)


def test_an_empty_sheet(tmp_path: Path) -> None:
    assert "빈 파일" in only_problem(tmp_path, "", "codebook.csv").ko
    path = workbook(tmp_path / "codebook.xlsx", [])
    with pytest.raises(GyeolError, match="empty"):
        read_codebook(path, "codebook.xlsx")


def test_a_workbook_that_is_none(tmp_path: Path) -> None:
    assert ".xlsx로 다시 저장" in only_problem(tmp_path, "PK아님", "codebook.xlsx").ko


def test_another_format(tmp_path: Path) -> None:
    assert ".yaml" in only_problem(tmp_path, "가", "codebook.hwp").ko


def test_undecodable_bytes_are_placed(tmp_path: Path) -> None:
    (tmp_path / "codebook.yaml").write_bytes("- name: 가\n- name: ".encode() + b"\xff\xfe\xff\n")
    with pytest.raises(GyeolError) as raised:
        read_codebook(tmp_path / "codebook.yaml", "corpora/s/codebook.yaml")
    (problem,) = raised.value.problems
    assert (problem.path, problem.line) == ("corpora/s/codebook.yaml", 2)


def test_all_problems_at_once(tmp_path: Path) -> None:
    problems = problems_of(
        tmp_path,
        "- definition: 이름 없음\n"
        "- name: 가\n"
        "- name: 가\n"
        "- {name: 나, id: x, parent: 없는것}\n"
        "- {name: 다, id: x}\n"
        "- {name: 라, parent: 마}\n"
        "- {name: 마, parent: 라}\n"
        "- {name: 바, color: [빨강]}\n",
    )
    assert sorted(problem.line or 0 for problem in problems) == [1, 3, 4, 5, 6, 8]


@settings(deadline=None, max_examples=100)
@given(st.text("'=+-@\t\r1,가", max_size=6))
def test_what_is_guarded_comes_back_and_never_runs(text: str) -> None:
    cell = guarded(text)
    assert unguarded(cell) == text
    assert cell[:1] not in tuple("=+-@\t\r") or cell.lstrip("+-").replace(",", "").isdigit()


def test_a_name_that_is_known_as_it_stands_keeps_its_apostrophe() -> None:
    assert known_as("'=힘", {"'=힘", "=힘"}) == "'=힘"
    assert known_as("'=힘", {"=힘"}) == "=힘"


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        (
            "- name: 가\n- name: 나\n  defintion: 뜻\n",
            2,
            "모르는 키 «defintion». 혹시 «definition»?",
        ),
        ("- name: 가\n  example: [말]\n", 1, "혹시 «examples»?"),
        ("- name: 가\n  codes:\n  - name: 나\n", 1, "«codes» 아래에 코드가 들어 있습니다."),
        ("- name: 가\n- 나\n", 2, "«- name: …»으로 시작하는"),
    ],
)
def test_what_would_be_lost_without_a_word_is_refused(
    tmp_path: Path, text: str, line: int, said: str
) -> None:
    path = tmp_path / "codebook.yaml"
    path.write_text(text, "utf-8")
    with pytest.raises(GyeolError) as refused:
        read_codebook(path, "codebook.yaml")
    (problem,) = refused.value.problems
    assert (problem.line, said in problem.ko) == (line, True), problem.ko


def test_keys_of_ones_own_are_kept(tmp_path: Path) -> None:
    path = tmp_path / "codebook.yaml"
    path.write_text(
        "- name: 가\n  definition: 뜻\n  definition_en: meaning\n  name_ko: 나\n  색: 빨강\n"
    )
    (code,) = read_codebook(path, "codebook.yaml")
    assert code.fields == {"definition_en": "meaning", "name_ko": "나", "색": "빨강"}
