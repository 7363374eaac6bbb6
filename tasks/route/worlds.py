"""How a world of `route` is drawn: what can be passed, who has word of it by which name, and what each map shows.

Nine points form a square, and the six routes are its rows and columns, so that every point lies on two routes and all routes look alike
before anything is known. Three points are closed: where there is a solution, so that they close every route but one; where there is none,
one in each row and column.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import product
from typing import NamedTuple

from benchmark.lexicon import FIRST_NAMES
from benchmark.streams import Stream, shuffled_by
from benchmark.vocabulary import Fact, Seat, World
from tasks.route.scenes import AIMS, CLOSED, ENTRIES, MAPS, OPEN, REPORTS, SCENES, Scene, with_article

REPORT, AT = "report", "at"
SEATS = ("A", "B")
_PARTNER = {"A": "B", "B": "A"}
_POINTS = range(1, 10)
_DEALS = (*range(9, 1, -1), *range(9, 1, -1), *range(9, 1, -1), *range(4, 1, -1), 2, *range(5, 1, -1))
"""Below what a deal draws its numbers, all at once as most deals are thrown away: to shuffle the points, the kinds, the points again, four
holders, which seat has a report more, and the other five."""
SHARED, OWN, OTHER, TWICE_OTHER, TWICE_OWN = "shared", "own", "other", "twice other", "twice own"
"""On whose map the name stands that a report uses: both; its holder's only; the partner's only; both, and on the partner's (on the
holder's) at a second point, by mistake. With OTHER and TWICE_OWN the holder alone cannot tell which point is meant."""
PLAIN = (SHARED, OWN, TWICE_OTHER)
_PLACES = (2, 3, 4)
"""How many routes are quicker than the target."""
_ATTEMPTS = 2000
"""One deal in 13 to 70 is fair, by level, so that none in so many is less likely than one in 10**12."""

Path = tuple[int, ...]
"""The points of a route, in order."""
Routes = Sequence[tuple[Path, int]]
"""As they are listed, each with its minutes."""
Square = tuple[tuple[int, ...], ...]


class Shape(NamedTuple):
    """What of a task's fields shapes its worlds: the ``kinds`` of the nine reports, how many blanks bear another name, idle notes.

    ``skewed``: in each single view some wrong route has more that speaks for it than the right one.
    """

    kinds: tuple[str, ...]
    renamed: int
    remarks: int
    skewed: bool


class Deal(NamedTuple):
    """By point: whether it is passable, who has the report, and of which kind it is; and by (seat, wrong point) the point meant."""

    states: Mapping[int, str]
    holders: Mapping[int, Seat]
    kinds: Mapping[int, str]
    mistakes: Mapping[tuple[Seat, int], int]


def make_world(shape: Shape, seed: int, draw: Stream, solvable: bool) -> World:
    """The world that ``draw`` gives; ``seed`` is only noted in it."""
    scene = draw.choice(SCENES)
    numbers = draw.sample(_POINTS, len(_POINTS))
    square = tuple(tuple(numbers[3 * row : 3 * row + 3]) for row in range(3))
    lines = [*square, *zip(*square, strict=True)]
    # The diagonal of a point says where on its routes it comes, so that no route meets a point out of turn.
    turn = {square[row][column]: (row + column) % 3 for row, column in product(range(3), range(3))}
    paths = [tuple(sorted(line, key=lambda point: turn[point])) for line in lines]
    draw.shuffle(paths)
    minutes = sorted(draw.sample(range(24, 60), 6))
    quickest_first = draw.shuffled(paths)
    target = quickest_first[draw.choice(_PLACES)]
    states = _states(square, target if solvable else None, draw)
    beside = {point: {other for line in lines if point in line for other in line} for point in numbers}
    deal = next(
        deal
        for _ in range(_ATTEMPTS)
        if (deal := _dealt(shape, states, beside, draw)) and _is_fair(deal, quickest_first, target, shape.skewed)
    )
    names = tuple(draw.sample(FIRST_NAMES, 2))
    routes = tuple((path, minutes[quickest_first.index(path)]) for path in paths)
    listed = "; ".join(f"{'-'.join(map(str, path))} ({time} minutes)" for path, time in routes)
    wording = (draw.below(len(MAPS)), draw.below(len(AIMS)))
    public = [
        Fact(("scene",), scene.key, ""),
        Fact(("wording",), wording, ""),
        Fact(
            ("routes",),
            routes,
            f"The six routes from {scene.start} to {scene.goal}: {listed}.",
        ),
    ]
    private = draw.shuffled(_noted(scene, deal, names, shape, draw))
    return World(SEATS, names, (*public, *private), target if solvable else None, seed, solvable)


def _states(square: Square, target: Path | None, draw: Stream) -> dict[int, str]:
    """Three points closed: none of the target's and something of every other route; without a target, something of every route."""
    columns = draw.shuffled(range(3))
    rows = [0, 1, 2]
    if target is not None:
        across = set(target) not in map(set, square)
        square = tuple(zip(*square, strict=True)) if across else square
        others = draw.shuffled([row for row in range(3) if set(square[row]) != set(target)])
        rows = [others[0], others[0], others[1]]
    closed = {square[row][column] for row, column in zip(rows, columns, strict=True)}
    return {point: CLOSED if point in closed else OPEN for line in square for point in line}


