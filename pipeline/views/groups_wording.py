"""What the report says of groups, in both languages."""

from __future__ import annotations

from collections.abc import Mapping

from pipeline.errors import Lang

_WORDS: Mapping[str, tuple[str, str]] = {
    "lead": (
        "집단마다 토픽과 코드가 차지하는 몫입니다. 점은 비중, 굵은 선은 95% 구간, 옅은 선은 참여자 한 사람 한 사람의 비중이 놓인 "
        "범위입니다. 구간은 단위가 아니라 참여자를 다시 뽑아 구했습니다. 한 사람의 말은 서로 닮기 때문입니다.",
        "What share topics and codes have in each group. Dots are shares, bold lines 95% intervals, "
        "pale lines the range of single participants. Intervals draw participants, not segments, "
        "since what one person says is alike.",
    ),
    "few": (
        "면담이 {interviews:,}건, 참여자가 {participants:,}명이라 집단의 차이를 검정하지 않았습니다. 유의확률(p)은 어디에도 없습니다. "
        "구간이 겹치지 않더라도 «이 연구의 참여자들은 그랬다»는 뜻이며, 견준 칸이 많아 우연히 벌어진 것도 섞여 있습니다. 어느 대목을 "
        "다시 읽을지 고르는 데 쓰세요.",
        "With {interviews:,} interviews of {participants:,} participants no difference between groups "
        "is tested, and there is no p-value. Even intervals apart speak of these participants; with "
        "so many comparisons some are apart by chance. Use them to choose what to read again.",
    ),
    "many": (
        "유의확률(p)은 싣지 않습니다. 견준 칸이 많아 우연히 벌어진 차이도 섞여 있습니다.",
        "No p-value is given; with so many comparisons some groups are apart by chance.",
    ),
    "fewest": (
        "참여자가 {fewest}명이 안 되는 집단에는 구간이 없습니다. 그 몇 사람을 다시 뽑아서는 그 밖의 사람을 어림할 수 없기 때문입니다.",
        "Groups of fewer than {fewest} participants have no interval: drawing them again tells "
        "nothing of anybody else.",
    ),
    "apart": (
        "◆는 다른 집단 모두와의 차이의 95% 구간에 0이 들지 않는다는 표시입니다.",
        "◆ marks groups whose difference from all others has a 95% interval without 0.",
    ),
    "by": ("{field}별 {kind}", "{kind} by {field}"),
    "thirds": ("면담의 앞·가운데·뒤", "first, middle and last third of the interview"),
    "thirds_by": ("면담의 앞·가운데·뒤의 {kind}", "{kind} in the thirds of the interview"),
    "topic": ("토픽", "Topics"),
    "code": ("코드", "Codes"),
    "limit": (
        "{total:,}개 가운데 비중이 큰 {shown:,}개를 그렸습니다. 전부와 차이의 구간은 tables/prevalence.csv에 있습니다.",
        "The {shown:,} largest of {total:,} are drawn; all, with differences, are in "
        "tables/prevalence.csv.",
    ),
    "all": (
        "차이와 그 구간, 대목의 id는 tables/prevalence.csv에 있습니다.",
        "Differences with intervals, and the passages, are in tables/prevalence.csv.",
    ),
    "none": (
        "견줄 집단이 없습니다. participants.csv에 role, district, round 같은 열을 두거나 설정 groups에 열 이름을 적으세요.",
        "There are no groups to compare. Add a column such as role, district or round to "
        "participants.csv, or name one in the setting groups.",
    ),
}  # fmt: skip

# What the usual columns are called on the page; others as they are headed.
_FIELDS = {"role": "역할", "district": "지역", "round": "회차", "date": "날짜"}


def field_word(field: str, lang: Lang) -> str:
    """Return how a column is called on the page."""
    return _FIELDS.get(field, field) if lang == "ko" else field


def groups_words(lang: Lang) -> dict[str, str]:
    """Return every phrase in ``lang``."""
    return {key: ko if lang == "ko" else en for key, (ko, en) in _WORDS.items()}
