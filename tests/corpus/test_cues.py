from __future__ import annotations

from pipeline.corpus.readers.cues import Cue, join_speakers, label_speakers, to_turns


def test_labels_in_the_text_become_speakers() -> None:
    cues = [
        Cue("", 1.0, "제목"),
        Cue("", 2.0, "면담자: 왜요?\n참여자: 그냥"),
        Cue("", 3.0, "그랬어요"),
        Cue("", 4.0, "참여자: 네"),
    ]
    assert label_speakers(cues) == [
        Cue(None, 1.0, "제목"),
        Cue("면담자", 2.0, "왜요?"),
        Cue("참여자", 2.0, "그냥\n그랬어요"),
        Cue("참여자", 4.0, "네"),
    ]


def test_without_labels_nothing_changes() -> None:
    cues = [Cue("", 1.0, "가"), Cue("", None, "나")]
    assert label_speakers(cues) == cues


def test_only_named_speakers_are_joined() -> None:
    cues = [Cue("가", 1.0, "하나"), Cue("가", 2.0, "둘"), Cue("", 3.0, "셋"), Cue("", 4.0, "넷"),
            Cue(None, 5.0, "다섯"), Cue("가", None, "여섯")]  # fmt: skip
    assert join_speakers(cues, " ") == [Cue("가", 1.0, "하나 둘"), *cues[2:]]


def test_what_is_nobodys_is_text_and_no_turn() -> None:
    text, turns = to_turns([Cue(None, 0.0, "제목"), Cue("가", 1.5, "말"), Cue("", None, "글")])
    assert text == "제목\n말\n글"
    assert [(t.index, t.speaker, t.time, text[t.start : t.end]) for t in turns] == [
        (1, "가", 1.5, "말"),
        (2, "", None, "글"),
    ]


def test_nothing_gives_nothing() -> None:
    assert label_speakers([]) == join_speakers([], " ") == []
    assert to_turns([]) == ("", ())
