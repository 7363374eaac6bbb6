"""The local Hub itself: what of the Hugging Face Hub our flows need, for the unmodified clients, on two ports of this machine.

As in production, large files are kept elsewhere: another origin, to which no client should carry its token.
"""

from __future__ import annotations

import socket
from dataclasses import asdict
from pathlib import Path
from typing import Any

from aiohttp import web

from tests.hub import discussions, reading, writing
from tests.hub.access import Access
from tests.hub.faults import Faults, Handler, under
from tests.hub.repositories import Refusal, Store


class LocalHub:
    """Answers at ``url`` from ``start`` on; large files are at ``storage``. ``page`` is the number of rows in one page of a listing."""

    def __init__(self, root: Path, port: int = 0, page: int = 1000) -> None:
        self.page = page
        self._sockets = [socket.create_server(("127.0.0.1", number)) for number in (port, 0)]
        self.url, self.storage = (f"http://127.0.0.1:{one.getsockname()[1]}" for one in self._sockets)
        self.access = Access(Store(root.resolve()), self.storage)
        self.faults = Faults()
        self.log: list[dict[str, Any]] = []

    async def start(self) -> None:
        app = web.Application(client_max_size=2**31, middlewares=[self._answered])
        app.add_routes([*reading.routes(self.access, self.page), *writing.routes(self.access), *discussions.routes(self.access)])
        app.router.add_route("*", "/_control/{what}", self._control)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        for one in self._sockets:
            await web.SockSite(self._runner, one).start()

    async def stop(self) -> None:
        await self._runner.cleanup()

    @web.middleware
    async def _answered(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Every request is logged, meets the fault that waits for it, and what is refused is refused as the Hub does it."""
        if request.path.startswith("/_control/"):
            return await handler(request)
        line = f"{request.method} {request.raw_path}"
        fault = self.faults.next(line)
        entry: dict[str, Any] = {"method": request.method, "path": request.raw_path, "fault": fault.action if fault else None}
        self.log.append(entry)

        async def refusing(request: web.Request) -> web.StreamResponse:
            try:
                return await handler(request)
            except Refusal as refusal:
                text = refusal.text.encode("ascii", "replace").decode().replace("\n", " ")
                headers = {"X-Error-Message": text, **({"X-Error-Code": refusal.code} if refusal.code else {})}
                return web.json_response({"error": refusal.text}, status=refusal.status, headers=headers)

        answer = await (under(fault, request, refusing) if fault else refusing(request))
        entry["status"] = answer.status
        return answer

    async def _control(self, request: web.Request) -> web.Response:
        """For tests: faults to come, and the log of what was asked."""
        if request.match_info["what"] == "faults":
            if request.method == "POST":
                self.faults.add(await request.json())
            elif request.method == "DELETE":
                self.faults.known.clear()
            return web.json_response([asdict(fault) for fault in self.faults.known])
        if request.method == "DELETE":
            self.log.clear()
        return web.json_response(self.log)
