"""``manifest.json``: what made these outputs, so that another person can make them again."""

from __future__ import annotations

import json
import platform
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from pipeline import __version__
from pipeline.config import Study
from pipeline.flow.corpus import interview_files
from pipeline.flow.privacy import key_of
from pipeline.memory import file_digest, library_version, write_whole
from pipeline.records import MorphologyIndex, Written
from pipeline.runner import Run

_LIBRARIES = ("kiwipiepy", "kiwipiepy_model", "gensim", "scikit-learn", "numpy", "scipy")


def _masked(value: Any, key: Mapping[str, str]) -> Any:  # noqa: ANN401 — whatever JSON holds
    """Return ``value`` with the names in ``key`` replaced: labels of speakers are settings."""
    from pipeline.views.masked import masked_line

    if isinstance(value, dict):
        return {_masked(name, key): _masked(held, key) for name, held in value.items()}
    if isinstance(value, list):
        return [_masked(held, key) for held in value]
    return masked_line(value, key) if isinstance(value, str) else value


def _store(study: Study) -> dict[str, str]:
    return {} if study.config.store is None else {"store": study.store_shown}


def write_manifest(run: Run) -> None:
    """Write the manifest of a finished run into its outputs folder.

    Where no stage had anything to do, the manifest of the run that made the outputs stays.
    """
    facts, inputs = _facts(run), {path: file_digest(path) for path in _inputs(run.study)}
    nothing_done = all(report.skipped for report in run.reports)
    if not (nothing_done and _stands(run.study, facts, inputs.values())):
        manifest = _manifest(run, facts, inputs)
        text = json.dumps(manifest, ensure_ascii=False, indent=2) + "\n"
        write_whole(_path(run.study), text.encode("utf-8", "surrogatepass"))


def _manifest(run: Run, facts: Mapping[str, Any], inputs: Mapping[Path, str]) -> dict[str, Any]:
    """Return the manifest: ``facts``, and masked what may name somebody."""
    from pipeline.views.masked import masked_line, masked_problems

    study, key = run.study, key_of(run.study)
    return {
        **facts,
        "config": _masked({**study.config.model_dump(), **_store(study)}, key),
        "inputs": {masked_line(study.shown(path), key): found for path, found in inputs.items()},
        "stages": [
            {"name": report.name, "skipped": report.skipped, "seconds": round(report.seconds, 3)}
            for report in run.reports
        ],
        "problems": [
            {"level": p.level, "path": p.path, "line": p.line, "message": p.text(study.config.lang)}
            for p in masked_problems(run.problems, key)
        ],
    }


def _facts(run: Run) -> dict[str, Any]:
    """Return what names nobody: versions, the seed, the outputs' digests."""
    morphology: MorphologyIndex = run.result("morphology")
    written: Written = run.result("outputs")
    return {
        "gyeol": __version__,
        "python": platform.python_version(),
        "platform": platform.platform(),
        "libraries": {name: library_version(name) for name in _LIBRARIES},
        "morphology_made_with": dict(morphology.made_with),
        "study": run.study.name,
        "seed": run.study.config.seed,
        "outputs": dict(written.files),
    }


def _inputs(study: Study) -> tuple[Path, ...]:
    """Return the files a study is made of."""
    others = (study.codebook, study.codings, study.dictionary, study.stopwords)
    return (study.config_path, *interview_files(study), *(path for path in others if path))


def _stands(study: Study, facts: Mapping[str, Any], inputs: Iterable[str]) -> bool:
    """Tell whether the manifest that is there says the same of outputs and inputs."""
    try:
        there = json.loads(_path(study).read_bytes())
        same = {name: there[name] for name in facts} == facts
        return same and sorted(there["inputs"].values()) == sorted(inputs)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return False


def _path(study: Study) -> Path:
    return study.outputs / "manifest.json"
