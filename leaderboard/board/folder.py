"""A board on disk: ``entries/…`` with ``verification.json`` beside each, ``decisions.jsonl``, and the index made of them.

What lies there may come from anyone, so every entry is opened with the same care as one that was just sent. Reading is bounded, and
what cannot be listed is named with its reason rather than left out in silence.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from benchmark.records import Document
from benchmark.running.journal import complaining
from leaderboard.board.decisions import LOG, Decision, read_log
from leaderboard.board.index import index, index_text
from leaderboard.board.rows import Listed
from leaderboard.checks import Verification
from leaderboard.opening import VERIFICATION, opened, strict
from leaderboard.shapes import EntryError, read_as, written

ENTRIES = "entries"
MOST_ENTRIES = 20_000
LARGEST_LOG = 20_000_000
LARGEST_VERIFICATION = 8_000_000
"""Bytes."""

_PLACE = re.compile(r"(standard|custom)/[A-Za-z0-9._-]{1,160}/[0-9]{4}-[0-9]{2}-[0-9]{2}-[0-9a-f]{12}")

Verify = Callable[[Path], Verification]


@dataclass(frozen=True, slots=True)
class Board:
    """What a board holds. ``refused``: why each place that cannot be listed cannot."""

    root: Path
    listed: tuple[Listed, ...] = ()
    log: tuple[Decision, ...] = ()
    verifications: Mapping[str, Verification] = field(default_factory=dict)
    refused: Mapping[str, str] = field(default_factory=dict)

    @property
    def reports(self) -> dict[str, Document]:
        """What verification found of each entry, line by line."""
        return {identity: {"lines": lines_of(found)} for identity, found in self.verifications.items()}


def read_board(root: Path, verify: Verify, again: bool = False) -> Board:
    """The board in ``root``. An entry without a verification beside it is verified now; with ``again`` every one is.

    EntryError where the log of decisions is broken, or where there is no board at all.
    """
    if not (root / ENTRIES).is_dir():
        raise EntryError(f"{root} is no board: it has no folder {ENTRIES}. Give the folder that holds it, or USER/NAME of a dataset.")
    log = read_log(_text(root / LOG, LARGEST_LOG)) if (root / LOG).exists() else ()
    listed: dict[str, Listed] = {}
    verifications: dict[str, Verification] = {}
    refused: dict[str, str] = {}
    for place in places(root):
        try:
            one, found = _entry(root / ENTRIES / place, log, verify, again)
        except EntryError as error:
            refused[f"{ENTRIES}/{place}"] = str(error)
            continue
        listed[one.identity], verifications[one.identity] = one, found
    ordered = tuple(listed[identity] for identity in sorted(listed))
    return Board(root, ordered, log, verifications, refused)


def _entry(folder: Path, log: Sequence[Decision], verify: Verify, again: bool) -> tuple[Listed, Verification]:
    """What the board lists of the entry in ``folder``: its figures are those that verification computed, where it holds."""
    given = opened(folder)
    found = verify(folder) if again or not (folder / VERIFICATION).exists() else read_verification(folder)
    if found.entry != given.identity:
        raise EntryError(f"{VERIFICATION} is that of {found.entry}, and the entry is {given.identity}. Verify it again.")
    entry = replace(given.entry, scores=found.scores) if found.verified and found.scores else given.entry
    decided = tuple(one for one in log if one.entry == given.identity)
    return Listed(given.identity, given.place, entry, found.verified, decided), found


def places(root: Path) -> Iterator[str]:
    """Where entries lie below ``root``/entries, in order. Links are not followed; EntryError at what has no place there."""
    found: list[str] = []
    for track in _folders(root / ENTRIES):
        for model in _folders(track):
            for entry in _folders(model):
                place = f"{track.name}/{model.name}/{entry.name}"
                if not _PLACE.fullmatch(place):
                    raise EntryError(f"{ENTRIES}/{place!a:.200} is no place of an entry (TRACK/MODEL/ID). Take it away.")
                found.append(place)
                if len(found) > MOST_ENTRIES:
                    raise EntryError(f"{root} holds more than {MOST_ENTRIES} entries, and no board does.")
    yield from sorted(found)


def _folders(path: Path) -> list[Path]:
    with complaining(path), os.scandir(path) as entries:
        found: list[Path] = []
        for one in entries:
            if len(found) > MOST_ENTRIES:
                raise EntryError(f"{path} holds more than {MOST_ENTRIES} folders, and no board does.")
            if one.is_dir(follow_symlinks=False):
                found.append(Path(one.path))
    return sorted(found)


def read_verification(folder: Path) -> Verification:
    """The verification beside the entry in ``folder``, exactly as it was written."""
    text = _text(folder / VERIFICATION, LARGEST_VERIFICATION)
    found = read_as(Verification, strict(text, VERIFICATION), VERIFICATION)
    if text != verification_text(found):
        raise EntryError(f"{VERIFICATION} is not written as Parley writes it. Verify the entry again.")
    return found


def verification_text(found: Verification) -> str:
    return index_text(written(found))


def lines_of(found: Verification) -> list[str]:
    """What was checked, and what did not hold."""
    lines = [f"{'holds' if check.holds else 'does not hold'}: {check.name}. {check.seen}" for check in found.checks]
    return lines + [f"{one.episode}: {one.where or 'record'}: {one.what}" for one in found.differences]


def differences(board: Board, headline: Collection[str]) -> Iterator[str]:
    """Where a board is not what its entries and decisions make it; ``board`` was read with every entry verified ``again``."""
    yield from (f"{place}: {why}" for place, why in board.refused.items())
    for identity, found in board.verifications.items():
        place = next(one.place for one in board.listed if one.identity == identity)
        kept = board.root / place / VERIFICATION
        if not kept.exists():
            yield f"{place}: there is no {VERIFICATION} beside it"
        elif read_verification(board.root / place) != found:
            yield f"{place}: {VERIFICATION} says something else than verifying it gives"
        if not any(one.entry == identity and one.action == "accepted" for one in board.log):
            yield f"{place}: no decision ever accepted it"
    known = {one.identity for one in board.listed}
    yield from (f"{LOG}: {one.entry} was decided about, and is not there" for one in board.log if one.entry not in known)
    expected = index_text(index(board.listed, headline))
    path = board.root / "index.json"
    if not path.exists() or _text(path, LARGEST_LOG * 10) != expected:
        yield "index.json is not what the entries and decisions give"


def _text(path: Path, largest: int) -> str:
    if path.is_symlink() or not path.is_file():
        raise EntryError(f"{path.name} is no plain file.")
    with complaining(path), path.open("rb") as file:
        content = file.read(largest + 1)
    if len(content) > largest:
        raise EntryError(f"{path.name} has more than {largest} bytes, and no board's has.")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        raise EntryError(f"{path.name} is not UTF-8.") from None
