"""How far a run has come, for the one who waits: two calm lines on a terminal, a plain line now and then elsewhere."""

from __future__ import annotations

import os
import shutil
import sys
import time
from collections import Counter, deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self, TextIO

from benchmark.running.tally import Tally

REDRAW_SECONDS = 0.5
"""Often enough to be seen to move, and too seldom to flicker or to cost anything."""

LOG_SECONDS = 60.0
"""Between two lines where nothing can be redrawn."""

RECENT_SECONDS = 30.0
"""What "calls/s" is measured over: long enough to be steady, short enough to show that a server has become slow."""

_UP, _CLEAR = "\x1b[A", "\x1b[K"


def _nothing() -> Sequence[str]:
    return ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Ahead:
    """What a sitting sets out to do. Of ``planned`` episodes ``before`` are finished; the others take ``work`` calls at most.

    ``tally`` knows the score so far, ``spent`` says what the run folder took so far, in parts of a line. ``per_minute`` are the calls a
    minute that models are bounded to, by spec. ``busy`` gives how many calls are under way, of ``at_most``; None where nobody knows.
    """

    planned: int
    before: int
    work: int
    tally: Tally
    spent: Callable[[], Sequence[str]] = _nothing
    per_minute: Mapping[str, float] = field(default_factory=dict)
    busy: Callable[[], int] | None = None
    at_most: int = 0


