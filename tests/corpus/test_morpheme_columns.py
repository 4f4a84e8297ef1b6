"""Morphemes put together from parts: the same table, however it is divided, and out of memory."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from pipeline.corpus import morpheme_columns
from pipeline.corpus.morpheme_columns import change_morphemes, join_morphemes
from pipeline.corpus.morphology import keep_rows
from pipeline.records import Morphemes


def part(**said: str) -> Morphemes:
    """Return morphemes of interviews, each a line of terms «마을/NNG 가/VV» with a blank between."""
    lines = [line.split() for line in said.values()]
    vocabulary = list(dict.fromkeys(term for line in lines for term in line))
    starts = [2 * place for line in lines for place in range(len(line))]
    return Morphemes(
        tuple(vocabulary),
        np.array([vocabulary.index(term) for line in lines for term in line], np.int32),
        np.array(starts, np.int32),
        np.array(starts, np.int32) + 1,
        np.array([place // 2 for line in lines for place in range(len(line))], np.int32),
        tuple(said),
        np.cumsum([0, *map(len, lines)]).astype(np.int64),
        tuple(sorted(term for term in vocabulary if term.endswith("/NNP"))),
    )


HERE = part(가="마을/NNG 가/VV", 나="학교/NNG 마을/NNG 순심/NNP")
THERE = part(다="가/VV", 라="", 마="장/NNG 서/VV 마을/NNG")


def rows_of(morphemes: Morphemes) -> dict[str, list[tuple[str, int, int, int]]]:
    """Return what each interview says: terms, spans, sentences."""
    columns = (morphemes.code, morphemes.start, morphemes.end, morphemes.sentence)
    rows = [
        (morphemes.vocabulary[code], start, end, sentence)
        for code, start, end, sentence in zip(*(c.tolist() for c in columns), strict=True)
    ]
    bounds = morphemes.bounds.tolist()
    return {name: rows[bounds[i] : bounds[i + 1]] for i, name in enumerate(morphemes.interviews)}


def joined(parts: list[Morphemes], order: list[tuple[int, int]], folder: Path) -> Morphemes:
    names = [parts[p].interviews[i] for p, i in order]
    return join_morphemes(parts.__getitem__, order, names, folder)


def test_each_interview_says_what_it_said_in_its_part(tmp_path: Path) -> None:
    found = joined([HERE, THERE], [(1, 2), (0, 0), (1, 1), (0, 1), (1, 0)], tmp_path)
    assert found.interviews == ("마", "가", "라", "나", "다")
    assert rows_of(found) == rows_of(HERE) | rows_of(THERE)
    assert found.vocabulary == ("가/VV", "마을/NNG", "서/VV", "순심/NNP", "장/NNG", "학교/NNG")
    assert found.guessed == ("순심/NNP",)
    assert {c.dtype for c in (found.code, found.start, found.end, found.sentence)} == {
        np.dtype(np.int32)
    }
    assert found.bounds.dtype == np.dtype(np.int64)


def test_the_division_into_parts_does_not_show(tmp_path: Path) -> None:
    two = joined([HERE, THERE], [(0, 0), (0, 1), (1, 0), (1, 1), (1, 2)], tmp_path)
    one = joined([two], [(0, place) for place in range(5)], tmp_path)
    assert (one.vocabulary, rows_of(one)) == (two.vocabulary, rows_of(two))
    assert np.array_equal(one.code, two.code)


def test_interviews_of_the_same_words_share_a_place(tmp_path: Path) -> None:
    found = join_morphemes([HERE].__getitem__, [(0, 0), (0, 0)], ["가", "나"], tmp_path)
    assert rows_of(found)["가"] == rows_of(found)["나"] == rows_of(HERE)["가"]


def test_joining_nothing(tmp_path: Path) -> None:
    for found in (
        joined([], [], tmp_path),
        change_morphemes(joined([], [], tmp_path), lambda some: some, tmp_path),
    ):
        assert (found.vocabulary, found.interviews, found.bounds.tolist()) == ((), (), [0])
        assert len(found.code) == len(found.start) == len(found.sentence) == 0


def test_nobody_says_anything(tmp_path: Path) -> None:
    found = change_morphemes(part(가="", 나=""), lambda some: some, tmp_path)
    assert (found.interviews, found.bounds.tolist()) == (("가", "나"), [0, 0, 0])


def verbs_gone(some: Morphemes) -> Morphemes:
    kept = keep_rows(some, np.array([some.vocabulary[c].endswith("/NNG") for c in some.code], bool))
    return replace(kept, vocabulary=tuple(term.lower() for term in kept.vocabulary))


def test_what_is_changed_some_interviews_at_a_time_is_as_if_changed_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = joined([HERE, THERE], [(0, 0), (0, 1), (1, 0), (1, 1), (1, 2)], tmp_path)
    expected = verbs_gone(whole)
    asked: list[tuple[str, ...]] = []

    def noted(some: Morphemes) -> Morphemes:
        asked.append(some.interviews)
        return verbs_gone(some)

    for rows in (1, 2, 3, 5, 100):
        monkeypatch.setattr(morpheme_columns, "_ROWS_AT_A_TIME", rows)
        asked.clear()
        found = change_morphemes(whole, noted, tmp_path)
        assert [name for names in asked for name in names] == list(whole.interviews)
        assert len(asked) == 1 if rows == 100 else len(asked) > 1
        assert rows_of(found) == rows_of(expected)
        assert found.vocabulary == expected.vocabulary
        assert (found.bounds.tolist(), found.bounds.dtype) == (
            expected.bounds.tolist(),
            expected.bounds.dtype,
        )


@pytest.mark.parametrize(
    "made",
    [
        lambda folder: joined([HERE], [(0, 0), (0, 1)], folder),
        lambda folder: change_morphemes(HERE, lambda some: some, folder),
    ],
)
def test_columns_lie_in_files_without_a_name(
    made: Callable[[Path], Morphemes], tmp_path: Path
) -> None:
    found = made(tmp_path)
    for column in (found.code, found.start, found.end, found.sentence):
        assert isinstance(column.base, np.memmap)
        assert not column.flags.writeable
    assert list(tmp_path.iterdir()) == []


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="없는 곳") as refused:
        joined([HERE], [(0, 0)], tmp_path / "없는 곳")
    assert refused.value.filename == str(tmp_path / "없는 곳")
