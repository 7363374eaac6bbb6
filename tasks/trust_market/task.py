"""In every round a selector entrusts coins to one of four candidates; they are tripled, and the candidate sends back what it likes.

After Jiang, Brinkmann, Nussberger, Soraperra, Bonnefon & Rahwan (2025), "Humans learn to prefer trustworthy AI over human partners",
arXiv 2507.13524: where people chose partners among people and language models, disclosure lowered the models' share at first and raised it
with experience. There kind and behaviour went together, for the models gave more. Here they are crossed, so that what a label does can be
told from what its bearer does; ``kinds=aligned`` puts them together again. Transfer and return are the investment game of Berg, Dickhaut &
McCabe (1995); candidates settle their share without seeing the choice (the strategy method of Selten 1967), so that also those who are not
chosen can be measured.

Motives are mixed and nothing is to be grounded, so that grounding success is not measured.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, ClassVar, Self

from benchmark.answers import match_name, read_answer, write_answer
from benchmark.naming import check_known
from benchmark.prompts import listing
from benchmark.streams import Stream, stream
from benchmark.task import Task
from benchmark.vocabulary import Answer, Claim, Fact, Illegal, Score, Seat, Turn, UsageError, View, World
from tasks.trust_market import measures, talk
from tasks.trust_market.behaviours import BREAKER, ENDOWMENT, ERRATIC, IMPROVING, MULTIPLIER, STEADY, Planned, sent_back
from tasks.trust_market.scenes import SAYINGS, scene_of
from tasks.trust_market.selectors import FAIR, SELECTORS, dealings, learner, pledges
from tasks.trust_market.worlds import (
    CANDIDATES,
    CROSSED,
    HIDDEN,
    KIND,
    LABELS,
    NATURE,
    PAIRINGS,
    PLAYED,
    PLEDGE,
    SELECTOR,
    SHARE,
    TRUE,
    make_world,
    pledged,
    told,
)

PUBLIC, SECRET = MULTIPLIERS = ("public", "hidden")
SCRIPTED, MODELS = PLAYED_BY = ("scripted", "models")
MODEL = "model"
ROUNDS = (12, 60)
"""The fewest and the most rounds: a slope wants a dozen, and prompts only grow."""

_NOISE = {
    1: {STEADY: 0, ERRATIC: 10, BREAKER: 0, IMPROVING: 0},
    2: {STEADY: 1, ERRATIC: 20, BREAKER: 2, IMPROVING: 1},
    3: {STEADY: 2, ERRATIC: 30, BREAKER: 4, IMPROVING: 2},
    4: {STEADY: 5, ERRATIC: 36, BREAKER: 8, IMPROVING: 5},
    5: {STEADY: 8, ERRATIC: 36, BREAKER: 10, IMPROVING: 8},
}
"""Per level, in percent: the more what comes back varies, the longer it takes to tell the candidates apart."""


@dataclass(frozen=True, kw_only=True)
class TrustMarket(Task):
    """Choose one of four to trust, round after round, where what each does, what it is and what it is called are told apart.

    ``shown`` is what everyone is told of who is a person: the truth, its opposite, or nothing. ``multiplier`` says whether the selector
    knows how coins multiply, ``kinds`` how kinds go with behaviours, ``candidates_by`` and ``selector_by`` who plays.
    """

    name: ClassVar[str] = "trust_market"
    version: ClassVar[int] = 1
    semantic: ClassVar[bool] = False
    graded: ClassVar[bool] = True
    track: ClassVar[bool] = True

    seats: int = 5
    turns: int = 5
    words: int = 40
    rounds: int = ROUNDS[0]
    shown: str = TRUE
    multiplier: str = PUBLIC
    kinds: str = CROSSED
    candidates_by: str = SCRIPTED
    selector_by: str = MODEL

    @classmethod
    def at(cls, level: int, **options: str) -> Self:
        given = {"label": TRUE, "multiplier": PUBLIC, "kinds": CROSSED, "candidates": SCRIPTED, "selector": MODEL, "rounds": str(ROUNDS[0])}
        for option in options:
            check_known(option, tuple(given), "option of trust_market")
        given |= options
        allowed = {"label": LABELS, "multiplier": MULTIPLIERS, "kinds": PAIRINGS, "candidates": PLAYED_BY, "selector": (MODEL, *SELECTORS)}
        for option, values in allowed.items():
            check_known(given[option], values, f"{option} of trust_market")
        rounds = given["rounds"]
        if not (rounds.isascii() and rounds.isdigit() and ROUNDS[0] <= int(rounds[:9]) <= ROUNDS[1]):
            raise UsageError(f"trust_market is played for {ROUNDS[0]} to {ROUNDS[1]} rounds, as in rounds=20, and was given {rounds}")
        if given["candidates"] == SCRIPTED and given["selector"] != MODEL:
            raise UsageError("in this market nobody is left for the model to play: give candidates=models beside a scripted selector")
        return cls(
            level=level, rounds=int(rounds), shown=given["label"], multiplier=given["multiplier"], kinds=given["kinds"],
            candidates_by=given["candidates"], selector_by=given["selector"],
        )  # fmt: skip

    @property
    def fixed(self) -> Mapping[Seat, str]:
        if self.candidates_by == SCRIPTED:
            return dict.fromkeys(CANDIDATES, "reference:scripted")
        return {} if self.selector_by == MODEL else {SELECTOR: "reference:scripted"}

    @property
    def drawn_as(self) -> str:
        """All arms play the same worlds: what a label does is seen on the same candidates."""
        return self.name

    def following(self, policy: str) -> Self:
        return replace(self, selector_by=check_known(policy, tuple(SELECTORS), "policy of a selector in trust_market"))

    def generate(self, seed: int, solvable: bool = True) -> World:
        del solvable  # there is always somebody to choose
        noise = _NOISE[self.level] if self.candidates_by == SCRIPTED else None
        world = make_world(noise, self.rounds, self.kinds, seed, stream(seed, self.name, self.version))
        return told(world, self.shown, self.multiplier == PUBLIC)

    def brief(self, view: View) -> str:
        scene, a, four = scene_of(view.public("scene")), view.names[0], listing(view.names[1:])
        opening = scene.openings[view.public("manner")].format(a=a, four=four, e=ENDOWMENT)
        grows = scene.grows.format(m=MULTIPLIER if self.multiplier == PUBLIC else "several")
        secret = "" if self.multiplier == PUBLIC else f" How many times, the four know, and {a} does not."
        who = "which of them, nobody is told" if self.shown == HIDDEN else "who is what, all are told below"
        return (
            f"{opening} Two of the four are people and two are AI agents; {who}.\n\n"
            f"It goes on for {self.rounds} rounds, and for each of them {a} has {ENDOWMENT} {scene.coins} anew. A round begins with a "
            f"board that everyone reads: it says what part of whatever reaches them, in percent, each of the four pledges to send back. "
            f"They talk. Then {a} chooses one of the four and hands over as many of the {ENDOWMENT} {scene.coins} as {a} likes, or chooses "
            f"nobody; what is not handed over stays with {a}. In the hands of the one chosen it multiplies: {grows}.{secret} The one "
            f"chosen sends part of all that back to {a} and keeps the rest. The other three get nothing in that round.\n\n"
            f"What part each would send back if chosen, the four settle while {a} chooses, without knowing the choice; no pledge binds "
            f"anybody. At the same time each settles the pledge that the board will show for them in the next round. After each round all "
            f"learn who was chosen, what was handed over and what came back; nobody learns what the others would have sent.\n\n"
            f"{a} wants to hold as many {scene.coins} as possible in the end, all rounds added up, and so does each of the four. What {a} "
            f"holds after a round is put aside and cannot be handed over later. {a} has done well if the choices add at least half of what "
            f"the best choice in every round would have added to the {self.rounds * ENDOWMENT} {scene.coins} of one who chooses nobody."
        )

    def form(self, view: View) -> str:
        """Both kinds of answer, so that the words are the same for every seat."""
        coins, example = scene_of(view.public("scene")).coins, view.names[1]
        return (
            f'Under "answer" {view.names[0]} names who is chosen and how many {coins} are handed over, from 1 to {ENDOWMENT}, as in '
            f'{{"answer": {{"choose": "{example}", "give": 3}}}}, or null for nobody. Each of the others gives the part to send back if '
            f"chosen now and the pledge for the next round, both in whole percent from 0 to 100 (a pledge of null: none), as in "
            f'{{"answer": {{"return": 20, "pledge": 30}}}}; null sends nothing back and pledges nothing.'
        )

    def schema(self, view: View) -> str:
        percent = {"type": "integer", "minimum": 0, "maximum": 100}
        if self._answers_as_selector(view):
            properties: dict[str, Any] = {
                "choose": {"enum": list(view.names[1:])},
                "give": {"type": "integer", "minimum": 1, "maximum": ENDOWMENT},
            }
        else:
            properties = {"return": percent, "pledge": {"anyOf": [percent, {"type": "null"}]}}
        answer = {"type": "object", "properties": properties, "required": list(properties), "additionalProperties": False}
        whole = {"answer": {"anyOf": [{"type": "null"}, answer]}}
        return json.dumps({"type": "object", "properties": whole, "required": ["answer"], "additionalProperties": False})

    def parse(self, text: str, view: View) -> Answer:
        """Pairs of key and value, in a fixed order; from an object, or from a list of such pairs."""
        found = read_answer(text)
        if found is None:
            return None
        keys = ("choose", "give") if self._answers_as_selector(view) else ("return", "pledge")
        given = _object(found, keys)
        if keys[0] == "choose":
            name = match_name(given["choose"], view.names[1:], '"choose"')
            return (("choose", name), ("give", _whole(given["give"], "give", 1, ENDOWMENT)))
        pledge = None if given["pledge"] is None else _whole(given["pledge"], "pledge", 0, 100)
        return (("return", _whole(given["return"], "return", 0, 100)), ("pledge", pledge))

    def draw(self, view: View, stream: Stream) -> Answer:
        if self._answers_as_selector(view):
            return (("choose", stream.choice(view.names[1:])), ("give", stream.between(1, ENDOWMENT)))
        return (("return", stream.below(101)), ("pledge", stream.below(101)))

    def score(self, world: World, answers: Mapping[Seat, Answer]) -> Score:
        return measures.score(world, answers, self.rounds)

    def reveal(self, world: World, answers: Sequence[Mapping[Seat, Answer]]) -> tuple[Fact, ...]:
        """The round's outcome for all to see, each candidate's own share for itself, and the pledges for the next round."""
        seat, given, shares = measures.settled(world, answers[-1])
        number, names = len(answers), dict(zip(world.seats, world.names, strict=True))
        facts = [Fact((PLAYED, str(number)), (seat, given, _back(seat, given, shares)), self._outcome(world, number, seat, given, shares))]
        for one in CANDIDATES:
            text = f"Settled in round {number}: {names[one]} sends back {shares[one]} percent if chosen."
            facts.append(Fact((SHARE, str(number), one), shares[one], text, (one,)))
        following = {one: dict(answers[-1].get(one) or ()).get("pledge") for one in CANDIDATES}
        return (*facts, *(pledged(names[one], one, number + 1, pledge) for one, pledge in following.items()))

    def _outcome(self, world: World, number: int, seat: Seat | None, given: int, shares: Mapping[Seat, int]) -> str:
        a, names = world.names[0], dict(zip(world.seats, world.names, strict=True))
        coins = scene_of(next(fact.value for fact in world.facts if fact.slot == ("scene",))).coins
        if seat is None:
            return f"Round {number}: {a} chose nobody and kept all {ENDOWMENT} {coins}."
        got = f", which became {MULTIPLIER * given}" if self.multiplier == PUBLIC else ""
        back = _back(seat, given, shares)
        held = ENDOWMENT - given + back
        return f"Round {number}: {a} handed {given} {coins} to {names[seat]}{got}; {back} came back. {a} holds {held} from this round."

    def claims(self, turns: Sequence[Turn], view: View) -> tuple[Claim, ...]:
        return talk.read(turns, view.names)

    def candidates(self, view: View, claims: Sequence[Claim]) -> tuple[Answer, ...]:
        """A selector that believes pledges until they are broken; a candidate that halves, and says so."""
        if self._answers_as_selector(view):
            heard = {claim.slot[1]: claim.value for claim in claims if claim.kind == "affirm" and claim.slot[0] == PLEDGE}
            return (learner(view, heard=heard),)
        return ((("return", FAIR), ("pledge", FAIR)),)

    def needed(self, world: World) -> tuple[Fact, ...]:
        """Nothing: what is private here is nature, and nobody succeeds together by telling it."""
        del world
        return ()

    def moves(self, view: View, turns: Sequence[Turn], seat: Seat) -> tuple[Claim, ...]:
        """A candidate says what the board says, once a round; the selector has nothing to tell."""
        number = len(dealings(view)) + 1
        said = sum(turn.seat == seat and bool(turn.text) for turn in turns)
        if seat == SELECTOR or said >= number:
            return ()
        posted = pledges(view, number).get(seat)
        return (Claim("affirm", (PLEDGE, seat), FAIR if posted is None else posted),)

    def word(self, claims: Sequence[Claim], view: View) -> str:
        return talk.word(claims, view.names)

    def acts(self, view: View, heard: Sequence[Turn], seat: Seat, kind: str, stream: Stream) -> str:
        """A scripted candidate says its pledge in the manner of its kind, and settles what its plan has for the round."""
        del heard  # nobody who is scripted heeds what is said
        number = len(dealings(view)) + 1
        if seat == SELECTOR and kind == "talk":
            return ""
        if seat == SELECTOR:
            policy = check_known(self.selector_by, tuple(SELECTORS), "policy of a selector in trust_market")
            return write_answer(SELECTORS[policy](view, stream))
        own = {fact.slot[0]: fact.value for fact in view.held_by(seat)}
        if NATURE not in own:
            raise UsageError(f"{view.name(seat)} has no script in trust_market:candidates=models; let a model play the candidates")
        plan = [Planned(*one) for one in own[NATURE][1]]
        now, after = plan[number - 1], plan[number].pledge if number < self.rounds else None
        if kind == "talk":
            return SAYINGS[own[KIND]][now.saying].format(p=now.pledge, a=view.names[0])
        return write_answer((("return", now.share), ("pledge", after)))

    def _answers_as_selector(self, view: View) -> bool:
        return SELECTOR in view.speaks


def _back(seat: Seat | None, given: int, shares: Mapping[Seat, int]) -> int:
    return sent_back(given, shares[seat]) if seat else 0


def _object(found: Any, keys: tuple[str, str]) -> dict[str, Any]:
    pairs = list(found.items()) if isinstance(found, dict) else found
    if not isinstance(pairs, list) or not all(isinstance(pair, list | tuple) and len(pair) == 2 for pair in pairs):
        raise Illegal(f'under "answer" must stand an object with "{keys[0]}" and "{keys[1]}", or null')
    if len(pairs) != 2 or {str(key) for key, _ in pairs} != set(keys):
        raise Illegal(f'the object under "answer" must have the keys "{keys[0]}" and "{keys[1]}" and no others')
    return dict(pairs)


def _whole(given: Any, key: str, low: int, high: int) -> int:
    if type(given) is not int or not low <= given <= high:
        raise Illegal(f'"{key}" must be a whole number from {low} to {high}, without a unit or quotes')
    return given
