"""Lines «가=나=다» of the dictionary: entries, what each is counted as, and what is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.corpus.dictionary import Entry, read_dictionary, read_synonyms


def write(folder: Path, text: str) -> Path:
    path = folder / "dictionary.txt"
    path.write_text(text, encoding="utf-8")
    return path


def test_each_word_is_an_entry_and_counted_as_the_last(tmp_path: Path) -> None:
    path = write(tmp_path, "주민학교 = 주민기술학교  # 줄여 부름\n가게=점포=상점\n")
    assert read_synonyms(path, "d") == (
        {"주민학교": "주민기술학교", "가게": "상점", "점포": "상점"},
        (),
    )
    entries, problems = read_dictionary(path, "d")
    assert problems == ()
    words = ("주민학교", "주민기술학교", "가게", "점포", "상점")
    assert entries == tuple(Entry(word, "NNG") for word in words)


def test_a_line_of_its_own_says_the_tag(tmp_path: Path) -> None:
    path = write(tmp_path, "우리구=강북구\n강북구\tNNP\n서울=서울시\tNNP\n")
    entries, problems = read_dictionary(path, "d")
    assert problems == ()
    assert {e.form: e.tag for e in entries} == {
        "강북구": "NNP",
        "우리구": "NNG",
        "서울": "NNP",
        "서울시": "NNP",
    }


def test_chains_are_followed(tmp_path: Path) -> None:
    path = write(tmp_path, "가게=점포\n점포=상점\n")
    assert read_synonyms(path, "d") == ({"가게": "상점", "점포": "상점"}, ())


def test_the_same_said_twice_is_no_problem(tmp_path: Path) -> None:
    assert read_synonyms(write(tmp_path, "가=다\n나=가=다\n"), "d") == (
        {"가": "다", "나": "다"},
        (),
    )


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("가=나\n가=다\n", 2, "«가»는 이미 «나»"),
        ("가=나\n나=가\n", 2, "돌고 돌아"),
        ("가=나\n나=다\n다=가\n", 3, "돌고 돌아"),
        ("가=가\n", 1, "돌고 돌아"),
        ("가=\n", 1, "비어"),
        ("나\n가==다\n", 2, "비어"),
    ],
)
def test_wrong_lines_are_told_and_left_out(tmp_path: Path, text: str, line: int, said: str) -> None:
    kept, (problem,) = read_synonyms(write(tmp_path, text), "d.txt")
    assert (problem.path, problem.line, problem.level) == ("d.txt", line, "error")
    assert said in problem.ko
    lines = text.splitlines()
    del lines[line - 1]
    assert (kept, ()) == read_synonyms(write(tmp_path, "\n".join(lines)), "d.txt")


@settings(max_examples=80, deadline=None)
@given(st.lists(st.lists(st.sampled_from("가나다라마"), min_size=2, max_size=3), max_size=8))
def test_whatever_is_written_nothing_goes_round(
    tmp_path_factory: pytest.TempPathFactory, lines: list[list[str]]
) -> None:
    path = write(tmp_path_factory.mktemp("d"), "\n".join("=".join(line) for line in lines))
    counted_as, problems = read_synonyms(path, "d")
    assert not set(counted_as) & set(counted_as.values())
    assert len(problems) <= len(lines)
    told = {problem.line for problem in problems}
    for number, (*words, last) in enumerate(lines, 1):
        if number not in told:
            end = counted_as.get(last, last)
            assert all(counted_as[word] == end for word in words)
