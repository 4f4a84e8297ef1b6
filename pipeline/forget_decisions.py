"""Withdrawal (동의 철회) from the store: an interview's decisions, and what may quote it still."""

from __future__ import annotations

from pipeline.config import Study
from pipeline.errors import Problem
from pipeline.flow.verdicts import has_store


def is_decided_on(study: Study, interview: str) -> bool:
    """Tell whether the study's store holds decisions on the interview, or held some."""
    if not has_store(study):
        return False
    from pipeline.verdicts.store import open_store
    from pipeline.verdicts.withdrawal import knows

    with open_store(study.store_url, study.store_shown) as store:
        return knows(store, interview)


def forget_decisions(study: Study, interview: str, text: str) -> tuple[list[str], list[Problem]]:
    """Erase what was decided on the interview, whose text is ``text`` where it is at hand.

    Returns the files that changed, and where the interview may be quoted still. Copies of the
    store made before a change of its tables are deleted.
    """
    if not has_store(study):
        return [], []
    from pipeline.verdicts.store import open_store
    from pipeline.verdicts.withdrawal import erase

    with open_store(study.store_url, study.store_shown) as store:
        done = erase(store, interview, text)
    erased = [study.store_shown] if done.decisions or done.codebooks else []
    notes = []
    file = study.store_file
    if file is None:
        notes.append(
            Problem(
                "데이터베이스 서버의 백업과 WAL에는 판정이 남아 있을 수 있습니다. 관리자에게 알리세요.",
                "The server's backups and its write-ahead log may hold the decisions still; tell "
                "who runs it.",
                study.store_shown,
                level="warning",
            )
        )
    else:
        for copy in sorted(file.parent.glob(f"{file.name}.v*")):
            copy.unlink()
            erased.append(study.shown(copy))
    if not done.whole:
        notes.append(
            Problem(
                "다른 프로그램이 저장소를 열고 있어 지운 글이 파일에 남아 있을 수 있습니다. gyeol review를 "
                "닫고 다시 실행하세요.",
                "Another program has the store open: erased text may still be in the file. Close "
                "gyeol review and run this again.",
                study.store_shown,
            )
        )
    if done.quoted and study.codebook is not None:
        codes = ", ".join(done.quoted)
        notes.append(
            Problem(
                f"코드북이 이 면담의 말을 인용합니다(코드 {codes}). 직접 열어 지우세요.",
                f"The codebook quotes the interview (codes {codes}); open it and delete that.",
                study.shown(study.codebook),
                level="warning",
            )
        )
    if done.notes:
        notes.append(
            Problem(
                f"면담에 딸리지 않은 메모 {done.notes}개에 이 면담의 말이 있을 수 있습니다. gyeol review에서 "
                "확인하세요.",
                f"{done.notes} memos on codes may quote the interview; look at them in gyeol review.",
                study.store_shown,
                level="warning",
            )
        )
    return erased, notes
