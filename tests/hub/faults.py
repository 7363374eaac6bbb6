"""Faults on demand. ``POST /_control/faults`` takes one, or a list of them:

    {"match": regular expression on "METHOD /path?query", "action": …, "skip": 0, "times": 1}

``skip`` matching requests pass first, then ``times`` are hit.

| action | further keys | effect |
|---|---|---|
| status | status, headers, error | answers so, and does nothing |
| drop | reset | closes the connection before anything is done |
| drop_upload | bytes | reads so much of the request, then closes |
| drop_response | reset | does the work, then closes without an answer |
| truncate | bytes | sends so much of the answer's body, then closes |
| corrupt | offset | flips one bit of the answer's body |
| delay | seconds | waits first |
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass
class Fault:
    match: str
    action: str = "status"
    skip: int = 0
    times: int = 1
    hits: int = 0
    status: int = 503
    headers: dict[str, str] = field(default_factory=dict)
    error: str = "injected fault"
    bytes: int = 1
    offset: int = 0
    seconds: float = 1.0
    reset: bool = False


@dataclass
class Faults:
    """Those that are still to come, and those that came."""

    known: list[Fault] = field(default_factory=list)

    def add(self, asked: Any) -> None:
        for one in asked if isinstance(asked, list) else [asked]:
            re.compile(one["match"])
            self.known.append(Fault(**one))

    def next(self, line: str) -> Fault | None:
        for fault in self.known:
            if fault.times and re.search(fault.match, line):
                if fault.skip:
                    fault.skip -= 1
                    continue
                fault.times -= 1
                fault.hits += 1
                return fault
        return None


async def under(fault: Fault, request: web.Request, handler: Handler) -> web.StreamResponse:
    """What ``handler`` makes of ``request``, spoilt as ``fault`` says."""
    if fault.action == "delay":
        await asyncio.sleep(fault.seconds)
    elif fault.action == "status":
        await request.read()
        return web.json_response({"error": fault.error}, status=fault.status, headers={"X-Error-Message": fault.error, **fault.headers})
    elif fault.action == "drop_upload":
        await request.content.read(fault.bytes)
    if fault.action in ("drop", "drop_upload"):
        return _closed(request, fault)
    answer = await handler(request)
    if fault.action == "drop_response":
        return _closed(request, fault)
    body = answer.body if isinstance(answer, web.Response) else None
    if not isinstance(body, bytes | bytearray):
        return answer
    if fault.action == "corrupt" and body:
        spoilt = bytearray(body)
        spoilt[fault.offset % len(spoilt)] ^= 1
        answer.body = bytes(spoilt)  # type: ignore[attr-defined]  # a Response, as was asked above
    if fault.action == "truncate":
        whole = web.StreamResponse(status=answer.status, headers={**answer.headers, "Content-Length": str(len(body))})
        await whole.prepare(request)
        await whole.write(bytes(body[: fault.bytes]))
        return _closed(request, fault, whole)
    return answer


def _closed(request: web.Request, fault: Fault, answer: web.StreamResponse | None = None) -> web.StreamResponse:
    """Nothing more is sent on this connection."""
    if request.transport is not None:
        (request.transport.abort if fault.reset else request.transport.close)()
    return answer or web.Response()
