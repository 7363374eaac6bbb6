"""Keeping a board in a folder: what is taken onto it, what is refused, and that all of it can be derived again."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from benchmark.cli import main
from leaderboard.board.decisions import LOG
from tests.made_entry import built, run_folder


def bench(*arguments: object) -> Result:
    return CliRunner().invoke(main, list(map(str, arguments)))


def kept(*arguments: object) -> Result:
    done = bench("leaderboard", *arguments)
    assert done.exit_code == 0, done.output
    return done


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An entry, and a board that took it."""
    root = tmp_path_factory.mktemp("made")
    kept("add", built(root / "made").folder, "--board", root / "board", "--by", "keeper")
    return root


@pytest.fixture
def entry(made: Path, tmp_path: Path) -> Path:
    (folder,) = (made / "made" / "board").glob("entries/*/*/*")
    return shutil.copytree(folder, tmp_path / folder.name)


@pytest.fixture
def board(made: Path, tmp_path: Path) -> Path:
    return shutil.copytree(made / "board", tmp_path / "board")


def snapshot(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_an_entry_is_taken_with_its_verification_its_decision_and_the_index(board: Path, entry: Path) -> None:
    (verification,) = board.glob("entries/*/*/*/verification.json")
    (line,) = (board / LOG).read_text().splitlines()

    assert json.loads(verification.read_text())["verified"] is True
    assert json.loads(line) | {"time": None} == {
        "time": None, "entry": entry.name, "action": "accepted", "reason": "It holds.", "evidence": None, "by": "keeper",
    }  # fmt: skip
    assert snapshot(entry).items() <= snapshot(verification.parent).items()
    assert json.loads((board / "index.json").read_text())["entries"] == 1
    assert not list(board.glob(".*"))
    assert kept("verify", board).output.endswith("1 entries, 0 differences.\n")


def test_an_entry_is_taken_once_and_what_does_not_hold_is_refused_without_a_trace(board: Path, entry: Path, tmp_path: Path) -> None:
    before = snapshot(board)
    again = bench("leaderboard", "add", entry, "--board", board, "--by", "keeper")
    (entry / "entry.json").write_text((entry / "entry.json").read_text().replace('"value": 1.0', '"value": 0.5'))
    changed = bench("leaderboard", "add", entry, "--board", board, "--by", "keeper")
    nothing = bench("leaderboard", "add", tmp_path, "--board", board, "--by", "keeper")

    assert (again.exit_code, changed.exit_code, nothing.exit_code) == (1, 1, 1)
    assert "on the board already" in again.output
    assert "entry.json" in changed.output
    assert snapshot(board) == before


def test_an_entry_that_was_copied_and_never_accepted_can_be_taken_by_the_same_command(board: Path, entry: Path) -> None:
    log = board / LOG
    expected = snapshot(board)
    log.unlink()
    (board / "index.json").unlink()

    assert bench("leaderboard", "verify", board).exit_code == 4
    kept("add", entry, "--board", board, "--by", "keeper")

    found = snapshot(board)
    assert found.keys() == expected.keys()
    assert {name for name in found if found[name] != expected[name]} <= {LOG}


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (lambda board: (board / LOG).write_text((board / LOG).read_text().replace("accepted", "noted")), "no decision ever accepted it"),
        (lambda board: (board / "index.json").write_text("{}"), "index.json is not what"),
        (lambda board: next(board.glob("entries/*/*/*/verification.json")).unlink(), "there is no verification.json"),
        (lambda board: next(board.glob("entries/*/*/*/README.md"), board / "x").touch(), ""),
        (lambda board: shutil.rmtree(next(board.glob("entries/*/*/*"))), "was decided about, and is not there"),
        (lambda board: next(board.glob("entries/*/*/*/episodes/*")).write_bytes(b"x"), "entries/custom/"),
        (lambda board: (next(board.glob("entries/*/*/*")) / "more.txt").write_text("x"), "more.txt"),
    ],
)
def test_whatever_was_changed_on_a_board_is_found(board: Path, spoil: object, told: str) -> None:
    spoil(board)  # type: ignore[operator]
    done = bench("leaderboard", "verify", board, "--json")

    assert done.exit_code == (4 if told else 0)
    assert told in " ".join(json.loads(done.stdout)["differences"])


