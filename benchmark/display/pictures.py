"""What a picture of a report shows, before anybody draws it: rows along one axis, with the figures as a table beside it.

A page draws it as HTML (``drawing``), `bench report --figures` with matplotlib (``plots``). Both take everything that could differ from
here: what is shown, in which order and colour, and in which words.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

OVERALL = "overall"
"""The row of a mean over tasks."""


ROOM = 0.06
"""The share of an axis that a span must have for its name to stand above it."""


class Ink(NamedTuple):
    """A colour on light and on dark paper, each at 3:1 or more (WCAG 2.2, 1.4.11); marks and spans also differ in shape or pattern."""

    light: str
    dark: str
    shape: str = "bar"


INKS = {
    "own": Ink("#0072b2", "#56b4e9", "circle"),
    "told": Ink("#b06f00", "#e8b04a", "diamond"),
    "one": Ink("#7a4e9c", "#c3a3e0", "frame"),
    "known": Ink("#5f5f5f", "#a8a8a8", "square"),
    "limits": Ink("#1a1a1a", "#ececec", "limits"),
    "band": Ink("#e4e4dd", "#333333", "band"),
    "link": Ink("#8a8a85", "#8a8a85", "link"),
    "earned": Ink("#1f6f54", "#4fb58f"),
    "lucky": Ink("#b06f00", "#e8b04a", "hatched"),
    "right": Ink("#4a7fb0", "#7fb2dd"),
    "gained": Ink("#1f6f54", "#4fb58f"),
    "untold": Ink("#c24a00", "#f08a4b"),
    "unsettled": Ink("#b06f00", "#e8b04a", "hatched"),
    "misjudged": Ink("#7a4e9c", "#c3a3e0"),
    "wrong": Ink("#c24a00", "#f08a4b"),
    "decided": Ink("#1f6f54", "#4fb58f"),
    "illegal": Ink("#3d3d3d", "#c9c9c9"),
    "refused": Ink("#6b6b6b", "#9b9b9b", "hatched"),
    "truncated": Ink("#8a8a85", "#757575", "dotted"),
    "leaked": Ink("#b3003c", "#ff6f91"),
    "error": Ink("#b3003c", "#ff6f91", "hatched"),
    "unplayed": Ink("#8a8a85", "#757575", "empty"),
}
"""By what is shown, after Okabe and Ito, who chose colours that those can tell apart who confuse red and green."""


class Mark(NamedTuple):
    """A point, with limits if they are drawn. ``name`` is written at it in the first row; ``lane`` counts from the top."""

    ink: str
    at: float
    low: float | None = None
    high: float | None = None
    name: str = ""
    lane: int = 0


class Span(NamedTuple):
    """From one place to another. ``name`` is written above it in the first row, where there is room."""

    ink: str
    start: float
    end: float
    name: str = ""


class Told(NamedTuple):
    """Figures in words, beside a lane of a row; ``ink`` is that of the mark they belong to, if it needs saying."""

    text: str
    ink: str = ""


class Row(NamedTuple):
    label: str
    told: tuple[Told, ...]
    spans: tuple[Span, ...] = ()
    marks: tuple[Mark, ...] = ()
    strong: bool = False


class Table(NamedTuple):
    """Plain text in cells; the first of each row is its heading."""

    about: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """``message`` is the one thing it says, ``about`` how to read it, ``key`` the meaning of each ink, ``low`` to ``high`` the axis."""

    name: str
    title: str
    message: str
    about: str
    key: tuple[tuple[str, str], ...]
    rows: tuple[Row, ...]
    low: float
    high: float
    unit: str
    table: Table

    @property
    def ticks(self) -> tuple[float, ...]:
        """Round numbers from ``low`` to ``high``, both of which are ticks."""
        step = tick_step(self.high - self.low)
        return tuple(self.low + place * step for place in range(round((self.high - self.low) / step) + 1))


def named_spans(row: Row, length: float) -> list[Span]:
    """The spans of the first row that have a name and room for it, on an axis of ``length``."""
    return [span for span in row.spans if span.name and span.end - span.start >= ROOM * length]


def tick_step(length: float) -> float:
    """The distance of ticks on an axis of ``length``: at most six of them."""
    return next((step for step in (1, 5, 10, 25, 50, 100, 250, 500) if length / step <= 5 and length % step == 0), length)


def axis(numbers: list[float]) -> tuple[float, float]:
    """From a multiple of 50 to another that hold ``numbers``, 0 and 50 among them."""
    low, high = min([0.0, *numbers]), max([50.0, *numbers])
    return 50.0 * (low // 50), -50.0 * (-high // 50)
