"""Probes from the command line to the report, and back by verification."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from click.testing import CliRunner

from benchmark.answers import write_answer
from benchmark.cli import main
from benchmark.records import canonical, digest


def bench(*arguments: object) -> Any:
    return CliRunner().invoke(main, [str(one) for one in arguments])


def test_from_the_command_line_to_the_report_and_back(tmp_path: Path) -> None:
    out = tmp_path / "run"
    command = ["run", "--model", "reference:honest", "--task", "reference", "--condition", "private", "--n", "4", "--quiet", "--out", out]
    done = bench(*command, "--probes", "--json")
    assert done.exit_code == 0, done.output
    document = json.loads(done.stdout)
    kept = document["tasks"]["reference"]["private"]["scorekeeping"]
    lines = [json.loads(line) for line in (out / "episodes.jsonl").read_text().splitlines()]

    assert json.loads((out / "run.json").read_text())["configuration"]["factors"] == {"probes": True}
    assert [cell["factors"] for cell in document["cells"]] == [{"probes": True}]
    assert kept["mean"] == 1
    assert kept["probes"] == sum(call["kind"] == "probe" for one in lines for call in one["calls"])
    assert bench("verify", out).exit_code == 0
    other = bench(*command)
    assert other.exit_code == 2
    assert "factors" in other.output
    assert "scorekeeping κ 1.00" in bench("report", out).output


def test_verification_finds_a_probe_that_was_changed_or_left_out(tmp_path: Path) -> None:
    out = tmp_path / "run"
    bench(
        "run",
        "--model",
        "reference:honest",
        "--task",
        "mutual_friend",
        "--condition",
        "private",
        "--n",
        "2",
        "--quiet",
        "--out",
        out,
        "--probes",
    )
    lines = [json.loads(line) for line in (out / "episodes.jsonl").read_text().splitlines()]
    place = next(i for i, call in enumerate(lines[0]["calls"]) if call["kind"] == "probe")
    flipped, dropped = (json.loads(json.dumps(lines[0])) for _ in range(2))
    call = flipped["calls"][place]
    call["raw"] = write_answer("true" not in call["raw"])
    dropped["calls"].pop(place)
    for edited in (flipped, dropped):
        edited["digest"] = digest(edited)
        (out / "episodes.jsonl").write_text("".join(canonical(one) + "\n" for one in (edited, *lines[1:])))

        assert bench("verify", out).exit_code == 4
