"""Discussions and pull requests of the local Hub: drafts, states, comments, merging."""

from __future__ import annotations

import json
import secrets

from aiohttp import web

from tests.hub.access import Access
from tests.hub.repositories import Blob, Discussion, Json, Refusal, Repository, now

OPEN = ("open", "draft")
PAGE = 50


def routes(access: Access) -> list[web.RouteDef]:
    where = "/api/{kind:models|datasets|spaces}/{owner}/{name}/discussions"
    views = _Discussions(access)
    return [
        web.get(where, views.listing),
        web.post(where, views.create),
        web.get(where + r"/{num:\d+}", views.details),
        web.post(where + r"/{num:\d+}/{what:comment|status|merge|title}", views.act),
    ]


def opened(repository: Repository, title: str, text: str, author: str, status: str) -> Discussion:
    """A new discussion; a pull request if its ``status`` is "draft" or a commit is to follow."""
    made = Discussion(len(repository.discussions) + 1, title, author, status, now(), pull_request=True)
    made.base = repository.resolve("main").id
    repository.refs[f"refs/pr/{made.num}"] = made.base
    _event(made, author, "comment", _comment(text, author))
    repository.discussions.append(made)
    return made


class _Discussions:
    def __init__(self, access: Access) -> None:
        self.access = access

    async def listing(self, request: web.Request) -> web.Response:
        repository, query = self.access.repository(request), request.query
        rows = [
            one
            for one in reversed(repository.discussions)
            if (query.get("type", "all") == "all" or (query["type"] == "pull_request") == one.pull_request)
            and (query.get("status", "all") == "all" or (query["status"] == "open") == (one.status in OPEN))
            and query.get("author", one.author) == one.author
        ]
        start = int(query.get("p", "0")) * PAGE
        shown = [_shown(repository, one) for one in rows[start : start + PAGE]]
        return web.json_response({"discussions": shown, "count": len(rows), "start": start})

    async def create(self, request: web.Request) -> web.Response:
        repository, user, asked = self.access.repository(request), self.access.user(request, writing=True), await request.json()
        if not 3 <= len(asked.get("title", "").strip()) <= 200:
            raise Refusal(400, "title must have between 3 and 200 characters")
        made = opened(repository, asked["title"], asked.get("description", ""), user.name, "draft" if asked.get("pullRequest") else "open")
        if not asked.get("pullRequest"):
            made.pull_request, made.base = False, ""
            del repository.refs[f"refs/pr/{made.num}"]
        self.access.store.save(repository)
        return web.json_response({**_shown(repository, made), "pullRequest": made.pull_request})

    async def details(self, request: web.Request) -> web.Response:
        repository = self.access.repository(request)
        one = repository.discussion(request.match_info["num"])
        document = {**_shown(repository, one), "events": one.events}
        if one.pull_request:
            conflicts = [] if one.status == "merged" else _changes(repository, one)[1]
            document |= {"changes": {"base": "refs/heads/main", "mergeCommitId": one.merged}, "filesWithConflicts": conflicts, "diff": ""}
        return web.json_response(document)

    async def act(self, request: web.Request) -> web.Response:
        repository, user = self.access.repository(request), self.access.user(request, writing=True)
        asked = json.loads(await request.read() or "{}")
        one, what = repository.discussion(request.match_info["num"]), request.match_info["what"]
        member = user.may_write(repository)
        if what != "comment" and not (member or one.author == user.name):
            raise Refusal(403, "Forbidden: only its author or a member may do this")
        if what == "comment":
            answer = {"newMessage": _event(one, user.name, "comment", _comment(asked["comment"], user.name))}
        elif what == "title":
            answer = {"newTitle": _event(one, user.name, "title-change", {"from": one.title, "to": asked["title"]})}
            one.title = asked["title"]
        elif what == "status":
            if one.status == "merged":
                raise Refusal(403, "This pull request is merged")
            if asked.get("comment"):
                _event(one, user.name, "comment", _comment(asked["comment"], user.name))
            one.status = asked["status"]
            answer = {"newStatus": _event(one, user.name, "status-change", {"status": one.status})}
        else:
            if not member:
                raise Refusal(403, "Forbidden: you cannot merge this")
            answer = _merge(repository, one, user.name)
        self.access.store.save(repository)
        return web.json_response(answer)


def _merge(repository: Repository, one: Discussion, user: str) -> dict[str, Json]:
    if not one.pull_request or one.status != "open":
        raise Refusal(400, f"This pull request is {one.status}: only an open pull request can be merged")
    changed, conflicts = _changes(repository, one)
    if conflicts or not changed:
        raise Refusal(409 if conflicts else 400, f"This pull request has conflicts: {conflicts}" if conflicts else "It has no changes")
    main = repository.resolve("main")
    files = {path: blob for path, blob in main.files.items() if path not in changed}
    files |= {path: blob for path, blob in changed.items() if blob}
    one.merged = repository.add("refs/heads/main", [main.id], files, one.author, (f"{one.title} (#{one.num})", "")).id
    one.status = "merged"
    _event(one, user, "status-change", {"status": "merged"})
    return {}


def _changes(repository: Repository, one: Discussion) -> tuple[dict[str, Blob | None], list[str]]:
    """What the pull request makes of each path that it changes, and where main has gone another way."""
    base, mine, main = (repository.resolve(name).files for name in (one.base, f"refs/pr/{one.num}", "main"))
    changed = {path: mine.get(path) for path in sorted({*base, *mine}) if base.get(path) != mine.get(path)}
    return changed, [path for path in changed if main.get(path) not in (base.get(path), changed[path])]


def _shown(repository: Repository, one: Discussion) -> dict[str, Json]:
    return {
        "num": one.num, "title": one.title, "status": one.status, "isPullRequest": one.pull_request, "createdAt": one.created,
        "author": {"name": one.author, "type": "user"}, "pinned": False, "locked": False,
        "repo": {"name": repository.id, "type": repository.kind[:-1]},
    }  # fmt: skip


def _comment(text: str, author: str) -> dict[str, Json]:
    latest = {"raw": text, "html": "", "updatedAt": now(), "author": {"name": author}}
    return {"edited": False, "hidden": False, "latest": latest, "history": [], "numEdits": 0}


def _event(one: Discussion, author: str, kind: str, data: dict[str, Json]) -> dict[str, Json]:
    made = {"id": secrets.token_hex(12), "type": kind, "createdAt": now(), "data": data, "author": {"name": author, "type": "user"}}
    one.events.append(made)
    return made
