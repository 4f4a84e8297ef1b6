from __future__ import annotations

import json
from typing import Any

import pytest
from tiny_evaluation import make_evaluated

from pipeline.views.evaluation_page import to_json
from pipeline.views.learning_curve import recall_of
from pipeline.views.measured import read_measured

EVALUATED = make_evaluated(synthetic=True)


def content() -> dict[str, Any]:
    return json.loads(to_json(EVALUATED))


def read(changed: object, now: dict[str, str] | None = None):  # noqa: ANN201
    return read_measured(json.dumps(changed).encode(), now or {})


def test_what_was_written_is_read_back() -> None:
    measured = read(content())
    assert measured is not None
    assert (measured.n_segments, measured.n_interviews, measured.n_codes) == (12, 3, 2)
    assert (measured.rounds, measured.split, measured.synthetic) == (2, "interview", True)
    drawn = recall_of(EVALUATED.evaluation)
    assert {k: set(own) for k, own in measured.recall.items()} == {
        k: set(own) for k, own in drawn.items()
    }
    assert measured.recall[3]["gyeol"][0] == pytest.approx(drawn[3]["gyeol"].value, abs=1e-6)


def test_it_is_out_of_date_once_anything_it_rests_on_has_changed() -> None:
    now = {"gyeol": "0", "kiwi": "1"}
    current, other = read(content(), now), read(content(), {**now, "data": "abc"})
    assert current is not None and not current.outdated
    assert other is not None and other.outdated


@pytest.mark.parametrize(
    "data",
    [b"", b"[]", b"{}", b"null", b'{"steps": 3}', b"\xff\xfe", b'{"settings": {}, "steps": []}'],
)
def test_a_damaged_file_is_no_evaluation(data: bytes) -> None:
    assert read_measured(data, {}) is None


@pytest.mark.parametrize("value", ["높음", 1.5, -1, {"a": 1}])
def test_only_shares_are_taken(value: object) -> None:
    changed = content()
    changed["steps"][0]["methods"]["gyeol"]["r_3"]["value"] = value
    assert read(changed) is None


def test_a_method_nobody_knows_is_left_out() -> None:
    changed = content()
    for step in changed["steps"]:
        step["methods"] = {"<script>": step["methods"]["gyeol"]}
    assert read(changed) is None
