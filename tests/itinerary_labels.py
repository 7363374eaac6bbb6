"""Labels of `itinerary` talk: ``Pi.ga+`` and ``Pi.ga-`` (has, has not), ``Pi=7`` (euros), ``Pi@m-e+`` (hours), ``*ga=6`` (points of a
wish, the sign by its nature), ``$22`` (budget), ``!Lido Pier Anchor`` and ``!same`` (plans). ``Li2`` is the Lido."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from benchmark.vocabulary import View
from tasks.itinerary.worlds import PARTS

HARBOUR = {"scene": "harbour", "places": "Anchor, Lighthouse, Pier, Aquarium, Lido, Boatyard"}
HARBOUR |= {"pleasures": "sea view, live music, hot food, garden", "nuisances": "long queues, steep stairs"}
AUNT = {"scene": "aunt", "places": "Tea Room, Cathedral, Arcade, Bakery, Opera House, Orangery"}
AUNT |= {"pleasures": "cream cake, piano music, comfortable chairs, stained glass", "nuisances": "steep steps, loud children"}

TABLES = tuple(
    (names, {"places": places, "pleasures": pleasures, "nuisances": nuisances})
    for names, places, pleasures, nuisances in (
        (
            "Cyrus Tariq",
            "Bakery, Clock Tower, Arcade, Print Shop, Opera House, Tea Room",
            "comfortable chairs, rose beds, cream cake, piano music",
            "steep steps, loud children",
        ),
        (
            "Igor Lena",
            "Fish Market, Pier, Bath House, Customs House, Aquarium, Lighthouse",
            "sea view, boat ride, old maps, live music",
            "stray gulls, engine noise",
        ),
        (
            "Hans Magda",
            "Brewery, Citadel, Puppet Museum, Mint, Funicular, Botanic Garden",
            "luggage lockers, chess tables, open fire, guided tour",
            "tour buses, building works",
        ),
        (
            "Tariq Ruben",
            "Cathedral, Tea Room, Concert Hall, Arcade, Opera House, Print Shop",
            "piano music, cream cake, tram stop, comfortable chairs",
            "steep steps, school parties",
        ),
        (
            "Ingrid Astrid",
            "Mill Pond, Waterfall, Old Quarry, Chapel, Forest Inn, Cheese Dairy",
            "swimming hole, rowing boats, mountain view, wine tasting",
            "barking dogs, midges",
        ),
        (
            "Abdul Ursula",
            "Rope Museum, Fish Market, Bath House, Customs House, Lido, Pier",
            "sea view, garden, boat ride, hot food",
            "steep stairs, long queues",
        ),
    )
)
"""Names, and what everyone knows, of the worlds that separate models played."""

_SHORT = {"Li2": "Lido"}
Told = tuple[str, tuple[str, ...], Any]


def read_label(part: str, view: View, plans: Sequence[Any]) -> Iterator[Told]:
    places, topics = view.public("places"), (*view.public("pleasures"), *view.public("nuisances"))

    def named(start: str, names: Sequence[str]) -> str:
        return next(name for name in names if name.startswith(_SHORT.get(start, start)))

    if part.startswith("!"):
        plan = plans[-1] if part == "!same" else tuple(named(start, places) for start in part[1:].split())
        yield "propose", ("answer",), plan
    elif part.startswith("$"):
        yield "affirm", ("budget",), int(part[1:])
    elif part.startswith("*"):
        start, _, points = part[1:].partition("=")
        topic = named(start, topics)
        yield "affirm", ("wish", topic), -int(points) if topic in view.public("nuisances") else int(points)
    elif "@" in part:
        start, _, said = part.partition("@")
        for letter, sign in re.findall(r"([mae])([+-])", said):
            yield "affirm", ("open", named(start, places), named(letter, PARTS)), "yes" if sign == "+" else "no"
    elif "=" in part:
        start, _, price = part.partition("=")
        yield "affirm", ("price", named(start, places)), int(price)
    else:
        start, _, topic = part[:-1].partition(".")
        yield "affirm", ("has", named(start, places), named(topic, topics)), "yes" if part[-1] == "+" else "no"
