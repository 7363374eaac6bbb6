"""The order in which people are asked: one question at a time, and the dialogue that is furthest on first."""

from __future__ import annotations

import asyncio
import heapq
import itertools
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

GRACE_SECONDS = 0.3
"""A question waits so long for one of a dialogue that is further on: a partner may be about to answer there."""


class Queue:
    """Admits one at a time: of those who wait, the one with the longest chat, and of those the first."""

    def __init__(self) -> None:
        self._waiting: list[tuple[int, int, asyncio.Future[None]]] = []
        self._numbers = itertools.count()
        self._busy = self._choosing = False

    @asynccontextmanager
    async def turn(self, length: int) -> AsyncIterator[None]:
        admitted = asyncio.get_running_loop().create_future()
        heapq.heappush(self._waiting, (-length, next(self._numbers), admitted))
        self._choose_soon()
        try:
            await admitted
            yield
        finally:
            if admitted.done() and not admitted.cancelled():
                self._busy = False
                self._choose_soon()

    def _choose_soon(self) -> None:
        if self._waiting and not self._busy and not self._choosing:
            self._choosing = True
            asyncio.get_running_loop().call_later(GRACE_SECONDS, self._choose)

    def _choose(self) -> None:
        self._choosing = False
        while self._waiting and not self._busy:
            admitted = heapq.heappop(self._waiting)[2]
            if not admitted.done():
                self._busy = True
                admitted.set_result(None)
