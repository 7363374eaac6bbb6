"""The report against numbers worked out by hand, and against what must hold of any run."""

from __future__ import annotations

import json
import tracemalloc
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmark.display.table import render
from benchmark.records import Document
from benchmark.results.cells import gather
from benchmark.results.report import report
from benchmark.results.statistics import holm, wilson
from benchmark.views import CONTRASTS, PRIMARY
from benchmark.vocabulary import FolderError
from tests.made_records import MODEL, played_by, record, run_of

HAND: dict[str, str] = {"private": "100 1", "mindreader": "111 1", "omniscient": "111 0"}
"""Success of three solvable worlds and of one without a solution, by condition."""


def reported(records: list[Document], errors: int = 0, **given: object) -> Document:
    return report(run_of(records, **given), iter(records), errors)


def by_hand() -> list[Document]:
    return [
        record(condition=condition, index=i, success=mark == "1", grounded=i == 3, solvable=i < 3, words=50)
        for condition, marks in HAND.items()
        for i, mark in enumerate(marks.replace(" ", ""))
    ]


def test_a_small_run_gives_the_numbers_worked_out_by_hand() -> None:
    document = reported(by_hand())
    cell, gaps = document["tasks"]["alpha"]["private"], document["gaps"]["alpha"]

    # Means of the two strata: of 1/3 and 1; of 0 and 1; of 1/3 and 0. Over 4 worlds: 2 of 4 won, 2 wins in 200 words.
    assert (0.666666666667, 4) == (cell["success"]["mean"], cell["success"]["n"])
    assert (0.5, 0.166666666667) == (cell["grounding_success"]["mean"], cell["lucky"]["mean"])
    assert (0.333333333333, 1.0) == (cell["success_solvable"]["mean"], cell["success_no_solution"]["mean"])
    assert (0.5, 50.0, 10.0) == (cell["value"]["mean"], cell["words"]["mean"], cell["success_per_1000_words"]["mean"])
    assert (640.0, 0.75) == (cell["tokens"]["mean"], cell["facts"]["recall"]["mean"])
    assert (0.75, 0.0, None) == (cell["unlicensed"]["mean"], cell["format_failure"]["mean"], cell["native"])
    # Strata of the differences: 2/3 and 0; 0 and -1.
    assert (0.333333333333, 0.5) == (gaps["information"]["mean"], gaps["information"]["p"])
    assert (-0.5, 1.0, -0.166666666667) == (gaps["control"]["mean"], gaps["control"]["p"], gaps["gap"]["mean"])
    assert (1.0, "exact sign-flip", True) == tuple(gaps["gap"][key] for key in ("p", "test", "exploratory"))
    assert (4, "exact McNemar") == (gaps["information"]["n"], gaps["information"]["test"])


def test_the_share_of_one_stratum_has_wilson_limits() -> None:
    cell = reported([record(index=i, success=i < 7) for i in range(20)])["tasks"]["alpha"]["private"]
    expected = wilson(7, 20)

    assert expected.low == pytest.approx(cell["success"]["low"])
    assert expected.high == pytest.approx(cell["success"]["high"])
    assert cell["success_no_solution"] is None
    assert cell["success"] == cell["success_solvable"]


def test_repeats_are_averaged_per_world_before_anything_else() -> None:
    """One world won once in four plays, another won in its only play: 5/8 of two worlds, not 2/5 of five plays."""
    plays = [record(index=0, repeat=r, success=r == 2) for r in range(4)] + [record(index=1)]

    cell = reported(plays)["tasks"]["alpha"]["private"]

    assert (0.625, 2, 2, 5) == (cell["success"]["mean"], cell["success"]["n"], cell["n"], cell["episodes"])


