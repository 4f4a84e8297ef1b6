from __future__ import annotations

import time
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.corpus.readers import subtitles
from pipeline.corpus.readers.subtitles import read
from pipeline.errors import GyeolError
from pipeline.records import Interview


def srt(*cues: str) -> str:
    return "\n".join(
        f"{n}\n00:00:{n:02d},500 --> 00:00:{n:02d},900\n{cue}\n" for n, cue in enumerate(cues, 1)
    )


def interview(text: str) -> Interview:
    (found,) = read(text.encode(), "영상.srt").interviews
    return found


def turns(found: Interview) -> list[tuple[str, float | None, str]]:
    return [(t.speaker, t.time, found.text[t.start : t.end]) for t in found.turns]


def test_cues_of_one_speaker_make_one_turn() -> None:
    found = interview(
        srt(
            "자막 제작: 아무개",
            "면담자: 왜요?",
            "참여자: 그냥",
            "그랬어요",
            "참여자: 네",
            "면담자: 아",
        )
    )
    assert turns(found) == [
        ("면담자", 2.5, "왜요?"),
        ("참여자", 3.5, "그냥\n그랬어요\n네"),
        ("면담자", 6.5, "아"),
    ]
    assert found.text == "자막 제작: 아무개\n왜요?\n그냥\n그랬어요\n네\n아"


def test_two_speakers_in_one_cue() -> None:
    assert turns(interview(srt("면담자: 왜요?\n참여자: 네"))) == [
        ("면담자", 1.5, "왜요?"),
        ("참여자", 1.5, "네"),
    ]


def test_without_labels_every_cue_is_a_turn() -> None:
    assert turns(interview(srt("안녕하세요\n여러분", "오늘은요"))) == [
        ("", 1.5, "안녕하세요\n여러분"),
        ("", 2.5, "오늘은요"),
    ]


def test_tags_go_and_the_transcribers_brackets_stay() -> None:
    found = interview(
        srt("{\\an8}<i>네</i> <font color='red'>응</font> {웃음} <불명확>", "<b></b>")
    )
    assert turns(found) == [("", 1.5, "네 응 {웃음} <불명확>")]


@pytest.mark.parametrize("encoding", ["cp949", "utf-8-sig", "utf-16"])
def test_encodings_and_windows_newlines(encoding: str) -> None:
    text = srt("면담자: 왜요?", "참여자: 네").replace("\n", "\r\n")
    (found,) = read(text.encode(encoding), "영상.srt").interviews
    assert [t.speaker for t in found.turns] == ["면담자", "참여자"]


def test_decomposed_reads_as_composed() -> None:
    text = srt("면담자: 왜요?", "참여자: 네")
    assert interview(unicodedata.normalize("NFD", text)) == interview(text)


@pytest.mark.parametrize("text", ["", "그냥 글", "1\n00:00:01,000 --> 깨짐\n말", srt("")])
def test_without_cues_it_is_refused(text: str) -> None:
    with pytest.raises(GyeolError) as caught:
        read(text.encode(), "영상.srt")
    assert "자막 구간이 없습니다" in caught.value.problems[0].ko


@pytest.mark.parametrize("noise", ["<a", "{", "\n", "{\\", "< ", "\n1"])
def test_hostile_cues_pass_quickly(noise: str) -> None:
    began = time.process_time()
    interview(srt("말" + noise * 200_000 + "끝"))
    assert time.process_time() - began < 10


def test_too_many_cues_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(subtitles, "_MOST_CUES", 2)
    assert interview(srt("가", "나")).turns
    with pytest.raises(GyeolError) as caught:
        interview(srt("가", "나", "다"))
    assert "자막 구간이 3개로 너무 많습니다(한도 2개)" in caught.value.problems[0].ko


@given(
    st.lists(
        st.text(st.sampled_from("가나 :김이\n면담자.<{"), max_size=12), min_size=1, max_size=20
    )
)
@settings(max_examples=200, deadline=None)
def test_spans_follow_one_another(cues: list[str]) -> None:
    try:
        found = interview(srt(*cues))
    except GyeolError:
        return
    last = 0
    for turn in found.turns:
        assert last <= turn.start < turn.end <= len(found.text)
        last = turn.end
    assert [t.time for t in found.turns] == sorted(t.time or 0 for t in found.turns)
