"""Kiwi's morphemes as columns: spans in the text, whatever the workers and the parts."""

from __future__ import annotations

import unicodedata
from dataclasses import fields
from itertools import pairwise
from typing import get_args

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from kiwipiepy import Kiwi

from pipeline.corpus.dictionary import Entry
from pipeline.corpus.morphology import (
    AS_WRITTEN,
    Speech,
    analyse,
    answer_pieces,
    load_kiwi,
    methods_text,
    tokens_of_each,
)
from pipeline.records import Interview, Morphemes, Role, Turn
from pipeline.settings.corpus import Dialect, Typos


@pytest.fixture(scope="module")
def kiwi() -> Kiwi:
    return load_kiwi(1)


def interview_of(*said: tuple[Role, str], name: str = "P01") -> Interview:
    text, turns = "머리말\n", []
    for index, (role, words) in enumerate(said, 1):
        turns.append(Turn(index, "화자", role, len(text), len(text) + len(words)))
        text += words + "\n"
    return Interview(name, text, tuple(turns), f"{name}.txt")


def answer(text: str, name: str = "P01") -> Interview:
    return interview_of(("participant", text), name=name)


def terms(morphemes: Morphemes, place: int = 0) -> list[str]:
    rows = slice(morphemes.bounds[place], morphemes.bounds[place + 1])
    return [morphemes.vocabulary[code] for code in morphemes.code[rows]]


def spoken(morphemes: Morphemes, interview: Interview, term: str) -> list[str]:
    """Return what stands in the text where ``term`` was found."""
    spans = zip(morphemes.code, morphemes.start, morphemes.end, strict=True)
    return [interview.text[a:b] for code, a, b in spans if morphemes.vocabulary[code] == term]


def equal(one: Morphemes, other: Morphemes) -> bool:
    pairs = ((getattr(one, f.name), getattr(other, f.name)) for f in fields(Morphemes))
    return all(
        (a.dtype == b.dtype and np.array_equal(a, b)) if isinstance(a, np.ndarray) else a == b
        for a, b in pairs
    )


CORPUS = tuple(
    answer(
        f"{subject}에서 이웃을 만났어요. {thing} 배우는 게 참 좋았죠. 그래서 또 갔습니다.",
        f"P{n:02}",
    )
    for n, (subject, thing) in enumerate(
        (subject, thing)
        for subject in ("마을", "학교", "시장", "도서관")
        for thing in ("목공을", "요리를", "바느질을")
    )
)


def test_spans_lie_in_the_answers(kiwi: Kiwi) -> None:
    interview = interview_of(
        ("participant", "저는 학교에서 배웠어요."),
        ("interviewer", "시장에서는요?"),
        ("participant", "도서관이 좋았죠."),
    )
    found = analyse(kiwi, [interview])
    answers = [(t.start, t.end) for t in interview.turns if t.role == "participant"]
    for start, end in zip(found.start, found.end, strict=True):
        assert any(a <= start <= end <= b for a, b in answers)
    assert spoken(found, interview, "학교/NNG") == ["학교"]
    assert spoken(found, interview, "도서관/NNG") == ["도서관"]
    assert "시장/NNG" not in terms(found)
    assert "머리말/NNG" not in terms(found)


def test_columns_fit_together(kiwi: Kiwi) -> None:
    found = analyse(kiwi, CORPUS)
    assert len(found.code) == len(found.start) == len(found.end) == len(found.sentence)
    assert found.interviews == tuple(interview.id for interview in CORPUS)
    assert (found.bounds[0], found.bounds[-1]) == (0, len(found.code))
    assert all(np.diff(found.bounds) > 0)
    assert found.code.max() < len(found.vocabulary) == len(set(found.vocabulary))


def test_irregular_verbs_lose_the_mark_of_it(kiwi: Kiwi) -> None:
    found = terms(analyse(kiwi, [answer("이웃을 도왔고 짐을 날랐어요.")]))
    assert "돕/VV" in found
    assert not any("-" in term.rpartition("/")[2] for term in found)


