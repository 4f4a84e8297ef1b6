"""An evaluation of a study is shown in its report, as long as it is there."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.config import Study, load_study
from pipeline.evaluate import evaluate_study, write_outputs
from pipeline.progress import Silent
from pipeline.runner import run_stages
from pipeline.stages import STAGES

OUT_OF_DATE = "gyeol evaluate를 다시"


def run(study: Study) -> list[str]:
    """Run the study and return the stages that had to work."""
    done = run_stages(study, STAGES, Silent())
    return [report.name for report in done.reports if not report.skipped]


def report(study: Study) -> str:
    return (study.outputs / "report.html").read_text("utf-8")


@pytest.fixture
def measured(study: Path) -> Study:
    """Return a study that was run, evaluated and run again."""
    loaded = load_study(study)
    run(loaded)
    assert '<svg class="curve"' not in report(loaded)
    evaluated = evaluate_study(loaded, (0, 1), 1, "interview", Silent(), lambda *_: None)
    write_outputs(loaded, evaluated)
    assert run(loaded) == ["outputs"]
    return loaded


def test_the_curve_is_shown_and_costs_nothing_again(measured: Study) -> None:
    assert '<svg class="curve"' in report(measured)
    assert OUT_OF_DATE not in report(measured)
    assert run(measured) == []
    assert (measured.outputs / "evaluation.html").is_file()


def test_once_more_is_coded_it_is_out_of_date(measured: Study) -> None:
    codings = measured.folder / "codings.csv"
    added = "구청,구청 담당자가 두 번 바뀌었어요,담당자 교체,가\n"
    codings.write_text(codings.read_text("utf-8-sig") + added, encoding="utf-8-sig")
    assert "outputs" in run(load_study(measured.config_path))
    assert '<svg class="curve"' in report(measured)
    assert OUT_OF_DATE in report(measured)


def test_without_the_evaluation_there_is_no_curve(measured: Study) -> None:
    (measured.outputs / "evaluation.json").unlink()
    assert run(measured) == ["outputs"]
    assert '<svg class="curve"' not in report(measured)


def test_a_damaged_evaluation_is_none(measured: Study) -> None:
    (measured.outputs / "evaluation.json").write_text("{", encoding="utf-8")
    assert run(measured) == ["outputs"]
    assert '<svg class="curve"' not in report(measured)
    assert (measured.outputs / "evaluation.json").read_text("utf-8") == "{"
