"""A file that is not taken in keeps its name to itself."""

from __future__ import annotations

from pipeline.errors import Problem
from pipeline.job.refusals import nameless, not_settled, shown_file


def test_only_the_ending_is_left_of_a_files_name() -> None:
    assert nameless(not_settled("corpora/연구/inbox/최말숙.docx")).path == "*.docx"
    assert nameless(not_settled("inbox/최말숙")).path == "*"
    assert nameless(Problem("말", "word")) == Problem("말", "word")


def test_what_schedulers_mail_hides_what_may_be_a_name() -> None:
    assert shown_file("quarantine/최말숙_면담.hwp") == "quarantine/*.hwp"
    assert shown_file("빈 것.docx") == "빈 것.docx"
    assert shown_file("P12.txt") == "P12.txt"
