"""What the page on a pass of the job says, in both languages."""

from __future__ import annotations

from collections.abc import Mapping

from pipeline.errors import Lang

_KO = {
    "title": "새로 들어온 면담",
    "taken": "새로 받음",
    "corrected": "고친 것으로 바꿈",
    "aside": "따로 둠",
    "interviews": "들어온 면담과 제안된 코드",
    "interviews_lead": "코드마다 첫째로 제안된 분석 단위의 수입니다. 제안은 판정이 아닙니다. 판정은 사람이 합니다.",
    "no_codes": "코드북이 없어 제안이 없습니다.",
    "of_segments": "분석 단위",
    "with_suggestions": "그 가운데 제안을 낸 단위",
    "fits_none": "맞는 코드가 없어 보임",
    "was_corrected": "고친 글",
    "code": "코드",
    "n_segments": "단위",
    "passages": "단위마다 보기",
    "nothing_fits": "맞는 코드가 없어 보입니다.",
    "coded_already": "이미 코딩된 단위",
    "more": "나머지는 suggestions.jsonl에 있습니다.",
    "terms": "처음 나온 말",
    "terms_lead": "다른 면담에는 한 번도 나오지 않은 말입니다. 잦은 순서로 적었습니다.",
    "no_terms": "처음 나온 말이 없습니다.",
    "term": "말",
    "tag": "품사",
    "frequency": "횟수",
    "terms_more": "모두 {n:,}가지 가운데 앞의 것만 보입니다.",
    "drift": "코드북에서 벗어나는가",
    "drift_lead": "제안을 낸 단위 가운데 맞는 코드가 없어 보이는 것의 비율입니다. 새 면담에서 뚜렷이 높으면 코드북에"
    " 없는 이야기가 나온 것일 수 있으니 그 단위들을 읽어 보세요. 사람이 코딩한 단위에는 제안을 내지 않습니다. 그래서 이미"
    " 코딩한 면담에서는 남은 단위만 세므로 비율이 높아지기 쉽습니다.",
    "in_new": "들어온 면담",
    "in_others": "나머지 면담",
    "where": "자료",
    "topics": "들어온 면담에서만 중심이 된 토픽",
    "topics_lead": "토픽은 자료가 늘 때마다 다시 찾으므로, 지난번과 번호와 이름이 다를 수 있습니다.",
    "no_topics": "그런 토픽이 없습니다.",
    "topic": "토픽",
    "decisions": "고친 글과 앞선 판정",
    "decisions_lead": "글이 그대로인 곳의 판정은 옮겨 두었습니다. 글이 바뀐 곳의 판정은 거두었으니 다시 보아 주세요. 지난"
    " 판정은 기록에 모두 남아 있습니다.",
    "interview": "면담",
    "stays": "그 자리",
    "moved": "옮김",
    "to_look": "다시 볼 것",
    "nothing": "없음",
    "saturation": "포화",
    "fixed": "코딩하면서 새로 만든 코드가 없습니다. 처음부터 정해진 코드북으로 코딩하면 새 코드가 나오지 않는 것이"
    " 당연하므로, 포화를 말할 수 없습니다.",
    "few": "사람이 만든 코드가 있지만, 기준 면담 4편과 이어지는 2편이 아직 다 코딩되지 않아 셈하지 않았습니다.",
    "saturation_lead": "사람이 코딩하며 만든 코드 {codes}개를 코딩된 면담 {interviews}편의 순서대로 세었습니다. «6+2»는"
    " 6번째 면담 뒤로 이어진 2편에서 새 코드가 기준 이하였다는 뜻입니다(Guest, Namey, Chen 2020).",
    "base": "기준 면담 수",
    "run": "이어 본 수",
    "threshold": "문턱",
    "n_base": "기준의 코드",
    "last_ratio": "마지막 비율",
    "reached": "이른 곳",
    "bands": "면담의 순서를 바꾸어 보면",
    "bands_lead": "면담 순서를 {n:,}번 섞었을 때 그때까지 나온 코드 수의 중앙값과 95% 범위입니다. 이것은 위 논문에 없는, Gyeol이 더한"
    " 것입니다.",
    "nth": "면담",
    "known": "이 순서",
    "middle": "중앙값",
    "band": "95% 범위",
    "kiwi": "Kiwi를 올리면 달라질 곳",
    "kiwi_lead": "이 연구는 Kiwi {before} 판으로 분석되었고 지금은 {after} 판이 설치되어 있습니다. 견주어 본 어절 {words:,}개 가운데"
    " {changed:,}개의 분석이 달라집니다. 옛 결과를 그대로 쓰며, gyeol run --upgrade로 바꿀 수 있습니다.",
    "word": "어절",
    "before": "지금",
    "after": "올리면",
    "refused": "따로 둔 파일",
    "refused_lead": "quarantine/에 있습니다. 파일마다 까닭을 적은 .reason.txt가 옆에 있습니다. 이름은 거기에만 적습니다.",
    "file": "파일",
    "why": "까닭",
    "notes": "알아 둘 것",
}

