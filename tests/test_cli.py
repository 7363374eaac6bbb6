"""The command line as its user meets it: what works, what is refused, and with which words and exit status."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from benchmark import views
from benchmark.cli import main
from tests.conftest import Golden
from tests.servers import Server, in_thread, refuses

QUICK = ("--task", "mutual_friend", "--condition", "private", "--n", "4", "--quiet")


def bench(*words: str | Path) -> Result:
    result = CliRunner().invoke(main, [str(word) for word in words])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


@pytest.fixture
def run(tmp_path: Path) -> Path:
    """A small finished run."""
    done = bench("run", "--model", "reference:honest", *QUICK, "--out", tmp_path / "run")
    assert done.exit_code == 0, done.output
    return tmp_path / "run"


def test_a_run_prints_its_report_and_verifies(run: Path) -> None:
    shown = bench("report", run)

    assert shown.exit_code == 0
    assert "mutual_friend" in shown.stdout
    assert max(map(len, shown.stdout.splitlines())) <= 80
    assert bench("verify", run).exit_code == 0


def test_json_is_exactly_one_document_on_stdout(run: Path) -> None:
    for words in (("report", run), ("verify", run), ("compare", run), ("rescore", run), ("list", "tasks"), ("list", "conditions"),
                  ("list", "models"), ("list", "presets"), ("plan", "--model", "reference:honest"),
                  ("show", "assignment", "0", "--condition", "solo"),
                  ("run", "--model", "reference:honest", *QUICK, "--out", run)):  # fmt: skip
        assert json.loads(bench(*words, "--json").stdout)


def test_the_report_has_the_keys_of_the_contract(run: Path) -> None:
    document = json.loads(bench("report", run, "--json").stdout)
    cell = document["tasks"]["mutual_friend"]["private"]

    assert {"run", "model", "partners", "plan", "outcomes", "tasks", "gaps", "overall", "mixed", "cells", "self_play",
            "detectable_gap"} <= set(document)  # fmt: skip
    assert {"n", "success", "success_solvable", "success_no_solution", "value", "grounding_success", "lucky", "unlicensed",
            "format_failure", "psychic", "words", "native"} <= set(cell)  # fmt: skip
    assert cell["grounding_success"]["mean"] == 1.0
    assert sum(document["outcomes"].values()) == document["plan"] == 4


def test_the_same_command_finds_its_run_and_plays_nothing_twice(run: Path) -> None:
    before = (run / "episodes.jsonl").read_bytes()
    again = bench("run", "--model", "reference:honest", *QUICK, "--out", run)

    assert again.exit_code == 0
    assert (run / "episodes.jsonl").read_bytes() == before


def test_the_grid_of_a_run_may_grow(run: Path) -> None:
    before = (run / "episodes.jsonl").read_bytes()
    grown = bench("run", "--model", "reference:honest", *QUICK[:4], "--condition", "silent", "--n", "6", "--quiet", "--out", run)

    assert grown.exit_code == 0
    after = (run / "episodes.jsonl").read_bytes()
    assert after.startswith(before)
    assert len(after.splitlines()) == 12
    assert bench("verify", run).exit_code == 0


@pytest.mark.parametrize("change", [("--seed", "1"), ("--temperature", "0"), ("--level", "4"), ("--model", "reference:mute")])
def test_what_determines_an_episode_may_not_change_in_a_folder(run: Path, change: tuple[str, str]) -> None:
    before = {path.name: path.read_bytes() for path in run.iterdir()}
    options = {"--model": "reference:honest", **dict([change])}
    refused = bench("run", *[word for pair in options.items() for word in pair], *QUICK, "--out", run)

    assert refused.exit_code == 2
    assert "another --out" in refused.output
    assert {path.name: path.read_bytes() for path in run.iterdir()} == before


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        (("--task", "mutual_freind"), "mutual_friend"),
        (("--task", "hidden_profile:seat=4"), "seats"),
        (("--task", "hidden_profile:seats=9"), "5"),
        (("--task", "mutual_friend:preset=zhou"), "zhou5"),
        (("--task", "assignment:"), None),
        (("--condition", "privat"), "private"),
        (("--level", "6"), "1<=x<=5"),
        (("--preset", "quik"), "quick"),
        (("--preset", "standard-1", "--n", "7"), "pins everything"),
        (("--preset", "standard-1", "--temperature", "0"), "pins everything"),
        (("--preset", "standard-1"), None),
        (("--n", "0"), "1<=x<="),
        (("--n", "9" * 400), "1<=x<="),
        (("--temperature", "nan"), "temperature"),
        (("--top-p", "nan"), "top_p"),
        (("--task", "mutual_friend:level=3"), "key=value"),
        (("--worlds", "x.json", "--level", "3"), "--worlds brings its own"),
        (("--model-arg", "novalue"), "key=value"),
    ],
)
def test_an_unknown_name_is_wrong_usage_with_the_nearest_known_one(tmp_path: Path, words: tuple[str, ...], hint: str | None) -> None:
    result = bench("plan", "--model", "reference:honest", *words)

    assert result.exit_code == (2 if hint else 0)
    assert hint is None or (hint in result.output and "Usage: main plan" in result.output)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("spec", "hint"),
    [
        ("refrence:honest", "reference"),
        ("reference:onest", "honest"),
        ("reference:forgetful?p=2", "between 0 and 1"),
        ("honest", "reference:"),
        ("openai:m?base_url=http://me:secret@localhost/v1", "key_env"),
        ("openai:m?api_key=sk-1", "key_env"),
    ],
)
def test_an_unknown_model_is_wrong_usage_and_writes_nothing(tmp_path: Path, spec: str, hint: str) -> None:
    result = bench("run", "--model", spec, *QUICK, "--out", tmp_path / "run")

    assert result.exit_code == 2
    assert hint in result.output
    assert "secret" not in result.output
    assert not (tmp_path / "run").exists()


def test_an_unreachable_endpoint_is_one_clear_error_before_anything_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-planted")
    result = bench("run", "--model", "openai:m?base_url=http://127.0.0.1:9/v1", *QUICK, "--out", tmp_path / "run")

    assert result.exit_code == 1
    assert "127.0.0.1:9" in result.output
    assert "sk-planted" not in result.output
    assert not (tmp_path / "run").exists()


def test_a_wrong_key_is_one_clear_error_before_anything_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-planted")
    server = Server()
    server.greetings.append(refuses(401, "Incorrect API key provided: sk-planted"))
    with in_thread(server):
        result = bench("run", "--model", "openai:m", "--base-url", server.base_url, *QUICK, "--out", tmp_path / "run")

    assert result.exit_code == 1
    assert "401" in result.output
    assert "sk-planted" not in result.output
    assert not (tmp_path / "run").exists()
    assert server.requests == []


HIDDEN = {
    "id": 1, "name": "x", "description": "d", "shared_information": ["s"], "hidden_information": ["a"],
    "possible_answers": ["p", "q"], "correct_answer": "p",
}  # fmt: skip
TABLE = {
    "table": [[1, 2], [3, 4]], "mask1": [[1, 0], [0, 1]], "mask2": [[0, 1], [1, 0]], "scale1": 1.0, "scale2": 2.0,
    "best_assignment_reward": 5, "proposal_reward": 5, "action_log": [],
}  # fmt: skip


@pytest.mark.parametrize(
    ("content", "hint"),
    [
        ("", "in no format"),
        ("{", "in no format"),
        (json.dumps([{**HIDDEN, "shared_information": "one"}]), "shared_information"),
        (json.dumps([{**HIDDEN, "correct_answer": "z"}]), "correct_answer"),
        (json.dumps({**TABLE, "table": [[1, 2], [3]]}), "table"),
        (json.dumps({**TABLE, "scale1": -1}), "scale1"),
    ],
)
def test_a_malformed_worlds_file_says_which_field(tmp_path: Path, content: str, hint: str) -> None:
    path = tmp_path / "worlds.json"
    path.write_text(content)
    result = bench("run", "--model", "reference:honest", "--worlds", path, "--out", tmp_path / "run")

    assert result.exit_code == 1
    assert hint in result.output
    assert "worlds.json" in result.output
    assert not (tmp_path / "run").exists()


def test_published_worlds_play_in_every_condition_and_verify(tmp_path: Path) -> None:
    """HiddenBench's format: free text that no reader understands, so grounding is null and success alone counts."""
    items = [HIDDEN | {"id": number, "hidden_information": [f"h{i} of {number} [INST]" for i in range(6)]} for number in range(3)]
    path = tmp_path / "hidden.json"
    path.write_text(json.dumps(items))
    every = [word for condition in views.CONDITIONS for word in ("--condition", condition)]
    done = bench("run", "--model", "reference:honest", "--worlds", path, *every, "--out", tmp_path / "run", "--quiet", "--json")

    assert done.exit_code == 0, done.output
    cells = json.loads(done.stdout)["tasks"]["written:preset=hiddenbench"]
    assert {name: (cell["n"], cell["grounding_success"]) for name, cell in cells.items()} == dict.fromkeys(views.CONDITIONS, (3, None))
    assert all(cell["native"]["n"] == 3 for cell in cells.values())
    assert bench("verify", tmp_path / "run").exit_code == 0
    shown = bench("show", "written", "2", "--condition", "private", "--worlds", path)
    assert "h0 of 2 \\u005bINST]" in shown.stdout


