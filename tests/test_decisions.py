"""A study's decisions: analysed with the codings in files, exported, merged, forgotten."""

from __future__ import annotations

import json
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pipeline.agreement import Asked, compare_study
from pipeline.cli import app
from pipeline.config import Study, load_study
from pipeline.decisions import export_decisions, merge_decisions, merge_notes, store_of
from pipeline.errors import GyeolError
from pipeline.flow.verdicts import decided, has_store
from pipeline.forget import forget_interview
from pipeline.progress import Silent
from pipeline.records import CodeChange, Coding, Decision
from pipeline.runner import run_stages
from pipeline.stages import STAGES
from pipeline.verdicts.logs import name_hash
from pipeline.verdicts.store import append, decisions_of, made

ANALYSED = STAGES[: [stage.name for stage in STAGES].index("codings") + 1]
QUOTE = "구청 담당자가 두 번 바뀌었어요"


def put(study: Study, quote: str = QUOTE, code: str = "담당자 교체", **fields: object) -> Decision:
    """Decide on ``quote`` where it stands in the interviews as they are."""
    for path in study.interviews.glob("*.txt"):
        text = path.read_text("utf-8")
        if quote in text:
            start = text.index(quote)
            place = {"interview": path.stem, "start": start, "end": start + len(quote)}
            return made("나", "put", code=code, quote=quote, **(place | fields))
    raise AssertionError(quote)


def decide(study: Study, *decisions: Decision) -> None:
    with store_of(study) as store:
        append(store, decisions)


def analysed(config: Path) -> tuple[tuple[Coding, ...], list[str], dict[str, bool]]:
    """Run up to the codings; return them, what was said and what was skipped."""
    done = run_stages(load_study(config), ANALYSED, Silent())
    said = [problem.ko for problem in done.problems]
    return done.result("codings"), said, {r.name: r.skipped for r in done.reports}


def test_what_was_decided_joins_the_codings_in_files(study: Path) -> None:
    before, _, _ = analysed(study)
    opened = load_study(study)
    decide(opened, put(opened), put(opened, "예산 서류만 쓰다가 한 해가 갔어요", joint=True))
    found, said, skipped = analysed(study)
    assert found[: len(before)] == before
    assert [(c.interview, c.coder) for c in found[len(before) :]] == [
        ("구청", "나"),
        ("구청", "합의"),
    ]
    assert said == []
    assert [name for name, skip in skipped.items() if not skip] == ["codings"]
    assert analysed(study)[2]["codings"]
    last = found[-2]
    decide(opened, made("나", "undo", of=decisions(opened)[0].id))
    assert last not in analysed(study)[0]


def decisions(study: Study) -> tuple[Decision, ...]:
    with store_of(study) as store:
        return decisions_of(store)


def test_what_was_decided_together_is_no_coder_to_compare(study: Path) -> None:
    opened = load_study(study)
    quote = "이웃집 도배를 혼자 해 드렸더니 자신감이 생겼어요"
    decide(opened, *(put(opened, quote, "자신감", joint=joint) for joint in (False, True)))
    compared = compare_study(opened, Asked(), "ko", Silent(), lambda _done, _total: None)
    agreement = compared.parts[0].agreement
    assert agreement.coders == ("가", "나")
    assert agreement.n_codings == 2, "one in a file, one decided: each once"


def test_a_study_without_a_store_opens_no_database(study: Path) -> None:
    command = (
        "import sys; from pathlib import Path; from pipeline.config import load_study;"
        "from pipeline.runner import run_stages; from pipeline.stages import STAGES;"
        "from pipeline.progress import Silent;"
        "run_stages(load_study(Path(sys.argv[1])), STAGES, Silent());"
        "assert 'sqlalchemy' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", command, str(study)], check=True)
    opened = load_study(study)
    assert not has_store(opened)
    assert decided(opened) == ""
    assert not (opened.folder / "decisions.db").exists()


def test_decisions_that_do_not_fit_are_left_out_and_said(study: Path) -> None:
    opened = load_study(study)
    decide(
        opened,
        put(opened),
        put(opened, code="없는 코드"),
        put(opened, interview="없는 면담"),
        put(opened, "예산 서류만 쓰다가", start=3, end=8),
    )
    found, said, _ = analysed(study)
    assert [c.code for c in found if c.coder == "나"] == ["담당자 교체"]
    assert len(said) == 2
    assert "판정 2개" in said[0]
    assert "구청, 없는 면담" in said[0]
    assert "코드북에 없어 뺐습니다: 없는 코드" in said[1]


def test_names_given_up_at_the_desk_are_understood_in_files(study: Path) -> None:
    from pipeline.codebook_file import change_study_codebook, codebook_in_force

    opened = load_study(study)
    with store_of(opened) as store:
        codebook_in_force(opened, store)
        append(store, [put(opened)])
        merge = CodeChange("merge", ("경제적 성과", "자신감"), ("성과",))
        change_study_codebook(opened, store, merge, "가", "둘은 하나다")
        edit = CodeChange("edit", ("담당자 교체",), ("담당자 교체",))
        fields = {"담당자 교체": {"definition": "맡은 이가 바뀜"}}
        change_study_codebook(opened, store, edit, "가", "정의를 줄임", fields)
    found, said, _ = analysed(study)
    assert [c.code for c in found] == ["성과", "성과", "담당자 교체"]
    assert ["다시 보아야" in line for line in said] == [True]


