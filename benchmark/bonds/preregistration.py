"""The preregistered contrasts as values: read from ``preregistered.toml``, which says everything that is fixed beforehand."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files

from benchmark.factors import Factors, factors_of
from benchmark.vocabulary import Json

PRIMARY, SECONDARY = "primary", "secondary"


@dataclass(frozen=True, slots=True)
class Arm:
    """A task with its options, and the factors it is played with."""

    task: str
    factors: Factors

    def __str__(self) -> str:
        return " ".join([self.task, *(f"{name}={value}" for name, value in self.factors.document().items())])

    @property
    def folder(self) -> str:
        """The name of its run folder, which contrasts that share an arm share."""
        readable = "".join(char if char.isalnum() else "-" for char in str(self))
        return f"{readable[:60]}-{hashlib.sha256(str(self).encode()).hexdigest()[:8]}"


@dataclass(frozen=True, slots=True)
class Contrast:
    """Two arms that differ in one thing. ``actions`` are curves of the score, whose values in a round are what a seat did there."""

    name: str
    family: str
    question: str
    actions: tuple[str, ...]
    first: Arm
    second: Arm

    @property
    def arms(self) -> tuple[Arm, Arm]:
        return self.first, self.second


@dataclass(frozen=True, slots=True)
class Finding:
    """What a track was made to show, from the records of all its ``arms``: see ``benchmark.bonds.findings``."""

    name: str
    question: str
    arms: tuple[Arm, ...]


@dataclass(frozen=True, slots=True)
class Preregistered:
    """``worlds`` per arm; ``equivalence`` is the bound of language in standard deviations; ``digest`` names the file to the byte."""

    version: int
    worlds: int
    seed: int
    alpha: float
    power: float
    equivalence: float
    contrasts: tuple[Contrast, ...]
    findings: tuple[Finding, ...]
    digest: str

    @property
    def compared(self) -> tuple[Contrast | Finding, ...]:
        return (*self.contrasts, *self.findings)

    @property
    def arms(self) -> tuple[Arm, ...]:
        """Every arm once, in order."""
        return tuple(dict.fromkeys(arm for one in self.compared for arm in one.arms))


def preregistered() -> Preregistered:
    """The set that this release plays."""
    text = files("benchmark.bonds").joinpath("preregistered.toml").read_bytes()
    document = tomllib.loads(text.decode())
    contrasts = tuple(_contrast(one) for one in document.pop("contrast"))
    findings = tuple(
        Finding(one["name"], one["question"], tuple(_arm({"task": task}) for task in one["arms"])) for one in document.pop("finding")
    )
    return Preregistered(**document, contrasts=contrasts, findings=findings, digest=hashlib.sha256(text).hexdigest())


def _contrast(one: Mapping[str, Json]) -> Contrast:
    named = {name: one[name] for name in ("name", "family", "question")}
    return Contrast(**named, actions=tuple(one["actions"]), first=_arm(one["first"]), second=_arm(one["second"]))


def _arm(one: Mapping[str, Json]) -> Arm:
    return Arm(one["task"], factors_of(one))
