"""Prevalence by group as rows and columns."""

from __future__ import annotations

from pipeline.errors import Lang
from pipeline.mining.groupings import THIRDS
from pipeline.records import Analysis, Keyword, Prevalence
from pipeline.views.columns import Cell, Column
from pipeline.views.lookups import code_paths, in_tree_order

_JOINED_BY = "|"
_KINDS = ("topic", "code")
_THIRDS = {
    "ko": {"1/3": "앞", "2/3": "가운데", "3/3": "뒤"},
    "en": {"1/3": "first", "2/3": "middle", "3/3": "last"},
}

PREVALENCE = (
    Column("kind", "종류", "kind", "topic은 토픽, code는 코드", "topic or code"),
    Column("item", "토픽·코드", "item", "토픽 번호 또는 코드북에 적힌 이름", "the topic's number, or the code as named"),
    Column("label", "이름", "label", "토픽의 이름. 코드는 코드북에서의 자리", "the topic's label, or the code's place in the codebook"),
    Column("field", "나눈 열", "field", "집단을 나눈 열. 빈칸은 자료 전체, interview_third는 면담의 앞·가운데·뒤", "column that parts the groups; empty: the whole corpus, interview_third: thirds of an interview"),
    Column("group", "집단", "group", "그 열의 값", "value in that column"),
    Column("prevalence", "비중", "prevalence", "토픽: 집단의 모든 단위에서, 코드: 집단의 코딩된 단위에서 차지하는 몫(0–1)", "share of the group's segments (codes: of its coded segments), 0 to 1"),
    Column("low", "95% 아래", "95% low", "95% 구간의 아래. 빈칸은 참여자가 적어 내지 않음", "lower bound; empty: too few participants"),
    Column("high", "95% 위", "95% high", "95% 구간의 위", "upper bound"),
    Column("lowest", "가장 작은 참여자", "lowest participant", "한 참여자 안의 비중 가운데 가장 작은 것", "smallest share within one participant"),
    Column("highest", "가장 큰 참여자", "highest participant", "한 참여자 안의 비중 가운데 가장 큰 것", "largest share within one participant"),
    Column("difference", "차이", "difference", "그 열의 다른 집단 모두와의 차이(비중에서 뺀 값)", "from all other groups of that column"),
    Column("difference_low", "차이 95% 아래", "difference 95% low", "차이의 95% 구간의 아래. 구간에 0이 들면 차이가 있다고 말하기 어려움", "lower bound; where 0 is within the bounds, there may be no difference"),
    Column("difference_high", "차이 95% 위", "difference 95% high", "차이의 95% 구간의 위", "upper bound"),
    Column("n_participants", "참여자 수", "participants", "그 집단에서 말한 참여자(면담이 여럿이어도 하나, 함께 면담한 사람들은 하나)", "who spoke, one however many interviews; people interviewed together are one"),
    Column("n_interviews", "면담 수", "interviews", "그 집단의 면담", "the group's"),
    Column("n_segments", "단위 수", "segments", "비중을 구한 단위", "segments the share is of"),
    Column("n_passages", "대목 수", "passages", "그 토픽이 주된 단위, 그 코드가 붙은 단위", "segments whose main topic it is, or that bear the code"),
    Column("segment_ids", "단위 id", "segment ids", "그 대목들, | 로 구분", "those passages, parted by |"),
)  # fmt: skip


def in_order(analysis: Analysis) -> list[Prevalence]:
    """Return what was compared: topics by number, then codes as in the codebook."""
    if analysis.comparison is None:
        return []
    order = {("topic", str(t.id)): at for at, t in enumerate(analysis.model.topics)}
    order |= {("code", c.name): at for at, c in enumerate(in_tree_order(analysis.codes))}
    # Sorting keeps the order of fields and groups that the comparison has.
    return sorted(
        analysis.comparison.rows, key=lambda r: (_KINDS.index(r.kind), order[r.kind, r.item])
    )


def prevalence_rows(analysis: Analysis) -> tuple[tuple[Cell, ...], ...]:
    """Return the rows of ``PREVALENCE``, by item, column and group."""
    labels = {str(topic.id): topic.label for topic in analysis.model.topics}
    paths = code_paths(analysis.codes)
    return tuple(
        (
            one.kind,
            one.item,
            labels[one.item] if one.kind == "topic" else " › ".join(paths[one.item]),
            one.field, shown_group(one, analysis.lang), one.value, one.low, one.high,
            one.lowest, one.highest, one.difference, one.difference_low, one.difference_high,
            one.n_participants, one.n_interviews, one.n_segments,
            len(one.segments), _JOINED_BY.join(one.segments),
        )
        for one in in_order(analysis)
    )  # fmt: skip


def shown_group(one: Prevalence | Keyword, lang: Lang) -> str:
    """Return the name of a group as people read it."""
    if not one.field:
        return {"ko": "전체", "en": "all"}[lang]
    return _THIRDS[lang].get(one.group, one.group) if one.field == THIRDS else one.group
