"""The rows of a board and their order: a pure function of entries, what verification found, and what was decided.

Ranked is what can be compared: entries of one track that played the same versions of the same tasks at the same levels, against the
same partners. Two share a rank where their intervals overlap, as neither is then known to be better.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from benchmark.panels import panel_of
from benchmark.records import canonical
from benchmark.views import HEADLINE
from leaderboard.board.decisions import Decision, struck
from leaderboard.entry import Entry, Figure

Badge = Literal["reported", "rescored", "challenged", "verified"]
BADGES: Mapping[Badge, str] = {
    "reported": "numbers as the submitter gave them; nobody could derive them again, so the row has no rank",
    "rescored": "every prompt, answer and score was derived again from the recorded replies",
    "challenged": "rescored, on worlds that the board set after the entry was announced",
    "verified": "a maintainer played the model too, on worlds nobody had seen, and the numbers agree",
}
"""From the least to the most that is known of a row. Only what was checked gives a badge; no entry can claim one."""

HEADLINE_MEASURE = "grounding_success"
SPOTS = ("private", "mindreader", "omniscient")
"""The conditions of the dumbbell, from the most to be grounded to nothing."""


@dataclass(frozen=True, slots=True)
class Listed:
    """An entry on a board: where it lies, whether replay agreed with it, and what was decided about it."""

    identity: str
    place: str
    entry: Entry
    replayed: bool
    decisions: tuple[Decision, ...] = ()

    @property
    def badge(self) -> Badge:
        if not self.replayed:
            return "reported"
        taken = {decision.action for decision in self.decisions}
        if "verified" in taken:
            return "verified"
        return "challenged" if "challenged" in taken and self.entry.game.challenge else "rescored"

    @property
    def struck(self) -> Decision | None:
        return struck(self.decisions, self.identity)

    @property
    def mode(self) -> str:
        """Who sat in the other seats."""
        if not self.entry.partners:
            return "self-play"
        partners = [partner.spec for partner in self.entry.partners]
        return panel_of(partners, self.entry.model.spec) or "with " + ", ".join(sorted(partners))

    @property
    def headline(self) -> Figure | None:
        return self.entry.scores.overall.get(HEADLINE_MEASURE)

    @property
    def counts(self) -> bool:
        """Whether the row takes part in the ranking."""
        return self.entry.kind == "model" and self.badge != "reported" and self.struck is None and self.headline is not None


@dataclass(frozen=True, slots=True)
class Group:
    """Rows that can be compared with each other, best first; ``ranks`` has those of the rows that have one."""

    key: str
    track: str
    mode: str
    tasks: Mapping[str, int]
    levels: tuple[int, ...]
    rows: tuple[Listed, ...]
    ranks: Mapping[str, int] = field(default_factory=dict)


def grouped(listed: Iterable[Listed]) -> tuple[Group, ...]:
    """The groups of a board, the standard track first, the one with the most rows before others."""
    groups: dict[str, list[Listed]] = {}
    for one in listed:
        groups.setdefault(_key(one), []).append(one)
    found = []
    for key, rows in groups.items():
        game, first = rows[0].entry.game, rows[0]
        ordered = tuple(sorted(rows, key=_order))
        found.append(Group(key, first.entry.track, first.mode, game.tasks, game.levels, ordered, ranks(ordered)))
    return tuple(sorted(found, key=lambda group: (group.track != "standard", group.mode != "self-play", -len(group.rows), group.key)))


def ranks(rows: Sequence[Listed]) -> dict[str, int]:
    """One more than the number of rows that are surely better: those whose interval lies above a row's own altogether."""
    intervals = {row.identity: row.headline.ci95 for row in rows if row.counts and row.headline}
    return {name: 1 + sum(low > high for low, _ in intervals.values()) for name, (_, high) in intervals.items()}


def spots(entry: Entry, headline: Collection[str]) -> dict[str, float]:
    """Mean success over the headline tasks under each condition of the dumbbell; none where a task lacks it."""
    tasks = [label for label in entry.game.tasks if label in headline]
    found = {}
    for condition in SPOTS:
        cells = [entry.scores.tasks.get(label, {}).get(condition, {}).get("success") for label in tasks]
        values = [cell.value for cell in cells if cell is not None]
        if values and len(values) == len(tasks):
            found[condition] = sum(values) / len(values)
    return found


def profile(entry: Entry) -> dict[str, Figure]:
    """By task, what the board ranks by where it is measured; success where grounding has no meaning."""
    found = {}
    for label, cells in entry.scores.tasks.items():
        cell = cells.get(HEADLINE, {})
        figure = cell.get(HEADLINE_MEASURE) or cell.get("success")
        if figure is not None:
            found[label] = figure
    return found


def _key(one: Listed) -> str:
    entry = one.entry
    alike = {"track": entry.track, "mode": one.mode, "tasks": dict(entry.game.tasks), "levels": list(entry.game.levels)}
    return hashlib.sha256(canonical(alike).encode()).hexdigest()[:12]


def _order(one: Listed) -> tuple[float, str, str]:
    figure = one.headline
    return (-figure.value if figure else 1.0, one.entry.model.id.casefold(), one.identity)
