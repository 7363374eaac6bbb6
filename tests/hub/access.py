"""Who may do what on the local Hub, as on the real one.

A token that is none of ours is 401. A token for reading is 403 wherever something is written. A write token without rights on
a repository may open a pull request there and commit to its own, and nothing else. A private repository is not there for others.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from aiohttp import web

from tests.hub.repositories import ACCOUNTS, TOKENS, Refusal, Repository, Store


@dataclass(frozen=True)
class User:
    name: str
    role: str

    def may_write(self, repository: Repository) -> bool:
        return self.belongs_to(repository.owner)

    def belongs_to(self, owner: str) -> bool:
        return owner == self.name or owner in ACCOUNTS[self.name]


@dataclass(frozen=True)
class Access:
    """``storage`` is where large files are put and fetched: an origin of its own."""

    store: Store
    storage: str

    def visitor(self, request: web.Request) -> User | None:
        """Who sent ``request``; None if nobody says."""
        given = request.headers.get("Authorization", "")
        if not given:
            return None
        known = TOKENS.get(given.removeprefix("Bearer ").strip())
        if known is None:
            raise Refusal(401, "Invalid credentials in Authorization header")
        return User(known["user"], known["role"])

    def user(self, request: web.Request, writing: bool = False) -> User:
        user = self.visitor(request)
        if user is None:
            raise Refusal(401, "Invalid username or password.")
        if writing and user.role != "write":
            raise Refusal(403, "Forbidden: you must use a write token to upload to a repository.")
        return user

    def repository(self, request: web.Request) -> Repository:
        """The one that the path of ``request`` names, if its sender may see it."""
        name = f"{request.match_info['owner']}/{request.match_info['name']}"
        return self.named(request, request.match_info.get("kind") or "models", name)

    def named(self, request: web.Request, kind: str, name: str) -> Repository:
        user, found = self.visitor(request), self.store.find(kind.rstrip("/"), name)
        if found is None or (found.private and not (user and user.belongs_to(found.owner))):
            raise Refusal(404 if user else 401, "Repository not found", "RepoNotFound")
        return found

    def writer(self, request: web.Request, repository: Repository, ref: str, for_pull_request: bool = False) -> User:
        """Who sent ``request``, if they may commit to ``ref``."""
        user = self.user(request, writing=True)
        own = re.fullmatch(r"refs/pr/(\d+)", ref)
        mine = own and repository.discussion(own[1]).author == user.name
        if not (for_pull_request or mine or user.may_write(repository)):
            raise Refusal(403, "Forbidden: you don't have the rights to write to this repository; open a pull request.")
        return user
