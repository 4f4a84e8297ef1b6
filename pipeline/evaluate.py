"""How good suggestions are for a study, or for any coded set: put together and measured."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from pipeline import __version__
from pipeline.config import Study, must_have_codebook
from pipeline.corpus.codebook import read_codebook
from pipeline.corpus.morphology import load_kiwi
from pipeline.errors import GyeolError, Lang, Problem, UsageError
from pipeline.flow.corpus import coded_segments, interviews_of, kiwi_of
from pipeline.flow.privacy import key_of
from pipeline.flow.themes import given_of
from pipeline.flow.views import evaluation_file, fingerprint
from pipeline.memory import library_version, write_whole
from pipeline.mining.vectors import find_vectors, spread
from pipeline.prepared import (
    answers,
    codes_in_file,
    prepare,
    read_rows_as_interviews,
)
from pipeline.records import Code, CodeTerms, Interview, Segment, Terms, Vectors
from pipeline.runner import Watcher, run_stages
from pipeline.sentences import particle
from pipeline.stages import stages_for
from pipeline.themes.baseline import linear_scores, overlap_scores, word_features
from pipeline.themes.evaluation import CodedSet, Gold, Method, Scores, Split, evaluate
from pipeline.themes.measures import RESAMPLES
from pipeline.themes.scoring import Untaught, score_codes
from pipeline.themes.suggester import Given
from pipeline.views.evaluation_page import Evaluated, to_html, to_json
from pipeline.views.masked import masked_line, masked_problems

EXAMPLES = (0, 1, 3, 5, 10)
# Interviews written to show the program say so in their first lines.
_SYNTHETIC = re.compile(r"\[[^\]\n]*(synthetic|합성)[^\]\n]*\]", re.IGNORECASE)
_HEAD = 300
_LONG_ENOUGH = 10
_LIBRARIES = ("kiwipiepy", "kiwipiepy_model", "numpy", "scipy", "scikit-learn")

Progress = Callable[[int, int], None]


def evaluate_study(
    study: Study,
    examples: Sequence[int],
    rounds: int,
    split: Split,
    watcher: Watcher,
    advanced: Progress,
) -> Evaluated:
    """Measure suggestions on the study's own codings; a segment's codes are all coders' codes.

    Raises:
        GyeolError: there is no codebook, or fewer than two interviews are coded.
    """
    must_have_codebook(study)
    run = run_stages(study, stages_for("alignment", "codings"), watcher)
    codes: tuple[Code, ...] = run.result("codebook")
    segments: tuple[Segment, ...] = run.result("segments")
    described: CodeTerms = run.result("code_terms")
    terms: Terms = run.result("terms")
    known: Vectors = run.result("vectors")
    words = sorted({*terms.vocabulary, *described.vocabulary})
    found = find_vectors(kiwi_of(run), words, known.made_with, known)
    interviews = interviews_of(run)
    given = replace(given_of(run), vectors=dict(zip(words, spread(found), strict=True)))
    coded = coded_segments(run)
    gold = tuple(frozenset(coded.get(s.id, {})) for s in segments)
    key = key_of(study)
    return _evaluated(
        given,
        gold,
        tuple(s.interview for s in segments),
        (masked_line(study.config.title or study.name, key), study.config.lang),
        (examples, rounds, study.config.seed, split),
        (*masked_problems(run.problems, key), *_quoted(codes, interviews)),
        _is_synthetic(interviews),
        advanced,
    )


def evaluate_files(
    coded: Path,
    codebook: Path,
    group: str | None,
    examples: Sequence[int],
    rounds: int,
    seed: int,
    split: Split,
    lang: Lang,
    advanced: Progress,
) -> Evaluated:
    """Measure suggestions on the coded segments in a file.

    ``group`` is the field that says which segments hang together, held out as one; without
    it that is ``interview``, and a segment that names none stands for itself. Codes that the
    codebook lacks are left out, each with a warning.

    Raises:
        UsageError: no segment has the field ``group``.
        GyeolError: a file cannot be read, or fewer than two interviews are coded.
    """
    codes = read_codebook(codebook, codebook.as_posix())
    interviews, problems = read_rows_as_interviews(coded)
    segments = answers(interviews)
    known, strangers = _known_codes(coded, codes)
    given = prepare(interviews, segments, codes, load_kiwi(0))
    return _evaluated(
        given,
        tuple(known.get(s.id, frozenset()) for s in segments),
        _groups(segments, group, coded),
        (coded.name, lang),
        (examples, rounds, seed, split),
        (*problems, *strangers, *_quoted(codes, interviews)),
        _is_synthetic(interviews),
        advanced,
    )


def write_outputs(study: Study, evaluated: Evaluated) -> tuple[Path, ...]:
    """Write ``evaluation.html`` and ``evaluation.json`` into the study's outputs folder."""
    page = study.outputs / "evaluation.html"
    pages = {page: to_html(evaluated), evaluation_file(study): to_json(evaluated)}
    for path, text in pages.items():
        write_whole(path, text.encode("utf-8", "surrogatepass"))
    return tuple(pages)


def _gyeol(untaught: Untaught, groups: Sequence[str], gold: Gold) -> Scores:
    """Return what Gyeol suggests: the one place that knows how suggestions are scored."""
    scored = score_codes(untaught, groups, gold)
    return Scores(scored.score, scored.basis == "calibrated", scored.sure)


