"""Whatever bytes a reader is given, it gives turns or one clear error, and soon."""

from __future__ import annotations

import json
import time
from collections.abc import Callable

import pytest
import tiny_documents as made
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tiny_hwp import hwp, paragraph, table
from tiny_pdf import pdf
from tiny_workbook import workbook

from pipeline.corpus.encoding import freeze
from pipeline.corpus.readers import (
    Reading,
    docx,
    hwpx,
    odt,
    rtf,
    segments,
    subtitles,
    txt,
    whisper,
)
from pipeline.corpus.readers import hwp as hwp_reader
from pipeline.corpus.readers import pdf as pdf_reader
from pipeline.corpus.readers import table as table_reader
from pipeline.errors import GyeolError

TALK = [("면담자", "왜 오셨어요?"), ("참여자 1", "그냥요 (웃음)."), ("면담자", "또요?")]
ROWS = "\n".join(
    json.dumps({"id": str(n), "text": said, "speaker": who, "interview": "가", "codes": ["나"]})
    for n, (who, said) in enumerate(TALK)
)
READERS: dict[str, tuple[Callable[[bytes, str], Reading], bytes]] = {
    "a.txt": (txt.read, made.txt(TALK)),
    "cp949.txt": (txt.read, made.txt(TALK, "cp949")),
    "utf16.txt": (txt.read, made.txt(TALK, "utf-16")),
    "front.txt": (txt.read, b"---\nparticipant: P01\n---\n" + made.txt(TALK)),
    "clova.txt": (txt.read, made.clova(TALK)),
    "a.docx": (docx.read, made.docx_table(TALK)),
    "a.odt": (odt.read, made.odt(TALK)),
    "a.hwpx": (hwpx.read, made.hwpx(TALK)),
    "a.hwp": (hwp_reader.read, hwp(paragraph("면담자: 네?", table(["참여자", "말"]), last=True))),
    "a.rtf": (rtf.read, made.rtf(TALK)),
    "a.pdf": (pdf_reader.read, pdf(made.lines(TALK))),
    "a.srt": (subtitles.read, made.srt(TALK)),
    "a.vtt": (subtitles.read, made.vtt(TALK)),
    "a.json": (whisper.read, made.whisper(TALK)),
    "a.jsonl": (segments.read, ROWS.encode()),
    "a.csv": (table_reader.read, made.table(TALK)),
    "a.xlsx": (table_reader.read, workbook(가=[("화자", "내용"), *TALK])),
}
SECONDS = 5
# Tokens that mean something to one format or another.
PIECES = st.sampled_from(
    [b"<", b">", b"</", b"&", b"&a;", b"{", b"}", b"\\", b"\\u-1", b"\\'b0", b"\n", b"\n\n", b":",
     b"-->", b"00:00:01,000 --> 00:00:02,000\n", b'"', b'{"id":1,"text":"a"}', b"[[[[", b",", b"---\n",
     b"\0", b"\xff\xfe", b"\xef\xbb\xbf", b"\xed\xa0\x80", b"PK\x01\x02", b"stream\n", b"endobj", b"0 0 R",
     "가".encode(), "가".encode("cp949"), "가".encode("utf-16-le"), "\u1100\u1161".encode(), "\u202e".encode()]
)  # fmt: skip
NOISE = st.lists(PIECES | st.binary(max_size=6), max_size=12).map(b"".join)


@st.composite
def damaged(draw: st.DrawFn, whole: bytes) -> bytes:
    """Return ``whole`` cut short, cut open, with bytes changed or parts said again."""
    first, second = sorted(draw(st.tuples(*[st.integers(0, len(whole))] * 2)))
    noise = draw(NOISE)
    return draw(
        st.sampled_from(
            [
                noise,
                whole[:first],
                whole[:first] + noise,
                whole[:first] + noise + whole[second:],
                whole[:first] + noise + whole[first + len(noise) :],
                whole[:second] + whole[first:second] * 3 + whole[second:],
                whole[:first] + bytes(second - first) + whole[second:],
            ]
        )
    )


@pytest.mark.parametrize("name", READERS)
def test_a_whole_file_is_read(name: str) -> None:
    read, whole = READERS[name]
    assert any(interview.turns for interview in read(whole, name).interviews)


@pytest.mark.parametrize("name", READERS)
@given(data=st.data())
@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_bytes_give_turns_or_one_clear_error(name: str, data: st.DataObject) -> None:
    read, whole = READERS[name]
    given_bytes = data.draw(damaged(whole))
    began = time.process_time()
    try:
        reading = read(given_bytes, name)
    except GyeolError as error:
        assert [problem.level for problem in error.problems] == ["error"]
        assert all(problem.ko and problem.en for problem in error.problems)
        return
    finally:
        assert time.process_time() - began < SECONDS
    for interview in reading.interviews:
        assert freeze(interview.text) == interview.text
        last = 0
        for turn in interview.turns:
            assert last <= turn.start < turn.end <= len(interview.text)
            last = turn.end
