"""Topics by latent Dirichlet allocation (Blei, Ng and Jordan 2003), gensim's online form."""

from __future__ import annotations

import numpy as np

from pipeline.records import Terms

_PASSES = 10


def fit(terms: Terms, count: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Fit ``count`` topics to the counts of ``terms`` (gensim ``LdaModel``, 10 passes).

    Returns:
        Non-negative segments × topics (proportions, zero for a segment without terms) and
        topics × terms (probabilities).
    """
    from gensim.matutils import Sparse2Corpus
    from gensim.models import LdaModel

    corpus = Sparse2Corpus(terms.counts, documents_columns=False)
    # A prior over a single topic or term cannot be learned: gensim divides 0 by 0, sees that
    # nothing came of it, and keeps the prior it had.
    with np.errstate(invalid="ignore", divide="ignore"):
        model = LdaModel(
            corpus=corpus,
            id2word=dict(enumerate(terms.vocabulary)),
            num_topics=count,
            random_state=seed,
            passes=_PASSES,
            iterations=100,
            chunksize=max(2000, len(terms.segments) // 20),
            alpha="auto",
            eta="auto",
            eval_every=0,
        )
    posterior, _ = model.inference(list(corpus))
    proportions = posterior / posterior.sum(axis=1, keepdims=True)
    proportions[np.diff(terms.counts.indptr) == 0] = 0
    return proportions.astype(float), model.get_topics().astype(float)


def methods_text(terms: Terms, count: int) -> dict[str, str]:
    """Return the methods paragraph's sentence for a fit of ``count`` topics to ``terms``."""
    n, v = len(terms.segments), len(terms.vocabulary)
    return {
        "ko": f"토픽은 분석 단위 {n:,}개, 말 {v:,}개의 빈도에 잠재 디리클레 할당"
        f"(LDA, 토픽 {count}개, gensim, {_PASSES}회 반복; Blei 외, 2003)을 적용하여 찾았다.",
        "en": f"Topics were found by latent Dirichlet allocation (LDA, {count} topics, gensim, "
        f"{_PASSES} passes; Blei et al., 2003) over {n:,} segments and {v:,} terms.",
    }
