"""Standard panels of partners: fixed sets whose name is their version, so that two results "against panel-1" are alike.

A panel never changes. Where a member would play differently, or another is wanted, there is a panel of a new name.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

ANCHOR = "reference:honest"
"""The player against which strengths are measured, and a member of every panel."""


@dataclass(frozen=True, slots=True)
class Panel:
    """Partners that are always played together; ``members`` are model specs in their normal form."""

    name: str
    members: tuple[str, ...]
    purpose: str


PANELS: Mapping[str, Panel] = {
    panel.name: panel
    for panel in (
        Panel(
            "panel-1",
            (ANCHOR, "reference:forgetful?p=0.3", "reference:dump", "reference:egocentric"),
            "one who does it right, one who leaves things out, one who recites, one who tells and hears nothing",
        ),
    )
}

CURRENT = "panel-1"
"""What ``--partner panel`` means."""


def expanded(given: Sequence[str], tested: str) -> tuple[str, ...]:
    """``given`` with every panel replaced by its members, each once. A panel leaves out the ``tested`` model: no one is its own partner."""
    partners: list[str] = []
    for name in given:
        panel = PANELS.get(CURRENT if name == "panel" else name)
        partners += [name] if panel is None else [member for member in panel.members if member != tested]
    return tuple(dict.fromkeys(partners))


def panel_of(partners: Collection[str], tested: str) -> str | None:
    """The panel that ``partners`` are, but for the ``tested`` model; None if they are none."""
    return next((panel.name for panel in PANELS.values() if set(partners) == set(panel.members) - {tested}), None)
