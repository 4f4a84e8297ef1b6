"""What is said about agreement."""

from __future__ import annotations

from typing import get_args

from pipeline.verdicts.intervals import Reason, Resampled
from pipeline.views.agreement_wording import agreement_words


def test_every_reason_has_words_in_both_languages() -> None:
    for lang in ("ko", "en"):
        words = agreement_words(lang)
        assert all(words[f"reason_{reason}"] for reason in get_args(Reason))
        assert all(words[f"resampled_{name}"] for name in get_args(Resampled))
