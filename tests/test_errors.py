"""A message names its place, and keeps its language apart."""

from __future__ import annotations

import pytest

from pipeline.errors import GyeolError, Problem, UsageError, placed

PROBLEM = Problem("빈 파일입니다.", "The file is empty.", line=3)


def test_a_message_is_headed_by_its_place() -> None:
    assert PROBLEM.text() == "빈 파일입니다."
    there = Problem(PROBLEM.ko, PROBLEM.en, "corpora/가.txt", 3)
    assert there.text("ko") == "corpora/가.txt:3: 빈 파일입니다."
    assert there.text("en") == "corpora/가.txt:3: The file is empty."


@pytest.mark.parametrize("kind", [GyeolError, UsageError])
def test_placed_names_the_file_and_keeps_the_rest(kind: type[GyeolError]) -> None:
    with pytest.raises(kind) as error, placed("codebook.csv"):
        raise kind(PROBLEM, PROBLEM)
    assert [p.path for p in error.value.problems] == ["codebook.csv", "codebook.csv"]
    assert error.value.problems[0].line == 3
    assert error.value.exit_code == kind.exit_code