def _methods(given: Given, groups: Sequence[str], seed: int) -> dict[str, Method]:
    features = word_features(given.terms)
    codes = given.code_terms.codes
    untaught = given.untaught()
    overlap = Scores(overlap_scores(features, given.terms, given.code_terms, seed))
    return {
        "gyeol": lambda gold: _gyeol(untaught, groups, gold),
        "linear": lambda gold: Scores(linear_scores(features, codes, gold)) if gold else None,
        "overlap": lambda _gold: overlap,
    }


def _evaluated(
    given: Given,
    gold: tuple[frozenset[str], ...],
    groups: tuple[str, ...],
    titled: tuple[str, Lang],
    asked: tuple[Sequence[int], int, int, Split],
    problems: tuple[Problem, ...],
    synthetic: bool,
    advanced: Progress,
) -> Evaluated:
    examples, rounds, seed, split = asked
    coded = CodedSet(given.code_terms.codes, groups, gold)
    _can_be_split(coded, split)
    title, lang = titled
    # Before the work: the program's text may be edited while it runs.
    made_with: Mapping[str, str] = {
        "gyeol": __version__,
        **{name: library_version(name) for name in _LIBRARIES},
        **fingerprint(given.texts, groups, gold, given.code_terms),
        "bootstrap": str(RESAMPLES),
    }
    measured = evaluate(
        coded, _methods(given, groups, seed), examples, rounds, seed, split, advanced
    )
    return Evaluated(title, lang, measured, made_with, synthetic, problems)


def _can_be_split(coded: CodedSet, split: Split) -> None:
    own = [group for group, codes in zip(coded.interviews, coded.gold, strict=True) if codes]
    if len(own) < 2:
        raise GyeolError(
            Problem(
                f"코딩된 단위가 {len(own)}개뿐이라 견줄 수 없습니다. 코딩을 더 한 뒤 다시 실행하세요.",
                f"With {len(own)} coded segments there is nothing to compare. Code more first.",
            )
        )
    if split == "interview" and len(set(own)) < 2:
        raise GyeolError(
            Problem(
                f"코딩된 면담이 «{own[0]}» 하나뿐이라 면담을 빼고 견줄 수 없습니다. 다른 면담을 하나 이상 코딩하세요. "
                "한 면담의 발화를 섞어 나누면 말한 사람의 말버릇이 새어 결과가 부풀려지므로, 그래도 보려면 "
                "--split random이라고 적어야 합니다.",
                f"Only «{own[0]}» is coded, so no interview can be left out. Code another. A random "
                "split of one interview's turns leaks its speaker's words and flatters; it is made "
                "only if you ask for --split random.",
            )
        )


def _groups(segments: Sequence[Segment], field: str | None, path: Path) -> tuple[str, ...]:
    if field in (None, "interview"):
        return tuple(segment.interview for segment in segments)
    if field == "speaker":
        found = [segment.speaker for segment in segments]
    else:
        found = [segment.fields.get(field, "") for segment in segments]
    if not any(found):
        fields = sorted({"interview", "speaker", *(key for s in segments for key in s.fields)})
        raise UsageError(
            Problem(
                f"«{field}» 열이 없습니다. 있는 열: {', '.join(fields)}",
                f"No segment has the field «{field}». There are: {', '.join(fields)}",
                path.as_posix(),
            )
        )
    # A segment of no group is one of its own, told apart from a group of the same name.
    return tuple(
        f"{field} {group}" if group else f"segment {segment.id}"
        for segment, group in zip(segments, found, strict=True)
    )


def _known_codes(
    path: Path, codes: Sequence[Code]
) -> tuple[dict[str, frozenset[str]], tuple[Problem, ...]]:
    names = {c.id.strip(): c.name for c in codes} | {c.name.strip(): c.name for c in codes}
    found: dict[str, set[str]] = {}
    strangers: Counter[str] = Counter()
    for segment, code in codes_in_file(path):
        if code.strip() in names:
            found.setdefault(segment, set()).add(names[code.strip()])
        else:
            strangers[code] += 1
    problems = tuple(
        Problem(
            f"코드 «{code}»{particle(code, '이')} 코드북에 없어 뺐습니다({count:,}개 행).",
            f"The code «{code}» ({count:,} rows) is not in the codebook and was left out.",
            path.as_posix(),
            level="warning",
        )
        for code, count in strangers.items()
    )
    return {segment: frozenset(own) for segment, own in found.items()}, problems


def _is_synthetic(interviews: Sequence[Interview]) -> bool:
    return any(_SYNTHETIC.search(interview.text[:_HEAD]) for interview in interviews)


def _quoted(codes: Sequence[Code], interviews: Sequence[Interview]) -> tuple[Problem, ...]:
    """Say that examples in the codebook are passages to be tested on, where they are."""
    said = "\0".join(" ".join(interview.text.split()) for interview in interviews)
    n_quoted = sum(
        any(len(e) >= _LONG_ENOUGH and " ".join(e.split()) in said for e in code.examples)
        for code in codes
    )
    if not n_quoted:
        return ()
    return (
        Problem(
            f"코드 {n_quoted}개의 예시가 면담에 나오는 말 그대로입니다. 예시가 시험 문제를 미리 보인 셈이라 결과가"
            " 부풀려질 수 있습니다.",
            f"The examples of {n_quoted} codes are quoted from these interviews: the codebook shows "
            "what is asked, and figures may flatter.",
            level="warning",
        ),
    )
