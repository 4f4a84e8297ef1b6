"""Word meaning out of Kiwi: vectors rebuilt from the cosines its language model gives.

Kiwi holds a vector of 256 dimensions for about 70,000 morphemes and tells the cosine of any
two. With landmarks L, the Gram matrix S(L, L) = U diag(w) Uᵀ has rank 256, so S(V, L) U w^-½
is the table of a vocabulary V, up to a rotation that no cosine can see (the Nyström
extension; Williams and Seeger 2001).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np
from threadpoolctl import threadpool_limits

from pipeline.records import Vectors

if TYPE_CHECKING:
    from kiwipiepy import Kiwi

DIMENSIONS = 256
_LANDMARKS = 320
# Ids of Kiwi's morphemes rise as frequency falls; these are common words of any topic.
_FIRST_ID, _LAST_ID = 300, 3000
_CONTENT = ("NNG", "VV", "VA", "MAG")

Name = int | tuple[str, str]


def find_vectors(
    kiwi: Kiwi,
    vocabulary: Sequence[str],
    made_with: str,
    known: Vectors | None = None,
    done: Callable[[int], None] = lambda _: None,
) -> Vectors:
    """Return the vectors of ``vocabulary`` (``"form/TAG"`` each).

    Those ``known`` from an earlier call are taken over if they were ``made_with`` the same.

    A word the model does not know, such as one of the user dictionary, gets the mean of the
    morphemes it is made of, scaled to unit length; where those have none either, a row of
    zeros. Cosines of known words equal ``Kiwi.morpheme_similarity`` to about 1e-6.
    """
    if known is None or known.made_with != made_with:
        known = Vectors((), np.zeros((0, DIMENSIONS), np.float32), made_with)
    place = {term: row for row, term in enumerate(known.vocabulary)}
    landmarks, strangers = _landmarks(kiwi), _strangers(kiwi)
    similarity = kiwi.morpheme_similarity
    gram = np.array([[similarity(a, b) for b in landmarks] for a in landmarks])
    with threadpool_limits(1, "blas"):
        values, axes = np.linalg.eigh(gram)
        project = axes[:, -DIMENSIONS:] / np.sqrt(values[-DIMENSIONS:])
        table = np.zeros((len(vocabulary), DIMENSIONS), np.float32)
        for row, term in enumerate(vocabulary):
            old = place.get(term)
            table[row] = (
                _vector(kiwi, term, landmarks, strangers, project)
                if old is None
                else known.table[old]
            )
            if row % 500 == 499:
                done(row + 1)
    return Vectors(tuple(vocabulary), table, made_with)


def spread(vectors: Vectors, components: int = 3) -> np.ndarray:
    """Return the table with what all words share taken out, rows again of unit length.

    The mean and the first ``components`` principal directions carry frequency rather than
    meaning and make every word near every other («all but the top»; Mu and Viswanath 2018).
    """
    table = vectors.table.astype(np.float64)
    known = np.abs(table).sum(axis=1) > 0
    if known.sum() <= 10 * components:
        return table
    table[known] -= table[known].mean(axis=0)
    with threadpool_limits(1, "blas"):
        _, axes = np.linalg.eigh(table[known].T @ table[known])
        top = axes[:, -components:]
        table -= table @ top @ top.T
    norms = np.linalg.norm(table, axis=1, keepdims=True)
    table = np.divide(table, norms, out=np.zeros_like(table), where=norms > 1e-9)
    table[~known] = 0
    return table


def _vector(
    kiwi: Kiwi,
    term: str,
    landmarks: Sequence[int],
    strangers: Mapping[str, int],
    project: np.ndarray,
) -> np.ndarray:
    form, _, tag = term.rpartition("/")
    whole = _cosines(kiwi, _name(kiwi, form, tag), landmarks, strangers)
    if whole is not None:
        return whole @ project
    parts = [
        cosines @ project
        # As a pair with no tag: a bare «A/S» would be read as the form A with the tag S.
        for token in kiwi.tokenize(form, blocklist=[(form, "")])
        if token.form != form
        and (cosines := _cosines(kiwi, token.id, landmarks, strangers)) is not None
    ]
    if not parts:
        return np.zeros(DIMENSIONS)
    mean = np.mean(parts, axis=0)
    return mean / max(float(np.linalg.norm(mean)), 1e-12)


def _name(kiwi: Kiwi, form: str, tag: str) -> Name:
    """Return the morpheme's number if Kiwi reads the form as it: numbers compare faster."""
    for token in kiwi.tokenize(form):
        if token.form == form and token.tag.partition("-")[0] == tag:
            return token.id
    return form, tag


def _cosines(
    kiwi: Kiwi, name: Name, landmarks: Sequence[int], strangers: Mapping[str, int]
) -> np.ndarray | None:
    similarity = kiwi.morpheme_similarity
    try:
        if not math.isfinite(similarity(name, landmarks[0])):
            return None
        tag = name[1] if isinstance(name, tuple) else kiwi.morpheme(name).tag
        stranger = strangers.get(tag.partition("-")[0])
        if stranger is not None and similarity(name, stranger) == similarity(stranger, stranger):
            return None
        return np.array([similarity(name, mark) for mark in landmarks])
    except ValueError:  # Kiwi knows no such morpheme
        return None


def _strangers(kiwi: Kiwi) -> dict[str, int]:
    """Return, by tag, the nameless morphemes: Kiwi lends their vectors to words it lacks.

    All unknown nouns share one such vector, so that any two would seem to mean the same.
    """
    nameless = (kiwi.morpheme(number) for number in range(_FIRST_ID))
    return {token.tag: number for number, token in enumerate(nameless) if not token.form}


def _landmarks(kiwi: Kiwi) -> list[int]:
    """Return morphemes spread over the common content words; the same for a Kiwi version."""

    def usable() -> Iterator[int]:
        for number in range(_FIRST_ID, _LAST_ID):
            token = kiwi.morpheme(number)
            if token.tag.partition("-")[0] in _CONTENT and math.isfinite(
                kiwi.morpheme_similarity(number, number)
            ):
                yield number

    chosen: list[int] = []
    for number in usable():
        chosen.append(number)
        if len(chosen) == _LANDMARKS:
            break
    return chosen
