"""The score of one episode, as it stands in its record: what came of it, and whether it was earned."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict

from benchmark import ledger
from benchmark.episode import Episode
from benchmark.quoting import length
from benchmark.views import Condition
from benchmark.vocabulary import Answer, Json, Score, Seat, Task, Turn, World

Document = dict[str, Json]


def score(task: Task, world: World, condition: Condition, episode: Episode) -> Document:
    """``score`` of an episodes.jsonl line.

    An episode that was not decided scores as if every seat had declined, and is never a success. ``licensed``,
    ``delegated``, ``grounding_success`` and ``lucky`` are null where private facts could reach a partner without talk,
    or where ``candidates`` does not know what facts mean.
    """
    decided = episode.outcome == "decided"
    turns = tuple(turn for played in episode.rounds for turn in played.turns)
    answers: Mapping[Seat, Answer] = episode.rounds[-1].answers if decided else dict.fromkeys(world.seats)
    result = task.score(world, answers)
    success = decided and result.success
    return {
        "success": success,
        "value": {"raw": _rounded(result.raw), "floor": _rounded(result.floor), "best": _rounded(result.best)},
        **_grounding(task, world, condition, turns, answers if decided else {}, success),
        "facts": asdict(ledger.facts(task, world, turns)),
        "psychic": ledger.psychic(world, turns),
        "turns": len(turns),
        "words": sum(length(turn.text) for turn in turns),
        "native": _native(result, decided),
        "parts": {name: _rounded(part) for name, part in result.parts.items()},
    }


def _grounding(
    task: Task, world: World, condition: Condition, turns: tuple[Turn, ...], answers: Mapping[Seat, Answer], success: bool
) -> Document:
    if not (condition.grounds and task.semantic):
        return {"grounding_success": None, "lucky": None, "licensed": None, "delegated": None}
    earned = ledger.licence(task, world, turns, answers)
    everyone = all(earned.licensed.values())
    return {
        "grounding_success": success and everyone,
        "lucky": success and not everyone,
        "licensed": dict(earned.licensed),
        "delegated": dict(earned.delegated),
    }


def _native(result: Score, decided: bool) -> float | None:
    if result.native is None:
        return None
    return _rounded(result.native) if decided else 0.0


def _rounded(number: float) -> float:
    """To 12 digits, the precision at which scores are compared."""
    return float(f"{number:.12g}")
