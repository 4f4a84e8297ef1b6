"""What the figures on agreement say, in both languages; one row a phrase, no markup."""

from __future__ import annotations

from collections.abc import Mapping

from pipeline.errors import Lang

_WORDS: Mapping[str, tuple[str, str]] = {
    "title": ("코더 사이의 일치도", "Agreement between coders"),
    "all": ("모든 코딩", "All codings"),
    "aided": ("제안을 보고 한 판정", "Decided with suggestions in sight"),
    "unaided": ("제안 없이 한 판정", "Decided without suggestions"),
    "rests_on": (
        "코더 {coders}, 둘 이상이 함께 본 단위 {segments:,}개(면담 {interviews:,}편) 가운데 {coded:,}개에 코드가 있습니다."
        " 코드가 없는 단위도 셌습니다.",
        "Coders {coders}; {segments:,} segments that two or more have looked at ({interviews:,} interviews), "
        "{coded:,} of them coded. Uncoded segments count.",
    ),
    "resampled_interview": (
        "[ ]는 면담을 {n:,}번 다시 뽑은 95% 구간입니다.",
        "In brackets, 95% intervals ({n:,} resamples of interviews).",
    ),
    "resampled_segment": (
        "[ ]는 단위를 {n:,}번 다시 뽑은 95% 구간입니다. 면담이 {enough}편이 안 되어 면담을 다시 뽑지 못했으니 실제보다 좁습니다.",
        "In brackets, 95% intervals ({n:,} resamples of segments): too narrow, for there are fewer than {enough} "
        "interviews to resample.",
    ),
    "resampled_nothing": ("단위가 하나뿐이라 구간이 없습니다.", "One segment only: no intervals."),
    "no_pair_at_all": (
        "코더 둘이 함께 본 단위가 없어 견줄 수 없습니다. 두 사람이 같은 면담을 코딩해야 합니다.",
        "No segment has been looked at by two coders: nothing to compare.",
    ),
    "outside": (
        "분석 단위 밖에 붙은 코딩 {n:,}개는 셀 수 없어 뺐습니다.",
        "{n:,} codings lie on no segment and were left out.",
    ),
    "few": (
        "열 곳이 안 되는 단위에 붙은 코드가 {n:,}개입니다. 그런 코드의 계수는 판정 하나로 크게 바뀌니 구간과 함께 읽으세요.",
        "{n:,} codes lie on fewer than ten segments: one decision moves their coefficients by much.",
    ),
    "after_lift": (
        "서로의 판정을 볼 수 있게 된 뒤에 한 판정이 {n:,}개 들어 있습니다. 보고 한 판정은 일치도를 높입니다.",
        "{n:,} of the decisions were made after coders could see each other's, which raises agreement.",
    ),
    "unused": ("아무도 쓰지 않은 코드 {n:,}개는 표에서 뺐습니다.", "{n:,} codes nobody used are not shown."),
    "not_shown": ("여기 없는 구간은 CSV와 JSON에 있습니다.", "All intervals are in the CSV and JSON."),
    "overall": ("단위마다 붙은 코드 전체", "All codes of a segment"),
    "same_sets": ("코드 집합이 똑같은 비율", "equal sets of codes"),
    "alpha_masi": ("α(MASI 거리)", "α (MASI distance)"),
    "spans": ("자유 구간(시작과 끝까지)", "Free spans (where they begin and end)"),
    "by_code": ("코드별(붙었는지 아닌지)", "By code (present or absent)"),
    "code": ("코드", "code"),
    "n_looked": ("함께 본 단위", "looked at by two"),
    "n_any": ("붙은 단위", "segments"),
    "n_all": ("모두 붙임", "by all"),
    "percent": ("일치율", "percent"),
    "cohen_kappa": ("Cohen κ", "Cohen κ"),
    "brennan_prediger": ("B–P κ", "B–P κ"),
    "krippendorff_alpha": ("Krippendorff α", "Krippendorff α"),
    "gwet_ac1": ("Gwet AC1", "Gwet AC1"),
    "alpha_u": ("uα(구간)", "uα (spans)"),
    "disagreements": ("가장 크게 갈린 단위", "The widest disagreements"),
    "disputes": ("자주 갈린 코드", "Codes most often disputed"),
    "instead": ("맞은편에서 붙인 코드", "what others put instead"),
    "nothing_put": ("(없음)", "(none)"),
    "and_more": ("… 모두 {n:,}개", "… {n:,} in all"),
    "legend": (
        "일치율: 코더 두 사람이 같게 판정한 비율. 드문 코드는 우연만으로도 높습니다.\n"
        "Cohen κ: 코더가 둘일 때. B–P κ: 우연을 1/2로 봅니다(MAXQDA가 적는 값).\n"
        "Krippendorff α: 코더가 여럿이고 빠진 값이 있을 때. 논문에는 이것을 권합니다.\n"
        "Gwet AC1: 드문 코드에서 κ와 α가 지나치게 낮아질 때 곁에 둡니다.\n"
        "uα: 단위가 아니라 글자로, 어디서 시작하고 끝나는지까지 견줍니다(Krippendorff 외 2016).\n"
        "α(MASI): 한 단위에 코드가 여럿일 때, 일부만 같아도 그만큼 셉니다(Passonneau 2006).\n"
        "모두 1이면 완전한 일치, 일치율 밖의 것은 0이면 우연만큼입니다. –는 정할 수 없는 값입니다.",
        "percent: share of pairs of coders who decided alike; high by chance alone where a code is rare.\n"
        "Cohen κ: two coders. B–P κ: chance is 1/2 (what MAXQDA prints).\n"
        "Krippendorff α: many coders, missing values; the one to report.\n"
        "Gwet AC1: beside κ and α where a code is rare and they sink too low.\n"
        "uα: by characters, where spans begin and end (Krippendorff et al. 2016).\n"
        "α (MASI): several codes a segment; sets that share some agree in part (Passonneau 2006).\n"
        "All are 1 for perfect agreement; but for percent, 0 is what chance gives. –: not defined.",
    ),
    "reason_no_pair": ("함께 본 단위가 없음", "nothing looked at by two coders"),
    "reason_not_by_all": ("모두가 끝까지 본 면담이 없음", "no interview looked at by all"),
    "reason_no_passage": ("그렇게 판정한 대목이 없음", "no passage was decided so"),
    "reason_not_two": ("코더가 둘이 아님", "not two coders"),
    "reason_unused": ("아무도 쓰지 않음", "nobody used it"),
    "reason_always": ("모두가 모든 단위에 붙임", "everybody put it everywhere"),
    "reason_one_value": ("모두 같은 값뿐이라 견줄 것이 없음", "one value only"),
    "reason_same_everywhere": ("다시 뽑아도 늘 같은 값이라 구간이 없음", "every resample gives the same"),
    "reason_too_rare": ("너무 드물어 구간이 없음", "too rare for an interval"),
    "reason_no_interval": ("구간은 구하지 않음", "no interval is made"),
    "alpha_u_2004": ("α_U(2004년 식)", "α_U (of 2004)"),
    "reason_few_interviews": ("면담이 적어 구간이 없음", "too few interviews for an interval"),
}  # fmt: skip


def agreement_words(lang: Lang) -> dict[str, str]:
    """Return every phrase in ``lang``."""
    return {key: ko if lang == "ko" else en for key, (ko, en) in _WORDS.items()}
