"""How a world of `crossed_wires` is dealt: one referent or two, whose note is the later on which point, and in which words.

Three worlds in three. *Same*: one referent, and each is up to date on the point that they look after, so that taking each at their word is
right. *Stale*: one referent, but somebody's news on a point they look after has been overtaken by a note of the other. *Two*: two
referents; what the other has noted, however late, does not count. Which of two notes is later is drawn before and apart from who is meant,
so that times say nothing about the referent. On at least one point the note of the one who does not own the matter is later and
differs: if nobody finds out who is meant, the answer is open.
"""

from __future__ import annotations

from typing import NamedTuple

from benchmark.lexicon import FIRST_NAMES
from benchmark.streams import Stream
from benchmark.vocabulary import Fact, Seat, World
from tasks.crossed_wires.points import Point, Scene
from tasks.crossed_wires.reference import DETAIL, REPORT
from tasks.crossed_wires.scenes import SCENES

SEATS = ("A", "B")
_EARLIEST, _LATEST = 7 * 60, 11 * 60 + 40
"""Minutes after midnight between which the earlier of two notes falls: so that no time says much about which it is."""
_NEAREST, _FARTHEST = 6, 45
"""Minutes between two notes on one point."""


class Dealing(NamedTuple):
    """What of a task's fields shapes its worlds."""

    apart: int
    remarks: int
    shared: int


def clock(minute: int) -> str:
    return f"{minute // 60}:{minute % 60:02d}"


def make_world(dealing: Dealing, seed: int, draw: Stream) -> World:
    """The world that ``draw`` gives; ``seed`` is only noted in it."""
    scene = draw.choice(SCENES)
    names = tuple(draw.sample(FIRST_NAMES, 2))
    owner, other = draw.shuffled(SEATS)
    is_two = draw.below(3) == 0
    keepers = tuple(draw.shuffled(SEATS))
    latest = _latest(keepers, other, draw)
    values = [draw.sample(range(len(point.values)), 2) for point in scene.reports]
    reports = {seat: [pair[place] for pair in values] for place, seat in enumerate(SEATS)}
    times = _times(latest, draw)
    whose = [owner, owner] if is_two else latest
    combination = tuple(reports[seat][number] for number, seat in enumerate(whose))
    table = _table(scene, draw)
    target = next(option for option, *pair in table if tuple(pair) == combination)
    details = _details(scene, owner, dealing.apart if is_two else 0, draw)
    remarks = _remarks(scene, dealing, draw)
    facts = [
        Fact(("scene",), scene.key, ""),
        Fact(("owner",), owner, ""),
        Fact(("keepers",), keepers, ""),
        Fact(("table",), table, ""),
        Fact(("manner",), (draw.below(len(scene.openings)), draw.below(len(scene.stakes)), draw.below(2)), ""),
    ]
    for seat in SEATS:
        held = [_detail(seat, point, details[seat][point.label], scene.name, draw) for point in scene.details]
        for number, point in enumerate(scene.reports):
            held.append(_report(seat, point, (reports[seat][number], times[seat][number]), scene.name, draw))
        held += [Fact(("remark", seat, text), True, text, (seat,), (text[:-1],)) for text in remarks[seat]]
        facts += draw.shuffled(held)
    return World(SEATS, names, tuple(facts), target, seed)


def _latest(keepers: tuple[Seat, ...], other: Seat, draw: Stream) -> list[Seat]:
    """Who has the later note on each report: both its keepers (half the time), or each the other's, or the other has both."""
    kind = draw.below(8)
    if kind < 4:
        return list(keepers)
    return list(keepers[::-1]) if kind < 7 else [other, other]


def _times(latest: list[Seat], draw: Stream) -> dict[Seat, list[int]]:
    """When each seat noted each report: four different minutes, none of them on the hour."""
    times: dict[Seat, list[int]] = {seat: [] for seat in SEATS}
    taken: set[int] = set()
    for last in latest:
        early = _free_minute(draw.between(_EARLIEST, _LATEST), taken)
        late = _free_minute(early + draw.between(_NEAREST, _FARTHEST), taken)
        for seat in SEATS:
            times[seat].append(late if seat == last else early)
    return times


def _free_minute(minute: int, taken: set[int]) -> int:
    """``minute`` or the next that is free."""
    while minute in taken or minute % 60 == 0:
        minute += 1
    taken.add(minute)
    return minute


def _table(scene: Scene, draw: Stream) -> tuple[tuple[str, int, int], ...]:
    """(option, value of the first report, value of the second) in the order of the prompt."""
    first, second = (range(len(point.values)) for point in scene.reports)
    pairs = draw.shuffled([(one, other) for one in first for other in second])
    return tuple((option, *pair) for option, pair in zip(draw.sample(scene.options, len(pairs)), pairs, strict=True))


def _details(scene: Scene, owner: Seat, apart: int, draw: Stream) -> dict[Seat, dict[str, int]]:
    """The details in both seats' notes; they differ in ``apart`` of them. On no sheet do all have the same number, so that exchanging
    them makes something else."""
    size = {point.label: len(point.values) for point in scene.details}
    mine = {label: draw.below(n) for label, n in size.items()}
    if len(set(mine.values())) == 1:
        label = draw.choice(scene.detail_labels)
        mine[label] = (mine[label] + draw.between(1, size[label] - 1)) % size[label]
    theirs = dict(mine)
    changed = draw.sample(scene.detail_labels, apart)
    for label in changed:
        theirs[label] = (mine[label] + draw.between(1, size[label] - 1)) % size[label]
    if len(set(theirs.values())) == 1:
        label = changed[-1]
        theirs[label] = draw.choice([value for value in range(size[label]) if value not in (mine[label], theirs[label])])
    return {seat: mine if seat == owner else theirs for seat in SEATS}


def _remarks(scene: Scene, dealing: Dealing, draw: Stream) -> dict[Seat, list[str]]:
    """``shared`` remarks stand in both sets of notes, whether they are about the same or not."""
    order = [_about(text, scene.name) for text in draw.shuffled(scene.remarks)]
    rest = order[dealing.shared :]
    own = dealing.remarks - dealing.shared
    return {seat: order[: dealing.shared] + rest[place * own : (place + 1) * own] for place, seat in enumerate(SEATS)}


def _about(template: str, name: str, **more: str) -> str:
    return template.format(x=name, X=name[0].upper() + name[1:], **more)


def _detail(seat: Seat, point: Point, value: int, name: str, draw: Stream) -> Fact:
    """Without strings: one value in four can be guessed."""
    return Fact((DETAIL, seat, point.label), value, _about(draw.choice(point.notes), name, v=point.said(value)), (seat,))


def _report(seat: Seat, point: Point, report: tuple[int, int], name: str, draw: Stream) -> Fact:
    time = clock(report[1])
    text = _about(draw.choice(point.notes), name, v=point.said(report[0]), t=time)
    return Fact((REPORT, seat, point.label), report, text, (seat,), (time,))
