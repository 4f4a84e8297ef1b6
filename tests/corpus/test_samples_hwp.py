"""Real 한글 files of other programs' tests, where ``GYEOL_SAMPLES`` names their folder."""

from __future__ import annotations

import json
import os
import random
import re
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import etree  # pyright: ignore[reportAttributeAccessIssue]  # ships no types
from olefile import OleFileIO

from pipeline.corpus.readers import Reading, hwp, hwpx
from pipeline.errors import GyeolError

SAMPLES = os.environ.get("GYEOL_SAMPLES")
FORMATS = Path(SAMPLES or ".") / "formats"
ORACLE = FORMATS / "hwp_pyhwp_fixtures"
pytestmark = [
    pytest.mark.samples,
    pytest.mark.skipif(not SAMPLES, reason="GYEOL_SAMPLES names no folder"),
]

# Files that hold no text but drawings, charts, buttons, or what is left out on purpose.
WITHOUT_TEXT = {
    "1_hwplib__blank.hwp", "hwplib__묶음.hwp", "hwplib__바탕쪽.hwp", "hwplib__차트.hwp",
    "hwplib__선-사각형-타원.hwp", "hwplib__숨은설명.hwp", "hwplib__호-곡선.hwp",
    "hwplib__changing-image.hwp", "hwplib__inserting_image_cell.hwp", "hwplib__removing-row.hwp",
    "pyhwp__shapecomponent-rect-fill.hwp", "pyhwp__shapeline.hwp", "pyhwp__table.hwp",
    "hwpxlib__SimpleButtons.hwpx", "hwpxlib__SimpleContainer.hwpx", "hwpxlib__SimpleEllipse.hwpx",
    "hwpxlib__SimpleLine.hwpx", "hwpxlib__SimplePicture.hwpx", "hwpxlib__SimpleTextArt.hwpx",
    "hwpxlib__blank.hwpx", "hwpxlib__presentation오류.hwpx",
}  # fmt: skip

# Where the text differs from the oracle's paragraphs, and why: pairs of what it and we say.
# 한글 keeps old Hangul as private characters, which the oracle spells out in jamo.
OLD_HANGUL = ("ᄒᆞᆫ글", "\uf53a글")
DIFFERENT = {
    # The notes are left out.
    "pyhwp__footnote-endnote.hwp": [
        (" 각주입니다. 각주 두 번째입니다.", ""),
        (" 미주입니다. 미주 두 번째입니다.", ""),
    ],
    # The oracle holds the first section only.
    "pyhwp__pagedefs.hwp": [("A4 portrait", "A4 portrait Section 2: A4 landscape")],
    # Rows of a label and what is said have got a colon.
    "pyhwp__sample-5017.hwp": [OLD_HANGUL],
}

# Where a document's own preview says something else: its tables stand before the paragraph
# that holds them, a column stands on a line of its own, old Hangul is spelt out, deletions stay.
OTHER_PREVIEW = {
    "hwplib__extracting_ParaHead.hwp", "3_2_1_hwpxlib__test.hwpx", "hwpxlib__RectInRect.hwpx",
    "pyhwp__sample-5017.hwp", "hwpxlib__ChangeTrack.hwpx",
}  # fmt: skip


def samples(pattern: str) -> list[Path]:
    return sorted(FORMATS.glob(pattern)) if SAMPLES else []


HWP = samples("hwp*/*.hwp")
HWPX = samples("hwpx/*.hwpx")


def reading_of(path: Path, data: bytes) -> Reading:
    return (hwpx.read if path.suffix == ".hwpx" else hwp.read)(data, path.name)


def text_of(path: Path) -> str:
    (found,) = reading_of(path, path.read_bytes()).interviews
    return found.text


def words(text: str) -> str:
    return " ".join(text.split())


def letters(text: str) -> str:
    # Previews put cells in angle brackets; a label and what is said have got a colon.
    return re.sub(r"[\s<>:]", "", text)


def name_of(path: Path) -> str:
    return path.name


def test_the_samples_are_there() -> None:
    assert (len(HWP), len(HWPX)) >= (40, 22)


