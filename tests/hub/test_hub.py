"""Our way to the Hub, with the real client, against a Hub that fails on demand: each thing is done once, or not and said so."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.hub.running import Hub

START = """
import json, sys
from leaderboard.contents import Change, Copy, Upload
from leaderboard.hub import Hub
from leaderboard.trouble import HubError, Moved, NotThere
hub, repo = Hub(pauses=(0.01, 0.01, 0.01)), "alice/talk"

def tried(act):
    try:
        return act()
    except HubError as error:
        return f"{type(error).__name__}: {error}"

def change(*names):
    return Change("some files", [Upload.of(name, f"this is {name}".encode() + b"\\0" * name.endswith(".gz")) for name in names])
"""

MADE = START + "hub.create(repo, private=False)\nhead = hub.head(repo)\n"
SHOW = "\nprint(json.dumps(found))"


def told(hub: Hub, code: str, user: str | None = "alice") -> Any:
    return json.loads(hub.python(f"{code}{SHOW}", user=user))


def commits(hub: Hub, repo: str = "alice/talk") -> int:
    return len(told(hub, f"{START}found = [one.title for one in hub._api.list_repo_commits('{repo}', repo_type='dataset')]"))


def test_what_was_committed_is_listed_and_read_back_small_and_large(hub: Hub) -> None:
    found = told(
        hub,
        f"""{MADE}
one = hub.commit(repo, change("a.txt", "b/c.gz"), head)
files = hub.files(repo)
content = [hub.fetch(repo, files[name], one).decode() for name in ("a.txt", "b/c.gz")]
found = [sorted(files), one == hub.head(repo), content]""",
    )

    assert found == [[".gitattributes", "a.txt", "b/c.gz"], True, ["this is a.txt", "this is b/c.gz\0"]]


FAULTS: dict[str, tuple[str, str, dict[str, Any]]] = {
    "503 at the commit": ("POST .*/commit/", "status", {"status": 503}),
    "504 at the commit": ("POST .*/commit/", "status", {"status": 504}),
    "429 at the commit": ("POST .*/commit/", "status", {"status": 429, "headers": {"Retry-After": "0"}}),
    "cut before the commit": ("POST .*/commit/", "drop", {}),
    "reset before the commit": ("POST .*/commit/", "drop", {"reset": True}),
    "cut within the commit": ("POST .*/commit/", "drop_upload", {"bytes": 40}),
    "answer to the commit lost": ("POST .*/commit/", "drop_response", {}),
    "answer to the commit lost by a reset": ("POST .*/commit/", "drop_response", {"reset": True}),
    "answer to the commit cut short": ("POST .*/commit/", "truncate", {"bytes": 7}),
    "503 while the card is checked": ("POST /api/validate-yaml", "status", {"status": 503}),
    "503 at preupload": ("POST .*/preupload/", "status", {"status": 503}),
    "503 at the batch": ("POST .*/objects/batch", "status", {"status": 503}),
    "upload cut": ("PUT ", "drop_upload", {"bytes": 3}),
    "503 at the listing": ("GET .*/tree/", "status", {"status": 503}),
    "listing cut short": ("GET .*/tree/", "truncate", {"bytes": 20}),
    "answer to the making lost": ("POST /api/repos/create", "drop_response", {}),
}  # fmt: skip


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_that_passes_leaves_one_commit_that_holds_everything(hub: Hub, fault: str) -> None:
    match, action, more = FAULTS[fault]
    hub.fault(match, action, **more)

    found = told(hub, f"{MADE}hub.commit(repo, change('README.md', 'b.gz'), head)\nfound = sorted(hub.files(repo))")

    assert found == [".gitattributes", "README.md", "b.gz"]
    assert commits(hub) == 2, "the one that made the repository, and ours"


def test_a_hub_that_stays_down_is_asked_so_often_and_no_more_and_nothing_is_half_done(hub: Hub) -> None:
    hub.fault("POST .*/commit/", "status", status=503, times=99)

    found = told(hub, f"{MADE}found = tried(lambda: hub.commit(repo, change('a.txt', 'b.gz'), head))")

    assert "could not commit to alice/talk" in found
    assert "503" in found
    assert "give the same command again" in found
    assert len([one for one in hub.log() if "/commit/" in one["path"]]) == 4
    assert commits(hub) == 1


def test_a_second_time_commits_nothing(hub: Hub) -> None:
    found = told(
        hub,
        f"""{MADE}
one = hub.commit(repo, change("a.txt", "b.gz"), head)
two = hub.commit(repo, change("a.txt", "b.gz"), hub.head(repo))
three = hub.commit(repo, change("a.txt", "b.gz"), head)
found = [one == two, one == three]""",
    )

    assert found == [True, True]
    assert commits(hub) == 2


def test_somebody_elses_commit_in_between_is_not_overwritten(hub: Hub) -> None:
    found = told(
        hub,
        f"""{MADE}
