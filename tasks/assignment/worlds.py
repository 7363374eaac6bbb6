"""Worlds of `assignment`: scenes, and the facts that make a world of a score table."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import NamedTuple

from benchmark.prompts import listing
from benchmark.streams import Stream
from benchmark.vocabulary import Fact, Json, Seat, World
from tasks.assignment.boards import UNSEEN, Board, best_plan, total

SEATS: tuple[Seat, Seat] = ("A", "B")


class Scene(NamedTuple):
    """Who is placed where, and why it matters. ``link`` stands between a person and a job."""

    people: str
    person: str
    job: str
    link: str
    story: str
    jobs: tuple[str, ...]


SCENES: Mapping[str, Scene] = {
    "theatre": Scene(
        "actors",
        "actor",
        "role",
        "as the",
        "{a} directs the winter play of a small theatre and {b} pays for it. The cast list goes up tonight, and a badly cast play closes "
        "in a week.",
        tuple("king thief widow miller jester duke poet ghost beggar sailor baker witch".split()),
    ),
    "festival": Scene(
        "volunteers",
        "volunteer",
        "stall",
        "at the",
        "{a} and {b}, neighbours who run a street festival together, must say who stands where. The gates open in an hour, and what the "
        "stalls take tonight pays for next year.",
        tuple("grill bakery raffle stage gate kiosk pottery archery lanterns carousel tombola cinema".split()),
    ),
    "expedition": Scene(
        "members",
        "member",
        "post",
        "as the",
        "{a} leads an expedition to the ice and {b}, who went the year before, equips it. Once the ship has sailed nobody can change "
        "posts, and a wrong hand in one of them can cost the season.",
        tuple("cook medic pilot diver scout climber tracker mechanic boatman surveyor smith dentist".split()),
    ),
    "hospital": Scene(
        "nurses",
        "nurse",
        "ward",
        "in",
        "{a} heads the day shift of a hospital and {b} the night shift. They share the nurses, have worked with different ones, and must "
        "settle the new wards before the old wing closes on Friday.",
        tuple("burns trauma surgery dialysis neurology oncology urology recovery radiology maternity".split()),
    ),
    "newsroom": Scene(
        "reporters",
        "reporter",
        "desk",
        "on",
        "{a} and {b} edited rival papers until the papers were merged. They do not much like each other, but tomorrow's issue needs every "
        "desk filled.",
        tuple("courts sport science markets weather politics crime food travel fashion".split()),
    ),
    "school": Scene(
        "teachers",
        "teacher",
        "club",
        "for",
        "{a} and {b}, old friends, founded a school together. Every club needs one teacher, and a dull club is an empty one by spring.",
        tuple("chess drama robotics choir rowing fencing debate gardening film ballet".split()),
    ),
    "workshop": Scene(
        "restorers",
        "restorer",
        "piece",
        "on the",
        "{a} manages a museum's workshop and {b} its collection. Each piece goes to one restorer for the year, and what is spoiled stays "
        "spoiled.",
        tuple("fresco globe tapestry clock altar mosaic harp mask statue vase scroll fountain".split()),
    ),
    "conference": Scene(
        "reviewers",
        "reviewer",
        "paper",
        "on",
        "{a} and {b} chair one track of a conference. Every paper goes to one reviewer, and authors remember a reviewer who knew nothing "
        "of the matter.",
        tuple("parsing speech vision robotics graphs ethics privacy search games memory".split()),
    ),
}

PUBLISHED = "conference"
"""The scene of the published games."""

_TEXTS = (
    "On {o}'s sheet, {pair} has a reading of {v}.",
    "{o}'s sheet puts {pair} at {v}.",
    "{pair} stands at {v} on {o}'s sheet.",
    "For {pair}, {o}'s sheet gives a reading of {v}.",
)


class Setting(NamedTuple):
    """Everything about a world that is not on its board."""

    scene: str
    organisers: tuple[str, str]
    people: tuple[str, ...]
    jobs: tuple[str, ...]
    scales: tuple[float, float]
    seed: int
    published: bool


def make_world(setting: Setting, board: Board, draws: Stream) -> World:
    """The world of ``board`` in ``setting``; ``draws`` orders and words each sheet."""
    scene = SCENES[setting.scene]
    facts = [
        Fact(("scene",), setting.scene, ""),
        Fact(("people",), setting.people, f"The {scene.people}: {listing(setting.people)}."),
        Fact(("jobs",), setting.jobs, f"The {scene.job}s: {listing(setting.jobs)}."),
    ]
    for number, seat in enumerate(SEATS):
        facts += _sheet(setting, board, number, seat, draws)
    best = total(board.table, best_plan(board.table))
    floor = max(total(board.table, best_plan(board.seen(seat))) for seat in (0, 1))
    target = (setting.people, setting.jobs, board.table, best, floor, setting.published)
    return World(SEATS, setting.organisers, tuple(facts), target, setting.seed)


def _sheet(setting: Setting, board: Board, number: int, seat: Seat, draws: Stream) -> list[Fact]:
    scene, owner, scale = SCENES[setting.scene], setting.organisers[number], setting.scales[number]
    average = _plain(float(f"{UNSEEN * scale:.4g}"))
    text = f"An average pair reads {average} on {owner}'s sheet."
    facts = [Fact(("unit", seat), (average, average), text, (seat,), _telling(average))]
    first = draws.below(len(_TEXTS))
    for place, (i, j) in enumerate(draws.shuffled(sorted(board.sheets[number])), first):
        person, job = setting.people[i], setting.jobs[j]
        reading = math.floor(board.table[i][j] * scale + 0.5)
        text = _TEXTS[place % len(_TEXTS)].format(o=owner, pair=f"{person} {scene.link} {job}", v=reading)
        facts.append(Fact(("pair", person, job), (reading, average), text, (seat,), _telling(reading)))
    return facts


def _plain(number: float) -> Json:
    return int(number) if number.is_integer() else number


def _telling(number: float) -> tuple[str, ...]:
    """A number that nobody could come by as a percentage of average gives its sheet away."""
    return (str(number),) if number > 200 else ()
