"""What reports and workbooks say, in both languages.

One row a phrase; ``{name}`` is filled in by ``str.format``. No phrase holds markup.
"""

from __future__ import annotations

from collections.abc import Mapping

from pipeline.errors import Lang

_WORDS: Mapping[str, tuple[str, str]] = {
    # ── the workbook ──
    "guide": ("읽는 법", "How to read"),
    "sheet": ("시트", "sheet"),
    "column": ("열", "column"),
    "meaning": ("뜻", "meaning"),
    "cut": ("…(잘림)", "…(cut)"),
    "readme_title": ("표(CSV)를 읽는 법", "How to read these tables (CSV)"),
    "readme_lead": (
        "같은 표가 엑셀 파일에 시트로 있습니다. 글자는 UTF-8이며, 엑셀이 수식으로 읽을 칸 앞에는 작은따옴표(')를 붙였습니다. "
        "단위 id를 따라 segments.csv에서 원문을 찾을 수 있습니다.",
        "The workbook holds the same tables as sheets. Text is UTF-8; cells a spreadsheet would take "
        "for a formula begin with an apostrophe ('). Follow segment ids into segments.csv.",
    ),
    "whole_table": ("표 전체", "the table"),
    # ── the report as a whole ──
    "report": ("분석 보고서", "Analysis report"),
    "contents": ("차례", "Contents"),
    "skip": ("본문으로 건너뛰기", "Skip to the content"),
    "not_private_short": ("가명처리 미확인", "Not checked for personal data"),
    "not_private_rest": (
        "참여자가 한 말이 들어 있고, 가려야 할 것을 다 가렸는지 아직 사람이 보지 않았습니다. "
        "밖에 내놓기 전에 gyeol privacy로 확인하세요.",
        "This file holds what people said, and no person has yet seen to it that all that is "
        "personal is masked. Run gyeol privacy before you share it.",
    ),
    "problems_found": ("실행하면서 알게 된 점 {n}건", "{n} things to know about this run"),
    "error": ("오류", "error"),
    "warning": ("알림", "note"),
    "more_problems": ("이 밖에 {n:,}건이 더 있습니다.", "And {n:,} more."),
    "shown_of": (
        "{total:,}개 가운데 {shown:,}개를 보입니다. 전부는 {file}에 있습니다.",
        "{shown:,} of {total:,} are shown; all are in {file}.",
    ),
    # ── 1 at a glance ──
    "overview": ("한눈에", "At a glance"),
    "interviews": ("면담", "Interviews"),
    "turns": ("참여자 발화", "Participants' turns"),
    "segments": ("분석 단위", "Segments"),
    "coded": ("코딩된 단위", "Coded segments"),
    "uncoded": ("남은 단위", "Yet uncoded"),
    "codes": ("코드", "Codes"),
    "topics_n": ("토픽", "Topics"),
    "overview_lead": (
        "토픽은 함께 쓰인 말의 묶음이며 아직 주제가 아닙니다. 주제로 삼을지는 사람이 정합니다. "
        "막대는 전체 분석 단위에서 그 토픽이 차지하는 몫이고, ●는 코드와의 대응이 p < .05라는 표시입니다.",
        "A topic is a set of words said together; whether it is a theme is for a person to say. "
        "A bar is the topic's share of all segments; ● marks a match of p < .05.",
    ),
    "topics_caption": ("토픽과 그 비중", "Topics and their shares"),
    "topic": ("토픽", "Topic"),
    "prevalence": ("비중", "Share"),
    "nearest_code": ("가장 가까운 코드", "Nearest code"),
    "main_segments": ("주된 단위", "Main in"),
    "interview_list": ("면담 목록", "List of interviews"),
    "interview": ("면담", "Interview"),
    "about": ("정보", "About"),
    "characters": ("글자", "Characters"),
    # ── 2 topics ──
    "topics": ("토픽", "Topics"),
    "no_topics": ("찾은 토픽이 없습니다.", "No topic was found."),
    "terms_caption": ("토픽의 말과 무게", "Terms and weights"),
    "term": ("말", "Term"),
    "weight": ("무게", "Weight"),
    "more_terms": ("그다음", "Then"),
    "codes_caption": ("가장 가까운 코드", "Nearest codes"),
    "code": ("코드", "Code"),
    "score": ("점수", "Score"),
    "p": ("p", "p"),
    "passages": ("전형적인 대목", "Typical passages"),
    "no_passages": ("이 토픽이 주된 단위가 없습니다.", "It is the main topic of no segment."),
    "topic_meta": ("비중 {share} · 단위 {n:,}개", "share {share} · {n:,} segments"),
    "counts": ("토픽 수를 어떻게 정했나", "How many topics"),
    "counts_lead": (
        "토픽 {first}개부터 {last}개까지 견주어 정합성, 안정성, 배타성이 함께 가장 나은 {n}개로 정했습니다. "
        "다른 수로 보려면 설정 topics.count에 적으세요.",
        "Of {first} to {last} topics, {n} do best by coherence, stability and exclusivity "
        "together. Set topics.count for another number.",
    ),
    "counts_also": (
        "{numbers}개도 그 앞뒤의 수보다 낫습니다. 더 잘게, 또는 더 크게 나누어 볼 만한 수입니다.",
        "Also better than the numbers before and after, to try for a finer or coarser view: "
        "{numbers}.",
    ),
    "counts_axis": ("토픽 수", "number of topics"),
    "counts_desc": (
        "안정성은 면담을 덜어 내도 같은 토픽이 나오는 정도, 배타성은 말을 다른 토픽과 나누어 갖지 않는 정도, "
        "C_v와 NPMI는 토픽의 말이 함께 쓰이는 정도(정합성)입니다. 세로줄이 정한 수입니다. 수는 tables/topic_counts.csv에 있습니다.",
        "Stability: the same topics come of fewer interviews. Exclusivity: topics do not share "
        "their words. C_v and NPMI: a topic's words are said together (coherence). The upright "
        "marks the number chosen; figures are in tables/topic_counts.csv.",
    ),
    "stability": ("안정성", "stability"),
    "exclusivity": ("배타성", "exclusivity"),
    "c_v": ("C_v", "C_v"),
    "npmi": ("NPMI", "NPMI"),
    "topic_recurrence": ("재현율 {share}", "recurrence {share}"),
    "topic_unstable": (
        "불안정(절반 넘는 표본에서 다시 나타나지 않음)",
        "unstable (not found again in most resamples)",
    ),
    "read_on": ("이어서 읽기", "Read on"),
    "left_out": (
        "뒤의 {n:,}자를 줄였습니다. 전체는 tables/segments.csv에 있습니다.",
        "The last {n:,} characters are left out; all is in tables/segments.csv.",
    ),
    # ── 3 alignment ──
    "alignment": ("토픽과 코드북의 대응", "Topics laid on the codebook"),
    "alignment_lead": (
        "칸이 짙을수록 그 토픽의 대목이 코드에 잘 맞습니다. 코드의 말에 뜻으로 가까운지, 그 말을 더 쓰는지, 코딩이 있으면 그 코드가 더 붙었는지를 "
        "더한 점수이며 0은 여느 대목만큼이라는 뜻입니다. ●는 p < .05입니다.",
        "The darker a cell, the better the topic's passages fit the code: near to its words in meaning, "
        "saying them more often and, where segments are coded, bearing the code more often. 0 is as "
        "passages do on average. ● marks p < .05.",
    ),
    "alignment_chance": (
        "견준 칸이 {n:,}개이므로 우연만으로도 {chance:,}칸쯤은 p < .05가 됩니다. 실제로는 {found:,}칸입니다. "
        "검정이 아니라 살펴볼 차례로 읽으세요.",
        "With {n:,} cells compared, about {chance:,} would have p < .05 by chance alone; {found:,} "
        "have. Read it as an order in which to look, not as a test.",
    ),
    "alignment_caption": ("코드(행)와 토픽(열)의 대응 점수", "Match of codes (rows) and topics (columns)"),
    "alignment_limit": (
        "코드 {total:,}개 가운데 대응 점수가 높은 {shown:,}개를 보입니다. 전부는 tables/alignment.csv에 있습니다.",
        "The {shown:,} best-matching of {total:,} codes are shown; all are in tables/alignment.csv.",
    ),
    "no_codebook": (
        "코드북이 없어 견주지 않았습니다. codebook.yaml을 자료 폴더에 두면 다음 실행부터 나옵니다.",
        "There is no codebook to compare with. Put a codebook.yaml into the data folder and run again.",
    ),
    "no_matches": ("견준 결과가 없습니다.", "Nothing was compared."),
    "low": ("낮음", "low"),
    "high": ("높음", "high"),
    "top_level": ("최상위", "top level"),
    "significant": ("p < .05", "p < .05"),
    "gaps": ("코드북과 토픽의 빈틈", "Gaps"),
    # ── 4 keywords ──
    "network": ("의미연결망", "Network of terms"),
    "groups": ("집단과 시간", "Groups and time"),
    "keywords": ("키워드", "Keywords"),
    "keywords_lead": (
        "집단마다 두드러진 말입니다. 명사와 동사·형용사는 따로 순위를 매겼습니다. 막대는 표 안에서만 견줍니다.",
        "Words that stand out in each group, nouns ranked apart from verbs and adjectives. Compare "
        "bars within a table only.",
    ),
    "keywords_columns": (
        "치우침은 면담에 퍼진 정도(Gries의 DP)로 0은 고루, 1은 한 면담에만 나온 것입니다. ◐는 한 사람이 주로 한 말이니 집단의 말로 "
        "적기 전에 그 대목을 보세요(gyeol passages). 효과는 로그비로, 1은 나머지의 두 배, 2는 네 배입니다.",
        "Spread is over interviews (Gries' DP): 0 even, 1 in one alone. ◐ marks what one person says "
        "most of: see its passages before calling it the group's (gyeol passages). Effect is a log "
        "ratio: 1 is twice as often as elsewhere, 2 four times.",
    ),
    "mostly_one": ("한 사람이 주로 한 말", "said mostly by one person"),
    "effect": ("효과", "Effect"),
    "effect_what": ("로그비: 1은 나머지의 두 배", "log ratio: 1 is twice as often"),
    "dispersion": ("치우침", "Spread"),
    "dispersion_what": ("Gries의 DP: 0은 고루, 1은 한 면담에만", "Gries' DP: 0 even, 1 in one alone"),
    "no_keywords": ("찾은 키워드가 없습니다.", "No keyword was found."),
    "nouns": ("명사 등", "Nouns and the like"),
    "verbs": ("동사·형용사", "Verbs and adjectives"),
    "frequency": ("빈도", "Count"),
    "method_frequency": ("빈도: 많이 나온 말", "Frequency: said most"),
    "method_tfidf": ("TF-IDF: 자주, 그리고 고루 쓰이지는 않은 말", "TF-IDF: often said, but not everywhere"),
    "method_log_likelihood": ("로그우도 G²: 다른 집단보다 많이 쓴 말", "Log-likelihood G²: said more than elsewhere"),
    "method_ctfidf": ("c-TF-IDF: 집단을 한 문서로 볼 때 두드러진 말", "Class-based TF-IDF: marks a group off"),
    "method_log_odds": ("로그승산비 z: 다른 집단보다 많이 쓴 말", "Log-odds z: said more than elsewhere"),
    "method_textrank": ("TextRank: 다른 말과 두루 이어진 말", "TextRank: tied to many other words"),
    "method_phrases": ("복합어(C-value): 여러 낱말로 된 용어", "Terms of several words (C-value)"),
    "groups_limit": (
        "집단 {total:,}개 가운데 {shown:,}개를 보입니다. 전부는 tables/keywords.csv에 있습니다.",
        "{shown:,} of {total:,} groups are shown; all are in tables/keywords.csv.",
    ),
    # ── 5 codebook and codings ──
    "codebook": ("코드북과 코딩", "Codebook and codings"),
    "codebook_lead": (
        "막대와 수는 그 코드를 직접 붙인 코딩입니다. 옅은 수는 하위 코드까지 더한 것입니다. 이름을 누르면 정의가 열립니다.",
        "Bars and numbers count codings of the code itself, pale numbers its child codes too. Open "
        "a name for the definition.",
    ),
    "levels": ("수준: {levels}", "Levels: {levels}"),
    "codebook_caption": ("코드마다 코딩과 면담의 수", "Codings and interviews by code"),
    "codings": ("코딩", "Codings"),
    "with_children": ("하위 포함 {n:,}", "{n:,} with children"),
    "include": ("포함", "include"),
    "exclude": ("제외", "exclude"),
    "examples": ("예시", "examples"),
    "coders": ("코더별 코딩", "Codings by coder"),
    "coder": ("코더", "Coder"),
    "codes_used": ("쓴 코드", "Codes used"),
    "no_codings": ("아직 코딩이 없습니다.", "There are no codings yet."),
    "empty_codebook": ("코드북이 없습니다.", "There is no codebook."),
    # ── 6 suggestions ──
    "suggestions": ("코드 제안", "Suggested codes"),
    "suggestions_lead": (
        "제안은 코딩이 아닙니다. 코더가 살펴볼 코드를 유력한 순서로 보인 것이고, 정하는 것은 사람입니다. "
        "칠한 말은 첫째 제안의 근거, 밑줄 그은 말은 나머지 제안의 근거입니다. 코드를 누르면 까닭이 열립니다.",
        "A suggestion is not a coding: it lists codes a coder may want to consider, likeliest first. "
        "A person decides. Shaded words speak for the first suggestion, underlined ones for "
        "the others; open a code for the reasons.",
    ),
    "score_only_ranks": (
        "코딩된 단위가 모자라 점수는 확률이 아니며 순위만 뜻합니다.",
        "With too few coded segments the score is no probability: it only ranks.",
    ),
    "score_is_probability": (
        "점수는 확률의 어림입니다(0–1). 코딩된 면담을 하나씩 빼고 배운 결과에 맞추었습니다.",
        "The score estimates a probability (0 to 1), fitted to coded interviews left out in turn.",
    ),
    "no_suggestions": ("제안할 단위가 없습니다.", "There is nothing to suggest for."),
    "suggested_interview": (
        "단위 {n:,}개 · 맞는 코드가 있어 보이는 단위 {fits:,}개",
        "{n:,} segments · {fits:,} that some code seems to fit",
    ),
    "no_fit": ("맞는 코드가 없어 보임", "no code seems to fit"),
    "suggested_limit": (
        "점수가 높은 {shown:,}개를 보입니다. 나머지 {rest:,}개는 tables/suggestions.csv에 있습니다.",
        "The {shown:,} with the highest scores are shown; the other {rest:,} are in "
        "tables/suggestions.csv.",
    ),
    "suggested_interviews_limit": (
        "남은 단위가 있는 면담 {total:,}편 가운데 점수가 높은 {shown:,}편을 보입니다. 아무도 코딩하지 않은 면담이 있으면 "
        "그 가운데서 고릅니다. 나머지는 tables/suggestions.csv에 있습니다.",
        "{shown:,} of {total:,} interviews with uncoded segments are shown, those with the highest "
        "scores, out of those nobody has coded where there are such; the rest are in "
        "tables/suggestions.csv.",
    ),
    "above": ("문턱을 넘음", "above the threshold"),
    "like": ("«{code}» 코드가 붙은 대목 가운데 가장 비슷한 것", "Of passages coded «{code}» most like"),
    "likely": ("예측 집합({level}):", "Likely set ({level}):"),
    "likely_more": ("외 {n:,}개", "and {n:,} more"),
    "likely_none": (
        "비어 있음. 코딩된 단위들만큼 그럴듯한 코드가 없습니다.",
        "empty: no code is as likely as one is for coded segments.",
    ),
    "likely_lead": (
        "예측 집합은 맞는 코드가 적어도 하나 들 확률이 {level}가 되게 고른 코드들로, 단위 {sets:,}개에서 평균 {mean:.1f}개입니다.",
        "The likely set holds at least one right code with a probability of {level}; over {sets:,} "
        "segments it has {mean:.1f} codes on average.",
    ),
    "likely_exchangeable": (
        "면담 {interviews:,}편(코딩된 단위 {segments:,}개)에서 정한 것이라, 새 면담이 지금까지의 면담과 같은 데서 왔을 때만"
        "(비슷한 사람에게 같은 것을 물었을 때만) {level}가 지켜지며, 한 사람의 말은 서로 닮았으므로 면담이 적을수록 그보다 "
        "더 빗나갈 수 있습니다.",
        "It was set on {interviews:,} interviews ({segments:,} coded segments): {level} holds only if "
        "a new interview comes from where these came from (similar people, asked the same), and since "
        "what one person says is alike, it may miss by more the fewer the interviews.",
    ),
    "threshold": ("문턱", "Threshold"),
    "n_above": ("넘은 제안 / 살핀 제안", "Above / tried"),
    "not_reached": ("닿지 않음", "not reached"),
    "threshold_chosen": (
        "✓는 점수가 {score} 이상이라는 표시입니다. 면담을 하나씩 빼고 배워 코딩된 단위 {segments:,}개에 앞선 셋씩 제안한 "
        "{tried:,}개 가운데, 이 점수를 넘은 {above:,}개에서 목표 정밀도 {precision}에 닿았습니다. 고른 자리에서 잰 값이라 "
        "새 단위에서는 조금 낮을 수 있습니다.",
        "✓ marks scores of {score} or more. Of {tried:,} suggestions, the first three for each of "
        "{segments:,} coded segments with their interview held out, the {above:,} from that score on "
        "reach the target precision of {precision}. Measured where it was chosen, it may be a "
        "little lower on new segments.",
    ),
    "threshold_none": (
        "코딩된 단위 {segments:,}개에 앞선 셋씩 제안한 {tried:,}개(면담을 하나씩 빼고 배움)에서는 어떤 점수도 목표 정밀도 "
        "{precision}에 닿지 않아, 모든 코드에 함께 쓸 문턱이 없습니다.",
        "Among {tried:,} suggestions, the first three for each of {segments:,} coded segments with "
        "their interview held out, no score reaches the target precision of {precision}: there is "
        "no threshold for all codes.",
    ),
    "threshold_too_few": (
        "코딩된 단위가 모자라 목표 정밀도 {precision}에 맞는 문턱을 고르지 못했습니다.",
        "Too few segments are coded to choose a threshold for the target precision of {precision}.",
    ),
    "threshold_by_code": (
        "코딩이 많은 코드 {n:,}개는 저마다의 문턱을 씁니다",
        "{n:,} codes with enough codings have thresholds of their own",
    ),
    "uncovered_title": ("맞는 코드가 없어 보이는 대목", "What no code seems to fit"),
    "uncovered_lead": (
        "단위 {n:,}개에는 맞는 코드가 없어 보입니다.",
        "No code seems to fit {n:,} segments.",
    ),
    "uncovered_groups": (
        "그 가운데 말과 뜻이 서로 닮은 것을 {n:,}무리로 묶었습니다. 새 코드가 필요한지 살펴보세요. 닮은 데가 없는 단위는 묶지 "
        "않았습니다.",
        "Those alike in words and meaning form {n:,} groups: see whether a new code is called for. "
        "What is like nothing else was not grouped.",
    ),
    "uncovered_no_groups": (
        "서로 닮아 한 코드가 될 만한 무리는 없습니다.",
        "None are alike enough to be taken for one code.",
    ),
    "uncovered_meta": ("단위 {n:,}개 · 면담 {interviews:,}편", "{n:,} segments · {interviews:,} interviews"),
    "measured_more": ("코드별 결과와 보정, 판단 보류는 여기에 있습니다:", "By code, calibration and abstention:"),
    "file_evaluation": ("제안이 얼마나 맞는지 잰 결과(gyeol evaluate)", "How good suggestions are (gyeol evaluate)"),
    # ── 7 methods, 8 files ──
    "methods": ("어떻게 만들었나", "How this was made"),
    "methods_lead": ("논문에 옮겨 쓸 수 있는 방법 문단입니다.", "A methods paragraph for the paper."),
    "no_methods": ("적힌 방법이 없습니다.", "No method is recorded."),
    "problems": ("실행하면서 알게 된 점", "Notes of this run"),
    "no_problems": ("문제가 없습니다.", "No problems."),
    "files": ("파일", "Files"),
    "files_lead": (
        "이 보고서의 모든 수는 아래 표에서 단위의 id를 따라 원문까지 거슬러 갈 수 있습니다.",
        "Every number here can be traced through these tables, by the segments' ids, to the text.",
    ),
    "files_caption": ("이 보고서 곁의 파일", "Files beside this report"),
    "file": ("파일", "File"),
    "holds": ("담긴 것", "Holds"),
    "rows": ("행", "Rows"),
    "file_workbook": ("위의 모든 표를 시트로 담은 엑셀 파일", "All tables above, as sheets"),
    "file_jsonl": ("코드 제안과 근거(프로그램용)", "Suggestions with evidence, for programs"),
    "file_manifest": ("판과 설정, 입력의 지문, 걸린 시간", "Versions, settings, input hashes, timings"),
    "footer": (
        "Gyeol(결)이 만든 보고서입니다. 결정하는 것은 사람입니다.",
        "Made by Gyeol. A person decides.",
    ),
}  # fmt: skip


def words(lang: Lang) -> dict[str, str]:
    """Return every phrase in ``lang``."""
    return {key: ko if lang == "ko" else en for key, (ko, en) in _WORDS.items()}
