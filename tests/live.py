"""The worlds of talks that separate models played, each seat seeing its own prompt alone.

What everyone knew in them stands in ``free_language/worlds.json``, task by task in the order in which they were played: the names, and
each fact with its value and its sentence. The talk was about these worlds, whatever a seed may draw by now.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from benchmark.vocabulary import Fact, View

_WORLDS: dict[str, Any] = json.loads((Path(__file__).parent / "free_language" / "worlds.json").read_text(encoding="utf-8"))


@cache
def views(task_name: str) -> tuple[View, ...]:
    return tuple(
        View(
            tuple("ABC"[: len(names)]),
            tuple(names),
            (),
            (),
            tuple(Fact(tuple(slot.split("/")), _frozen(value), text) for slot, (value, text) in facts.items()),
        )
        for names, facts in _WORLDS[task_name]
    )


def _frozen(value: Any) -> Any:
    return tuple(map(_frozen, value)) if isinstance(value, list) else value
