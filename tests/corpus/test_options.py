from __future__ import annotations

from typing import get_args

from pipeline.corpus.options import AS_IT_IS, Column, Options
from pipeline.corpus.readers.table_columns import HEADINGS


def test_nothing_is_decided_by_default() -> None:
    assert Options() == AS_IT_IS
    assert (AS_IT_IS.footnotes, AS_IT_IS.comments, AS_IT_IS.speaker) == ("drop", "ignore", None)


def test_every_heading_that_is_known_can_be_named_in_the_config() -> None:
    assert set(HEADINGS) | {"role"} == set(get_args(Column))
