"""The dictionary of the example study holds its words together, whatever stands around them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import get_args

import pytest
from kiwipiepy import Kiwi, Token

from pipeline.corpus.dictionary import Entry, read_dictionary
from pipeline.corpus.listing import list_files
from pipeline.corpus.morphology import Speech, answer_pieces, load_kiwi, tokens_of_each
from pipeline.corpus.reading import read_file
from pipeline.settings.corpus import Typos

STUDY = Path(__file__).parents[2] / "corpora" / "resident_school"
ENTRIES, PROBLEMS = read_dictionary(STUDY / "dictionary.txt", "dictionary.txt")
FORMS = [entry.form for entry in ENTRIES]
TYPOS = pytest.mark.parametrize("typos", [None, *(t for t in get_args(Typos) if t != "off")])
# What stands around a word in speech; an NNP would turn the «배우고» that follows into a noun.
FRAMES = (
    "{}에서 배웠어요.",
    "저희 {}가 생겨서요.",
    "그 {}이라는 게 뭐냐면",
    "{} 하고 나서",
    "우리 동네 {}도 있고",
    "{}들이 모여서",
    "{}만 바라보고 있었죠",
    "{}, 그거는",
    "{}하고 같이 일해요",
    "그때 {} 배우고 다니면서",
    "{}배우고",
)


@cache
def kiwi() -> Kiwi:
    return load_kiwi(1, ENTRIES)


@cache
def answers() -> tuple[str, ...]:
    files = [file for folder in ("interviews", "inbox") for file in list_files(STUDY / folder)]
    readings = [read_file(file, file.name, ["참석자 1"]) for file in files]
    return tuple(
        text
        for reading in readings
        for interview in reading.interviews
        for _, text in answer_pieces(interview)
    )


@cache
def tokens(text: str, typos: str | None) -> list[Token]:
    return next(tokens_of_each(kiwi(), [text], Speech(typos)))


def places(form: str, text: str) -> Iterator[tuple[int, int]]:
    """Yield where ``form`` stands, joined or apart, unless a longer entry stands there."""
    longer = [other for other in FORMS if form in other and form != other]
    covered = [m.span() for other in longer for m in _written(other).finditer(text)]
    for match in _written(form).finditer(text):
        start, end = match.span()
        if not any(a <= start and end <= b for a, b in covered):
            yield start, end


def _written(form: str) -> re.Pattern[str]:
    return re.compile(" ?".join(map(re.escape, form)))


def is_one(found: list[Token], start: int, end: int, entry: Entry) -> bool:
    return any(
        (t.form, t.tag, t.start, t.start + t.len) == (entry.form, entry.tag, start, end)
        for t in found
    )


def test_the_dictionary_is_in_order() -> None:
    assert PROBLEMS == ()
    assert len(ENTRIES) > 30
    assert {entry.tag for entry in ENTRIES} == {"NNG"}


def test_the_corpus_says_its_terms() -> None:
    said = [form for form in FORMS if any(form in answer for answer in answers())]
    assert len(said) > 20
    assert sum(" " in a[s:e] for f in FORMS for a in answers() for s, e in places(f, a)) > 5


@TYPOS
@pytest.mark.parametrize("entry", ENTRIES, ids=FORMS)
def test_each_term_is_one_token_wherever_the_corpus_says_it(
    entry: Entry, typos: str | None
) -> None:
    broken = [
        answer[max(0, start - 15) : end + 15]
        for answer in answers()
        for start, end in places(entry.form, answer)
        if not is_one(tokens(answer, typos), start, end, entry)
    ]
    assert broken == []


@TYPOS
@pytest.mark.parametrize("entry", ENTRIES, ids=FORMS)
def test_each_term_is_one_token_in_any_frame(entry: Entry, typos: str | None) -> None:
    said = [frame.format(entry.form) for frame in FRAMES]
    broken = [
        text
        for text in said
        if not is_one(
            tokens(text, typos),
            text.index(entry.form),
            text.index(entry.form) + len(entry.form),
            entry,
        )
    ]
    assert broken == []


@TYPOS
@pytest.mark.parametrize("entry", ENTRIES, ids=FORMS)
def test_a_blank_inside_meets_the_same_term(entry: Entry, typos: str | None) -> None:
    for cut in range(1, len(entry.form)):
        written = f"{entry.form[:cut]} {entry.form[cut:]}"
        found = tokens(f"그때 {written}에서 왔어요.", typos)
        assert is_one(found, 3, 3 + len(written), entry), written


def test_verbs_after_a_term_stay_verbs() -> None:
    found = tokens("그때 정리수납 배우고 집수리 배우고 그랬죠.", None)
    assert [t.tag for t in found if t.form == "배우"] == ["VV", "VV"]
