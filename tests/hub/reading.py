"""What clients read of the local Hub: who they are, what there is, trees, refs, histories, files."""

from __future__ import annotations

import hashlib
import re
from urllib.parse import urlencode

import yaml
from aiohttp import web

from tests.hub.access import Access
from tests.hub.repositories import ACCOUNTS, Blob, Commit, Json, Refusal, Repository

REPOSITORY = "/api/{kind:models|datasets|spaces}/{owner}/{name}"
REVISION = r"{revision:refs/pr/\d+|[^/]+}"

CARD = re.compile(r"---[ \t]*\r?\n(.*?)\r?\n---[ \t]*(?:\r?\n|\Z)", re.DOTALL)


def routes(access: Access, page: int) -> list[web.RouteDef]:
    views = _Reading(access, page)
    found = [
        web.get("/api/whoami-v2", views.whoami),
        web.post("/api/validate-yaml", views.validate),
        web.get("/api/{kind:models|datasets|spaces}", views.listing),
        web.get(REPOSITORY, views.info),
        web.get(f"{REPOSITORY}/revision/{REVISION}", views.info),
        web.get(f"{REPOSITORY}/tree/{REVISION}", views.tree),
        web.get(f"{REPOSITORY}/tree/{REVISION}/{{path:.*}}", views.tree),
        web.post(f"{REPOSITORY}/paths-info/{REVISION}", views.paths),
        web.get(f"{REPOSITORY}/refs", views.refs),
        web.get(f"{REPOSITORY}/commits/{REVISION}", views.commits),
        web.get("/_cdn/{sha256}", views.stored),
    ]
    starts = ("/{kind:datasets/|spaces/|}", "/api/{kind:models/|datasets/|spaces/}")
    return found + [web.get(f"{start}{{owner}}/{{name}}/{{how:resolve|raw}}/{REVISION}/{{path:.+}}", views.file) for start in starts]


def card(text: str) -> dict[str, Json]:
    """The metadata at the head of a README. Refusal where they are no YAML mapping."""
    found = CARD.match(text)
    try:
        data = yaml.safe_load(found[1]) if found else None
    except yaml.YAMLError as error:
        raise Refusal(400, f"YAML Metadata Error: {error}") from None
    if not isinstance(data, dict | None):
        raise Refusal(400, "YAML Metadata Error: the metadata must be a mapping")
    return data or {}


class _Reading:
    def __init__(self, access: Access, page: int) -> None:
        self.access, self.page = access, page

    async def whoami(self, request: web.Request) -> web.Response:
        user = self.access.user(request)
        organisations = [{"type": "org", "name": name, "fullname": name, "roleInOrg": role} for name, role in ACCOUNTS[user.name].items()]
        token = {"type": "access_token", "accessToken": {"displayName": "local", "role": user.role}}
        return web.json_response({"type": "user", "name": user.name, "fullname": user.name, "orgs": organisations, "auth": token})

    async def validate(self, request: web.Request) -> web.Response:
        try:
            card((await request.json()).get("content", ""))
        except Refusal as refusal:
            return web.json_response({"errors": [{"message": refusal.text}], "warnings": []}, status=400)
        return web.json_response({"errors": [], "warnings": []})

    async def listing(self, request: web.Request) -> web.Response:
        user, query = self.access.visitor(request), request.query
        rows = [
            _described(self.access, one, one.resolve("main"))
            for one in self.access.store.every(request.match_info["kind"])
            if (not one.private or (user and user.belongs_to(one.owner)))
            and query.get("author", one.owner) == one.owner
            and query.get("search", "").lower() in one.id.lower()
        ]
        return _paged(request, rows, self.page)

    async def info(self, request: web.Request) -> web.Response:
        repository = self.access.repository(request)
        commit = repository.resolve(request.match_info.get("revision", "main"))
        document = _described(self.access, repository, commit)
        document["siblings"] = [
            {"rfilename": path, **(_entry(path, blob) if request.query.get("blobs") else {})} for path, blob in sorted(commit.files.items())
        ]
        if wanted := request.query.getall("expand", []):
            document = {name: value for name, value in document.items() if name in ("_id", "id", *wanted)}
        return web.json_response(document)

    async def tree(self, request: web.Request) -> web.Response:
        commit = self.access.repository(request).resolve(request.match_info["revision"])
        path, deep = request.match_info.get("path", "").strip("/"), request.query.get("recursive", "").lower() in ("1", "true")
        start = f"{path}/" if path else ""
        rows = [entry for entry in _entries(commit) if entry["path"].startswith(start) and (deep or "/" not in entry["path"][len(start) :])]
        if path and not rows:
            raise Refusal(404, f"{path} does not exist on {request.match_info['revision']}", "EntryNotFound")
        return _paged(request, rows, self.page)

    async def paths(self, request: web.Request) -> web.Response:
        commit = self.access.repository(request).resolve(request.match_info["revision"])
        if "json" in request.content_type:
            wanted = (await request.json())["paths"]
        else:
            wanted = [str(one) for one in (await request.post()).getall("paths", [])]
        return web.json_response([entry for entry in _entries(commit) if entry["path"] in {one.strip("/") for one in wanted}])

    async def refs(self, request: web.Request) -> web.Response:
        repository = self.access.repository(request)
        named = {"branches": "refs/heads/", "tags": "refs/tags/", "converts": "refs/convert/", "pullRequests": "refs/pr/"}
        return web.json_response(
            {
                kind: [
                    {"name": ref.removeprefix(start), "ref": ref, "targetCommit": commit}
                    for ref, commit in repository.refs.items()
                    if ref.startswith(start)
                ]
                for kind, start in named.items()
                if kind != "pullRequests" or request.query.get("include_prs")
            }
        )

    async def commits(self, request: web.Request) -> web.Response:
        rows = [
            {"id": one.id, "title": one.title, "message": one.message, "date": one.date, "authors": [{"user": one.author}]}
            for one in self.access.repository(request).history(request.match_info["revision"])
        ]
        return _paged(request, rows, self.page)

    async def file(self, request: web.Request) -> web.Response:
        commit = self.access.repository(request).resolve(request.match_info["revision"])
        blob = commit.files.get(request.match_info["path"])
        headers = {"X-Repo-Commit": commit.id, "Accept-Ranges": "bytes"}
        if blob is None:
            raise web.HTTPNotFound(headers={**headers, "X-Error-Code": "EntryNotFound", "X-Error-Message": "Entry not found"})
        if blob.lfs:
            linked = {"X-Linked-Size": str(blob.size), "X-Linked-ETag": f'"{blob.sha256}"', "ETag": f'"{blob.sha256}"'}
            return web.Response(status=302, headers={**headers, **linked, "Location": f"{self.access.storage}/_cdn/{blob.sha256}"})
        return _sent(request, self.access.store.content(blob.sha256), {**headers, "ETag": f'"{blob.oid}"'})

    async def stored(self, request: web.Request) -> web.Response:
        sha256 = request.match_info["sha256"]
        return _sent(request, self.access.store.content(sha256), {"ETag": f'"{sha256}"', "Accept-Ranges": "bytes"})


