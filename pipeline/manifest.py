"""``manifest.json``: what made these outputs, so that another person can make them again."""

from __future__ import annotations

import json
import platform
from collections.abc import Mapping
from typing import Any

from pipeline import __version__
from pipeline.config import Study
from pipeline.flow.corpus import interview_files
from pipeline.flow.privacy import key_of
from pipeline.memory import file_digest, library_version, write_whole
from pipeline.records import MorphologyIndex, Written
from pipeline.runner import Run
from pipeline.views.masked import masked_line, masked_problems

_LIBRARIES = ("kiwipiepy", "kiwipiepy_model", "gensim", "scikit-learn", "numpy", "scipy")


def _masked(value: Any, key: Mapping[str, str]) -> Any:  # noqa: ANN401 — whatever JSON holds
    """Return ``value`` with the names in ``key`` replaced: labels of speakers are settings."""
    if isinstance(value, dict):
        return {_masked(name, key): _masked(held, key) for name, held in value.items()}
    if isinstance(value, list):
        return [_masked(held, key) for held in value]
    return masked_line(value, key) if isinstance(value, str) else value


def _store(study: Study) -> dict[str, str]:
    return {} if study.config.store is None else {"store": study.store_shown}


def write_manifest(run: Run) -> None:
    """Write the manifest of a finished run into its outputs folder."""
    study = run.study
    morphology: MorphologyIndex = run.result("morphology")
    written: Written = run.result("outputs")
    key = key_of(study)
    problems = masked_problems(run.problems, key)
    inputs = [
        study.config_path,
        *interview_files(study),
        *(p for p in (study.codebook, study.codings, study.dictionary, study.stopwords) if p),
    ]
    manifest = {
        "gyeol": __version__,
        "python": platform.python_version(),
        "platform": platform.platform(),
        "libraries": {name: library_version(name) for name in _LIBRARIES},
        "morphology_made_with": dict(morphology.made_with),
        "study": study.name,
        "seed": study.config.seed,
        "config": _masked({**study.config.model_dump(), **_store(study)}, key),
        "inputs": {masked_line(study.shown(path), key): file_digest(path) for path in inputs},
        "outputs": dict(written.files),
        "stages": [
            {"name": report.name, "skipped": report.skipped, "seconds": round(report.seconds, 3)}
            for report in run.reports
        ],
        "problems": [
            {"level": p.level, "path": p.path, "line": p.line, "message": p.text(study.config.lang)}
            for p in problems
        ],
    }
    text = json.dumps(manifest, ensure_ascii=False, indent=2) + "\n"
    write_whole(study.outputs / "manifest.json", text.encode("utf-8", "surrogatepass"))