@settings(max_examples=10)
@given(st.randoms(use_true_random=False))
def test_the_order_of_records_changes_nothing(shuffler: object) -> None:
    records = [record("beta", ("private", "mindreader")[i % 2], i // 4, i % 3 > 0, repeat=i // 2 % 2, raw=i / 7) for i in range(24)]
    records += by_hand()
    expected = reported(records)
    mixed = list(records)
    shuffler.shuffle(mixed)  # type: ignore[attr-defined]

    assert expected == report(run_of(records), mixed)
    tables = [gathered.table(sorted(gathered.rows)).tolist() for gathered in (gather(records, MODEL), gather(mixed, MODEL))]
    assert repr(tables[0]) == repr(tables[1])  # to the last bit, NaN included


@settings(max_examples=20)
@given(st.lists(st.tuples(*[st.integers(0, 10)] * 3), min_size=1, max_size=9), st.booleans())
def test_on_a_complete_grid_the_gap_is_information_plus_control(worths: list[tuple[int, ...]], graded: bool) -> None:
    played = [
        record("alpha", condition, i, worth[arm] > 5, raw=worth[arm] / 10, floor=0.1, graded=graded, solvable=i % 3 > 0)
        for i, worth in enumerate(worths)
        for arm, condition in enumerate(("private", "mindreader", "omniscient"))
    ]
    document = reported(played + by_hand_as("beta"))

    for gaps in (document["gaps"]["alpha"], document["gaps"]["beta"], document["overall"]):
        assert gaps["gap"]["mean"] == pytest.approx(gaps["information"]["mean"] + gaps["control"]["mean"], abs=1e-11)
        assert all(gaps[name]["low"] <= gaps[name]["mean"] <= gaps[name]["high"] for name in ("gap", "information", "control"))


def by_hand_as(task: str) -> list[Document]:
    return [{**one, "task": task} for one in by_hand()]


def with_parts(index: int, outcome: str = "decided", **parts: float) -> Document:
    made = record(index=index, outcome=outcome)
    unmeasured = dict.fromkeys(("grounding_success", "lucky", "licensed", "delegated"))
    return {**made, "score": {**made["score"], **unmeasured, "parts": parts}}


def test_parts_of_scores_are_averaged_over_the_decided_plays_that_have_them() -> None:
    plays = [
        with_parts(0, deal=1.0, points=7.5, of_deal=0.1),
        with_parts(1, deal=0.0, points=2.5),
        with_parts(2, deal=1.0, points=0.2, of_deal=0.2),
    ]
    failed = with_parts(3, "illegal:A", deal=0.0, points=0.0)
    document = reported([*plays, failed])
    found = document["tasks"]["alpha"]["private"]["parts"]

    assert {name: {key: part[key] for key in ("mean", "n", "count")} for name, part in found.items()} == {
        "deal": {"mean": 0.666666666667, "n": 3, "count": 2},
        "of_deal": {"mean": 0.15, "n": 2, "count": None},
        "points": {"mean": 3.4, "n": 3, "count": None},
    }
    assert all(part["low"] < part["mean"] < part["high"] for part in found.values())
    assert (found["points"]["low"], found["points"]["high"]) == pytest.approx((0.2, 7.5), abs=0.8)
    assert document["cells"][0]["parts"] == found


def test_what_a_part_could_have_been_stands_beside_it() -> None:
    told = " ".join(render(reported([with_parts(i, agreed=float(i < 3), joint=30.0 + i, best_joint=40.0) for i in range(4)])).split())

    assert "alpha, parts of the score (plain means), private: agreed 0.7500 (3 of 4), joint 31.5000 of 40.0000 = 0.7875 (n 4)." in told


@pytest.mark.parametrize("number", ["7", None, float("inf"), float("nan")])
def test_a_part_that_is_no_number_is_named(number: object) -> None:
    with pytest.raises(FolderError, match="alpha/3/private/0"):
        reported([with_parts(0, points=number)])  # type: ignore[arg-type]


def test_every_planned_episode_is_counted_once() -> None:
    partner = {"A": MODEL, "B": "reference:honest"}
    outcomes = ["decided", "illegal:A", "illegal:B", "refused:A", "truncated:B", "leaked", "decided"]
    records = [record(index=i, outcome=outcome, seats=partner) for i, outcome in enumerate(outcomes)]

    document = reported(records, errors=2, plan=12)
    counts = document["outcomes"]

    assert 12 == sum(counts.values()) + document["unplayed"]
    assert {"decided": 2, "illegal:A": 1, "illegal:B": 1, "refused:A": 1, "truncated:B": 1, "leaked": 1, "error": 2} == counts
    assert (3, 2) == (document["unplayed"], document["partner_failures"])
    # 12 planned − 3 not played − 2 errors − 1 leaked − 2 by the partner; the model's own two failures count as lost.
    cell = document["tasks"]["alpha"]["private"]
    assert (4, 0.5, 1.0) == (cell["n"], cell["success"]["mean"], cell["success_decided"]["mean"])
    assert (0.25, 2) == (cell["format_failure"]["mean"], cell["unlicensed"]["n"])


def test_more_episodes_than_planned_are_an_error() -> None:
    with pytest.raises(FolderError, match="4 episodes are on record or failed, and only 3 were planned"):
        reported([record(index=i) for i in range(3)], errors=1)


def test_a_gap_uses_only_plays_that_both_arms_have() -> None:
    won = [record(condition="mindreader", index=i) for i in range(5)]
    lost = [record(index=0, success=False), record(index=1, outcome="leaked"), record(index=2, success=False), record(index=3)]

    found = reported(won + lost)["gaps"]["alpha"]

    assert (0.666666666667, 3) == (found["information"]["mean"], found["information"]["n"])
    assert {name: None for name in CONTRASTS if name != "information"} == {n: gap for n, gap in found.items() if n != "information"}


def test_gaps_of_graded_tasks_are_on_value() -> None:
    """Lost: 2 of 8 and 4 of 5 points at stake."""
    worlds = [(10.0, 8.0, 2.0), (6.0, 2.0, 1.0)]
    arms = [("mindreader", 0), ("private", 1)]
    records = [
        record(condition=c, index=i, success=False, graded=True, raw=w[arm], floor=w[2], best=w[0])
        for i, w in enumerate(worlds)
        for c, arm in arms
    ]

    found = reported(records)["gaps"]["alpha"]["information"]

    assert (round(6 / 13, 12), True, 0.5) == (found["mean"], found["graded"], found["p"])


def test_a_difference_is_divided_only_by_what_is_surely_there() -> None:
    def information(ceiling: int, reached: int) -> Document:
        wins = {"mindreader": ceiling, "private": reached}
        records = [record(condition=condition, index=i, success=i < won) for condition, won in wins.items() for i in range(20)]
        found: Document = reported(records)["gaps"]["alpha"]["information"]
        return found

    assert 0.75 == information(16, 4)["relative"]["mean"]
    assert (0.2, None) == (information(6, 2)["mean"], information(6, 2)["relative"])


def test_grounding_is_null_where_it_is_not_asked_and_splits_success_where_it_is() -> None:
    records = played_by(MODEL, ("mutual_friend", "route"), 12)
    for one in records:
        one["score"] |= {"grounding_success": one["score"]["grounding_success"] or False, "lucky": one["score"]["lucky"] or False}
    document = reported(records)

    for conditions in document["tasks"].values():
        for name, cell in conditions.items():
            parts = [cell[key] for key in ("grounding_success", "lucky", "unlicensed")]
            if name == "private":
                assert cell["success"]["mean"] == pytest.approx(parts[0]["mean"] + parts[1]["mean"], abs=1e-11)
            else:
                assert [None, None, None] == parts


def test_only_the_primary_family_is_corrected() -> None:
    document = reported(played_by(MODEL, ("mutual_friend", "route"), 12))
    overall = document["overall"]
    corrected = holm({name: overall[name]["p"] for name in PRIMARY})

    assert corrected == pytest.approx({name: gap["p_holm"] for name in CONTRASTS if (gap := overall[name]) and "p_holm" in gap})
    assert not any(overall[name]["exploratory"] for name in PRIMARY)
    every = [gap for gaps in document["gaps"].values() for gap in gaps.values() if gap]
    assert all(gap["exploratory"] and "p_holm" not in gap for gap in [*every, overall["gap"]])


def test_overall_is_the_plain_mean_of_the_headline_tasks() -> None:
    labels = ("alpha", "beta", "deal", "alpha:preset=x")
    records = [record(label, index=i, success=i < wins) for label, wins in zip(labels, (2, 8, 5, 0), strict=True) for i in range(10)]

    named = report(run_of(records), records, headline=("alpha", "beta"))
    unnamed = report(run_of(records), records)

    assert (0.5, 20, ["alpha", "beta"]) == (
        named["overall"]["success"]["mean"],
        named["overall"]["success"]["n"],
        named["overall"]["tasks"],
    )
    assert (["deal"], 0.5) == (named["mixed"]["tasks"], named["mixed"]["success"]["mean"])
    assert (["alpha", "beta", "deal"], {}) == (unnamed["overall"]["tasks"], unnamed["mixed"])
    assert list(labels) == list(named["tasks"])


def test_levels_partners_and_factors_have_cells_of_their_own() -> None:
    against = record(index=2, seats={"A": "reference:honest", "B": MODEL})
    records = [record(level=1), record(level=5, success=False), record(index=1, factors={"label": "ai"}), against]

    document = report(run_of(records, configuration={"factors": {"channel": "talk"}}), records)
    cells = [(c["level"], c["partner"], c["factors"], c["success"]["mean"], c["n"]) for c in document["cells"]]

    assert [
        (1, None, {"channel": "talk"}, 1.0, 1),
        (3, None, {"channel": "talk", "label": "ai"}, 1.0, 1),
        (3, "reference:honest", {"channel": "talk"}, 1.0, 1),
        (5, None, {"channel": "talk"}, 0.0, 1),
    ] == cells
    assert (4, 0.75) == (document["tasks"]["alpha"]["private"]["n"], document["tasks"]["alpha"]["private"]["success"]["mean"])


def test_what_a_run_could_show_is_said_with_all_it_depends_on() -> None:
    before = report(run_of(played_by(MODEL, ("route",), 20), plan=100), [record("route", index=i) for i in range(20)])
    after = reported(played_by(MODEL, ("route",), 20))

    assert {"alpha": 0.05, "power": 0.8, "discordance": 0.3, "n": 20, "assumed": True} == before["detectable"]
    assert not after["detectable"]["assumed"]
    assert 0 < after["detectable_gap"] < 1


@pytest.mark.parametrize("count", [0, 1, 3])
def test_a_run_that_has_hardly_begun_has_a_report_in_strict_json(count: int) -> None:
    records = played_by(MODEL, ("mutual_friend", "assignment"), 2)
    run = run_of(records)

    document = report(run, records[:count])

    assert json.loads(json.dumps(document, allow_nan=False)) == document
    assert run["grid"]["conditions"] == list(document["tasks"]["assignment"])
    assert len(records) == document["unplayed"] + sum(document["outcomes"].values())


@pytest.mark.parametrize(
    "harm", [{"score": {}}, {"seats": None}, {"outcome": "won"}, {"condition": "telepathy"}, {"index": "x"}, {"calls": [1]}, {"task": []}]
)
def test_a_record_that_is_none_is_named_in_the_error(harm: Document) -> None:
    broken = {**record(index=4), **harm, "id": "alpha/3/private/4"}

    with pytest.raises(FolderError, match=r"alpha/3/private/4.*bench rescore"):
        report(run_of([record()], plan=9), [record(), broken])


def test_a_run_file_that_is_none_is_refused() -> None:
    for run in ({}, {**run_of([]), "grid": {"tasks": [], "conditions": ["telepathy"]}}, {**run_of([]), "plan": None}):
        with pytest.raises(FolderError, match=r"run\.json"):
            report(run, [])


def test_of_each_record_little_is_kept() -> None:
    """A million records must fit: what is kept of one does not grow with its transcript."""

    def bulky() -> Iterator[Document]:
        for i in range(4000):
            yield {**record(index=i), "rounds": [{"turns": [{"text": f"{i} " * 2000}]}]}

    tracemalloc.start()
    try:
        gathered = gather(bulky(), MODEL)
        kept, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert 4000 == gathered.outcomes["decided"]
    assert kept < 4000 * 400
    assert peak < 4000 * 600
