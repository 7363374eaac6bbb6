"""A small real server with OpenAI's chat completions: it keeps every request, and misbehaves as told.

    async with serving(refuses(429), says("hello")) as server:   in a test's own event loop
    with in_thread(Server()) as server:                           beside code that starts an event loop of its own
    python tests/servers.py --port 0 --record requests.jsonl     beside another process; prints "ready URL" when it is

One scripted act answers each request, in order; after the last one (or without any) ``answer`` does. The one small
request with which a client tries the connection uses up no act: ``greetings`` is the script for those.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import multiprocessing
import re
import ssl
import threading
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass, field, replace
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any
from urllib.parse import quote

from aiohttp import web

Body = dict[str, Any]
Act = Callable[[web.Request, Body], Awaitable[web.StreamResponse]]

GREETING = "Reply with OK."


def plausible(body: Body) -> str:
    """A legal reply, a function of the prompt alone: a JSON object where one is asked for, else a few words."""
    asked = body["messages"][-1]["content"]
    if "JSON object only" in asked:
        return '{"answer": null}'
    if written := re.findall(r'"(\w+):"', asked):
        return "\n".join(f"{name}: I have nothing to add. (ready)" for name in written)
    return "OK" if asked == GREETING else f"I have nothing to add, for the {len(body['messages'])}. time. (ready)"


def completion(text: str | None, finish: str | None = "stop", **message: Any) -> Body:
    """The document of a chat completion."""
    return {
        "id": "chatcmpl-1", "object": "chat.completion", "created": 1, "model": "served-model", "system_fingerprint": "fp_1",
        "choices": [{"index": 0, "message": {"role": "assistant", "content": text, **message}, "finish_reason": finish}],
        "usage": {"prompt_tokens": 11, "completion_tokens": 7, "total_tokens": 18, "prompt_tokens_details": {"cached_tokens": 5}},
    }  # fmt: skip


def says(text: str | None, finish: str | None = "stop", **message: Any) -> Act:
    return gives(completion(text, finish, **message))


def gives(document: Any, status: int = 200, headers: Mapping[str, str] | None = None) -> Act:
    return sends(json.dumps(document).encode(), "application/json", status, headers)


def refuses(status: int, message: str = "no", code: str | None = None, headers: Mapping[str, str] | None = None) -> Act:
    return gives({"error": {"message": message, "type": "refused", "code": code}}, status, headers)


def sends(body: bytes, content_type: str = "application/json", status: int = 200, headers: Mapping[str, str] | None = None) -> Act:
    """A whole and proper HTTP reply with ``body`` in it."""

    async def act(request: web.Request, asked: Body) -> web.StreamResponse:
        return web.Response(body=body, status=status, headers={"Content-Type": content_type, **(headers or {})})

    return act


def writes(on_the_wire: bytes) -> Act:
    """``on_the_wire`` and nothing else, HTTP or not; then the connection closes."""

    async def act(request: web.Request, asked: Body) -> web.StreamResponse:
        assert request.transport is not None
        request.transport.write(on_the_wire)
        request.transport.close()
        return web.Response()

    return act


def drops() -> Act:
    """The connection is reset without a reply."""

    async def act(request: web.Request, asked: Body) -> web.StreamResponse:
        assert request.transport is not None
        request.transport.abort()
        return web.Response()

    return act


def truncates() -> Act:
    """The connection closes in the middle of the body."""
    body = json.dumps(completion("a whole sentence")).encode()
    return writes(
        b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s" % (len(body), body[: len(body) // 2])
    )


def hangs(opening: bytes = b"") -> Act:
    """Nothing more after ``opening`` for as long as the client waits."""

    async def act(request: web.Request, asked: Body) -> web.StreamResponse:
        assert request.transport is not None
        request.transport.write(opening)
        await asyncio.Event().wait()
        raise AssertionError

    return act


@dataclass
class Received:
    """One request as it came in."""

    path: str
    headers: Mapping[str, str]
    raw: bytes
    body: Body
    greeting: bool


@dataclass
class Server:
    """Listens at ``base_url`` between ``start`` and ``stop``. ``requests`` leaves out the ones that only try the connection."""

    script: deque[Act] = field(default_factory=deque)
    greetings: deque[Act] = field(default_factory=deque)
    answer: Callable[[Body], str] = plausible
    latency: float = 0.0
    port: int = 0
    record: Path | None = None
    received: list[Received] = field(default_factory=list)
    most_at_once: int = 0
    at_once: int = 0
    tls: ssl.SSLContext | None = None

    @property
    def base_url(self) -> str:
        return f"http://127.0.0.1:{self.port}/v1"

    def spec(self, **options: object) -> str:
        """The model behind this server, asked for impatiently unless ``options`` say otherwise."""
        impatient = {"base_url": self.base_url, "timeout": 0.3, "backoff": 0.001, "retries": 2}
        return "openai:asked-model?" + "&".join(f"{key}={quote(str(value), safe='/:')}" for key, value in (impatient | options).items())

    @property
    def requests(self) -> list[Received]:
        return [received for received in self.received if not received.greeting]

    @property
    def bodies(self) -> list[Body]:
        return [received.body for received in self.requests]

    async def start(self) -> None:
        app = web.Application(client_max_size=2**28)
        app.router.add_post("/{path:.*}", self._reply)
        # Handlers end when their client hangs up, and none delays the end of a test.
        self._runner = web.AppRunner(app, access_log=None, handler_cancellation=True, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", self.port, ssl_context=self.tls).start()
        self.port = self._runner.addresses[0][1]

    async def stop(self) -> None:
        await self._runner.cleanup()

    async def _reply(self, request: web.Request) -> web.StreamResponse:
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        try:
            raw = await request.read()
            body = json.loads(raw)
            received = Received(request.path_qs, dict(request.headers), raw, body, body["messages"][-1]["content"] == GREETING)
            self.received.append(received)
            if self.record:
                with self.record.open("a", encoding="ascii") as file:
                    file.write(json.dumps(received.body) + "\n")
            await asyncio.sleep(self.latency)
            script = self.greetings if received.greeting else self.script
            act = script.popleft() if script else says(self.answer(received.body))
            return await act(request, received.body)
        finally:
            self.at_once -= 1


@asynccontextmanager
async def serving(*script: Act, greetings: tuple[Act, ...] = (), latency: float = 0.0) -> AsyncIterator[Server]:
    """A server that acts as ``script`` says, in the running event loop."""
    server = Server(deque(script), deque(greetings), latency=latency)
    await server.start()
    try:
        yield server
    finally:
        await server.stop()


@contextmanager
def in_thread(server: Server) -> Iterator[Server]:
    """``server`` in an event loop of its own, in another thread."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    try:
        asyncio.run_coroutine_threadsafe(server.start(), loop).result(timeout=10)
        try:
            yield server
        finally:
            asyncio.run_coroutine_threadsafe(server.stop(), loop).result(timeout=10)
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join(timeout=10)
        loop.close()


