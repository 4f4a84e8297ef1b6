"""How a study's files are to be read, where a reader alone could not decide it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from pipeline.records import Role

Column = Literal["text", "interview", "speaker", "role", "time", "id", "codes"]
"""What a column of a table can be for."""
Notes = Literal["drop", "keep"]
Comments = Literal["ignore", "memos", "codings"]


@dataclass(frozen=True, slots=True)
class Options:
    """What a person decided about reading.

    ``columns`` names a table's columns by what they are for; several columns of text are the
    questions of a survey. ``speaker`` is a regular expression for the heads of lines, whose
    one group is the speaker's label. ``roles`` says who asks and who answers, by label.
    """

    columns: Mapping[Column, str | tuple[str, ...]] = field(default_factory=dict)
    speaker: str | None = None
    roles: Mapping[str, Role] = field(default_factory=dict)
    footnotes: Notes = "drop"
    comments: Comments = "ignore"


AS_IT_IS = Options()
"""Nothing was decided: every reader does as it thinks best."""
