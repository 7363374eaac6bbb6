"""What a report says of how the tested model's seats talked: from the counts of ``benchmark.diagnosis``, a row for each world.

Diagnoses, no part of any score. Each is null where there is nothing to count.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from benchmark.diagnosis import PROBES
from benchmark.results import statistics
from benchmark.results.agreement import kappa_estimate
from benchmark.results.statistics import Estimate, Floats, Interval
from benchmark.vocabulary import Json

Column = Callable[[str], Floats]
Document = dict[str, Json]


HABITS = (
    "false_claims", "false_claims_per_episode", "scorekeeping", "questions_per_episode", "question_bits", "question_bits_per_episode",
    "clarification_precision", "clarification_recall",
)  # fmt: skip


def habits(column: Column, name: str, shown: Callable[[Interval], Document]) -> Document:
    """The keys that a cell of the report gets; ``column`` gives means per world, ``name`` names the resampling streams."""
    return {
        "false_claims": _ratio(column, "false_claims", "claims", name, shown),
        "false_claims_per_episode": _mean(column("false_claims"), name, shown),
        "scorekeeping": scorekeeping([column], name, shown),
        "questions_per_episode": _mean(column("questions"), name, shown),
        "question_bits": _ratio(column, "bits", "valued", name, shown, None),
        "question_bits_per_episode": _mean(_where(column("bits"), column("valued") > 0), name, shown),
        "clarification_precision": _ratio(column, "rightly", "clarifying", name, shown),
        "clarification_recall": _ratio(column, "rightly", "unclear", name, shown),
    }


def scorekeeping(columns: Sequence[Column], name: str, shown: Callable[[Interval], Document]) -> Document | None:
    """κ of what seats said that their partners knew, pooled; each of ``columns`` is a stratum. None where nobody was asked.

    ``mean`` is null where no κ exists, as where nothing was told and nobody thought so. ``told`` is the share of facts that had been
    told, ``yes`` of the answers that said so, ``unanswered`` of those that said neither yes nor no.
    """
    strata = [np.column_stack([column(f"probes_{measure}") for measure in PROBES]) for column in columns]
    strata = [known for rows in strata if len(known := rows[~np.isnan(rows[:, 0])])]
    total = np.sum([rows.sum(axis=0) for rows in strata], axis=0) if strata else np.zeros(len(PROBES))
    asked, agreed, told, yes, no, left_out = (float(number) for number in total)
    if not asked:
        return None
    found = kappa_estimate([rows[:, : PROBES.index("left_out")] for rows in strata], name, "scorekeeping")
    kappa = (
        shown(statistics.interval(found, (-1.0, 1.0))) if found else {"mean": None, "low": None, "high": None, "n": sum(map(len, strata))}
    )
    shares = {"told": told, "yes": yes, "unanswered": asked - yes - no, "agreed": agreed}
    return {
        **kappa,
        "probes": round(asked, 6),
        "left_out": round(left_out, 6),
        **{key: round(part / asked, 12) for key, part in shares.items()},
    }


def _mean(values: Floats, name: str, shown: Callable[[Interval], Document]) -> Document | None:
    known = values[~np.isnan(values)]
    return shown(statistics.interval(statistics.mean_estimate([known], name))) if len(known) else None


def _where(values: Floats, kept: NDArray[np.bool_]) -> Floats:
    return np.where(kept, values, np.nan)


def _ratio(
    column: Column,
    above: str,
    below: str,
    name: str,
    shown: Callable[[Interval], Document],
    bounds: tuple[float, float] | None = (0.0, 1.0),
) -> Document | None:
    """Σ / Σ over worlds; by default a share."""
    rows = np.column_stack([column(above), column(below)])
    known = rows[~np.isnan(rows[:, 1])]
    if not float(known[:, 1].sum()) > 0:
        return None
    found: Estimate = statistics.ratio_estimate([known], name)
    return shown(statistics.interval(found, bounds))


def read_told(reading: Mapping[str, Json] | None) -> str:
    """How well language is read, in words that stand beside grounding success; empty where it was not measured."""
    return f"read {reading['precision']:.2f}/{reading['recall']:.2f} of n {reading['n']}" if reading else ""


def worst_read(readings: Mapping[str, Mapping[str, Json]], labels: Sequence[str]) -> str:
    """The same of several tasks: the worst precision and recall among them, and all claims."""
    found = [readings[label] for label in labels if label in readings]
    if not found or len(found) < len(labels):
        return ""
    worst = {"precision": min(one["precision"] for one in found), "recall": min(one["recall"] for one in found)}
    return read_told({**worst, "n": sum(one["n"] for one in found)})


HABITS_MEAN = (
    "false claims: what was told against one's own notes, as a share of what they settle. bits a question: by how much its answer can "
    "be expected to narrow down what is possible. clarification: of questions what is meant, the share that came when that was open; "
    "recall: of moves at which it was, those that asked. scorekeeping: Cohen's κ of what seats say that a partner had been told, and what "
    "it had. None of them is part of a score."
)

READ_MEANS = (
    "read p/r of n: precision and recall with which claims are read from free language, on n that were labelled by hand (where several "
    "tasks are averaged, the worst of them)."
)


def told(cells: Mapping[str, Mapping[str, Json]]) -> list[str]:
    """Sentences on those of a task's ``cells`` (by condition) that have habits to report, for a table or a page; no news is left out."""
    lines = []
    for condition, cell in cells.items():
        parts = []
        if (false := cell.get("false_claims")) and false["mean"]:
            parts.append(f"false claims {_share(false)}")
        if bits := cell.get("question_bits"):
            parts.append(f"{bits['mean']:.2f} bits a question")
        if precision := cell.get("clarification_precision"):
            parts.append(f"clarification precision {_share(precision)}")
        if recall := cell.get("clarification_recall"):
            parts.append(f"recall of what was unclear {_share(recall)}")
        if kept := cell.get("scorekeeping"):
            parts.append(kept_told(kept))
        lines += [f"{condition}: {'; '.join(parts)}."] if parts else []
    return lines


def kept_told(kept: Mapping[str, Json]) -> str:
    """Scorekeeping in words."""
    kappa = "undefined" if kept["mean"] is None else f"{kept['mean']:.2f} [{kept['low']:.2f}, {kept['high']:.2f}]"
    silent = f", {100 * kept['unanswered']:.0f} % of them unanswered" if kept["unanswered"] else ""
    return f"scorekeeping κ {kappa} (n {kept['n']}, {kept['probes']:.0f} probes{silent})"


def _share(found: Mapping[str, Json]) -> str:
    return f"{100 * found['mean']:.0f} % [{100 * found['low']:.0f}, {100 * found['high']:.0f}]"
