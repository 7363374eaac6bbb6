"""A board on the Hub: pinned bytes are taken, by commits that state their parent, whoever else is at work and whatever breaks."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from leaderboard.building import Claims
from tests.hub.running import COMMAND, Hub, running
from tests.made_entry import built, run_folder

BOARD = "bench-org/board"

READ = "import sys; from huggingface_hub import hf_hub_download as d; print(open(d(*sys.argv[1:], repo_type='dataset')).read())"

CREATE = "import sys; from huggingface_hub import HfApi; HfApi().create_repo(sys.argv[1], repo_type='dataset')"
PROPOSE = """
import sys
from pathlib import Path
from huggingface_hub import CommitOperationAdd, HfApi
board, root, *more = sys.argv[1:]
paths = [path for path in sorted(Path(root).rglob("*")) if path.is_file()]
adds = [CommitOperationAdd(str(path.relative_to(root)), str(path)) for path in paths]
adds += [CommitOperationAdd(name, content.encode()) for name, content in (one.split("=", 1) for one in more)]
made = HfApi().create_commit(board, adds, commit_message="An entry", repo_type="dataset", create_pr=True)
print(made.pr_num)
"""
LOOK = """
import json, sys
from huggingface_hub import HfApi
api = HfApi()
files = sorted(api.list_repo_files(sys.argv[1], repo_type="dataset"))
found = [(one.num, one.status) for one in api.get_repo_discussions(sys.argv[1], repo_type="dataset") if one.is_pull_request]
commits = [one.title for one in api.list_repo_commits(sys.argv[1], repo_type="dataset")]
print(json.dumps({"files": files, "pulls": sorted(found), "commits": commits}))
"""


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[Hub]:
    with running(tmp_path / "hub") as started:
        started.python(CREATE, BOARD)
        yield started


def made(tmp_path: Path, name: str, model: str = "reference:honest") -> Path:
    """A folder that holds ``entries/…`` with one entry by bob."""
    run_folder(tmp_path / name / "run", model, tasks=("mutual_friend",), n=1)
    built(tmp_path / name, Claims(user="bob"))
    return tmp_path / name / "board"


def proposed(hub: Hub, root: Path, *more: str, user: str = "bob") -> int:
    return int(hub.python(PROPOSE, BOARD, root, *more, user=user))


def add(hub: Hub, what: object, user: str = "alice") -> subprocess.CompletedProcess[str]:
    return hub.bench("leaderboard", "add", what, "--board", BOARD, "--by", user, user=user)


def look(hub: Hub) -> dict[str, list[object]]:
    found: dict[str, list[object]] = json.loads(hub.python(LOOK, BOARD))
    return found


def test_a_pull_request_is_verified_copied_pinned_and_closed_and_the_board_is_built_from_the_commit(hub: Hub, tmp_path: Path) -> None:
    num = proposed(hub, made(tmp_path, "one"))
    done = add(hub, num)
    assert done.returncode == 0, done.stderr

    found = look(hub)
    assert [name for name in found["files"] if not str(name).startswith(("entries/", "."))] == [
        "decisions.jsonl", "index.json", "leaderboard.parquet",
    ]  # fmt: skip
    assert sum(str(name).endswith("verification.json") for name in found["files"]) == 1
    assert found["pulls"] == [[num, "closed"]]
    checked = hub.bench("leaderboard", "verify", BOARD, "--json")
    assert json.loads(checked.stdout) == {"board": BOARD, "entries": 1, "verified": True, "differences": []}
    site = hub.bench("leaderboard", "build", BOARD, "--out", tmp_path / "site")
    assert site.returncode == 0, site.stderr
    assert f"{BOARD} at commit " in (tmp_path / "site" / "index.html").read_text()
    assert "already" in add(hub, num).stderr or "closed" in add(hub, num).stderr


@pytest.mark.parametrize(
    ("more", "user", "told"),
    [
        ((), "alice", "names bob as submitter"),
        (("entries/custom/reference__honest/2026-03-01-000000000000/entry.json={}",), "bob", "adds 2 entries"),
        (("elsewhere.txt=x",), "bob", ""),
    ],
)
def test_only_one_whole_entry_of_the_author_s_own_is_taken(hub: Hub, tmp_path: Path, more: tuple[str, ...], user: str, told: str) -> None:
    done = add(hub, proposed(hub, made(tmp_path, "one"), *more, user=user))

    assert (done.returncode, told in done.stderr) == (1 if told else 0, True)
    assert "elsewhere.txt" not in look(hub)["files"]
    assert "Traceback" not in done.stderr


def test_a_verification_of_the_submitter_s_own_and_changes_to_the_board_are_refused(hub: Hub, tmp_path: Path) -> None:
    root = made(tmp_path, "one")
    (place,) = (str(path.relative_to(root)) for path in root.glob("entries/*/*/*"))
    forged = add(hub, proposed(hub, root, f"{place}/verification.json={{}}"))
    assert (forged.returncode, "only a board may write" in forged.stderr) == (1, True)

    assert add(hub, proposed(hub, root)).returncode == 0
    changed = add(hub, proposed(hub, made(tmp_path, "two", "reference:mute"), f"{place}/entry.json={{}}"))
    assert (changed.returncode, "Entries are added, never changed" in changed.stderr) == (1, True)


def test_two_maintainers_who_accept_at_once_both_succeed(hub: Hub, tmp_path: Path) -> None:
    numbers = [proposed(hub, made(tmp_path, player, f"reference:{player}")) for player in ("honest", "egocentric")]
    started = [
        subprocess.Popen(
            [*COMMAND, "leaderboard", "add", str(number), "--board", BOARD, "--by", "alice"],
            env=hub.environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )
        for number in numbers
    ]  # fmt: skip
    ended = [process.communicate(timeout=300) for process in started]

    assert [process.returncode for process in started] == [0, 0], ended
    checked = json.loads(hub.bench("leaderboard", "verify", BOARD, "--json").stdout)
    assert (checked["entries"], checked["differences"]) == (2, [])


@pytest.mark.parametrize("action", ["status", "drop", "drop_response"])
def test_a_commit_that_fails_or_whose_answer_is_lost_is_made_once(hub: Hub, tmp_path: Path, action: str) -> None:
    num = proposed(hub, made(tmp_path, "one"))
    before = len(look(hub)["commits"])
    hub.fault(r"POST /api/datasets/.*/commit/", action, **({"status": 503} if action == "status" else {}))
    done = add(hub, num)

    assert done.returncode == 0, done.stderr
    assert len(look(hub)["commits"]) == before + 1
    assert json.loads(hub.bench("leaderboard", "verify", BOARD, "--json").stdout)["verified"]


def test_an_entry_in_a_folder_and_a_decision_go_to_the_hub_too(hub: Hub, tmp_path: Path) -> None:
    root = made(tmp_path, "one")
    (folder,) = root.glob("entries/*/*/*")
    assert add(hub, folder).returncode == 0
    struck = hub.bench("leaderboard", "decide", folder.name, "struck", "--board", BOARD, "--by", "alice", "--reason", "A mistake.")
    assert struck.returncode == 0, struck.stderr
    checked = json.loads(hub.bench("leaderboard", "verify", BOARD, "--json").stdout)

    assert checked["differences"] == []
    assert "struck" in hub.python(READ, BOARD, "decisions.jsonl")


def test_who_may_not_write_is_told_so(hub: Hub, tmp_path: Path) -> None:
    num = proposed(hub, made(tmp_path, "one"))
    done = add(hub, num, user="bob")

    assert done.returncode == 1
    assert "403" in done.stderr
    assert "Traceback" not in done.stderr
