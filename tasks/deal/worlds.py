"""Worlds of `deal`: what there is, what it is worth to each of two people, and the divisions between them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import product
from typing import NamedTuple

from benchmark.streams import Stream
from benchmark.vocabulary import Fact, Seat, World
from tasks.deal.scenes import SCENES, UNWANTED

SEATS: tuple[Seat, Seat] = ("A", "B")

BAR = 0.95
"""The share of the best joint points that a division must reach."""

HARD = 0.8
"""The share of the best joint points that no view alone may reach."""

FAIR = 0.5
"""What the best division leaves each at least, of all their points."""

DRAFTS = 200
KINDS = 4
MOST = 9

Values = tuple[float, ...]
Counts = tuple[int, ...]


class Shape(NamedTuple):
    """All pieces are worth ``total`` points to each side; the best joint points are ``low`` to ``high`` times that."""

    total: int
    low: float
    high: float


class Heap(NamedTuple):
    """``counts`` pieces of each kind, what a piece is worth to each of the two, and what each gets without a deal."""

    counts: Counts
    values: tuple[Values, Values]
    walk: int


def worth(counts: Sequence[int], values: Sequence[float]) -> float:
    return sum(n * value for n, value in zip(counts, values, strict=True))


def both(counts: Counts, first: Counts, values: tuple[Values, Values]) -> tuple[float, float]:
    """What each gets when the first gets ``first`` and the second the rest."""
    rest = tuple(n - taken for n, taken in zip(counts, first, strict=True))
    return worth(first, values[0]), worth(rest, values[1])


def best_division(counts: Counts, values: tuple[Values, Values]) -> Counts:
    """What the first gets in the division of most joint points: each kind goes to whom it is worth more.

    Pieces worth the same to both go one by one to who has less so far, so that of equally good divisions one is chosen
    that leaves both alike.
    """
    first = [n if one > other else 0 for n, one, other in zip(counts, *values, strict=True)]
    tied = [kind for kind, (one, other) in enumerate(zip(*values, strict=True)) if one == other]
    have = [worth(first, values[0]), worth([0 if k in tied else n - first[k] for k, n in enumerate(counts)], values[1])]
    for kind in sorted(tied, key=lambda kind: -values[0][kind]):
        for _ in range(counts[kind]):
            if have[0] <= have[1]:
                first[kind] += 1
            have[have[0] > have[1]] += values[0][kind]
    return tuple(first)


@lru_cache(maxsize=4096)
def outcomes(heap: Heap) -> frozenset[tuple[float, float]]:
    """What both can get, over every division."""
    return frozenset(both(heap.counts, first, heap.values) for first in product(*(range(n + 1) for n in heap.counts)))


def is_pareto(heap: Heap, got: tuple[float, float]) -> bool:
    """Whether no division gives one more without giving the other less."""
    return not any(one >= got[0] and other >= got[1] and (one, other) != got for one, other in outcomes(heap))


def expected(counts: Counts, told: dict[int, float], total: float) -> Values:
    """Values of which some are known, by kind: the points that are left are spread evenly over the other pieces."""
    pieces = sum(n for kind, n in enumerate(counts) if kind not in told)
    left = max(total - sum(counts[kind] * value for kind, value in told.items()), 0.0)
    return tuple(float(told[kind]) if kind in told else left / pieces for kind in range(len(counts)))


def alone(heap: Heap, seat: int, total: float) -> Counts:
    """What the first gets in the division that is best by what one seat knows: its own values, and nothing of the other's."""
    guessed = expected(heap.counts, {}, total)
    own = heap.values[seat]
    return best_division(heap.counts, (own, guessed) if seat == 0 else (guessed, own))


def joint(heap: Heap, first: Counts) -> float:
    return sum(both(heap.counts, first, heap.values))


@lru_cache(maxsize=1024)
def _valuations(counts: Counts, total: int) -> tuple[Values, ...]:
    """Whole points a piece that make all pieces worth ``total``, two kinds being worth more than the average piece and two less.

    The first and the third kind are those that are worth more.
    """
    mean = total / sum(counts)
    choices = [[v for v in range(MOST + 1) if (v > mean if kind in (0, 2) else v < mean)] for kind in range(KINDS)]
    found = (tuple(map(float, values)) for values in product(*choices))
    return tuple(values for values in found if worth(counts, values) == total)


@lru_cache(maxsize=1024)
def fit_values(counts: Counts, shape: Shape) -> tuple[tuple[Values, Values], ...]:
    """Every two valuations for which the first two kinds should go to the first and the others to the second: see ``_is_fit``."""
    choices = _valuations(counts, shape.total)
    wanted = (*counts[:2], 0, 0)
    pairs = ((one, other) for one in choices for other in choices)
    return tuple(pair for pair in pairs if _is_fit(Heap(counts, pair, 0), wanted, shape))


