"""Plain text and Markdown, Clova Note's text export among them."""

from __future__ import annotations

import re

from pipeline.corpus.encoding import decode, freeze_whole
from pipeline.corpus.front_matter import split_front_matter
from pipeline.corpus.readers import Reading, interview_id
from pipeline.corpus.turns import find_turns
from pipeline.records import Interview, Turn

# «2024.05.02 목 오후 2:03 ・ 45분 12초», the second line of an export
_CLOVA_DATE = re.compile(r"(\d{4}\. ?\d{1,2}\. ?\d{1,2}\.?[^・·\n]{0,30}\d{1,2}:\d{2})")


def read(data: bytes, name: str) -> Reading:
    """Read the text ``data`` of the file ``name`` as one interview.

    Front matter goes into the interview's fields and is no part of its text; of a Clova
    Note export, ``title`` and ``date`` do too, and stay in the text.

    Raises:
        GyeolError: the bytes cannot be decoded.
    """
    given, text, problems = split_front_matter(freeze_whole(decode(data)))
    turns = find_turns(text)
    fields = {**(_clova_fields(text, turns[0]) if turns else {}), **given}
    return Reading((Interview(interview_id(name), text, turns, name, fields),), problems)


def _clova_fields(text: str, first: Turn) -> dict[str, str]:
    if first.time is None:
        return {}
    lines = [line.strip() for line in text[: first.start].split("\n") if line.strip()]
    if len(lines) < 2 or not (date := _CLOVA_DATE.match(lines[1])):
        return {}
    return {"title": lines[0], "date": date[1].strip()}
