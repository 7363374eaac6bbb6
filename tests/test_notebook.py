"""The notebook holds no outputs, its code runs from top to bottom, and what it draws are the report's figures."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest

NOTEBOOK = Path(__file__).resolve().parents[1] / "docs" / "notebooks" / "main-plot.ipynb"
CELLS = json.loads(NOTEBOOK.read_text("utf-8"))["cells"]
CODE = ["".join(cell["source"]) for cell in CELLS if cell["cell_type"] == "code"]


def run_cells(sources: list[str]) -> dict[str, Any]:
    """Runs cells as a notebook does: in one namespace, and while a loop runs."""
    known: dict[str, Any] = {}

    async def cells() -> None:
        for source in sources:
            exec(compile(source, NOTEBOOK.name, "exec"), known)  # noqa: S102 - the code is ours, and what is tested

    asyncio.run(cells())
    return known


def test_it_holds_no_outputs() -> None:
    assert [] == [cell for cell in CELLS if cell.get("outputs") or cell.get("execution_count")]


def test_its_table_has_the_means_of_the_report(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The cell that compares them to the report would raise."""
    monkeypatch.chdir(tmp_path)
    known = run_cells([source for source in CODE if "matplotlib" not in source])
    means = known["means"]

    assert list(means.index) == ["mutual_friend", "route"]
    assert (means["mindreader"] > means["private"] + 0.3).all()
    assert (tmp_path / "runs" / "notebook" / "run.json").exists()


def test_it_draws_every_task_and_condition(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    matplotlib = pytest.importorskip("matplotlib", reason="matplotlib is not installed")
    matplotlib.use("agg")
    monkeypatch.chdir(tmp_path)
    axes = run_cells(CODE)["axes"]

    assert [label.get_text() for label in axes.get_yticklabels()] == ["mutual_friend", "route"]
    assert len(axes.lines) == 2 * (1 + 2 * 4)
