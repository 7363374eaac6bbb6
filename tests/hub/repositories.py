"""What the local Hub keeps: accounts, blobs by their SHA-256, and repositories as lists of commits. Plain files, no git.

    ROOT/blobs/<sha256>                 every content once
    ROOT/repositories/<kind>/<owner>/<name>.json    commits, refs, discussions

A repository is written whole or not at all, so that a killed Hub starts again where it was.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

Json = Any

KINDS = ("models", "datasets", "spaces")
NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,95}")
POINTER = "version https://git-lfs.github.com/spec/v1\noid sha256:{sha256}\nsize {size}\n"

ACCOUNTS: Mapping[str, Mapping[str, str]] = {"alice": {"bench-org": "admin"}, "bob": {}}
"""Who there is, and the role each has in an organisation."""

TOKENS: Mapping[str, Mapping[str, str]] = {
    f"hf_{user}_{role}": {"user": user, "role": role} for user in ACCOUNTS for role in ("write", "read")
}


class Refusal(Exception):
    """An answer that is no success: a status, a text, and the code by which clients tell one refusal from another."""

    def __init__(self, status: int, text: str, code: str = "") -> None:
        super().__init__(text)
        self.status, self.text, self.code = status, text, code


def now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z")


@dataclass(frozen=True)
class Blob:
    """A file's content as a commit names it: ``oid`` is git's name of it, or of the pointer that stands for it."""

    sha256: str
    size: int
    oid: str
    lfs: bool


@dataclass(frozen=True)
class Commit:
    id: str
    parents: list[str]
    title: str
    message: str
    author: str
    date: str
    files: dict[str, Blob]


@dataclass
class Discussion:
    """A discussion or a pull request. ``base`` is the commit of main at which the latter was opened."""

    num: int
    title: str
    author: str
    status: str
    created: str
    pull_request: bool
    base: str = ""
    merged: str | None = None
    events: list[dict[str, Json]] = field(default_factory=list)


@dataclass
class Repository:
    kind: str
    id: str
    created: str
    private: bool = False
    commits: dict[str, Commit] = field(default_factory=dict)
    refs: dict[str, str] = field(default_factory=dict)
    discussions: list[Discussion] = field(default_factory=list)

    @property
    def owner(self) -> str:
        return self.id.split("/")[0]

    def resolve(self, revision: str) -> Commit:
        """The commit that a branch, a tag, a ref or its own id names."""
        places = (revision, f"refs/heads/{revision}", f"refs/tags/{revision}")
        found = next((self.refs[place] for place in places if place in self.refs), revision)
        if found not in self.commits:
            raise Refusal(404, f"Invalid rev id: {revision}", "RevisionNotFound")
        return self.commits[found]

    def add(self, ref: str, parents: list[str], files: dict[str, Blob], author: str, said: tuple[str, str]) -> Commit:
        """A commit of ``files`` (all of them, not what changed) at ``ref``."""
        content = json.dumps([parents, {path: asdict(blob) for path, blob in files.items()}, author, said, now(), len(self.commits)])
        made = Commit(hashlib.sha1(content.encode(), usedforsecurity=False).hexdigest(), parents, *said, author, now(), files)
        self.commits[made.id] = made
        self.refs[ref] = made.id
        return made

    def history(self, revision: str) -> Iterator[Commit]:
        """First parents only: nothing here has more."""
        commit = self.resolve(revision)
        while True:
            yield commit
            if not commit.parents:
                return
            commit = self.commits[commit.parents[0]]

    def discussion(self, num: str) -> Discussion:
        for one in self.discussions:
            if str(one.num) == num:
                return one
        raise Refusal(404, "Discussion not found")


@dataclass(frozen=True)
class Store:
    """Everything under ``root``."""

    root: Path

    def __post_init__(self) -> None:
        (self.root / "blobs").mkdir(parents=True, exist_ok=True)

    def put(self, content: bytes) -> str:
        """Keeps ``content``; its SHA-256."""
        sha256 = hashlib.sha256(content).hexdigest()
        _write(self.root / "blobs" / sha256, content)
        return sha256

    def has(self, sha256: str) -> bool:
        return bool(re.fullmatch("[0-9a-f]{64}", sha256)) and (self.root / "blobs" / sha256).exists()

    def content(self, sha256: str) -> bytes:
        if not self.has(sha256):
            raise Refusal(404, "object not found")
        return (self.root / "blobs" / sha256).read_bytes()

    def regular(self, content: bytes) -> Blob:
        return Blob(self.put(content), len(content), git_name(content), lfs=False)

    def large(self, sha256: str) -> Blob:
        size = len(self.content(sha256))
        return Blob(sha256, size, git_name(POINTER.format(sha256=sha256, size=size).encode()), lfs=True)

    def create(self, kind: str, name: str, private: bool, user: str) -> Repository:
        made = Repository(kind, name, now(), private)
        made.add(
            "refs/heads/main",
            [],
            {".gitattributes": self.regular(b"*.parquet filter=lfs\n*.gz filter=lfs\n")},
            user,
            ("initial commit", ""),
        )
        self.save(made)
        return made

    def find(self, kind: str, name: str) -> Repository | None:
        path = self._place(kind, name)
        return _repository(json.loads(path.read_bytes())) if path.exists() else None

    def every(self, kind: str) -> Iterator[Repository]:
        for path in sorted((self.root / "repositories" / kind).glob("*/*.json")):
            yield _repository(json.loads(path.read_bytes()))

    def save(self, repository: Repository) -> None:
        _write(self._place(repository.kind, repository.id), json.dumps(asdict(repository)).encode())

    def _place(self, kind: str, name: str) -> Path:
        owner, _, rest = name.partition("/")
        if kind not in KINDS or not NAME.fullmatch(owner) or not NAME.fullmatch(rest):
            raise Refusal(400, f"Invalid repository name: {name}")
        return self.root / "repositories" / kind / owner / f"{rest}.json"


def git_name(content: bytes) -> str:
    """What git calls a file of this content."""
    return hashlib.sha1(b"blob %d\0" % len(content) + content, usedforsecurity=False).hexdigest()


def _repository(document: dict[str, Json]) -> Repository:
    commits = {
        name: Commit(**{**one, "files": {path: Blob(**blob) for path, blob in one["files"].items()}})
        for name, one in document["commits"].items()
    }
    discussions = [Discussion(**one) for one in document["discussions"]]
    return Repository(**{**document, "commits": commits, "discussions": discussions})


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_name(f"{path.name}.new")
    new.write_bytes(content)
    new.replace(path)
