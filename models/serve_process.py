"""One vLLM server as a process of ours: its port, its key, its log, its end."""

from __future__ import annotations

import asyncio
import os
import re
import secrets
import shutil
import socket
import sys
import tempfile
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import models.serve_keeper
from benchmark.vocabulary import ConnectError

_POLL_SECONDS = 0.5


def free_port() -> int:
    """A port of this machine that nothing listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


class Server:
    """A running server; ``ended`` is done once its process is gone. Its key is in its environment and nowhere else."""

    def __init__(self, name: str, port: int, key: str, log: Path, process: asyncio.subprocess.Process) -> None:
        self.name, self.port, self.key = name, port, key
        self.ended = asyncio.ensure_future(process.wait())
        self.kept = False
        self._log = log

    async def ready(self, seconds: float) -> None:
        """Waits until the server answers. ConnectError with its last words if it ends before that, or takes longer."""
        until = asyncio.get_running_loop().time() + seconds
        while not self.ended.done() and asyncio.get_running_loop().time() < until:
            if await self.asked("/health") is not None:
                return
            await asyncio.wait({self.ended}, timeout=_POLL_SECONDS)
        if self.ended.done():
            what = "ended while starting. Change the spec as it asks."
        else:
            what = f"was not ready after {seconds:g} seconds. Give it longer with start_timeout=SECONDS, or take a smaller model."
        last = "\n".join(self.said(15))
        raise ConnectError(f"vLLM's server for {self.name} {what} All it said is in {self.keep()}; the last of it:\n{last}")

    async def asked(self, path: str) -> str | None:
        """What the server answers to a GET of ``path``; None where it does not, or not with status 200."""
        import aiohttp

        with suppress(aiohttp.ClientError, OSError, TimeoutError):
            async with (
                aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=5)) as session,
                session.get(f"http://127.0.0.1:{self.port}{path}") as reply,
            ):
                return await reply.text() if reply.status == 200 else None
        return None

    def stated(self, pattern: str) -> str:
        """What the server wrote of itself into its log; empty where it did not."""
        found = re.search(pattern, self._text())
        return found[1] if found else ""

    def said(self, lines: int) -> list[str]:
        """The last lines of the log."""
        return [line.rstrip()[:300] for line in self._text().splitlines() if line.strip()][-lines:]

    def keep(self) -> Path:
        """The log, which from now on outlives the server."""
        self.kept = True
        return self._log

    def _text(self) -> str:
        return self._log.read_text("utf-8", "replace").replace(self.key, "[key]")


@asynccontextmanager
async def started(name: str, command: Sequence[str], port: int) -> AsyncIterator[Server]:
    """The server of ``command`` under a keeper, from now to the end of the context; it need not be ready yet."""
    folder = Path(tempfile.mkdtemp(prefix="parley-serve-"))
    key, log = secrets.token_hex(24), folder / "log.txt"
    keeper = [sys.executable, "-I", str(models.serve_keeper.__file__), str(os.getpid())]
    # It says enough to be asked what went wrong, and reports nothing to its makers unless the user wants that.
    settings = {"VLLM_NO_USAGE_STATS": "1", **os.environ, "VLLM_API_KEY": key, "VLLM_LOGGING_LEVEL": "INFO"}
    with log.open("wb") as output:
        process = await asyncio.create_subprocess_exec(
            *keeper, *command, stdin=asyncio.subprocess.DEVNULL, stdout=output, stderr=output,
            cwd=folder, env=settings, start_new_session=True,
        )  # fmt: skip
    server = Server(name, port, key, log, process)
    try:
        yield server
    finally:
        with suppress(ProcessLookupError):
            process.terminate()
        await server.ended
        if not server.kept:
            shutil.rmtree(folder, ignore_errors=True)