class Progress:
    """Told of everything that happens in a run; shows it while it lasts, and in one plain line once it has ended.

    On a terminal two lines are written over in place, and the cursor rests at the start of the first: what anybody else writes there
    stays readable, and the lines go on below it. They have no colour, and are cut by whole parts to the width there is.
    """

    def __init__(self, quiet: bool = False, stream: TextIO | None = None, clock: Callable[[], float] = time.monotonic) -> None:
        self._stream = stream or sys.stderr
        self._quiet, self._moves = quiet, not quiet and self._stream.isatty() and os.environ.get("TERM") != "dumb"
        self._clock = clock
        self._started = self._drawn = clock()
        self._shown: tuple[str, ...] = ()
        self._ahead = Ahead(planned=0, before=0, work=0, tally=Tally({}, ""))
        self._played = self._failures = self._work_done = 0
        self._calls = Counter[str]()
        self._past = deque[tuple[float, int]]()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._wipe()
        if not self._quiet and kind is None:
            self._write(f"{self.summary()}\n")

    def begin(self, ahead: Ahead) -> None:
        self._ahead = ahead
        self._started = self._clock()
        self._past.append((self._started, 0))
        self._drawn = float("-inf") if self._moves else self._started

    def called(self, spec: str) -> None:
        """A call of the model ``spec`` was answered."""
        self._calls[spec] += 1

    def recorded(self, work: int) -> None:
        """An episode that was to take ``work`` calls at most is finished."""
        self._played += 1
        self._work_done += work
        self.tick()

    def failed(self) -> None:
        self._failures += 1
        self.tick()

    def tick(self) -> None:
        """Tells how things stand, if the last time is long enough ago."""
        now = self._clock()
        if self._quiet or now - self._drawn < (REDRAW_SECONDS if self._moves else LOG_SECONDS):
            return
        self._drawn = now
        if self._moves:
            self._rewrite()
        else:
            self._write(f"{_line((*self._how_far()[0], *self._how_fast()[0]))}\n")

    def say(self, text: str) -> None:
        """A line of its own, on a terminal."""
        if self._moves:
            self._wipe()
            self._write(f"{text}\n")

    def summary(self) -> str:
        """What stays: on a terminal in as many lines as it takes."""
        ahead = self._ahead
        resumed = f" ({ahead.before:,} before)" if ahead.before else ""
        done = f"{ahead.before + self._played:,} of {_counted(ahead.planned, 'episode')} played{resumed} in {_duration(self._elapsed())}"
        failures = f"{_counted(self._failures, 'attempt')} failed" if self._failures else ""
        parts = list(filter(None, [done, _counted(self._calls.total(), "call"), *ahead.spent(), failures, self._score(" (n {n:,})")]))
        return "\n".join(_lines(parts, self._columns())) if self._moves else _line(parts)

    def _how_far(self) -> tuple[list[str], list[str]]:
        """The first line, with all words and with few: what is done, how long the rest takes, how well it goes."""
        done, planned = self._ahead.before + self._played, self._ahead.planned
        share = 100 * done // planned if planned else 100
        left = self._left()
        whole = [f"{done:,} of {planned:,} episodes ({share}%)", left, self._score(" (n {n:,})")]
        return list(filter(None, whole)), list(filter(None, [f"{done:,}/{planned:,}", left, self._score("")]))

    def _how_fast(self) -> tuple[list[str], list[str]]:
        """The second line, likewise: calls against what bounds them, and what was spent against what may be."""
        rate, bound, busy = self._rate(), sum(self._ahead.per_minute.values()) / 60, self._ahead.busy
        calls = f"{rate:.3g} of {bound:.3g} calls/s" if bound else f"{rate:.3g} calls/s"
        waiting = f", {many:,} of {self._ahead.at_most:,} under way" if busy and (many := busy()) else ""
        failed = f"{_counted(self._failures, 'attempt')} failed" if self._failures else ""
        spent = self._ahead.spent()
        return list(filter(None, [calls + waiting, *spent, failed])), list(filter(None, [calls, *spent, failed]))

    def _rate(self) -> float:
        """Calls a second of late: of those models that are bounded, or of all where none is."""
        bounded = self._ahead.per_minute
        calls = sum(self._calls[spec] for spec in bounded) if bounded else self._calls.total()
        now = self._clock()
        self._past.append((now, calls))
        while len(self._past) > 2 and self._past[1][0] <= now - RECENT_SECONDS:
            self._past.popleft()
        since, before = self._past[0]
        return (calls - before) / max(now - since, 1e-9)

    def _elapsed(self) -> float:
        return self._clock() - self._started

    def _left(self) -> str:
        """Time left, at the pace so far, measured in calls: a talk takes longer than a commit."""
        if not self._work_done:
            return ""
        return f"{_duration((self._ahead.work - self._work_done) * self._elapsed() / self._work_done)} left"

    def _score(self, counted: str) -> str:
        found = self._ahead.tally.score()
        if found is None:
            return ""
        name, interval = found
        return f"{name} {interval.mean:.2f} [{interval.low:.2f}, {interval.high:.2f}]{counted.format(n=interval.n)}"

    def _rewrite(self) -> None:
        """Puts the lines over those that are shown, in one piece, so that no half of them is ever seen."""
        width = self._columns()
        lines = tuple(_fitting(*spellings, width) for spellings in (self._how_far(), self._how_fast()))
        if lines != self._shown:
            self._write(f"\r{lines[0]}{_CLEAR}\n{lines[1]}{_CLEAR}\r{_UP}")
            self._shown = lines

    def _wipe(self) -> None:
        if self._moves and self._shown:
            self._write(f"\r{_CLEAR}\n{_CLEAR}{_UP}")
            self._shown = ()

    def _columns(self) -> int:
        """Those of the terminal that is written to, which may be resized. The last stays free: some begin a new line once it is full."""
        try:
            columns = os.get_terminal_size(self._stream.fileno()).columns
        except (OSError, ValueError):
            columns = 0
        return max(2, columns or shutil.get_terminal_size().columns) - 1

    def _write(self, text: str) -> None:
        """A terminal that was closed meanwhile, or a reader that has gone, ends no run."""
        try:
            self._stream.write(text)
            self._stream.flush()
        except OSError:
            self._moves, self._quiet = False, True


def _line(parts: Sequence[str]) -> str:
    return " · ".join(parts)


def _lines(parts: Sequence[str], width: int) -> list[str]:
    """``parts`` in lines of at most ``width`` columns, broken between parts."""
    lines = [parts[0]]
    for part in parts[1:]:
        longer = _line((lines[-1], part))
        lines[len(lines) - (len(longer) <= width) :] = [longer if len(longer) <= width else part]
    return lines


def _fitting(whole: Sequence[str], brief: Sequence[str], width: int) -> str:
    """The first of all words, few words, and ever fewer parts that fits in ``width`` columns."""
    fewer = [brief[:count] for count in range(len(brief), 0, -1)]
    return next((line for line in map(_line, [whole, *fewer]) if len(line) <= width), brief[0][:width])


def _counted(n: int, noun: str) -> str:
    return f"{n:,} {noun}" + ("" if n == 1 else "s")


def _duration(seconds: float) -> str:
    whole = round(seconds)
    if whole < 60:
        return f"{whole} s"
    if whole < 3600:
        return f"{whole // 60} min {whole % 60:02d} s"
    return f"{whole // 3600} h {whole % 3600 // 60:02d} min"
