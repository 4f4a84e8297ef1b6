from __future__ import annotations

import re
import string

from pipeline.views.news_wording import news_words


def test_both_languages_say_the_same_with_the_same_gaps() -> None:
    korean, english = news_words("ko"), news_words("en")
    assert set(korean) == set(english)
    for key, text in korean.items():
        assert gaps(text) == gaps(english[key]), key
        assert not re.search("[가-힣]", english[key]), key


def gaps(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}
