"""An Inspect log that is ours, read back: the records that it carries, exactly as they were.

A log is a stranger's file. What it may take is bounded before it is taken; nothing of it is unpacked to a disk, imported or run, and of all
that it says only the entry and the records that we put there are looked at.
"""

from __future__ import annotations

import json
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmark.records import Document, canonical, digest
from benchmark.vocabulary import Json
from leaderboard.entry import Entry, read_entry
from leaderboard.opening import LARGEST, LONGEST_LINE, strict
from leaderboard.shapes import EntryError

KEY = "parley_record"
"""Where a sample keeps its record, as the text that it is in a run folder."""

ENTRY_KEY = "parley_entry"
"""Where a log keeps the entry that it was made from."""

HEADER = "header.json"
SAMPLES = "samples/"

MOST_SAMPLES = 2_000_000
LARGEST_LOG = 4_000_000_000
"""Bytes on the disk."""

LARGEST_SAMPLE = 4 * LONGEST_LINE
"""Bytes once decompressed: a sample has its record, and the talk once more as messages."""

LARGEST_HEADER = 64_000_000

FOREIGN = "It is not one that `bench export --format inspect` wrote, and of others nobody could derive the worlds and prompts again."


@contextmanager
def log(path: Path) -> Iterator[tuple[Entry, Iterator[Document]]]:
    """The entry and the records of the log at ``path``, while it is open. EntryError for what is no log of ours."""
    try:
        if path.exists() and not path.is_file():
            raise EntryError(f"{path} is no plain file. Give an .eval log.")
        if path.stat().st_size > LARGEST_LOG:
            raise EntryError(f"{path} has more than {LARGEST_LOG:,} bytes, and no log of ours has.")
        with zipfile.ZipFile(path) as file:
            yield _entry(file, path), _records(file, path)
    except zipfile.BadZipFile:
        advice = " Convert it first: inspect log convert --to eval." if path.suffix == ".json" else ""
        raise EntryError(f"{path} is no .eval log: it is no zip.{advice}") from None
    except OSError as error:
        raise EntryError(f"{path} cannot be read ({error.strerror}). Give an .eval log.") from None


def _entry(file: zipfile.ZipFile, path: Path) -> Entry:
    header = _document(file, HEADER, LARGEST_HEADER)
    said = header.get("eval")
    noted = said.get("metadata") if isinstance(said, dict) else None
    text = noted.get(ENTRY_KEY) if isinstance(noted, dict) else None
    if not isinstance(text, str):
        raise EntryError(f"{path} is a log of something else. {FOREIGN}")
    if len(text) > LARGEST["entry.json"]:
        raise EntryError(f"{path} holds an entry that is longer than one can be.")
    return read_entry(strict(text, f"the entry in {path.name}"))


def _records(file: zipfile.ZipFile, path: Path) -> Iterator[Document]:
    """In the order of the log. EntryError at a record that is there twice, or is not as it was written."""
    names = [name for name in file.namelist() if name.startswith(SAMPLES)]
    if len(names) > MOST_SAMPLES:
        raise EntryError(f"{path} has more than {MOST_SAMPLES:,} samples, and no log of ours has.")
    seen: set[str] = set()
    for name in names:
        noted = _document(file, name, LARGEST_SAMPLE).get("metadata")
        text = noted.get(KEY) if isinstance(noted, dict) else None
        if not isinstance(text, str):
            raise EntryError(f"{name!a:.120} of {path.name} carries no record. {FOREIGN}")
        document = strict(text, f"the record in {name!a:.120}")
        if not isinstance(document, dict) or not _is_intact(document, text):
            raise EntryError(
                f"the record in {name!a:.120} is not as it was written: its digest is that of another. Export the entry again."
            )
        if str(document["id"]) in seen:
            raise EntryError(f"{document['id']!a:.120} stands in {path.name} twice.")
        seen.add(str(document["id"]))
        yield document


def _is_intact(document: Document, text: str) -> bool:
    try:
        return "id" in document and canonical(document) == text and digest(document) == document.get("digest")
    except (ValueError, RecursionError):
        return False


def _document(file: zipfile.ZipFile, name: str, most: int) -> dict[str, Json]:
    """One JSON object of the zip, never more than ``most`` bytes of it, whatever its size is said to be."""
    try:
        with file.open(name) as member:
            content = member.read(most + 1)
        if len(content) > most:
            raise EntryError(f"{name!a:.120} has more than {most:,} bytes once it is decompressed, and none of ours has.")
        found = json.loads(content)
    except KeyError:
        raise EntryError(f"it has no {name!a:.120}, which every .eval log has.") from None
    except (ValueError, RecursionError) as error:
        raise EntryError(f"{name!a:.120} is not JSON ({error!s:.120}).") from None
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError) as error:
        raise EntryError(f"{name!a:.120} cannot be decompressed ({error!s:.120}).") from None
    return found if isinstance(found, dict) else {}
