"""Pseudonyms (가명): what stands for personal data in every output.

A person gets one pseudonym for the whole study, in the order of first appearance. The key maps
names to pseudonyms and only ever grows: one more interview renumbers nobody.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence

from pipeline.corpus.masking import Mask, in_order
from pipeline.corpus.particles import agreeing_particle
from pipeline.corpus.personal.finds import Find
from pipeline.corpus.personal.lexicon import is_full_name

LABELS: Mapping[str, str] = {
    "rrn": "[주민등록번호]",
    "phone": "[전화번호]",
    "email": "[전자우편]",
    "account": "[계좌번호]",
    "card": "[카드번호]",
    "plate": "[차량번호]",
    "address": "[상세주소]",
    "birth": "[생년월일]",
    "url": "[웹주소]",
    "handle": "[계정]",
}
PARTICIPANT, PERSON = "참여자", "이름"
_PSEUDONYM = re.compile(rf"(?:{PARTICIPANT}|{PERSON})(\d+)")


def extend_key(
    key: Mapping[str, str],
    names: Iterable[str],
    participants: Collection[str] = (),
    people: Iterable[Sequence[str]] = (),
) -> dict[str, str]:
    """Return ``key`` with a pseudonym for each of ``names``, in their order.

    ``participants`` are the names of those interviewed, who become «참여자01», others «이름01».
    ``people`` are names of one person each («김철수», «철수»). Beyond that, a given name goes with
    the one full name that holds it, and a full name with its given name, as long as only one
    person can be meant. Pseudonyms already given stay; so the key must be kept, not made anew.
    """
    grown = dict(key)
    same = {name: tuple(person) for person in people for name in person}
    interviewed = {other for name in participants for other in same.get(name, (name,))}
    for name in names:
        if name in grown:
            continue
        known = next((grown[other] for other in same.get(name, ()) if other in grown), None)
        if known is None and name not in interviewed:
            known = _one_person_called(name, grown)
        if known is None:
            known = _next_pseudonym(PARTICIPANT if name in interviewed else PERSON, grown)
        grown[name] = known
    return grown


def _one_person_called(name: str, key: Mapping[str, str]) -> str | None:
    """Return the pseudonym of the one person of ``key`` who can be meant by ``name`` too."""
    if is_full_name(name):
        given = name[1:]
        namesakes = [other for other in key if other != given and _is_called(other, given)]
        return key.get(given) if not namesakes else None
    pseudonyms = {pseudonym for other, pseudonym in key.items() if _is_called(other, name)}
    return pseudonyms.pop() if len(pseudonyms) == 1 else None


def _is_called(full: str, given: str) -> bool:
    return len(given) > 1 and is_full_name(full) and full[1:] == given


def _next_pseudonym(stem: str, key: Mapping[str, str]) -> str:
    numbers = [
        int(match[1])
        for pseudonym in key.values()
        if pseudonym.startswith(stem) and (match := _PSEUDONYM.fullmatch(pseudonym))
    ]
    return f"{stem}{max(numbers, default=0) + 1:02d}"


def masks_for(text: str, finds: Iterable[Find], key: Mapping[str, str]) -> tuple[Mask, ...]:
    """Return the masks of ``finds`` in ``text``, and of the particles that have to agree.

    A particle gets a mask of its own, so that a span over the name does not grow by it. Finds
    of kind ``indirect`` are listed elsewhere and never masked. Raises ``KeyError`` for a name
    without a pseudonym.
    """
    masks: list[Mask] = []
    ordered = sorted(
        (find for find in finds if find.kind != "indirect"), key=lambda find: find.start
    )
    for place, find in enumerate(ordered):
        original = text[find.start : find.end]
        replacement = key[original] if find.kind == "name" else LABELS[find.kind]
        masks.append(Mask(find.start, find.end, replacement))
        limit = ordered[place + 1].start if place + 1 < len(ordered) else len(text)
        particle = agreeing_particle(original, text[find.end : find.end + 8], replacement)
        if particle is not None and find.end + len(particle[0]) <= limit:
            masks.append(Mask(find.end, find.end + len(particle[0]), particle[1]))
    return in_order(masks)
