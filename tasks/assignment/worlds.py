"""Worlds of `assignment`: scenes, score tables drawn so that neither sheet is enough, and the facts that make a world of them."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from benchmark.prompts import listing
from benchmark.streams import Stream
from benchmark.vocabulary import Fact, Json, Seat, World

SEATS: tuple[Seat, Seat] = ("A", "B")

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


class Scene(NamedTuple):
    """Who is placed where, and why it matters. ``link`` stands between a person and a job."""

    people: str
    person: str
    job: str
    link: str
    story: str
    jobs: tuple[str, ...]


SCENES: Mapping[str, Scene] = {
    "theatre": Scene(
        "actors",
        "actor",
        "role",
        "as the",
        "{a} directs the winter play of a small theatre and {b} pays for it. The cast list goes up tonight, and a badly cast play closes "
        "in a week.",
        tuple("king thief widow miller jester duke poet ghost beggar sailor baker witch".split()),
    ),
    "festival": Scene(
        "volunteers",
        "volunteer",
        "stall",
        "at the",
        "{a} and {b}, neighbours who run a street festival together, must say who stands where. The gates open in an hour, and what the "
        "stalls take tonight pays for next year.",
        tuple("grill bakery raffle stage gate kiosk pottery archery lanterns carousel tombola cinema".split()),
    ),
    "expedition": Scene(
        "members",
        "member",
        "post",
        "as the",
        "{a} leads an expedition to the ice and {b}, who went the year before, equips it. Once the ship has sailed nobody can change "
        "posts, and a wrong hand in one of them can cost the season.",
        tuple("cook medic pilot diver scout climber tracker mechanic boatman surveyor smith dentist".split()),
    ),
    "hospital": Scene(
        "nurses",
        "nurse",
        "ward",
        "in",
        "{a} heads the day shift of a hospital and {b} the night shift. They share the nurses, have worked with different ones, and must "
        "settle the new wards before the old wing closes on Friday.",
        tuple("burns trauma surgery dialysis neurology oncology urology recovery radiology maternity".split()),
    ),
    "newsroom": Scene(
        "reporters",
        "reporter",
        "desk",
        "on",
        "{a} and {b} edited rival papers until the papers were merged. They do not much like each other, but tomorrow's issue needs every "
        "desk filled.",
        tuple("courts sport science markets weather politics crime food travel fashion".split()),
    ),
    "school": Scene(
        "teachers",
        "teacher",
        "club",
        "for",
        "{a} and {b}, old friends, founded a school together. Every club needs one teacher, and a dull club is an empty one by spring.",
        tuple("chess drama robotics choir rowing fencing debate gardening film ballet".split()),
    ),
    "workshop": Scene(
        "restorers",
        "restorer",
        "piece",
        "on the",
        "{a} manages a museum's workshop and {b} its collection. Each piece goes to one restorer for the year, and what is spoiled stays "
        "spoiled.",
        tuple("fresco globe tapestry clock altar mosaic harp mask statue vase scroll fountain".split()),
    ),
    "conference": Scene(
        "reviewers",
        "reviewer",
        "paper",
        "on",
        "{a} and {b} chair one track of a conference. Every paper goes to one reviewer, and authors remember a reviewer who knew nothing "
        "of the matter.",
        tuple("parsing speech vision robotics graphs ethics privacy search games memory".split()),
    ),
}

PUBLISHED = "conference"
"""The scene of the published games."""

_TEXTS = (
    "On {o}'s sheet, {pair} has a reading of {v}.",
    "{o}'s sheet puts {pair} at {v}.",
    "{pair} stands at {v} on {o}'s sheet.",
    "For {pair}, {o}'s sheet gives a reading of {v}.",
)


class Shape(NamedTuple):
    """The size of a table and how it is dealt.

    ``pooled`` pairs of ``people`` x ``people`` stand on some sheet, ``overlap`` of them on both. One seat holds ``split`` pairs of the best
    plan, the other the rest. Each has about ``decoys`` good pairs that are not in it.
    """

    people: int
    pooled: int
    overlap: int
    decoys: int
    split: int


class Board(NamedTuple):
    """A true score table and the cells on each seat's sheet."""

    table: tuple[tuple[int, ...], ...]
    sheets: tuple[frozenset[Cell], frozenset[Cell]]

    def seen(self, seat: int, also: Sequence[Cell] = ()) -> list[list[int]]:
        """The table as one seat knows it, ``also`` told."""
        known = self.sheets[seat].union(also)
        return [[score if (i, j) in known else UNSEEN for j, score in enumerate(row)] for i, row in enumerate(self.table)]


class Setting(NamedTuple):
    """Everything about a world that is not on its board."""

    scene: str
    organisers: tuple[str, str]
    people: tuple[str, ...]
    jobs: tuple[str, ...]
    scales: tuple[float, float]
    seed: int
    published: bool


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
    return _best_plan(tuple(map(tuple, table)))


@lru_cache(maxsize=512)
def _best_plan(table: tuple[Plan, ...]) -> Plan:
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
    return tuple(plan)