def test_stage_directions_give_no_morphemes(kiwi: Kiwi) -> None:
    interview = answer("그게 (다 같이 웃음) 좋았어요. [불명확] 이웃(협동조합)이요.")
    found = analyse(kiwi, [interview])
    assert not {"웃음/NNG", "불명확/NNG", "불/NNG"} & set(terms(found))
    assert spoken(found, interview, "협동조합/NNG") == ["협동조합"]
    assert spoken(found, interview, "이웃/NNG") == ["이웃"]


@pytest.mark.parametrize("emoji", ["😀", "👨‍👩‍👧‍👦", "🇰🇷", "𠀋"])
def test_offsets_after_an_emoji(kiwi: Kiwi, emoji: str) -> None:
    interview = answer(f"좋았어요 {emoji}{emoji} 학교에서 {emoji}이웃을 만났죠.")
    found = analyse(kiwi, [interview])
    assert spoken(found, interview, "학교/NNG") == ["학교"]
    assert spoken(found, interview, "이웃/NNG") == ["이웃"]


def test_composed_text_is_what_kiwi_reads_right(kiwi: Kiwi) -> None:
    composed = answer("학교에서 이웃을 만났어요.")
    decomposed = answer(unicodedata.normalize("NFD", "학교에서 이웃을 만났어요."))
    assert "학교/NNG" in terms(analyse(kiwi, [composed]))
    # Why readers normalise: Kiwi takes decomposed words whole, without a warning.
    assert terms(analyse(kiwi, [decomposed])) != terms(analyse(kiwi, [composed]))


# ── the dictionary ──────────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def taught() -> Kiwi:
    return load_kiwi(1, [Entry("중간지원조직", "NNG"), Entry("리빙랩", "NNP")])


@pytest.mark.parametrize("written", ["중간지원조직", "중간 지원 조직", "중간지원 조직"])
def test_a_word_of_the_dictionary_stays_whole(taught: Kiwi, written: str) -> None:
    interview = answer(f"그때 {written}에서 도와줬어요.")
    found = analyse(taught, [interview])
    assert spoken(found, interview, "중간지원조직/NNG") == [written]


def test_the_tag_of_the_dictionary(taught: Kiwi) -> None:
    assert "리빙랩/NNP" in terms(analyse(taught, [answer("리빙랩에 갔어요.")]))


JOINED = "공구함"


@pytest.fixture(scope="module")
def particular() -> Kiwi:
    return load_kiwi(1, [Entry(JOINED, "NNG", joined=True), Entry("중간지원조직", "NNG")])


def test_a_word_of_joined_writing_only_is_met_so_only(particular: Kiwi) -> None:
    interview = answer("공구 함에 넣고 중간 지원 조직 공구함에서, 공구  함이랑")
    found = analyse(particular, [interview])
    assert spoken(found, interview, "공구함/NNG") == ["공구함"]
    assert spoken(found, interview, "공구/NNG") == ["공구", "공구"]
    assert spoken(found, interview, "중간지원조직/NNG") == ["중간 지원 조직"]


def test_words_of_joined_writing_only_tolerate_no_blank_anywhere() -> None:
    strict = load_kiwi(1, [Entry(JOINED, "NNG", joined=True)])
    assert strict.global_config.space_tolerance == 0


# ── typos and dialects ──────────────────────────────────────────────────────────────

DIALECTS = ("gyeongsang", "jeolla")
TYPOS = (None, "basic", "continual", "basic_with_continual", "lengthening", "all")


@pytest.fixture(scope="module")
def southern() -> Kiwi:
    return load_kiwi(1, [Entry("중간지원조직", "NNG"), Entry(JOINED, "NNG", joined=True)], DIALECTS)


