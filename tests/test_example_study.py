"""The bundled study is what its README says: synthetic, whole, and free of repeated talk."""

from __future__ import annotations

import csv
import re
from collections import Counter
from pathlib import Path

import pytest

from pipeline.check import check_study
from pipeline.config import load_study
from pipeline.corpus.codebook import read_codebook
from pipeline.corpus.listing import list_files
from pipeline.corpus.reading import read_file
from pipeline.records import Interview

ROOT = Path(__file__).parent.parent
CONFIG = ROOT / "configs" / "resident_school.yaml"
FOLDER = ROOT / "corpora" / "resident_school"


@pytest.fixture(scope="module")
def interviews() -> list[Interview]:
    labels = load_study(CONFIG).config.interviewer
    found = []
    for path in (*list_files(FOLDER / "interviews"), *list_files(FOLDER / "inbox")):
        reading = read_file(path, path.name, labels)
        assert reading.problems == (), path.name
        found += reading.interviews
    return found


def test_ten_interviews_and_two_that_wait(interviews: list[Interview]) -> None:
    assert sorted(interview.id for interview in interviews) == [f"P{n:02d}" for n in range(1, 13)]


def test_each_is_a_real_talk(interviews: list[Interview]) -> None:
    for interview in interviews:
        said = sum(turn.end - turn.start for turn in interview.turns)
        assert len(interview.turns) >= 40, interview.id
        assert 4000 <= said <= 9000, interview.id
        roles = Counter(turn.role for turn in interview.turns)
        assert min(roles["interviewer"], roles["participant"]) >= 20, interview.id


def test_no_two_interviews_share_a_sentence_of_five_words(interviews: list[Interview]) -> None:
    owners: dict[str, str] = {}
    for interview in interviews:
        for turn in interview.turns:
            said = interview.text[turn.start : turn.end]
            for sentence in re.split(r"[.?!…\n]+", said):
                words = re.findall(r"\w+", sentence)
                if len(words) >= 5:
                    owner = owners.setdefault(" ".join(words), interview.id)
                    assert owner == interview.id, sentence


def test_every_file_of_talk_says_that_it_is_synthetic(interviews: list[Interview]) -> None:
    for interview in interviews:
        heading = interview.text[: interview.turns[0].start] + " ".join(interview.fields.values())
        assert "합성 자료" in heading or "합성 자료" in interview.text[:300], interview.id


def test_districts_are_letters_and_there_are_no_phone_numbers(interviews: list[Interview]) -> None:
    for interview in interviews:
        assert not re.search(r"01\d[- ]?\d{3,4}[- ]?\d{4}", interview.text), interview.id
        assert set(re.findall(r"([A-Z])구", interview.text)) <= set("ABCDEFGHIJK"), interview.id


def test_the_codebook_has_three_levels_and_says_where_each_code_comes_from() -> None:
    codes = read_codebook(FOLDER / "codebook.yaml", "codebook.yaml")
    assert Counter(code.depth for code in codes) == {0: 5, 1: 15, 2: 32}
    assert {code.fields["source"] for code in codes} == {"abstract", "example"}
    for code in codes:
        assert code.definition, code.name
        assert code.include, code.name
        assert code.exclude, code.name
        if code.depth == 2:
            assert len(code.examples) >= 2, code.name


def test_seven_interviews_are_coded_by_a_three_of_them_by_b() -> None:
    with (FOLDER / "codings.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    coded = {c: {row["interview"] for row in rows if row["coder"] == c} for c in ("A", "B")}
    assert coded["A"] == {"P01", "P02", "P03", "P05", "P07", "P09", "P10"}
    assert coded["B"] == {"P01", "P05", "P09"}


def test_the_study_has_no_problem() -> None:
    checked = check_study(CONFIG)
    assert checked.problems == ()
    assert (checked.n_interviews, checked.n_codes) == (10, 52)
