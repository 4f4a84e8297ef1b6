"""How surely speakers were told apart in a text, and which lines leave it in doubt."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from pipeline.corpus.directions import direction_spans
from pipeline.corpus.roles import plain_label
from pipeline.corpus.turns import Label, is_label, is_standard, lines_of, possible_labels
from pipeline.errors import Problem
from pipeline.sentences import short

LOW = 0.8
"""Below this, a person is asked to look."""

_HEAD = 80
_LONG_PREAMBLE = 1000
# A label this much rarer than all is more likely a word with a colon.
_RARE = 0.05
_RARE_AT_MOST = 2
_LINES_SHOWN = 5
_LABELS_SHOWN = 5
_NAMED_AT_MOST = 12
_LABEL = r"(?P<name>[^\s()<>\[\]【】|/;:：.,!?–—-][^()<>\[\]【】|/;:：.,!?\t–—-]{0,19}?)"
# Ways of marking speakers that other things look like, too: seen, and never taken unasked.
# Beside each, what to write into the config.
_OTHER_FORMS = tuple(
    (re.compile(rf"[^\S\n]*{shape.format(_LABEL)}"), shape)
    for shape in (
        r"\[{}\]", r"<{}>", r"【{}】", r"\({}\)", r"{}\)\s", r"{}\s*[|/;]\s",
        r"{}\s+[–—-]\s", r"{}\t", r"-\s*{}\s*[:：]", r"{}\s*$",
    )
)  # fmt: skip
# «가) … 나) …» are items of a list.
_ITEM = re.compile("[가-하]")


@dataclass(frozen=True, slots=True)
class Certainty:
    """How surely speakers were told apart: ``share`` 0 to 1; ``lines`` (from 1) are in doubt.

    ``pattern`` is what the config could say, were the lines in doubt speakers after all (or
    the rare ones none).
    """

    share: float
    lines: tuple[int, ...]
    labels: tuple[str, ...]
    pattern: str


def certainty_of(text: str, labels: Sequence[Label]) -> Certainty:
    """Return how surely ``labels`` are the speakers' in ``text``.

    A line is in doubt if it looks like a label and was not taken for one, if it is marked in
    another way that at least two labels share, twice each, or if its label is far rarer than
    all others and no usual one. With L labels and D lines in doubt, the share is L / (L + D),
    times the share of the text that comes after the first label where a long part comes
    before it. A text without labels is prose for sure if no line is in doubt, and surely not
    if one in four is.
    """
    taken = {label.start for label in labels}
    doubts = {label.start: label.speaker for label in possible_labels(text)}
    doubts = {start: speaker for start, speaker in doubts.items() if start not in taken}
    others, shape = _other_form(text, taken)
    rare = _rare(labels)
    doubts |= others | {label.start: label.speaker for label in rare}
    n_lines = sum(1 for start, end in lines_of(text) if text[start:end].strip())
    sure = len(labels) - len(rare)
    if labels:
        before = labels[0].start
        covered = 1 - before / len(text) if before > _LONG_PREAMBLE else 1.0
        share = covered * sure / (sure + len(doubts))
    else:
        share = max(0.0, 1 - 4 * len(doubts) / max(n_lines, 1))
    usual = [label for label in labels if label.start not in doubts]
    pattern = shape or _naming(usual, doubts)
    lines = (text.count("\n", 0, start) + 1 for start in sorted(doubts)[:_LINES_SHOWN])
    names = tuple(dict.fromkeys(doubts[start] for start in sorted(doubts)))
    return Certainty(share, tuple(lines), names[:_LABELS_SHOWN], pattern)


def in_doubt(found: Certainty, speakers: Sequence[str], first_line: int) -> Problem:
    """Say which lines are in doubt and how to mend it; the text begins on ``first_line``."""
    lines = ", ".join(str(number + first_line - 1) for number in found.lines)
    labels = ", ".join(f"«{label}»" for label in found.labels)
    known = ", ".join(f"«{name}»" for name in speakers[:_LABELS_SHOWN])
    mend = f"reading: {{speaker: {_yaml(found.pattern)}}}"
    return Problem(
        f"화자를 확실히 가르지 못했습니다(확신도 {short(found.share)}). "
        f"{f'화자로 읽은 표시: {known}. ' if known else '화자 표시를 찾지 못했습니다. '}"
        f"확인할 줄: {lines}번째 줄({labels}). 화자 표시를 설정에 적으면 그대로 따릅니다. 예: {mend}",
        f"Speakers could not be told apart for sure (certainty {short(found.share)}). "
        f"{f'Taken for speakers: {known}. ' if known else 'No label was found. '}"
        f"Lines to look at: {lines} ({labels}). Say in the config how speakers are marked, "
        f"such as {mend}",
        line=found.lines[0] + first_line - 1 if found.lines else None,
        level="warning",
    )


def _rare(labels: Sequence[Label]) -> list[Label]:
    counts = Counter(plain_label(label.speaker) for label in labels)
    few = min(_RARE_AT_MOST, int(_RARE * len(labels)))
    return [
        label
        for label in labels
        if counts[plain_label(label.speaker)] <= few
        and label.time is None
        and not is_standard(label.speaker)
    ]


def _other_form(text: str, taken: set[int]) -> tuple[dict[int, str], str]:
    """Return the lines marked in another way, of all ways the one with most, and its pattern."""
    best: tuple[dict[int, str], str] = ({}, "")
    heads = [
        (start, text[start : min(end, start + _HEAD)], end - start <= _HEAD)
        for start, end in lines_of(text)
        if start not in taken and end > start
    ]
    for form, shape in _OTHER_FORMS:
        found = dict(_marked(heads, form))
        counts = Counter(plain_label(name) for name in found.values())
        again = {name for name, count in counts.items() if count > 1}
        if len(again) > 1 and len(found) > len(best[0]):
            kept = {start: name for start, name in found.items() if plain_label(name) in again}
            best = kept, rf"^\s*{shape.format(_either(kept.values()))}"
    return best


def _marked(
    heads: Sequence[tuple[int, str, bool]], form: re.Pattern[str]
) -> Iterator[tuple[int, str]]:
    for start, head, whole in heads:
        match = form.match(head)
        if not match or (match.end() == len(head) and not whole):
            continue
        name = match["name"].strip()
        if is_label(name) and not _ITEM.fullmatch(name) and not direction_spans(f"({name})"):
            yield start, name


def _naming(labels: Sequence[Label], doubts: dict[int, str]) -> str:
    """Return a pattern that names the labels that are sure, or else those in doubt."""
    return rf"^\s*{_either([label.speaker for label in labels] or doubts.values())}\s*[:：]"


def _either(names: Iterable[str]) -> str:
    """Return a group that matches any of ``names``, all of them named if they are few."""
    different = list(dict.fromkeys(names))
    if len(different) > _NAMED_AT_MOST:
        return "([^()<>|/;:.,]{1,20}?)"
    return f"({'|'.join(re.escape(name).replace(chr(92) + ' ', ' ') for name in different)})"


def _yaml(pattern: str) -> str:
    return "'" + pattern.replace("'", "''") + "'" if pattern.isprintable() else json.dumps(pattern)
