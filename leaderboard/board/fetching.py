"""A board from the Hub, as it is at one commit: every file by its listing, none outside the folder."""

from __future__ import annotations

import re
from pathlib import Path

from leaderboard.board.decisions import LOG
from leaderboard.board.folder import ENTRIES, LARGEST_LOG, LARGEST_VERIFICATION, MOST_ENTRIES
from leaderboard.board.site import INDEX
from leaderboard.contents import Listed
from leaderboard.entry import ENTRY, MANIFEST, README, SIGNATURE
from leaderboard.hub import Hub
from leaderboard.opening import LARGEST, LARGEST_SHARD, MOST_FILES, VERIFICATION
from leaderboard.shapes import EntryError

_OWN = re.compile(
    rf"{ENTRIES}/(standard|custom)/[A-Za-z0-9][A-Za-z0-9._-]{{0,159}}/[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}-[0-9a-f]{{12}}/"
    r"(?P<name>entry\.json|manifest\.json|manifest\.json\.sig|README\.md|verification\.json|episodes/part-[0-9]{4}\.jsonl\.gz)"
)
_LARGEST = {**{name: LARGEST[name] for name in (ENTRY, MANIFEST, README, SIGNATURE)}, VERIFICATION: LARGEST_VERIFICATION}


def fetched(hub: Hub, repo: str, commit: str, folder: Path) -> None:
    """Puts the entries, the log and the index of ``repo`` at ``commit`` into ``folder``. EntryError at what no board holds."""
    (folder / ENTRIES).mkdir(parents=True, exist_ok=True)
    wanted = [listed for path, listed in sorted(hub.files(repo, commit).items()) if path in (LOG, INDEX) or path.startswith(f"{ENTRIES}/")]
    if len(wanted) > MOST_ENTRIES * MOST_FILES:
        raise EntryError(f"{repo} holds more files than any board does.")
    for listed in wanted:
        fetch_into(hub, repo, listed, commit, folder)


def fetch_into(hub: Hub, repo: str, listed: Listed, commit: str, folder: Path) -> None:
    """Puts one file where it lies on the board, below ``folder``."""
    _check(repo, listed)
    path = folder / listed.path
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(hub.fetch(repo, listed, commit))


def _check(repo: str, listed: Listed) -> None:
    """EntryError unless the file has a place on a board, and no more bytes than such a file may have."""
    found = _OWN.fullmatch(listed.path)
    if not found and listed.path not in (LOG, INDEX):
        raise EntryError(f"{repo} holds {listed.path!a:.200}, which has no place on a board. Take it away.")
    largest = _LARGEST.get(found["name"], LARGEST_SHARD) if found else LARGEST_LOG
    if listed.size > largest:
        raise EntryError(f"{listed.path!a:.200} of {repo} has {listed.size} bytes, and at most {largest} may be.")
