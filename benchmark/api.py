"""Parley from Python: what the commands do, as functions. With the command line, the one place that knows every part."""

from __future__ import annotations

import contextlib
import json
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import AsyncExitStack
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import TYPE_CHECKING

import models
import tasks
from benchmark import views
from benchmark.answers import write_answer
from benchmark.episode import play
from benchmark.naming import check_known
from benchmark.plan import PRESETS, Plan, Planned, Preset
from benchmark.records import Document, as_json, digest
from benchmark.vocabulary import Completion, FolderError, Json, Request, Sampling, Task, UsageError, WorldsError
from benchmark.worlds import Generated, Source, Stored, world_from_json
from models.spec import parse_spec

if TYPE_CHECKING:
    from benchmark.runner import Outcome, Settings
    from benchmark.stopping import Stop
    from leaderboard.verification import Finding
    from models.spec import Spec


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What a user asks for; None and empty mean "as the preset says"."""

    model: str
    partners: tuple[str, ...] = ()
    preset: str = "quick"
    tasks: tuple[str, ...] = ()
    conditions: tuple[str, ...] = ()
    levels: tuple[int, ...] = ()
    n: int | None = None
    repeats: int | None = None
    seed: int = 0
    worlds: Path | None = None
    sampling: Sampling = field(default_factory=Sampling)
    base_url: str | None = None
    model_args: tuple[str, ...] = ()


def make_task(text: str, level: int) -> Task:
    """The task of ``NAME[:k=v,…]`` at ``level``. UsageError for a name, option or level it does not know."""
    name, _, given = text.partition(":")
    kind = tasks.TASKS[check_known(name, tasks.TASKS, "task")]
    if not 1 <= level <= 5:
        raise UsageError(f"there is no level {level}; levels go from 1 to 5")
    options: dict[str, str] = {}
    for part in filter(None, given.split(",")):
        key, equals, value = part.partition("=")
        if not equals or not key or key in options or key in ("level", "cls"):
            raise UsageError(f'"{part}" in --task {text} is not an option; write NAME:key=value,key=value, each key once')
        options[key] = value
    label = name + (":" + ",".join(f"{key}={options[key]}" for key in sorted(options)) if options else "")
    return replace(kind.at(level, **options), label=label)


def load_worlds(path: Path, label: str | None = None) -> Stored:
    """The worlds of a file in a published format. WorldsError says which line and which field is wrong."""
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise WorldsError(f"{path} cannot be read: {error}. Give the path of a worlds file in UTF-8.") from None
    wanted = label.partition(":")[0] if label else None
    for module in tasks.PUBLISHED:
        if module.__name__.rpartition(".")[2] == wanted or (wanted is None and module.recognises(text)):
            try:
                task, worlds = module.load_worlds(text)
            except WorldsError as error:
                raise WorldsError(f"{path}: {error}") from None
            return Stored(task, worlds)
    known = ", ".join(module.__name__.rpartition(".")[2] for module in tasks.PUBLISHED)
    raise WorldsError(
        f"{path} is in no format that a task reads. Tasks with published worlds: {known}. Name one with --task to see what it misses."
    )


def make_plan(wish: Wish) -> Plan:
    """The plan of what a user asks for. UsageError or WorldsError where it cannot be had."""
    preset = PRESETS[check_known(wish.preset, PRESETS, "preset")]
    if preset.pinned:
        _check_unsaid(wish)
    model = parse_spec(wish.model, defaults(wish)).identity
    partners = tuple(dict.fromkeys(parse_spec(text).identity for text in wish.partners))
    if model in partners:
        raise UsageError(f"--partner {model} is the model itself; leave it out for self-play")
    levels = wish.levels or (preset.level,)
    if (wish.n is not None and wish.n < 1) or (wish.repeats is not None and wish.repeats < 1):
        raise UsageError("--n and --repeats must be at least 1")
    if wish.worlds is not None:
        if wish.levels or len(wish.tasks) > 1 or ":" in "".join(wish.tasks):
            raise UsageError("--worlds brings its own task and level; leave --level out, and name one --task without options or none")
        stored = load_worlds(wish.worlds, wish.tasks[0] if wish.tasks else None)
        sources: tuple[Source, ...] = (stored,)
        n = wish.n or len(stored.worlds)
    else:
        made = [make_task(text, level) for text in wish.tasks or tasks.HEADLINE for level in levels]
        sources = tuple(Generated(task, wish.seed) for task in dict.fromkeys(made))
        n = wish.n or preset.n
    return Plan(
        model=model,
        sources=sources,
        conditions=_conditions(wish, preset),
        sampling=wish.sampling,
        seed=wish.seed,
        n=n,
        repeats=wish.repeats or preset.repeats,
        partners=partners,
    )


def _conditions(wish: Wish, preset: Preset) -> tuple[views.Condition, ...]:
    """Those asked for, or the preset's; against partners only those in which every seat has an instance of its own."""
    asked = [views.CONDITIONS[check_known(name, views.CONDITIONS, "condition")] for name in wish.conditions or preset.conditions]
    fitting = [condition for condition in asked if not wish.partners or condition.instance_per == "seat"]
    if wish.conditions and len(fitting) < len(asked):
        unfit = ", ".join(condition.name for condition in asked if condition not in fitting)
        raise UsageError(f"{unfit} has one instance for several seats, so there is no seat for --partner; leave one of them out")
    return tuple(dict.fromkeys(fitting))