def _dealt(shape: Shape, states: Mapping[int, str], beside: Mapping[int, set[int]], draw: Stream) -> Deal | None:
    """Who has which report, by what kind of name; None where a map has no blank for a name that it should show twice.

    Such a blank is none of the points ``beside`` the one meant, which share a route with it.
    """
    drawn = draw.each_below(_DEALS)
    points = shuffled_by(drawn[:8], _POINTS)
    kinds = dict(zip(points, shuffled_by(drawn[8:16], shape.kinds), strict=True))
    seats = shuffled_by(drawn[24:27], "AABB") + shuffled_by(drawn[28:], "AABBB" if drawn[27] else "AAABB")
    holders = dict(zip(shuffled_by(drawn[16:24], points), seats, strict=True))
    blanks: dict[Seat, list[int]] = {seat: [] for seat in SEATS}
    for point in points:
        if kinds[point] in (OWN, OTHER):
            blanks[_reader(holders[point], kinds[point] == OTHER)].append(point)
    mistakes: dict[tuple[Seat, int], int] = {}
    for point in points:
        if kinds[point] in (TWICE_OTHER, TWICE_OWN):
            seat = _reader(holders[point], kinds[point] == TWICE_OWN)
            apart = [blank for blank in blanks[seat] if blank not in beside[point]]
            if not apart:
                return None
            blanks[seat].remove(apart[0])
            mistakes[seat, apart[0]] = point
    return Deal(states, holders, kinds, mistakes)


def _reader(holder: Seat, own: bool) -> Seat:
    """The holder of a report, or the other seat."""
    return holder if own else _PARTNER[holder]


def _is_fair(deal: Deal, quickest_first: Sequence[Path], target: Path, skewed: bool) -> bool:
    """Whether each seat alone has three routes to go by, is drawn to a wrong one, and has heard of both open and closed points."""
    for seat in SEATS:
        mine = [point for point, holder in deal.holders.items() if holder == seat]
        if len({deal.states[point] for point in mine}) < 2:
            return False
        known = {point for point in mine if deal.kinds[point] in PLAIN}
        closed = {point for point in known if deal.states[point] == CLOSED}
        support = {path: len(known.intersection(path)) for path in quickest_first if closed.isdisjoint(path)}
        if len(support) < 3 or target not in support:
            return False
        rivals = [path for path in support if path != target]
        ahead = sorted((support[path] - support[target] for path in rivals), reverse=True)
        sooner = any(support[p] == support[target] and quickest_first.index(p) < quickest_first.index(target) for p in rivals)
        if ahead[1] < 0 or (ahead[0] == 0 and (skewed or not sooner)) or max(support.values()) == 3:
            return False
    return True


def _noted(scene: Scene, deal: Deal, names: Sequence[str], shape: Shape, draw: Stream) -> list[Fact]:
    """Every private note: reports, what the maps show, and what is beside the point."""
    words = draw.sample(scene.landmarks, len(scene.landmarks))
    name = dict(zip(deal.states, words, strict=False))
    shown: dict[Seat, dict[int, str]] = {seat: {} for seat in SEATS}
    blank: list[tuple[Seat, int]] = []
    for point, holder in deal.holders.items():
        for seat in SEATS:
            hidden = (deal.kinds[point] == OWN and seat != holder) or (deal.kinds[point] == OTHER and seat == holder)
            if not hidden:
                shown[seat][point] = name[point]
            elif (seat, point) in deal.mistakes:
                shown[seat][point] = name[deal.mistakes[seat, point]]
            else:
                blank.append((seat, point))
    for (seat, point), alias in zip(draw.shuffled(blank)[: shape.renamed], words[9:], strict=False):
        shown[seat][point] = alias
    facts = [_report(scene, name[point], deal, point, draw) for point in deal.states]
    known = {seat: {*shown[seat].values(), *(fact.slot[1] for fact in facts if fact.holders == (seat,))} for seat in SEATS}
    for seat, person in zip(SEATS, names, strict=True):
        for point, landmark in shown[seat].items():
            text = draw.choice(ENTRIES).format(name=person, landmark=with_article(landmark), number=point)
            strings = () if landmark in known[_reader(seat, False)] else (landmark,)
            facts.append(Fact((AT, landmark, str(point)), True, text, (seat,), strings))
    for number, remark in enumerate(draw.sample(scene.remarks, shape.remarks)):
        facts.append(Fact(("remark", remark), True, remark, (SEATS[number % 2],), (remark[:-1],)))
    return facts


def _report(scene: Scene, landmark: str, deal: Deal, point: int, draw: Stream) -> Fact:
    """A report. Its slot has the point too where its holder's map tells it, so that telling the number counts as telling the report."""
    state, kind = deal.states[point], deal.kinds[point]
    text = draw.choice(REPORTS).format(way=scene.way, landmark=landmark, state=draw.choice(scene.states[state]))
    where = (str(point),) if kind in PLAIN else ()
    return Fact((REPORT, landmark, *where), state, text, (deal.holders[point],), (landmark,) if kind == OWN else ())
