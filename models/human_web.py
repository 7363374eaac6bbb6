"""People in browsers on this machine, in the place of a model: an address for each seat, and one question at a time.

A page shows what a model would be sent and nothing else. Who has an address has its seat: it holds a secret, no other origin may use it,
and the server listens on this machine alone.
"""

from __future__ import annotations

import asyncio
import base64
import hashlib
import itertools
import secrets
import sys
import time
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from aiohttp import web

from benchmark.episode import chat_sha256
from benchmark.vocabulary import Completion, ConnectError, Json, Request, Sampling, Seat
from models.human_queue import Queue

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping

    from aiohttp.typedefs import Handler, Middleware

    from models.spec import Spec

LISTENS = "127.0.0.1"
POLL_SECONDS = 20.0
"""So long a page waits for news before it asks again."""

FAREWELL_SECONDS = 3.0
"""So long the end waits for the pages that were opened to hear of it."""

_LARGEST = 2**18
_PARTS = Path(__file__).with_name("human_page")


@dataclass(slots=True)
class _Room:
    """What the page of one seat shows. ``version`` grows with every change of it; ``parted``: it has heard of the end."""

    token: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    queue: Queue = field(default_factory=Queue)
    version: int = 0
    shown: Mapping[str, Json] = field(default_factory=lambda: {"messages": [], "ask": None})
    answer: asyncio.Future[str] | None = None
    changed: asyncio.Event = field(default_factory=asyncio.Event)
    visited: bool = False
    parted: asyncio.Event = field(default_factory=asyncio.Event)

    def show(self, document: Mapping[str, Json]) -> None:
        self.version, self.shown = self.version + 1, document
        self.changed.set()
        self.changed = asyncio.Event()

    @property
    def state(self) -> dict[str, Json]:
        return {"version": self.version, **self.shown}


