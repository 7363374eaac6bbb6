"""Score tables of `assignment`, drawn so that neither sheet is enough, and no list of best pairs either."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from benchmark.streams import Stream

UNSEEN = 50
"""The score of a pair on neither sheet."""

BAR = 0.95
"""The share of the best total that a plan must reach."""

HARD = 0.8
"""The share of the best total that no sheet alone may reach."""

_LOWEST = -(10**9)
"""Below the total of any plan."""

CLEAR = 4
"""By how much the best plan beats every other."""

Cell = tuple[int, int]
Table = Sequence[Sequence[int]]
Plan = tuple[int, ...]


class Shape(NamedTuple):
    """The size of a table and how it is dealt.

    ``pooled`` pairs of ``people`` x ``people`` stand on some sheet, ``overlap`` of them on both. One seat holds ``split`` pairs of the best
    plan, the other the rest. ``rivals`` of them on each sheet have another pair there that is as good and takes the same person or the same
    job, and otherwise somebody or something that the best plan needs elsewhere. ``decoys`` of each are good, but less so than the plan's.
    """

    people: int
    pooled: int
    overlap: int
    decoys: int
    split: int
    rivals: int


class Board(NamedTuple):
    """A true score table and the cells on each seat's sheet."""

    table: tuple[tuple[int, ...], ...]
    sheets: tuple[frozenset[Cell], frozenset[Cell]]

    def seen(self, seat: int, also: Sequence[Cell] = ()) -> list[list[int]]:
        """The table as one seat knows it, ``also`` told."""
        known = self.sheets[seat].union(also)
        return [[score if (i, j) in known else UNSEEN for j, score in enumerate(row)] for i, row in enumerate(self.table)]


def total(table: Table, plan: Plan) -> int:
    return sum(row[j] for row, j in zip(table, plan, strict=True))


@lru_cache(maxsize=16)
def _steps(n: int) -> tuple[tuple[int, int, tuple[tuple[int, int], ...]], ...]:
    """By which columns are taken (a bit each), the last rows first: these, the row that is next, each free column and what it leaves."""
    every = range(2**n - 2, -1, -1)
    return tuple((taken, taken.bit_count(), tuple((j, taken | 1 << j) for j in range(n) if not taken >> j & 1)) for taken in every)


def best_plan(table: Table) -> Plan:
    """The column of each row in the plan of highest total; the first in order of columns where several are equal.

    Exact, over every set of columns that the rows above may have taken; a table has ten rows at most.
    """
    return _searched(tuple(map(tuple, table)))[0]


def margin(table: Table) -> int:
    """By how much the best plan beats every other: one that leaves it at some row reaches what is best from there, at most."""
    plan, rest = _searched(tuple(map(tuple, table)))
    taken, least = 0, -_LOWEST
    for row, chosen in zip(table, plan, strict=True):
        others = [row[j] + rest[taken | 1 << j] for j in range(len(row)) if j != chosen and not taken >> j & 1]
        least = min(least, rest[taken] - max(others, default=_LOWEST))
        taken |= 1 << chosen
    return least


@lru_cache(maxsize=512)
def _searched(table: tuple[Plan, ...]) -> tuple[Plan, list[int]]:
    """The best plan, and what the rows that are left can reach, by which columns are taken (a bit each)."""
    n = len(table)
    rest, choice = [0] * 2**n, [0] * 2**n
    for taken, i, free in _steps(n):
        row, best, chosen = table[i], _LOWEST, 0
        for j, then in free:
            if (worth := row[j] + rest[then]) > best:
                best, chosen = worth, j
        rest[taken], choice[taken] = best, chosen
    plan, taken = list[int](), 0
    while len(plan) < n:
        plan.append(choice[taken])
        taken |= 1 << plan[-1]
    return tuple(plan), rest


def draw_board(draws: Stream, shape: Shape) -> Board:
    """A board that no seat can settle alone: see ``_is_fit``. Every third draft passes, and 500 that do not are not to be seen."""
    for _ in range(500):
        board = _draft(draws, shape)
        if board and _is_fit(board):
            return board
    raise RuntimeError(f"no board of {shape} was fit in 500 drafts")


def _is_fit(board: Board) -> bool:
    """Whether each sheet alone leads astray, the best plan stands out, and its own cells are enough to know it."""
    plan = best_plan(board.table)
    best = total(board.table, plan)
    if any(total(board.table, best_plan(board.seen(seat))) > HARD * best for seat in (0, 1)):
        return False
    cells = list(enumerate(plan))
    if any(total(board.table, best_plan(board.seen(seat, cells))) < BAR * best for seat in (0, 1)):
        return False
    return margin(board.table) >= CLEAR


