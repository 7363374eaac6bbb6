"""Ways to spoil the sound task of ``flat_hunt``: what `bench check` must find."""

from __future__ import annotations

import itertools
import json
import os
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from benchmark.conformance.tasks import sample
from benchmark.vocabulary import Claim, Fact, Illegal, Score, View, World
from benchmark.worlds import Generated
from tests.flat_hunt import FAILS, FITS, PROPOSED, STATED, STREETS, FlatHunt

LAST: list[World] = []
COUNT = itertools.count()


def defective(**replaced: Any) -> type[FlatHunt]:
    """The sound task but for ``replaced`` methods and class variables."""
    return type("Defective", (FlatHunt,), {"__module__": __name__, **replaced})


def made(change: Callable[[World], World]) -> type[FlatHunt]:
    """The sound task with every world changed."""
    return defective(generate=lambda self, seed, solvable=True: change(FlatHunt.generate(self, seed, solvable)))


def told(*facts: Callable[[World], Fact]) -> type[FlatHunt]:
    """The sound task with more facts in every world."""
    return made(lambda world: replace(world, facts=(*world.facts, *(fact(world) for fact in facts))))


def public(text: Callable[[World], str]) -> type[FlatHunt]:
    return told(lambda world: Fact(("remark",), "", text(world)))


def options(world: World) -> tuple[str, ...]:
    return world.facts[0].value  # type: ignore[no-any-return]


def where(world: World) -> int:
    return options(world).index(world.target)


def scored(change: Callable[[Any, World, dict[str, Any], Score], Score]) -> type[FlatHunt]:
    return defective(score=lambda self, world, answers: change(self, world, answers, FlatHunt.score(self, world, answers)))


def answer_schema(answer: Any) -> Callable[..., str]:
    whole = {"type": "object", "properties": {"answer": answer}, "required": ["answer"], "additionalProperties": False}
    return lambda self, view: json.dumps(whole)


def remembering(self: Any, seed: int, solvable: bool = True) -> World:
    LAST.append(FlatHunt.generate(self, seed, solvable))
    return LAST[-1]


def all_forgiving(self: Any, text: str, view: View) -> Any:
    try:
        return FlatHunt.parse(self, text, view)
    except Illegal:
        return next((flat for flat in STREETS if flat in text), None)


def everything_said(self: Any, turns: Any, view: View) -> tuple[Claim, ...]:
    """Whatever stands in a turn, however it is put."""
    found = []
    for number, turn in enumerate(turns):
        for match in STATED.finditer(turn.text):
            need = next((need for need in FITS if match["said"] in (FITS[need], FAILS[need])), None)
            slot, value = ((need, match["street"]), match["said"]) if need else (PROPOSED, match["proposed"])
            found.append(Claim("affirm" if need else "propose", slot, value, turn.seat, number))
    return tuple(found)


def unstamped(self: Any, turns: Any, view: View) -> tuple[Claim, ...]:
    return tuple(replace(claim, turn=0) for claim in FlatHunt.claims(self, turns, view))


def first_if_quiet(self: Any, view: View, turns: Any) -> str:
    quiet = any(fact.slot[0] == "noise" and fact.value == "is quiet" for fact in view.facts)
    return view.seats[(len(turns) + quiet) % 2]


def swapped(world: World) -> World:
    """Two of the other's misfits fit as well."""
    good = [fact.slot[1] for fact in world.facts if fact.holders == ("A",) and fact.value == FITS["noise"]]
    facts = [
        replace(fact, value=FITS["dogs"], text=f"{fact.slot[1]} {FITS['dogs']}.") if fact.slot == ("dogs", good[0]) else fact
        for fact in world.facts
    ]
    return replace(world, facts=tuple(facts), target=good[0])


def target_first(self: Any, seed: int, solvable: bool = True) -> World:
    world = FlatHunt.generate(self, seed, solvable)
    listed = tuple(sorted(options(world), key=lambda flat: flat != world.target))
    return replace(world, facts=(replace(world.facts[0], value=listed), *world.facts[1:]))


def hashed(self: Any, seed: int, solvable: bool = True) -> World:
    world = FlatHunt.generate(self, seed, solvable)
    return replace(world, facts=tuple(sorted(world.facts, key=lambda fact: hash((fact.slot, fact.text)))))


def counted(self: Any, seed: int, solvable: bool = True) -> World:
    world = FlatHunt.generate(self, seed, solvable)
    return replace(world, facts=(*world.facts, Fact(("number",), next(COUNT), "", ())))


Hashed = defective(generate=hashed)


def dated(self: Any, seed: int, solvable: bool = True) -> World:
    return FlatHunt.generate(self, seed + int(time.time() // 86_400), solvable)


def placed(self: Any, seed: int, solvable: bool = True) -> World:
    return FlatHunt.generate(self, seed + len(os.getcwd()), solvable)  # noqa: PTH109 - as a stranger would


Dated, Placed = defective(generate=dated), defective(generate=placed)


def messages(check: Callable[..., Iterator[str]], kind: type[FlatHunt], level: int = 3) -> list[str]:
    label = next((f"tests.defects:{name}" for name in ("Hashed", "Dated", "Placed") if kind is globals()[name]), "flat_hunt")
    """What ``check`` finds wrong with ``kind``."""
    task = replace(kind.at(level), label=label)
    fields = {name: getattr(kind, name) for name in ("turns", "seats", "no_solution", "fitting") if name in vars(kind)}
    found = sample(Generated(replace(task, **fields), 11))
    return list(check(found))
