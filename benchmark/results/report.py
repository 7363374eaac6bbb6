"""The report of a run: one pass over its records, and the document that ``bench report --json`` prints.

Which condition is the headline, which differences are looked at and which of them are primary is read from
``benchmark.views``. Records that say nothing about the tested model (leaked, failed by a partner) are left out and counted.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from benchmark.factors import UNGROUNDED
from benchmark.prices import with_those_of
from benchmark.records import Document
from benchmark.results import statistics
from benchmark.results.bill import Bill, costs
from benchmark.results.blame import Blame, blame, blame_told, split_contrast
from benchmark.results.cells import DIGITS, MEASURES, OUTCOMES, Cell, Gathered, Worlds, as_document, gather, in_both, summary, worlds
from benchmark.results.habits import scorekeeping
from benchmark.results.methods import about
from benchmark.results.parts import curve_means, part_means
from benchmark.results.statistics import Estimate, Floats
from benchmark.views import CONDITIONS, CONTRASTS, HEADLINE, PRIMARY
from benchmark.vocabulary import FolderError, Json

AVERAGED = ("solvable", "success", "grounding_success", "lucky", *(name for name in MEASURES if name.startswith("probes_")))
"""What means over several tasks are made of: all that is kept of each world once its task is reported."""

CEILING = 0.2
"""A difference is divided by what it is lost from only where that is surely above this."""


@dataclass(frozen=True, slots=True, eq=False)
class Paired:
    """A paired difference: its estimate, that of the first arm, what each world adds to it, and Σ (one world's difference)²."""

    difference: Estimate
    ceiling: Estimate
    contributions: Floats
    squares: float
    graded: bool


@dataclass(frozen=True, slots=True, eq=False)
class Played:
    """What was played of one task: its worlds by condition, and its paired differences by contrast."""

    worlds: Mapping[str, Worlds]
    pairs: Mapping[str, Paired | None]
    blame: Blame | None = None


def report(
    run: Mapping[str, Json],
    records: Iterable[Mapping[str, Json]],
    errors: int = 0,
    headline: Collection[str] | None = None,
    bill: Bill | None = None,
    readings: Mapping[str, tuple[float, float, int]] | None = None,
) -> Document:
    """The report of ``records``, played as ``run`` (run.json) says; ``errors`` counts planned episodes that failed for good.

    ``headline`` names the tasks that ``overall`` averages; without it, every task asked for without options. Tasks without
    options that are not among them are averaged in ``mixed``, but for tracks, which stand apart. ``bill`` says what failed attempts
    took and what tokens cost, by default nothing and what run.json states; ``readings`` with which precision and recall a task's
    language is read, on how many claims. FolderError if a record or run.json is not of this version.
    """
    try:
        configuration, grid = run["configuration"], run["grid"]
        tested, planned = configuration["model"], int(run["plan"])
        asked_tasks, asked_conditions = list(grid["tasks"]), [CONDITIONS[name].name for name in grid["conditions"]]
    except (KeyError, TypeError, ValueError) as error:
        raise FolderError(f"run.json lacks something or holds something unknown ({error!r}); it is not a run of this version") from None
    bill = bill or Bill(with_those_of(None, run, [tested, *(configuration.get("partners") or [])]))
    gathered = gather(records, tested, bill.prices)
    document = _head(run, gathered, planned, errors) | costs(gathered, bill)
    labels = _ordered(asked_tasks, [cell.task for cell in gathered.rows])
    conditions = _ordered(asked_conditions, [cell.condition for cell in gathered.rows])
    tracks = {cell.task for cell, parts in gathered.parts.items() if parts.has_rounds}
    plain = [label for label in labels if ":" not in label and label not in tracks]
    chosen = [label for label in labels if label in headline] if headline is not None else plain
    played: dict[str, Played] = {}
    document |= {"tasks": {}, "gaps": {}}
    cells: list[Document] = []
    for label in labels:
        played[label], document["tasks"][label], found = _task(gathered, label, conditions)
        document["gaps"][label] = {name: _gap(pair, label, name) for name, pair in played[label].pairs.items()}
        cells += found
    for cell in cells:
        cell["factors"] = {**(configuration.get("factors") or {}), **cell["factors"]}
    read = {label: dict(zip(("precision", "recall", "n"), found, strict=True)) for label, found in (readings or {}).items()}
    document["reading"] = {label: read[label] for label in labels if label in read}
    document |= _curves(gathered, [label for label in labels if label in tracks], conditions)
    document["overall"] = _overall([(label, played[label]) for label in chosen])
    _correct(document["overall"])
    document["mixed"] = _overall([(label, played[label]) for label in plain if label not in chosen])
    document["by_partner"] = _by_partner(gathered, chosen or labels, conditions)
    document["by_level"] = _by_level(gathered, chosen or plain, conditions)
    each = {label: ledger for label in labels if (ledger := blame_told([played[label].blame])) is not None}
    document["blame"] = {"of": split_contrast(conditions), "tasks": each, "overall": blame_told([played[label].blame for label in chosen])}
    document |= {"look": gathered.look.document(), "about": about(run)}
    if (configuration.get("factors") or {}).get("channel"):
        for cell in [*cells, *(cell for found in document["tasks"].values() for cell in found.values())]:
            cell["facts"] = None
        document["ungrounded"] = UNGROUNDED
    return {**document, "cells": cells, **_detectable([played[label] for label in chosen])}


def _head(run: Mapping[str, Json], gathered: Gathered, planned: int, errors: int) -> Document:
    """What was played, and that its counts add up to what was planned."""
    counts = gathered.outcomes + Counter(error=errors)
    outcomes = {name: counts[name] for name in sorted(counts, key=lambda name: (OUTCOMES.index(name.partition(":")[0]), name))}
    unplayed = planned - sum(outcomes.values())
    if unplayed < 0:
        raise FolderError(
            f"{sum(outcomes.values())} episodes are on record or failed, and only {planned} were planned. "
            f"Run `bench verify` to see which of them do not belong."
        )
    partners = list(run["configuration"].get("partners") or [])
    return {
        "run": run.get("id", ""),
        "model": run["configuration"]["model"],
        "partners": partners,
        "panel": run["configuration"].get("panel"),
        "self_play": not partners,
        **({"shard": run["shard"]} if run.get("shard") else {}),
        "plan": planned,
        "outcomes": outcomes,
        "unplayed": unplayed,
        "partner_failures": gathered.partner_failures,
        "calls": gathered.calls,
        "served": dict(sorted(gathered.served.items())),
        "confidence": statistics.CONFIDENCE,
        "headline_condition": HEADLINE,
    }


def _ordered(order: Sequence[str], found: Collection[str]) -> list[str]:
    return list(dict.fromkeys([*order, *sorted(found)]))


def _task(gathered: Gathered, label: str, conditions: Sequence[str]) -> tuple[Played, Document, list[Document]]:
    """All of one task: its worlds and pairs, its part of the document, and its cells."""
    tables: dict[str, Floats] = {}
    pooled: Document = {}
    cells: list[Document] = []
    for condition in conditions:
        mine = sorted(cell for cell in gathered.rows if (cell.task, cell.condition) == (label, condition))
        tables[condition] = gathered.table(mine)
        pooled[condition] = _summary(gathered, tables[condition], mine, condition, label)
        for cell in mine:
            alone = pooled[condition] if len(mine) == 1 else _summary(gathered, gathered.table([cell]), [cell], condition, label)
            curves = curve_means(gathered.parts_of([cell]), label) if len(mine) > 1 else {}  # of one cell alone they stand in "curves"
            cells.append(_cell(cell, alone | ({"curves": curves} if curves else {})))
    pairs = {name: _paired(tables.get(first), tables.get(second), label) for name, (first, second) in CONTRASTS.items()}
    kept = {condition: worlds(table).only(AVERAGED) for condition, table in tables.items()}
    return Played(kept, pairs, blame(tables, split_contrast(conditions), label)), pooled, cells


def _summary(gathered: Gathered, rows: Floats, cells: Sequence[Cell], condition: str, label: str) -> Document:
    """What is said of ``cells``, whose records are ``rows``."""
    return summary(CONDITIONS[condition], worlds(rows), label) | {"parts": part_means(gathered.parts_of(cells), label)}


def _curves(gathered: Gathered, labels: Sequence[str], conditions: Sequence[str]) -> Document:
    """What went on round by round, for the tasks that say so; nothing where there is none."""
    found: Document = {}
    for label in labels:
        cells = {name: [cell for cell in gathered.parts if (cell.task, cell.condition) == (label, name)] for name in conditions}
        found[label] = {name: curve_means(gathered.parts_of(sorted(mine)), label) for name, mine in cells.items() if mine}
    return {"curves": found} if found else {}


def _cell(cell: Cell, alone: Document) -> Document:
    known = {"task": cell.task, "level": cell.level, "condition": cell.condition, "partner": cell.partner or None}
    return {**known, "factors": json.loads(cell.factors), **alone}


def _paired(first: Floats | None, second: Floats | None, name: str) -> Paired | None:
    """The difference over the plays (world, repeat, seating) that both arms have; on value if the task is graded."""
    both = in_both(first, second)
    if both is None:
        return None
    one, other = map(worlds, both)
    if bool((one.column("graded") > 0).any()):
        return _paired_values(one, other, name)
    moved = one.strata(one.column("success") - other.column("success"))
    return Paired(
        statistics.mean_estimate(moved, name),
        statistics.mean_estimate(one.strata(one.column("success")), name),
        np.concatenate([part / (len(part) * len(moved)) for part in moved]),
        float(sum((part**2).sum() for part in moved)),
        graded=False,
    )


def _paired_values(one: Worlds, other: Worlds, name: str) -> Paired | None:
    """Σ(raw − raw') / Σ(best − floor): what is at stake in a world is the same in both arms."""
    stake = one.column("best") - one.column("floor")
    if not float(stake.sum()) > 0:
        return None
    moved, reached = one.column("raw") - other.column("raw"), one.column("raw") - one.column("floor")
    return Paired(
        statistics.ratio_estimate(one.strata(np.column_stack([moved, stake])), name),
        statistics.ratio_estimate(one.strata(np.column_stack([reached, stake])), name),
        moved / stake.sum(),
        float(((moved / stake.mean()) ** 2).sum()),
        graded=True,
    )


def _gap(pair: Paired | None, *names: str) -> Document | None:
    if pair is None:
        return None
    test = statistics.sign_flip(pair.contributions, *names)
    found = as_document(statistics.interval(pair.difference, (-1.0, 1.0)))
    return {
        **found,
        "p": round(test.p, DIGITS),
        "test": test.method,
        "exploratory": True,
        "graded": pair.graded,
        "relative": _relative(pair),
    }


def _relative(pair: Paired) -> Document | None:
    """The difference as a share of what it is lost from, where that is surely above ``CEILING``."""
    ceiling, difference = pair.ceiling, pair.difference
    if statistics.interval(ceiling, (0.0, 1.0)).low <= CEILING:
        return None
    mean = difference.mean / ceiling.mean
    draws = np.divide(difference.draws, ceiling.draws, out=np.full_like(ceiling.draws, mean), where=ceiling.draws > 0)
    return as_document(statistics.interval(statistics.Estimate(mean, draws, difference.n, difference.unseen), (-1.0, 1.0)))


def _kept(parts: Sequence[tuple[str, Played]]) -> Document | None:
    """Scorekeeping in the headline condition, all probes of these tasks together."""
    return scorekeeping([of.column for _, played in parts if (of := played.worlds.get(HEADLINE))], "overall", as_document)


def _overall(parts: Sequence[tuple[str, Played]]) -> Document:
    """Macro-averages over tasks, each task's worlds resampled on their own; empty without tasks."""
    if not parts:
        return {}
    shares = _shares(parts) | {"scorekeeping": _kept(parts)}
    return {"tasks": [label for label, _ in parts], **shares, **{name: _average_gap(parts, name) for name in CONTRASTS}}


def _by_partner(gathered: Gathered, labels: Sequence[str], conditions: Sequence[str]) -> Document:
    """What ``overall`` says of shares, for each partner on its own: partners are never pooled. Empty in self-play."""
    partners = sorted({cell.partner for cell in gathered.rows} - {""})
    return {name: _shares_of(gathered, labels, conditions, [one for one in gathered.rows if one.partner == name]) for name in partners}


def _by_level(gathered: Gathered, labels: Sequence[str], conditions: Sequence[str]) -> Document:
    """The same for each level, all partners together; empty where one was played."""
    levels = sorted({cell.level for cell in gathered.rows if cell.task in labels})
    found = {str(level): [one for one in gathered.rows if one.level == level] for level in levels}
    return {level: _shares_of(gathered, labels, conditions, cells) for level, cells in found.items()} if len(levels) > 1 else {}


def _shares_of(gathered: Gathered, labels: Sequence[str], conditions: Sequence[str], among: Sequence[Cell]) -> Document:
    parts = []
    for label in labels:
        cells = {name: [one for one in among if one[:2] == (label, name)] for name in conditions}
        parts.append((label, Played({name: worlds(gathered.table(mine)) for name, mine in cells.items()}, {})))
    return {"tasks": list(labels), **_shares(parts)}


def _shares(parts: Sequence[tuple[str, Played]]) -> Document:
    """In the headline condition, what was right and what of it was earned; success under every condition."""
    head = {measure: _average_share(parts, HEADLINE, measure) for measure in ("grounding_success", "success", "lucky")}
    return {**head, "conditions": {name: _average_share(parts, name, "success") for name in parts[0][1].worlds}}


def _average_share(parts: Sequence[tuple[str, Played]], condition: str, measure: str) -> Document | None:
    """None unless every task has worlds there: a mean of fewer would be another quantity under the same name."""
    estimates = []
    for label, played in parts:
        if of := played.worlds.get(condition):
            strata = of.strata(of.column(measure))
            estimates += [statistics.mean_estimate(strata, label)] if strata else []
    return as_document(statistics.interval(statistics.average(estimates), (0.0, 1.0))) if len(estimates) == len(parts) else None


def _average_gap(parts: Sequence[tuple[str, Played]], contrast: str) -> Document | None:
    pairs = [pair for _, played in parts if (pair := played.pairs[contrast])]
    if len(pairs) < len(parts):
        return None
    mean = Paired(
        statistics.average([pair.difference for pair in pairs]),
        statistics.average([pair.ceiling for pair in pairs]),
        np.concatenate([pair.contributions / len(pairs) for pair in pairs]),
        sum(pair.squares for pair in pairs),
        graded=any(pair.graded for pair in pairs),
    )
    return _gap(mean, "overall", contrast)


def _correct(overall: Document) -> None:
    """Marks the primary family and adds its corrected p-values; everything else stays exploratory."""
    family = {name: overall[name]["p"] for name in PRIMARY if overall.get(name)}
    for name, p in statistics.holm(family).items():
        overall[name] |= {"p_holm": p, "exploratory": False}


def _detectable(parts: Sequence[Played]) -> Document:
    """The smallest difference the run could show, with all that it depends on; discordance is as seen, or assumed."""
    seen = next((found for name in CONTRASTS if (found := [pair for one in parts if (pair := one.pairs[name])])), [])
    n = sum(pair.difference.n for pair in seen) or sum(len(of.keys) for one in parts if (of := one.worlds.get(HEADLINE)))
    discordance = min(1.0, sum(pair.squares for pair in seen) / n) if seen else statistics.ASSUMED_DISCORDANCE
    gap = statistics.detectable_difference(n, discordance) if n else None
    context = {"alpha": statistics.ALPHA, "power": statistics.POWER, "discordance": round(discordance, DIGITS), "n": n}
    return {"detectable_gap": None if gap is None else round(gap, DIGITS), "detectable": {**context, "assumed": not seen}}
