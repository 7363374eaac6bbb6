"""A seller and a buyer agree on one price, or agree that there is none both can accept.

Each has a limit that the other does not know. The zone of agreement between the two goes from -20 % to +30 % of a price that a public
guide gives, and the guide may be far off; where the zone is negative, no deal is right. After the zone of possible agreement of Raiffa,
"The Art and Science of Negotiation" (1982). Motives are mixed: any price within both limits is a success, and where in the zone it lies
is reported apart. Frankness can cost, so that grounding success is not measured.

One view alone says little of whether there is a zone, and cannot say nothing: equal chances of every limit with and without a zone would
make the two limits equal on average in both, and they are not. What is left of it shrinks as the guide gets worse (levels 3 to 5).
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar, NamedTuple, Self

from benchmark.answers import read_answer
from benchmark.naming import check_known
from benchmark.streams import Stream, stream
from benchmark.task import Task
from benchmark.vocabulary import Answer, Claim, Fact, Illegal, Score, Seat, Turn, View, World
from tasks.haggle.scenes import scene_of
from tasks.haggle.talk import ANSWER, read, word
from tasks.haggle.worlds import LIMIT, Dealing, make_world

SELLER, BUYER = "A", "B"


class _Level(NamedTuple):
    words: int
    dealing: Dealing


_LEVELS = {
    1: _Level(36, Dealing(zone=(15, 30), gap=(10, 20), off=25, remarks=8)),
    2: _Level(28, Dealing(zone=(10, 30), gap=(5, 20), off=30, remarks=10)),
    3: _Level(22, Dealing(zone=(5, 30), gap=(3, 20), off=40, remarks=12)),
    4: _Level(22, Dealing(zone=(3, 15), gap=(2, 15), off=50, remarks=12)),
    5: _Level(22, Dealing(zone=(1, 8), gap=(1, 8), off=60, remarks=12)),
}


@dataclass(frozen=True, kw_only=True)
class Haggle(Task):
    """Agree on a price within both limits, or on no deal where there is none."""

    name: ClassVar[str] = "haggle"
    version: ClassVar[int] = 1
    semantic: ClassVar[bool] = False
    several_right: ClassVar[bool] = True
    reading: ClassVar[tuple[float, float, int] | None] = (1.0, 0.91, 11)

    words: int = 22
    dealing: Dealing = _LEVELS[3].dealing
    no_solution: float = 0.4

    @classmethod
    def at(cls, level: int, **options: str) -> Self:
        for option in options:
            check_known(option, (), "option of haggle")
        return cls(level=level, words=_LEVELS[level].words, dealing=_LEVELS[level].dealing)

    def generate(self, seed: int, solvable: bool = True) -> World:
        return make_world(self.dealing, seed, solvable, stream(seed, self.name, self.version))

    def brief(self, view: View) -> str:
        scene, guide = scene_of(view.public("scene")), view.public("guide")
        a, b = view.names
        setting = scene.openings[view.public("manner")].format(a=a, b=b, g=guide)
        return (
            f"{setting} That says little about this one: what {a} and {b} would accept may lie far below it or far above.\n\n"
            f"{scene.trade.format(a=a, b=b)}, if they agree on a price in whole euros. {a} has a lowest price, {b} a highest one; "
            f"each knows their own limit, which stands in the notes together with its reason, and not the other's. A limit itself is still "
            f"acceptable. {a} would like the price to be high and {b} would like it to be low, but either of them would rather have a deal "
            f"within the limits than none. It may be that no price suits both, because the lowest that {a} accepts is more than the "
            f"highest that {b} accepts.\n\n"
            f"In the end each writes down the price. If some price suits both, they succeed by writing the same price, one within both "
            f"limits; if there is none, they succeed by both writing that there is no deal. Anything else is a failure for both."
        )

    def form(self, view: View) -> str:
        return (
            f'Under "answer" it holds the price in whole euros, from 1 to {_top(view)}, as in {{"answer": 1}}, '
            f'or null for no deal: {{"answer": null}}.'
        )

    def schema(self, view: View) -> str:
        answer = {"anyOf": [{"type": "integer", "minimum": 1, "maximum": _top(view)}, {"type": "null"}]}
        return json.dumps({"type": "object", "properties": {"answer": answer}, "required": ["answer"], "additionalProperties": False})

    def parse(self, text: str, view: View) -> Answer:
        given = read_answer(text)
        if given is not None and (type(given) is not int or not 1 <= given <= _top(view)):
            raise Illegal(f'"answer" must be a whole number of euros from 1 to {_top(view)}, without a unit or quotes, or null')
        return given

    def draw(self, view: View, stream: Stream) -> Answer:
        return stream.between(1, _top(view))

    def score(self, world: World, answers: Mapping[Seat, Answer]) -> Score:
        """Success is a deal within both limits where one is possible, and no deal where none is.

        The floor is what two can expect who go by one view: no deal is right in the share q of worlds without a zone, and the limit of
        either, taken as the price, in all others. ``share`` is the seller's share of the zone; surpluses are in parts of the guide's price.
        """
        limits = {fact.slot[1]: fact.value for fact in world.facts if fact.slot[0] == LIMIT}
        guide = next(fact.value for fact in world.facts if fact.slot == ("guide",))
        floor, ceiling = limits[SELLER], limits[BUYER]
        price, other = (answers.get(seat, "") for seat in (SELLER, BUYER))
        deal = type(price) is int and price == other
        within = deal and floor <= price <= ceiling
        success = within if floor <= ceiling else price is None and other is None
        parts = {"agreement": float(deal)}
        if deal:
            parts |= {"seller_surplus": (price - floor) / guide, "buyer_surplus": (ceiling - price) / guide}
        if within:
            parts["share"] = (price - floor) / (ceiling - floor) if ceiling > floor else 0.5
        return Score(success, float(success), max(self.no_solution, 1 - self.no_solution), 1.0, parts=parts)

    def claims(self, turns: Sequence[Turn], view: View) -> tuple[Claim, ...]:
        return read(tuple(turns), view.seats, view.public("guide"))

    def candidates(self, view: View, claims: Sequence[Claim]) -> tuple[Answer, ...]:
        """The middle of the two limits, or no deal, where both are known; else every price that the known one allows, itself first."""
        top = _top(view)
        limits = {claim.slot[1]: claim.value for claim in claims if claim.kind == "affirm" and claim.slot[0] == LIMIT}
        limits |= {fact.slot[1]: fact.value for fact in view.facts if fact.slot[0] == LIMIT}
        floor, ceiling = limits.get(SELLER), limits.get(BUYER)
        if floor is not None and ceiling is not None:
            return (min(top, max(1, (floor + ceiling) // 2)),) if floor <= ceiling else (None,)
        if ceiling is not None:
            return (*range(min(ceiling, top), 0, -1), None)
        return (*range(max(1, floor or 1), top + 1), None)

    def needed(self, world: World) -> tuple[Fact, ...]:
        return tuple(fact for fact in world.facts if fact.slot[0] == LIMIT)

    def moves(self, view: View, turns: Sequence[Turn], seat: Seat) -> tuple[Claim, ...]:
        """Says the own limit, asks for the other's, and proposes the middle."""
        heard = self.claims(turns, view)
        live = self.candidates(view, [claim for claim in heard if claim.seat != seat])
        plan = []
        if set(view.sees) != set(view.seats) and not any(claim.slot == (LIMIT, seat) and claim.kind == "affirm" for claim in heard):
            plan += [Claim("affirm", fact.slot, fact.value) for fact in view.held_by(seat) if fact.slot[0] == LIMIT]
        standing = [claim for claim in heard if claim.kind in ("propose", "withdraw")][-1:]
        if len(live) == 1:
            agreed = any(claim.kind == "propose" and claim.value == live[0] for claim in standing)
            return (*plan, *(() if agreed else (Claim("propose", ANSWER, live[0]),)))
        other = next(one for one in view.seats if one != seat)
        asked = any(claim.kind == "ask" and claim.seat == seat for claim in heard)
        return (*plan, *(() if asked else (Claim("ask", (LIMIT, other)),)))

    def word(self, claims: Sequence[Claim], view: View) -> str:
        return word(claims, view.seats)


def _top(view: View) -> int:
    """The highest price that can be written down: the same for all, and above every limit."""
    return 2 * int(view.public("guide"))
