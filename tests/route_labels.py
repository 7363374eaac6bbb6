"""How talk of `route` is labelled by hand in ``free_language/route_*.json``.

``4+`` and ``mill-``: point 4 is open, the mill closed · ``mill@4``, ``mill!@4``: it stands there, or does not · ``mill@0``: it is not
on the speaker's map · ``mill=bakery``: two names for one place · ``!9-5-1``, ``!none``, ``~9-5-1``: a proposal made, or taken back.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from benchmark.vocabulary import Fact, View

ROUTES = (
    "2-4-1 46, 7-5-6 27, 9-5-1 53, 9-3-8 33, 7-4-8 42, 2-3-6 59",
    "1-5-9 40, 4-2-7 31, 8-6-3 52, 1-4-8 35, 5-2-6 47, 9-7-3 58",
    "3-6-1 38, 8-2-5 33, 9-4-7 55, 3-8-9 29, 6-2-4 47, 1-5-7 51",
)
SCENES = ("flood", "harbour", "mountain")
NAMES = (("Leila", "Yuki"), ("Otto", "Priya"), ("Ravi", "Thea"))


def _points(path: str) -> tuple[int, ...]:
    return tuple(map(int, path.split("-")))


def table(world: int) -> View:
    """What a reader knows in world ``world`` of the files."""
    routes = tuple((_points(path), int(minutes)) for path, minutes in (one.split() for one in ROUTES[world].split(", ")))
    facts = (Fact(("scene",), SCENES[world], ""), Fact(("routes",), routes, ""))
    return View(("A", "B"), NAMES[world], (), (), facts)


VIEWS = tuple(table(world) for world in range(len(ROUTES)))


def told(part: str) -> Iterator[tuple[str, tuple[str, ...], Any]]:
    """The claim that ``part`` of a label stands for: (kind, slot, value)."""
    if part[0] in "!~":
        kind = "propose" if part[0] == "!" else "withdraw"
        yield kind, ("answer",), None if part[1:] == "none" else _points(part[1:])
    elif part[-1] in "+-":
        yield "affirm", ("report", part[:-1]), "open" if part[-1] == "+" else "closed"
    elif "=" in part:
        yield "affirm", ("same", *sorted(part.split("="))), True
    else:
        name, _, point = part.partition("@")
        if point == "0":
            yield "count", ("at", name), 0
        else:
            yield "exclude" if name.endswith("!") else "affirm", ("at", name.rstrip("!"), point), True
