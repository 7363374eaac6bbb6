"""The replicas of a run on a cluster: begun, given episodes, asked for news, missed and replaced.

A replica that ends, or does not answer for a while, costs the episodes that it had: others play them. Should it answer
after all, an episode that it has finished counts if it comes first, and what it took is noted as wasted if not.
"""

from __future__ import annotations

import asyncio
import math
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, Protocol

from benchmark import __version__
from benchmark.api.replica import Opened, OpenThere
from benchmark.prices import used
from benchmark.running.elsewhere import Call, End, News, Played, Unit, Writer
from benchmark.running.plan import Planned
from benchmark.vocabulary import ConnectError

SILENCE_SECONDS = 60.0
"""A replica that has not answered for so long is thought dead. It answers five times a second."""

PLACE_SECONDS = 60.0
"""How long the first replica may wait for room. Its engine may then take as long as it likes."""

CLOSE_SECONDS = 15.0
AGAIN_SECONDS = 1.0
MOST_STARTS = 3
MOST_LOSSES = 5
"""An episode with which so many replicas were lost is not begun again: it may be what ends them."""


class Gone(Exception):
    """The process of a replica has ended."""


class Unreachable(Exception):
    """A replica cannot be reached now, and may be again."""


class _Unfit(Exception):
    """A replica that cannot be had, now or later."""


class Process(Protocol):
    """A replica as it is seen from here. Any call may raise Gone or Unreachable."""

    async def here(self) -> str: ...
    async def open(self) -> Opened: ...
    async def news(self, arrived: int, units: Sequence[Unit], dropped: Sequence[str]) -> News: ...
    async def close(self) -> None: ...
    def kill(self) -> None: ...


@dataclass(slots=True, eq=False)
class _Replica:
    """``held`` are the episodes it plays, wanted or not; ``strays`` the calls of those that others play by now."""

    process: Process
    host: str
    held: dict[str, Planned] = field(default_factory=dict)
    strays: dict[str, list[Call]] = field(default_factory=dict)
    dropped: list[str] = field(default_factory=list)
    arrived: int = 0


@dataclass(slots=True, eq=False)
class _Wanted:
    planned: Planned
    ended: asyncio.Future[Played | None]
    holder: _Replica | None = None
    losses: int = 0


