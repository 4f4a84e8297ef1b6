"""What is said around a name."""

from __future__ import annotations

import pytest

from pipeline.corpus.personal.frames import (
    Said,
    has_diminutive,
    names_a_stranger,
    said_around,
)


def around(marked: str) -> tuple[str, int, int]:
    """Return the text of «저는 [민지]예요» without brackets and where they stood."""
    start, end = marked.index("["), marked.index("]") - 1
    return marked.replace("[", "").replace("]", ""), start, end


@pytest.mark.parametrize(
    "marked",
    [
        "제 이름은 [수빈]이에요",
        "[태오]라는 오빠가 시켰어요",
        "[이슬]이라고 제 친구가 있는데",
        "저는 [서가을]이고 필명은 따로 있어요",
        "농협 351-0772-4418 [우정란]으로 부탁해요",
        "[하나]가 우리 막내예요",
        "[한종팔]이라고 소대장이었는데",
    ],
)
def test_it_is_said_to_be_a_name(marked: str) -> None:
    assert said_around(*around(marked)) is Said.NAME


@pytest.mark.parametrize(
    "marked",
    [
        "[수빈]한테 물어봐",
        "[금자]야, 밥 먹어라",
        "동생 [재하]는 군대 갔고",
        "[재하] 걔가 그랬어",
        "[사랑]이는 4학년이에요",
    ],
)
def test_a_person_is_spoken_of(marked: str) -> None:
    assert said_around(*around(marked)) is Said.PERSON


@pytest.mark.parametrize(
    "marked", ["[사랑]으로 키우면 된다는데", "그때 [하나]만 남았어요", "친구\n[바다]에 갔어요"]
)
def test_nothing_tells(marked: str) -> None:
    assert said_around(*around(marked)) is Said.NOTHING


def test_a_diminutive() -> None:
    assert has_diminutive("사랑이는", 2)
    assert not has_diminutive("사랑은", 2)
    assert not has_diminutive("바다이는", 2)


@pytest.mark.parametrize(
    ("marked", "named"),
    [
        ("[솔롱고]한테 물어봐요", True),
        ("[따냐] 아주머니가 빵집 해요", True),
        ("몽골에서 온 [바트]가 통역했어요", True),
        ("[수레쉬]라는 친구가 있어요", True),
        ("[졸레어]라는 주사를 맞고", False),
        ("저는 [비정규직]이에요", False),
    ],
)
def test_of_an_unknown_word_less_is_believed(marked: str, named: bool) -> None:
    assert names_a_stranger(*around(marked)) is named
