"""The job as a process of its own, killed again and again at random moments, and started again.

``GYEOL_KILLS`` says how many kills; without it there are none, for each costs seconds. (The crash
at every single file operation is tried in ``test_one_pass.py``.)
"""

from __future__ import annotations

import hashlib
import json
import os
import random
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pipeline.config import Study, load_study
from pipeline.verdicts.store import append, decisions_of, made, open_store
from tests.job.inbox_of_six import in_log, placed

KILLS = int(os.environ.get("GYEOL_KILLS", "0"))
NEW = 24
CORRECTED = {"구청.txt": "세 번", "집수리.txt": "구청"}


def fill(study: Study) -> None:
    """Put in thirty files: new ones, two corrected ones, four to be set aside."""
    inbox = study.folder / "inbox"
    inbox.mkdir()
    for number in range(NEW):
        said = f"{number}번 골목에서 반찬을 팔았어요. 담당자는 {number % 5}번 바뀌었고요."
        text = f"질문: 어떠셨어요?\n답변: {said} 무릎이 아파요.\n"
        (inbox / f"P{number:02}.txt").write_text(text, encoding="utf-8")
    for name, word in CORRECTED.items():
        text = (study.interviews / name).read_text("utf-8")
        text = text.replace("두 번", word).replace("이웃집", word)
        (inbox / name).write_text(f"질문: 먼저요?\n답변: 네.\n{text}", encoding="utf-8")
    for number, text in enumerate(("", "\0\0\0", "질문: 답이 없나요?\n")):
        (inbox / f"깨짐{number}.txt").write_text(text, encoding="utf-8")
    shutil.copy(study.interviews / "장터.txt", inbox / "장터 사본.txt")
    text = (study.interviews / "구청.txt").read_text("utf-8")
    with open_store(study.store_url) as store:
        for quote in ("예산이 끝나면 사업도 끝나요", "담당자가 두 번 바뀌었어요"):
            at = {"start": text.index(quote), "end": text.index(quote) + len(quote)}
            append(store, [made("가", "put", interview="구청", code="자신감", quote=quote, **at)])


def start(config: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "pipeline.cli", "job", str(config), "--quiet"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )


def outputs(study: Study) -> dict[str, str]:
    """Return the hash of every output but those that tell the time."""
    files = (p for p in study.outputs.rglob("*") if p.is_file())
    told = {"manifest.json", "health.json"}
    return {
        str(p.relative_to(study.outputs)): hashlib.sha256(p.read_bytes()).hexdigest()
        for p in files
        if p.name not in told
    }


def decided(study: Study) -> list[tuple[str, str | None, int]]:
    with open_store(study.store_url) as store:
        return [(d.action, d.code, d.start) for d in decisions_of(store)]


@pytest.mark.skipif(not KILLS, reason="GYEOL_KILLS says how often to kill")
def test_killed_at_random_it_does_each_file_once(study: Path, tmp_path: Path) -> None:
    config = study.read_text("utf-8") + "job: {settle: 0}\n"
    study.write_text(config, encoding="utf-8")
    root = tmp_path / "study"
    root.mkdir()
    for name in ("configs", "corpora"):
        shutil.move(tmp_path / name, root / name)
    fill(load_study(root / "configs" / study.name))

    whole = shutil.copytree(root, tmp_path / "whole") / "configs" / study.name
    began = time.monotonic()
    process = start(whole)
    assert process.wait() == 1, process.stderr
    lasts = time.monotonic() - began
    expected = load_study(whole)
    assert len(in_log(expected)) == NEW + 2 + 4

    moments = random.Random(7)
    kills = rounds = 0
    phases: dict[str, int] = {}
    while kills < KILLS:
        rounds += 1
        again = shutil.copytree(root, tmp_path / f"again{rounds}") / "configs" / study.name
        while True:
            process = start(again)
            try:
                _, said = process.communicate(timeout=moments.uniform(0.1, lasts))
            except subprocess.TimeoutExpired:
                process.kill()
                process.communicate()
                kills += 1
                phase = phase_of(load_study(again))
                phases[phase] = phases.get(phase, 0) + 1
                if kills < KILLS:
                    continue
                process = start(again)  # the last kill of all: now it may finish
                _, said = process.communicate()
            assert process.returncode in (0, 1), said.decode()
            break
        found = load_study(again)
        assert placed(found) == placed(expected)
        assert in_log(found) == in_log(expected)
        assert outputs(found) == outputs(expected)
        assert sorted(decided(found), key=str) == sorted(decided(expected), key=str)
        assert not list(found.root.rglob("*.part"))
        shutil.rmtree(again.parent.parent)
    told = {"kills": kills, "rounds": rounds, "seconds": round(lasts, 1), **phases}
    sys.stdout.write(json.dumps(told))  # read with `pytest -rP`


def phase_of(study: Study) -> str:
    """Say how far the pass had come when it was killed."""
    if (study.private / "job" / "intent.json").exists():
        moved = not any((study.folder / "inbox").iterdir())
        return "analysing" if moved else "moving"
    return "after" if (study.folder / "job.log.jsonl").exists() else "before"
