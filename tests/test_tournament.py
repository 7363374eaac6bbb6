"""`bench tournament`: everyone with everyone on the same worlds, once; strengths, the matrix, and the same command again."""

from __future__ import annotations

import json
from collections import deque
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from benchmark import api
from benchmark.cli import main
from benchmark.display.standings import render
from benchmark.records import Document
from tests.planted_engines import OPENED
from tests.servers import Server, in_thread, refuses

HONEST, EGOCENTRIC, MUTE = "reference:honest", "reference:egocentric", "reference:mute"
OFTEN, SOMETIMES = "reference:forgetful?p=0.8", "reference:forgetful?p=0.5"
EVERYONE = (HONEST, SOMETIMES, OFTEN, EGOCENTRIC)
GAME = ("--task", "mutual_friend", "--n", "8", "--quiet")
ALONE = "tests.planted_engines:connect?nr={}"


def bench(*words: str | Path) -> Result:
    result = CliRunner().invoke(main, ["tournament", *map(str, words)])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def episodes(place: Path) -> dict[str, list[Document]]:
    return {path.parent.name: [json.loads(line) for line in path.read_text().splitlines()] for path in place.glob("*/episodes.jsonl")}


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("tournament")
    assert bench(OFTEN, SOMETIMES, EGOCENTRIC, *GAME, "--out", place).exit_code == 0
    return place


@pytest.fixture(scope="module")
def result(played: Path) -> dict[str, Any]:
    document: dict[str, Any] = json.loads((played / "tournament.json").read_text())
    return document


def test_the_players_rank_as_they_are(result: dict[str, Any]) -> None:
    found = {row["entrant"]: row for row in result["strengths"]}

    assert tuple(found) == EVERYONE
    assert found[HONEST]["strength"] == 0.0
    assert found[SOMETIMES]["high"] < 0
    assert found[EGOCENTRIC]["high"] < found[SOMETIMES]["low"]
    assert found[EGOCENTRIC]["better"]["high"] < 0.5


def test_everyone_plays_every_seat_with_everyone_and_no_game_is_played_twice(played: Path) -> None:
    seatings = [(record["index"], *record["seats"].values()) for records in episodes(played).values() for record in records]

    assert sorted(seatings) == sorted((index, one, other) for index in range(8) for one in EVERYONE for other in EVERYONE)


def test_all_play_the_same_worlds_with_the_same_sampling_seeds(played: Path) -> None:
    worlds = {(record["index"], record["seed"]) for records in episodes(played).values() for record in records}

    assert len(worlds) == 8


def test_comparisons_and_the_matrix_add_up(result: dict[str, Any]) -> None:
    pairings = {(one["model"], one["partner"]): one for one in result["pairings"]}

    # Six pairs, each with the two partners who are neither, in two seats of eight worlds.
    assert result["comparisons"] == 6 * 2 * 2 * 8
    assert sum(pair["won"] + pair["lost"] + pair["tied"] for pair in result["pairs"]) == result["comparisons"]
    assert {pair["worlds"] for pair in result["pairs"]} == {8}
    assert len(pairings) == 16
    assert pairings[HONEST, HONEST]["self_play"]
    assert pairings[HONEST, HONEST]["grounding_success"]["mean"] == 1.0
    assert pairings[HONEST, EGOCENTRIC]["grounding_success"] == pairings[EGOCENTRIC, HONEST]["grounding_success"]


def test_it_states_its_terms(result: dict[str, Any]) -> None:
    assert (result["measure"], result["anchor"], result["ties"], result["condition"]) == (
        "grounding_success", HONEST, "half a win for each", "private",
    )  # fmt: skip
    assert result["plan"] == 16 * 8
    assert result["missing"] == 0
    assert result["prior"] == 1.0


def test_it_reads_well_in_80_columns(result: dict[str, Any]) -> None:
    text = render(result)
    many = {
        **result,
        "strengths": [{**row, "entrant": f"{row['entrant']}{'界x' * 40}{i}"} for i in range(4) for row in result["strengths"]],
    }

    assert max(map(len, text.splitlines())) <= 80
    assert "1 reference:honest" in text
    assert "192 comparisons in 8 worlds" in text
    assert "100*" in text
    assert OFTEN in text
    assert max(map(cells, render(many).splitlines())) <= 80


def cells(line: str) -> int:
    from rich.cells import cell_len

    return cell_len(line)


def test_the_same_command_plays_nothing_twice_and_says_the_same(played: Path, result: dict[str, Any]) -> None:
    before = {path: path.read_bytes() for path in played.glob("*/episodes.jsonl")}
    again = bench(EGOCENTRIC, SOMETIMES, OFTEN, *GAME, "--out", played, "--json")

    assert json.loads(again.stdout)["strengths"] == result["strengths"]
    assert {path: path.read_bytes() for path in played.glob("*/episodes.jsonl")} == before


