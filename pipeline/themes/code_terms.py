"""What a code says in words: the morphemes of its name, definition, criteria and examples."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import csr_matrix

from pipeline.corpus.morphology import term_of, tokens_of_each
from pipeline.records import Code, CodeTerms

if TYPE_CHECKING:
    from kiwipiepy import Kiwi

# Where a word of a code can stand, and how much that place counts. What a code excludes is
# what its neighbours are about: it does not describe the code and is left out.
PLACES: Mapping[str, float] = {
    "name": 4.0,
    "definition": 2.0,
    "include": 1.5,
    "examples": 1.5,
    "parent": 1.0,
    "children": 1.0,
}


def describe_codes(
    kiwi: Kiwi,
    codes: Sequence[Code],
    tags: Collection[str],
    stopwords: Collection[str],
    counted: Callable[[str], str] = lambda term: term,
) -> CodeTerms:
    """Return the terms of ``codes`` with ``tags``, stop words left out.

    ``counted`` says as what a term is counted: itself, or what it is a synonym of.

    Within a place a word counts as often as it stands there; places are weighed by
    ``PLACES`` and empty ones left out, so that a code with a name alone is described by it.
    """
    names = {code.name: code.name for code in codes}
    children: dict[str, list[str]] = {}
    for code in codes:
        if code.parent is not None:
            children.setdefault(code.parent, []).append(code.name)
    texts = [list(_texts(code, names, children)) for code in codes]
    analysed = tokens_of_each(kiwi, (text for described in texts for _, text in described))
    weights: list[dict[str, float]] = []
    places: list[dict[str, int]] = []
    for described in texts:
        weight: dict[str, float] = {}
        place: dict[str, int] = {}
        for number, _ in described:
            words = Counter(
                term
                for token in next(analysed)
                if (term := counted(term_of(token))) not in stopwords
                and term.rpartition("/")[2] in tags
            )
            share = list(PLACES.values())[number] / max(1, words.total())
            for term, count in words.items():
                weight[term] = weight.get(term, 0.0) + share * count
                place.setdefault(term, number + 1)
        weights.append(weight)
        places.append(place)
    vocabulary = tuple(sorted({term for weight in weights for term in weight}))
    return CodeTerms(
        tuple(code.name for code in codes),
        vocabulary,
        _matrix([_to_one(weight) for weight in weights], vocabulary),
        _matrix(places, vocabulary),
    )


def _texts(
    code: Code, names: Mapping[str, str], children: Mapping[str, list[str]]
) -> Iterator[tuple[int, str]]:
    """Yield the places of ``code`` that hold text, as (index into ``PLACES``, text)."""
    given = {
        "name": code.name,
        "definition": code.definition,
        "include": "\n".join(code.include),
        "examples": "\n".join(code.examples),
        "parent": names.get(code.parent or "", ""),
        "children": "\n".join(children.get(code.name, ())),
    }
    for number, place in enumerate(PLACES):
        if given[place].strip():
            yield number, given[place]


def _to_one(weight: Mapping[str, float]) -> dict[str, float]:
    total = sum(weight.values()) or 1.0
    return {term: value / total for term, value in weight.items()}


def _matrix(rows: Sequence[Mapping[str, float]], vocabulary: Sequence[str]) -> csr_matrix:
    column = {term: index for index, term in enumerate(vocabulary)}
    cells = [(r, column[term], value) for r, row in enumerate(rows) for term, value in row.items()]
    data = np.array([value for _, _, value in cells], float)
    at = ([r for r, _, _ in cells], [c for _, c, _ in cells])
    matrix = csr_matrix((data, at), shape=(len(rows), len(vocabulary)))
    matrix.sort_indices()
    return matrix
