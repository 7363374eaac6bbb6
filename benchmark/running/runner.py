"""Playing a plan: many episodes at a time, each recorded the moment it ends, stopped and resumed at will."""

from __future__ import annotations

import asyncio
import itertools
from collections import Counter, deque
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any, TypeVar

from benchmark.prices import Used
from benchmark.running.budget import Budget, counted, unreported
from benchmark.running.drive import drive, scored
from benchmark.running.elsewhere import Call, Elsewhere, Played
from benchmark.running.folder import RunFolder, read_episodes
from benchmark.running.plan import Plan, Planned
from benchmark.running.progress import Ahead, Progress
from benchmark.running.sitting import Outcome, Settings
from benchmark.running.slots import Place, Slots
from benchmark.running.stopping import Stop
from benchmark.vocabulary import Completion, ConnectError, Model, Request

__all__ = ["Outcome", "Settings", "run"]

T = TypeVar("T")

_TICK_SECONDS = 0.2
_TICKS_PER_SYNC = 4


async def run(
    plan: Plan,
    players: Mapping[str, Model] | Elsewhere,
    folder: RunFolder,
    settings: Settings,
    stop: Stop | None = None,
) -> Outcome:
    """Plays what ``folder`` lacks of ``plan``; ``players`` are the models of every spec that the plan names, or who plays elsewhere.

    ConnectError if a model says that no attempt will ever succeed. Whatever ends the run, the folder holds every episode
    that was finished.
    """
    with Progress(quiet=settings.quiet) as progress:
        return await _Run(plan, players, folder, settings, progress).play(stop or Stop())


@dataclass(slots=True)
class _Job:
    planned: Planned
    failures: int = 0


