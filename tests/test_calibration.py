"""`docs/calibration.md` says what the figures say, the figures hold their bands, and playing again gives the same figures."""

from __future__ import annotations

from itertools import pairwise

import pytest

from tasks.calibrated import TABLE as SCALE
from tests.calibration import document
from tests.calibration.bands import BANDS, Band, bands
from tests.calibration.calibrate import FIGURES, PAGE
from tests.calibration.cells import COLUMNS, Cell, cells, figures
from tests.labels import GROUNDING

TABLE = document.read(FIGURES.read_text("utf-8"))
AGAIN = (
    "mutual_friend 3 private honest",
    "schedule 2 private paraphrase",
    "assignment 3 silent random",
    "hidden_profile 4 private bluff",
    "route 3 private forgetful?p=0.4",
    "reference 3 script honest",
    "crossed_wires 3 mindreader egocentric",
    "reference 5 private paraphrase",
    "itinerary 4 private paraphrase",
    "deal 3 private honest",
)
"""Cells that are played again: one of each kind of player, every task and every condition but the dearest."""


def cell(words: str) -> Cell:
    task, level, condition, player = words.split()
    return Cell(task, int(level), condition, player)


def test_the_page_is_written_from_the_figures() -> None:
    assert document.page(TABLE) == PAGE.read_text("utf-8"), "docs/calibration.md differs from its figures: make calibrate"


def test_the_scale_of_a_report_is_written_from_the_figures() -> None:
    assert document.scale(TABLE) == SCALE.read_text("utf-8"), "tasks/calibrated.csv differs from the figures: make calibrate"


def test_every_cell_is_there_and_no_other() -> None:
    assert set(cells()) == set(TABLE), "tasks or players have changed: make calibrate"


def test_every_figure_is_within_its_bands() -> None:
    assert document.outside(TABLE) == []


@pytest.mark.parametrize("words", AGAIN)
def test_playing_again_gives_the_same_figures(words: str) -> None:
    again = dict(zip(COLUMNS, figures(cell(words)).row(), strict=True))
    written = {column: TABLE[cell(words)][column] for column in COLUMNS}

    assert again == written, "a task, a reader or a player has changed: make calibrate"


@pytest.mark.parametrize("band", BANDS, ids=lambda band: f"{band.players[0]} {band.measure} {band.conditions[0]} {band.high:g}")
def test_every_band_can_fail(band: Band) -> None:
    """A figure just beyond a band is found, so no band is idle: each holds some cell of the table."""
    held = [one for one in TABLE if band in bands(one.task, one.player, one.level, one.condition)]
    assert held
    beyond = band.low - 0.01 if band.low > 0 else band.high + 0.01
    row = {**TABLE[held[0]], band.measure: f"{beyond:.3f}"}

    assert document.outside({held[0]: row})


def test_forgetting_more_never_grounds_more() -> None:
    """To within two worlds: what is forgotten is drawn anew for each dose."""
    for task in dict.fromkeys(one.task for one in TABLE if one.task in GROUNDING):
        doses = [float(row["grounding_success"]) for one, row in TABLE.items() if one.task == task and one.player.startswith("forgetful")]

        assert len(doses) == 6
        assert all(less <= more + 2 / 24 for more, less in pairwise(doses)), (task, doses)
