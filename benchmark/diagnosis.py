"""What an episode shows of how its seats talked, beside its score: derived when it is recorded, so that a report takes one pass.

Everything is counted by seat, because a report is about the seats of one model, and only where talk is what lets facts travel.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from benchmark import ledger, probes, questions
from benchmark.probes import Probed
from benchmark.task import Task
from benchmark.views import Condition, own_view
from benchmark.vocabulary import Claim, Json, Seat, Turn, World

Document = dict[str, Json]


def diagnosis(task: Task, world: World, condition: Condition, turns: Sequence[Turn], probed: Sequence[Probed]) -> Document | None:
    """``score.diagnosis`` of a record, a document for each seat; None where facts can reach a partner without talk."""
    if not condition.grounds:
        return None
    found: dict[Seat, Document] = {}
    read: dict[tuple[Turn, ...], tuple[Claim, ...]] = {}
    for seat in (seat for seat in world.seats if seat not in task.fixed):
        heard = ledger.heard_by(seat, turns)
        if (claims := read.get(heard)) is None:  # who hears the same reads the same
            claims = read[heard] = task.claims(heard, own_view(world, seat))
        talk = questions.Talk(seat, heard, claims)
        found[seat] = false_claims(task, world, claims_of(talk))
        found[seat] |= questions.asked(task, world, talk) | questions.clarified(task, world, talk)
    for seat, counts in probes.tally(task, world, turns, probed).items():
        found[seat] |= {"probes": counts}
    return dict(found)


def claims_of(talk: questions.Talk) -> tuple[Claim, ...]:
    """What its seat told, each thing once."""
    said: dict[tuple[str, tuple[str, ...], Json], Claim] = {}
    for claim in talk.claims:
        if claim.seat == talk.seat and claim.kind in ("affirm", "exclude"):
            said.setdefault((claim.kind, claim.slot, claim.value), claim)
    return tuple(said.values())


def false_claims(task: Task, world: World, claims: Iterable[Claim]) -> Document:
    """How many different things a seat affirmed or excluded of what its own notes settle, and how many of them its notes deny.

    To say what one's notes leave open is an invention and not counted here; nor is what others' notes deny and one's own do not.
    """
    claims = [claim for claim in claims if task.is_own(world, claim)]
    return {"claims": len(claims), "false_claims": sum(not task.founded(world, claim, ()) for claim in claims)}


COUNTS = ("claims", "false_claims", "questions", "valued", "bits", "unclear", "clarifying", "rightly")
PROBES = ("asked", "agreed", "told", "yes", "no", "left_out")
COLUMNS = (*COUNTS, *(f"probes_{name}" for name in PROBES))
"""What a report keeps of it: a number each, added up over the seats that the tested model played; NaN where there is none."""

_NOTHING = (float("nan"),) * len(COLUMNS)


def numbers(score: Mapping[str, Json], tested: Iterable[Seat]) -> tuple[float, ...]:
    """``COLUMNS`` of a recorded score, for the seats ``tested``."""
    diagnosed = score.get("diagnosis") or {}
    mine = [of for seat in tested if (of := diagnosed.get(seat))]
    if not mine:
        return _NOTHING
    asked = [of["probes"] for of in mine if "probes" in of]
    probed = tuple(_sum(asked, name) for name in PROBES) if asked else _NOTHING[len(COUNTS) :]
    return (*(_sum(mine, name) for name in COUNTS), *probed)


def _sum(parts: Sequence[Mapping[str, Json]], name: str) -> float:
    found = [part[name] for part in parts if name in part]
    return float(sum(found)) if found else float("nan")
