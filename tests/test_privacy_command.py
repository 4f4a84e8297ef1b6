"""``gyeol privacy`` and the run around it: masked in every output, confirmed by a person."""

from __future__ import annotations

import csv
import json
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pipeline.cli import app
from pipeline.config import load_study
from pipeline.console import _KINDS
from pipeline.corpus.personal.finds import KINDS, ON_DEMAND
from pipeline.errors import GyeolError
from pipeline.privacy import Found, decide, found_forms, list_personal
from pipeline.progress import Silent
from pipeline.runner import Run, run_stages
from pipeline.stages import STAGES

SAID = "질문: 누가 도와줬어요?\n오대성: 박수진 선생님이 010-0000-0000으로 전화를 주셨어요.\n"


def folder_of(study: Path) -> Path:
    return study.parent.parent / "corpora/작은연구"


def add_interview(study: Path, name: str, text: str) -> None:
    (folder_of(study) / "interviews" / name).write_text(text, encoding="utf-8")


def add_rules(study: Path, rules: str) -> None:
    study.write_text(study.read_text("utf-8") + f"privacy: {{rules: {rules}}}\n", "utf-8")


@pytest.fixture
def named(study: Path) -> Path:
    add_interview(study, "이름.txt", SAID + SAID.replace("도와", "불러"))
    return study


def run(config: Path) -> Run:
    return run_stages(load_study(config), STAGES, Silent())


def listed(config: Path) -> dict[str, Found]:
    return {one.form: one for one in list_personal(load_study(config), Silent())}


def decide_on(config: Path, **decisions: list[str]) -> None:
    study = load_study(config)
    decide(study, list_personal(study, Silent()), **decisions)


def files_with(folder: Path, word: str) -> list[str]:
    """Return the files that hold ``word`` or are called so."""
    files = (p for p in folder.rglob("*") if p.is_file())
    return [p.name for p in files if word.encode() in p.read_bytes() or word in p.name]


def segments(done: Run) -> str:
    return (done.study.outputs / "tables/segments.csv").read_text("utf-8-sig")


def test_nothing_personal_is_anywhere_in_the_outputs(named: Path) -> None:
    done = run(named)
    for word in ("오대성", "박수진", "0000-0000"):
        assert files_with(done.study.outputs, word) == []
    assert "[전화번호]" in segments(done)
    terms = done.result("terms").vocabulary
    assert not [term for term in terms if "수진" in term]


def test_outputs_say_so_until_a_person_has_confirmed(named: Path) -> None:
    done = run(named)
    assert "가명처리 미확인" in (done.study.outputs / "report.html").read_text("utf-8")
    assert [p.level for p in done.problems] == ["warning"]
    found = list_personal(done.study, Silent())
    assert {(one.kind, one.form) for one in found} == {
        ("name", "오대성"), ("name", "박수진"), ("phone", "010-0000-0000"),
    }  # fmt: skip
    decide(done.study, found, accept=[one.form for one in found])
    again = run(named)
    assert again.problems == []
    assert "가명처리 미확인" not in (done.study.outputs / "report.html").read_text("utf-8")


def test_a_rejected_form_stays_and_an_added_one_goes(named: Path) -> None:
    run(named)
    decide_on(named, reject=["박수진"], add=["전화"])
    text = segments(run(named))
    assert "박수진 선생님" in text
    assert "전화를" not in text
    assert listed(named)["박수진"].decided == "rejected"


def test_an_unknown_form_or_place_is_said_and_nothing_is_remembered(named: Path) -> None:
    for said in ("홍길동", "이름@3"):
        with pytest.raises(GyeolError, match=said):
            decide_on(named, accept=["박수진", said])
    assert not (folder_of(named) / "private/privacy.json").exists()


def test_a_decision_on_a_place_outweighs_the_form(named: Path) -> None:
    first, second = listed(named)["박수진"].places
    assert first.id.startswith("이름@")
    decide_on(named, accept=["박수진"])
    decide_on(named, reject=[first.id])
    assert segments(run(named)).count("박수진") == 1
    decide_on(named, reject=["박수진"], accept=[second.id])
    assert segments(run(named)).count("박수진") == 1
    assert listed(named)["박수진"].decided == "mixed"


def test_decisions_on_places_survive_a_new_reading(named: Path) -> None:
    _, second = listed(named)["박수진"].places
    decide_on(named, reject=[second.id])
    (folder_of(named) / "interviews/이름.txt").unlink()
    preamble = "질문: 안녕하세요?\n오대성: 네, 반갑습니다. 오늘은 시간이 넉넉합니다.\n"
    add_interview(named, "P07.txt", preamble + SAID + SAID.replace("도와", "불러"))
    before, after = listed(named)["박수진"].places
    assert after.id != second.id
    assert (before.judged, after.judged) == ("open", "rejected")


