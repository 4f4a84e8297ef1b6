"""Pseudonyms: the same person, the same pseudonym, whatever comes later."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.corpus.masking import Mask, mask
from pipeline.corpus.personal import Find
from pipeline.corpus.personal.finds import KINDS, ON_DEMAND
from pipeline.corpus.pseudonyms import (
    LABELS,
    Key,
    extend_interviews,
    extend_key,
    key_from_json,
    key_to_json,
    masks_for,
    replacement_for,
    replacer,
)


def test_numbers_follow_the_order_of_first_appearance() -> None:
    key = extend_key({}, ["박정숙", "윤태식", "박정숙"], participants={"윤태식"})
    assert key == {"박정숙": "이름01", "윤태식": "참여자01"}


def test_one_more_interview_renumbers_nobody() -> None:
    first = extend_key({}, ["박정숙", "소피아"])
    second = extend_key(first, ["조미영", "소피아", "박정숙"])
    assert second == {**first, "조미영": "이름03"}


def test_a_number_is_never_given_twice() -> None:
    key = {"박정숙": "이름01", "윤태식": "이름07", "조미영": "누군가"}
    assert extend_key(key, ["소피아"])["소피아"] == "이름08"


def test_a_given_name_goes_with_its_only_full_name() -> None:
    assert extend_key({}, ["김철수", "철수"]) == {"김철수": "이름01", "철수": "이름01"}
    assert extend_key({}, ["철수", "김철수"]) == {"철수": "이름01", "김철수": "이름01"}


def test_namesakes_are_kept_apart() -> None:
    key = extend_key({}, ["김철수", "박철수", "철수"])
    assert len(set(key.values())) == 3
    later = extend_key({}, ["철수", "김철수", "박철수"])
    assert later["철수"] == later["김철수"] != later["박철수"]


def test_the_study_says_who_is_who() -> None:
    people = [("김철수", "철이", "김 팀장")]
    key = extend_key({}, ["김 팀장", "철이", "박정숙"], ["김철수"], people)
    assert key == {"김 팀장": "참여자01", "철이": "참여자01", "박정숙": "이름01"}


def test_the_key_given_is_not_changed() -> None:
    key = {"박정숙": "이름01"}
    extend_key(key, ["조미영"])
    assert key == {"박정숙": "이름01"}


def test_every_kind_that_is_masked_has_its_label() -> None:
    assert set(LABELS) == {*KINDS, *ON_DEMAND} - {"name", "indirect"}


def test_masks_make_the_particles_agree() -> None:
    text = "지훈이가 전화번호는 010-1234-5678이라고 했고 철수랑 왔어요."
    finds = [Find(0, 2, "name", ""), Find(11, 24, "phone", ""), Find(31, 33, "name", "")]
    masks = masks_for(text, finds, Key({"지훈": "이름02", "철수": "이름03"}))
    assert masks == (
        Mask(0, 2, "이름02"),
        Mask(2, 4, "가"),
        Mask(11, 24, "[전화번호]"),
        Mask(24, 27, "라고"),
        Mask(31, 33, "이름03"),
        Mask(33, 34, "이랑"),
    )
    masked = mask(text, 0, len(text), masks)
    assert masked.text == "이름02가 전화번호는 [전화번호]라고 했고 이름03이랑 왔어요."


def test_what_is_told_more_coarsely_has_its_particle_agree() -> None:
    text = "1962년 3월 5일생이고 성북구 12-3번지는 관악구로."
    finds = [Find(0, 12, "birth", ""), Find(15, 25, "address", ""), Find(27, 30, "district", "")]
    key = Key(districts={"성북구": "A구", "관악구": "B구"})
    coarser = {"birth": "generalise", "address": "generalise", "district": "generalise"}
    masked = mask(text, 0, len(text), masks_for(text, finds, key, coarser)).text
    assert masked == "1960년대생이고 A구는 B구로."
    plain = mask(text, 0, len(text), masks_for(text, finds, key, {"district": "mask"})).text
    assert plain == "[생년월일]이고 [상세주소]는 [구]로."


def test_what_has_nothing_coarser_gets_its_label() -> None:
    coarser = {"birth": "generalise", "address": "generalise"}
    assert replacement_for("birth", "3월 5일", Key(), coarser) == "[생년월일]"
    assert replacement_for("address", "은하로 12", Key(), coarser) == "[상세주소]"


def test_the_key_comes_back_as_it_was() -> None:
    key = Key(
        {"박정숙": "이름01"}, {"성북구": "A구"}, {"박정숙_1": "이름01_1"}, {"010": "[전화번호]"}
    )
    assert key_from_json(key_to_json(key)) == key
    for damaged in (b"[]", b'{"people": 3}', b'{"nobody": {}}', b"{"):
        with pytest.raises((ValueError, TypeError, AttributeError)):
            key_from_json(damaged)


def test_longer_words_are_replaced_first_and_nothing_twice() -> None:
    without = replacer({"철수": "이름01", "김철수": "이름02", "이름01": "x", "김": "y"})
    assert without("김철수와 철수, 김장") == "이름02와 이름01, 김장"
    assert replacer({})("김철수") == "김철수"


def test_ids_with_names_are_shown_without_them() -> None:
    people = {"홍길동": "참여자01", "길동": "참여자01"}
    ids = ["홍길동_1", "길동_1", "참여자01_1", "P02"]
    shown = extend_interviews({}, ids, people)
    assert shown == {"홍길동_1": "참여자01_1-2", "길동_1": "참여자01_1-3"}
    assert extend_interviews(shown, ["길동_1", "홍길동_1"], people) == shown


def test_an_id_shown_changes_only_if_it_holds_a_name() -> None:
    before = extend_interviews({}, ["김영희와 최하늘"], {"김영희": "참여자01"})
    people = {"김영희": "참여자01", "최하늘": "이름01"}
    assert extend_interviews(before, ["김영희와 최하늘"], people) == {
        "김영희와 최하늘": "참여자01와 이름01"
    }


def test_a_name_without_a_pseudonym_is_an_error() -> None:
    with pytest.raises(KeyError):
        masks_for("철수", [Find(0, 2, "name", "")], Key())


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["철수", "지훈", "김철수", "하나", "소피아"]),
            st.sampled_from(["는 ", "이가 ", "", "야, "]),
        ),
        max_size=8,
    )
)
@settings(max_examples=100, deadline=None)
def test_no_name_survives_and_pseudonyms_are_stable(said: list[tuple[str, str]]) -> None:
    text, finds = "", []
    for name, particle in said:
        finds.append(Find(len(text), len(text) + len(name), "name", ""))
        text += name + particle
    names = [name for name, _ in said]
    key = extend_key({}, names)
    assert extend_key(key, names) == key
    out = mask(text, 0, len(text), masks_for(text, finds, Key(key))).text
    assert not any(name in out for name in names)
