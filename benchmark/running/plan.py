"""What a run will play: the configuration that determines an episode, the grid of episodes, and the name of each."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, replace

from benchmark import probes
from benchmark.factors import PLAIN, SUMMARY, TALK, Factors
from benchmark.panels import panel_of
from benchmark.records import Document, canonical
from benchmark.running.shards import Shard
from benchmark.streams import stream
from benchmark.task import Task
from benchmark.views import CONDITIONS, NO_TALK, QUICK, WHOLE, Condition
from benchmark.vocabulary import Json, Sampling, Seat, UsageError, World
from benchmark.worlds import Source, Stored, world_to_json

SCHEMA = 1


@dataclass(frozen=True, slots=True)
class Preset:
    """Everything a run needs that its user did not say. A ``pinned`` one leaves its user nothing to say but the model."""

    name: str
    conditions: tuple[str, ...]
    level: int
    n: int
    repeats: int
    purpose: str
    pinned: bool = False


PRESETS: Mapping[str, Preset] = {
    preset.name: preset
    for preset in (
        Preset("quick", QUICK, 3, 20, 1, "a look: every headline task, five conditions, 20 worlds each"),
        Preset("standard-1", tuple(CONDITIONS), 3, 100, 1, "to compare: the headline, all conditions, 100 worlds each; pinned", True),
    )
}


@dataclass(frozen=True, slots=True)
class Planned:
    """One episode to be played. ``seats`` maps each seat to the spec of the model that plays it."""

    id: str
    source: Source
    condition: Condition
    index: int
    repeat: int
    seats: Mapping[Seat, str]
    seed: int
    probes: bool = False
    factors: Factors = PLAIN

    @property
    def task(self) -> Task:
        return self.source.task

    def world(self) -> World:
        return self.source.world(self.index)

    @property
    def calls(self) -> int:
        """The most calls the episode takes, repairs apart."""
        return calls(self.task, self.condition, self.probes, self.factors)

    @property
    def grounds(self) -> bool:
        """Whether grounding is measured: where the channel has a form, what was told is known by construction."""
        return self.condition.grounds and self.factors.channel == TALK

    @property
    def sampling_seed(self) -> int:
        """Names the sampling seeds of the episode: the same in every condition, whatever its world holds."""
        names = ("sampling", self.task.drawn_as, self.task.level, self.index, self.repeat)
        return stream(self.seed, *names).bits(48)


@dataclass(frozen=True, slots=True)
class Plan:
    """A run before it is played. ``n`` worlds per source (all of a file's where it holds fewer).

    Without ``partners`` the model plays every seat. With them it plays each seat in turn against each partner in all others.
    ``probes``: seats are asked aside what their partners know. ``shard``: only this part of it all. ``challenge`` names the worlds in
    place of the seed. ``factors``: which arm is played; the worlds are the same in each. ``seat``: with partners, the only one that the
    model takes.
    """

    model: str
    sources: tuple[Source, ...]
    conditions: tuple[Condition, ...]
    sampling: Sampling = Sampling()
    seed: int = 0
    n: int = 20
    repeats: int = 1
    partners: tuple[str, ...] = ()
    probes: bool = False
    shard: Shard | None = None
    challenge: str | None = None
    factors: Factors = PLAIN
    seat: Seat | None = None

    def __post_init__(self) -> None:
        """UsageError unless ``seat``, if one is named, is the model's to take in every task, with a partner in the others."""
        if self.seat is None:
            return
        if not self.partners:
            raise UsageError(f"the model takes seat {self.seat!r:.20}, and there is no partner for the others; name one")
        for source in self.sources:
            free = [seat for seat in _seats(source.task) if seat not in source.task.fixed]
            if self.seat not in free:
                raise UsageError(f"{source.task.label} has no seat {self.seat!r:.20} to take; it has {', '.join(free)}")

    @property
    def kind(self) -> str:
        """Of what kind the run is: "human" where a person is the one tested, else "model"."""
        return "human" if re.match(r"human(?:[:?]|\Z)", self.model) else "model"

    @property
    def specs(self) -> tuple[str, ...]:
        """The models that play."""
        return (self.model, *self.partners, *self.audience)

    @property
    def audience(self) -> tuple[str, ...]:
        """The models that play fixed seats, whoever is tested."""
        return tuple(sorted({spec for source in self.sources for spec in source.task.fixed.values()} - {self.model, *self.partners}))

    @property
    def calls(self) -> int:
        """The most calls that all of it takes, repairs apart."""
        cells = [(source, one) for source in self.sources for one in self.conditions]
        return sum(self.plays_of(source) * calls(source.task, one, self.probes, self.factors) for source, one in cells)

    def configuration(self, details: Mapping[str, Json], others: Mapping[str, Mapping[str, Json]] | None = None) -> Document:
        """What determines an episode; it may not change within a run folder, except that tasks may be added.

        ``details`` are what the engine of the tested model says of it, ``others`` those of the other models, by spec.
        """
        seats = sorted({seat for source in self.sources for seat in _seats(source.task)})
        return {
            "model": self.model,
            "partners": list(self.partners),
            **({"panel": panel} if (panel := panel_of(self.partners, self.model)) else {}),
            "models": {seat: {"spec": self.model, **details} for seat in seats},
            **({"partner_models": {spec: dict((others or {}).get(spec, {})) for spec in self.specs[1:]}} if self.specs[1:] else {}),
            "sampling": asdict(self.sampling),
            "tasks": {source.task.label: source.task.version for source in self.sources},
            "levels": sorted({source.task.level for source in self.sources}),
            "factors": {**({"probes": True} if self.probes else {}), **self.factors.document()},
            "seed": self.seed,
            **({"challenge": self.challenge} if self.challenge else {}),
            **({"seat": self.seat} if self.seat else {}),
        }

    def grid(self) -> Document:
        """How far the run goes; it may grow."""
        return {
            "tasks": list(dict.fromkeys(source.task.label for source in self.sources)),
            "conditions": [condition.name for condition in self.conditions],
            "n": self.n,
            "repeats": self.repeats,
        }

    def folder_name(self) -> str:
        """The same command finds its run again: model and hash of what determines an episode, tasks apart."""
        determined = {name: value for name, value in self.configuration({}).items() if name not in ("tasks", *GROWING)}
        worlds = [_fingerprint(source) for source in self.sources if isinstance(source, Stored)]
        part = f"-{self.shard.words.replace(' ', '-')}" if self.shard else ""
        return f"{slug(self.model)}-{_short(determined | {'worlds': worlds} if worlds else determined)}{part}"

    def episodes(self) -> Iterator[Planned]:
        """Every episode of the grid once, those with the most calls first, so that the tail of a run is short."""
        cells = [(source, condition) for source in self.sources for condition in self.conditions]
        for source, condition in sorted(cells, key=lambda cell: -calls(cell[0].task, cell[1], self.probes, self.factors)):
            named = [(seats, self._name(source, seats)) for seats in self.seatings(source.task)]
            for index in self.share_of(source):
                for repeat in range(self.repeats):
                    where = f"{source.task.label}/{source.task.level}/{condition.name}/{index}/{repeat}"
                    for seats, name in named:
                        yield Planned(f"{where}/{name}", source, condition, index, repeat, seats, self.seed, self.probes, self.factors)

    def seatings(self, task: Task) -> list[Mapping[Seat, str]]:
        """Which model plays which seat, for every way of seating them."""
        seats, fixed = _seats(task), task.fixed
        tested = [seat for seat in seats if seat not in fixed and self.seat in (None, seat)]
        if not self.partners or len(seats) - len(fixed) == 1:  # where the task plays all other seats, there is none for a partner
            return [{**dict.fromkeys(seats, self.model), **fixed}]
        return [{**dict.fromkeys(seats, partner), seat: self.model, **fixed} for partner in self.partners for seat in tested]

    def joined(self, other: Plan) -> Plan:
        """This plan with the grid of ``other`` added to its own."""
        sources = {(one.task.label, one.task.level): one for one in (*other.sources, *self.sources)}
        conditions = dict.fromkeys((*other.conditions, *self.conditions))
        n, repeats = max(self.n, other.n), max(self.repeats, other.repeats)
        return replace(self, sources=tuple(sources.values()), conditions=tuple(conditions), n=n, repeats=repeats)

    def share_of(self, source: Source) -> range:
        """The worlds of ``source`` that are played: all ``n``, or those of the shard."""
        n = min(self.n, len(source.worlds)) if isinstance(source, Stored) else self.n
        return self.shard.share(self._place(source), n) if self.shard else range(n)

    def _place(self, source: Source) -> int:
        """Where ``source`` stands among all, in whatever order their levels were asked for."""
        labels = self.grid()["tasks"]
        places = [(labels.index(one.task.label), one.task.level or 0) for one in self.sources]
        return sorted(places).index((labels.index(source.task.label), source.task.level or 0))

    def worlds_of(self, source: Source) -> int:
        return len(self.share_of(source))

    def plays_of(self, source: Source) -> int:
        """Episodes of ``source`` under each condition."""
        return self.worlds_of(source) * len(self.seatings(source.task)) * self.repeats

    def __len__(self) -> int:
        return sum(map(self.plays_of, self.sources)) * len(self.conditions)

    def _name(self, source: Source, seats: Mapping[Seat, str]) -> str:
        """The end of an episode's id: the seats that the tested model plays, and a hash of all that determines the episode."""
        determined = {
            "task": asdict(source.task),
            "version": source.task.version,
            "seats": seats,
            "sampling": asdict(self.sampling),
            "seed": self.seed,
            "worlds": _fingerprint(source) if isinstance(source, Stored) else None,
            **({"probes": True} if self.probes else {}),
            **({"factors": factors} if (factors := self.factors.document()) else {}),
            **({"challenge": self.challenge} if self.challenge else {}),
        }
        tested = "".join(seat for seat, spec in seats.items() if spec == self.model and seat not in source.task.fixed)
        return f"{tested}/{_short(determined)}"


def slug(model: str) -> str:
    """``model`` as part of a folder's name."""
    return re.sub(r"[^A-Za-z0-9.]+", "-", model).strip("-.")[:60]


def calls(task: Task, condition: Condition, probing: bool = False, factors: Factors = PLAIN) -> int:
    """The most calls an episode takes, repairs apart."""
    talk = {NO_TALK: 0, WHOLE: min(1, task.turns)}.get(condition.talk, task.turns)
    summaries = (task.rounds - 1) * task.seats if factors.memory == SUMMARY else 0
    return task.rounds * (talk + task.seats) + summaries + (probes.most(task, condition) if probing else 0)


def check_guard(before: Mapping[str, Json], now: Mapping[str, Json]) -> None:
    """UsageError if configuration ``now`` would play other episodes than the ``before`` of a run folder."""
    if difference := first_difference(before, now):
        name, old, new = difference
        raise UsageError(
            f"this run folder was made with another {name}: {canonical({'was': old})} against {canonical({'now': new})}. "
            f"Give the old value again, or another --out."
        )


def first_difference(before: Mapping[str, Json], now: Mapping[str, Json]) -> tuple[str, Json, Json] | None:
    """The first key by which two configurations would play other episodes, and what stands there; None if there is none."""
    for name in sorted({*before, *now}):
        old, new = before.get(name), now.get(name)
        if name == "tasks" and isinstance(old, dict) and isinstance(new, dict):
            changed = [label for label in old if label in new and old[label] != new[label]]
        else:
            changed = [name] if old != new else []
        if name in GROWING:
            old, new, changed = _shared(old, new)
        if changed:
            return name, old, new
    return None


GROWING = ("models", "partner_models")
"""What engines say of models, by seat and by spec. A folder of an earlier version has no ``partner_models``."""


def _shared(old: Json, new: Json) -> tuple[Json, Json, list[str]]:
    """Only what determines a model is compared (engines may report more of it), and only at seats or specs that both have."""
    both = sorted(set(old or {}) & set(new or {}))
    changed = [seat for seat in both if any(old[seat].get(name) != new[seat].get(name) for name in ("spec", "revision"))]
    return ({s: old[s] for s in changed}, {s: new[s] for s in changed}, changed)


def _seats(task: Task) -> tuple[Seat, ...]:
    return tuple("ABCDEFGHIJKLMNOPQRSTUVWXYZ"[: task.seats])


def _fingerprint(source: Stored) -> str:
    return _short({"worlds": [world_to_json(world) for world in source.worlds]})


def _short(document: Mapping[str, Json]) -> str:
    return hashlib.sha256(canonical(document).encode()).hexdigest()[:8]
