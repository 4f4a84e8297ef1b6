from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from tiny_review import CODEBOOK, Page, desk_on, put, write_study

from pipeline.progress import Silent
from pipeline.review import open_desk
from pipeline.views.review.material import Material
from pipeline.views.review.state import Desk

EDIT = {
    "kind": "edit", "code": "자신감", "name": "자기 믿음", "parent": "",
    "definition": "<b>믿음</b>이 생긴 변화", "reason": "이름이 좁아서",
}  # fmt: skip


@pytest.fixture
def real(tmp_path: Path) -> Iterator[Desk]:
    desk = open_desk(write_study(tmp_path, "review: {unaided: 0}\n"), Silent())
    yield desk
    desk.learner.close()


def file_of(tmp_path: Path) -> Path:
    return tmp_path / "corpora" / "작은연구" / "codebook.yaml"


def seen_in(text: str) -> str:
    return re.findall(r'name="seen" value="([^"]*)"', text)[0]


def test_a_change_is_shown_first_and_written_with_its_reason(real: Desk, tmp_path: Path) -> None:
    page, file = Page(real, "가"), file_of(tmp_path)
    page.ask("/decide", action="put", segment="장터:002", code="자신감")
    shown = page.form("/codebook/change", **EDIT).text
    assert file.read_text("utf-8") == CODEBOOK, "nothing is written yet"
    assert "&lt;b&gt;믿음&lt;/b&gt;" in shown
    assert "- name: 자기 믿음" in shown
    assert "1개" in shown
    answer = page.form("/codebook/change", **EDIT, seen=seen_in(shown))
    assert answer.headers["hx-redirect"] == "/codebook"
    text = file.read_text("utf-8")
    assert "- name: 자기 믿음" in text
    assert text.startswith("# 연구실의 코드북\n")
    assert real.material.version == 2
    latest = real.material.versions[-1]
    assert (latest.author, latest.reason) == ("가", "이름이 좁아서")
    assert [step.kind for step in latest.changes] == ["rename", "edit"]
    # What was decided goes by the new name and is to be looked at again.
    assert [d.code for d in real.log.at(0)] == ["자기 믿음"]
    assert "자기 믿음" in page.get("/passage?segment=장터:002").text
    assert "이름이 좁아서" in page.get("/codebook").text
    assert "자기 믿음" in page.get("/stale").text


def test_what_was_not_seen_is_not_written(real: Desk, tmp_path: Path) -> None:
    page, file = Page(real, "가"), file_of(tmp_path)
    first = page.form("/codebook/change", **EDIT).text
    assert "그사이에 바뀌어" not in first
    seen = seen_in(first)
    other = {**EDIT, "name": "다른 이름"}
    assert "다른 이름" in page.form("/codebook/change", **other, seen=seen).text
    assert file.read_text("utf-8") == CODEBOOK
    file.write_text(CODEBOOK + "- name: 손으로 더함\n", encoding="utf-8")
    shown = page.form("/codebook/change", **EDIT, seen=seen).text
    assert 'name="seen"' in shown, "the file is another: to be seen once more"
    assert "그사이에 바뀌어" in shown
    answer = page.form("/codebook/change", **EDIT, seen=seen_in(shown)).text
    assert 'role="alert"' in answer, "and has to be read anew first"
    assert "손으로 더함" in real.codes
    assert real.material.version == 2


def test_of_the_decisions_a_change_touches_only_those_are_counted_that_one_may_see(
    real: Desk,
) -> None:
    real.decide(put(real.material, "나", 0, "자신감"), put(real.material, "나", 1, "자신감"))
    page = Page(real, "가")
    assert "이 코드에 관한 판정이" not in page.form("/codebook/change", **EDIT).text
    real.lift("가")
    assert "이 코드에 관한 판정이 2개" in page.form("/codebook/change", **EDIT).text


def test_a_change_without_reason_is_refused(real: Desk, tmp_path: Path) -> None:
    page = Page(real, "가")
    assert 'role="alert"' in page.form("/codebook/change", **{**EDIT, "reason": " "}).text
    assert 'role="alert"' in page.form("/codebook/change", kind="add", name="", reason="왜").text
    assert file_of(tmp_path).read_text("utf-8") == CODEBOOK


def test_line_ends_of_windows_stay(real: Desk, tmp_path: Path) -> None:
    file = file_of(tmp_path)
    file.write_bytes(b"\xef\xbb\xbf" + CODEBOOK.replace("\n", "\r\n").encode())
    page = Page(real, "가")
    shown = page.form("/codebook/change", **EDIT).text
    page.form("/codebook/change", **EDIT, seen=seen_in(shown))
    data = file.read_bytes()
    assert data.startswith(b"\xef\xbb\xbf# ")
    assert data.count(b"\r\n") == data.count(b"\n")


def test_forms_show_a_code_as_text(desk: Desk) -> None:
    page = Page(desk, "가")
    text = page.get("/codebook/code?code=%3Cb%3E굵은%3C/b%3E 코드").text
    assert 'value="&lt;b&gt;굵은&lt;/b&gt; 코드"' in text
    assert "<b>굵은" not in text
    assert 'value="새로운 것"' in page.get("/codebook/code?new=새로운 것").text


def test_a_codebook_that_is_not_yaml_stays_as_it_is(material: Material) -> None:
    answer = Page(desk_on(material), "가").form("/codebook/change", **EDIT)
    assert 'role="alert"' in answer.text
