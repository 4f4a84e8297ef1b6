"""Decisions on a corrected text: moved with their words, or taken back and told."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.records import Decision
from pipeline.verdicts.carry import carry
from pipeline.verdicts.codings import standing

OLD = """질문: 처음에는요?
답변: 반찬을 만들어서 팔았어요. 네.
질문: 그다음은요?
답변: 네. 통장에 돈을 모았다가 명절에 나눴어요.
질문: 끝으로는요?
답변: 네. 다 좋았어요.
"""
TIME = "2026-03-02T00:00:00.000000Z"


def on(quote: str, nth: int = 0, action: str = "put", code: str | None = "돈") -> Decision:
    start = -1
    for _ in range(nth + 1):
        start = OLD.index(quote, start + 1)
    return Decision(
        f"{start:016x}{len(quote):016x}",
        "가",
        "2026-03-01T00:00:00.000000Z",
        action,  # type: ignore[arg-type]
        "P01",
        start,
        start + len(quote),
        code if action in ("put", "reject") else None,
        quote=quote,
    )


def stand(decisions: list[Decision], new: str) -> list[tuple[str, str]]:
    """Return what stands after the correction: the words it stands on, the action."""
    found = carry(decisions, "P01", OLD, new, TIME)
    return [(new[d.start : d.end], d.action) for d in standing([*decisions, *found.new])]


def test_what_is_unchanged_moves_along() -> None:
    new = OLD.replace("질문: 처음에는요?", "질문: 맨 처음에는 어떠셨어요?")
    put = on("통장에 돈을 모았다가")
    found = carry([put], "P01", OLD, new, TIME)
    (moved,) = found.new
    assert (moved.of, moved.code, moved.coder, moved.time) == (put.id, "돈", "가", TIME)
    assert new[moved.start : moved.end] == moved.quote == "통장에 돈을 모았다가"
    assert found.changed == ()
    assert standing([put, moved]) == (moved,)


def test_what_did_not_move_stays() -> None:
    put = on("반찬을 만들어서")
    found = carry([put], "P01", OLD, OLD.replace("다 좋았어요", "다 나빴어요"), TIME)
    assert (found.stays, found.new, found.changed) == ((put,), (), ())


def test_words_left_alone_in_a_line_that_changed() -> None:
    new = OLD.replace("명절에 나눴어요", "설날에 나눴어요").replace("처음에는요", "처음은요")
    assert stand([on("통장에 돈을 모았다가")], new) == [("통장에 돈을 모았다가", "put")]


def test_words_that_changed_are_taken_back_and_told() -> None:
    put, done = (
        on("명절에 나눴어요"),
        on("네. 통장에 돈을 모았다가 명절에 나눴어요.", action="done"),
    )
    new = OLD.replace("명절에", "설날에")
    found = carry([put, done], "P01", OLD, new, TIME)
    assert found.changed == (put, done)
    assert [(d.action, d.of) for d in found.new] == [("undo", put.id), ("undo", done.id)]
    assert standing([put, done, *found.new]) == ()


def test_a_word_said_often_keeps_its_own_place() -> None:
    new = OLD.replace("질문: 처음에는요?", "질문: 처음은요, 네?")
    found = carry([on("네.", 1), on("네.", 2)], "P01", OLD, new, TIME)
    assert [new[: d.start].count("\n") for d in found.new] == [3, 5]


def test_a_short_word_does_not_jump_elsewhere() -> None:
    new = OLD.replace("답변: 반찬을 만들어서 팔았어요. 네.", "답변: 반찬을 팔았어요.")
    put = on("네.", 0)
    assert carry([put], "P01", OLD, new, TIME).changed == (put,)


def test_a_turn_put_elsewhere_takes_its_decisions_along() -> None:
    line = "답변: 네. 통장에 돈을 모았다가 명절에 나눴어요.\n"
    new = line + OLD.replace(line, "")
    assert stand([on("통장에 돈을 모았다가 명절에")], new) == [
        ("통장에 돈을 모았다가 명절에", "put")
    ]


def test_other_interviews_and_what_was_taken_back_are_left_alone() -> None:
    put = on("반찬을")
    other = replace(put, id="f" * 32, interview="P02")
    undo = replace(put, id="e" * 32, action="undo", of=put.id, time=TIME)
    found = carry([put, other, undo], "P01", OLD, "질문: 다른 글\n", TIME)
    assert (found.stays, found.new, found.changed) == ((), (), ())


def test_a_note_on_the_whole_interview_stays() -> None:
    note = Decision("a" * 32, "가", TIME, "note", "P01", text="다시 만나기로")
    assert carry([note], "P01", OLD, "질문: 다른 글\n", TIME).stays == (note,)


def test_a_quote_that_never_stood_there_is_looked_at_again() -> None:
    put = replace(on("반찬을"), quote="도배를")
    assert carry([put], "P01", OLD, OLD, TIME).changed == (put,)


def test_carried_twice_the_same_comes_out() -> None:
    puts = [on("반찬을 만들어서"), on("명절에 나눴어요"), on("네.", 1)]
    new = "질문: 앞에 더함\n" + OLD.replace("명절에", "설날에")
    once = carry(puts, "P01", OLD, new, TIME)
    assert len(once.new) == 3
    later = "2026-03-09T00:00:00.000000Z"
    assert carry([*puts, *once.new], "P01", OLD, new, later) == once


def test_what_was_decided_on_the_new_text_stays() -> None:
    new = "질문: 앞에 더함\n" + OLD
    start = new.index("명절에")
    put = replace(on("명절에"), start=start, end=start + 3)
    assert carry([put], "P01", OLD, new, TIME).stays == (put,)


LINES = st.lists(
    st.sampled_from(["네.", "네. 네.", "돈을 모았어요", "", "다 좋았어요 네"]), max_size=8
)


@settings(max_examples=300, deadline=None)
@given(LINES, LINES, st.data())
def test_nothing_is_lost_and_words_stay_the_same(
    before: list[str], after: list[str], data: st.DataObject
) -> None:
    old, new = "\n".join(before) + "끝", "\n".join(after)
    start = data.draw(st.integers(0, len(old) - 1))
    end = data.draw(st.integers(start + 1, len(old)))
    put = Decision("a" * 32, "가", TIME, "put", "P01", start, end, "돈", quote=old[start:end])
    found = carry([put], "P01", old, new, "2026-03-03T00:00:00.000000Z")
    stood = standing([put, *found.new])
    assert len(stood) + len(found.changed) == 1
    for decision in stood:
        assert new[decision.start : decision.end] == old[start:end]


@settings(max_examples=100, deadline=None)
@given(LINES, LINES, st.integers(0, 5), st.integers(1, 9))
def test_what_is_added_before_and_after_moves_everything(
    before: list[str], after: list[str], start: int, length: int
) -> None:
    middle = "통장에 돈을 모았다가 명절에 나눴어요"
    shift = len("".join(f"{line}\n" for line in before))
    new = "".join(f"{line}\n" for line in before) + middle + "".join(f"\n{line}" for line in after)
    quote = middle[start : start + length]
    put = Decision("a" * 32, "가", TIME, "put", "P01", start, start + len(quote), "돈", quote=quote)
    found = carry([put], "P01", middle, new, "2026-03-03T00:00:00.000000Z")
    assert found.changed == ()
    (stood,) = standing([put, *found.new])
    assert stood.start == shift + start
