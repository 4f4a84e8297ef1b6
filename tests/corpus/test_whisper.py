from __future__ import annotations

import json
import time
import unicodedata
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.corpus.readers import whisper
from pipeline.corpus.readers.whisper import is_transcript, read
from pipeline.errors import GyeolError
from pipeline.records import Interview


def dumped(value: Any) -> bytes:  # noqa: ANN401
    return json.dumps(value, ensure_ascii=False).encode()


def segment(start: float, end: float, text: str, **more: Any) -> dict[str, Any]:  # noqa: ANN401
    return {"start": start, "end": end, "text": text, **more}


def transcript(*segments: dict[str, Any]) -> bytes:
    return dumped({"text": "온 글", "segments": list(segments), "language": "ko"})


def interview(data: bytes) -> Interview:
    (found,) = read(data, "녹음.json").interviews
    return found


def turns(found: Interview) -> list[tuple[str, float | None, str]]:
    return [(t.speaker, t.time, found.text[t.start : t.end]) for t in found.turns]


def refusal(data: bytes) -> str:
    with pytest.raises(GyeolError) as caught:
        read(data, "녹음.json")
    (problem,) = caught.value.problems
    return problem.ko


def test_segments_of_one_speaker_are_a_turn() -> None:
    found = interview(
        transcript(
            segment(0.5, 2, " 왜 오셨어요?", speaker="SPEAKER_00"),
            segment(2, 4, " 배우고", speaker="SPEAKER_01"),
            segment(9, 11, " 싶어서요. ", speaker="SPEAKER_01"),
            segment(11, 12, "네", speaker="SPEAKER_00"),
            segment(12, 13, "음"),
            segment(13, 14, " \n "),
        )
    )
    assert turns(found) == [
        ("SPEAKER_00", 0.5, "왜 오셨어요?"),
        ("SPEAKER_01", 2.0, "배우고 싶어서요."),
        ("SPEAKER_00", 11.0, "네"),
        ("", 12.0, "음"),
    ]
    assert found.id == "녹음"


def test_without_speakers_a_pause_ends_a_turn() -> None:
    found = interview(transcript(segment(0, 2, "가"), segment(3.9, 5, "나"), segment(7, 8, "다")))
    assert turns(found) == [("", 0.0, "가 나"), ("", 7.0, "다")]


def test_without_speakers_a_long_turn_ends_with_a_sentence() -> None:
    said = ["가" * 150, "나" * 150, "다" * 100 + "요.", "라"]
    found = interview(transcript(*(segment(n, n + 1, text) for n, text in enumerate(said))))
    assert turns(found) == [("", 0.0, " ".join(said[:3])), ("", 3.0, "라")]


def test_without_sentences_a_turn_is_not_endless() -> None:
    found = interview(transcript(*(segment(n, n + 1, "가" * 100) for n in range(20))))
    assert all(t.end - t.start <= 700 for t in found.turns)
    assert len(found.turns) == 4


def test_other_programs_transcripts() -> None:
    cpp = {"transcription": [{"offsets": {"from": 1500, "to": 2000}, "text": " 가"},
                             {"offsets": {"from": 9000, "to": 9500}, "text": " 나"}]}  # fmt: skip
    assert turns(interview(dumped(cpp))) == [("", 1.5, "가"), ("", 9.0, "나")]
    clova = {"segments": [segment(1500, 2000, "가", speaker={"label": "1", "name": "A"}),
                          segment(9000, 9500, "나", speaker={"label": "2"})]}  # fmt: skip
    assert turns(interview(dumped(clova))) == [("A", 1.5, "가"), ("2", 9.0, "나")]
    bare = [segment(1, 2, "가", speaker=1), segment(2, 3, "나", speaker=2)]
    assert turns(interview(dumped(bare))) == [("1", 1.0, "가"), ("2", 2.0, "나")]


@pytest.mark.parametrize("time", [None, "1", -1, True, float("nan"), float("inf"), 10**400, [1]])
def test_times_that_are_none(time: Any) -> None:  # noqa: ANN401
    assert turns(interview(transcript(segment(time, time, "가")))) == [("", None, "가")]


def test_text_is_frozen() -> None:
    found = interview(transcript(segment(0, 1, unicodedata.normalize("NFD", "각") + "\0")))
    assert found.text == "각"
    escaped = b'{"segments": [{"start": 0, "text": "\\u0000\\ud83d\\ude00 \\ud800\\u202e"}]}'
    assert interview(escaped).text == "😀 \ufffd\u202e"


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b'{"segments": [', "JSON으로 읽을 수 없습니다"),
        (b"[" * 200_000, "JSON으로 읽을 수 없습니다"),
        (b'{"segments": [{"start": ' + b"9" * 5000 + b"}]}", "JSON으로 읽을 수 없습니다"),
        (b"[]", "전사 JSON이 아닙니다"),
        (b'"segments"', "전사 JSON이 아닙니다"),
        (dumped({"segments": {}}), "전사 JSON이 아닙니다"),
        (dumped({"segments": [{"text": "가"}]}), "전사 JSON이 아닙니다"),
        (dumped({"segments": [{"start": 1, "text": 3}]}), "전사 JSON이 아닙니다"),
        (transcript(segment(0, 1, " ")), "말이 없습니다"),
    ],
)
def test_other_json_is_refused(data: bytes, message: str) -> None:
    assert message in refusal(data)


def test_a_large_file_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    data = transcript(segment(0, 1, "가"))
    monkeypatch.setattr(whisper, "_LARGEST", len(data) - 1)
    assert "너무 큽니다" in refusal(data)
    # Nothing but its own reader says so as clearly.
    assert is_transcript(data)


def test_too_many_objects_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    data = transcript(segment(0, 1, "가", words=[{}, {}, [[]]]))
    assert turns(interview(data))
    monkeypatch.setattr(whisper, "_MOST_OBJECTS", 7)
    assert "너무 큽니다" in refusal(data)


def test_a_transcript_is_known_by_its_segments() -> None:
    assert is_transcript(b"\xef\xbb\xbf\n" + transcript(segment(0, 1, "가")))
    assert is_transcript(dumped([segment(0, 1, "가")]))
    assert not is_transcript(b'{"id": "1", "text": "segments"}')
    assert not is_transcript(b'{"id": "1", "text": "a"}\n{"id": "2", "text": "a"}')
    assert not is_transcript(dumped([{"id": "1", "text": "a"}]))
    assert not is_transcript(b'{"segments": [')


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(
        ["segments", "text", "start", "end", "speaker", "transcription", "offsets", "from", "name"]
    ), inner),
    max_leaves=12,
)  # fmt: skip
SEGMENT = st.fixed_dictionaries(
    {"text": st.text(max_size=6)}, optional=dict.fromkeys(("start", "end", "speaker"), VALUES)
)


@given(
    VALUES | st.fixed_dictionaries({"segments": st.lists(SEGMENT, max_size=5)}),
    st.binary(max_size=3),
)
@settings(max_examples=300, deadline=None)
def test_any_json_is_read_or_refused(value: Any, rest: bytes) -> None:  # noqa: ANN401
    data = json.dumps(value).encode() + rest
    began = time.process_time()
    try:
        found = interview(data)
    except GyeolError as error:
        assert len(error.problems) == 1
    else:
        last = -1
        for turn in found.turns:
            assert last < turn.start < turn.end <= len(found.text)
            last = turn.end
        assert found.turns
    assert time.process_time() - began < 10
