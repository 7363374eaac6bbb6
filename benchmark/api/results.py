"""What a report says, with types: the document of `bench report --json`, key by key.

Every mean stands with its 95 % limits and the number of worlds behind it. What does not apply is None, never 0. Keys may be added; these
keep their names and meanings.
"""

# Not `from __future__ import annotations`: Python 3.11 then takes every key for a required one.
from collections.abc import Mapping
from typing import NotRequired, TypedDict

from benchmark.vocabulary import Json


class Estimate(TypedDict):
    """A mean with its limits; ``n`` counts worlds, in a gap pairs of worlds."""

    mean: float
    low: float
    high: float
    n: int


class Gap(Estimate):
    """A paired difference on the same worlds; ``p`` is two-sided. ``p_holm`` corrects the primary ones; all others are exploratory."""

    p: float
    test: str
    exploratory: bool
    graded: bool
    relative: Estimate | None
    p_holm: NotRequired[float]


class Cell(TypedDict):
    """A task under one condition. ``facts`` and ``parts`` hold estimates by name, as far as the task has any."""

    n: int
    episodes: int
    success: Estimate | None
    success_solvable: Estimate | None
    success_no_solution: Estimate | None
    success_decided: Estimate | None
    value: Estimate | None
    grounding_success: Estimate | None
    lucky: Estimate | None
    unlicensed: Estimate | None
    format_failure: Estimate | None
    psychic: Estimate | None
    words: Estimate | None
    turns: Estimate | None
    tokens: Estimate | None
    cost: Estimate | None
    success_per_1000_words: Estimate | None
    native: Estimate | None
    facts: Mapping[str, Json] | None
    parts: Mapping[str, Json]


class Overall(TypedDict, total=False):
    """Means over tasks that count alike; empty where no such task was played, and None where one of them was not played so."""

    tasks: list[str]
    grounding_success: Estimate | None
    success: Estimate | None
    lucky: Estimate | None
    conditions: dict[str, Estimate | None]
    gap: Gap | None
    information: Gap | None
    control: Gap | None
    writing: Gap | None
    zhou_gap: Gap | None


class Report(TypedDict):
    """A run as `bench report --json` has it. ``tasks`` and ``gaps`` are by label, then by condition or by contrast.

    The counts of ``outcomes`` and ``unplayed`` add up to ``plan``. ``cost`` is None where a price is unknown, and ``cost_known`` is then
    a part of it. ``mixed`` is ``overall`` of the tasks outside the headline. ``cells`` pool nothing: levels, partners and arms apart.
    """

    run: str
    model: str
    partners: list[str]
    self_play: bool
    plan: int
    outcomes: dict[str, int]
    unplayed: int
    partner_failures: int
    calls: int
    cost: float | None
    cost_known: float
    tasks: dict[str, dict[str, Cell]]
    gaps: dict[str, dict[str, Gap | None]]
    overall: Overall
    mixed: Overall
    by_partner: dict[str, Overall]
    by_level: dict[str, Overall]
    blame: Mapping[str, Json]
    look: Mapping[str, Json]
    about: Mapping[str, Json]
    sources: Mapping[str, str]
    scale: Mapping[str, Estimate] | None
    cells: list[Mapping[str, Json]]
    detectable_gap: float | None
    detectable: Mapping[str, Json]
    people: NotRequired[Mapping[str, Json]]
    curves: NotRequired[Mapping[str, Json]]