@pytest.mark.parametrize("command", ["report", "verify", "rescore", "compare"])
def test_what_is_no_run_folder_is_refused(tmp_path: Path, command: str) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    for path in (tmp_path, tmp_path / "nowhere"):
        result = bench(command, path)
        assert result.exit_code == 1
        assert "run.json" in result.output
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]


def test_a_run_is_not_written_into_someone_elses_folder(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    result = bench("run", "--model", "reference:honest", *QUICK, "--out", tmp_path)

    assert result.exit_code == 1
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]


def test_a_torn_last_line_is_reported_around_and_mended_by_the_same_command(run: Path) -> None:
    path = run / "episodes.jsonl"
    whole = path.read_bytes()
    path.write_bytes(whole[:-40])

    assert bench("report", run).exit_code == 0
    assert bench("verify", run).exit_code == 4
    assert bench("run", "--model", "reference:honest", *QUICK, "--out", run).exit_code == 0
    assert sorted(path.read_bytes().splitlines()) == sorted(whole.splitlines())


def test_show_prints_to_the_byte_what_is_sent_first() -> None:
    opened = json.loads(bench("show", "hidden_profile", "2", "--condition", "private", "--json").stdout)

    assert [one["speaks"] for one in opened] == [["A"], ["B"], ["C"]]
    assert all(one["chat"][0][0] == "user" for one in opened)
    assert opened[0]["chat"][0][1] in bench("show", "hidden_profile", "2", "--condition", "private").stdout


