"""How the gap report is put, in both languages: something to look at, never a verdict.

One row a phrase; ``{name}`` is filled in by ``str.format``. No phrase holds markup.
"""

from __future__ import annotations

from collections.abc import Mapping

from pipeline.errors import Lang

_WORDS: Mapping[str, tuple[str, str]] = {
    "gaps": ("코드북과 토픽 사이의 빈틈", "Gaps between codebook and topics"),
    "lead": (
        "코드북과 토픽이 서로 어긋나는 곳입니다. 판정이 아니라 살펴볼 것이며, 대목을 읽고 사람이 정합니다. «없다»는 것은 우연히도 스무 번에 "
        "한 번은 나올 만큼의 대응(p < .05)조차 없을 때만, «있다»는 것은 우연으로는 백 번에 한 번도 나오기 어려울 때(p < .01)만 말합니다.",
        "Where codebook and topics do not lie on each other: not verdicts but things to look at; read "
        "the passages and decide. Something is called missing only where not even p < .05 is "
        "reached, and called there only at p < .01.",
    ),
    "stable_all": (
        "토픽의 재현율을 재지 않았으므로 모든 토픽을 받쳐 주는 것으로 보았습니다.",
        "Recurrence was not measured: every topic counts as support.",
    ),
    "stable_some": (
        "재현율이 {share} 이상인 토픽 {n:,}개만 받쳐 주는 것으로 보았습니다.",
        "Only the {n:,} topics with a recurrence of {share} or more count as support.",
    ),
    "stable_none": (
        "재현율이 {share} 이상인 토픽이 하나도 없어(가장 높은 것이 {most}) 모든 토픽을 두고 보았습니다. 면담을 덜어 내면 토픽부터 달라지므로 "
        "아래는 그만큼 조심해서 읽으세요.",
        "No topic has a recurrence of {share} or more (the highest is {most}), so all count as "
        "support. The topics themselves change with the interviews: read what follows with as much care.",
    ),
    "none": ("살펴볼 빈틈이 없습니다.", "There is no gap to look at."),
    "uncovered": ("덮는 코드가 없는 토픽: 새 코드의 후보", "Topics that no code covers: candidates for new codes"),
    "unsupported": ("받쳐 주는 토픽이 없는 코드", "Codes that no topic supports"),
    "unread": ("견줄 수 없는 코드", "Codes that could not be compared"),
    "shared": ("토픽 하나를 나누는 코드들: 하나일 수 있음", "Codes that share a topic: they may be one"),
    "split": ("토픽 둘로 갈리는 코드: 둘일 수 있음", "Codes that fall into two topics: they may be two"),
    "say_uncovered": (
        "토픽 {topics}에 맞는 코드가 코드북에 없어 보입니다. 대목을 읽어 보고 새 코드의 후보로 살펴볼 것. 말버릇만 모인 토픽일 수도 있습니다. "
        "그나마 가까운 코드는 «{codes}»입니다.",
        "No code of the codebook seems to fit topic {topics}. Read the passages as a candidate for a "
        "new code; it may be but a way of speaking. The nearest code is «{codes}».",
    ),
    "say_unsupported": (
        "«{codes}» 코드를 받쳐 주는 토픽이 없습니다. 드물게 나온 이야기인지, 다른 코드와 섞여 있는지 살펴볼 것. 그나마 가까운 토픽은 {topics}입니다.",
        "No topic supports the code «{codes}». See whether it is seldom spoken of, or mixed with "
        "other codes. The nearest topic is {topics}.",
    ),
    "say_unread": (
        "«{codes}» 코드에는 견줄 말도 코딩도 없어 토픽과 견주지 못했습니다. 정의나 예시를 적으면 다음 실행부터 견줍니다.",
        "The code «{codes}» has neither words nor codings to compare. Write a definition or examples.",
    ),
    "say_shared": (
        "토픽 {topics}에 «{codes}» 코드가 함께 걸립니다. 하나로 묶을 수 있는지, 아니면 토픽이 넓은 것인지 살펴볼 것.",
        "The codes «{codes}» all lie on topic {topics}. See whether they are one, or the topic is wide.",
    ),
    "say_split": (
        "«{codes}» 코드가 서로 다른 토픽 {topics}에 걸쳐 있습니다. 두 가지 이야기가 한 코드에 들어 있는지 살펴볼 것.",
        "The code «{codes}» lies on unlike topics, {topics}. See whether it holds two things.",
    ),
    "count_uncovered": (
        "이 토픽이 주된 단위 {n:,}개 가운데 {coded:,}개가 코딩되어 있습니다.",
        "Of the {n:,} segments whose main topic it is, {coded:,} are coded.",
    ),
    "count_unsupported": ("이 코드가 붙은 단위 {n:,}개.", "{n:,} segments bear the code."),
    "count_shared": (
        "이 코드들이 붙은 단위 {coded:,}개 가운데 둘 이상 함께 붙은 것은 {n:,}개입니다.",
        "Of {coded:,} segments that bear any of them, {n:,} bear two.",
    ),
    "count_split": ("이 코드가 붙은 단위 {n:,}개.", "{n:,} segments bear the code."),
    "figure": ("대응 점수 {score}, p {p}.", "Score {score}, p {p}."),
    "stands_always": (
        "면담 {n:,}편을 하나씩 빼도 그대로입니다(점수 {low}에서 {high}).",
        "It stands whichever of {n:,} interviews is left out (score {low} to {high}).",
    ),
    "stands_mostly": (
        "면담 {n:,}편을 하나씩 뺐을 때 {standing:,}번 그대로입니다(점수 {low}에서 {high}). 빼면 달라지는 면담: {interviews}",
        "It stands {standing:,} times with each of {n:,} interviews left out (score {low} to {high}); "
        "not without {interviews}",
    ),
    "one_interview": (
        "면담이 한 편이라 빼 보지 못했습니다. 한 사람의 이야기일 수 있습니다.",
        "There is but one interview, none to leave out: it may be one person's story.",
    ),
    "more": ("외 {n:,}편", "and {n:,} more"),
    "more_names": ("외 {n:,}개", "and {n:,} more"),
    "relations": ("토픽과 코드가 만나는 모양", "How topics and codes meet"),
    "relations_lead": (
        "p < .01인 짝만 이었습니다. 칸 {n:,}개를 견주었으므로 우연만으로도 {chance:,}짝쯤은 생깁니다. 이어진 것은 {found:,}짝이고, "
        "모두 헤아려 고쳐도(q < .10) 남는 것은 {sure:,}짝(★)입니다.",
        "Pairs with p < .01 are tied. Of {n:,} cells compared chance alone would tie about {chance:,}; "
        "{found:,} are tied, of which {sure:,} (★) remain when corrected for all (q < .10).",
    ),
    "one_to_one": ("하나에 하나", "one to one"),
    "one_to_many": ("토픽 하나에 코드 여럿", "one topic, several codes"),
    "many_to_one": ("코드 하나에 토픽 여럿", "one code, several topics"),
    "no_code": ("이어진 코드가 없는 토픽", "topics tied to no code"),
    "no_topic": ("이어진 토픽이 없는 코드", "codes tied to no topic"),
    "nothing": ("없음", "none"),
    "sure": ("모두 헤아려 고쳐도 남음", "remains when corrected for all"),
    "shown": (
        "{total:,}건 가운데 {shown:,}건을 보입니다. 전부는 tables/gaps.csv에 있습니다.",
        "{shown:,} of {total:,} are shown; all are in tables/gaps.csv.",
    ),
    "coded_passages": ("읽어 볼 대목", "Passages to read"),
}  # fmt: skip


def gap_words(lang: Lang) -> dict[str, str]:
    """Return every phrase in ``lang``."""
    return {key: ko if lang == "ko" else en for key, (ko, en) in _WORDS.items()}
