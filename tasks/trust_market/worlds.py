"""How worlds of `trust_market` are made: who of the four behaves how, who is a person and who is not, and what everyone is told of that."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import astuple, replace

from benchmark.lexicon import FIRST_NAMES
from benchmark.streams import Stream
from benchmark.vocabulary import Fact, Seat, World
from tasks.trust_market.behaviours import BREAKER, ERRATIC, IMPROVING, MULTIPLIER, STEADY, Nature, draw_natures, draw_plan
from tasks.trust_market.scenes import AI, KINDS, NATURES, PERSON, SAYINGS, SCENES

SELECTOR = "A"
SEATS = ("A", "B", "C", "D", "E")
CANDIDATES = SEATS[1:]

KIND, LABEL, NATURE, FACTOR = "kind", "label", "nature", "factor"
PLAYED, PLEDGE, SHARE = "played", "pledge", "share"
"""First words of slots. ``kind`` is what a candidate is, ``label`` what everyone is told that it is, ``nature`` how a scripted one behaves
and its plan by round; ``played``, ``pledge`` and
``share`` are followed by the number of a round, from 1."""

HIDDEN, TRUE, FALSE = LABELS = ("hidden", "true", "false")
CROSSED, ALIGNED = PAIRINGS = ("crossed", "aligned")
"""How kinds go with behaviours: drawn anew in every world, two of each; or as where AI partners do give more, always alike."""


def make_world(noise: Mapping[str, int] | None, rounds: int, kinds: str, seed: int, draw: Stream) -> World:
    """``noise`` by behaviour; None where models play the candidates, which then have neither nature nor plan.

    Whatever is drawn is drawn in every arm, and in the same order: arms differ in nothing but what they are about.
    """
    scene = draw.choice(SCENES)
    names = tuple(draw.sample(FIRST_NAMES, len(SEATS)))
    manner = draw.below(len(scene.openings))
    natures = dict(zip(draw.sample(CANDIDATES, len(CANDIDATES)), draw_natures(noise or _NO_NOISE, draw), strict=True))
    drawn = draw.sample(CANDIDATES, 2)
    artificial = drawn if kinds == CROSSED else [seat for seat in CANDIDATES if natures[seat].behaviour in (STEADY, IMPROVING)]
    facts = [Fact(("scene",), scene.key, ""), Fact(("manner",), manner, "")]
    for seat, name in zip(CANDIDATES, names[1:], strict=True):
        nature = natures[seat]
        kind = AI if seat in artificial else PERSON
        facts.append(Fact((KIND, seat), kind, f"{name} is in fact {article(kind)}.", (seat,)))
        plan = draw_plan(nature, rounds, len(SAYINGS[kind]), draw)
        if noise is not None:
            text = NATURES[nature.behaviour].format(n=name, first=nature.first, last=nature.last, lure=nature.lure)
            facts.append(Fact((NATURE, seat), (astuple(nature), tuple(map(tuple, plan))), text, (seat,)))
            facts.append(pledged(name, seat, 1, plan[0].pledge))
    return World(SEATS, names, tuple(facts), None, seed, True, tuple((seat,) for seat in SEATS))


_NO_NOISE = {STEADY: 0, ERRATIC: 0, BREAKER: 0, IMPROVING: 0}


def told(world: World, label: str, public: bool) -> World:
    """``world`` with what is said of who is a person, and of the multiplier."""
    facts = list(world.facts)
    if label != HIDDEN:
        kinds = {fact.slot[1]: fact.value for fact in facts if fact.slot[0] == KIND}
        for seat, kind in kinds.items():
            shown = kind if label == TRUE else KINDS[1 - KINDS.index(kind)]
            facts.append(Fact((LABEL, seat), shown, f"{world.names[SEATS.index(seat)]} is {article(shown)}."))
    if public:
        facts.append(Fact((FACTOR,), MULTIPLIER, ""))
    else:
        facts.append(Fact((FACTOR,), MULTIPLIER, f"Whatever is handed over becomes {MULTIPLIER} times as much.", CANDIDATES))
    facts.sort(key=lambda fact: fact.slot[0] == PLEDGE)  # what is said of people comes before what they say
    return replace(world, facts=tuple(facts))


def article(kind: str) -> str:
    return f"an {kind}" if kind == AI else f"a {kind}"


def pledged(name: str, seat: Seat, number: int, share: int | None) -> Fact:
    """What ``name`` has pledged for round ``number``; None: nothing."""
    said = "nothing" if share is None else f"to send back {share} percent"
    return Fact((PLEDGE, str(number), seat), share, f"On the board for round {number}: {name} pledges {said}.")


def natures_of(world: World) -> dict[Seat, Nature]:
    """The behaviour of each scripted candidate; empty where models play."""
    return {fact.slot[1]: Nature(*fact.value[0]) for fact in world.facts if fact.slot[0] == NATURE}
