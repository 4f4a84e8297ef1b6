"""The passages behind a term, a topic or a code, masked as every output."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from pipeline.config import Study
from pipeline.corpus.encoding import freeze
from pipeline.corpus.morphology import term_of, tokens_of_each
from pipeline.errors import GyeolError, Problem, UsageError
from pipeline.flow.corpus import (
    coded_segments,
    dictionary_synonyms,
    interviews_of,
    kiwi_of,
    speech_of,
)
from pipeline.flow.mining import counted_morphemes
from pipeline.flow.privacy import key_of
from pipeline.mining.occurrences import Occurrence, content_of, find_occurrences
from pipeline.mining.terms import shown_term
from pipeline.nearest import nearest
from pipeline.progress import Silent
from pipeline.records import Code, Quote, Segment, Terms, TopicModel
from pipeline.runner import Run, Watcher, run_stages
from pipeline.sentences import particle
from pipeline.stages import stages_for
from pipeline.views.lookups import code_paths
from pipeline.views.masked import Stretch, mask_stretches

_MOST_LISTED = 30


@dataclass(frozen=True, slots=True)
class Wanted:
    """What passages are looked for by; each that is given narrows them further."""

    term: str | None = None
    topic: int | None = None
    code: str | None = None


def find_passages(study: Study, wanted: Wanted, watcher: Watcher | None = None) -> list[Quote]:
    """Return the segments that say the term, have the topic as main one and bear the code.

    What is not asked for does not narrow; a code stands for those below it, too. Ordered as
    spoken, or, with a topic, the most typical first. The term is marked where it is said, else
    what was coded.

    Raises:
        UsageError: nothing is asked for.
        GyeolError: a term, topic or code is not there; says which ones like it are.

    """
    if wanted == Wanted():
        raise UsageError(
            Problem(
                "무엇의 대목을 찾을지 --term, --topic, --code 가운데 하나 이상 적으세요. 여럿이면 모두 맞는 대목만 찾습니다.",
                "Give --term, --topic or --code; with several, passages that fit all are shown.",
            )
        )
    stages = [
        "terms",
        *(["topics"] if wanted.topic is not None else []),
        *(["codings"] if wanted.code is not None else []),
    ]
    run = run_stages(study, stages_for(*stages), watcher or Silent())
    segments: Sequence[Segment] = run.result("segments")
    place = {segment.id: row for row, segment in enumerate(segments)}
    rows = list(range(len(segments)))
    marked: dict[int, list[tuple[int, int]]] = {}
    if wanted.topic is not None:
        rows = [place[segment] for segment in _topic_segments(run, wanted.topic)]
    if wanted.code is not None:
        marked = _coded(run, wanted.code)
        rows = [row for row in rows if row in marked]
    if wanted.term is not None:
        marked = {}
        for one in occurrences_of(run, wanted.term):
            marked.setdefault(one.row, []).append((one.start, one.end))
        rows = [row for row in rows if row in marked]
    stretches = [
        Stretch(row, segments[row].start, segments[row].end, tuple(marked.get(row, ())))
        for row in rows
    ]
    return quote(run, stretches)


def quote(run: Run, stretches: Sequence[Stretch]) -> list[Quote]:
    """Return ``stretches`` as they may be shown."""
    segments, masks = run.result("segments"), run.result("privacy").masks
    found = mask_stretches(interviews_of(run), segments, stretches, masks, key_of(run.study))
    return list(found)


def occurrences_of(run: Run, term: str) -> tuple[Occurrence, ...]:
    """Return where ``term`` is said, in spoken order.

    ``term`` may be a word as tables show it (집, 돕다), an inflected one (도와서), or several
    words (마을 학교). Words counted as synonyms are found as each other. What is masked, and
    interjections left out of all counts, are not found.

    Raises:
        GyeolError: it is never said; names terms like it.

    """
    wanted = freeze(term).strip()
    morphemes = counted_morphemes(run)
    terms: Terms = run.result("terms")
    runs = {(t,) for t in said_as(wanted, morphemes.vocabulary, terms.vocabulary)}
    runs |= {as_said for as_said in (_analysed(run, wanted),) if as_said}
    found = find_occurrences(run.result("segments"), morphemes, runs)
    if not found:
        raise GyeolError(_never_said(run, wanted))
    return found


def said_as(wanted: str, said: Iterable[str], counted: Collection[str]) -> set[str]:
    """Return the terms shown as ``wanted`` that tables count, else all that are said.

    A bound noun 집, which is not counted, must not make a noun 집 more frequent here than there.
    """
    alike = {term for term in said if content_of([term]) and shown_term(term) == wanted}
    return alike.intersection(counted) or alike


def _analysed(run: Run, wanted: str) -> tuple[str, ...]:
    """Return the terms ``wanted`` is made of, read as the study's texts were."""
    ((*tokens,),) = tokens_of_each(kiwi_of(run), [wanted], speech_of(run.study))
    counted, _ = dictionary_synonyms(run)
    return content_of([counted(term_of(token)) for token in tokens])


