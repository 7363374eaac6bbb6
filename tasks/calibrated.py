"""Grounding success of players of known behaviour, at level 3 with private facts: a scale to read a model's figure by.

``calibrated.csv`` is part of the figures of docs/calibration.md; `make calibrate` writes it.
"""

from __future__ import annotations

import csv
from pathlib import Path

TABLE = Path(__file__).with_name("calibrated.csv")
LEVEL = 3
HEADS = ("task", "player", "n", "mean", "low", "high")

PLAYERS = {
    "forgetful?p=0.0": "forgets nothing",
    "forgetful?p=0.2": "forgets 20 %",
    "forgetful?p=0.4": "forgets 40 %",
    "forgetful?p=0.6": "forgets 60 %",
    "forgetful?p=0.8": "forgets 80 %",
    "forgetful?p=1.0": "forgets all",
    "dump": "recites all it holds",
    "egocentric": "takes all for known",
}
"""The players of the scale, as they stand in the table and in words: first the doses, from the best."""


def calibrated() -> dict[str, dict[str, dict[str, float]]]:
    """By task and player: mean, low, high and n, which counts worlds."""
    found: dict[str, dict[str, dict[str, float]]] = {}
    with TABLE.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            found.setdefault(row["task"], {})[row["player"]] = {**{name: float(row[name]) for name in HEADS[3:]}, "n": int(row["n"])}
    return found
