"""The last stage: everything handed to the writers of the room ``views``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from pipeline.config import Study
from pipeline.flow.corpus import (
    coded_segments,
    dictionary_of,
    interviews_of,
    speech_of,
    uncoded_rows,
)
from pipeline.flow.privacy import key_of
from pipeline.memory import code_digest, digest, file_digest, write_whole
from pipeline.records import (
    Analysis,
    Code,
    CodeTerms,
    Comparison,
    Measured,
    Network,
    Privacy,
    Segment,
    Suggested,
    TopicModel,
    Written,
)
from pipeline.runner import Run


def outputs(run: Run) -> Written:
    """Write the tables, the workbook, the suggestions and the report."""
    import hashlib

    from pipeline.views.files import render_files
    from pipeline.views.masked import mask_analysis

    privacy: Privacy = run.result("privacy")
    found = replace(analysis_of(run), measured=_measured(run))
    analysis = mask_analysis(found, privacy.masks, key_of(run.study))
    # All is rendered before the first file is written: outputs belong together.
    rendered = dict(render_files(analysis))
    for number, (name, data) in enumerate(rendered.items(), 1):
        write_whole(run.study.outputs / name, data)
        run.advanced(number, len(rendered))
    return Written({name: hashlib.sha256(data).hexdigest() for name, data in rendered.items()})


def analysis_of(run: Run) -> Analysis:
    """Return everything the run found, unmasked: nothing to be written as it is."""
    from pipeline.mining import keywords as keyword_methods
    from pipeline.mining import ngrams as ngram_methods
    from pipeline.themes import alignment, gaps, thresholds, uncovered

    config = run.study.config
    suggested: Suggested = run.result("suggestions")
    model: TopicModel = run.result("topics")
    codes: tuple[Code, ...] = run.result("codebook")
    # A comparison of groups finds nothing where there are none: it is no method of this study.
    used = {keyword.method for keyword in run.result("keywords")}
    methods = [
        _morphology_text(run),
        *(keyword_methods.METHODS_TEXTS[m] for m in config.keywords.methods if m in used),
        model.methods_text,
    ]
    if run.result("ngrams"):
        methods.insert(-1, ngram_methods.METHODS_TEXT)
    network: Network = run.result("network")
    if network.edges:
        methods.append(network.methods_text)
    comparison: Comparison = run.result("comparison")
    if comparison.rows:
        methods.append(comparison.methods_text)
    if codes:
        methods += [alignment.METHODS_TEXT, gaps.METHODS_TEXT]
    if suggested.segments:
        methods.append(suggested.methods_text)
    if suggested.thresholds and suggested.thresholds.n_segments:
        methods.append(thresholds.methods_text(suggested.thresholds))
    if suggested.uncovered:
        methods.append(uncovered.METHODS_TEXT)
    return Analysis(
        study=run.study.name,
        title=config.title or run.study.name,
        lang=config.lang,
        levels=tuple(config.levels),
        interviews=interviews_of(run),
        segments=run.result("segments"),
        codes=codes,
        codings=run.result("codings"),
        keywords=run.result("keywords"),
        model=model,
        matches=run.result("alignment"),
        uncoded=tuple(run.result("segments")[row].id for row in uncoded_rows(run)),
        suggestions=suggested.segments,
        score_only_ranks=not suggested.calibrated,
        methods=tuple(methods),
        problems=tuple(run.problems),
        privacy_confirmed=run.result("privacy").open == 0,
        uncovered=suggested.uncovered,
        thresholds=suggested.thresholds,
        network=network,
        ngrams=run.result("ngrams"),
        gaps=run.result("gaps"),
        comparison=comparison,
        word_counts=run.result("word_counts"),
    )


def evaluation_file(study: Study) -> Path:
    """Return where ``gyeol evaluate`` leaves its figures for a study."""
    return study.outputs / "evaluation.json"


def fingerprint(
    texts: Mapping[str, str],
    groups: Sequence[str],
    gold: Sequence[frozenset[str]],
    code_terms: CodeTerms,
) -> dict[str, str]:
    """Return short hashes of what an evaluation rests on: data, codebook and model.

    ``texts`` are the interviews' by id; ``groups`` and ``gold`` give each segment's interview
    and codes.
    """
    coded = [sorted(own) for own in gold]
    return {
        "model": code_digest("themes")[:8],
        "data": digest([texts[name] for name in sorted(texts)], groups, coded)[:8],
        "codebook": digest(code_terms.codes, code_terms.vocabulary)[:8],
    }


def _measured(run: Run) -> Measured | None:
    """Return what an evaluation of the study found, if there has been one."""
    from pipeline.views.measured import read_measured

    path = evaluation_file(run.study)
    if not path.is_file():
        return None
    segments: tuple[Segment, ...] = run.result("segments")
    coded = coded_segments(run)
    now = fingerprint(
        {interview.id: interview.text for interview in interviews_of(run)},
        [segment.interview for segment in segments],
        [frozenset(coded.get(segment.id, ())) for segment in segments],
        run.result("code_terms"),
    )
    return read_measured(path.read_bytes(), now)


def _morphology_text(run: Run) -> dict[str, str]:
    from pipeline.corpus.morphology import methods_text

    config = run.study.config
    segments: tuple[Segment, ...] = run.result("segments")
    version = run.version("kiwipiepy")
    tags = ", ".join(config.morphology.tags)
    unit = {"turn": "응답 발화", "sentence": "문장", "window": f"문장 {config.segments.size}개"}
    n_entries = len(dictionary_of(run)[0])
    spoken = methods_text(speech_of(run.study))
    return {
        "ko": f"면담 {len(interviews_of(run)):,}편의 응답을 {unit[config.segments.unit]} 단위로 나눈 분석 단위"
        f" {len(segments):,}개를 Kiwi {version}로 형태소 분석하고(사용자 사전 {n_entries:,}개 낱말),"
        f" 품사 {tags}를 남기고 불용어를 뺐다.{spoken['ko']}",
        "en": f"The answers of {len(interviews_of(run)):,} interviews were cut into {len(segments):,} "
        f"segments ({config.segments.unit}) and analysed with Kiwi {version} (user dictionary of "
        f"{n_entries:,} words); tags {tags} were kept and stop words removed.{spoken['en']}",
    }


def outputs_are_there(run: Run, written: Written) -> bool:
    """Tell whether every output is on disk as it was written."""
    folder = run.study.outputs
    return all(
        (folder / name).is_file() and file_digest(folder / name) == known
        for name, known in written.files.items()
    )
