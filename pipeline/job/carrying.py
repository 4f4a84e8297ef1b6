"""Decisions on interviews that came in corrected: carried over in the store."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.config import Study
from pipeline.corpus.reading import read_file
from pipeline.job.intent import kept_at
from pipeline.job.planning import Planned
from pipeline.memory import write_whole
from pipeline.records import Decision
from pipeline.verdicts.carry import carry
from pipeline.verdicts.store import append, decisions_of, now, open_store

_CHANGED = "changed.json"


@dataclass(frozen=True, slots=True)
class CarriedOver:
    """What became of the decisions on one corrected interview.

    ``changed`` are those taken back because the words they stood on were changed.
    """

    interview: str
    stays: int
    moved: int
    changed: tuple[Decision, ...]


def carry_over(study: Study, plans: Sequence[Planned]) -> tuple[CarriedOver, ...]:
    """Carry decisions over to the corrected texts of ``plans``; done again, it changes nothing.

    What was taken back is also kept beside the file that was replaced, in the private part.

    Raises:
        GyeolError: the store cannot be read or written.

    """
    corrected = [plan for plan in plans if plan.outcome == "corrected"]
    file = study.store_file
    if not corrected or (file is not None and not file.is_file()):
        return ()
    done = []
    with open_store(study.store_url, study.store_shown) as store:
        for plan in corrected:
            for interview, old, new in _texts(study, plan):
                found = carry(decisions_of(store), interview, old, new, now())
                append(store, found.new)
                _keep(kept_at(study, plan).with_name(_CHANGED), found.changed)
                moved = len(found.new) - len(found.changed)
                done.append(CarriedOver(interview, len(found.stays), moved, found.changed))
    return tuple(done)


def _texts(study: Study, plan: Planned) -> Iterator[tuple[str, str, str]]:
    """Yield the interviews of a corrected file with their texts before and after."""
    before = _read(study, kept_at(study, plan))
    after = _read(study, study.folder / plan.to)
    for interview in before:
        if before[interview] != after.get(interview, before[interview]):
            yield interview, before[interview], after[interview]


def _read(study: Study, path: Path) -> dict[str, str]:
    reading = read_file(path, study.shown(path), study.config.interviewer, study.reading)
    return {interview.id: interview.text for interview in reading.interviews}


def _keep(path: Path, changed: Sequence[Decision]) -> None:
    """Add to the list of decisions to look at again; those there already stay as they are."""
    rows = json.loads(path.read_bytes()) if path.is_file() else []
    known = {row["id"] for row in rows}
    rows += [dataclasses.asdict(one) for one in changed if one.id not in known]
    if rows:
        data = json.dumps(rows, ensure_ascii=False, indent=1).encode("utf-8", "surrogatepass")
        write_whole(path, data, private=True)
