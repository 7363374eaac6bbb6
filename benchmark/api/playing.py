"""From a wish to a run folder, and from a run folder back to its plan."""

from __future__ import annotations

import sys
from collections.abc import Callable, Collection, Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Unpack

import models
from benchmark import views
from benchmark.api.content import make_task
from benchmark.api.wishes import Asked, Wish, defaults, make_plan
from benchmark.factors import factors_of
from benchmark.panels import expanded
from benchmark.prices import Prices, advice, prices_of, unpriced
from benchmark.records import Document
from benchmark.running.plan import Plan
from benchmark.running.shards import parse_shard
from benchmark.vocabulary import FolderError, Sampling, UsageError
from benchmark.worlds import Generated, Source, Stored, world_from_json
from models.spec import parse_spec

if TYPE_CHECKING:
    from benchmark.running.elsewhere import Elsewhere
    from benchmark.running.sitting import Outcome, Settings
    from benchmark.running.stopping import Stop
    from benchmark.vocabulary import Described, Model
    from models.spec import Spec


class Finished(NamedTuple):
    """The run folder, and how the sitting ended: ``outcome.complete`` says whether nothing is left to be played."""

    path: Path
    outcome: Outcome


def run(model: str | Wish, out: Path | str | None = None, settings: Settings | None = None, **asked: Unpack[Asked]) -> Finished:
    """Plays ``model`` into a run folder, or completes what is there, as `bench run` does.

    ``run("openai:gpt-x", tasks="mutual_friend", n=5, out="runs/first")``: keywords are the command's options (``Asked``); a ``Wish`` says
    all of it at once. Without ``out`` the folder is the one that the command would find. Nothing is printed unless ``settings`` say so.

    It may be called where a loop runs already, as in a notebook, and returns when all is played; interrupting it once lets the live
    episodes finish, twice stops at once. KeyboardInterrupt if nothing was being played yet.

    Raises a ParleyError: ConnectError before anything is written if the model cannot be reached, UsageError for what cannot be played
    (or whose cost is bounded and has no known price), FolderError for a folder that is another run's.
    """
    from benchmark.running.folder import LOCK, RUN
    from benchmark.running.journal import locked
    from benchmark.running.sitting import Settings
    from benchmark.running.stopping import run_to_end

    wish = _wished(model, asked)
    wished, chosen = make_plan(wish), settings or Settings(quiet=True)
    path = Path(out) if out else Path("runs") / wished.folder_name()
    plan = whole(wished, path)
    prices = prices_of(plan.specs, wish.prices)
    if chosen.caps.cost is not None and (missing := unpriced(prices)):
        raise UsageError(f"--max-cost cannot be held: there is {advice(missing)}, or bound the tokens with --max-tokens-total")
    specs = [parse_spec(wish.model, defaults(wish)), *map(parse_spec, [*expanded(wish.partners, plan.model), *plan.audience])]
    if (path / RUN).exists():  # before a model is loaded for nothing
        with locked(path, LOCK):
            pass
    if chosen.ray is None:
        return Finished(path, run_to_end(lambda stop: _run(plan, prices, specs, path, chosen, stop)))
    if any(spec.scheme == "human" for spec in specs):
        raise UsageError("a person sits at one terminal, and not on a cluster; leave --ray out")
    from benchmark.api import cluster

    with cluster.joined(chosen.ray):
        return Finished(path, run_to_end(lambda stop: _run_on_cluster(plan, prices, specs, path, chosen, stop)))


def _wished(model: str | Wish, asked: Asked) -> Wish:
    if isinstance(model, str):
        return Wish.of(model, **asked)
    if asked:
        raise UsageError(f"a Wish says all there is to say; put {', '.join(asked)} into it")
    return model


async def _run(plan: Plan, prices: Prices, specs: list[Spec], path: Path, settings: Settings, stop: Stop) -> Outcome:
    async with AsyncExitStack() as stack:
        connected = {spec.identity: await stack.enter_async_context(models.connect(spec)) for spec in specs}
        return await play_into(path, plan, Engines(connected, connected, prices), settings, stop)