def test_a_verification_that_says_more_than_verifying_gives_is_found(board: Path) -> None:
    path = next(board.glob("entries/*/*/*/verification.json"))
    document = json.loads(path.read_text())
    document["scores"]["overall"]["grounding_success"]["value"] = 0.99
    path.write_text(json.dumps(document, sort_keys=True, separators=(",", ":")) + "\n")

    done = bench("leaderboard", "verify", board)

    assert done.exit_code == 4
    assert "something else than verifying it gives" in done.output


def test_what_cannot_be_listed_is_named_and_the_rest_is_built(board: Path, tmp_path: Path) -> None:
    whole = next(board.glob("entries/*/*/*"))
    broken = whole.with_name("2026-03-01-0123456789ab")
    shutil.copytree(whole, broken)
    done = kept("build", board, "--out", tmp_path / "site", "--json")

    assert json.loads(done.stdout)["entries"] == 1
    assert list(json.loads(done.stdout)["refused"]) == [str(broken.relative_to(board))]
    assert broken.name in done.stderr


def test_a_link_in_the_place_of_an_entry_is_not_followed(board: Path, tmp_path: Path) -> None:
    whole = next(board.glob("entries/*/*/*"))
    whole.rename(tmp_path / "elsewhere")
    whole.symlink_to(tmp_path / "elsewhere")

    assert json.loads(kept("build", board, "--out", tmp_path / "site", "--json").stdout)["entries"] == 0


def test_a_decision_strikes_a_row_and_another_restores_it(board: Path, entry: Path, tmp_path: Path) -> None:
    kept("decide", entry.name, "struck", "--board", board, "--by", "keeper", "--reason", "Trained on the worlds.")
    kept("build", board, "--out", tmp_path / "struck")
    kept("decide", entry.name, "restored", "--board", board, "--by", "keeper", "--reason", "It was not.")
    kept("build", board, "--out", tmp_path / "restored")

    assert "Trained on the worlds." in (tmp_path / "struck" / "index.html").read_text()
    assert "<s>" not in (tmp_path / "restored" / "index.html").read_text()
    assert "Trained on the worlds." in (tmp_path / "restored" / "decisions.html").read_text()
    assert kept("verify", board)
    assert bench("leaderboard", "decide", "2026-03-01-000000000000", "noted", "--board", board, "--by", "k", "--reason", "x").exit_code == 1


def test_a_site_is_the_same_bytes_wherever_and_whenever_it_is_built(board: Path, tmp_path: Path) -> None:
    for name in ("one", "two"):
        kept("build", board, "--out", tmp_path / name)
    shutil.copytree(board, tmp_path / "moved")
    kept("build", tmp_path / "moved", "--out", tmp_path / "three")

    assert snapshot(tmp_path / "one") == snapshot(tmp_path / "two") == snapshot(tmp_path / "three")


def test_two_entries_stand_side_by_side(board: Path, tmp_path: Path) -> None:
    run_folder(tmp_path / "other" / "run", "reference:egocentric")
    other = built(tmp_path / "other").folder
    kept("add", other, "--board", board, "--by", "keeper")
    kept("build", board, "--out", tmp_path / "site")

    (group,) = json.loads((tmp_path / "site" / "index.json").read_text())["groups"]
    assert [row["model"]["id"] for row in group["rows"]] == ["reference/honest", "reference/egocentric"]
    assert kept("verify", board)


@pytest.mark.parametrize(
    ("given", "status", "told"),
    [
        (("build", "nowhere", "--out", "site"), 2, "nowhere is no folder"),
        (("add", "nowhere", "--board", "board", "--by", "k"), 2, "nowhere is no folder of an entry"),
        (("add", "12", "--board", ".", "--by", "k"), 2, "board on the Hub"),
        (("verify", "."), 1, "is no board"),
    ],
)
def test_wrong_use_is_told_what_to_give(
    given: tuple[str, ...], status: int, told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    done = bench("leaderboard", *given)

    assert done.exit_code == status
    assert told in done.output
    assert "Traceback" not in done.output
