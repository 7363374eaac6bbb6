"""Entries in others' formats, judged by their own readers: Inspect's, and the validator of Every Eval Ever (Python 3.12 or newer)."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from pathlib import Path

import pytest

from leaderboard.exports import FORMATS, Cited
from leaderboard.opening import opened
from tests.made_entry import built

PARTNERED = {"model": "reference:honest", "partners": ("reference:egocentric",)}


@pytest.fixture(scope="module", params=[{}, PARTNERED], ids=["self-play", "with a partner"])
def cited(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Cited:
    return Cited(opened(built(tmp_path_factory.mktemp("entry"), **request.param).folder), "https://hub.example/entry")


def written(cited: Cited, name: str, out: Path) -> list[Path]:
    paths = []
    for path, content in FORMATS[name](cited):
        paths.append(out / path)
        paths[-1].parent.mkdir(parents=True, exist_ok=True)
        paths[-1].write_bytes(content)
    return paths


def test_inspect_opens_its_log(cited: Cited, tmp_path: Path) -> None:
    from inspect_ai.log import read_eval_log, read_eval_log_sample_summaries

    (path,) = written(cited, "inspect", tmp_path)
    log = read_eval_log(str(path))
    records = {record["id"]: record for record in cited.entry.records()}

    assert log.status == "success"
    assert log.eval.model == cited.said.model.spec
    assert len(log.samples or []) == len(read_eval_log_sample_summaries(str(path))) == len(records)
    for sample in log.samples or []:
        record = records[sample.metadata["id"]]
        assert (sample.scores or {})["success"].value == record["score"]["success"]
        assert len(sample.messages) == 1 + sum(len(one["turns"]) + len(one["answers"]) for one in record["rounds"])


@pytest.mark.skipif(importlib.util.find_spec("every_eval_ever") is None, reason="Every Eval Ever needs Python 3.12")
def test_every_eval_ever_validates_its_files(cited: Cited, tmp_path: Path) -> None:
    paths = written(cited, "eee", tmp_path)
    command = [str(Path(sys.executable).with_name("every_eval_ever")), "validate", *(str(path.relative_to(tmp_path)) for path in paths)]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=300)

    assert done.returncode == 0, done.stdout
    assert "2 passed, 0 warning-only, 0 failed" in done.stdout
