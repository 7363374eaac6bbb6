"""Ending a run before its time: what Ctrl-C and SIGTERM mean, once and twice."""

from __future__ import annotations

import asyncio
import signal
import threading
from collections.abc import Callable, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

T = TypeVar("T")


class Stoppable(Protocol):
    """What a Stop acts on: a run, as a rule."""

    def drain(self) -> None: ...

    def halt(self) -> None: ...


class Stop:
    """Asks a run to end before its time. ``drain``: nothing new is begun; ``halt``: and what is live is left unfinished."""

    def __init__(self) -> None:
        self.draining = self.halted = False
        self._run: Stoppable | None = None

    def drain(self) -> None:
        self.draining = True
        if self._run:
            self._run.drain()

    def halt(self) -> None:
        self.draining = self.halted = True
        if self._run:
            self._run.halt()

    @contextmanager
    def acting_on(self, run: Stoppable) -> Iterator[None]:
        before, self._run = self._run, run
        try:
            yield
        finally:
            self._run = before


def run_to_end(main: Callable[[Stop], Coroutine[Any, Any, T]]) -> T:
    """``asyncio.run`` for what plays: the first Ctrl-C or SIGTERM drains, the second one halts.

    SIGTERM is what batch systems send some time before they kill: what can be finished till then is not lost.

    While nothing is being played (a model is being connected, say), either ends ``main`` with KeyboardInterrupt.
    """
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return _run_to_end(main, Stop())
    return _run_beside(main)


def _run_to_end(main: Callable[[Stop], Coroutine[Any, Any, T]], stop: Stop, begun: Callable[[], None] = lambda: None) -> T:
    async def guarded() -> T:
        with stop.acting_on(_Whole(asyncio.current_task())), _listening(stop):
            begun()
            return await main(stop)

    try:
        return asyncio.run(guarded())
    except asyncio.CancelledError:
        raise KeyboardInterrupt from None


def _run_beside(main: Callable[[Stop], Coroutine[Any, Any, T]]) -> T:
    """In a thread with a loop of its own, for a caller whose loop runs already, as a notebook's does: there ``asyncio.run`` refuses.

    Signals reach the main thread alone, so an interrupt of the caller is passed on.
    """
    stop, loops = Stop(), list[asyncio.AbstractEventLoop]()
    with ThreadPoolExecutor(1, "parley") as threads:
        ended = threads.submit(_run_to_end, main, stop, lambda: loops.append(asyncio.get_running_loop()))
        while True:
            try:
                return ended.result()
            except KeyboardInterrupt:
                if ended.done():
                    raise
                for loop in loops:
                    loop.call_soon_threadsafe(stop.halt if stop.draining else stop.drain)


@dataclass(frozen=True, slots=True)
class _Whole:
    """All that a command does, where there is nothing to drain."""

    task: asyncio.Task[Any] | None

    def drain(self) -> None:
        self.halt()

    def halt(self) -> None:
        if self.task:
            self.task.cancel()


@contextmanager
def _listening(stop: Stop) -> Iterator[None]:
    """Signals reach ``stop``. Ignored ones stay ignored, and after a halt all mean again what they meant before."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    loop = asyncio.get_running_loop()
    before = {number: signal.getsignal(number) or signal.SIG_DFL for number in (signal.SIGINT, signal.SIGTERM)}
    listening = [number for number, meaning in before.items() if meaning is not signal.SIG_IGN]

    def restore() -> None:
        while listening:
            number = listening.pop()
            loop.remove_signal_handler(number)
            signal.signal(number, before[number])

    def halt() -> None:
        restore()
        stop.halt()

    def interrupt() -> None:
        halt() if stop.draining else stop.drain()

    for number in listening:
        loop.add_signal_handler(number, interrupt)
    try:
        yield
    finally:
        restore()