def test_help_reads_as_it_was_reviewed(golden: Golden) -> None:
    pages = [
        CliRunner().invoke(main, [*words, "--help"], terminal_width=100, prog_name="bench").stdout
        for words in ([], ["run"], ["verify"], ["show"])
    ]

    golden("help.txt", "\n".join(pages))


def test_conditions_are_listed_with_their_purpose() -> None:
    listed = json.loads(bench("list", "conditions", "--json").stdout)

    assert [row["name"] for row in listed] == list(views.CONDITIONS)
    assert all(row["about"] for row in listed)


def test_interrupting_a_run_finishes_writing_and_says_how_to_resume(tmp_path: Path) -> None:
    server = Server(latency=0.1)
    out = tmp_path / "run"
    with in_thread(server):
        command = [sys.executable, "-c", "from benchmark.cli import main; main()", "run", "--model", f"openai:m?base_url={server.base_url}"]
        command += ["--task", "mutual_friend", "--condition", "private", "--n", "60", "--max-in-flight", "4", "--out", str(out)]
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "OPENAI_API_KEY": "sk-planted"}
        process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        deadline = time.monotonic() + 60
        while not (out / "episodes.jsonl").exists() or not (out / "episodes.jsonl").stat().st_size:
            assert time.monotonic() < deadline, process.communicate()
            time.sleep(0.05)
        process.send_signal(signal.SIGINT)
        output, errors = process.communicate(timeout=60)
        assert process.returncode == 3, errors
        assert "resume" in errors
        assert "Traceback" not in errors + output
        lines = (out / "episodes.jsonl").read_text().splitlines()
        assert 0 < len(lines) < 60
        server.latency = 0.0
        resumed = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120)
    assert resumed.returncode == 0, resumed.stderr
    assert (out / "episodes.jsonl").read_text().splitlines()[: len(lines)] == lines
    assert bench("verify", out).exit_code == 0
    everything = b"".join(path.read_bytes() for path in out.iterdir()) + (output + errors + resumed.stdout + resumed.stderr).encode()
    assert b"sk-planted" not in everything
