"""DialOp's *planning* game as released: three stops in order, out of some forty places, for a traveller with about ten preferences.

What is said of places and preferences there is free, and no program knows what it means: only plans are read, no fact is known to be
needed, and grounding is not measured. Scores follow the release to the point: over its games they, the best and the worst of all plans
of three stops come out as published. ``native`` is (score - worst) / (best - worst).
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import ClassVar

from benchmark.answers import match_name, read_answer
from benchmark.lexicon import FIRST_NAMES
from benchmark.prompts import listing
from benchmark.reading import mentions
from benchmark.streams import Stream, stream
from benchmark.task import Task
from benchmark.vocabulary import Answer, Claim, Fact, Illegal, Json, Score, Seat, Turn, UsageError, View, World
from tasks.itinerary import dialop
from tasks.itinerary.dialop import STOPS, Game, Place, Preference

LABEL = "itinerary:preset=dialop"
SEATS = ("A", "B")
BAR = 0.95

_PROPOSES = re.compile(r"\b(?:plan|propose|itinerary)\b|\bstart\w*\b.*\b(?:end|finish)\w*\b", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True, kw_only=True)
class Planning(Task):
    """DialOp's planning games, from their file: one knows the preferences, the other the places (graded)."""

    name: ClassVar[str] = "itinerary"
    version: ClassVar[int] = 1
    graded: ClassVar[bool] = True
    semantic: ClassVar[bool] = False

    turns: int = 16
    words: int = 80

    @classmethod
    def at(cls, level: int, **options: str) -> Planning:
        del options
        return Planning(level=level)

    def generate(self, seed: int, solvable: bool = True) -> World:
        del seed, solvable
        raise UsageError(f"{LABEL} plays the games of DialOp's own file; give it with --worlds PATH")

    def brief(self, view: View) -> str:
        first, second = view.names
        return (
            f"{first} is about to visit a city, and {second}, an agent, knows what there is. They plan {STOPS} stops in order, all "
            f"different. {first}'s notes say what counts and how much; {second}'s list the places.\n\n"
            f"A plan's score is the sum over {first}'s preferences. A wish about a feature counts at every stop whose entry states that "
            f"feature, for or against; where an entry does not state it, it counts nothing. Other wishes count once. Distance is the "
            f"straight way between consecutive stops, in miles to the nearest tenth; positions are miles east and north of one corner of "
            f"the map. Scores may be negative.\n\n"
            f"{first} and {second} want the plan of the highest score, and must settle on one and the same plan in the same order; "
            f"otherwise it counts as the worst there is. The plan is good enough if it comes {BAR:.0%} of the way from the worst possible "
            f"score to the best."
        )

    def form(self, view: View) -> str:
        example = json.dumps({"answer": view.public("places")[:STOPS]}, ensure_ascii=False)
        return f'Under "answer" stands a list of {STOPS} different places in the order of the visit, for example: {example}'

    def schema(self, view: View) -> str:
        stops = {"type": "array", "items": {"enum": view.public("places")}, "minItems": STOPS, "maxItems": STOPS}
        answer = {"anyOf": [{"type": "null"}, stops]}
        whole = {"type": "object", "properties": {"answer": answer}, "required": ["answer"], "additionalProperties": False}
        return json.dumps(whole, ensure_ascii=False, separators=(",", ":"))

    def parse(self, text: str, view: View) -> Answer:
        found = read_answer(text)
        if found is None:
            return None
        if not isinstance(found, list) or len(found) != STOPS:
            raise Illegal(f'under "answer" must stand a list of {STOPS} places')
        plan = tuple(match_name(name, view.public("places"), f"stop {number}") for number, name in enumerate(found, 1))
        if len(set(plan)) < len(plan):
            raise Illegal("a place stands twice in the plan, and the stops must be different")
        return plan

    def draw(self, view: View, stream: Stream) -> Answer:
        return tuple(stream.sample(view.public("places"), STOPS))

    def score(self, world: World, answers: Mapping[Seat, Answer]) -> Score:
        """One plan from every seat counts as published; no plan, or different ones, as the worst there is."""
        places, preferences, best, worst, floor = world.target
        plans = {answers.get(seat) for seat in world.seats}
        raw = float(worst)
        if len(plans) == 1 and (plan := plans.pop()):
            raw = float(total(_places(places), _preferences(preferences), plan))
        native = (raw - worst) / (best - worst)
        return Score(native >= BAR and len(plans) < 2, raw, float(floor), float(best), native=native)

    def claims(self, turns: Sequence[Turn], view: View) -> tuple[Claim, ...]:
        """Plans: sentences that propose and name three places."""
        found = []
        for number, turn in enumerate(turns):
            named = tuple(dict.fromkeys(name for _, _, name in mentions(turn.text, view.public("places"))))
            if len(named) == STOPS and _PROPOSES.search(turn.text):
                found.append(Claim("propose", ("answer",), named, turn.seat, number))
        return tuple(found)

    def candidates(self, view: View, claims: Sequence[Claim]) -> tuple[Answer, ...]:
        """The plan of highest score by the facts of ``view``; what is unknown counts nothing, and talk is not understood."""
        del claims
        known = {fact.value[0]: fact.value for fact in view.facts if fact.slot[0] == "event"}
        names = sorted(view.public("places"))
        places = tuple(_place(known[name]) if name in known else Place(name, "", 0, (0.0, 0.0), ()) for name in names)
        preferences = _preferences(tuple(fact.value for fact in view.facts if fact.slot[0] == "preference"))
        return (extremes(places, preferences)[0],)

    def needed(self, world: World) -> tuple[Fact, ...]:
        """None: which facts settle the plan is not known here."""
        del world
        return ()

    def moves(self, view: View, turns: Sequence[Turn], seat: Seat) -> tuple[Claim, ...]:
        """The plan that looks best, once, by the one who speaks first."""
        said = self.claims(turns, view)
        return () if said or seat != SEATS[0] else (Claim("propose", ("answer",), self.candidates(view, ())[0]),)

    def word(self, claims: Sequence[Claim], view: View) -> str:
        del view
        return " ".join(f"I propose {', '.join(claim.value)}." for claim in claims)


