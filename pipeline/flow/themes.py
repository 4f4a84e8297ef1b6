"""Stages of the room ``themes``: the codes' words, alignment, suggestions."""

from __future__ import annotations

from pipeline.flow.corpus import (
    coded_segments,
    dictionary_synonyms,
    interviews_of,
    kiwi_of,
    stopwords_of,
    uncoded_rows,
)
from pipeline.flow.mining import counted_morphemes, meanings_of
from pipeline.records import Code, CodeTerms, Match, Segment, Suggested
from pipeline.runner import Run


def code_terms(run: Run) -> CodeTerms:
    """Take the codes' descriptions apart into terms."""
    from scipy.sparse import csr_matrix

    from pipeline.themes.code_terms import describe_codes

    codes: tuple[Code, ...] = run.result("codebook")
    if not codes:  # and no need to load Kiwi
        return CodeTerms((), (), csr_matrix((0, 0)), csr_matrix((0, 0)))
    tags = run.study.config.morphology.tags
    counted, _ = dictionary_synonyms(run)  # what is wrong with them was told when counting
    return describe_codes(kiwi_of(run), codes, tags, stopwords_of(run), counted)


def alignment(run: Run) -> tuple[Match, ...]:
    """Lay every topic on every code."""
    from pipeline.themes.alignment import align

    model, described = run.result("topics"), run.result("code_terms")
    return align(model, described, meanings_of(run), run.study.config.seed)


def suggestions(run: Run) -> Suggested:
    """Suggest codes for the segments nobody has coded."""
    from pipeline.themes.alignment import Laid
    from pipeline.themes.suggester import Given, suggest

    segments: tuple[Segment, ...] = run.result("segments")
    described: CodeTerms = run.result("code_terms")
    rows = uncoded_rows(run)
    if not described.codes or not rows:
        return Suggested((), calibrated=False, methods_text={})
    coded = coded_segments(run)
    codes: tuple[Code, ...] = run.result("codebook")
    given = Given(
        segments,
        {interview.id: interview.text for interview in interviews_of(run)},
        counted_morphemes(run),
        run.result("terms"),
        described,
        meanings_of(run),
        Laid(run.result("topics"), run.result("alignment")),
        {code.name: code.parent for code in codes if code.parent is not None},
    )
    gold = {row: frozenset(coded[s.id]) for row, s in enumerate(segments) if s.id in coded}
    config = run.study.config
    return suggest(given, gold, {}, rows, config.suggest.top, config.lang)
