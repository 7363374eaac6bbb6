"""How the cost of a run grows with episodes, turns and seats: processor time of a call, against a model that answers at once."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from benchmark.running import runner
from benchmark.running.folder import RunFolder
from benchmark.running.plan import Plan
from benchmark.views import CONDITIONS, HEADLINE
from benchmark.vocabulary import Completion, Request, Sampling
from benchmark.worlds import Generated
from tests.performance.load_server import reply_to
from tests.performance.long_talk import LongTalk


@dataclass
class Instant:
    """Answers at once, as the load server does."""

    name: str = "test:instant"
    details: dict[str, Any] = field(default_factory=dict)
    calls: int = 0
    characters: int = 0

    async def complete(self, request: Request, sampling: Sampling) -> Completion:
        self.calls += 1
        self.characters += sum(len(content) for _, content in request.chat)
        return Completion(reply_to(list(request.chat)))


def measured(episodes: int, turns: int, seats: int) -> tuple[float, float, int]:
    """(milliseconds of processor time a call, thousand characters a prompt, calls)"""
    plan = Plan("test:instant", (Generated(LongTalk(turns=turns, seats=seats), 0),), (CONDITIONS[HEADLINE],), n=episodes)
    model = Instant()
    with TemporaryDirectory() as place, RunFolder.open(Path(place) / "run", plan, {}) as folder:
        began = time.process_time()
        asyncio.run(runner.run(plan, {plan.model: model}, folder, runner.Settings(quiet=True)))
        return 1e3 * (time.process_time() - began) / model.calls, model.characters / model.calls / 1e3, model.calls


def main() -> None:
    print(f"{'episodes':>10}{'turns':>8}{'seats':>8}{'calls':>10}{'ms a call':>12}{'k characters a prompt':>24}")
    grown = [(episodes, 18, 2) for episodes in (50, 200, 800)]
    grown += [(100, turns, 2) for turns in (6, 18, 54, 162)]
    grown += [(100, 18, seats) for seats in (2, 3, 4, 5)]
    for episodes, turns, seats in grown:
        took, characters, calls = measured(episodes, turns, seats)
        print(f"{episodes:>10,}{turns:>8}{seats:>8}{calls:>10,}{took:>12.3f}{characters:>24.1f}", flush=True)


if __name__ == "__main__":
    main()
