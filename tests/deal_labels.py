"""How talk of `deal` is labelled by hand in ``free_language/deal_*.json``.

``lamp=4``: a piece is worth that to the speaker, ``~lamp=4``: to the other · ``!3 0 4 1``: an offer, by what the first person
gets of each kind · ``!same``: the offer before is taken, ``x``: refused, in brackets
where something else is offered in the same breath · ``!none``: no deal.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from benchmark.vocabulary import Fact, View
from tasks.deal.divisions import division

HEAPS = (
    ("attic", ("lamp", "rug", "chair", "trunk"), (3, 2, 4, 1), ("Ana", "Ben")),
    ("dond", ("book", "hat", "ball"), (2, 3, 1), ("Kofi", "Mei")),
    ("casino", ("Food", "Water", "Firewood"), (3, 3, 3), ("Nadia", "Igor")),
    ("school", ("harp", "drum", "trumpet", "flute"), (1, 2, 4, 1), ("Viktor", "Salma")),
    ("labs", ("printer", "scanner", "pump", "laser"), (3, 4, 3, 1), ("Mikko", "Klara")),
    ("estate", ("vase", "painting", "carpet", "ring"), (3, 2, 1, 1), ("Alba", "Elias")),
    ("hikers", ("compass", "canoe", "rope", "stove"), (1, 2, 2, 3), ("Norma", "Dmitri")),
    ("market", ("duck", "ham", "melon", "cabbage"), (2, 2, 2, 1), ("Enzo", "Damian")),
    ("school", ("flute", "cello", "drum", "guitar"), (1, 2, 2, 3), ("Raisa", "Stefan")),
    ("hikers", ("tent", "lantern", "stove", "compass"), (3, 4, 1, 1), ("Georg", "Yasmin")),
    ("estate", ("clock", "violin", "painting", "carpet"), (1, 3, 2, 1), ("Petra", "Elias")),
    ("school", ("cello", "guitar", "drum", "flute"), (4, 3, 3, 1), ("Selma", "Lars")),
    ("attic", ("rug", "mirror", "trunk", "chair"), (2, 3, 2, 1), ("Dalia", "Stefan")),
    ("estate", ("clock", "violin", "ring", "vase"), (1, 1, 2, 3), ("Yasmin", "Olga")),
    ("attic", ("rug", "lamp", "trunk", "chair"), (2, 1, 4, 2), ("Fabian", "Zahra")),
    ("attic", ("mirror", "rug", "trunk", "lamp"), (3, 2, 4, 4), ("Zofia", "Renata")),
    ("estate", ("clock", "carpet", "ring", "painting"), (1, 2, 2, 3), ("Kenji", "Kofi")),
    ("attic", ("mirror", "shelf", "rug", "lamp"), (2, 2, 2, 3), ("Pavel", "Leila")),
    ("estate", ("carpet", "clock", "vase", "ring"), (2, 1, 3, 3), ("Ruth", "Mikko")),
    ("attic", ("rug", "shelf", "mirror", "trunk"), (4, 2, 1, 1), ("Camila", "Lena")),
    ("labs", ("microscope", "scanner", "freezer", "laser"), (2, 2, 4, 1), ("Emil", "Ruben")),
    ("market", ("ham", "melon", "duck", "pumpkin"), (2, 2, 1, 2), ("Monika", "Teodor")),
    ("hikers", ("tent", "canoe", "compass", "lantern"), (4, 4, 2, 2), ("Yael", "Zeynep")),
    ("hikers", ("rope", "compass", "lantern", "canoe"), (1, 1, 2, 3), ("Xavier", "Rafael")),
    ("estate", ("painting", "clock", "carpet", "vase"), (2, 1, 3, 1), ("Otto", "Milan")),
    ("labs", ("printer", "pump", "scanner", "freezer"), (3, 1, 2, 1), ("Shira", "Edith")),
    ("hikers", ("canoe", "tent", "stove", "rope"), (2, 2, 1, 1), ("Boris", "Hans")),
    ("market", ("melon", "duck", "ham", "cabbage"), (1, 4, 1, 1), ("Lucia", "Alma")),
    ("labs", ("printer", "scanner", "microscope", "laser"), (2, 2, 2, 1), ("Asha", "Mira")),
    ("estate", ("ring", "painting", "clock", "carpet"), (1, 3, 4, 1), ("Bjorn", "Odile")),
    ("school", ("trumpet", "flute", "guitar", "harp"), (2, 1, 1, 4), ("Hanna", "Livia")),
    ("attic", ("lamp", "trunk", "mirror", "shelf"), (1, 1, 1, 3), ("Pavel", "Isaac")),
    ("labs", ("pump", "scanner", "freezer", "laser"), (1, 3, 3, 1), ("Mira", "Damian")),
    ("hikers", ("tent", "lantern", "stove", "compass"), (2, 2, 2, 2), ("Emeka", "Selma")),
    ("attic", ("trunk", "lamp", "shelf", "mirror"), (2, 1, 2, 3), ("Niklas", "Petra")),
    ("hikers", ("tent", "stove", "canoe", "compass"), (1, 3, 2, 2), ("Jamal", "Elias")),
    ("estate", ("violin", "carpet", "clock", "painting"), (2, 2, 2, 1), ("Yusuf", "Yosef")),
    ("attic", ("shelf", "lamp", "rug", "chair"), (2, 3, 2, 1), ("Yuki", "Dalia")),
    ("attic", ("trunk", "lamp", "mirror", "shelf"), (2, 3, 4, 4), ("Hanna", "Ismail")),
    ("attic", ("chair", "shelf", "rug", "lamp"), (1, 4, 1, 2), ("Selma", "Sofia")),
    ("hikers", ("tent", "compass", "rope", "lantern"), (1, 3, 3, 1), ("Wei", "Xavier")),
    ("estate", ("ring", "carpet", "vase", "painting"), (1, 4, 2, 4), ("Jorge", "Yara")),
    ("market", ("cheese", "duck", "ham", "melon"), (2, 1, 4, 1), ("Esther", "Zara")),
    ("market", ("cabbage", "ham", "melon", "duck"), (4, 1, 2, 2), ("Gemma", "Arjun")),
    ("school", ("cello", "harp", "guitar", "trumpet"), (4, 2, 2, 1), ("Jorge", "Felipe")),
    ("estate", ("clock", "painting", "ring", "vase"), (4, 4, 1, 2), ("Linnea", "Hans")),
    ("estate", ("vase", "clock", "painting", "carpet"), (1, 1, 4, 3), ("Oscar", "Mateo")),
    ("estate", ("ring", "painting", "carpet", "vase"), (2, 2, 2, 3), ("Zara", "Bianca")),
    ("hikers", ("tent", "compass", "rope", "stove"), (3, 1, 1, 1), ("Paula", "Ivan")),
    ("labs", ("laser", "microscope", "printer", "freezer"), (1, 4, 2, 2), ("Deniz", "Ida")),
)


def table(world: int) -> View:
    """What a reader knows in world ``world`` of the files."""
    scene, goods, counts, names = HEAPS[world]
    facts = (Fact(("scene",), (scene, 0), ""), Fact(("goods",), goods, ""), Fact(("counts",), counts, ""))
    return View(("A", "B"), names, (), (), facts)


VIEWS = tuple(table(world) for world in range(len(HEAPS)))


def told(part: str, view: View, offers: list[Any], seat: str) -> Iterator[tuple[str, tuple[str, ...], Any]]:
    """The claim that ``part`` of a label stands for; ``offers`` are those made before."""
    if part == "x":
        yield "exclude", ("answer",), offers[-1]
    elif part == "!none":
        yield "propose", ("answer",), None
    elif part[0] == "!":
        counts = view.public("counts")
        first = [int(n) for n in part[1:].split()] if part != "!same" else []
        yield "propose", ("answer",), division(view.names, view.public("goods"), first, counts) if first else offers[-1]
    else:
        good, _, value = part.lstrip("~").partition("=")
        other = view.seats[1 - view.seats.index(seat)]
        yield "affirm", ("worth", other if part[0] == "~" else seat, good), int(value)
