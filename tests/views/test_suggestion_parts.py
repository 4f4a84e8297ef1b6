from __future__ import annotations

import dataclasses

import pytest
from tiny_analysis import make_analysis

from pipeline.records import (
    Analysis,
    Interview,
    Measured,
    Segment,
    SegmentSuggestions,
    Suggestion,
    Uncovered,
)
from pipeline.views.lookups import segment_texts
from pipeline.views.suggestion_parts import (
    likely_sets,
    measured_part,
    shortened,
    suggestion_parts,
    uncovered_parts,
)

MEASURED = Measured(
    {0: {"gyeol": (0.4, 0.3, 0.5)}, 3: {"gyeol": (0.6, None, None), "linear": (0.2, 0.1, 0.3)}},
    123, 7, 171, 52, rounds=1, split="interview", synthetic=False, outdated=False,
)  # fmt: skip


def by_id(analysis: Analysis) -> dict[str, Segment]:
    return {segment.id: segment for segment in analysis.segments}


def scored(segment: Segment, score: float) -> SegmentSuggestions:
    suggestion = Suggestion("전문성 향상", score)
    return SegmentSuggestions(segment.id, segment.interview, True, (suggestion,))


def many_interviews(n: int, each: int) -> Analysis:
    """Return ``n`` interviews of ``each`` uncoded answers, later ones scored higher."""
    interviews = tuple(Interview(f"Q{i:03d}", "가" * each, (), "q.txt") for i in range(n))
    segments = tuple(
        Segment(f"{i.id}:{at}", i.id, at, "", at, at + 1) for i in interviews for at in range(each)
    )
    return dataclasses.replace(
        make_analysis(),
        interviews=interviews,
        segments=segments,
        codings=(),
        uncoded=tuple(s.id for s in segments),
        suggestions=tuple(scored(s, at / len(segments)) for at, s in enumerate(segments)),
        uncovered=(),
    )


def test_evidence_is_marked_in_the_segment(analysis: Analysis) -> None:
    ((part,), n_interviews) = suggestion_parts(analysis, by_id(analysis), segment_texts(analysis))
    assert (part.interview.id, part.n_segments, part.n_fits, n_interviews) == ("P02", 1, 0, 1)
    pieces = part.passages[0].passage.head
    assert [(p.text, p.mark) for p in pieces if p.mark] == [("강사가", "strong"), ("구청", "weak")]


def test_interviews_nobody_coded_stand_for_all_if_there_are_such(analysis: Analysis) -> None:
    partly = SegmentSuggestions("P01:002.1", "P01", True)
    more = dataclasses.replace(analysis, suggestions=(partly, *analysis.suggestions))
    shown, n_interviews = suggestion_parts(more, by_id(more), segment_texts(more))
    assert ([part.interview.id for part in shown], n_interviews) == (["P02"], 2)
    only = dataclasses.replace(analysis, suggestions=(partly,))
    shown, _ = suggestion_parts(only, by_id(only), segment_texts(only))
    assert [part.interview.id for part in shown] == ["P01"]


def test_of_each_interview_the_best_are_shown_first_and_what_fits_before_what_does_not() -> None:
    analysis = many_interviews(1, 40)
    (part,), _ = suggestion_parts(analysis, by_id(analysis), segment_texts(analysis))
    assert [item.passage.segment for item in part.passages] == [
        f"Q000:{at}" for at in range(39, 27, -1)
    ]
    unfit = dataclasses.replace(analysis.suggestions[-1], fits=False)
    analysis = dataclasses.replace(analysis, suggestions=(*analysis.suggestions[:-1], unfit))
    (part,), _ = suggestion_parts(analysis, by_id(analysis), segment_texts(analysis))
    assert part.passages[0].passage.segment == "Q000:38"


@pytest.mark.parametrize(("n", "interviews", "each"), [(3, 3, 12), (10, 10, 6), (200, 20, 3)])
def test_a_large_corpus_gives_few_passages_of_many_interviews(
    n: int, interviews: int, each: int
) -> None:
    analysis = many_interviews(n, 15)
    parts, n_interviews = suggestion_parts(analysis, by_id(analysis), segment_texts(analysis))
    assert ([len(part.passages) for part in parts], n_interviews) == ([each] * interviews, n)
    # Those with the best passages, in the order of the corpus.
    assert [part.interview.id for part in parts] == [
        f"Q{number:03d}" for number in range(n - interviews, n)
    ]


def test_the_most_similar_coded_passage_stands_beside(analysis: Analysis) -> None:
    (found,) = analysis.suggestions
    first = dataclasses.replace(found.suggestions[0], like="P01:002.2")
    found = dataclasses.replace(found, suggestions=(first, *found.suggestions[1:]))
    alike = dataclasses.replace(analysis, suggestions=(found,))
    ((part,), _) = suggestion_parts(alike, by_id(alike), segment_texts(alike))
    like = part.passages[0].like
    assert like is not None
    assert (like.segment, like.text) == ("P01:002.2", "도배를 배웠죠. 조합도 만들었어요.")


def test_a_long_passage_is_shortened_at_a_word() -> None:
    assert shortened("가나 다라\n마바") == "가나 다라 마바"
    cut = shortened("가나다 " * 60)
    assert len(cut) <= 111 and cut.endswith("가나다…")
    assert len(shortened("가" * 500)) == 111


def test_likely_sets_say_what_they_rest_on(analysis: Analysis) -> None:
    assert likely_sets(analysis) is None
    (found,) = analysis.suggestions
    sets = tuple(
        dataclasses.replace(found, likely=likely)
        for likely in (("전문성 향상", "=협동조합/설립"), ("전문성 향상",), ())
    )
    said = likely_sets(dataclasses.replace(analysis, suggestions=sets))
    assert said is not None
    assert (said.mean_size, said.n_sets, said.n_interviews, said.n_segments) == (1.0, 3, 1, 2)


def test_a_large_set_is_cut_and_counted(analysis: Analysis) -> None:
    (found,) = analysis.suggestions
    likely = tuple(f"코드{n}" for n in range(40))
    many = dataclasses.replace(analysis, suggestions=(dataclasses.replace(found, likely=likely),))
    ((part,), _) = suggestion_parts(many, by_id(many), segment_texts(many))
    assert (part.passages[0].likely, part.passages[0].n_likely) == (likely[:6], 40)


def test_groups_that_no_code_covers(analysis: Analysis) -> None:
    group = Uncovered(("강사/NNG", "돕/VV"), ("P02:001", "P01:002.1", "P01:002.2"))
    more = dataclasses.replace(analysis, uncovered=(group,) * 30)
    parts = uncovered_parts(more, by_id(more), segment_texts(more))
    assert len(parts) == 8
    assert (parts[0].terms, parts[0].n_segments, parts[0].n_interviews) == (("강사", "돕다"), 3, 2)
    assert [passage.segment for passage in parts[0].passages] == ["P02:001", "P01:002.1"]


def test_the_learning_curve_of_an_evaluation() -> None:
    assert measured_part(None, "ko") is None
    part = measured_part(MEASURED, "ko")
    assert part is not None
    assert [(c.method, len(c.points)) for c in part.curve.curves] == [("gyeol", 2), ("linear", 1)]
    assert "123개(면담 7편, 코딩 171개" in part.rests_on
    assert part.notices == ()


def test_what_must_be_read_before_the_curve() -> None:
    told = dataclasses.replace(MEASURED, split="random", synthetic=True, outdated=True)
    part = measured_part(told, "ko")
    assert part is not None
    assert len(part.notices) == 3
    assert "gyeol evaluate를 다시" in part.notices[0]
    assert "합성" in part.notices[1]
