"""Real files of every format but 한글's own: each is read, or refused with its reason."""

from __future__ import annotations

import io
import os
import zipfile
from pathlib import Path

import pytest
from lxml import etree  # pyright: ignore[reportAttributeAccessIssue]  # ships no types

from pipeline.corpus.readers import docx
from pipeline.corpus.reading import read_file
from pipeline.views.transcript import to_jsonl, to_text

pytestmark = pytest.mark.samples

FORMATS = Path(os.environ.get("GYEOL_SAMPLES", "")) / "formats"
OTHERS = ("hwp", "qdpx")
FILES = sorted(
    path.relative_to(FORMATS).as_posix()
    for path in (FORMATS.rglob("*") if "GYEOL_SAMPLES" in os.environ else ())
    if path.is_file() and not path.relative_to(FORMATS).as_posix().startswith(OTHERS)
)
REFUSED = {
    "QualCoder-v2__Interview_Participant_-_Facesheet_information.xlsx": "«SurveyRespondentID»"
}
INTERVIEWS = FORMATS / "interviews_en_docx_txt"

if not FILES:
    pytest.skip("GYEOL_SAMPLES names no folder of samples", allow_module_level=True)


@pytest.mark.parametrize("name", FILES)
def test_a_real_file_is_read_or_refused_with_its_reason(name: str) -> None:
    reading = read_file(FORMATS / name, name, [])
    errors = [problem.ko for problem in reading.problems if problem.level == "error"]
    if reason := REFUSED.get(Path(name).name):
        assert reading.interviews == ()
        assert reason in errors[0]
        return
    (interview,) = reading.interviews
    assert errors == []
    said = sum(turn.end - turn.start for turn in interview.turns)
    assert said > 0.9 * len(interview.text)
    assert len(to_jsonl(interview).splitlines()) == len(interview.turns)
    assert to_text(interview).count("\n") == len(interview.turns)


def words(name: str) -> list[str]:
    (interview,) = read_file(INTERVIEWS / name, name, []).interviews
    return interview.text.split()


def turns(name: str) -> list[str]:
    (interview,) = read_file(INTERVIEWS / name, name, []).interviews
    return [turn.speaker for turn in interview.turns]


@pytest.mark.parametrize("stem", ["QualCoder-v2__David", "QualCoder-v2__Jessica"])
def test_a_word_document_reads_as_its_twin_in_plain_text(stem: str) -> None:
    assert words(f"{stem}.docx") == words(f"{stem}.txt")
    assert turns(f"{stem}.docx") == turns(f"{stem}.txt")


def test_a_twin_lacks_nothing_but_the_text_of_content_controls() -> None:
    stem = "QualCoder-v2__Ana"
    whole, twin = "".join(words(f"{stem}.docx")), "".join(words(f"{stem}.txt"))
    assert len(whole) == len(twin) + 135
    (bare,) = docx.read(without_controls(INTERVIEWS / f"{stem}.docx"), "Ana.docx").interviews
    assert "".join(bare.text.split()) == twin
    assert turns(f"{stem}.docx") == turns(f"{stem}.txt")


def without_controls(path: Path) -> bytes:
    """Return a Word document without its content controls."""
    made = io.BytesIO()
    with zipfile.ZipFile(path) as archive:
        root = etree.fromstring(archive.read("word/document.xml"))
    for control in list(root.iter("{*}sdt")):
        control.getparent().remove(control)
    with zipfile.ZipFile(made, "w") as bare:
        bare.writestr("word/document.xml", etree.tostring(root))
    return made.getvalue()
