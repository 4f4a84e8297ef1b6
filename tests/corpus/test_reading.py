from __future__ import annotations

import io
import json
import unicodedata
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tiny_hwp import compound, file_header, hwp, hwpx, paragraph
from tiny_pdf import pdf
from tiny_workbook import workbook

from pipeline.corpus.options import AS_IT_IS, Options
from pipeline.corpus.readers import Reading
from pipeline.corpus.reading import find_duplicates, merge, read_file
from pipeline.corpus.unread import OLE_MAGIC
from pipeline.errors import Problem
from pipeline.records import Interview, Turn

TALK = "면담자: 왜요?\n참여자: 그냥요."


def archive(*members: tuple[str, str]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as made:
        for name, text in members:
            made.writestr(name, text)
    return buffer.getvalue()


DOCX = archive(
    (
        "word/document.xml",
        '<w:document xmlns:w="x"><w:body><w:p><w:r><w:t>면담자: 왜요?</w:t></w:r></w:p>'
        "<w:p><w:r><w:t>참여자: 그냥요.</w:t></w:r></w:p></w:body></w:document>",
    )
)
SRT = (
    "1\n00:00:01,000 --> 00:00:02,000\n면담자: 왜요?\n\n"
    "2\n00:00:02,000 --> 00:00:03,000\n참여자: 그냥요.\n"
)
SECTION = paragraph("면담자: 왜요?") + paragraph("참여자: 그냥요.", last=True)
HWP = hwp(SECTION)
# A table of Excel lies in it, as 한글 keeps embedded objects.
HWP_WITH_EXCEL = compound(
    {
        "FileHeader": file_header(0),
        "BodyText/Section0": SECTION,
        "BinData/BIN0001.OLE": "Workbook".encode("utf-16-le"),
    }
)
HWPX = hwpx(
    "<sec><p><run><t>면담자: 왜요?</t></run></p><p><run><t>참여자: 그냥요.</t></run></p></sec>"
)
VTT = "WEBVTT\n\n00:01.000 --> 00:02.000\n<v 면담자>왜요?\n<v 참여자>그냥요.\n"
ODT = archive(
    (
        "content.xml",
        '<o:d xmlns:o="x"><o:body><o:text><o:p>면담자: 왜요?</o:p><o:p>참여자: 그냥요.</o:p></o:text>'
        "</o:body></o:d>",
    )
)
RTF = rb"{\rtf1\ansicpg949 " + TALK.replace("\n", r"\par ").encode("cp949") + b"}"
PDF = pdf(TALK.split("\n"))
TABLE = [["화자", "내용"], ["면담자", "왜요?"], ["참여자", "그냥요."]]
XLSX = workbook(시트=TABLE)
CSV = "\n".join(map(",".join, TABLE))
WHISPER = json.dumps(
    {
        "text": "",
        "segments": [{"start": 1, "text": said, "speaker": who} for who, said in TABLE[1:]],
    }
)
JSONL = '{"id": "1", "text": "그냥요."}\n'


def reading_of(folder: Path, data: bytes, name: str, *interviewer: str) -> Reading:
    path = folder / "file"
    path.write_bytes(data)
    return read_file(path, name, interviewer)


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (TALK.encode(), "a.txt"),
        (TALK.encode(), "a.md"),
        (TALK.encode(), "a"),
        (DOCX, "a.docx"),
        (DOCX, "a.txt"),
        (DOCX, "a.zip"),
        (HWP, "a.hwp"),
        (HWP, "a.hwpx"),
        (HWP_WITH_EXCEL, "a.hwp"),
        (HWPX, "a.hwpx"),
        (HWPX, "a.hwp"),
        (SRT.encode(), "a.srt"),
        (SRT.encode("cp949"), "a.txt"),
        (SRT.encode("utf-16"), "a.txt"),
        (VTT.encode(), "a.vtt"),
        (VTT.encode("utf-8-sig"), "a.srt"),
        (VTT.encode("cp949"), "a.txt"),
        (ODT, "a.odt"),
        (ODT, "a.docx"),
        (RTF, "a.rtf"),
        (RTF, "a.doc"),
        (PDF, "a.pdf"),
        (PDF, "a.hwp"),
        (XLSX, "a.xlsx"),
        (XLSX, "a.csv"),
        (CSV.encode(), "a.csv"),
        (CSV.replace(",", "\t").encode("cp949"), "a.tsv"),
        (WHISPER.encode(), "a.json"),
        (WHISPER.encode("utf-8-sig"), "a.txt"),
        (WHISPER.encode(), "a.jsonl"),
        (JSONL.encode(), "a.jsonl"),
        (JSONL.encode(), "a.json"),
    ],
)
def test_content_tells_the_format_whatever_the_suffix(
    tmp_path: Path, data: bytes, name: str
) -> None:
    reading = reading_of(tmp_path, data, name)
    (interview,) = reading.interviews
    answers = [t for t in interview.turns if t.role == "participant"]
    assert [interview.text[t.start : t.end] for t in answers] == ["그냥요."]
    assert reading.problems == ()
    assert interview.source == name


