"""A coder's hour, in Chromium: the desk as ``gyeol review`` serves it."""

from __future__ import annotations

import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Route, expect, sync_playwright
from tiny_review import write_study

from pipeline.records import Decision
from pipeline.verdicts.codings import standing
from pipeline.verdicts.sheet_columns import NOTHING_FITS
from pipeline.verdicts.sheet_rows import read_sheet
from pipeline.verdicts.store import decisions_of, open_store
from tests.test_cli import gyeol
from tests.verdicts.tiny_sheet import typed

pytestmark = pytest.mark.browser
ROOT = Path(__file__).parent.parent.parent
SERIOUS = {"serious", "critical"}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    assert found, "these tests need Chromium"
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        yield opened
        opened.close()


@contextmanager
def served(config: Path) -> Iterator[str]:
    """Run ``gyeol review`` and give its address, read from the one line it prints."""
    command = [sys.executable, "-m", "pipeline.cli", "review", str(config)]
    program = subprocess.Popen(
        [*command, "--no-browser", "--port", "0"], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    assert program.stdout is not None
    line = program.stdout.readline()
    assert line.startswith("검토 화면: http://127.0.0.1:"), line
    try:
        yield line.split(": ", 1)[1].strip()
    finally:
        program.send_signal(signal.SIGKILL)
        program.wait()


def copy_example(folder: Path) -> Path:
    for name in ("configs", "corpora"):
        shutil.copytree(
            ROOT / name, folder / name, ignore=shutil.ignore_patterns("private", "decisions.db*")
        )
    return folder / "configs" / "resident_school.yaml"


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copy_example(tmp_path_factory.mktemp("hour"))


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    made = write_study(tmp_path_factory.mktemp("small"), "review: {unaided: 0}\n")
    with served(made.config_path) as url:
        yield url


def log_in(browser: Browser, url: str, coder: str, **looks: object) -> Page:
    page = browser.new_page(**looks)  # pyright: ignore[reportArgumentType]
    page.on("pageerror", lambda error: pytest.fail(str(error)))
    page.goto(url)
    page.fill("#coder", coder)
    page.keyboard.press("Enter")
    is_ready(page)
    return page


def is_ready(page: Page) -> None:
    """Wait until the page's script listens to keys."""
    expect(page.locator("#n-done")).not_to_be_empty()


def at(page: Page) -> str:
    return page.get_attribute("#passage", "data-at") or ""


def press(page: Page, key: str, said: str) -> None:
    """Press a key and wait until the page says what came of it."""
    page.evaluate("document.getElementById('said').textContent = ''")
    page.keyboard.press(key)
    expect(page.locator("#said")).to_contain_text(said)
    expect(page.locator("main[aria-busy]")).to_have_count(0)


def stored(config: Path) -> tuple[Decision, ...]:
    database = config.parent.parent / "corpora" / config.stem / "decisions.db"
    with open_store(f"sqlite:///{database}") as store:
        return decisions_of(store)


def test_fifty_decisions_by_keyboard_and_nothing_lost(browser: Browser, study: Path) -> None:
    with served(study) as url:
        page = log_in(browser, url, "이예슬")
        decided = 0
        while decided < 50:
            page.keyboard.press("1")
            if page.get_attribute("#passage", "data-hidden"):
                expect(page.locator("#said")).to_contain_text("숨겨져")
            else:
                expect(page.locator("#passage .suggestion.put[data-rank='1']")).to_be_attached()
                page.keyboard.press("ArrowDown")
                page.keyboard.press("x")
                expect(page.locator("#passage .suggestion.rejected")).to_have_count(1)
                decided += 2
            before, hidden = at(page), page.get_attribute("#passage", "data-hidden")
            page.keyboard.press("Enter")
            if hidden:  # the suggestions show now, and Enter goes on
                expect(page.locator("#passage .suggestion")).to_have_count(5)
                page.keyboard.press("Enter")
            expect(page.locator("#passage")).not_to_have_attribute("data-at", before)
            decided += 1
        expect(page.locator("main[aria-busy]")).to_have_count(0)
        done = int(page.text_content("#n-done") or "")
        log = stored(study)
        assert len(log) >= 50
        assert {d.coder for d in log} == {"이예슬"}
        assert len([d for d in standing(log) if d.action == "done"]) == done
        puts = [d for d in log if d.action == "put" and d.aided]
        assert {d.rank for d in puts} == {1}
        here = at(page)
        page.reload()
        expect(page.locator("#passage")).to_have_attribute("data-at", here)
        expect(page.locator("#n-done")).to_have_text(str(done))
        page.close()
    # The program was killed: all that was acknowledged is there.
    assert stored(study) == log
    with served(study) as url:
        page = log_in(browser, url, "이예슬")
        expect(page.locator("#n-done")).to_have_text(str(done))
        for _ in range(3):
            press(page, "u", "되돌림")
        assert len(standing(stored(study))) == len(standing(log)) - 3
        press(page, "Shift+U", "다시 함")
        assert len(standing(stored(study))) == len(standing(log)) - 2
        page.close()


def test_a_sheet_filled_beside_the_desk_is_seen_at_the_desk(
    browser: Browser, study: Path, tmp_path: Path
) -> None:
    path = tmp_path / "검토.xlsx"
    with served(study) as url:
        page = log_in(browser, url, "정승애")
        press(page, "1", "붙임" if not page.get_attribute("#passage", "data-hidden") else "숨겨져")
        made = gyeol("sheet", study, "--coder", "정승애", "--out", path)
        assert made.returncode == 0, made.stderr
        rows = read_sheet(path.read_bytes(), "검토.xlsx").rows
        unaided = next(row for row in rows if row.hidden)
        aided = next(row for row in rows if row.suggested)
        code, _ = aided.suggested[0]
        answers = {
            aided.line - 1: {"code_1": code, "memo": "시트에서 적음"},
            unaided.line - 1: {"code_1": NOTHING_FITS},
        }
        path.write_bytes(typed(path.read_bytes(), answers))
        read = gyeol("sheet", study, "--read", path, "--coder", "정승애")
        assert read.returncode == 0, read.stderr
        assert "판정 4개를 더했습니다(코드 1, 메모 1, 다 봄 2, 되돌림 0)" in read.stdout
        page.goto(f"{url}?segment={aided.id}")
        is_ready(page)
        expect(page.locator("#n-done")).to_have_text("2")
        expect(page.locator("#passage .coding")).to_have_attribute("data-code", code)
        expect(page.locator("#passage .note .text")).to_have_text("시트에서 적음")
        press(page, "Shift+U", "없습니다")
        press(page, "u", "되돌림")
        page.close()
    log = [d for d in stored(study) if d.coder == "정승애"]
    nothing = next(d for d in log if d.action == "done" and not d.aided)
    assert nothing.offered == unaided.hidden
    assert gyeol("sheet", study, "--read", path, "--coder", "정승애").stdout.startswith(
        "채운 행 2개를 읽어 판정 0개를 더했습니다"
    )


def test_two_coders_are_blind_to_each_other(browser: Browser, small: str) -> None:
    one, other = log_in(browser, small, "가"), log_in(browser, small, "나")
    press(one, "1", "붙임")
    press(other, "2", "붙임")
    for page in (one, other):
        page.reload()
        expect(page.locator("#passage .coding")).to_have_count(1)
        page.close()


def test_keys_work_with_a_hangul_input_method_on(browser: Browser, small: str) -> None:
    page = log_in(browser, small, "한글")
    first = at(page)
    page.evaluate(
        """() => document.activeElement.dispatchEvent(new KeyboardEvent('keydown',
             {key: 'ㅓ', code: 'KeyJ', bubbles: true, cancelable: true}))"""
    )
    expect(page.locator("#passage")).not_to_have_attribute("data-at", first)
    page.evaluate(
        """() => document.activeElement.dispatchEvent(new KeyboardEvent('keydown',
             {key: 'Process', code: 'KeyK', keyCode: 229, bubbles: true, cancelable: true}))"""
    )
    expect(page.locator("#passage")).to_have_attribute("data-at", first)
    page.close()


def test_a_code_is_found_by_its_initials_and_put_on_a_selection(
    browser: Browser, small: str
) -> None:
    page = log_in(browser, small, "초성")
    for _ in range(2):
        page.keyboard.press("Shift+ArrowRight")
    expect(page.locator("#said")).to_contain_text("처음에는 반찬을")
    page.keyboard.press("a")
    expect(page.locator("#find")).to_be_focused()
    page.keyboard.insert_text("ㅎㅎㅈㅅ")
    expect(page.locator("#code-list li:visible")).to_have_count(1)
    page.keyboard.press("Enter")
    coding = page.locator("#passage .coding")
    expect(coding).to_have_attribute("data-code", "호혜정신")
    expect(coding.locator("q")).to_have_text("처음에는 반찬을")
    page.keyboard.press("Shift+ArrowRight")
    press(page, "e", "범위 바꿈")
    expect(page.locator("#passage .coding q")).to_have_text("처음에는")
    press(page, "u", "되돌림")
    expect(page.locator("#passage .coding q")).to_have_text("처음에는 반찬을")
    page.close()


def test_codes_are_found_while_they_are_typed(browser: Browser, tmp_path: Path) -> None:
    made = write_study(tmp_path, "review: {unaided: 0}\n")
    assert made.codebook is not None
    more = "- name: 값싼 반찬\n- name: 배고픔 속의 나눔\n- name: 과거의 가사 노동\n"
    made.codebook.write_text(made.codebook.read_text("utf-8") + more, "utf-8")
    with served(made.config_path) as url:
        page = log_in(browser, url, "가")
        page.keyboard.press("a")
        expect(page.locator("#code-list li")).to_have_count(7)
        for typed, names in (
            ("호ㅎ", ["호혜정신"]),
            ("경젲", ["경제적 성과"]),
            ("고", ["경제적 성과", "배고픔 속의 나눔", "과거의 가사 노동"]),
            ("ㄳㄴㄷ", ["과거의 가사 노동"]),  # «ㄱㅅ» as an input method gives it
            ("ㄱㅆ", ["값싼 반찬"]),
            ("ㅂㄱㅍ ㅅㅇ", ["배고픔 속의 나눔"]),
            ("없는 말", []),
        ):
            page.fill("#find", typed)
            found = page.locator("#code-list li:visible .name").all_inner_texts()
            assert found == names, typed
        page.fill("#find", "고")
        chosen = page.locator("#code-list [aria-selected=true]")
        expect(chosen).to_have_attribute("data-code", "배고픔 속의 나눔")
        page.close()


def test_what_is_typed_after_a_is_looked_for_while_a_decision_is_still_on_its_way(
    browser: Browser, small: str
) -> None:
    page = log_in(browser, small, "빠른 손")
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/decide", hold, times=1)
    page.keyboard.press("1")
    page.keyboard.press("a")
    page.keyboard.insert_text("ㅎㅎㅈㅅ")
    page.keyboard.press("Enter")
    expect(page.locator("dialog[open]")).to_have_count(0)
    page.keyboard.press("m")
    page.keyboard.insert_text("jux1")
    page.keyboard.press("Control+Enter")
    assert len(held) == 1
    expect(page.locator("#passage .coding")).to_have_count(0)
    held[0].continue_()
    expect(page.locator("#passage .coding")).to_have_count(2)
    expect(page.locator("#passage .coding[data-code='호혜정신']")).to_be_visible()
    expect(page.locator("#passage .note .text")).to_have_text("jux1")
    expect(page.locator("main[aria-busy]")).to_have_count(0)
    page.close()


def test_what_could_not_be_kept_leaves_the_page_and_a_memo_stays(
    browser: Browser, small: str
) -> None:
    page = log_in(browser, small, "끊김")
    press(page, "2", "붙임")
    first = at(page)
    page.route("**/decide", lambda route: route.abort())
    page.route("**/undo", lambda route: route.abort())
    for key in ("1", "2", "x", "u", "Enter"):
        press(page, key, "저장하지 못했습니다")
        expect(page.locator("#passage .suggestion.put")).to_have_attribute("data-rank", "2")
        expect(page.locator("#passage .suggestion.rejected")).to_have_count(0)
        expect(page.locator("#passage .coding")).to_have_count(1)
        expect(page.locator("#n-done")).to_have_text("0")
        assert at(page) == first
    page.keyboard.press("m")
    page.keyboard.insert_text("적던 글")
    press(page, "Control+Enter", "저장하지 못했습니다")
    page.unroute_all()
    page.reload()
    is_ready(page)
    page.keyboard.press("m")
    expect(page.locator("#memo-text")).to_have_value("적던 글")
    press(page, "Control+Enter", "메모 저장함")
    page.keyboard.press("m")
    page.keyboard.insert_text("!")
    page.keyboard.press("Escape")
    page.keyboard.press("m")
    expect(page.locator("#memo-text")).to_have_value("적던 글!")
    # What is remembered is one coder's, in one tab.
    page.goto(f"{small}login")
    page.fill("#coder", "다른 이")
    page.keyboard.press("Enter")
    is_ready(page)
    assert page.evaluate("Object.keys(sessionStorage).filter(key => key.startsWith('memo'))") == []
    page.close()


def test_who_comes_back_goes_on_where_she_was(browser: Browser, small: str) -> None:
    page = log_in(browser, small, "다녀옴")
    page.goto(f"{small}?order=uncertain")
    is_ready(page)
    press(page, "j", "")
    here = at(page)
    page.click("nav a[href='/codebook']")
    page.click("nav a[href='/']")
    expect(page).to_have_url(re.compile("order=uncertain"))
    is_ready(page)
    assert at(page) == here
    page.close()


def test_a_passage_longer_than_the_screen_is_read_by_keys_and_more_keeps_its_place(
    browser: Browser, small: str
) -> None:
    page = log_in(browser, small, "길다", viewport={"width": 1280, "height": 300})
    page.goto(f"{small}?segment=집수리:004")
    is_ready(page)
    press(page, "k", "집수리:002")
    press(page, "j", "집수리:004")
    top = "document.querySelector('#passage [aria-current]').getBoundingClientRect().top"
    before = page.evaluate(top)
    page.keyboard.press("PageDown")
    assert page.evaluate(top) < before - 100
    page.keyboard.press("Shift+Space")
    assert page.evaluate(top) == before
    page.close()


def test_a_click_leaves_enter_to_the_passage_and_tab_stays_where_it_was(
    browser: Browser, small: str
) -> None:
    page = log_in(browser, small, "쥐")
    first = at(page)
    page.locator("#passage .pick").first.click()
    expect(page.locator("#passage .coding")).to_have_count(1)
    press(page, "Enter", "구절을 끝냄")
    assert at(page) != first
    page.locator("#passage [data-do=done]").focus()
    press(page, "Enter", "구절을 끝냄")
    expect(page.locator("#passage [data-do=done]")).to_be_focused()
    page.goto(f"{small}?segment={first}")
    is_ready(page)
    press(page, "k", "이보다 앞은 없습니다")
    expect(page.locator("#passage .coding")).to_have_count(1)
    page.close()


def test_a_memo_is_kept(browser: Browser, small: str) -> None:
    page = log_in(browser, small, "메모")
    page.keyboard.press("m")
    page.keyboard.insert_text("다시 <b>들을</b> 것")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#passage .note .text")).to_have_text("다시 <b>들을</b> 것")
    page.reload()
    expect(page.locator("#passage .note .text")).to_have_text("다시 <b>들을</b> 것")
    page.close()


def test_who_judges_unaided_is_told_when_suggestions_show_and_keeps_seeing_them(
    browser: Browser, tmp_path: Path
) -> None:
    made = write_study(tmp_path, "review: {unaided: 1}\n")
    with served(made.config_path) as url:
        page = log_in(browser, url, "가")
        press(page, "1", "숨겨져")
        press(page, "Enter", "숨겼던 제안을 이제 보입니다")
        expect(page.locator("#passage h2 .tag")).to_have_text("제안 없이 판정한 구절")
        press(page, "u", "되돌림")
        expect(page.locator("#passage .suggestion")).to_have_count(4)
        first = at(page)
        press(page, "1", "붙임")
        page.keyboard.press("j")
        expect(page.locator("#passage")).not_to_have_attribute("data-at", first)
        press(page, "u", f"({first})로 왔습니다")
        expect(page.locator("#passage")).to_have_attribute("data-at", first)
        page.close()
    put = next(d for d in stored(made.config_path) if d.action == "put")
    assert put.aided


def test_on_a_telephone_the_next_passage_is_in_sight_and_done_within_reach(
    browser: Browser, small: str
) -> None:
    page = log_in(browser, small, "전화기", viewport={"width": 390, "height": 700}, has_touch=True)
    for _ in range(2):
        before = at(page)
        page.evaluate("document.scrollingElement.scrollTop = 9999")
        page.locator("#passage [data-do=done]").tap()
        expect(page.locator("#passage")).not_to_have_attribute("data-at", before)
        expect(page.locator("#passage [aria-current]").first).to_be_in_viewport()
        expect(page.locator("#passage [data-do=done]")).to_be_in_viewport()
    page.close()


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_fits_and_can_be_read_by_all(
    browser: Browser, small: str, width: int, scheme: str
) -> None:
    size = {"width": width, "height": 800}
    page = log_in(browser, small, "모두", viewport=size, color_scheme=scheme)
    page.goto(f"{small}?segment=집수리:004")
    is_ready(page)
    page.keyboard.press("1")
    page.wait_for_load_state("networkidle")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert serious(page) == []
    for key in ("?", "a", "m"):
        page.keyboard.press(key)
        expect(page.locator("dialog[open]")).to_be_visible()
        assert serious(page) == [], key
        page.keyboard.press("Escape")
        expect(page.locator("dialog[open]")).to_have_count(0)
    page.keyboard.press("1")
    page.close()


def test_from_blind_to_lifted_to_a_joint_decision(browser: Browser, tmp_path: Path) -> None:
    made = write_study(tmp_path, "review: {unaided: 0, lead: 가}\n")
    with served(made.config_path) as url:
        one = log_in(browser, url, "가")
        other = browser.new_context().new_page()
        other.goto(url)
        other.fill("#coder", "나")
        other.keyboard.press("Enter")
        is_ready(other)
        for page, keys in ((one, "112"), (other, "121")):
            for key in keys:
                before = at(page)
                press(page, key, "붙임")
                page.keyboard.press("Enter")
                expect(page.locator("#passage")).not_to_have_attribute("data-at", before)
        other.goto(f"{url}agreement")
        expect(other.locator("main button")).to_have_count(0)
        assert serious(other) == []
        one.goto(f"{url}agreement")
        assert serious(one) == []
        one.click("main button.main")
        expect(one.locator(".card")).to_have_count(2)
        one.locator(".card .row").first.click()
        expect(one.locator(".sides section")).to_have_count(2)
        assert serious(one) == []
        one.locator(".opened input[name=code]").first.check()
        one.route("**/agreement/settle", lambda route: route.abort())
        one.click(".opened button.main")
        expect(one.locator("#unkept")).to_contain_text("저장하지 못했습니다")
        one.unroute_all()
        refused = {"status": 422, "json": {"ko": "안 됩니다.", "en": "No."}}
        one.route("**/agreement/settle", lambda route: route.fulfill(**refused))
        one.click(".opened button.main")
        expect(one.locator("#unkept")).to_have_text("안 됩니다.")
        one.unroute_all()
        one.click(".opened button.main")
        expect(one.locator("#unkept")).to_be_hidden()
        expect(one.locator(".opened [role=status]")).to_contain_text("합의로 적었습니다")
        settled = one.locator(".card").first.get_attribute("data-segment")
        other.goto(f"{url}?segment={settled}")
        is_ready(other)
        expect(other.locator("#passage .coding")).to_have_count(3)
        expect(other.locator("#passage .coding", has_text="합의")).to_have_count(1)
        one.close()
        other.close()


def test_a_code_is_invented_and_the_codebook_kept(browser: Browser, tmp_path: Path) -> None:
    made = write_study(tmp_path, "review: {unaided: 0}\n")
    assert made.codebook is not None
    before = made.codebook.read_text("utf-8")
    with served(made.config_path) as url:
        page = log_in(browser, url, "가")
        press(page, "1", "붙임")
        page.keyboard.press("a")
        expect(page.locator("#code-list li").first).to_be_visible()
        page.keyboard.insert_text("새벽 시장")
        page.keyboard.press("Enter")
        expect(page.locator("#c-name")).to_have_value("새벽 시장")
        page.fill("#c-definition", "이른 시간의 장사")
        page.fill("#reason-edit", "자주 나와서")
        page.keyboard.press("Enter")
        expect(page.locator(".diff .plus", has_text="name: 새벽 시장")).to_be_visible()
        assert made.codebook.read_text("utf-8") == before
        assert serious(page) == []
        page.click(".preview button.main")
        expect(page.locator(".versions li")).to_have_count(2, timeout=60_000)
        assert made.codebook.read_text("utf-8").startswith(before.rstrip("\n"))
        for path in ("stale", "bulk?code=&from=0.3"):
            page.goto(url + path)
            assert serious(page) == [], path
        page.goto(url)
        is_ready(page)
        expect(page.locator("#passage .coding")).to_have_count(1)
        page.keyboard.press("a")
        page.keyboard.insert_text("ㅅㅂ ㅅㅈ")
        page.keyboard.press("Enter")
        expect(page.locator("#passage .coding")).to_have_count(2)
        page.close()


def test_what_is_to_be_looked_at_again_is_settled_by_keys(browser: Browser, tmp_path: Path) -> None:
    made = write_study(tmp_path, "review: {unaided: 0}\n")
    assert made.codebook is not None
    with served(made.config_path) as url:
        page = log_in(browser, url, "가")
        for _ in range(2):
            press(page, "a", "")
            expect(page.locator("#code-list li").first).to_be_visible()
            page.keyboard.insert_text("자신감")
            page.keyboard.press("Enter")
            expect(page.locator("#passage .coding")).to_have_count(1)
            press(page, "Enter", "구절을 끝냄")
        page.close()
    text = made.codebook.read_text("utf-8").replace("할 수 있다는 믿음", "해 보겠다는 마음")
    made.codebook.write_text(text, "utf-8")
    with served(made.config_path) as url:
        page = log_in(browser, url, "가")
        page.goto(f"{url}stale")
        expect(page.locator(".card")).to_have_count(2)
        page.locator(".card button").first.focus()
        for left in (1, 0):
            page.keyboard.press("Enter")
            expect(page.locator(".card")).to_have_count(left)
            expect(page.locator(".card button.main" if left else "main")).to_be_focused()
        page.close()


def serious(page: Page) -> list[tuple[str, str]]:
    found = Axe().run(page).response["violations"]
    return [
        (one["id"], node["html"][:120])
        for one in found
        if one["impact"] in SERIOUS
        for node in one["nodes"]
    ]
