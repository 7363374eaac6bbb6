"""The settings of `itinerary`: who plans whose day where, what there is to see, and the words for what counts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple


class Scene(NamedTuple):
    """``{a}`` is the one whose day it is, ``{b}`` knows the place. All places take "the"; topics are bare nouns."""

    story: str
    places: tuple[str, ...]
    pleasures: tuple[str, ...]
    nuisances: tuple[str, ...]


def _split(text: str) -> tuple[str, ...]:
    return tuple(text.split(", "))


SCENES: Mapping[str, Scene] = {
    "harbour": Scene(
        "{a} has one day off in a harbour town before the ship sails again, and no map. Cousin {b} has lived there for years and comes "
        "along. They see each other once in three years, and neither wants to spend the day in the wrong place.",
        _split("Anchor, Lighthouse, Boatyard, Aquarium, Pier, Fish Market, Rope Museum, Customs House, Bath House, Lido"),
        _split("live music, sea view, hot food, garden, old maps, boat ride, shade"),
        _split("long queues, steep stairs, stray gulls, engine noise"),
    ),
    "school": Scene(
        "{a} takes a class of eleven-year-olds on their yearly trip, and {b}, who guides visitors through the region, books it. If the day "
        "goes well, there will be another next year; if it does not, there will be letters from parents.",
        _split("Observatory, Paper Mill, Castle, Zoo, Salt Mine, Planetarium, Windmill, Tannery, Glassworks, Bee Farm"),
        _split("workshop, picnic lawn, film show, puppet theatre, live animals, treasure hunt, climbing wall"),
        _split("cold rooms, narrow stairs, long speeches, wasp nests"),
    ),
    "aunt": Scene(
        "{a}, who is seventy-eight and has opinions, visits the city for a single day. {b}, who married into the family, plans it and "
        "would like to hear for once that it was a good idea.",
        _split("Orangery, Opera House, Cathedral, Tea Room, Arcade, Clock Tower, Rose Park, Print Shop, Concert Hall, Bakery"),
        _split("piano music, comfortable chairs, cream cake, rose beds, stained glass, newspapers, tram stop"),
        _split("loud children, steep steps, cold draughts, school parties"),
    ),
    "band": Scene(
        "{a} sings in a band that has one free day before tomorrow's concert, and {b} put the concert on and knows the town. A hoarse or "
        "sulking singer would cost them both the evening.",
        _split("Record Shop, Bowling Hall, Thermal Bath, Night Market, Skate Park, Old Cinema, Ramen Bar, Photo Booth, Swan Lake, Attic"),
        _split("pinball, vinyl crates, free coffee, quiet corner, hot springs, neon lights, noodle soup"),
        _split("cigarette smoke, autograph hunters, broken heating, drum machines"),
    ),
    "layover": Scene(
        "{a} has a day between two night trains in a city never seen before. {b}, a friend of a friend, was asked to fill it and has taken "
        "the day off. The two have never met, and must agree by telephone before the first train arrives.",
        _split("Botanic Garden, Funicular, Mint, Chess Club, Flea Market, Cable Bridge, Puppet Museum, Brewery, Citadel, Reading Room"),
        _split("guided tour, roof terrace, open fire, chess tables, street food, luggage lockers, wall paintings"),
        _split("souvenir sellers, slippery paths, building works, tour buses"),
    ),
    "wedding": Scene(
        "{a} gets married tomorrow and wants one calm day first. {b}, the best friend and witness, knows the valley and drives. It is the "
        "last day that belongs to the two of them alone.",
        _split("Vineyard, Mill Pond, Waterfall, Chapel, Cheese Dairy, Riding School, Old Quarry, Forest Inn, Sauna, Ice House"),
        _split("swimming hole, wine tasting, mountain view, hammocks, warm bread, rowing boats, wild berries"),
        _split("midges, muddy tracks, gossiping relatives, barking dogs"),
    ),
}

_ARTICLES = frozenset(
    _split(
        "sea view, garden, boat ride, workshop, picnic lawn, film show, puppet theatre, treasure hunt, climbing wall, tram stop, "
        "quiet corner, guided tour, roof terrace, swimming hole, wine tasting, mountain view"
    )
)
_ONE = frozenset(_split("live music, hot food, shade, engine noise, piano music, cream cake, stained glass, pinball, free coffee"))
_ONE_MORE = frozenset(_split("noodle soup, cigarette smoke, broken heating, street food, warm bread"))


def is_plural(topic: str) -> bool:
    """Whether ``topic`` goes with "are": "long queues", but not "live music"."""
    return not (topic in _ARTICLES or topic in _ONE or topic in _ONE_MORE or topic == "open fire")


def some(topic: str) -> str:
    """``topic`` as one has it: "a garden", "live music"."""
    if topic == "open fire":
        return "an open fire"
    return f"a {topic}" if topic in _ARTICLES else topic
