"""The stage that finds what is personal, and what later stages and outputs may see of it."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.config import Study
from pipeline.engine import batch_bounds, map_batches
from pipeline.errors import GyeolError, Problem
from pipeline.flow.corpus import interviews_of, kiwi_of, morphemes_of
from pipeline.memory import write_whole
from pipeline.records import Interview, Privacy
from pipeline.runner import Run

if TYPE_CHECKING:
    from pipeline.corpus.personal import Find
    from pipeline.corpus.personal.known_names import KnownNames
    from pipeline.corpus.privacy import Decisions


def mask_personal(run: Run) -> Privacy:
    """Find personal data in every interview and give each find what stands for it."""
    from pipeline.corpus.privacy import open_forms
    from pipeline.corpus.pseudonyms import extend_key, masks_for

    interviews = {interview.id: interview for interview in interviews_of(run)}
    decisions = decisions_of(run.study)
    known = _known_names(run, decisions)
    found = finds_of(run)
    names = [
        interviews[name].text[find.start : find.end]
        for name, finds in found.items()
        for find in finds
        if find.kind == "name"
    ]
    speakers = _speakers(run)
    given = _listed_participants(interviews_of(run), speakers) | key_of(run.study)
    key = extend_key(given, [*speakers, *names], speakers, known.people)
    write_whole(_key_path(run.study), json.dumps(key, ensure_ascii=False).encode(), private=True)
    masks = {
        name: masks_for(interviews[name].text, finds, key) for name, finds in found.items() if finds
    }
    counts = Counter(find.kind for finds in found.values() for find in finds)
    still_open = open_forms(found, interviews, decisions)
    if still_open:
        run.say(_unconfirmed(len(still_open)))
    return Privacy(masks, dict(sorted(counts.items())), len(still_open))


def _speakers(run: Run) -> tuple[str, ...]:
    from pipeline.corpus.privacy import speakers_named

    labels = dict.fromkeys(turn.speaker for i in interviews_of(run) for turn in i.turns)
    return run.shared("speakers", lambda: speakers_named(kiwi_of(run), labels))


def _listed_participants(
    interviews: Sequence[Interview], speakers: Sequence[str]
) -> dict[str, str]:
    """Return the speakers whom the list of participants gives a name of its own."""
    given: dict[str, str] = {}
    for interview in interviews:
        names = {t.speaker for t in interview.turns if t.role == "participant"} & set(speakers)
        if len(names) == 1 and "participant" in interview.fields:
            given[names.pop()] = interview.fields["participant"]
    return given


def finds_of(run: Run) -> dict[str, tuple[Find, ...]]:
    """Return the finds to be masked, by interview id, in the corpus's order."""
    from pipeline.corpus.morphology import some_interviews
    from pipeline.corpus.privacy import Batch, finds_in

    interviews, morphemes = interviews_of(run), morphemes_of(run)
    decisions = decisions_of(run.study)
    known = _known_names(run, decisions)
    keep = tuple(run.study.config.privacy.keep)
    batches = [
        Batch(interviews[a:b], some_interviews(morphemes, a, b), known, decisions, keep)
        for a, b in batch_bounds([len(interview.text) for interview in interviews])
    ]
    found: list[tuple[Find, ...]] = []
    for finds in map_batches(finds_in, batches, run.study.config.workers):
        found += finds
        run.advanced(len(found), len(interviews))
    return {i.id: finds for i, finds in zip(interviews, found, strict=True)}


def decisions_of(study: Study) -> Decisions:
    """Return what people decided about the study's personal data."""
    from pipeline.corpus.privacy import Decisions, decisions_from_json

    path = decisions_path(study)
    if not path.is_file():
        return Decisions()
    try:
        return decisions_from_json(path.read_bytes())
    except (ValueError, KeyError, TypeError) as error:
        raise GyeolError(_damaged(study, path)) from error


def key_of(study: Study) -> dict[str, str]:
    """Return the study's pseudonyms by name; they are never given anew."""
    path = _key_path(study)
    if not path.is_file():
        return {}
    try:
        return {str(name): str(given) for name, given in json.loads(path.read_bytes()).items()}
    except (ValueError, AttributeError) as error:
        raise GyeolError(_damaged(study, path)) from error


def key_is_there(run: Run, privacy: Privacy) -> bool:
    """Tell whether the key to the pseudonyms is still in the private part."""
    return _key_path(run.study).is_file() or not privacy.masks


def decisions_path(study: Study) -> Path:
    """Return where decisions about personal data are kept."""
    return study.private / "privacy.json"


def _key_path(study: Study) -> Path:
    return study.private / "key.json"


def _known_names(run: Run, decisions: Decisions) -> KnownNames:
    from pipeline.corpus.personal.known_names import KnownNames, read_names
    from pipeline.corpus.privacy import names_known

    listed = KnownNames()
    if run.study.names is not None:
        listed, problems = read_names(run.study.names, run.study.shown(run.study.names))
        run.say(*(problem for problem in problems if problem not in run.problems))
    return names_known(listed, _speakers(run), decisions)


def _unconfirmed(count: int) -> Problem:
    return Problem(
        f"개인정보로 보이는 말 {count}가지를 가명으로 바꾸었지만 아직 사람이 확인하지 않았습니다."
        " gyeol privacy로 확인하세요.",
        f"{count} words that look personal were masked and no person has confirmed it yet: "
        "see gyeol privacy.",
        level="warning",
    )


def _damaged(study: Study, path: Path) -> Problem:
    return Problem(
        "파일이 손상되었습니다. 백업에서 되살리거나, 지우고 다시 확인하세요.",
        "The file is damaged: restore it from a backup, or delete it and judge again.",
        study.shown(path),
    )
