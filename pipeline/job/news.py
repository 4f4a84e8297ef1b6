"""What is new in the files of a pass: gathered from the finished run, masked, nothing remembered.

Everything is told against the other interviews of the study as it now is, so that a pass
finished after a crash tells the same.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence, Set
from dataclasses import replace
from pathlib import PurePosixPath

import numpy as np

from pipeline.config import Study
from pipeline.errors import Problem
from pipeline.flow.privacy import key_of
from pipeline.flow.views import analysis_of
from pipeline.job.carrying import CarriedOver
from pipeline.job.kiwi_upgrade import kiwi_upgrade
from pipeline.job.planning import Planned
from pipeline.mining.terms import shown_term
from pipeline.records import Analysis, Privacy, Segment, SegmentSuggestions, Terms
from pipeline.runner import Run
from pipeline.verdicts.codings import codings_of
from pipeline.verdicts.saturation import (
    BASE_SIZES,
    RUN_LENGTHS,
    THRESHOLDS,
    bands,
    coded_in_order,
    made_codes,
    new_codes,
    saturation,
)
from pipeline.verdicts.store import decisions_of, open_store
from pipeline.verdicts.versions import versions_of
from pipeline.views.masked import mask_analysis, masked_line, masked_problems
from pipeline.views.news_page import (
    CarriedDecisions,
    MadeCodes,
    NewInterview,
    News,
    NewSegment,
    NewTerm,
    NewTopic,
    Refused,
    Share,
    WhyNot,
)

_TERMS_SHOWN = 20
_FEWEST_INTERVIEWS = min(BASE_SIZES) + min(RUN_LENGTHS)


def news_of(
    study: Study, plans: Sequence[Planned], run: Run | None, carried: Sequence[CarriedOver] = ()
) -> News:
    """Return what there is to tell of ``plans``; ``run`` is ``None`` where nothing was analysed."""
    key = key_of(study)
    count = Counter(plan.outcome for plan in plans)
    news = News(
        title=masked_line(study.config.title or study.name, key),
        lang=study.config.lang,
        taken=count["taken"],
        corrected=count["corrected"],
        refused=tuple(
            Refused(PurePosixPath(plan.file).suffix, masked_problems(_nameless(plan), key))
            for plan in plans
            if plan.outcome == "aside"
        ),
    )
    if run is None:
        return news
    corrected = {i for plan in plans if plan.outcome == "corrected" for i in plan.interviews}
    wanted = {i for plan in plans if plan.outcome != "aside" for i in plan.interviews}
    analysis = analysis_of(run)
    told = tuple(one for one in analysis.suggestions if one.interview in wanted)
    privacy: Privacy = run.result("privacy")
    masked = mask_analysis(replace(analysis, suggestions=told), privacy.masks, key)
    # Masking keeps the order: a segment's place tells its interview under either name.
    new = [segment.interview in wanted for segment in analysis.segments]
    pairs = zip(analysis.interviews, masked.interviews, strict=True)
    names = {interview.id: shown.id for interview, shown in pairs}
    terms, n_terms = _new_terms(run.result("terms"), np.array(new))
    made, why_not = _made_codes(study)
    here, others = _shares(analysis, wanted)
    return replace(
        news,
        interviews=_interviews(
            masked,
            [names[name] for name in names if name in wanted],
            {names[name] for name in corrected if name in names},
        ),
        new_terms=terms,
        n_new_terms=n_terms,
        new=here,
        others=others,
        new_topics=_new_topics(masked, new),
        decisions=tuple(_carried(one, names) for one in carried),
        saturation=made,
        why_not=why_not,
        kiwi=kiwi_upgrade(run),
        has_codes=bool(analysis.codes),
        privacy_confirmed=analysis.privacy_confirmed,
        problems=masked.problems,
    )


def _nameless(plan: Planned) -> list[Problem]:
    """Return why a file was set aside without its name, which nobody has looked at for names."""
    return [replace(problem, path=None) for problem in plan.problems]


def _carried(one: CarriedOver, names: Mapping[str, str]) -> CarriedDecisions:
    by_code = Counter(decision.code or decision.action for decision in one.changed)
    shown = names.get(one.interview, one.interview)
    return CarriedDecisions(shown, one.stays, one.moved, tuple(sorted(by_code.items())))


def _interviews(
    masked: Analysis, names: Sequence[str], corrected: Set[str]
) -> tuple[NewInterview, ...]:
    """Return the interviews ``names`` (as shown), with what is suggested for their segments."""
    texts = {interview.id: interview.text for interview in masked.interviews}
    suggested = {one.segment: one for one in masked.suggestions}
    own: dict[str, list[Segment]] = {name: [] for name in names}
    for segment in masked.segments:
        if segment.interview in own:
            own[segment.interview].append(segment)
    found = []
    for name, segments in own.items():
        told = tuple(_segment(texts[name], one, suggested.get(one.id)) for one in segments)
        firsts = Counter(one.codes[0] for one in told if one.fits and one.codes)
        given = [suggested[one.id] for one in segments if one.id in suggested]
        found.append(
            NewInterview(
                id=name,
                corrected=name in corrected,
                n_segments=len(segments),
                n_suggested=len(given),
                n_fits_none=sum(not one.fits for one in given),
                codes=tuple(sorted(firsts.items(), key=lambda one: (-one[1], one[0]))),
                segments=told,
            )
        )
    return tuple(found)


def _segment(text: str, segment: Segment, suggested: SegmentSuggestions | None) -> NewSegment:
    codes = tuple(one.code for one in suggested.suggestions) if suggested else ()
    fits = suggested.fits if suggested else True
    return NewSegment(segment.id, text[segment.start : segment.end], fits, codes)


def _new_terms(terms: Terms, new: np.ndarray) -> tuple[tuple[NewTerm, ...], int]:
    """Return the most frequent terms that only new segments say, and how many there are."""
    counts = terms.counts.tocsr()
    here = np.asarray(counts[new].sum(axis=0)).ravel()
    elsewhere = np.asarray(counts[~new].sum(axis=0)).ravel()
    saying = np.asarray((counts[new] > 0).sum(axis=0)).ravel()
    columns = np.flatnonzero((here > 0) & (elsewhere == 0)).tolist()
    columns.sort(key=lambda column: (-here[column], terms.vocabulary[column]))
    found = []
    for column in columns[:_TERMS_SHOWN]:
        term = terms.vocabulary[column]
        tag = term.rpartition("/")[2]
        found.append(NewTerm(shown_term(term), tag, int(here[column]), int(saying[column])))
    return tuple(found), len(columns)


def _shares(analysis: Analysis, wanted: Set[str]) -> tuple[Share, Share]:
    """Return how many segments no code fits, in the new interviews and in the others."""
    counts = Counter((one.interview in wanted, one.fits) for one in analysis.suggestions)
    here, others = (
        Share(counts[where, True] + counts[where, False], counts[where, False])
        for where in (True, False)
    )
    return here, others


def _new_topics(masked: Analysis, new: Sequence[bool]) -> tuple[NewTopic, ...]:
    """Return the topics that are the main topic of new segments and of no other."""
    here = {s.id for s, one in zip(masked.segments, new, strict=True) if one}
    return tuple(
        NewTopic(topic.id, topic.label, len(topic.segments))
        for topic in masked.model.topics
        if topic.segments and here.issuperset(topic.segments)
    )


def _made_codes(study: Study) -> tuple[MadeCodes | None, WhyNot]:
    """Return the saturation of the codes people made, or why there is none to speak of."""
    file = study.store_file
    if file is not None and not file.is_file():
        return None, "fixed"
    with open_store(study.store_url, study.store_shown) as store:
        decisions, versions = decisions_of(store), versions_of(store)
    made = made_codes(versions)
    if not made:
        return None, "fixed"
    interviews = coded_in_order(decisions, codings_of(decisions, versions), made)
    if len(interviews) < _FEWEST_INTERVIEWS:
        return None, "few"
    new = new_codes(interviews)
    reached = tuple(
        saturation(new, base, run, threshold)
        for base in BASE_SIZES
        for run in RUN_LENGTHS
        for threshold in THRESHOLDS
    )
    curve = bands(interviews, study.config.seed)
    return MadeCodes(len(interviews), sum(new), new, reached, curve), ""
