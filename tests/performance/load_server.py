"""A fast stand-in for an inference server, for measuring what drives it: slots, latency, a prefix cache, and its own account of both.

    python -m tests.performance.load_server --slots 256 --latency-ms 200     prints "ready URL"; serves until killed

Chat completions come back after ``--latency-ms``, times ``--tail-factor`` for a ``--tail-share`` of them, plus ``--prefill-us`` for
every character of a prompt that the prefix cache does not hold. At most ``--slots`` are served at a time (0: any number), the others
wait first in, first out. ``/stats`` says how busy the slots were, measured here and not by the driver. One core, no dependency.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import time
import zlib
from array import array
from collections import OrderedDict, deque
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

GREETING = "Reply with OK."
WORDS = "the blue house by the river has two doors and one of them is open while nobody looks so we could go there first".split()


def reply_to(messages: list[Any]) -> str:
    """A legal reply of 20 to 39 words (a commit declines), a function of the newest message and the number of messages alone."""
    asked = messages[-1]["content"] if isinstance(messages[-1], dict) else messages[-1][1]
    if "JSON object only" in asked:
        return '{"answer": null}'
    chance = zlib.crc32(f"{len(messages)} {asked}".encode("utf-8", "replace"))
    said = " ".join(WORDS[(chance >> (place % 24)) % len(WORDS)] for place in range(20 + chance % 20)) + "."
    return json.dumps({"action_type": "speak", "argument": said}) if "action_type" in asked else said  # how Sotopia asks for a turn


@dataclass
class Slots:
    """What is served and what waits; every figure of ``/stats``."""

    slots: int = 0
    latency: float = 0.0
    tail_share: float = 0.0
    tail_factor: float = 10.0
    prefill: float = 0.0
    cache_characters: int = 0
    busy: int = 0
    most_at_once: int = 0
    answered: int = 0
    characters: int = 0
    found: int = 0
    began: float = 0.0
    ends: array[float] = field(default_factory=lambda: array("d"))
    used: array[float] = field(default_factory=lambda: array("d"))
    _integral: float = 0.0
    _marked: float = 0.0
    _waiting: deque[Job] = field(default_factory=deque)
    _cache: OrderedDict[int, int] = field(default_factory=OrderedDict)
    _held: int = 0

    def ask(self, client: Client, messages: list[dict[str, str]], raw: bytes) -> None:
        if not self.began:
            self.began = self._marked = time.monotonic()
        slow = zlib.crc32(raw) % 10_000 < 10_000 * self.tail_share
        keys, sizes = _chain(messages), [len(message["content"]) for message in messages]
        seconds = self.latency * (self.tail_factor if slow else 1.0) + self._prefill(keys, sizes)
        text = reply_to(messages)
        self._keep([*keys, _next(keys[-1], "assistant", text)], [*sizes, len(text)])
        job = Job(client, text, seconds)
        client.job = job
        if self.slots and self.busy >= self.slots:
            self._waiting.append(job)
        else:
            self._start(job)

    def _prefill(self, keys: list[int], sizes: list[int]) -> float:
        """Seconds that the part of a prompt takes which is not in the cache."""
        total, found = sum(sizes), 0
        for key, size in zip(keys, sizes, strict=True):
            if key not in self._cache:
                break
            found += size
        self.characters, self.found = self.characters + total, self.found + found
        return self.prefill * (total - found)

    def _keep(self, keys: list[int], sizes: list[int]) -> None:
        """Least recently used goes first; of one conversation, its end."""
        for key, size in reversed(list(zip(keys, sizes, strict=True))):
            if key not in self._cache:
                self._held += size
            self._cache[key] = size
            self._cache.move_to_end(key)
        while self.cache_characters and self._held > self.cache_characters:
            self._held -= self._cache.popitem(last=False)[1]

    def _start(self, job: Job) -> None:
        self._mark()
        self.busy += 1
        self.most_at_once = max(self.most_at_once, self.busy)
        job.served = True
        if job.seconds:
            job.timer = asyncio.get_running_loop().call_later(job.seconds, self._finish, job)
        else:
            self._finish(job)

    def _finish(self, job: Job) -> None:
        job.client.job = None
        job.client.send(job.text)
        self.answered += 1
        self._leave(job)
        self.ends.append(self._marked)
        self.used.append(self._integral)

    def gone(self, job: Job) -> None:
        """The client hung up."""
        if job.timer:
            job.timer.cancel()
        if job.served:
            self._leave(job)
        else:
            self._waiting.remove(job)

    def _leave(self, job: Job) -> None:
        self._mark()
        self.busy -= 1
        while self._waiting and self.busy < self.slots:
            self._start(self._waiting.popleft())

    def _mark(self) -> None:
        now = time.monotonic()
        self._integral += self.busy * (now - self._marked)
        self._marked = now

    def busy_share(self, until: float = 1.0) -> float:
        """The share of the slots that was busy from the first request to the moment when ``until`` of all replies were sent."""
        if not (self.slots and self.ends):
            return 0.0
        last = max(0, round(until * len(self.ends)) - 1)
        return self.used[last] / (self.slots * max(self.ends[last] - self.began, 1e-9))

    def stats(self) -> dict[str, Any]:
        return {
            "answered": self.answered,
            "most_at_once": self.most_at_once,
            "seconds": self.ends[-1] - self.began if self.ends else 0.0,
            "busy": self.busy_share(),
            "busy_until_last_tenth": self.busy_share(0.9),
            "prompt_characters": self.characters,
            "cached": self.found / max(self.characters, 1),
            "server_cpu": time.process_time(),
        }


class Job:
    """One request that is to be answered."""

    __slots__ = ("client", "seconds", "served", "text", "timer")

    def __init__(self, client: Client, text: str, seconds: float) -> None:
        self.client, self.text, self.seconds = client, text, seconds
        self.served = False
        self.timer: asyncio.TimerHandle | None = None


class Client(asyncio.Protocol):
    """One connection: HTTP/1.1 with Content-Length, kept alive, one request at a time. That is all that is ever sent here."""

    def __init__(self, slots: Slots) -> None:
        self.job: Job | None = None
        self._slots = slots
        self._buffer = bytearray()
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def connection_lost(self, error: Exception | None) -> None:
        self._transport = None
        if job := self.job:
            self.job = None
            self._slots.gone(job)

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        head, found, body = self._buffer.partition(b"\r\n\r\n")
        if not found:
            return
        lower = head.lower()
        at = lower.find(b"content-length:")
        length = int(lower[at + 15 :].split(b"\r\n", 1)[0]) if at >= 0 else 0
        if len(body) < length:
            return
        self._buffer.clear()
        if head.startswith(b"GET /stats"):
            self._write(json.dumps(self._slots.stats()).encode())
            return
        messages = json.loads(body)["messages"]
        if messages[-1]["content"] == GREETING:
            self.send("OK")
        else:
            self._slots.ask(self, messages, bytes(body))

    def send(self, text: str) -> None:
        usage = {"prompt_tokens": 400, "completion_tokens": len(text) // 4, "total_tokens": 400 + len(text) // 4}
        choice = {"index": 0, "message": {"role": "assistant", "content": text}, "logprobs": None, "finish_reason": "stop"}
        document = {
            "id": "chatcmpl-1", "object": "chat.completion", "created": 1, "model": "load", "choices": [choice], "usage": usage,
        }  # fmt: skip
        self._write(json.dumps(document).encode())

    def _write(self, body: bytes) -> None:
        if self._transport:
            self._transport.write(b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: %d\r\n\r\n%b" % (len(body), body))


def _next(key: int, role: str, content: str) -> int:
    return hash((key, role, content))


def _chain(messages: list[dict[str, str]]) -> list[int]:
    """A key for every prefix of a conversation."""
    keys, key = [], 0
    for message in messages:
        key = _next(key, message["role"], message["content"])
        keys.append(key)
    return keys


async def serve(slots: Slots, port: int) -> None:
    server = await asyncio.get_running_loop().create_server(lambda: Client(slots), "127.0.0.1", port, backlog=4096)
    print(f"ready http://127.0.0.1:{server.sockets[0].getsockname()[1]}/v1", flush=True)
    await asyncio.Event().wait()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--port", type=int, default=0, help="0: any free one")
    parser.add_argument("--slots", type=int, default=0)
    parser.add_argument("--latency-ms", type=float, default=0.0)
    parser.add_argument("--tail-share", type=float, default=0.0)
    parser.add_argument("--tail-factor", type=float, default=10.0)
    parser.add_argument("--prefill-us", type=float, default=0.0)
    parser.add_argument("--cache-characters", type=int, default=0, help="0: the cache forgets nothing")
    given = parser.parse_args()
    slots = Slots(
        slots=given.slots,
        latency=given.latency_ms / 1e3,
        tail_share=given.tail_share,
        tail_factor=given.tail_factor,
        prefill=given.prefill_us / 1e6,
        cache_characters=given.cache_characters,
    )
    with suppress(KeyboardInterrupt):
        asyncio.run(serve(slots, given.port))


if __name__ == "__main__":
    main()
