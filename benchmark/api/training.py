"""The same talk as practice: one seat learns, the others are pinned. What the learner is shown is what a model is sent, to the byte."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field

import models
from benchmark import views
from benchmark.api.content import make_task
from benchmark.naming import check_known
from benchmark.panels import ANCHOR
from benchmark.records import Document
from benchmark.running.drive import drive, record
from benchmark.running.plan import Plan, Planned
from benchmark.task import Task
from benchmark.vocabulary import Completion, ConnectError, Model, Request, Sampling, Seat, UsageError
from benchmark.worlds import Practised
from models.spec import parse_spec

LEARNER = "learner"
"""Who sits in the learner's seats, where a record names a model."""

VALUE, SUCCESS, GROUNDING = "value", "success", "grounding_success"
REWARDS = (VALUE, SUCCESS, GROUNDING)

Complete = Callable[[Request], Awaitable[Completion]]


@dataclass(frozen=True, slots=True)
class Lesson:
    """An episode that was played: its record, as a run would have it, and what it was worth to the learner.

    ``counts`` is False where the learner had no part in how it ended: a partner broke off, or the infrastructure did. Its reward, 0, then
    says nothing, and trainers had better leave it out.
    """

    record: Document
    reward: float
    counts: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Practice:
    """What is practised: a task at a level under a condition, the learner's ``seat``, who plays the other seats, and what is rewarded.

    ``reward`` is "value" (0: what the best single view gets, 1: the best there is; below 0 is possible), "success" or "grounding_success"
    (0 or 1). A failure of the learner's own (no usable answer, say) is worth 0. UsageError for what cannot be.
    """

    task: str = "mutual_friend"
    seat: Seat = "A"
    partner: str = ANCHOR
    level: int = 3
    condition: str = views.HEADLINE
    reward: str = VALUE
    played: Task = field(init=False)
    seats: Mapping[Seat, str] = field(init=False)

    def __post_init__(self) -> None:
        task = make_task(self.task, self.level, foreign=(self.task,))
        condition = views.CONDITIONS[check_known(self.condition, views.CONDITIONS, "condition")]
        if condition.instance_per != "seat":
            raise UsageError(f"{condition.name} has one instance for several seats, so there is no seat for one who learns; take another")
        check_known(self.reward, REWARDS, "reward")
        if self.reward == GROUNDING and not (condition.grounds and task.semantic):
            raise UsageError(f"{GROUNDING} is not measured in {self.task} under {condition.name}; take {VALUE} or {SUCCESS}")
        partner = parse_spec(self.partner)
        if partner.scheme == "human":
            raise UsageError("nobody can sit through a training; give a model or a reference player as the partner")
        plan = Plan(LEARNER, (Practised(task, 0),), (condition,), partners=(partner.identity,), seat=self.seat)
        object.__setattr__(self, "played", task)
        object.__setattr__(self, "seats", plan.seatings(task)[0])

    def planned(self, seed: int, number: int = 0) -> Planned:
        """Episode ``number`` of training seed ``seed``: the same each time, and on a world that no run plays (``Practised``)."""
        source = Practised(self.played, seed)
        name = f"{self.played.label}/{self.played.level}/{self.condition}/{number}/0/{self.seat}/practice-{seed}"
        return Planned(name, source, views.CONDITIONS[self.condition], number, 0, self.seats, source.seed_of(number))

    @asynccontextmanager
    async def partners(self) -> AsyncIterator[Mapping[str, Model]]:
        """The models of all seats but the learner's, by spec, for as long as the context is open. ConnectError if one cannot be had."""
        given = {spec.identity: spec for spec in (parse_spec(self.partner),)}
        async with AsyncExitStack() as stack:
            names = sorted(set(self.seats.values()) - {LEARNER})
            yield {name: await stack.enter_async_context(models.connect(given.get(name) or parse_spec(name))) for name in names}

    async def play(self, planned: Planned, partners: Mapping[str, Model], learner: Complete) -> Lesson:
        """Plays one episode; whatever is asked of the learner's seat goes to ``learner``. ConnectError if a partner can never answer."""

        async def complete(request: Request) -> Completion:
            spec = planned.seats[request.seat]
            return await (learner(request) if spec == LEARNER else partners[spec].complete(request, Sampling()))

        from benchmark.results.causes import failed_by_partner

        world = planned.world()
        episode = await drive(planned, world, complete)
        if episode.fatal:
            raise ConnectError(f"{episode.note} (in {planned.id})")
        if episode.outcome == "error":
            return Lesson({"id": planned.id, "outcome": episode.outcome, "note": episode.note}, 0.0, counts=False)
        document = record(planned, world, episode)
        counts = episode.outcome != "leaked" and not failed_by_partner(document, LEARNER)
        return Lesson(document, self._worth(document) if episode.outcome == "decided" else 0.0, counts)

    def _worth(self, document: Document) -> float:
        score = document["score"]
        worth = score["value"]
        stake = worth["best"] - worth["floor"]
        if self.reward == VALUE and stake > 0:
            return float((worth["raw"] - worth["floor"]) / stake)
        return float(score[SUCCESS if self.reward == VALUE else self.reward])
