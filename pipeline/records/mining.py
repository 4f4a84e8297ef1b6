"""What the room ``mining`` gives: terms, keywords, topics, word vectors."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from scipy.sparse import csr_matrix


@dataclass(frozen=True, slots=True)
class Terms:
    """How often each term stands in each segment.

    ``counts`` is segments × terms, whole numbers; ``vocabulary[j]`` is ``"form/TAG"``.
    """

    vocabulary: tuple[str, ...]
    segments: tuple[str, ...]
    counts: csr_matrix


@dataclass(frozen=True, slots=True)
class Keyword:
    """A term that stands out in a group of segments, by one method.

    ``score`` is the method's own (see its docstring for range and direction);
    ``frequency`` counts the term and ``n_segments`` its segments within the group.
    """

    method: str
    group: str
    term: str
    tag: str
    score: float
    frequency: int
    n_segments: int


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic mining found (토픽), numbered from 1 by falling prevalence.

    ``terms`` are ``("form/TAG", weight)``, weights summing to 1 over the whole vocabulary,
    heaviest first, 20 at most. ``prevalence`` is the topic's share of all segments' weight,
    0 to 1. ``segments`` are the ids whose main topic it is, most typical first.
    ``recurrence`` is the share of resamples that found it again, ``None`` where not measured.
    """

    id: int
    label: str
    terms: tuple[tuple[str, float], ...]
    prevalence: float
    segments: tuple[str, ...]
    recurrence: float | None = None


@dataclass(frozen=True, slots=True)
class TopicModel:
    """The topics, and how much of each is in each segment.

    ``weights`` is segments × topics, rows summing to 1, or to 0 where no term is left or the
    topics make nothing of those that are.
    ``term_weights`` is topics × vocabulary, rows summing to 1.
    """

    topics: tuple[Topic, ...]
    weights: np.ndarray
    term_weights: np.ndarray
    vocabulary: tuple[str, ...]
    method: str
    methods_text: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Vectors:
    """Kiwi's own morpheme vectors for a vocabulary: ``table`` is terms × dimensions.

    Rows have unit length, or are zero where the model has no vector for the term. ``shared``
    is what all words of the language share, whatever the vocabulary: their mean in its first
    row, below it unit axes at right angles. ``made_with`` names the model and dictionary:
    vectors of two models do not compare.
    """

    vocabulary: tuple[str, ...]
    table: np.ndarray
    shared: np.ndarray
    made_with: str
