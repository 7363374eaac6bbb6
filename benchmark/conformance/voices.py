"""Voices for checks: models made of one function, and a way to see every request that a seat was sent."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from benchmark import views
from benchmark.answers import write_answer
from benchmark.episode import Episode, chat_sha256
from benchmark.factors import PLAIN, Factors
from benchmark.running.drive import drive
from benchmark.running.plan import Plan, Planned
from benchmark.streams import stream
from benchmark.task import Task
from benchmark.vocabulary import Completion, Request, Sampling, Seat, World
from benchmark.worlds import Stored

Voice = Callable[[Request], str | Completion]


@dataclass
class Recorder:
    """A model in which each seat has a voice of its own; keeps every request in order."""

    voice: Mapping[Seat, Voice] | Voice
    name: str = "check:recorder"
    details: Mapping[str, Any] = field(default_factory=dict)
    requests: list[Request] = field(default_factory=list)

    async def complete(self, request: Request, sampling: Sampling) -> Completion:
        del sampling  # voices are not drawn
        return self.reply(request)

    def reply(self, request: Request) -> Completion:
        self.requests.append(request)
        voice = self.voice[request.seat] if isinstance(self.voice, Mapping) else self.voice
        said = voice(request)
        return said if isinstance(said, Completion) else Completion(said)

    def sent_to(self, seat: Seat) -> list[Request]:
        return [request for request in self.requests if seat in request.view.speaks]


def planned(task: Task, world: World, condition: str, index: int = 0, seed: int = 0, probes: bool = False) -> Planned:
    """The episode of ``world`` (canaries laid) under ``condition``, as world ``index`` of a run."""
    source = Stored(replace(task, label=task.label or task.name), (world,) * (index + 1))
    plan = Plan("check:recorder", (source,), (views.CONDITIONS[condition],), seed=seed, n=index + 1, probes=probes)
    return next(episode for episode in plan.episodes() if episode.index == index)


def play(
    task: Task, world: World, condition: str, voice: Mapping[Seat, Voice] | Voice, probes: bool = False, factors: Factors = PLAIN
) -> tuple[Episode, Recorder]:
    """Plays ``world`` to its end and gives back what was asked."""
    episode = replace(planned(task, world, condition, probes=probes), factors=factors)
    recorder = Recorder(voice)

    async def complete(request: Request) -> Completion:
        return recorder.reply(request)

    return asyncio.run(drive(episode, episode.world(), complete)), recorder


def graft(world: World, donor: World, seat: Seat) -> World:
    """``world`` as ``seat`` knows it, with everything it cannot know taken from ``donor``."""
    kept = [fact for fact in world.facts if not fact.holders or seat in fact.holders]
    foreign = [fact for fact in donor.facts if fact.holders and seat not in fact.holders]
    return replace(donor, seats=world.seats, names=world.names, facts=(*kept, *foreign), sides=world.sides, rounds=world.rounds)


def echo(request: Request) -> str:
    """A voice whose every word depends on every byte of its prompt, thoughts and answers included."""
    heard = chat_sha256(request.chat)
    thought = f"<think>{heard}</think>"
    if request.schema:
        return thought + write_answer(request.task.draw(request.view, stream(0, heard)))
    return thought + heard[:12]


def scripted(lines: Sequence[str]) -> Voice:
    """A voice that says the same whatever it is told, while its thoughts depend on every byte of its prompt."""

    def speak(request: Request) -> str:
        mine = sum(turn.seat == request.seat for turn in request.heard)
        said = write_answer(None) if request.schema else lines[mine % len(lines)]
        return f"<think>{chat_sha256(request.chat)}</think>{said}"

    return speak
