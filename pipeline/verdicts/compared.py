"""Which codings of which coders are compared: all, those decided with suggestions, those without."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Literal

from pipeline.records import CodebookVersion, Coding, Decision, Segment
from pipeline.verdicts.codings import JOINT, codings_of
from pipeline.verdicts.decided import DecidedPassage, decided_passages
from pipeline.verdicts.ratings import looked_where_coded

Which = Literal["all", "aided", "unaided"]


@dataclass(frozen=True, slots=True)
class Coded:
    """What coders made of a study's ``segments``.

    ``filed`` are codings out of files, whose circumstances nobody knows; ``log`` is everything
    decided, under ``versions`` of the codebook, and ``passages`` what that comes to.
    """

    segments: Sequence[Segment]
    filed: tuple[Coding, ...]
    log: tuple[Decision, ...]
    versions: tuple[CodebookVersion, ...]
    passages: tuple[DecidedPassage, ...]

    def n_after(self, lifted: str | None) -> int:
        """Return how many decisions were made after coders could see each other's."""
        if lifted is None:
            return 0
        return sum(d.time > lifted for p in self.passages for d in p.decisions)

    def coders(self) -> list[str]:
        """Return those who coded or decided anything, in alphabetical order."""
        return sorted({c.coder for c in self.codings("all")} | {p.coder for p in self.passages})

    def codings(self, which: Which) -> tuple[Coding, ...]:
        """Return codings by one coder each: who decides together agrees."""
        if which == "all":
            found = (*self.filed, *codings_of(self.log, self.versions))
            return tuple(coding for coding in found if coding.coder != JOINT)
        own = [d for p in self.passages if p.aided == (which == "aided") for d in p.decisions]
        return codings_of(own, self.versions)

    def looked(self, which: Which, coders: Collection[str]) -> dict[str, frozenset[str]]:
        """Return the segments that each of ``coders`` has looked at, by id.

        Those she finished or put a code on by herself (what was put in bulk was not looked at),
        and in files those of the interviews she coded anything in.
        """
        found: dict[str, frozenset[str]] = {}
        if which == "all":
            found = looked_where_coded(self.segments, self.filed)
        for passage in self.passages:
            kind = which == "all" or passage.aided == (which == "aided")
            if kind and (passage.done or any(d.action == "put" for d in passage.decisions)):
                found[passage.coder] = found.get(passage.coder, frozenset()) | {passage.segment}
        return {coder: found[coder] for coder in sorted(found) if coder in coders}


def coded(
    segments: Sequence[Segment],
    filed: Sequence[Coding],
    log: Sequence[Decision],
    versions: Sequence[CodebookVersion],
) -> Coded:
    """Return what coders made of ``segments``, in files and at the desk."""
    passages = decided_passages(log, segments, versions)
    return Coded(segments, tuple(filed), tuple(log), tuple(versions), passages)
