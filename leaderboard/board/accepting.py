"""Taking an entry onto a board: the files it gains in one go, and the log and index that follow from them."""

from __future__ import annotations

import shutil
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from benchmark.running.journal import complaining
from leaderboard.board.decisions import LOG, Decision, line_of
from leaderboard.board.folder import Board, verification_text
from leaderboard.board.index import index, index_text, parquet
from leaderboard.board.rows import Listed
from leaderboard.board.site import INDEX, TABLE
from leaderboard.checks import Verification
from leaderboard.entry import MANIFEST, SIGNATURE
from leaderboard.opening import VERIFICATION, Opened
from leaderboard.shapes import EntryError


def accepted(board: Board, entry: Opened, found: Verification, decisions: Sequence[Decision]) -> Board:
    """``board`` with the verified ``entry`` on it. EntryError if it does not hold, or is there."""
    if not found.verified:
        failed = next((check for check in found.checks if not check.holds), None)
        raise EntryError(f"{entry.folder} does not hold{f': {failed.name}: {failed.seen}' if failed else ''}. It cannot be listed.")
    if any(one.entry == entry.identity and one.action == "accepted" for one in board.log):
        raise EntryError(f"the entry {entry.identity} is on the board already.")
    said = replace(entry.entry, scores=found.scores) if found.scores else entry.entry
    one = Listed(entry.identity, entry.place, said, found.verified, tuple(decisions))
    others = (row for row in board.listed if row.identity != entry.identity)
    listed = tuple(sorted((*others, one), key=lambda row: row.identity))
    return replace(board, listed=listed, log=(*board.log, *decisions), verifications={**board.verifications, entry.identity: found})


def decided(board: Board, decision: Decision) -> Board:
    """``board`` with one more decision about an entry that it lists. EntryError if it lists no such entry."""
    if decision.entry not in board.verifications:
        raise EntryError(f"there is no entry {decision.entry} on the board.")
    rows = tuple(replace(one, decisions=(*one.decisions, decision)) if one.identity == decision.entry else one for one in board.listed)
    return replace(board, listed=rows, log=(*board.log, decision))


def records_of(board: Board, headline: Collection[str]) -> Iterator[tuple[str, bytes]]:
    """(path, content) of what follows from entries and decisions: the log, the index, the table."""
    document = index(board.listed, headline)
    yield LOG, "".join(map(line_of, board.log)).encode("ascii")
    yield INDEX, index_text(document).encode("ascii")
    yield TABLE, parquet(document)


def taken(entry: Opened, scratch: Path) -> Path:
    """A copy of the entry's own files below ``scratch``: what is verified is then what is listed, whatever happens to the original."""
    place = scratch / entry.place
    with complaining(place):
        (place / "episodes").mkdir(parents=True)
        for name in files_of(entry):
            shutil.copyfile(entry.folder / name, place / name, follow_symlinks=False)
    return place


def files_of(entry: Opened) -> tuple[str, ...]:
    """The paths of everything that belongs to an entry."""
    signature = (SIGNATURE,) if entry.signature else ()
    return (MANIFEST, *signature, *(file.path for file in entry.manifest.files))


def write(board: Board, headline: Collection[str], copied: Path | None = None) -> None:
    """Puts ``board`` on disk, with the new entry that lies ``copied`` on the same disk. Each file is replaced whole.

    Killed in between, an entry lies there that nobody has accepted; the same command then goes on.
    """
    with complaining(board.root):
        if copied:
            (copied / VERIFICATION).write_text(verification_text(board.verifications[copied.name]), "ascii")
            place = board.root.joinpath(*copied.parts[-4:])
            place.parent.mkdir(parents=True, exist_ok=True)
            if not place.exists():
                copied.rename(place)
        for name, content in records_of(board, headline):
            half = board.root / f".{name}.half"
            half.write_bytes(content)
            half.replace(board.root / name)
