"""Personal data in the names of files and in columns about participants."""

from __future__ import annotations

import pytest
from kiwipiepy import Kiwi

from pipeline.corpus.beside import FILE_NAME, Beside, find_beside
from pipeline.corpus.morphology import load_kiwi
from pipeline.records import Interview, Turn


@pytest.fixture(scope="module")
def kiwi() -> Kiwi:
    return load_kiwi(1)


def interview(name: str = "P01", source: str = "P01.txt", **fields: str) -> Interview:
    turn = Turn(1, "", "participant", 0, 1, fields={"메일": "a@example.com"} if fields else {})
    return Interview(name, "네", (turn,), source, fields)


def test_names_of_files_are_found(kiwi: Kiwi) -> None:
    found = find_beside(kiwi, [interview("홍길동", "홍길동.txt"), interview()], {})
    assert found == (Beside("name", "홍길동", "홍길동", FILE_NAME, "홍길동"),)


def test_columns_of_interviews_and_turns_are_looked_through(kiwi: Kiwi) -> None:
    one = interview(participant="서은주", phone="010-2222-3333", birth="1962-03-05", role="참여자")
    assert {(b.kind, b.form, b.where) for b in find_beside(kiwi, [one], {})} == {
        ("name", "서은주", "participant"),
        ("phone", "010-2222-3333", "phone"),
        ("birth", "1962-03-05", "birth"),
        ("email", "a@example.com", "메일"),
    }


def test_codes_dates_and_words_are_no_personal_data(kiwi: Kiwi) -> None:
    one = interview(participant="P07", date="2023-11-05", age="63", role="청년", name="민들레")
    assert [b.kind for b in find_beside(kiwi, [one], {})] == ["email"]


def test_rules_hold_for_columns(kiwi: Kiwi) -> None:
    one = interview(participant="서은주", district="성북구")
    assert {b.kind for b in find_beside(kiwi, [one], {})} == {"name", "email"}
    rules = {"name": "keep", "email": "keep", "district": "generalise"}
    (found,) = find_beside(kiwi, [one], rules)
    assert (found.kind, found.form) == ("district", "성북구")