hub.commit(repo, change("theirs.txt"), head)
found = [tried(lambda: hub.commit(repo, change("a.txt"), head)), sorted(hub.files(repo))]""",
    )

    assert found[0].startswith("Moved: ")
    assert "theirs.txt" in found[1]
    assert "a.txt" not in found[1]


def test_a_commit_takes_away_and_copies_from_a_pull_request(hub: Hub) -> None:
    found = told(
        hub,
        f"""{MADE}
one = hub.commit(repo, change("old.txt"), head)
pull = hub.open_draft(repo, "An entry", "about it")
hub.commit(repo, change("e/a.txt", "e/b.gz"), hub.head(repo, pull.ref), pull.ref)
there = hub.files(repo, pull.ref)
source = hub.head(repo, pull.ref)
copies = [Copy(path, there[path], source) for path in ("e/a.txt", "e/b.gz")]
hub.commit(repo, Change("take it", copies=copies, deletions=["old.txt"]), one)
found = sorted(hub.files(repo))""",
    )

    assert found == [".gitattributes", "e/a.txt", "e/b.gz"]


@pytest.mark.parametrize("action", ["drop_response", "drop", "status"])
def test_one_draft_is_opened_whatever_happens_to_the_answer_and_one_comment_made(hub: Hub, action: str) -> None:
    hub.fault("POST .*/discussions$", action)
    hub.fault("POST .*/comment$", action)
    hub.fault("POST .*/status$", action)

    found = told(
        hub,
        f"""{MADE}
pull = hub.open_draft(repo, "An entry", "about it")
hub.commit(repo, change("e/a.txt"), hub.head(repo, pull.ref), pull.ref)
again = hub.open_draft(repo, "An entry", "about it")
for _ in range(2):
    hub.comment(repo, pull.num, "thank you")
    hub.set_status(repo, pull.num, "open")
events = hub._details(repo, pull.num).events
said = [getattr(one, "content", "") for one in events]
found = [pull == again, [(one.num, one.status) for one in hub.pull_requests(repo)], said.count("thank you")]
hub.merge(repo, pull.num)
found.append("e/a.txt" in hub.files(repo))""",
    )

    assert found == [True, [[1, "open"]], 1, True]


def test_whoever_may_not_write_may_open_a_pull_request_and_fill_it(hub: Hub) -> None:
    told(hub, f"{MADE}found = 0")

    found = told(
        hub,
        f"""{START}
pull = hub.open_draft(repo, "From bob", "about it")
hub.commit(repo, change("e/a.txt"), hub.head(repo, pull.ref), pull.ref)
found = [tried(lambda: hub.commit(repo, change("a.txt"), hub.head(repo))), sorted(hub.files(repo, pull.ref))]""",
        user="bob",
    )

    assert "answered 403" in found[0]
    assert "a repository of yours" in found[0]
    assert "e/a.txt" in found[1]


REFUSED = {
    "nobody": (None, "hub.create(repo, private=False)", "Log in with `hf auth login`, or set HF_TOKEN"),
    "an unknown token": ("nobody", "hub.create(repo, private=False)", "Its token is not known there"),
    "another's name": ("bob", "hub.create('alice/other', private=False)", "answered 403"),
    "nothing there": ("bob", "hub.head('alice/nothing')", "there is no dataset alice/nothing"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_refused_is_refused_at_once_in_words_and_the_token_is_in_none_of_them(hub: Hub, case: str) -> None:
    user, code, words = REFUSED[case]

    found = told(hub, f"{START}found = tried(lambda: {code})", user=user)

    assert words in found
    assert f"hf_{user}_write" not in found


def test_a_token_that_the_server_echoes_is_not_passed_on(hub: Hub) -> None:
    hub.fault("GET /api/whoami-v2", "status", status=403, error="who is hf_alice_write?")

    assert "hf_alice_write" not in told(hub, f"{START}found = tried(hub.whoami)")


def test_a_flipped_bit_in_a_download_is_noticed_and_fetched_again(hub: Hub) -> None:
    code = f"""{MADE}
one = hub.commit(repo, change("b.gz"), head)
file = hub.files(repo)["b.gz"]
found = tried(lambda: hub.fetch(repo, file, one).decode())"""
    hub.fault("GET /(_cdn|datasets/alice/talk/resolve)/", "corrupt", offset=2, skip=0)

    assert told(hub, code) == "this is b.gz\0"


def test_a_listing_in_pages_is_read_to_its_end(hub: Hub) -> None:
    names = [f"d/{number}.txt" for number in range(1203)]

    found = told(hub, f"{MADE}hub.commit(repo, change(*{names}), head)\nfound = len(hub.files(repo))")

    assert found == 1204
