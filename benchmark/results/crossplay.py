"""Who plays how with whom, from the records of many pairings. Pure.

Two entrants are compared where all else is the same: task, level, world, repeat, seat, and the partner in the other seats,
who is neither of them, so that nobody gains by the habits it shares with itself.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from benchmark.results.causes import failed_by_partner
from benchmark.results.cells import Cell, gather, share, worlds
from benchmark.results.statistics import Floats, Interval, mean_of_strata
from benchmark.vocabulary import Json

Record = Mapping[str, Json]
World = tuple[str, int, int]
"""Task, level and index."""

MEASURES = ("grounding_success", "success")


@dataclass(frozen=True, slots=True, eq=False)
class Compared:
    """``strata``: for each task, a table of scores for each of its worlds, [world, i, j] what i scored against j.

    ``wins`` and ``ties`` count single comparisons, [i, j]; ``left_out`` the plays that say nothing about their player.
    """

    strata: Mapping[str, Floats]
    wins: Floats
    ties: Floats
    left_out: int

    @property
    def worlds(self) -> int:
        return sum(map(len, self.strata.values()))

    @property
    def comparisons(self) -> int:
        return int(self.wins.sum() + self.ties.sum() / 2)


def seated(record: Record) -> Iterator[tuple[str, str, str]]:
    """(entrant, seat, partner) for every entrant that has one seat of ``record`` and one partner in all others."""
    seats = _played(record)
    for seat, entrant in seats.items():
        others = {spec for place, spec in seats.items() if place != seat}
        if len(others) == 1 and entrant not in others:
            yield entrant, seat, next(iter(others))


def compared(records: Iterable[Record], entrants: Sequence[str], measure: str) -> Compared:
    """All comparisons of ``entrants`` by ``measure``. In a world, two meet once with each partner: seats and repeats are averaged."""
    plays: dict[World, dict[tuple[Json, ...], dict[str, float]]] = defaultdict(lambda: defaultdict(dict))
    left_out = 0
    for record in records:
        result = record["score"][measure]
        for entrant, seat, partner in seated(record):
            if record["outcome"] == "leaked" or result is None or failed_by_partner(record, entrant):
                left_out += 1
                continue
            world = (record["task"], int(record["level"]), int(record["index"]))
            plays[world][(partner, seat, record["condition"], record["repeat"])][entrant] = float(result)
    size = len(entrants)
    tables: dict[str, list[Floats]] = defaultdict(list)
    wins, ties = np.zeros((size, size)), np.zeros((size, size))
    for world in sorted(plays):
        tables[world[0]].append(_table(plays[world], entrants, wins, ties))
    return Compared({label: np.stack(parts) for label, parts in tables.items()}, wins, ties, left_out)


def _table(plays: Mapping[tuple[Json, ...], Mapping[str, float]], entrants: Sequence[str], wins: Floats, ties: Floats) -> Floats:
    """The scores of one world; single comparisons are added to ``wins`` and ``ties``."""
    scored: dict[tuple[int, int, str], list[float]] = defaultdict(list)
    for (partner, *_), results in plays.items():
        known = [place for place, entrant in enumerate(entrants) if entrant in results]
        for i, j in combinations(known, 2):
            one, other = results[entrants[i]], results[entrants[j]]
            scored[i, j, partner].append(0.5 + (one > other) / 2 - (one < other) / 2)
            wins[i, j] += one > other
            wins[j, i] += one < other
            ties[i, j] += one == other
            ties[j, i] += one == other
    table = np.zeros((len(entrants), len(entrants)))
    for (i, j, _), scores in scored.items():
        mean = sum(scores) / len(scores)
        table[i, j] += mean
        table[j, i] += 1 - mean
    return table


def pairings(records: Sequence[Record], entrants: Sequence[str], measure: str) -> dict[tuple[str, str], Interval]:
    """For every (entrant, partner) the mean over tasks of ``measure``, in every seat in turn; (entrant, itself) is self-play."""
    found = {}
    for entrant in entrants:
        gathered = gather((one for one in records if _is_about(one, entrant)), entrant)
        for partner in entrants:
            cells = [cell for cell in gathered.rows if cell.partner == ("" if partner == entrant else partner)]
            parts = [
                one for label in sorted({cell.task for cell in cells}) if (one := share(worlds(gathered.table(_of(cells, label))), measure))
            ]
            if parts:
                found[entrant, partner] = mean_of_strata(parts)
    return found


def _is_about(record: Record, entrant: str) -> bool:
    """Whether the entrant has one seat among partners, or all seats."""
    seats = list(_played(record).values())
    return seats.count(entrant) in (1, len(seats))


def _played(record: Record) -> Mapping[str, str]:
    """Who sits where, but for the audience, which is the same whoever plays."""
    return {seat: spec for seat, spec in record["seats"].items() if seat not in record.get("audience", ())}


def _of(cells: Sequence[Cell], label: str) -> list[Cell]:
    return [cell for cell in cells if cell.task == label]
