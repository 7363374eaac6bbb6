"""`bench submit` against a Hub that fails: an entry arrives whole in one pull request, however often the command is given."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from leaderboard.building import Claims
from tests.hub.running import Hub
from tests.made_entry import built, run_folder

BOARD = "alice/board"

START = """
import json, sys, time, urllib.request
from pathlib import Path
time.sleep = lambda seconds: None  # the client waits between its own attempts
from huggingface_hub import HfApi
from benchmark import api
from leaderboard.hub import Hub
from leaderboard.submission import submit
from leaderboard.trouble import HubError
alice, url = HfApi(token="hf_alice_write"), HfApi().endpoint
built = api.open_entry(Path(sys.argv[1]))
paths = [path for path in built.folder.rglob("*") if path.is_file()]
meant = {f"{built.place}/{path.relative_to(built.folder).as_posix()}": path.stat().st_size for path in paths}

def control(method, what, document=None):
    data = json.dumps(document).encode() if document is not None else None
    request = urllib.request.Request(f"{url}/_control/{what}", data, {"Content-Type": "application/json"}, method=method)
    with urllib.request.urlopen(request) as answer:
        return json.loads(answer.read())

def board(name):
    alice.create_repo(name, repo_type="dataset")
    return name

def tried(name, pauses=()):
    try:
        return submit(built, name, Hub(pauses=pauses)).status
    except HubError as error:
        return f"HubError: {error}"

def state(name):
    requests = [one for one in alice.get_repo_discussions(name, repo_type="dataset") if one.is_pull_request]
    whole = []
    for one in requests:
        listed = alice.list_repo_tree(name, revision=f"refs/pr/{one.num}", repo_type="dataset", recursive=True)
        files = [entry for entry in listed if hasattr(entry, "size")]
        whole.append(meant == {entry.path: entry.size for entry in files if entry.path.startswith("entries/")})
    return [[one.status, complete] for one, complete in zip(requests, whole)]
"""

ENDURED = """
action, more = json.loads(sys.argv[2])
found = []
for number in range(int(sys.argv[3])):
    name = board(f"alice/board-{number}")
    control("POST", "faults", {"match": ".", "action": action, "skip": number, **more})
    first = tried(name)
    control("DELETE", "faults")
    found.append([first, tried(name), tried(name), state(name)])
print(json.dumps(found))
"""

FAULTS: dict[str, tuple[str, dict[str, Any]]] = {
    "503": ("status", {"status": 503}),
    "cut before": ("drop", {}),
    "answer lost": ("drop_response", {}),
}


@pytest.fixture
def entry(tmp_path: Path) -> Path:
    return built(tmp_path, Claims(user="bob"), tasks=("mutual_friend",)).folder


def requests_of(hub: Hub, entry: Path) -> int:
    """How many requests a submission takes when nothing goes wrong."""
    code = (
        f"{START}name = board('alice/calm')\nbefore = len(control('GET', 'log'))\ntried(name)\nprint(len(control('GET', 'log')) - before)"
    )
    return int(hub.python(code, entry, user="bob"))


@pytest.mark.parametrize("fault", FAULTS)
def test_whichever_request_fails_the_next_command_completes_one_pull_request(hub: Hub, entry: Path, fault: str) -> None:
    requests = requests_of(hub, entry)
    found = json.loads(hub.python(START + ENDURED, entry, json.dumps(FAULTS[fault]), requests, user="bob"))

    assert len(found) == requests >= 10
    assert [after for _, *after in found] == [["open", "open", [["open", True]]]] * requests
    assert sum(first != "open" for first, *_ in found) > requests / 2  # the faults did come


def test_a_newcomer_submits_with_one_command_and_gives_it_twice(hub: Hub, tmp_path: Path) -> None:
    hub.python(f"{SETUP}", user="alice")
    path = run_folder(tmp_path / "run", tasks=("mutual_friend",))

    first = hub.bench("submit", path, "--board", BOARD, "--json", user="bob")
    again = hub.bench("submit", path, "--board", BOARD, "--json", user="bob")

    assert first.returncode == 0, first.stderr
    assert json.loads(first.stdout)["submitted"] == "open"
    assert json.loads(first.stdout) | {"folder": ""} == json.loads(again.stdout) | {"folder": ""}
    assert json.loads(first.stdout)["url"] == f"{hub.url}/datasets/{BOARD}/discussions/1"


SETUP = f"from huggingface_hub import HfApi; HfApi().create_repo('{BOARD}', repo_type='dataset')"


def test_a_dry_run_needs_no_token_and_writes_what_would_be_sent(hub: Hub, tmp_path: Path) -> None:
    path = run_folder(tmp_path / "run", tasks=("mutual_friend",))
    said = hub.bench("submit", path, "--board", BOARD, "--dry-run", "--user", "bob", "--out", tmp_path / "out", "--json", user=None)

    assert said.returncode == 0, said.stderr
    document = json.loads(said.stdout)
    assert document["submitted"] is None
    assert (tmp_path / "out" / document["place"] / "entry.json").exists()
    assert hub.log() == []
    assert hub.bench("verify", document["folder"], user=None).returncode == 0
    assert hub.bench("submit", document["folder"], "--board", BOARD, "--dry-run", user=None).returncode == 0
    unsaid = hub.bench("submit", path, "--board", BOARD, "--dry-run", "--out", tmp_path / "out", user=None)
    assert unsaid.returncode == 2
    assert "--user" in unsaid.stderr


def test_an_accepted_entry_is_found_and_nothing_is_sent(hub: Hub, entry: Path) -> None:
    code = f"""{START}
