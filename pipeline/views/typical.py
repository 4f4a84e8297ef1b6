"""Which of a topic's segments to show: typical of it, and different from each other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pipeline.records import Segment

# Of the most typical segments, how many are looked at.
_AMONG = 20
# What likeness to a passage already chosen counts against being typical (0 to 1), and how alike
# two passages of one interview are taken to be at least.
_AGAINST = 0.5
_SAME_INTERVIEW = 0.5
_LONGEST = 1_500


def choose_passages(
    names: Sequence[str], segments: Mapping[str, Segment], texts: Mapping[str, str], number: int
) -> tuple[str, ...]:
    """Return ``number`` of the segments ``names`` (most typical first), the first among them.

    Each next one is chosen by maximal marginal relevance (Carbonell and Goldstein 1998): how
    typical it is, less how alike it is to those chosen (Jaccard of three-character strings;
    those of one interview are alike by half at least). Equal ones keep their order.
    """
    among = list(names[:_AMONG])
    pieces = {name: _strings(texts[name]) for name in among}
    chosen: list[str] = []
    while among and len(chosen) < number:

        def worth(place: int) -> float:
            typical = 1 - names.index(among[place]) / _AMONG
            alike = max((_alike(among[place], one, segments, pieces) for one in chosen), default=0)
            return round((1 - _AGAINST) * typical - _AGAINST * alike, 9)

        chosen.append(among.pop(max(range(len(among)), key=worth)))
    return tuple(chosen)


def _alike(
    one: str, other: str, segments: Mapping[str, Segment], pieces: Mapping[str, frozenset[str]]
) -> float:
    union = len(pieces[one] | pieces[other])
    shared = len(pieces[one] & pieces[other]) / union if union else 1.0
    same = segments[one].interview == segments[other].interview
    return max(shared, _SAME_INTERVIEW) if same else shared


def _strings(text: str) -> frozenset[str]:
    plain = "".join(text[:_LONGEST].split())
    return frozenset(plain[i : i + 3] for i in range(max(1, len(plain) - 2)))
