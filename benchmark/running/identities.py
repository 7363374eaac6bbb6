"""A set of episode ids that a million of them do not swell: 8 bytes for each, not the text."""

from __future__ import annotations

import hashlib
from array import array
from bisect import bisect_left
from collections.abc import Iterable
from heapq import merge

_RECENT = 2**15
"""So many are kept as they come before they are sorted in among the others."""


class Identities:
    """The ids that were added, by 64 bits of their BLAKE2b: two among a million are taken for one with a chance of 3 in 10⁸.

    Sorted runs, each longer than the next: there are few, and few are merged at a time.
    """

    __slots__ = ("_recent", "_runs")

    def __init__(self, ids: Iterable[str] = ()) -> None:
        self._runs: list[array[int]] = []
        self._recent: set[int] = set()
        for one in ids:
            self.add(one)

    def __len__(self) -> int:
        return sum(map(len, self._runs)) + len(self._recent)

    def __contains__(self, one: object) -> bool:
        return isinstance(one, str) and self._holds(_key(one))

    def add(self, one: str) -> bool:
        """Whether it is new."""
        key = _key(one)
        if self._holds(key):
            return False
        self._recent.add(key)
        if len(self._recent) >= _RECENT:
            run = array("Q", sorted(self._recent))
            self._recent.clear()
            while self._runs and len(self._runs[-1]) <= len(run):
                run = array("Q", merge(self._runs.pop(), run))  # sorted() would hold an object for each
            self._runs.append(run)
        return True

    def _holds(self, key: int) -> bool:
        if key in self._recent:
            return True
        for run in self._runs:
            place = bisect_left(run, key)
            if place < len(run) and run[place] == key:
                return True
        return False


def _key(one: str) -> int:
    return int.from_bytes(hashlib.blake2b(one.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")
