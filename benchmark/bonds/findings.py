"""What each track was made to show, on the page of `bench bonds`: its own contrast, on outcomes of the state rather than on planes."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Mapping, Sequence

from benchmark.bonds import custody, disclosure, settlement
from benchmark.bonds.preregistration import Finding
from benchmark.records import Document
from benchmark.results import statistics
from benchmark.results.statistics import Interval
from benchmark.vocabulary import UsageError

Arms = Sequence[Iterable[Document]]
"""The records of the arms of a finding, in its order."""

Differences = Mapping[str, tuple[Interval, float]]
"""By what differs: the difference over worlds, and p of a two-sided sign-flip test."""


def _custody(arms: Arms) -> Differences:
    records = list(itertools.chain(*arms))
    outcomes = {"spared in secret": custody.PRIMARY, "bystander spared (control)": custody.CONTROL}
    found = {what: custody.primary(records, outcome) for what, outcome in outcomes.items()}
    return {what: (one.difference, one.p) for what, one in found.items()}


def _settlement(arms: Arms) -> Differences:
    found = settlement.contrasts(itertools.chain(*arms))
    return {what.replace("_", " "): (one.difference, one.p) for what, one in found.items()}


def _disclosure(arms: Arms) -> Differences:
    shown, hidden = arms
    found = disclosure.contrast(shown, hidden)
    return {"AI chosen, first round": (found.start, found.p_start), "the same, change a round": (found.slope, found.p_slope)}


MADE: dict[str, Callable[[Arms], Differences]] = {"custody": _custody, "settlement": _settlement, "disclosure": _disclosure}
"""How the finding of each name follows from the records of its arms."""

_NOTES = {"custody": f"To tell {custody.SHARES[0]:.0%} from {custody.SHARES[1]:.0%} takes {custody.size_of_arm()} plays an arm."}


def made(finding: Finding, arms: Arms) -> Document:
    """The document of one finding; its ``note`` says what is missing where there is nothing to compare. p-values are by Holm within it."""
    document: Document = {"name": finding.name, "question": finding.question, "arms": [str(arm) for arm in finding.arms]}
    try:
        differences = MADE[finding.name](arms)
    except UsageError as error:
        return {**document, "differences": [], "note": f"Nothing to compare: {error}."}
    adjusted = statistics.holm({what: p for what, (_, p) in differences.items()})
    rows = [_row(what, of, p, adjusted[what]) for what, (of, p) in differences.items()]
    return {**document, "differences": rows, "note": _NOTES.get(finding.name, "")}


def _row(what: str, of: Interval, p: float, p_holm: float) -> Document:
    numbers = {"mean": of.mean, "low": of.low, "high": of.high, "p": p, "p_holm": p_holm}
    return {"what": what, **{name: round(number, 12) + 0.0 for name, number in numbers.items()}, "n": of.n}
