from __future__ import annotations

from string import Formatter

import pytest

from pipeline.views.gap_wording import _WORDS, gap_words


def test_both_languages_say_the_same_with_the_same_figures() -> None:
    for key, (ko, en) in _WORDS.items():
        names = [{name for _, name, _, _ in Formatter().parse(text) if name} for text in (ko, en)]
        assert names[0] == names[1], key
        assert "<b" not in ko + en, key


@pytest.mark.parametrize("key", ["say_uncovered", "say_unsupported", "say_shared", "say_split"])
def test_nothing_is_a_verdict(key: str) -> None:
    assert "살펴볼 것" in gap_words("ko")[key]
    assert "판정이 아니라" in gap_words("ko")["lead"]
    assert "See whether" in gap_words("en")[key] or "candidate" in gap_words("en")[key]
