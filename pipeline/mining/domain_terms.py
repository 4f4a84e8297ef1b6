"""Domain terms that Kiwi cuts up: nouns written joined that behave as one word.

«주민기술학교» is one noun in one sentence and two in the next; «사회적경제» is three everywhere.
Every run of nouns written without a blank is a candidate, and is scored by how well it
holds together, how free it stands, and how often and by how many it is said:

- cohesion, forward and backward: how surely its first part calls for the rest, and its last
  part for what is before (Kim, H.-J., Cho, S., & Kang, P., 2014, KR-WordRank: an unsupervised
  Korean word extraction method, J. KIIE 40(1); soynlp's cohesion, here over morphemes);
- branching entropy at either side (Jin, Z. & Tanaka-Ishii, K., 2006, Unsupervised
  segmentation of Chinese text by use of branching entropy, COLING/ACL), each edge of a run
  of nouns counting as a neighbour of its own, as line ends do in accessor variety (Feng, H.,
  Chen, K., Deng, X. & Zheng, W., 2004, Accessor variety criteria for Chinese word
  extraction, Computational Linguistics 30(1)). It is what sets «주민기술학교» above «주민기술»;
- Kiwi's own word extractor, where it agrees.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from pipeline.records import Morphemes

TAG = "NNG"
_NOUNS = frozenset(("NNG", "NNP"))
# What may stand inside a term, at its head and at its end.
_HEADS = _NOUNS | {"XPN", "XR", "SL"}
_TAILS = _NOUNS | {"XSN"}
_INSIDE = _HEADS | _TAILS
# Suffixes that follow a word without making a new one.
_NEVER_LAST = frozenset(
    f"{form}/XSN" for form in ("들", "님", "씨", "네", "적", "쯤", "째", "끼리", "이", "짜리", "당")
)
_LONGEST = 6
_SHORTEST_FORM = 3
_MIN_FREEDOM = 0.35
_MIN_UNITY = 0.1
_N_EXAMPLES = 5


@dataclass(frozen=True, slots=True)
class Span:
    """Where a term is said."""

    interview: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class DomainTerm:
    """A word proposed for the user dictionary, with ``tag``.

    ``n_whole`` counts where it is one noun already, ``n_split`` where it is several. ``splits``
    are those readings, commonest first, each ``("form/TAG", …)`` with its count. ``cohesion``
    and ``freedom`` are 0 to 1; ``extracted`` tells whether Kiwi's extractor found it, too.
    ``score`` has no upper end; more is better. ``examples`` are places where it is split, of
    different interviews first.
    """

    form: str
    tag: str
    n_whole: int
    n_split: int
    n_interviews: int
    cohesion: float
    freedom: float
    extracted: bool
    score: float
    splits: tuple[tuple[tuple[str, ...], int], ...]
    examples: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class _Said:
    """One time a candidate is said: its rows, and the nouns joined to it ("" at an edge)."""

    first: int
    last: int
    before: str
    after: str


def find_domain_terms(
    morphemes: Morphemes,
    known: Collection[str] = (),
    stopwords: Collection[str] = (),
    extracted: Collection[str] = (),
    min_count: int = 3,
) -> tuple[DomainTerm, ...]:
    """Return the terms that are split at least once, best first, ties by form.

    ``known`` forms (those of the dictionary) are left out, and candidates that begin or end
    with one of ``stopwords`` of one syllable («사업후»). ``extracted`` are the forms Kiwi's
    extractor finds. A candidate counts where it is said at least ``min_count`` times, split
    or whole. The score is ``unity × freedom × log2(1 + times split × interviews where split)``,
    so that what an entry would change counts; unity is the cohesion of its parts, counted 1
    where Kiwi reads it whole, and half way to 1 where the extractor agrees.
    """
    edges = {word for word in stopwords if len(word.rpartition("/")[0]) == 1}
    candidates = _candidates(morphemes, frozenset(known), edges, min_count)
    counts = np.bincount(morphemes.code, minlength=len(morphemes.vocabulary))
    frequency = dict(zip(morphemes.vocabulary, counts.tolist(), strict=True))
    terms = [
        _score(form, said, morphemes, frequency, form in extracted)
        for form, said in candidates.items()
    ]
    chosen = [
        term
        for term in terms
        if term.freedom >= _MIN_FREEDOM
        and (term.cohesion >= _MIN_UNITY or term.n_whole or term.extracted)
    ]
    return tuple(sorted(chosen, key=lambda term: (-term.score, term.form)))


def _candidates(
    morphemes: Morphemes, known: frozenset[str], edges: Collection[str], min_count: int
) -> Mapping[str, list[_Said]]:
    """Return, by form, every time a candidate is said, split or whole, in spoken order."""
    forms = [term.rpartition("/")[0] for term in morphemes.vocabulary]
    split: dict[str, list[_Said]] = defaultdict(list)
    whole: dict[str, list[_Said]] = defaultdict(list)
    for low, high in _runs(morphemes):
        codes = morphemes.code[low:high].tolist()
        for first in range(len(codes)):
            for last in range(first, min(len(codes), first + _LONGEST)):
                terms = [morphemes.vocabulary[code] for code in codes[first : last + 1]]
                form = "".join(forms[code] for code in codes[first : last + 1])
                if form in known or len(form) < _SHORTEST_FORM or not _may_be(terms, edges):
                    continue
                before = forms[codes[first - 1]] if first else ""
                after = forms[codes[last + 1]] if last + 1 < len(codes) else ""
                said = _Said(low + first, low + last + 1, before, after)
                (whole if first == last else split)[form].append(said)
    return {
        form: [*said, *whole.get(form, ())]
        for form, said in split.items()
        if len(said) + len(whole.get(form, ())) >= min_count
    }


def _runs(morphemes: Morphemes) -> Iterator[tuple[int, int]]:
    """Yield the rows of each run of noun-like morphemes written joined."""
    inside = np.array([t.rpartition("/")[2] in _INSIDE for t in morphemes.vocabulary], bool)
    if not len(morphemes.code):
        return
    is_inside = inside[morphemes.code]
    joined = np.zeros(len(is_inside) + 1, bool)
    joined[1:-1] = is_inside[1:] & is_inside[:-1] & (morphemes.start[1:] == morphemes.end[:-1])
    joined[morphemes.bounds] = False
    for low in np.flatnonzero(is_inside & ~joined[:-1]).tolist():
        high = low + 1
        while joined[high]:
            high += 1
        yield low, high


def _may_be(terms: list[str], edges: Collection[str]) -> bool:
    first, last = terms[0], terms[-1]
    if len(terms) == 1:
        return first.rpartition("/")[2] in _NOUNS
    return (
        first.rpartition("/")[2] in _HEADS
        and last.rpartition("/")[2] in _TAILS
        and last not in _NEVER_LAST
        and first not in edges
        and last not in edges
    )


def _score(
    form: str,
    said: list[_Said],
    morphemes: Morphemes,
    frequency: Mapping[str, int],
    extracted: bool,
) -> DomainTerm:
    readings = Counter(_terms(morphemes, s) for s in said if s.last - s.first > 1)
    splits = tuple(sorted(readings.items(), key=lambda item: (-item[1], item[0])))
    n_split = sum(readings.values())
    cohesion = max(_cohesion(terms, count, frequency) for terms, count in splits)
    freedom = min(_freedom([s.before for s in said]), _freedom([s.after for s in said]))
    unity = (len(said) - n_split + n_split * cohesion) / len(said)
    unity = (1 + unity) / 2 if extracted else unity
    spans = [_span(morphemes, s) for s in said if s.last - s.first > 1]
    n_interviews = len({span.interview for span in spans})
    return DomainTerm(
        form=form,
        tag=TAG,
        n_whole=len(said) - n_split,
        n_split=n_split,
        n_interviews=n_interviews,
        cohesion=cohesion,
        freedom=freedom,
        extracted=extracted,
        score=round(unity * freedom * math.log2(1 + n_split * n_interviews), 6),
        splits=splits,
        examples=_examples(spans),
    )


def _terms(morphemes: Morphemes, said: _Said) -> tuple[str, ...]:
    return tuple(morphemes.vocabulary[c] for c in morphemes.code[said.first : said.last].tolist())


def _cohesion(terms: tuple[str, ...], count: int, frequency: Mapping[str, int]) -> float:
    """Return the mean of forward and backward cohesion, 0 to 1."""
    steps = len(terms) - 1
    return sum((count / frequency[terms[end]]) ** (1 / steps) for end in (0, -1)) / 2


def _freedom(neighbours: list[str]) -> float:
    """Return the branching entropy of one side over its largest value: 1 where all differ.

    An edge (no noun joined there) differs from every other.
    """
    n = len(neighbours)
    counts = Counter(neighbours)
    edges = counts.pop("", 0)
    if n == 1:
        return float(edges)
    shares = [count / n for count in counts.values()] + [1 / n] * edges
    return -sum(share * math.log(share) for share in shares) / math.log(n)


def _span(morphemes: Morphemes, said: _Said) -> Span:
    interview = int(np.searchsorted(morphemes.bounds, said.first, side="right")) - 1
    start, end = int(morphemes.start[said.first]), int(morphemes.end[said.last - 1])
    return Span(morphemes.interviews[interview], start, end)


def _examples(spans: list[Span]) -> tuple[Span, ...]:
    """Return the first span of each interview, then further ones, so many as are shown."""
    seen: set[str] = set()
    first: list[Span] = []
    rest: list[Span] = []
    for span in spans:
        (rest if span.interview in seen else first).append(span)
        seen.add(span.interview)
    return tuple([*first, *rest][:_N_EXAMPLES])
