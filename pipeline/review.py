"""``gyeol review``: the study made ready for its coders, and the desk served to them."""

from __future__ import annotations

import asyncio
import json
import secrets
import sys
import webbrowser
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from starlette.applications import Starlette

from pipeline.codebook_file import as_written, codebook_in_force, no_codes
from pipeline.config import Study, must_have_codebook
from pipeline.corpus.encoding import decode, freeze
from pipeline.errors import GyeolError, Problem, UsageError
from pipeline.flow.corpus import interviews_of
from pipeline.flow.privacy import key_of
from pipeline.flow.themes import given_of
from pipeline.flow.verdicts import codings_in_files
from pipeline.memory import code_digest, write_whole
from pipeline.progress import Silent
from pipeline.records import Code, CodebookVersion, Decision, Privacy, Segment
from pipeline.runner import Watcher, run_stages
from pipeline.sentences import particle, why_not
from pipeline.stages import stages_for
from pipeline.verdicts.code_names import former_names
from pipeline.verdicts.store import (
    Store,
    append,
    decisions_of,
    last_number,
    lift_blind,
    lifted_at,
    open_store,
)
from pipeline.verdicts.versions import add_version, versions_of
from pipeline.views.masked import masked_line
from pipeline.views.review.app import make_app
from pipeline.views.review.guard import is_loopback
from pipeline.views.review.log import Keeper
from pipeline.views.review.material import Material
from pipeline.views.review.pins import PinKeeper
from pipeline.views.review.state import Blindness, Codebook, Desk

PORT = 8765
# How long open pages are waited for when the program is ended.
_GRACE = 2
# Learning goes on beside the pages: with Python's usual 5 ms, an answer that waits for the disk
# or the network a few times would wait as often for the lesson to give way.
_GIVE_WAY = 0.0005


@dataclass(frozen=True, slots=True)
class Address:
    """Where the desk is to be served; ``port`` ``None`` takes the usual one, or another."""

    host: str = "127.0.0.1"
    port: int | None = None


def make_material(study: Study, watcher: Watcher, store: Store) -> Material:
    """Run the stages the desk rests on and put together what it shows.

    Raises:
        GyeolError: there is no codebook, or a stage cannot go on.
    """
    must_have_codebook(study)
    run = run_stages(study, stages_for("alignment", "codings"), watcher)
    codes: tuple[Code, ...] = run.result("codebook")
    segments: tuple[Segment, ...] = run.result("segments")
    if not codes:
        raise no_codes(study, run.problems)
    if not segments:
        raise GyeolError(_nothing_to_code(study))
    privacy: Privacy = run.result("privacy")
    config = study.config
    key = {} if config.review.unmasked else key_of(study)
    given = given_of(run)
    version = codebook_in_force(study, store)
    versions = versions_of(store)
    return Material(
        title=masked_line(config.title or study.name, key),
        lang=config.lang,
        levels=tuple(config.levels),
        interviews=interviews_of(run),
        segments=segments,
        codes=codes,
        # What people decide at the desk comes from its log, and changes while it is open.
        codings=codings_in_files(run, former_names(versions)),
        masks={} if config.review.unmasked else privacy.masks,
        key=key,
        given=given,
        untaught=given.untaught(),
        seed=config.seed,
        unaided=config.review.unaided,
        lead=config.review.lead,
        shared=tuple(config.review.shared),
        top=config.suggest.top,
        model=code_digest("themes")[:8],
        version=1 if version is None else version.number,
        versions=versions,
    )


def open_desk(study: Study, watcher: Watcher) -> Desk:
    """Return the desk of ``study``, its store open."""
    store = open_store(study.store_url, study.store_shown)
    material = make_material(study, watcher, store)
    return Desk(material, keeper_of(store), blindness_of(store), codebook_of(study, store))


def codebook_of(study: Study, store: Store) -> Codebook | None:
    """Return how the desk changes the study's codebook, ``None`` for one in another format."""
    path = study.codebook
    if path is None or path.suffix.lower() not in {".yaml", ".yml"}:
        return None

    def write(text: str, version: CodebookVersion) -> None:
        write_whole(path, as_written(text, path.read_bytes()))
        add_version(store, version)

    return Codebook(
        study.shown(path),
        lambda: freeze(decode(path.read_bytes())),
        write,
        lambda: make_material(study, Silent(), store),
    )


def keeper_of(store: Store) -> Keeper:
    """Return how the desk keeps decisions in ``store``."""

    def after(number: int) -> tuple[Sequence[Decision], int]:
        # The number first: what comes in between is read once more and known by its id.
        last = last_number(store)
        return decisions_of(store, number), last

    return Keeper(lambda decisions: append(store, decisions), after)


