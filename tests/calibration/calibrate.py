"""Plays every known player and writes `docs/calibration.md` and `tasks/calibrated.csv`: `make calibrate`.

Exits with 1 if a figure is outside its band.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from tasks.calibrated import TABLE as SCALE
from tests.calibration import document
from tests.calibration.cells import all_figures, cells
from tests.calibration.plots import plot

DOCS = Path(__file__).resolve().parents[2] / "docs"
FIGURES, PAGE = DOCS / "calibration" / "figures.csv", DOCS / "calibration.md"


def main() -> int:
    start = time.monotonic()
    text = document.written({cell: found.row() for cell, found in all_figures(cells()).items()})
    table = document.read(text)
    FIGURES.parent.mkdir(exist_ok=True)
    FIGURES.write_text(text, "utf-8")
    PAGE.write_text(document.page(table), "utf-8")
    SCALE.write_text(document.scale(table), "utf-8")
    plot(table, FIGURES.parent)
    wrong = document.outside(table)
    print(f"{len(table)} cells in {time.monotonic() - start:.0f} s", *wrong, sep="\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
