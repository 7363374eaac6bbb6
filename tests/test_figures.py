"""Figures for papers: the same report gives the same bytes, and text that could steer anything is text."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from benchmark import api
from benchmark.cli import main
from benchmark.records import Document
from benchmark.results.report import report
from tests.made_records import MODEL, played_by, run_of
from tests.test_page import HOSTILE
from tests.test_rounds_report import played

CURVES = "round-by-round-1"


def made() -> Document:
    return report(run_of(records := played_by(MODEL, ("alpha", "mutual_friend"), 6)), records)


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # an old matplotlib meets newer libraries than it knew
def test_the_same_report_gives_the_same_bytes(tmp_path: Path) -> None:
    pytest.importorskip("matplotlib", reason="figures need the extra `plots`")
    rounds = [played(index, {"<b>x": [0.0, 0.5, 1.0]}) for index in range(2)]
    document = {
        **made(),
        "curves": report(run_of(rounds), rounds)["curves"],
        "model": HOSTILE,
        "gaps": {},
        "blame": {"of": "", "tasks": {}, "overall": None},
    }
    document["tasks"] = {HOSTILE: document["tasks"]["alpha"]}
    written = api.write_figures(document, tmp_path / "one")
    again = api.write_figures(document, tmp_path / "two")

    assert {path.suffix for path in written} == {".svg", ".png"}
    assert f"{CURVES}.svg" in {path.name for path in written}
    assert [path.read_bytes() for path in written] == [path.read_bytes() for path in again]
    text = (tmp_path / "one" / "luck.svg").read_text("utf-8")
    assert "<script" not in text
    assert "&lt;script" in text  # and as text it is there
    assert not any(steering in text for steering in ("\u202e", "\x1b", "<dc:date>"))


def test_figures_without_matplotlib_say_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = tmp_path / "run"
    run = ["run", "--model", "reference:mute", "--task", "mutual_friend", "--n", "1", "--quiet", "--out", str(out)]
    assert CliRunner().invoke(main, run).exit_code == 0
    monkeypatch.setitem(sys.modules, "matplotlib", None)

    refused = CliRunner().invoke(main, ["report", str(out), "--figures", str(tmp_path / "figures")])

    assert refused.exit_code == 2
    assert "pip install 'parley-bench[plots]'" in refused.output
