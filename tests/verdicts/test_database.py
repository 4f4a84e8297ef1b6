"""The database: nothing acknowledged is lost, writers take turns, and its file is private."""

from __future__ import annotations

import os
import random
import sqlite3
import stat
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text

import pipeline
from pipeline.errors import GyeolError
from pipeline.verdicts.store import append, decisions_of, last_number, made, open_store

# More of them by hand: GYEOL_KILLS=200 pytest tests/verdicts/test_database.py
KILLS = int(os.environ.get("GYEOL_KILLS", "3"))
WRITES = 200

# Writes at random and says after each which decisions it was told are kept.
WRITER = """
import random, sys
from pipeline.verdicts.store import append, made, open_store
url, seed, writes = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
chance = random.Random(seed)
with open_store(url) as store:
    for number in range(writes):
        some = [
            made("가", "put", interview="장터", start=number, end=number + 1 + chance.randrange(9),
                 code="코드", quote="말" * chance.randrange(300), text=f"{seed}-{number}-{part}")
            for part in range(chance.choice([1, 1, 1, 5]))
        ]
        append(store, some)
        print(" ".join(f"{d.id}:{d.text}" for d in some), flush=True)
"""


def writer(url: str, seed: int, writes: int = WRITES) -> subprocess.Popen[str]:
    environment = {**os.environ, "PYTHONPATH": str(Path(pipeline.__file__).parent.parent)}
    command = [sys.executable, "-c", WRITER, url, str(seed), str(writes)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)


def test_nothing_acknowledged_is_lost_when_the_writer_is_killed(store_url: str) -> None:
    acknowledged: dict[str, str] = {}
    for seed in range(KILLS):
        chance = random.Random(seed)
        dies_after = chance.randrange(1, WRITES - 10)
        with writer(store_url, seed) as child:
            assert child.stdout is not None
            for _ in range(dies_after):
                pairs = child.stdout.readline().split()
                acknowledged |= dict(pair.split(":") for pair in pairs)
            time.sleep(chance.random() / 200)
            child.kill()
            # What it had said before it died, it had said; half a line is no word.
            for line in child.stdout.read().split("\n")[:-1]:
                acknowledged |= dict(pair.split(":") for pair in line.split())
        with open_store(store_url) as store:
            kept = decisions_of(store)
            assert acknowledged.items() <= {d.id: d.text for d in kept}.items()
            # What was not acknowledged is there whole or not at all.
            assert last_number(store) == len(kept)
            if store.engine.dialect.name == "sqlite":
                with store.engine.connect() as connection:
                    assert connection.execute(text("PRAGMA integrity_check")).scalar_one() == "ok"
    assert len(acknowledged) >= KILLS


def test_two_who_write_at_once_keep_all(store_url: str) -> None:
    open_store(store_url).close()
    writers = [writer(store_url, seed, 60) for seed in (1, 2)]
    said = [child.communicate(timeout=120)[0].split() for child in writers]
    with open_store(store_url) as store:
        kept = decisions_of(store)
        numbers = last_number(store)
    assert {pair for words in said for pair in words} == {f"{d.id}:{d.text}" for d in kept}
    assert numbers == len(kept)
    assert len({d.id for d in kept}) == len(kept)
    for seed, words in enumerate(said, 1):
        own = [f"{d.id}:{d.text}" for d in kept if d.text.startswith(f"{seed}-")]
        assert own == words, "each writer's own order is the log's"


def test_a_writer_waits_while_another_reads(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'decisions.db'}"
    with open_store(url) as one, open_store(url) as other:
        with one.engine.connect() as reader, reader.begin():
            reader.execute(text("SELECT * FROM decisions"))
            append(other, [made("가", "note", text="글")])
            assert reader.execute(text("SELECT count(*) FROM decisions")).scalar_one() == 0
        assert last_number(one) == 1


def test_every_transaction_is_on_the_disk_before_it_is_over(tmp_path: Path) -> None:
    with open_store(f"sqlite:///{tmp_path / 'decisions.db'}") as store:
        for _ in range(2):
            with store.engine.connect() as connection:
                said = [
                    connection.execute(text(f"PRAGMA {name}")).scalar_one()
                    for name in ("journal_mode", "synchronous", "busy_timeout", "secure_delete")
                ]
            assert said == ["wal", 2, 30_000, 1]


def test_the_file_is_its_owners_alone(tmp_path: Path) -> None:
    path = tmp_path / "판정 % #1.db"
    with open_store(f"sqlite:///{path}") as store:
        append(store, [made("가", "note", text="글")])
        files = list(tmp_path.iterdir())
        assert {file.name for file in files} >= {path.name}
        assert all(stat.S_IMODE(file.stat().st_mode) == 0o600 for file in files)


@pytest.mark.parametrize("url", ["", "말이 안 되는 주소", "mysql://a@b/c", "sqlite://", "소설://a"])
def test_an_address_that_is_none_is_refused(url: str) -> None:
    with pytest.raises(GyeolError, match="address of the store"):
        open_store(url)


def test_no_message_holds_the_password() -> None:
    with pytest.raises(GyeolError) as refused:
        open_store("postgresql://gyeol:tiger@127.0.0.1:1/none")
    assert "tiger" not in str(refused.value)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows knows no such modes")
def test_a_file_others_could_read_is_closed_to_them(tmp_path: Path) -> None:
    path = tmp_path / "decisions.db"
    with closing(sqlite3.connect(path)):
        path.touch()
    path.chmod(0o644)
    open_store(f"sqlite:///{path}").close()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_file_that_is_no_database_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "decisions.db"
    path.write_text("이것은 데이터베이스가 아닙니다. " * 50, encoding="utf-8")
    before = path.read_bytes()
    with pytest.raises(GyeolError, match=r"decisions\.db"):
        open_store(f"sqlite:///{path}")
    assert path.read_bytes() == before


def test_a_store_opened_twice_in_one_program_loses_nothing(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'decisions.db'}"
    read = (
        "import sys; from pipeline.verdicts.store import decisions_of, open_store\n"
        "with open_store(sys.argv[1]) as store: print(len(decisions_of(store)))"
    )

    def read_by_another() -> str:
        command = [sys.executable, "-c", read, url]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()

    with open_store(url) as first:
        append(first, [made("가", "note", interview="P01", text="하나")])
        with open_store(url) as second:
            assert len(decisions_of(second)) == 1
        assert read_by_another() == "1"
        append(first, [made("가", "note", interview="P01", text="둘")])
        assert read_by_another() == "2"
