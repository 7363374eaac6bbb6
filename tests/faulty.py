"""A real `bench run` beside a real server that misbehaves by a schedule: what the tests of faults share."""

from __future__ import annotations

import asyncio
import hashlib
import json
import os
import subprocess
import sys
import time
from collections import Counter, deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from aiohttp import web

from benchmark.streams import stream
from tests import forked
from tests.servers import GREETING, Act, Body, Server, completion, drops, gives, hangs, refuses, sends, truncates, writes

LONG = int(os.environ.get("PARLEY_EXAMPLES", "24")) > 100
"""`make test-long`: the same faults at many more moments."""

WHOLE = json.dumps(completion("A whole reply. (ready)")).encode()


def framed(body: bytes, length: int, kind: str = "application/json") -> Act:
    """``body`` under a head that says it is ``length`` bytes long."""
    return writes(b"HTTP/1.1 200 OK\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n%s" % (kind.encode(), length, body))


def drips(pause: float = 0.3) -> Act:
    """A whole reply, one byte at a time: always something, never soon."""

    async def act(request: web.Request, asked: Body) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Type": "application/json", "Content-Length": str(len(WHOLE))})
        await response.prepare(request)
        for place in range(len(WHOLE)):
            await response.write(WHOLE[place : place + 1])
            await asyncio.sleep(pause)
        return response

    return act


def says_more(pause: float = 0.0) -> Act:
    """A proper reply, and ``pause`` seconds later a second one that nobody asked for."""

    async def act(request: web.Request, asked: Body) -> web.StreamResponse:
        assert request.transport is not None
        one = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s"
        proper = json.dumps(completion(varied(asked))).encode()
        first, second = one % (len(proper), proper), one % (len(WHOLE), WHOLE)
        if pause:
            request.transport.write(first)
            await asyncio.sleep(pause)
            request.transport.write(second)
        else:
            request.transport.write(first + second)
        await asyncio.Event().wait()
        raise AssertionError

    return act


MALFORMED: dict[str, Act] = {
    "half of a document": sends(WHOLE[: len(WHOLE) // 2]),
    "no JSON": sends(b"<html>Bad gateway</html>", "text/html"),
    "nothing": sends(b""),
    "bytes that are no text": sends(b"\xff\xfe\x00\x01" * 9),
    "a list": gives([]),
    "no choices": gives({"object": "chat.completion", "choices": []}),
    "a choice without a message": gives({"choices": [{"text": "old"}]}),
    "words that are a number": gives({"choices": [{"message": {"content": 5}}]}),
    "an error under 200": gives({"error": {"message": "worker died", "code": 500}}),
    "cut in the middle": truncates(),
    "a length too large": framed(WHOLE, len(WHOLE) + 10),
    "a length too small": framed(WHOLE, len(WHOLE) - 10),
    "a chunk cut": writes(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n40\r\n{"),
    "no HTTP": writes(b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc"),
    "broken gzip": sends(b"not gzip", headers={"Content-Encoding": "gzip"}),
    "a slow drip": drips(),
}

FAULTS: dict[str, tuple[Act, ...]] = {
    "429": (refuses(429), refuses(429, headers={"Retry-After": "0.05"})),
    "500": (refuses(500), refuses(502), refuses(500, "CUDA error")),
    "dropped": (drops(),),
    "hung": (hangs(), hangs(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{")),
    "malformed": tuple(MALFORMED.values()),
}


def varied(body: Body) -> str:
    """A reply that depends on the prompt and the seed alone: mostly legal, at times not, so that repairs and failures occur too."""
    asked = json.dumps([body["messages"], body.get("seed")]).encode()
    draw = stream(0, "reply", hashlib.sha256(asked).hexdigest())
    if body["messages"][-1]["content"] == GREETING:
        return "OK"
    if "JSON object only" in body["messages"][-1]["content"] or "JSON object" in body["messages"][-1]["content"]:
        return '{"answer": null}' if draw.below(6) else "I would rather not say."
    return f"Word {draw.below(1000)} on the {draw.below(9)}. matter." + (" (ready)" if draw.below(2) else "")


@dataclass
class Schedule:
    """Faults drawn for each request by its number: ``shares`` of a thousand by the name of the fault. Keeps what it did."""

    seed: int
    shares: Mapping[str, int]
    given: Counter[str] = field(default_factory=Counter)
    asked: Counter[str] = field(default_factory=Counter)
    """How often each prompt was asked, by its hash."""

    def server(self) -> Server:
        return Server(script=deque([self._act] * 100_000), answer=varied)

    async def _act(self, request: web.Request, body: Body) -> web.StreamResponse:
        number = self.asked.total()
        self.asked[chat_of(body)] += 1
        draw = stream(self.seed, "fault", number)
        left = draw.below(1000)
        for name, share in self.shares.items():
            left -= share
            if left < 0:
                self.given[name] += 1
                acts = FAULTS.get(name) or (MALFORMED[name],)
                return await acts[draw.below(len(acts))](request, body)
        self.given[""] += 1
        return await gives(completion(varied(body)))(request, body)


def chat_of(body: Body) -> str:
    """What a record calls ``chat_sha256``."""
    chat = [[message["role"], message["content"]] for message in body["messages"]]
    return hashlib.sha256(json.dumps(chat, separators=(",", ":")).encode()).hexdigest()


CODE = "from benchmark.cli import main; main()"


def command(*words: object) -> list[str]:
    return [sys.executable, "-c", CODE, *map(str, words)]


def environment(**more: str) -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path), "OPENAI_API_KEY": "sk-planted-0815", **more}


def bench(*words: object, **more: str) -> subprocess.CompletedProcess[str]:
    """`bench` as a process of its own; whatever it does, it writes no traceback."""
    if any(name.startswith(forked.AT_START) for name in more):
        done = subprocess.run(command(*words), env=environment(**more), capture_output=True, text=True, timeout=300)
    else:
        done = forked.run(CODE, *map(str, words), environment=environment(**more), cwd=Path.cwd(), seconds=300)
    assert "Traceback" not in done.stderr + done.stdout, done.stderr
    return done


def start(*words: object, **more: str) -> subprocess.Popen[str]:
    return subprocess.Popen(command(*words), env=environment(**more), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def until(holds: Callable[[], bool], seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.005)


def size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0


def lines(out: Path) -> list[bytes]:
    """The whole lines of episodes.jsonl."""
    path = out / "episodes.jsonl"
    return path.read_bytes().split(b"\n")[:-1] if path.exists() else []


def records(out: Path) -> dict[str, dict[str, Any]]:
    found = [json.loads(line) for line in lines(out)]
    assert len({one["id"] for one in found}) == len(found)
    return {one["id"]: one for one in found}


def essence(out: Path) -> dict[str, dict[str, Any]]:
    """The records without what the weather decides (retries, seconds, tokens and what follows from them) and the server's address."""
    left = {}
    for name, one in records(out).items():
        calls = [{key: value for key, value in call.items() if key not in ("retries", "seconds", "usage")} for call in one["calls"]]
        whole = {key: value for key, value in one.items() if key not in ("id", "seats", "digest", "cost")}
        left[name.rpartition("/")[0]] = whole | {"calls": calls}
    return left


def asked_again(out: Path) -> Counter[str]:
    """How often each prompt was asked, by the records."""
    found: Counter[str] = Counter()
    for one in records(out).values():
        for call in one["calls"]:
            found[call["chat_sha256"]] += call["retries"] + 1
    return found


def assert_holds(out: Path) -> None:
    verified = bench("verify", out)
    assert verified.returncode == 0, verified.stdout
