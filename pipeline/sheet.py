"""The review sheet of a study: made for a coder, and read back into decisions."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline.codebook_file import codebook_in_force, no_codes
from pipeline.config import Study, must_have_codebook
from pipeline.corpus.codings import codes_of_segments
from pipeline.errors import GyeolError, Lang, Problem
from pipeline.flow.corpus import interviews_of
from pipeline.flow.privacy import key_of
from pipeline.flow.themes import given_of
from pipeline.memory import code_digest
from pipeline.records import Coding, Decision, Interview, Privacy, Segment, SegmentSuggestions
from pipeline.reviewed import Reviewed, reviewed
from pipeline.runner import Run, Watcher, run_stages
from pipeline.sentences import particle
from pipeline.stages import stages_for
from pipeline.themes.suggester import suggest
from pipeline.verdicts.codings import JOINT, standing
from pipeline.verdicts.decided import DecidedPassage, decided_passages
from pipeline.verdicts.sheet_columns import N_SUGGESTED, UNAIDED, SheetPassage
from pipeline.verdicts.sheet_decisions import Answered, Desk, answers
from pipeline.verdicts.sheet_rows import read_sheet
from pipeline.verdicts.store import append, decisions_of, now, open_store
from pipeline.verdicts.versions import versions_of
from pipeline.views.masked import mask_corpus, masked_problems
from pipeline.views.questions import Questions
from pipeline.views.review.hiding import is_unaided
from pipeline.views.review_sheet import to_review_sheet
from pipeline.views.wording import words
from pipeline.views.workbook import fit_cell

_HOW_UNAIDED: Mapping[Lang, str] = {
    "ko": f"«{UNAIDED}» 대목은 제안 없이 판정합니다. 제안이 판정을 얼마나 이끄는지, 점수가 맞는지 이 대목들로 잽니다.",
    "en": f"Passages with «{UNAIDED}» are judged without suggestions: they tell how far suggestions "
    "lead, and whether their scores are right.",
}


@dataclass(frozen=True, slots=True)
class MadeSheet:
    """A workbook's bytes, how many passages it holds, and what was wrong on the way."""

    data: bytes
    n_passages: int
    problems: tuple[Problem, ...]


def make_sheet(study: Study, coder: str, lang: Lang, watcher: Watcher) -> MadeSheet:
    """Make a sheet of the passages ``coder`` has not coded; without a name, that nobody has.

    Suggestions learn from the coder's own and joint codings only, another's would make the two
    agree more than they do; without a name, from all.

    Raises:
        GyeolError: there is no codebook, or no passage is left.
    """
    run = _run(study, watcher)
    decided = reviewed(study)
    codings: tuple[Coding, ...] = run.result("codings")
    if coder:
        codings = tuple(coding for coding in codings if coding.coder in (coder, JOINT))
    segments: tuple[Segment, ...] = run.result("segments")
    coded = codes_of_segments(segments, codings)
    seen = set(coded) | {p.segment for p in _done(decided, segments, coder)}
    rows = [row for row, segment in enumerate(segments) if segment.id not in seen]
    if not rows:
        raise GyeolError(_nothing_left(coder))
    gold = {row: frozenset(coded[s.id]) for row, s in enumerate(segments) if s.id in coded}
    suggested = suggest(given_of(run), gold, {}, rows, N_SUGGESTED, study.config.lang)
    finished = {(d.interview, d.start, d.end) for d in decided.log if _is_done(d, coder)}
    share = study.config.review.unaided
    hidden = {
        s.id
        for s in segments
        if (s.interview, s.start, s.end) not in finished
        and is_unaided(s.id, study.config.seed, share)
    }
    passages = _passages(run, rows, suggested.segments, hidden, lang)
    notice = _HOW_UNAIDED[lang] if any(passage.hidden for passage in passages) else ""
    if run.result("privacy").open:
        w = words(lang)
        notice = f"{notice}\n{w['not_private_short']}: {w['not_private_rest']}".strip()
    model = code_digest("themes")[:8]
    data = to_review_sheet(passages, run.result("codebook"), coder, model, notice, lang)
    return MadeSheet(data, len(passages), masked_problems(run.problems, key_of(study)))


