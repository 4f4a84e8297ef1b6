"""What an earlier evaluation found, read back from its JSON for the report."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from typing import Any

from pipeline.records import Measured
from pipeline.records.views import Bounded

# The methods a learning curve can name.
_METHODS = ("gyeol", "linear", "overlap")


def read_measured(data: bytes, now: Mapping[str, str]) -> Measured | None:
    """Return what ``evaluation.json`` says, or ``None`` where it cannot be read.

    ``now`` are today's hashes of data, codebook and model, by name: where the evaluation was
    made with others, it is out of date. The file is anybody's to edit, so nothing but numbers
    within 0 and 1 and known names is taken from it.
    """
    try:
        content = json.loads(data)
        settings = content["settings"]
        recall = {int(step["examples"]): _recall(step["methods"]) for step in content["steps"]}
        recall = {examples: own for examples, own in sorted(recall.items()) if own}
        if not recall:
            return None
        return Measured(
            recall,
            *(int(content[f"n_{name}"]) for name in ("segments", "interviews", "codings", "codes")),
            rounds=int(settings["rounds"]),
            split=str(settings["split"]),
            synthetic=bool(content["synthetic"]),
            outdated=any(settings.get(name) != value for name, value in now.items()),
        )
    except (ValueError, KeyError, TypeError, AttributeError):  # a damaged file is no evaluation
        return None


def _recall(methods: Mapping[str, Any]) -> dict[str, Bounded]:
    found = {name: methods[name]["r_3"] for name in _METHODS if name in methods}
    return {
        name: (_share(f["value"]), _bound(f["low"]), _bound(f["high"]))
        for name, f in found.items()
        if f is not None and f["value"] is not None
    }


def _bound(number: float | None) -> float | None:
    return None if number is None else _share(number)


def _share(number: float) -> float:
    if not math.isfinite(number) or not 0 <= number <= 1:
        raise ValueError(number)
    return float(number)