@pytest.mark.parametrize("path", HWP + HWPX, ids=name_of)
def test_every_file_is_read_and_none_is_silently_empty(path: Path) -> None:
    reading = reading_of(path, path.read_bytes())
    assert reading.problems == ()
    assert bool(reading.interviews[0].text.strip()) == (path.name not in WITHOUT_TEXT)


@pytest.mark.parametrize("path", samples("hwp_pyhwp_fixtures/*.hwp"), ids=name_of)
def test_the_text_is_the_oracle_s(path: Path) -> None:
    expected = words(oracle(path))
    for theirs, ours in DIFFERENT.get(path.name, []):
        assert theirs in expected
        expected = expected.replace(theirs, ours)
    found = words(text_of(path))
    if path.name == "pyhwp__sample-5017.hwp":
        assert found.count(":") == expected.count(":") + 2
        found, expected = letters(found), letters(expected)
    assert found == expected


def oracle(path: Path) -> str:
    """Return the texts of all paragraph records, controls dropped, joined by newlines."""
    records = json.loads(Path(f"{path}.bodytext.section0.json").read_text("utf-8"))
    texts = (r["content"]["chunks"] for r in records if r["tagname"] == "HWPTAG_PARA_TEXT")
    return "\n".join("".join(c for _, c in chunks if isinstance(c, str)) for chunks in texts)


@pytest.mark.parametrize("path", HWP + HWPX, ids=name_of)
def test_the_text_begins_as_the_document_s_own_preview(path: Path) -> None:
    preview = letters(preview_of(path))
    assert letters(text_of(path)).startswith(preview) == (path.name not in OTHER_PREVIEW)


def preview_of(path: Path) -> str:
    if path.suffix == ".hwpx":
        with zipfile.ZipFile(path) as archive:
            part = "Preview/PrvText.txt"
            return archive.read(part).decode("utf-8") if part in archive.namelist() else ""
    with OleFileIO(str(path)) as container:
        if not container.exists("PrvText"):
            return ""
        return container.openstream("PrvText").read().decode("utf-16-le")


def test_a_distribution_document_is_unlocked() -> None:
    found = text_of(FORMATS / "hwp" / "hwplib__distribution.hwp")
    assert found.startswith("강남세움복지관 공고 제 2024-08호")
    assert len(found) > 2000


@pytest.mark.parametrize("path", HWPX, ids=name_of)
def test_every_word_of_an_hwpx_file_is_read(path: Path) -> None:
    with zipfile.ZipFile(path) as archive:
        roots = [
            etree.fromstring(archive.read(part))
            for part in archive.namelist()
            if re.fullmatch(r"Contents/section\d+\.xml", part)
        ]
    said = {"".join(t.itertext()) for root in roots for t in root.iter("{*}t") if not in_aside(t)}
    found = letters(text_of(path))
    lost = [text for text in said if letters(text) not in found]
    assert lost == (["변경 추적 인간은"] if path.name == "hwpxlib__ChangeTrack.hwpx" else [])


def in_aside(element: etree._Element) -> bool:
    asides = ("header", "footer", "footNote", "endNote", "hiddenComment", "fieldBegin")
    return any(next(element.iterancestors(f"{{*}}{kind}"), None) is not None for kind in asides)


@pytest.mark.parametrize("path", [p for p in HWP + HWPX if p.stat().st_size < 50_000], ids=name_of)
def test_damaged_files_are_read_or_refused_soon(path: Path) -> None:
    data = path.read_bytes()
    whole = words(text_of(path))
    for damage in damages(data, random.Random(path.name)):
        start = time.monotonic()
        try:
            reading = reading_of(path, damage)
        except GyeolError as error:
            assert [problem.level for problem in error.problems] == ["error"]
        else:
            # A changed bit may show in the text, but none may be lost without a word.
            found = words(reading.interviews[0].text)
            assert reading.problems or len(found) >= 0.9 * len(whole)
        assert time.monotonic() - start < 5


def damages(data: bytes, chance: random.Random) -> Iterator[bytes]:
    for _ in range(10):
        yield data[: chance.randrange(len(data))]
        changed = bytearray(data)
        changed[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        yield bytes(changed)
        start = chance.randrange(len(data))
        yield data[:start] + bytes(len(data[start : start + 512])) + data[start + 512 :]
