"""Scorekeeping: asking a seat, aside from the talk, whether a partner knows by now what stands in the seat's own notes.

The rule that keeps probes from telling anything: a question is made of three things and nothing else, namely the sampling seed
of the episode (the same whatever the world holds), the seat's own view, and the words it heard. Hence

- it is about facts of the seat's own. A partner's fact that was not heard would be told by asking about it, a needed one would
  say what the answer hangs on (``needed`` looks at all notes), and whether a partner's words are true is for nobody to learn;
- of these, half have been told and half have not, as the seat's own words are read: the latter are the foils;
- turns, partner and facts are drawn from named streams.

A probe is a fork that enters no history, and its seeds and its kind are its own: a run with probes is the run without, and the probes.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from benchmark import ledger
from benchmark.answers import read_answer
from benchmark.streams import stream
from benchmark.task import Task
from benchmark.views import Condition, is_canary, own_view
from benchmark.vocabulary import Fact, Illegal, Json, Probe, Seat, Turn, View, World

KIND = "probe"

TURNS = 2
"""After how many turns of a round seats are asked."""

QUESTIONS = 2
"""How many questions each seat is then asked: about one fact that it told and one that it did not, wherever there are both."""

SCHEMA = json.dumps(
    {"type": "object", "properties": {"answer": {"type": ["boolean", "null"]}}, "required": ["answer"], "additionalProperties": False}
)


@dataclass(frozen=True, slots=True)
class Probed:
    """One answer: ``turns`` of all rounds had been said when ``seat`` was asked. ``answer`` is None if there was none that is usable."""

    seat: Seat
    turns: int
    probe: Probe
    answer: bool | None


def asked_under(condition: Condition) -> bool:
    """Only where talk is what lets a partner know."""
    return condition.grounds


def most(task: Task, condition: Condition) -> int:
    """The most probes of an episode under ``condition``."""
    return task.rounds * len(_middle(task)[:TURNS]) * QUESTIONS * (task.seats - len(task.fixed)) if asked_under(condition) else 0


def turns(task: Task, seed: int, number: int) -> frozenset[int]:
    """After how many turns of round ``number`` seats are asked: never at the ends, where scores are easy to keep."""
    return frozenset(stream(seed, KIND, number).shuffled(_middle(task))[:TURNS])


def _middle(task: Task) -> list[int]:
    """From a third of the turns, and not before everyone could speak, to three quarters of them."""
    return list(range(max(2, -(-task.turns // 3)), max(3, 3 * task.turns // 4 + 1)))


def questions(task: Task, view: View, seat: Seat, heard: Sequence[Turn], seed: int) -> tuple[Probe, ...]:
    """What ``seat`` is asked after ``heard``. ``seed`` names the draws, with the seat and the number of turns heard."""
    draws = stream(seed, KIND, seat, len(heard))
    partner = draws.choice([other for other in view.seats if other != seat])
    claims = task.claims(ledger.heard_by(partner, heard), view)
    states = {fact: ledger.was_told(task, fact, claims) for fact in _askable(task, view, seat)}
    told, untold = ([fact for fact, state in states.items() if state is wanted] for wanted in (True, False))
    chosen = [*draws.shuffled(told)[:1], *draws.shuffled(untold)[: QUESTIONS - bool(told)]]
    return tuple(Probe(fact, partner) for fact in draws.shuffled(chosen))


def _askable(task: Task, view: View, seat: Seat) -> list[Fact]:
    """The facts of ``seat`` that the ledger would notice if they were told in their own words."""
    own = [fact for fact in view.held_by(seat) if fact.text and not is_canary(fact)]
    standing = ledger.told(task.claims([Turn(seat, fact.text) for fact in own], view), "")
    return [fact for fact in own if ledger.presented_at(task, fact, standing) is not None]


def read(text: str) -> bool | None:
    """The answer in a reply; None if it holds none, or leaves it open."""
    try:
        answer = read_answer(text)
    except Illegal:
        return None
    return answer if isinstance(answer, bool) else None


def tally(task: Task, world: World, said: Sequence[Turn], probed: Iterable[Probed]) -> Mapping[Seat, dict[str, Json]]:
    """By seat, how its answers and the ledger agree; what was told in part only is neither, and left out.

    What is true is whether a holder of the fact had told it in words that the seat and its partner both heard.
    """
    counts: dict[Seat, dict[str, Json]] = {}
    for one in probed:
        fact, partner = one.probe.fact, one.probe.partner
        whole = next(other for other in world.facts if one.seat in other.holders and (other.slot, other.text) == (fact.slot, fact.text))
        both = ledger.heard_by(partner, ledger.heard_by(one.seat, said[: one.turns]))
        told = ledger.was_told(task, whole, task.claims(both, own_view(world, one.seat)))
        of = counts.setdefault(one.seat, dict.fromkeys(("asked", "told", "yes", "no", "agreed", "left_out"), 0))
        if told is None:
            of["left_out"] += 1
            continue
        of["asked"] += 1
        of["told"] += told
        of["yes"] += one.answer is True
        of["no"] += one.answer is False
        of["agreed"] += one.answer is told
    return counts