@pytest.mark.parametrize(
    ("written", "typos", "term", "at"),
    [
        ("왜 외않됀대요", "basic", "되/VV", "됀"),
        ("밥을 머거써요", "continual", "먹/VV", "머"),
        ("진짜아아 멀어요", "lengthening", "진짜/MAG", "진짜아아"),
    ],
)
def test_typos_are_read_as_what_they_stand_for(
    kiwi: Kiwi, written: str, typos: str, term: str, at: str
) -> None:
    interview = answer(f"학교에서 {written}.")
    mended = analyse(kiwi, [interview], speech=Speech(typos))
    assert spoken(mended, interview, "학교/NNG") == ["학교"]
    (place,) = spoken(mended, interview, term)
    assert place.startswith(at)
    assert spoken(analyse(kiwi, [interview]), interview, term) != [place]


def test_dialects_are_read_when_asked_for(southern: Kiwi) -> None:
    interview = answer("학교에 그랬당께")
    assert "당께/EF" not in terms(analyse(southern, [interview]))
    found = analyse(southern, [interview], speech=Speech(dialects=DIALECTS))
    assert spoken(found, interview, "당께/EF") == ["당께"]


SCRAPS = st.sampled_from(
    [
        "외않됀대",
        "머거써",
        "진짜아아",
        "뭐라카노",
        "그랬당께",
        "중간 지원 조직",
        "공구 함",
        "공구함",
        "학교에서",
        "ㅋㅋ",
        "😀",
        "𠀋",
        " ",
        "\n",
        ". ",
        "가",
        "닭",
        "이따가",
        "어어어",
        "3년",
        "A",
    ]
)


@given(st.lists(SCRAPS, max_size=12).map("".join), st.sampled_from(TYPOS), st.booleans())
@example("공구 함외않됀대공구 함", None, False)  # parting the second once joined the first
@example("ㅋㅋ공구 함닭ㅋㅋ", None, True)  # Kiwi gives a token that is 65,535 long
@settings(max_examples=80, deadline=None)
def test_every_morpheme_lies_where_it_was_said(
    southern: Kiwi, said: str, typos: str | None, in_dialect: bool
) -> None:
    speech = Speech(typos, DIALECTS if in_dialect else ())
    before, text = "학교요. ", said + " 도서관"
    (alone,) = tokens_of_each(southern, [text], speech)
    assert all(0 <= t.start <= t.start + t.len <= len(text) for t in alone)
    assert [t.start for t in alone] == sorted(t.start for t in alone)
    assert all(t.form != JOINED or t.len == len(JOINED) for t in alone)
    interview = interview_of(("participant", before), ("participant", text))
    found = analyse(southern, [interview], speech=speech)
    at = interview.turns[1].start
    later = [(a - at, b - at) for a, b in zip(found.start, found.end, strict=True) if a >= at]
    assert later == [(t.start, t.start + t.len) for t in alone]


def test_without_dictionary_it_is_parted(kiwi: Kiwi) -> None:
    assert "중간지원조직/NNG" not in terms(analyse(kiwi, [answer("중간 지원 조직에서요.")]))


# ── sentences ───────────────────────────────────────────────────────────────────────


def test_sentences_are_counted_through_an_interview(kiwi: Kiwi) -> None:
    first = interview_of(
        ("participant", "학교에 갔어요. 재미있었어요."),
        ("interviewer", "네. 그래요."),
        ("participant", "(웃음)"),
        ("participant", "시장에도 갔어요."),
    )
    second = answer("도서관이 좋았어요.", "P02")
    found = analyse(kiwi, [first, second])
    by_interview = [found.sentence[a:b] for a, b in pairwise(found.bounds)]
    assert sorted(set(by_interview[0].tolist())) == [0, 1, 2]
    assert set(by_interview[1].tolist()) == {0}
    numbers = dict(zip(terms(found), by_interview[0].tolist(), strict=True))
    assert (numbers["학교/NNG"], numbers["재미있/VA"], numbers["시장/NNG"]) == (0, 1, 2)


