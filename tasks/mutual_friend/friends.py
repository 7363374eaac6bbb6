"""Draws the friends of `mutual_friend`, and the words in which a sheet tells of each."""

from __future__ import annotations

from collections.abc import Sequence

from benchmark.prompts import listing
from benchmark.streams import Stream
from tasks.mutual_friend.traits import TRAITS

Pair = tuple[str, str]


def profiles(names: Sequence[str], pools: Sequence[Sequence[Pair]], draw: Stream) -> dict[str, list[Pair]]:
    """For each of ``names`` one of each of ``pools``, drawn all at once."""
    drawn = iter(draw.each_below(tuple(map(len, pools)) * len(names)))
    return {name: [pool[next(drawn)] for pool in pools] for name in names}


def note(name: str, pairs: Sequence[Pair], draw: Stream) -> str:
    """What a sheet says of a friend, in one of many forms."""
    said = [(TRAITS[trait].varied if draw.bits(1) else TRAITS[trait].said).format(value) for trait, value in draw.shuffled(pairs)]
    return f"{name}, who {said[0]}, {listing(said[1:])}." if draw.bits(1) else f"{name} {listing(said)}."
