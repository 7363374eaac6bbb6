"""For the model's own page on the Hub: ``.eval_results/parley.yaml``, and the older ``model-index`` of its card.

Both take per cent, higher is better; the notes say what a figure must not be read without.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import yaml

from leaderboard.exports.talks import Cited, Result, notes, results

_NAMES = {"grounding_success": "Grounding success", "success": "Success"}


def eval_results(cited: Cited) -> Iterator[tuple[str, bytes]]:
    """Several measures of a task are several task ids, as the format asks."""
    said = cited.said
    source = {"source": {"url": cited.address, "name": "Parley entry"}} if cited.address else {}
    pinned = {"revision": cited.revision} if cited.revision else {}
    entries = [
        {
            "dataset": {"id": cited.dataset, "task_id": f"{one.task}/{one.measure}", **pinned},
            "value": _percent(one),
            "date": said.timing.created[:10],
            **source,
            "notes": f"per cent, 95% interval {100 * one.figure.ci95[0]:.1f} to {100 * one.figure.ci95[1]:.1f}; {notes(said)}",
        }
        for one in results(said)
    ]
    yield ".eval_results/parley.yaml", _yaml(entries)


def model_index(cited: Cited) -> Iterator[tuple[str, bytes]]:
    """The block for the front matter of a model's README."""
    said = cited.said
    by_task: dict[str, list[Result]] = {}
    for one in results(said):
        by_task.setdefault(one.task, []).append(one)
    pinned = {"revision": cited.revision} if cited.revision else {}
    source = {"source": {"name": "Parley entry", "url": cited.address}} if cited.address else {}
    found: list[dict[str, Any]] = [
        {
            "task": {"type": "text-generation", "name": "Asymmetric-information dialogue"},
            "dataset": {"name": f"Parley: {task}", "type": cited.dataset, "config": task, "split": "test", **pinned},
            "metrics": [{"type": one.measure, "value": _percent(one), "name": _NAMES[one.measure]} for one in ones],
            **source,
        }
        for task, ones in by_task.items()
    ]
    yield "model-index.yaml", _yaml({"model-index": [{"name": said.model.id.partition("/")[2], "results": found}]})


def _percent(one: Result) -> float:
    return round(100 * one.figure.value, 4)


def _yaml(document: Any) -> bytes:
    text: str = yaml.safe_dump(document, sort_keys=False, allow_unicode=False, width=10_000)
    return text.encode("ascii")
