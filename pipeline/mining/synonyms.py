"""Synonyms merge in counts and never in the text: spans stay, terms change."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

import numpy as np

from pipeline.records import Morphemes

# What a synonym is found as. Kiwi tags one word now NNG, now NNP: counted, they are one.
_NOUNS = ("NNG", "NNP")


def merged_terms(vocabulary: Sequence[str], counted: Callable[[str], str]) -> dict[str, str]:
    """Return, for each ``"form/TAG"`` of ``vocabulary`` ``counted`` as another, that other.

    See ``counting``. Terms that stay themselves are not in the result.
    """
    return {term: other for term in vocabulary if (other := counted(term)) != term}


def counting(counted_as: Mapping[str, str], tags: Mapping[str, str]) -> Callable[[str], str]:
    """Return what says as which ``"form/TAG"`` a term is counted.

    ``counted_as`` says which form is counted as which (``dictionary.read_synonyms``), ``tags``
    the tag of the forms of the dictionary (NNG where it has none). Nouns only: a verb of the
    same form is another word.
    """
    targets = frozenset(counted_as.values())

    def counted(term: str) -> str:
        form, _, tag = term.rpartition("/")
        if form not in counted_as and form not in targets:
            return term
        if tag not in {*_NOUNS, tags.get(form, "NNG")}:
            return term
        target = counted_as.get(form, form)
        return f"{target}/{tags.get(target, 'NNG')}"

    return counted


def merge_synonyms(morphemes: Morphemes, merged: Mapping[str, str]) -> Morphemes:
    """Return ``morphemes`` with each term replaced by what ``merged`` counts it as.

    Rows and spans are the same; the vocabulary keeps its order, targets it lacked at its end,
    terms nobody says any more left out.
    """
    if not any(term in merged for term in morphemes.vocabulary):
        return morphemes
    kept = [term for term in morphemes.vocabulary if term not in merged]
    vocabulary = tuple(
        dict.fromkeys([*kept, *(merged.get(term, term) for term in morphemes.vocabulary)])
    )
    place = {term: index for index, term in enumerate(vocabulary)}
    recode = np.array([place[merged.get(term, term)] for term in morphemes.vocabulary], np.int32)
    return replace(morphemes, vocabulary=vocabulary, code=recode[morphemes.code])
