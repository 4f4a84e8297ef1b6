"""The columns of the tables: key, heading in both languages, and what stands there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from pipeline.errors import Lang

# Columns of one meaning side by side, as in a matrix, that are explained one by one.
_MOST_ALIKE = 5

Cell = str | int | float | bool | None


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table.

    ``key`` heads it in CSV, where other programs look it up; ``ko`` and ``en`` in the
    workbook. ``what_ko`` and ``what_en`` explain it.
    """

    key: str
    ko: str
    en: str
    what_ko: str
    what_en: str


@dataclass(frozen=True, slots=True)
class Table:
    """A table: ``name`` is its file's stem, ``title`` its name in both languages.

    Each of ``rows`` has as many cells as there are ``columns``; ``None`` is an empty cell.
    ``how`` says in a sentence how it was made, from the parameters really used.
    """

    name: str
    title: Mapping[Lang, str]
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    how: Mapping[Lang, str] = field(default_factory=dict)


_TOPIC = Column("topic", "토픽", "topic", "토픽 번호(비중이 큰 순)", "number, by prevalence")
_SEGMENT = Column("segment", "단위", "segment", "분석 단위의 id", "the segment's id")
_INTERVIEW = Column("interview", "면담", "interview", "면담 id", "the interview's id")
_CODE = Column("code", "코드", "code", "코드북에 적힌 이름 그대로", "as named in the codebook")
_TEXT = Column("text", "원문", "text", "말한 그대로", "what was said")
_SPEAKER = Column("speaker", "화자", "speaker", "화자 표시", "as labelled")
_N_SEGMENTS = Column("n_segments", "단위 수", "segments", "해당하는 분석 단위의 수", "how many")
TOPIC_LABEL = Column("label", "이름", "label", "이 토픽을 다른 토픽과 가르는 말과 구 셋까지",
                     "up to three words or phrases that mark it off from the others")  # fmt: skip

TOPICS = (
    _TOPIC,
    TOPIC_LABEL,
    Column("recurrence", "재현율", "recurrence", "자료를 덜어 내고 다시 돌려도 나타난 비율(0–1). 빈칸은 재지 않음",
           "share of resamples that found it again (0 to 1); empty: not measured"),
    Column("prevalence", "비중", "prevalence", "전체 단위에서 차지하는 몫(0–1)",
           "share of all segments' weight (0 to 1)"),
    Column("terms", "말", "terms", "무거운 순 스무 개, | 로 구분. 동사·형용사는 기본형",
           "20 heaviest, parted by |; verbs and adjectives in dictionary form"),
    Column("n_segments", "단위 수", "segments", "이 토픽이 주된 단위의 수",
           "segments whose main topic it is"),
    Column("segment_ids", "단위 id", "segment ids", "그 단위들, 전형적인 순, | 로 구분",
           "those segments, most typical first, parted by |"),
)  # fmt: skip

TOPIC_COUNTS = (
    Column("count", "토픽 수", "topics", "견준 토픽 수", "number of topics tried"),
    Column("npmi", "NPMI", "NPMI", "정합성 c_npmi(-1–1)", "coherence c_npmi (-1 to 1)"),
    Column("c_v", "C_v", "C_v", "정합성 c_v(0–1)", "coherence c_v (0 to 1)"),
    Column("stability", "안정성", "stability", "면담을 덜어 낸 표본끼리 무거운 말 열 개가 겹치는 정도(0–1)",
           "overlap of the ten heaviest terms between resamples (0 to 1)"),
    Column("exclusivity", "배타성", "exclusivity", "무거운 말의 무게 가운데 그 토픽만의 몫(0–1)",
           "share of the heaviest terms' weight that is a topic's own (0 to 1)"),
    Column("score", "점수", "score", "정합성·안정성·배타성을 0–1로 맞춘 평균",
           "mean of coherence, stability and exclusivity, each scaled from 0 to 1"),
    Column("chosen", "정함", "chosen", "정한 수인지(true/false)", "whether it was chosen"),
)  # fmt: skip

