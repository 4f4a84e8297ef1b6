"""The stages after the files are in their places, and what a person is told of them."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence

from pipeline.config import Study
from pipeline.errors import Problem
from pipeline.job.carrying import carry_over
from pipeline.job.news import news_of
from pipeline.job.one_pass import Analysed
from pipeline.job.planning import Planned
from pipeline.manifest import write_manifest
from pipeline.memory import write_whole
from pipeline.runner import Run, Watcher, run_stages
from pipeline.stages import STAGES
from pipeline.views.news_page import News, to_html, to_json

LATEST = ("LATEST.json", "LATEST.html")


def analyse(study: Study, watcher: Watcher, plans: Sequence[Planned]) -> Analysed:
    """Run the stages over the study as its files now are, and tell what is new of ``plans``.

    Where all of ``plans`` were set aside, there is nothing to analyse. Without any plan the
    study is analysed as it is and nothing is told.

    Raises:
        GyeolError: as ``run_stages``.

    """
    if plans and all(plan.outcome == "aside" for plan in plans):
        _tell(study, news_of(study, plans, None))
        return Analysed()
    runs = [run_stages(study, STAGES, watcher)]
    carried = carry_over(study, plans)
    if any(one.moved or one.changed for one in carried):
        runs.append(run_stages(study, STAGES, watcher))
    run, seconds = runs[-1], _seconds(runs)
    write_manifest(run)
    run.say(*_left_alone(run, plans))
    if plans:
        begun = time.perf_counter()
        _tell(study, news_of(study, plans, run, carried))
        seconds["news"] = time.perf_counter() - begun
    return Analysed(tuple(run.problems), seconds)


def _seconds(runs: Sequence[Run]) -> dict[str, float]:
    """Return what each stage that had something to do took, over all ``runs``."""
    seconds: dict[str, float] = {}
    for one in (report for run in runs for report in run.reports if not report.skipped):
        seconds[one.name] = seconds.get(one.name, 0.0) + one.seconds
    return seconds


def _tell(study: Study, news: News) -> None:
    for name, text in zip(LATEST, (to_json(news), to_html(news)), strict=True):
        write_whole(study.outputs / "job" / name, text.encode("utf-8", "surrogatepass"))


def _left_alone(run: Run, plans: Sequence[Planned]) -> Iterator[Problem]:
    """Say which codings of the person's own file are on texts that were corrected."""
    corrected = [i for plan in plans if plan.outcome == "corrected" for i in plan.interviews]
    for interview in corrected if run.study.codings else ():
        count = sum(coding.interview == interview for coding in run.result("codings"))
        yield Problem(
            f"면담 {interview}의 글이 고친 것으로 바뀌었습니다. 코딩 파일은 그대로 두었습니다(이 면담에 자리를 찾은 코딩"
            f" {count}개). start, end나 단위 id로 적은 코딩은 자리가 어긋났을 수 있으니 확인하세요.",
            f"The text of interview {interview} was corrected. The file of codings was left as it is"
            f" ({count} codings placed on it); check those given by start, end or segment id.",
            run.study.shown(run.study.codings) if run.study.codings else None,
            level="warning",
        )
