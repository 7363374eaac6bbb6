"""From a run folder to an entry of the leaderboard, and what holds of an entry."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import tasks
from benchmark import views
from benchmark.api.content import make_task
from benchmark.api.playing import plan_of
from benchmark.running.plan import Plan
from benchmark.vocabulary import Completion, Request, Sampling, UsageError
from benchmark.worlds import Generated
from leaderboard.shapes import EntryError
from models.reference import Player, player
from models.spec import parse_spec

if TYPE_CHECKING:
    from leaderboard.building import Built, Claims
    from leaderboard.checks import Verification
    from leaderboard.entry import Entry
    from leaderboard.submission import Submitted

MOST_TASKS = 100


def build_entry(path: Path, claims: Claims, out: Path) -> Built:
    """The entry of run folder ``path``, written below ``out``."""
    from benchmark.running.folder import read_run
    from leaderboard.building import build

    return build(path, read_run(path), plan_of(path), claims, out, tasks.HEADLINE)


def open_entry(path: Path) -> Built:
    """An entry that was built before. EntryError if its folder is no entry."""
    from leaderboard.building import Built
    from leaderboard.opening import opened

    found = opened(path)
    return Built(found.folder, found.place, found.identity, found.entry, found.manifest.files)


def account(given: str | None, needs_token: bool) -> str:
    """Who submits: the owner of the Hub's token, or ``given`` where nothing is sent."""
    from leaderboard.hub import Hub

    if needs_token:
        user = Hub().whoami()
        if given not in (None, user):
            raise UsageError(f"--user is {given:.96}, and the Hub's token is that of {user}; leave --user out, or log in as {given:.96}")
        return user
    if given is None:
        raise UsageError("an entry names who submits it; say --user with your name on the Hub (no token is needed for --dry-run)")
    return given


def submit_entry(built: Built, board: str) -> Submitted:
    """Brings an entry to ``board`` by a pull request, or completes what an earlier call began."""
    from leaderboard.hub import Hub
    from leaderboard.submission import submit

    return submit(built, board, Hub())


def is_entry(path: Path) -> bool:
    """Whether ``path`` is meant as an entry, and not as a run folder."""
    from leaderboard.entry import ENTRY, MANIFEST

    return any((path / name).exists() for name in (ENTRY, MANIFEST)) and not (path / "run.json").exists()


def verify_entry(path: Path) -> Verification:
    """Everything that does and does not hold of the entry in folder ``path``: what a board runs."""
    from leaderboard.checks import Rules, check_entry

    return check_entry(path, Rules(plan_of_entry, tasks.HEADLINE, scripted))


def plan_of_entry(entry: Entry) -> Plan:
    """The plan that an entry says it played. EntryError or UsageError where this version cannot have played it.

    Tasks are Parley's own; every other name in an entry is text. No module is imported for one.
    """
    game, partners = entry.game, tuple(partner.spec for partner in entry.partners)
    specs = (entry.model.spec, *partners)
    if len(set(specs)) < len(specs) or len(game.tasks) > MOST_TASKS or not (game.tasks and game.levels and game.conditions):
        raise EntryError("the entry plays a model twice, no task, too many tasks, no level or no condition. Build it again from its run.")
    if unknown := [name for name in game.conditions if name not in views.CONDITIONS]:
        raise EntryError(f"this version of Parley has no condition {unknown[0]}. Use {entry.bench.version}, which the entry names.")
    sources = []
    for label, version in game.tasks.items():
        for level in game.levels:
            task = make_task(label, level)
            if task.version != version or task.label != label:
                raise EntryError(
                    f"the entry played version {version} of {label}, and this is version {task.version} of {task.label}. "
                    f"Versions do not compare: verify it with Parley {entry.bench.version}, which it names."
                )
            task.generate(0)
            sources.append(Generated(task, game.seed, game.challenge))
    plan = Plan(
        model=entry.model.spec,
        sources=tuple(sources),
        conditions=tuple(views.CONDITIONS[name] for name in game.conditions),
        sampling=Sampling(game.sampling.temperature, game.sampling.top_p, game.sampling.max_tokens),
        seed=game.seed,
        n=game.n,
        repeats=game.repeats,
        partners=partners,
        probes=game.probes,
        challenge=game.challenge,
    )
    if partners and any(condition.instance_per != "seat" for condition in plan.conditions):
        raise EntryError("partners were played in a condition that has one instance for several seats, and it has no seat for them.")
    for spec in plan.specs:
        _player(spec)
    return plan


def scripted(spec: str, request: Request) -> Completion | None:
    """What the reference player ``spec`` says to ``request``; None where ``spec`` is no reference player."""
    found = _player(spec)
    return found.reply(request) if found else None


@lru_cache(maxsize=64)
def _player(spec: str) -> Player | None:
    return player(parse_spec(spec)) if spec.startswith("reference:") else None
