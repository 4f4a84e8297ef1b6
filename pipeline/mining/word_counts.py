"""The words of a corpus by frequency and by TF-IDF, as papers print them side by side."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import numpy as np
from scipy.sparse import csc_matrix

from pipeline.records import Segment, Terms, WordCount, WordCounts


def count_words(
    segments: Sequence[Segment], terms: Terms, tags: Collection[str], top: int
) -> WordCounts:
    """Return the ``top`` terms with one of ``tags`` by frequency, and those by TF-IDF.

    TF-IDF is that of a whole corpus: a term's frequency times ``ln(n / df)``, n segments of
    which df say it (Spärck Jones 1972); 0 or more, and 0 for what every segment says. Rows of
    ``terms`` are those of ``segments``; ties are broken by the term.
    """
    counts = csc_matrix(terms.counts)
    columns = [at for at, term in enumerate(terms.vocabulary) if term.rpartition("/")[2] in tags]
    frequency = np.asarray(counts.sum(axis=0)).ravel()
    df = np.diff(counts.indptr)
    tfidf = frequency * np.log(len(terms.segments) / np.maximum(df, 1))
    total = int(frequency[columns].sum())

    def word(at: int) -> WordCount:
        rows = np.sort(counts.indices[counts.indptr[at] : counts.indptr[at + 1]]).tolist()
        return WordCount(
            terms.vocabulary[at],
            int(frequency[at]),
            100 * float(frequency[at]) / total,
            len({segments[row].interview for row in rows}),
            float(tfidf[at]),
            tuple(segments[row].id for row in rows),
        )

    by_frequency = sorted(columns, key=lambda at: (-frequency[at], terms.vocabulary[at]))
    # Rounded first, so that noise in the last digits cannot decide.
    by_tfidf = sorted(columns, key=lambda at: (-round(tfidf[at], 9), terms.vocabulary[at]))
    return WordCounts(
        tuple(word(at) for at in by_frequency[:top]),
        tuple(word(at) for at in by_tfidf[:top]),
        _methods_text(len(terms.segments), len(columns), total, tags),
    )


def _methods_text(
    n_segments: int, n_terms: int, total: int, tags: Collection[str]
) -> dict[str, str]:
    named = ", ".join(tags)
    return {
        "ko": f"빈도는 품사 {named}의 낱말 {n_terms:,}가지(모두 {total:,}번)를 세고, 비율은 그 {total:,}번에서 차지하는"
        f" 백분율, 문서 빈도는 분석 단위 {n_segments:,}개 가운데 그 낱말이 나온 수다."
        " TF-IDF는 빈도 × ln(분석 단위 수 ÷ 문서 빈도)다(Spärck Jones, 1972).",
        "en": f"Frequencies count {n_terms:,} words of the tags {named} ({total:,} uses in all, of which "
        f"percentages are); document frequency is how many of {n_segments:,} segments say the word. "
        "TF-IDF is frequency × ln(segments / document frequency) (Spärck Jones, 1972).",
    }
