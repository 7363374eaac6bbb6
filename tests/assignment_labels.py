"""How talk of assignment is labelled by hand in ``free_language/assignment_*.json``.

``Da.ca=196%`` is the pair of the names that start so (also ``98t`` for a true score, ``461/235``, ``461r`` for a raw reading);
``unit=235``; ``!`` and one job per person proposes, ``!same`` the plan before.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Protocol

from benchmark.vocabulary import Fact, Seat, View

Told = tuple[str, tuple[str, ...], Any]
ANSWER = ("answer",)


class Label(Protocol):
    """What an earlier turn must be read to tell."""

    @property
    def must(self) -> list[Told]: ...


def _table(names: str, people: str, jobs: str) -> View:
    facts = (Fact(("people",), tuple(people.split()), ""), Fact(("jobs",), tuple(jobs.split()), ""))
    return View(("A", "B"), tuple(names.split()), (), (), facts)


VIEWS = (
    _table("Dmitri Robin", "Dalia Otto Ursula Linnea Yuki Irina", "carousel archery stage kiosk pottery grill"),
    _table("Milan Astrid", "Marek Monika Bjorn Thea Chen Hanna", "speech memory search ethics privacy graphs"),
    _table("Rosa Lena", "Maria Abdul Ravi Gloria Bjorn Xavier", "speech robotics ethics graphs privacy games"),
    _table("Jorge Jamal", "Farah Irina Nils Lars Igor Viktor", "surveyor scout mechanic smith boatman climber"),
    _table("Emil Akira", "Ivan Mikko Cesar Bjorn Fiona Keiko", "pilot boatman scout climber cook tracker"),
    _table("Darius Ursula", "Gemma Nils Carlos Sandra Cesar Ruth", "kiosk stage bakery gate cinema raffle"),
    _table("Chen Anders", "Kaito Arjun Cesar Rohan Dalia Damian", "ethics parsing vision speech games memory"),
    _table("Salma Vera", "Fabian Irina Marcus Farah Arjun Damian", "sailor thief jester beggar ghost poet"),
    _table("Rahul Elsa", "Robin Marta Milan Teresa Jorge Rosa", "fresco statue vase mask harp scroll"),
    _table("Cyrus Livia", "Rohan Chidi Farah Priya Carlos Gemma", "drama fencing rowing robotics chess film"),
)


def _starting(start: str, names: Sequence[str]) -> str:
    (name,) = [name for name in names if name.startswith(start)]
    return name


def rating(part: str, view: View, before: Sequence[Label], seat: Seat) -> Iterator[Told]:
    people, jobs = view.public("people"), view.public("jobs")
    kind = {"-": "exclude", "~": "withdraw", "!": "propose"}.get(part[0], "affirm")
    part = part.lstrip("-~!")
    pair, _, number = part.partition("=")
    if kind in ("propose", "withdraw"):
        plans = [told[2] for label in before for told in label.must if told[0] == "propose"]
        plan = tuple(zip(people, [_starting(job, jobs) for job in part.split()], strict=True)) if part != "same" else plans[-1]
        yield kind, ANSWER, plan
    elif pair == "unit":
        yield kind, ("unit", seat), float(number)
    else:
        person, job = pair.split(".")
        names = (_starting(person, people), _starting(job, jobs))
        reading, _, average = number.rstrip("rt%").partition("/")
        score = {"t": 1.0, "%": 0.5, "r": 1.0}.get(number[-1], 50 / float(average or 1)) * float(reading)
        yield kind, ("sheet" if number[-1] == "r" else "pair", *names), score