class People:
    """Everyone who sits at a browser, as one Model: who is asked follows from the seat of a request."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.details: Mapping[str, Json] = {"engine": "human", "at": "browser"}
        self.port = 0
        self.rooms: dict[Seat, _Room] = {}
        self._dialogues: dict[str, int] = {}
        """The number of its dialogue for every chat that was shown, by hash."""
        self._numbers = itertools.count(1)

    async def complete(self, request: Request, sampling: Sampling) -> Completion:
        """What the person at the seat writes, however long that takes."""
        del sampling
        room = self.room(request.seat)
        async with room.queue.turn(len(request.chat)):
            began = time.monotonic()
            room.answer = asyncio.get_running_loop().create_future()
            room.show(self._question(request))
            try:
                text = await room.answer
            finally:
                room.answer = None
                room.show({**room.shown, "ask": None})
        return Completion(text, seconds=time.monotonic() - began)

    def room(self, seat: Seat) -> _Room:
        """The page of ``seat``; its address is told when it is first wanted."""
        if seat not in self.rooms:
            self.rooms[seat] = _Room()
            with suppress(OSError):
                print(f"Seat {seat}: open {self.address(seat)}", file=sys.stderr, flush=True)
        return self.rooms[seat]

    def address(self, seat: Seat) -> str:
        return f"http://{LISTENS}:{self.port}/{self.rooms[seat].token}/"

    def of(self, token: str) -> _Room | None:
        return next((room for room in self.rooms.values() if secrets.compare_digest(room.token.encode(), token.encode())), None)

    def _question(self, request: Request) -> dict[str, Json]:
        before = next(
            (found for cut in range(len(request.chat), 0, -1) if (found := self._dialogues.get(chat_sha256(request.chat[:cut])))), 0
        )
        number = before or next(self._numbers)
        self._dialogues[chat_sha256(request.chat)] = number
        kind = "answer" if request.schema is not None else request.kind
        return {
            "dialogue": number,
            "messages": [list(message) for message in request.chat],
            "ask": {"kind": kind, "name": request.view.name(request.seat), "words": request.task.words},
        }


@asynccontextmanager
async def served(spec: Spec) -> AsyncIterator[People]:
    """The people at browsers, while the server of their pages runs. ConnectError where it cannot listen."""
    people = People(spec.identity)
    app = web.Application(client_max_size=_LARGEST, middlewares=[_guard(people)])
    page, policy = _page()
    app.router.add_get("/{token}/", lambda request: _opened(people, request, page))
    app.router.add_get("/{token}/state", lambda request: _state(people, request))
    app.router.add_post("/{token}/answer", lambda request: _answered(people, request))
    app["policy"] = policy
    runner = web.AppRunner(app, access_log=None, handler_cancellation=True, shutdown_timeout=0.1)
    await runner.setup()
    port = spec.count("port", 0, 0, 65_535)
    try:
        await web.TCPSite(runner, LISTENS, port).start()
    except OSError as error:
        await runner.cleanup()
        raise ConnectError(
            f"{spec} cannot listen on port {port} of this machine ({error.strerror}). Name another with port=, or none."
        ) from None
    people.port = runner.addresses[0][1]
    for seat in dict.fromkeys(spec.options.get("seats", "")):
        people.room(seat)
    try:
        yield people
    finally:
        for room in people.rooms.values():
            room.show({"messages": [], "ask": None, "over": True})
        with suppress(TimeoutError):
            async with asyncio.timeout(FAREWELL_SECONDS):
                for room in people.rooms.values():
                    if room.visited:
                        await room.parted.wait()
        await runner.cleanup()


def _guard(people: People) -> Middleware:
    """Answers only to its own names and, where something is written, to its own pages; and has browsers keep everything to themselves."""

    @web.middleware
    async def guard(request: web.Request, handler: Handler) -> web.StreamResponse:
        hosts = {f"{name}:{people.port}" for name in (LISTENS, "localhost")}
        origin = request.headers.get("Origin")
        own = origin in {f"http://{host}" for host in hosts}
        if request.host not in hosts or (origin is not None and not own) or (request.method != "GET" and not own):
            return web.Response(status=403, text="This address is for its own pages on this machine.")
        response = await handler(request)
        response.headers.update(
            {
                "Content-Security-Policy": request.app["policy"],
                "Cache-Control": "no-store",
                "Referrer-Policy": "no-referrer",
                "X-Content-Type-Options": "nosniff",
                "Cross-Origin-Resource-Policy": "same-origin",
            }
        )
        return response

    return guard


async def _opened(people: People, request: web.Request, page: str) -> web.StreamResponse:
    if people.of(request.match_info["token"]) is None:
        return web.Response(status=404, text="There is no seat at this address.")
    return web.Response(text=page, content_type="text/html")


async def _state(people: People, request: web.Request) -> web.StreamResponse:
    """The state of a seat's page, once it is another than the page has."""
    room = people.of(request.match_info["token"])
    if room is None:
        return web.Response(status=404)
    room.visited = True
    if request.query.get("after") == str(room.version):
        with suppress(TimeoutError):
            async with asyncio.timeout(POLL_SECONDS):
                await room.changed.wait()
    if room.shown.get("over"):
        room.parted.set()
    return web.json_response(room.state)


async def _answered(people: People, request: web.Request) -> web.StreamResponse:
    """Takes an answer to the question that is put, and to no earlier one."""
    room = people.of(request.match_info["token"])
    if room is None:
        return web.Response(status=404)
    try:
        given = await request.json()
        text, version = given["text"], given["version"]
    except (ValueError, KeyError, TypeError, RecursionError):
        return web.Response(status=400, text="An answer is {version, text}.")
    if not isinstance(text, str):
        return web.Response(status=400, text="An answer is {version, text}.")
    if version != room.version or room.answer is None or room.answer.done():
        return web.Response(status=409, text="That question is not put any more.")
    room.answer.set_result(text.replace("\r\n", "\n").strip())
    return web.Response(status=204)


def _page() -> tuple[str, str]:
    """The page of every seat, and the policy that lets it run its own script and ask its own server."""
    style, script = ((_PARTS / name).read_text("utf-8") for name in ("page.css", "page.js"))
    policy = (
        f"default-src 'none'; style-src '{_hash(style)}'; script-src '{_hash(script)}'; connect-src 'self'; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )
    return (_PARTS / "page.html").read_text("utf-8").replace("{style}", style).replace("{script}", script), policy


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")
