"""The study's words: entries, tags, stop words, and lines that are wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.corpus.dictionary import (
    TAGS,
    Entry,
    default_stopwords,
    read_dictionary,
    read_stopwords,
)
from pipeline.errors import GyeolError


def write(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    path = folder / "words.txt"
    path.write_bytes(text.encode(encoding))
    return path


def test_words_with_and_without_tag(tmp_path: Path) -> None:
    text = (
        "# 우리 연구의 낱말\n\n중간지원조직\n길동이\tNNP\n마을 만들기\tNNG\t메모\n  틈새  # 주석\n"
    )
    entries, problems = read_dictionary(write(tmp_path, text), "words.txt")
    assert problems == ()
    assert entries == (
        Entry("중간지원조직", "NNG"),
        Entry("길동이", "NNP"),
        Entry("마을만들기", "NNG"),
        Entry("틈새", "NNG"),
    )


@pytest.mark.parametrize(
    ("line", "entry"),
    [
        ("공구함\tNNG\t붙임", Entry("공구함", "NNG", joined=True)),
        ("공구함\t\tjoined", Entry("공구함", "NNG", joined=True)),
        ("공구함\tNNG\t-3.0\t붙임", Entry("공구함", "NNG", joined=True)),
        ("공구함\tNNG\t붙임말", Entry("공구함", "NNG")),
        ("중간 지원  조직", Entry("중간지원조직", "NNG")),
        ("리빙랩 New York\tNNP", Entry("리빙랩 New York", "NNP")),
    ],
)
def test_blanks_and_joined_only(tmp_path: Path, line: str, entry: Entry) -> None:
    assert read_dictionary(write(tmp_path, line), "words.txt") == ((entry,), ())


def test_a_word_with_and_without_blanks_is_the_same(tmp_path: Path) -> None:
    entries, (problem,) = read_dictionary(write(tmp_path, "집수리\n집 수리\n"), "words.txt")
    assert (entries, problem.line) == ((Entry("집수리", "NNG"),), 2)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp949", "utf-16"])
def test_encodings(tmp_path: Path, encoding: str) -> None:
    entries, _ = read_dictionary(write(tmp_path, "틈새\r\n배움\tNNG\r\n", encoding), "words.txt")
    assert [entry.form for entry in entries] == ["틈새", "배움"]


def test_a_sign_inside_a_word_starts_no_comment(tmp_path: Path) -> None:
    entries, _ = read_dictionary(write(tmp_path, "C#\tSL\n"), "words.txt")
    assert entries == (Entry("C#", "SL"),)


def test_wrong_lines_are_told_and_left_out(tmp_path: Path) -> None:
    text = "틈새\n배움\t명사\n틈새\tNNP\n\tNNG\n이웃\n"
    entries, problems = read_dictionary(write(tmp_path, text), "words.txt")
    assert [entry.form for entry in entries] == ["틈새", "이웃"]
    assert [(p.path, p.line, p.level) for p in problems] == [
        ("words.txt", 2, "error"),
        ("words.txt", 3, "warning"),
        ("words.txt", 4, "error"),
    ]
    assert "«명사»" in problems[0].ko
    assert "«틈새»" in problems[1].ko


def test_an_empty_dictionary(tmp_path: Path) -> None:
    assert read_dictionary(write(tmp_path, ""), "words.txt") == ((), ())


def test_stopwords(tmp_path: Path) -> None:
    text = "# 주석\n생각/NNG\n및/및/MAJ\n\n하/VV\n"
    words, problems = read_stopwords(write(tmp_path, text), "words.txt")
    assert (words, problems) == (frozenset({"생각/NNG", "및/및/MAJ", "하/VV"}), ())


@pytest.mark.parametrize("line", ["생각", "생각/명사", "/NNG", "생각/"])
def test_a_wrong_stopword(tmp_path: Path, line: str) -> None:
    words, (problem,) = read_stopwords(write(tmp_path, f"이웃/NNG\n{line}\n"), "words.txt")
    assert words == {"이웃/NNG"}
    assert (problem.path, problem.line) == ("words.txt", 2)
    assert "생각/NNG" in problem.ko


@pytest.mark.parametrize("read", [read_dictionary, read_stopwords])
def test_undecodable_bytes_name_the_file(tmp_path: Path, read) -> None:  # noqa: ANN001
    path = tmp_path / "words.txt"
    path.write_bytes("틈새\n".encode() + b"\xff\xff")
    with pytest.raises(GyeolError) as raised:
        read(path, "corpora/s/words.txt")
    (problem,) = raised.value.problems
    assert (problem.path, problem.line) == ("corpora/s/words.txt", 2)


def test_the_built_in_stopwords_are_well_formed() -> None:
    words = default_stopwords()
    assert len(words) > 20
    assert all(word.rpartition("/")[2] in TAGS and word.rpartition("/")[0] for word in words)
