"""What holds for every address of the desk, also for those still to be added."""

from __future__ import annotations

import re

import pytest
from starlette.routing import Route
from tiny_review import HERE, Page, desk_on, material_of, on_passage, put, write_study

from pipeline.records import Decision
from pipeline.verdicts.store import made
from pipeline.views.review.app import make_app
from pipeline.views.review.guard import HEADERS
from pipeline.views.review.material import Material
from pipeline.views.review.state import Desk

OPEN = {"/login", "/static/{name}"}
# Each decision has a number of its own.
_NUMBERS = re.compile(r"[0-9a-f]{32}")
MEMO, OTHER = "남이보면안되는메모", "다른코더"


@pytest.fixture(scope="module")
def material(tmp_path_factory: pytest.TempPathFactory) -> Material:
    return material_of(write_study(tmp_path_factory.mktemp("routes")))


@pytest.fixture
def desk(material: Material) -> Desk:
    return desk_on(material)


def addresses(desk: Desk, method: str) -> list[str]:
    """Return the paths of the app that answer to ``method``."""
    routes = [one for one in make_app(desk).routes if isinstance(one, Route)]
    found = [one.path for one in routes if method in (one.methods or ())]
    assert len(found) > 5
    return found


def test_every_address_that_writes_wants_our_origin_a_session_and_its_secret(desk: Desk) -> None:
    page, stranger = Page(desk, "가"), Page(desk)
    before = len(desk.log.by("가"))
    for path in addresses(desk, "POST"):
        for origin in ("https://evil.example", "null", f"{HERE}:9"):
            headers = {"origin": origin, "x-secret": page.secret}
            assert page.post(path, json={}, headers=headers).status_code == 400, path
        body = b"x" * 1_000_001
        headers = {"x-secret": page.secret}
        assert page.post(path, content=body, headers=headers).status_code == 400, path
        if path in OPEN:
            continue
        assert stranger.post(path, json={}).status_code == 401, path
        for sent in ({}, {"x-secret": ""}, {"x-secret": "geraten"}):
            assert page.post(path, json={}, headers=sent).status_code == 403, path
    assert len(desk.log.by("가")) == before
    assert desk.blind


def test_no_address_shows_anything_to_strangers_or_under_a_strange_name(desk: Desk) -> None:
    page, stranger = Page(desk, "가"), Page(desk)
    for path in addresses(desk, "GET"):
        address = path.replace("{name}", "desk.js")
        assert page.get(address, headers={"host": "evil.example"}).status_code == 400, path
        if path not in OPEN:
            assert stranger.get(address).headers["location"] == "/login", path
            assert stranger.get(address, headers={"accept": "*/*"}).status_code == 401, path


def test_every_answer_binds_the_browser(desk: Desk) -> None:
    page = Page(desk, "가")
    answers = [page.get(path.replace("{name}", "desk.js")) for path in addresses(desk, "GET")]
    answers += [page.post(path, json={}) for path in addresses(desk, "POST")]
    answers += [page.get("/static/..%2f..%2fguard.py"), page.request("TRACE", "/")]
    for answer in answers:
        for name in HEADERS.keys() - {"cache-control"}:
            assert answer.headers[name] == HEADERS[name], answer.url


def test_nonsense_is_refused_and_never_breaks_the_server(desk: Desk) -> None:
    page = Page(desk, "가")
    asked = {"segment": "장터:002", "action": "put", "code": "자신감"}
    nonsense: list[dict[str, object]] = [
        {"segment": "없는:001"},
        {"segment": ["장터:002"]},
        {"segment": "../장터:002"},
        {"action": "없음"},
        {"code": "없는 코드"},
        {"code": {"a": 1}},
        {"start": -1, "end": 10**30},
        {"start": "0", "end": None},
        {"quote": "면담에 없는 말"},
    ]
    for wrong in nonsense:
        for path in addresses(desk, "POST"):
            if path not in {"/login", "/logout"}:
                code = page.ask(path, **{**asked, **wrong}).status_code
                assert code < 500, (path, wrong)
    for path in addresses(desk, "GET"):
        for value in ("없는:001", "../../etc/passwd", "<script>", "\u202e", "9" * 5000):
            query = dict.fromkeys(("segment", "turns", "code", "order", "id"), value)
            answer = page.get(path.replace("{name}", "desk.js"), params=query)
            assert answer.status_code < 500, (path, value[:20])
            assert "<script>" not in answer.text.replace("&lt;", ""), path
    sent = b'{"segment": "%s", "action": "memo", "text": "\\ud800"}' % "장터:002".encode()
    answer = page.post("/decide", content=sent, headers={"x-secret": page.secret})
    assert answer.status_code < 500
    assert page.get("/").status_code == 200


def answers_to(desk: Desk, coder: str) -> dict[str, str]:
    """Return all that ``coder`` can get to see, what differs from session to session left out."""
    page = Page(desk, coder)
    found = {}
    for path in addresses(desk, "GET"):
        for segment in desk.texts.ids:
            for order in ("spoken", "uncertain"):
                query = {"segment": segment, "order": order}
                text = page.get(path.replace("{name}", "desk.js"), params=query).text
                found[f"{path} {segment} {order}"] = text.replace(page.secret, "")
    asked = {"segment": desk.texts.ids[0], "action": "done"}
    found["/decide"] = _NUMBERS.sub("", page.ask("/decide", **asked).text)
    return found


def others_decisions(material: Material) -> list[Decision]:
    return [
        put(material, OTHER, 0, "호혜정신", text=MEMO),
        on_passage(material, OTHER, "reject", 1, code="경제적 성과"),
        on_passage(material, OTHER, "memo", 1, text=MEMO),
        on_passage(material, OTHER, "done", 2),
        made(OTHER, "memo", code="자신감", text=MEMO),
    ]


def test_while_blind_nothing_of_a_coder_changes_what_another_sees(material: Material) -> None:
    alone = answers_to(desk_on(material), "나")
    beside = answers_to(desk_on(material, others_decisions(material)), "나")
    for address, text in beside.items():
        assert MEMO not in text, address
        assert OTHER not in text, address
        assert re.sub(r"\s+", " ", text) == re.sub(r"\s+", " ", alone[address]), address


def test_once_lifted_it_shows(material: Material) -> None:
    desk = desk_on(material, others_decisions(material))
    desk.lift("나")
    assert any(MEMO in text for text in answers_to(desk, "나").values())
