"""Cheapest sets of facts, found by leaving out what can be done without."""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Iterable
from typing import Protocol, TypeVar

T = TypeVar("T")
T_contra = TypeVar("T_contra", contravariant=True)


class Hearer(Protocol[T_contra]):
    """One who was told facts, and can be made to forget any of them."""

    def hear(self, fact: T_contra) -> None: ...

    def forget(self, fact: T_contra) -> None: ...

    def knows(self) -> bool:
        """Whether what was heard and not forgotten suffices."""
        ...


def indispensable(facts: Iterable[T], hearer: Hearer[T]) -> Collection[T]:
    """What is left when each of ``facts`` in its turn, round after round, is left out if the others of them suffice.

    ``hearer`` has heard them all, and in the end those that are left. Later rounds are for what only another fact made needful. A fact is
    not tried again until another was left out.
    """
    left = deque(facts)
    needed_in_a_row = 0
    while needed_in_a_row < len(left):
        fact = left.popleft()
        hearer.forget(fact)
        if hearer.knows():
            needed_in_a_row = 0
        else:
            hearer.hear(fact)
            left.append(fact)
            needed_in_a_row += 1
    return left
