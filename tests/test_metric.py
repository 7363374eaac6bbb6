"""The ``evaluate`` metric, loaded as a user loads it: offline, from its folder, in a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from benchmark.records import Document, canonical
from benchmark.results.report import report
from tests.made_records import MODEL, played_by, record, run_of

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "benchmark" / "grounding_success"
TASKS = ("mutual_friend", "assignment", "route")

SCRIPT = """
import json, sys
import evaluate
metric = evaluate.load(sys.argv[1])
found = [{"is_metric": isinstance(metric, evaluate.Metric), "name": metric.name, "features": list(metric.features)}]
for case in json.load(sys.stdin):
    try:
        found.append(metric.compute(**case))
    except ValueError as error:
        found.append({"ValueError": str(error)})
halves = json.load(open(sys.argv[2]))
metric.add_batch(predictions=halves[: len(halves) // 2])
metric.add_batch(predictions=halves[len(halves) // 2 :])
found.append(metric.compute())
print(json.dumps(found))
"""

RECORDS = played_by(MODEL, TASKS, 12)
LINES = [canonical(one) for one in RECORDS]
MIXED = [record(index=i, success=i < 3, outcome="illegal:B" if i == 5 else "decided", seats={"A": MODEL, "B": "x:y"}) for i in range(6)]

CASES: dict[str, dict[str, Any]] = {
    "a whole run": {"predictions": LINES},
    "only the condition that is measured": {"predictions": [canonical(one) for one in RECORDS if one["condition"] == "private"]},
    "two models": {"predictions": [canonical(one) for one in MIXED]},
    "two models, one named": {"predictions": [canonical(one) for one in MIXED], "model": MODEL},
    "not JSON": {"predictions": [LINES[0], "{"]},
    "no record": {"predictions": ["{}"]},
    "not an object": {"predictions": ["[1]"]},
    "a broken record": {"predictions": [canonical({**record(), "repeat": "twice", "id": "here"})]},
    "another condition": {"predictions": [canonical(record(condition="solo"))]},
    "nothing": {"predictions": []},
}


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What the metric makes of every case, in one process: importing ``evaluate`` takes seconds."""
    home = tmp_path_factory.mktemp("hf")
    (home / "lines.json").write_text(json.dumps(LINES))
    places = {"HF_HOME": str(home), "HF_MODULES_CACHE": str(home / "modules"), "HF_HUB_OFFLINE": "1", "PYTHONPATH": str(ROOT)}

    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(FOLDER), str(home / "lines.json")],
        input=json.dumps(list(CASES.values())),
        env={**os.environ, **places},
        cwd=home,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    results = json.loads(done.stdout.splitlines()[-1])
    return dict(zip(["loaded", *CASES, "in two batches"], results, strict=True))


def expected() -> Document:
    overall = report(run_of(RECORDS), RECORDS)["overall"]
    pairs = {name: overall[name] for name in ("success", "lucky")}
    numbers = {f"{name}_{key}": pair[key] for name, pair in pairs.items() for key in ("low", "high", "n")}
    grounded = overall["grounding_success"]
    limits = {key: grounded[key] for key in ("low", "high", "n")}
    return {"grounding_success": grounded["mean"], **limits, **{name: pair["mean"] for name, pair in pairs.items()}, **numbers}


def test_it_is_an_evaluate_metric_loaded_from_its_folder(found: dict[str, Any]) -> None:
    assert {"is_metric": True, "name": "grounding_success", "features": ["predictions"]} == found["loaded"]


@pytest.mark.parametrize("case", ["a whole run", "only the condition that is measured", "in two batches"])
def test_its_numbers_are_those_of_the_report(found: dict[str, Any], case: str) -> None:
    assert {**expected(), "tasks": sorted(TASKS)} == found[case]
    assert 36 == found[case]["n"]


def test_between_two_models_one_must_be_named(found: dict[str, Any]) -> None:
    assert "2 specs do" in found["two models"]["ValueError"]
    assert 'model="' in found["two models"]["ValueError"]
    # Six worlds, of which the partner failed one; three are won, and earned.
    assert (0.6, 5, 0.0) == tuple(found["two models, one named"][key] for key in ("success", "n", "lucky"))


@pytest.mark.parametrize(
    ("case", "said"),
    [
        ("not JSON", "prediction 2 is not a record of an episode"),
        ("no record", "prediction 1 is not a record of an episode"),
        ("not an object", "prediction 1 is not a record of an episode"),
        ("a broken record", "the record 'here' is not one of this version"),
        ("another condition", "none of the 1 predictions is an episode of condition"),
        ("nothing", "none of the 0 predictions is an episode of condition"),
    ],
)
def test_lines_that_are_no_records_are_refused_with_what_to_do(found: dict[str, Any], case: str, said: str) -> None:
    assert said in found[case]["ValueError"]
    assert "episodes.jsonl" in found[case]["ValueError"] or "bench rescore" in found[case]["ValueError"]
