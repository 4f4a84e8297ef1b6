"""Personal data beside the texts: in the names of files and in columns about participants."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING

from pipeline.corpus.personal import find_personal
from pipeline.corpus.personal.districts import find_districts
from pipeline.corpus.personal.file_names import names_in_stems
from pipeline.records import Interview

if TYPE_CHECKING:
    from kiwipiepy import Kiwi

FILE_NAME = "파일 이름"
# Columns that hold names as a matter of course, and what a birth is called in English.
_OF_NAMES = frozenset(
    {"name", "이름", "성명", "성함", "본명", "participant", "참여자", "speaker", "화자"}
)
_OF_BIRTHS = frozenset({"birth", "birthday", "birthdate", "date of birth", "dob", "생일"})
_MAY_BE_PERSONAL = re.compile(r"\d|@|골뱅이|[공영일이삼사오육칠팔구]{3}")


@dataclass(frozen=True, slots=True)
class Beside:
    """Something personal beside a text: its kind and form, its interview, and where it stands.

    ``where`` is the column it stands in, or «파일 이름»; ``whole`` is all that stands there.
    """

    kind: str
    form: str
    interview: str
    where: str
    whole: str


def find_beside(
    kiwi: Kiwi, interviews: Sequence[Interview], rules: Mapping[str, str]
) -> tuple[Beside, ...]:
    """Return what is personal in ids, names of files and columns, kinds the rules keep left out."""
    stems = {stem: i.id for i in interviews for stem in (PurePath(i.source).stem, i.id)}
    columns = dict.fromkeys(
        (column, value, interview.id)
        for interview in interviews
        for fields in (interview.fields, *(turn.fields for turn in interview.turns))
        for column, value in fields.items()
    )
    named = [cell for cell in columns if cell[0].strip().lower() in _OF_NAMES]
    names = names_in_stems(kiwi, [*stems, *(value for _, value, _ in named)])
    found = [
        Beside("name", name, interview, FILE_NAME, stem)
        for stem, interview in stems.items()
        for name in names.get(stem, ())
    ]
    found += [
        Beside("name", name, interview, column, value)
        for column, value, interview in named
        for name in names.get(value, ())
    ]
    found += _in_columns(columns, rules)
    return tuple(dict.fromkeys(one for one in found if rules.get(one.kind) != "keep"))


def _in_columns(
    columns: Iterable[tuple[str, str, str]], rules: Mapping[str, str]
) -> Iterator[Beside]:
    looks_for_districts = rules.get("district", "keep") != "keep"
    for column, value, interview in columns:
        if looks_for_districts:
            for find in find_districts(value):
                yield Beside("district", value[find.start : find.end], interview, column, value)
        if not _MAY_BE_PERSONAL.search(value):
            continue
        # What a column is called says what its numbers are.
        said = f"{'생년월일' if column.strip().lower() in _OF_BIRTHS else column}: {value}"
        for find in find_personal(said):
            if find.kind != "name" and find.start >= len(said) - len(value):
                form = said[find.start : find.end]
                yield Beside(find.kind, form, interview, column, value)
