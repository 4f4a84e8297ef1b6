"""Tables as Korean papers print them: frequencies, co-occurrence, centralities, words of topics.

빈도분석 sets frequency and TF-IDF side by side, 중심성 the four centralities, each ranked for
itself; 동시출현 is the matrix of the most frequent words.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import zip_longest

from pipeline.mining.terms import shown_term
from pipeline.records import Analysis, NetworkTerm, WordCount
from pipeline.views.columns import TOPIC_LABEL, Cell, Column, Table
from pipeline.views.network_tables import shown_labels

_JOINED_BY = "|"
# What fits a page; the network of terms may have more.
MOST_TOGETHER = 30
WORDS_A_TOPIC = 10

_RANK = Column("rank", "순위", "rank", "1이 으뜸", "1 is best")
_WORD_WHAT = (
    "무거운 순으로 열, 오른쪽은 그 가중치(한 토픽의 모든 말을 더하면 1)",
    "the ten heaviest, each with its weight; all words of a topic sum to 1",
)

_FREQUENCY = (
    _RANK,
    Column("term", "단어", "word", "많이 나온 순", "most frequent first"),
    Column("tag", "품사", "tag", "세종 품사 태그", "part of speech (Sejong)"),
    Column("frequency", "빈도", "frequency", "나온 횟수", "times said"),
    Column("percent", "비율(%)", "percent", "센 낱말 모두에서 차지하는 백분율", "of all words counted"),
    Column("n_segments", "문서 빈도", "document frequency", "나온 분석 단위의 수", "segments that say it"),
    Column("n_interviews", "면담 수", "interviews", "나온 면담의 수", "interviews that say it"),
    Column("tfidf_term", "단어(TF-IDF)", "word (TF-IDF)", "TF-IDF가 큰 순", "highest TF-IDF first"),
    Column("tfidf_tag", "품사(TF-IDF)", "tag (TF-IDF)", "세종 품사 태그", "part of speech (Sejong)"),
    Column("tfidf", "TF-IDF", "TF-IDF", "빈도 × ln(분석 단위 수 ÷ 문서 빈도). 키워드 표의 tfidf(단위마다 로그 tf × 평활 idf의 평균)와는 다른 값", "frequency × ln(segments / document frequency): not the tfidf of the keywords, a mean over segments"),
    Column("tfidf_frequency", "빈도(TF-IDF)", "frequency (TF-IDF)", "그 단어가 나온 횟수", "times that word is said"),
    Column("segment_ids", "단위 id", "segment ids", "왼쪽 단어가 나온 단위, | 로 구분", "segments that say the word on the left, parted by |"),
    Column("tfidf_segment_ids", "단위 id(TF-IDF)", "segment ids (TF-IDF)", "TF-IDF 쪽 단어가 나온 단위, | 로 구분", "segments that say the word ranked by TF-IDF, parted by |"),
)  # fmt: skip

_CENTRALITIES: Sequence[tuple[str, str, str, Callable[[NetworkTerm], float]]] = (
    ("degree", "연결 중심성", "degree", lambda one: one.degree),
    ("closeness", "근접 중심성", "closeness", lambda one: one.closeness),
    ("betweenness", "매개 중심성", "betweenness", lambda one: one.betweenness),
    ("eigenvector", "고유벡터 중심성", "eigenvector", lambda one: one.eigenvector),
)


def frequency(analysis: Analysis) -> Table:
    """Return the words by frequency and, beside them, by TF-IDF."""
    found = analysis.word_counts
    pairs = zip(found.frequent, found.characteristic, strict=True) if found else ()
    rows = tuple(
        (number, *_counted(left), *_weighed(right), *map(_ids, (left.segments, right.segments)))
        for number, (left, right) in enumerate(pairs, 1)
    )
    return Table("frequency", {"ko": "빈도분석", "en": "Frequencies"}, _FREQUENCY, rows)


def _counted(word: WordCount) -> tuple[Cell, ...]:
    n_segments = len(word.segments)
    return (*_split(word.term), word.frequency, word.percent, n_segments, word.n_interviews)


def _weighed(word: WordCount) -> tuple[Cell, ...]:
    return (*_split(word.term), word.tfidf, word.frequency)


def _split(term: str) -> tuple[str, str]:
    return shown_term(term), term.rpartition("/")[2]


def cooccurrence(analysis: Analysis) -> Table:
    """Return how often the network's most frequent words are said together, as a matrix."""
    network = analysis.network
    together = network.together[:MOST_TOGETHER] if network else ()
    terms = network.terms[: len(together)] if network else ()
    labels = shown_labels(network) if network else {}
    columns = (
        Column("term", "단어", "word", "많이 나온 순", "most frequent first"),
        *(
            Column(
                f"with_{labels[one.term]}", labels[one.term], labels[one.term],
                "이 단어와 함께 나온 수. 자기 자신과의 칸은 비움", "times said together with this word; empty with itself",
            )
            for one in terms
        ),
        Column("segment_ids", "단위 id", "segment ids",
               "행의 단어가 나온 단위, | 로 구분. 짝마다의 단위는 연결망 연결 표에", "segments that say the row's word, parted by |; those of a pair: network_edges"),
    )  # fmt: skip
    rows = tuple(
        (
            labels[one.term],
            *(None if at == number else n for at, n in enumerate(counts[: len(terms)])),
            _ids(one.segments),
        )
        for number, (one, counts) in enumerate(zip(terms, together, strict=True))
    )
    return Table("cooccurrence", {"ko": "동시출현", "en": "Co-occurrence"}, columns, rows)