TOPIC_SEEDS = (
    Column("seed", "씨앗", "seed", "설정 topics.seeds의 이름", "as named in topics.seeds"),
    _TOPIC,
    Column("words", "씨앗 말", "words", "끌어온 말, | 로 구분", "words that pulled, parted by |"),
    Column("unknown", "없는 말", "unknown", "자료에 없는 말, | 로 구분", "words not in the text, parted by |"),
    Column("among_10", "상위 10", "among 10", "무거운 말 열 개에 든 씨앗 말의 몫(0–1)",
           "share of the seed's words among the topic's ten heaviest (0 to 1)"),
    Column("among_20", "상위 20", "among 20", "무거운 말 스무 개에 든 씨앗 말의 몫(0–1)", "among its twenty heaviest"),
    Column("mass", "무게", "mass", "토픽의 무게에서 씨앗 말의 몫(0–1)", "share of the topic's weight (0 to 1)"),
    Column("unseeded_10", "씨앗 없이 상위 10", "unseeded 10", "씨앗 없이 찾은 가장 가까운 토픽에서", "in the best topic without seeds"),
    Column("unseeded_20", "씨앗 없이 상위 20", "unseeded 20", "씨앗 없이 찾은 가장 가까운 토픽에서", "in the best topic without seeds"),
    Column("unseeded_mass", "씨앗 없이 무게", "unseeded mass", "씨앗 없이 찾은 가장 가까운 토픽에서", "in the best topic without seeds"),
)  # fmt: skip

ALIGNMENT = (
    _TOPIC,
    _CODE,
    Column("score", "점수", "score", "토픽의 대목이 코드와 맞는 정도. 0은 여느 대목만큼, 클수록 잘 맞음(아래 세 부분의 합)",
           "how well the topic's passages fit the code: 0 is as passages do on average; sum of the"
           " three parts"),
    Column("p_value", "p", "p", "우연히 이만큼 맞을 확률(순열 검정)",
           "chance of so good a fit by accident (permutations)"),
    Column("rank", "순위", "rank", "그 토픽 안의 순위, 1이 으뜸", "within the topic; 1 is best"),
    Column("q_value", "q", "q", "견준 칸 모두를 헤아려 고친 p(Benjamini-Hochberg)",
           "p corrected for all that was compared (Benjamini-Hochberg)"),
    Column("relation", "관계", "relation", "p < .01인 짝이 이루는 관계(1:1, 토픽 하나에 코드 여럿은 1:n, 코드 하나에 토픽 여럿은"
           " n:1, 둘 다면 n:n). 빈칸은 대응 없음", "of pairs with p < .01: 1:1, one topic on several codes"
           " (1:n), several topics on one code (n:1), or both (n:n); empty: no match"),
    Column("near", "뜻", "near", "점수 가운데 토픽의 대목이 코드의 말에 뜻으로 가까운 몫", "part: near in meaning"),
    Column("said", "말", "said", "점수 가운데 코드의 말을 그대로 쓰는 몫", "part: the code's words are said"),
    Column("coded", "코딩", "coded", "점수 가운데 그 코드가 기대보다 자주 붙은 몫. 코딩이 없으면 0",
           "part: the code was put there more often than expected; 0 without codings"),
)  # fmt: skip

