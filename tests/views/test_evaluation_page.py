from __future__ import annotations

import json

import pytest
from tiny_evaluation import make_evaluated

from pipeline.errors import Problem
from pipeline.views.evaluation_page import settings_of, signature, to_html, to_json, to_text
from pipeline.views.evaluation_wording import evaluation_words

METHOD_KEYS = {
    "p_1",
    "r_3",
    "r_5",
    "macro_1",
    "macro_3",
    "macro_5",
    "calibration_error",
    "none_right",
    "abstained",
    "abstained_rightly",
    "by_code",
}


def test_the_table_has_a_row_a_method_and_ends_with_its_settings() -> None:
    lines = to_text(make_evaluated()).splitlines()
    rows = [line.split() for line in lines if line.split()[:1] in (["0"], ["1"], ["3"])]
    assert rows[0][:5] == ["0", "0", "Gyeol", "1.00", "[1.00–1.00]"]
    assert sum("TF-IDF+선형 " in line and "[" in line for line in lines) == 4  # twice, twice ahead
    assert lines[-1] == signature(make_evaluated())


def test_the_settings_name_all_that_is_needed_to_get_the_figures_again() -> None:
    assert signature(make_evaluated()) == (
        "split:interview|folds:3|examples:0,1,3|rounds:2|seed:7|segments:12|interviews:3"
        "|codings:12|codes:2|gyeol:0|kiwi:1"
    )


def test_columns_stand_under_their_headings_whatever_the_script() -> None:
    lines = to_text(make_evaluated(odd="가나다")).splitlines()
    start = next(n for n, line in enumerate(lines) if "보류" in line and "과신" in line)
    table = lines[start : start + 3]
    widths = {sum(2 if "가" <= sign <= "힣" else 1 for sign in line) for line in table}
    assert len(widths) == 1


@pytest.mark.parametrize("lang", ["ko", "en"])
def test_synthetic_material_is_said_before_any_figure(lang: str) -> None:
    said = evaluation_words(lang)["synthetic"]  # pyright: ignore[reportArgumentType]
    made = make_evaluated(lang, synthetic=True)  # pyright: ignore[reportArgumentType]
    assert said in to_text(made).splitlines()[1]
    assert to_html(made).index(said) < to_html(made).index("<svg")
    assert json.loads(to_json(made))["synthetic"] is True
    assert said not in to_text(make_evaluated(lang))  # pyright: ignore[reportArgumentType]


def test_a_random_split_carries_its_warning() -> None:
    said = evaluation_words("ko")["random"]
    for text in (to_text(make_evaluated(split="random")), to_html(make_evaluated(split="random"))):
        assert said in text
    assert said not in to_text(make_evaluated())


def test_json_has_the_keys_it_promises() -> None:
    found = json.loads(to_json(make_evaluated(problems=(Problem("가", "a", "b.txt"),))))
    assert set(found) == {
        "title", "synthetic", "signature", "settings", "n_segments", "n_interviews", "n_codings",
        "n_codes", "warnings", "steps",
    }  # fmt: skip
    assert found["settings"] == settings_of(make_evaluated())
    assert found["warnings"] == [{"ko": "b.txt: 가", "en": "b.txt: a"}]
    assert [step["examples"] for step in found["steps"]] == [0, 1, 3]
    assert [set(step["methods"]) for step in found["steps"]] == [
        {"gyeol", "overlap"},
        {"gyeol", "linear", "overlap"},
        {"gyeol", "linear", "overlap"},
    ]
    taught = found["steps"][1]
    assert set(taught) == {
        "examples", "n_taught", "n_codings", "n_short", "methods", "ahead",
    }  # fmt: skip
    assert all(set(figures) == METHOD_KEYS for figures in taught["methods"].values())
    assert taught["methods"]["gyeol"]["calibration_error"]["value"] == pytest.approx(0.05)
    assert taught["methods"]["gyeol"]["abstained"]["value"] == pytest.approx(1 / 3, abs=1e-6)
    assert taught["methods"]["linear"]["calibration_error"] is None
    assert taught["methods"]["gyeol"]["by_code"][1]["code"] == "교통"


def test_the_page_is_offline_and_escapes_what_people_wrote() -> None:
    page = to_html(make_evaluated(odd="<script>\u202e&"))
    assert "<script>" not in page
    assert "&lt;script&gt;\ufffd&amp;" in page
    assert "http" not in page.replace("http-equiv", "")
    assert page.count("<polyline") == 3
    assert signature(make_evaluated()) in page


def test_the_same_evaluation_is_written_the_same() -> None:
    assert to_json(make_evaluated()) == to_json(make_evaluated())
    assert to_html(make_evaluated("en")) == to_html(make_evaluated("en"))
