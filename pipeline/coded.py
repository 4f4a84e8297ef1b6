"""A study's codings, out of files and decisions, with their context and masked."""

from __future__ import annotations

from dataclasses import dataclass, replace

from pipeline.agreement import run_to_codings
from pipeline.config import Study
from pipeline.corpus.pseudonyms import replacer
from pipeline.errors import Problem
from pipeline.flow.corpus import interviews_of
from pipeline.flow.privacy import key_of, mask_notes
from pipeline.records import Coding, Privacy
from pipeline.runner import Watcher
from pipeline.views.coding_rows import MaskedCorpus, coding_table
from pipeline.views.masked import mask_corpus, masked_problems
from pipeline.views.tables import Table


@dataclass(frozen=True, slots=True)
class Exported:
    """The codings as a table, what was wrong on the way, and whether a person saw to the masks."""

    table: Table
    problems: tuple[Problem, ...]
    privacy_confirmed: bool


def export_codings(study: Study, watcher: Watcher) -> Exported:
    """Return every coding of ``study``: those in files, and those decisions come to.

    Raises:
        GyeolError: there is no codebook.
    """
    run = run_to_codings(study, watcher)
    codings: tuple[Coding, ...] = run.result("codings")
    notes = mask_notes(run, (coding.note for coding in codings))
    privacy: Privacy = run.result("privacy")
    key = key_of(study)
    noted = tuple(replace(coding, note=notes.get(coding.note, "")) for coding in codings)
    masked = MaskedCorpus(
        *mask_corpus(interviews_of(run), run.result("segments"), noted, privacy.masks, key)
    )
    unnamed = replacer(key)
    coders = [unnamed(coding.coder) for coding in codings]
    table = coding_table(codings, masked, run.result("codebook"), coders)
    return Exported(table, masked_problems(run.problems, key), privacy.open == 0)
