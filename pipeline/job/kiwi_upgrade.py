"""What the installed Kiwi would read otherwise than the one a study was made with."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

import numpy as np

from pipeline.corpus.morphology import analyse
from pipeline.flow.corpus import interviews_of, kiwi_of, morphemes_of, speech_of
from pipeline.memory import library_version
from pipeline.records import Interview, Mask, Morphemes, Privacy
from pipeline.runner import PINNED, Run
from pipeline.views.news_page import KiwiUpgrade

# Enough to tell, and a few seconds' work.
_MOST_CHARACTERS = 60_000
_SHOWN = 15


def kiwi_upgrade(run: Run) -> KiwiUpgrade | None:
    """Return how a sample of the study would be read by the installed Kiwi, if it is another.

    The sample are the study's first interviews: those the earlier Kiwi read.
    """
    installed = {name: library_version(name) for name in PINNED}
    if run.pinned == installed:
        return None
    chosen: list[Interview] = []
    for interview in interviews_of(run):
        if sum(len(one.text) for one in chosen) < _MOST_CHARACTERS:
            chosen.append(interview)
    before = morphemes_of(run)
    after = analyse(kiwi_of(run), chosen, speech=speech_of(run.study))
    privacy: Privacy = run.result("privacy")
    pairs = [
        pair
        for place, interview in enumerate(chosen)
        for pair in _pairs(interview, before, after, place, privacy.masks.get(interview.id, ()))
    ]
    changed = Counter(pair for pair in pairs if pair[1] != pair[2])
    examples = sorted(changed, key=lambda pair: (-changed[pair], pair))[:_SHOWN]
    name = "kiwipiepy_model"
    older = run.pinned.get(name, "?")
    newer = installed[name]
    if older == newer:
        older, newer = run.pinned.get("kiwipiepy", "?"), installed["kiwipiepy"]
    return KiwiUpgrade(older, newer, len(pairs), changed.total(), tuple(examples))


def _pairs(
    interview: Interview, before: Morphemes, after: Morphemes, place: int, masks: Sequence[Mask]
) -> Iterator[tuple[str, str, str]]:
    """Yield each word of the answers outside ``masks``, with its morphemes by either."""
    old, new = _by_word(interview, before, place), _by_word(interview, after, place)
    for span in sorted(old.keys() | new.keys()):
        if not any(mask.start < span[1] and span[0] < mask.end for mask in masks):
            word = interview.text[slice(*span)]
            yield word, " + ".join(old.get(span, ())), " + ".join(new.get(span, ()))


def _by_word(
    interview: Interview, morphemes: Morphemes, place: int
) -> dict[tuple[int, int], list[str]]:
    """Return the morphemes that begin in each word (between blanks), by its span."""
    words = [match.span() for match in re.finditer(r"\S+", interview.text)]
    starts = np.array([start for start, _ in words])
    found: dict[tuple[int, int], list[str]] = {}
    for row in range(int(morphemes.bounds[place]), int(morphemes.bounds[place + 1])):
        at = int(np.searchsorted(starts, morphemes.start[row], side="right")) - 1
        term = morphemes.vocabulary[int(morphemes.code[row])]
        found.setdefault(words[at], []).append(term)
    return found
