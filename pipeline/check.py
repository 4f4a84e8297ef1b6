"""A look over a whole study without analysing it: every problem at once."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pipeline.config import examine_study
from pipeline.corpus.codebook import read_codebook
from pipeline.corpus.codings import codings_in_comments, read_codings
from pipeline.corpus.dictionary import read_dictionary, read_stopwords, read_synonyms
from pipeline.corpus.listing import list_files
from pipeline.corpus.reading import merge, read_file
from pipeline.errors import GyeolError, Lang, Problem
from pipeline.flow.corpus import join_participants, no_interviews
from pipeline.flow.privacy import stored_key
from pipeline.records import Code, Coding, Interview


@dataclass(frozen=True, slots=True)
class Checked:
    """What a study holds, and all that is wrong with it."""

    lang: Lang
    n_interviews: int
    n_answers: int
    n_codes: int
    n_codings: int
    problems: tuple[Problem, ...]


def check_study(config: Path) -> Checked:
    """Read the study at ``config`` part by part; a part that fails does not stop the others.

    Raises:
        UsageError: there is no such config.

    """
    study, problems = examine_study(config)
    found = list(problems)
    codes: tuple[Code, ...] = ()
    codings: tuple[Coding, ...] = ()
    interviews: tuple[Interview, ...] = ()
    with _collected(found):
        files = list_files(study.interviews) if study.interviews.is_dir() else ()
        if not files:
            raise GyeolError(no_interviews(study))
        asks, options = study.config.interviewer, study.reading
        readings = [read_file(p, study.shown(p), asks, options) for p in files]
        merged = merge(readings)
        found += merged.problems
        interviews, mismatches = join_participants(study, merged.interviews)
        found += mismatches
    with _collected(found):
        codes = read_codebook(study.codebook, study.shown(study.codebook)) if study.codebook else ()
    if study.dictionary:
        with _collected(found):
            found += read_dictionary(study.dictionary, study.shown(study.dictionary))[1]
            found += read_synonyms(study.dictionary, study.shown(study.dictionary))[1]
    if study.stopwords:
        with _collected(found):
            found += read_stopwords(study.stopwords, study.shown(study.stopwords))[1]
    if study.codings and codes and interviews:
        with _collected(found):
            name = study.shown(study.codings)
            ids = stored_key(study).interviews
            codings, wrong = read_codings(
                study.codings, name, interviews, (), codes, pseudonyms=ids
            )
            found += wrong
    if codes and study.reading.comments == "codings":
        beside, wrong = codings_in_comments(interviews, codes)
        codings = tuple(dict.fromkeys((*codings, *beside)))
        found += wrong
    answers = sum(t.role == "participant" for i in interviews for t in i.turns)
    return Checked(
        study.config.lang, len(interviews), answers, len(codes), len(codings), tuple(found)
    )


@contextlib.contextmanager
def _collected(found: list[Problem]) -> Iterator[None]:
    try:
        yield
    except GyeolError as error:
        found += error.problems
