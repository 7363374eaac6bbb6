"""What a society shares beyond what strangers share: the same measure, taken between members of different societies, subtracted.

Copies of one model call a thing by the same name without ever having met, and guess the same. A pseudo-pair is a member of one society
and a member of another, in the same round, on a referent that both societies have. The mean over all of them is what shuffling members
among societies gives on average, without its noise; where societies do not influence what they share it is theirs too.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import fmean

from benchmark.bonds.societies import Society, agreement_of, told_right


@dataclass(frozen=True, slots=True)
class Beyond:
    """``real`` − ``pseudo`` = ``difference``. ``weighed`` has one number for each society (of ``worlds``), whose mean is the difference.

    Its spread gives the error of the difference: a society's own value, minus twice what it has in common with others, plus the mean of
    that over all (the first-order projection of a difference between a mean and a U-statistic of degree 2: Hoeffding 1948).
    """

    real: float
    pseudo: float
    difference: float
    weighed: tuple[float, ...]
    worlds: tuple[int | None, ...]


def agreement_beyond(societies: Sequence[Society], place: int) -> Beyond | None:
    """Label agreement of two members of one society in round ``place`` (from 0), beyond that of two who never met."""
    return _beyond(
        societies,
        lambda one, key: agreement_of(one.labels[place], one.seats, (key,)),
        lambda one, other, key: _strangers(one, other, place, key),
    )


def knowledge_beyond(societies: Sequence[Society], place: int) -> Beyond | None:
    """The share who state what is so in their society, beyond the share of other societies who state it, where it is not news."""
    return _beyond(
        societies,
        lambda one, key: told_right(one, one, place, (key,)),
        lambda one, other, key: fmean((told_right(one, other, place, (key,)), told_right(other, one, place, (key,)))),
    )


def _beyond(
    societies: Sequence[Society], within: Callable[[Society, str], float], between: Callable[[Society, Society, str], float]
) -> Beyond | None:
    """Both terms over the same referents with the same weights. None where no two societies have one in common."""
    real, pseudo, worlds = [], [], []
    for one in societies:
        shared = {key: [other for other in societies if _apart(one, other) and key in other.referents] for key in one.referents}
        keys = [key for key, others in shared.items() if others]
        if keys:
            worlds.append(one.world)
            real.append(fmean(within(one, key) for key in keys))
            pseudo.append(fmean(fmean(between(one, other, key) for other in shared[key]) for key in keys))
    if not real:
        return None
    a, b = fmean(real), fmean(pseudo)
    return Beyond(a, b, a - b, tuple(x - 2 * y + b for x, y in zip(real, pseudo, strict=True)), tuple(worlds))


def _apart(one: Society, other: Society) -> bool:
    """Whether they are no kin: neither one game, nor one world (the same truth, the same words) played twice."""
    return one is not other and (one.world is None or one.world != other.world)


def _strangers(one: Society, other: Society, place: int, key: str) -> float:
    mine, theirs = (played.labels[place] for played in (one, other))
    labels = [own.get(key) for own in theirs.values()]
    same = sum(labels.count(own[key]) for own in mine.values() if key in own)
    return same / (len(one.seats) * len(other.seats))
