"""One of the places where a run on a cluster plays its episodes: a process with engines and an environment of its own.

It becomes an actor of Ray in ``benchmark.api.cluster`` and knows nothing of that. It is told which episodes to play and
asked, over and over, what has happened; what it has told stays until the next question says that it arrived.
"""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Mapping, Sequence
from contextlib import AsyncExitStack, suppress
from dataclasses import dataclass, field

import models
from benchmark import __version__
from benchmark.prices import Prices
from benchmark.running.budget import counted
from benchmark.running.drive import drive, record
from benchmark.running.elsewhere import Call, End, News, Played, Unit
from benchmark.running.plan import Plan, Planned
from benchmark.views import CONDITIONS
from benchmark.vocabulary import Completion, Json, Model, ParleyError, Request
from models.spec import Spec

POLL_SECONDS = 0.2
"""How long a question waits for an episode to end."""


@dataclass(frozen=True, slots=True)
class Share:
    """What every replica is given: the plan, its models as asked for, their prices, and how many calls may wait at a time."""

    plan: Plan
    specs: Sequence[Spec]
    prices: Prices
    max_in_flight: int


@dataclass(frozen=True, slots=True)
class OpenThere:
    """What the engine of a model that is open in a replica says of it. It is called there and nowhere else."""

    name: str
    details: Mapping[str, Json]
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Opened:
    """How a replica began: where, under which version, with which models, by identity; or what its ``problem`` is."""

    host: str
    version: str
    models: Mapping[str, OpenThere]
    problem: str = ""


class Replica:
    """Opens its models, plays episodes with them as a run on one machine does, and keeps what happened until it is asked."""

    def __init__(self, share: Share) -> None:
        self._share = share
        self._sources = {(source.task.label, source.task.level): source for source in share.plan.sources}
        self._models: dict[str, Model] = {}
        self._playing: dict[str, asyncio.Task[None]] = {}
        self._events: list[Call | End] = []
        self._told = 0
        self._host = socket.gethostname()

    async def here(self) -> str:
        """The name of this machine, as soon as there is a process."""
        return self._host

    async def open(self) -> Opened:
        """Opens the models; they stay open, in a task of their own, until ``close``."""
        self._slots, self._ended, self._over = asyncio.Semaphore(self._share.max_in_flight), asyncio.Event(), asyncio.Event()
        opened: asyncio.Future[Opened] = asyncio.get_running_loop().create_future()
        self._open = asyncio.create_task(self._hold(opened))
        return await opened

    async def _hold(self, opened: asyncio.Future[Opened]) -> None:
        try:
            async with AsyncExitStack() as stack:
                for spec in self._share.specs:
                    self._models[spec.identity] = await stack.enter_async_context(models.connect(spec))
                described = {name: OpenThere(model.name, dict(model.details)) for name, model in self._models.items()}
                opened.set_result(Opened(self._host, __version__, described))
                await self._over.wait()
        except Exception as error:  # noqa: BLE001 - a stranger's engine may raise anything, and whoever waits is told
            problem = str(error) if isinstance(error, ParleyError) else f"{type(error).__name__}: {error!s:.500}"
            if not opened.done():
                opened.set_result(Opened(self._host, __version__, {}, problem))

    async def news(self, arrived: int, units: Sequence[Unit], dropped: Sequence[str]) -> News:
        """Begins ``units``, cuts ``dropped``, and tells what has happened since the first ``arrived`` events.

        A unit that is being played already, or has been and was not told of yet, is not begun again.
        """
        del self._events[: arrived - self._told]
        self._told = arrived
        for name in dropped:
            if task := self._playing.get(name):
                task.cancel()
        played = {event.id for event in self._events if isinstance(event, End) and event.played}
        for unit in units:
            if unit.id not in self._playing and unit.id not in played:
                self._playing[unit.id] = asyncio.create_task(self._play(unit))
        if not any(isinstance(event, End) for event in self._events):
            self._ended.clear()
            with suppress(TimeoutError):
                await asyncio.wait_for(self._ended.wait(), POLL_SECONDS)
        notes = {name: list(getattr(model, "notes", ())) for name, model in self._models.items()}
        return News(list(self._events), notes)

    async def close(self) -> None:
        """Leaves what is being played unfinished and closes the models."""
        for task in self._playing.values():
            task.cancel()
        self._over.set()
        await self._open

    async def _play(self, unit: Unit) -> None:
        played: Played | None = None
        try:
            played = await self._attempt(unit)
        except asyncio.CancelledError:
            pass
        except Exception as error:  # noqa: BLE001 - it reaches the one who waits, and ends the run
            error.add_note(f"This happened in episode {unit.id} on {self._host}.")
            played = Played(None, f"on {self._host}: {type(error).__name__}: {error!s:.500}", fatal=True)
        del self._playing[unit.id]
        self._events.append(End(unit.id, played))
        self._ended.set()

    async def _attempt(self, unit: Unit) -> Played:
        plan, source = self._share.plan, self._sources[unit.task, unit.level]
        condition = CONDITIONS[unit.condition]
        planned = Planned(unit.id, source, condition, unit.index, unit.repeat, unit.seats, plan.seed, plan.probes, plan.factors)
        await asyncio.sleep(0)  # calls leave and replies come between the making of one world and the next
        world = planned.world()

        async def complete(request: Request) -> Completion:
            async with self._slots:
                completion = await self._models[unit.seats[request.seat]].complete(request, plan.sampling)
            usage = counted(request, completion)
            self._events.append(Call(unit.id, request.seat, usage, completion.finish, usage != completion.usage))
            return completion

        episode = await drive(planned, world, complete)
        if episode.outcome == "error":
            return Played(None, episode.note, episode.fatal)
        await asyncio.sleep(0)
        return Played(record(planned, world, episode, self._share.prices))
