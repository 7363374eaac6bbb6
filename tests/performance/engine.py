"""A run on vLLM beside the very same requests, all known beforehand, put straight into the same engine: `make bench-engine`.

On the CPU with the tiny model of tests/engines; a path to another model may be given. Tokens per second of either, and how many prompt
tokens came out of the prefix cache, beside how many stood in whole blocks that an earlier prompt began with. Then the same dialogues
on an engine whose cache holds a quarter more conversations than are under way, beside bare loops that know every request
beforehand: depth first and breadth first.
"""

from __future__ import annotations

import asyncio
import os
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from benchmark.api import Wish, make_plan
from benchmark.episode import play
from benchmark.running import runner
from benchmark.running.folder import RunFolder
from benchmark.vocabulary import Completion, Model, Request, Sampling
from models import connect
from models.spec import parse_spec
from tests.performance.drivers import breadth_first, depth_first
from tests.performance.figures import Figure, written

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from benchmark.running.plan import Plan

BLOCK, AT_ONCE, WORLDS = 32, 16, 40
IN_FLIGHT = AT_ONCE * 5 // 4
"""A quarter more calls than the engine takes at once, so that it never waits for a client that turns a reply into the next call."""
TASKS = ("mutual_friend", "schedule", "crossed_wires")


@dataclass
class Watched:
    """A model that keeps what it was asked, in the order in which the replies came.

    It says again what was ``said`` before, if that is given, however the engine's arithmetic turns out this time: so that the same talk is
    timed in every order of its calls.
    """

    model: Model
    said: Mapping[tuple[Any, int], Completion] = field(default_factory=dict)
    calls: list[tuple[Request, Completion]] = field(default_factory=list)

    @property
    def name(self) -> str:
        return self.model.name

    @property
    def details(self) -> Mapping[str, Any]:
        return self.model.details

    async def complete(self, request: Request, sampling: Sampling) -> Completion:
        done = await self.model.complete(request, sampling)
        self.calls.append((request, done))
        return self.said.get((request.chat, request.seed), done)

    def by_request(self) -> dict[tuple[Any, int], Completion]:
        return {(request.chat, request.seed): done for request, done in self.calls}


def dialogues(plan: Plan, said: Mapping[tuple[Any, int], Completion]) -> list[list[Request]]:
    """The requests of every episode of ``plan``, in their order, if all is ``said`` again."""
    found = []
    for planned in plan.episodes():
        steps, sent = play(planned.task, planned.world(), planned.condition, planned.sampling_seed), list[Request]()
        try:
            request = next(steps)
            while True:
                sent.append(request)
                request = steps.send(said[request.chat, request.seed])
        except StopIteration:
            found.append(sent)
    return found


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


@asynccontextmanager
async def engine(path: str, **options: int) -> AsyncIterator[Any]:
    more = "".join(f"&{key}={value}" for key, value in options.items())
    async with connect(parse_spec(f"vllm:{path}?enforce_eager=true&dtype=float32&max_num_seqs={AT_ONCE}{more}")) as model:
        plan = planned(model.name, 2)
        async with asyncio.timeout(1800):
            await played(plan, Watched(model))  # whatever is compiled or loaded on first use
            await emptied(model)
            yield model


async def emptied(model: Any) -> None:
    await model._engine.reset_prefix_cache()


def planned(model: str, worlds: int) -> Plan:
    return make_plan(Wish(model=model, tasks=TASKS, conditions=("private",), n=worlds))


async def measured(path: str) -> list[Figure]:
    async with engine(path) as model:
        plan, watched = planned(model.name, WORLDS), Watched(model)
        seconds = await played(plan, watched, IN_FLIGHT)
        prompts = [model._rendering.prompt(request.chat).ids for request, _ in watched.calls]
        await emptied(model)
        began = time.monotonic()
        again = await asyncio.gather(*(model.complete(request, plan.sampling) for request, _ in watched.calls))
        bare = time.monotonic() - began
    said = watched.by_request()
    every = dialogues(plan, said)
    came = [done for _, done in watched.calls]
    cached, allowed = sum(one.usage.cached for one in came), shared(prompts)
    return [
        Figure("tokens a second of a run", tokens(came) / seconds, "", "the same requests replayed", tokens(again) / bare),
        Figure("prompt tokens out of the prefix cache", cached, "", "in blocks that an earlier prompt began with", allowed),
        *await with_little_room(path, every, said, [len(ids) for ids in prompts]),
    ]


async def with_little_room(
    path: str, every: Sequence[list[Request]], said: Mapping[tuple[Any, int], Completion], lengths: Sequence[int]
) -> list[Figure]:
    """Two conversations a dialogue, as long as prompts are at their longest, in blocks that are never quite full."""
    blocks = round(1.25 * AT_ONCE * 2 * (max(lengths) / BLOCK + 1))
    took: dict[str, tuple[float, int]] = {}
    async with engine(path, num_gpu_blocks_override=blocks) as model:
        plan = planned(model.name, WORLDS)
        for name, in_turn in {"depth": depth_first, "breadth": breadth_first}.items():
            watched = Watched(model)

            async def ask(request: Request, watched: Watched = watched) -> None:
                await watched.complete(request, plan.sampling)

            began = time.monotonic()
            await in_turn(every, AT_ONCE, ask)
            took[name] = time.monotonic() - began, computed(watched)
            await emptied(model)
        watched = Watched(model, said)
        ours = await played(plan, watched)
    better = min(took, key=lambda name: took[name])
    other = max(took, key=lambda name: took[name])
    what = f"with a prefix cache of {blocks:,} blocks, 1.25 × {AT_ONCE} conversations"
    note = f"lower is better; {better} first is the better, the other takes"
    return [
        Figure(f"seconds of a run {what}", ours, "s", "better bare loop", took[better][0], f"{note} {took[other][0]:.1f} s"),
        Figure("prompt tokens computed in it", computed(watched), "", "better bare loop", took[better][1], f"{note} {took[other][1]:,}"),
    ]


def computed(watched: Watched) -> int:
    """Prompt tokens that were in no cache."""
    return sum(done.usage.prompt - done.usage.cached for _, done in watched.calls)


async def played(plan: Plan, watched: Watched, in_flight: int = AT_ONCE) -> float:
    """Seconds of a run."""
    with TemporaryDirectory() as place, RunFolder.open(Path(place) / "run", plan, {}) as folder:
        began = time.monotonic()
        outcome = await runner.run(plan, {plan.model: watched}, folder, runner.Settings(max_in_flight=in_flight, quiet=True))
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
