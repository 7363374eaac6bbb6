"""Cheapest sets of facts, found by leaving out what can be done without."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Collection, Iterable
from typing import TypeVar

T = TypeVar("T")


def indispensable(facts: Iterable[T], suffices: Callable[[Collection[T]], bool]) -> Collection[T]:
    """What is left when each of ``facts`` in its turn, round after round, is left out if the others of them suffice.

    Later rounds are for what only another fact made needful. A fact is not tried again until another was left out.
    """
    left = deque(facts)
    needed_in_a_row = 0
    while needed_in_a_row < len(left):
        fact = left.popleft()
        if suffices(left):
            needed_in_a_row = 0
        else:
            left.append(fact)
            needed_in_a_row += 1
    return left
