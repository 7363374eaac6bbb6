"""An entry in others' formats: the same numbers, the same words, the same bytes, read by what the Hub's own client reads with."""

from __future__ import annotations

import json
import shutil
import zipfile
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result

from benchmark.cli import main
from leaderboard.exports import FORMATS
from leaderboard.opening import opened
from tests.made_entry import built


@pytest.fixture(scope="module")
def entry(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built(tmp_path_factory.mktemp("entry")).folder


def export(entry: Path, name: str, out: Path, *more: str) -> Result:
    return CliRunner().invoke(main, ["export", str(entry), "--format", name, "--out", str(out), *more])


def written(entry: Path, name: str, out: Path, *more: str) -> list[Path]:
    done = export(entry, name, out, "--json", *more)
    assert done.exit_code == 0, done.output
    return [Path(path) for path in json.loads(done.stdout)["files"]]


@pytest.mark.parametrize("name", FORMATS)
def test_exporting_twice_gives_the_same_bytes_all_below_the_folder(entry: Path, name: str, tmp_path: Path) -> None:
    one, two = (written(entry, name, tmp_path / where) for where in ("one", "two"))

    assert one
    assert [path.relative_to(tmp_path / "one") for path in one] == [path.relative_to(tmp_path / "two") for path in two]
    assert [path.read_bytes() for path in one] == [path.read_bytes() for path in two]


def test_the_hub_s_client_reads_eval_results(entry: Path, tmp_path: Path) -> None:
    from huggingface_hub._eval_results import parse_eval_result_entries

    (path,) = written(entry, "eval-results", tmp_path, "--address", "https://hub.example/e", "--revision", "c" * 40)
    found = parse_eval_result_entries(yaml.safe_load(path.read_text()))
    said = opened(entry).entry

    assert path.relative_to(tmp_path) == Path(".eval_results/parley.yaml")
    by_task = {one.task_id: one for one in found}
    assert by_task["overall/grounding_success"].value == 100 * said.scores.overall["grounding_success"].value  # type: ignore[union-attr]
    assert {one.source_url for one in found} == {"https://hub.example/e"}
    assert {one.dataset_revision for one in found} == {"c" * 40}
    assert len({one.task_id for one in found}) == len(found)


def test_the_hub_s_client_reads_the_model_index(entry: Path, tmp_path: Path) -> None:
    from huggingface_hub import ModelCardData

    (path,) = written(entry, "model-index", tmp_path)
    card = ModelCardData(**yaml.safe_load(path.read_text()))

    found = {(one.dataset_config, one.metric_type): one.metric_value for one in card.eval_results or []}
    assert found["schedule", "success"] == 100 * opened(entry).entry.scores.tasks["schedule"]["private"]["success"].value  # type: ignore[union-attr]


def test_a_trace_holds_every_word_that_was_heard(entry: Path, tmp_path: Path) -> None:
    paths = written(entry, "sts", tmp_path)
    records = list(opened(entry).records())

    assert len(paths) == len(records)
    for path, record in zip(paths, records, strict=True):
        lines = [json.loads(line) for line in path.read_text().splitlines()]
        heard = [turn["text"] for one in record["rounds"] for turn in one["turns"]]
        said = [line["message"]["content"] for line in lines[2:]]
        assert (lines[0]["type"], lines[0]["id"]) == ("session", record["id"])
        assert [text.removeprefix("B: ") for text in said[: len(heard)]] == heard
        assert {line["message"]["role"] for line in lines[1:]} <= {"system", "user", "assistant"}


def test_an_inspect_log_holds_every_episode_and_score(entry: Path, tmp_path: Path) -> None:
    (path,) = written(entry, "inspect", tmp_path)
    with zipfile.ZipFile(path) as file:
        header = json.loads(file.read("header.json"))
        samples = [json.loads(file.read(name)) for name in file.namelist() if name.startswith("samples/")]

    records = list(opened(entry).records())
    assert header["results"]["completed_samples"] == len(samples) == len(records)
    for sample, record in zip(samples, records, strict=True):
        assert sample["metadata"]["id"] == record["id"]
        assert sample["scores"]["success"]["value"] == record["score"]["success"]


def test_what_does_not_hold_is_not_spread(entry: Path, tmp_path: Path) -> None:
    broken = shutil.copytree(entry, tmp_path / entry.name)
    (broken / "entry.json").write_text("{}")

    done = export(broken, "eee", tmp_path / "out")
    assert (done.exit_code, (tmp_path / "out").exists()) == (1, False)
    assert "bench verify" in done.output


def test_a_format_that_is_none_is_named_with_those_there_are(entry: Path, tmp_path: Path) -> None:
    done = export(entry, "inspekt", tmp_path)

    assert done.exit_code == 2
    assert "did you mean inspect?" in done.output
