"""The stages after the files are in their places, and what a person is told of them."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.config import Study
from pipeline.errors import Problem
from pipeline.job.planning import Planned
from pipeline.manifest import write_manifest
from pipeline.runner import Watcher, run_stages
from pipeline.stages import STAGES


def analyse(study: Study, watcher: Watcher, plans: Sequence[Planned]) -> tuple[Problem, ...]:
    """Run the stages over the study as its files now are, and tell what is new of ``plans``.

    Where all of ``plans`` were set aside, there is nothing to analyse. Without any plan the
    study is analysed as it is and nothing is told.

    Raises:
        GyeolError: as ``run_stages``.

    """
    if plans and all(plan.outcome == "aside" for plan in plans):
        return ()
    run = run_stages(study, STAGES, watcher)
    write_manifest(run)
    return tuple(run.problems)
