"""What the tracks were made to show, on the page of `bench bonds`: planted differences come out, and too little to compare is said."""

from __future__ import annotations

import pytest

from benchmark import api
from benchmark.bonds.findings import MADE, made
from benchmark.bonds.preregistration import preregistered
from benchmark.records import Document
from tests.test_custody_contrast import RATES, synthetic

FINDINGS = {one.name: one for one in preregistered().findings}


def test_every_finding_is_made_of_arms_on_the_same_worlds() -> None:
    assert set(FINDINGS) == set(MADE)
    for finding in FINDINGS.values():
        plans = [api.make_plan(api.Wish(model="reference:honest", tasks=(arm.task,), conditions=("private",), n=2)) for arm in finding.arms]
        assert len({tuple((one.world().seed, one.world().names) for one in plan.episodes()) for plan in plans}) == 1, finding.name


def custody_arms(n: int) -> list[list[Document]]:
    labels = [arm.task.partition(":")[2] for arm in FINDINGS["custody"].arms]
    cells = [dict(option.split("=") for option in label.split(",")) for label in labels]
    return [list(synthetic({(cell["referent"], cell["log"]): RATES[cell["referent"], cell["log"]]}, n)) for cell in cells]


def test_the_contrast_of_custody_comes_out_beside_its_control() -> None:
    document = made(FINDINGS["custody"], custody_arms(100))
    spared, control = document["differences"]

    assert (spared["mean"], spared["n"]) == (pytest.approx(0.25), 100)
    assert spared["low"] < 0.25 < spared["high"]
    assert spared["p_holm"] == pytest.approx(2 * spared["p"]), "two rows are tested"
    assert (control["mean"], control["p_holm"]) == (0.0, 1.0)
    assert "283 plays" in document["note"]


@pytest.mark.parametrize("name", FINDINGS)
def test_arms_without_a_common_world_leave_a_note(name: str) -> None:
    document = made(FINDINGS[name], [[] for _ in FINDINGS[name].arms])

    assert document["differences"] == []
    assert document["note"].startswith("Nothing to compare: ")


def test_a_log_that_everyone_reads_shows_in_what_is_delivered() -> None:
    """Made records: with the log everything arrives, without it every other bundle does."""
    parts = {"delivered": 1.0, "paid_and_not_served": 0.0, "served_and_not_paid": 0.0, "below_promise": 0.0, "unauthorised": 0.0}

    def arm(ledger: str, served: list[float]) -> list[Document]:
        scores = [{"parts": parts | {"complete": one, "audit": 1.0}, "value": {"raw": one, "best": 1.0}} for one in served]
        shared = {"task": f"settlement:ledger={ledger}", "condition": "private", "level": 3, "outcome": "decided"}
        return [{**shared, "seed": seed, "score": score} for seed, score in enumerate(scores)]

    document = made(FINDINGS["settlement"], [arm("chain", [1.0] * 40), arm("talk", [1.0, 0.0] * 20)])
    rows = {row["what"]: row for row in document["differences"]}

    assert (rows["complete"]["mean"], rows["delivered"]["mean"]) == (pytest.approx(0.5), 0.0)
    assert rows["complete"]["p_holm"] < 0.01 < rows["delivered"]["p_holm"]
