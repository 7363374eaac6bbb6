"""The ``replay:`` engine with a policy after it: a partner whose behaviour is held constant from arm to arm.

``replay:DIR?then=reference:honest`` gives what a seat wrote in the recorded run for as long as what has come of the game, as far as that
seat can know it, is the same: its notes and all that rounds revealed. From the first commit that made a difference to it, the model
that ``then`` names takes over. What the other side says makes none: its words may differ between arms, and the partner's do not.
"""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import models
from benchmark.api.playing import plan_of
from benchmark.naming import check_known
from benchmark.records import completion
from benchmark.running.drive import Broken, replay
from benchmark.running.folder import read_episodes, read_run
from benchmark.vocabulary import ConnectError, UsageError
from models import replay as exact
from models.spec import parse_spec

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping

    from benchmark.vocabulary import Completion, Fact, Json, Model, Request, Sampling
    from models.spec import Spec

OPTIONS: dict[str, str] = {
    **exact.OPTIONS,
    "then": "the model that takes over once a commit made a difference, or where nothing is on record",
    "condition": "the condition whose episodes are given, where the run has several",
}
"""What a ``replay:`` spec takes after "?"; without ``then``, the same requests get the same completions and no others get any."""

Key = tuple[str, int, str, int]
"""Seat, round, kind and sampling seed: the same for the same call of the same world in every arm."""


@dataclass(frozen=True, slots=True)
class Given:
    """What was on record for a call, and what its seat knew then; two different calls under one key are no record of either."""

    knew: tuple[Fact, ...]
    channel: str
    completion: Completion | None


class Held:
    """One model's part in a recorded run, as long as it can be played; then a policy."""

    def __init__(self, spec: Spec, given: Mapping[Key, Given], policy: Model, details: Mapping[str, Json]) -> None:
        self.name, self.details = str(spec), details
        self._given, self._policy = given, policy

    async def complete(self, request: Request, sampling: Sampling) -> Completion:
        """What is on record for this call of this world, if its seat knows what it knew then; else what the policy says."""
        given = self._given.get((request.seat, request.round, request.kind, request.seed))
        if given and given.completion and (given.knew, given.channel) == (request.view.facts, request.channel):
            return given.completion
        return await self._policy.complete(request, sampling)


@asynccontextmanager
async def connect(spec: Spec) -> AsyncIterator[Model]:
    """The model of a ``replay:`` spec. ConnectError or FolderError if its folder holds no run that can be played again."""
    spec.allow(OPTIONS)
    if "then" not in spec.options:
        async with exact.connect(spec) as model:
            yield model
        return
    policy = parse_spec(spec.options["then"])
    given, details = await asyncio.to_thread(_read, spec)
    async with models.connect(policy) as model:
        yield Held(spec, given, model, {**details, "then": {"spec": policy.identity, **model.details}})


def _read(spec: Spec) -> tuple[dict[Key, Given], dict[str, Json]]:
    """Every call of the model on record, with what its seat knew: derived by playing the run again."""
    folder = Path(spec.name)
    plan, run = plan_of(folder), read_run(folder)
    names = [condition.name for condition in plan.conditions]
    if "condition" not in spec.options and len(names) > 1:
        raise UsageError(f"{folder} holds {', '.join(names)}, whose calls have the same names; say which with condition=NAME")
    wanted = check_known(spec.options.get("condition", names[0]), names, "condition of that run")
    whose = spec.options.get("model", plan.model)
    planned = {episode.id: episode for episode in plan.episodes() if episode.condition.name == wanted}
    given: dict[Key, Given] = {}
    for record in read_episodes(folder):
        episode = planned.get(record["id"])
        if episode is None or whose not in record["seats"].values():
            continue
        asked: list[Request] = []
        try:
            replay(episode, episode.world(), record["calls"], asked.append)
            for request, call in zip(asked, record["calls"], strict=True):
                if record["seats"][request.seat] == whose:
                    key = (request.seat, request.round, request.kind, request.seed)
                    one = Given(request.view.facts, request.channel, completion(call))
                    given[key] = one if key not in given else Given((), "", None)
        except (Broken, LookupError, TypeError, AttributeError, ValueError) as error:
            raise ConnectError(f"{episode.id} in {folder} cannot be played again ({error!r:.200}). Run `bench verify {folder}`.") from None
    if not given:
        raise ConnectError(f"{folder} holds no call of {whose:.200} under {wanted}; name another of its models with model=SPEC.")
    return given, {"engine": "replay", "replayed_run": str(run["id"]), "replayed_model": whose, "calls": len(given)}