KEYWORDS = (
    Column("method", "방법", "method", "frequency 빈도, tfidf 단위마다의 TF-IDF(로그 tf × 평활 idf)를 평균한 값(빈도분석 표의 TF-IDF와 다름), ctfidf, log_likelihood 로그우도, log_odds 로그승산비 z, textrank, phrases 복합어(C-value)",
           "how it was found; tfidf is a mean over segments, not the TF-IDF of the frequency table"),
    Column("group", "집단", "group", "견준 집단. «전체»는 모든 단위", "the group; «all» is every segment"),
    Column("term", "말", "term", "동사·형용사는 기본형", "verbs in dictionary form"),
    Column("tag", "품사", "tag", "세종 품사 태그. 여러 낱말이면 +로 이음", "parts of speech (Sejong), of several words joined by +"),
    Column("score", "점수", "score", "그 방법의 점수. 방법끼리 견주지 않음",
           "the method's own; never compare across methods"),
    Column("frequency", "빈도", "frequency", "집단 안에서 나온 횟수", "times said in the group"),
    Column("n_segments", "단위 수", "segments", "집단 안에서 나온 단위의 수",
           "segments of the group that say it"),
    Column("field", "집단 구분", "grouped by", "집단을 나눈 열. 빈칸은 전체", "what groups are made by; empty: the whole"),
    Column("effect", "효과 크기", "effect", "로그비: 0은 나머지 집단과 같게, 1은 두 배, 2는 네 배 자주(Hardie, 2014). 빈칸은 견줄 나머지가 없음",
           "log ratio: 0 as often as the other groups, 1 twice, 2 four times (Hardie, 2014); empty: no rest"),
    Column("dispersion", "치우침", "dispersion", "집단의 면담에 퍼진 정도, Gries의 DP를 0–1로 맞춤: 0은 고루, 1은 한 면담에만. 빈칸은 면담이 하나",
           "Gries' DP over the group's interviews, normalised: 0 evenly spread, 1 in one alone; empty: one interview"),
    Column("n_interviews", "면담 수", "interviews", "집단 안에서 나온 면담의 수", "interviews of the group that say it"),
    Column("largest_share", "한 사람 몫", "largest share", "가장 많이 말한 한 사람이 차지하는 비율(0–1)", "share of its uses by who says it most (0 to 1)"),
    Column("speaker", "그 사람", "who", "가장 많이 말한 사람", "who says it most"),
    Column("segment_ids", "단위 id", "segment ids", "말한 단위 모두, | 로 구분", "all segments that say it, parted by |"),
)  # fmt: skip

NGRAMS = (
    Column("size", "길이", "size", "이어진 말의 수", "terms that follow each other"),
    Column("terms", "말", "terms", "한 문장에서 이어진 말, 조사·어미는 건너뜀. 동사·형용사는 기본형",
           "in one sentence, particles and endings passed over; verbs in dictionary form"),
    Column("tags", "품사", "tags", "세종 품사 태그, +로 이음", "parts of speech (Sejong), joined by +"),
    Column("count", "빈도", "count", "나온 횟수", "times said"),
    Column("n_segments", "단위 수", "segments", "나온 단위의 수", "segments that say it"),
    Column("n_interviews", "면담 수", "interviews", "나온 면담의 수", "interviews that say it"),
    Column("npmi", "NPMI", "NPMI", "함께 이어질 우연과 견준 결합 정도(-1–1), 0은 우연만큼",
           "association (-1 to 1); 0 is chance"),
    Column("t_score", "t-점수", "t-score", "나온 횟수가 우연보다 많은 정도. 2 이상이면 뚜렷함",
           "how surely more often than by chance; 2 and more is clear"),
    Column("segment_ids", "단위 id", "segment ids", "나온 단위 모두, | 로 구분", "all segments that say it, parted by |"),
)  # fmt: skip

INTERVIEWS = (
    _INTERVIEW,
    Column("source", "파일", "source", "원본 파일 이름", "name of its file"),
    Column("n_turns", "발화 수", "turns", "면담자의 발화도 셈", "interviewer's turns included"),
    Column("n_segments", "단위 수", "segments", "분석 단위의 수", "segments cut from it"),
    Column("n_characters", "글자 수", "characters", "파일의 글자 수(공백 포함)", "blanks included"),
)

