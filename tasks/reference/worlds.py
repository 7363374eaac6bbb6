"""Makes two views that have one object in common or none, while everything else has a look-alike on the other side."""

from __future__ import annotations

from functools import cache
from itertools import compress, product
from operator import itemgetter
from typing import NamedTuple

from benchmark.lexicon import FIRST_NAMES
from benchmark.reading import number_word
from benchmark.streams import Stream
from benchmark.vocabulary import Fact, Seat, World
from tasks.reference.scenes import (
    ATTRIBUTES,
    COLOUR,
    KIND,
    MARK,
    MIDDLE,
    MIRRORED,
    NEUTRAL,
    PLACE,
    PLACES,
    SCENES,
    SIZE,
    SIZES,
    Scene,
    kinds_of,
    plural_of,
)

Thing = dict[str, str]
"""An object: its word for each attribute, the place as its viewer sees it."""

_neutral = itemgetter(*NEUTRAL)

GROUPS = (3, 2, 2, 1)
"""How many objects of a view are alike at a glance: eight in four groups, in each view."""


class Dealing(NamedTuple):
    """``shared`` of the eight objects look at a glance like some on the other side; all of these but the target differ in ``apart`` ways.

    ``remarks`` notes a side have no bearing.
    """

    shared: int
    apart: int
    remarks: int


class Pools(NamedTuple):
    """The words of one world; ``glance`` is what is counted beside the kind."""

    words: dict[str, tuple[str, ...]]
    glance: str
    rest: tuple[str, ...]
    """What a glance leaves open."""


def make_world(dealing: Dealing, seed: int, draw: Stream, solvable: bool) -> World:
    """A world of the given stream. The target is any of the shared objects, each as likely as the other."""
    scene = draw.choice(SCENES)
    people = tuple(draw.sample(FIRST_NAMES, 2))
    pools = _pools(scene, draw)
    views, target = _views(dealing, pools, draw, solvable)
    draw.shuffle(views)
    remarks = draw.sample(scene.remarks, 2 * dealing.remarks)
    facts = [Fact(("scene",), scene.key, ""), Fact(("glance",), pools.glance, "")]
    facts += [Fact((name,), pools.words[name], "") for name in NEUTRAL]
    for side, (seat, things) in enumerate(zip("AB", views, strict=True)):
        facts += _sheet(things, pools, remarks[side::2], seat, draw)
    answer = tuple(target[name] for name in NEUTRAL) if target else None
    return World(("A", "B"), people, tuple(facts), answer, seed, target is not None)


def _pools(scene: Scene, draw: Stream) -> Pools:
    words = {
        SIZE: SIZES,
        COLOUR: tuple(draw.sample(scene.colours.split(), 4)),
        MARK: tuple(draw.sample(scene.marks.split(), 4)),
        KIND: tuple(draw.sample(kinds_of(scene), 4)),
        PLACE: PLACES,
    }
    glance = draw.choice((SIZE, COLOUR, MARK))
    return Pools(words, glance, tuple(name for name in ATTRIBUTES if name not in (KIND, glance)))


def _views(dealing: Dealing, pools: Pools, draw: Stream, solvable: bool) -> tuple[list[list[Thing]], Thing | None]:
    """Both views, group by group, and the object in both, if any."""
    glances = list(product(pools.words[KIND], pools.words[pools.glance]))
    mine = draw.sample(glances, len(GROUPS))
    taken = list(mine)
    chosen = draw.below(dealing.shared) if solvable else -1
    left: list[Thing] = []
    right: list[Thing] = []
    target = None
    changes: list[str] = []
    for glance, size, shared in zip(mine, GROUPS, draw.choice(_ways(dealing.shared)), strict=True):
        group = _group(glance, size, pools, draw)
        left += group
        if not shared:
            other = _beside(glance, glances, taken, draw)
            taken.append(other)
            right += [_mirrored(thing) | {KIND: other[0], pools.glance: other[1]} for thing in group]
            continue
        if 0 <= chosen < size:
            target = group[chosen]
        right += _look_alikes(group, group.index(target) if target in group else -1, dealing.apart, pools, draw, changes)
        chosen -= size
    return [left, right], target


@cache
def _ways(shared: int) -> list[tuple[int, ...]]:
    """Every choice of groups that hold ``shared`` objects together, with a 1 for each that is chosen."""
    return [ways for ways in product((0, 1), repeat=len(GROUPS)) if sum(compress(GROUPS, ways)) == shared]


