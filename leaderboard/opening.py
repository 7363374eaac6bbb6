"""Opening an entry that a stranger has sent: nothing in it is imported or run, and what it may take is bounded before it is taken.

Links, other names than an entry has, files that the manifest does not hold or that differ from it, compressed data without an end, and
JSON that is not exactly as Parley writes it are each an EntryError. Nothing is ever written.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import stat
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, NoReturn

from benchmark.records import Document, canonical
from benchmark.vocabulary import Json
from leaderboard import entry as form
from leaderboard.entry import Entry, File, Manifest
from leaderboard.shapes import EntryError

MOST_FILES = 100
"""Files of an entry, as the Hub advises for one commit."""

LARGEST = {form.ENTRY: 4_000_000, form.MANIFEST: 64_000, form.SIGNATURE: 16_000, form.README: 64_000}
"""Bytes."""

LARGEST_SHARD = 50_000_000
LONGEST_LINE = 8_000_000
"""Bytes of one episode: three hundred calls with long thoughts have a tenth of it."""

INFLATED = 50_000_000
"""Bytes of a shard once it is decompressed, its last line apart."""

DEEPEST = 32
VERIFICATION = "verification.json"
"""What a board puts beside an entry that it has accepted; no part of the entry, and never read with it."""

_PIECE = 1 << 16
_ID = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}-[0-9a-f]{12}")


@dataclass(frozen=True, slots=True)
class Opened:
    """An entry whose files are all there and all as its manifest says. ``signature`` and ``readme`` are empty where there is none."""

    folder: Path
    identity: str
    place: str
    entry: Entry
    manifest: Manifest
    signed: bytes
    signature: bytes
    readme: str

    def records(self) -> Iterator[Document]:
        """The episodes, in the order of the shards. EntryError at what is no line of ours."""
        for file in self.manifest.files:
            if file.path.startswith("episodes/"):
                yield from records_in(self.folder / file.path, file.path)


def opened(folder: Path) -> Opened:
    """The entry in ``folder``. EntryError says what it has that an entry has not, or lacks."""
    found = _listed(folder)
    for needed in (form.MANIFEST, form.ENTRY):
        if needed not in found:
            raise EntryError(f"{folder} is no entry: it has no {needed}. Give the folder that `bench submit --dry-run` wrote.")
    signed = _content(folder, form.MANIFEST)
    manifest = form.read_manifest(strict(_text(signed, form.MANIFEST), form.MANIFEST))
    _as_written(signed, form.text_of(manifest), form.MANIFEST)
    _compared(folder, manifest, found)
    said = _content(folder, form.ENTRY)
    entry = form.read_entry(strict(_text(said, form.ENTRY), form.ENTRY))
    _as_written(said, form.text_of(entry), form.ENTRY)
    identity = form.entry_id(entry.timing.created, signed)
    place = form.place(entry, identity)
    _at_its_place(folder, place)
    readme = _text(_content(folder, form.README), form.README) if form.README in found else ""
    signature = _content(folder, form.SIGNATURE) if form.SIGNATURE in found else b""
    return Opened(folder, identity, place, entry, manifest, signed, signature, readme)


def _listed(folder: Path) -> dict[str, int]:
    """Every file below ``folder`` with its size; looks at no more names than an entry can have."""
    found: dict[str, int] = {}
    for path, prefix in ((folder, ""), (folder / "episodes", "episodes/")):
        if prefix and "episodes" not in found:
            raise EntryError(f"{folder} is no entry: it has no folder episodes. Give the folder that `bench submit --dry-run` wrote.")
        try:
            with os.scandir(path) as entries:
                for one in entries:
                    if len(found) > MOST_FILES + 4:
                        raise EntryError(f"{folder} holds more than {MOST_FILES} files, and no entry does.")
                    status = one.stat(follow_symlinks=False)
                    is_folder = stat.S_ISDIR(status.st_mode) and not prefix and one.name == "episodes"
                    if not (is_folder or stat.S_ISREG(status.st_mode)):
                        raise EntryError(
                            f"{prefix}{one.name!a:.80} is a link, a folder or no plain file, and an entry has none. Take it out."
                        )
                    found[prefix + one.name] = status.st_size
        except OSError as error:
            raise EntryError(f"{path} cannot be read ({error.strerror}). Give the folder of an entry.") from None
    del found["episodes"]
    return {name: size for name, size in found.items() if name != VERIFICATION}


def _compared(folder: Path, manifest: Manifest, found: dict[str, int]) -> None:
    """EntryError unless the folder holds the files of the manifest and no others, all with the sizes and hashes that it states."""
    paths = [file.path for file in manifest.files]
    if paths != sorted(set(paths)):
        raise EntryError(f"{form.MANIFEST} names a file twice, or not in order.")
    shards = [path for path in paths if path.startswith("episodes/")]
    if not shards or shards != [form.EPISODES.format(number) for number in range(len(shards))] or len(shards) > MOST_FILES:
        raise EntryError(f"{form.MANIFEST} must name the shards from {form.EPISODES.format(0)} on, none left out.")
    there = set(found) - {form.MANIFEST, form.SIGNATURE}
    if extra := sorted(there - set(paths)):
        raise EntryError(f"{extra[0]!a:.100} is not in {form.MANIFEST}. Take it out, or build the entry again.")
    for file in manifest.files:
        if file.path not in there:
            raise EntryError(f"{file.path} is in {form.MANIFEST}, and not in the folder. Fetch the entry again.")
        if found[file.path] != file.bytes or file.bytes > LARGEST.get(file.path, LARGEST_SHARD):
            raise EntryError(f"{file.path} has {found[file.path]} bytes, and {form.MANIFEST} says {file.bytes}. Fetch the entry again.")
        if _sha256(folder, file) != file.sha256:
            raise EntryError(f"{file.path} is not the file whose hash {form.MANIFEST} states. Fetch the entry again.")


def _at_its_place(folder: Path, place: str) -> None:
    """EntryError if the folder is named as an entry, and that name is another's."""
    expected, given = place.split("/"), folder.resolve().parts[-4:]
    named = expected if given[:1] == ("entries",) else expected[-1:]
    if _ID.fullmatch(folder.resolve().name) and list(given[-len(named) :]) != named:
        raise EntryError(f"the folder is {'/'.join(given)!a:.300}, and this entry belongs in {place}.")


