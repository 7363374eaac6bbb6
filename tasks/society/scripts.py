"""What scripted members do: known behaviours, each a rule from what a member has and has heard to what it writes down."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from benchmark.streams import Stream
from tasks.society.scenes import CHESTS, WORDS


@dataclass(frozen=True, slots=True)
class Standing:
    """What a member has to go by for one find. ``own`` is its label so far, ``heard`` what the other at the table called it this round.

    ``credited``: what it was told of its latest label. ``knows`` and ``told``: the chest it has from notes and earlier rounds, and what
    the other said.
    """

    own: str
    heard: str | None
    credited: bool | None
    knows: int | None
    told: int | None
    p: float


Card = tuple[str, int | None]


def stubborn(standing: Standing, draw: Stream) -> Card:
    """Keeps its own word and believes nobody."""
    del draw  # nothing about it is left to chance
    return standing.own, standing.knows


def adopting(standing: Standing, draw: Stream) -> Card:
    """With probability p takes over what the other calls a find; believes what it is told of a chest with the same probability."""
    name = standing.heard if standing.heard is not None and draw.chance(standing.p) else standing.own
    believed = standing.told if standing.told is not None and draw.chance(standing.p) else None
    return name, standing.knows if standing.knows is not None else believed


def heeding(standing: Standing, draw: Stream) -> Card:
    """Keeps a word that was credited. Any other it gives up for the other's with probability p; of chests it believes everything."""
    follows = not standing.credited and standing.heard is not None and draw.chance(standing.p)
    return (standing.heard or standing.own) if follows else standing.own, standing.knows if standing.knows is not None else standing.told


def guessing(standing: Standing, draw: Stream) -> Card:
    """Any word and any chest, every time."""
    del standing  # it goes by nothing
    return draw.choice(WORDS), draw.between(1, CHESTS)


SCRIPTS: Mapping[str, Callable[[Standing, Stream], Card]] = {
    "stubborn": stubborn,
    "adopting": adopting,
    "heeding": heeding,
    "guessing": guessing,
}