def test_a_tournament_that_was_cut_off_is_completed(tmp_path: Path, result: dict[str, Any]) -> None:
    bench(OFTEN, SOMETIMES, EGOCENTRIC, *GAME[:2], "--n", "3", "--quiet", "--out", tmp_path)
    cut = min(tmp_path.glob("*/episodes.jsonl"))
    cut.write_bytes(cut.read_bytes()[:-200])
    done = bench(OFTEN, SOMETIMES, EGOCENTRIC, *GAME, "--out", tmp_path, "--json")

    assert json.loads(done.stdout)["strengths"] == result["strengths"]
    assert json.loads(done.stdout)["pairings"] == result["pairings"]


def test_who_joins_later_plays_only_its_own_games(tmp_path: Path) -> None:
    small = ("--task", "mutual_friend", "--n", "2", "--quiet", "--out", tmp_path)
    bench(OFTEN, EGOCENTRIC, *small)
    before = {path: path.read_bytes() for path in tmp_path.glob("*/episodes.jsonl")}
    document = json.loads(bench(OFTEN, EGOCENTRIC, MUTE, *small, "--json").stdout)

    assert before.items() <= {path: path.read_bytes() for path in tmp_path.glob("*/episodes.jsonl")}.items()
    assert len(document["folders"]) == 6 + 4
    assert len(document["strengths"]) == 4


def test_every_folder_is_a_run_that_verifies(played: Path) -> None:
    folders = [path.parent for path in played.glob("*/run.json")]

    assert len(folders) == 10
    for folder in folders:
        assert list(api.verify(folder)) == []


def test_every_engine_is_connected_once(tmp_path: Path) -> None:
    names = [ALONE.format(number) for number in (1, 2)]
    done = bench(*names, "--task", "hidden_profile", "--n", "1", "--quiet", "--out", tmp_path, "--json")
    result = json.loads(done.stdout)

    assert [OPENED[name] for name in names] == [1, 1]
    # A game of three seats is another one with two of the one than with two of the other: both are played, six pairs and three alone.
    assert len(result["folders"]) == 6 + 3
    assert result["plan"] == 6 * 3 + 3


def test_players_who_never_differ_are_all_alike(tmp_path: Path) -> None:
    done = bench(
        MUTE, "reference:parrot", "--task", "hidden_profile", "--n", "2", "--condition", "silent", "--quiet", "--out", tmp_path, "--json"
    )
    result = json.loads(done.stdout)
    rows = [row for row in result["strengths"] if not row["anchor"]]

    assert result["measure"] == "success"  # nothing is grounded where nobody talks
    assert {row["tied"] for row in rows} == {result["comparisons"] * 2 // 3}
    assert [row["strength"] for row in rows] == [0.0, 0.0]
    assert all(row["low"] < -0.5 and row["high"] > 0.5 for row in rows)


def test_a_model_behind_a_server_takes_part(tmp_path: Path) -> None:
    with in_thread(Server()) as server:
        model = server.spec(timeout=20)
        result = json.loads(bench(model, MUTE, "--task", "mutual_friend", "--n", "2", "--quiet", "--out", tmp_path, "--json").stdout)

    assert result["missing"] == 0
    assert len(result["strengths"]) == 3


def test_a_server_that_fails_leaves_an_incomplete_tournament_that_resumes(tmp_path: Path) -> None:
    server = Server(script=deque([refuses(500)] * 400))
    words = ("--task", "mutual_friend", "--n", "2", "--quiet", "--out", str(tmp_path), "--max-in-flight", "1")
    with in_thread(server):
        model = server.spec(timeout=20, retries=0)
        first = bench(model, MUTE, *words)
        server.script.clear()
        second = bench(model, MUTE, *words)

    assert first.exit_code == 3
    assert "are still to be played. The same command resumes." in first.stderr
    assert second.exit_code == 0, second.output


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        ((MUTE,), "two entrants or more beside reference:honest"),
        ((HONEST, MUTE), "two entrants or more"),
        ((MUTE, "reference:nobody"), "no reference player"),
        ((MUTE, EGOCENTRIC, "--condition", "omniscient"), "no seat for"),
        ((MUTE, EGOCENTRIC, "--condition", "silent", "--measure", "grounding_success"), "--measure success"),
    ],
)
def test_what_cannot_be_played_is_refused(tmp_path: Path, words: tuple[str, ...], hint: str) -> None:
    done = bench(*words, "--task", "mutual_friend", "--n", "1", "--out", tmp_path / "none")

    assert done.exit_code == 2
    assert hint in " ".join(done.output.split())
    assert not (tmp_path / "none").exists()
