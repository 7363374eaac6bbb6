"""Score tables of `assignment`, drawn so that neither sheet is enough, and no list of best pairs either."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from itertools import product
from operator import itemgetter
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

_POOR = (3, 48)

Cell = tuple[int, int]
Dealt = tuple[Cell, int, int, int]
"""A cell, what it scores, from and to, and on whose sheet."""

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
        found = [[UNSEEN] * len(row) for row in self.table]
        for i, j in (*self.sheets[seat], *also):
            found[i][j] = self.table[i][j]
        return found


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
    if margin(board.table) < CLEAR:
        return False
    cells = list(enumerate(plan))
    return all(total(board.table, best_plan(board.seen(seat, cells))) >= BAR * best for seat in (0, 1))


def _draft(draws: Stream, shape: Shape) -> Board | None:
    """Good pairs dealt to both; where a seat misses some, what looks a little better than nothing leads it away from them.

    None where rivals do no harm to whoever takes the best pairs first.
    """
    n = shape.people
    plan, rows = draws.shuffled(range(n)), draws.shuffled(range(n))
    split = shape.split if draws.chance(0.5) else n - shape.split
    groups = rows[:split], rows[split:]
    dealt = [*_pairs(groups[0], plan, 0, shape.rivals > 0), *_pairs(groups[1], plan, 1, shape.rivals > 0)]
    scores = _scored(draws, dealt)
    rivals: list[Dealt] = [(cell, 86, 99, seat) for cell, seat in _rivals(draws, plan, groups, shape.rivals).items()]
    scores |= _scored(draws, rivals)
    if shape.rivals and _best_first(scores, n) >= BAR * sum([scores[cell] for cell in enumerate(plan)]):
        return None
    left = draws.shuffled([cell for cell in product(range(n), range(n)) if cell not in scores])
    decoys = _decoys(left, plan, groups, shape.decoys) if shape.decoys else []
    scores |= _scored(draws, decoys)
    sheets: tuple[set[Cell], set[Cell]] = (set(), set())
    for cell, _, _, seat in (*dealt, *rivals, *decoys):
        sheets[seat].add(cell)
    _fill(draws, [cell for cell in left if cell not in scores][: shape.pooled - len(scores)], shape.overlap, scores, sheets)
    table = [[UNSEEN] * n for _ in range(n)]
    for (i, j), score in scores.items():
        table[i][j] = score
    return Board(tuple(map(tuple, table)), (frozenset(sheets[0]), frozenset(sheets[1])))


def _scored(draws: Stream, dealt: Sequence[Dealt]) -> dict[Cell, int]:
    further = draws.each_below(tuple([high - low + 1 for _, low, high, _ in dealt]))
    return {cell: low + more for (cell, low, _, _), more in zip(dealt, further, strict=True)}


def _fill(draws: Stream, cells: Sequence[Cell], overlap: int, scores: dict[Cell, int], sheets: Sequence[set[Cell]]) -> None:
    """Poor scores for ``cells``: the first ``overlap`` of them go on both sheets, each other one on either."""
    both, one = cells[:overlap], cells[overlap:]
    scores |= _scored(draws, [(cell, *_POOR, 0) for cell in both])
    drawn = draws.each_below((2, _POOR[1] - _POOR[0] + 1) * len(one))
    for cell, seat, more in zip(one, drawn[::2], drawn[1::2], strict=True):
        scores[cell] = _POOR[0] + more
        sheets[seat].add(cell)
    for sheet in sheets:
        sheet.update(both)


def _rivals(draws: Stream, plan: Sequence[int], groups: Sequence[Sequence[int]], count: int) -> dict[Cell, int]:
    """For ``count`` pairs of the plan on each sheet, another there of the same person or job, which takes from a pair on the other."""
    found: dict[Cell, int] = {}
    for seat, group in enumerate(groups):
        for own in draws.sample(group, count):
            cells = [cell for other in groups[1 - seat] for cell in ((own, plan[other]), (other, plan[own])) if cell not in found]
            found[draws.choice(cells)] = seat
    return found


def _decoys(left: Sequence[Cell], plan: Sequence[int], groups: Sequence[Sequence[int]], count: int) -> list[Dealt]:
    """``count`` pairs for each seat of those ``left`` that join one's person and the other's job."""
    rows = set(groups[1])
    columns = {plan[i] for i in rows}
    return [(cell, 64, 88, int(cell[0] in rows)) for cell in left if (cell[0] in rows) != (cell[1] in columns)][: 2 * count]


def _best_first(scores: Mapping[Cell, int], n: int) -> int:
    """The total of who takes the best pair first, then the best that is left; who is left over counts as average."""
    people, jobs, reached = set[int](), set[int](), n * UNSEEN
    for (person, job), score in sorted(scores.items(), key=itemgetter(1), reverse=True):
        if person not in people and job not in jobs:
            people.add(person)
            jobs.add(job)
            reached += score - UNSEEN
    return reached


def _pairs(group: Sequence[int], plan: Sequence[int], seat: int, rivals: bool) -> list[Dealt]:
    """The pairs of ``group`` in the plan, which ``seat`` holds, and some of its people with jobs of others of it."""
    ring = _ring(len(group), rivals)
    return [((group[i], plan[group[j]]), low, high, seat if own else 1 - seat) for (i, j), low, high, own in ring]


@cache
def _ring(size: int, rivals: bool) -> tuple[tuple[Cell, int, int, bool], ...]:
    """The pairs of a group of ``size``, each with its own job in the plan, what they score, and whether their holder rates them.

    By twos and, at the end of an odd group, a three that goes round one way and the other. One way is poor and known to the holder; the
    other is barely better than nothing and known to the other seat. Where there are rivals both sheets rate as many of either kind, or
    what is rated beside a pair would tell its holder which pairs are of the plan.
    """
    found = [((i, i), 86, 99, True) for i in range(size)]
    twos = list(range(size - (3 if size % 2 else 0)))
    three = list(range(len(twos), size))
    around = zip(three, three[1:] + three[:1], strict=True)
    for number, (first, second) in enumerate((*zip(twos[1::2], twos[::2], strict=True), *around)):
        one, back = (first, second), (second, first)
        # A whole ring of lures would tell its reader what to avoid, and leave two plans; two thirds of it leave three.
        lures = number != len(twos) // 2
        if rivals:
            found += [(one, 51, 54, True), (back, 51, 54, False)] if lures else [(one, *_POOR, False), (back, *_POOR, True)]
        else:
            found += [(one, 3, 20, True), *([(back, 51, 54, False)] if lures else [])]
    return tuple(found)
