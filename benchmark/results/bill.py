"""What a run cost, by the prices that are known and never by those that are not."""

from __future__ import annotations

from dataclasses import dataclass, field

from benchmark.prices import Prices, Used, cost, together
from benchmark.records import Document
from benchmark.results.cells import DIGITS, MEASURES, Gathered
from benchmark.views import HEADLINE
from benchmark.vocabulary import Usage


@dataclass(frozen=True, slots=True)
class Bill:
    """What tokens cost, and those of failed attempts, which no record holds."""

    prices: Prices
    failed: Used = field(default_factory=dict)


def costs(gathered: Gathered, bill: Bill) -> Document:
    """US dollars, failed attempts included. ``cost_known`` is what is known; ``cost`` is null where that is not all of it.

    ``unpriced`` are models without a known price, ``unreported`` those that have one and whose engine reports no tokens.
    """
    use = together(gathered.used, bill.failed)
    missing = [spec for spec in use if bill.prices.get(spec) is None]
    silent = [spec for spec, took in gathered.used.items() if took == Usage() and (price := bill.prices.get(spec)) and price.prompt]
    unknown = missing or silent
    known = round(cost(use, bill.prices), 6)
    episodes = sum(gathered.outcomes.values())
    table = gathered.table(cell for cell in gathered.rows if cell.condition == HEADLINE)
    money, successes = (float(table[:, 2 + MEASURES.index(measure)].sum()) for measure in ("cost", "success"))
    return {
        "cost": None if unknown else known,
        "cost_known": known,
        "unpriced": missing,
        "unreported": silent,
        "cost_failed_attempts": round(cost(bill.failed, bill.prices), 6),
        "cost_per_episode": None if unknown or not episodes else round(cost(gathered.used, bill.prices) / episodes, DIGITS),
        "cost_per_success": None if unknown or not successes else round(money / successes, DIGITS),
    }
