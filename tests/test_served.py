"""Under which name a model answered: recorded where it is another than asked for, replayed exactly, counted and shown."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from benchmark import api
from benchmark.display.table import render
from benchmark.records import sealed
from benchmark.results.cells import gather
from benchmark.results.report import report
from benchmark.running.folder import read_episodes
from leaderboard.verification import verify
from tests.made_records import MODEL, record, run_of
from tests.servers import Server, in_thread


def played(tmp_path: Path, **served: str) -> tuple[api.Wish, list[dict[str, Any]]]:
    """The records of one small run, answered by a server that says that it is "served-model"."""
    with in_thread(Server()) as server:
        model = server.spec(timeout=30).replace("asked-model", served.get("asked", "asked-model"))
        wish = api.Wish(model=model, tasks=("mutual_friend",), conditions=("private",), n=1)
        out, outcome = api.run(wish, tmp_path / "run")
    assert outcome.complete
    return wish, list(read_episodes(out))


def test_a_call_says_who_answered_where_that_is_not_who_was_asked(tmp_path: Path) -> None:
    wish, (document,) = played(tmp_path)

    assert {call["served"] for call in document["calls"]} == {"served-model"}
    assert list(verify(api.make_plan(wish), [document])) == []


def test_a_call_answered_by_who_was_asked_says_nothing_more(tmp_path: Path) -> None:
    wish, (document,) = played(tmp_path, asked="served-model")

    assert not any("served" in call for call in document["calls"])
    assert list(verify(api.make_plan(wish), [document])) == []


@pytest.mark.parametrize("value", ["", 5, None, ["served-model"]])
def test_what_no_engine_can_have_written_is_found(tmp_path: Path, value: Any) -> None:
    wish, (document,) = played(tmp_path)
    document["calls"][0]["served"] = value

    assert list(verify(api.make_plan(wish), [sealed(document)]))


def test_the_report_counts_the_calls_of_the_tested_model_by_served_name_and_the_table_says_so() -> None:
    records = []
    for index in range(3):
        one = record(index=index, seats={"A": MODEL, "B": "reference:honest"})
        usage = one["calls"][0]["usage"]
        one["calls"] = [
            {"seat": seat, "round": 0, "kind": "commit", "usage": usage, **({"served": name} if name else {})}
            for seat, name in (("A", "gpt-x-2025"), ("A", ""), ("A", "gpt-x-mini" if index else ""), ("B", "somebody"))
        ]
        records.append(sealed(one))
    document = report(run_of(records), records)

    assert (document["calls"], document["served"]) == (9, {"gpt-x-2025": 3, "gpt-x-mini": 2})
    text = " ".join(render(document).split())
    assert "Answered under another name than asked for, in 5 of 9 calls: gpt-x-2025 (3), gpt-x-mini (2)." in text
    json.dumps(document)


def test_records_from_before_names_were_kept_are_counted_without() -> None:
    records = [record(index=index) for index in range(2)]

    assert gather(records, MODEL).served == {}
    assert "Answered under" not in render(report(run_of(records), records))
