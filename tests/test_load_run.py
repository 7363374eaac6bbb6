"""A run folder from Python: its records, and a table in which each of them is one row."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from benchmark import api
from benchmark.running.folder import read_episodes
from benchmark.vocabulary import FolderError


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out: Path = tmp_path_factory.mktemp("run") / "run"
    api.run(api.Wish(model="reference:egocentric", tasks=("mutual_friend", "deal"), n=3, conditions=("private", "solo")), out)
    return out


def test_a_run_says_what_it_is_and_gives_its_records(folder: Path) -> None:
    run = api.load_run(folder)

    assert (run.model, run.plan, run.grid["n"]) == ("reference:egocentric", 12, 3)
    assert list(run.records()) == list(read_episodes(folder))


def test_the_table_has_a_row_for_each_record_and_the_means_of_the_report(folder: Path) -> None:
    table, report = api.load_run(str(folder)).to_pandas(), api.report(folder)

    assert list(table["id"]) == [record["id"] for record in read_episodes(folder)]
    for task, cells in report["tasks"].items():
        for condition, cell in cells.items():
            assert cell["success"] is not None
            part = table[(table["task"] == task) & (table["condition"] == condition)]
            assert len(part) == cell["success"]["n"] == 3
            if task == "deal":
                assert part["success"].mean() == pytest.approx(cell["success"]["mean"])
    deals = table[table["task"] == "deal"]
    assert deals["part_agreement"].notna().all()
    assert table[table["task"] == "mutual_friend"]["part_agreement"].isna().all()
    assert set(table["seat_A"]) == {"reference:egocentric"}
    assert isinstance(table, pd.DataFrame)


def test_what_is_no_run_is_said_to_be_none(tmp_path: Path) -> None:
    with pytest.raises(FolderError):
        api.load_run(tmp_path)