name = board("{BOARD}")
alice.upload_folder(repo_id=name, repo_type="dataset", folder_path=built.folder, path_in_repo=built.place)
print(json.dumps([tried(name), state(name)]))"""

    assert json.loads(hub.python(code, entry, user="bob")) == ["accepted", []]


def test_a_closed_pull_request_is_not_opened_again_by_another(hub: Hub, entry: Path) -> None:
    code = f"""{START}
name = board("{BOARD}")
first = tried(name)
alice.change_discussion_status(name, 1, "closed", repo_type="dataset")
print(json.dumps([first, tried(name), len(state(name))]))"""
    first, again, count = json.loads(hub.python(code, entry, user="bob"))

    assert first == "open"
    assert "was submitted before" in again
    assert "discussions/1 is closed" in again
    assert count == 1


def test_what_lies_in_the_place_and_does_not_belong_there_is_taken_out(hub: Hub, entry: Path) -> None:
    code = f"""{START}
name = board("{BOARD}")
tried(name)
HfApi().upload_file(path_or_fileobj=b"x", path_in_repo=f"{{built.place}}/x.py", repo_id=name, repo_type="dataset", revision="refs/pr/1")
print(json.dumps([tried(name), state(name)]))"""

    assert json.loads(hub.python(code, entry, user="bob")) == ["open", [["open", True]]]


def test_an_entry_is_submitted_by_the_one_it_names(hub: Hub, entry: Path) -> None:
    code = f"{START}name = board('{BOARD}')\nprint(json.dumps(tried(name)))"
    said = json.loads(hub.python(code, entry, user="alice"))

    assert "names bob as its submitter, and the token is that of alice" in said


@pytest.mark.parametrize(("user", "role", "status"), [("bob", "read", "403"), ("eve", "write", "401")])
def test_a_token_that_may_not_write_is_refused_in_one_line(hub: Hub, tmp_path: Path, user: str, role: str, status: str) -> None:
    hub.python(SETUP, user="alice")
    path = run_folder(tmp_path / "run", tasks=("mutual_friend",))
    said = hub.bench("submit", path, "--board", BOARD, user=user, role=role)

    assert said.returncode == 1
    assert status in said.stderr
    assert "Traceback" not in said.stderr


def test_a_run_that_does_not_hold_is_never_sent(hub: Hub, tmp_path: Path) -> None:
    hub.python(SETUP, user="alice")
    path = run_folder(tmp_path / "run", tasks=("mutual_friend",))
    from tests.made_entry import lines, write_lines

    documents = lines(path)
    documents[0]["score"]["words"] += 1
    write_lines(path, documents)
    said = hub.bench("submit", path, "--board", BOARD, user="bob")

    assert said.returncode == 4
    assert documents[0]["id"] in said.stderr
    assert not any(one["method"] == "POST" and "commit" in one["path"] for one in hub.log())
