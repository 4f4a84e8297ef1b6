from __future__ import annotations

import re
import string
from pathlib import Path
from typing import get_args

import pipeline.views
from pipeline.errors import Level
from pipeline.views.wording import words

ROOM = Path(pipeline.views.__file__).parent


def test_both_languages_fill_in_the_same() -> None:
    ko, en = words("ko"), words("en")
    assert ko.keys() == en.keys()
    for key in ko:
        fields = [
            sorted(f for _, f, _, _ in string.Formatter().parse(w[key]) if f) for w in (ko, en)
        ]
        assert fields[0] == fields[1], key
        assert ko[key].strip() and en[key].strip(), key


def test_no_phrase_holds_markup_or_hangul_in_english() -> None:
    for phrase in (*words("ko").values(), *words("en").values()):
        assert not re.search(r"<\w|&\w", phrase), phrase
    assert not [phrase for phrase in words("en").values() if re.search("[가-힣]", phrase)]


def test_every_phrase_is_said_somewhere() -> None:
    written = [*ROOM.glob("*.py"), *ROOM.glob("templates/*.j2")]
    rest = "".join(p.read_text("utf-8") for p in written if p.name != "wording.py")
    # What the template looks up by a method's name or a problem's level.
    looked_up = {key for key in words("ko") if key.startswith("method_")} | {*get_args(Level)}
    unsaid = [
        key
        for key in words("ko").keys() - looked_up
        if not re.search(rf"\bw\.{key}\b|[\"']{key}[\"']", rest)
    ]
    assert unsaid == []