class Replicas:
    """``number`` replicas, each with ``live`` episodes at a time; ``launch`` begins the process of one."""

    def __init__(self, launch: Callable[[], Process], number: int, live: int, tell: Callable[[str], None]) -> None:
        self._launch, self._number, self._room, self._tell = launch, number, live, tell
        self.models: dict[str, OpenThere] = {}
        self._processes: list[Process] = []
        self._replicas: list[_Replica] = []
        self._wanted: dict[str, _Wanted] = {}
        self._queue: deque[str] = deque()
        self._writer: Writer | None = None
        self._begun, self._placed, self._ends = asyncio.Event(), 0, 0
        self._problems: list[str] = []
        self._broken: Exception | None = None
        self._over = ""

    @property
    def workers(self) -> int:
        """A few more than all replicas hold, so that the next one is at hand when one ends."""
        return self._number * self._room + math.ceil(self._number * self._room / 4)

    async def open(self) -> None:
        """Begins all and waits for the first; the others join when they are ready. ConnectError if none can be had."""
        self._attendants = [asyncio.create_task(self._attend()) for _ in range(self._number)]
        ready: asyncio.Task[Any] = asyncio.create_task(self._begun.wait())
        trying: set[asyncio.Task[Any]] = set(self._attendants)
        while trying and not ready.done():
            ended, _ = await asyncio.wait({ready, *trying}, return_when=asyncio.FIRST_COMPLETED)
            trying -= ended
        ready.cancel()
        if not self._begun.is_set():
            raise self._broken or ConnectError(self._problems[0])

    async def close(self) -> None:
        """Ends all replicas; what they play is left unfinished."""
        for attendant in self._attendants:
            attendant.cancel()
        await asyncio.gather(*self._attendants, return_exceptions=True)
        if closing := [asyncio.create_task(_closed(process)) for process in self._processes]:
            await asyncio.wait(closing, timeout=CLOSE_SECONDS)
        for process in self._processes:
            process.kill()

    def begin(self, writer: Writer) -> None:
        self._writer = writer

    async def play(self, planned: Planned) -> Played | None:
        if self._broken:
            raise self._broken
        if self._over:
            return None
        wanted = self._wanted[planned.id] = _Wanted(planned, asyncio.get_running_loop().create_future())
        self._queue.append(planned.id)
        try:
            return await wanted.ended
        finally:
            self._wanted.pop(planned.id, None)
            for replica in self._replicas:
                if planned.id in replica.held:
                    replica.dropped.append(planned.id)

    def drain(self) -> None:
        while self._queue:
            if (wanted := self._wanted.get(self._queue.popleft())) and not wanted.ended.done():
                wanted.ended.set_result(None)

    async def _attend(self) -> None:
        """Sees to one replica and, should it end, to those that take its place. Whatever breaks here ends the run."""
        try:
            await self._keep_one()
        except Exception as error:  # noqa: BLE001 - it is raised where it is waited for
            self._broken = self._broken or error
            for wanted in self._wanted.values():
                if not wanted.ended.done():
                    wanted.ended.set_exception(error)
        if self._begun.is_set() and all(one is asyncio.current_task() or one.done() for one in self._attendants):
            self._give_up(f"no replica is left. {self._problems[-1] if self._problems else ''}")

    async def _keep_one(self) -> None:
        starts = 0
        while starts < MOST_STARTS and not self._over:
            starts += 1
            process = self._launch()
            self._processes.append(process)
            try:
                replica = await self._started(process)
            except (_Unfit, Gone, Unreachable) as error:
                self._problems.append(str(error))
                self._end(process)
                if self._begun.is_set():
                    self._tell(f"A replica could not be begun: {error}")
                if isinstance(error, _Unfit):
                    return
                continue
            starts = 0
            await self._tend(replica)
            self._ends += 1
            if self._ends > 2 * self._number + 3:
                self._give_up(f"{self._ends} replicas ended, and no episode was finished between them. {self._problems[-1]}")

    async def _started(self, process: Process) -> _Replica:
        """A replica whose models are open and the same as everywhere. _Unfit if another attempt would end alike."""
        placing = asyncio.create_task(process.here())
        try:
            while not (await asyncio.wait({placing}, timeout=PLACE_SECONDS))[0]:
                if not self._placed:
                    waited = f"in {PLACE_SECONDS:.0f} s"
                    raise _Unfit(f"the cluster had no room for a replica {waited}. See `ray status`, or give fewer --replicas.")
            host = placing.result()
        finally:
            placing.cancel()
        self._placed += 1
        opened = await process.open()
        if problem := opened.problem or self._difference(opened):
            raise _Unfit(f"on {host}: {problem}")
        self.models = self.models or dict(opened.models)
        replica = _Replica(process, host)
        self._replicas.append(replica)
        self._begun.set()
        return replica

    def _difference(self, opened: Opened) -> str:
        """How a replica differs from the first one in what determines its episodes."""
        if opened.version != __version__:
            return f"Parley is {opened.version} there and {__version__} here. Install the same on every node."
        for name, model in self.models.items():
            ours, theirs = model.details.get("revision"), opened.models[name].details.get("revision")
            if ours != theirs:
                return f"the revision of {name} is {theirs!r:.80} there and {ours!r:.80} elsewhere. Give every node the same."
        return ""

    async def _tend(self, replica: _Replica) -> None:
        """Gives episodes to a replica and takes in what it tells, until its process has ended."""
        while True:
            units, dropped, replica.dropped = self._taken(replica), replica.dropped, []
            asking = asyncio.ensure_future(replica.process.news(replica.arrived, units, dropped))
            try:
                if not (await asyncio.wait({asking}, timeout=SILENCE_SECONDS))[0]:
                    self._abandon(replica, f"the replica on {replica.host} has not answered for {SILENCE_SECONDS:.0f} s")
                    await asyncio.wait({asking})
                news = asking.result()
            except Unreachable as error:
                self._abandon(replica, f"the replica on {replica.host} cannot be reached: {error}")
                replica.dropped, replica.held = list(replica.held), {}  # nobody knows which of them it was told of
                await asyncio.sleep(AGAIN_SECONDS)
            except Gone as error:
                self._problems.append(f"The one on {replica.host} ended: {error}")
                self._abandon(replica, f"the replica on {replica.host} was lost")
                for name, planned in replica.held.items():
                    self._waste(replica, planned, replica.strays.pop(name, []))
                self._replicas.remove(replica)
                self._end(replica.process)
                return
            else:
                self._take_in(replica, news)
            finally:
                asking.cancel()

    def _taken(self, replica: _Replica) -> list[Unit]:
        """The next episodes for ``replica``, as many as it has room for."""
        units = []
        while self._queue and len(replica.held) < self._room:
            if (wanted := self._wanted.get(self._queue.popleft())) and not wanted.ended.done():
                name = wanted.planned.id
                if name in replica.dropped:
                    replica.dropped.remove(name)
                wanted.holder, replica.held[name] = replica, wanted.planned
                for call in replica.strays.pop(name, []):
                    self._told.called(wanted.planned, call)
                units.append(Unit.of(wanted.planned))
        return units

    def _take_in(self, replica: _Replica, news: News) -> None:
        replica.arrived += len(news.events)
        for name, notes in news.notes.items():
            known = self.models[name].notes
            known += [note for note in notes if note not in known]
        for event in news.events:
            wanted = self._wanted.get(event.id)
            if wanted and wanted.ended.done():
                wanted = None
            if isinstance(event, End):
                if event.played or not (wanted and wanted.holder is replica):  # else it was cut, and has been given again
                    self._ended(replica, event, wanted)
            elif wanted and wanted.holder is replica:
                self._told.called(wanted.planned, event)
            else:
                replica.strays.setdefault(event.id, []).append(event)

    def _ended(self, replica: _Replica, end: End, wanted: _Wanted | None) -> None:
        planned, strays = replica.held.pop(end.id, None), replica.strays.pop(end.id, [])
        if wanted and end.played and (wanted.holder is replica or end.played.document is not None):
            if wanted.holder is not replica:  # thought dead, and first all the same
                if wanted.holder:
                    self._told.lost(wanted.planned, f"the replica on {replica.host}, wrongly thought dead, was first")
                self._told.wasted(wanted.planned, used(wanted.planned.seats, [(call.seat, call.usage) for call in strays]), None)
            if end.played.document is not None:
                self._ends = 0
            wanted.ended.set_result(end.played)
        elif planned:
            self._waste(replica, planned, strays)

    def _waste(self, replica: _Replica, planned: Planned, calls: Sequence[Call]) -> None:
        if calls:
            use = used(planned.seats, [(call.seat, call.usage) for call in calls])
            self._told.wasted(planned, use, f"the replica on {replica.host} played it too, and was not first")

    def _abandon(self, replica: _Replica, why: str) -> None:
        """Lets others play what ``replica`` has."""
        for name, planned in reversed(replica.held.items()):
            wanted = self._wanted.get(name)
            if wanted and wanted.holder is replica and not wanted.ended.done():
                wanted.holder = None
                wanted.losses += 1
                self._told.lost(planned, why)
                if wanted.losses == MOST_LOSSES:
                    wanted.ended.set_result(Played(None, f"{MOST_LOSSES} replicas were lost with it; at last {why}"))
                elif self._over:
                    wanted.ended.set_result(None)
                else:
                    self._queue.appendleft(name)

    def _give_up(self, note: str) -> None:
        self._over = self._over or note
        if self._writer:
            self._writer.give_up(note)
        self.drain()

    def _end(self, process: Process) -> None:
        process.kill()
        self._processes.remove(process)

    @property
    def _told(self) -> Writer:
        if self._writer is None:
            raise RuntimeError("news came before the run had begun")
        return self._writer


async def _closed(process: Process) -> None:
    with suppress(Gone, Unreachable):
        await process.close()
