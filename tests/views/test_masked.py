"""What leaves the private part is masked, and every span still points at what it meant."""

from __future__ import annotations

import unicodedata
from dataclasses import replace

from pipeline.errors import Problem
from pipeline.records import (
    Analysis,
    Coding,
    Evidence,
    Gap,
    Interview,
    Keyword,
    Mask,
    Segment,
    SegmentSuggestions,
    Suggestion,
    Topic,
    TopicModel,
    Turn,
    Uncovered,
)
from pipeline.views.masked import (
    Stretch,
    mask_analysis,
    mask_stretches,
    masked_line,
    masked_problems,
)

TEXT = "김철수: 저는 김철수이고 번호는 010-0000-0000이에요."
MASKS = {
    "P01": (
        Mask(0, 3, "이름01"),
        Mask(8, 11, "이름01"),
        Mask(18, 31, "[전화번호]"),
    )
}
KEY = {"김철수": "이름01", "김": "이름02"}


def analysis() -> Analysis:
    turn = Turn(1, "김철수", "participant", 5, len(TEXT))
    evidence = (Evidence("번호", 14, 16, "왜"), Evidence("김철수이고", 8, 13, "왜"))
    return Analysis(
        study="s", title="t", lang="ko", levels=("코드",),
        interviews=(Interview("P01", TEXT, (turn,), "김철수.txt", {"role": "김철수 팀장"}),),
        segments=(Segment("P01:001", "P01", 1, "김철수", 5, len(TEXT), {"메모": "김철수"}),),
        codes=(),
        codings=(Coding("P01", 14, 16, "코드", "가", note="김철수 말"),),
        keywords=(),
        model=TopicModel((), None, None, (), "nmf", {}),  # pyright: ignore[reportArgumentType]
        matches=(), uncoded=(),
        suggestions=(SegmentSuggestions("P01:001", "P01", True, (Suggestion("코드", 0.5, evidence),)),),
        score_only_ranks=True, methods=(),
        problems=(Problem("화자 «김철수»", "speaker «김철수»"),),
    )  # fmt: skip


def test_no_name_and_no_number_survives_anywhere() -> None:
    masked = repr(mask_analysis(analysis(), MASKS, KEY))
    assert "김철수" not in masked
    assert "0000" not in masked


def test_spans_point_at_the_masked_words() -> None:
    masked = mask_analysis(analysis(), MASKS, KEY)
    text = masked.interviews[0].text
    assert text == "이름01: 저는 이름01이고 번호는 [전화번호]이에요."
    segment, coding = masked.segments[0], masked.codings[0]
    assert text[segment.start : segment.end] == "저는 이름01이고 번호는 [전화번호]이에요."
    assert text[coding.start : coding.end] == "번호"
    evidence = masked.suggestions[0].suggestions[0].evidence
    assert [e.text for e in evidence] == ["번호", "이름01이고"]
    assert all(text[e.start : e.end] == e.text for e in evidence)


def test_labels_metadata_and_notes_get_the_pseudonym() -> None:
    masked = mask_analysis(analysis(), MASKS, KEY)
    assert masked.segments[0].speaker == "이름01"
    assert masked.interviews[0].fields == {"role": "이름01 팀장"}
    assert masked.codings[0].note == "이름01 말"


def test_ids_that_hold_a_name_get_the_one_shown_everywhere() -> None:
    named = analysis()
    topic = Topic(1, "말", (), 1.0, ("김철수:001", "철수:001"))
    named = replace(
        named,
        interviews=tuple(replace(i, id="김철수") for i in named.interviews),
        segments=tuple(
            replace(s, id=name, interview="김철수")
            for s in named.segments
            for name in ("김철수:001", "철수:001")
        ),
        codings=tuple(replace(c, interview="김철수") for c in named.codings),
        keywords=(
            Keyword(
                "tfidf",
                "김철수",
                "말",
                "NNG",
                1.0,
                1,
                1,
                speaker="김철수 참여자",
                segments=("철수:001",),
            ),
        ),
        model=replace(named.model, topics=(topic,)),
        uncoded=("철수:001",),
        suggestions=tuple(
            replace(
                s,
                segment="김철수:001",
                interview="김철수",
                suggestions=(replace(s.suggestions[0], like="철수:001"),),
            )
            for s in named.suggestions
        ),
        uncovered=(Uncovered(("말/NNG",), ("철수:001", "김철수:001")),),
        gaps=(Gap("split", (1,), ("말",), 1, 1, 1, 1, ("철수:001",), 1, 0, 1, 1, ("김철수",)),),
        problems=(Problem("말", "words", "interviews/김철수.txt"),),
    )
    masked = mask_analysis(named, {"김철수": MASKS["P01"]}, KEY | {"철수": "이름01"})
    assert "철수" not in repr(masked)
    assert [s.id for s in masked.segments] == ["이름01:001", "이름01:001-2"]
    assert masked.model.topics[0].segments == ("이름01:001", "이름01:001-2")
    assert masked.uncoded == ("이름01:001-2",)
    assert masked.suggestions[0].segment == "이름01:001"
    assert masked.suggestions[0].suggestions[0].like == "이름01:001-2"
    assert masked.uncovered[0].segments == ("이름01:001-2", "이름01:001")
    assert (masked.gaps[0].segments, masked.gaps[0].hangs_on) == (("이름01:001-2",), ("이름01",))
    assert masked.keywords[0].segments == ("이름01:001-2",)
    assert masked.keywords[0].speaker == "이름01 참여자"
    assert masked.keywords[0].group == masked.codings[0].interview == "이름01"
    assert masked.interviews[0].id == masked.segments[0].interview == "이름01"
    assert masked.problems[0].path == "interviews/이름01.txt"


def test_a_file_named_in_pieces_is_told_too() -> None:
    assert masked_line(unicodedata.normalize("NFD", "김철수.txt"), KEY) == "이름01.txt"


def test_without_masks_nothing_changes() -> None:
    assert mask_analysis(analysis(), {}, {}) == analysis()


def test_a_lone_surname_is_not_replaced_inside_other_words() -> None:
    problem = Problem("김장을 했다", "kimchi")
    assert masked_problems([problem], {"김": "이름02"}) == (problem,)


def test_what_is_quoted_is_masked_with_its_marks() -> None:
    raw = analysis()
    segment = raw.segments[0]
    at = raw.interviews[0].text.index("번호")
    stretch = Stretch(0, segment.start, segment.end, ((at, at + 2), (segment.start, at)))
    (quote,) = mask_stretches(raw.interviews, raw.segments, [stretch], MASKS, KEY)
    assert quote.text == "저는 이름01이고 번호는 [전화번호]이에요."
    assert [quote.text[a:b] for a, b in quote.marked] == ["저는 이름01이고 번호"]
    assert quote.speaker == "이름01"
    assert "김철수" not in repr(quote)


def test_a_quote_that_begins_inside_a_name_shows_nothing_of_it() -> None:
    raw = analysis()
    inside = raw.interviews[0].text.index("철수이고")
    stretch = Stretch(0, inside, inside + 4)
    (quote,) = mask_stretches(raw.interviews, raw.segments, [stretch], MASKS, KEY)
    assert quote.text == "이름01이고"