def centrality(analysis: Analysis) -> Table:
    """Return the network's words ranked by each centrality, side by side."""
    network = analysis.network
    terms = network.terms if network and network.edges else ()
    labels = shown_labels(network) if network else {}
    ranked = [
        sorted(terms, key=lambda one: (-round(value(one), 9), -one.frequency, one.term))
        for *_, value in _CENTRALITIES
    ]
    rows = tuple(
        (
            number,
            *(
                cell
                for one, (*_, value) in zip(row, _CENTRALITIES, strict=True)
                for cell in (labels[one.term], value(one))
            ),
            *(_ids(one.segments) for one in row),
        )
        for number, row in enumerate(zip(*ranked, strict=True), 1)
    )
    columns = (
        _RANK,
        *(
            column
            for key, ko, en, _ in _CENTRALITIES
            for column in (
                Column(f"{key}_term", f"단어({ko})", f"word ({en})", f"{ko}이 큰 순", f"highest {en} first"),
                Column(key, ko, en, "0–1. 셈은 연결망 말 표의 설명대로", "0 to 1; as explained for the network's terms"),
            )
        ),
        *(
            Column(f"{key}_segment_ids", f"단위 id({ko})", f"segment ids ({en})", f"{ko} 쪽 단어가 나온 단위, | 로 구분", f"segments that say the word ranked by {en}, parted by |")
            for key, ko, en, _ in _CENTRALITIES
        ),
    )  # fmt: skip
    return Table("centrality", {"ko": "중심성", "en": "Centralities"}, columns, rows)


def topic_words(analysis: Analysis) -> Table:
    """Return a row a topic: its ten heaviest words with their weights."""
    columns = (
        Column("topic", "토픽", "topic", "토픽 번호(비중이 큰 순)", "number, by prevalence"),
        TOPIC_LABEL,
        Column("percent", "비중(%)", "percent", "전체 단위에서 차지하는 백분율", "share of all segments' weight, 0 to 100"),
        *(
            column
            for n in range(1, WORDS_A_TOPIC + 1)
            for column in (
                Column(f"word{n}", f"단어 {n}", f"word {n}", *_WORD_WHAT),
                Column(f"weight{n}", f"가중치 {n}", f"weight {n}", *_WORD_WHAT),
            )
        ),
        Column("segment_ids", "단위 id", "segment ids", "이 토픽이 주된 단위, 전형적인 순, | 로 구분", "segments whose main topic it is, most typical first, parted by |"),
    )  # fmt: skip
    rows = tuple(
        (
            topic.id,
            topic.label,
            100 * topic.prevalence,
            *(
                cell
                for _, word in zip_longest(range(WORDS_A_TOPIC), topic.terms[:WORDS_A_TOPIC])
                for cell in ((shown_term(word[0]), word[1]) if word else ("", None))
            ),
            _ids(topic.segments),
        )
        for topic in sorted(analysis.model.topics, key=lambda topic: topic.id)
    )
    return Table("topic_words", {"ko": "토픽별 단어", "en": "Words of topics"}, columns, rows)


def _ids(segments: Sequence[str]) -> str:
    return _JOINED_BY.join(segments)
