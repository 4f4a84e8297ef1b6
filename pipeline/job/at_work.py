"""The job as it is started: once, in advance, or staying to watch."""

from __future__ import annotations

import functools
from collections.abc import Sequence

from pipeline.config import Study
from pipeline.errors import Lang, Problem
from pipeline.job import refusals
from pipeline.job.analysing import analyse
from pipeline.job.inbox import wait_until_settled
from pipeline.job.known import read_known
from pipeline.job.lock import only_job
from pipeline.job.one_pass import Pass, finish_killed, run_pass
from pipeline.job.planning import Planned, plan_files
from pipeline.runner import Watcher

_OUTCOMES = {
    "taken": ("받음", "taken"),
    "corrected": ("고친 것으로 바꿈", "corrected"),
    "aside": ("따로 둠", "set aside"),
}


def work(study: Study, watcher: Watcher) -> tuple[Pass, ...]:
    """Finish what was interrupted and make one pass over the inbox.

    Raises:
        BusyError: another job or run is at work on the study.
        FaultError: the study cannot be analysed, or the disk cannot be written.

    """
    analysis = functools.partial(analyse, study, watcher)
    with only_job(study):
        before = finish_killed(study, analysis)
        ready, unsettled = wait_until_settled(study.folder / "inbox", study.config.job.settle)
        told = [refusals.not_settled(study.shown(path)) for path in unsettled]
        return (*before, *run_pass(study, ready, analysis, told))


def would_do(study: Study) -> tuple[tuple[Planned, ...], tuple[Problem, ...]]:
    """Return what a pass would do now, without doing it."""
    ready, unsettled = wait_until_settled(study.folder / "inbox", study.config.job.settle)
    plans, left = plan_files(study, ready, read_known(study) if ready else {})
    return plans, (*(refusals.not_settled(study.shown(path)) for path in unsettled), *left)


def exit_code(passes: Sequence[Pass]) -> int:
    """Return 1 if something was set aside, else 0."""
    return int(any(done.count("aside") for done in passes))


def plan_line(plan: Planned, lang: Lang) -> str:
    """Return a line that says what becomes, or became, of a file."""
    what = _OUTCOMES[plan.outcome][lang == "en"]
    line = f"{what}: inbox/{plan.file} → {plan.to}"
    if plan.instead:
        line += f" ({plan.instead})"
    if plan.outcome == "aside":
        line += "".join(f"\n    {problem.text(lang)}" for problem in plan.problems)
    return line


def pass_lines(done: Pass, lang: Lang) -> list[str]:
    """Return what a pass did, for the terminal."""
    counts = [
        f"{texts[lang == 'en']} {done.count(outcome)}" for outcome, texts in _OUTCOMES.items()
    ]
    head = ", ".join(counts) if done.plans else ("새 파일 없음" if lang == "ko" else "nothing new")
    return [*(plan_line(plan, lang) for plan in done.plans), head]
