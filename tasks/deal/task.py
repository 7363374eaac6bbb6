"""Two people with private values divide a heap, or part without a deal. Each wants much; together there is more to be had.

A private fact is ("worth", seat, kind): how many points a piece of that kind is worth to that seat. All pieces together are worth the
same to both. Frankness can cost here, so grounding success is null (``semantic`` is False) and the task belongs to the mixed panel.

A division succeeds if both commit to the same one and its joint points reach 95 % of the best. ``floor`` is what the better of the two
views gets if both adopt it: the division that is best if the other's points are spread evenly over all pieces. Without a deal both
get the walk-away points. Levels lower what there is to gain by trading, and the room for talk.

``preset=dond`` has the form of Deal or No Deal (Lewis et al., EMNLP 2017, arXiv 1706.05125): five to seven books, hats and balls, worth ten
points to each side, and nothing for no deal. ``preset=casino`` has that of CaSiNo (Chawla et al., NAACL 2021): three packages each of Food,
Water and Firewood, worth 5, 4 and 3 in an order of one's own, and 5 points for walking away. Both are the same at every level, with
room to say everything, and a single view may do well: they hold no bound on budgets, on guessing or on reciting.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any, ClassVar, Self

from benchmark.answers import read_answer
from benchmark.lexicon import FIRST_NAMES
from benchmark.naming import check_known
from benchmark.prompts import listing
from benchmark.reading import read_once
from benchmark.streams import Stream, stream
from benchmark.task import Task
from benchmark.vocabulary import Answer, Claim, Fact, Illegal, Json, Score, Seat, Turn, View, World
from tasks.deal.divisions import division
from tasks.deal.listening import WORTH
from tasks.deal.scenes import SCENES
from tasks.deal.talk import ANSWER, Reader
from tasks.deal.words import forms
from tasks.deal.worlds import (
    BAR,
    Heap,
    Shape,
    best_division,
    both,
    draw_heap,
    expected,
    is_pareto,
    joint,
    make_world,
    plain_world,
    valuations,
    worth,
)
from tasks.deal.writing import write

_SHORT_NAMES = tuple(name for name in FIRST_NAMES if len(name) <= 6)
_LEVELS: Mapping[int, tuple[int, int, float, float]] = {
    1: (8, 24, 1.45, 1.8),
    2: (6, 24, 1.4, 1.6),
    3: (4, 18, 1.35, 1.5),
    4: (4, 16, 1.3, 1.45),
    5: (4, 15, 1.25, 1.4),
}
"""Turns, words a turn, and what the best division is worth, as a share of what everything is worth to one: less and less to trade."""

TOTAL = 20
CASINO = ("Food", "Water", "Firewood")
CASINO_POINTS = (5, 4, 3)
CASINO_WALK = 5
DOND = ("book", "hat", "ball")
DOND_TOTAL = 10


@dataclass(frozen=True, kw_only=True)
class Deal(Task):
    """Two people with private values divide a heap between them, each for themselves (graded; mixed panel)."""

    name: ClassVar[str] = "deal"
    version: ClassVar[int] = 1
    graded: ClassVar[bool] = True
    reading: ClassVar[tuple[float, float, int] | None] = (1.0, 0.99, 229)
    semantic: ClassVar[bool] = False

    low: float = 1.35
    high: float = 1.5
    preset: str = ""

    @classmethod
    def at(cls, level: int, **options: str) -> Self:
        for key, value in options.items():
            check_known(key, ("preset",), "option of deal")
            check_known(value, ("dond", "casino"), "preset of deal")
        if options:
            return cls(level=level, turns=12, words=60, preset=options["preset"])
        turns, words, low, high = _LEVELS[level]
        return cls(level=level, turns=turns, words=words, low=low, high=high)

    def generate(self, seed: int, solvable: bool = True) -> World:
        del solvable  # some division is always best, and better than none
        draws = stream(seed, self.name, self.version, self.preset)
        first, second = draws.sample(_SHORT_NAMES, 2)
        if self.preset == "casino":
            return plain_world("casino", (first, second), CASINO, _casino(draws), seed, published=False)
        if self.preset == "dond":
            return plain_world("dond", (first, second), DOND, _dond(draws), seed, published=False)
        scene = draws.choice(tuple(SCENES))
        heap = draw_heap(draws, Shape(TOTAL, self.low, self.high))
        goods = tuple(draws.sample(tuple(SCENES[scene].goods), len(heap.counts)))
        return make_world(scene, (first, second), goods, heap, draws, seed)

    def brief(self, view: View) -> str:
        (scene, wording), (a, b) = view.public("scene"), view.names
        total, walk = view.public("total"), view.public("walk")
        story, lost = _setting(scene, wording)
        instead = f"{lost}, which is worth {walk} points to each" if walk else f"{lost}, and neither of them gets a point"
        return (
            f"{story.format(a=a, b=b)}\n\n"
            f"Every piece goes whole to one of the two. How many points a piece of each kind is worth to {a} stands in {a}'s notes, and "
            f"what it is worth to {b} in {b}'s; the two need not agree. Everything together comes to {total} points for {a}, and to "
            f"{total} for {b}.\n\n"
            f"Each wants as many points as possible, and may tell the other as much of their values, or as little, as seems wise. If both "
            f"commit to one and the same division, each gets the points of their own share. If their divisions differ, or one of them "
            f"gives null, there is no deal: {instead}. It is a good deal if the points of both, added up, reach {BAR:.0%} of the most that "
            f"any division could give the two of them, often far more than halving every kind would give; of two good deals, each prefers "
            f"the one that brings more to them."
        )

    def form(self, view: View) -> str:
        counts, goods, names = view.public("counts"), view.public("goods"), view.names
        example = division(names, goods, [n // 2 for n in counts], counts)
        shown = json.dumps({"answer": {name: dict(share) for name, share in example}}, ensure_ascii=False)
        return (
            f'Under "answer" stands an object that says how many of each kind {listing(names)} get, the same for both of them to write; '
            f"a division is written like this one: {shown}, and no deal as null."
        )

    def schema(self, view: View) -> str:
        goods = view.public("goods")
        share = {
            "type": "object",
            "properties": {good: {"enum": list(range(n + 1))} for good, n in zip(goods, view.public("counts"), strict=True)},
            "required": goods,
            "additionalProperties": False,
        }
        whole = {
            "type": "object",
            "properties": dict.fromkeys(view.names, share),
            "required": view.names,
            "additionalProperties": False,
        }
        answer = {"anyOf": [{"type": "null"}, whole]}
        commit = {"type": "object", "properties": {"answer": answer}, "required": ["answer"], "additionalProperties": False}
        return json.dumps(commit, ensure_ascii=False, separators=(",", ":"))

    def parse(self, text: str, view: View) -> Answer:
        """Everyone's share, as pairs of kind and number; None for no deal. What one share leaves open follows from the other."""
        found = read_answer(text)
        if found is None:
            return None
        goods, counts, (first, second) = view.public("goods"), view.public("counts"), view.names
        people = _keyed(found, {name.casefold(): name for name in view.names}, "the two names")
        named = {form: good for form, (good, _) in forms(view).items()}
        shares = {name: _keyed(share, named, f"the kinds, under {name}") for name, share in people.items()}
        taken = []
        for good, count in zip(goods, counts, strict=True):
            one, other = (_amount(shares.get(name, {}).get(good), count, f"{good} of {name}") for name in (first, second))
            if one is None and other is None:
                raise Illegal(f"nobody is given any number of {good}; there are {count} to divide")
            if one is not None and other is not None and one + other != count:
                raise Illegal(f"{first} and {second} get {one} and {other} of {good}, and there are {count} to divide")
            taken.append(one if one is not None else count - (other or 0))
        return division(view.names, goods, taken, counts)

    def draw(self, view: View, stream: Stream) -> Answer:
        counts = view.public("counts")
        return division(view.names, view.public("goods"), [stream.below(n + 1) for n in counts], counts)

    def score(self, world: World, answers: Mapping[Seat, Answer]) -> Score:
        """``parts`` named agreed_… and pareto are there only where there is a deal; ``native`` is joint over best joint points."""
        counts, values, walk, best, floor, published = world.target
        heap = Heap(counts, values, walk)
        given = [answers.get(seat) for seat in world.seats]
        deal = given[0] if given[0] is not None and given[0] == given[1] else None
        got = (float(walk), float(walk)) if deal is None else both(counts, tuple(n for _, n in deal[0][1]), values)
        raw = sum(got)
        declined = set(answers) >= set(world.seats) and not any(answer is not None for answer in given)
        parts = {"agreement": float(deal is not None), "declined": float(declined), "mismatch": float(deal is None and not declined)}
        parts |= {"points": raw / 2, "joint": raw, "best_joint": float(best)}
        if deal is not None:
            parts |= {
                "agreed_points": raw / 2,
                "agreed_joint": raw,
                "best_agreed_joint": float(best),
                "pareto": float(is_pareto(heap, got)),
            }
            parts |= {f"agreed_points_{seat}": points for seat, points in zip(world.seats, got, strict=True)}
        success = deal is not None and raw >= BAR * best
        return Score(success, raw, float(floor), float(best), native=raw / best if published else None, parts=parts)

    @read_once
    def claims(self, view: View) -> Reader:
        return Reader(view)

    def candidates(self, view: View, claims: Sequence[Claim]) -> tuple[Answer, ...]:
        """The division of most joint points, by own values and those told; what is not told is spread evenly over the other pieces."""
        goods, counts, total = view.public("goods"), view.public("counts"), float(view.public("total"))
        values = [expected(counts, _known(view, claims, seat), total) for seat in view.seats]
        return (division(view.names, goods, best_division(counts, (values[0], values[1])), counts),)

    def place(self, world: World) -> tuple[int, int] | None:
        """Which two of the four kinds the best division gives to the first person, of six; None for the published forms."""
        counts, values, *_ = world.target
        first = best_division(counts, values)
        mine = [kind for kind, n in enumerate(first) if n]
        pairs = [(i, j) for j in range(len(counts)) for i in range(j)]
        return (pairs.index((mine[0], mine[1])), len(pairs)) if not self.preset and len(mine) == 2 else None

    def needed(self, world: World) -> tuple[Fact, ...]:
        """For each seat, the shortest of the other's values that let it find a division that is good enough."""
        counts, values, walk, best, *_ = world.target
        heap, total = Heap(counts, values, walk), worth(counts, values[0])
        goods = next(fact.value for fact in world.facts if fact.slot == ("goods",))
        told: list[Fact] = []
        for hearer, teller in ((0, 1), (1, 0)):
            facts = [fact for fact in world.facts if fact.slot[:2] == (WORTH, world.seats[teller])]
            subsets = [some for size in range(len(facts) + 1) for some in combinations(facts, size)]
            for some in sorted(subsets, key=lambda some: (len(some), sum(len(fact.text) for fact in some))):
                guessed = expected(counts, {goods.index(fact.slot[2]): float(fact.value) for fact in some}, total)
                known = (values[0], guessed) if hearer == 0 else (guessed, values[1])
                if joint(heap, best_division(counts, known)) >= BAR * best:
                    told += some
                    break
        return tuple(fact for fact in world.facts if fact in told)

    def moves(self, view: View, turns: Sequence[Turn], seat: Seat) -> tuple[Claim, ...]:
        """Own values, what counts most first; then the best division once the other's are known, and in the last turn anyway."""
        claims = self.claims(turns, view)
        others = [claim for claim in claims if claim.seat != seat]
        offers = [claim for claim in claims if claim.kind == "propose"]
        plan = self.candidates(view, others)[0]
        proposal = (Claim("propose", ANSWER, plan),) if not offers or offers[-1].value != plan else ()
        if set(view.seats) <= set(view.sees) or len(turns) >= self.turns - 1:
            return proposal
        said = {claim.slot: claim.value for claim in claims if claim.kind == "affirm"}
        counts = dict(zip(view.public("goods"), view.public("counts"), strict=True))
        own = {fact.slot[2]: fact.value for fact in view.held_by(seat) if fact.slot[0] == WORTH}
        untold = [good for good in own if said.get((WORTH, seat, good)) != own[good]]
        tells = [Claim("affirm", (WORTH, seat, good), own[good]) for good in sorted(untold, key=lambda good: -own[good] * counts[good])]
        other = view.seats[1 - view.seats.index(seat)]
        if all((WORTH, other, good) in said for good in counts):
            return (*tells, *proposal)
        asked = any(claim.kind == "ask" and claim.seat == seat for claim in claims)
        return (*tells, *(() if asked else (Claim("ask", (WORTH, other, good)) for good in counts)))

    def word(self, claims: Sequence[Claim], view: View) -> str:
        return write(claims, view)


