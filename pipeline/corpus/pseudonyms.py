"""Pseudonyms (가명): what stands for personal data in every output.

A person gets one pseudonym for the whole study, in the order of first appearance. The key maps
names to pseudonyms and only ever grows: one more interview renumbers nobody.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field

from pipeline.corpus.masking import Mask, in_order
from pipeline.corpus.particles import agreeing_particle
from pipeline.corpus.personal.coarser import decade_of_birth
from pipeline.corpus.personal.districts import districts_in
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
    "district": "[구]",
    "body": "[기관]",
}
PARTICIPANT, PERSON = "참여자", "이름"
_PSEUDONYM = re.compile(rf"(?:{PARTICIPANT}|{PERSON})(\d+)")
_SHORTEST = 2


@dataclass(frozen=True, slots=True)
class Key:
    """What stands for what; kept in the private part, so that every mask can be undone.

    ``people`` are names with their pseudonyms, ``districts`` with their letters,
    ``interviews`` the ids that hold a name with the ids shown. ``words`` is what was found
    personal in columns about participants, with its label.
    """

    people: Mapping[str, str] = field(default_factory=dict)
    districts: Mapping[str, str] = field(default_factory=dict)
    interviews: Mapping[str, str] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)


def key_from_json(data: bytes) -> Key:
    """Read what ``key_to_json`` wrote; ``ValueError`` or ``TypeError`` for anything else."""
    stored = json.loads(data)
    parts = {name: {str(k): str(v) for k, v in dict(part).items()} for name, part in stored.items()}
    return Key(**parts)


def key_to_json(key: Key) -> bytes:
    """Return the key as JSON, in the order its entries were given."""
    return json.dumps(asdict(key), ensure_ascii=False, indent=1).encode()


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


def replacer(words: Mapping[str, str]) -> Callable[[str], str]:
    """Return what replaces ``words`` wherever they stand in a text, the longest first.

    For what is no part of a frozen text: labels, ids, messages. «김철수» goes before «철수»; a
    lone surname is no word to replace. The text comes back NFC: a name typed on macOS is the
    same name.
    """
    longest = sorted((w for w in words if len(w) >= _SHORTEST), key=lambda w: (-len(w), w))
    if not longest:
        return lambda text: unicodedata.normalize("NFC", text)
    pattern = re.compile("|".join(map(re.escape, longest)))

    def replaced(text: str) -> str:
        return pattern.sub(lambda match: words[match[0]], unicodedata.normalize("NFC", text))

    return replaced


def extend_interviews(
    given: Mapping[str, str], ids: Sequence[str], people: Mapping[str, str]
) -> dict[str, str]:
    """Return ``given`` with the id to show for each of ``ids`` that holds a name of ``people``.

    No two ids get the same one, and none gets that of another interview. An id shown before
    stays, unless it holds a name that has become known since.
    """
    without_names = replacer(people)
    grown = dict(given)
    for name in ids:
        shown = without_names(name)
        kept = grown.get(name)
        if shown == name or (kept is not None and without_names(kept) == kept):
            continue
        taken = {*ids, *(other for key, other in grown.items() if key != name)}
        wanted, number = shown, 1
        while shown in taken:
            number += 1
            shown = f"{wanted}-{number}"
        grown[name] = shown
    return grown


def replacement_for(kind: str, said: str, key: Key, rules: Mapping[str, str]) -> str:
    """Return what stands for ``said`` of a ``kind``, as the study's ``rules`` by kind have it.

    What cannot be told more coarsely (a birthday without a year) gets the kind's label.
    Raises ``KeyError`` for a name without a pseudonym.
    """
    if kind == "name":
        return key.people[said]
    coarser: str | None = None
    if kind == "district" and rules.get(kind) != "mask":
        coarser = key.districts[said]
    elif kind == "address" and rules.get(kind) == "generalise":
        coarser = next((key.districts[name] for name in districts_in(said)), None)
    elif kind == "birth" and rules.get(kind) == "generalise":
        coarser = decade_of_birth(said)
    return coarser or LABELS[kind]


_AS_THEY_ARE: Mapping[str, str] = {}


def masks_for(
    text: str, finds: Iterable[Find], key: Key, rules: Mapping[str, str] = _AS_THEY_ARE
) -> tuple[Mask, ...]:
    """Return the masks of ``finds`` in ``text``, and of the particles that have to agree.

    A particle gets a mask of its own, so that a span over the name does not grow by it.
    ``rules`` say by kind how a find is masked (``replacement_for``).
    """
    masks: list[Mask] = []
    ordered = sorted(finds, key=lambda find: find.start)
    for place, find in enumerate(ordered):
        original = text[find.start : find.end]
        replacement = replacement_for(find.kind, original, key, rules)
        masks.append(Mask(find.start, find.end, replacement))
        limit = ordered[place + 1].start if place + 1 < len(ordered) else len(text)
        particle = agreeing_particle(original, text[find.end : find.end + 8], replacement)
        if particle is not None and find.end + len(particle[0]) <= limit:
            masks.append(Mask(find.end, find.end + len(particle[0]), particle[1]))
    return in_order(masks)
