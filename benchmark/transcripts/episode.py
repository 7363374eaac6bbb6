"""One episode in full, as data for a page: what each seat could see, step by step, and what the referee knows beside it.

Everything is derived again from the record, as verification derives it: nothing here is stored.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from benchmark import ledger, views
from benchmark.records import Document
from benchmark.running.drive import replay
from benchmark.running.people import is_imported
from benchmark.running.plan import Planned
from benchmark.views import WHOLE
from benchmark.vocabulary import Answer, Claim, Json, Message, Request, Seat, Turn, World
from benchmark.worlds import freeze

Record = Mapping[str, Json]

_REPAIR = "repair"
_COMMIT = "commit"


@dataclass(slots=True)
class _Calls:
    """The calls of an episode that no step has taken yet, by round, kind of step and seat, each by its number."""

    waiting: dict[tuple[int, str, Seat], deque[int]]

    def take(self, number: int, kind: str, seat: Seat, most: int = 0) -> list[int]:
        """The next ``most`` calls (0: all that are left)."""
        found = self.waiting[number, kind, seat]
        return [found.popleft() for _ in range(min(most or len(found), len(found)))]


def transcript(planned: Planned, record: Record) -> Document:
    """``record`` of ``planned``, laid out. ``told`` and ``taken_up`` of a fact are numbers of turns, counted over all rounds from 0.

    Raises Broken, as verification does, if the record's completions do not lead through its episode.
    """
    world, asked = planned.world(), list[Request]()
    rounds: list[tuple[tuple[Turn, ...], Mapping[Seat, Answer]]]
    if is_imported(planned, record):
        rounds = [(_turns(one["turns"]), {seat: freeze(answer) for seat, answer in one["answers"].items()}) for one in record["rounds"]]
    else:
        rounds = [(one.turns, one.answers) for one in replay(planned, world, record["calls"], asked.append).rounds]
    worlds = _worlds(planned, world, [answers for _, answers in rounds])
    return {
        **{name: record[name] for name in ("id", "task", "level", "condition", "index", "repeat", "outcome", "score")},
        "brief": planned.task.brief(views.view(world, planned.condition.lenses(world)[0])),
        "seats": _seats(planned, world, record),
        "public": [fact.text for fact in world.facts if not fact.holders and fact.text],
        "facts": _facts(planned, worlds[-1], [turn for turns, _ in rounds for turn in turns]),
        "steps": _steps(planned, record, rounds, worlds, _waiting(record["calls"])),
        "calls": _prompts(record["calls"], asked),
    }


def _turns(found: Iterable[Record]) -> tuple[Turn, ...]:
    return tuple(Turn(turn["seat"], turn["text"], turn["to"]) for turn in found)


def _worlds(planned: Planned, world: World, answers: Sequence[Mapping[Seat, Answer]]) -> list[World]:
    """The world as it stood in each round."""
    worlds = [world]
    for number in range(1, len(answers)):
        worlds.append(views.with_facts(worlds[-1], planned.task.reveal(worlds[-1], answers[:number])))
    return worlds


def _seats(planned: Planned, world: World, record: Record) -> list[Document]:
    lenses = {seat: lens for lens in planned.condition.lenses(world) for seat in lens.speaks}
    licensed, delegated = record["score"]["licensed"] or {}, record["score"]["delegated"] or {}
    return [
        {
            "seat": seat,
            "name": name,
            "model": record["seats"][seat],
            "writes": list(lenses[seat].speaks),
            "sees": list(lenses[seat].sees),
            "licensed": licensed.get(seat),
            "delegated": delegated.get(seat),
            "fixed": seat in planned.task.fixed,
        }
        for seat, name in zip(world.seats, world.names, strict=True)
    ]


def _facts(planned: Planned, world: World, turns: Sequence[Turn]) -> list[Document]:
    """The private facts, canaries apart, and what became of each."""
    claims = planned.task.claims(turns, views.own_view(world, world.seats[0]))
    standing = ledger.told(claims, "")
    needed = {(fact.slot, fact.text) for fact in planned.task.needed(world)}
    found = []
    for fact in world.facts:
        if fact.holders and fact.text and not views.is_canary(fact):
            fate = ledger.fate(planned.task, fact, claims, standing)
            became = {"told": fate.told, "taken_up": fate.taken_up, "echo": fate.echo}
            found.append({"text": fact.text, "holders": list(fact.holders), "needed": (fact.slot, fact.text) in needed, **became})
    return found


def _waiting(calls: Iterable[Record]) -> _Calls:
    """A repair goes with what it repairs."""
    waiting, latest = defaultdict[tuple[int, str, Seat], deque[int]](deque), ""
    for place, call in enumerate(calls):
        latest = latest if call["kind"] == _REPAIR else call["kind"]
        waiting[call["round"], latest, call["seat"]].append(place)
    return _Calls(waiting)


def _steps(
    planned: Planned,
    record: Record,
    rounds: Sequence[tuple[tuple[Turn, ...], Mapping[Seat, Answer]]],
    worlds: Sequence[World],
    calls: _Calls,
) -> list[Document]:
    """What happened, in order: what was revealed, each turn, each commit; then calls that led to nothing."""
    steps: list[Document] = []
    before: tuple[Turn, ...] = ()
    for number, (turns, answers) in enumerate(rounds):
        if number:
            news = [fact for fact in worlds[number].facts[len(worlds[number - 1].facts) :] if fact.text]
            steps += [{"kind": "reveal", "round": number, "news": [{"text": fact.text, "holders": list(fact.holders)} for fact in news]}]
        said = _said(planned, worlds[number], before + turns)
        for place, turn in enumerate(turns, len(before)):
            talk = WHOLE if planned.condition.talk == WHOLE else "talk"
            made = calls.take(number, talk, turn.seat, 0 if talk == WHOLE else 1)
            heard = {"to": turn.to, "text": turn.text, "claims": said.get(place, []), "turn": place}
            steps.append({"kind": "turn", "round": number, "seat": turn.seat, "calls": made, **heard})
        before += turns
        for seat in _committing(record, number, answers):
            made = calls.take(number, _COMMIT, seat)
            given = {"answer": answers[seat]} if seat in answers else {}
            steps.append({"kind": _COMMIT, "round": number, "seat": seat, "calls": made, "last": number == len(rounds) - 1, **given})
    for (number, kind, seat), left in calls.waiting.items():
        steps += [{"kind": "aside", "of": kind, "round": number, "seat": seat, "calls": [call]} for call in left]
    return steps


def _committing(record: Record, number: int, answers: Mapping[Seat, Answer]) -> list[Seat]:
    """The seats that were asked to commit in round ``number``; people of a corpus have answers and no calls."""
    asked = {call["seat"] for call in record["calls"] if call["round"] == number and call["kind"] == _COMMIT}
    return sorted(asked | set(answers))


def _said(planned: Planned, world: World, turns: Sequence[Turn]) -> dict[int, list[str]]:
    """What the referee reads in each turn, in its own notation."""
    found = defaultdict(list)
    for claim in planned.task.claims(turns, views.own_view(world, world.seats[0])):
        found[claim.turn].append(_notation(claim))
    return found


def _notation(claim: Claim) -> str:
    about = " · ".join(claim.slot)
    return f"{claim.kind} {about}" if claim.value is None else f"{claim.kind} {about}: {_worded(claim.value)}"


def _worded(value: Json) -> str:
    return ", ".join(map(_worded, value)) if isinstance(value, tuple) else str(value)


def _prompts(calls: Sequence[Record], asked: Sequence[Request]) -> list[Document]:
    """Each call with its literal prompt: ``keep`` messages of call ``like`` (the latest of the same instance), then ``more``."""
    found, latest = list[Document](), dict[tuple[Seat, ...], int]()
    for number, (call, request) in enumerate(zip(calls, asked, strict=True)):
        instance = request.view.speaks
        like = latest.get(instance)
        keep = _in_common(asked[like].chat, request.chat) if like is not None else 0
        given = {name: call[name] for name in ("seat", "round", "kind", "raw", "thought", "finish", "usage", "retries", "seconds")}
        found.append({**given, "like": like, "keep": keep, "more": [list(message) for message in request.chat[keep:]]})
        latest[instance] = number
    return found


def _in_common(one: Sequence[Message], other: Sequence[Message]) -> int:
    return next((place for place, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
