"""How far a study's coders agree: its codings gathered, compared and made ready to show."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import get_args

from pipeline import __version__
from pipeline.codebook_file import no_codes
from pipeline.config import Study, must_have_codebook
from pipeline.corpus.masking import mask
from pipeline.corpus.pseudonyms import replacer
from pipeline.errors import GyeolError, Lang, Problem, UsageError
from pipeline.flow.corpus import interviews_of
from pipeline.flow.privacy import key_of
from pipeline.memory import library_version, write_whole
from pipeline.records import Code, Coding, Privacy, Segment
from pipeline.reviewed import reviewed
from pipeline.runner import Run, Watcher, run_stages
from pipeline.stages import stages_for
from pipeline.verdicts.agreement import Agreement, agree
from pipeline.verdicts.anchoring import anchoring, unaided_calibration
from pipeline.verdicts.compared import Which, coded
from pipeline.verdicts.disagreements import Disagreement
from pipeline.verdicts.ratings import lifted
from pipeline.views.agreement_html import to_html
from pipeline.views.agreement_page import Compared, Part, compared_names, to_json
from pipeline.views.agreement_wording import agreement_words
from pipeline.views.lookups import in_tree_order
from pipeline.views.masked import masked_problems

Progress = Callable[[int, int], None]


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
    must_have_codebook(study)
    # What codings on segments rest on; topics and suggestions do not come into it.
    run = run_stages(study, stages_for("privacy", "codings"), watcher)
    if not run.result("codebook"):
        raise no_codes(study, run.problems)
    return run


def compare_study(
    study: Study, asked: Asked, lang: Lang, watcher: Watcher, advanced: Progress
) -> Compared:
    """Compare the coders of ``study``; ``advanced`` hears how many codes of how many are done.

    Raises:
        GyeolError: there is no codebook, or fewer than two coders.
        UsageError: a coder, interview or level asked for is not there.
    """
    run = run_to_codings(study, watcher)
    codes: tuple[Code, ...] = run.result("codebook")
    segments: tuple[Segment, ...] = run.result("segments")
    decided = reviewed(study)
    made = set(decided.codings())
    filed = [coding for coding in run.result("codings") if coding not in made]
    found = coded(segments, filed, decided.log, decided.versions)
    chosen = _chosen(found.coders(), asked.coders)
    seed, levels = study.config.seed, study.config.levels
    names, parts = _names(codes, found.codings("all"), asked.level, levels), []
    for which in get_args(Which):
        looked = found.looked(which, chosen)
        if which == "all":
            looked = _looked_more(looked, asked, segments)
        if len(looked) > 1:
            codings = _at_level(codes, found.codings(which), asked.level, levels)
            parts.append(_part(which, segments, codings, names, looked, seed, advanced))
    own = [passage for passage in found.passages if passage.coder in chosen]
    compared = _masked(run, tuple(parts), lang, asked.level or "code")
    n_after = found.n_after(decided.lifted)
    if n_after:
        problems = (*compared.problems, _after_lift(n_after))
        compared = replace(compared, problems=problems)
    if not own:
        return compared
    led = anchoring(own, seed)
    return replace(compared, anchoring=led, calibration=unaided_calibration(own))


def _part(
    which: Which,
    segments: Sequence[Segment],
    codings: Sequence[Coding],
    codes: Sequence[str],
    looked: Mapping[str, frozenset[str]],
    seed: int,
    advanced: Progress,
) -> Part:
    found: Agreement = agree(segments, codings, codes, looked, seed, advanced)
    return Part(which, found, found.disagreements)


def _chosen(coders: Sequence[str], asked: Sequence[str]) -> frozenset[str]:
    for coder in asked:
        if coder not in coders:
            raise UsageError(_not_there("코더", "coder", coder, coders))
    chosen = frozenset(asked or coders)
    if len(chosen) < 2:
        raise GyeolError(
            Problem(
                f"견줄 코더가 {len(chosen)}명입니다. 같은 면담을 두 사람 이상이 코딩해야 합니다. "
                f"코딩한 사람: {', '.join(coders) or '없음'}",
                f"There are {len(chosen)} coders to compare; it takes two on the same interviews. "
                f"Coders: {', '.join(coders) or 'none'}",
            )
        )
    return chosen


def _looked_more(
    looked: Mapping[str, frozenset[str]], asked: Asked, segments: Sequence[Segment]
) -> dict[str, frozenset[str]]:
    found = dict(looked)
    interviews = sorted({segment.interview for segment in segments})
    for coder, more in (asked.looked or {}).items():
        if coder not in found:
            raise UsageError(_not_there("코더", "coder", coder, sorted(found)))
        for interview in more:
            if interview not in interviews:
                raise UsageError(_not_there("면담", "interview", interview, interviews))
        found[coder] |= {s.id for s in segments if s.interview in more}
    return found


def _names(
    codes: Sequence[Code], codings: Sequence[Coding], level: str | None, levels: Sequence[str]
) -> list[str]:
    """Return the codes to compare in the codebook's order: leaves and what was put, or a level."""
    put = {coding.code for coding in _at_level(codes, codings, level, levels)}
    if level is None:
        return compared_names(codes, put)
    depth = list(levels).index(level)
    return [c.name for c in in_tree_order(codes) if c.depth == depth or c.name in put]


def _at_level(
    codes: Sequence[Code], codings: Sequence[Coding], level: str | None, levels: Sequence[str]
) -> tuple[Coding, ...]:
    if level is None:
        return tuple(codings)
    if level not in levels:
        raise UsageError(_not_there("단계", "level", level, levels))
    return lifted(codings, codes, list(levels).index(level))


def _after_lift(n_after: int) -> Problem:
    ko, en = (agreement_words(lang)["after_lift"].format(n=n_after) for lang in get_args(Lang))
    return Problem(ko, en, level="warning")


def _not_there(ko: str, en: str, value: str, known: Iterable[str]) -> Problem:
    known = list(known)
    near = difflib.get_close_matches(value, known, n=1, cutoff=0.6)
    hint_ko, hint_en = (f" 혹시 «{near[0]}»?", f" Did you mean «{near[0]}»?") if near else ("", "")
    listed = ", ".join(known)
    return Problem(
        f"모르는 {ko} «{value}».{hint_ko} 있는 {ko}: {listed}",
        f"Unknown {en} «{value}».{hint_en} There are: {listed}",
    )


def _masked(run: Run, parts: tuple[Part, ...], lang: Lang, level: str) -> Compared:
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
        parts=tuple(
            replace(part, disagreements=tuple(_shown(one, unnamed) for one in part.disagreements))
            for part in parts
        ),
        texts=said,
        made_with={
            "unit": study.config.segments.unit,
            "level": level,
            "gyeol": __version__,
            "numpy": library_version("numpy"),
        },
        problems=masked_problems(run.problems, key),
        unchecked=bool(privacy.open),
    )


def write_outputs(study: Study, compared: Compared) -> tuple[Path, ...]:
    """Write ``agreement.html`` and ``agreement.json`` into the study's outputs folder."""
    pages = {"agreement.html": to_html(compared), "agreement.json": to_json(compared)}
    for name, text in pages.items():
        write_whole(study.outputs / name, text.encode("utf-8", "surrogatepass"))
    return tuple(study.outputs / name for name in pages)


def _shown(one: Disagreement, unnamed: Callable[[str], str]) -> Disagreement:
    return replace(one, segment=unnamed(one.segment), interview=unnamed(one.interview))
