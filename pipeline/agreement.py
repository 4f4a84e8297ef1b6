"""How far a study's coders agree: its codings gathered, compared and made ready to show."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pipeline import __version__
from pipeline.config import Study
from pipeline.corpus.masking import mask
from pipeline.corpus.pseudonyms import replacer
from pipeline.errors import GyeolError, Lang, Problem, UsageError
from pipeline.flow.corpus import interviews_of
from pipeline.flow.privacy import key_of
from pipeline.memory import library_version
from pipeline.records import Code, Coding, Privacy, Segment
from pipeline.runner import Run, Watcher, run_stages
from pipeline.stages import STAGES
from pipeline.verdicts.agreement import Agreement, agree
from pipeline.verdicts.disagreements import Disagreement, disagreements
from pipeline.verdicts.ratings import lifted, looked_where_coded, rate
from pipeline.views.agreement_page import Compared, Part
from pipeline.views.lookups import in_tree_order
from pipeline.views.masked import masked_problems

if TYPE_CHECKING:
    from collections.abc import Callable

# What codings on segments rest on; topics and suggestions do not come into it.
_CODED = ("read", "morphology", "privacy", "segments", "codebook", "codings")


@dataclass(frozen=True, slots=True)
class Asked:
    """What to compare: ``coders`` (none: all), at which level of the codebook, seen by whom.

    ``level`` is the name of one of the study's levels, ``None`` for codes as they were put.
    ``looked`` gives, by coder, interviews looked at beyond those he coded anything in.
    """

    coders: tuple[str, ...] = ()
    level: str | None = None
    looked: Mapping[str, tuple[str, ...]] | None = None


def run_to_codings(study: Study, watcher: Watcher) -> Run:
    """Bring a study as far as its codings.

    Raises:
        GyeolError: there is no codebook.
    """
    run = run_stages(study, [stage for stage in STAGES if stage.name in _CODED], watcher)
    if not run.result("codebook"):
        raise GyeolError(*run.problems)
    return run


def compare_study(study: Study, asked: Asked, lang: Lang, watcher: Watcher) -> Compared:
    """Compare the coders of ``study``.

    Raises:
        GyeolError: there is no codebook, or fewer than two coders.
        UsageError: a coder, interview or level asked for is not there.
    """
    run = run_to_codings(study, watcher)
    codes: tuple[Code, ...] = run.result("codebook")
    segments: tuple[Segment, ...] = run.result("segments")
    codings = _of_coders(run.result("codings"), asked.coders)
    looked = _looked(asked, segments, codings)
    names, raised = _at_level(codes, codings, asked.level, study.config.levels)
    part = _part(segments, raised, names, looked, study.config.seed)
    return _masked(run, part, lang, asked.level or "code")


def _part(
    segments: Sequence[Segment],
    codings: Sequence[Coding],
    codes: Sequence[str],
    looked: Mapping[str, frozenset[str]],
    seed: int,
) -> Part:
    found: Agreement = agree(segments, codings, codes, looked, seed)
    return Part("all", found, disagreements(rate(segments, codings, looked)))


def _of_coders(codings: Sequence[Coding], asked: Sequence[str]) -> tuple[Coding, ...]:
    coders = sorted({coding.coder for coding in codings})
    for coder in asked:
        if coder not in coders:
            raise UsageError(_not_there("코더", "coder", coder, coders))
    chosen = set(asked or coders)
    if len(chosen) < 2:
        raise GyeolError(
            Problem(
                f"견줄 코더가 {len(chosen)}명입니다. 같은 면담을 두 사람 이상이 코딩해야 합니다. "
                f"코딩한 사람: {', '.join(coders) or '없음'}",
                f"There are {len(chosen)} coders to compare; it takes two on the same interviews. "
                f"Coders: {', '.join(coders) or 'none'}",
            )
        )
    return tuple(coding for coding in codings if coding.coder in chosen)


def _looked(
    asked: Asked, segments: Sequence[Segment], codings: Sequence[Coding]
) -> dict[str, frozenset[str]]:
    looked = looked_where_coded(segments, codings)
    interviews = sorted({segment.interview for segment in segments})
    for coder, more in (asked.looked or {}).items():
        if coder not in looked:
            raise UsageError(_not_there("코더", "coder", coder, sorted(looked)))
        for interview in more:
            if interview not in interviews:
                raise UsageError(_not_there("면담", "interview", interview, interviews))
        looked[coder] |= {s.id for s in segments if s.interview in more}
    return looked


def _at_level(
    codes: Sequence[Code], codings: Sequence[Coding], level: str | None, levels: Sequence[str]
) -> tuple[list[str], tuple[Coding, ...]]:
    """Return the codes to compare in the codebook's order, and the codings raised to them."""
    in_order = in_tree_order(codes)
    if level is None:
        put = {coding.code for coding in codings}
        above = {code.parent for code in codes}
        return [c.name for c in in_order if c.name in put or c.name not in above], tuple(codings)
    if level not in levels:
        raise UsageError(_not_there("단계", "level", level, levels))
    depth = list(levels).index(level)
    raised = lifted(codings, codes, depth)
    put = {coding.code for coding in raised}
    return [c.name for c in in_order if c.depth == depth or c.name in put], raised


def _not_there(ko: str, en: str, value: str, known: Iterable[str]) -> Problem:
    known = list(known)
    near = difflib.get_close_matches(value, known, n=1, cutoff=0.6)
    hint_ko, hint_en = (f" 혹시 «{near[0]}»?", f" Did you mean «{near[0]}»?") if near else ("", "")
    listed = ", ".join(known)
    return Problem(
        f"모르는 {ko} «{value}».{hint_ko} 있는 {ko}: {listed}",
        f"Unknown {en} «{value}».{hint_en} There are: {listed}",
    )


def _masked(run: Run, part: Part, lang: Lang, level: str) -> Compared:
    """Return what was compared as it may be shown: texts masked, ids without names."""
    study = run.study
    privacy: Privacy = run.result("privacy")
    key = key_of(study)
    unnamed = replacer(key)
    texts = {interview.id: interview.text for interview in interviews_of(run)}
    said = {
        unnamed(s.id): mask(
            texts[s.interview], s.start, s.end, privacy.masks.get(s.interview, ())
        ).text
        for s in run.result("segments")
    }
    return Compared(
        title=unnamed(study.config.title or study.name),
        lang=lang,
        parts=(
            replace(
                part,
                disagreements=tuple(_shown(one, unnamed) for one in part.disagreements),
            ),
        ),
        texts=said,
        made_with={
            "unit": study.config.segments.unit,
            "level": level,
            "gyeol": __version__,
            "numpy": library_version("numpy"),
        },
        problems=masked_problems(run.problems, key),
    )


def _shown(one: Disagreement, unnamed: Callable[[str], str]) -> Disagreement:
    return replace(one, segment=unnamed(one.segment), interview=unnamed(one.interview))
