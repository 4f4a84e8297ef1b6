"""The job with all its stages: what is told, what is masked, what becomes of decisions."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.config import Study, load_study
from pipeline.job import kiwi_upgrade
from pipeline.job.analysing import analyse
from pipeline.job.inbox import wait_until_settled
from pipeline.job.one_pass import Pass, run_pass
from pipeline.progress import Silent
from pipeline.records import CodebookVersion, CodeChange, Decision, Interview, Morphemes
from pipeline.verdicts.codings import standing
from pipeline.verdicts.store import append, decisions_of, made, open_store
from pipeline.verdicts.versions import add_version

NEW = """질문: 어떻게 지내셨어요?
답변: 저는 홍길동이고요, 자전거 수리를 배웠어요. 자전거 바퀴도 갈아요. 전화는 010-1234-5678이에요.
질문: 그리고요?
답변: 자전거 가게를 열고 싶어요.
"""


def do_job(study: Study) -> Pass:
    ready, _ = wait_until_settled(study.folder / "inbox", 0)
    (done,) = run_pass(study, ready, lambda plans: analyse(study, Silent(), plans))
    return done


def put_in(study: Study, name: str, text: str) -> None:
    (study.folder / "inbox").mkdir(exist_ok=True)
    (study.folder / "inbox" / name).write_text(text, encoding="utf-8")


def latest(study: Study) -> dict:
    return json.loads((study.outputs / "job" / "LATEST.json").read_text("utf-8"))


def test_a_new_interview_is_told_masked(study: Path) -> None:
    small = load_study(study)
    put_in(small, "홍길동.txt", NEW)
    put_in(small, "홍길동 사본.docx", "")
    put_in(small, "김영희.hwp", "\0\1\2")
    do_job(small)
    told, page = latest(small), (small.outputs / "job" / "LATEST.html").read_text("utf-8")
    written = json.dumps(told, ensure_ascii=False) + page
    for hidden in ("홍길동", "1234", "김영희"):
        assert hidden not in written
    (one,) = told["interviews"]
    assert (one["n_segments"], one["n_suggested"]) == (2, 2)
    assert {code for s in one["segments"] for code in s["codes"]} == {
        "경제적 성과",
        "자신감",
        "담당자 교체",
    }
    terms = {term["term"]: term["frequency"] for term in told["new_terms"]}
    assert terms["자전거"] == 3
    assert "도배" not in terms
    assert [one["suffix"] for one in told["refused"]] == [".hwp", ".docx"]
    assert told["drift"]["new"]["n_segments"] == 2
    assert told["why_not"] == "fixed"
    assert "가명처리 미확인" in page


def decide(study: Study, quote: str, action: str = "put") -> Decision:
    text = (study.interviews / "구청.txt").read_text("utf-8")
    start = text.index(quote)
    code = "담당자 교체" if action == "put" else None
    span = {"start": start, "end": start + len(quote), "quote": quote}
    return made("가", action, interview="구청", code=code, **span)


def test_a_corrected_interview_keeps_its_decisions(study: Path) -> None:
    small = load_study(study)
    same, other = decide(small, "처음부터 다시 했죠"), decide(small, "담당자가 두 번 바뀌었어요")
    with open_store(small.store_url) as store:
        append(store, [same, other])
    text = (small.interviews / "구청.txt").read_text("utf-8")
    put_in(small, "구청.txt", text.replace("두 번", "세 번").replace("질문: 담", "질문: 구청 담"))
    done = do_job(small)
    assert [plan.outcome for plan in done.plans] == ["corrected"]
    new = (small.interviews / "구청.txt").read_text("utf-8")
    with open_store(small.store_url) as store:
        log = decisions_of(store)
    assert log[:2] == (same, other)
    (stands,) = standing(log)
    assert stands.of == same.id
    assert new[stands.start : stands.end] == "처음부터 다시 했죠"
    assert latest(small)["decisions"] == [
        {"interview": "구청", "stays": 0, "moved": 1, "changed": [{"code": "담당자 교체", "n": 1}]}
    ]
    (kept,) = (small.private / "superseded").rglob("changed.json")
    assert [row["id"] for row in json.loads(kept.read_text("utf-8"))] == [other.id]
    assert kept.with_name("구청.txt").read_text("utf-8") == text
    assert any("코딩 파일은 그대로" in problem.ko for problem in done.problems)
    # Told again after a crash, the same is told, and nothing is carried twice.
    told = latest(small)
    analyse(small, Silent(), done.plans)
    assert latest(small) == told
    with open_store(small.store_url) as store:
        assert decisions_of(store) == log


def test_codes_people_made_are_counted(study: Path) -> None:
    small = load_study(study)
    book = (small.folder / "codebook.yaml").read_text("utf-8")
    changed = book + "- name: 서류\n"
    (small.folder / "codebook.yaml").write_text(changed, encoding="utf-8")
    with open_store(small.store_url) as store:
        add_version(store, CodebookVersion(1, "2026-01-01T00:00:00.000000Z", "가", "처음", book))
        change = CodeChange("add", (), ("서류",))
        second = CodebookVersion(2, "2026-01-02T00:00:00.000000Z", "가", "", changed, (change,))
        add_version(store, second)
        for number in range(7):
            append(store, [replace(decide(small, "서류가"), interview=f"P{number}", code="서류")])
    put_in(small, "P07.txt", NEW)
    do_job(small)
    told = latest(small)["saturation"]
    assert (told["n_interviews"], told["n_codes"]) == (7, 1)
    assert told["new"] == [1, 0, 0, 0, 0, 0, 0]
    assert told["reached"][0]["at"] == 4


def test_an_older_kiwi_is_compared_with_the_installed(
    study: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    small = load_study(study)
    put_in(small, "P07.txt", NEW)
    do_job(small)
    (memory,) = small.private.rglob("stages.json")
    memory.write_text(
        memory.read_text("utf-8").replace('"kiwipiepy_model": "', '"kiwipiepy_model": "0.')
    )
    real = kiwi_upgrade.analyse

    def another(kiwi: object, interviews: list[Interview], **options: object) -> Morphemes:
        found = real(kiwi, interviews, **options)  # type: ignore[arg-type]
        words = tuple("도/NNG" if word == "도배/NNG" else word for word in found.vocabulary)
        return replace(found, vocabulary=words)

    monkeypatch.setattr(kiwi_upgrade, "analyse", another)
    put_in(small, "P08.txt", NEW.replace("자전거", "도배"))
    done = do_job(small)
    told = latest(small)["kiwi"]
    assert told["n_words"] > told["n_changed"] > 3
    words = [word for word, _, _ in told["examples"]]
    assert set(words) <= {"도배를", "도배는", "도배", "도배요.", "도배도"}
    assert all("도배/NNG" in before and "도/NNG" in after for _, before, after in told["examples"])
    assert any("--upgrade" in problem.ko for problem in done.problems)