CODES = (
    # Headed otherwise than the codebook's last level, which a study may call «코드».
    Column("code", "이름", "name", "코드북에 적힌 이름 그대로", "as named in the codebook"),
    Column("depth", "깊이", "depth", "0이 맨 위", "0 is the top"),
    Column("source", "출처", "source", "코드북의 source", "the codebook's source"),
    Column("n_codings", "코딩 수", "codings", "이 코드를 붙인 횟수(하위 코드는 세지 않음)",
           "times put on a passage (child codes not counted)"),
    Column("n_segments", "단위 수", "segments", "이 코드가 붙은 분석 단위의 수",
           "segments that bear it"),
    Column("n_interviews", "면담 수", "interviews", "이 코드가 붙은 면담의 수",
           "interviews that bear it"),
)  # fmt: skip

SEGMENTS = (
    _SEGMENT,
    _INTERVIEW,
    _SPEAKER,
    Column("time", "시각", "time", "녹음의 시:분:초. 빈칸은 모름", "h:m:s into the recording"),
    _TEXT,
    Column("codes", "코드", "codes", "붙은 코드, | 로 구분", "codes put on it, parted by |"),
    Column("topic", "토픽", "topic", "주된 토픽의 번호", "its main topic"),
    Column("topic_label", "토픽 이름", "topic label", "주된 토픽의 이름", "its name"),
)

SUGGESTIONS = (
    _SEGMENT,
    _INTERVIEW,
    _TEXT,
    Column("fits", "맞는 코드", "fits", "맞는 코드가 있어 보이는지(true/false)",
           "whether any code seems to fit"),
)  # fmt: skip

SUGGESTIONS_LAST = (
    Column("likely", "예측 집합", "likely set", "맞는 코드가 적어도 하나 들 확률이 90%가 되게 고른 코드, | 로 구분."
           " 빈칸은 그런 코드가 없거나 코딩이 모자람", "codes that hold a right one with a probability of 90%,"
           " parted by |; empty: there are none, or too little is coded to tell"),
    Column("above", "문턱을 넘은 코드", "above threshold", "목표 정밀도(suggest.precision)의 문턱을 넘은 제안, | 로 구분",
           "suggestions that reach the threshold for suggest.precision, parted by |"),
    Column("like", "비슷한 대목", "most like", "코드 1이 붙은 단위 가운데 가장 비슷한 것의 id",
           "the segment most like this one among those coded with code 1"),
)  # fmt: skip

GAPS = (
    Column("kind", "종류", "kind", "unsupported 받쳐 주는 토픽이 없는 코드, unread 견줄 말이 없는 코드, uncovered 덮는 코드가 없는 토픽,"
           " shared 토픽 하나를 나누는 코드들, split 토픽 둘로 갈리는 코드", "unsupported or unread code, uncovered topic,"
           " shared topic, split code"),
    Column("topics", "토픽", "topics", "토픽 번호, | 로 구분. 받쳐 주는 토픽이 없는 코드에는 그나마 가장 가까운 토픽",
           "numbers, parted by |; of an unsupported code the nearest"),
    Column("codes", "코드", "codes", "코드북에 적힌 이름 그대로, | 로 구분. 덮는 코드가 없는 토픽에는 그나마 가장 가까운 코드",
           "as named in the codebook, parted by |; of an uncovered topic the nearest"),
    Column("finding", "살펴볼 것", "finding", "판정이 아니라 살펴볼 것", "something to look at, no verdict"),
    Column("score", "점수", "score", "그 짝의 대응 점수. 여럿이면 으뜸 둘 가운데 약한 쪽",
           "of the match it rests on; the weaker of the two surest"),
    Column("p_value", "p", "p", "그 점수가 우연히 나올 확률(순열 검정)", "by permutation"),
    Column("n_segments", "단위 수", "segments", "그 코드가 붙은 단위, 덮는 코드가 없는 토픽의 단위, 코드가 둘 이상 함께 붙은 단위의 수",
           "segments that bear the code, two of the codes, or are the topic's"),
    Column("n_coded", "코딩된 단위", "coded", "그 가운데(함께 나누는 코드는 하나라도 붙은) 코딩된 단위의 수",
           "of those coded; of shared topics, segments that bear any of the codes"),
    Column("n_left_out", "빼 본 면담", "left out", "하나씩 빼고 다시 셈한 면담의 수. 0은 빼 볼 수 없었음",
           "interviews left out in turn; 0: there is but one"),
    Column("n_standing", "그래도 그러함", "standing", "면담을 뺐을 때도 그대로인 횟수", "how often it stands meanwhile"),
    Column("lowest", "최저 점수", "lowest", "그동안 가장 낮은 점수", "lowest score meanwhile"),
    Column("highest", "최고 점수", "highest", "그동안 가장 높은 점수", "highest score meanwhile"),
    Column("hangs_on", "달린 면담", "hangs on", "빼면 달라지는 면담의 id, | 로 구분",
           "interviews without which it does not stand, parted by |"),
    Column("segment_ids", "단위 id", "segment ids", "읽어 볼 대목, | 로 구분", "passages to read, parted by |"),
)  # fmt: skip

