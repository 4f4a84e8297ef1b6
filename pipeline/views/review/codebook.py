"""The codebook's page: codes renamed, moved, split, merged, retired, added, with a reason.

What is to be written is shown first, line by line, and written on a second word only.
"""

from __future__ import annotations

import hashlib
from collections import Counter

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from pipeline.errors import GyeolError, Problem
from pipeline.records import CodebookVersion
from pipeline.verdicts.store import now
from pipeline.verdicts.versions import newest
from pipeline.views.lookups import in_tree_order
from pipeline.views.review.changes import Changed, change, difference
from pipeline.views.review.guard import Session
from pipeline.views.review.pages import for_coders, page, rendered
from pipeline.views.review.state import Codebook, Desk


@for_coders
async def show(request: Request, desk: Desk, session: Session) -> Response:
    """Show every code with how often one put it, and the versions there have been."""
    return page(
        request,
        session,
        "codebook.html.j2",
        codes=in_tree_order(desk.material.codes),
        used=_used(desk, session.coder),
        new=request.query_params.get("new"),
        chosen=request.query_params.get("code", ""),
    )


@for_coders
async def show_code(request: Request, desk: Desk, session: Session) -> Response:
    """Show the forms that change one code, or add one."""
    code = desk.codes.get(request.query_params.get("code", ""))
    new = request.query_params.get("new", "")
    return HTMLResponse(
        rendered(request, session, "code_form.html.j2", code=code, new=new, codebook=desk.codebook)
    )


@for_coders
async def change_code(request: Request, desk: Desk, session: Session) -> Response:
    """Show what a change would write, or write it where that has been seen."""
    sent = {key: str(value) for key, value in (await request.form()).items()}
    try:
        codebook = _editable(desk)
        before = codebook.read()
        changed = change(before, codebook.name, sent, desk.codes)
        if not sent.get("reason", "").strip():
            raise GyeolError(Problem("바꾸는 까닭을 적으세요.", "Say why it is changed."))
        if sent.get("seen") != _digest(before, changed.text):
            return HTMLResponse(_preview(request, desk, session, before, changed, sent))
        await _write(desk, codebook, session, changed, sent["reason"].strip())
    except GyeolError as error:
        fault = error.problems[0].text(session.lang)
        return HTMLResponse(rendered(request, session, "fault.html.j2", fault=fault))
    # The whole page is to be seen anew.
    return Response(headers={"hx-redirect": "/codebook"})


async def _write(
    desk: Desk, codebook: Codebook, session: Session, changed: Changed, reason: str
) -> None:
    latest = newest(desk.material.versions)
    if latest is None or latest.text != codebook.read():
        # Changed by hand since the desk was opened: that is a version of its own first.
        desk.change(await run_in_threadpool(codebook.remake))
        raise GyeolError(
            Problem(
                "그사이에 파일이 밖에서 바뀌어 다시 읽었습니다. 바뀐 코드북을 보고 다시 하세요.",
                "The file was changed outside and has been read anew. Look at it and try again.",
                codebook.name,
            )
        )
    number = max(version.number for version in desk.material.versions) + 1
    version = CodebookVersion(number, now(), session.coder, reason, changed.text, changed.changes)
    codebook.write(changed.text, version)
    desk.change(await run_in_threadpool(codebook.remake))


def _preview(
    request: Request,
    desk: Desk,
    session: Session,
    before: str,
    changed: Changed,
    sent: dict[str, str],
) -> str:
    touched = {name for step in changed.changes for name in step.codes}
    n_touched = sum(
        d.code in touched and d.action in {"put", "reject"} and desk.log.stands(d)
        for d in desk.log.every()
        if desk.sees(session.coder, d)
    )
    return rendered(
        request,
        session,
        "preview.html.j2",
        lines=difference(before, changed.text),
        sent={key: value for key, value in sent.items() if key not in {"secret", "seen"}},
        seen=_digest(before, changed.text),
        n_touched=n_touched,
        # Seen before, but it would be written otherwise now.
        is_other="seen" in sent,
        file=_editable(desk).name,
    )


def _editable(desk: Desk) -> Codebook:
    if desk.codebook is None:
        raise GyeolError(
            Problem(
                "YAML이 아닌 코드북은 화면에서 바꿀 수 없습니다. 파일을 직접 고치거나 codebook.yaml로 옮기세요.",
                "Only a codebook in YAML can be changed here.",
            )
        )
    return desk.codebook


def _digest(before: str, after: str) -> str:
    return hashlib.sha256(f"{before}\0{after}".encode()).hexdigest()[:32]


def _used(desk: Desk, coder: str) -> Counter[str]:
    return Counter(
        d.code
        for d in desk.log.every()
        if d.action == "put" and d.code and desk.sees(coder, d) and desk.log.stands(d)
    )
