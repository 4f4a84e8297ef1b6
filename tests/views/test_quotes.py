from __future__ import annotations

import csv
import io

from pipeline.records import Quote
from pipeline.views.quotes import as_object, as_text, passages
from pipeline.views.tables import to_csv

QUOTE = Quote("P01:002", "P01", "=참여자", "P01", None, "집을 또 집을", ((0, 1), (5, 6)))


def test_hits_are_marked_in_the_text() -> None:
    assert as_text(QUOTE) == "[P01:002 =참여자]\n【집】을 또 【집】을"


def test_as_an_object() -> None:
    found = as_object(QUOTE)
    assert found["marked"] == [[0, 1], [5, 6]]
    assert (found["segment"], found["time"], found["text"]) == ("P01:002", None, "집을 또 집을")


def test_as_a_table() -> None:
    head, row = csv.reader(io.StringIO(to_csv(passages([QUOTE])).decode("utf-8-sig")))
    assert head == ["segment", "interview", "speaker", "time", "text", "hits"]
    assert row == ["P01:002", "P01", "'=참여자", "", "집을 또 집을", "집|집"]
