"""What one seat of `assignment` plans by what it is told, beside its own sheet: asked dozens of times to find what is needed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from benchmark.vocabulary import Fact, Seat
from tasks.assignment.boards import UNSEEN, Plan, best_plan


class Rating(NamedTuple):
    """A cell of the table, and the true score that ``fact`` gives away there."""

    row: int
    column: int
    score: int
    fact: Fact


class Planner:
    """A seat that holds its part of ``ratings``, in a table of so many rows."""

    def __init__(self, seat: Seat, ratings: Iterable[Rating], rows: int) -> None:
        self._table = [[UNSEEN] * rows for _ in range(rows)]
        self._own = set[tuple[int, int]]()
        for row, column, score, fact in ratings:
            if seat in fact.holders:
                self._table[row][column] = score
                self._own.add((row, column))

    def best(self, told: Sequence[Rating]) -> Plan:
        """The plan of highest expected total; what stands on one's own sheet is not taken from another's."""
        table = [row.copy() for row in self._table]
        for row, column, score, _ in told:
            if (row, column) not in self._own:
                table[row][column] = score
        return best_plan(table)
