"""Stages of the room ``themes``: the codes' words, alignment, suggestions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.flow.corpus import (
    coded_segments,
    dictionary_synonyms,
    interviews_of,
    kiwi_of,
    stopwords_of,
    uncoded_rows,
)
from pipeline.flow.mining import counted_morphemes, meanings_of
from pipeline.records import Code, CodeTerms, Gap, Match, Segment, Suggested, TopicModel
from pipeline.runner import Run

if TYPE_CHECKING:
    from pipeline.themes.alignment import Ground
    from pipeline.themes.suggester import Given


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

    model: TopicModel = run.result("topics")
    if not run.result("code_terms").codes or not model.topics:
        return ()
    return align(model, ground_of(run), run.study.config.seed)


def gaps(run: Run) -> tuple[Gap, ...]:
    """Find where topics and codebook do not lie on each other."""
    from pipeline.themes.gaps import find_gaps

    matches: tuple[Match, ...] = run.result("alignment")
    if not matches:
        return ()
    segments: tuple[Segment, ...] = run.result("segments")
    return find_gaps(
        run.result("topics"),
        run.result("codebook"),
        run.result("code_terms"),
        matches,
        ground_of(run),
        [segment.id for segment in segments],
        [segment.interview for segment in segments],
        _gold(run),
    )


def ground_of(run: Run) -> Ground:
    """Return what topics are laid on codes by; the largest interviews can be left out of it."""
    return run.shared("ground", lambda: _ground(run))


def _ground(run: Run) -> Ground:
    from pipeline.themes.alignment import find_ground
    from pipeline.themes.laying import choose_left_out

    segments: tuple[Segment, ...] = run.result("segments")
    interviews = [segment.interview for segment in segments]
    return find_ground(
        run.result("topics"),
        run.result("code_terms"),
        run.result("terms"),
        meanings_of(run),
        interviews,
        _gold(run),
        choose_left_out(interviews),
    )


def _gold(run: Run) -> dict[int, frozenset[str]]:
    """Return the codes of each row that is coded."""
    segments: tuple[Segment, ...] = run.result("segments")
    coded = coded_segments(run)
    return {row: frozenset(coded[s.id]) for row, s in enumerate(segments) if s.id in coded}


def given_of(run: Run) -> Given:
    """Return what suggestions are made from before anybody codes."""
    from pipeline.themes.alignment import Laid
    from pipeline.themes.encoders import load_encoder
    from pipeline.themes.suggester import Given

    codes: tuple[Code, ...] = run.result("codebook")
    folder = run.study.config.suggest.encoder
    return Given(
        run.result("segments"),
        {interview.id: interview.text for interview in interviews_of(run)},
        counted_morphemes(run),
        run.result("terms"),
        run.result("code_terms"),
        meanings_of(run),
        Laid(run.result("topics"), run.result("alignment")),
        {code.name: code.parent for code in codes if code.parent is not None},
        load_encoder(run.study.root / folder, folder) if folder else None,
    )


def suggestions(run: Run) -> Suggested:
    """Suggest codes for the segments nobody has coded."""
    from pipeline.themes.suggester import suggest

    described: CodeTerms = run.result("code_terms")
    rows = uncoded_rows(run)
    if not described.codes or not rows:
        return Suggested((), calibrated=False, methods_text={})
    config = run.study.config
    asked = config.suggest
    return suggest(given_of(run), _gold(run), {}, rows, asked.top, config.lang, asked.precision)
