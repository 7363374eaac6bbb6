"""What clients write to the local Hub: repositories, large files, commits, tags."""

from __future__ import annotations

import base64
import hashlib
import json

import yaml
from aiohttp import web

from tests.hub.access import Access
from tests.hub.discussions import opened
from tests.hub.reading import REPOSITORY, REVISION, card
from tests.hub.repositories import Blob, Json, Refusal, Repository

LARGE = (".parquet", ".gz", ".zip", ".bin")
REGULAR_LIMIT = 10 << 20


def routes(access: Access) -> list[web.RouteDef]:
    views = _Writing(access)
    return [
        web.post("/api/repos/create", views.create),
        web.put(f"{REPOSITORY}/settings", views.settings),
        web.post(f"{REPOSITORY}/preupload/{REVISION}", views.preupload),
        web.post(f"{REPOSITORY}/commit/{REVISION}", views.commit),
        web.post(f"{REPOSITORY}/tag/{REVISION}", views.tag),
        web.post("/{kind:datasets/|spaces/|}{owner}/{name}.git/info/lfs/objects/{what:batch|verify}", views.large_files),
        web.put("/_put/{sha256}", views.put),
    ]


class _Writing:
    def __init__(self, access: Access) -> None:
        self.access = access

    async def create(self, request: web.Request) -> web.Response:
        user, asked = self.access.user(request, writing=True), await request.json()
        owner, kind = asked.get("organization") or user.name, f"{asked.get('type') or 'model'}s"
        name = f"{owner}/{asked.get('name')}"
        if not user.belongs_to(owner):
            raise Refusal(403, f"You don't have the rights to create a repository under the namespace {owner}")
        url = f"{request.url.origin()}/{'' if kind == 'models' else f'{kind}/'}{name}"
        if self.access.store.find(kind, name):
            return web.json_response({"error": f"You already created this repo: {name}", "url": url}, status=409)
        self.access.store.create(kind, name, asked.get("visibility") == "private" or bool(asked.get("private")), user.name)
        return web.json_response({"url": url, "name": name, "id": name})

    async def settings(self, request: web.Request) -> web.Response:
        repository, asked = self.access.repository(request), await request.json()
        self.access.writer(request, repository, "main")
        repository.private = bool(asked.get("private", asked.get("visibility") == "private"))
        self.access.store.save(repository)
        return web.json_response({"private": repository.private})

    async def preupload(self, request: web.Request) -> web.Response:
        repository, revision = self.access.repository(request), request.match_info["revision"]
        self.access.writer(request, repository, revision, bool(request.query.get("create_pr")))
        there, rows = repository.resolve(revision).files, []
        for file in (await request.json())["files"]:
            large = file["path"].endswith(LARGE) or file["size"] > REGULAR_LIMIT or b"\0" in base64.b64decode(file.get("sample") or "")
            row = {"path": file["path"], "uploadMode": "lfs" if large else "regular", "shouldIgnore": False}
            if blob := there.get(file["path"]):
                row["oid"] = blob.sha256 if blob.lfs else blob.oid
            rows.append(row)
        return web.json_response({"files": rows, "commitOid": repository.resolve(revision).id})

    async def large_files(self, request: web.Request) -> web.Response:
        """Where to put each large file that is not here yet; or whether one has come in whole."""
        asked, store = await request.json(), self.access.store
        kind = request.match_info["kind"] or "models"
        repository = self.access.named(request, kind, f"{request.match_info['owner']}/{request.match_info['name']}")
        if request.match_info["what"] == "verify":
            if not store.has(asked["oid"]):
                raise Refusal(404, "object not found")
            return web.json_response({"message": "ok"})
        ref = (asked.get("ref") or {}).get("name")
        self.access.writer(request, repository, ref or "main", for_pull_request=ref is None)
        origin = request.url.origin()
        rows: list[dict[str, Json]] = []
        for one in asked["objects"]:
            rows.append({"oid": one["oid"], "size": one["size"], "authenticated": True})
            if not store.has(one["oid"]):
                check = f"{origin}{request.rel_url.raw_path.removesuffix('batch')}verify"
                rows[-1]["actions"] = {"upload": {"href": f"{self.access.storage}/_put/{one['oid']}"}, "verify": {"href": check}}
        return web.json_response({"transfer": "basic", "objects": rows}, content_type="application/vnd.git-lfs+json")

    async def put(self, request: web.Request) -> web.Response:
        content = await request.read()
        if hashlib.sha256(content).hexdigest() != request.match_info["sha256"]:
            raise Refusal(400, "XAmzContentSHA256Mismatch")
        self.access.store.put(content)
        return web.Response()

    async def commit(self, request: web.Request) -> web.Response:
        lines = [json.loads(line) for line in (await request.read()).splitlines() if line.strip()]
        repository, revision = self.access.repository(request), request.match_info["revision"]
        apart = bool(request.query.get("create_pr"))
        user = self.access.writer(request, repository, revision, apart)
        head, said = repository.resolve(revision), next(line["value"] for line in lines if line["key"] == "header")
        if said.get("parentCommit") not in (None, "", head.id):
            raise Refusal(412, "A commit has happened since. Please refresh and try again.")
        ref = revision if revision.startswith("refs/") else f"refs/heads/{revision}"
        if ref not in repository.refs:
            raise Refusal(400, f"cannot commit to {revision}: not a branch")
        files = dict(head.files)
        for line in lines:
            if line["key"] != "header":
                self._take(repository, files, line["key"], line["value"])
        title, text = said.get("summary") or "", said.get("description") or ""
        if not title.strip():
            raise Refusal(400, "a commit needs a summary")
        document: dict[str, Json] = {}
        base = f"{request.url.origin()}/{'' if repository.kind == 'models' else f'{repository.kind}/'}{repository.id}"
        if apart:
            num = opened(repository, title, text, user.name, "open").num
            ref, document["pullRequestUrl"] = f"refs/pr/{num}", f"{base}/discussions/{num}"
        elif revision.startswith("refs/pr/") and repository.discussion(revision.removeprefix("refs/pr/")).status not in ("open", "draft"):
            raise Refusal(403, "This pull request is closed")
        made = repository.add(ref, [head.id], files, user.name, (title, text))
        self.access.store.save(repository)
        return web.json_response({"success": True, "commitOid": made.id, "commitUrl": f"{base}/commit/{made.id}", **document})

    def _take(self, repository: Repository, files: dict[str, Blob], what: str, value: dict[str, Json]) -> None:
        """One line of a commit."""
        path = str(value.get("path", ""))
        if not path or any(part in ("", ".", "..", ".git") for part in path.rstrip("/").split("/")):
            raise Refusal(400, f"Invalid path: {path}")
        if what == "file":
            content = base64.b64decode(value["content"]) if value.get("encoding") == "base64" else value["content"].encode()
            if len(content) > REGULAR_LIMIT:
                raise Refusal(400, f"Your push was rejected: {path} is larger than 10 MiB.")
            _check(repository, path, content)
            files[path] = self.access.store.regular(content)
        elif what == "lfsFile":
            if not self.access.store.has(value["oid"]):
                raise Refusal(
                    400, f"Your push was rejected because an LFS pointer pointed to a file that does not exist. Offending file: {path}"
                )
            files[path] = self.access.store.large(value["oid"])
        elif what in ("deletedFile", "deletedFolder"):
            gone = [one for one in files if one == path or (what == "deletedFolder" and one.startswith(f"{path.rstrip('/')}/"))]
            if not gone:
                raise Refusal(404, f"A file with this name doesn't exist: {path}", "EntryNotFound")
            for one in gone:
                del files[one]
        else:
            raise Refusal(400, f"unknown operation {what}")

    async def tag(self, request: web.Request) -> web.Response:
        repository, asked = self.access.repository(request), await request.json()
        self.access.writer(request, repository, "main")
        ref = f"refs/tags/{asked['tag']}"
        if ref in repository.refs:
            raise Refusal(409, f"Tag reference exists already: {asked['tag']}")
        repository.refs[ref] = repository.resolve(request.match_info["revision"]).id
        self.access.store.save(repository)
        return web.json_response({})


def _check(repository: Repository, path: str, content: bytes) -> None:
    """Two files mean something to the Hub itself, and it refuses broken ones."""
    text = content.decode("utf-8", "replace")
    if path == "README.md":
        card(text)
    if path == "eval.yaml" and repository.kind == "datasets":
        given = yaml.safe_load(text)
        texts = ("name", "description", "evaluation_framework")
        names = [task["id"] for task in given["tasks"]] if isinstance(given, dict) and isinstance(given.get("tasks"), list) else []
        if not names or len(set(names)) < len(names) or any(not isinstance(given.get(name), str) or not given[name] for name in texts):
            raise Refusal(400, "eval.yaml: name, description, evaluation_framework and tasks, each with an id of its own, are required")