class _Run:
    """One sitting: workers take episodes from the plan in order, so that no more of it exists at a time than is being played."""

    def __init__(
        self,
        plan: Plan,
        players: Mapping[str, Model] | Elsewhere,
        folder: RunFolder,
        settings: Settings,
        progress: Progress,
    ) -> None:
        self.plan, self.folder, self.settings, self.progress = plan, folder, settings, progress
        self.elsewhere: Elsewhere | None = None if isinstance(players, Mapping) else players
        self.models: Mapping[str, Model] = players if isinstance(players, Mapping) else {}
        self._live_at_most = self.elsewhere.workers if self.elsewhere else settings.live
        self._rest = (planned for planned in plan.episodes() if planned.id not in folder.done)
        self._again: deque[_Job] = deque()
        self._slots, self._begun = Slots(settings.max_in_flight), itertools.count()
        self._desk = asyncio.Lock()
        self._workers: list[asyncio.Task[None]] = []
        self._working: set[asyncio.Task[None]] = set()
        self._over = asyncio.Event()
        self._calling: set[asyncio.Task[Any] | None] = set()
        self._settled = asyncio.Event()
        self._failed: set[str] = set()
        self._played = self._live = self._left = 0
        self._waiting: _Job | None = None
        self._failures, self._unanswered = 0, Counter[str]()  # in a row
        self._ending = self._cutting = self._capped = False
        self._note = ""

    async def play(self, stop: Stop) -> Outcome:
        before, planned, work = 0, len(self.plan), self.plan.calls
        for one in self.plan.episodes() if self.folder.done else ():
            if one.id in self.folder.done:
                before, work = before + 1, work - one.calls
        self.budget = self._budget()
        self.progress.begin(self._ahead(planned, before, work))
        if self.elsewhere:
            self.elsewhere.begin(self)
        if stop.draining:
            self._end("stopped on request")
        with stop.acting_on(self):
            self._left = planned - before
            self._employ(min(self._live_at_most, self._left))
            try:
                await self._until_done()
            finally:
                self._cut()
                await asyncio.gather(*self._workers, return_exceptions=True)
        for worker in self._workers:
            if not worker.cancelled() and (error := worker.exception()):
                raise error
        stopped = self._ending and before + self._played < planned
        note, capped = (self._note, self._capped) if stopped else ("", False)
        return Outcome(planned, before, self._played, len(self._failed), stopped, note, capped)

    def _ahead(self, planned: int, before: int, work: int) -> Ahead:
        """What there is to tell while it is played. A model may say how many ``calls_a_minute`` it is held to."""
        bounds = {spec: getattr(model, "calls_a_minute", 0) for spec, model in self.models.items()}
        return Ahead(
            planned=planned,
            before=before,
            work=work,
            tally=self.folder.tally,
            spent=self.budget.shown,
            per_minute={spec: bound for spec, bound in bounds.items() if bound},
            busy=None if self.elsewhere else lambda: self._slots.taken,
            at_most=self.settings.max_in_flight,
        )

    def drain(self) -> None:
        if not self._ending:
            self._end("stopped on request")
            self.progress.say(f"Stopping: {self._live} episodes are being finished. Press Ctrl-C again to leave them unfinished.")

    def halt(self) -> None:
        self._end("stopped on request")
        self._cut()

    def _end(self, note: str) -> None:
        self._ending, self._note = True, self._note or note
        self._settled.set()
        if self.elsewhere:
            self.elsewhere.drain()

    def _budget(self) -> Budget:
        """What may still be spent, by what is on record."""
        if self.settings.caps and self.folder.spent.unreported:
            planned = {one.id: one for one in self.plan.episodes() if one.id in self.folder.done}
            self.folder.spent.estimated(unreported(planned, read_episodes(self.folder.path)))
        return Budget(self.settings.caps, self.folder.prices, self.folder.spent)

    def _exhaust(self) -> None:
        """Begins no further call and waits for none: a cap is reached. An episode that has all its replies is recorded still."""
        self._end(self.budget.note())
        self._capped = self._cutting = True
        for worker in self._calling:
            if worker:
                worker.cancel()

    def _cut(self) -> None:
        self._cutting = True
        for worker in self._workers:
            worker.cancel()

    async def _until_done(self) -> None:
        """Waits for all workers or the first error; keeps time meanwhile. The disk is waited for in a thread, so that no reply is."""
        ticks = 0
        while True:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._over.wait(), _TICK_SECONDS)
            if self._over.is_set():
                return
            self.progress.tick()
            ticks += 1
            if ticks % _TICKS_PER_SYNC == 0:
                await asyncio.to_thread(self.folder.sync)

    def _employ(self, workers: int = 0) -> None:
        """Has so many workers in all, or more: at the end of a run, no episode waits to be begun."""
        if self._left <= self.settings.live_at_end and not (self._ending or self._cutting or self.elsewhere):
            self._slots.end()
            workers = max(workers, self._left)
        for _ in range(workers - len(self._workers)):
            self._workers.append(worker := asyncio.create_task(self._work()))
            self._working.add(worker)
            worker.add_done_callback(self._worker_ended)
        if not self._working:
            self._over.set()

    def _worker_ended(self, worker: asyncio.Task[None]) -> None:
        self._working.discard(worker)
        if not self._working or (not worker.cancelled() and worker.exception()):
            self._over.set()

    async def _work(self) -> None:
        while job := await self._next():
            try:
                await self._attempt(job)
            except asyncio.CancelledError:
                if self._cutting:
                    raise
                raise RuntimeError(
                    f"episode {job.planned.id} was cancelled from inside: its model let a cancellation of its own escape"
                ) from None
            except Exception as error:
                error.add_note(f"This happened in episode {job.planned.id}.")
                raise
            finally:
                self._live -= 1
                self.budget.end(job.planned, job.planned.id in self.folder.done)
                self._left -= job not in self._again
                self._settled.set()
                self._employ()

    async def _next(self) -> _Job | None:
        """The next episode, planned ones before those that failed; None when this worker is needed no more.

        Waits while live episodes may still turn out to leave enough for it.
        """
        while not self._ending:
            if self._waiting is None:
                planned = next(self._rest, None)
                self._waiting = _Job(planned) if planned else self._again.popleft() if self._again else None
            job = self._waiting
            if job is None:
                return None
            if self.budget.allows(job.planned):
                self._waiting = None
                self._live += 1
                self.budget.begin(job.planned)
                return job
            if not self._live:
                self._capped = True
                self._end(self.budget.note(job.planned))
                break
            self._settled.clear()
            await self._settled.wait()
        return None

    async def _attempt(self, job: _Job) -> None:
        planned = job.planned
        played = await (self._sent(planned, self.elsewhere) if self.elsewhere else self._here(job))
        if played is None:
            return
        if played.document is None:
            self._fail(job, played)
            return
        self.folder.append(played.document)
        self._played += 1
        self._failures = 0
        self._failed.discard(planned.id)
        self.progress.recorded(planned.calls)

    async def _here(self, job: _Job) -> Played:
        planned, place = job.planned, Place(next(self._begun), job.planned.calls)
        world = await self._at_desk(planned.world)

        async def complete(request: Request) -> Completion:
            spec = planned.seats[request.seat]
            await self._enter(place)
            try:
                completion = await self.models[spec].complete(request, self.plan.sampling)
            finally:
                self._leave(place)
            usage = counted(request, completion)
            self.called(planned, Call(planned.id, request.seat, usage, completion.finish, usage is not completion.usage))
            return completion

        self._slots.begin(place)
        try:
            episode = await drive(planned, world, complete)
        finally:
            self._slots.finish(place)
        if episode.outcome == "error":
            return Played(None, episode.note, episode.fatal)
        return Played(await self._at_desk(lambda: scored(planned, world, episode, self.folder.prices)))

    async def _sent(self, planned: Planned, elsewhere: Elsewhere) -> Played | None:
        if self._cutting:
            raise asyncio.CancelledError
        self._calling.add(worker := asyncio.current_task())
        try:
            return await elsewhere.play(planned)
        finally:
            self._calling.discard(worker)

    def called(self, planned: Planned, call: Call) -> None:
        spec = planned.seats[call.seat]
        self._unanswered[spec] = self._unanswered[spec] + 1 if call.finish == "error" else 0
        self.budget.called(planned, call.seat, call.usage, call.estimated)
        self.folder.called(planned.id, spec, call.usage)
        self.progress.called(spec)
        if self.budget.reached and not self._capped:
            self._exhaust()

    def lost(self, planned: Planned, why: str) -> None:
        self.folder.attempt({"id": planned.id, "when": _now(), "what": why, "retried": True, "cut": True})
        self.progress.failed()

    def wasted(self, planned: Planned, use: Used, why: str | None) -> None:
        self.budget.wasted(use)
        if why:
            usage = {spec: asdict(one) for spec, one in use.items()}
            self.folder.attempt({"id": planned.id, "when": _now(), "what": why, "retried": False, "cut": True, "usage": usage})

    def give_up(self, note: str) -> None:
        self._end(note)

    async def _enter(self, place: Place) -> None:
        """Takes a slot for one call. CancelledError once nothing more may be called."""
        if self._cutting:
            raise asyncio.CancelledError
        self._calling.add(worker := asyncio.current_task())
        try:
            await self._slots.enter(place)
        except BaseException:
            self._calling.discard(worker)
            raise

    def _leave(self, place: Place) -> None:
        self._slots.leave()
        self._calling.discard(asyncio.current_task())
        place.left -= 1

    async def _at_desk(self, work: Callable[[], T]) -> T:
        """Does ``work`` that takes a while, one piece for each turn of the event loop, so that calls leave and replies come in between."""
        async with self._desk:
            await asyncio.sleep(0)
            return work()

    def _fail(self, job: _Job, episode: Played) -> None:
        """Notes a failed attempt, and decides what follows from it: another one, none, or the end of the run."""
        job.failures += 1
        self._failures += 1
        self._failed.add(job.planned.id)
        unanswered = max(self._unanswered.values())
        if unanswered >= self.settings.patience:
            self._end(f"{unanswered} calls in a row failed, the last one with: {episode.note}")
        elif self._failures >= self.settings.patience + self._live_at_most:
            self._end(f"{self._failures} episodes in a row failed, the last one with: {episode.note}")
        retried = job.failures < self.settings.attempts and not self._ending and not episode.fatal
        self.folder.attempt({"id": job.planned.id, "when": _now(), "what": episode.note, "retried": retried})
        self.progress.failed()
        if episode.fatal:
            raise ConnectError(f"{episode.note} (in episode {job.planned.id}). Mend that and give the same command again.")
        if retried:
            self._again.append(job)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