@pytest.mark.parametrize(
    ("data", "name", "kind"),
    [
        (OLE_MAGIC + "WordDocument".encode("utf-16-le"), "a.docx", "DOC"),
        (archive(("a.txt", TALK)), "a.zip", "ZIP"),
        (archive(("a.txt", TALK)), "a.epub", "ZIP"),
        (archive(("project.qde", "<Project/>")), "a.qdpx", "REFI-QDA"),
        (b"\x89PNG\r\n\x1a\n", "a.txt", "PNG"),
        (b"ID3\x04\0\0", "a.mp3", "MP3"),
    ],
)
def test_known_but_unread_formats_are_named(
    tmp_path: Path, data: bytes, name: str, kind: str
) -> None:
    reading = reading_of(tmp_path, data, name)
    (problem,) = reading.problems
    assert reading.interviews == ()
    assert "아직 읽지 못하는 형식입니다" in problem.ko
    assert kind in problem.ko
    assert problem.path == name
    assert problem.level == "error"


@pytest.mark.parametrize(
    ("data", "name", "message"),
    [
        (b"", "a.txt", "빈 파일"),
        (b"\xef\xbb\xbf \r\n\0", "a.txt", "빈 파일"),
        ("가나다\n".encode() + b"\xff\xfe\xff", "a.txt", "2번째 줄"),
        ("면담자: 왜요?\n면담자: 네?".encode(), "a.txt", "답변 발화가 없습니다"),
        (OLE_MAGIC + b"\0" * 99, "a.docx", "암호가 걸린 문서"),
        (OLE_MAGIC + b"\0" * 99, "a.hwp", "한글 문서(.hwp)로 읽을 수 없습니다"),
        (b"HWP Document File V3.00", "a.txt", "한글 3.x"),
        (HWP[:-40], "a.docx", "한글 문서(.hwp)로 읽을 수 없습니다"),
        (HWPX[:-40], "a.hwpx", "한글 문서(.hwpx)로 읽을 수 없습니다"),
        (DOCX[:-40], "a.docx", "워드 문서(.docx)로 읽을 수 없습니다"),
        ("글".encode(), "a.docx", "워드 문서(.docx)로 읽을 수 없습니다"),
        (DOCX[:-40], "a.txt", "워드 문서(.docx)로 읽을 수 없습니다"),
        (ODT[:-40], "a.odt", "ODT 문서로 읽을 수 없습니다"),
        (XLSX[:-40], "a.xlsx", "엑셀 파일로 읽을 수 없습니다"),
        (OLE_MAGIC + b"\0" * 99, "a.xlsx", "엑셀 파일로 읽을 수 없습니다"),
        (b"%PDF-1.7\n", "a.pdf", "PDF로 읽을 수 없습니다"),
        ("글".encode(), "a.pdf", "PDF로 읽을 수 없습니다"),
        ("글".encode(), "a.rtf", "RTF 문서로 읽을 수 없습니다"),
        ("글".encode(), "a.odt", "ODT 문서로 읽을 수 없습니다"),
        ("글".encode(), "a.vtt", "자막 구간이 없습니다"),
        ("글".encode(), "a.csv", "말이 든 열을 알 수 없습니다"),
        (b'{\n "text": "a"\n}', "a.json", "전사 JSON이 아닙니다"),
        ("글".encode(), "a.srt", "자막 구간이 없습니다"),
        (b"broken\n", "a.jsonl", "JSON 객체가 아닙니다"),
        (("참여자: " + "가" * 1_000_001).encode(), "a.txt", "한 발화가 1,000,001자입니다"),
    ],
)
def test_bad_files_are_problems(tmp_path: Path, data: bytes, name: str, message: str) -> None:
    reading = reading_of(tmp_path, data, name)
    assert reading.interviews == ()
    (problem,) = [p for p in reading.problems if p.level == "error"]
    assert message in problem.ko
    assert problem.path == name


