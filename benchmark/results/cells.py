"""Records become numbers, numbers become worlds, and worlds become what a report says of a task under one condition."""

from __future__ import annotations

import json
from array import array
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, dataclass, field
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from benchmark import diagnosis
from benchmark.naming import nearest
from benchmark.prices import Prices, Used, add, cost, tokens
from benchmark.probes import KIND
from benchmark.results import statistics
from benchmark.results.causes import CAUSE, CAUSES, cause, failed_by_partner
from benchmark.results.first_look import FirstLook
from benchmark.results.habits import HABITS, habits
from benchmark.results.parts import Parts
from benchmark.results.statistics import Estimate, Floats, Interval
from benchmark.views import CONDITIONS, NO_TALK, Condition
from benchmark.vocabulary import FolderError, Json, Usage

DIGITS = 12
"""Reports are rounded to so many decimals, at which every machine agrees."""

MEASURES = (
    "solvable", "graded", "success", "grounding_success", "lucky", "unlicensed", "success_decided", "format_failure", "psychic",
    "words", "turns", "tokens", "cost", "native", "raw", "floor", "best", "needed", "presented", "taken_up", *diagnosis.COLUMNS,
    CAUSE,
)  # fmt: skip
"""What is kept of a record: a number each, NaN where it does not apply."""

OUTCOMES = ("decided", "illegal", "refused", "truncated", "leaked", "error")

_NONE = float("nan")
_NOTHING = Usage()
_WORLDS_PER_LEVEL = 2**36


class Cell(NamedTuple):
    """What is never pooled in ``cells``. ``factors`` is canonical JSON; ``partner`` is empty in self-play."""

    task: str
    condition: str
    level: int
    partner: str
    factors: str


@dataclass(slots=True)
class Gathered:
    """All that a pass over the records keeps: about 240 bytes of each, and what their scores are made of."""

    rows: dict[Cell, array[float]]
    parts: dict[Cell, Parts]
    plays: dict[str, int]
    outcomes: Counter[str]
    partner_failures: int = 0
    used: dict[str, Usage] = field(default_factory=dict)
    calls: int = 0
    served: Counter[str] = field(default_factory=Counter)
    look: FirstLook = field(default_factory=FirstLook)

    def parts_of(self, cells: Iterable[Cell]) -> list[Parts]:
        return [self.parts[cell] for cell in cells if cell in self.parts]

    def table(self, cells: Iterable[Cell]) -> Floats:
        """One row per counted record of ``cells``, in an order that does not depend on the order of the records."""
        width = 2 + len(MEASURES)
        parts = [np.frombuffer(self.rows[cell], dtype=np.float64).reshape(-1, width) for cell in cells if cell in self.rows]
        if not parts:
            return np.empty((0, width))
        rows = np.concatenate(parts) if len(parts) > 1 else parts[0]
        rank = np.empty(len(self.plays))
        rank[[self.plays[play] for play in sorted(self.plays)]] = np.arange(len(self.plays))
        plays = rank[rows[:, 1].astype(np.int64)]
        order = np.lexsort((plays, rows[:, 0]))
        table: Floats = rows[order]
        table[:, 1] = plays[order]
        return table


@dataclass(frozen=True, slots=True, eq=False)
class Worlds:
    """Means over the plays of each world, a column for each of ``measures``; ``plays`` counts the records behind them."""

    keys: NDArray[np.int64]
    means: Floats
    plays: int
    measures: tuple[str, ...] = MEASURES

    def column(self, measure: str) -> Floats:
        return self.means[:, self.measures.index(measure)]

    def only(self, measures: tuple[str, ...]) -> Worlds:
        """Some of the columns, without the memory of the others."""
        return Worlds(self.keys, np.column_stack([self.column(measure) for measure in measures]), self.plays, measures)

    def strata(self, values: Floats) -> list[Floats]:
        """``values`` of solvable worlds and of those without a solution, those that have any."""
        solvable = self.column("solvable") > 0
        known = ~np.isnan(values if values.ndim == 1 else values[:, 0])
        return [part for part in (values[solvable & known], values[~solvable & known]) if len(part)]


def gather(records: Iterable[Mapping[str, Json]], tested: str, prices: Prices | None = None) -> Gathered:
    """One pass over the records, keeping numbers only. ``tested`` is the spec of the model the report is about.

    What a record cost is counted by ``prices``, as it may have been unknown when it was played.
    """
    gathered = Gathered({}, {}, {}, Counter())
    for record in records:
        try:
            _take(gathered, record, tested, prices or {})
        except (KeyError, TypeError, AttributeError, ValueError, OverflowError) as error:
            name = record.get("id") if isinstance(record, Mapping) else None
            raise FolderError(
                f"the record {str(name)[:120]!r} is not one of this version ({type(error).__name__}: {error}). "
                f"Run `bench rescore` on its folder, or `bench verify` to see what is wrong."
            ) from None
    return gathered