def _known(view: View, claims: Sequence[Claim], seat: Seat) -> dict[int, float]:
    """What pieces are worth to ``seat``, by place of their kind: from the notes in view, else from what was told."""
    goods = view.public("goods")
    told = {claim.slot: claim.value for claim in claims if claim.kind == "affirm" and claim.slot[0] == WORTH}
    noted = {fact.slot: fact.value for fact in view.facts if fact.slot[0] == WORTH}
    values = told | noted
    return {kind: float(values[WORTH, seat, good]) for kind, good in enumerate(goods) if (WORTH, seat, good) in values}


def _casino(draws: Stream) -> Heap:
    first, second = (tuple(map(float, draws.shuffled(CASINO_POINTS))) for _ in range(2))
    return Heap((3, 3, 3), (first, second), CASINO_WALK)


def _dond(draws: Stream) -> Heap:
    """Counts as published (five to seven pieces, one at least of each kind); every kind is worth something to someone, one to both."""
    while True:
        counts = tuple(draws.between(1, 4) for _ in DOND)
        if not 5 <= sum(counts) <= 7:
            continue
        first, second = (tuple(map(float, draws.choice(valuations(counts, DOND_TOTAL)))) for _ in range(2))
        pairs = list(zip(first, second, strict=True))
        if all(one or other for one, other in pairs) and any(one and other for one, other in pairs):
            return Heap(counts, (first, second), 0)