def total(places: Sequence[Place], preferences: Sequence[Preference], plan: Sequence[str | None]) -> int:
    """The published score of ``plan``; None is a stop left empty."""
    by_name = {place.name: place for place in places}
    stops = [by_name[name] if name is not None else None for name in plan]
    there = [stop for stop in stops if stop is not None]
    score = 0
    for one in preferences:
        if one.kind == dialop.FEATURE:
            score += sum(dialop.likes(one, stop) for stop in there)
        elif one.kind in (dialop.TYPE, dialop.NAMED):
            score += one.weight if any(dialop.meets(one, stop) for stop in there) else -one.weight * one.penalized
        elif one.kind == dialop.BUDGET:
            score += one.weight * (sum(stop.price for stop in there) > one.good[0])
        else:
            legs = [dialop.miles(a, b) for a, b in pairwise(stops) if a is not None and b is not None]
            score += sum(dialop.leg(one.weight, distance) for distance in legs)
    return score


@lru_cache(maxsize=32)
def extremes(places: tuple[Place, ...], preferences: tuple[Preference, ...]) -> tuple[tuple[str, ...], int, int]:
    """The best plan of three stops, the first in order of places of several, its score, and the lowest score there is."""
    import numpy as np

    n = len(places)
    gain = np.zeros(n, dtype=np.int64)
    legs = np.zeros((n, n), dtype=np.int64)
    score = np.zeros((n, n, n), dtype=np.int64)
    for one in preferences:
        if one.kind == dialop.FEATURE:
            gain += np.array([dialop.likes(one, place) for place in places])
        elif one.kind == dialop.DISTANCE:
            legs += np.array([[dialop.leg(one.weight, dialop.miles(a, b)) for b in places] for a in places])
        elif one.kind == dialop.BUDGET:
            price = np.array([place.price for place in places])
            over = price[:, None, None] + price[None, :, None] + price[None, None, :] > one.good[0]
            score += one.weight * over
        else:
            met = np.array([dialop.meets(one, place) for place in places])
            anywhere = met[:, None, None] | met[None, :, None] | met[None, None, :]
            score += np.where(anywhere, one.weight, -one.weight * one.penalized)
    score += gain[:, None, None] + gain[None, :, None] + gain[None, None, :] + legs[:, :, None] + legs[None, :, :]
    same = np.eye(n, dtype=bool)
    repeated = same[:, :, None] | same[None, :, :] | same[:, None, :]
    best = int(np.argmax(np.where(repeated, np.iinfo(np.int64).min, score)))
    stops = tuple(places[int(i)].name for i in np.unravel_index(best, score.shape))
    return stops, int(score.flat[best]), int(np.where(repeated, np.iinfo(np.int64).max, score).min())


