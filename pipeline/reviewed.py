"""What was decided in a study, for those who only read it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.config import Study
from pipeline.records import CodebookVersion, Coding, Decision
from pipeline.verdicts.codings import codings_of
from pipeline.verdicts.store import decisions_of, lifted_at, open_store
from pipeline.verdicts.versions import versions_of


@dataclass(frozen=True, slots=True)
class Reviewed:
    """Everything decided and the versions of the codebook it was decided under.

    ``lifted`` is since when coders see each other's decisions, ``None`` while they are blind.
    """

    log: tuple[Decision, ...] = ()
    versions: tuple[CodebookVersion, ...] = ()
    lifted: str | None = None

    def codings(self, decisions: Sequence[Decision] | None = None) -> tuple[Coding, ...]:
        """Return the codings that ``decisions`` (all of them by default) come to."""
        return codings_of(self.log if decisions is None else decisions, self.versions)


def reviewed(study: Study) -> Reviewed:
    """Read the store of ``study``; a study nobody has reviewed has none, and none is made.

    Raises:
        GyeolError: the store cannot be used.
    """
    file = study.store_file
    if file is not None and not file.is_file():
        return Reviewed()
    with open_store(study.store_url, study.store_shown) as store:
        return Reviewed(decisions_of(store), versions_of(store), lifted_at(store))
