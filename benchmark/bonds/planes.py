"""The two planes on which an arm may move a model: what it does, and how it talks. Pure functions over commits and words.

Both are measured per world, paired on the same worlds, and put on one scale: the mean of what the worlds contribute over its root mean
square, less what chance alone would give. For small effects that is Cohen's d of paired differences (Cohen 1988, ch. 2); it never leaves
[-1, 1]. On the same worlds the smallest effect that can be seen is the same on both planes, and so their difference, the interaction,
can be read: "actions, not language" is said of nothing else.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np

from benchmark.results import statistics
from benchmark.results.statistics import Floats
from benchmark.streams import stream

DRAWS = 1999
"""Permutations that are drawn where there are too many to enumerate (at most 2¹⁰ are)."""

_ENUMERABLE = 10


@dataclass(frozen=True, slots=True)
class Act:
    """One commit. Only acts of one ``context`` (a seat's choices among the same options) are ever put together."""

    world: str
    context: str
    action: str


@dataclass(frozen=True, slots=True)
class Talk:
    """What a seat and its partners said in one play, as sets of words; ``referents`` names what there was to talk of."""

    world: str
    referents: str
    own: frozenset[str]
    partner: frozenset[str]


@dataclass(frozen=True, slots=True, eq=False)
class Plane:
    """``raw`` in its own unit, ``chance`` what permutations give of it on average; ``contributions`` has a number for each world.

    ``effect`` = (raw − chance) / root mean square, with limits; ``detectable`` is the smallest effect seen with the stated power.
    """

    raw: float
    chance: float
    effect: float
    low: float
    high: float
    p: float
    worlds: tuple[str, ...]
    contributions: Floats

    @property
    def n(self) -> int:
        return len(self.worlds)

    @property
    def detectable(self) -> float:
        return detectable(self.n)


@dataclass(frozen=True, slots=True)
class Interaction:
    """The effect on actions minus that on language, on the worlds of both."""

    effect: float
    low: float
    high: float
    p: float
    n: int


def detectable(n: int, alpha: float = statistics.ALPHA, power: float = statistics.POWER) -> float:
    """The smallest standardised effect that ``n`` pairs show: (z₁₋α/₂ + z₁₋β) / √n, at most 1."""
    z = NormalDist().inv_cdf(1 - alpha / 2) + NormalDist().inv_cdf(power)
    return min(1.0, z / math.sqrt(n)) if n else 1.0


def actions(first: Iterable[Act], second: Iterable[Act], *names: str) -> Plane | None:
    """How far apart the commits of two arms are: their total variation distance, less its mean over exchanges of the arms.

    In each context ½ Σ |p − q| over the actions, contexts weighted by their acts. Two samples of one distribution are never quite alike:
    the permutation mean, over exchanges of the arms within worlds, is what that alone comes to. None without a world in common.
    """
    before, after, worlds, contexts = _counts(list(first), list(second))
    if not worlds:
        return None
    moved = _flips(len(worlds), (*names, "actions")) @ (after - before)
    one, other = (np.concatenate([arm.sum(axis=0)[None, :], arm.sum(axis=0) + sign * moved]) for arm, sign in ((before, 1), (after, -1)))
    sizes = [np.maximum(arm @ contexts, 1) for arm in (one, other)]
    weights = (one[0] + other[0]) @ contexts / max(1.0, float((one[0] + other[0]).sum()))
    apart = other / sizes[1] - one / sizes[0]
    distances = (np.abs(apart) * weights).sum(axis=1) / 2
    raw, chance = float(distances[0]), float(distances[1:].mean())
    shares = (after / sizes[1][0] - before / sizes[0][0]) * np.sign(apart[0]) * weights
    return _plane(raw, chance, _p(distances), worlds, len(worlds) * shares.sum(axis=1) / 2, names)


def _counts(first: Sequence[Act], second: Sequence[Act]) -> tuple[Floats, Floats, tuple[str, ...], Floats]:
    """Acts of each arm by world and column (an action in a context); the worlds; what adds up the columns of each one's context."""
    worlds = sorted({act.world for act in first} & {act.world for act in second})
    columns = sorted({(act.context, act.action) for act in (*first, *second) if act.world in worlds})
    row, column = {world: i for i, world in enumerate(worlds)}, {key: i for i, key in enumerate(columns)}
    arms = []
    for acts in (first, second):
        counts = np.zeros((len(worlds), len(columns)))
        for act in acts:
            if act.world in row:
                counts[row[act.world], column[act.context, act.action]] += 1
        arms.append(counts)
    contexts = np.array([[one == other for other, _ in columns] for one, _ in columns], dtype=np.float64)
    return arms[0], arms[1], tuple(worlds), contexts


def language(first: Iterable[Talk], second: Iterable[Talk], *names: str) -> Plane | None:
    """By how much more a seat shares its partner's words in the second arm than in the first, strangers' words taken off in each.

    Overlap is Dice's 2 |A ∩ B| / (|A| + |B|) (1945, Ecology 26:297). From each is taken its mean overlap with the partners of all other
    worlds with the same referents: words that the matter itself calls for are shared with anybody. None without a world in common.
    """
    before, after = _entrained(list(first)), _entrained(list(second))
    worlds = tuple(sorted(set(before) & set(after)))
    if not worlds:
        return None
    moved = np.array([after[world] - before[world] for world in worlds])
    flips = 1 - 2 * _flips(len(worlds), (*names, "language"))
    means = np.abs(np.concatenate([[moved.mean()], (flips @ moved) / len(worlds)]))
    sign = -1.0 if moved.mean() < 0 else 1.0
    plane = _plane(float(means[0]), float(means[1:].mean()), _p(means), worlds, sign * moved, names)
    return plane if sign > 0 else Plane(-plane.raw, -plane.chance, -plane.effect, -plane.high, -plane.low, plane.p, worlds, moved)


def _entrained(talks: Sequence[Talk]) -> dict[str, float]:
    """By world, the overlap with the partner less that with strangers; worlds without a stranger of the same referents are left out."""
    found: dict[str, list[float]] = {}
    for talk in talks:
        strangers = [dice(talk.own, other.partner) for other in talks if other.referents == talk.referents and other.world != talk.world]
        if strangers:
            found.setdefault(talk.world, []).append(dice(talk.own, talk.partner) - sum(strangers) / len(strangers))
    return {world: sum(values) / len(values) for world, values in found.items()}


def dice(one: frozenset[str], other: frozenset[str]) -> float:
    """0 where neither says anything."""
    return 2 * len(one & other) / max(1, len(one) + len(other))


def interaction(done: Plane, said: Plane, *names: str) -> Interaction | None:
    """The size of the effect on actions minus the size of that on language; worlds are drawn together. None without a world in common.

    p is that of the bootstrap, and never below that of an exact sign test on so few worlds.
    """
    worlds = [world for world in done.worlds if world in set(said.worlds)]
    if not worlds:
        return None
    columns, chances, unseen = [], [], 0.0
    for plane in (done, said):
        sign = -1.0 if plane.raw < 0 else 1.0
        own = sign * plane.contributions[[plane.worlds.index(world) for world in worlds]]
        columns += [own, own**2]
        chances.append(sign * plane.chance)
        unseen += _unseen(own)
    rows = np.column_stack(columns)
    sums = np.concatenate([rows.sum(axis=0)[None, :], statistics.resampled_sums(rows, (*names, "interaction"))]) / len(worlds)
    sizes = _standardised(sums[:, 0] - chances[0], sums[:, 1]) - _standardised(sums[:, 2] - chances[1], sums[:, 3])
    low, high = (float(limit) for limit in np.quantile(sizes[1:], [0.025, 0.975]))
    beyond = min(int((sizes[1:] <= 0).sum()), int((sizes[1:] >= 0).sum()))
    p = min(1.0, max(2 * (1 + beyond) / (1 + len(sizes[1:])), 2.0 ** (1 - len(worlds))))
    effect = float(sizes[0])
    return Interaction(effect, max(-2.0, min(low, effect) - unseen), min(2.0, max(high, effect) + unseen), p, len(worlds))


def equivalent(plane: Plane, bound: float) -> float:
    """p of two one-sided t tests (Schuirmann 1987) that the effect lies within ±``bound`` standard deviations of its differences.

    Where no world differs at all there is no deviation to go by: then p is the chance to see that if so many worlds moved alike that
    the standardised effect (√q for a share q of worlds) were ``bound``: (1 − bound²)ⁿ.
    """
    n, values = plane.n, plane.contributions
    spread = float(values.std(ddof=1)) if n > 1 else 0.0
    if not spread:
        return 1.0 if values.any() else (1 - min(1.0, bound) ** 2) ** n
    size = float(values.mean()) / spread
    return max(student((bound - size) * math.sqrt(n), n - 1), student((bound + size) * math.sqrt(n), n - 1))


def student(t: float, freedom: int) -> float:
    """The chance that Student's t with ``freedom`` degrees exceeds ``t``: the finite series of Abramowitz & Stegun 26.7.3 and 26.7.4."""
    angle = math.atan(t / math.sqrt(freedom))
    cosine2 = math.cos(angle) ** 2
    term = total = math.cos(angle) if freedom % 2 else 1.0
    for k in range(3 if freedom % 2 else 2, freedom - 1, 2):
        term *= cosine2 * (k - 1) / k
        total += term
    inside = math.sin(angle) * total
    if freedom % 2:
        inside = 2 / math.pi * (angle + (inside if freedom > 1 else 0.0))
    return (1 - inside) / 2


def _plane(raw: float, chance: float, p: float, worlds: tuple[str, ...], moved: Floats, names: Sequence[str]) -> Plane:
    rows = np.column_stack([moved, moved**2])
    sums = np.concatenate([rows.sum(axis=0)[None, :], statistics.resampled_sums(rows, (*names, "plane"))]) / len(worlds)
    effects = _standardised(sums[:, 0] - chance, sums[:, 1])
    low, high = (float(limit) for limit in np.quantile(effects[1:], [0.025, 0.975]))
    effect = float(effects[0])
    unseen = _unseen(moved)
    if unseen:
        low, high = max(-1.0, effect - unseen), min(1.0, effect + unseen)
    return Plane(raw, chance, effect, min(low, effect), max(high, effect), p, worlds, moved)


def _unseen(moved: Floats) -> float:
    """How far limits reach where no world differs from another: the bootstrap would take for granted that none ever will. 0 elsewhere."""
    return 1 - 0.025 ** (1 / len(moved)) if np.ptp(moved) <= 1e-12 else 0.0


def _standardised(means: Floats, squares: Floats) -> Floats:
    found: Floats = np.divide(means, np.sqrt(squares), out=np.zeros_like(means), where=squares > 0)
    return found


def _flips(n: int, names: Sequence[str]) -> Floats:
    """Exchanges of the arms, a row each with a 1 for every world whose arms change places: all there are of few worlds, else some drawn."""
    if n <= _ENUMERABLE:
        return ((np.arange(2**n)[:, None] >> np.arange(n)) & 1).astype(np.float64)
    draws = stream(0, "planes", *names)
    rows = [[(bits >> place) & 1 for place in range(n)] for bits in (draws.bits(n) for _ in range(DRAWS))]
    return np.array(rows, dtype=np.float64)


def _p(found: Floats) -> float:
    """The share of exchanges that come to as much as what was found (first); what was found counts as one of those drawn."""
    reached = int((found[1:] >= found[0] - 1e-12).sum())
    return (1 + reached) / len(found) if len(found) == 1 + DRAWS else reached / (len(found) - 1)
