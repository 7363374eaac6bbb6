"""Files that survive a kill at any byte: lines that are whole or not there, and contents that change all at once."""

from __future__ import annotations

import errno
import fcntl
import json
import math
import os
import stat
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from io import BufferedReader
from pathlib import Path

from benchmark.records import Document, canonical, is_seal_of
from benchmark.vocabulary import FolderError, Json

SYNC_SECONDS = 1.0
"""A line is past every cache, on the disk itself, about so many seconds after it was written."""


class _Unsound(Exception): ...


def _distinct(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
    """A JSON object whose names are distinct: of two with one name a reader would see only the last."""
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        raise _Unsound(f"{next(name for name in names if names.count(name) > 1)!a:.40} stands twice in one object")
    return found


def _finite(number: str) -> float:
    """A number that JSON can say again; Python reads NaN, and 1e999 as infinity."""
    if not math.isfinite(found := float(number)):
        raise _Unsound(f"{number:.40} stands in it, which is no number")
    return found


def opened(path: Path) -> BufferedReader:
    """The file at ``path``, to be read. OSError also where it is a pipe or a device, from which a reader could wait or read for ever."""
    file = open(path, "rb", opener=lambda name, flags: os.open(name, flags | os.O_NONBLOCK))  # noqa: SIM115 - the caller closes it
    if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
        file.close()
        raise OSError(errno.EINVAL, "it is a pipe or a device, and no file")
    return file


class Lines(Iterator[Document]):
    """The documents of a file of JSON lines, one at a time; none where there is no file, FolderError at a broken line.

    ``problem`` says what is wrong with a document that has all ``keys`` (empty: nothing). A last line that was not written
    whole is passed over: once the end is reached ``torn`` is 1, else 0, and ``whole`` counts the bytes before it.
    ``sealed``: the digest of the document at hand is that of its very line.
    """

    def __init__(self, path: Path, keys: frozenset[str], problem: Callable[[Document], str] = lambda _: "") -> None:
        self.path = path
        self.torn = self.whole = 0
        self.sealed = False
        self._keys, self._problem = keys, problem
        self._documents = self._read()

    def __next__(self) -> Document:
        return next(self._documents)

    def _read(self) -> Iterator[Document]:
        try:
            file = opened(self.path)
        except FileNotFoundError:
            return
        except OSError as error:
            raise FolderError(f"{self.path} cannot be read ({error.strerror}). Give the path of a run folder.") from None
        with file:
            for number, line in enumerate(file, 1):
                unsound = ""
                try:
                    document = json.loads(line)
                    self.sealed = is_seal_of(document, line)
                    if not self.sealed:
                        json.loads(line, object_pairs_hook=_distinct, parse_float=_finite, parse_constant=_finite)
                except _Unsound as error:
                    document, unsound = {}, str(error)
                except (ValueError, RecursionError):
                    document = None
                if not line.endswith(b"\n") or (document is None and not file.read(1)):
                    self.torn = 1
                    return
                if wrong := unsound or self._wrong(document):
                    raise FolderError(
                        f"{self.path}, line {number}: {wrong}. Parley never leaves such a line: the file was changed or damaged, and has "
                        f"been left as it is. Restore it from a copy, or take the line out; its episode is then played again."
                    )
                self.whole += len(line)
                yield document

    def _wrong(self, document: Json) -> str:
        if not isinstance(document, dict):
            return "it is not a JSON object"
        missing = sorted(self._keys - set(document))
        return f"it lacks {', '.join(missing)}" if missing else self._problem(document)


def set_aside(lines: Lines) -> None:
    """Moves the torn tail that ``lines`` came upon, if any, to the end of a file beside it: kept first, then cut."""
    if not lines.torn:
        return
    with complaining(lines.path):
        with lines.path.open("rb") as file:
            file.seek(lines.whole)
            tail = file.read()
        with lines.path.with_name(f"{lines.path.name}.torn").open("ab") as kept:
            kept.write(tail)
            kept.flush()
            os.fsync(kept.fileno())
        with lines.path.open("r+b") as file:
            file.truncate(lines.whole)
            os.fsync(file.fileno())


class Journal:
    """A file of JSON lines that only grows, by whole lines."""

    def __init__(self, path: Path) -> None:
        self._path = path
        with complaining(path):
            self._file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
            self._size = os.fstat(self._file).st_size
        self._unsynced, self._synced = False, time.monotonic()

    def append(self, document: Mapping[str, Json]) -> None:
        """Writes one line; FolderError if it cannot, and then the file ends with the line before, wherever that can be had."""
        self.write(canonical(document))

    def write(self, text: str) -> None:
        """The same for the canonical JSON of a document."""
        line = f"{text}\n".encode("ascii")
        try:
            left = memoryview(line)
            while left:
                left = left[os.write(self._file, left) :]
        except OSError as error:
            with suppress(OSError):
                os.ftruncate(self._file, self._size)
            raise _complaint(self._path, "cannot be written", error) from error
        self._size += len(line)
        self._unsynced = True
        if time.monotonic() - self._synced >= SYNC_SECONDS:
            self.sync()

    def sync(self) -> None:
        """Waits until every line is on the disk; may be called from another thread. FolderError if lines are lost."""
        if self._unsynced:
            self._unsynced, self._synced = False, time.monotonic()
            with complaining(self._path):
                os.fsync(self._file)
        self._stands()

    def _stands(self) -> None:
        """FolderError once the file is gone or was cut, so that nobody goes on to pay for what leaves no trace. A folder may be moved."""
        written, now = self._size, os.fstat(self._file)
        if now.st_nlink == 0 and not self._path.exists():
            raise FolderError(f"{self._path} was deleted while it was written to, and what stood in it is lost. Start again.")
        if now.st_size < written:
            raise FolderError(f"{self._path} was cut from {written:,} to {now.st_size:,} bytes by another program. Restore it from a copy.")

    def close(self) -> None:
        try:
            self.sync()
        finally:
            os.close(self._file)


def write_whole(path: Path, parts: Iterable[str]) -> None:
    """Gives the file the content ``parts``, all at once or not at all."""
    new = path.with_name(f"{path.name}.tmp")
    with complaining(path):
        try:
            with new.open("w", encoding="utf-8") as file:
                file.writelines(parts)
                file.flush()
                os.fsync(file.fileno())
            new.replace(path)
        except BaseException:  # of ``parts``, too
            with suppress(OSError):
                new.unlink()  # on a full disk, half a file only takes room
            raise
        sync_directory(path.parent)


def sync_directory(path: Path) -> None:
    """Puts the names of new files on the disk."""
    directory = os.open(path, os.O_RDONLY)
    try:
        os.fsync(directory)
    finally:
        os.close(directory)


@contextmanager
def locked(path: Path, lock: str) -> Iterator[None]:
    """Holds directory ``path`` by its file ``lock``. The system lets go when the process ends, however it ends."""
    with complaining(path):
        file = os.open(path / lock, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        with complaining(path / lock, "cannot be locked"):
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise FolderError(f"another run holds {path}. Wait until it has ended, or give another --out.") from None
        yield
    finally:
        os.close(file)


@contextmanager
def complaining(path: Path, what: str = "cannot be written") -> Iterator[None]:
    """Turns what the system says of ``path`` into a FolderError."""
    try:
        yield
    except OSError as error:
        raise _complaint(path, what, error) from error


def _complaint(path: Path, what: str, error: OSError) -> FolderError:
    return FolderError(
        f"{path} {what}: {error.strerror or error}. Mend that and give the same command again; nothing that was recorded is lost."
    )
