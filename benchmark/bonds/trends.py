"""A straight line through what happened round by round: where it begins and how it goes on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean


@dataclass(frozen=True, slots=True)
class Line:
    """``start`` is the fitted value in the first round, ``slope`` the rise from one round to the next."""

    start: float
    slope: float


def fitted(curve: Sequence[float | None]) -> Line | None:
    """Least squares on the number of the round; None where fewer than two rounds have a value."""
    points = [(x, y) for x, y in enumerate(curve) if y is not None]
    if len(points) < 2:
        return None
    middle, mean = fmean(x for x, _ in points), fmean(y for _, y in points)
    slope = sum((x - middle) * y for x, y in points) / sum((x - middle) ** 2 for x, _ in points)
    return Line(mean - slope * middle, slope)
