"""What a user asks for, and the plan that comes of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import TypedDict, Unpack

import tasks
from benchmark import views
from benchmark.api import content
from benchmark.api.content import load_worlds, make_task
from benchmark.factors import FULL, NONE, TALK, Factors
from benchmark.naming import check_known
from benchmark.panels import expanded
from benchmark.running.plan import PRESETS, Plan, Preset
from benchmark.running.shards import Shard, check_filled, parse_shard
from benchmark.task import Task
from benchmark.vocabulary import Sampling, UsageError
from benchmark.worlds import Generated, Source
from models.spec import parse_spec


class Asked(TypedDict, total=False):
    """What may be said beside the model, by the names of the command's options; what is left out is as the preset has it.

    Where several may be named, one alone will do. ``model_args`` are options of the engine, as a mapping or as "k=v".
    """

    partners: str | Iterable[str]
    preset: str
    tasks: str | Iterable[str]
    conditions: str | Iterable[str]
    levels: int | Iterable[int]
    n: int | None
    repeats: int | None
    seed: int
    worlds: Path | str | None
    temperature: float
    top_p: float
    max_tokens: int
    base_url: str | None
    model_args: Mapping[str, object] | str | Iterable[str]
    prices: Path | str | None
    rpm: int | None
    tpm: int | None
    probes: bool
    shard: str | None
    challenge: str | None
    channel: str
    label: str
    history: str
    memory: str
    seat: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What a user asks for: the options of ``bench run`` under their names. None and empty mean "as the preset says"."""

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
    prices: Path | None = None
    rpm: int | None = None
    tpm: int | None = None
    probes: bool = False
    shard: str | None = None
    challenge: str | None = None
    channel: str = TALK
    label: str = NONE
    history: str = NONE
    memory: str = FULL
    seat: str | None = None

    @classmethod
    def of(cls, model: str, **asked: Unpack[Asked]) -> Wish:
        """The wish that these keywords say. UsageError for sampling that cannot be."""
        given: dict[str, object] = dict(asked)
        drawn = {name: given.pop(name) for name in ("temperature", "top_p", "max_tokens") if name in given}
        for name in ("partners", "tasks", "conditions", "levels"):
            if name in given:
                given[name] = _several(given[name])
        for name in ("worlds", "prices"):
            if isinstance(place := given.get(name), str):
                given[name] = Path(place)
        if (options := given.get("model_args")) is not None:
            given["model_args"] = tuple(f"{k}={v}" for k, v in options.items()) if isinstance(options, Mapping) else _several(options)
        sampling = Sampling(**drawn)  # type: ignore[arg-type]
        return cls(model=model, sampling=sampling, **given)  # type: ignore[arg-type]

    @property
    def factors(self) -> Factors:
        """The arm asked for. UsageError if there is no such one."""
        return Factors(self.channel, self.label, self.history, self.memory)


def _several(value: object) -> tuple[object, ...]:
    """One as a tuple of one."""
    return tuple(value) if isinstance(value, Iterable) and not isinstance(value, str) else (value,)


def make_plan(wish: Wish) -> Plan:
    """The plan of what a user asks for. UsageError or WorldsError where it cannot be had."""
    preset = PRESETS[check_known(wish.preset, PRESETS, "preset")]
    if preset.pinned:
        _check_unsaid(wish)
    _check_challenge(wish)
    model = parse_spec(wish.model, defaults(wish)).identity
    partners = tuple(dict.fromkeys(parse_spec(text).identity for text in expanded(wish.partners, model)))
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
        made = [make_task(text, level, foreign=wish.tasks) for text in wish.tasks or tasks.HEADLINE for level in levels]
        sources = tuple(Generated(task, wish.seed, wish.challenge) for task in dict.fromkeys(made))
        n = wish.n or preset.n
    plan = Plan(
        model=model,
        sources=sources,
        conditions=_conditions(wish, preset),
        sampling=wish.sampling,
        seed=wish.seed,
        n=n,
        repeats=wish.repeats or preset.repeats,
        partners=partners,
        probes=wish.probes,
        challenge=wish.challenge,
        factors=wish.factors,
        seat=wish.seat,
    )
    check_tasks(plan.factors, [source.task for source in plan.sources])
    return sharded(plan, parse_shard(wish.shard)) if wish.shard else plan