def blindness_of(store: Store) -> Blindness:
    """Return how the desk tells whether coders are blind to each other."""
    return Blindness(lambda: lifted_at(store), lambda coder: lift_blind(store, coder))


def pins_of(study: Study) -> PinKeeper:
    """Return how the coders' PINs are kept: as hashes, in the study's private part."""
    path = study.private / "pins.json"

    def read() -> Mapping[str, str]:
        if not path.is_file():
            return {}
        try:
            return {str(coder): str(made) for coder, made in json.loads(path.read_bytes()).items()}
        except (ValueError, AttributeError) as error:
            raise GyeolError(
                Problem(
                    "코더들의 PIN을 읽을 수 없습니다. 이 파일을 지우면 PIN을 새로 정할 수 있습니다.",
                    "The coders' PINs cannot be read. Without this file, new ones can be set.",
                    study.shown(path),
                )
            ) from error

    def write(pins: Mapping[str, str]) -> None:
        text = json.dumps(pins, ensure_ascii=False, indent=1, sort_keys=True)
        write_whole(path, f"{text}\n".encode(), private=True)

    return PinKeeper(read, write)


def reset_pin(study: Study, coder: str) -> None:
    """Take away the PIN of ``coder``, who sets a new one at the next login.

    Raises:
        UsageError: there is none.
    """
    pins = pins_of(study)
    kept = dict(pins.read())
    if kept.pop(coder, None) is None:
        listed = ", ".join(sorted(kept)) or "-"
        raise UsageError(
            Problem(
                f"«{coder}»에게는 PIN이 없습니다. PIN이 있는 코더: {listed}",
                f"«{coder}» has no PIN. Coders who have one: {listed}",
            )
        )
    pins.write(kept)


def serve(
    desk: Desk,
    pins: PinKeeper,
    address: Address,
    ready: Callable[[str, str], None],
    browse: bool,
) -> None:
    """Serve ``desk`` until the program is ended; ``ready(url, token)`` is called once it answers.

    On an address others can reach, a token is demanded of everybody, and a PIN of their own;
    ``token`` is empty elsewhere. With ``browse`` the page is opened in the browser.

    Raises:
        UsageError: the address cannot be used.
    """
    pins.read()  # what is damaged is said before anybody waits at the door
    sys.setswitchinterval(_GIVE_WAY)
    token = "" if is_loopback(address.host) else secrets.token_urlsafe(18)
    app = make_app(desk, address.host, token, pins)
    asyncio.run(_serve(app, address, token, ready, browse))


async def _serve(
    app: Starlette,
    address: Address,
    token: str,
    ready: Callable[[str, str], None],
    browse: bool,
) -> None:
    import uvicorn

    port = await _free_port(address)
    config = uvicorn.Config(
        app,
        host=address.host,
        port=port,
        log_level="error",
        access_log=False,
        server_header=False,
        date_header=False,
        proxy_headers=False,
        timeout_graceful_shutdown=_GRACE,
    )
    server = uvicorn.Server(config)
    serving = asyncio.create_task(server.serve())
    while not server.started and not serving.done():
        await asyncio.sleep(0.02)
    if server.started:
        bound = server.servers[0].sockets[0].getsockname()[1]
        host = f"[{address.host}]" if ":" in address.host else address.host
        url = f"http://{host}:{bound}/"
        ready(url, token)
        if browse:
            webbrowser.open(f"{url}login?token={token}" if token else url)
    await serving


async def _free_port(address: Address) -> int:
    """Return a port that is free: the one asked for, or the usual one, or any."""
    wanted = (PORT, 0) if address.port is None else (address.port,)
    fault: OSError | None = None
    for port in wanted:
        try:
            trial = await asyncio.start_server(lambda _r, w: w.close(), address.host, port)
        except OSError as error:
            fault = error
            continue
        trial.close()
        await trial.wait_closed()
        return port
    ko, en = (why_not(fault), fault.strerror) if fault else ("", "")
    raise UsageError(
        Problem(
            f"{address.host}:{wanted[-1]}{particle(str(wanted[-1]), '을')} 쓸 수 없습니다({ko}). 다른 --port나 --host를 적으세요.",
            f"{address.host}:{wanted[-1]} cannot be used ({en}). Give another --port or --host.",
        )
    )


def _nothing_to_code(study: Study) -> Problem:
    return Problem(
        "코딩할 단위가 없습니다. 면담에 참여자의 발화가 있는지, interviewer 설정이 맞는지 확인하세요.",
        "There is nothing to code. See that interviews have answers and `interviewer` is right.",
        study.shown(study.interviews),
    )