def _check_unsaid(wish: Wish) -> None:
    """UsageError if ``wish`` says anything that its preset pins."""
    free = ("model", "partners", "preset", "base_url", "model_args")
    said = [one.name for one in fields(wish) if one.name not in free and getattr(wish, one.name) != getattr(Wish(model=""), one.name)]
    if said:
        raise UsageError(
            f"--preset {wish.preset} pins everything but the model, and {', '.join(said)} was given. Leave it out, or take quick."
        )


def defaults(wish: Wish) -> dict[str, str]:
    """``--base-url`` and ``--model-arg`` as spec options; what the spec itself says wins."""
    options = {"base_url": wish.base_url} if wish.base_url else {}
    for part in wish.model_args:
        key, equals, value = part.partition("=")
        if not equals:
            raise UsageError(f'--model-arg takes key=value, and was given "{part}"')
        options[key] = value
    return options


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


def report(path: Path) -> Document:
    """The document of ``bench report --json``. Planned episodes that failed every attempt so far count as errors."""
    from benchmark.folder import read_attempts, read_episodes, read_run
    from benchmark.report import report as summarise

    run = read_run(path)
    failed = {str(attempt["id"]) for attempt in read_attempts(path)}
    if failed:
        failed &= {episode.id for episode in plan_of(path).episodes()}
        failed -= {document["id"] for document in read_episodes(path)}
    return summarise(run, read_episodes(path), len(failed), tasks.HEADLINE)


def verify(path: Path) -> Iterator[Finding]:
    """Everything in a run folder that does not follow from its seeds and completions."""
    from benchmark.folder import ATTEMPTS, EPISODES, read_attempts, read_run
    from benchmark.journal import Lines
    from leaderboard.verification import Finding
    from leaderboard.verification import verify as findings

    lines = Lines(path / EPISODES, frozenset())
    plan, run = plan_of(path), read_run(path)
    if run["plan"] != len(plan) or not len(plan):
        yield Finding("run.json", "plan", f"is {run['plan']}, and the grid has {len(plan)} episodes")
        return
    for name, given, derived in _stated(run, plan):
        if given != derived:
            yield Finding("run.json", name, f"is {given!r:.80}, and this run's can only be {derived!r:.80}")
    try:
        yield from findings(plan, lines)
        planned = {episode.id for episode in plan.episodes()}
        for attempt in read_attempts(path):
            if str(attempt["id"]) not in planned:
                yield Finding(str(attempt["id"]), ATTEMPTS, "no such episode is planned")
    except FolderError as error:
        if not lines.path.exists() or not (path / "run.json").exists():
            raise
        yield Finding(str(path), "", str(error))
    if lines.torn:
        yield Finding(EPISODES, "", "its last line is not whole")