def _sent(request: web.Request, content: bytes, headers: dict[str, str]) -> web.Response:
    """``content``, or the part of it that was asked for."""
    part = re.fullmatch(r"bytes=(\d+)-(\d*)", request.headers.get("Range", ""))
    if part is None:
        return web.Response(body=content, headers=headers)
    start, end = int(part[1]), min(len(content), int(part[2]) + 1 if part[2] else len(content))
    if start >= len(content):
        return web.Response(status=416, headers={"Content-Range": f"bytes */{len(content)}"})
    return web.Response(
        status=206, body=content[start:end], headers={**headers, "Content-Range": f"bytes {start}-{end - 1}/{len(content)}"}
    )


def _described(access: Access, repository: Repository, commit: Commit) -> dict[str, Json]:
    readme = commit.files.get("README.md")
    data = card(access.store.content(readme.sha256).decode("utf-8", "replace")) if readme else {}
    return {
        "_id": commit.id[:24], "id": repository.id, "author": repository.owner, "sha": commit.id, "lastModified": commit.date,
        "createdAt": repository.created, "private": repository.private, "gated": False, "disabled": False, "downloads": 0, "likes": 0,
        "tags": [str(tag) for tag in data.get("tags") or []], "cardData": data,
    }  # fmt: skip


def _entries(commit: Commit) -> list[dict[str, Json]]:
    """The files of ``commit``, and the folders above them."""
    folders = {"/".join(path.split("/")[:depth]) for path in commit.files for depth in range(1, path.count("/") + 1)}
    rows = [
        {"type": "directory", "oid": hashlib.sha1(path.encode(), usedforsecurity=False).hexdigest(), "size": 0, "path": path}
        for path in folders
    ]
    return sorted(rows + [_entry(path, blob) for path, blob in commit.files.items()], key=lambda entry: str(entry["path"]))


def _entry(path: str, blob: Blob) -> dict[str, Json]:
    large = {"lfs": {"oid": blob.sha256, "sha256": blob.sha256, "size": blob.size, "pointerSize": 134}} if blob.lfs else {}
    return {"type": "file", "oid": blob.oid, "blobId": blob.oid, "size": blob.size, "path": path, **large}


def _paged(request: web.Request, rows: list[dict[str, Json]], page: int) -> web.Response:
    """One page, and where the next one is."""
    size, start = min(page, int(request.query.get("limit", page))), int(request.query.get("cursor", "0"))
    headers = {}
    if start + size < len(rows):
        query = urlencode([(key, value) for key, value in request.query.items() if key != "cursor"] + [("cursor", str(start + size))])
        headers["Link"] = f'<{request.url.origin()}{request.rel_url.raw_path}?{query}>; rel="next"'
    return web.json_response(rows[start : start + size], headers=headers)