_EN = {
    "title": "Interviews that came in",
    "taken": "taken in",
    "corrected": "replaced by a corrected text",
    "aside": "set aside",
    "interviews": "Interviews and suggested codes",
    "interviews_lead": "For each code, the segments it is the first suggestion of. A suggestion is no decision: people decide.",
    "no_codes": "There is no codebook, hence no suggestions.",
    "of_segments": "segments",
    "with_suggestions": "of them with suggestions",
    "fits_none": "no code seems to fit",
    "was_corrected": "corrected",
    "code": "code",
    "n_segments": "segments",
    "passages": "segment by segment",
    "nothing_fits": "No code seems to fit.",
    "coded_already": "coded already",
    "more": "The rest is in suggestions.jsonl.",
    "terms": "Terms never said before",
    "terms_lead": "In no other interview; the most frequent first.",
    "no_terms": "None.",
    "term": "term",
    "tag": "tag",
    "frequency": "times",
    "terms_more": "The first of {n:,}.",
    "drift": "Away from the codebook?",
    "drift_lead": "Of the segments with suggestions, those no code seems to fit. Where the share is clearly"
    " higher in the new interviews, they may tell what the codebook has no code for: read them."
    " Segments that people coded get no suggestions, so that of coded interviews only the rest is"
    " counted, which makes their share higher.",
    "in_new": "interviews that came in",
    "in_others": "the others",
    "where": "in",
    "topics": "Topics that are main topics here only",
    "topics_lead": "Topics are found anew whenever the corpus grows; numbers and names may differ from last time.",
    "no_topics": "None.",
    "topic": "topic",
    "decisions": "Corrected texts and earlier decisions",
    "decisions_lead": "Decisions on words that are unchanged were carried over; those on words that were"
    " changed were taken back: look again. The log keeps them all.",
    "interview": "interview",
    "stays": "in place",
    "moved": "moved",
    "to_look": "to look at again",
    "nothing": "none",
    "saturation": "Saturation",
    "fixed": "Nobody has made a code while coding. With a codebook fixed beforehand no new codes can"
    " appear, so saturation cannot be spoken of.",
    "few": "People have made codes, but a base of 4 interviews and a run of 2 are not coded yet.",
    "saturation_lead": "The {codes} codes people made while coding, counted over the {interviews} coded"
    " interviews in order. «6+2»: in the 2 interviews after the 6th, new codes were at or below the"
    " threshold (Guest, Namey and Chen 2020).",
    "base": "base",
    "run": "run",
    "threshold": "threshold",
    "n_base": "codes of the base",
    "last_ratio": "last ratio",
    "reached": "reached",
    "bands": "In other orders",
    "bands_lead": "Codes known after each interview: median and 95% range over {n:,} random orders. This is"
    " Gyeol's addition to the paper.",
    "nth": "interview",
    "known": "this order",
    "middle": "median",
    "band": "95% range",
    "kiwi": "What another Kiwi would change",
    "kiwi_lead": "This study was analysed with Kiwi {before}; {after} is installed. Of {words:,} words"
    " compared, {changed:,} would be analysed otherwise. Old results are kept until gyeol run --upgrade.",
    "word": "word",
    "before": "now",
    "after": "then",
    "refused": "Files set aside",
    "refused_lead": "They are in quarantine/, each with its reason beside it. Their names are told there only.",
    "file": "file",
    "why": "why",
    "notes": "To know",
}


def news_words(lang: Lang) -> Mapping[str, str]:
    """Return the page's words."""
    return _KO if lang == "ko" else _EN