UNCOVERED = (
    Column("group", "무리", "group", "무리 번호(큰 순)", "number, the largest first"),
    Column("terms", "말", "terms", "무리를 두드러지게 하는 말, | 로 구분. 동사·형용사는 기본형",
           "words that mark it off, parted by |; verbs in dictionary form"),
    _N_SEGMENTS,
    Column("n_interviews", "면담 수", "interviews", "그 단위들이 나온 면담의 수", "they come from"),
    Column("segment_ids", "단위 id", "segment ids", "그 단위들, 전형적인 순, | 로 구분",
           "those segments, most typical first, parted by |"),
)  # fmt: skip


def level_column(number: int, name: str) -> Column:
    """Return the column of the codebook's level ``number`` (from 1), called ``name``."""
    what = ("코드북에서의 자리", "where the code stands in the codebook")
    return Column(f"level_{number}", name, name, *what)


def coder_column(coder: str) -> Column:
    """Return the column that counts one coder's codings."""
    return Column(
        f"n_codings_{coder}", f"코딩 수: {coder}", f"codings: {coder}",
        "이 코더가 붙인 횟수", "times this coder put it on a passage",
    )  # fmt: skip


def suggested_columns(rank: int) -> tuple[Column, Column, Column]:
    """Return the columns of the suggestion of ``rank`` (from 1): code, score, why."""
    return (
        Column(f"code{rank}", f"코드 {rank}", f"code {rank}",
               f"제안 {rank}순위", f"suggestion number {rank}"),
        Column(f"score{rank}", f"점수 {rank}", f"score {rank}", "0–1, 높을수록 유력",
               "0 to 1, higher is likelier"),
        Column(f"why{rank}", f"근거 {rank}", f"why {rank}", "근거가 된 말과 까닭",
               "the words that speak for it, and why"),
    )  # fmt: skip


def field_column(name: str, taken: tuple[Column, ...]) -> Column:
    """Return the column of a metadata field; its key is marked where ``taken`` has it."""
    clash = any(column.key == name for column in taken)
    what = ("자료에 딸린 정보", "metadata of the study")
    return Column(f"field_{name}" if clash else name, name, name, *what)


def alike(columns: Sequence[Column]) -> list[list[Column]]:
    """Return ``columns`` in runs: a row of six and more of one meaning, as in a matrix, is one."""
    runs: list[list[Column]] = []
    for _, group in groupby(columns, lambda column: column.what_en):
        run = list(group)
        runs += [run] if len(run) > _MOST_ALIKE else [[column] for column in run]
    return runs


def explained(table: Table, lang: Lang) -> list[tuple[str, str, str]]:
    """Return each column's key, heading and meaning; a long run of the same meaning as one row."""
    rows: list[tuple[str, str, str]] = []
    for run in alike(table.columns):
        ends = (run[0], run[-1]) if len(run) > 1 else (run[0],)
        headings = [column.ko if lang == "ko" else column.en for column in ends]
        what = run[0].what_ko if lang == "ko" else run[0].what_en
        rows.append((" … ".join(column.key for column in ends), " … ".join(headings), what))
    return rows
