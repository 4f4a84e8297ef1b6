"""A file that is not taken in keeps its name to itself."""

from __future__ import annotations

from pipeline.errors import Problem
from pipeline.job.refusals import nameless, not_settled


def test_only_the_ending_is_left_of_a_files_name() -> None:
    assert nameless(not_settled("corpora/연구/inbox/최말숙.docx")).path == "*.docx"
    assert nameless(not_settled("inbox/최말숙")).path == "*"
    assert nameless(Problem("말", "word")) == Problem("말", "word")
