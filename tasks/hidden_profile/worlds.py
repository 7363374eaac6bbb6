"""How a world of `hidden_profile` is dealt: who plays lure, rival and target, who holds which finding, and in which words.

The certificate, by construction. The ``lure`` leads on public findings and in every single view. The ``dud`` is out on public
findings, so that private ones about it are beside the point. ``target`` and ``rival`` look alike in every single view, with as many good
and as many bad findings of each, because one good finding of the rival and one bad one of the target are held twice; only the pool tells
them apart.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from benchmark.lexicon import FIRST_NAMES
from benchmark.streams import Stream
from benchmark.vocabulary import Fact, Seat, World
from tasks.hidden_profile.scenes import BAD, GOOD, PHRASINGS, SCENES, Scene

FINDING = "finding"
SEATS = ("A", "B", "C", "D", "E")
DEALINGS: Mapping[str, Mapping[int, tuple[str, str, str]]] = {
    "even": {3: ("012", "012", "012"), 4: ("012", "123", "123"), 5: ("012", "234", "234")},
    "tilted": {3: ("012", "122", "122"), 4: ("013", "122", "122"), 5: ("034", "122", "122")},
    "split": {3: ("011", "122", "222"), 4: ("011", "122", "222"), 5: ("011", "122", "222")},
}
"""By number of seats, who is dealt the three good findings of target and rival, the three bad ones of each, and the lure's three bad ones.

For one who is dealt g, b and w of these, 2 + b > g + w keeps the lure ahead in their view. The first and the third in a row of three are
never the same seat, because they share a finding (see ``_doubled``).
"""

_PUBLIC = {"target": (2, 1), "rival": (2, 1), "lure": (4, 1), "dud": (0, 4)}
"""How many good and bad findings of each option everyone knows."""
_DUD_PRIVATE = 4

Holders = tuple[Seat, ...]
Finding = tuple[str, str, str, Holders]
"""(option, criterion, value, holders)"""


class Dealing(NamedTuple):
    """What of a task's fields shapes its worlds."""

    seats: int
    remarks: int
    pattern: str


def make_world(dealing: Dealing, seed: int, draw: Stream) -> World:
    """The world that ``draw`` gives; ``seed`` is only noted in it."""
    scene = draw.choice(SCENES)
    options = tuple(draw.sample(scene.options, 4))
    criteria = tuple(draw.shuffled([criterion.label for criterion in scene.criteria]))
    roles = dict(zip(_PUBLIC, draw.sample(options, 4), strict=True))
    order = draw.shuffled(SEATS[: dealing.seats])
    hands = _hands([[order[int(digit)] for digit in digits] for digits in DEALINGS[dealing.pattern][dealing.seats]])
    load = {seat: sum(seat in holders for hand in hands.values() for kind in hand for holders in kind) for seat in order}
    for _ in range(_DUD_PRIVATE):
        hands["dud"][draw.below(2)].append(_lightest(load))
    findings = [
        finding for role, option in roles.items() for finding in _spread(option, _PUBLIC[role], hands[role], draw.shuffled(criteria))
    ]
    facts = _worded(scene, findings, draw)
    about = draw.shuffled(options)
    for number, remark in enumerate((draw.shuffled(scene.remarks) * 2)[: dealing.remarks]):
        option = about[(number + number // len(scene.remarks)) % len(about)]
        text = remark.format(option=option)
        facts.append(Fact(("remark", option, remark), True, text, _lightest(load), (text[:-1],)))
    public = sorted((fact for fact in facts if not fact.holders), key=lambda fact: options.index(fact.slot[1]))
    setting = tuple(Fact((slot,), value, "") for slot, value in (("scene", scene.key), ("options", options), ("criteria", criteria)))
    private = draw.shuffled([fact for fact in facts if fact.holders])
    names = tuple(draw.sample(FIRST_NAMES, dealing.seats))
    return World(SEATS[: dealing.seats], names, (*setting, *public, *private), roles["target"], seed)


def _hands(dealt: Sequence[Sequence[Seat]]) -> dict[str, tuple[list[Holders], list[Holders]]]:
    """By role, the holders of each private good and of each private bad finding."""
    good, bad, lure = dealt
    return {
        "target": ([(seat,) for seat in good], _doubled(bad)),
        "rival": (_doubled(good), [(seat,) for seat in bad]),
        "lure": ([], [(seat,) for seat in lure]),
        "dud": ([], []),
    }


def _doubled(seats: Sequence[Seat]) -> list[Holders]:
    """Two findings for three seats: the first and the third hold the same one."""
    first, second, third = seats
    return [tuple(sorted((first, third))), (second,)]


def _lightest(load: dict[Seat, int]) -> Holders:
    """The seat with the fewest notes, which is thereby given one more."""
    seat = min(load, key=lambda seat: load[seat])
    load[seat] += 1
    return (seat,)


def _spread(option: str, public: tuple[int, int], hand: tuple[list[Holders], list[Holders]], criteria: list[str]) -> list[Finding]:
    """The findings of ``option``, over ``criteria`` in that order."""
    everyone: Holders = ()
    held = [(value, everyone) for value, n in zip((GOOD, BAD), public, strict=True) for _ in range(n)]
    held += [(value, holders) for value, hand_of in zip((GOOD, BAD), hand, strict=True) for holders in hand_of]
    return [(option, criterion, *rest) for criterion, rest in zip(criteria, held, strict=True)]


def _worded(scene: Scene, findings: Sequence[Finding], draw: Stream) -> list[Fact]:
    """Findings as facts. No detail stands in two of them, so that each gives its finding away."""
    details = {(criterion.label, value): draw.shuffled(texts) for criterion in scene.criteria for value, texts in criterion.details.items()}
    facts = []
    for option, label, value, holders in draw.shuffled(findings):
        detail = details[label, value].pop()
        own = f"{option}'" if option.endswith("s") else f"{option}'s"
        text = draw.choice(PHRASINGS[value]).format(option=option, own=own, criterion=label, detail=detail)
        facts.append(Fact((FINDING, option, label), value, text, holders, (detail,)))
    return facts
