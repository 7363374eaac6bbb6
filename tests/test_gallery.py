"""What the pictures of a report show: a golden of their figures, and what must hold of each."""

from __future__ import annotations

import pytest

from benchmark.display.gallery import pictures
from benchmark.display.pictures import INKS, Picture, axis
from benchmark.records import Document
from benchmark.results.report import report
from tests.conftest import Golden
from tests.made_records import MODEL, played_by, run_of

TASKS = ("mutual_friend", "assignment", "route")


def contrast(one: str, other: str) -> float:
    high, low = sorted((_light(one), _light(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def _light(color: str) -> float:
    parts = [int(color[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    return sum(
        weight * (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4)
        for weight, part in zip((0.2126, 0.7152, 0.0722), parts, strict=True)
    )


@pytest.fixture(scope="module")
def document() -> Document:
    records = played_by(MODEL, TASKS, 12)
    records += [{**one, "level": 5, "id": one["id"].replace("/3/", "/5/")} for one in records if one["index"] < 6]
    found = report(run_of(records, plan=len(records) + 3), records, errors=2)
    limits = {"forgets nothing": (1.0, 0.95, 1.0), "forgets all": (0.0, 0.0, 0.05)}
    scale = {name: {"mean": mean, "low": low, "high": high, "n": 24} for name, (mean, low, high) in limits.items()}
    return {**found, "scale": scale}


def told(picture: Picture) -> str:
    rows = [f"  {row.label:<16} {'; '.join(one.text for one in row.told)}" for row in picture.rows]
    return "\n".join([f"{picture.name}: {picture.title}", f"  {picture.message}", *rows])


def test_the_figures_of_all_pictures_read_well(document: Document, golden: Golden) -> None:
    golden("pictures.txt", "\n\n".join(map(told, pictures(document))) + "\n")


def test_nothing_is_drawn_outside_its_axis_or_without_a_table_row(document: Document) -> None:
    for picture in pictures(document):
        places = [place for row in picture.rows for span in row.spans for place in (span.start, span.end)]
        places += [place for row in picture.rows for mark in row.marks for place in (mark.at, mark.low, mark.high) if place is not None]
        assert picture.low - 1e-6 <= min(places), picture.name
        assert max(places) <= picture.high + 1e-6, picture.name
        assert len(picture.table.rows) >= len(picture.rows)
        assert all(len(row) == len(picture.table.heads) for row in picture.table.rows)
        assert picture.ticks[0] == picture.low
        assert picture.ticks[-1] == pytest.approx(picture.high)


def test_every_outcome_has_its_share_of_the_bar(document: Document) -> None:
    (bar,) = next(one for one in pictures(document) if one.name == "outcomes").rows

    assert [span.ink for span in bar.spans] == ["decided", "illegal", "error", "unplayed"]
    assert bar.spans[-1].end == pytest.approx(100)
    assert bar.spans[2].end - bar.spans[2].start == pytest.approx(100 * 2 / document["plan"])


def test_every_ink_can_be_told_from_the_paper_it_is_on() -> None:
    for name, ink in INKS.items():
        least = 1.1 if ink.shape == "band" else 3
        assert contrast(ink.light, "#fdfdfb") >= least, name
        assert contrast(ink.dark, "#161616") >= least, name


AXES = [([], (0, 50)), ([12.0, 88.0], (0, 100)), ([-3.0, 100.0], (-50, 100)), ([-51.0, 130.0], (-100, 150))]


@pytest.mark.parametrize(("numbers", "ends"), AXES)
def test_an_axis_holds_its_numbers_and_ends_at_ticks(numbers: list[float], ends: tuple[float, float]) -> None:
    assert axis(numbers) == ends