def _open(folder: Path, name: str) -> BinaryIO:
    try:
        file = os.open(folder / name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError as error:
        raise EntryError(f"{name} cannot be read ({error.strerror}). Fetch the entry again.") from None
    if not stat.S_ISREG(os.fstat(file).st_mode):
        os.close(file)
        raise EntryError(f"{name} is no plain file. Take it out.")
    return os.fdopen(file, "rb")


def _content(folder: Path, name: str) -> bytes:
    with _open(folder, name) as file:
        content = file.read(LARGEST[name] + 1)
    if len(content) > LARGEST[name]:
        raise EntryError(f"{name} has more than {LARGEST[name]} bytes, and no entry's has.")
    return content


def _sha256(folder: Path, file: File) -> str:
    digest, left = hashlib.sha256(), file.bytes + 1
    with _open(folder, file.path) as content:
        while left > 0 and (piece := content.read(min(left, _PIECE))):
            digest.update(piece)
            left -= len(piece)
    return digest.hexdigest()


def _text(content: bytes, where: str) -> str:
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise EntryError(f"{where} is not UTF-8 (byte {error.start}). Build the entry again.") from None


def _as_written(given: bytes, expected: str, where: str) -> None:
    """One value has one text; otherwise two files that differ could make the same claim."""
    if given != expected.encode("ascii"):
        raise EntryError(f"{where} is not written as Parley writes it (order, spaces or escapes). Build the entry again.")


def records_in(path: Path, name: str) -> Iterator[Document]:
    """The records of one shard, read piece by piece."""
    with _open(path.parent, path.name) as file:
        for number, line in enumerate(_lines(file, name), 1):
            where = f"{name}, line {number}"
            document = strict(_text(line, where), where)
            if type(document) is not dict or _canonical(document, where).encode("ascii") != line:
                raise EntryError(f"{where} is not a record as Parley writes it (order, spaces, escapes or a key twice).")
            yield document


def _canonical(document: Document, where: str) -> str:
    try:
        return canonical(document)
    except (ValueError, RecursionError):
        raise EntryError(f"{where} holds a number that is not finite, or is nested too deeply.") from None


def _lines(file: BinaryIO, name: str) -> Iterator[bytes]:
    rest: list[bytes] = []
    held = 0
    for piece in _inflated(file, name):
        *whole, tail = piece.split(b"\n")
        for line in whole:
            yield b"".join([*rest, line])
            rest, held = [], 0
        rest.append(tail)
        held += len(tail)
        if held > LONGEST_LINE:
            raise EntryError(f"{name} has a line of more than {LONGEST_LINE} bytes, and no episode has.")
    if held:
        raise EntryError(f"the last line of {name} is not whole.")


def _inflated(file: BinaryIO, name: str) -> Iterator[bytes]:
    """The content of one gzip member and nothing behind it, never more than ``INFLATED`` of it."""
    inflate, total = zlib.decompressobj(wbits=31), 0
    try:
        while not inflate.eof:
            fresh = inflate.unconsumed_tail or file.read(_PIECE)
            piece = inflate.decompress(fresh, _PIECE)
            if not (fresh or piece or inflate.eof):
                raise EntryError(f"{name} ends before its compressed data does.")
            total += len(piece)
            if total > INFLATED + LONGEST_LINE:
                raise EntryError(
                    f"{name} has more than {INFLATED} bytes once it is decompressed. An entry splits what is long into shards."
                )
            yield piece
    except zlib.error as error:
        raise EntryError(f"{name} is not gzip ({error}).") from None
    if inflate.unused_data or file.read(1):
        raise EntryError(f"{name} holds something after its compressed data.")


def strict(text: str, where: str) -> Json:
    """The one JSON value of ``text``: no key twice, at most ``DEEPEST`` deep, every number finite and no longer than ours."""

    def refuse(what: str) -> NoReturn:
        raise EntryError(f"{where} holds {what!a:.60}, which is no number that Parley writes.")

    def whole(digits: str) -> int:
        return int(digits) if len(digits) <= 20 else refuse(digits)

    def real(digits: str) -> float:
        number = float(digits) if len(digits) <= 40 else refuse(digits)
        return number if abs(number) < 2.0**53 else refuse(digits)

    def once(pairs: list[tuple[str, Json]]) -> Document:
        found = dict(pairs)
        if len(found) < len(pairs):
            raise EntryError(f"{where} has a key that stands twice.")
        return found

    try:
        value = json.loads(text, parse_int=whole, parse_float=real, parse_constant=refuse, object_pairs_hook=once)
    except RecursionError:
        raise EntryError(f"{where} is nested more than {DEEPEST} deep.") from None
    except ValueError as error:
        raise EntryError(f"{where} is not JSON ({error!s:.100}).") from None
    if _is_deep(value):
        raise EntryError(f"{where} is nested more than {DEEPEST} deep.")
    return value


def _is_deep(value: Json) -> bool:
    level = [value]
    for _ in range(DEEPEST + 1):
        level = [inner for one in level if isinstance(one, dict | list) for inner in (one.values() if isinstance(one, dict) else one)]
    return bool(level)