def worlds(rows: Floats) -> Worlds:
    """Plays averaged per world, each measure over the plays to which it applies."""
    keys, starts = np.unique(rows[:, 0].astype(np.int64), return_index=True)
    if len(keys) == len(rows):  # each world was played once: its means are its numbers
        return Worlds(keys, rows[:, 2:], len(rows))
    means = np.full((len(keys), len(MEASURES)), _NONE)
    for place in range(len(MEASURES) if len(keys) else 0):
        numbers = rows[:, 2 + place]
        known = ~np.isnan(numbers)
        counts = np.add.reduceat(known.astype(np.float64), starts)
        sums = np.add.reduceat(np.where(known, numbers, 0.0), starts)
        np.divide(sums, counts, out=means[:, place], where=counts > 0)
    return Worlds(keys, means, len(rows))


def in_both(first: Floats | None, second: Floats | None) -> tuple[Floats, Floats] | None:
    """The rows of the plays (world, repeat, seating) that both tables have, in one order; None where they have none in common."""
    if first is None or second is None:
        return None
    _, here, there = np.intersect1d(_play_keys(first), _play_keys(second), return_indices=True)
    return (first[here], second[there]) if len(here) else None


def _play_keys(rows: Floats) -> NDArray[np.int64]:
    """One integer for the world and the play of each row (exact: both are small)."""
    return rows[:, 0].astype(np.int64) * 2**20 + rows[:, 1].astype(np.int64)


def summary(condition: Condition, of: Worlds, name: str) -> dict[str, Json]:
    """What the report says of worlds played under ``condition``. ``name`` names the resampling streams.

    Success, grounding success, lucky and success among the decided are means of the two strata, where both exist; other
    shares are plain. ``unlicensed`` is over the commits of decided episodes, ``psychic`` the share of episodes with any.
    """
    solvable = of.column("solvable") > 0
    talks = condition.talk != NO_TALK
    success = of.column("success")
    return {
        "n": len(of.keys),
        "episodes": of.plays,
        "success": _json(share(of, "success")),
        "success_solvable": _json(_wilson(success[solvable])),
        "success_no_solution": _json(_wilson(success[~solvable])),
        "success_decided": _json(share(of, "success_decided")),
        "value": _json(_interval(value(of, name), (0.0, 1.0))),
        "grounding_success": _json(share(of, "grounding_success")) if condition.grounds else None,
        "lucky": _json(share(of, "lucky")) if condition.grounds else None,
        "unlicensed": _json(_wilson(of.column("unlicensed"))) if condition.grounds else None,
        "format_failure": _json(_wilson(of.column("format_failure"))),
        "psychic": _json(_wilson(of.column("psychic"))),
        "words": _json(_mean(of, "words", name)),
        "turns": _json(_mean(of, "turns", name)),
        "tokens": _json(_mean(of, "tokens", name)),
        "cost": _json(_mean(of, "cost", name)),
        "success_per_1000_words": _json(_ratio(1000 * success, of.column("words"), name)) if talks else None,
        "facts": _facts(of, name) if talks and len(of.keys) else None,
        "native": _json(_mean(of, "native", name, (0.0, 1.0))),
        **(habits(of.column, name, as_document) if condition.grounds else dict.fromkeys(HABITS)),
    }


def share(of: Worlds, measure: str) -> Interval | None:
    """The mean of the strata's shares, by Wilson limits; None where no world has the measure."""
    parts = [statistics.wilson(float(part.sum()), len(part)) for part in of.strata(of.column(measure))]
    return statistics.mean_of_strata(parts) if parts else None


def value(of: Worlds, name: str) -> Estimate | None:
    """Σ(raw − floor) / Σ(best − floor) over worlds; None where nothing is at stake."""
    return _ratio_estimate(of, of.column("raw") - of.column("floor"), of.column("best") - of.column("floor"), name)


def as_document(found: Interval) -> dict[str, Json]:
    """``found`` as it stands in a report."""
    document: dict[str, Json] = {key: round(number, DIGITS) + 0.0 for key, number in asdict(found).items() if key != "n"}
    return {**document, "n": found.n}


