"""The plots of `docs/calibration.md`: SVG, with text as text and nothing of the day or the machine in them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.calibration.bands import LEVELS
from tests.calibration.cells import DOSES, Cell
from tests.calibration.document import Table
from tests.labels import GROUNDING

SHOWN = ("honest", "paraphrase", "dump", "liar", "egocentric", "conclusion")


def plot(table: Table, folder: Path) -> None:
    """Needs matplotlib: the extra `plots`, which `dev` has too."""
    import matplotlib as mpl

    mpl.use("svg")
    mpl.rcParams.update({"svg.hashsalt": "calibration", "svg.fonttype": "none", "font.size": 9})
    tasks = list(dict.fromkeys(cell.task for cell in table))
    _doses(table, tasks, folder / "forgetful.svg")
    for task in tasks:
        _levels(table, task, folder / f"{task}.svg")


def _measure(task: str) -> str:
    return "grounding_success" if task in GROUNDING else "success"


def _axes(label: str, measure: str = "grounding_success") -> tuple[Any, Any]:
    import matplotlib.pyplot as plt

    figure, axes = plt.subplots(figsize=(6.4, 3.2), layout="constrained")
    axes.set(xlabel=label, ylabel=measure.replace("_", " "), ylim=(-0.04, 1.04))
    axes.spines[["top", "right"]].set_visible(False)
    return figure, axes


def _close(figure: Any, axes: Any, path: Path) -> None:
    import matplotlib.pyplot as plt

    axes.legend(frameon=False, loc="center left", bbox_to_anchor=(1, 0.5))
    figure.savefig(path, metadata={"Date": None, "Creator": None})
    path.write_text("\n".join(line.rstrip() for line in path.read_text("utf-8").splitlines()) + "\n", "utf-8")
    plt.close(figure)


def _line(axes: Any, table: Table, cells: list[Cell], at: tuple[float, ...], name: str) -> None:
    rows = [table[cell] for cell in cells]
    measure = _measure(cells[0].task)
    values = [float(row[measure]) for row in rows]
    low, high = ([float(row[f"{measure} {end}"]) for row in rows] for end in ("low", "high"))
    (line,) = axes.plot(at, values, marker="o", markersize=3, label=name)
    axes.fill_between(at, low, high, alpha=0.08, color=line.get_color(), linewidth=0)


def _doses(table: Table, tasks: list[str], path: Path) -> None:
    figure, axes = _axes("share of what honest would tell that is forgotten (level 3, private)")
    for task in (task for task in tasks if task in GROUNDING):
        _line(axes, table, [Cell(task, 3, "private", f"forgetful?p={dose}") for dose in DOSES], DOSES, task)
    _close(figure, axes, path)


def _levels(table: Table, task: str, path: Path) -> None:
    figure, axes = _axes(f"level of {task} (private)", _measure(task))
    axes.set_xticks(LEVELS)
    for player in SHOWN:
        if Cell(task, 3, "private", player) in table:
            _line(axes, table, [Cell(task, level, "private", player) for level in LEVELS], LEVELS, player)
    _close(figure, axes, path)
