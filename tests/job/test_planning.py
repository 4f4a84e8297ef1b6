"""What becomes of a file: new, corrected, known, clashing, broken, withdrawn, a link."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from pipeline.config import Study, load_study
from pipeline.corpus import reading
from pipeline.forget import forget_interview
from pipeline.job.intent import carry_out
from pipeline.job.known import read_known, remember_known
from pipeline.job.planning import Planned, plan_files


def plan(study: Study, files: dict[str, str]) -> dict[str, Planned]:
    inbox = study.folder / "inbox"
    for name, text in files.items():
        (inbox / name).parent.mkdir(parents=True, exist_ok=True)
        (inbox / name).write_text(text, encoding="utf-8")
    plans, left = plan_files(study, [inbox / name for name in files], read_known(study))
    assert left == ()
    return {one.file: one for one in plans}


def rows(interview: str, *ids: str) -> str:
    lines = ({"id": i, "interview": interview, "text": f"말 {interview} {i}"} for i in ids)
    return "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)


def said(text: str) -> str:
    return f"질문: 네?\n답변: {text}\n"


def test_a_new_interview_keeps_its_name_and_folder(study: Path) -> None:
    found = plan(load_study(study), {"2월/P07.txt": said("새 말입니다")})
    one = found["2월/P07.txt"]
    assert (one.outcome, one.to, one.interviews) == ("taken", "interviews/2월/P07.txt", ("P07",))


def test_another_text_of_a_known_interview_takes_its_place(study: Path) -> None:
    small = load_study(study)
    (small.interviews / "1월").mkdir()
    (small.interviews / "장터.txt").rename(small.interviews / "1월" / "장터.txt")
    one = plan(small, {"장터.txt": said("고친 말입니다")})["장터.txt"]
    assert (one.outcome, one.to, one.instead) == (
        "corrected",
        "interviews/1월/장터.txt",
        "interviews/1월/장터.txt",
    )


def test_the_same_text_in_another_format_is_known(study: Path) -> None:
    small = load_study(study)
    text = (small.interviews / "장터.txt").read_bytes().decode()
    found = plan(
        small, {"장터.md": "\ufeff" + text.replace("\n", "\r\n"), "P08.txt": text + "\n\n"}
    )
    assert {one.outcome for one in found.values()} == {"aside"}
    assert "이미 있는 면담 장터" in found["장터.md"].problems[0].ko


def test_the_second_of_two_alike_is_set_aside(study: Path) -> None:
    text = said("같은 말입니다")
    found = plan(load_study(study), {"P07.txt": text, "P08.txt": text})
    assert [one.outcome for one in found.values()] == ["taken", "aside"]
    assert "면담 P07" in found["P08.txt"].problems[0].ko


def test_two_texts_of_one_interview_at_once(study: Path) -> None:
    found = plan(load_study(study), {"P07.md": said("하나"), "P07.txt": said("둘")})
    assert [one.outcome for one in found.values()] == ["taken", "aside"]
    assert "먼저 것(P07.md)만" in found["P07.txt"].problems[0].ko


@pytest.mark.parametrize(
    ("new", "outcome"),
    [
        (rows("가", "1", "2") + rows("나", "3") + rows("다", "4"), "corrected"),  # a survey grown
        (rows("가", "1", "2"), "aside"),  # one of its interviews is missing
        (rows("라", "1"), "aside"),  # another interview's rows
        (rows("라", "9"), "taken"),
    ],
)
def test_a_file_of_several_interviews(study: Path, new: str, outcome: str) -> None:
    small = load_study(study)
    (small.interviews / "설문.jsonl").write_text(rows("가", "1", "2") + rows("나", "3"), "utf-8")
    one = plan(small, {"설문.jsonl": new})["설문.jsonl"]
    assert one.outcome == outcome
    free = {"taken": "interviews/설문-2.jsonl", "corrected": "interviews/설문.jsonl"}
    assert one.to == free.get(outcome, "quarantine/설문.jsonl")


def test_names_in_quarantine_stay_apart(study: Path) -> None:
    small = load_study(study)
    (small.folder / "quarantine").mkdir()
    (small.folder / "quarantine" / "빈.txt").write_text("")
    (small.folder / "quarantine" / "빈-2.txt.reason.txt").write_text("")
    found = plan(small, {"빈.txt": ""})
    assert found["빈.txt"].to == "quarantine/빈-3.txt"


def test_a_withdrawn_interview_is_refused_by_file_and_by_id(study: Path) -> None:
    small = load_study(study)
    text = (small.interviews / "장터.txt").read_text("utf-8")
    forget_interview(small, "장터")
    found = plan(small, {"다른 이름.txt": text, "장터.txt": said("고친 것")})
    assert ["철회" in one.problems[0].ko for one in found.values()] == [True, True]


def test_names_no_disk_or_journal_takes(study: Path) -> None:
    small = load_study(study)
    (small.interviews / "2월").write_text(said("파일인데 폴더 이름"), encoding="utf-8")
    long = "가" * 80 + ".txt"  # 244 bytes: as long as it may be, but for the reason beside it
    found = plan(small, {long: "", "2월/P09.txt": said("폴더에 든 것")})
    assert found["2월/P09.txt"].to == "interviews/P09.txt"
    assert found[long].to == f"quarantine/{'가' * 65}.txt"
    for one in found.values():
        carry_out(small, one)
    assert (small.folder / "quarantine" / f"{'가' * 65}.txt.reason.txt").is_file()
    odd = Path(os.fsdecode(os.fsencode(small.folder / "inbox") + b"/\xb0\xa1.txt"))
    plans, (problem,) = plan_files(small, [odd], {})
    assert plans == ()
    assert "이름을 바꾸세요" in problem.ko
    problem.text("ko").encode()


def test_a_link_is_not_followed(study: Path) -> None:
    small = load_study(study)
    (small.folder / "inbox").mkdir()
    link = small.folder / "inbox" / "P07.txt"
    link.symlink_to("/etc/hostname")
    ((one,), _) = plan_files(small, [link], {})
    assert (one.outcome, one.sha256) == ("aside", "")


def test_what_cannot_be_opened_stays(study: Path) -> None:
    small = load_study(study)
    plans, (problem,) = plan_files(small, [small.folder / "inbox" / "gone.txt"], {})
    assert plans == ()
    assert problem.level == "warning"


def test_what_was_read_once_is_not_read_again(study: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    small = load_study(study)
    first = read_known(small)
    assert set(first) == {"장터.txt", "집수리.txt", "구청.txt"}
    remember_known(small, first)
    monkeypatch.setattr(reading, "read_file", lambda *_: 1 / 0)
    assert read_known(small) == first
    (small.private / "job" / "known.json").write_text("[]")
    with pytest.raises(ZeroDivisionError):
        read_known(small)
