"""The columns of a review sheet (검토 시트), and what goes out in them.

The first sheet is for the coder: a passage a row, suggestions, cells for codes and a memo. A
second, unseen one keeps every row as it was given out, with a check over it.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass

from pipeline.errors import Lang

CODING, CODEBOOK, ORIGINAL = "코딩", "코드북", "원본"
"""Names of the sheets: the coder's, the list of codes, the rows as they were given out."""

NOTHING_FITS = "(맞는 코드 없음)"
"""Chosen instead of a code: the passage was looked at and no code fits."""

UNAIDED = "(제안 가림)"
"""Stands for the suggestions of a passage that is to be judged without them."""

N_SUGGESTED, N_CODES = 3, 3

FIXED: Mapping[str, Mapping[Lang, str]] = {
    "id": {"ko": "id", "en": "id"},
    "check": {"ko": "확인", "en": "check"},
    "interview": {"ko": "면담", "en": "interview"},
    "speaker": {"ko": "화자", "en": "speaker"},
    "question": {"ko": "앞의 질문", "en": "question before"},
    "text": {"ko": "대목", "en": "passage"},
    **{
        f"{kind}_{n}": {"ko": f"{ko} {n}", "en": f"{kind} {n}"}
        for n in range(1, N_SUGGESTED + 1)
        for kind, ko in (("suggestion", "제안"), ("score", "점수"))
    },
}
"""Columns that come back as they went out, in order: key and heading."""

FREE: Mapping[str, Mapping[Lang, str]] = {
    **{f"code_{n}": {"ko": f"코드 {n}", "en": f"code {n}"} for n in range(1, N_CODES + 1)},
    "memo": {"ko": "메모", "en": "memo"},
}
"""The coder's own columns."""

COLUMNS: Mapping[str, Mapping[Lang, str]] = {**FIXED, **FREE}

HIDDEN = ("id", "check")
BESIDE = ("start", "end", "hidden")
KEPT = (*FIXED, *BESIDE)
"""Columns of the unseen sheet."""


@dataclass(frozen=True, slots=True)
class SheetPassage:
    """A row given out. ``id`` and all texts are masked; the span is that of the frozen text.

    ``suggestions`` are codes with scores, best first, three at most; where they are ``hidden``,
    only the unseen sheet has them.
    """

    id: str
    interview: str
    start: int
    end: int
    speaker: str
    question: str
    text: str
    suggestions: tuple[tuple[str, float], ...] = ()
    hidden: bool = False


def fixed_cells(passage: SheetPassage) -> dict[str, str | float]:
    """Return the cells of the fixed columns by key, ``check`` among them."""
    cells: dict[str, str | float] = {
        "id": passage.id,
        "interview": passage.interview,
        "speaker": passage.speaker,
        "question": passage.question,
        "text": passage.text,
    }
    if passage.hidden:
        cells["suggestion_1"] = UNAIDED
    else:
        for n, (code, score) in enumerate(passage.suggestions[:N_SUGGESTED], 1):
            cells |= {f"suggestion_{n}": code, f"score_{n}": round(score, 3)}
    return cells | {"check": check(cells, *kept_cells(passage).values())}


def kept_cells(passage: SheetPassage) -> dict[str, str]:
    """Return the cells by key that the unseen sheet has beside the fixed ones."""
    pairs = [[code, round(float(score), 6)] for code, score in passage.suggestions[:N_SUGGESTED]]
    hidden = json.dumps(pairs, ensure_ascii=False) if passage.hidden else ""
    return {"start": str(passage.start), "end": str(passage.end), "hidden": hidden}


def checksum(*parts: object) -> str:
    """Return sixteen hexadecimal digits for ``parts``."""
    return hashlib.sha256("\0".join(map(str, parts)).encode()).hexdigest()[:16]


def check(cells: Mapping[str, str | float], start: str, end: str, hidden: str) -> str:
    """Return what the ``check`` cell of a row holds, made of all that may not be changed."""
    fixed = [plain(key, cells.get(key, "")) for key in FIXED if key != "check"]
    return checksum(*fixed, start, end, *filter(None, [hidden]))


def plain(key: str, cell: str | float) -> str:
    """Return a cell without what a spreadsheet program changes by itself: line ends, margins, 0s."""
    text = str(cell).replace("\r\n", "\n")
    if key.startswith("score_"):
        with contextlib.suppress(ValueError):
            return f"{float(text):.3f}"
    return "\n".join(line.strip() for line in text.split("\n")).strip()
