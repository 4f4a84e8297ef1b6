from __future__ import annotations

import string

from pipeline.views.network_wording import network_words


def test_both_languages_fill_in_the_same_names() -> None:
    ko, en = network_words("ko"), network_words("en")
    assert ko.keys() == en.keys()
    for key in ko:
        names = [{n for _, n, _, _ in string.Formatter().parse(w[key]) if n} for w in (ko, en)]
        assert names[0] == names[1], key
