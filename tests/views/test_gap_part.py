from __future__ import annotations

import dataclasses

from tiny_analysis import make_analysis, make_empty

from pipeline.records import Analysis, Code, Gap, Match
from pipeline.views.gap_part import GapReport, gap_report, meetings, relations
from pipeline.views.lookups import segment_texts
from pipeline.views.report import to_html


def report_of(analysis: Analysis) -> GapReport:
    segments = {segment.id: segment for segment in analysis.segments}
    return gap_report(analysis, segments, segment_texts(analysis))


def tied(*pairs: tuple[int, str], q_value: float = 1.0) -> tuple[Match, ...]:
    every = [(topic, code) for topic in (1, 2) for code in ("전문성 향상", "=협동조합/설립")]
    return tuple(
        Match(t, c, 1.0 if (t, c) in pairs else 0.0, 0.001 if (t, c) in pairs else 0.5, 1, q_value)
        for t, c in every
    )


def test_relations_are_of_pairs_that_are_tied() -> None:
    skill, union = "전문성 향상", "=협동조합/설립"
    assert relations(tied((1, skill), (2, union))) == {(1, skill): "1:1", (2, union): "1:1"}
    assert relations(tied((1, skill), (1, union))) == {(1, skill): "1:n", (1, union): "1:n"}
    assert relations(tied((1, skill), (2, skill))) == {(1, skill): "n:1", (2, skill): "n:1"}
    assert relations(tied((1, skill), (1, union), (2, skill))) == {
        (1, skill): "n:n", (1, union): "1:n", (2, skill): "n:1",
    }  # fmt: skip
    assert relations(tied()) == {}


def test_meetings_show_every_shape_and_what_meets_nothing() -> None:
    one = meetings(make_analysis(matches=tied((1, "전문성 향상"), q_value=0.05)))
    assert [(m.name, m.others) for m in one.one_to_one] == [
        ("1 도배·배우다·조합", (("전문성 향상", True),))
    ]
    assert one.no_code == ("2 강사·구청",)
    assert one.no_topic == ("=협동조합/설립",)
    many = meetings(make_analysis(matches=tied((1, "전문성 향상"), (1, "=협동조합/설립"))))
    assert many.one_to_one == many.many_to_one == ()
    assert many.one_to_many[0].others == (("=협동조합/설립", False), ("전문성 향상", False))
    several = meetings(make_analysis(matches=tied((1, "전문성 향상"), (2, "전문성 향상"))))
    assert several.many_to_one[0].name == "전문성 향상"
    assert several.one_to_one == several.no_code == ()


def test_of_many_that_meet_nothing_the_first_are_named() -> None:
    codes = tuple(Code(f"코드{n:03d}", str(n)) for n in range(100))
    matches = tuple(Match(1, code.name, 0.0, 0.5, 1) for code in codes)
    found = meetings(make_analysis(codes=codes, matches=matches))
    assert len(found.no_topic) == 61
    assert found.no_topic[-1] == "외 40개"


def test_findings_are_told_with_figures_and_what_they_hang_on(analysis: Analysis) -> None:
    report = report_of(analysis)
    assert [(part.kind, part.n_found) for part in report.kinds] == [
        ("uncovered", 1), ("unsupported", 1),
    ]  # fmt: skip
    topic, code = report.kinds[0].found[0], report.kinds[1].found[0]
    assert topic.title == "2 강사·구청"
    assert "새 코드의 후보" in topic.said
    assert topic.stands == "면담 2편을 하나씩 빼도 그대로입니다(점수 .01에서 .05)."
    assert topic.passages[0].segment == "P02:001"
    assert code.figures == "대응 점수 .04, p = .050. 이 코드가 붙은 단위 1개."
    assert code.stands.endswith("빼면 달라지는 면담: P02")
    assert "1번 그대로" in code.stands
    # One topic was measured and recurs in three of four, the other not at all.
    assert report.basis.startswith("재현율이 90% 이상인 토픽 1개만")


def test_which_topics_count_as_support_is_said() -> None:
    model = make_analysis().model
    bases = {
        shares: report_of(
            make_analysis(
                model=dataclasses.replace(
                    model,
                    topics=tuple(
                        dataclasses.replace(topic, recurrence=share)
                        for topic, share in zip(model.topics, shares, strict=True)
                    ),
                )
            )
        ).basis
        for shares in ((None, None), (0.95, 0.2), (0.5, 0.25))
    }
    assert bases[None, None].startswith("토픽의 재현율을 재지 않았으므로")
    assert bases[0.95, 0.2].startswith("재현율이 90% 이상인 토픽 1개만")
    assert bases[0.5, 0.25].startswith("재현율이 90% 이상인 토픽이 하나도 없어(가장 높은 것이 50%)")


def test_a_single_interview_is_said() -> None:
    gap = dataclasses.replace(make_analysis().gaps[0], n_left_out=0, n_standing=0, hangs_on=())
    report = report_of(make_analysis(gaps=(gap,)))
    assert report.kinds[0].found[0].stands.startswith("면담이 한 편이라 빼 보지 못했습니다.")


def test_many_findings_and_interviews_are_limited_and_counted() -> None:
    gap = make_analysis().gaps[0]
    gap = dataclasses.replace(gap, hangs_on=tuple(f"P{n:02d}" for n in range(20)))
    (part,) = report_of(make_analysis(gaps=(gap,) * 30)).kinds
    assert (len(part.found), part.n_found) == (12, 30)
    assert "P07 외 12편" in part.found[0].stands
    assert "P08" not in part.found[0].stands
    assert "30건 가운데 12건" in to_html(make_analysis(gaps=(gap,) * 30))


def test_what_hangs_on_no_interview_comes_first() -> None:
    shaky, firm = make_analysis().gaps[0], dataclasses.replace(make_analysis().gaps[0])
    firm = dataclasses.replace(firm, codes=("전문성 향상",), n_standing=2, hangs_on=())
    (part,) = report_of(make_analysis(gaps=(shaky, firm, firm))).kinds
    assert [gap.title for gap in part.found] == ["전문성 향상", "전문성 향상", "=협동조합/설립"]


def test_each_kind_has_its_words() -> None:
    last = (0.5, 0.5, 1, 1, (), 1, 1, 0.0, 1.0, ())
    gaps = (
        Gap("unsupported", (2,), ("전문성 향상",), *last),
        Gap("unread", (), ("전문성 향상",), *last),
        Gap("shared", (1,), ("전문성 향상", "=협동조합/설립"), *last),
        Gap("split", (1, 2), ("전문성 향상",), *last),
    )
    said = {part.kind: part.found[0] for part in report_of(make_analysis(gaps=gaps)).kinds}
    assert "견줄 말도 코딩도 없어" in said["unread"].said
    assert (said["unread"].figures, said["unread"].stands) == ("", "")
    assert "«전문성 향상», «=협동조합/설립» 코드가 함께" in said["shared"].said
    assert "«1 도배·배우다·조합», «2 강사·구청»" in said["split"].said
    english = report_of(make_analysis(gaps=gaps, lang="en"))
    assert "could not be compared" in english.kinds[1].title


def test_the_report_shows_gaps_and_says_where_there_are_none() -> None:
    html = to_html(make_analysis())
    assert "받쳐 주는 토픽이 없는 코드" in html
    assert "강사가 좋았어요" in html
    assert "살펴볼 빈틈이 없습니다." in to_html(make_analysis(gaps=()))
    assert "코드북이 없어 견주지 않았습니다" in to_html(make_empty())
