"""The columns of the tables: key, heading in both languages, and what stands there."""

from __future__ import annotations

from dataclasses import dataclass

Cell = str | int | float | bool | None


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table.

    ``key`` heads it in CSV, where other programs look it up; ``ko`` and ``en`` in the
    workbook. ``what_ko`` and ``what_en`` explain it. ``guarded`` columns hold what people
    said or typed: in CSV their cells are kept from being read as formulas.
    """

    key: str
    ko: str
    en: str
    what_ko: str
    what_en: str
    guarded: bool = False


_TOPIC = Column("topic", "토픽", "topic", "토픽 번호(비중이 큰 순)", "number, by prevalence")
_SEGMENT = Column("segment", "단위", "segment", "분석 단위의 id", "the segment's id")
_INTERVIEW = Column("interview", "면담", "interview", "면담 id", "the interview's id")
_CODE = Column("code", "코드", "code", "코드북에 적힌 이름 그대로", "as named in the codebook")
_TEXT = Column("text", "원문", "text", "말한 그대로", "what was said", guarded=True)
_SPEAKER = Column("speaker", "화자", "speaker", "화자 표시", "as labelled", guarded=True)
_N_SEGMENTS = Column("n_segments", "단위 수", "segments", "해당하는 분석 단위의 수", "how many")

TOPICS = (
    _TOPIC,
    Column("label", "이름", "label", "이 토픽을 다른 토픽과 가르는 말과 구 셋까지",
           "up to three words or phrases that mark it off from the others", guarded=True),
    Column("recurrence", "재현율", "recurrence", "자료를 덜어 내고 다시 돌려도 나타난 비율(0–1). 빈칸은 재지 않음",
           "share of resamples that found it again (0 to 1); empty: not measured"),
    Column("prevalence", "비중", "prevalence", "전체 단위에서 차지하는 몫(0–1)",
           "share of all segments' weight (0 to 1)"),
    Column("terms", "말", "terms", "무거운 순 스무 개, | 로 구분. 동사·형용사는 기본형",
           "20 heaviest, parted by |; verbs and adjectives in dictionary form", guarded=True),
    Column("n_segments", "단위 수", "segments", "이 토픽이 주된 단위의 수",
           "segments whose main topic it is"),
    Column("segment_ids", "단위 id", "segment ids", "그 단위들, 전형적인 순, | 로 구분",
           "those segments, most typical first, parted by |"),
)  # fmt: skip

TOPIC_COUNTS = (
    Column("count", "토픽 수", "topics", "견준 토픽 수", "number of topics tried"),
    Column("npmi", "NPMI", "NPMI", "정합성, gensim c_npmi(-1–1)", "coherence, gensim's c_npmi (-1 to 1)"),
    Column("c_v", "C_v", "C_v", "정합성, gensim c_v(0–1)", "coherence, gensim's c_v (0 to 1)"),
    Column("stability", "안정성", "stability", "면담을 덜어 낸 표본끼리 무거운 말 열 개가 겹치는 정도(0–1)",
           "overlap of the ten heaviest terms between resamples (0 to 1)"),
    Column("exclusivity", "배타성", "exclusivity", "무거운 말의 무게 가운데 그 토픽만의 몫(0–1)",
           "share of the heaviest terms' weight that is a topic's own (0 to 1)"),
    Column("score", "점수", "score", "정합성·안정성·배타성을 0–1로 맞춘 평균",
           "mean of coherence, stability and exclusivity, each scaled from 0 to 1"),
    Column("chosen", "정함", "chosen", "정한 수인지(true/false)", "whether it was chosen"),
)  # fmt: skip

TOPIC_SEEDS = (
    Column("seed", "씨앗", "seed", "설정 topics.seeds의 이름", "as named in topics.seeds", guarded=True),
    _TOPIC,
    Column("words", "씨앗 말", "words", "끌어온 말, | 로 구분", "words that pulled, parted by |", guarded=True),
    Column("unknown", "없는 말", "unknown", "자료에 없는 말, | 로 구분", "words not in the text, parted by |", guarded=True),
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
    Column("score", "점수", "score", "토픽과 코드가 맞는 정도(표준편차). 0은 여느 토픽만큼, 클수록 가까움",
           "how well they fit, in standard deviations: 0 is as topics do on average"),
    Column("p_value", "p", "p", "우연히 이만큼 맞을 확률(순열 검정)",
           "chance of so good a fit by accident (permutations)"),
    Column("rank", "순위", "rank", "그 토픽 안의 순위, 1이 으뜸", "within the topic; 1 is best"),
)  # fmt: skip

KEYWORDS = (
    Column("method", "방법", "method", "tfidf 또는 log_likelihood", "how it was found"),
    Column("group", "집단", "group", "견준 집단. «전체»는 모든 단위", "the group", guarded=True),
    Column("term", "말", "term", "동사·형용사는 기본형", "verbs in dictionary form", guarded=True),
    Column("tag", "품사", "tag", "세종 품사 태그", "part of speech (Sejong)"),
    Column("score", "점수", "score", "그 방법의 점수. 방법끼리 견주지 않음",
           "the method's own; never compare across methods"),
    Column("frequency", "빈도", "frequency", "집단 안에서 나온 횟수", "times said in the group"),
    Column("n_segments", "단위 수", "segments", "집단 안에서 나온 단위의 수",
           "segments of the group that say it"),
)  # fmt: skip

INTERVIEWS = (
    _INTERVIEW,
    Column("source", "파일", "source", "원본 파일 이름", "name of its file", guarded=True),
    Column("n_turns", "발화 수", "turns", "면담자의 발화도 셈", "interviewer's turns included"),
    Column("n_segments", "단위 수", "segments", "분석 단위의 수", "segments cut from it"),
    Column("n_characters", "글자 수", "characters", "파일의 글자 수(공백 포함)", "blanks included"),
)

CODES = (
    # Headed otherwise than the codebook's last level, which a study may call «코드».
    Column("code", "이름", "name", "코드북에 적힌 이름 그대로", "as named in the codebook"),
    Column("depth", "깊이", "depth", "0이 맨 위", "0 is the top"),
    Column("source", "출처", "source", "코드북의 source", "the codebook's source", guarded=True),
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
    Column("topic_label", "토픽 이름", "topic label", "주된 토픽의 이름", "its name", guarded=True),
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

UNCOVERED = (
    Column("group", "무리", "group", "무리 번호(큰 순)", "number, the largest first"),
    Column("terms", "말", "terms", "무리를 두드러지게 하는 말, | 로 구분. 동사·형용사는 기본형",
           "words that mark it off, parted by |; verbs in dictionary form", guarded=True),
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
               "the words that speak for it, and why", guarded=True),
    )  # fmt: skip


def field_column(name: str, taken: tuple[Column, ...]) -> Column:
    """Return the column of a metadata field; its key is marked where ``taken`` has it."""
    clash = any(column.key == name for column in taken)
    what = ("자료에 딸린 정보", "metadata of the study")
    return Column(f"field_{name}" if clash else name, name, name, *what, guarded=True)
