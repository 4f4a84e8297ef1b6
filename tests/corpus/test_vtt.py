from __future__ import annotations

import time
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.corpus.readers.subtitles import is_vtt, read
from pipeline.errors import GyeolError
from pipeline.records import Interview


def vtt(*cues: str) -> str:
    blocks = (f"00:{n:02d}.500 --> 00:{n:02d}.900\n{cue}\n" for n, cue in enumerate(cues, 1))
    return "WEBVTT\n\n" + "\n".join(blocks)


def interview(text: str) -> Interview:
    (found,) = read(text.encode(), "영상.vtt").interviews
    return found


def turns(found: Interview) -> list[tuple[str, float | None, str]]:
    return [(t.speaker, t.time, found.text[t.start : t.end]) for t in found.turns]


def test_voices_are_speakers() -> None:
    found = interview(
        vtt(
            "<v 김 연구>왜요?</v>",
            "<v.loud 참여자 1>그냥</v>",
            "<v 참여자 1>그랬어요",
            "자막 제작",
            "<v 김 연구>네</v> <v 참여자 1>그렇죠</v>",
        )
    )
    assert turns(found) == [
        ("김 연구", 1.5, "왜요?"),
        ("참여자 1", 2.5, "그냥\n그랬어요"),
        ("", 4.5, "자막 제작"),
        ("김 연구", 5.5, "네"),
        ("참여자 1", 5.5, "그렇죠"),
    ]


def test_labels_are_speakers_where_there_are_no_voices() -> None:
    found = interview(vtt("면담자: 왜요?", "참여자: 그냥", "그랬어요"))
    assert turns(found) == [("면담자", 1.5, "왜요?"), ("참여자", 2.5, "그냥\n그랬어요")]


def test_headers_notes_styles_names_and_settings_are_no_talk() -> None:
    text = (
        "WEBVTT - 면담\nKind: captions\n\nNOTE\n주석\n여러 줄\n\nSTYLE\n::cue { color: red }\n\n"
        "첫 구간\n01:00:01.000 --> 01:00:02.000 align:start position:0%\n가\n\n"
        "NOTE 또 주석\n\n2\n01:00:03,5 --> 01:00:04.000\n나\n둘째 줄"
    )
    assert turns(interview(text)) == [("", 3601.0, "가"), ("", 3603.5, "나\n둘째 줄")]


def test_tags_go_and_escaped_signs_come_back() -> None:
    found = interview(vtt("<c.red>네</c> <00:00:01.200>R&amp;D &lt;불명확&gt; <b></b>{웃음}"))
    assert turns(found) == [("", 1.5, "네 R&D <불명확> {웃음}")]


@pytest.mark.parametrize("encoding", ["cp949", "utf-8-sig", "utf-16"])
def test_encodings_and_windows_newlines(encoding: str) -> None:
    text = vtt("<v 면담자>왜요?", "<v 참여자>네").replace("\n", "\r\n")
    (found,) = read(text.encode(encoding), "영상.vtt").interviews
    assert [t.speaker for t in found.turns] == ["면담자", "참여자"]


def test_decomposed_reads_as_composed() -> None:
    text = vtt("<v 면담자>왜요?", "<v 참여자>네")
    assert interview(unicodedata.normalize("NFD", text)) == interview(text)


def test_nulls_and_escaped_controls() -> None:
    assert turns(interview(vtt("가\0나 &#0;&#27;다 &#xD800;")))[0][2] == "가나 \ufffd다 \ufffd"


@pytest.mark.parametrize(
    "text",
    ["WEBVTT", "WEBVTT\n\n00:01.000 --> 00:02.000\n", "WEBVTT\n\n가 --> 나\n말", vtt("<b></b>")],
)
def test_without_cues_it_is_refused(text: str) -> None:
    with pytest.raises(GyeolError) as caught:
        read(text.encode(), "영상.vtt")
    assert "자막 구간이 없습니다" in caught.value.problems[0].ko


def test_it_is_known_by_its_first_word() -> None:
    assert is_vtt("\ufeffWEBVTT\n")
    assert is_vtt("WEBVTT - 제목")
    assert not is_vtt("WEBVTTX\n")
    assert not is_vtt("1\nWEBVTT")


@pytest.mark.parametrize("noise", ["<v", "<v a>", "<", "\n", "\n ", "&#", "<00:", "</v>", "-->"])
def test_hostile_cues_pass_quickly(noise: str) -> None:
    began = time.process_time()
    try:
        interview(vtt("말" + noise * 100_000 + "끝"))
    except GyeolError as error:
        assert error.problems
    assert time.process_time() - began < 10


@given(
    st.lists(
        st.text(st.sampled_from("가나 :김이\n면담자.<v>/&"), max_size=12), min_size=1, max_size=20
    )
)
@settings(max_examples=200, deadline=None)
def test_spans_follow_one_another(cues: list[str]) -> None:
    try:
        found = interview(vtt(*cues))
    except GyeolError:
        return
    last = 0
    for turn in found.turns:
        assert last <= turn.start < turn.end <= len(found.text)
        last = turn.end
    assert [t.time for t in found.turns] == sorted(t.time or 0 for t in found.turns)