def _never_said(run: Run, wanted: str) -> Problem:
    terms: Terms = run.result("terms")
    frequency = Counter[str]()
    counts = np.asarray(terms.counts.sum(axis=0)).ravel().tolist()
    for term, count in zip(terms.vocabulary, counts, strict=True):
        frequency[shown_term(term)] += int(count)
    near = nearest(wanted, frequency)
    ko = f" 가까운 말: {', '.join(near)}." if near else ""
    en = f" Near: {', '.join(near)}." if near else ""
    return Problem(
        f"«{wanted}»{particle(wanted, '은')} 참여자의 말에 나오지 않습니다.{ko}",
        f"«{wanted}» is never said by participants.{en}",
    )


def _topic_segments(run: Run, number: int) -> Sequence[str]:
    model: TopicModel = run.result("topics")
    for topic in model.topics:
        if topic.id == number:
            return topic.segments
    there = "; ".join(f"{t.id} {t.label}" for t in model.topics[:_MOST_LISTED])
    raise GyeolError(
        Problem(
            f"토픽 {number}{particle(str(number), '은')} 없습니다. 있는 토픽: {there}.",
            f"There is no topic {number}. There are: {there}.",
        )
    )


def _coded(run: Run, wanted: str) -> dict[int, list[tuple[int, int]]]:
    """Return the rows of the segments that bear a code or one below it, and what was coded."""
    codes: Sequence[Code] = run.result("codebook")
    paths = code_paths(codes)
    names = {name for name, path in paths.items() if freeze(wanted) in map(freeze, path)}
    coded = coded_segments(run)
    if not names:
        raise GyeolError(_no_code(wanted, dict.fromkeys(paths, 0)))
    spans: dict[str, list[tuple[int, int]]] = {}
    for coding in run.result("codings"):
        if coding.code in names:
            spans.setdefault(coding.interview, []).append((coding.start, coding.end))
    marked: dict[int, list[tuple[int, int]]] = {}
    for row, segment in enumerate(run.result("segments")):
        if names & coded.get(segment.id, {}).keys():
            cut = (
                (max(start, segment.start), min(end, segment.end))
                for start, end in spans.get(segment.interview, ())
            )
            marked[row] = sorted((start, end) for start, end in cut if start < end)
    return marked


def _no_code(wanted: str, names: dict[str, int]) -> Problem:
    near = nearest(wanted, names) or sorted(names)[:_MOST_LISTED]
    listed = ", ".join(near)
    return Problem(
        f"코드 «{wanted}»{particle(wanted, '이')} 코드북에 없습니다. 있는 코드: {listed}."
        if names
        else "코드북이 없어 코드로 찾을 수 없습니다.",
        f"There is no code «{wanted}». There are: {listed}." if names else "There is no codebook.",
    )
