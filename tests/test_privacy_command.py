"""``gyeol privacy`` and the run around it: masked in every output, confirmed by a person."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.config import load_study
from pipeline.errors import GyeolError
from pipeline.privacy import decide, list_personal
from pipeline.progress import Silent
from pipeline.runner import Run, run_stages
from pipeline.stages import STAGES

SAID = "질문: 누가 도와줬어요?\n오대성: 박수진 선생님이 010-0000-0000으로 전화를 주셨어요.\n"


@pytest.fixture
def named(study: Path) -> Path:
    folder = study.parent.parent / "corpora/작은연구/interviews"
    (folder / "이름.txt").write_text(SAID + SAID.replace("도와", "불러"), encoding="utf-8")
    return study


def run(config: Path) -> Run:
    return run_stages(load_study(config), STAGES, Silent())


def words_in(folder: Path, word: str) -> list[str]:
    return [p.name for p in folder.rglob("*") if p.is_file() and word.encode() in p.read_bytes()]


def test_nothing_personal_is_anywhere_in_the_outputs(named: Path) -> None:
    done = run(named)
    for word in ("오대성", "박수진", "0000-0000"):
        assert words_in(done.study.outputs, word) == []
    text = (done.study.outputs / "tables/segments.csv").read_text("utf-8-sig")
    assert "[전화번호]" in text
    terms = done.result("terms").vocabulary
    assert not [term for term in terms if "수진" in term]


def test_outputs_say_so_until_a_person_has_confirmed(named: Path) -> None:
    done = run(named)
    assert "가명처리 미확인" in (done.study.outputs / "report.html").read_text("utf-8")
    assert [p.level for p in done.problems] == ["warning"]
    listed = list_personal(done.study, Silent())
    assert {(one.kind, one.form) for one in listed.found} == {
        ("name", "오대성"), ("name", "박수진"), ("phone", "010-0000-0000"),
    }  # fmt: skip
    decide(done.study, listed, accept=[one.form for one in listed.found])
    again = run(named)
    assert again.problems == []
    assert "가명처리 미확인" not in (done.study.outputs / "report.html").read_text("utf-8")


def test_a_rejected_form_stays_and_an_added_one_goes(named: Path) -> None:
    done = run(named)
    listed = list_personal(done.study, Silent())
    decide(done.study, listed, reject=["박수진"], add=["전화"])
    text = (run(named).study.outputs / "tables/segments.csv").read_text("utf-8-sig")
    assert "박수진 선생님" in text
    assert "전화를" not in text


def test_an_unknown_form_is_said(named: Path) -> None:
    study = run(named).study
    with pytest.raises(GyeolError, match="홍길동"):
        decide(study, list_personal(study, Silent()), accept=["홍길동"])


def test_pseudonyms_stay_when_an_interview_is_added(named: Path) -> None:
    run(named)
    private = named.parent.parent / "corpora/작은연구/private/key.json"
    before = private.read_text("utf-8")
    folder = named.parent.parent / "corpora/작은연구/interviews"
    (folder / "가나.txt").write_text("질문: 네?\n답변: 최하늘 선생님이 오셨어요.\n", "utf-8")
    run(named)
    after = private.read_text("utf-8")
    assert before[1:-1] in after
    assert "최하늘" in after
