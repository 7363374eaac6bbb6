"""How worlds of `haggle` are made: a guide's price, and two limits that leave room for a deal or do not."""

from __future__ import annotations

from typing import NamedTuple

from benchmark.lexicon import FIRST_NAMES
from benchmark.streams import Stream
from benchmark.vocabulary import Fact, World
from tasks.haggle.scenes import SCENES

LIMIT, REMARK = "limit", "remark"


class Dealing(NamedTuple):
    """In hundredths of the guide's price: how wide the zone of agreement is, or the gap where there is none (both from, to); how far
    the middle of the two limits may lie off the guide's price. And how many ``remarks`` each has."""

    zone: tuple[int, int]
    gap: tuple[int, int]
    off: int
    remarks: int


def make_world(dealing: Dealing, seed: int, solvable: bool, draw: Stream) -> World:
    scene = draw.choice(SCENES)
    names = tuple(draw.sample(FIRST_NAMES, 2))
    guide = 2 * draw.between(scene.guides[0] // 2, scene.guides[1] // 2)
    low, high = dealing.zone if solvable else dealing.gap
    apart = draw.between(max(1, low * guide // 100), max(1, high * guide // 100))
    middle = draw.between(guide * (100 - dealing.off) // 100, guide * (100 + dealing.off) // 100)
    bottom = middle - apart // 2
    floor, ceiling = (bottom, bottom + apart) if solvable else (bottom + apart, bottom)
    facts = [Fact(("scene",), scene.key, ""), Fact(("manner",), draw.below(len(scene.openings)), ""), Fact(("guide",), guide, "")]
    for seat, price, reasons, remarks in (("A", floor, scene.floors, scene.seller), ("B", ceiling, scene.ceilings, scene.buyer)):
        a, b = names
        text = draw.choice(reasons).format(a=a, b=b, p=price)
        notes = [Fact((LIMIT, seat), price, text, (seat,))]
        said = [one.format(a=a, b=b) for one in draw.sample(remarks, dealing.remarks)]
        notes += [Fact((REMARK, seat, str(place)), "", one, (seat,), (one.rstrip("."),)) for place, one in enumerate(said)]
        facts += draw.shuffled(notes)
    target = (floor, ceiling) if solvable else None
    return World(("A", "B"), names, tuple(facts), target, seed, solvable)
