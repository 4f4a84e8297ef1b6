from __future__ import annotations

from pathlib import Path

import pytest
from tiny_review import Page

from pipeline.config import load_study
from pipeline.errors import GyeolError, UsageError
from pipeline.review import pins_of, reset_pin
from pipeline.views.review.pins import Patience, can_be_pin, hashed, is_pin
from pipeline.views.review.state import Desk
from tests.test_cli import gyeol


def test_only_the_pin_that_was_set_is_right_and_its_hash_says_nothing() -> None:
    kept = hashed("가나다라")
    assert is_pin(kept, "가나다라")
    assert is_pin(kept, "\u1100\u1161나다라"), "however the keyboard composes it"
    assert not is_pin(kept, "가나다")
    assert "가나다라" not in kept
    assert hashed("가나다라") != kept, "salted"
    assert not can_be_pin("123")


def test_every_wrong_one_is_waited_for_twice_as_long() -> None:
    now = [0.0]
    patience = Patience(lambda: now[0])
    waits = []
    for _ in range(9):
        patience.miss("가")
        before = now[0]
        while patience.must_wait("가"):
            now[0] += 1
        waits.append(now[0] - before)
    assert waits == [1, 2, 4, 8, 16, 32, 60, 60, 60]
    assert not patience.must_wait("나")
    patience.miss("가")
    patience.forgive("가")
    assert not patience.must_wait("가")


def test_a_pin_is_set_twice_typed_and_asked_for_from_then_on(desk: Desk) -> None:
    page = Page(desk)
    first = page.post("/login", data={"coder": "가", "pin": "열려라참깨"})
    assert first.status_code == 200
    assert 'name="again"' in first.text
    assert "열려라참깨" not in first.text
    for pin, again, said in (("가나다라", "가나다", "서로 다릅니다"), ("가나", "가나", "4~60자")):
        answer = page.post("/login", data={"coder": "가", "pin": pin, "again": again})
        assert answer.status_code == 403
        assert said in answer.text
    chosen = {"coder": "가", "pin": "열려라참깨", "again": "열려라참깨"}
    assert page.post("/login", data=chosen).status_code == 303
    assert page.post("/login", data={"coder": "가"}).status_code == 403
    taken = page.post("/login", data={**chosen, "pin": "다른참깨", "again": "다른참깨"})
    assert taken.status_code == 403, "it cannot be set anew by who does not know it"
    again = page.post("/login", data={"coder": "가", "pin": "열려라참깨"})
    assert "잠시 막아" in again.text, "not even the right one, so soon after a wrong one"
    page.app.state.patience.forgive("가")
    assert page.post("/login", data={"coder": "가", "pin": "열려라참깨"}).status_code == 303
    assert page.post("/login", data={"coder": "나"}).status_code == 303


def test_served_to_others_everybody_needs_one(desk: Desk) -> None:
    page = Page(desk, token="s3cret")
    asked = page.post("/login", data={"coder": "가", "token": "s3cret"})
    assert asked.status_code == 200
    assert 'name="again"' in asked.text
    assert 'value="s3cret"' in asked.text, "the token need not be typed again"
    chosen = {"coder": "가", "pin": "1234", "again": "1234"}
    assert page.post("/login", data=chosen).status_code == 403
    assert page.post("/login", data={**chosen, "token": "s3cret"}).status_code == 303


def test_a_forgotten_pin_is_removed_by_who_has_the_files(study: Path) -> None:
    opened = load_study(study)
    pins = pins_of(opened)
    pins.write({"가": hashed("1234"), "나": hashed("1234")})
    assert (opened.private / "pins.json").stat().st_mode & 0o777 == 0o600
    assert gyeol("review", study, "--reset-pin", "가").returncode == 0
    assert set(pins.read()) == {"나"}
    with pytest.raises(UsageError, match="«가»"):
        reset_pin(opened, "가")
    (opened.private / "pins.json").write_text("[", "utf-8")
    with pytest.raises(GyeolError, match="PINs cannot be read"):
        pins.read()
