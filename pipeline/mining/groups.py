"""Groups of segments that are compared: by a field, by interview, by code."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from pipeline.errors import Problem
from pipeline.records import Segment

WHOLE = "전체"
INTERVIEW = "interview"
CODE = "code"
# What studies group by unless told otherwise: many have no such column, and need no warning.
USUAL = "role"
# Beyond this, comparing each group with the rest is a table nobody reads. Codes are a codebook's
# own choice, however many.
_MOST_GROUPS = 40
_MOST_NAMED = 10


@dataclass(frozen=True, slots=True)
class Group:
    """Segments that have something in common: ``members`` is a mask over those compared."""

    name: str
    members: np.ndarray


@dataclass(frozen=True, slots=True)
class Comparison:
    """The groups of one ``field``, among the segments of which it is known (``compared``, a mask).

    The whole corpus is a comparison of one group, with no field.
    """

    field: str
    compared: np.ndarray
    groups: tuple[Group, ...]


def person_of(segment: Segment) -> str:
    """Return who speaks: the participant, else the speaker in the interview, else the interview."""
    speaker = f"{segment.interview} {segment.speaker}".strip()
    return segment.fields.get("participant") or speaker


def group_segments(
    segments: Sequence[Segment], fields: Sequence[str], codes: Mapping[str, Collection[str]]
) -> tuple[tuple[Comparison, ...], tuple[Problem, ...]]:
    """Return the whole corpus and the comparisons by ``fields``, with what is doubtful of them.

    A field is one of the segments', or ``interview``, or ``code``: the codes of coded segments,
    by id in ``codes``; a segment may bear several and be in several groups. A segment of which
    the field is not known is not compared. Where no segment has any of the fields, the
    interviews are compared. A field with one group, or more than 40, gives none.
    """
    whole = np.ones(len(segments), bool)
    comparisons = [Comparison("", whole, (Group(WHOLE, whole),))]
    problems: list[Problem] = []
    labels = {field: _labels(segments, field, codes) for field in dict.fromkeys(fields)}
    known = {field: said for field, said in labels.items() if any(said)}
    problems += [_unknown(field) for field in labels if field not in {*known, USUAL}]
    for field, said in (known or {INTERVIEW: _labels(segments, INTERVIEW, codes)}).items():
        comparison = _compare(field, said)
        n_groups = len(comparison.groups)
        if n_groups > _MOST_GROUPS and field != CODE:
            problems += [_too_many(field, n_groups)] if field in fields and field != USUAL else []
        elif n_groups > 1:
            comparisons.append(comparison)
            if field != INTERVIEW:
                problems += _of_one(comparison, segments)
    return tuple(comparisons), tuple(problems)


def _labels(
    segments: Sequence[Segment], field: str, codes: Mapping[str, Collection[str]]
) -> list[Collection[str]]:
    """Return the groups each segment is in."""
    if field == INTERVIEW:
        return [(segment.interview,) for segment in segments]
    if field == CODE:
        return [codes.get(segment.id, ()) for segment in segments]
    return [(value,) if (value := s.fields.get(field, "")) else () for s in segments]


def _compare(field: str, labels: Sequence[Collection[str]]) -> Comparison:
    compared = np.array([bool(own) for own in labels], bool)
    known = [own for own in labels if own]
    rows: dict[str, list[int]] = {}
    for row, own in enumerate(known):
        for name in own:
            rows.setdefault(name, []).append(row)
    groups = []
    for name in sorted(rows):
        members = np.zeros(len(known), bool)
        members[rows[name]] = True
        groups.append(Group(name, members))
    return Comparison(field, compared, tuple(groups))


def _of_one(comparison: Comparison, segments: Sequence[Segment]) -> list[Problem]:
    """Warn of the groups in which one person alone speaks."""
    people = np.array([person_of(segment) for segment in segments], object)[comparison.compared]
    alone = [g.name for g in comparison.groups if len(set(people[g.members])) == 1]
    if not alone:
        return []
    named = ", ".join(f"«{name}»" for name in alone[:_MOST_NAMED])
    more = len(alone) - _MOST_NAMED
    ko = f"{named}{f' 외 {more}개' if more > 0 else ''}"
    en = f"{named}{f' and {more} more' if more > 0 else ''}"
    return [
        Problem(
            f"집단({comparison.field}) 가운데 한 사람만 말한 것이 있습니다: {ko}. 그 키워드는 한 사람의"
            " 말이니 집단의 특징으로 적지 마세요. 점수로 유의성을 말할 수도 없습니다.",
            f"Groups ({comparison.field}) in which one person alone speaks: {en}. Their keywords are "
            "one person's: no feature of a group, and nothing to test.",
            level="warning",
        )
    ]


def _unknown(field: str) -> Problem:
    what = {
        CODE: ("코딩된 단위가 없어 코드끼리 견주지 못합니다", "no segment is coded"),
    }.get(
        field,
        (f"«{field}» 열이 어느 단위에도 없습니다", f"no segment has the column «{field}»"),
    )
    return Problem(
        f"설정 keywords.group: {what[0]}. participants.csv의 열 이름이나 interview, code를 적으세요.",
        f"Setting keywords.group: {what[1]}. Give a column of participants.csv, interview or code.",
        level="warning",
    )


def _too_many(field: str, n_groups: int) -> Problem:
    return Problem(
        f"설정 keywords.group: «{field}»에 집단이 {n_groups:,}개 있어 견주지 않았습니다"
        f"({_MOST_GROUPS}개까지 견줍니다). 몇으로 묶은 열을 쓰세요.",
        f"Setting keywords.group: «{field}» has {n_groups:,} groups and is not compared "
        f"(at most {_MOST_GROUPS}). Use a column with fewer.",
        level="warning",
    )
