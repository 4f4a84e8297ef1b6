"""What the review pages say, in both languages. No phrase holds markup."""

from __future__ import annotations

from collections.abc import Mapping

from pipeline.errors import Lang

_WORDS: Mapping[str, tuple[str, str]] = {
    "review": ("검토", "Review"),
    "skip": ("구절로 건너뛰기", "Skip to the passage"),
    # ── logging in ──
    "login": ("들어가기", "Log in"),
    "login_lead": (
        "코더 이름으로 들어갑니다. 판정은 이 이름으로 적히고, 다음에 같은 이름으로 들어오면 이어서 합니다.",
        "Log in by your coder name. Decisions are kept under it; come back with the same name.",
    ),
    "coder": ("코더 이름", "Coder name"),
    "token": ("열쇠", "Token"),
    "bad_name": (
        "쓸 수 없는 이름입니다. 60자까지의 글자로 적으세요(«합의»는 쓸 수 없습니다).",
        "That name cannot be used. Write up to 60 characters («합의» is taken).",
    ),
    "bad_token": ("열쇠가 맞지 않습니다.", "That is not the token."),
    "logout": ("나가기", "Log out"),
    "language": ("English", "한국어"),
    "theme": ("밝기", "Theme"),
    "theme_auto": ("자동", "Auto"),
    "theme_light": ("밝게", "Light"),
    "theme_dark": ("어둡게", "Dark"),
    # ── the pages ──
    "desk": ("판정", "Desk"),
    "codebook": ("코드북", "Codebook"),
    "agreement": ("일치도", "Agreement"),
    "stale": ("다시 볼 판정", "Look again"),
    "bulk": ("한꺼번에", "In bulk"),
    "memos": ("메모", "Memos"),
    "help": ("도움말", "Help"),
    "pages": ("화면", "Pages"),
    # ── the desk ──
    "order": ("차례", "Order"),
    "order_spoken": ("말한 차례", "As spoken"),
    "order_uncertain": ("헷갈리는 것부터", "Most uncertain"),
    "order_code": ("코드별", "By code"),
    "of_code": ("어느 코드", "Which code"),
    "go": ("보기", "Show"),
    "progress": ("끝낸 구절", "Passages done"),
    "transcript": ("전사본", "Transcript"),
    "passage": ("구절", "Passage"),
    "earlier": ("앞을 더 보기", "Show more before"),
    "later": ("뒤를 더 보기", "Show more after"),
    "interviewer": ("면담자", "Interviewer"),
    "participant": ("참여자", "Participant"),
    "suggestions": ("제안", "Suggestions"),
    "only_ranks": ("점수는 순위만 뜻합니다", "scores only rank"),
    "hidden": (
        "제안을 숨겨 둔 구절입니다. 먼저 혼자 판정하고 a로 코드를 붙이세요. Enter로 끝내면 제안이 보입니다.",
        "Suggestions are hidden here. Judge it alone first (a adds a code); Enter ends, then they show.",
    ),
    "was_hidden": ("제안 없이 판정한 구절", "judged without suggestions"),
    "no_suggestions": ("제안이 없습니다.", "No suggestions."),
    "accept": ("붙이기", "accept"),
    "reject": ("거절", "reject"),
    "why": ("왜", "why"),
    "why_of": ("왜: {word}", "why: {word}"),
    "codings": ("붙인 코드", "Codes put"),
    "none_yet": ("아직 없습니다.", "None yet."),
    "joint": ("합의", "joint"),
    "remove": ("떼기", "remove"),
    "change_span": ("범위 바꾸기", "change span"),
    "on_part": ("일부에", "on a part"),
    "memo": ("메모", "Memo"),
    "memo_on": ("어디에 적을까요", "On what"),
    "memo_passage": ("구절", "Passage"),
    "memo_interview": ("면담", "Interview"),
    "memo_code": ("코드", "Code"),
    "save": ("저장", "Save"),
    "close": ("닫기", "Close"),
    "add_code": ("코드 붙이기", "Add a code"),
    "take_back": ("되돌리기", "Undo"),
    "finish": ("끝냄", "Done"),
    "finished": ("끝낸 구절", "Done"),
    "reopen": ("다시 열기", "Reopen"),
    "search_codes": (
        "코드 찾기: 이름, 초성(ㅎㅎㅈㅅ), 영어",
        "Find a code: name, initials, English",
    ),
    "no_code": ("맞는 코드가 없습니다.", "No such code."),
    "new_code": ("코드북에 새 코드로 만들기", "Make it a new code"),
    "include": ("포함", "Include"),
    "exclude": ("제외", "Exclude"),
    "examples": ("예시", "Examples"),
    # ── said by the live region; {name} is filled in by the page ──
    "said_put": ("«{code}» 붙임", "«{code}» put"),
    "said_removed": ("«{code}» 뗌", "«{code}» removed"),
    "said_rejected": ("«{code}» 거절", "«{code}» rejected"),
    "said_unrejected": ("«{code}» 거절을 거둠", "«{code}» no longer rejected"),
    "said_undone": ("되돌림", "Undone"),
    "said_redone": ("다시 함", "Redone"),
    "said_nothing": ("되돌릴 것이 없습니다", "Nothing to undo"),
    "said_done": ("구절을 끝냄", "Passage done"),
    "said_reopened": ("구절을 다시 엶", "Passage open again"),
    "said_noted": ("메모 저장함", "Memo saved"),
    "said_span": ("범위 바꿈", "Span changed"),
    "said_select": (
        "Shift+화살표로 범위를 고르고 e를 다시 누르세요",
        "Select with Shift+arrows, then press e again",
    ),
    "said_nothing_to_change": ("범위를 바꿀 코딩이 없습니다", "No coding to change"),
    "said_end": ("마지막 구절입니다", "That was the last passage"),
    "said_all_done": ("모든 구절을 끝냈습니다", "All passages are done"),
    "said_failed": (
        "저장하지 못했습니다. 프로그램이 켜져 있는지 확인하고 다시 누르세요.",
        "Not saved. See that the program is running and press again.",
    ),
    "said_selected": ("고른 글: {text}", "Selected: {text}"),
    "said_add": ("코드 붙이기", "Add a code"),
    "said_codebook": ("코드북", "Codebook"),
    "said_hidden": ("제안이 숨겨져 있습니다", "Suggestions are hidden"),
    # ── keys ──
    "key_move": ("다음 · 앞 구절", "next · previous passage"),
    "key_accept": (
        "제안한 코드 붙이기(다시 누르면 뗌)",
        "put the suggested code (again: take off)",
    ),
    "key_cursor": ("제안 고르기", "choose a suggestion"),
    "key_reject": ("고른 제안 거절", "reject the chosen suggestion"),
    "key_add": ("코드를 찾아 붙이기", "find a code and put it"),
    "key_search": ("코드 찾기", "search codes"),
    "key_codebook": ("코드북과 정의", "codebook with definitions"),
    "key_select": ("어절씩 글 고르기(시작은 Alt와 함께)", "select by words (Alt: the start)"),
    "key_span": ("붙인 코드의 범위를 고른 글로 바꾸기", "change a coding's span to the selection"),
    "key_memo": ("메모", "memo"),
    "key_undo": ("되돌리기 · 다시 하기", "undo · redo"),
    "key_done": ("구절 끝내고 다음으로", "passage done, on to the next"),
    "key_help": ("이 도움말", "this help"),
    "key_escape": ("닫기, 고른 글 놓기", "close, drop the selection"),
}


def words(lang: Lang) -> dict[str, str]:
    """Return every phrase in ``lang``, by its key."""
    place = 0 if lang == "ko" else 1
    return {key: pair[place] for key, pair in _WORDS.items()}