def _take(gathered: Gathered, record: Mapping[str, Json], tested: str, prices: Prices) -> None:
    outcome, seats = record["outcome"], record["seats"]
    gathered.outcomes[outcome] += 1
    talk, aside = _used(gathered, record, tested)
    for use in (talk, aside):
        for spec, took in use.items():
            gathered.used[spec] = add(gathered.used.get(spec, _NOTHING), took)
    kind = outcome.partition(":")[0]
    if kind not in OUTCOMES:
        raise ValueError(f'unknown outcome "{outcome}"; {nearest(kind, OUTCOMES)}')
    gathered.look.take(record)
    if kind in ("leaked", "error"):
        return
    if failed_by_partner(record, tested):
        gathered.partner_failures += 1
        return
    if record["condition"] not in CONDITIONS:
        raise ValueError(f'unknown condition "{record["condition"]}"; {nearest(str(record["condition"]), CONDITIONS)}')
    played = [seat for seat in seats if seat not in record.get("audience", ())]
    partner = " + ".join(sorted({seats[seat] for seat in played} - {tested}))
    factors = json.dumps(record["factors"], sort_keys=True) if record.get("factors") else "{}"
    cell = Cell(record["task"], record["condition"], int(record["level"] or 0), partner, factors)
    play = f"{record['repeat']:09d} {sorted(seats.items())} {factors}" if partner else f"{record['repeat']:09d} {factors}"
    where = (float(cell.level * _WORLDS_PER_LEVEL + int(record["index"])), float(gathered.plays.setdefault(play, len(gathered.plays))))
    mine = tuple(seat for seat in played if seats[seat] == tested)
    gathered.rows.setdefault(cell, array("d")).extend(where + _numbers(record, kind, talk, prices, mine))
    gathered.parts.setdefault(cell, Parts()).take(record["score"], where[0], mine, kind == "decided")


def _used(gathered: Gathered, record: Mapping[str, Json], tested: str) -> tuple[Used, Used]:
    """The tokens of a record by model, and those of its probes; counts the calls of the ``tested`` model in passing."""
    sums: tuple[dict[str, list[int]], dict[str, list[int]]] = ({}, {})
    seats = record["seats"]
    for call in record["calls"]:
        spec, took = seats[call["seat"]], call["usage"]
        total = sums[call["kind"] == KIND].setdefault(spec, [0, 0, 0])
        total[0] += took["prompt"]
        total[1] += took["cached"]
        total[2] += took["completion"]
        if spec == tested:
            gathered.calls += 1
            if served := call.get("served"):
                gathered.served[str(served)] += 1
    talk, aside = ({spec: Usage(*total) for spec, total in one.items()} for one in sums)
    return talk, aside


def _numbers(record: Mapping[str, Json], kind: str, use: Used, prices: Prices, mine: Collection[str]) -> tuple[float, ...]:
    """``MEASURES`` of a record, in their order. ``use`` is that of talk and commits, ``mine`` are the seats of the tested model."""
    score = record["score"]
    worth, facts, licensed = score["value"], score["facts"], score["licensed"]
    decided = kind == "decided"
    return (
        record["solvable"],
        record["graded"],
        score["success"],
        _or_none(score["grounding_success"]),
        _or_none(score["lucky"]),
        1 - sum(licensed.values()) / len(licensed) if decided and licensed else _NONE,
        score["success"] if decided else _NONE,
        kind == "illegal",
        score["psychic"] > 0,
        score["words"],
        score["turns"],
        tokens(use),
        _NONE if any(prices.get(spec) is None for spec in use) else cost(use, prices),
        _or_none(score["native"]),
        worth["raw"],
        worth["floor"],
        worth["best"],
        facts["needed"],
        facts["presented"],
        facts["taken_up"],
        *diagnosis.numbers(score, mine),
        list(CAUSES).index(cause(record)),
    )


def _or_none(number: float | None) -> float:
    return _NONE if number is None else number


def _wilson(values: Floats) -> Interval | None:
    known = values[~np.isnan(values)]
    return statistics.wilson(float(known.sum()), len(known)) if len(known) else None


def _mean(of: Worlds, measure: str, name: str, bounds: tuple[float, float] | None = None) -> Interval | None:
    values = of.column(measure)
    known = values[~np.isnan(values)]
    return statistics.interval(statistics.mean_estimate([known], name), bounds) if len(known) else None


def _ratio_estimate(of: Worlds, numerator: Floats, denominator: Floats, name: str) -> Estimate | None:
    strata = of.strata(np.column_stack([numerator, denominator]))
    return statistics.ratio_estimate(strata, name) if sum(float(part[:, 1].sum()) for part in strata) > 0 else None


def _ratio(numerator: Floats, denominator: Floats, name: str) -> Interval | None:
    if not float(denominator.sum()) > 0:
        return None
    return statistics.interval(statistics.ratio_estimate([np.column_stack([numerator, denominator])], name))


def _facts(of: Worlds, name: str) -> dict[str, Json]:
    """Needed facts of an episode, those presented and those taken up, with their shares of the needed and the presented."""
    needed, presented, taken_up = (of.column(measure) for measure in ("needed", "presented", "taken_up"))
    means = {measure: _json(_mean(of, measure, name)) for measure in ("needed", "presented", "taken_up")}
    return {**means, "recall": _json(_ratio(presented, needed, name)), "uptake": _json(_ratio(taken_up, presented, name))}


def _interval(estimate: Estimate | None, bounds: tuple[float, float]) -> Interval | None:
    return statistics.interval(estimate, bounds) if estimate else None


def _json(found: Interval | None) -> dict[str, Json] | None:
    return as_document(found) if found else None