def draw_heap(draws: Stream, shape: Shape) -> Heap:
    """A heap whose best division neither side can guess. Each side wants the same two kinds most and should get one of them.

    Which kinds go to whom is drawn evenly. Most counts allow some values, and 200 drafts that do not are not to be seen.
    """
    for _ in range(DRAFTS):
        counts = tuple(draws.between(1, 4) for _ in range(KINDS))
        if fits := fit_values(counts, shape):
            values = draws.choice(fits)
            order = draws.shuffled(range(KINDS))
            mixed = [tuple(row[kind] for kind in order) for row in (counts, *values)]
            return Heap(tuple(map(int, mixed[0])), (mixed[1], mixed[2]), shape.total // 4)
    raise RuntimeError(f"no heap of {shape} was fit in {DRAFTS} drafts")


def _is_fit(heap: Heap, wanted: Counts, shape: Shape) -> bool:
    """Whether ``wanted`` is the one best division, fair enough and worth what it should be.

    No side can guess it, and none needs to be told more than one number.
    """
    if any((one > other) != bool(n) or one == other for one, other, n in zip(*heap.values, wanted, strict=True)):
        return False
    got = both(heap.counts, wanted, heap.values)
    best = sum(got)
    if not shape.low * shape.total <= best <= shape.high * shape.total or min(got) < FAIR * shape.total:
        return False
    if any(joint(heap, alone(heap, seat, shape.total)) > HARD * best for seat in (0, 1)):
        return False
    return all(any(joint(heap, _told_one(heap, seat, kind)) >= BAR * best for kind in range(KINDS)) for seat in (0, 1))


def _told_one(heap: Heap, seat: int, kind: int) -> Counts:
    """The best division by what one seat knows that was told what a single kind is worth to the other."""
    other = heap.values[1 - seat]
    guessed = expected(heap.counts, {kind: other[kind]}, worth(heap.counts, other))
    return best_division(heap.counts, (heap.values[0], guessed) if seat == 0 else (guessed, heap.values[1]))


def best_joint(heap: Heap) -> float:
    return joint(heap, best_division(heap.counts, heap.values))


def floor(heap: Heap) -> float:
    """What the better of the two views alone would get, adopted by both."""
    return max(joint(heap, alone(heap, seat, worth(heap.counts, heap.values[seat]))) for seat in (0, 1))


_TEXTS = (
    "A {good} is worth {v} to {o}, {why}.",
    "Every {good} is worth {v} to {o}, {why}.",
    "Each {good} is worth {v} to {o}, {why}.",
)


def make_world(scene: str, names: tuple[str, str], goods: tuple[str, ...], heap: Heap, draws: Stream, seed: int) -> World:
    """The world of ``heap`` in a scene of ours; ``draws`` words and orders each side's notes."""
    from_scene = SCENES[scene].goods
    listed = [f"{n} {good if n == 1 else from_scene[good].plural}" for n, good in zip(heap.counts, goods, strict=True)]
    facts = [Fact(("scene",), (scene, draws.below(2)), ""), *_public(goods, heap, listed)]
    total = worth(heap.counts, heap.values[0])
    reasons = {good: draws.shuffled(from_scene[good].wanted) for good in goods}
    for number, seat in enumerate(SEATS):
        unwanted = draws.shuffled(UNWANTED)
        notes = []
        for kind in draws.shuffled(range(len(goods))):
            good, value = goods[kind], int(heap.values[number][kind])
            why = reasons[good][number] if value * sum(heap.counts) > total else unwanted[kind]
            form = draws.choice(_TEXTS)
            text = (form if heap.counts[kind] > 1 else _TEXTS[0]).format(good=good, v=points(value), o=names[number], why=why)
            notes.append(Fact(("worth", seat, good), value, text, (seat,), (why,)))
        facts += notes
    return World(SEATS, names, tuple(facts), target(heap, plain=False, published=False), seed)


def plain_world(scene: str, names: tuple[str, str], goods: tuple[str, ...], heap: Heap, seed: int, *, published: bool) -> World:
    """The world of ``heap`` as the published games put it: what each kind is worth, without reasons."""
    packed = scene == "casino"
    listed = [f"{n} packages of {good}" if packed else f"{n} {good}{'s' * (n > 1)}" for n, good in zip(heap.counts, goods, strict=True)]
    facts = [Fact(("scene",), (scene, 0), ""), *_public(goods, heap, listed)]
    for number, seat in enumerate(SEATS):
        for kind, good in enumerate(goods):
            value = int(heap.values[number][kind])
            piece = f"a package of {good}" if packed else f"a {good}"
            facts.append(Fact(("worth", seat, good), value, f"To {names[number]}, {piece} is worth {points(value)}.", (seat,)))
    return World(SEATS, names, tuple(facts), target(heap, plain=True, published=published), seed)


def target(heap: Heap, *, plain: bool, published: bool) -> tuple[object, ...]:
    """What worlds are scored by. In the published forms one view is often as good as both, and the floor is to part without a deal."""
    return (*heap, best_joint(heap), 2.0 * heap.walk if plain else floor(heap), published)


def points(value: int) -> str:
    return "nothing" if value == 0 else "1 point" if value == 1 else f"{value} points"


def _public(goods: tuple[str, ...], heap: Heap, listed: Sequence[str]) -> list[Fact]:
    total = int(worth(heap.counts, heap.values[0]))
    return [
        Fact(("goods",), goods, f"To divide: {', '.join(listed[:-1])} and {listed[-1]}."),
        Fact(("counts",), heap.counts, ""),
        Fact(("total",), total, ""),
        Fact(("walk",), heap.walk, ""),
    ]


@lru_cache(maxsize=1024)
def valuations(counts: Counts, total: int) -> tuple[Counts, ...]:
    """Every way to give pieces whole points so that all of them are worth ``total``."""
    choices = product(*(range(total // n + 1) for n in counts))
    return tuple(values for values in choices if worth(counts, values) == total)
