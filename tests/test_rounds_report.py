"""What a report says round by round: means and limits over worlds, of the tested model's seats alone, and pictures with figures."""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping
from statistics import NormalDist, mean
from typing import Any

import pytest

from benchmark.display.page import page
from benchmark.display.rounds_told import bars
from benchmark.display.table import render
from benchmark.records import Document
from benchmark.results.parts import MOST_ROUNDS
from benchmark.results.report import report
from benchmark.vocabulary import FolderError
from tests.made_records import MODEL, record, run_of


def played(index: int, curves: Mapping[str, Any], parts: dict[str, float] | None = None, **given: Any) -> Document:
    made = record(task="track", index=index, **given)
    unmeasured = dict.fromkeys(("grounding_success", "lucky", "licensed", "delegated"))
    return {**made, "score": {**made["score"], **unmeasured, "parts": parts or {}, "curves": curves}}


def reported(records: list[Document], **given: Any) -> Document:
    return report(run_of(records, **given), records)


def test_a_curve_has_the_mean_of_every_round_over_the_worlds_that_have_it() -> None:
    document = reported([played(0, {"x": [1.0, 0.25, None]}), played(1, {"x": [0.0, 0.75, None, 0.5]}), played(2, {"x": [0.5]})])
    first, second, third, fourth = document["curves"]["track"]["private"]["x"]

    assert (first["mean"], first["n"]) == (0.5, 3)
    assert (second["mean"], second["n"]) == (0.5, 2)
    assert third is None
    assert (fourth["mean"], fourth["low"], fourth["high"], fourth["n"]) == (0.5, 0.5, 0.5, 1)
    assert first["low"] < first["mean"] < first["high"]


def test_shares_of_yes_and_no_get_the_limits_of_wilson_even_where_all_agree() -> None:
    document = reported([played(index, {"x": [1.0, float(index % 2)]}) for index in range(20)])
    always, half = document["curves"]["track"]["private"]["x"]
    z = NormalDist().inv_cdf(0.975)

    assert (always["mean"], always["high"]) == (1.0, 1.0)
    assert always["low"] == pytest.approx(20 / (20 + z * z))
    assert (half["low"] + half["high"]) / 2 == pytest.approx(0.5)


def test_the_plays_of_one_world_are_one_world() -> None:
    plays = [played(0, {"x": [1.0]}, {"p": 1.0}, repeat=repeat) for repeat in range(9)] + [played(1, {"x": [0.0]}, {"p": 0.0})]
    document = reported(plays)
    point, part = document["curves"]["track"]["private"]["x"][0], document["tasks"]["track"]["private"]["parts"]["p"]

    assert (point["n"], part["n"], part["count"]) == (2, 10, 9)
    assert point["mean"] == part["mean"] == 0.9
    assert part["high"] - part["low"] > 0.5, "two worlds say little, however often they were played"


def test_what_is_given_by_seat_counts_for_the_seats_of_the_tested_model() -> None:
    curves: dict[str, Any]
    curves, parts = {"x/A": [1.0, 1.0], "x/B": [0.0, None], "y": [0.5]}, {"p/A": 1.0, "p/B": 0.25, "q": 3.0}
    other = {"configuration": {"partners": ["m:other"]}}
    first, second = {"A": MODEL, "B": "m:other"}, {"A": "m:other", "B": MODEL}
    self_play = reported([played(0, curves, parts)])
    in_a, in_b = (reported([played(0, curves, parts, seats=seats)], **other) for seats in (first, second))
    means = [
        (
            [one["mean"] for one in document["curves"]["track"]["private"]["x"] if one],
            {name: part["mean"] for name, part in document["tasks"]["track"]["private"]["parts"].items()},
        )
        for document in (self_play, in_a, in_b)
    ]

    assert means == [([0.5, 1.0], {"p": 0.625, "q": 3.0}), ([1.0, 1.0], {"p": 1.0, "q": 3.0}), ([0.0], {"p": 0.25, "q": 3.0})]


