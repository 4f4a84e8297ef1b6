"""Coherence of topics: how often their words stand together, as gensim's ``CoherenceModel`` has it.

NPMI within ten terms (Bouma 2009; Lau, Newman and Baldwin 2014) and C_v within 110 (Röder, Both
and Hinneburg 2015).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Literal

import numpy as np

Measure = Literal["c_npmi", "c_v"]
# A measure; sets of topics, each the numbers of its words; texts as numbers of words in order.
Sample = tuple[Measure, Sequence[Sequence[Collection[int]]], Sequence[np.ndarray]]


def coherences(sample: Sample) -> list[float]:
    """Return the coherence of each set of topics, the mean of its topics: from -1 or 0 to 1.

    Windows over the texts are counted once for all sets, which is what takes the time. Words that
    no text says are left out, and topics of fewer than two words; a set in which none is left
    has 0.
    """
    from gensim.corpora import Dictionary
    from gensim.models import CoherenceModel

    measure, sets, numbered = sample
    texts = [[str(word) for word in text] for text in numbered]
    dictionary = Dictionary(texts)
    known = [[_said(topic, dictionary.token2id) for topic in topics] for topics in sets]
    measured = [topic for topics in known for topic in topics if topic]
    if not measured:
        return [0.0] * len(sets)
    model = CoherenceModel(
        topics=measured, texts=texts, dictionary=dictionary, coherence=measure, processes=1
    )
    # Words that never stand together have no probability to take a logarithm of.
    found = iter(np.nan_to_num(model.get_coherence_per_topic()))
    own = [[float(next(found)) for topic in topics if topic] for topics in known]
    return [float(np.mean(values)) if values else 0.0 for values in own]


def _said(topic: Collection[int], known: Collection[str]) -> list[str]:
    """Return the words of a topic that are known, in order; none where that leaves a single one."""
    words = [str(word) for word in sorted(topic) if str(word) in known]
    return words if len(words) > 1 else []