def test_a_file_too_large_is_not_even_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.txt"
    with path.open("wb") as file:
        file.truncate(200 * 2**20 + 1)
    monkeypatch.setattr(Path, "read_bytes", lambda _self: pytest.fail("was read"))
    (problem,) = read_file(path, "a.txt", []).problems
    assert "200MB" in problem.ko


def test_what_cannot_be_opened_is_a_problem(tmp_path: Path) -> None:
    for path in (tmp_path / "missing.txt", tmp_path):
        (problem,) = read_file(path, "missing.txt", []).problems
        assert "열 수 없습니다" in problem.ko


def test_the_configured_interviewer_asks(tmp_path: Path) -> None:
    talk = "참석자 1: 왜요?\n참석자 2: 그냥요."
    reading = reading_of(tmp_path, talk.encode(), "a.txt", "참석자 1")
    assert [t.role for t in reading.interviews[0].turns] == ["interviewer", "participant"]
    assert reading.problems == ()
    (warning,) = reading_of(tmp_path, talk.encode(), "a.txt").problems
    assert (warning.level, warning.path) == ("warning", "a.txt")


def test_a_bad_row_keeps_its_line_and_the_rest_is_read(tmp_path: Path) -> None:
    reading = reading_of(tmp_path, (JSONL + "broken\n").encode(), "a.jsonl")
    assert [i.id for i in reading.interviews] == ["1"]
    assert [(p.path, p.line) for p in reading.problems] == [("a.jsonl", 2)]


@pytest.mark.parametrize("text", [TALK, SRT, JSONL])
def test_decomposed_files_read_as_composed_ones(tmp_path: Path, text: str) -> None:
    composed = reading_of(tmp_path, text.encode(), "면담.txt")
    decomposed = reading_of(tmp_path, unicodedata.normalize("NFD", text).encode(), "면담.txt")
    assert decomposed == composed


BEGINNINGS = st.sampled_from(
    [b"", b"PK\x03\x04", DOCX, DOCX[:80], OLE_MAGIC, SRT.encode(), JSONL.encode(), b"{",
     ODT, RTF, PDF, XLSX, PDF[:200], XLSX[:200], b"{\\rtf1 ", b"%PDF-", b"WEBVTT\n", CSV.encode(),
     WHISPER.encode()[:-1], b"---\na: 1\n---\n", b"\xff\xfe", b"\xef\xbb\xbf", "면담자: 가\n나: ".encode(), "참석자 1 00:00\n".encode("cp949")]
)  # fmt: skip
NAMES = st.sampled_from(
    [
        "a.csv",
        "a.json",
        "a.odt",
        "a.pdf",
        "a.rtf",
        "a.vtt",
        "a.xlsx",
        "a.txt",
        "a.docx",
        "a.srt",
        "a.jsonl",
        "a.md",
        "a.hwp",
        "a",
        ".txt",
    ]
)


@given(
    BEGINNINGS,
    st.binary(max_size=300) | st.text().map(lambda text: text.encode("utf-8", "replace")),
    NAMES,
)
@settings(max_examples=400, deadline=None)
def test_any_bytes_give_interviews_or_a_problem(
    tmp_path_factory: pytest.TempPathFactory, beginning: bytes, rest: bytes, name: str
) -> None:
    path = tmp_path_factory.getbasetemp() / "any"
    path.write_bytes(beginning + rest)
    reading = read_file(path, name, [])
    assert reading.interviews or any(p.level == "error" for p in reading.problems)
    assert all(problem.path == name for problem in reading.problems)
    for interview in reading.interviews:
        last = 0
        for turn in interview.turns:
            assert last <= turn.start < turn.end <= len(interview.text)
            last = turn.end


