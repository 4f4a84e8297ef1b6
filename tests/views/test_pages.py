from __future__ import annotations

import pytest
from jinja2 import UndefinedError

from pipeline.views.pages import page_environment, style_sheet


def test_text_is_escaped_and_what_turns_the_reading_direction_is_shown() -> None:
    page = page_environment().from_string("<p>{{ said }}</p>{{ css }}")
    shown = page.render(said="<b>\u202e\x00&", css=style_sheet())
    assert shown.startswith("<p>&lt;b&gt;\ufffd\ufffd&amp;</p>")
    assert '"Apple SD Gothic Neo"' in shown  # the style sheet goes in as it is


def test_a_gap_that_nobody_fills_is_an_error() -> None:
    with pytest.raises(UndefinedError):
        page_environment().from_string("{{ nobody }}").render()
