"""A run on vLLM beside the very same requests, all known beforehand, put straight into the same engine: `make bench-engine`.

On the CPU with the tiny model of tests/engines; a path to another model may be given. Tokens per second of either, and how many prompt
tokens came out of the prefix cache, beside how many stood in whole blocks that an earlier prompt began with.
"""

from __future__ import annotations

import asyncio
import os
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from benchmark import runner
from benchmark.api import Wish, make_plan
from benchmark.folder import RunFolder
from benchmark.vocabulary import Completion, Model, Request, Sampling
from models import connect
from models.spec import parse_spec
from tests.performance.figures import Figure, written

BLOCK, AT_ONCE, WORLDS = 32, 16, 12
TASKS = ("mutual_friend", "schedule", "crossed_wires")


@dataclass
class Watched:
    """A model that keeps what it was asked, in order, and what came back."""

    model: Model
    asked: list[Request] = field(default_factory=list)
    came: list[Completion] = field(default_factory=list)

    @property
    def name(self) -> str:
        return self.model.name

    @property
    def details(self) -> Mapping[str, Any]:
        return self.model.details

    async def complete(self, request: Request, sampling: Sampling) -> Completion:
        self.asked.append(request)
        done = await self.model.complete(request, sampling)
        self.came.append(done)
        return done


def tokens(done: Sequence[Completion]) -> int:
    return sum(one.usage.completion for one in done)


def shared(prompts: Sequence[Sequence[int]]) -> int:
    """Tokens in whole blocks that an earlier prompt began with. A prompt's last token is always computed."""
    seen: set[tuple[int, ...]] = set()
    found = 0
    for ids in prompts:
        beginnings = [tuple(ids[:end]) for end in range(BLOCK, len(ids), BLOCK)]
        found += BLOCK * sum(one in seen for one in beginnings)
        seen.update(beginnings)
    return found


async def measured(path: str) -> list[Figure]:
    spec = parse_spec(f"vllm:{path}?enforce_eager=true&dtype=float32&max_num_seqs={AT_ONCE}")
    plan = make_plan(Wish(model=str(spec), tasks=TASKS, conditions=("private",), n=WORLDS))
    async with connect(spec) as engine:
        replayer: Any = engine
        async with asyncio.timeout(600):
            await asyncio.gather(*(play(plan, Watched(engine), n) for n in (2,)))  # whatever is compiled or loaded on first use
            await replayer._engine.reset_prefix_cache()
            watched = Watched(engine)
            seconds = await play(plan, watched, WORLDS)
            prompts = [replayer._rendering.prompt(request.chat).ids for request in watched.asked]
            await replayer._engine.reset_prefix_cache()
            began = time.monotonic()
            again = await asyncio.gather(*(engine.complete(request, plan.sampling) for request in watched.asked))
            bare = time.monotonic() - began
    cached, allowed = sum(one.usage.cached for one in watched.came), shared(prompts)
    return [
        Figure("tokens a second of a run", tokens(watched.came) / seconds, "", "the same requests replayed", tokens(again) / bare),
        Figure("prompt tokens out of the prefix cache", cached, "", "in blocks that an earlier prompt began with", allowed),
    ]


async def play(plan: Any, watched: Watched, n: int) -> float:
    """Seconds of a run of ``n`` worlds a task."""
    from dataclasses import replace

    some = replace(plan, n=n)
    with TemporaryDirectory() as place, RunFolder.open(Path(place) / "run", some, {}) as folder:
        began = time.monotonic()
        outcome = await runner.run(some, {some.model: watched}, folder, runner.Settings(max_in_flight=AT_ONCE, quiet=True))
        if not outcome.complete:
            raise SystemExit(f"{outcome.missing} episodes were left unplayed: {outcome.note}")
        return time.monotonic() - began


def main() -> None:
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    os.environ.setdefault("VLLM_CPU_KVCACHE_SPACE", "1")
    if len(sys.argv) > 1:
        path = sys.argv[1]
    else:
        from tests.engines.tiny import made

        path = str(made())
    written("engine", "vLLM on the CPU", asyncio.run(measured(path)))


if __name__ == "__main__":
    main()
