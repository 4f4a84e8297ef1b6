from __future__ import annotations

import pytest
from tiny_review import Page

from pipeline.views.review.state import Desk


def test_any_name_is_shown_as_text(desk: Desk) -> None:
    page = Page(desk, '<img src=x onerror="alert(1)">')
    text = page.get("/").text
    assert "<img" not in text
    assert "&lt;img src=x" in text


@pytest.mark.parametrize("name", ["", "합의", "가" * 61])
def test_a_name_that_cannot_be_is_refused(desk: Desk, name: str) -> None:
    answer = Page(desk).post("/login", data={"coder": name})
    assert answer.status_code == 403
    assert "set-cookie" not in answer.headers
    assert 'role="alert"' in answer.text


def test_with_a_token_nobody_gets_in_without(desk: Desk) -> None:
    page = Page(desk, token="s3cret")
    assert 'name="token"' in page.get("/login").text
    assert page.post("/login", data={"coder": "가"}).status_code == 403
    assert page.post("/login", data={"coder": "가", "token": "S3cret"}).status_code == 403
    answer = page.post("/login", data={"coder": "가", "token": "s3cret"})
    assert (answer.status_code, "set-cookie" in answer.headers) == (200, False)
    assert 'name="again"' in answer.text, "a PIN is asked for"


def test_without_one_none_is_asked_for(desk: Desk) -> None:
    assert 'name="token"' not in Page(desk).get("/login").text


def test_logging_out_ends_the_session(desk: Desk) -> None:
    page = Page(desk, "가")
    assert page.form("/logout").headers["location"] == "/login"
    assert page.get("/").headers["location"] == "/login"


def test_language_and_theme_are_kept(desk: Desk) -> None:
    page = Page(desk, "가")
    assert '<html lang="ko">' in page.get("/").text
    page.form("/choose", lang="en")
    page.form("/choose", theme="dark")
    text = page.get("/").text
    assert '<html lang="en" data-theme="dark">' in text
    assert "Suggestions" in text
    page.form("/choose", lang="fr", theme="<")
    assert '<html lang="en" data-theme="dark">' in page.get("/").text


@pytest.mark.parametrize(
    ("back", "goes"),
    [
        ("/?order=code", "/?order=code"),
        ("//evil.example", "/"),
        ("/\\evil.example", "/"),
        ("https://evil.example", "/"),
    ],
)
def test_going_back_stays_here(desk: Desk, back: str, goes: str) -> None:
    assert Page(desk, "가").form("/choose", back=back).headers["location"] == goes


def test_who_was_logged_out_in_the_middle_is_told(desk: Desk) -> None:
    assert "방금 누른 것은 저장되지 않았습니다" in Page(desk).get("/login?again=yes").text
    assert "저장되지 않았습니다" not in Page(desk).get("/login").text
