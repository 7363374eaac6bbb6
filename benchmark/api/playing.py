"""From a wish to a run folder, and from a run folder back to its plan."""

from __future__ import annotations

import sys
from contextlib import AsyncExitStack
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import models
from benchmark import views
from benchmark.api.wishes import Wish, defaults, make_plan, make_task
from benchmark.plan import Plan
from benchmark.records import Document
from benchmark.vocabulary import FolderError, Sampling, UsageError
from benchmark.worlds import Generated, Source, Stored, world_from_json
from models.spec import parse_spec

if TYPE_CHECKING:
    from benchmark.runner import Outcome, Settings
    from benchmark.stopping import Stop
    from models.spec import Spec


def run(wish: Wish, out: Path | None = None, settings: Settings | None = None) -> tuple[Path, Outcome]:
    """Plays what ``wish`` asks for into a run folder, or completes what is there. The folder, and how it ended.

    ConnectError before anything is written if the model cannot be reached.
    """
    from benchmark import runner
    from benchmark.stopping import run_to_end

    plan = make_plan(wish)
    path = out or Path("runs") / plan.folder_name()
    specs = [parse_spec(wish.model, defaults(wish)), *map(parse_spec, wish.partners)]
    return path, run_to_end(lambda stop: _run(plan, specs, path, settings or runner.Settings(), stop))


async def _run(plan: Plan, specs: list[Spec], path: Path, settings: Settings, stop: Stop) -> Outcome:
    from benchmark import runner
    from benchmark.folder import RUN, RunFolder

    if any(spec.scheme == "human" for spec in specs):
        settings = replace(settings, quiet=True)  # a line that moves would run through what a person types
    async with AsyncExitStack() as stack:
        connected = {spec.identity: await stack.enter_async_context(models.connect(spec)) for spec in specs}
        whole = plan.joined(plan_of(path)) if (path / RUN).exists() else plan
        folder = stack.enter_context(RunFolder.open(path, whole, connected[plan.model].details, sys.argv))
        return await runner.run(whole, connected, folder, settings, stop)


def plan_of(path: Path) -> Plan:
    """The plan that a run folder was made for, from its run.json and worlds.jsonl."""
    from benchmark.folder import read_run, read_worlds

    run = read_run(path)
    configuration, grid = run["configuration"], run["grid"]
    stored: dict[str, list[Document]] = {}
    try:
        for line in read_worlds(path):
            stored.setdefault(line["task"], []).append(line)
        if any(label not in grid["tasks"] for label in stored) or any(
            [line["index"] for line in lines] != list(range(len(lines))) for lines in stored.values()
        ):
            raise FolderError(f"{path / 'worlds.jsonl'} holds worlds that are not this run's, or not in their order")
        sources: list[Source] = []
        for label in grid["tasks"]:
            for level in configuration["levels"]:
                task = make_task(label, level)
                if task.version != configuration["tasks"][label]:
                    raise FolderError(
                        f"{path} was played with version {configuration['tasks'][label]} of {label}, and this is version "
                        f"{task.version}. Use the release of Parley that it names in run.json."
                    )
                lines = stored.get(label)
                worlds = tuple(world_from_json(line["world"]) for line in lines) if lines else None
                sources.append(Stored(task, worlds) if worlds else Generated(task, configuration["seed"]))
        return Plan(
            model=configuration["model"],
            sources=tuple(sources),
            conditions=tuple(views.CONDITIONS[name] for name in grid["conditions"]),
            sampling=Sampling(**configuration["sampling"]),
            seed=configuration["seed"],
            n=grid["n"],
            repeats=grid["repeats"],
            partners=tuple(configuration["partners"]),
        )
    except (LookupError, TypeError, AttributeError, ValueError, RecursionError, OverflowError, UsageError) as error:
        raise FolderError(f"{path}: run.json or worlds.jsonl holds what no run of this version does ({error!r:.200})") from None
