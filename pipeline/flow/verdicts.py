"""Stages of the room ``verdicts``: what people decided, as codings beside those in files."""

from __future__ import annotations

from collections.abc import Mapping

from pipeline.config import Study
from pipeline.errors import Problem
from pipeline.flow.corpus import interviews_of
from pipeline.flow.privacy import stored_key
from pipeline.records import CodebookVersion, Coding, Decision
from pipeline.runner import Run


def has_store(study: Study) -> bool:
    """Tell whether the study has a store of decisions; no database is opened to ask."""
    file = study.store_file
    return file is None or file.is_file()


def decided(study: Study) -> str:
    """Return a hash of the log of decisions, empty for a study without a store."""
    if not has_store(study):
        return ""
    from pipeline.verdicts.store import open_store, state_of

    with open_store(study.store_url, study.store_shown) as store:
        return state_of(store)


def codings(run: Run) -> tuple[Coding, ...]:
    """Return the codings in files and those that decisions come to, each once."""
    if not has_store(run.study):
        return codings_in_files(run, {})
    from pipeline.verdicts.code_names import former_names
    from pipeline.verdicts.store import decisions_of, open_store
    from pipeline.verdicts.versions import versions_of

    with open_store(run.study.store_url, run.study.store_shown) as store:
        versions, decisions = versions_of(store), decisions_of(store)
    found = codings_in_files(run, former_names(versions))
    there = {(c.interview, c.start, c.end, c.code, c.coder) for c in found}
    made = (
        coding
        for coding in _of_decisions(run, decisions, versions)
        if (coding.interview, coding.start, coding.end, coding.code, coding.coder) not in there
    )
    return (*found, *made)


def codings_in_files(run: Run, former: Mapping[str, str]) -> tuple[Coding, ...]:
    """Read the codings, those in the margins of documents too, and place them in the text.

    ``former`` are names codes had once, with today's.
    """
    from pipeline.corpus.codings import codings_in_comments, read_codings

    path, codes = run.study.codings, run.result("codebook")
    found: tuple[Coding, ...] = ()
    if path is not None:
        segments = run.result("segments")
        name = run.study.shown(path)
        ids = stored_key(run.study).interviews
        found, problems = read_codings(path, name, interviews_of(run), segments, codes, former, ids)
        run.say(*problems)
    if run.study.reading.comments == "codings":
        beside, problems = codings_in_comments(interviews_of(run), codes)
        run.say(*problems)
        found = tuple(dict.fromkeys((*found, *beside)))
    return found


def _of_decisions(
    run: Run, decisions: tuple[Decision, ...], versions: tuple[CodebookVersion, ...]
) -> list[Coding]:
    """Return the codings decisions come to; say which cannot be used."""
    from pipeline.verdicts.codings import codings_of, misplaced, stale, standing

    texts = {interview.id: interview.text for interview in interviews_of(run)}
    stands = standing(decisions, versions=versions)
    lost = misplaced(stands, texts)
    usable = [decision for decision in stands if decision not in lost]
    names = {code.name for code in run.result("codebook")}
    found = codings_of(usable, versions)
    unknown = sorted({coding.code for coding in found} - names)
    again = stale(usable, versions)
    shown = run.study.store_shown
    if lost:
        run.say(_misplaced(len(lost), sorted({d.interview for d in lost}), shown))
    if unknown:
        run.say(_unknown(unknown, shown))
    if again:
        run.say(_stale(len(again), shown))
    return [coding for coding in found if coding.code in names]


def _misplaced(count: int, interviews: list[str], path: str) -> Problem:
    named = ", ".join(interviews)
    return Problem(
        f"판정 {count}개는 그 인용이 지금의 원문에 그 자리에 없어 뺐습니다(면담 {named}). 판정한 뒤 전사본을 "
        "고쳤다면 고친 곳을 다시 코딩하세요.",
        f"{count} decisions left out: their quotes do not stand there in the text as it is now "
        f"(interviews {named}). Code again what was changed in the transcripts.",
        path,
        level="warning",
    )


def _unknown(codes: list[str], path: str) -> Problem:
    named = ", ".join(codes)
    return Problem(
        f"판정에 있는 코드가 코드북에 없어 뺐습니다: {named}",
        f"Decisions left out whose codes are not in the codebook: {named}",
        path,
        level="warning",
    )


def _stale(count: int, path: str) -> Problem:
    return Problem(
        f"판정 {count}개는 그 뒤에 코드북이 바뀌어 다시 보아야 합니다. gyeol review에서 모아 봅니다.",
        f"{count} decisions need another look since the codebook changed; gyeol review gathers them.",
        path,
        level="warning",
    )
