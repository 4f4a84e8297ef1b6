"""Pseudonyms: the same person, the same pseudonym, whatever comes later."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.corpus.masking import Mask, mask
from pipeline.corpus.personal import Find
from pipeline.corpus.personal.finds import KINDS
from pipeline.corpus.pseudonyms import LABELS, extend_key, masks_for


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
    assert set(LABELS) == set(KINDS) - {"name", "indirect"}


def test_masks_make_the_particles_agree() -> None:
    text = "지훈이가 전화번호는 010-1234-5678이라고 했고 철수랑 왔어요."
    finds = [Find(0, 2, "name", ""), Find(11, 24, "phone", ""), Find(31, 33, "name", "")]
    masks = masks_for(text, finds, {"지훈": "이름02", "철수": "이름03"})
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


def test_indirect_finds_are_not_masked() -> None:
    assert masks_for("A구 센터 팀장", [Find(0, 8, "indirect", "")], {}) == ()


def test_a_name_without_a_pseudonym_is_an_error() -> None:
    with pytest.raises(KeyError):
        masks_for("철수", [Find(0, 2, "name", "")], {})


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
    out = mask(text, 0, len(text), masks_for(text, finds, key)).text
    assert not any(name in out for name in names)
