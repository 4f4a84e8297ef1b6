"""Indirect identifiers (간접 식별자): what singles a person out only together.

«A구 도시재생지원센터 팀장» names nobody, and yet there is only one. Such stretches are listed for
a person to judge. Where the person says so, the body and the district are masked; the job stays.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.corpus.personal.anchored import anchored
from pipeline.corpus.personal.districts import find_districts
from pipeline.corpus.personal.finds import Find
from pipeline.corpus.personal.lexicon import ROLES

_JOB = re.compile(
    rf"(?:{'|'.join(sorted(ROLES, key=lambda role: (-len(role), role)))})(?=님|들|[이가은는을를도과와의로]|[^가-힣]|$)"
)
_BODY = re.compile(
    r"[가-힣A-Za-z0-9]{0,12}(?:센터|복지관|구청|시청|군청|도청|재단|학교|병원|협회|조합|공단|공사|어린이집|유치원|도서관|"
    r"은행|연구소|연구원|대학교?|지원단|기업|회사|교회|성당|보건소|경찰서|소방서|법원|위원회|지원청)"
)
# «A구», «○○구»: the transcriber has left the name out, and yet it is told by what stands beside.
_LETTERED = anchored(r"(?<![가-힣A-Za-z])(?:[A-Z]{1,2}|[○◯OX×]{1,2})구", "구", 2)
_LABEL = re.compile(r"[^\s:：][^:：\n]{0,20}[:：]")
# Job, body and district belong together only where they are said in one breath.
_REACH = 80


@dataclass(frozen=True, slots=True)
class Combination:
    """Job, body and district said together: ``find`` reaches from the first to the last.

    ``parts`` are what is masked of it where a person says so: the body, and the district if it
    goes by its name.
    """

    find: Find
    parts: tuple[Find, ...]


def find_indirect(text: str) -> tuple[Combination, ...]:
    """Return where ``text`` names a job, a body and a district within 80 code points of a line.

    The label at the head of a line («연구자:») is no job. A line gives several combinations
    where they do not overlap.
    """
    found: list[Combination] = []
    start = 0
    for line in text.split("\n"):
        label = _LABEL.match(line)
        found += _in_line(text, start + (label.end() if label else 0), start + len(line))
        start += len(line) + 1
    return tuple(found)


def _in_line(text: str, start: int, end: int) -> Iterator[Combination]:
    # The rarest first: few lines name a district.
    districts = _districts(text, start, end)
    bodies = [match.span() for match in _BODY.finditer(text, start, end)] if districts else []
    jobs = [match.span() for match in _JOB.finditer(text, start, end)] if bodies else []
    for district in districts if jobs else ():
        if district.start < start:
            continue
        here = district.start, district.end
        body = min(bodies, key=lambda span: _between(span, here))
        job = min(jobs, key=lambda span: _between(span, here))
        first, last = min(job[0], body[0], here[0]), max(job[1], body[1], here[1])
        if last - first <= _REACH:
            yield Combination(_whole(text, first, last, (job, body, here)), _parts(district, body))
            start = last


def _districts(text: str, start: int, end: int) -> list[Find]:
    lettered = [
        Find(*match.span(), "lettered", "") for match in _LETTERED.finditer(text, start, end)
    ]
    named = [
        Find(start + find.start, start + find.end, find.kind, find.reason)
        for find in find_districts(text[start:end])
    ]
    return sorted([*lettered, *named], key=lambda find: find.start)


def _between(one: tuple[int, int], other: tuple[int, int]) -> int:
    return max(one[0] - other[1], other[0] - one[1], 0)


def _whole(text: str, first: int, last: int, spans: tuple[tuple[int, int], ...]) -> Find:
    said = ", ".join(text[slice(*span)] for span in spans)
    return Find(first, last, "indirect", f"직책·기관·구가 함께: {said}")


def _parts(district: Find, body: tuple[int, int]) -> tuple[Find, ...]:
    """Return what to mask; of «성북구도시재생센터» the body begins after the district.

    «성북구청» is told by its district alone.
    """
    start = district.end if body[0] < district.end <= body[1] else body[0]
    named = (district,) if district.kind == "district" else ()
    rest = (Find(start, body[1], "body", "직책·구와 함께 말한 기관"),)
    return (*named, *rest) if body[1] - start > 1 else named
