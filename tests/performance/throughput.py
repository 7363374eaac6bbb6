"""How many worlds and calls a second one core manages, beside a floor taken in the same run: `make bench`.

The floor sends the very same chats through a bare generator and dumps each as JSON. The model answers at once, so that
all the time measured is ours: ``play`` makes the world and plays the episode, ``run`` adds scores, records and the run folder.
"""

from __future__ import annotations

import asyncio
import json
import platform
import time
from collections.abc import Callable, Generator, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

from benchmark import api
from benchmark.answers import write_answer
from benchmark.episode import play
from benchmark.running import runner
from benchmark.running.folder import RunFolder
from benchmark.running.plan import Plan
from benchmark.vocabulary import Completion, Message, Request, Sampling
from benchmark.worlds import Generated
from tasks import HEADLINE, TASKS

WORLDS = 30
LEVELS = (1, 3, 5)
FROM_FILES = ("written",)
"""Tasks that make no worlds of their own."""
TIMES = 3

Chat = tuple[Message, ...]


@dataclass(frozen=True)
class Terse:
    """The least that a model can say: one sentence a turn, and a commit that declines."""

    name: str = "terse"
    details: Mapping[str, Any] = field(default_factory=dict)

    def reply(self, request: Request) -> Completion:
        return Completion(write_answer(None) if request.schema else "I have heard you and go on.")

    async def complete(self, request: Request, sampling: Sampling) -> Completion:
        return self.reply(request)


def chats(plan: Plan) -> Iterator[Chat]:
    """Plays ``plan`` without recording anything; every chat that was sent."""
    model = Terse()
    for planned in plan.episodes():
        steps = play(planned.task, planned.world(), planned.condition, planned.sampling_seed)
        try:
            request = next(steps)
            while True:
                yield request.chat
                request = steps.send(model.reply(request))
        except StopIteration:
            continue


def floor(sent: list[Chat]) -> None:
    def bare() -> Generator[Chat, str, int]:
        taken = 0
        for chat in sent:
            taken += len((yield chat))
        return taken

    steps = bare()
    chat = next(steps)
    try:
        while True:
            chat = steps.send(json.dumps(chat, separators=(",", ":")))
    except StopIteration:
        return


def run(plan: Plan) -> None:
    with TemporaryDirectory() as place, RunFolder.open(Path(place) / "run", plan, {}) as folder:
        outcome = asyncio.run(runner.run(plan, {plan.model: Terse()}, folder, runner.Settings(quiet=True)))
    if not outcome.complete:
        raise SystemExit(f"the runner left {outcome.missing} episodes unplayed: {outcome.note}")


def best(work: Callable[[], object]) -> float:
    """Seconds of the fastest of several times: what disturbs a measurement only ever adds."""

    def seconds() -> float:
        start = time.perf_counter()
        work()
        return time.perf_counter() - start

    return min(seconds() for _ in range(TIMES))


def made(name: str, level: int = 3) -> float:
    """Worlds a second, one core."""
    source = Generated(api.make_task(name, level), 0)
    return WORLDS / best(lambda: [source.world(index) for index in range(WORLDS)])


def row(name: str) -> str:
    plan = api.make_plan(api.Wish(model="reference:mute", tasks=(name,), n=WORLDS))
    sent = list(chats(plan))
    bare, played, ran = (len(sent) / best(work) for work in (lambda: floor(sent), lambda: list(chats(plan)), lambda: run(plan)))
    return f"{name:<16}{len(sent):>8,}{bare:>12,.0f}{played:>10,.0f}{bare / played:>7.1f}{ran:>10,.0f}{bare / ran:>7.1f}"


def main() -> None:
    print(f"Python {platform.python_version()}, {WORLDS} worlds a task, fastest of {TIMES}")
    print(f"\n{'worlds/s':<16}" + "".join(f"{f'level {level}':>10}" for level in LEVELS))
    rates = {name: [made(name, level) for level in LEVELS] for name in TASKS if name not in FROM_FILES}
    for name, found in rates.items():
        print(f"{name:<16}" + "".join(f"{rate:>10,.0f}" for rate in found))
    print(f"{'median task':<16}" + "".join(f"{median(found):>10,.0f}" for found in zip(*rates.values(), strict=True)))
    print("\nCalls a second; × is how many times the floor's time a call takes")
    print(f"{'task':<16}{'calls':>8}{'floor':>12}{'play':>10}{'×':>7}{'run':>10}{'×':>7}")
    for name in HEADLINE:
        print(row(name), flush=True)


if __name__ == "__main__":
    main()