def take_sheet(study: Study, path: Path, coder: str, watcher: Watcher) -> Answered:
    """Read the sheet at ``path`` and add what ``coder`` decided in it to the store.

    Raises:
        GyeolError: the file is no review sheet, it was made for another coder, or the store
            cannot be used.
    """
    name = study.shown(path)
    sheet = read_sheet(path.read_bytes(), name)
    if sheet.coder and sheet.coder != coder:
        raise GyeolError(
            Problem(
                f"코더 «{sheet.coder}»에게 준 시트입니다. --coder «{sheet.coder}»{particle(sheet.coder, '이라고')} 적거나 «{coder}»의 시트를 주세요.",
                f"This sheet was made for «{sheet.coder}», not for «{coder}».",
                name,
            )
        )
    run = _run(study, watcher, "codings")
    interviews = interviews_of(run)
    segments: tuple[Segment, ...] = run.result("segments")
    _, shown, _ = _masked(run, ())
    with open_store(study.store_url, study.store_shown) as store:
        log = decisions_of(store)
        version = codebook_in_force(study, store)
        desk = Desk(
            segments={one.id: segment for one, segment in zip(shown, segments, strict=True)},
            texts={interview.id: interview.text for interview in interviews},
            codes=run.result("codebook"),
            log=log,
            standing={d.id for d in standing(log, versions=versions_of(store))},
            codebook=1 if version is None else version.number,
        )
        answered = answers(sheet, coder, desk, now, name)
        append(store, answered.decisions)
    return replace(answered, problems=(*run.problems, *answered.problems))


def _run(study: Study, watcher: Watcher, last: str = "alignment") -> Run:
    must_have_codebook(study)
    run = run_stages(study, stages_for(last, "codings", "privacy"), watcher)
    if not run.result("codebook"):
        raise no_codes(study, run.problems)
    return run


def _masked(
    run: Run, codings: tuple[Coding, ...]
) -> tuple[tuple[Interview, ...], tuple[Segment, ...], tuple[Coding, ...]]:
    privacy: Privacy = run.result("privacy")
    return mask_corpus(
        interviews_of(run), run.result("segments"), codings, privacy.masks, key_of(run.study)
    )


def _done(decided: Reviewed, segments: tuple[Segment, ...], coder: str) -> list[DecidedPassage]:
    passages = decided_passages(decided.log, segments, decided.versions)
    return [p for p in passages if p.done and (not coder or p.coder == coder)]


def _is_done(decision: Decision, coder: str) -> bool:
    return decision.action == "done" and decision.coder == coder


def _passages(
    run: Run,
    rows: list[int],
    suggested: tuple[SegmentSuggestions, ...],
    hidden: Collection[str],
    lang: Lang,
) -> list[SheetPassage]:
    interviews, shown, _ = _masked(run, ())
    texts = {interview.id: interview.text for interview in interviews}
    questions = {interview.id: Questions(interview) for interview in interviews}
    segments: tuple[Segment, ...] = run.result("segments")
    found = []
    for row, own in zip(rows, suggested, strict=True):
        segment = shown[row]
        question = questions[segment.interview].before(segment.start)
        found.append(
            SheetPassage(
                segment.id,
                segment.interview,
                segments[row].start,
                segments[row].end,
                fit_cell(segment.speaker, lang),
                fit_cell(question, lang),
                fit_cell(texts[segment.interview][segment.start : segment.end], lang),
                tuple((s.code, s.score) for s in own.suggestions),
                segments[row].id in hidden,
            )
        )
    return found


def _nothing_left(coder: str) -> Problem:
    whose = f"«{coder}»{particle(coder, '이')} " if coder else ""
    return Problem(
        f"{whose}아직 코딩하지 않은 단위가 없어 시트에 담을 것이 없습니다.",
        "No segment is left to code: there is nothing to put into a sheet.",
    )
