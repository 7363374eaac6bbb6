"""What there is, and what a model would be sent."""

from __future__ import annotations

import contextlib
from pathlib import Path

import models
import tasks
from benchmark import views
from benchmark.answers import write_answer
from benchmark.api.content import load_worlds, make_task
from benchmark.api.wishes import arms_of, check_tasks
from benchmark.episode import play
from benchmark.factors import Factors
from benchmark.naming import check_known
from benchmark.panels import CURRENT, PANELS
from benchmark.running.plan import PRESETS, Planned
from benchmark.vocabulary import Completion, Json, Request, UsageError
from benchmark.worlds import Generated, Source, Stored


def first_requests(task: str, index: int, condition: str, level: int, seed: int, worlds: Path | None = None, **arm: str) -> list[Request]:
    """The first request to every instance of one episode; where a talk must come first, nobody says anything in it.

    ``arm`` names factors (``benchmark.factors``). UsageError if there is no such task, world, condition or arm.
    """
    factors = Factors(**arm)
    chosen = views.CONDITIONS[check_known(condition, views.CONDITIONS, "condition")]
    source: Source = load_worlds(worlds, task) if worlds else Generated(make_task(task, level, foreign=(task,)), seed)
    if isinstance(source, Stored) and index >= len(source.worlds):
        raise UsageError(f"{worlds} holds worlds 0 to {len(source.worlds) - 1}, and {index} was asked for")
    arms_of(factors, [chosen], told=True)
    check_tasks(factors, [source.task])
    planned = Planned("", source, chosen, index, 0, {}, seed)
    steps = play(planned.task, planned.world(), chosen, planned.sampling_seed, factors=factors)
    first: dict[tuple[str, ...], Request] = {}
    with contextlib.suppress(StopIteration):
        request = next(steps)
        while True:
            first.setdefault(request.view.speaks, request)
            request = steps.send(Completion("" if request.schema is None else write_answer(None)))
    return list(first.values())


def listing(what: str) -> list[dict[str, Json]]:
    """The rows of ``bench list``: each has a "name" and an "about"."""
    if what in ("tasks", "tracks"):
        chosen = {name: tasks.TASKS.stated(name) for name in tasks.TASKS if what == "tasks" or name in tasks.BONDS}
        return [{"name": name, "about": about, "version": version} for name, (about, version) in chosen.items()]
    if what == "models":
        return [{"name": name, "about": about} for name, about in models.names().items()]
    if what == "conditions":
        return [{"name": name, "about": condition.purpose} for name, condition in views.CONDITIONS.items()]
    if what == "panels":
        return [_panel(name) for name in PANELS]
    return [{"name": name, "about": preset.purpose, "conditions": list(preset.conditions)} for name, preset in PRESETS.items()]


def _panel(name: str) -> dict[str, Json]:
    panel, also = PANELS[name], "; --partner panel means this one" if name == CURRENT else ""
    return {"name": name, "about": f"{panel.purpose} ({', '.join(panel.members)}){also}", "members": list(panel.members)}
