"""Seeded topics: words that a study expects to be a topic, and how far they pull one.

A seed is added to the corpus as a few segments that say its words and nothing else, so that
whatever the method, some topic has to account for them. (A prior on words alone, such as
gensim's ``eta``, is washed out by the text.) They pull on topics and are counted nowhere else.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence

import numpy as np
from scipy.optimize import linear_sum_assignment
from scipy.sparse import csr_matrix, vstack

from pipeline.mining import hals, nmf
from pipeline.mining.terms import shown_term
from pipeline.records import SeededTopic, Terms, Topic, TopicSeed
from pipeline.sentences import short

# Segments added for a seed, as a share of those there are, and at least.
PULL = 0.002
_FEWEST = 2
# No segment's and no interview's id begins so.
_MARK = "\0seed"


def find_seeds(wanted: Mapping[str, Sequence[str]], terms: Terms) -> tuple[TopicSeed, ...]:
    """Return the seeds whose words (as shown, or as ``form/TAG``) are looked up in ``terms``."""
    by_form: dict[str, list[str]] = {}
    for term in terms.vocabulary:
        for form in {term, term.rpartition("/")[0], shown_term(term)}:
            by_form.setdefault(form, []).append(term)
    return tuple(
        TopicSeed(
            name,
            tuple(sorted({term for word in words for term in by_form.get(word, ())})),
            tuple(dict.fromkeys(word for word in words if word not in by_form)),
        )
        for name, words in wanted.items()
    )


def with_seeds(terms: Terms, seeds: Sequence[TopicSeed]) -> Terms:
    """Return ``terms`` with the segments that stand for ``seeds`` after their own."""
    sown = [seed for seed in seeds if seed.terms]
    if not sown:
        return terms
    number = max(_FEWEST, math.ceil(PULL * len(terms.segments)))
    column = {term: index for index, term in enumerate(terms.vocabulary)}
    rows = np.zeros((len(sown), len(terms.vocabulary)), terms.counts.dtype)
    for row, seed in enumerate(sown):
        rows[row, [column[term] for term in seed.terms]] = 1
    added = csr_matrix(rows)[np.repeat(np.arange(len(sown)), number)]
    names = seed_segments(len(sown) * number)
    counts = csr_matrix(vstack([terms.counts, added], format="csr"))
    return Terms(terms.vocabulary, (*terms.segments, *names), counts)


def seed_segments(number: int) -> tuple[str, ...]:
    """Return ids for segments that stand for seeds; each is an interview of its own."""
    return tuple(f"{_MARK}{index:06d}" for index in range(number))


def pulled(
    seeds: Sequence[TopicSeed], topics: Sequence[Topic], term_weights: np.ndarray, terms: Terms
) -> tuple[SeededTopic, ...]:
    """Return each seed's topic and how far it was pulled, beside the best unseeded topic.

    Seeds are laid on topics one to one, by the weight their words have there. The topic it is
    held against is the best of as many found by NMF without seeds.
    """
    sown = [seed for seed in seeds if seed.terms]
    if not sown or not topics:
        return ()
    column = {term: index for index, term in enumerate(terms.vocabulary)}
    columns = [[column[term] for term in seed.terms] for seed in sown]
    mass = np.array([term_weights[:, own].sum(axis=1) for own in columns])
    laid = dict(zip(*linear_sum_assignment(-np.round(mass, 9)), strict=True))
    most = min(len(topics), len(terms.segments), len(terms.vocabulary))
    ((_, plain),) = hals.factorise(nmf.weigh(terms), (most,), 0)
    total = plain.sum(axis=1, keepdims=True)
    plain = np.divide(plain, total, out=np.zeros_like(plain), where=total > 0)
    found = []
    for row, topic in sorted(laid.items()):
        seed, own = sown[row], set(columns[row])
        unseeded = int(np.argmax(np.round(plain[:, columns[row]].sum(axis=1), 9)))
        found.append(
            SeededTopic(
                seed.name,
                topics[topic].id,
                tuple(shown_term(term) for term in seed.terms),
                seed.unknown,
                *_strength(term_weights[topic], own),
                *_strength(plain[unseeded], own),
            )
        )
    return tuple(found)


def _strength(weights: np.ndarray, own: Collection[int]) -> tuple[float, float, float]:
    """Return the share of the words among a topic's ten and twenty heaviest, and their weight."""
    order = [int(c) for c in np.argsort(-np.round(weights, 9), kind="stable")]
    among = [
        sum(c in own and weights[c] > 0 for c in order[:n]) / min(n, len(own)) for n in (10, 20)
    ]
    mass = float(sum(weights[c] for c in sorted(own)))
    return round(float(among[0]), 6), round(float(among[1]), 6), round(mass, 6)


def methods_text(seeds: Sequence[SeededTopic]) -> dict[str, str]:
    """Return the methods paragraph's sentence on what was seeded and how strongly it pulled."""
    ko = "; ".join(
        f"{s.name}({', '.join(s.words)}): 무거운 말 10개에 {s.among_10:.0%}(씨앗 없이 {s.unseeded_10:.0%}),"
        f" 무게 {short(s.mass)}({short(s.unseeded_mass)})"
        for s in seeds
    )
    en = "; ".join(
        f"{s.name} ({', '.join(s.words)}): {s.among_10:.0%} among the ten heaviest terms (unseeded "
        f"{s.unseeded_10:.0%}), weight {short(s.mass)} ({short(s.unseeded_mass)})"
        for s in seeds
    )
    return {
        "ko": f"씨앗 말을 준 토픽 {len(seeds)}개는 씨앗마다 전체 단위의 {PULL:.1%}만큼 그 말만으로 된 가상의 단위를 더하여"
        f" 끌어냈다. 씨앗 말의 몫은 다음과 같다: {ko}.",
        "en": f"{len(seeds)} topics were seeded: for each, segments made of its words alone were "
        f"added, {PULL:.1%} of all. The share of seed words: {en}.",
    }
