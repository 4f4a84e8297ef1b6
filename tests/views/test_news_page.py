"""The page on a pass: what it says of each part, in both languages, whatever is in the texts."""

from __future__ import annotations

import json
from dataclasses import replace

from pipeline.errors import Problem
from pipeline.verdicts.saturation import bands, new_codes, saturation
from pipeline.views.news_page import (
    CarriedDecisions,
    KiwiUpgrade,
    MadeCodes,
    NewInterview,
    News,
    NewSegment,
    NewTerm,
    NewTopic,
    Refused,
    Share,
    share_text,
    to_html,
    to_json,
)

EVIL = "<script>alert('&')</script>{{ 7*7 }}"
CODED = [frozenset(codes) for codes in ("가나다라", "마", "바", "사아", "자", "", "가")]


def news(**changes: object) -> News:
    segments = (
        NewSegment("P11:002", "도배를 배웠어요.", True, ("자신감", "경제적 성과", "협동", "넷째")),
        NewSegment("P11:004", EVIL, False, ("경제적 성과",)),
        NewSegment("P11:006", "이미 코딩한 말", True, ()),
    )
    told = News(
        title="연구",
        lang="ko",
        taken=1,
        corrected=1,
        refused=(Refused(".txt", (Problem("빈 파일입니다.", "The file is empty."),)),),
        interviews=(NewInterview("P11", True, 3, 2, 1, (("자신감", 1),), segments),),
        new_terms=(NewTerm("도배", "NNG", 3, 2),),
        n_new_terms=45,
        new=Share(2, 1),
        others=Share(8, 1),
        new_topics=(NewTopic(4, "도배 무릎", 2),),
        decisions=(CarriedDecisions("P11", 5, 2, (("자신감", 1), ("done", 1))),),
        problems=(Problem("알림입니다.", "A note.", level="warning"),),
    )
    return replace(told, **changes)  # type: ignore[arg-type]


def test_everything_is_on_the_page() -> None:
    page = to_html(news())
    for said in ("P11", "자신감", "도배", "모두 45가지", "1/2 (50%)", "1/8 (12%)", "4 도배 무릎"):
        assert said in page
    for said in (
        "빈 파일입니다.",
        "알림입니다.",
        "고친 글",
        "자신감 1, done 1",
        "이미 코딩된 단위",
    ):
        assert said in page
    assert "자신감, 경제적 성과, 협동</p>" in page.replace("\n", "")
    assert "넷째" not in page


def test_what_people_said_cannot_act() -> None:
    page = to_html(news(title=EVIL))
    assert "<script>" not in page
    assert page.count("&lt;script&gt;") == 3
    assert "{{ 7*7 }}" in page


def test_with_a_fixed_codebook_saturation_is_not_spoken_of() -> None:
    assert "포화를 말할 수 없습니다" in to_html(news())
    assert "아직 다 코딩되지 않아" in to_html(news(why_not="few"))
    assert "saturation cannot be spoken of" in to_html(news(lang="en"))


def test_saturation_of_codes_people_made() -> None:
    new = new_codes(CODED)
    made = MadeCodes(7, 9, new, (saturation(new), saturation(new, 4, 2, 0.0)), bands(CODED, 1))
    page = to_html(news(saturation=made, why_not=""))
    assert "코드 9개" in page
    assert '<td class="num">5+2</td>' in page
    told = json.loads(to_json(news(saturation=made)))["saturation"]
    assert told["new"] == [4, 1, 1, 2, 1, 0, 0]
    assert told["reached"][0]["ratios"] == [0.125, 0.0]
    assert told["bands"]["given"][-1] == 9


def test_another_kiwi() -> None:
    upgrade = KiwiUpgrade("0.24.0", "0.25.0", 1200, 3, (("도배를", "도배/NNG", "도/NNG + 배/NNG"),))
    page = to_html(news(kiwi=upgrade))
    assert "1,200개" in page
    assert "도/NNG + 배/NNG" in page
    assert "Kiwi를 올리면" not in to_html(news())


def test_where_nothing_was_analysed_only_the_refusals_are_told() -> None:
    page = to_html(News("연구", "ko", 0, 0, news().refused))
    assert "빈 파일입니다." in page
    assert "포화" not in page
    assert "처음 나온 말" not in page


def test_unconfirmed_masking_is_said_on_top() -> None:
    assert "가명처리 미확인" in to_html(news(privacy_confirmed=False))
    assert "가명처리 미확인" not in to_html(news())


def test_the_json_holds_the_same() -> None:
    told = json.loads(to_json(news()))
    assert (told["taken"], told["corrected"], told["aside"]) == (1, 1, 1)
    assert told["interviews"][0]["codes"] == [{"code": "자신감", "n_segments": 1}]
    assert told["interviews"][0]["segments"][1]["text"] == EVIL
    assert told["drift"]["new"] == {"n_segments": 2, "n_fits_none": 1}
    assert told["decisions"][0]["changed"][0] == {"code": "자신감", "n": 1}
    assert told["saturation"] is None


def test_a_share_of_nothing() -> None:
    assert share_text(Share(0, 0)) == "–"
