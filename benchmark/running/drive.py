"""Driving an episode: by models, or by the completions on record. Both make the same record from the same completions."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Protocol

from benchmark.episode import Episode, play
from benchmark.prices import Prices, cost, used
from benchmark.records import SCHEMA, Document, completion, played, sealed
from benchmark.running.plan import Planned
from benchmark.scoring import UNGROUNDED, score
from benchmark.views import with_facts
from benchmark.vocabulary import Completion, Json, Request, World


class Broken(Exception):
    """A record whose completions do not lead through the episode: too few, or too many."""


class Complete(Protocol):
    """How a driver gets its completions; bounded and counted by whoever makes it."""

    async def __call__(self, request: Request) -> Completion: ...


async def drive(planned: Planned, world: World, complete: Complete) -> Episode:
    """Plays ``planned`` to its end."""
    steps = play(planned.task, world, planned.condition, planned.sampling_seed, planned.probes, planned.factors)
    reply: Completion | None = None
    while True:
        try:
            request = next(steps) if reply is None else steps.send(reply)
        except StopIteration as end:
            episode: Episode = end.value
            return episode
        reply = await complete(request)


def replay(planned: Planned, world: World, calls: list[Mapping[str, Json]], seen: Callable[[Request], None] = lambda _: None) -> Episode:
    """Plays ``planned`` with recorded calls; Broken if there are too few or too many. ``seen`` gets every request."""
    steps = play(planned.task, world, planned.condition, planned.sampling_seed, planned.probes, planned.factors)
    replies = iter(calls)
    try:
        request = next(steps)
        while True:
            seen(request)
            call = next(replies, None)
            if call is None:
                steps.close()
                raise Broken(f"the record stops after {len(calls)} calls, and the episode goes on")
            request = steps.send(completion(call))
    except StopIteration as end:
        left = sum(1 for _ in replies)
        if left:
            raise Broken(f"the episode ends {left} calls before the record does") from None
        episode: Episode = end.value
        return episode


def record(planned: Planned, world: World, episode: Episode, prices: Prices | None = None) -> Document:
    """What the line of episodes.jsonl says of ``episode``: see ``scored``."""
    return sealed(scored(planned, world, episode, prices))


def scored(planned: Planned, world: World, episode: Episode, prices: Prices | None = None) -> Document:
    """The record of ``episode``, not sealed yet. ``cost`` counts nothing for a model of which ``prices`` says none."""
    task = planned.task
    return {
        "schema": SCHEMA,
        "id": planned.id,
        "task": task.label,
        "version": task.version,
        "level": task.level,
        "condition": planned.condition.name,
        "index": planned.index,
        "seed": world.seed,
        "repeat": planned.repeat,
        "seats": dict(planned.seats),
        **({"audience": sorted(task.fixed)} if task.fixed else {}),
        "graded": task.graded,
        "solvable": world.solvable,
        **played(episode),
        "score": score(task, with_facts(world, episode.revealed), planned.condition, episode) | ({} if planned.grounds else UNGROUNDED),
        "cost": cost(used(planned.seats, [(call.seat, call.usage) for call in episode.calls]), prices or {}),
    }
