"""Boards: built into a site, added to, verified. Only Parley's own tasks count there."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import tasks
from benchmark.api.submitting import verify_entry
from benchmark.naming import check_known
from benchmark.running.journal import complaining
from benchmark.vocabulary import UsageError

if TYPE_CHECKING:
    from leaderboard.board.decisions import Decision
    from leaderboard.board.folder import Board
    from leaderboard.board.remote import Remote

TITLE = "Parley leaderboard"


@dataclass(frozen=True, slots=True)
class Decided:
    """What a maintainer says of an entry: why, on what evidence, and who they are."""

    reason: str
    by: str
    evidence: str | None = None


def build_board(source: str, out: Path, title: str = TITLE) -> Board:
    """Writes the site of the board at ``source``, a folder or USER/NAME[@COMMIT] on a Hub, into ``out``."""
    from leaderboard.board.folder import read_board
    from leaderboard.board.site import Shown, site

    with _folder_of(source) as (root, told, files):
        board = read_board(root, verify_entry)
        shown = Shown(title, told, files, board.listed, board.log, board.reports, tasks.HEADLINE)
        with complaining(out):
            for name, content in site(shown):
                path = out / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content)
    return board


def verify_board(source: str) -> tuple[Board, list[str]]:
    """The board at ``source``, every entry verified again, and all that does not hold of it."""
    from leaderboard.board.folder import differences, read_board

    with _folder_of(source) as (root, _, _):
        board = read_board(root, verify_entry, again=True)
        return board, list(differences(board, tasks.HEADLINE))


def add_entry(what: str, place: str, decided: Decided) -> Board:
    """The board at ``place`` (a folder, or USER/NAME on a Hub) once ``what`` is on it: an entry's folder, or the number of a pull request.

    EntryError if it does not hold.
    """
    if not what.isdecimal() and not Path(what).is_dir():
        raise UsageError(f"{what} is no folder of an entry, and no number of a pull request")
    if _is_remote(place):
        from leaderboard.board import remote

        def accept(identity: str) -> Decision:
            return _decision(identity, "accepted", decided)

        there = _remote(place)
        board, _ = (
            remote.accept_pull_request(there, int(what), accept) if what.isdecimal() else remote.accept_folder(there, Path(what), accept)
        )
        return board
    if what.isdecimal():
        raise UsageError(f"a pull request is taken onto a board on the Hub; {place} is a folder")
    return _added_here(Path(what), Path(place), decided)


def _added_here(entry: Path, root: Path, decided: Decided) -> Board:
    from leaderboard.board import accepting
    from leaderboard.board.folder import ENTRIES, read_board
    from leaderboard.opening import opened

    with complaining(root):
        (root / ENTRIES).mkdir(parents=True, exist_ok=True)
    with complaining(root), tempfile.TemporaryDirectory(prefix=".adding-", dir=root) as scratch:
        copied = accepting.taken(opened(entry), Path(scratch))
        found = verify_entry(copied)
        board = accepting.accepted(read_board(root, verify_entry), opened(copied), found, (_decision(copied.name, "accepted", decided),))
        accepting.write(board, tasks.HEADLINE, copied)
    return board


def decide(place: str, entry: str, action: str, decided: Decided) -> None:
    """Adds a line about ``entry`` to the log of the board at ``place``."""
    from leaderboard.board import accepting
    from leaderboard.board.folder import read_board

    decision = _decision(entry, action, decided)
    if _is_remote(place):
        from leaderboard.board.remote import decide_remotely

        decide_remotely(_remote(place), decision)
    else:
        accepting.write(accepting.decided(read_board(Path(place), verify_entry), decision), tasks.HEADLINE)


def _is_remote(place: str) -> bool:
    return not Path(place).is_dir() and place.count("/") == 1 and not place.startswith((".", "/"))


def _remote(place: str) -> Remote:
    from leaderboard.board.remote import Remote
    from leaderboard.hub import Hub, check_repo

    return Remote(Hub(), check_repo(place), verify_entry, tasks.HEADLINE)


def _decision(entry: str, action: str, decided: Decided) -> Decision:
    from leaderboard.board.decisions import Decision
    from leaderboard.shapes import read_as

    document = {
        "time": datetime.now(UTC).replace(microsecond=0).isoformat(),
        "entry": entry,
        "action": action,
        "reason": decided.reason,
        "evidence": decided.evidence,
        "by": decided.by,
    }
    return read_as(Decision, document, "the decision")


@contextmanager
def _folder_of(source: str) -> Iterator[tuple[Path, str, str]]:
    """(folder, what to call it, address of its files) of a board."""
    if Path(source).is_dir():
        yield Path(source), "a folder of entries", ""
        return
    name, _, revision = source.partition("@")
    if name.count("/") != 1:
        raise UsageError(f"{source} is no folder, and no USER/NAME[@COMMIT] of a dataset")
    from leaderboard.board.fetching import fetched
    from leaderboard.hub import MAIN, Hub, check_repo

    hub = Hub()
    commit = hub.head(check_repo(name), revision or MAIN)
    with tempfile.TemporaryDirectory(prefix="parley-board-") as scratch:
        fetched(hub, name, commit, Path(scratch))
        yield Path(scratch), f"{name} at commit {commit}", f"{hub.endpoint}/datasets/{name}/tree/{commit}"


def export_entry(entry: Path, name: str, out: Path, cited: Mapping[str, str | None]) -> list[Path]:
    """The files of format ``name`` for the entry in folder ``entry``, written below ``out``.

    ``cited`` may give address, dataset and revision. UsageError for a name that is none; EntryError if the entry does not hold.
    """
    from leaderboard.exports import FORMATS, Cited
    from leaderboard.opening import opened
    from leaderboard.shapes import EntryError

    write = FORMATS[check_known(name, FORMATS, "format")]
    if not verify_entry(entry).verified:
        raise EntryError(f"{entry} does not hold, and what does not hold is not spread. See what is wrong: bench verify {entry}")
    given = {key: value for key, value in cited.items() if value is not None}
    paths = []
    with complaining(out):
        for path, content in write(Cited(opened(entry), **given)):
            paths.append(out / path)
            paths[-1].parent.mkdir(parents=True, exist_ok=True)
            paths[-1].write_bytes(content)
    return paths
