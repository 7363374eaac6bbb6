"""How far a run has come, for the one who waits: a line on stderr that moves on a terminal and nowhere else."""

from __future__ import annotations

import shutil
import sys
import time
from collections.abc import Callable
from types import TracebackType
from typing import Self, TextIO

from benchmark.records import Document
from benchmark.vocabulary import Usage

REDRAW_SECONDS = 0.2


class Progress:
    """Told of everything that happens in a run; shows it while it lasts, and in one plain line once it has ended.

    The line has no colour and no control character but the carriage return, so it reads the same on every terminal.
    """

    def __init__(self, quiet: bool = False, stream: TextIO | None = None, clock: Callable[[], float] = time.monotonic) -> None:
        self._stream = stream or sys.stderr
        self._quiet, self._moves = quiet, not quiet and self._stream.isatty()
        self._clock = clock
        self._started, self._drawn = clock(), float("-inf")
        self._shown = self._cost = ""
        self._planned = self._before = self._work = 0
        self._played = self._failures = self._calls = self._tokens = self._work_done = 0
        self._successes = self._earned = self._grounded = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self._moves and self._shown:
            self._rewrite("")
        if not self._quiet and kind is None:
            print(self.summary(), file=self._stream, flush=True)

    def begin(self, planned: int, before: int, work: int) -> None:
        """Of ``planned`` episodes ``before`` are finished; the others take ``work`` calls at most."""
        self._planned, self._before, self._work = planned, before, work
        self._started = self._clock()

    def called(self, usage: Usage, spent: str = "") -> None:
        """A call was answered; ``spent`` says what the run folder has cost so far, if that is known."""
        self._calls, self._cost = self._calls + 1, spent
        self._tokens += usage.prompt + usage.completion

    def recorded(self, document: Document, work: int) -> None:
        """An episode that was to take ``work`` calls at most is finished."""
        self._played += 1
        self._work_done += work
        score = document["score"]
        self._successes += bool(score["success"])
        if score["grounding_success"] is not None:
            self._grounded += 1
            self._earned += bool(score["grounding_success"])
        self.tick()

    def failed(self) -> None:
        self._failures += 1
        self.tick()

    def tick(self) -> None:
        """Redraws, if the last time is long enough ago."""
        if self._moves and self._clock() - self._drawn >= REDRAW_SECONDS:
            self._drawn = self._clock()
            self._rewrite(" · ".join(self._parts()))

    def say(self, text: str) -> None:
        """A line of its own, on a terminal."""
        if self._moves:
            self._rewrite("")
            print(text, file=self._stream, flush=True)

    def summary(self) -> str:
        """The line that stays."""
        resumed = f" ({self._before:,} before)" if self._before else ""
        failures = f"{_counted(self._failures, 'attempt')} failed" if self._failures else ""
        done = f"{self._before + self._played:,} of {_counted(self._planned, 'episode')} played{resumed} in {_duration(self._elapsed())}"
        return " · ".join(filter(None, [done, _counted(self._calls, "call"), self._spent(), failures, self._score()]))

    def _parts(self) -> list[str]:
        done = self._before + self._played
        share = 100 * done // self._planned if self._planned else 100
        rate = self._calls / max(self._elapsed(), 1e-9)
        failures = f"{_counted(self._failures, 'attempt')} failed" if self._failures else ""
        parts = [
            f"{done:,}/{self._planned:,} episodes ({share}%)",
            self._left(),
            self._score(),
            f"{rate:.3g} calls/s",
            self._spent(),
            failures,
        ]
        return list(filter(None, parts))

    def _elapsed(self) -> float:
        return self._clock() - self._started

    def _spent(self) -> str:
        return " · ".join(filter(None, [f"{_short(self._tokens)} tokens" if self._tokens else "", self._cost]))

    def _left(self) -> str:
        """Time left, at the pace so far, measured in calls: a talk takes longer than a commit."""
        if not self._work_done:
            return ""
        return f"{_duration((self._work - self._work_done) * self._elapsed() / self._work_done)} left"

    def _score(self) -> str:
        """The headline score of what was played in this sitting: earned successes where talk had to carry the facts, else all."""
        from benchmark.statistics import wilson

        name, successes, n = (
            ("grounding success", self._earned, self._grounded) if self._grounded else ("success", self._successes, self._played)
        )
        if not n:
            return ""
        interval = wilson(successes, n)
        return f"{name} {interval.mean:.2f} [{interval.low:.2f}, {interval.high:.2f}] (n {n:,})"

    def _rewrite(self, line: str) -> None:
        """Puts ``line`` over what is shown."""
        line = line[: shutil.get_terminal_size().columns - 1]
        self._stream.write(f"\r{line.ljust(len(self._shown))}" + ("" if line else "\r"))
        self._stream.flush()
        self._shown = line


def _counted(n: int, noun: str) -> str:
    return f"{n:,} {noun}" + ("" if n == 1 else "s")


def _short(n: int) -> str:
    """A count in three digits: 12.3k, 4.56M."""
    for size, letter in ((1e9, "G"), (1e6, "M"), (1e3, "k")):
        if n >= size:
            return f"{n / size:.3g}{letter}"
    return str(n)


def _duration(seconds: float) -> str:
    whole = round(seconds)
    if whole < 60:
        return f"{whole} s"
    if whole < 3600:
        return f"{whole // 60} min {whole % 60:02d} s"
    return f"{whole // 3600} h {whole % 3600 // 60:02d} min"