async def _run_on_cluster(plan: Plan, prices: Prices, specs: list[Spec], path: Path, settings: Settings, stop: Stop) -> Outcome:
    from benchmark.api import cluster
    from benchmark.api.replica import Share

    share = Share(plan, specs, {spec: prices[spec] for spec in plan.specs}, settings.max_in_flight)
    async with cluster.replicas(share, settings) as replicas:
        return await play_into(path, plan, Engines(replicas, replicas.models, prices), settings, stop)


@dataclass(frozen=True, slots=True)
class Engines:
    """What plays: models by identity, or who plays elsewhere. ``models`` is what a record says of each, wherever it is open."""

    players: Mapping[str, Model] | Elsewhere
    models: Mapping[str, Described]
    prices: Prices


def whole(plan: Plan, path: Path) -> Plan:
    """``plan`` with all that run folder ``path`` was made for: of its tasks, some may bring a model of their own."""
    from benchmark.running.folder import RUN

    return plan.joined(plan_of(path, [source.task.label for source in plan.sources])) if (path / RUN).exists() else plan


async def play_into(path: Path, plan: Plan, engines: Engines, settings: Settings, stop: Stop) -> Outcome:
    """Plays what run folder ``path`` lacks of ``plan``, which is the whole of it (``whole``)."""
    from benchmark.running import runner
    from benchmark.running.folder import RunFolder

    if any(spec.partition(":")[0].partition("?")[0] == "human" for spec in plan.specs):
        settings = replace(settings, quiet=True)  # a line that moves would run through what a person types
    connected = engines.models
    mine = {spec: engines.prices[spec] for spec in plan.specs}
    told: set[str] = set()
    others = {spec: connected[spec].details for spec in plan.specs[1:]}
    with RunFolder.open(path, plan, connected[plan.model].details, sys.argv, mine, others) as folder:
        _tell(connected, told, settings.tell)
        try:
            return await runner.run(plan, engines.players, folder, settings, stop)
        finally:
            _tell(connected, told, settings.tell)


def _tell(connected: Mapping[str, Described], told: set[str], tell: Callable[[str], None]) -> None:
    """Passes on what engines have to say of their servers (``notes``, where a model has any) and have not said yet."""
    for model in connected.values():
        for note in getattr(model, "notes", ()):
            if note not in told:
                tell(f"Note: {note}")
                told.add(note)


def plan_of(path: Path, foreign: Collection[str] = ()) -> Plan:
    """The plan that a run folder was made for, from its run.json and worlds.jsonl.

    Of tasks from outside that a folder names, only those among ``foreign``, which the user typed, are imported.
    """
    from benchmark.running.folder import read_run, read_worlds

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
        challenge = configuration.get("challenge")
        if not isinstance(challenge, str | None):
            raise FolderError(f"{path}: run.json holds a challenge that is no text")
        for label in grid["tasks"]:
            for level in configuration["levels"]:
                task = make_task(label, level, foreign)
                if task.version != configuration["tasks"][label]:
                    raise FolderError(
                        f"{path} was played with version {configuration['tasks'][label]} of {label}, and this is version "
                        f"{task.version}. Use the release of Parley that it names in run.json."
                    )
                lines = stored.get(label)
                worlds = tuple(world_from_json(line["world"]) for line in lines) if lines else None
                sources.append(Stored(task, worlds) if worlds else Generated(task, configuration["seed"], challenge))
        return Plan(
            model=configuration["model"],
            sources=tuple(sources),
            conditions=tuple(views.CONDITIONS[name] for name in grid["conditions"]),
            sampling=Sampling(**configuration["sampling"]),
            seed=configuration["seed"],
            n=grid["n"],
            repeats=grid["repeats"],
            partners=tuple(configuration["partners"]),
            probes=bool(configuration["factors"].get("probes")),
            factors=factors_of(configuration["factors"]),
            shard=parse_shard(run["shard"]) if run.get("shard") is not None else None,
            challenge=challenge,
            seat=configuration.get("seat"),
        )
    except UsageError as error:
        raise FolderError(f"{path}: {error}") from None
    except (LookupError, TypeError, AttributeError, ValueError, RecursionError, OverflowError) as error:
        raise FolderError(f"{path}: run.json or worlds.jsonl holds what no run of this version does ({error!r:.200})") from None
