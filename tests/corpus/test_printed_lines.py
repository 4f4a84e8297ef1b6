from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.corpus.readers.printed_lines import join_lines, without_furniture

SPEECH = (
    "참여자 1: 동네에서 혼자 사시는 어르신들이 전등 하나를 못 갈아서 몇 달씩 어둡게 지내시는 "
    "것을 보고 제가 할 수 있는 일이 있겠다 싶었는데 마침 주민기술학교가 열린다고 해서 신청했고 "
    "집수리 기초부터 배우면서 이웃들과 가까워졌으며 지금은 마을관리 협동조합에서 일하고 있습니다"
)


def by_syllables(text: str, size: int) -> list[str]:
    return [text[at : at + size].strip() for at in range(0, len(text), size)]


def by_words(text: str, size: int) -> list[str]:
    lines = [""]
    for word in text.split():
        if len(lines[-1]) + 1 + len(word) > size:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}".strip()
    return lines


def test_lines_broken_between_words_are_joined_by_blanks() -> None:
    assert join_lines(by_words(SPEECH, 30)) == (SPEECH, True)


def test_lines_broken_inside_words_are_joined_without() -> None:
    joined, guessed = join_lines(by_syllables(SPEECH, 30))
    assert joined.replace(" ", "") == SPEECH.replace(" ", "")
    assert "\n" not in joined
    assert guessed
    # Every line but the last is full, so that words go on, where they are Hangul.
    broken = [line for line in by_syllables(SPEECH, 30)[:-1] if line[-1].isalpha()]
    assert all(line + " " not in joined for line in broken)


def test_blanks_at_the_ends_of_lines_tell() -> None:
    lines = [SPEECH[at : at + 30] for at in range(0, len(SPEECH), 30)]
    following = [*lines[1:], "끝"]
    lines = [line + " " * (after[0] == " ") for line, after in zip(lines, following, strict=True)]
    joined, guessed = join_lines([line.lstrip() for line in lines])
    assert (joined.strip(), guessed) == (SPEECH, False)


def test_a_label_begins_a_line_even_after_a_full_one() -> None:
    lines = [*by_words(SPEECH, 30), "면담자: 그렇군요 그럼 다음 질문으로 넘어가 보겠습니다"]
    joined, _ = join_lines(lines)
    assert joined == f"{SPEECH}\n면담자: 그렇군요 그럼 다음 질문으로 넘어가 보겠습니다"


def test_short_lines_stay_lines() -> None:
    lines = [*by_words(SPEECH, 30), "(웃음)", "네", "아니요"]
    assert join_lines(lines)[0].split("\n")[-2:] == ["네", "아니요"]


def test_latin_words_are_parted() -> None:
    lines = ["interviews were held in the", "winter of the second year and", "went on"]
    assert join_lines(lines) == (
        "interviews were held in the winter of the second year and went on",
        False,
    )


def test_nothing_to_join() -> None:
    assert join_lines([]) == ("", False)
    assert join_lines(["말"]) == ("말", False)


def test_running_heads_need_most_of_three_pages() -> None:
    two = [["머리 1", "가"], ["머리 2", "나"]]
    assert without_furniture(two) == two
    assert without_furniture([*two, ["머리 3", "다"]]) == [["가"], ["나"], ["다"]]


def test_numbers_amid_a_page_stay() -> None:
    page = ["가", "나", "3", "다", "라"]
    assert without_furniture([page]) == [page]
    assert without_furniture([["가", "나", "다", "라", "3"]]) == [["가", "나", "다", "라"]]


@pytest.mark.parametrize("line", ["1" * 100_000, " -" * 50_000, "(" * 100_000])
def test_hostile_lines_pass_quickly(line: str) -> None:
    began = time.process_time()
    join_lines([found for page in without_furniture([[line] * 4] * 4) for found in page])
    assert time.process_time() - began < 10


@given(
    st.lists(st.text(st.sampled_from("가나 다.a1:-"), min_size=1).filter(str.strip), max_size=30)
)
@settings(max_examples=200, deadline=None)
def test_no_sign_is_lost_or_added(lines: list[str]) -> None:
    joined, _ = join_lines(lines)
    assert "".join(joined.split()) == "".join("".join(lines).split())
    assert joined.count("\n") < max(len(lines), 1)
