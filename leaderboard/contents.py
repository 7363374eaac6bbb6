"""Files as the Hub lists them, as we mean them to be, and what one commit makes of them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Listed:
    """A file as the Hub lists it. ``sha256`` is known of large files; ``oid`` is git's name of the others."""

    path: str
    size: int
    oid: str
    sha256: str | None = None


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it should be on the Hub, from memory or from a disk."""

    path: str
    source: bytes | Path
    size: int
    sha256: str
    oid: str

    @classmethod
    def of(cls, path: str, source: bytes | Path) -> Upload:
        size = source.stat().st_size if isinstance(source, Path) else len(source)
        sha256, git = hashlib.sha256(), hashlib.sha1(b"blob %d\0" % size, usedforsecurity=False)
        for part in _parts(source):
            sha256.update(part)
            git.update(part)
        return cls(path, source, size, sha256.hexdigest(), git.hexdigest())


@dataclass(frozen=True, slots=True)
class Copy:
    """``listed``, which lies in the same repository at ``revision``, copied to ``path`` without sending it again."""

    path: str
    listed: Listed
    revision: str


@dataclass(frozen=True, slots=True)
class Change:
    """What one commit does."""

    message: str
    uploads: Sequence[Upload] = ()
    copies: Sequence[Copy] = ()
    deletions: Sequence[str] = ()
    description: str = ""

    def missing(self, there: dict[str, Listed]) -> list[str]:
        """The paths that are not as this commit would leave them."""
        wrong = [one.path for one in self.uploads if not is_same(there.get(one.path), one)]
        wrong += [one.path for one in self.copies if not is_same(there.get(one.path), one.listed)]
        return wrong + [path for path in self.deletions if path in there]


def is_same(there: Listed | None, meant: Upload | Listed) -> bool:
    """Whether the file that is there is the one that is meant, by its size and what it hashes to."""
    if there is None or there.size != meant.size:
        return False
    return there.sha256 == meant.sha256 if there.sha256 and meant.sha256 else there.oid == meant.oid


def _parts(source: bytes | Path) -> Iterator[bytes]:
    if isinstance(source, bytes):
        yield source
        return
    with source.open("rb") as file:
        while part := file.read(1 << 20):
            yield part
