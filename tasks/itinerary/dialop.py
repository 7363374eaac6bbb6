"""Reads DialOp's itinerary games (Lin et al., TACL 2024; CDLA-Permissive-2.0), as released: one JSON object a line.

Only the places, the preferences, and the stated best and worst scores enter a world; talk, pay, times and results of play do not.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple, NoReturn

from benchmark.vocabulary import Json, WorldsError

STOPS = 3
MILES = 69
"""Miles a degree, of longitude too: the release measures distances on a flat map."""

FEATURE, TYPE, NAMED, BUDGET, DISTANCE = (
    "FeaturePreference",
    "AtLeastOneEventType",
    "WantToGo",
    "PriceBudgetPreference",
    "DistancePreference",
)
_LARGEST = 200


class Place(NamedTuple):
    """``features`` are (name, value) pairs in order of names; ``at`` is longitude and latitude in degrees."""

    name: str
    etype: str
    price: int
    at: tuple[float, float]
    features: tuple[tuple[str, Json], ...]


class Preference(NamedTuple):
    """``bad`` and ``good`` hold feature values; names or a type of places; or the budget: whatever ``kind`` asks for.

    ``penalized``: what is wished for and missing counts against the plan.
    """

    kind: str
    text: str
    weight: int
    feature: str = ""
    bad: tuple[Json, ...] = ()
    good: tuple[Json, ...] = ()
    penalized: bool = False


class Game(NamedTuple):
    places: tuple[Place, ...]
    preferences: tuple[Preference, ...]
    stated: tuple[int, int] | None
    """The best and the worst score by ``result``, if it states them."""
    seed: int


def miles(one: Place, other: Place) -> float:
    """As the game shows it: to the nearest tenth."""
    return round(math.hypot(one.at[0] - other.at[0], one.at[1] - other.at[1]) * MILES, 1)


def leg(weight: int, distance: float) -> int:
    """What one way costs: cut to a whole number, as in the release."""
    return int(weight * distance)


def likes(preference: Preference, place: Place) -> int:
    """What one stop gains or loses by a feature."""
    value = dict(place.features).get(preference.feature)
    if value is None:
        return 0
    if _among(value, preference.bad):
        return -preference.weight
    return preference.weight if _among(value, preference.good) else 0


def meets(preference: Preference, place: Place) -> bool:
    """Whether a stop is what a TYPE or NAMED preference wishes for."""
    return (place.etype if preference.kind == TYPE else place.name) in preference.good


def _among(value: Json, values: Sequence[Json]) -> bool:
    """True and 1 are different values here."""
    return any(value == one and isinstance(value, bool) == isinstance(one, bool) for one in values)


def read_games(text: str) -> Iterator[Game]:
    """The games of ``text``, empty lines aside. WorldsError names the line and the field, what was found and what is expected."""
    read = 0
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            read += 1
            yield _Line(number, line).game()
    if not read:
        raise WorldsError("the file holds no game; every line should be one DialOp itinerary game as a JSON object")


def _values(values: Sequence[Json]) -> tuple[Json, ...]:
    if not all(isinstance(value, bool | int | float | str) for value in values):
        raise ValueError(values)
    return tuple(values)


def _whole(value: Json) -> int:
    if type(value) is not int:
        raise ValueError(value)
    return value


_DETAILS: Mapping[str, Callable[[Json], dict[str, Any]]] = {
    FEATURE: lambda more: {"feature": str(more["name"]), "bad": _values(more["value_sets"][0]), "good": _values(more["value_sets"][1])},
    TYPE: lambda more: {"good": (str(more["etype"]),), "penalized": bool(more["penalize"])},
    NAMED: lambda more: {"good": tuple(map(str, _values(more["event_set"]))), "penalized": bool(more["penalize"])},
    BUDGET: lambda more: {"good": (_whole(more["budget"]),)},
    DISTANCE: lambda _: {},
}
"""What the details of each kind of preference give."""


class _Line:
    """One line of the file, and how to complain of it."""

    def __init__(self, number: int, text: str) -> None:
        self.number = number
        try:
            document = json.loads(text)
        except (ValueError, RecursionError) as error:
            raise WorldsError(f"line {number}: not JSON ({error}); expected one game as a JSON object") from None
        if not isinstance(document, dict):
            raise WorldsError(f"line {number}: found {type(document).__name__}; expected one game as a JSON object")
        self.document: Mapping[str, Json] = document
        for field in ("events", "preferences"):
            if field not in document:
                self.wrong(field, "nothing", "every game to have it")

    def wrong(self, field: str, found: object, expected: str) -> NoReturn:
        shown = found if isinstance(found, str) else repr(found)
        raise WorldsError(f'line {self.number}, field "{field}": found {shown[:80]}; expected {expected}')

    def game(self) -> Game:
        places = tuple(self._place(event) for event in self._list("events", STOPS))
        if len({place.name.casefold() for place in places}) < len(places):
            self.wrong("events", "two places of one name", "every place to have a name of its own")
        preferences = tuple(self._preference(one) for one in self._list("preferences", 1))
        if sum(one.kind == BUDGET for one in preferences) > 1 or sum(one.kind == DISTANCE for one in preferences) > 1:
            self.wrong("preferences", "two budgets or two distances", "one of each at most")
        if self._played_without_penalties():
            preferences = tuple(one._replace(penalized=False) if one.kind == TYPE else one for one in preferences)
        canonical = json.dumps([places, preferences], separators=(",", ":"))
        seed = int.from_bytes(hashlib.sha256(canonical.encode()).digest()[:6], "big")
        return Game(places, preferences, self._stated(), seed)

    def _list(self, field: str, least: int) -> list[Json]:
        found = self.document[field]
        if not isinstance(found, list) or not least <= len(found) <= _LARGEST:
            self.wrong(field, found, f"a list of {least} to {_LARGEST}")
        return found

    def _place(self, event: Json) -> Place:
        try:
            name, etype, price, (east, north) = event["name"], event["etype"], event["est_price"], event["loc"]
            features = tuple(sorted(event["features"].items()))
        except (LookupError, TypeError, ValueError, AttributeError):
            self.wrong("events", event, "places with name, etype, est_price, loc and features")
        if not (isinstance(name, str) and name.strip() and isinstance(etype, str) and len(name) <= 80):
            self.wrong("events", name, "a name and a type in words")
        if type(price) is not int or not 0 <= price <= 10**6:
            self.wrong("events", f"the price {price!r}", "a whole number of dollars")
        if not all(type(degree) in (int, float) and abs(degree) <= 360 for degree in (east, north)):
            self.wrong("events", f"the place {event['loc']!r}", "longitude and latitude in degrees")
        if not all(isinstance(value, bool | int | float | str) for _, value in features):
            self.wrong("events", f"the features {features!r}", "plain values")
        return Place(name.strip(), etype, price, (float(east), float(north)), features)

    def _preference(self, given: Json) -> Preference:
        try:
            text, weight, kind, more = given
            details = _DETAILS[kind](more)
            is_fit = type(weight) is int and abs(weight) <= 10**6 and isinstance(text, str) and more["weight"] == weight
        except (LookupError, TypeError, ValueError):
            is_fit, details = False, {}
        if not is_fit:
            kinds = ", ".join(_DETAILS)
            self.wrong("preferences", given, f"text, whole weight, kind (one of {kinds}) and details, the weight again among them")
        return Preference(kind, text, weight, **details)

    def _stated(self) -> tuple[int, int] | None:
        result = self.document.get("result")
        if result is None:
            return None
        best, worst = (result.get("best"), result.get("worst")) if isinstance(result, dict) else (None, None)
        if type(best) is not int or type(worst) is not int or worst >= best:
            self.wrong("result", result, 'whole numbers "best" and "worst", the first above the second')
        return best, worst

    def _played_without_penalties(self) -> bool:
        """Whether the game's own scores charge nothing for a missing type that its preferences penalize.

        A few games were played before the release charged for that; its stated worst scores always do.
        """
        log = self.document.get("action_log")
        for action in log if isinstance(log, list) else []:
            try:
                stops = {stop["etype"] for stop in action["proposal"] if stop and stop["type"] == "event"}
                pairs = list(zip(self.document["preferences"], action["scores"]["scores"], strict=True))
                for (_, weight, kind, more), score in pairs:
                    if kind == TYPE and more["penalize"] and weight and more["etype"] not in stops and score == 0:
                        return True
            except (LookupError, TypeError, ValueError):
                continue
        return False