def test_partners_are_not_pooled_in_the_cells() -> None:
    configuration = {"partners": ["m:one", "m:other"]}
    games = [played(0, {"x/A": [float(other == "m:one")]}, seats={"A": MODEL, "B": other}) for other in configuration["partners"]]
    document = reported(games, configuration=configuration)

    assert {cell["partner"]: cell["curves"]["x"][0]["mean"] for cell in document["cells"]} == {"m:one": 1.0, "m:other": 0.0}
    assert document["curves"]["track"]["private"]["x"][0]["mean"] == 0.5
    assert "curves" not in reported(games[:1], configuration=configuration)["cells"][0]


def test_games_that_broke_off_are_in_no_curve_and_yet_make_a_track() -> None:
    document = reported([played(0, {"x": [1.0]}, outcome="illegal:A")])

    assert document["curves"] == {"track": {"private": {}}}
    assert document["overall"] == document["mixed"] == {}


def test_a_track_is_in_no_mean_over_tasks() -> None:
    records = [*(played(index, {"x": [1.0]}) for index in range(3)), *(record(index=index) for index in range(3))]
    document = reported(records)

    assert document["overall"]["tasks"] == ["alpha"]
    assert document["mixed"] == {}
    assert "curves" not in reported([record(index=index) for index in range(3)])


def test_the_order_of_the_records_does_not_matter() -> None:
    records = [played(index % 3, {"x": [index / 7, 0.1 * index]}, {"p": index / 3}, repeat=index // 3) for index in range(6)]
    every = [reported(list(order)) for order in itertools.islice(itertools.permutations(records), 0, 720, 97)]

    assert all(document == every[0] for document in every)


@pytest.mark.parametrize("curve", [["1"], [True], [float("nan")], [float("inf")], 3, [0.0] * (MOST_ROUNDS + 1), [[1.0]]])
def test_what_is_no_curve_is_named_and_breaks_nothing(curve: object) -> None:
    with pytest.raises(FolderError, match="track/3/private/0"):
        reported([played(0, {"x": curve})])


def test_a_terminal_shows_curves_as_bars_with_their_ends_in_figures() -> None:
    rising = [played(index, {"cooperation/A": [place / 79 for place in range(80)]}, {"regret": 0.1 * index}) for index in range(4)]
    text = render(reported(rising))

    assert max(map(len, text.splitlines())) <= 80
    assert re.search(r"cooperation +▁+▂+▃+▄+▅+▆+▇+█+", text)
    assert "0.000 [0.000, 0.000] (n 4) to 1.000 [1.000, 1.000] (n 4)" in " ".join(text.split())
    assert re.search(r"regret +0\.150 +\[0\.\d+, 0\.\d+\] +n 4", text)


def test_bars_leave_a_blank_where_nothing_is_known() -> None:
    point = {"mean": 1.0, "low": 1.0, "high": 1.0, "n": 1}

    assert bars([point, None, {**point, "mean": 0.0}]) == "█ ▁"
    assert len(bars([point] * 100)) == 34
    assert bars([{**point, "mean": 3.0}, {**point, "mean": -1.0}]) == "█▁"


def test_a_page_draws_each_curve_with_its_figures_beside_it_and_escapes_its_name() -> None:
    curves = {"<b>x": [0.0, 0.5, None, 1.0]}
    shown = page(reported([played(index, curves, {"<i>p": 1.0}) for index in range(3)]))
    (line,) = re.findall(r'<polyline points="([^"]+)"', shown)
    heights = [float(point.split(",")[1]) for point in line.split()]

    assert "<b>x" not in shown
    assert "<i>p" not in shown
    assert "&lt;b&gt;x" in shown
    assert heights == sorted(heights, reverse=True)
    assert heights[1] == pytest.approx(mean([heights[0], heights[2]]), abs=0.1)
    assert re.search(r"<th[^>]*>4</th>", shown)
    assert "1.000 [1.000, 1.000]" in shown
