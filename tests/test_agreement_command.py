"""``gyeol agreement`` on a small study."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from pipeline.agreement import Asked, compare_study
from pipeline.config import load_study
from pipeline.errors import GyeolError, UsageError
from pipeline.progress import Silent
from pipeline.verdicts.store import append, lift_blind, made, open_store
from pipeline.views.agreement_page import Compared, to_text
from tests.test_cli import gyeol

SECOND = """장터,번 돈은 통장에 모았다가 명절에 나눴어요,경제적 성과,나
장터,반찬 장터는 토요일마다 나가요,자신감,나
"""


@pytest.fixture
def two_coders(study: Path) -> Path:
    path = study.parent.parent / "corpora/작은연구/codings.csv"
    path.write_text(path.read_text("utf-8-sig") + SECOND, "utf-8-sig")
    return study


def compared(config: Path, **asked: object) -> Compared:
    return compare_study(
        load_study(config), Asked(**asked), "ko", Silent(), lambda _done, _total: None
    )  # pyright: ignore[reportArgumentType]


def test_prints_and_writes(two_coders: Path, tmp_path: Path) -> None:
    into = tmp_path / "일치.json", tmp_path / "일치.csv", tmp_path / "일치.html"
    done = gyeol("agreement", two_coders, "--json", into[0], "--csv", into[1], "--html", into[2])
    assert done.returncode == 0, done.stderr
    outputs = two_coders.parent.parent / "outputs/작은연구"
    assert (outputs / "agreement.html").read_bytes() == into[2].read_bytes()
    assert (outputs / "agreement.json").read_bytes() == into[0].read_bytes()
    assert "→ outputs/작은연구/agreement.html" in done.stderr
    assert "코더 가, 나, 둘 이상이 함께 본 단위 3개(면담 1편)" in done.stdout
    part = json.loads(into[0].read_text("utf-8"))["parts"][0]
    by_code = {code["code"]: code for code in part["codes"]}
    assert by_code["경제적 성과"]["cohen_kappa"]["value"] == 1
    assert by_code["자신감"]["by_coder"] == {"가": 0, "나": 1}
    assert by_code["담당자 교체"]["cohen_kappa"]["reason"] == "unused"
    with into[1].open(encoding="utf-8-sig") as file:
        assert [row["code"] for row in csv.DictReader(file)][:2] == ["", "경제적 성과"]


def test_decisions_made_after_coders_saw_each_other_are_told(two_coders: Path) -> None:
    study = load_study(two_coders)
    start = (study.interviews / "장터.txt").read_text("utf-8").index("번 돈은")
    place = {"interview": "장터", "start": start, "end": start + 9, "code": "자신감"}
    with open_store(study.store_url) as store:
        append(store, [made("다", "put", **place)])
        before = compared(two_coders).problems
        lift_blind(store, "다")
        assert compared(two_coders).problems == before
        append(store, [made("다", "put", **{**place, "end": start + 8})])
    said = [problem.ko for problem in compared(two_coders).problems if problem not in before]
    assert len(said) == 1
    assert "한 판정이 1개 들어 있습니다" in said[0]


def test_who_has_read_more_is_said(two_coders: Path) -> None:
    more = compared(two_coders, looked={"나": ("집수리",)}).parts[0].agreement
    assert more.n_interviews == 2
    confidence = next(code for code in more.codes if code.code == "자신감")
    assert confidence.by_coder == {"가": 1, "나": 1}
    assert confidence.n_all == 0


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"coders": ("가", "라")}, "모르는 코더 «라»"),
        ({"level": "범주들"}, "혹시 «범주»?"),
        ({"looked": {"나": ("집수",)}}, "혹시 «집수리»?"),
    ],
)
def test_what_is_not_there_is_named(two_coders: Path, asked: dict[str, object], said: str) -> None:
    with pytest.raises(UsageError) as caught:
        compared(two_coders, **asked)
    assert said in caught.value.problems[0].ko


def test_one_coder_cannot_be_compared(study: Path) -> None:
    with pytest.raises(GyeolError) as caught:
        compared(study)
    assert "코더가 1명" in caught.value.problems[0].ko


def test_names_in_what_was_said_are_masked(two_coders: Path) -> None:
    interviews = two_coders.parent.parent / "corpora/작은연구/interviews/장터.txt"
    said = interviews.read_text("utf-8").replace("반찬 장터는", "010-1234-5678로 반찬 장터는")
    interviews.write_text(said, "utf-8")
    text = to_text(compared(two_coders))
    assert "장터:" in text
    assert "1234-5678" not in text


def test_a_level_is_one_of_the_study(two_coders: Path) -> None:
    codebook = two_coders.parent.parent / "corpora/작은연구/codebook.yaml"
    codebook.write_text(
        "- name: 변화\n"
        "- {name: 경제적 성과, parent: 변화}\n"
        "- {name: 자신감, parent: 변화}\n"
        "- name: 담당자 교체\n",
        "utf-8",
    )
    found = compared(two_coders, level="영역").parts[0].agreement
    assert [code.code for code in found.codes] == ["변화", "담당자 교체"]
    assert found.codes[0].by_coder == {"가": 1, "나": 2}


def decide(config: Path, coder: str, code: str | None, **fields: object) -> None:
    """Log one decision of ``coder`` on the second answer of «장터»."""
    study = load_study(config)
    text = (study.interviews / "장터.txt").read_text("utf-8")
    start = text.index("장터에서 번 돈은")
    place = {"interview": "장터", "start": start, "end": text.index("\n", start), "code": code}
    with open_store(study.store_url) as store:
        action = "put" if code else "done"
        append(store, [made(coder, action, **place, **fields)])


def test_decisions_are_compared_aided_and_unaided_apart_and_joint_ones_not(study: Path) -> None:
    decide(study, "나", "경제적 성과", aided=False, rank=1, score=0.4)
    decide(study, "다", "자신감", aided=False)
    decide(study, "나", "담당자 교체", joint=True)
    found = compared(study)
    every, unaided = found.parts
    assert (every.which, unaided.which) == ("all", "unaided")
    assert every.agreement.coders == ("가", "나", "다")
    assert unaided.agreement.coders == ("나", "다")
    assert unaided.agreement.n_segments == 1
    (worst,) = unaided.disagreements
    assert worst.codes == {"나": ("경제적 성과",), "다": ("자신감",)}
    by_code = {code.code: code for code in every.agreement.codes}
    assert by_code["경제적 성과"].by_coder == {"가": 1, "나": 1, "다": 0}
    assert by_code["담당자 교체"].n_any == 0
    # «나» and «다» have looked at one passage, not at the whole interview as «가» with his file.
    assert every.agreement.n_segments == 1
    assert every.agreement.n_codings == 3
    assert [one.coder for one in found.anchoring] == ["나", "다"]
    assert found.anchoring[0].unaided.top_1.value == 1
    assert "제안 없이 한 판정" in to_text(found)


def test_having_looked_and_put_nothing_counts(study: Path) -> None:
    decide(study, "나", None)
    found = compared(study, coders=("가", "나"))
    assert found.parts[0].agreement.n_segments == 1
    assert found.parts[0].disagreements[0].codes == {"가": ("경제적 성과",), "나": ()}


def test_looking_leaves_no_store_behind(two_coders: Path) -> None:
    compared(two_coders)
    assert not (two_coders.parent.parent / "corpora/작은연구/decisions.db").exists()