def sharded(plan: Plan, shard: Shard) -> Plan:
    """That part of ``plan``. UsageError if some part would have nothing to play."""
    check_filled(shard.of, map(plan.worlds_of, plan.sources))
    return replace(plan, shard=shard)


def _conditions(wish: Wish, preset: Preset) -> tuple[views.Condition, ...]:
    """Those asked for, or the preset's (of tracks the headline's); against partners only those with an instance for every seat.

    Factors leave out what does not have what they change.
    """
    only_tracks = bool(wish.tasks) and all(content.split_label(text)[0] in tasks.BONDS for text in wish.tasks)
    names = wish.conditions or ((views.HEADLINE,) if only_tracks else preset.conditions)
    asked = [views.CONDITIONS[check_known(name, views.CONDITIONS, "condition")] for name in names]
    fitting = [condition for condition in asked if not wish.partners or condition.instance_per == "seat"]
    if wish.conditions and len(fitting) < len(asked):
        unfit = ", ".join(condition.name for condition in asked if condition not in fitting)
        raise UsageError(f"{unfit} has one instance for several seats, so there is no seat for --partner; leave one of them out")
    return arms_of(wish.factors, fitting, told=bool(wish.conditions))


def arms_of(factors: Factors, conditions: Sequence[views.Condition], told: bool) -> tuple[views.Condition, ...]:
    """Those of ``conditions`` in which ``factors`` change anything. UsageError if one is left out that a user ``told``, or all are."""
    fitting = tuple(dict.fromkeys(condition for condition in conditions if factors.fits(condition)))
    left = [condition.name for condition in conditions if condition not in fitting]
    if left and (told or not fitting):
        raise UsageError(
            f"{', '.join(left)} cannot be played with {describe(factors)}: a channel needs talk turn by turn, and a label or history a "
            f"partner that another instance plays; leave one of them out"
        )
    return fitting


def check_tasks(factors: Factors, played: Sequence[Task]) -> None:
    """UsageError if a task lacks what ``factors`` change: earlier rounds to be remembered, or any talk."""
    single = [task.label or task.name for task in played if task.rounds == 1]
    mute = [task.label or task.name for task in played if not task.turns]
    if factors.channel != TALK and mute:
        raise UsageError(f"--channel {factors.channel} is for tasks in which there is talk, and {', '.join(mute)} has none; leave it out")
    if factors.memory != FULL and (own := [task.name for task in played if type(task).recalls is not Task.recalls]):
        raise UsageError(f"--memory {factors.memory} cannot be added to what {', '.join(own)} leaves of a round; see its own options")
    if factors.memory != FULL and single:
        raise UsageError(f"--memory {factors.memory} is for tasks of many rounds, and {', '.join(single)} has one; leave it out")


def describe(factors: Factors) -> str:
    """``factors`` as they are asked for; empty by default."""
    return " ".join(f"--{name} {value}" for name, value in factors.document().items())


def _check_unsaid(wish: Wish) -> None:
    """UsageError if ``wish`` says anything that its preset pins."""
    free = ("model", "partners", "preset", "base_url", "model_args", "prices", "rpm", "tpm", "shard", "challenge")
    said = [one.name for one in fields(wish) if one.name not in free and getattr(wish, one.name) != getattr(Wish(model=""), one.name)]
    if said:
        raise UsageError(
            f"--preset {wish.preset} pins everything but the model, and {', '.join(said)} was given. Leave it out, or take quick."
        )


def _check_challenge(wish: Wish) -> None:
    """UsageError unless the challenge, if there is one, is as boards give them, and alone names the worlds."""
    if wish.challenge is None:
        return
    if not re.fullmatch(r"[0-9a-f]{32,128}", wish.challenge):
        raise UsageError(f'--challenge takes the 32 to 128 hexadecimal digits that a board gave, and was given "{wish.challenge:.80}"')
    if wish.worlds is not None or wish.seed:
        raise UsageError("--challenge names the worlds, as --worlds and --seed do; leave those out")


def defaults(wish: Wish) -> dict[str, str]:
    """``--base-url``, ``--rpm``, ``--tpm`` and ``--model-arg`` as spec options; what the spec itself says wins."""
    given = {"base_url": wish.base_url, "rpm": wish.rpm, "tpm": wish.tpm}
    options = {key: str(value) for key, value in given.items() if value}
    for part in wish.model_args:
        key, equals, value = part.partition("=")
        if not equals:
            raise UsageError(f'--model-arg takes key=value, and was given "{part}"')
        options[key] = value
    return options
