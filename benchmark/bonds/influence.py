"""Who is followed, and whether it stays the same ones: PageRank of who adopts whose label, and Kendall's tau between ranks.

Plain Python: a society has a dozen seats, and what is recorded must come out the same to twelve digits everywhere.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from itertools import combinations, pairwise

DAMPING = 0.85
"""Brin & Page, "The anatomy of a large-scale hypertextual Web search engine", Computer Networks 30, 1998."""

DIGITS = 9
"""Ranks closer than this are a tie: two seats in the same position may differ by what rounding leaves."""

Edges = Mapping[tuple[str, str], float]
"""Weights by (follower, followed): how often the one took over what the other had."""


def pagerank(seats: Sequence[str], edges: Edges, damping: float = DAMPING) -> dict[str, float]:
    """The share of attention of each seat: r = (1 − d)/n + d·(Pᵀr + what those without a link hold, spread evenly).

    P divides a seat's weight among those it follows. Found by iteration until nothing moves by more than 1e-15; the error shrinks by d
    each time, whatever the links, so that 400 steps are enough.
    """
    n = len(seats)
    out = {seat: math.fsum(weight for (follower, _), weight in edges.items() if follower == seat) for seat in seats}
    rank = dict.fromkeys(seats, 1 / n)
    for _ in range(400):
        idle = math.fsum(rank[seat] for seat in seats if not out[seat])
        follows = {
            seat: math.fsum(rank[one] * weight / out[one] for (one, followed), weight in edges.items() if followed == seat and out[one])
            for seat in seats
        }
        after = {seat: (1 - damping) / n + damping * (follows[seat] + idle / n) for seat in seats}
        moved = max(abs(after[seat] - rank[seat]) for seat in seats)
        rank = after
        if moved <= 1e-15:
            break
    return {seat: round(share, DIGITS) for seat, share in rank.items()}


def kendall(first: Sequence[float], second: Sequence[float]) -> float | None:
    """Kendall's tau-b: (concordant − discordant) / √((pairs − ties in the one)(pairs − ties in the other)).

    Kendall, "The treatment of ties in ranking problems", Biometrika 33, 1945. None where either ranks nobody above anybody.
    """
    agree = untied_first = untied_second = 0
    for (a, x), (b, y) in combinations(zip(first, second, strict=True), 2):
        one, other = (a > b) - (a < b), (x > y) - (x < y)
        agree += one * other
        untied_first += one != 0
        untied_second += other != 0
    if not (untied_first and untied_second):
        return None
    return agree / math.sqrt(untied_first * untied_second)


def persistence(ranks: Sequence[Mapping[str, float]]) -> tuple[float | None, ...]:
    """Tau between each period's ranks and those of the one before: one number for every period, None for the first."""
    taus: list[float | None] = [None] if ranks else []
    for before, after in pairwise(ranks):
        taus.append(kendall([before[seat] for seat in before], [after[seat] for seat in before]))
    return tuple(taus)
