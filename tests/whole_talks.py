"""A whole talk through a reader of turns, as `benchmark.reading.read_once` sends it there turn by turn."""

from collections.abc import Sequence

from benchmark.reading import Reader
from benchmark.vocabulary import Claim, Turn


def said_in(turns: Sequence[Turn], reader: Reader) -> tuple[Claim, ...]:
    for number, turn in enumerate(turns):
        reader.read(number, turn)
    return tuple(reader.claims)