def _draft(draws: Stream, shape: Shape) -> Board | None:
    """Good pairs dealt to both; where a seat misses some, what looks a little better than nothing leads it away from them.

    None where rivals do no harm to whoever takes the best pairs first.
    """
    n = shape.people
    plan, rows = draws.shuffled(range(n)), draws.shuffled(range(n))
    scores: dict[Cell, int] = {}
    sheets: tuple[set[Cell], set[Cell]] = (set(), set())

    def put(cell: Cell, low: int, high: int, *seats: int) -> None:
        scores[cell] = draws.between(low, high)
        for seat in seats:
            sheets[seat].add(cell)

    split = shape.split if draws.chance(0.5) else n - shape.split
    groups = rows[:split], rows[split:]
    for seat, group in enumerate(groups):
        for i in group:
            put((i, plan[i]), 86, 99, seat)
        for cell, low, high, reader in _astray(group, plan, seat, shape.rivals > 0):
            put(cell, low, high, reader)
    for cell, seat in _rivals(draws, plan, groups, shape.rivals).items():
        put(cell, 86, 99, seat)
    if shape.rivals and _best_first(scores, n) >= BAR * sum(scores[cell] for cell in enumerate(plan)):
        return None
    left = draws.shuffled([(i, j) for i in range(n) for j in range(n) if (i, j) not in scores])
    side = {i: int(i in groups[1]) for i in range(n)}
    owner = {plan[i]: side[i] for i in range(n)}
    for cell in [cell for cell in left if side[cell[0]] != owner[cell[1]]][: 2 * shape.decoys]:
        put(cell, 64, 88, side[cell[0]])
    rest = [cell for cell in left if cell not in scores][: shape.pooled - len(scores)]
    for place, cell in enumerate(rest):
        put(cell, 3, 48, *((0, 1) if place < shape.overlap else (draws.below(2),)))
    table = tuple(tuple(scores.get((i, j), UNSEEN) for j in range(n)) for i in range(n))
    return Board(table, (frozenset(sheets[0]), frozenset(sheets[1])))


def _rivals(draws: Stream, plan: Sequence[int], groups: Sequence[Sequence[int]], count: int) -> dict[Cell, int]:
    """For ``count`` pairs of the plan on each sheet, another there of the same person or job, which takes from a pair on the other."""
    found: dict[Cell, int] = {}
    for seat, group in enumerate(groups):
        for own in draws.sample(group, count):
            cells = [cell for other in groups[1 - seat] for cell in ((own, plan[other]), (other, plan[own])) if cell not in found]
            found[draws.choice(cells)] = seat
    return found


def _best_first(scores: Mapping[Cell, int], n: int) -> int:
    """The total of who takes the best pair first, then the best that is left; who is left over counts as average."""
    people, jobs, reached = set[int](), set[int](), n * UNSEEN
    for cell in sorted(scores, key=scores.__getitem__, reverse=True):
        if cell[0] not in people and cell[1] not in jobs:
            people.add(cell[0])
            jobs.add(cell[1])
            reached += scores[cell] - UNSEEN
    return reached


def _astray(group: Sequence[int], plan: Sequence[int], seat: int, rivals: bool) -> Iterator[tuple[Cell, int, int, int]]:
    """Pairs of ``group``, which ``seat`` holds, with jobs of others of it: what they score, from and to, and on whose sheet.

    By twos and, at the end of an odd group, a three that goes round one way and the other. One way is poor and known to the holder; the
    other is barely better than nothing and known to the other seat. Where there are rivals both sheets rate as many of either kind, or
    what is rated beside a pair would tell its holder which pairs are of the plan.
    """
    twos = list(group[: len(group) - (3 if len(group) % 2 else 0)])
    three = list(group[len(twos) :])
    around = zip(three, three[1:] + three[:1], strict=True)
    for number, (first, second) in enumerate((*zip(twos[1::2], twos[::2], strict=True), *around)):
        one, back = (first, plan[second]), (second, plan[first])
        # A whole ring of lures would tell its reader what to avoid, and leave two plans; two thirds of it leave three.
        lures = number != len(twos) // 2
        if rivals:
            yield from ((one, 51, 54, seat), (back, 51, 54, 1 - seat)) if lures else ((one, 3, 48, 1 - seat), (back, 3, 48, seat))
        else:
            yield one, 3, 20, seat
            if lures:
                yield back, 51, 54, 1 - seat
