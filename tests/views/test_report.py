from __future__ import annotations

import dataclasses
import re
from html.parser import HTMLParser
from itertools import pairwise

import numpy as np
import pytest
from tiny_analysis import make_analysis, make_empty, make_taught, retold

from pipeline.records import (
    Analysis,
    Gap,
    Interview,
    Keyword,
    Match,
    Segment,
    SegmentSuggestions,
    Suggestion,
    Threshold,
    Thresholds,
    Topic,
    TopicModel,
    Turn,
    Uncovered,
)
from pipeline.views.report import percent, to_html

_VOID = {"meta", "link"}


class Page(HTMLParser):
    """Reads a page strictly: elements must close in order; text is kept by element."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.marks: list[str] = []
        self._open: list[str] = []
        self.feed(html)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag == "mark":
            self.marks.append("")
        if tag not in _VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self._open and self._open[-1] == "mark":
            self.marks[-1] += data
        if "style" not in self._open:
            self.text += data


def test_the_parts_come_in_a_researcher_s_order(analysis: Analysis) -> None:
    page = Page(to_html(analysis))
    order = ["주민기술학교", "가명처리 미확인", "차례", "한눈에", "전형적인 대목", "대응 점수",
             "동사·형용사", "코더별 코딩", "제안은 코딩이 아닙니다", "첫 문장이다. 둘째다.",
             "P03.txt:2: 빈 파일입니다.", "tables/topics.csv"]  # fmt: skip
    places = [page.text.index(phrase) for phrase in order]
    assert places[2:] == sorted(places[2:])
    assert "코드의 정의에 있는 말" in page.text
    assert "도배를 배웠죠. 조합도 만들었어요." in page.text
    assert "답변 · P01:002.2" in page.text


def test_key_figures(analysis: Analysis) -> None:
    figures = re.findall(r"<dt>([^<]+)</dt><dd>([^<]+)</dd></div>", to_html(analysis))
    assert figures == [
        ("면담", "2"), ("참여자 발화", "2"), ("분석 단위", "3"), ("코딩된 단위", "2"),
        ("남은 단위", "1"), ("코드", "4"), ("토픽", "2"),
    ]  # fmt: skip


def test_evidence_is_highlighted_and_overlaps_are_one_mark(analysis: Analysis) -> None:
    assert Page(to_html(analysis)).marks == ["강사가", "구청", "강사", "사가", "구청"]


def test_each_topic_is_shown_with_its_nearest_code(analysis: Analysis) -> None:
    cells = re.findall(r'<td class="nearest">([^<]*)(<b>)?', to_html(analysis))
    assert cells == [("전문성 향상 ", "<b>"), ("=협동조합/설립 ", "<b>")]
    assert "가장 가까운 코드" not in to_html(make_analysis(codes=(), matches=()))


def test_a_topic_that_most_resamples_miss_is_called_unstable(analysis: Analysis) -> None:
    assert "재현율 75.0%" in Page(to_html(analysis)).text
    assert "불안정" not in Page(to_html(analysis)).text
    lost = dataclasses.replace(analysis.model.topics[0], recurrence=0.4)
    model = dataclasses.replace(analysis.model, topics=(lost, analysis.model.topics[1]))
    assert "재현율 40.0% · 불안정" in Page(to_html(dataclasses.replace(analysis, model=model))).text


def test_a_very_long_answer_is_folded_and_says_what_is_left_out() -> None:
    html = to_html(retold(make_analysis(), "가" * 40_000))
    assert "뒤의 38,500자를 줄였습니다" in html
    said = re.findall(r'<blockquote class="said">.*?</blockquote>', html, re.DOTALL)
    assert said and max(map(len, said)) < 3_000


def test_only_significant_cells_are_marked(analysis: Analysis) -> None:
    html = to_html(analysis)
    heat = html[html.index('class="heat"') :]
    cells = re.findall(r'<td class="h(\d)">([^<]+)(<b>)?', heat[: heat.index("</table>")])
    assert cells == [("6", "2.50", "<b>"), ("0", "−1.25", ""), ("0", "0", ""), ("1", ".04", "<b>")]


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        '"><img src=x onerror=alert(1)>',
        "' onmouseover='alert(1)",
        "</style></title><b>",
        "{{ 7 * 7 }}{% raw %}",
        "=cmd|' /C calc'!A0",
        "&lt;b&gt;",
        "</textarea><!--",
        "javascript:alert(1)",
    ],
)
def test_text_stays_text(text: str) -> None:
    page, plain = (
        Page(to_html(retold(make_analysis(), text))),
        Page(to_html(retold(make_analysis(), "말"))),
    )
    # The same elements with the same attributes as with harmless text, but for where it stands.
    assert [tag for tag, _ in page.tags] == [tag for tag, _ in plain.tags]
    assert [sorted(a) for _, a in page.tags] == [sorted(a) for _, a in plain.tags]
    assert page.text.count(text) == plain.text.count("말") - Page(
        to_html(retold(make_analysis(), ""))
    ).text.count("말")


def test_controls_and_reversed_text_are_shown() -> None:
    html = to_html(retold(make_analysis(), "가\x00나\u202e다\ud800"))
    assert not re.search("[\x00\u202e\ud800]", html)
    assert "가\ufffd나\ufffd다\ufffd" in html
    html.encode("utf-8")


def test_nothing_is_loaded_and_nothing_runs(analysis: Analysis) -> None:
    page = Page(to_html(analysis))
    names = {tag for tag, _ in page.tags}
    assert not names & {"script", "img", "iframe", "object", "embed", "form", "base"}
    policy = [
        a for tag, a in page.tags if tag == "meta" and "content-security-policy" in str(a).lower()
    ]
    assert policy[0]["content"] == "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
    links = [str(a["href"]) for tag, a in page.tags if "href" in a]
    assert links and not [link for link in links if re.match(r"[a-z]+:(?!,)|//", link)]
    assert not re.search(r"url\(|@import", to_html(analysis))


def test_a_study_s_name_cannot_become_a_link_elsewhere() -> None:
    html = to_html(make_analysis(study="javascript:alert(1)//"))
    assert 'href="javascript%3Aalert%281%29//.xlsx"' in html


def test_links_within_the_page_arrive(analysis: Analysis) -> None:
    page = Page(to_html(analysis))
    ids = [attrs["id"] for _, attrs in page.tags if "id" in attrs]
    assert len(ids) == len(set(ids))
    for _, attrs in page.tags:
        href = attrs.get("href") or ""
        assert not href.startswith("#") or href[1:] in ids
        label = attrs.get("aria-labelledby")
        assert label is None or label in ids


def test_tables_have_captions_and_scopes_and_headings_do_not_skip(analysis: Analysis) -> None:
    page = Page(to_html(analysis))
    tags = [tag for tag, _ in page.tags]
    assert tags.count("table") == tags.count("caption") > 8
    assert all("scope" in attrs for tag, attrs in page.tags if tag == "th")
    levels = [int(tag[1]) for tag in tags if re.fullmatch(r"h\d", tag)]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(b <= a + 1 for a, b in pairwise(levels))


def test_english(analysis: Analysis) -> None:
    html = to_html(dataclasses.replace(analysis, lang="en"))
    assert '<html lang="en">' in html
    assert "At a glance" in html and "한눈에" not in html
    assert "The first. Second." in html


def test_nothing_found(empty: Analysis) -> None:
    text = Page(to_html(empty)).text
    for phrase in ("찾은 토픽이 없습니다", "코드북이 없어", "찾은 키워드가 없습니다", "코드북이 없습니다",
                   "아직 코딩이 없습니다", "제안할 단위가 없습니다", "적힌 방법이 없습니다",
                   "문제가 없습니다"):  # fmt: skip
        assert phrase in text


def test_a_codebook_without_codings_or_matches() -> None:
    text = Page(to_html(make_analysis(codings=(), matches=()))).text
    assert "견준 결과가 없습니다" in text and "아직 코딩이 없습니다" in text


def test_says_what_scores_mean() -> None:
    assert "점수는 확률의 어림입니다" in to_html(make_analysis())
    assert "순위만 뜻합니다" in to_html(make_analysis(score_only_ranks=True))


def test_unknown_methods_are_called_by_their_name() -> None:
    html = to_html(make_analysis(keywords=(Keyword("새 방법", "전체", "말", "NNG", 1.0, 1, 1),)))
    assert "<h3>새 방법</h3>" in html


def test_the_same_analysis_gives_the_same_text() -> None:
    assert to_html(make_analysis()) == to_html(make_analysis())
    assert to_html(make_empty()) == to_html(make_empty())


def make_large() -> Analysis:
    """2,500 interviews of one long answer each, 30 topics, 100 codes, nothing coded."""
    base = make_analysis()
    text = "가나다라마 바사아자차. " * 250
    names = [f"S{n:04d}" for n in range(2500)]
    codes = tuple(
        dataclasses.replace(base.codes[0], name=f"코드 {n}", id=str(n)) for n in range(100)
    )
    topics = tuple(
        Topic(n, f"토픽 {n}", tuple((f"말{i}/NNG", 0.05) for i in range(20)), 1 / 30,
              tuple(names[n - 1 :: 30]))
        for n in range(1, 31)
    )  # fmt: skip
    top = tuple(Suggestion(code.name, 0.5) for code in codes[:5])
    return dataclasses.replace(
        base,
        interviews=tuple(
            Interview(n, text, (Turn(1, "", "participant", 0, len(text)),), n, {"title": text})
            for n in names
        ),
        segments=tuple(Segment(n, n, 1, "", 0, len(text)) for n in names),
        codes=codes,
        codings=(),
        keywords=tuple(
            Keyword("tfidf", f"집단 {g}", f"말{i}", "NNG", 1.0, 1, 1)
            for g in range(40)
            for i in range(30)
        ),
        model=TopicModel(
            topics, np.zeros((0, 0)), np.zeros((0, 0)), (), "nmf", {"ko": "", "en": ""}
        ),
        matches=tuple(
            Match(topic.id, code.name, 0.1, 0.5, rank)
            for topic in topics
            for rank, code in enumerate(codes, 1)
        ),
        uncoded=tuple(names),
        suggestions=tuple(SegmentSuggestions(n, n, False, top) for n in names),
        problems=base.problems * 500,
        gaps=(Gap("uncovered", (1,), ("코드",), 0, 0.5, 1, 0, tuple(names[:4]), 0, 0, 0, 0, ()),)
        * 300,
        uncovered=tuple(Uncovered(("말/NNG",), tuple(names[n::200])) for n in range(100)),
    )


def test_what_coded_segments_add_to_suggestions() -> None:
    text = " ".join(Page(to_html(make_taught())).text.split())
    for said in (
        "단위 1개에서 평균 2.0개입니다. 면담 1편(코딩된 단위 2개)에서 정한 것이라",
        "새 면담이 지금까지의 면담과 같은 데서 왔을 때만",
        "예측 집합(90%): 전문성 향상 · =협동조합/설립",
        "«전문성 향상» 코드가 붙은 대목 가운데 가장 비슷한 것 P01:002.2: 도배를 배웠죠. 조합도 만들었어요.",
        "✓는 점수가 .46 이상이라는 표시입니다. 면담을 하나씩 빼고 배워 코딩된 단위 240개에",
        "목표 정밀도 80%",
        "코딩이 많은 코드 2개는 저마다의 문턱을 씁니다",
        "닿지 않음0 / 35",
        "맞는 코드가 없어 보이는 대목 단위 1개에는 맞는 코드가 없어 보입니다.",
        "강사 · 돕다 단위 1개 · 면담 1편",
        "예시가 늘면 얼마나 나아지나",
    ):
        assert said in text, said
    assert "gyeol evaluate를 다시" not in text


def test_what_is_not_known_is_not_spoken_of(analysis: Analysis) -> None:
    html = to_html(analysis)
    for said in ("예측 집합", "문턱", "목표 정밀도", "<svg", "evaluation.html", "비슷한 것"):
        assert said not in html, said


@pytest.mark.parametrize(
    ("thresholds", "said"),
    [
        (Thresholds(0.9, 0, Threshold(None, None, 0, 0)), "코딩된 단위가 모자라 목표 정밀도 90%"),
        (
            Thresholds(0.9, 30, Threshold(None, None, 90, 0)),
            "어떤 점수도 목표 정밀도 90%에 닿지 않아",
        ),
    ],
)
def test_the_report_says_where_there_is_no_threshold(thresholds: Thresholds, said: str) -> None:
    assert said in to_html(dataclasses.replace(make_analysis(), thresholds=thresholds))


def test_an_evaluation_out_of_date_says_so() -> None:
    taught = make_taught()
    assert taught.measured is not None
    old = dataclasses.replace(taught.measured, outdated=True)
    assert "gyeol evaluate를 다시" in to_html(dataclasses.replace(taught, measured=old))
    assert "Run gyeol evaluate again" in to_html(
        dataclasses.replace(taught, measured=old, lang="en")
    )


def test_a_very_large_study_still_gives_a_page_one_can_open() -> None:
    html = to_html(make_large())
    assert len(html.encode()) < 3_000_000
    for said in (
        "2,500개 가운데 60개를 보입니다",
        "코드 100개 가운데 대응 점수가 높은 60개",
        "집단 40개 가운데 12개",
        "면담 2,500편 가운데 점수가 높은 20편",
        "이 밖에 450건이 더 있습니다",
        "100개 가운데 8개를 보입니다",
        "자를 줄였습니다",
    ):
        assert said in html, said


def test_percent() -> None:
    assert [percent(x) for x in (0, 1 / 3, 1)] == ["0.0%", "33.3%", "100.0%"]
