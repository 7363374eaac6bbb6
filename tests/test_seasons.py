"""Keys are committed to before they are used and revealed after; challenges name worlds that nobody could have seen."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from benchmark import api
from benchmark.vocabulary import UsageError
from benchmark.worlds import Generated, challenge_seed
from leaderboard.seasons import Known, badge, challenge_of, commitment, derived, held_out
from tests.made_entry import built
from tests.test_cli import QUICK, bench

KEY = "0123456789abcdef" * 4
CHALLENGE = "ab" * 32


def test_derivations_are_hmac_sha256_of_named_parts() -> None:
    """The values are those of `openssl dgst -sha256 -mac HMAC -macopt hexkey:…` and of `sha256sum`, computed once and kept."""
    assert derived(KEY, "season", "2026") == "f233fd979adb8e431c9e2393df956e715eb51d28f26190dabd2003a68f755140"
    assert commitment(KEY) == "sha256:4884fdaafea47c29fea7159d0daddd9c085d6200e1359e85bb81736af6b7c837"
    assert derived(KEY, "a", "bc") != derived(KEY, "ab", "c")
    assert held_out(KEY, "2026") == derived(KEY, "season", "2026")
    assert challenge_of(KEY, "org/board", 3, "a/b", "t") != challenge_of(KEY, "org/board", 3, "a/b", "u")


def test_a_key_is_committed_to_and_then_revealed(tmp_path: Path) -> None:
    path = tmp_path / "season.key"
    made = json.loads(bench("leaderboard", "keygen", path, "--season", "2026-autumn", "--json").stdout)
    shown = json.loads(bench("leaderboard", "reveal", path, "--commitment", made["commitment"], "--json").stdout)

    assert path.stat().st_mode & 0o777 == 0o600
    assert commitment(shown["key"]) == made["commitment"]
    assert shown["challenge"] == held_out(shown["key"], "2026-autumn")
    assert shown["key"] not in json.dumps(made)
    assert json.loads(bench("leaderboard", "held-out", "--key", path, "--json").stdout)["challenge"] == shown["challenge"]


def test_a_key_is_never_written_over_nor_revealed_as_another(tmp_path: Path) -> None:
    path = tmp_path / "season.key"
    bench("leaderboard", "keygen", path, "--season", "2026")
    before = path.read_bytes()

    assert bench("leaderboard", "keygen", path, "--season", "2027").exit_code == 1
    assert path.read_bytes() == before
    wrong = bench("leaderboard", "reveal", path, "--commitment", "sha256:" + "0" * 64)
    assert wrong.exit_code == 1
    assert json.loads(before)["key"] not in wrong.output


@pytest.mark.parametrize("content", ["", "{}", "[]", '{"season": 1, "key": "x"}', '{"season": "x", "key": 5}'])
def test_a_file_that_holds_no_key_is_refused(tmp_path: Path, content: str) -> None:
    (tmp_path / "key").write_text(content)

    assert bench("leaderboard", "held-out", "--key", tmp_path / "key").exit_code == 1


def test_a_challenge_names_other_worlds_the_same_for_everyone() -> None:
    task = api.make_task("mutual_friend", 3)
    worlds = [Generated(task, 0, challenge).world(0) for challenge in (None, CHALLENGE, CHALLENGE, "cd" * 32)]

    assert worlds[1] == worlds[2]
    assert len({world.seed for world in worlds}) == 3
    assert worlds[1].seed == challenge_seed(CHALLENGE, task, 0) < 2**48
    assert challenge_seed(CHALLENGE, task, 0) != challenge_seed(CHALLENGE, task, 1)


def test_a_challenged_run_is_recorded_resumed_and_replayed_as_such(tmp_path: Path) -> None:
    path = tmp_path / "run"
    played = bench("run", "--model", "reference:honest", *QUICK, "--challenge", CHALLENGE, "--out", path)

    assert played.exit_code == 0, played.output
    run = json.loads((path / "run.json").read_text())
    assert run["configuration"]["challenge"] == CHALLENGE
    assert bench("verify", path).exit_code == 0
    made = built(tmp_path)
    assert made.entry.game.challenge == CHALLENGE
    assert api.verify_entry(made.folder).verified
    assert bench("run", "--model", "reference:honest", *QUICK, "--out", path).exit_code == 2
    run["configuration"]["challenge"] = "cd" * 32
    (path / "run.json").write_text(json.dumps(run))
    assert bench("verify", path).exit_code == 4


@pytest.mark.parametrize("given", [{"challenge": "short"}, {"challenge": CHALLENGE, "seed": 3}])
def test_a_challenge_is_as_a_board_gives_it_and_alone_names_the_worlds(given: dict[str, object]) -> None:
    with pytest.raises(UsageError, match="--challenge"):
        api.make_plan(api.Wish(model="reference:honest", **given))  # type: ignore[arg-type]


def test_a_challenge_goes_with_the_pinned_preset() -> None:
    plan = api.make_plan(api.Wish(model="reference:honest", preset="standard-1", challenge=CHALLENGE))

    assert plan.challenge == CHALLENGE
    public = api.make_plan(api.Wish(model="reference:honest", preset="standard-1"))
    assert next(plan.episodes()).id != next(public.episodes()).id
    assert plan.folder_name() != public.folder_name()


def test_a_badge_comes_of_what_was_checked(tmp_path: Path) -> None:
    made = built(tmp_path)
    entry, identity = made.entry, made.identity
    answered = replace(entry, game=replace(entry.game, challenge=CHALLENGE))
    known = Known({"reference/honest": {CHALLENGE}}, {})

    assert badge(answered, identity, holds=False, known=known) == "reported"
    assert badge(answered, identity, holds=True) == "rescored"
    assert badge(answered, identity, holds=True, known=known) == "challenged"
    assert badge(entry, identity, holds=True, known=known) == "rescored"
    assert badge(entry, identity, holds=True, known=Known({}, {identity: (0.9, 1.0)})) == "verified"
    assert badge(entry, identity, holds=True, known=Known({}, {identity: (0.0, 0.1)})) == "rescored"
