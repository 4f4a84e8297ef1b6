"""What coders decide with suggestions in sight and without."""

from __future__ import annotations

import pytest

from pipeline.records import Decision
from pipeline.verdicts.anchoring import anchoring, unaided_calibration
from pipeline.verdicts.decided import DecidedPassage, Hidden
from pipeline.verdicts.intervals import Coefficient


def passage(
    number: int, *, aided: bool, ranks: tuple[int | None, ...], interview: str | None = None
) -> DecidedPassage:
    """Return a passage on which codes of these ranks were put (``None``: not suggested)."""
    put = tuple(
        Decision(f"{number}-{at}", "가", "", "put", code=f"코드{rank}", rank=rank, score=0.5)
        for at, rank in enumerate(ranks)
    )
    where = interview or f"면담{number % 12}"
    return DecidedPassage("가", f"{number}", where, aided, done=True, decisions=put)


AIDED = [passage(n, aided=True, ranks=(1, 2) if n % 10 else (None,)) for n in range(200)]
UNAIDED = [passage(n, aided=False, ranks=(1,) if n % 2 else (None,)) for n in range(40)]


def test_a_coder_led_by_suggestions_shows() -> None:
    (found,) = anchoring([*AIDED, *UNAIDED], 5)
    assert (found.aided.n_passages, found.unaided.n_passages) == (200, 40)
    assert found.aided.top_1.value == pytest.approx(0.9)
    assert found.unaided.top_1.value == pytest.approx(0.5)
    assert found.more_top_1.value == pytest.approx(0.4)
    assert found.more_top_1.low is not None
    assert found.more_top_1.low > 0
    assert found.aided.codes.value == pytest.approx(1.9)
    assert found.more_codes.value == pytest.approx(0.9)
    assert found.aided.from_top_3.value == pytest.approx(360 / 380)
    assert found.resampled == "interview"
    assert anchoring([*AIDED, *UNAIDED], 5) == (found,)


def test_without_hidden_passages_nothing_is_compared() -> None:
    (found,) = anchoring(AIDED, 5)
    assert found.unaided.top_1 == Coefficient(None, reason="no_passage")
    assert found.more_top_1 == Coefficient(None, reason="no_passage")


def offered(score: float, *, put: bool) -> DecidedPassage:
    return DecidedPassage(
        "가", "1", "장터", aided=False, done=True, decisions=(), hidden=(Hidden("돈", score, put),)
    )


def test_calibration_compares_scores_with_what_was_put_unseen() -> None:
    sure = [offered(0.9, put=True)] * 8 + [offered(0.9, put=False)] * 2
    unsure = [offered(0.2, put=True)] * 2 + [offered(0.2, put=False)] * 8
    found = unaided_calibration([*sure, *unsure, *AIDED])
    assert (found.n, found.n_put) == (20, 10)
    assert found.error == pytest.approx(0.05)
    assert [(one.score, one.right, one.n) for one in found.bins] == [(0.2, 0.2, 10), (0.9, 0.8, 10)]


def test_calibration_where_nothing_was_hidden_is_no_figure() -> None:
    assert unaided_calibration(AIDED).error is None
    assert unaided_calibration([]).bins == ()
