from __future__ import annotations

import re
from pathlib import Path

from pipeline.views.review import wording
from pipeline.views.review.wording import words

HERE = Path(wording.__file__).parent


def test_both_languages_say_the_same_things() -> None:
    ko, en = words("ko"), words("en")
    assert set(ko) == set(en)
    for key in ko:
        assert set(re.findall(r"\{\w+\}", ko[key])) == set(re.findall(r"\{\w+\}", en[key])), key


def test_what_pages_and_scripts_say_is_there() -> None:
    known = words("ko")
    used: set[str] = set()
    for path in (HERE / "templates").iterdir():
        used |= set(re.findall(r"\bt\.(\w+)", path.read_text("utf-8")))
    for path in (HERE / "static").glob("*.js"):
        if "min" not in path.name:
            used |= set(
                re.findall(r'"(said_\w+)"|says\.(\w+)', path.read_text("utf-8"))
                and [
                    key
                    for pair in re.findall(
                        r'"(said_\w+)"|says\.(said_\w+)', path.read_text("utf-8")
                    )
                    for key in pair
                    if key
                ]
            )
    assert used - set(known) == set()
    assert len(used) > 40
