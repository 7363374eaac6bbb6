"""What a gap is made of: parts that add up to it, each booked under what went wrong."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmark.display.gallery import blame as picture
from benchmark.records import Document
from benchmark.results.causes import CAUSES, cause
from benchmark.results.report import report
from benchmark.views import CONDITIONS
from tests.made_records import record, run_of

OWN, _, TWIN = list(CONDITIONS)[:3]


def test_every_cause_is_read_from_the_record_by_what_comes_first() -> None:
    won, lost = record(), record(success=False)
    told = {**lost, "score": {**lost["score"], "facts": {**lost["score"]["facts"], "presented": 4}}}
    unlicensed = [{**one, "score": {**one["score"], "licensed": {"A": True, "B": False}}} for one in (lost, told)]
    unmeasured = {**lost, "score": {**lost["score"], "licensed": None}}
    broken = [record(outcome=f"{kind}:B") for kind in ("illegal", "refused", "truncated")]
    licensed = {**lost, "score": {**lost["score"], "licensed": {"A": True, "B": True}}}

    assert [cause(one) for one in (*broken, *unlicensed, licensed, unmeasured, won)] == list(CAUSES)


def test_a_loss_is_booked_where_it_was_made_and_a_gain_apart() -> None:
    """Ten worlds: six lost, four of them for want of telling, one by format, one by judgement; one won against the twin."""
    own = [record(index=i, success=i > 5) for i in range(10)]
    own[4] = record(index=4, outcome="illegal:A")
    own[5]["score"]["licensed"] = {"A": True, "B": True}
    for one in own[:4]:
        one["score"]["licensed"] = {"A": False, "B": True}
    twins = [record(condition=TWIN, index=i, success=i != 9) for i in range(10)]
    document = report(run_of(own + twins), own + twins)
    found = document["blame"]["tasks"]["alpha"]

    assert document["blame"]["of"] == "gap"
    assert {name: (part["mean"], part["plays"]) for name, part in found.items()} == {
        "untold": (0.4, 4),
        "illegal": (0.1, 1),
        "misjudged": (0.1, 1),
        "gained": (-0.1, 1),
    }
    assert found["untold"]["low"] < 0.4 < found["untold"]["high"]
    assert document["gaps"]["alpha"]["gap"]["mean"] == 0.5


@settings(max_examples=8)
@given(st.lists(st.tuples(*[st.integers(0, 10)] * 4), min_size=2, max_size=9), st.booleans())
def test_the_parts_add_up_to_the_gap_whatever_was_played(worths: list[tuple[int, ...]], graded: bool) -> None:
    """With repeats, worlds without a solution and plans that are graded; overall and in each task."""
    records: list[Document] = []
    for task in ("alpha", "beta"):
        for place, worth in enumerate(worths):
            for arm, (condition, repeat) in enumerate(((OWN, 0), (OWN, 1), (TWIN, 0), (TWIN, 1))):
                shape = {"index": place, "repeat": repeat, "graded": graded and task == "beta", "solvable": place % 3 > 0}
                records.append(record(task, condition, success=worth[arm] > 5, raw=worth[arm] / 10, grounded=worth[arm] > 7, **shape))
    document = report(run_of(records), records)
    ledger, gaps = document["blame"], {**document["gaps"], "overall": document["overall"]}

    for label, parts in {**ledger["tasks"], "overall": ledger["overall"]}.items():
        assert sum(part["mean"] for part in parts.values()) == pytest.approx(gaps[label]["gap"]["mean"], abs=1e-9)
    drawn = picture(document)
    assert drawn
    for row in drawn.rows:
        losses, gains = ([span for span in row.spans if (span.ink == "gained") == wanted] for wanted in (False, True))
        length = sum(span.end - span.start for span in losses) - sum(span.end - span.start for span in gains)
        assert length == pytest.approx(100 * gaps[row.label]["gap"]["mean"], abs=1e-6)
        assert all(one.end == pytest.approx(other.start) for one, other in pairwise(losses))


def test_without_a_twin_there_is_nothing_to_blame() -> None:
    document = report(run_of([record()]), [record()])

    assert document["blame"] == {"of": "", "tasks": {}, "overall": None}
    assert picture(document) is None
