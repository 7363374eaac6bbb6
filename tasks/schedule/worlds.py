"""How a world of `schedule` is drawn: which slots each person can make, at what cost, and what stands in the way of the others.

Everyone can make equally many slots. The ``target`` is among them for all, but never the cheapest in any one view. Of the others,
*shared* ones suit all at a higher total: some are *fond* of them (at a cost below their cost of the target), for others they are dear. The
rest suit some and not all. Where no slot suits all, the same costs are dealt to slots anew, so that a single view looks alike in both
strata: the slots one can make are spread evenly, and their costs are drawn before it is known where they go.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from benchmark.lexicon import FIRST_NAMES
from benchmark.streams import Stream
from benchmark.vocabulary import Fact, Seat, World
from tasks.schedule.scenes import BLOCKED, COSTLESS, PRICED, SCENES, Scene

SEATS = ("A", "B", "C", "D")
COST = "cost"
OUT = "out"
"""Stands where a cost would, for a slot that its holder cannot make."""
TOP = 9
"""The highest cost there is; the brief says so."""
DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
TIMES = ("08:00", "09:30", "10:00", "11:30", "13:00", "14:30", "16:00", "17:30", "19:00", "20:30")

Costs = dict[int, int]
"""One person's costs by the number of the slot; what is missing cannot be made."""


class Dealing(NamedTuple):
    """What of a task's fields shapes its worlds. ``possible`` slots of ``slots`` suit each person; see also ``Schedule``."""

    seats: int
    days: int
    slots: int
    possible: int
    shared: int
    ahead: int
    gap: int


def make_world(dealing: Dealing, seed: int, draw: Stream, solvable: bool) -> World:
    """The world that ``draw`` gives; ``seed`` is only noted in it."""
    seats = SEATS[: dealing.seats]
    scene = draw.choice(SCENES)
    slots = _calendar(dealing, draw)
    dealt = _dealt(dealing, draw)
    order = draw.shuffled(range(dealing.slots))
    people = _placed(dealing, dealt, order, draw) if solvable else _apart(dealing, dealt, order, draw)
    facts = _worded(scene, slots, dict(zip(seats, people, strict=True)), draw)
    public = [("scene", scene.key), ("slots", slots), ("wording", (draw.bits(1), draw.bits(1), draw.bits(1)))]
    names = tuple(draw.sample(FIRST_NAMES, dealing.seats))
    target = slots[order[0]] if solvable else None
    return World(seats, names, (*(Fact((slot,), value, "") for slot, value in public), *facts), target, seed, solvable)


def _calendar(dealing: Dealing, draw: Stream) -> tuple[str, ...]:
    """Slots in order of time, on days in a row, about equally many a day."""
    first = draw.below(len(DAYS) - dealing.days + 1)
    share, more = divmod(dealing.slots, dealing.days)
    counts = draw.shuffled([share + (i < more) for i in range(dealing.days)])
    days = DAYS[first : first + dealing.days]
    return tuple(f"{day} {time}" for day, n in zip(days, counts, strict=True) for time in sorted(draw.sample(TIMES, n)))


class _Dealt(NamedTuple):
    """Costs without places, each list by seat: of the target, of each shared slot, and of the slots that do not suit all."""

    target: list[int]
    shared: list[list[int]]
    partial: list[list[int]]


def _dealt(dealing: Dealing, draw: Stream) -> _Dealt:
    target = [draw.between(2, 4) for _ in range(dealing.seats)]
    turns = draw.shuffled(range(dealing.seats))
    # No two slots that suit everyone cost the same, or their tie alone would show that neither is best.
    gaps = draw.sample(range(1, max(dealing.gap, dealing.shared) + 1), dealing.shared)
    shared = [_shared(target, turns[k % dealing.seats], gap, draw) for k, gap in enumerate(gaps)]
    partial = []
    for seat, own in enumerate(target):
        left = dealing.possible - 1 - dealing.shared
        cheaper = min(left, max(1, dealing.ahead - sum(costs[seat] < own for costs in shared)))
        partial.append([draw.below(own) for _ in range(cheaper)] + [draw.between(own, TOP) for _ in range(left - cheaper)])
    return _Dealt(target, shared, partial)


def _shared(target: Sequence[int], fond: int, gap: int, draw: Stream) -> list[int]:
    """Costs that add up to ``gap`` more than the target's: less for ``fond`` and perhaps for one more seat, the difference on the others.

    There is room: for two, 4 + 1 + gap is at most ``TOP``.
    """
    costs = list(target)
    costs[fond] = draw.between(max(0, sum(target) + gap - TOP * (len(target) - 1)), target[fond] - 1)
    more = draw.below(len(target))
    if more != fond and TOP * (len(target) - 2) >= sum(target) + gap:
        costs[more] = draw.below(target[more])
    others = [seat for seat in range(len(target)) if costs[seat] >= target[seat]]
    missing = sum(target) + gap - sum(costs)
    for _ in range(missing):
        costs[draw.choice([seat for seat in others if costs[seat] < TOP])] += 1
    return costs


def _placed(dealing: Dealing, dealt: _Dealt, order: Sequence[int], draw: Stream) -> list[Costs]:
    """The target first in ``order``, then the shared slots; on the rest nowhere everyone."""
    people: list[Costs] = [{order[0]: cost} for cost in dealt.target]
    for slot, costs in zip(order[1:], dealt.shared, strict=False):
        for own, cost in zip(people, costs, strict=True):
            own[slot] = cost
    _spread(people, dealt.partial, order[1 + dealing.shared :], draw)
    return people


def _apart(dealing: Dealing, dealt: _Dealt, order: Sequence[int], draw: Stream) -> list[Costs]:
    """The same costs on slots none of which suits all."""
    people: list[Costs] = [{} for _ in range(dealing.seats)]
    columns = [dealt.target, *dealt.shared]
    _spread(people, [[*(column[seat] for column in columns), *own] for seat, own in enumerate(dealt.partial)], order, draw)
    return people


def _spread(people: Sequence[Costs], costs: Sequence[Sequence[int]], slots: Sequence[int], draw: Stream) -> None:
    """Gives each person's ``costs`` places among ``slots``, so that none suits everyone: the last one dealt to keeps off the others' common
    ones. Who is last is drawn, and so everyone's places are spread evenly."""
    order = draw.shuffled(range(len(people)))
    common = set(slots)
    for seat in order:
        last = seat == order[-1]
        open_ones = [slot for slot in slots if not (last and slot in common)]
        mine = draw.sample(open_ones, len(costs[seat]))
        common &= set(mine)
        people[seat].update(zip(mine, draw.shuffled(costs[seat]), strict=True))


def _worded(scene: Scene, slots: Sequence[str], people: Mapping[Seat, Costs], draw: Stream) -> list[Fact]:
    """Everyone's diary in order of time. No reason stands in two notes, so that each gives its note away."""
    blocks, costs = draw.shuffled(scene.blocks), draw.shuffled(scene.costs)
    facts = []
    for seat, own in people.items():
        for number, slot in enumerate(slots):
            cost = own.get(number)
            if cost == 0:
                why, text = "", draw.choice(COSTLESS).format(slot=slot)
            elif cost is None:
                why = blocks.pop()
                text = draw.choice(BLOCKED).format(slot=slot, why=why)
            else:
                why = costs.pop()
                amount = f"{cost} {scene.unit if cost == 1 else scene.units}"
                text = draw.choice(PRICED).format(slot=slot, cost=amount, why=why)
            facts.append(Fact((COST, seat, slot), OUT if cost is None else cost, text, (seat,), (why,) if why else ()))
    return facts
