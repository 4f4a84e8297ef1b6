"""Characters that a file format or a page cannot bear, made visible instead."""

from __future__ import annotations

import re

REPLACEMENT = "\ufffd"

# Neither XML 1.0 nor UTF-8 holds these: control characters, lone surrogates, non-characters.
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# They reorder the text around them and are themselves unseen.
_REORDERING = re.compile("[\u202a-\u202e\u2066-\u2069]")


def legal(text: str) -> str:
    """Return ``text`` with each character XML forbids replaced by U+FFFD; same length."""
    return _ILLEGAL.sub(REPLACEMENT, text)


def visible(text: str) -> str:
    """Return legal ``text`` with each bidirectional control replaced too; same length.

    For pages: an override in one person's text would turn round the text of others.
    """
    return _REORDERING.sub(REPLACEMENT, legal(text))
