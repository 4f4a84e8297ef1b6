from __future__ import annotations

from pathlib import Path

import pytest
import xlsxwriter

from pipeline.corpus.participants import Participant, join, read_participants
from pipeline.errors import GyeolError, Problem
from pipeline.records import Interview, Turn

TABLE = "interview,participant,role,district\nP01,가람,주민,A구\nP02,나래,공무원,B구\n"


def read(
    folder: Path, text: str, encoding: str = "utf-8"
) -> tuple[tuple[Participant, ...], tuple[Problem, ...]]:
    path = folder / "participants.csv"
    path.write_bytes(text.encode(encoding))
    return read_participants(path, "participants.csv")


def interview(name: str, *speakers: str) -> Interview:
    turns = tuple(
        Turn(n, s, "interviewer" if s == "면담자" else "participant", n - 1, n)
        for n, s in enumerate(speakers, 1)
    )
    return Interview(name, "가" * len(speakers), turns, f"{name}.txt", {"title": "노트"})


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp949", "utf-16"])
def test_rows_come_with_all_their_columns(tmp_path: Path, encoding: str) -> None:
    rows, problems = read(tmp_path, TABLE, encoding)
    assert problems == ()
    assert [(r.interview, r.participant, r.line) for r in rows] == [
        ("P01", "가람", 2),
        ("P02", "나래", 3),
    ]
    assert rows[0].fields == {"participant": "가람", "role": "주민", "district": "A구"}


def test_incomplete_and_repeated_rows_are_named(tmp_path: Path) -> None:
    rows, problems = read(tmp_path, TABLE + ",다솜,주민,\nP03,,주민,\nP01,가람,주민,C구\n")
    assert len(rows) == 2
    assert [(p.path, p.line) for p in problems] == [("participants.csv", n) for n in (4, 5, 6)]
    assert "2번째 줄" in problems[2].ko


def test_a_missing_column_is_refused(tmp_path: Path) -> None:
    with pytest.raises(GyeolError, match="participant"):
        read(tmp_path, "interview,name\nP01,가람\n")


def test_one_row_describes_the_interview(tmp_path: Path) -> None:
    rows, _ = read(tmp_path, TABLE)
    (first, second), problems = join(
        [interview("P01", "면담자", "가람"), interview("P02", "나래")], rows
    )
    assert problems == ()
    assert first.fields == {
        "title": "노트",
        "participant": "가람",
        "role": "주민",
        "district": "A구",
    }
    assert second.fields["district"] == "B구"
    assert all(turn.fields == {} for turn in first.turns)


def test_what_does_not_meet_is_warned_of(tmp_path: Path) -> None:
    rows, _ = read(tmp_path, TABLE)
    _, problems = join([interview("P01", "가람"), interview("P09", "누리")], rows)
    assert {p.level for p in problems} == {"warning"}
    assert [p.line for p in problems] == [3, None]
    assert "«P02»" in problems[0].ko
    assert "P09" in problems[1].ko


def test_without_a_table_nothing_is_missing() -> None:
    given = interview("P01", "가람")
    assert join([given], []) == ((given,), ())


def test_a_group_interview_is_joined_by_speaker(tmp_path: Path) -> None:
    rows, _ = read(
        tmp_path,
        "interview,participant,speaker,role\nG,가람,참석자 1,주민\nG,나래,,공무원\nG,다솜,참석자 9,주민\n",
    )
    given = interview("G", "면담자", "참석자  1", "나래", "누구")
    (group,), problems = join([given], rows)
    assert [t.fields.get("participant") for t in group.turns] == [None, "가람", "나래", None]
    assert group.turns[2].fields["role"] == "공무원"
    assert group.fields == {"title": "노트"}
    silent, unknown = problems
    assert (silent.line, silent.level) == (4, "warning")
    assert "참석자 9" in silent.ko
    assert "누구" in unknown.ko
    assert "면담자" not in unknown.ko


def test_a_workbook_reads_as_a_csv(tmp_path: Path) -> None:
    path = tmp_path / "participants.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        page = book.add_worksheet()
        for number, line in enumerate(TABLE.splitlines()):
            page.write_row(number, 0, line.split(","))
    rows, problems = read_participants(path, "participants.xlsx")
    assert problems == ()
    assert [(r.fields, r.line) for r in rows] == [
        (r.fields, r.line) for r in read(tmp_path, TABLE)[0]
    ]


def test_one_person_may_give_several_interviews(tmp_path: Path) -> None:
    rows, _ = read(tmp_path, "interview,participant,round\nP01a,가람,1\nP01b,가람,2\n")
    (first, second), problems = join([interview("P01a", "가람"), interview("P01b", "가람")], rows)
    assert problems == ()
    assert (first.fields["participant"], second.fields["participant"]) == ("가람", "가람")
    assert (first.fields["round"], second.fields["round"]) == ("1", "2")


def test_one_row_of_several_who_answer_is_about_that_one(tmp_path: Path) -> None:
    rows, _ = read(tmp_path, "interview,participant,speaker,role\nG,가람,참석자 1,주민\n")
    given = interview("G", "면담자", "참석자 1", "참석자 2")
    (group,), (problem,) = join([given], rows)
    assert group.fields == {"title": "노트"}
    assert [t.fields.get("role") for t in group.turns] == [None, "주민", None]
    assert "참석자 2" in problem.ko


def test_one_row_is_the_interviews_where_it_names_nobody_who_speaks(tmp_path: Path) -> None:
    rows, _ = read(tmp_path, "interview,participant\nG,가람\n")
    (group,), problems = join([interview("G", "화자 1", "화자 2")], rows)
    assert problems == ()
    assert group.fields["participant"] == "가람"


def test_the_nearest_interview_without_a_row_is_proposed(tmp_path: Path) -> None:
    rows, _ = read(tmp_path, "interview,participant\n면담_01,가람\n")
    _, problems = join([interview("면담01", "가람")], rows)
    assert "혹시 «면담01»?" in problems[0].ko
