"""The names nearest to one that is not there: for messages that say what would be right."""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Mapping

MOST = 5
_ALIKE = 0.6
# Comparing letter by letter is slow: among very many names only the most frequent are looked at.
_MOST_COMPARED = 20_000


def nearest(wanted: str, names: Mapping[str, int]) -> list[str]:
    """Return up to five of ``names`` (with how often they are said) that are like ``wanted``.

    First those that hold ``wanted`` or are a part of it, the most frequent first; then those
    spelled alike, compared by the letters (자모) that make up syllables.
    """
    ranked = sorted(names, key=lambda name: (-names[name], name))
    parts = [name for name in ranked if wanted in name or (len(name) > 1 and name in wanted)]
    spelled = {_letters(name): name for name in reversed(ranked[:_MOST_COMPARED])}
    alike = difflib.get_close_matches(_letters(wanted), spelled, MOST, _ALIKE)
    return list(dict.fromkeys([*parts, *(spelled[letters] for letters in alike)]))[:MOST]


def _letters(text: str) -> str:
    return unicodedata.normalize("NFD", text)