@contextmanager
def in_process(server: Server) -> Iterator[Server]:
    """A copy of ``server`` in a process of its own, which is killed at the end: from then on no reply that it owes ever comes."""
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe()
    process = context.Process(target=_serve, args=(server, there), daemon=True)
    process.start()
    try:
        assert here.poll(60), "the server does not start"
        yield replace(server, port=here.recv())
    finally:
        process.kill()
        process.join()


def _serve(server: Server, started: Connection) -> None:
    async def serve() -> None:
        await server.start()
        started.send(server.port)
        await asyncio.Event().wait()

    asyncio.run(serve())


def main() -> None:
    """Serves until killed."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--port", type=int, default=0, help="0: any free one")
    parser.add_argument("--record", type=Path, help="append the body of every request to this file, one JSON document a line")
    parser.add_argument("--latency", type=float, default=0.0, help="seconds before each reply")
    parser.add_argument("--refuse", type=int, default=0, metavar="N", help="refuse the first N requests with status 429")
    given = parser.parse_args()

    async def serve() -> None:
        server = Server(deque([refuses(429)] * given.refuse), latency=given.latency, port=given.port, record=given.record)
        await server.start()
        print("ready", server.base_url, flush=True)
        await asyncio.Event().wait()

    with suppress(KeyboardInterrupt):
        asyncio.run(serve())


if __name__ == "__main__":
    main()
