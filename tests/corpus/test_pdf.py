from __future__ import annotations

import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tiny_pdf import pdf

from pipeline.corpus.readers import pdf as reader
from pipeline.corpus.readers.pdf import is_pdf, read
from pipeline.errors import GyeolError

TALK = ["면담자: 왜 오셨어요?", "참여자 1: 배우고 싶어서요.", "면담자: 또요?", "참여자 1: 네."]
LOCKED = {
    "trailer": "/Encrypt 7 0 R/ID[<00><00>]",
    "extra": f"7 0 obj\n<</Filter/Standard/V 1/R 2/P -4/O<{'41' * 32}>/U<{'42' * 32}>>>\nendobj",
}


def text(data: bytes) -> str:
    (interview,) = read(data, "면담.pdf").interviews
    return interview.text


def refusal(data: bytes) -> str:
    with pytest.raises(GyeolError) as caught:
        read(data, "면담.pdf")
    (problem,) = caught.value.problems
    return problem.ko


def test_labels_stay_at_the_heads_of_lines() -> None:
    reading = read(pdf(TALK), "면담.pdf")
    (interview,) = reading.interviews
    assert [(t.speaker, interview.text[t.start : t.end]) for t in interview.turns] == [
        ("면담자", "왜 오셨어요?"),
        ("참여자 1", "배우고 싶어서요."),
        ("면담자", "또요?"),
        ("참여자 1", "네."),
    ]
    assert (interview.id, interview.source, reading.problems) == ("면담", "면담.pdf", ())


def test_a_line_goes_on_where_the_page_broke_it_and_over_the_page() -> None:
    first = ["면담자: 왜요?", "참여자 1: 동네에서 혼자 사시는 어르신들이 전등 하나 못 갈아서 몇 "]
    second = ["달씩 어둡게 지내시는 것을 보고 제가 할 수 있는 일이 있겠다 싶었어", "요. 그래서요."]
    found = text(pdf(first, second))
    assert found.split("\n")[1] == (
        "참여자 1: 동네에서 혼자 사시는 어르신들이 전등 하나 못 갈아서 몇 달씩 어둡게 지내시는 "
        "것을 보고 제가 할 수 있는 일이 있겠다 싶었어요. 그래서요."
    )


def test_u0001_is_a_blank() -> None:
    assert text(pdf(["면담자:\1왜\1오셨어요?", "참여자:\1네"])).startswith("면담자: 왜 오셨어요?\n")


def test_page_numbers_and_running_heads_are_left_out() -> None:
    pages = [["주민기술학교 면담 기록", *TALK, "2024. 5. 2.", f"- {n} -"] for n in (1, 2, 3)]
    assert text(pdf(*pages)) == "\n".join(TALK * 3)


@pytest.mark.parametrize("foot", ["3", "- 3 -", "3/12", "Page 3 of 12", "3쪽", "[3]", "p. 3"])
def test_a_bare_page_number_is_left_out(foot: str) -> None:
    assert text(pdf([*TALK, foot])) == "\n".join(TALK)


@pytest.mark.parametrize("pages", [[[]], [[], []], [["- 1 -"], ["- 2 -"]]])
def test_a_scan_is_called_so(pages: list[list[str]]) -> None:
    assert "글자가 없는 스캔 PDF" in refusal(pdf(*pages))


def test_pages_without_text_are_named() -> None:
    (warning,) = read(pdf(TALK, [], TALK, []), "a.pdf").problems
    assert "2쪽 있습니다: 2, 4" in warning.ko
    assert warning.level == "warning"


def test_guessed_blanks_are_said() -> None:
    lines = ["참여자 1: 동네에서 혼자 사시는 어르신들이 전등 하나", "못 갈아서 그랬습니다."]
    (warning,) = read(pdf(lines), "a.pdf").problems
    assert "짐작했습니다" in warning.ko
    assert warning.level == "warning"


def test_a_password_is_named() -> None:
    assert "암호가 걸린 PDF" in refusal(pdf(TALK, **LOCKED))


def test_fonts_that_hide_their_characters_are_named() -> None:
    assert "어떤 글자인지" in refusal(pdf(TALK, unicode=False))


@pytest.mark.parametrize(
    "data", [b"%PDF-1.7\n", b"%PDF-1.7\n" + b"\0" * 500, b"not a pdf", pdf(TALK)[:300]]
)
def test_damaged_files_are_refused(data: bytes) -> None:
    assert "PDF로 읽을 수 없습니다" in refusal(data)


def test_too_many_pages_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "_MOST_PAGES", 2)
    assert "너무 깁니다(3쪽" in refusal(pdf(TALK, TALK, TALK))


def test_too_much_text_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "_MOST_CHARACTERS", 30)
    assert "너무 깁니다" in refusal(pdf(TALK, TALK, TALK))


def with_packed_page(content: bytes, dictionary: str = "") -> bytes:
    """Return a PDF whose page is drawn by ``content``, packed."""
    data, packed = pdf(TALK), zlib.compress(content)
    start = data.index(b"11 0 obj")
    head = f"11 0 obj\n<<{dictionary}/Filter/FlateDecode/Length {len(packed)}>>stream\n".encode()
    return data[:start] + head + packed + b"\nendstream\n" + data[data.index(b"endobj", start) :]


def test_a_bomb_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "_MOST_UNPACKED", 2 * 2**20)
    code = 1 + sorted({*"".join(TALK)}).index("네")
    drawn = f"BT /F 12 Tf 50 950 Td <{code:04X}{code:04X}> Tj ET\n".encode()
    assert text(with_packed_page(drawn + b" " * 2**20)) == "네네"
    assert "압축을 풀면" in refusal(with_packed_page(drawn + b" " * (2 * 2**20)))


def test_a_claimed_count_of_pages_does_not_hang() -> None:
    data = pdf(TALK).replace(b"/Count 1/", b"/Count 999999999/")
    assert text(data) == "\n".join(TALK)


def test_a_pdf_is_known_by_its_beginning() -> None:
    assert is_pdf(pdf(TALK))
    assert is_pdf(b"\xef\xbb\xbf\n%PDF-1.4")
    assert not is_pdf(b"a %PDF-1.4")


@given(st.data())
@settings(max_examples=150, deadline=None)
def test_any_damage_is_read_or_refused(data: st.DataObject) -> None:
    whole = bytearray(pdf(TALK, TALK[:1]))
    for _ in range(data.draw(st.integers(1, 6))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(0, len(whole)))
    try:
        reading = read(bytes(whole[cut // 4 :]), "a.pdf")
    except GyeolError as error:
        assert error.problems
    else:
        (interview,) = reading.interviews
        assert interview.text.strip()
        assert all(0 <= t.start < t.end <= len(interview.text) for t in interview.turns)
