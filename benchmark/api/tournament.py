"""A tournament: every entrant in every seat with every partner, the same worlds and seeds for all, and strengths from it."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, replace
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING

import models
from benchmark import views
from benchmark.api.playing import Engines, play_into, whole
from benchmark.api.wishes import Wish, make_plan
from benchmark.panels import ANCHOR, expanded
from benchmark.prices import Prices, prices_of
from benchmark.records import Document
from benchmark.running.plan import Plan, slug
from benchmark.vocabulary import FolderError, UsageError
from models.spec import parse_spec

if TYPE_CHECKING:
    from benchmark.running.sitting import Settings
    from benchmark.running.stopping import Stop
    from models.spec import Spec

DOCUMENT = "tournament.json"


@dataclass(frozen=True, slots=True)
class Pairing:
    """One run folder of a tournament: two entrants, or one with itself. Whoever plays seat by seat is its plan's model."""

    plan: Plan
    partner: str | None

    @property
    def folder(self) -> str:
        """Each pair finds its folder again, whoever else takes part."""
        determined = self.plan.folder_name().rpartition("-")[2]
        return "-".join([slug(self.plan.model), *(["with", slug(self.partner)] if self.partner else ["alone"]), determined])


def tournament(
    entrants: Sequence[str],
    wish: Wish,
    out: Path,
    settings: Settings | None = None,
    measure: str | None = None,
    told: Callable[[str], None] = lambda _: None,
) -> Document:
    """Plays what the folders in ``out`` lack, and gives the document of ``bench tournament --json``, also written to ``out``.

    Of ``wish`` everything counts but its model and partners. ConnectError before anything is played if an entrant cannot be had.
    """
    from benchmark.results.crossplay import MEASURES
    from benchmark.running.sitting import Settings
    from benchmark.running.stopping import run_to_end

    specs = {spec.identity: spec for spec in map(parse_spec, expanded([*entrants, ANCHOR], ""))}
    names = list(specs)  # who takes part; the models of audiences are connected with them
    if len(names) < 3:
        raise UsageError(f"a tournament takes two entrants or more beside {ANCHOR}: two are compared with a partner who is neither of them")
    pairs = _pairings(names, wish)
    condition = pairs[0].plan.conditions[0]
    grounds = condition.grounds and all(source.task.semantic for source in pairs[0].plan.sources)
    if measure == MEASURES[0] and not grounds:
        raise UsageError(f"{measure} has no meaning under {condition.name} in these tasks; take --measure success")
    audience = {spec for pair in pairs for spec in whole(pair.plan, out / pair.folder).audience}
    specs |= {spec: parse_spec(spec) for spec in sorted(audience) if spec not in specs}
    chosen = measure or MEASURES[0 if grounds else 1]
    prices = prices_of(tuple(specs), wish.prices)
    note = run_to_end(lambda stop: _play(pairs, specs, out, (settings or Settings(quiet=True), prices, told), stop))
    document = _judged(names, pairs, out, chosen) | {"note": note}
    try:
        (out / DOCUMENT).write_text(json.dumps(document, indent=1, allow_nan=False) + "\n", "utf-8")
    except OSError as error:
        raise FolderError(f"{out / DOCUMENT} cannot be written ({error.strerror}). Give another --out.") from None
    return document


def _pairings(names: Sequence[str], wish: Wish) -> list[Pairing]:
    """Every pair once where two seats make it the same game from both sides; larger games from both; and everyone alone."""
    found = []
    for one, other in combinations(sorted(names), 2):
        plan = _plan(replace(wish, model=one, partners=(other,)))
        found.append(Pairing(plan, other))
        if larger := tuple(source for source in plan.sources if source.task.seats - len(source.task.fixed) > 2):
            found.append(Pairing(replace(plan, model=other, partners=(one,), sources=larger), one))
    return [*found, *(Pairing(_plan(replace(wish, model=name, partners=())), None) for name in names)]


def _plan(wish: Wish) -> Plan:
    """The plan of one pairing: the headline condition unless others are named, and those with an instance for every seat."""
    plan = make_plan(wish)
    if not wish.conditions:
        return replace(plan, conditions=(views.CONDITIONS[views.HEADLINE],))
    if unfit := [condition.name for condition in plan.conditions if condition.instance_per != "seat"]:
        raise UsageError(f"{unfit[0]} has one instance for several seats, so there is no seat for a partner; leave it out")
    return plan


async def _play(
    pairs: Sequence[Pairing], specs: dict[str, Spec], out: Path, how: tuple[Settings, Prices, Callable[[str], None]], stop: Stop
) -> str:
    """Plays one folder after the other with engines that are connected once; why it ended early, if it did."""
    settings, prices, told = how
    async with AsyncExitStack() as stack:
        connected = {name: await stack.enter_async_context(models.connect(spec)) for name, spec in specs.items()}
        for place, pair in enumerate(pairs, 1):
            with_whom = f"with {pair.partner}" if pair.partner else "with itself"
            told(f"{place} of {len(pairs)}: {pair.plan.model} {with_whom}")
            plan = whole(pair.plan, out / pair.folder)
            outcome = await play_into(out / pair.folder, plan, Engines(connected, connected, prices), settings, stop)
            if outcome.stopped or stop.draining:
                return outcome.note or "stopped on request"
    return ""


def _judged(names: Sequence[str], pairs: Sequence[Pairing], out: Path, measure: str) -> Document:
    """What follows from the folders: strengths, comparisons and the success of every pairing."""
    from benchmark.display.standings import document
    from benchmark.results.crossplay import compared, pairings
    from benchmark.running.folder import RUN, read_episodes

    condition = pairs[0].plan.conditions[0].name
    records, missing, planned = [], 0, 0
    for pair in pairs:
        path = out / pair.folder
        played = list(read_episodes(path)) if (path / RUN).exists() else []
        wanted = {episode.id for episode in pair.plan.episodes()}
        planned += len(wanted)
        missing += len(wanted - {record["id"] for record in played})
        records += [_slim(record) for record in played if record["condition"] == condition]
    plan = pairs[0].plan
    about = {
        "schema": 1,
        "kind": "tournament",
        "measure": measure,
        "condition": condition,
        "tasks": [source.task.label for source in plan.sources],
        "levels": sorted({source.task.level for source in plan.sources}),
        "seed": plan.seed,
        "plan": planned,
        "missing": missing,
        "folders": [pair.folder for pair in pairs],
    }
    return document(about, list(names), ANCHOR, compared(records, names, measure), pairings(records, names, measure))


def _slim(record: Document) -> Document:
    """``record`` without what was said: a tournament holds all of them at once."""
    calls = [{key: call[key] for key in ("seat", "kind", "round", "usage")} for call in record["calls"]]
    rounds = [{"turns": [], "answers": one["answers"]} for one in record["rounds"]]
    return {**record, "calls": calls, "rounds": rounds}