def test_a_log_goes_from_one_machine_to_another(study: Path, tmp_path: Path) -> None:
    opened = load_study(study)
    decide(opened, put(opened))
    out = tmp_path / "나.jsonl"
    runner = CliRunner()
    exported = runner.invoke(app, ["decisions", "export", str(study), "--out", str(out)])
    assert (exported.exit_code, exported.stdout) == (0, f"{out}: 판정 1개\n")
    if sys.platform != "win32":
        assert stat.S_IMODE(out.stat().st_mode) == 0o600
    before = decisions(opened)
    for file in opened.folder.glob("decisions.db*"):
        file.unlink()
    merged = runner.invoke(app, ["decisions", "merge", str(study), str(out), str(out)])
    assert merged.exit_code == 0, merged.output
    lines = merged.stdout.splitlines()
    assert "판정 1개를 더함, 0개는 있던 것" in lines[0]
    assert "판정 0개를 더함, 1개는 있던 것" in lines[1]
    assert decisions(opened) == before


def test_one_bad_line_keeps_every_file_out(study: Path, tmp_path: Path) -> None:
    opened = load_study(study)
    decide(opened, put(opened))
    good, bad = tmp_path / "가.jsonl", tmp_path / "나.jsonl"
    export_decisions(opened, good)
    bad.write_text(good.read_text("utf-8") + '{"decision": "__import__(\'os\')"}\n', "utf-8")
    for file in opened.folder.glob("decisions.db*"):
        file.unlink()
    with pytest.raises(GyeolError) as refused:
        merge_decisions(opened, [good, bad, tmp_path / "없음.jsonl"])
    assert [(p.path, p.line) for p in refused.value.problems] == [
        (str(bad), 2),
        (str(tmp_path / "없음.jsonl"), None),
    ]
    assert not has_store(opened)


def test_nothing_decided_is_nothing_to_export(study: Path, tmp_path: Path) -> None:
    with pytest.raises(GyeolError, match="Nothing was decided"):
        export_decisions(load_study(study), tmp_path / "가.jsonl")
    assert not has_store(load_study(study))


def test_a_withdrawn_interview_takes_its_decisions_along(study: Path, tmp_path: Path) -> None:
    opened = load_study(study)
    kept = put(opened, "이웃집 도배를 혼자", "자신감")
    decide(opened, put(opened), kept, made("나", "note", interview="구청", text="목소리가 지쳤다"))
    log = tmp_path / "나.jsonl"
    export_decisions(opened, log)
    copy = opened.folder / "decisions.db.v1"
    copy.write_bytes(b"old")
    done = forget_interview(opened, "구청")
    assert {"corpora/작은연구/decisions.db", "corpora/작은연구/decisions.db.v1"} <= set(
        done.changed
    )
    assert not copy.exists()
    files = [path for path in opened.folder.rglob("*") if path.is_file()]
    for words in (QUOTE, "목소리가 지쳤다", "구청"):
        assert [p.name for p in files if words.encode() in p.read_bytes()] == []
    assert decisions(opened) == (kept,)
    (again,) = merge_decisions(opened, [log])
    assert (again.added, again.known, again.left_out) == (0, 1, 2)
    assert decisions(opened) == (kept,)


def test_who_has_it_still_is_told_of_a_withdrawal_elsewhere(study: Path, tmp_path: Path) -> None:
    opened = load_study(study)
    decide(opened, put(opened))
    log = tmp_path / "저쪽.jsonl"
    log.write_text(json.dumps({"withdrawn": name_hash("구청")}) + "\n", "utf-8")
    (done,) = merge_decisions(opened, [log])
    assert "«구청»" in merge_notes(done, str(log))[0].ko
    assert len(decisions(opened)) == 1


def test_the_store_is_where_the_config_says(study: Path) -> None:
    root = study.parent.parent
    opened = load_study(study)
    assert opened.store_url == f"sqlite:///{opened.folder / 'decisions.db'}"
    assert opened.store_shown == "corpora/작은연구/decisions.db"
    places = {
        "따로/판정.db": root / "따로/판정.db",
        "sqlite:///따로/판정.db": root / "따로/판정.db",
        "sqlite:////srv/판정.db": Path("/srv/판정.db"),
    }
    for given, place in places.items():
        study.write_text(f"store: {given}\n", "utf-8")
        assert load_study(study).store_file == place
    study.write_text("store: postgresql://나:비밀@서버/연구?sslpassword=비밀\n", "utf-8")
    opened = load_study(study)
    assert opened.store_file is None
    assert opened.store_shown == "postgresql://나:***@서버/연구?sslpassword=***"
    assert "비밀" in opened.store_url