def make_world(game: Game) -> World:
    """The world of a published game. The stated best and worst stand where the file has them."""
    draws = stream(game.seed, "itinerary", "dialop")
    taken = " ".join(place.name for place in game.places)
    names = tuple(draws.sample([name for name in FIRST_NAMES if name not in taken], len(SEATS)))
    listed = tuple(place.name for place in game.places)
    east, north = min(place.at[0] for place in game.places), min(place.at[1] for place in game.places)
    facts = [Fact(("places",), listed, f"The places: {listing(listed)}.")]
    for number, one in enumerate(game.preferences):
        facts.append(Fact(("preference", str(number)), tuple(one), wish_in_words(one, game.places), (SEATS[0],)))
    facts += [Fact(("event", place.name), tuple(place), place_in_words(place, (east, north)), (SEATS[1],)) for place in game.places]
    best, worst = game.stated or extremes(tuple(sorted(game.places)), game.preferences)[1:]
    blank = tuple(Place(name, "", 0, (0.0, 0.0), ()) for name in sorted(listed))
    alone = (extremes(blank, game.preferences)[0], extremes(tuple(sorted(game.places)), ())[0])
    floor = max(total(game.places, game.preferences, plan) for plan in alone)
    target = (tuple(map(tuple, game.places)), tuple(map(tuple, game.preferences)), best, worst, floor)
    return World(SEATS, names, tuple(facts), target, game.seed)


def wish_in_words(one: Preference, places: Sequence[Place]) -> str:
    """A preference and exactly how it counts."""
    said, n = f'"{one.text}"', abs(one.weight)
    if one.kind == dialop.FEATURE:
        if not any(feature == one.feature for place in places for feature, _ in place.features):
            return f"{said}: counts nothing in this game, since no entry states it by that name."
        parts = [f"{n} points for each stop with {one.feature} {_either(one.good)}"] if one.good else []
        parts += [f"{n} points off for each stop with {one.feature} {_either(one.bad)}"] if one.bad else []
        return f"{said}: {', '.join(parts)}."
    if one.kind in (dialop.TYPE, dialop.NAMED):
        what = f"is {'a' if one.kind == dialop.TYPE else 'one of'} {_either(one.good)}".replace(" one of", "") if one.good else "is any"
        return f"{said}: {n} points if at least one stop {what}{f', {n} points off if none is' if one.penalized else ''}."
    if one.kind == dialop.BUDGET:
        return f"{said}: {n} points off if the stops together cost more than {one.good[0]} dollars, by however much."
    return f"{said}: {n} points off for every mile between consecutive stops, each way cut to whole points."


def place_in_words(place: Place, corner: tuple[float, float]) -> str:
    east, north = ((degree - least) * dialop.MILES for degree, least in zip(place.at, corner, strict=True))
    features = "; ".join(f"{name}: {_word(value)}" for name, value in place.features)
    return f"{place.name}: {place.etype}, {place.price} dollars, at {east:.2f} east, {north:.2f} north; {features}."


def _either(values: Sequence[Json]) -> str:
    words = [_word(value) for value in values]
    return " or ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else words[0]


def _word(value: Json) -> str:
    return ("yes" if value else "no") if isinstance(value, bool) else str(value)


def _place(value: tuple[Json, ...]) -> Place:
    return Place(*value)


@lru_cache(maxsize=64)
def _places(values: tuple[tuple[Json, ...], ...]) -> tuple[Place, ...]:
    return tuple(map(_place, values))


def _preferences(values: Sequence[tuple[Json, ...]]) -> tuple[Preference, ...]:
    return tuple(Preference(*value) for value in values)


def recognises(text: str) -> bool:
    """Whether ``text`` opens like a file of DialOp itinerary games."""
    try:
        first = json.loads(text.lstrip().partition("\n")[0])
    except (ValueError, RecursionError):
        return False
    return isinstance(first, dict) and {"events", "preferences"} <= set(first)


def load_worlds(text: str) -> tuple[Task, tuple[World, ...]]:
    """The games of a DialOp itinerary file (JSON lines), and the task that plays them. WorldsError names line and field."""
    return Planning(label=LABEL), tuple(make_world(game) for game in dialop.read_games(text))
