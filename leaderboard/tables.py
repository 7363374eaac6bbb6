"""Worlds, records and scores as rows of tables: the columns of a published dataset, and what stands in them.

A row has a fixed schema, so what has none (an answer, a target, the value of a fact) is canonical JSON in a text column. Half
characters, which models write and Parquet cannot hold, are shown as U+FFFD. Beside these columns stands ``record`` (or ``world``):
the canonical JSON of all of it, exactly as it was recorded.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

from benchmark.records import Document, as_json, canonical
from benchmark.running.plan import Plan
from benchmark.task import Task
from benchmark.vocabulary import Json, World
from benchmark.worlds import world_to_json
from leaderboard.entry import CANARY

Schema = Mapping[str, Any]
"""Names and types of columns: a type is its name, [one] stands for a list of it, a mapping for a struct."""

TEXT, WHOLE, REAL, TRUTH = "string", "int64", "float64", "bool"

PLACE: Schema = {"task": TEXT, "version": WHOLE, "level": WHOLE, "index": WHOLE, "seed": WHOLE, "solvable": TRUTH}

FACT: Schema = {"slot": [TEXT], "value": TEXT, "text": TEXT, "holders": [TEXT], "strings": [TEXT]}

CALL: Schema = {
    "seat": TEXT, "round": WHOLE, "kind": TEXT, "seed": WHOLE, "raw": TEXT, "thought": TEXT, "finish": TEXT, "constrained": TRUTH,
    "chat_sha256": TEXT, "usage": {"prompt": WHOLE, "cached": WHOLE, "completion": WHOLE}, "retries": WHOLE, "seconds": REAL,
    "served": TEXT,
}  # fmt: skip

PLAYED: Schema = {
    "id": TEXT, **PLACE, "condition": TEXT, "repeat": WHOLE, "model": TEXT, "seats": [{"seat": TEXT, "model": TEXT}], "graded": TRUTH,
    "outcome": TEXT, "cost": REAL,
}  # fmt: skip

SCHEMAS: Mapping[str, Schema] = {
    "worlds": {
        **PLACE, "seats": [TEXT], "names": [TEXT], "sides": [[TEXT]], "facts": [FACT], "target": TEXT, "canary": TEXT, "world": TEXT,
    },
    "episodes": {
        **PLAYED, "calls": [CALL], "rounds": [{"turns": [{"seat": TEXT, "text": TEXT, "to": TEXT}], "answers": TEXT}], "score": TEXT,
        "digest": TEXT, "canary": TEXT, "record": TEXT,
    },
    "scores": {
        **PLAYED, "success": TRUTH, "raw": REAL, "floor": REAL, "best": REAL, "grounding_success": TRUTH, "lucky": TRUTH, "native": REAL,
        "psychic": WHOLE, "turns": WHOLE, "words": WHOLE, "calls": WHOLE, "prompt_tokens": WHOLE, "completion_tokens": WHOLE,
        "score": TEXT, "canary": TEXT,
    },
}  # fmt: skip
"""The configurations of a published dataset."""

_HALF = re.compile("[\ud800-\udfff]")


def splits(labels: Iterable[str]) -> dict[str, str]:
    """The name of the split of each task: letters, digits and "_", and no two alike."""
    named: dict[str, str] = {}
    for label in dict.fromkeys(labels):
        name = re.sub(r"\W+", "_", label, flags=re.ASCII).strip("_") or "task"
        while name in named.values():
            name += "_"
        named[label] = name
    return named


def world_row(task: Task, index: int, world: World) -> Document:
    """The row of one world, with the canaries that were laid in it."""
    document = as_json(world_to_json(world))
    facts = [{**fact, "slot": fact["slot"], "value": _text(fact["value"])} for fact in document["facts"]]
    shown = {name: document[name] for name in ("seats", "names", "sides", "seed", "solvable")}
    where = {"task": task.label, "version": task.version, "level": task.level, "index": index}
    row = {**where, **shown, "facts": facts, "target": _text(document["target"]), "canary": CANARY, "world": canonical(document)}
    return _readable(row)


def episode_row(record: Mapping[str, Json], model: str) -> Document:
    """The row of one record of a run of ``model``."""
    calls = [{name: call.get(name) for name in CALL} for call in record["calls"]]
    rounds = [{"turns": one["turns"], "answers": _text(one["answers"])} for one in record["rounds"]]
    rest = {"score": _text(record["score"]), "digest": record["digest"], "canary": CANARY, "record": canonical(record)}
    return _readable({**_played(record, model), "calls": calls, "rounds": rounds, **rest})


def score_row(record: Mapping[str, Json], model: str) -> Document:
    """What came of one record, without a word that was said."""
    score, value = record["score"], record["score"]["value"]
    named = {name: score[name] for name in ("success", "grounding_success", "lucky", "native", "psychic", "turns", "words")}
    tokens = {f"{kind}_tokens": sum(call["usage"][kind] for call in record["calls"]) for kind in ("prompt", "completion")}
    whole = {"calls": len(record["calls"]), **tokens, "score": _text(score), "canary": CANARY}
    return _readable({**_played(record, model), **named, **{name: value[name] for name in ("raw", "floor", "best")}, **whole})


def recorded(row: Mapping[str, Json]) -> Document:
    """The record of a row of ``episodes``, exactly: every key and value of its line in episodes.jsonl."""
    record: Document = json.loads(row["record"])
    return record


def worlds_of(plan: Plan) -> Iterable[tuple[Task, int, World]]:
    """Every world of ``plan`` once."""
    for source in plan.sources:
        for index in range(plan.worlds_of(source)):
            yield source.task, index, source.world(index)


def _played(record: Mapping[str, Json], model: str) -> Document:
    named = {name: record[name] for name in PLAYED if name not in ("seats", "model")}
    return {**named, "model": model, "seats": [{"seat": seat, "model": spec} for seat, spec in sorted(record["seats"].items())]}


def _text(value: Json) -> str:
    """One JSON value as a text of its own."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), allow_nan=False)


def _readable(row: Document) -> Document:
    """``row`` with a sign in place of every half character."""
    return {name: _whole(value) for name, value in row.items()}


def _whole(value: Json) -> Json:
    if isinstance(value, str):
        return _HALF.sub("\ufffd", value)
    if isinstance(value, Mapping):
        return _readable(dict(value))
    return [_whole(inner) for inner in value] if isinstance(value, list | tuple) else value