def _group(glance: tuple[str, str], size: int, pools: Pools, draw: Stream) -> list[Thing]:
    """``size`` objects alike at a glance, no two with the same neutral description."""
    neutral = [name for name in pools.rest if name != PLACE]
    looks = draw.sample(list(product(*(pools.words[name] for name in neutral))), size)
    return [
        {KIND: glance[0], pools.glance: glance[1], **dict(zip(neutral, look, strict=True)), PLACE: draw.choice(PLACES)} for look in looks
    ]


def _beside(glance: tuple[str, str], glances: list[tuple[str, str]], taken: list[tuple[str, str]], draw: Stream) -> tuple[str, str]:
    """A look that nobody has yet and that differs from ``glance`` in one of its two words where there is such a one."""
    free = [one for one in glances if one not in taken]
    return draw.choice([one for one in free if one[0] == glance[0] or one[1] == glance[1]] or free)


def _look_alikes(group: list[Thing], target: int, apart: int, pools: Pools, draw: Stream, changes: list[str]) -> list[Thing]:
    """For each object of ``group`` one on the other side: the same for the target, else ``apart`` changes in what a glance leaves open.

    ``changes`` holds attributes to change next, so that each gets its turn.
    """
    made: dict[int, Thing] = {target: _mirrored(group[target])} if target >= 0 else {}
    for place, thing in enumerate(group):
        if place == target:
            continue
        for _ in range(2 * len(pools.rest)):
            if len(changes) < apart:
                changes += [name for name in draw.shuffled(pools.rest) if name not in changes]
            changed = [changes.pop(0) for _ in range(apart)]
            values = [[word for word in pools.words[name] if (word == thing[name]) != (name in changed)] for name in pools.rest]
            variants = [thing | dict(zip(pools.rest, words, strict=True)) for words in product(*values)]
            # None of the objects on this side, and described like no other on that one.
            described = [_neutral(other) for other in made.values()]
            fit = [one for one in variants if one not in group and _neutral(one) not in described]
            if fit:
                made[place] = _mirrored(draw.choice(fit))
                break
    return [made[place] for place in range(len(group))]


def _mirrored(thing: Thing) -> Thing:
    return thing | {PLACE: MIRRORED[thing[PLACE]]}


def _sheet(things: list[Thing], pools: Pools, remarks: list[str], seat: Seat, draw: Stream) -> list[Fact]:
    """The notes of ``seat``: how many look alike at a glance, then its objects and remarks in any order, one remark among the first."""
    notes, asides = [], []
    for thing in things:
        slot, value = ("object", thing[KIND], thing[pools.glance]), tuple(thing[name] for name in pools.rest)
        notes.append(Fact(slot, value, _note(thing, draw), (seat,)))
    for remark in remarks:
        text, word = remark.replace("[", "").replace("]", ""), remark.partition("[")[2].partition("]")[0]
        asides.append(Fact(("remark", word), text, text, (seat,), (word,)))
    counts: dict[tuple[str, str], int] = {}
    for thing in draw.shuffled(things):
        counts[thing[KIND], thing[pools.glance]] = counts.get((thing[KIND], thing[pools.glance]), 0) + 1
    forms = draw.bits(1)
    tallies = [Fact(("tally", kind, look), number, _tally(kind, look, number, forms), (seat,)) for (kind, look), number in counts.items()]
    early, others = asides[:1], draw.shuffled([*notes, *asides[1:]])
    first = draw.below(3)
    return [*tallies, *others[:first], *early, *others[first:]]


def _note(thing: Thing, draw: Stream) -> str:
    """One object in words, in one of many forms."""
    where = "in the middle" if thing[PLACE] == MIDDLE else draw.choice(("on the {}", "at the {} end")).format(thing[PLACE])
    aside = draw.choice((None, MARK, SIZE))
    before = [thing[name] for name in (SIZE, COLOUR, MARK) if name != aside]
    what = f"{_article(before[0])} {' '.join([*before, thing[KIND]])}" + (f", {thing[aside]}" if aside else "")
    return f"{where.capitalize()}, {what}." if draw.bits(1) else f"{what.capitalize()}, {where}."


def _tally(kind: str, look: str, number: int, form: int) -> str:
    named = f"{look} {plural_of(kind) if number > 1 else kind}"
    return f"{number_word(number).capitalize()} {named} overall." if form else f"Overall, {number_word(number)} {named}."


def _article(word: str) -> str:
    return "an" if word[0] in "aeiou" else "a"
