"""Indirect identifiers (간접 식별자): what singles a person out only together.

«A구 도시재생지원센터 팀장» names nobody, and yet there is only one. Such turns are listed for a
person to judge and are never masked by themselves.
"""

from __future__ import annotations

import re

from pipeline.corpus.personal.finds import Find
from pipeline.corpus.personal.lexicon import ROLES

_JOB = re.compile(
    rf"(?:{'|'.join(sorted(ROLES, key=lambda role: (-len(role), role)))})(?=님|들|[이가은는을를도과와의로]|[^가-힣]|$)"
)
_BODY = re.compile(
    r"[가-힣A-Za-z0-9]{0,12}(?:센터|복지관|구청|시청|군청|도청|재단|학교|병원|협회|조합|공단|공사|어린이집|유치원|도서관|"
    r"은행|연구소|연구원|대학교?|지원단|기업|회사|교회|성당|보건소|경찰서|소방서|법원|위원회|지원청)"
)
# «친구», «연구», «가구»: no districts.
_DISTRICT = re.compile(
    r"(?<![가-힣A-Za-z0-9])(?!친구|연구|가구|입구|도구|출구|야구|축구|농구|배구|탁구|당구|족구|지구|기구|전구|누구|요구|"
    r"호구|식구|항구|북구멍|자치구(?![가-힣])|인구|공구|문구|가입구|비상구|하수구|복구|청구|촉구|영구|구구)"
    r"(?:[가-힣]{1,4}|[A-Z○])구(?=[에의는가로와도]|청|민|립|[^가-힣]|$)"
)


def find_indirect(text: str) -> tuple[Find, ...]:
    """Return the turns (lines) of ``text`` that name a job, a body and a district together.

    A find reaches from the first of the three to the last; its kind is ``indirect``.
    """
    finds: list[Find] = []
    start = 0
    for line in text.split("\n"):
        said = [pattern.search(line) for pattern in (_JOB, _BODY, _DISTRICT)]
        matches = [match for match in said if match is not None]
        if len(matches) == len(said):
            finds.append(
                Find(
                    start + min(match.start() for match in matches),
                    start + max(match.end() for match in matches),
                    "indirect",
                    "직책·기관·구가 함께: " + ", ".join(match.group() for match in matches),
                )
            )
        start += len(line) + 1
    return tuple(finds)
