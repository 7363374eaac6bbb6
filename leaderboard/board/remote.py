"""A board on the Hub: taking what was verified, and nothing that came after.

A pull request can change between a look at it and its merge, and a merge names no commit. So nothing is merged: the commit that was
verified is pinned, and its files are copied onto the main branch by a commit that states its parent. Where another maintainer was
quicker, the Hub refuses it; the index is then made again on top of theirs.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from leaderboard.board import accepting
from leaderboard.board.decisions import Decision
from leaderboard.board.fetching import fetch_into, fetched
from leaderboard.board.folder import ENTRIES, Board, Verify, read_board, verification_text
from leaderboard.contents import Change, Copy, Listed, Upload, is_same
from leaderboard.hub import Hub, PullRequest
from leaderboard.opening import VERIFICATION, Opened, opened
from leaderboard.shapes import EntryError
from leaderboard.trouble import Moved

ATTEMPTS = 8
"""How often the index is made again because somebody else committed first."""

Decide = Callable[[str], Decision]
"""The decision that accepts the entry of this id."""


@dataclass(frozen=True, slots=True)
class Remote:
    """A board on the Hub, how its entries are verified, and which tasks are the headline."""

    hub: Hub
    repo: str
    verify: Verify
    headline: Collection[str]


def accept_pull_request(remote: Remote, num: int, decide: Decide) -> tuple[Board, str]:
    """The board with the entry of pull request ``num`` on it, and the commit that put it there. EntryError if it cannot be listed."""
    hub, repo = remote.hub, remote.repo
    request = next((one for one in hub.pull_requests(repo) if one.num == num), None)
    if request is None:
        raise EntryError(f"{repo} has no pull request {num}.")
    if request.status != "open":
        raise EntryError(f"pull request {num} of {repo} is {request.status}: only one that its author has opened can be taken.")
    pinned = hub.head(repo, request.ref)
    there = hub.files(repo, pinned)

    def incoming(main: dict[str, Listed], scratch: Path) -> tuple[Opened, list[Upload], list[Copy]]:
        added = _added(there, main, request)
        for listed in added:
            fetch_into(hub, repo, listed, pinned, scratch)
        entry = opened(scratch / Path(added[0].path).parents[added[0].path.count("/") - 4])
        if entry.entry.submitter.hf_user != request.author:
            raise EntryError(
                f"pull request {num} was opened by {request.author}, and its entry names {entry.entry.submitter.hf_user} as submitter."
            )
        return entry, [], [Copy(listed.path, listed, pinned) for listed in added]

    board, commit = _accepted(remote, incoming, decide, f"Accept pull request {num} by {request.author}, at {pinned}")
    hub.comment(repo, num, f"Accepted as {commit}: the entry as it was at {pinned}.")
    hub.set_status(repo, num, "closed")
    return board, commit


def accept_folder(remote: Remote, folder: Path, decide: Decide) -> tuple[Board, str]:
    """The board with the entry in ``folder`` on it, and the commit that put it there."""

    def incoming(_: dict[str, Listed], scratch: Path) -> tuple[Opened, list[Upload], list[Copy]]:
        copied = accepting.taken(opened(folder), scratch)
        entry = opened(copied)
        return entry, [Upload.of(f"{entry.place}/{name}", (copied / name).read_bytes()) for name in accepting.files_of(entry)], []

    return _accepted(remote, incoming, decide, f"Accept the entry {folder.name}")


def decide_remotely(remote: Remote, decision: Decision) -> str:
    """The commit that adds ``decision`` to the board's log."""
    for parent, board in _boards(remote):
        changed = accepting.decided(board, decision)
        try:
            return remote.hub.commit(remote.repo, Change(f"{decision.action}: {decision.entry}", _records(changed, remote)), parent)
        except Moved:
            continue
    raise Moved(f"{remote.repo} was changed by others {ATTEMPTS} times meanwhile, and nothing was written. Give the command again.")


def _accepted(
    remote: Remote,
    incoming: Callable[[dict[str, Listed], Path], tuple[Opened, list[Upload], list[Copy]]],
    decide: Decide,
    message: str,
) -> tuple[Board, str]:
    for parent, board in _boards(remote):
        with TemporaryDirectory(prefix="parley-incoming-") as scratch:
            entry, uploads, copies = incoming(remote.hub.files(remote.repo, parent), Path(scratch))
            found = remote.verify(entry.folder)
            changed = accepting.accepted(board, entry, found, (decide(entry.identity),))
            verification = Upload.of(f"{entry.place}/{VERIFICATION}", verification_text(found).encode("ascii"))
            change = Change(message, [*uploads, verification, *_records(changed, remote)], copies)
            try:
                return changed, remote.hub.commit(remote.repo, change, parent)
            except Moved:
                continue
    raise Moved(f"{remote.repo} was changed by others {ATTEMPTS} times meanwhile, and nothing was written. Give the command again.")


def _boards(remote: Remote) -> Iterator[tuple[str, Board]]:
    """(commit, board) as it is now, again and again."""
    for _ in range(ATTEMPTS):
        parent = remote.hub.head(remote.repo)
        with TemporaryDirectory(prefix="parley-board-") as scratch:
            fetched(remote.hub, remote.repo, parent, Path(scratch))
            board = read_board(Path(scratch), remote.verify)
        yield parent, board


def _records(board: Board, remote: Remote) -> list[Upload]:
    return [Upload.of(name, content) for name, content in accepting.records_of(board, remote.headline)]


def _added(there: dict[str, Listed], main: dict[str, Listed], request: PullRequest) -> list[Listed]:
    """The files of the one entry that a pull request adds. What it says of the index or the log is not looked at."""
    own = [listed for path, listed in sorted(there.items()) if path.startswith(f"{ENTRIES}/") and not is_same(main.get(path), listed)]
    if changed := [one.path for one in own if one.path in main]:
        raise EntryError(
            f"pull request {request.num} changes {changed[0]!a:.200}, which is on the board. Entries are added, never changed."
        )
    folders = {"/".join(listed.path.split("/")[:4]) for listed in own}
    if len(folders) != 1:
        raise EntryError(f"pull request {request.num} adds {len(folders)} entries, and one must be added at a time.")
    if forged := [one.path for one in own if one.path.endswith(f"/{VERIFICATION}")]:
        raise EntryError(f"pull request {request.num} brings {forged[0]!a:.200}, which only a board may write. Take it out.")
    return own
