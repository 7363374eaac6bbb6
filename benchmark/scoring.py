"""The score of one episode, as it stands in its record: what came of it, and whether it was earned."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict

from benchmark import ledger
from benchmark.diagnosis import diagnosis
from benchmark.episode import Episode
from benchmark.quoting import length
from benchmark.task import Task
from benchmark.views import Condition
from benchmark.vocabulary import Answer, Json, Score, Seat, Turn, World

Document = dict[str, Json]

UNGROUNDED: Document = {"grounding_success": None, "lucky": None, "licensed": None, "delegated": None}
"""What stands in a score where grounding is not measured."""


def score(task: Task, world: World, condition: Condition, episode: Episode) -> Document:
    """``score`` of an episodes.jsonl line.

    An episode that was not decided scores as if every seat had declined, and is never a success. ``licensed``,
    ``delegated``, ``grounding_success`` and ``lucky`` are null where private facts could reach a partner without talk,
    or where ``candidates`` does not know what facts mean.
    """
    decided = episode.outcome == "decided"
    turns = _said(episode)
    answers: Mapping[Seat, Answer] = episode.rounds[-1].answers if decided else dict.fromkeys(world.seats)
    result = task.score(world, answers)
    success = decided and result.success
    return {
        "success": success,
        "value": {"raw": _rounded(result.raw), "floor": _rounded(result.floor), "best": _rounded(result.best)},
        **_grounding(task, world, condition, episode, success),
        "diagnosis": diagnosis(task, world, condition, turns, episode.probed),
        "facts": asdict(ledger.facts(task, world, turns)),
        "psychic": ledger.psychic(world, turns),
        "turns": len(turns),
        "words": sum(length(turn.text) for turn in turns),
        "native": _native(result, decided),
        "parts": {name: _rounded(part) for name, part in result.parts.items()},
        **({"curves": {name: list(map(_point, curve)) for name, curve in result.curves.items()}} if result.curves else {}),
    }


def _grounding(task: Task, world: World, condition: Condition, episode: Episode, success: bool) -> Document:
    """A right answer is earned if everyone was licensed, and not by anything that its speaker could only have invented."""
    if not (condition.grounds and task.semantic):
        return UNGROUNDED
    turns, last = _said(episode), episode.rounds[-1]
    answers = last.answers if episode.outcome == "decided" else {}
    found = ledger.licence(task, world, turns, answers, len(turns) - len(last.turns))
    earned = found.founded and all(found.licensed.values())
    return {
        "grounding_success": success and earned,
        "lucky": success and not earned,
        "licensed": dict(found.licensed),
        "delegated": dict(found.delegated),
    }


def _said(episode: Episode) -> tuple[Turn, ...]:
    return tuple(turn for played in episode.rounds for turn in played.turns)


def _native(result: Score, decided: bool) -> float | None:
    if result.native is None:
        return None
    return _rounded(result.native) if decided else 0.0


def _point(number: float | None) -> float | None:
    return None if number is None else _rounded(number)


def _rounded(number: float) -> float:
    """To 12 digits, the precision at which scores are compared."""
    return float(f"{number:.12g}")
