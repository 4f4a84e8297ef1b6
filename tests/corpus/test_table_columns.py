from __future__ import annotations

import pytest

from pipeline.corpus.options import Options
from pipeline.corpus.readers import table
from pipeline.corpus.readers.table_columns import (
    Columns,
    has_some,
    no_such_columns,
    with_headings,
)
from pipeline.corpus.roles import assign_roles
from pipeline.errors import GyeolError, Problem
from pipeline.records import Interview, Reading

SURVEY = Options(columns={"text": ("문항 1. 왜?", "문항2"), "interview": "번호"})


def csv(*rows: list[str]) -> bytes:
    return "\n".join(",".join(row) for row in rows).encode()


def read(data: bytes, options: Options, name: str = "설문.csv") -> Reading:
    return table.read(data, name, options)


def refusal(data: bytes, options: Options) -> Problem:
    with pytest.raises(GyeolError) as caught:
        read(data, options)
    return caught.value.problems[0]


def talk(interview: Interview) -> list[tuple[str, str, str]]:
    return [(t.role, t.speaker, interview.text[t.start : t.end]) for t in interview.turns]


def test_columns_are_those_the_config_names() -> None:
    columns = Options(
        columns={"text": "말한 것", "interview": "번호", "speaker": "누가", "time": "언제"}
    )
    found = read(
        csv(
            ["번호", "누가", "언제", "말한 것", "내용", "비고"],
            ["가", "김", "00:10", "안녕", "요약", "작게"],
            ["나", "박", "20", "네", "요약", ""],
        ),
        columns,
    )
    assert found.problems == ()
    first, second = found.interviews
    assert (first.id, second.id) == ("가", "나")
    assert talk(first) == [("participant", "김", "안녕")]
    assert (first.turns[0].time, second.turns[0].time) == (10.0, 20.0)
    assert first.turns[0].fields == {"내용": "요약", "비고": "작게"}


def test_headings_are_compared_as_known_ones_are() -> None:
    columns = Options(columns={"text": "말한것"})
    assert read(csv([" 말한_것", "화자"], ["네", "김"]), columns).interviews[0].text == "네"


def test_answers_of_a_survey_come_after_their_questions() -> None:
    found = read(
        csv(
            ["번호", "성별", "문항 1. 왜?", "문항2", "기타"],
            ["1", "여", "좋아서요", "네", "x"],
            ["2", "남", "", "아니요", ""],
            ["3", "남", "", "", "y"],
        ),
        SURVEY,
    )
    first, second = found.interviews
    assert (first.id, second.id) == ("1", "2")
    assert talk(first) == [
        ("interviewer", "질문", "문항 1. 왜?"),
        ("participant", "", "좋아서요"),
        ("interviewer", "질문", "문항2"),
        ("participant", "", "네"),
    ]
    assert [text for _, _, text in talk(second)] == ["문항2", "아니요"]
    assert first.fields == {"성별": "여", "기타": "x"}
    (problem,) = found.problems
    assert "1개" in problem.ko
    assert "4행" in problem.ko
    assigned, problems = assign_roles(first, ["연구자"])
    assert (assigned, problems) == (first, ())


def test_a_survey_without_numbers_is_a_row_an_interview() -> None:
    options = Options(columns={"text": ("문항1",)})
    found = read(csv(["문항1", "이름"], ["가", "김"], ["나", "박"]), options)
    assert [i.id for i in found.interviews] == ["설문-2", "설문-3"]
    assert found.interviews[1].turns[1].speaker == "박"
    assert found.interviews[1].turns[1].fields == {"이름": "박"}


def test_two_rows_of_one_person_are_one_interview() -> None:
    found = read(csv(["번호", "문항 1. 왜?", "문항2"], ["1", "가", "나"], ["1", "다", ""]), SURVEY)
    (only,) = found.interviews
    assert [text for role, _, text in talk(only) if role == "participant"] == ["가", "나", "다"]
    assert only.fields == {}


def test_roles_by_a_column() -> None:
    options = Options(
        columns={"text": "말", "speaker": "누가", "role": "구분"}, roles={"진행": "interviewer"}
    )
    found = read(
        csv(
            ["누가", "구분", "말"],
            ["김", "질문자", "왜요?"],
            ["", "", "어째서요?"],
            ["박", "participant", "그냥요"],
            ["이", "진행", "네"],
            ["최", "공무원", "예"],
        ),
        options,
    )
    (only,) = found.interviews
    assert [t.role for t in only.turns] == [
        "interviewer", "interviewer", "participant", "interviewer", "participant",
    ]  # fmt: skip
    unknown = next(p for p in found.problems if "«공무원»" in p.ko)
    assert (unknown.line, unknown.level) == (6, "warning")


def test_a_column_that_is_not_there_names_the_row_and_what_is() -> None:
    problem = refusal(csv(["번호", "문항 1. 왜", "문항2"], ["1", "가", "나"]), SURVEY)
    assert problem.line == 1
    assert "«문항 1. 왜?» → «문항 1. 왜»?" in problem.ko
    assert "이 줄에 있는 열: «번호», «문항 1. 왜», «문항2»" in problem.ko
    assert "reading.columns" in problem.en


def test_a_table_with_none_of_the_columns_is_known_by_its_headings() -> None:
    found = read(csv(["화자", "내용"], ["김", "네"]), SURVEY)
    assert talk(found.interviews[0]) == [("participant", "김", "네")]
    (problem,) = found.problems
    assert problem.level == "warning"
    assert "reading.columns" in problem.ko


def test_neither_the_config_nor_the_headings_tell_the_text() -> None:
    assert "«문항2»" in refusal(csv(["가", "나"], ["1", "2"]), SURVEY).ko
    no_text = Options(columns={"interview": "번호"})
    assert "말이 든 열" in refusal(csv(["번호", "나"], ["1", "2"]), no_text).ko


def test_the_config_decides_between_columns_that_could_be_the_text() -> None:
    data = csv(["내용", "답변"], ["가", "나"])
    assert "여럿" in refusal(data, Options()).ko
    assert read(data, Options(columns={"text": "답변"})).interviews[0].text == "나"


def test_rows_above_the_headings_are_passed() -> None:
    rows = [(1, ["설문 결과", ""]), (2, ["번호", "문항2"]), (3, ["1", "가"])]
    columns: Columns = {"text": ("문항2",), "interview": "번호"}
    found = with_headings(rows, columns)
    assert found is not None
    assert (found.places, found.questions, found.rows) == (
        {"interview": 0},
        [1],
        [(3, ["1", "가"])],
    )
    assert has_some(rows, columns)
    assert no_such_columns(rows, {"text": "문항3"}).line == 1