def draw_board(draws: Stream, shape: Shape) -> Board:
    """A board that no seat can settle alone: see ``_is_fit``. Most drafts pass, and 500 that do not are not to be seen."""
    for _ in range(500):
        board = _draft(draws, shape)
        if _is_fit(board):
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
    return all(best - total(board.table, best_plan(_without(board.table, cell))) >= CLEAR for cell in cells)


def _without(table: Table, cell: Cell) -> Table:
    """``table`` in which no best plan uses ``cell``."""
    rows = [list(row) for row in table]
    rows[cell[0]][cell[1]] = -100 * len(table)
    return rows


def _draft(draws: Stream, shape: Shape) -> Board:
    """Good pairs dealt to both; where a seat misses some, one poor pair that looks better than nothing leads it away from them."""
    n = shape.people
    plan, rows = draws.shuffled(range(n)), draws.shuffled(range(n))
    scores: dict[Cell, int] = {}
    sheets: tuple[set[Cell], set[Cell]] = (set(), set())

    def put(cell: Cell, low: int, high: int, *seats: int) -> None:
        scores[cell] = draws.between(low, high)
        for seat in seats:
            sheets[seat].add(cell)

    split = shape.split if draws.chance(0.5) else n - shape.split
    for seat, group in ((0, rows[:split]), (1, rows[split:])):
        for i in group:
            put((i, plan[i]), 86, 99, seat)
        traps = _traps(group)
        for number, (trap, lure) in enumerate(traps):
            put((trap[0], plan[trap[1]]), 3, 20, seat)
            # A whole ring of lures would tell its reader what to avoid, and leave two plans; two thirds of it leave three.
            if len(traps) < 3 or number:
                put((lure[0], plan[lure[1]]), 51, 54, 1 - seat)
    left = draws.shuffled([(i, j) for i in range(n) for j in range(n) if (i, j) not in scores])
    side = {i: int(i in rows[split:]) for i in range(n)}
    owner = {plan[i]: side[i] for i in range(n)}
    for cell in [cell for cell in left if side[cell[0]] != owner[cell[1]]][: 2 * shape.decoys]:
        put(cell, 64, 88, side[cell[0]])
    rest = [cell for cell in left if cell not in scores][: shape.pooled - len(scores)]
    for place, cell in enumerate(rest):
        put(cell, 3, 48, *((0, 1) if place < shape.overlap else (draws.below(2),)))
    table = tuple(tuple(scores.get((i, j), UNSEEN) for j in range(n)) for i in range(n))
    return Board(table, (frozenset(sheets[0]), frozenset(sheets[1])))


def _traps(group: Sequence[int]) -> list[tuple[Cell, Cell]]:
    """Which of ``group`` go wrong with whose jobs, by twos and, at the end of an odd group, a three that goes round.

    The first of each is poor and known to the holder of the group; the second barely better than nothing and known to the other.
    """
    twos = list(group[: len(group) - (3 if len(group) % 2 else 0)])
    traps = [((second, first), (first, second)) for first, second in zip(twos[::2], twos[1::2], strict=True)]
    three = list(group[len(twos) :])
    return traps + [((person, following), (following, person)) for person, following in zip(three, three[1:] + three[:1], strict=True)]


def make_world(setting: Setting, board: Board, draws: Stream) -> World:
    """The world of ``board`` in ``setting``; ``draws`` orders and words each sheet."""
    scene = SCENES[setting.scene]
    facts = [
        Fact(("scene",), setting.scene, ""),
        Fact(("people",), setting.people, f"The {scene.people}: {listing(setting.people)}."),
        Fact(("jobs",), setting.jobs, f"The {scene.job}s: {listing(setting.jobs)}."),
    ]
    for number, seat in enumerate(SEATS):
        facts += _sheet(setting, board, number, seat, draws)
    best = total(board.table, best_plan(board.table))
    floor = max(total(board.table, best_plan(board.seen(seat))) for seat in (0, 1))
    target = (setting.people, setting.jobs, board.table, best, floor, setting.published)
    return World(SEATS, setting.organisers, tuple(facts), target, setting.seed)


def _sheet(setting: Setting, board: Board, number: int, seat: Seat, draws: Stream) -> list[Fact]:
    scene, owner, scale = SCENES[setting.scene], setting.organisers[number], setting.scales[number]
    average = _plain(float(f"{UNSEEN * scale:.4g}"))
    text = f"An average pair reads {average} on {owner}'s sheet."
    facts = [Fact(("unit", seat), (average, average), text, (seat,), _telling(average))]
    first = draws.below(len(_TEXTS))
    for place, (i, j) in enumerate(draws.shuffled(sorted(board.sheets[number])), first):
        person, job = setting.people[i], setting.jobs[j]
        reading = math.floor(board.table[i][j] * scale + 0.5)
        text = _TEXTS[place % len(_TEXTS)].format(o=owner, pair=f"{person} {scene.link} {job}", v=reading)
        facts.append(Fact(("pair", person, job), (reading, average), text, (seat,), _telling(reading)))
    return facts


def _plain(number: float) -> Json:
    return int(number) if number.is_integer() else number


def _telling(number: float) -> tuple[str, ...]:
    """A number that nobody could come by as a percentage of average gives its sheet away."""
    return (str(number),) if number > 200 else ()
