from __future__ import annotations

import pytest
from tiny_review import HERE, Page

from pipeline.views.review.guard import HEADERS, coder_name, is_loopback, is_token
from pipeline.views.review.state import Desk


@pytest.mark.parametrize(
    ("host", "code"),
    [
        ("127.0.0.1", 303),
        ("127.0.0.1:8765", 303),
        ("localhost:8765", 303),
        ("[::1]:8765", 303),
        ("evil.example", 400),
        ("127.0.0.1.evil.example:8765", 400),
        ("192.168.0.7", 400),
        ("", 400),
    ],
)
def test_only_our_own_names_are_answered(desk: Desk, host: str, code: int) -> None:
    assert Page(desk).get("/", headers={"host": host}).status_code == code


def test_served_to_others_any_address_is_ours_but_no_name(desk: Desk) -> None:
    page = Page(desk, token="열쇠", host="192.168.0.7")
    assert page.get("/login", headers={"host": "192.168.0.7:8765"}).status_code == 200
    assert page.get("/login", headers={"host": "10.0.0.2"}).status_code == 200
    assert page.get("/login", headers={"host": "evil.example"}).status_code == 400


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://127.0.0.1:9", ""])
def test_writing_from_another_page_is_refused(desk: Desk, origin: str) -> None:
    page = Page(desk, "가")
    asked = {"segment": "장터:002", "action": "done"}
    headers = {"origin": origin, "x-secret": page.secret}
    assert page.post("/decide", json=asked, headers=headers).status_code == 400
    assert page.post("/login", data={"coder": "나"}, headers={"origin": origin}).status_code == 400
    del page.headers["origin"]
    assert page.post("/decide", json=asked, headers={"x-secret": page.secret}).status_code == 400
    assert desk.log.by("가") == ()


def test_writing_without_the_secret_is_refused(desk: Desk) -> None:
    page = Page(desk, "가")
    asked = {"segment": "장터:002", "action": "done"}
    assert page.post("/decide", json=asked).status_code == 403
    assert page.post("/decide", json=asked, headers={"x-secret": "x"}).status_code == 403
    assert page.post("/choose", data={"lang": "en"}).status_code == 403
    assert desk.log.by("가") == ()
    assert page.ask("/decide", **asked).status_code == 200


def test_what_fails_is_answered_with_the_same_headers(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError("비밀")

    page = Page(desk, "가", failing=True)
    monkeypatch.setattr(Desk, "ahead", fail)
    for path in ("/", "/ahead?segment=장터:002"):
        answer = page.get(path)
        assert answer.status_code == 500
        assert {name: answer.headers[name] for name in HEADERS} == HEADERS
        assert "저장되어 있습니다" in answer.text
        assert "비밀" not in answer.text
    with pytest.raises(ZeroDivisionError):
        Page(desk, "가").get("/")


def test_who_has_not_logged_in_sees_nothing(desk: Desk) -> None:
    page = Page(desk)
    assert page.get("/").headers["location"] == "/login"
    for path in ("/passage?segment=장터:002", "/codes", "/ahead"):
        assert page.get(path, headers={"accept": "*/*"}).status_code == 401
    assert page.post("/decide", json={}).status_code == 401
    page.cookies.set("gyeol", "geraten")
    assert page.get("/").headers["location"] == "/login"


def test_every_answer_binds_the_browser(desk: Desk) -> None:
    page = Page(desk, "가")
    for path in ("/", "/login", "/static/desk.js", "/nirgends"):
        answer = page.get(path)
        for name, value in HEADERS.items():
            if path.startswith("/static") and name == "cache-control":
                continue
            assert answer.headers[name] == value, (path, name)
    policy = HEADERS["content-security-policy"]
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy


def test_pages_hold_no_inline_script_or_style(desk: Desk) -> None:
    page = Page(desk, "가")
    for path in ("/", "/login", "/codes"):
        text = page.get(path).text
        assert "<style" not in text
        assert " style=" not in text
        assert " onclick" not in text
        for tag in text.split("<script")[1:]:
            assert ' src="/static/' in tag.split(">")[0]


def test_cookies_are_kept_from_scripts_and_other_sites(desk: Desk) -> None:
    cookie = Page(desk).post("/login", data={"coder": "가"}).headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie


def test_too_much_or_of_no_length_is_refused(desk: Desk) -> None:
    page = Page(desk, "가")
    headers = {"x-secret": page.secret}
    assert page.post("/decide", content=b"x" * 1_000_001, headers=headers).status_code == 400
    assert page.post("/decide", content=iter([b"{}"]), headers=headers).status_code == 400
    assert page.post("/decide", content=b"[" * 9000, headers=headers).status_code == 422
    assert page.post("/decide", content=b"[]", headers=headers).status_code == 422
    assert page.put("/decide", content=b"{}", headers=headers).status_code == 400


@pytest.mark.parametrize(
    "path", ["../guard.py", "..%2fguard.py", "%2e%2e/guard.py", "desk.js/x", ""]
)
def test_no_path_reaches_the_disk(desk: Desk, path: str) -> None:
    answer = Page(desk, "가").get(f"/static/{path}")
    assert answer.status_code in {303, 404}
    assert "Guard" not in answer.text


def test_names_of_coders() -> None:
    assert coder_name("  이  예슬 ", set()) == "이 예슬"
    assert coder_name("이예슬".encode().decode(), set()) == "이예슬"
    for wrong in ("", " ", "가" * 61, "가\u202e나", "가\x00나", "합의"):
        assert coder_name(wrong, {"합의"}) is None, wrong
    assert coder_name("<b>나</b>", set()) == "<b>나</b>"


def test_tokens_and_addresses() -> None:
    assert is_token("", "")
    assert is_token("열쇠", "열쇠")
    assert not is_token("열쇠", "")
    assert not is_token("열쇠", "열쇠2")
    assert is_loopback("127.0.0.1")
    assert is_loopback("127.0.0.5")
    assert is_loopback("::1")
    assert is_loopback("localhost")
    assert not is_loopback("0.0.0.0")
    assert not is_loopback("example.org")
    assert HERE == "http://127.0.0.1"
