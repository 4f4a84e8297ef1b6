"""Rules and decisions: what people said about a form holds wherever it is said."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from kiwipiepy import Kiwi

from pipeline.corpus.morphology import analyse, load_kiwi, pick_interviews
from pipeline.corpus.personal.known_names import KnownNames
from pipeline.corpus.personal.tokens import Tokens
from pipeline.corpus.privacy import (
    Batch,
    Decisions,
    Seen,
    asked_only,
    decisions_from_json,
    decisions_to_json,
    judge,
    masked_finds,
    names_known,
    place_mark,
    seen_in,
    seen_in_text,
    speakers_named,
    tokens_in,
    words_of,
)
from pipeline.records import Interview, Turn

TEXT = "박수진 선생님이 제 번호 010-0000-0000으로 전화했어요."
INTERVIEW = Interview("P01", TEXT, (Turn(1, "", "participant", 0, len(TEXT)),), "P01.txt")
NOTHING = Decisions()
NO_RULES: dict[str, str] = {}


@pytest.fixture(scope="module")
def kiwi() -> Iterator[Kiwi]:
    yield load_kiwi(1)


def seen(
    kiwi: Kiwi, decisions: Decisions = NOTHING, rules: dict[str, str] = NO_RULES
) -> tuple[Seen, ...]:
    read = (analyse(kiwi, [INTERVIEW]),)
    tokens = tokens_in(words_of(*read), read, 0)
    known = names_known(KnownNames(), (), decisions.added)
    return judge(seen_in_text(TEXT, tokens, known, rules), decisions)


def masked(
    kiwi: Kiwi, decisions: Decisions = NOTHING, rules: dict[str, str] = NO_RULES
) -> list[str]:
    finds = masked_finds(seen(kiwi, decisions, rules))
    return [TEXT[find.start : find.end] for find in finds]


def test_names_and_numbers_are_masked_until_judged(kiwi: Kiwi) -> None:
    assert masked(kiwi) == ["박수진", "010-0000-0000"]
    assert {one.judged for one in seen(kiwi)} == {"open"}


def test_a_rejected_form_and_a_kept_kind_are_left(kiwi: Kiwi) -> None:
    rejected = Decisions(rejected=frozenset({("name", "박수진")}))
    assert masked(kiwi, rejected) == ["010-0000-0000"]
    assert [one.judged for one in seen(kiwi, rejected)] == ["rejected", "open"]
    assert masked(kiwi, rules={"phone": "keep"}) == ["박수진"]


def test_an_added_name_is_found(kiwi: Kiwi) -> None:
    assert "선생" in "".join(masked(kiwi, Decisions(added=frozenset({"선생님"}))))


def test_a_place_outweighs_its_form() -> None:
    form, place = ("name", "하나"), ("name", "하나", "m1")
    decisions = Decisions(accepted=frozenset({form}), rejected=frozenset({place}))
    assert decisions.on("name", "하나", "m1") == "rejected"
    assert decisions.on("name", "하나", "m2") == "accepted"
    assert Decisions(accepted=frozenset({place})).on("name", "하나", "m2") == "open"


def test_a_place_is_known_by_the_words_around_it() -> None:
    text = "그때 하나 씨가 왔고요, 그 다음에 시장에 가서 사과도 하나를 더 샀어요. 그랬죠."
    first, second = text.index("하나"), text.rindex("하나")
    assert place_mark(text, first, first + 2) != place_mark(text, second, second + 2)
    moved = "더 앞에서 아주 길게 한 말은 스무 글자 넘게 떨어져 있다.\n" + text.replace(" ", "  ")
    place = moved.rindex("하나")
    assert place_mark(moved, place, place + 2) == place_mark(text, second, second + 2)


def test_combinations_are_masked_only_where_accepted() -> None:
    text = "성북구 도시재생센터 팀장이에요"
    (one,) = seen_in_text(text, Tokens.of(()), KnownNames(), {})
    assert masked_finds([one]) == ()
    judged = Decisions(accepted=frozenset({one.subject}))
    (one,) = judge([one], judged)
    assert [(f.kind, text[f.start : f.end]) for f in masked_finds([one])] == [
        ("district", "성북구"), ("body", "도시재생센터"),
    ]  # fmt: skip


def test_rules_ask_for_districts_and_widen_addresses() -> None:
    text = "성북구 정릉로 12-3에서 관악구로 이사했어요."

    def kinds(rules: dict[str, str]) -> list[tuple[str, str]]:
        found = seen_in_text(text, Tokens.of(()), KnownNames(), rules)
        return [one.subject for one in found]

    assert kinds({}) == [("address", "정릉로 12-3")]
    assert kinds({"address": "generalise"}) == [("address", "성북구 정릉로 12-3")]
    assert kinds({"district": "mask", "address": "keep"}) == [
        ("district", "성북구"), ("district", "관악구"),
    ]  # fmt: skip


def test_roles_are_no_names(kiwi: Kiwi) -> None:
    labels = ["담당자", "학부모", "오대성", "질문", "박수진"]
    assert speakers_named(kiwi, labels) == ("오대성", "박수진")


def test_what_the_list_calls_no_name_is_not_known() -> None:
    listed = KnownNames((("김철수", "철수"),), frozenset({"철수"}))
    assert names_known(listed, ["하나"], ["소피아", "하나"]).people == (("하나",), ("소피아",))


def test_decisions_come_back_as_they_were() -> None:
    decisions = Decisions(
        frozenset({("name", "박수진"), ("name", "하나", "m1")}),
        frozenset({("phone", "1")}),
        frozenset({"김 반장"}),
    )
    assert decisions_from_json(decisions_to_json(decisions)) == decisions


def test_tokens_of_two_parts_are_in_the_order_of_the_text(kiwi: Kiwi) -> None:
    turns = (Turn(1, "질문", "interviewer", 0, 2), Turn(2, "답변", "participant", 3, 5))
    interview = Interview("P01", "사과 배추", turns, "P01.txt")
    parts = [analyse(kiwi, [one]) for one in (interview, asked_only(interview))]
    tokens = tokens_in(words_of(*parts), parts, 0)
    assert [(token.form, token.start) for token in tokens] == [("사과", 0), ("배추", 3)]


def test_a_batch_gives_what_its_interviews_give_questions_too(kiwi: Kiwi) -> None:
    text = "최하늘 선생님은요? 윤태식 팀장님요."
    turns = (Turn(1, "", "interviewer", 0, 11), Turn(2, "", "participant", 11, len(text)))
    other = Interview("P02", text, turns, "P02.txt")
    interviews = [other, INTERVIEW]
    answers = analyse(kiwi, interviews)
    questions = analyse(kiwi, [asked_only(interview) for interview in interviews])

    def found(first: int, last: int) -> list[str]:
        chosen = tuple(interviews[first:last])
        said, asked = (pick_interviews(part, range(first, last)) for part in (answers, questions))
        batch = Batch(chosen, said, asked, KnownNames(), {})
        return [one.form for of_one in seen_in(batch) for one in of_one]

    assert found(0, 1) == ["최하늘", "윤태식"]
    assert found(1, 2) == ["박수진", "010-0000-0000"]
