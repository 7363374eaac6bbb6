"""What a reader sees: a golden of a whole report, the width, and nothing that could steer a terminal."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from benchmark.display.table import GROUNDED, LUCKY, WRONG, render, render_comparison
from benchmark.records import Document
from benchmark.results.report import report
from tests.conftest import Golden
from tests.made_records import HABITS, MODEL, played_by, record, run_of

TASKS = ("mutual_friend", "assignment", "route")


def document_of(player: str, n: int = 20, tasks: tuple[str, ...] = TASKS, **given: object) -> Document:
    records = played_by(player, tasks, n)
    return report(run_of(records, configuration={"model": player}, **given), records)


@pytest.fixture(scope="module")
def documents() -> dict[str, Document]:
    return {player: document_of(player) for player in HABITS}


def test_the_report_and_the_comparison_read_well(documents: dict[str, Document], golden: Golden) -> None:
    incomplete = report({**run_of(played_by(MODEL, TASKS, 20)), "plan": 340}, played_by(MODEL, TASKS, 20), errors=8)

    golden("report_table.txt", f"{render(incomplete)}\n\n\n{render_comparison(documents)}\n")


def test_no_line_is_wider_than_asked_and_at_least_80_is_used(documents: dict[str, Document]) -> None:
    for width in (80, 100, 132):
        texts = [*(render(document, width) for document in documents.values()), render_comparison(documents, width)]
        assert all(cell_len(line) <= width for text in texts for line in text.splitlines())

    assert render(documents[MODEL], 20) == render(documents[MODEL])


def test_at_one_glance_honest_grounds_and_egocentric_does_not(documents: dict[str, Document]) -> None:
    lines = render_comparison(documents).splitlines()
    bars = {player: [line for line in lines if line.startswith(player)][-1][len(player) :].strip() for player in HABITS}

    assert {GROUNDED} == set(bars["reference:honest"])
    assert {LUCKY, WRONG} == set(bars["reference:egocentric"])
    assert {GROUNDED, LUCKY, WRONG} == set(bars[MODEL])


def test_the_counts_in_the_head_add_up_to_the_plan() -> None:
    outcomes = ["decided"] * 5 + ["illegal:A", "leaked", "truncated:B"]
    records = [record(index=i, outcome=outcome) for i, outcome in enumerate(outcomes)]

    text = render(report(run_of(records, plan=12), records, errors=3))

    assert "12 episodes planned = 5 decided + 1 illegal:A + 1 truncated:B + 1 leaked + 3\n  error + 1 not played" in text
    assert "Left out of every mean: 3 error, 1 leaked, 0 failed by a partner, 1 not played." in text


def test_every_interval_and_count_of_a_row_is_there() -> None:
    records = [record(index=i, success=i < 7, grounded=i < 5, floor=0.5, raw=1.0 if i < 7 else 0.3) for i in range(20)]

    text = render(report(run_of(records), records))

    assert ["private", "20", "35", "[18,57]", "25", "[11,47]", "10", "[3,30]", "9", "[-19,37]"] in [
        line.split() for line in text.splitlines()
    ]


name = st.text(st.characters(codec=None), max_size=120)


@given(name, name, name, st.integers(1, 3))
def test_names_reach_the_terminal_without_their_control_characters(model: str, run: str, label: str, n: int) -> None:
    records = [record(label, condition, i) for condition in ("private", "mindreader") for i in range(n)]
    records = [{**one, "seats": {"A": model, "B": model}} for one in records]
    document = report(run_of(records, id=run, configuration={"model": model, "partners": [run]}), records)

    for text in (render(document), render_comparison({model: document, run: document, label: document})):
        assert all(cell_len(line) <= 80 for line in text.split("\n"))
        assert not [char for char in text if char != "\n" and unicodedata.category(char) in ("Cc", "Cf", "Cs", "Zl", "Zp")]


def test_a_long_name_keeps_both_ends() -> None:
    model = f"vllm:some-organisation/{'very-' * 20}long-name-8B"

    first = render(document_of_one(model)).splitlines()[0]

    assert first.startswith("vllm:some-organisation/")
    assert first.endswith("long-name-8B")
    assert "…" in first


def document_of_one(model: str) -> Document:
    return report(run_of([], configuration={"model": model}), [])


def test_what_was_not_played_takes_no_room() -> None:
    records = [record(index=i) for i in range(3)]
    text = render(report(run_of(records), records))

    assert "information" not in text
    assert "Mixed panel" not in text


def test_runs_over_different_tasks_are_marked_as_such() -> None:
    told = render_comparison({"one": document_of(MODEL, 4), "other": document_of(MODEL, 4, TASKS[:1])})

    assert "NOT over the same tasks" in told.splitlines()[0]
    assert "n 12, 3 tasks" in told
    assert "n 4, 1 task " in told
