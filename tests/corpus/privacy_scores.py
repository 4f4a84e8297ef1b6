"""How much of the personal data labelled in a file of lines is found, and how much found is right.

The hash of a line's text tells its half: misses in «dev» may be looked at to mend the rules, lines
of «final» may not, so only the figures for «final» say something about unseen text.

A label counts as found when a find of its kind overlaps it, because conventions differ: a label
may hold the title where only a surname is said («이 팀장») while the rules mask the surname («이»);
a label may begin at the road where a find begins at the town. «whole» is stricter: every
character of the label lies in some find, of whatever kind. A public figure («세종대왕») counts
neither as missed nor as wrongly found.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from kiwipiepy import Kiwi

from pipeline.corpus.personal import Find, find_personal
from pipeline.corpus.personal.finds import KINDS
from pipeline.corpus.personal.tokens import tokens_of

HALVES = ("dev", "final")
NUMBERS = ("rrn", "phone", "card", "account", "plate", "email", "url", "handle", "birth")
GROUPS = {"numbers": NUMBERS, "address": ("address",), "name": ("name",), "all": KINDS}


class Label(NamedTuple):
    start: int
    end: int
    kind: str
    public: bool

    def overlaps(self, find: Find) -> bool:
        return find.start < self.end and self.start < find.end


class Line(NamedTuple):
    text: str
    labels: list[Label]

    @property
    def half(self) -> str:
        first = hashlib.sha256(self.text.encode()).digest()[0]
        return "final" if first % 2 else "dev"

    @property
    def is_private(self) -> bool:
        return any(not label.public for label in self.labels)


class Score(NamedTuple):
    """Counts by kind: labels, those overlapped, those covered; finds, those that are right."""

    wanted: Counter[str]
    touched: Counter[str]
    whole: Counter[str]
    found: Counter[str]
    right: Counter[str]

    def recall(self, group: str) -> float:
        return _share(self.touched, self.wanted, GROUPS[group])

    def precision(self, group: str) -> float:
        return _share(self.right, self.found, GROUPS[group])

    def table(self, half: str) -> str:
        """Return a row for each kind that was labelled or found, then one for each group."""
        kinds = {kind: (kind,) for kind in KINDS if self.wanted[kind] or self.found[kind]}
        return "\n" + "".join(
            f"{half:5} {name:8} {sum(self.wanted[k] for k in group):3} labelled"
            f"  recall {_share(self.touched, self.wanted, group):.3f}"
            f"  whole {_share(self.whole, self.wanted, group):.3f}"
            f"  precision {_share(self.right, self.found, group):.3f}"
            f" of {sum(self.found[k] for k in group):3} finds\n"
            for name, group in (kinds | GROUPS).items()
        )


def _share(part: Counter[str], whole: Counter[str], kinds: tuple[str, ...]) -> float:
    total = sum(whole[kind] for kind in kinds)
    return sum(part[kind] for kind in kinds) / total if total else 1.0


def read_lines(path: Path) -> list[Line]:
    rows = map(json.loads, path.read_text("utf-8").splitlines())
    return [Line(row["text"], [_label(row["text"], find) for find in row["finds"]]) for row in rows]


def _label(text: str, find: dict[str, str | int | bool]) -> Label:
    start, said = int(find["start"]), str(find["text"])
    assert text.startswith(said, start)
    return Label(start, start + len(said), str(find["kind"]), bool(find.get("public")))


def missed(line: Line, finds: tuple[Find, ...]) -> list[Label]:
    """Return the labels of private people's data that no find of the same kind overlaps."""
    return [
        label
        for label in line.labels
        if not label.public and not any(f.kind == label.kind and label.overlaps(f) for f in finds)
    ]


def counted(line: Line, finds: tuple[Find, ...]) -> list[Find]:
    """Return the finds that are right or wrong: all but those of public figures."""
    public = [label for label in line.labels if label.public]
    return [find for find in finds if not any(label.overlaps(find) for label in public)]


def is_right(line: Line, find: Find) -> bool:
    return any(label.kind == find.kind and label.overlaps(find) for label in line.labels)


def scored(lines: Iterable[Line], kiwi: Kiwi) -> Score:
    """Return the counts over ``lines``, each read by itself and with no study's list of names."""
    score = Score(Counter(), Counter(), Counter(), Counter(), Counter())
    for line in lines:
        finds = find_personal(line.text, tokens_of(kiwi, line.text))
        not_found = missed(line, finds)
        masked = {place for find in finds for place in range(find.start, find.end)}
        for label in line.labels:
            if not label.public:
                score.wanted[label.kind] += 1
                score.touched[label.kind] += label not in not_found
                score.whole[label.kind] += masked.issuperset(range(label.start, label.end))
        for find in counted(line, finds):
            score.found[find.kind] += 1
            score.right[find.kind] += is_right(line, find)
    return score
