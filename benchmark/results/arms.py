"""Two arms of a factor, played on the same worlds: paired differences of what may be compared whatever the channel.

Success, tokens, words, questions asked again and contradictions. Grounding is no part of it: in a channel that has a form, what was
cited is known by construction, and a difference from free talk would measure the reading of language.
"""

from __future__ import annotations

import math
import textwrap
from collections.abc import Collection, Iterable, Mapping, Sequence
from statistics import NormalDist
from typing import NamedTuple

import numpy as np

from benchmark.probes import KIND as PROBING
from benchmark.results import statistics
from benchmark.results.causes import failed_by_partner
from benchmark.results.cells import as_document
from benchmark.results.statistics import Estimate, Floats
from benchmark.vocabulary import Claim, Json, Seat

MEASURES = ("success", "tokens", "words", "asked_again", "contradictions")
"""What is compared. Questions asked again and contradictions are those of the tested model's seats."""

BOUNDS: Mapping[str, tuple[float, float]] = {"success": (-1.0, 1.0)}

Document = dict[str, Json]


class Play(NamedTuple):
    """One counted episode: the pair it belongs to, its world, where it stands, and ``MEASURES`` in their order."""

    pair: str
    task: str
    condition: str
    world: tuple[int, int]
    solvable: bool
    numbers: tuple[float, ...]


def asked_again(claims: Sequence[Claim], seats: Collection[Seat]) -> int:
    """How many questions of ``seats`` had been asked before by the same seat, or answered before by another.

    A question is answered once another seat has affirmed or excluded something of its slot (of its value, if it names one).
    """
    count = 0
    asked: dict[tuple[Seat, tuple[str, ...], Json], int] = {}
    told: list[Claim] = []
    for claim in claims:
        if claim.kind in ("affirm", "exclude"):
            told.append(claim)
        if claim.kind != "ask" or claim.seat not in seats:
            continue
        before = asked.setdefault((claim.seat, claim.slot, claim.value), claim.turn)
        answers = (one for one in told if one.seat != claim.seat and one.turn < claim.turn and one.slot == claim.slot)
        count += before < claim.turn or any(claim.value in (None, one.value) for one in answers)
    return count


def contradictions(claims: Sequence[Claim], seats: Collection[Seat]) -> int:
    """Of how many things seats of ``seats`` said one thing and then another: two values of a slot, or one affirmed and excluded."""
    affirmed: dict[tuple[Seat, tuple[str, ...]], set[Json]] = {}
    excluded: dict[tuple[Seat, tuple[str, ...]], set[Json]] = {}
    for claim in claims:
        if claim.seat in seats and claim.kind in ("affirm", "exclude"):
            (affirmed if claim.kind == "affirm" else excluded).setdefault((claim.seat, claim.slot), set()).add(claim.value)
    return sum(len(values) > 1 or bool(values & excluded.get(key, set())) for key, values in affirmed.items())


def play_of(record: Mapping[str, Json], tested: str, claims: Sequence[Claim]) -> Play | None:
    """``record`` as one play of an arm; None where it says nothing of the ``tested`` model."""
    if record["outcome"] in ("leaked", "error") or failed_by_partner(record, tested):
        return None
    mine = [seat for seat, spec in record["seats"].items() if spec == tested and seat not in record.get("audience", ())]
    counted = [call for call in record["calls"] if call["kind"] != PROBING and call["seat"] in mine]
    tokens = sum(call["usage"]["prompt"] + call["usage"]["completion"] for call in counted)
    spoken = [turn for one in record["rounds"] for turn in one["turns"]]
    words = sum(len(turn["text"].split()) for turn in spoken if turn["seat"] in mine)
    numbers = (record["score"]["success"], tokens, words, asked_again(claims, mine), contradictions(claims, mine))
    return Play(
        record["id"].rpartition("/")[0],
        record["task"],
        record["condition"],
        (int(record["level"] or 0), int(record["index"])),
        bool(record["solvable"]),
        tuple(map(float, numbers)),
    )