def test_pseudonyms_stay_when_an_interview_is_added(named: Path) -> None:
    run(named)
    private = folder_of(named) / "private/key.json"
    before = json.loads(private.read_bytes())["people"]
    add_interview(named, "가나.txt", "질문: 네?\n답변: 최하늘 선생님이 오셨어요.\n")
    run(named)
    after = json.loads(private.read_bytes())["people"]
    assert before == {"오대성": "참여자01", "박수진": "이름01"}
    assert after == before | {"최하늘": "이름02"}


def test_a_name_only_interviewers_say_is_masked(study: Path) -> None:
    add_interview(study, "a.txt", "질문: 윤태식 팀장님은 어떠셨어요?\n답변: 그분이야 좋으셨죠.\n")
    done = run(study)
    assert files_with(done.study.outputs, "윤태식") == []
    assert listed(study)["윤태식"].places[0].before == "질문:"


def test_questions_are_analysed_once(study: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run(study)
    add_interview(study, "a.txt", "질문: 정미영 선생님 아세요?\n답변: 알죠.\n")
    seen: list[int] = []
    from pipeline.corpus import morphology

    real = morphology.analyse
    monkeypatch.setattr(
        morphology, "analyse", lambda kiwi, i, *rest: seen.append(len(i)) or real(kiwi, i, *rest)
    )
    run(study)
    assert seen == [1, 1]


def test_rules_keep_and_generalise(study: Path) -> None:
    said = (
        "질문: 어디 사세요?\n답변: 성북구 정릉로 12-3에서 살다가 관악구로 왔어요. 생년월일은 1962년 3월 5일이에요."
        " 메일은 a@example.com이요.\n"
    )
    add_interview(study, "a.txt", said)
    add_rules(study, "{address: generalise, birth: generalise, district: generalise, email: keep}")
    text = segments(run(study))
    assert "A구에서 살다가 B구로 왔어요. 생년월일은 1960년대예요. 메일은 a@example.com이요." in text
    key = json.loads((folder_of(study) / "private/key.json").read_bytes())
    assert key["districts"] == {"성북구": "A구", "관악구": "B구"}


def test_districts_are_kept_unless_a_rule_says_otherwise(study: Path) -> None:
    add_interview(study, "a.txt", "질문: 네?\n답변: 성북구에서 살아요.\n")
    assert "성북구에서" in segments(run(study))
    add_rules(study, "{district: mask}")
    assert "[구]에서" in segments(run(study))


def test_a_combination_is_listed_left_and_masked_where_a_person_says_so(study: Path) -> None:
    add_interview(
        study, "a.txt", "질문: 하시는 일은요?\n답변: 성북구 도시재생센터 팀장이에요. 바빠요.\n"
    )
    done = run(study)
    assert "성북구 도시재생센터 팀장이에요" in segments(done)
    assert any("직책·기관·구" in p.ko for p in done.problems)
    found = listed(study)["성북구 도시재생센터 팀장"]
    assert (found.kind, found.decided) == ("indirect", "open")
    decide_on(study, accept=[found.places[0].id])
    assert "A구 [기관] 팀장이에요" in segments(run(study))
    assert listed(study)["성북구 도시재생센터 팀장"].replacement == "A구 [기관] 팀장"


NAMED_FILE = "질문: 언제 오셨어요?\n답변: 작년 장터에 왔어요. 장터 반찬이 좋았어요.\n"


def test_a_name_in_a_files_name_is_in_no_output(study: Path) -> None:
    add_interview(study, "홍길동_면담.txt", NAMED_FILE)
    add_interview(study, "홍길동 면담.txt", NAMED_FILE)
    done = run(study)
    assert files_with(done.study.outputs, "홍길동") == []
    rows = list(csv.DictReader(segments(done).splitlines()))
    ids = {row["interview"] for row in rows if "참여자" in row["interview"]}
    assert ids == {"참여자01 면담", "참여자01_면담"}
    assert len({row["segment"] for row in rows}) == len(rows)
    lines = (done.study.outputs / "suggestions.jsonl").read_text("utf-8").splitlines()
    assert ids < {json.loads(line)["interview"] for line in lines}
    (warning,) = (p for p in done.problems if "파일 이름" in p.ko)
    assert (warning.level, "홍길동" in warning.ko) == ("warning", True)
    key = json.loads((folder_of(study) / "private/key.json").read_bytes())
    assert key["interviews"]["홍길동_면담"] == "참여자01_면담"


def test_ids_shown_are_different_and_stay(study: Path) -> None:
    add_interview(study, "김영희.txt", NAMED_FILE)
    run(study)
    add_interview(study, "참여자01.txt", NAMED_FILE)
    (folder_of(study) / "names.txt").write_text("김영희=이순자\n", "utf-8")
    add_interview(study, "이순자.txt", NAMED_FILE)
    done = run(study)
    shown = {row["interview"] for row in csv.DictReader(segments(done).splitlines())}
    key = json.loads((folder_of(study) / "private/key.json").read_bytes())["interviews"]
    assert key["김영희"] == "참여자01"
    assert key["이순자"] not in {"참여자01", "이순자"}
    assert {*key.values(), "참여자01"} <= shown


def test_a_rejected_name_of_a_file_is_shown_again(study: Path) -> None:
    add_interview(study, "김영희.txt", NAMED_FILE)
    assert "김영희" not in segments(run(study))
    decide_on(study, reject=["김영희"])
    assert "김영희" in segments(run(study))


def test_columns_about_participants_are_masked_and_listed(study: Path) -> None:
    sheet = "interview,participant,phone\n장터,서은주,010-2222-3333\n집수리,P02,\n구청,P03,\n"
    (folder_of(study) / "participants.csv").write_text(sheet, "utf-8")
    done = run(study)
    assert files_with(done.study.outputs, "서은주") == []
    assert files_with(done.study.outputs, "2222-3333") == []
    assert listed(study)["010-2222-3333"].places[0].before == "phone: "


def test_a_person_without_a_name_keeps_the_listed_one(study: Path) -> None:
    add_interview(study, "김영희_1차.txt", NAMED_FILE)
    sheet = "interview,participant\n김영희_1차,P07\n"
    (folder_of(study) / "participants.csv").write_text(sheet, "utf-8")
    assert "\nP07_1차:" in segments(run(study))
    key = json.loads((folder_of(study) / "private/key.json").read_bytes())
    assert key["people"] == {"김영희": "P07"}


def answering(monkeypatch: pytest.MonkeyPatch, *answers: str) -> None:
    given = iter(answers)
    monkeypatch.setattr("typer.prompt", lambda *_, **__: next(given))
    monkeypatch.setattr(
        "pipeline.commands.privacy.sys", type("Sys", (), {"stdin": _Terminal(), "argv": sys.argv})
    )


class _Terminal:
    def isatty(self) -> bool:
        return True


def test_answers_at_the_terminal(named: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # 박수진: first an answer that is none, then place by place; 오대성: no; then stop.
    answering(monkeypatch, "?", "p", "y", "n", "n", "s")
    result = CliRunner().invoke(app, ["privacy", str(named)])
    assert result.exit_code == 0, result.output
    found = listed(named)
    assert [place.judged for place in found["박수진"].places] == ["accepted", "rejected"]
    assert found["오대성"].decided == "rejected"
    assert found["010-0000-0000"].decided == "open"
    assert "확인하지 않은 말 1가지" in result.output


def test_places_are_shown_with_what_names_them(named: Path) -> None:
    result = CliRunner().invoke(app, ["privacy", str(named), "--places", "박수진"])
    places = listed(named)["박수진"].places
    assert all(place.id in result.output for place in places)
    assert "오대성»" not in result.output
    CliRunner().invoke(app, ["privacy", str(named), "--reject", places[1].id])
    assert [place.judged for place in listed(named)["박수진"].places] == ["open", "rejected"]
    result = CliRunner().invoke(app, ["privacy", str(named), "--accept-all"])
    assert "확인하지 않은 말 0가지" in result.output
    assert [place.judged for place in listed(named)["박수진"].places] == ["accepted", "rejected"]


def test_it_says_where_files_cannot_be_locked(named: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.flow.privacy.readable_by_others", lambda _: True)
    (note,) = (p for p in run(named).problems if p.path == "corpora/작은연구/private")
    assert "윈도우" in note.ko
    assert "Windows" in note.en


def test_kinds_are_named_in_korean_and_unknown_forms_told(named: Path) -> None:
    result = CliRunner().invoke(app, ["privacy", str(named)])
    assert "[미확인] 이름 «박수진»" in result.output
    assert "[미확인] 전화번호 «010-0000-0000»" in result.output
    with pytest.raises(GyeolError, match="없는이름"):
        found_forms(list(listed(named).values()), ["박수진", "없는이름"])


def test_every_kind_has_a_korean_name() -> None:
    assert _KINDS.keys() == {*KINDS, *ON_DEMAND}
