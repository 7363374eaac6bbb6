"""Named random streams: the same integers on every Python, from names only, never from ``seed + i``."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, MutableSequence, Sequence
from functools import lru_cache
from typing import TypeVar

T = TypeVar("T")


class Stream:
    """Random integers from SHA-256 in counter mode. Draws depend on the key and on nothing else."""

    __slots__ = ("_bits", "_block", "_key", "_pool")

    def __init__(self, key: bytes) -> None:
        self._key = key
        self._block = 0
        self._pool = 0
        self._bits = 0

    def bits(self, n: int) -> int:
        """The next ``n`` random bits as an integer in [0, 2**n)."""
        if self._bits < n:
            self._fill(n)
        drawn = self._pool & ((1 << n) - 1)
        self._pool >>= n
        self._bits -= n
        return drawn

    def _fill(self, n: int) -> None:
        while self._bits < n:
            block = hashlib.sha256(self._key + self._block.to_bytes(8, "big")).digest()
            self._block += 1
            self._pool |= int.from_bytes(block, "big") << self._bits
            self._bits += 256

    def below(self, n: int) -> int:
        """Uniform in [0, n), by rejection, so that no value is favoured. ``n`` must be at least 1."""
        if n < 1:
            raise ValueError(f"there is no integer below {n} to draw")
        width = (n - 1).bit_length()
        mask = (1 << width) - 1
        while True:  # ``bits`` written out: a world is hundreds of draws, and calling costs as much as drawing
            if self._bits < width:
                self._fill(width)
            drawn = self._pool & mask
            self._pool >>= width
            self._bits -= width
            if drawn < n:
                return drawn

    def between(self, low: int, high: int) -> int:
        """Uniform in [low, high], both included."""
        return low + self.below(high - low + 1)

    def chance(self, p: float) -> bool:
        """True with probability ``p`` (to 32 bits)."""
        return self.bits(32) < p * 2**32

    def choice(self, items: Sequence[T]) -> T:
        return items[self.below(len(items))]

    def each_below(self, limits: range | tuple[int, ...]) -> list[int]:
        """What ``below`` of each limit gives, one after the other: its loop written out, as a world is hundreds of draws."""
        pool, bits = self._pool, self._bits
        found = []
        for last, width, mask in _widths(limits):
            while True:
                if bits < width:
                    self._pool, self._bits = pool, bits
                    self._fill(width)
                    pool, bits = self._pool, self._bits
                drawn = pool & mask
                pool >>= width
                bits -= width
                if drawn <= last:
                    break
            found.append(drawn)
        self._pool, self._bits = pool, bits
        return found

    def shuffle(self, items: MutableSequence[T]) -> None:
        """In place (Fisher–Yates)."""
        items[:] = self.shuffled(items)

    def shuffled(self, items: Sequence[T]) -> list[T]:
        """A new list in random order."""
        return shuffled_by(self.each_below(range(len(items), 1, -1)), items)

    def sample(self, items: Sequence[T], k: int) -> list[T]:
        """``k`` different items in random order; cost grows with ``k``, not with the number of items."""
        moved: dict[int, int] = {}
        result = []
        for i, further in enumerate(self.each_below(range(len(items), len(items) - k, -1))):
            j = i + further
            result.append(items[moved.get(j, j)])
            moved[j] = moved.get(i, i)
        return result


def shuffled_by(drawn: Iterable[int], items: Sequence[T]) -> list[T]:
    """What ``Stream.shuffled`` makes of ``items`` with such draws: below as many as there are, then below one less, and so down to two."""
    found = list(items)
    last = len(found)
    for place in drawn:
        last -= 1
        found[last], found[place] = found[place], found[last]
    return found


@lru_cache(maxsize=1024)
def _widths(limits: range | tuple[int, ...]) -> tuple[tuple[int, int, int], ...]:
    """Of each limit the last integer below it, the bits that it takes, and a mask of so many."""
    for limit in limits:
        if limit < 1:
            raise ValueError(f"there is no integer below {limit} to draw")
    return tuple((limit - 1, (width := (limit - 1).bit_length()), (1 << width) - 1) for limit in limits)


def stream(seed: int, *names: str | int) -> Stream:
    """The stream of ``seed`` called ``names``; different names give unrelated streams."""
    return Stream(hashlib.sha256(json.dumps([seed, *names]).encode()).digest())
