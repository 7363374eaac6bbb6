"""The words of `settlement`: what is put together, out of which goods, and for what."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Scene:
    """``{a}`` buys, ``{s}`` are the suppliers. ``goods`` are single words that mean nothing else in the talk."""

    key: str
    opening: str
    stake: str
    goods: tuple[str, ...]


SCENES = (
    Scene(
        "regatta",
        "{a} fits out an old sailing boat for the regatta on Sunday and has to buy what is missing; {s} supply the harbour.",
        "Without every single piece the boat stays in the harbour.",
        ("rope", "canvas", "varnish", "anchor", "lantern", "compass"),
    ),
    Scene(
        "feast",
        "{a} puts together everything for a wedding in the village hall; {s} supply such feasts.",
        "If one thing is missing, the wedding has to be held somewhere else.",
        ("flowers", "candles", "linen", "benches", "cider", "pastry"),
    ),
    Scene(
        "theatre",
        "The theatre of {a} opens in a week, and the stage is still bare; {s} supply theatres.",
        "The evening cannot take place unless all of it is there.",
        ("curtain", "costumes", "masks", "drums", "scenery", "wigs"),
    ),
    Scene(
        "expedition",
        "{a} prepares an expedition to a glacier; {s} sell equipment for such journeys.",
        "Nobody sets out with one part of the equipment missing.",
        ("tents", "stoves", "crampons", "sledges", "rations", "parkas"),
    ),
)

AUDITOR = "Auditor"


def scene_of(key: str) -> Scene:
    return next(scene for scene in SCENES if scene.key == key)
