"""Word meaning out of Kiwi: vectors rebuilt from the cosines its language model gives.

Kiwi holds a vector of 256 dimensions for about 70,000 morphemes and tells the cosine of any
two. With landmarks L, the Gram matrix S(L, L) = U diag(w) Uᵀ has rank 256, so S(V, L) U w^-½
is the table of a vocabulary V, up to a rotation that no cosine can see (the Nyström
extension; Williams and Seeger 2001).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, cast

import numpy as np
from threadpoolctl import threadpool_limits

from pipeline.corpus.morphology import parts_of, tokens
from pipeline.records import Vectors

if TYPE_CHECKING:
    from kiwipiepy import Kiwi
    from kiwipiepy._wrap import POSTag

    # A morpheme by its number, or by its form and tag.
    Name = int | tuple[str, POSTag]

DIMENSIONS = 256
_LANDMARKS = 320
_SHARED_AXES = 3
# Ids of Kiwi's morphemes rise as frequency falls. Nameless ones, particles and endings come
# first; beyond the last there are hardly any vectors.
_FIRST_ID, _LAST_ID = 300, 60_000
_SAMPLED_IDS = 3000
_CONTENT = ("NNG", "NNP", "XR", "VV", "VA", "MAG")


def find_vectors(
    kiwi: Kiwi,
    vocabulary: Sequence[str],
    made_with: str,
    known: Vectors | None = None,
    done: Callable[[int], None] = lambda _: None,
) -> Vectors:
    """Return the vectors of ``vocabulary`` (``"form/TAG"`` each).

    Those ``known`` from an earlier call are taken over if they were ``made_with`` the same.
    ``done`` is told how many words are finished.

    A word the model does not know, such as one of the user dictionary, gets the mean of the
    morphemes it is made of, scaled to unit length; where those have none either, a row of
    zeros. Cosines of known words equal ``Kiwi.morpheme_similarity`` to about 1e-6.
    """
    if known is not None and known.made_with != made_with:
        known = None
    table = np.zeros((len(vocabulary), DIMENSIONS), np.float32)
    new = list(range(len(vocabulary)))
    if known is not None:
        place = {term: row for row, term in enumerate(known.vocabulary)}
        new = [row for row in new if vocabulary[row] not in place]
        old = [row for row in range(len(vocabulary)) if vocabulary[row] in place]
        table[old] = known.table[[place[vocabulary[row]] for row in old]]
        if not new:
            return Vectors(tuple(vocabulary), table, known.shared, made_with)
    with threadpool_limits(1, "blas"):
        space = _open_space(kiwi)
        shared = known.shared if known is not None else _shared(space)
        for finished, row in enumerate(new, len(vocabulary) - len(new) + 1):
            table[row] = _vector(space, vocabulary[row])
            if finished % 500 == 0:
                done(finished)
    return Vectors(tuple(vocabulary), table, shared, made_with)


def spread(vectors: Vectors) -> np.ndarray:
    """Return the table with what all words share taken out, rows again of unit length.

    A mean and a few principal directions carry frequency rather than meaning and make every
    word near every other («all but the top»; Mu and Viswanath 2018). They are taken from the
    language and not from ``vectors``, so that two words are equally near in any corpus.
    """
    table = vectors.table.astype(float)
    if not len(vectors.shared):  # nothing was looked up: there is no codebook
        return table
    mean, axes = vectors.shared[0], vectors.shared[1:]
    table[table.any(axis=1)] -= mean
    with threadpool_limits(1, "blas"):
        table -= table @ axes.T @ axes
    norms = np.linalg.norm(table, axis=1, keepdims=True)
    return np.divide(table, norms, out=np.zeros_like(table), where=norms > 1e-9)


@dataclass(frozen=True, slots=True)
class _Space:
    """A Kiwi and what makes vectors of its cosines.

    ``cosine`` is NaN where a morpheme has no vector. ``project`` turns cosines with the
    ``landmarks`` into a vector; ``strangers`` are, by tag, the morphemes whose vectors Kiwi
    lends to words it lacks.
    """

    kiwi: Kiwi
    cosine: Callable[[Name, Name], float]
    landmarks: Sequence[int]
    project: np.ndarray
    strangers: Mapping[str, int]


def _open_space(kiwi: Kiwi) -> _Space:
    from kiwipiepy import Kiwi as Wrapper

    # Millions of cosines are asked for, and Kiwi's own method only looks at the types of what
    # it hands on to this one, which takes longer than the cosine.
    cosine = cast("Callable[[Name, Name], float]", super(Wrapper, kiwi).morpheme_similarity)
    # Common words of any topic, the same ones for a version of Kiwi.
    landmarks = list(islice(_content_words(kiwi, range(_FIRST_ID, _LAST_ID)), _LANDMARKS))
    gram = [[cosine(a, b) for b in landmarks] for a in landmarks]
    values, axes = np.linalg.eigh(np.array(gram))
    project = _upright(axes[:, -DIMENSIONS:]) / np.sqrt(values[-DIMENSIONS:])
    return _Space(kiwi, cosine, landmarks, project, _strangers(kiwi))


def _shared(space: _Space) -> np.ndarray:
    """Return the mean and the first principal directions of the language's content words.

    They are sampled from the common to the rare, the common ones more densely, as a corpus
    would use them: each kind of word has a direction of its own.
    """
    steps = (np.arange(_SAMPLED_IDS) / _SAMPLED_IDS) ** 2
    sampled = dict.fromkeys((_FIRST_ID + steps * (_LAST_ID - _FIRST_ID)).astype(int).tolist())
    found = (_cosines(space, number) for number in _content_words(space.kiwi, sampled))
    table = np.array([cosines for cosines in found if cosines is not None]) @ space.project
    mean = table.mean(axis=0)
    _, axes = np.linalg.eigh((table - mean).T @ (table - mean))
    return np.vstack([mean, _upright(axes[:, -_SHARED_AXES:]).T])


def _upright(axes: np.ndarray) -> np.ndarray:
    """Return the columns of ``axes`` with the largest entry of each positive.

    An axis has no sign of its own, and vectors made today must fit those kept from before.
    """
    largest = axes[np.abs(axes).argmax(axis=0), np.arange(axes.shape[1])]
    return axes * np.sign(largest)


def _vector(space: _Space, term: str) -> np.ndarray:
    form, _, tag = term.rpartition("/")
    whole = _cosines(space, _name(space.kiwi, form, tag))
    if whole is not None:
        return whole @ space.project
    parts = [
        cosines @ space.project
        for token in parts_of(space.kiwi, form)
        if (cosines := _cosines(space, token.id)) is not None
    ]
    if not parts:
        return np.zeros(DIMENSIONS)
    mean = np.mean(parts, axis=0)
    return mean / max(float(np.linalg.norm(mean)), 1e-12)


def _name(kiwi: Kiwi, form: str, tag: str) -> Name:
    """Return the morpheme's number if Kiwi reads the form as it: numbers compare faster."""
    for token in tokens(kiwi, form):
        if token.form == form and _plain(token.tag) == tag:
            return token.id
    return form, cast("POSTag", tag)


