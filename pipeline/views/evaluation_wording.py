"""What an evaluation says, in both languages; one row a phrase, no markup."""

from __future__ import annotations

from collections.abc import Mapping

from pipeline.errors import Lang

_WORDS: Mapping[str, tuple[str, str]] = {
    "title": ("제안이 얼마나 맞는가", "How good suggestions are"),
    "rests_on": (
        "코딩된 단위 {segments:,}개(면담 {interviews:,}편, 코딩 {codings:,}개, 코드북의 코드 {codes:,}개)를 그 면담의"
        " 코딩을 보지 않은 채 제안하고, 사람이 한 코딩과 견주었습니다. 뽑기 {rounds}번의 평균이고, [ ]는 면담을 다시 뽑은"
        " 95% 구간입니다.",
        "{segments:,} coded segments ({interviews:,} interviews, {codings:,} codings, {codes:,} codes in "
        "the codebook) were suggested for by methods that saw no coding of the same interview, and "
        "compared with what people coded. Means of {rounds} draws; in brackets, 95% intervals, "
        "interviews resampled.",
    ),
    "synthetic": (
        "지어낸(합성) 자료입니다. 아래의 수는 정확도의 근거가 아닙니다.",
        "This material is synthetic: the figures below are no evidence of accuracy.",
    ),
    "random": (
        "면담이 아니라 단위를 섞어 나누었습니다(--split random). 같은 사람의 말이 예시와 시험에 함께 들어가 결과가 부풀려집니다."
        " 논문에 쓰지 마세요.",
        "Segments, not interviews, were held out (--split random): the same person's words are in the "
        "examples and in the test, which flatters. Not for publication.",
    ),
    "outdated": (
        "이 결과를 잰 뒤에 자료, 코딩, 코드북 또는 프로그램이 바뀌었습니다. gyeol evaluate를 다시 실행하세요.",
        "Out of date: the material, codings, codebook or program have changed since this was "
        "measured. Run gyeol evaluate again.",
    ),
    "each_its_own": (
        "단위마다 면담 하나로 셌습니다. 한 사람의 말이 여러 단위라면 --group으로 묶는 열을 알려 주세요.",
        "Each segment counted as an interview. If people said several, name the field with --group.",
    ),
    "examples": ("예시", "examples"),
    "taught": ("배운 단위", "taught by"),
    "method": ("방법", "method"),
    "gyeol": ("Gyeol", "Gyeol"),
    "linear": ("TF-IDF+선형", "TF-IDF+linear"),
    "overlap": ("코드북 낱말 겹침", "codebook overlap"),
    "p_1": ("P@1", "P@1"),
    "r_3": ("R@3", "R@3"),
    "r_5": ("R@5", "R@5"),
    "macro_3": ("코드 평균@3", "macro@3"),
    "calibration_error": ("보정 오차", "calib. error"),
    "short": (
        "예시가 그만큼 없어 있는 것만 배운 코드(예시 수: 코드/코딩에 쓰인 코드): {parts}",
        "Codes with fewer examples than that, taught by what there is (examples: codes/codes in use): {parts}",
    ),
    "ahead": (
        "R@3에서 Gyeol이 앞서는 만큼, 코드마다의 예시 수별(구간이 0을 걸치면 앞선다고 할 수 없음)",
        "How far Gyeol is ahead in R@3, by examples per code (an interval across 0: not shown to be)",
    ),
    "abstention": ("«맞는 코드 없음»(판단 보류), Gyeol", "Abstention («nothing fits»), Gyeol"),
    "abstained": ("보류", "abstained"),
    "abstained_rightly": ("그 가운데 옳은 보류", "rightly"),
    "none_right": ("셋 다 틀린 단위", "none of 3 right"),
    "by_code": (
        "코드별, Gyeol, 코드마다 예시 {n}개",
        "By code, Gyeol, {n} examples per code",
    ),
    "code": ("코드", "code"),
    "n": ("단위", "segments"),
    "recall_1": ("1위 안", "in first"),
    "recall_3": ("3위 안", "in first 3"),
    "recall_5": ("5위 안", "in first 5"),
    "precision_1": ("1위일 때 맞음", "right if first"),
    "overconfidence": ("과신", "overconf."),
    "legend": (
        "P@1: 첫 제안이 맞은 비율. R@n: 앞의 n개에 든 맞는 코드 ÷ min(n, 맞는 코드 수), 단위의 평균.\n"
        "코드 평균@3: 코드마다 그 코드가 앞의 셋에 든 비율을 구해 평균한 값. 단위에 코드가 여럿이면 다 들 수는 없습니다.\n"
        "보정 오차: 앞의 셋에서 점수와 실제로 맞은 비율의 차이(크기가 같은 구간 10개). –: 점수가 확률이 아니라 순위만 뜻함.\n"
        "보류: 맞는 코드가 없어 보인다고 한 비율. 코딩된 단위만 셌으므로, 앞의 셋이 모두 틀렸으면 옳은 보류로 칩니다.\n"
        "과신: 앞의 셋에 든 때의 점수 평균에서 맞은 비율을 뺀 값. 0보다 크면 점수가 실제보다 높습니다.",
        "P@1: share of first suggestions that are right. R@n: right codes among the first n / min(n, "
        "right codes), averaged over segments.\n"
        "macro@3: mean over codes of the share of its segments with the code among the first three; "
        "not all can be there where a segment has several.\n"
        "calibration error: distance of score and share of right ones over the first three (ten bins "
        "of equal numbers). –: the score only ranks.\n"
        "abstained: share said to fit no code. Only coded segments are counted: an abstention is right "
        "if none of the first three was.\n"
        "overconfidence: mean score less share of right ones where the code is among the first three.",
    ),
    "curve": ("예시가 늘면 얼마나 나아지나", "What examples add"),
    "curve_desc": (
        "코드마다의 예시 수에 따른 R@3(앞의 세 제안에 든 맞는 코드의 비율). 옅은 띠는 95% 구간입니다.",
        "R@3 (share of right codes among the first three) by the number of examples per code; pale "
        "bands are 95% intervals.",
    ),
    "axis": ("코드마다 코딩된 예시의 수", "coded examples per code"),
    "table": ("예시 수와 방법별 결과", "Figures by examples and method"),
    "ahead_by": ("앞선 만큼(R@3)", "ahead by (R@3)"),
    "beside": ("견준 방법", "beside"),
    "settings": ("이 결과를 만든 설정", "What made these figures"),
    "how": ("읽는 법", "How to read"),
}  # fmt: skip


def evaluation_words(lang: Lang) -> dict[str, str]:
    """Return every phrase in ``lang``."""
    return {key: ko if lang == "ko" else en for key, (ko, en) in _WORDS.items()}
