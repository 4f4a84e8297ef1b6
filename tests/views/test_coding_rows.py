"""Codings with their context, and read in again."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.corpus.codings import read_codings
from pipeline.records import Code, Coding, Interview, Mask, Segment, Turn
from pipeline.views.coding_rows import MaskedCorpus, coding_table, to_coding_workbook
from pipeline.views.masked import mask_corpus
from pipeline.views.tables import Table, to_csv

TEXT = "누구랑요? 김철수 씨랑 같이 했어요. 그래서요? 돈을 벌었죠."
INTERVIEWS = (
    Interview(
        "장터",
        TEXT,
        (
            Turn(1, "질문", "interviewer", 0, 5),
            Turn(2, "답변", "participant", 6, 20),
            Turn(3, "질문", "interviewer", 21, 26),
            Turn(4, "답변", "participant", 27, 34),
        ),
        "장터.txt",
    ),
)
SEGMENTS = (
    Segment("장터:002", "장터", 2, "답변", 6, 20),
    Segment("장터:004", "장터", 4, "답변", 27, 34),
)
CODES = (Code("경제", "1"), Code("육아/교육", "2", parent="경제", depth=1), Code("=힘", "3"))
CODINGS = (
    Coding("장터", 27, 34, "육아/교육", "=가", "2026-01-01", "=cmd|' /C calc'!A0"),
    Coding("장터", 10, 16, "=힘", "나", note="김철수 씨 말"),
)


def table(codings: tuple[Coding, ...] = CODINGS) -> Table:
    masks = {"장터": (Mask(6, 9, "참여자01"),)}
    masked = MaskedCorpus(
        *mask_corpus(INTERVIEWS, SEGMENTS, codings, masks, {"김철수": "참여자01"})
    )
    return coding_table(codings, masked, CODES, [coding.coder for coding in codings])


def test_context_is_masked_and_places_are_those_of_the_text() -> None:
    first, second = (
        dict(zip([c.key for c in table().columns], row, strict=True)) for row in table().rows
    )
    assert (first["start"], first["end"]) == (10, 16)
    assert first["text"] == TEXT[10:16]
    assert first["question"] == "누구랑요?"
    assert first["context"] == "참여자01 씨랑 같이 했어요."
    assert first["note"] == "참여자01 씨 말"
    assert first["segments"] == "장터:002"
    assert second["path"] == "경제 › 육아/교육"
    assert second["question"] == "그래서요?"
    assert "김철수" not in to_csv(table()).decode()


def again(path: Path) -> set[Coding]:
    codings, problems = read_codings(path, path.name, INTERVIEWS, SEGMENTS, CODES)
    assert problems == ()
    return set(codings)


@pytest.mark.parametrize("name", ["코딩.csv", "코딩.xlsx"])
def test_read_in_again_they_are_the_same(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(to_csv(table()) if name.endswith("csv") else to_coding_workbook(table(), "ko"))
    noted = {CODINGS[0], Coding("장터", 10, 16, "=힘", "나", note="참여자01 씨 말")}
    assert again(path) == noted


SPANS = st.tuples(st.integers(0, len(TEXT) - 1), st.integers(1, 8)).map(
    lambda at: (at[0], min(at[0] + at[1], len(TEXT)))
)
NOTES = st.text(
    st.characters(blacklist_categories=("Cc", "Cs", "Cf", "Zl", "Zp", "Cn")), max_size=8
)


@settings(deadline=None, max_examples=40)
@given(st.lists(st.tuples(SPANS, st.sampled_from(CODES), NOTES), max_size=5))
def test_any_codings_come_back(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[tuple[int, int], Code, str]]
) -> None:
    import unicodedata

    codings = tuple(
        Coding(
            "장터",
            *span,
            code.name,
            "가",
            note=unicodedata.normalize("NFC", note.strip()),
        )
        for span, code, note in rows
    )
    path = tmp_path_factory.mktemp("r") / "코딩.csv"
    path.write_bytes(to_csv(table(codings)))
    assert again(path) == set(codings)


def test_no_coding_is_a_formula() -> None:
    assert "'=cmd|" in to_csv(table()).decode("utf-8-sig")


def test_a_code_that_looks_like_a_formula_does_not_run_and_comes_back(tmp_path: Path) -> None:
    path = tmp_path / "코딩.csv"
    path.write_bytes(to_csv(table((CODINGS[0], Coding("장터", 10, 16, "=힘", "+나")))))
    assert "'=힘" in path.read_text("utf-8-sig") and ",=힘" not in path.read_text("utf-8-sig")
    assert again(path) == {CODINGS[0], Coding("장터", 10, 16, "=힘", "+나")}
