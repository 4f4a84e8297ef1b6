from __future__ import annotations

import string

from pipeline.views.groups_wording import groups_words


def test_both_languages_fill_in_the_same_names_for_groups() -> None:
    ko, en = groups_words("ko"), groups_words("en")
    for key in ko:
        names = [{n for _, n, _, _ in string.Formatter().parse(w[key]) if n} for w in (ko, en)]
        assert names[0] == names[1], key
