"""Names of persons in what Kiwi makes of a text."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from kiwipiepy import Kiwi

from pipeline.corpus.morphology import load_kiwi
from pipeline.corpus.personal.finds import longest_first
from pipeline.corpus.personal.known_names import KnownNames
from pipeline.corpus.personal.names import find_names
from pipeline.corpus.personal.shaped_names import AFTER_A_NAME
from pipeline.corpus.personal.tokens import NO_TOKENS, tokens_of


@pytest.fixture(scope="module")
def kiwi() -> Kiwi:
    return load_kiwi(1)


def found(kiwi: Kiwi, text: str, *known: str) -> list[str]:
    names = KnownNames(tuple((name,) for name in known))
    finds = longest_first(find_names(text, tokens_of(kiwi, text), names))
    return [text[find.start : find.end] for find in finds]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("박정숙 대표님", ["박정숙"]),
        ("그때 이순임 할머니가 왔어요.", ["이순임"]),
        ("민지가 왔고 서준이도 왔어요.", ["민지", "서준"]),
        ("총무는 나은숙이 했어요.", ["나은숙"]),
        ("저는 방미경이라고 합니다.", ["방미경"]),
        ("안젤라라고 브라질에서 온 친구가 있어요.", ["안젤라"]),
        ("고정란: 네, 맞아요.", ["고정란"]),
        ("지민아, 이리 와 봐.", ["지민"]),
        ("소피아가 이름을 바꿨어요.", ["소피아"]),
        ("박도진이라는 친구인데, 그 도진이가요.", ["박도진", "도진"]),
        ("영숙아지매가 왔지요.", ["영숙"]),
        ("제가 강영란인데요.", ["강영란"]),
        ("정말로 조용하고 한가한 전주 여행이었어요.", []),
        ("신한은행 앞에서 이마트까지 걸었어요.", []),
        ("이분이 강사님하고 이분이 등급을 봐요. 한 분이 언니는 그래요.", []),
        ("월요일은 서예고 수요일은 노래교실이에요.", []),
        ("소송이 진행되고, 남성은 선배의 집에, 조금이라도요.", []),
        ("이러한 마음이 저희 어머니뿐만이 아니라", []),
        ("국민이 검사에게 맡겼고 교원이 학생과 수업해요.", []),
        ("양천구 구청장, 서초동 변호사, 고양시 대표, 경기 도지사", []),
        ("시의원과 대곶면장님을 모셨어요.", []),
        ("소기업 대표예요. 남학생 어머니께요. 옆 반 선생님도요.", []),
        ("유**은 원장이라는 직책을 가지고", []),
        ("판교에서 서하남 방향으로 가요.", []),
        ("베이비시터에게 맡겼어요. 민주당에게 물었어요.", []),
        ("이성구 팀장님하고 위성범 기사님이 왔어요.", ["이성구", "위성범"]),
    ],
)
def test_names_are_found(kiwi: Kiwi, text: str, names: list[str]) -> None:
    assert found(kiwi, text) == names


def test_a_known_name_is_found_with_its_particles(kiwi: Kiwi) -> None:
    text = "모둠이는 오고 모둠한테 모둠반을"
    assert found(kiwi, text) == []
    assert found(kiwi, text, "모둠") == ["모둠", "모둠"]


def test_a_known_name_of_several_words_is_found(kiwi: Kiwi) -> None:
    assert found(kiwi, "그 김 팀장 말이에요", "김 팀장") == ["김 팀장"]


def test_a_known_name_that_is_a_word_needs_to_be_used_as_a_name(kiwi: Kiwi) -> None:
    assert found(kiwi, "하나도 안 힘들었어요.", "하나") == []


def test_without_tokens_known_names_and_labels_remain() -> None:
    text = "고정란: 소피아가 왔어요, 박정숙 씨도."
    finds = longest_first(find_names(text, NO_TOKENS, KnownNames((("소피아",),))))
    assert [text[find.start : find.end] for find in finds] == ["고정란", "소피아"]


WORDS = [
    "김철수",
    "철수",
    "철",
    "수",
    "이",
    "가",
    "한테",
    "에",
    " ",
    "\n",
    "Kim",
    "KimA",
    "K",
    "1",
    "박",
    "철수네",
]


@given(st.lists(st.sampled_from(WORDS), max_size=12).map("".join))
@settings(max_examples=300, deadline=None)
def test_known_names_are_found_where_a_word_begins_with_one(text: str) -> None:
    names = ("김철수", "철수", "Kim")
    known = KnownNames(tuple((name,) for name in names))
    finds = {(f.start, f.end) for f in find_names(text, NO_TOKENS, known) if "목록" in f.reason}
    expected: set[tuple[int, int]] = set()
    for word in re.finditer("[가-힣]+|[A-Za-z]+", text):
        for name in names:
            rest = word.group().removeprefix(name)
            if word.group().startswith(name) and (not rest or AFTER_A_NAME.match(rest)):
                expected.add((word.start(), word.start() + len(name)))
                break
    assert finds == expected
