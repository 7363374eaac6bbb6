"""What a scene of `crossed_wires` is made of, and how its tables are written down."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property


@dataclass(frozen=True, eq=False)
class Point:
    """Something to know of what bears the name.

    ``names`` are words for it, its label first; ``values`` the words for each value, the one to use first; ``notes`` the sentences in which
    it stands in somebody's notes, about {x} ({X} where it opens), with {v} for the value and {t} for a time.
    """

    names: tuple[str, ...]
    notes: tuple[str, ...]
    values: tuple[tuple[str, ...], ...]

    @property
    def label(self) -> str:
        return self.names[0]

    def said(self, value: int) -> str:
        return self.values[value % len(self.values)][0]


@dataclass(frozen=True, eq=False)
class Scene:
    """One kind of matter. ``name`` may be shared, ``kind`` is what bears it, ``two`` says two of them; one of ``options`` is to be chosen.

    ``details`` tell two bearers apart; the two ``reports`` (of two values and of three) pick the option; ``remarks`` are beside the point.
    """

    key: str
    name: str
    kind: str
    two: str
    option: str
    options: tuple[str, ...]
    openings: tuple[str, ...]
    stakes: tuple[str, ...]
    details: tuple[Point, ...]
    reports: tuple[Point, ...]
    remarks: tuple[str, ...]

    @cached_property
    def points(self) -> dict[str, Point]:
        return {point.label: point for point in (*self.details, *self.reports)}

    @cached_property
    def detail_labels(self) -> tuple[str, ...]:
        return tuple(point.label for point in self.details)

    @cached_property
    def report_labels(self) -> tuple[str, ...]:
        return tuple(point.label for point in self.reports)


def lines(text: str) -> tuple[str, ...]:
    return tuple(text.strip().splitlines())


def points(text: str) -> tuple[Point, ...]:
    """Blocks of lines: names parted by commas, one note a line, and the values parted by semicolons, each with its other forms."""
    found = []
    for block in text.strip().split("\n\n"):
        names, *notes, values = block.splitlines()
        found.append(Point(tuple(names.split(", ")), tuple(notes), tuple(tuple(one.split("|")) for one in values.split("; "))))
    return tuple(found)
