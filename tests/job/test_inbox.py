"""When a file counts as whole: by what was seen of it, whatever its date says."""

from __future__ import annotations

import os
from pathlib import Path

from pipeline.job.inbox import Seen, look, settled, wait_until_settled


def test_a_file_settles_when_two_looks_agree(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("가")
    first = look(tmp_path, {}, 100)
    assert settled(first, 5, 104.9) == ()
    second = look(tmp_path, first, 105)
    assert settled(second, 5, 105) == (file,)


def test_a_file_that_grows_begins_again(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("가")
    first = look(tmp_path, {}, 100)
    file.write_text("가나")
    second = look(tmp_path, first, 106)
    assert settled(second, 5, 106) == ()
    assert settled(look(tmp_path, second, 111), 5, 111) == (file,)


def test_a_file_written_over_with_as_much_begins_again(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("가")
    first = look(tmp_path, {}, 100)
    file.write_text("나")
    os.utime(file, ns=(1, 1))
    assert settled(look(tmp_path, first, 200), 5, 200) == ()


def test_a_date_in_the_future_holds_nothing_up(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("가")
    os.utime(file, (4e9, 4e9))
    first = look(tmp_path, {}, 100)
    assert settled(look(tmp_path, first, 105), 5, 105) == (file,)


def test_what_is_gone_is_forgotten_and_hidden_files_are_not_seen(tmp_path: Path) -> None:
    (tmp_path / ".a.txt.12.part").write_text("가")
    (tmp_path / "~$a.docx").write_text("가")
    assert look(tmp_path, {tmp_path / "b.txt": Seen(1, 1, 0)}, 9) == {}
    assert look(tmp_path / "none", {}, 9) == {}


def test_one_look_and_another_with_a_pause_between(tmp_path: Path) -> None:
    whole, growing = tmp_path / "a.txt", tmp_path / "b.txt"
    whole.write_text("가")
    growing.write_text("가")
    pauses: list[float] = []

    def sleep(seconds: float) -> None:
        import time

        pauses.append(seconds)
        growing.write_text("가" * (1 + len(pauses)))
        time.sleep(seconds)

    assert wait_until_settled(tmp_path, 0.05, sleep) == ((whole,), (growing,))
    assert 0 < pauses[0] <= 0.05
    assert wait_until_settled(tmp_path / "none", 60, sleep) == ((), ())
