"""Records as a run writes them, made by hand, for tests of what is computed from records."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from benchmark.records import Document
from benchmark.streams import Stream, stream
from benchmark.views import CONDITIONS, NO_TALK, QUICK

MODEL = "vllm:Qwen/Qwen3-8B"

HABITS: dict[str, dict[str, tuple[float, float]]] = {
    "reference:honest": {"private": (1, 1), "mindreader": (1, 1), "omniscient": (1, 1), "silent": (0.15, 0), "solo": (1, 1)},
    "reference:egocentric": {"private": (0.2, 0), "mindreader": (1, 1), "omniscient": (1, 1), "silent": (0.2, 0), "solo": (1, 1)},
    MODEL: {"private": (0.6, 0.8), "mindreader": (0.85, 1), "omniscient": (0.9, 1), "silent": (0.2, 0), "solo": (0.95, 1)},
}
"""Invented players: by condition, how often they are right, and how often that is earned."""


def record(task: str = "alpha", condition: str = "private", index: int = 0, success: bool = True, **given: Any) -> Document:
    """A record with every key that a report reads. ``given`` replaces keys, those of the score and its value included."""
    talks, grounds = CONDITIONS[condition].talk != NO_TALK, CONDITIONS[condition].grounds
    outcome = given.pop("outcome", "decided")
    success = success and outcome == "decided"
    grounded = success and given.pop("grounded", True)
    raw = given.pop("raw", float(success))
    score = {
        "success": success,
        "value": {"raw": raw, "floor": given.pop("floor", 0.0), "best": given.pop("best", 1.0)},
        "grounding_success": grounded if grounds else None,
        "lucky": success and not grounded if grounds else None,
        "licensed": {"A": grounded, "B": grounded} if grounds else None,
        "delegated": {"A": False, "B": False} if grounds else None,
        "facts": {"needed": 4, "presented": 3, "taken_up": 2, "echo": 0},
        "psychic": 0,
        "turns": 5 if talks else 0,
        "words": given.pop("words", 60) if talks else 0,
        "native": given.pop("native", None),
        "parts": {},
    }
    call = {"seat": "A", "round": 0, "kind": "commit", "raw": "…", "usage": {"prompt": 300, "cached": 0, "completion": 20}}
    made = {
        "task": task,
        "condition": condition,
        "index": index,
        "level": 3,
        "repeat": 0,
        "seats": {"A": MODEL, "B": MODEL},
        "outcome": outcome,
        "graded": False,
        "solvable": True,
        "calls": [call, call],
        "rounds": [{"turns": [], "answers": {"A": None, "B": None}}],
        "cost": 0.0,
    }
    made |= given
    seats = "".join(made["seats"])
    made["id"] = f"{task}/{made['level']}/{condition}/{index}/{made['repeat']}/{seats}/00000000"
    return {"schema": 1, **made, "score": score}


def run_of(records: list[Document], **given: Any) -> Document:
    """The run.json that ``records`` would stand beside; the plan is exactly they."""
    tasks = list(dict.fromkeys(one["task"] for one in records))
    conditions = [name for name in CONDITIONS if any(one["condition"] == name for one in records)]
    configuration = {"model": MODEL, "partners": [], "seed": 0, "factors": {}} | given.pop("configuration", {})
    grid = {"tasks": tasks, "conditions": conditions, "n": 1, "repeats": 1} | given.pop("grid", {})
    return {"id": "made-by-hand", "configuration": configuration, "grid": grid, "plan": len(records)} | given


def played_by(player: str, tasks: tuple[str, ...], n: int) -> list[Document]:
    """The records of an invented player: ``n`` worlds of each task under each usual condition; "assignment" is graded."""
    return [record for task in tasks for condition in QUICK for record in _cell(player, task, condition, n)]


def _cell(player: str, task: str, condition: str, n: int) -> Iterator[Document]:
    right, earned = HABITS[player][condition]
    for index in range(n):
        draws = stream(7, player, task, condition, index)
        success, grounded = draws.chance(right), draws.chance(earned)
        yield record(
            task,
            condition,
            index,
            success=success,
            grounded=grounded,
            graded=task == "assignment",
            raw=_worth(draws, task, success),
            floor=0.4 if task == "assignment" else 0.25,
            solvable=not (task == "mutual_friend" and index % 4 == 3),
            seats={"A": player, "B": player},
            outcome="illegal:B" if player == MODEL and draws.chance(0.03) else "decided",
        )


def _worth(draws: Stream, task: str, success: bool) -> float:
    if task != "assignment":
        return float(success)
    return (95 + draws.below(6) if success else 30 + draws.below(50)) / 100
