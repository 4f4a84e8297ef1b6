from __future__ import annotations

from tiny_review import Page

from pipeline.views.review.state import Desk


def test_scripts_and_styles_come_with_their_types(desk: Desk) -> None:
    page = Page(desk)
    assert page.get("/static/desk.js").headers["content-type"].startswith("text/javascript")
    assert page.get("/static/review.css").headers["content-type"].startswith("text/css")
    assert page.get("/static/guard.py").status_code == 404


def test_an_unknown_address_is_not_found(desk: Desk) -> None:
    assert Page(desk, "가").get("/admin").status_code == 404
    assert Page(desk, "가").get("/decide").status_code == 405