def _cosines(space: _Space, name: Name) -> np.ndarray | None:
    """Return the cosines with the landmarks; ``None`` for what has no vector of its own."""
    cosine = space.cosine
    try:
        if not math.isfinite(cosine(name, space.landmarks[0])):
            return None
        tag = name[1] if isinstance(name, tuple) else space.kiwi.morpheme(name).tag
        stranger = space.strangers.get(_plain(tag))
        if stranger is not None and cosine(name, stranger) == cosine(stranger, stranger):
            return None
        return np.array([cosine(name, mark) for mark in space.landmarks])
    except ValueError:  # Kiwi knows no such morpheme
        return None


def _strangers(kiwi: Kiwi) -> dict[str, int]:
    """Return, by tag, the nameless morphemes: Kiwi lends their vectors to words it lacks.

    All unknown nouns share one such vector, so that any two would seem to mean the same.
    """
    nameless = (kiwi.morpheme(number) for number in range(_FIRST_ID))
    return {token.tag: number for number, token in enumerate(nameless) if not token.form}


def _content_words(kiwi: Kiwi, numbers: Iterable[int]) -> Iterator[int]:
    """Yield those of ``numbers`` that are content words with a vector."""
    for number in numbers:
        if _plain(kiwi.morpheme(number).tag) in _CONTENT and math.isfinite(
            kiwi.morpheme_similarity(number, number)
        ):
            yield number


def _plain(tag: str) -> str:
    return tag.partition("-")[0]