def _stated(run: Document, plan: Plan) -> Iterator[tuple[str, Json, Json]]:
    """What run.json says beside what follows from its plan: name, given, derived. What engines report of themselves is theirs."""
    derived, given = as_json(plan.configuration({})), run["configuration"]
    models = {seat: one.get("spec") if isinstance(one, dict) else one for seat, one in given["models"].items()}
    yield "kind", run["kind"], "model"
    yield "grid", run["grid"], plan.grid()
    yield "configuration.models", models, {seat: one["spec"] for seat, one in derived["models"].items()}
    for name in sorted({*derived, *given} - {"models"}):
        yield f"configuration.{name}", given.get(name), derived.get(name)


def rescored(path: Path) -> Iterator[Document]:
    """Every record of a run with its rounds and score derived anew by this version."""
    from benchmark.drive import Broken, record, replay
    from benchmark.folder import read_episodes

    planned = {episode.id: episode for episode in plan_of(path).episodes()}
    for document in read_episodes(path):
        if document["id"] not in planned:
            raise FolderError(f"{path} holds {document['id']}, which its plan does not. Run `bench verify` on it.")
        episode = planned[document["id"]]
        world = episode.world()
        try:
            fresh = record(episode, world, replay(episode, world, document["calls"])) | {"cost": document["cost"]}
        except (Broken, LookupError, TypeError, AttributeError, ValueError) as error:
            raise FolderError(f"{path}: {episode.id} cannot be played again ({error}). Run `bench verify` on it.") from None
        yield fresh | {"digest": digest(fresh)}


def rescore(path: Path) -> tuple[int, int]:
    """Puts freshly derived records in the place of a run's; (changed, all). The old lines are kept in episodes.before.jsonl."""
    from benchmark.folder import read_episodes, replace_episodes

    before = Counter(document["digest"] for document in read_episodes(path))
    fresh = list(rescored(path))
    changed = sum(not before[document["digest"]] for document in fresh)
    if changed:
        replace_episodes(path, fresh)
    return changed, len(fresh)


def write_report(path: Path, document: Document, page: Path | None = None) -> Path | None:
    """report.json and report.html beside the episodes, or the latter at ``page``; gives where that lies.

    A run folder that cannot be written to keeps its report on the screen only: None. FolderError for another ``page``.
    """
    from benchmark.page import page as rendered

    where = page or path / "report.html"
    try:
        where.write_text(rendered(document), "utf-8")
        (path / "report.json").write_text(json.dumps(document, indent=1, allow_nan=False) + "\n", "utf-8")
    except OSError as error:
        if page:
            raise FolderError(f"{page} cannot be written ({error.strerror}). Name another file.") from None
        return None
    return where


def first_requests(task: str, index: int, condition: str, level: int, seed: int, worlds: Path | None = None) -> list[Request]:
    """The first request to every instance of one episode; where a talk must come first, nobody says anything in it."""
    chosen = views.CONDITIONS[check_known(condition, views.CONDITIONS, "condition")]
    source: Source = load_worlds(worlds, task) if worlds else Generated(make_task(task, level), seed)
    if isinstance(source, Stored) and index >= len(source.worlds):
        raise UsageError(f"{worlds} holds worlds 0 to {len(source.worlds) - 1}, and {index} was asked for")
    planned = Planned("", source, chosen, index, 0, {}, seed)
    steps = play(planned.task, planned.world(), chosen, planned.sampling_seed)
    first: dict[tuple[str, ...], Request] = {}
    with contextlib.suppress(StopIteration):
        request = next(steps)
        while True:
            first.setdefault(request.view.speaks, request)
            request = steps.send(Completion("" if request.schema is None else write_answer(None)))
    return list(first.values())


def listing(what: str) -> list[dict[str, Json]]:
    """The rows of ``bench list``: each has a "name" and an "about"."""
    if what == "tasks":
        return [{"name": name, "about": _first_line(kind.__doc__), "version": kind.version} for name, kind in tasks.TASKS.items()]
    if what == "models":
        return [{"name": name, "about": about} for name, about in models.names().items()]
    if what == "conditions":
        return [{"name": name, "about": condition.purpose} for name, condition in views.CONDITIONS.items()]
    return [{"name": name, "about": preset.purpose, "conditions": list(preset.conditions)} for name, preset in PRESETS.items()]


def _first_line(text: str | None) -> str:
    return (text or "").strip().partition("\n")[0]
