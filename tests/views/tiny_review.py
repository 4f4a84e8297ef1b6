"""A small study on the desk: three interviews, three codes, decisions kept in a list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from kiwi_in_tests import kiwi  # noqa: F401 — replaced below
