"""Terms of several words by C-value (Frantzi, Ananiadou and Mima 2000, IJDL 3(2), 115-130).

C-value rather than a collocation measure such as gensim's Phrases: it ranks whole terms of any
length in one list and takes off what a longer term around them accounts for, so that «기술 학교»
does not stand beside «주민 기술 학교» as if it were a term of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_matrix, hstack

from pipeline.mining.spoken import Spoken, count_runs, runs
from pipeline.records import Terms

MOST_WORDS = 5
# Two words next to each other once are a sentence, no term.
_FEWEST = 2
_NOUNS = frozenset({"NNG", "NNP", "SL", "SH"})

METHODS_TEXT = {
    "ko": f"여러 낱말로 된 용어는 다른 말이 끼지 않고 이어진 명사 2~{MOST_WORDS}개를 C-value로 뽑았다"
    " (Frantzi, Ananiadou & Mima, 2000).",
    "en": f"Terms of several words are runs of 2 to {MOST_WORDS} nouns with nothing between, ranked "
    "by C-value (Frantzi, Ananiadou & Mima, 2000).",
}


@dataclass(frozen=True, slots=True)
class Phrases:
    """Candidate terms of several words: ``terms`` counts them, those inside longer ones too.

    A term is named ``"form form/TAG+TAG"``. ``n_words`` says how many words each has; ``inside``
    is terms × terms, 1 where the row's term stands inside the (longer) column's.
    """

    terms: Terms
    n_words: np.ndarray
    inside: csr_matrix


def find_phrases(spoken: Spoken, min_segments: int) -> Phrases:
    """Return the runs of nouns in ``spoken`` that ``min_segments`` segments or more say."""
    noun = np.array([t.rpartition("/")[2] in _NOUNS for t in spoken.vocabulary], bool)
    is_noun = noun[spoken.term] if len(spoken.term) else np.zeros(0, bool)
    linked = spoken.joined.copy()
    linked[1:] &= is_noun[1:] & is_noun[:-1]
    words: list[tuple[int, ...]] = []
    columns: list[csr_matrix] = []
    for size in range(2, MOST_WORDS + 1):
        starts = runs(spoken, size, linked)
        if not len(starts):
            break
        different, counts = count_runs(spoken, starts, size)
        n_segments = np.bincount(counts.indices, minlength=len(different))
        kept = np.flatnonzero(n_segments >= min_segments)
        words += [tuple(int(term) for term in different[index]) for index in kept]
        columns.append(csr_matrix(counts[:, kept]))
    named = [_name([spoken.vocabulary[term] for term in term_run]) for term_run in words]
    order = sorted(range(len(words)), key=named.__getitem__)
    shape = (len(spoken.segments), 0)
    together = csr_matrix(hstack(columns, "csr")) if columns else csr_matrix(shape, dtype=np.int32)
    terms = Terms(tuple(named[i] for i in order), spoken.segments, csr_matrix(together[:, order]))
    return nested(terms, [words[i] for i in order])


def nested(terms: Terms, words: Sequence[tuple[int, ...]]) -> Phrases:
    """Return the ``terms`` made of ``words`` with which of them stand inside which."""
    place = {word: index for index, word in enumerate(words)}
    pairs = {
        (place[part], index)
        for index, word in enumerate(words)
        for size in range(2, len(word))
        for first in range(len(word) - size + 1)
        if (part := word[first : first + size]) in place
    }
    rows, columns = np.array(sorted(pairs), np.int64).reshape(-1, 2).T
    inside = csr_matrix((np.ones(len(rows)), (rows, columns)), shape=(len(words), len(words)))
    return Phrases(terms, np.array([len(word) for word in words], np.int64), inside)


def score(phrases: Phrases, members: np.ndarray) -> np.ndarray:
    """Score each term for the segments ``members`` (a mask of length n_segments).

    Returns:
        C-value: log2 of the number of words times the frequency, less the mean frequency it
        has inside longer terms: ``log2 |a| · (f(a) - t(a) / c(a))``, where t(a) counts how
        often a stands inside longer terms and c(a) in how many different ones. Higher is more
        of a term; 0 where the group says it less than twice or only inside one longer term.
    """
    frequency = np.asarray(phrases.terms.counts[members].sum(axis=0), float).ravel()
    around = phrases.inside.multiply(frequency > 0).tocsr()
    n_around = np.asarray(around.sum(axis=1)).ravel()
    within_longer = np.zeros(len(frequency))
    # A use inside a term that itself stands in a longer one counts once: longest first.
    for size in sorted(set(phrases.n_words.tolist()), reverse=True):
        these = np.flatnonzero(phrases.n_words == size)
        within_longer[these] = around[these] @ (frequency - within_longer)
    mean = np.divide(within_longer, n_around, out=np.zeros_like(frequency), where=n_around > 0)
    return np.where(frequency >= _FEWEST, np.log2(phrases.n_words) * (frequency - mean), 0.0)


def _name(words: Sequence[str]) -> str:
    parts = [word.rpartition("/") for word in words]
    return f"{' '.join(form for form, _, _ in parts)}/{'+'.join(tag for _, _, tag in parts)}"