def interview(name: str, source: str, *segment_ids: str) -> Interview:
    turns = tuple(Turn(n, "", "participant", 0, 1, id=i) for n, i in enumerate(segment_ids, 1))
    return Interview(name, "말", turns, source)


def test_of_two_files_with_one_id_the_first_is_kept() -> None:
    warning = Problem("주의", "mind", "b.txt", level="warning")
    first, second, other = (
        interview("가", "A/가.txt"), interview("가", "B/가.docx"), interview("나", "나.txt"),
    )  # fmt: skip
    merged = merge([Reading((first,)), Reading((second, other), (warning,))])
    assert merged.interviews == (first, other)
    assert merged.problems[0] == warning
    (clash,) = merged.problems[1:]
    assert "A/가.txt" in clash.ko
    assert "B/가.docx" in clash.ko
    assert find_duplicates([first, second, other]) == (clash,)


def test_segment_ids_may_not_come_twice_either() -> None:
    first, second = interview("가", "1.jsonl", "s1", "s2"), interview("나", "2.jsonl", "s2")
    assert merge([Reading((first,)), Reading((second,))]).interviews == (first,)


def test_two_copies_of_a_file_are_one_problem() -> None:
    copies = [interview(str(n), source) for source in ("1.jsonl", "2.jsonl") for n in range(50)]
    (problem,) = find_duplicates(copies)
    assert "«0», «1»" in problem.ko


def test_different_interviews_do_not_clash() -> None:
    assert find_duplicates([interview("가", "가.txt"), interview("나", "나.txt")]) == ()


BRACKETS = "김 선생) 왜요?\n박씨) 그냥요.\n" * 3


def read_with(folder: Path, text: str, options: Options, name: str = "면담.txt") -> Reading:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return read_file(path, name, [], options)


def test_speakers_in_doubt_are_a_warning_that_names_the_line_of_the_file(tmp_path: Path) -> None:
    found = read_with(tmp_path, f"---\ndistrict: A구\n---\n\n{BRACKETS}", AS_IT_IS)
    assert found.certainty == {"면담": 0.0}
    doubt = next(problem for problem in found.problems if "확신도" in problem.ko)
    assert (doubt.path, doubt.line, doubt.level) == ("면담.txt", 5, "warning")


def test_speakers_that_are_sure_say_nothing(tmp_path: Path) -> None:
    found = read_with(tmp_path, "질문: 왜요?\n답변: 그냥요.\n", AS_IT_IS)
    assert (found.certainty, found.problems) == ({"면담": 1.0}, ())


def test_a_pattern_and_roles_decide(tmp_path: Path) -> None:
    options = Options(speaker=r"^([가-힣 ]+)\)", roles={"김 선생": "interviewer"})
    found = read_with(tmp_path, BRACKETS, options)
    assert (found.certainty, found.problems) == ({}, ())
    (only,) = found.interviews
    assert [(t.speaker, t.role) for t in only.turns[:2]] == [
        ("김 선생", "interviewer"),
        ("박씨", "participant"),
    ]
    assert only.text[only.turns[0].start : only.turns[0].end] == "왜요?"


def test_a_pattern_that_fits_nowhere_is_said_and_speakers_are_detected(tmp_path: Path) -> None:
    text = "질문: 왜요?\n답변: 그냥요.\n"
    found = read_with(tmp_path, text, Options(speaker=r"<(\S+)>"))
    assert [turn.speaker for turn in found.interviews[0].turns] == ["질문", "답변"]
    (problem,) = found.problems
    assert "어느 줄 첫머리에도" in problem.ko


def test_a_pattern_is_for_documents_alone(tmp_path: Path) -> None:
    options = Options(speaker=r"<(\S+)>")
    srt = "1\n00:00:01,000 --> 00:00:02,000\n질문: 왜요?\n\n2\n00:00:03,000 --> 00:00:04,000\n답변: 네\n"
    found = read_with(tmp_path, srt, options, "면담.srt")
    assert [turn.speaker for turn in found.interviews[0].turns] == ["질문", "답변"]
    assert (found.problems, found.certainty) == ((), {})