def compared(first: Iterable[Play], second: Iterable[Play]) -> list[Document]:
    """A row for each task, condition and measure, with the difference (second minus first), its interval, p, n and smallest difference.

    Only worlds that both arms have count; the plays of a world are averaged. The smallest detectable difference is that of a paired
    test: Connor's for success, (z₁₋α/₂ + z₁₋β) · sd / √n for means (Cohen 1988, ch. 2).
    """
    arms = [{play.pair: play for play in plays} for plays in (first, second)]
    cells: dict[tuple[str, str], list[tuple[Play, Play]]] = {}
    for pair, one in arms[0].items():
        if pair in arms[1]:
            cells.setdefault((one.task, one.condition), []).append((one, arms[1][pair]))
    return [row for (task, condition), pairs in cells.items() for row in _rows(task, condition, pairs)]


def _rows(task: str, condition: str, pairs: Sequence[tuple[Play, Play]]) -> list[Document]:
    worlds: dict[tuple[int, int], list[tuple[Play, Play]]] = {}
    for one, other in pairs:
        worlds.setdefault(one.world, []).append((one, other))
    solvable = np.array([plays[0][0].solvable for plays in worlds.values()])
    rows = []
    for place, measure in enumerate(MEASURES):
        before, after = (np.array([np.mean([pair[arm].numbers[place] for pair in plays]) for plays in worlds.values()]) for arm in (0, 1))
        moved = after - before
        strata = [part for part in (moved[solvable], moved[~solvable]) if len(part)]
        estimate = statistics.mean_estimate(strata, task)
        test = statistics.sign_flip(np.concatenate([part / (len(part) * len(strata)) for part in strata]), task, measure)
        rows.append(
            {
                "task": task,
                "condition": condition,
                "measure": measure,
                "first": round(float(before.mean()), 12),
                "second": round(float(after.mean()), 12),
                **_difference(estimate, measure),
                "p": round(test.p, 12),
                "detectable": _detectable(moved, measure),
            }
        )
    return rows


def _difference(estimate: Estimate, measure: str) -> Document:
    return as_document(statistics.interval(estimate, BOUNDS.get(measure)))


def _detectable(moved: Floats, measure: str) -> float | None:
    """None where nothing can be said of it: one world, or differences without any spread."""
    n = len(moved)
    if measure == "success":
        discordance = float(np.mean(np.abs(moved)))
        return statistics.detectable_difference(n, discordance or statistics.ASSUMED_DISCORDANCE)
    spread = float(moved.std(ddof=1)) if n > 1 else 0.0
    z = NormalDist().inv_cdf(1 - statistics.ALPHA / 2) + NormalDist().inv_cdf(statistics.POWER)
    return round(z * spread / math.sqrt(n), 12) if spread else None


def rendered(rows: Sequence[Mapping[str, Json]], names: tuple[str, str], why: str = "") -> str:
    """``rows`` for a terminal of 80 columns. ``names`` say what the arms are; ``why`` no grounding is compared."""
    lines = textwrap.wrap(f"Arms, paired on the same worlds: {names[1]} minus {names[0]}", 80, subsequent_indent="  ")
    heads = f"  {'measure':<16}{'first':>10}{'second':>10}{'difference':>12}  {'95 % interval':<20}{'p':>6}"
    last = None
    for row in rows:
        if (row["task"], row["condition"]) != last:
            last = (row["task"], row["condition"])
            lines += ["", f"{row['task']}, {row['condition']} (n {row['n']} worlds)"[:80], heads]
        limits = f"[{_short(row['low'])}, {_short(row['high'])}]"
        lines.append(
            f"  {row['measure'].replace('_', ' '):<16}{_short(row['first']):>10}{_short(row['second']):>10}{_short(row['mean']):>12}"
            f"  {limits:<20}{row['p']:>6.3f}"
        )
    note = (
        "tokens, words, questions asked again and contradictions are those of the tested model's seats, an episode. asked again: asked "
        "before by the same seat, or answered before. contradictions: things of which a seat said one thing and then another. Exploratory."
    )
    return "\n".join([*lines, "", *textwrap.wrap(note, 80), *textwrap.wrap(why, 80)])


def _short(number: float) -> str:
    return f"{number:.2f}" if abs(number) < 100 else f"{number:.0f}"
