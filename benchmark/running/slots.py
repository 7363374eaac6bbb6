"""Slots for calls, and who gets the next one: the oldest episodes or, at the end of a run, those with most still to do.

Oldest first plays few conversations at a time to their ends, so that those in play stay in a prefix cache, and younger ones only fill
what these leave free. The youngest take turns at the last tenth of the slots: episodes that were begun together would else end
together. At the end of a run the last few would be left alone in a long tail: then whoever has most calls to make goes first, so
that all end at about the same time.
"""

from __future__ import annotations

import asyncio
import heapq
import itertools
from bisect import bisect_left, insort
from dataclasses import dataclass
from typing import Final

OLDEST: Final = 0.9
"""The share of the slots that is for the oldest episodes."""

_YOUNG: Final = 2**62


@dataclass(slots=True)
class Place:
    """Where an episode stands: its ``number`` in the order of beginning, and how many calls it is still to make at most."""

    number: int
    left: int


class Slots:
    """At most ``count`` calls at a time."""

    def __init__(self, count: int) -> None:
        self._count = self._free = count
        self._waiting: list[tuple[int, int, asyncio.Future[None], Place]] = []
        self._tie = itertools.count()
        self._oldest, self._live = int(OLDEST * count), list[int]()
        self._ending = False

    @property
    def taken(self) -> int:
        """How many calls are under way."""
        return self._count - self._free

    def begin(self, place: Place) -> None:
        """An episode begins to make calls."""
        insort(self._live, place.number)

    def finish(self, place: Place) -> None:
        """It has made them."""
        del self._live[bisect_left(self._live, place.number)]

    async def enter(self, place: Place) -> None:
        """Waits for a slot. Whoever entered must leave."""
        if self._free and not self._waiting:
            self._free -= 1
            return
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        heapq.heappush(self._waiting, (self._rank(place), next(self._tie), turn, place))
        try:
            await turn
        except asyncio.CancelledError:
            if not turn.cancelled():  # let in and cancelled in the same moment
                self.leave()
            raise

    def leave(self) -> None:
        self._free += 1
        while self._waiting and self._free:
            *_, turn, _ = heapq.heappop(self._waiting)
            if not turn.done():
                self._free -= 1
                turn.set_result(None)

    def end(self) -> None:
        """The run comes to its end: from now on, whoever has most calls to make goes first."""
        if not self._ending:
            self._ending = True
            self._waiting = [(self._rank(place), tie, turn, place) for _, tie, turn, place in self._waiting]
            heapq.heapify(self._waiting)

    def _rank(self, place: Place) -> int:
        if self._ending:
            return -place.left
        young = len(self._live) > self._oldest > 0 and place.number > self._live[self._oldest - 1]
        return _YOUNG if young else place.number
