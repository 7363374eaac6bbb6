"""Parley and two bare loops over the very same calls, each in a process of its own: what one of them took, as a line of JSON.

    python -m tests.performance.drivers parley|depth|breadth --base-url URL --dialogues 100 --in-flight 256

``depth`` and ``breadth`` are what a strong engineer writes in 50 lines: aiohttp and json, the prompts known beforehand, nothing scored and
nothing written. ``depth`` takes so many dialogues at a time and plays each to its end; ``breadth`` begins all of them and lets
so many calls out at a time, first in, first out.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import resource
import time
from collections.abc import Awaitable, Callable, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeVar

import aiohttp

from benchmark.api.content import make_task
from benchmark.episode import play
from benchmark.running import runner
from benchmark.running.folder import RunFolder
from benchmark.running.plan import Plan
from benchmark.views import CONDITIONS, HEADLINE
from benchmark.vocabulary import Completion, Message
from benchmark.worlds import Generated
from models import connect
from models.spec import parse_spec
from tests.performance.load_server import reply_to
from tests.performance.long_talk import LongTalk

Dialogue = list[tuple[Message, ...]]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Work:
    """What is to be played, and how many calls may be out at a time."""

    task: str
    dialogues: int
    in_flight: int
    base_url: str

    @property
    def plan(self) -> Plan:
        task = LongTalk.at(3) if self.task == LongTalk.name else make_task(self.task, 3)
        spec = str(parse_spec(f"openai:load?base_url={self.base_url}"))
        return Plan(spec, (Generated(task, 0),), (CONDITIONS[HEADLINE],), n=self.dialogues)


def dialogues(plan: Plan) -> list[Dialogue]:
    """Every chat that ``plan`` will send to a load server, in order."""
    found = []
    for planned in plan.episodes():
        steps, sent = play(planned.task, planned.world(), planned.condition, planned.sampling_seed), []
        try:
            request = next(steps)
            while True:
                sent.append(request.chat)
                request = steps.send(Completion(reply_to(list(request.chat))))
        except StopIteration:
            found.append(sent)
    return found


class Clock:
    """Wall and processor time of a part of this process, and the most memory it ever had."""

    def __init__(self) -> None:
        self._wall, self._processor = time.monotonic(), _processor()

    def read(self, calls: int) -> dict[str, Any]:
        rss = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        return {"wall": time.monotonic() - self._wall, "cpu": _processor() - self._processor, "calls": calls, "rss_mib": rss}


def _processor() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


async def parley(work: Work) -> dict[str, Any]:
    """Everything ``bench run`` does once the server has answered its greeting: prompts, HTTP, parsing, scores, records."""
    plan = work.plan
    async with AsyncExitStack() as stack:
        model = await stack.enter_async_context(connect(parse_spec(plan.model)))
        place = stack.enter_context(TemporaryDirectory())
        clock = Clock()
        with RunFolder.open(Path(place) / "run", plan, {}) as folder:
            settings = runner.Settings(max_in_flight=work.in_flight, quiet=True)
            outcome = await runner.run(plan, {plan.model: model}, folder, settings)
        if not outcome.complete:
            raise SystemExit(f"{outcome.missing} episodes were left unplayed: {outcome.note}")
        with (Path(place) / "run" / "episodes.jsonl").open("rb") as lines:  # one by one: it is the run's memory that is measured
            calls = sum(line.count(b'"chat_sha256"') for line in lines)
        return clock.read(calls)


async def bare(work: Work, in_turn: Callable[[Sequence[Dialogue], int, Ask[tuple[Message, ...]]], Awaitable[None]]) -> dict[str, Any]:
    every = dialogues(work.plan)
    pool = aiohttp.TCPConnector(limit=0)
    headers = {"Content-Type": "application/json"}
    async with aiohttp.ClientSession(connector=pool, headers=headers, timeout=aiohttp.ClientTimeout(600)) as session:

        async def ask(chat: tuple[Message, ...]) -> str:
            messages = [{"role": role, "content": content} for role, content in chat]
            body = json.dumps({"model": "load", "messages": messages, "temperature": 0.7, "max_tokens": 1024})
            async with session.post(f"{work.base_url}/chat/completions", data=body) as response:
                text: str = json.loads(await response.read())["choices"][0]["message"]["content"]
                return text

        clock = Clock()
        await in_turn(every, work.in_flight, ask)
        return clock.read(sum(map(len, every)))


Ask = Callable[[T], Awaitable[object]]


async def depth_first(every: Sequence[list[T]], in_flight: int, ask: Ask[T]) -> None:
    waiting = iter(every)

    async def worker() -> None:
        for dialogue in waiting:
            for chat in dialogue:
                await ask(chat)

    await asyncio.gather(*(worker() for _ in range(in_flight)))


async def breadth_first(every: Sequence[list[T]], in_flight: int, ask: Ask[T]) -> None:
    slots = asyncio.Semaphore(in_flight)

    async def play_one(dialogue: list[T]) -> None:
        for chat in dialogue:
            async with slots:
                await ask(chat)

    await asyncio.gather(*map(play_one, every))


DRIVERS: dict[str, Callable[[Work], Awaitable[dict[str, Any]]]] = {
    "parley": parley,
    "depth": lambda work: bare(work, depth_first),
    "breadth": lambda work: bare(work, breadth_first),
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("driver", choices=list(DRIVERS))
    parser.add_argument("--base-url", required=True)
    parser.add_argument("--task", default=LongTalk.name)
    parser.add_argument("--dialogues", type=int, default=100)
    parser.add_argument("--in-flight", type=int, default=256)
    given = parser.parse_args()
    work = Work(given.task, given.dialogues, given.in_flight, given.base_url)

    async def drive() -> dict[str, Any]:
        return await DRIVERS[given.driver](work)

    print(json.dumps(asyncio.run(drive())), flush=True)


if __name__ == "__main__":
    main()