def _setting(scene: str, wording: int) -> tuple[str, str]:
    """The story, and what becomes of everything without a deal."""
    if scene == "casino":
        story = (
            "{a} and {b} are camping neighbours who set out tomorrow. Basic supplies are provided for both; nine extra packages of food, "
            "water and firewood are theirs to divide, and each has plans for them."
        )
        return story, "both walk away with what little is left"
    if scene == "dond":
        return "{a} and {b} found a box of books, hats and balls and bargain over who gets what.", "the box stays where it is"
    return SCENES[scene].stories[wording], SCENES[scene].lost


def _keyed(found: Any, names: Mapping[str, str], what: str) -> dict[str, Any]:
    """An object, or a list of pairs, with its keys as they should be; Illegal for others."""
    pairs = list(found.items()) if isinstance(found, dict) else found
    if not isinstance(pairs, list | tuple) or not all(isinstance(pair, list | tuple) and len(pair) == 2 for pair in pairs):
        raise Illegal(f"there must be an object with {what}: {', '.join(dict.fromkeys(names.values()))}")
    keyed: dict[str, Any] = {}
    for key, value in pairs:
        name = names.get(" ".join(key.casefold().split())) if isinstance(key, str) else None
        if name is None or name in keyed:
            raise Illegal(f"{str(key)[:40]!r} is not one of {what}, or stands there twice: {', '.join(dict.fromkeys(names.values()))}")
        keyed[name] = value
    return keyed


def _amount(found: Json, count: int, what: str) -> int | None:
    if found is None:
        return None
    if type(found) not in (int, float) or found != int(found) or not 0 <= found <= count:
        raise Illegal(f"{what} must be a whole number from 0 to {count}")
    return int(found)
