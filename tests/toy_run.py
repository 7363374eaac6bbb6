"""A run in which every seat of a toy is played by "test:adder": what the tests of playing and of stopping share."""

from __future__ import annotations

import asyncio
import json
import selectors
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from benchmark.records import canonical
from benchmark.running import runner
from benchmark.running.folder import RunFolder, read_episodes
from benchmark.running.plan import Plan
from benchmark.running.runner import Outcome, Settings
from benchmark.running.stopping import Stop, run_to_end
from benchmark.vocabulary import Completion, Request
from tests.toy_task import Adder, toy_plan, toy_records

Told = Callable[[Request], Any]
QUIET = Settings(quiet=True)


@dataclass
class Telling(Adder):
    """An Adder that lets the test know of every request first, and fails where the test hands it a Completion."""

    tell: Told = field(default=lambda _: None)

    async def reply(self, request: Request) -> Completion:
        failure = self.tell(request)
        return failure if isinstance(failure, Completion) else await super().reply(request)


class Instant(asyncio.SelectorEventLoop):
    """An event loop that never waits: where others sleep, its clock leaps. What it measures is exact."""

    def __init__(self) -> None:
        super().__init__(_Leaping(self))
        self.now = 0.0

    def time(self) -> float:
        return self.now

    def run_in_executor(self, executor: Any, func: Any, *args: Any) -> Any:  # type: ignore[override]
        done = self.create_future()
        done.set_result(func(*args))
        return done


class _Leaping(selectors.DefaultSelector):
    def __init__(self, loop: Instant) -> None:
        super().__init__()
        self._loop = loop

    def select(self, timeout: float | None = None) -> Any:
        events = super().select(0)
        if not events and timeout:
            self._loop.now += timeout
        return events


def play(path: Path, plan: Plan, model: Adder, settings: Settings = QUIET, stop: Stop | None = None) -> Outcome:
    """One sitting, in a clock of its own."""

    with asyncio.Runner(loop_factory=Instant) as loop:
        return loop.run(sitting(path, plan, model, settings, stop))


async def sitting(path: Path, plan: Plan, model: Adder, settings: Settings, stop: Stop | None) -> Outcome:
    with RunFolder.open(path, plan, model.details) as folder:
        return await runner.run(plan, {plan.model: model}, folder, settings, stop)


def ids(plan: Plan) -> list[str]:
    return [planned.id for planned in plan.episodes()]


def recorded(path: Path) -> list[str]:
    return [document["id"] for document in read_episodes(path)]


@lru_cache
def undisturbed(plan: Plan) -> frozenset[str]:
    return frozenset(map(canonical, toy_records(plan)))


def assert_complete(path: Path, plan: Plan) -> None:
    """The folder is what an undisturbed run leaves, but for the order of its lines."""
    lines = (path / "episodes.jsonl").read_text("ascii").splitlines()

    assert len(lines) == len(plan)
    assert frozenset(lines) == undisturbed(plan)


def main(path: str, n: str, pause: str) -> None:
    """The same as a process of its own, which says how far it has come and at last how it ended."""
    plan, settings = toy_plan(n=int(n)), Settings(max_in_flight=8, quiet=True)
    model, said = Telling(pause=float(pause)), {""}

    async def playing(stop: Stop) -> Outcome:
        def tell(request: Request) -> None:
            word = "draining" if stop.draining else "playing" if model.calls >= 40 else ""
            if word not in said:
                said.add(word)
                print(word, flush=True)

        model.tell = tell
        return await sitting(Path(path), plan, model, settings, stop)

    print(json.dumps(asdict(run_to_end(playing)) | {"calls": model.calls}))


if __name__ == "__main__":
    main(*sys.argv[1:])
