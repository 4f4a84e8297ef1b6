from __future__ import annotations

import dataclasses

from pipeline.records import Analysis, Coding, Interview, Keyword, Segment
from pipeline.views.lookups import segment_texts
from pipeline.views.report_parts import (
    about,
    code_parts,
    coded_share,
    keyword_parts,
    mostly_one,
    topic_parts,
)


def by_id(analysis: Analysis) -> dict[str, Segment]:
    return {segment.id: segment for segment in analysis.segments}


def test_a_topic_with_its_words_codes_and_passages(analysis: Analysis) -> None:
    first, second = topic_parts(analysis, by_id(analysis), segment_texts(analysis))
    assert (first.bar, second.bar) == (1.0, 0.5)
    assert first.terms == (("도배", 0.5, 1.0), ("배우다", 0.3, 0.6), ("조합", 0.2, 0.4))
    assert [(match.code, bar) for match, bar in first.codes] == [
        ("전문성 향상", 1.0), ("=협동조합/설립", 0.0),
    ]  # fmt: skip
    assert [passage.segment for passage in first.passages] == ["P01:002.2", "P01:002.1"]


def test_verbs_and_adjectives_stand_apart(analysis: Analysis) -> None:
    (part,) = keyword_parts(analysis.keywords, "ko")
    assert [row[0] for row in part.nouns[0].rows] == ["집수리"]
    assert [row[0] for row in part.verbs[0].rows] == ["배우다"]
    assert part.verbs[0].rows[0][2] == 1.0


def test_what_one_person_mostly_says_is_marked() -> None:
    def keyword(share: float | None, spread: float | None) -> Keyword:
        return Keyword("tfidf", "전체", "말", "NNG", 1.0, 3, 1,
                       dispersion=spread, largest_share=share)  # fmt: skip

    assert mostly_one(keyword(0.6, 0.7))
    assert not mostly_one(keyword(0.5, 0.7))  # half is not most
    assert not mostly_one(keyword(0.6, 0.2))  # who talks most says most of everything
    assert not mostly_one(keyword(1.0, None))  # in a group of one interview all is one's
    assert not mostly_one(keyword(None, None))


def test_only_so_many_groups_are_shown() -> None:
    keywords = [Keyword("tfidf", f"집단{n:02d}", "말", "NNG", 1.0, 1, 1) for n in range(40)]
    (part,) = keyword_parts(keywords, "ko")
    assert (part.n_groups, part.n_shown, len(part.nouns)) == (40, 12, 12)
    assert part.verbs == ()


def test_codes_count_their_own_codings_and_those_below(analysis: Analysis) -> None:
    parts = code_parts(analysis)
    assert [(p.code.depth, p.usage.n_codings, p.below) for p in parts] == [
        (0, 0, 4), (1, 0, 4), (2, 3, 3), (2, 1, 1),
    ]  # fmt: skip
    assert [part.bar for part in parts] == [0.0, 0.0, 1.0, 0.3333]


def test_coded_segments_are_those_not_named_uncoded(analysis: Analysis) -> None:
    assert coded_share(analysis) == {"P01": (2, 2), "P02": (1, 0)}


def test_about_an_interview() -> None:
    fields = {"role": "참여자", "empty": "", "district": "A구"}
    assert about(Interview("P", "", (), "P.txt", fields)) == "참여자 · A구"
    assert len(about(Interview("P", "", (), "P.txt", {"note": "가" * 500}))) == 80


def test_codings_of_unknown_codes_do_no_harm(analysis: Analysis) -> None:
    stray = dataclasses.replace(analysis, codings=(Coding("P01", 0, 5, "없는 코드", "A"),))
    assert {part.below for part in code_parts(stray)} == {0}
