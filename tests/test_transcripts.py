"""What a person reads of an episode is what was recorded: every prompt to the byte, each call once, each fact's fate as it was counted."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from benchmark import api
from benchmark.cli import main
from benchmark.episode import chat_sha256
from benchmark.records import Document
from benchmark.running.folder import read_episodes
from benchmark.transcripts import transcript
from benchmark.views import CONDITIONS

GAMES = {
    "reference:honest": ("mutual_friend", "schedule:seats=3", "secret", "reference"),
    "reference:garbled": ("mutual_friend", "assignment"),
    "tests.hostile_speaker:connect": ("mutual_friend", "deal"),
    "reference:egocentric": ("settlement", "custody", "dilemma:rounds=4-8"),
}


@pytest.fixture(scope="module", params=GAMES)
def run(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out: Path = tmp_path_factory.mktemp("run") / "run"
    api.run(api.Wish(model=request.param, tasks=GAMES[request.param], n=2, conditions=tuple(CONDITIONS), probes=True), out)
    return out


def laid_out(run: Path) -> list[tuple[Document, Document]]:
    planned = {episode.id: episode for episode in api.plan_of(run).episodes()}
    return [(record, transcript(planned[record["id"]], record)) for record in read_episodes(run)]


def chat(calls: list[Any], place: int) -> list[Any]:
    """The prompt of a call as the page puts it together."""
    call = calls[place]
    before = chat(calls, call["like"])[: call["keep"]] if call["like"] is not None else []
    return [*before, *call["more"]]


def test_every_prompt_can_be_put_together_to_the_byte(run: Path) -> None:
    for record, shown in laid_out(run):
        hashes = [chat_sha256([(role, content) for role, content in chat(shown["calls"], n)]) for n in range(len(shown["calls"]))]
        assert hashes == [call["chat_sha256"] for call in record["calls"]]


def test_every_call_stands_behind_one_step_and_every_turn_and_answer_in_one(run: Path) -> None:
    for record, shown in laid_out(run):
        steps = shown["steps"]
        assert sorted(call for step in steps for call in step.get("calls", [])) == list(range(len(record["calls"])))
        said = [(turn["seat"], turn["text"]) for one in record["rounds"] for turn in one["turns"]]
        assert [(step["seat"], step["text"]) for step in steps if step["kind"] == "turn"] == said
        answers = {step["seat"]: json.loads(json.dumps(step["answer"])) for step in steps if "answer" in step}
        assert answers == record["rounds"][-1]["answers"]
        for step in steps:
            assert {record["calls"][call]["seat"] for call in step.get("calls", [])} <= {step.get("seat")}


def test_the_fate_of_facts_adds_up_to_what_was_counted(run: Path) -> None:
    for record, shown in laid_out(run):
        needed = [fact for fact in shown["facts"] if fact["needed"]]
        found = {
            "needed": len(needed),
            "presented": sum(fact["told"] is not None for fact in needed),
            "taken_up": sum(fact["taken_up"] is not None for fact in needed),
            "echo": sum(fact["echo"] for fact in needed),
        }
        assert found == record["score"]["facts"], record["id"]


def test_a_fact_is_told_before_it_is_taken_up_and_by_one_who_holds_it(run: Path) -> None:
    for _, shown in laid_out(run):
        speakers = {step["turn"]: step["seat"] for step in shown["steps"] if step["kind"] == "turn"}
        for fact in shown["facts"]:
            if fact["told"] is not None:
                assert speakers[fact["told"]] in fact["holders"]
            if fact["taken_up"] is not None:
                assert fact["told"] < fact["taken_up"]
                assert speakers[fact["taken_up"]] not in fact["holders"]


def test_the_files_are_ascii_and_one_call_with_json_each(run: Path) -> None:
    page = api.view(run)
    files = sorted(page.parent.rglob("*.js"))

    assert len(files) == 1 + len(list(read_episodes(run)))
    for file in files:
        text = file.read_bytes().decode("ascii")
        name = "episodes" if file.name == "episodes.js" else "episode"
        assert text.startswith(f"parley.{name}(")
        assert text.endswith(");\n")
        assert "<" not in text
        json.loads(text.removeprefix(f"parley.{name}(").removesuffix(");\n"))


def bench(*arguments: object) -> tuple[int, str]:
    done = CliRunner().invoke(main, [str(argument) for argument in arguments])
    return done.exit_code, done.output


@pytest.fixture
def small(tmp_path: Path) -> Path:
    api.run(api.Wish(model="reference:honest", tasks=("mutual_friend",), n=1, conditions=("private", "silent")), tmp_path / "run")
    return tmp_path / "run"


def test_pages_are_written_where_asked_and_written_anew(small: Path, tmp_path: Path) -> None:
    assert bench("view", small) == (0, f"Transcripts: {small}/view/index.html\n")
    status, said = bench("view", small, "--out", tmp_path / "site", "--json")
    first = {path.relative_to(tmp_path / "site"): path.read_bytes() for path in (tmp_path / "site").rglob("*.*")}

    assert (status, json.loads(said)) == (0, {"run": str(small), "page": str(tmp_path / "site" / "index.html")})
    assert bench("view", small, "--out", tmp_path / "site")[0] == 0
    assert {path.relative_to(tmp_path / "site"): path.read_bytes() for path in (tmp_path / "site").rglob("*.*")} == first
    assert bench("verify", small)[0] == 0


def test_what_somebody_keeps_there_is_left_alone(small: Path, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "index.html").write_text("my own page")
    status, said = bench("view", small, "--out", tmp_path / "mine")

    assert status == 1
    assert "holds something else than transcripts" in said
    assert (tmp_path / "mine" / "index.html").read_text() == "my own page"


@pytest.mark.parametrize("change", ["calls", "id"])
def test_a_record_that_leads_elsewhere_is_named(small: Path, change: str) -> None:
    from benchmark.records import sealed

    (record, *rest) = read_episodes(small)
    record = {**record, "calls": record["calls"][:1]} if change == "calls" else {**record, "id": record["id"].replace("/0/0/", "/7/0/")}
    whole = (small / "episodes.jsonl").read_text()
    (small / "episodes.jsonl").write_text("".join(json.dumps(one) + "\n" for one in (*rest, sealed(record))))
    status, said = bench("view", small)

    assert status == 1
    assert record["id"] in said
    assert "bench verify" in said
    assert not (small / "view" / "index.html").exists()

    (small / "episodes.jsonl").write_text(whole)
    assert bench("view", small)[0] == 0
