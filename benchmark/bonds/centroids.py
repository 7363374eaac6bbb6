"""Drift and pull of what members of a society write, after Li et al. 2026 (arXiv 2602.14299), in any embedding.

An embedder maps texts to vectors of one length, all at once, so that it may count over the lot. The default counts words (TF-IDF); one
that knows meanings is passed in its place. Vectors are compared by their direction alone.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from benchmark.vocabulary import Json

Vector = Sequence[float]
Embedder = Callable[[Sequence[str]], Sequence[Vector]]

_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")


@dataclass(frozen=True, slots=True)
class Movement:
    """How one member's writing moved from the first half to the second.

    ``drift`` is 1 − cos(early, late). ``consistency`` is the cosine of the own shift with the mean shift of the others; ``pull`` is
    cos(late, others) − cos(early, others) with the centroid of all that the others wrote. Each is None where a vector is zero.
    """

    drift: float | None
    consistency: float | None
    pull: float | None


def tfidf(texts: Sequence[str]) -> list[list[float]]:
    """Counts of words, each times ln((1 + n)/(1 + texts with it)) + 1, at length 1; a text without words is the zero vector.

    The smoothed weights of Salton & Buckley 1988 as scikit-learn's TfidfVectorizer has them.
    """
    counts = [Counter(_WORD.findall(text.casefold())) for text in texts]
    found = Counter(word for count in counts for word in count)
    weights = {word: math.log((1 + len(texts)) / (1 + n)) + 1 for word, n in sorted(found.items())}
    return [_unit([count[word] * weight for word, weight in weights.items()]) for count in counts]


def movements(early: Mapping[str, str], late: Mapping[str, str], embed: Embedder = tfidf) -> dict[str, Movement]:
    """How each of those in ``early`` moved, given what they wrote ``early`` and ``late`` (the same members in both).

    Whoever is looked at is left out of the centroid and the mean that they are held against: a member pulls the centre of a small
    society towards itself, and would seem to follow what it is part of.
    """
    members = sorted(early)
    vectors = [_unit(vector) for vector in embed([*(early[one] for one in members), *(late[one] for one in members)])]
    first = dict(zip(members, vectors[: len(members)], strict=True))
    second = dict(zip(members, vectors[len(members) :], strict=True))
    found = {}
    for one in members:
        others = [other for other in members if other != one]
        centre = _mean([vector for other in others for vector in (first[other], second[other])])
        shift = _mean([_minus(second[other], first[other]) for other in others])
        same, before, after = (cosine(*pair) for pair in ((first[one], second[one]), (first[one], centre), (second[one], centre)))
        found[one] = Movement(
            _settled(None if same is None else 1 - same),
            _settled(cosine(_minus(second[one], first[one]), shift)),
            _settled(None if before is None or after is None else after - before),
        )
    return found


def talk_by_halves(record: Mapping[str, Json]) -> tuple[dict[str, str], dict[str, str]]:
    """What each seat said in the first and in the second half of the rounds of a record: what ``movements`` takes, of talk."""
    rounds = record["rounds"]
    said: tuple[dict[str, list[str]], dict[str, list[str]]] = ({}, {})
    for place, played in enumerate(rounds):
        for turn in played["turns"]:
            said[place >= len(rounds) // 2].setdefault(turn["seat"], []).append(turn["text"])
    both = sorted(set(said[0]) & set(said[1]))
    early, late = ({seat: "\n".join(half[seat]) for seat in both} for half in said)
    return early, late


def cosine(one: Vector, other: Vector) -> float | None:
    """None where either has no direction."""
    lengths = math.hypot(*one) * math.hypot(*other)
    if lengths < 1e-12:
        return None
    return max(-1.0, min(1.0, math.fsum(x * y for x, y in zip(one, other, strict=True)) / lengths))


def _settled(number: float | None) -> float | None:
    """To nine digits: one who did not move has moved by nothing, not by what rounding leaves."""
    return None if number is None else round(number, 9) + 0.0


def _unit(vector: Vector) -> list[float]:
    length = math.hypot(*vector)
    return [x / length for x in vector] if length else list(vector)


def _minus(one: Vector, other: Vector) -> list[float]:
    return [x - y for x, y in zip(one, other, strict=True)]


def _mean(vectors: Sequence[Vector]) -> list[float]:
    return [math.fsum(column) / len(vectors) for column in zip(*vectors, strict=True)]
