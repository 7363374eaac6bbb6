"""The preregistered set, played and tested: every arm is a run folder, and the page follows from their records."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import tasks
from benchmark.api.playing import run
from benchmark.api.wishes import Wish, defaults, make_plan
from benchmark.views import HEADLINE
from benchmark.vocabulary import UsageError
from models.spec import parse_spec

if TYPE_CHECKING:
    from collections.abc import Sequence

    from benchmark.bonds.preregistration import Arm, Preregistered
    from benchmark.records import Document
    from benchmark.running.runner import Settings


def bonds(wish: Wish, out: Path | None = None, settings: Settings | None = None) -> tuple[Path, Document, int]:
    """Plays what the folder lacks of the set and gives the page's document, and how many episodes are still to be played.

    ``wish`` says who plays and, if need be, fewer ``n`` or another ``seed`` than the set; its tasks, conditions and arms are the set's.
    """
    from benchmark.bonds.findings import made
    from benchmark.bonds.preregistration import Finding, preregistered
    from benchmark.bonds.verdicts import find, verdicts
    from benchmark.running.folder import read_episodes
    from benchmark.running.plan import slug

    plan = preregistered()
    departs = _departures(wish, plan)
    model = parse_spec(wish.model, defaults(wish)).identity
    place = out or Path("runs") / f"bonds-{plan.version}-{slug(model)}"
    arms = [arm for arm in plan.arms if _is_known(arm)]
    missing, stopped = 0, False
    played: list[Arm] = []
    for arm in arms:
        mine = _played(wish, arm, plan)
        if stopped:
            missing += len(make_plan(mine))
            continue
        outcome = run(mine, place / arm.folder, settings)[1]
        missing, stopped = missing + outcome.missing, outcome.stopped
        played.append(arm)
    found, findings, skipped = [], [], []
    for one in plan.compared:
        if why := _lacking(one.arms, played):
            skipped.append({"name": one.name, "why": why})
            continue
        records = [read_episodes(place / arm.folder) for arm in one.arms]
        if isinstance(one, Finding):
            findings.append(made(one, records))
        else:
            found.append(find(one, records[0], records[1], model, plan.equivalence))
    document: Document = {
        "model": model,
        "version": plan.version,
        "digest": plan.digest,
        "alpha": plan.alpha,
        "power": plan.power,
        "departs": departs,
        "missing": missing,
        "contrasts": verdicts(found, plan),
        "findings": findings,
        "skipped": skipped,
    }
    return place, document, missing


def _lacking(arms: Sequence[Arm], played: Sequence[Arm]) -> str:
    """Why a contrast of ``arms`` cannot be made; empty if it can."""
    if absent := [arm.task.partition(":")[0] for arm in arms if not _is_known(arm)]:
        return f"there is no task {absent[0]}"
    return "" if set(arms) <= set(played) else "the run was stopped before it"


def _is_known(arm: Arm) -> bool:
    return arm.task.partition(":")[0] in tasks.TASKS


def _played(wish: Wish, arm: Arm, plan: Preregistered) -> Wish:
    """What is asked for in the run folder of ``arm``."""
    factors = arm.factors
    return replace(
        wish,
        tasks=(arm.task,),
        conditions=(HEADLINE,),
        n=wish.n or plan.worlds,
        seed=plan.seed if wish.seed == Wish(model="").seed else wish.seed,
        channel=factors.channel,
        label=factors.label,
        history=factors.history,
        memory=factors.memory,
    )


def _departures(wish: Wish, plan: Preregistered) -> list[str]:
    """Where what was asked for is not what was preregistered. UsageError for what would make it another set."""
    if wish.partners or wish.probes or wish.shard or wish.challenge:
        raise UsageError("bench bonds plays the tested model with itself, whole, on the worlds of the set; leave the other options out")
    departs = []
    if wish.n and wish.n != plan.worlds:
        departs.append(f"{wish.n} worlds an arm in place of {plan.worlds}")
    if wish.seed not in (Wish(model="").seed, plan.seed):
        departs.append(f"seed {wish.seed} in place of {plan.seed}")
    if wish.sampling != Wish(model="").sampling:
        departs.append("other sampling than the default")
    return departs
