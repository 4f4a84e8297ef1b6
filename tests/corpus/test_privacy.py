"""Rules and decisions: what people said about a form holds wherever it is said."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from kiwipiepy import Kiwi

from pipeline.corpus.morphology import analyse, load_kiwi, some_interviews
from pipeline.corpus.personal.known_names import KnownNames
from pipeline.corpus.privacy import (
    Batch,
    Decisions,
    decisions_from_json,
    decisions_to_json,
    finds_in,
    form_of,
    judged_finds,
    names_known,
    open_forms,
    speakers_named,
    tokens_in,
)
from pipeline.records import Interview, Turn

TEXT = "박수진 선생님이 제 번호 010-0000-0000으로 전화했어요."
INTERVIEW = Interview("P01", TEXT, (Turn(1, "", "participant", 0, len(TEXT)),), "P01.txt")


@pytest.fixture(scope="module")
def kiwi() -> Iterator[Kiwi]:
    yield load_kiwi(1)


NOTHING = Decisions()


def found(kiwi: Kiwi, decisions: Decisions = NOTHING, keep: tuple[str, ...] = ()) -> list[str]:
    tokens = tokens_in(analyse(kiwi, [INTERVIEW]), 0, ())
    finds = judged_finds(
        INTERVIEW, tokens, names_known(KnownNames(), (), decisions), decisions, keep
    )
    return [TEXT[find.start : find.end] for find in finds]


def test_names_and_numbers_are_found(kiwi: Kiwi) -> None:
    assert found(kiwi) == ["박수진", "010-0000-0000"]


def test_a_rejected_form_and_a_kept_kind_are_left(kiwi: Kiwi) -> None:
    rejected = Decisions(rejected=frozenset({("name", "박수진")}))
    assert found(kiwi, rejected) == ["010-0000-0000"]
    assert found(kiwi, keep=("phone",)) == ["박수진"]


def test_an_added_name_is_found(kiwi: Kiwi) -> None:
    assert "선생" in "".join(found(kiwi, Decisions(added=frozenset({"선생님"}))))


def test_roles_are_no_names(kiwi: Kiwi) -> None:
    labels = ["담당자", "학부모", "오대성", "질문", "박수진"]
    assert speakers_named(kiwi, labels) == ("오대성", "박수진")


def test_decisions_come_back_as_they_were() -> None:
    decisions = Decisions(
        frozenset({("name", "박수진")}), frozenset({("phone", "1")}), frozenset({"김 반장"})
    )
    assert decisions_from_json(decisions_to_json(decisions)) == decisions


def test_what_nobody_judged_is_open(kiwi: Kiwi) -> None:
    tokens = tokens_in(analyse(kiwi, [INTERVIEW]), 0, ())
    finds = judged_finds(INTERVIEW, tokens, KnownNames(), Decisions(), ())
    assert form_of(INTERVIEW, finds[0]) == ("name", "박수진")
    judged = Decisions(accepted=frozenset({("name", "박수진")}))
    left = open_forms({"P01": finds}, {"P01": INTERVIEW}, judged)
    assert left == {("phone", "010-0000-0000")}


def test_a_batch_gives_what_its_interviews_give(kiwi: Kiwi) -> None:
    other = Interview("P02", "최하늘 선생님요.", (Turn(1, "", "participant", 0, 9),), "P02.txt")
    morphemes = analyse(kiwi, [other, INTERVIEW])
    batch = Batch((INTERVIEW,), some_interviews(morphemes, 1, 2), KnownNames(), NOTHING, ())
    (finds,) = finds_in(batch)
    assert [TEXT[find.start : find.end] for find in finds] == found(kiwi)