# ── nothing to analyse ──────────────────────────────────────────────────────────────


def test_no_interviews(kiwi: Kiwi) -> None:
    found = analyse(kiwi, [])
    assert (found.vocabulary, found.interviews, found.bounds.tolist()) == ((), (), [0])


def test_interviews_without_answers_keep_their_place(kiwi: Kiwi) -> None:
    silent = interview_of(("interviewer", "아무도 없나요?"), name="P00")
    laughing = answer("(웃음)", "P02")
    told: list[int] = []
    interviews = [silent, answer("학교요.", "P01"), laughing, silent]
    found = analyse(kiwi, interviews, told.append)
    assert np.diff(found.bounds).tolist()[0] == 0
    assert np.diff(found.bounds).tolist()[2:] == [0, 0]
    assert terms(found, 1)[0] == "학교/NNG"
    assert told == sorted(told)
    assert told[-1] == len(interviews)


# ── long answers ────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "unit", ["학교에서 이웃을 만났어요. ", "학교에서 이웃을 만났고 ", "학교에서이웃을만났고"]
)
def test_a_long_answer_is_cut_without_moving_anything(unit: str) -> None:
    said = (unit * (25_000 // len(unit) + 1))[:25_000]
    interview = answer(said)
    pieces = list(answer_pieces(interview))
    assert len(pieces) >= 3
    assert max(len(text) for _, text in pieces) <= 10_000
    assert "".join(text for _, text in pieces) == said
    at = interview.turns[0].start
    for offset, text in pieces:
        assert offset == at
        assert interview.text[offset : offset + len(text)] == text
        at += len(text)


def test_a_long_answer_is_cut_between_sentences() -> None:
    interview = answer("학교에서 이웃을 만났어요. " * 1_800)
    assert all(text.endswith(". ") for _, text in answer_pieces(interview))


def test_a_long_answer_is_analysed_whole(kiwi: Kiwi) -> None:
    unit = "학교에서 이웃을 만났어요. "
    times = 25_000 // len(unit)
    interview = answer(unit * times)
    found = analyse(kiwi, [interview])
    assert spoken(found, interview, "학교/NNG") == ["학교"] * times
    starts = [a for c, a in zip(found.code, found.start, strict=True) if c == 0]
    assert found.vocabulary[0] == "학교/NNG"
    assert np.diff(starts).tolist() == [len(unit)] * (times - 1)
    assert len(set(found.sentence.tolist())) == times


def test_directions_are_blanked_before_cutting() -> None:
    interview = answer("네 (웃음) " * 3_000)
    assert all("웃음" not in text for _, text in answer_pieces(interview))


# ── same in, same out ───────────────────────────────────────────────────────────────


def test_any_number_of_workers_gives_the_same(kiwi: Kiwi) -> None:
    assert equal(analyse(load_kiwi(4), CORPUS), analyse(kiwi, CORPUS))


def test_the_methods_paragraph_names_what_was_read_for_what_it_stands_for() -> None:
    assert methods_text(AS_WRITTEN) == {"ko": "", "en": ""}
    both = methods_text(Speech("basic", ("jeju", "jeolla")))
    assert both["ko"] == (
        " 흔한 오타로 적힌 말은 바로잡은 꼴로 읽었다(원문은 그대로 두었다)."
        " 표준어와 함께 방언(제주, 전라)도 인식하게 했다."
    )
    assert "Common typos were read" in both["en"]
    assert "Dialects (Jeju, Jeolla) were read" in both["en"]


def test_there_is_a_word_for_every_setting() -> None:
    for typos in set(get_args(Typos)) - {"off"}:
        assert methods_text(Speech(typos))["ko"]
    for dialect in get_args(Dialect):
        assert methods_text(Speech(None, (dialect,)))["en"]
