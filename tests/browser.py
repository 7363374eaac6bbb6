"""A real Chromium without a window, told by its own debugging protocol what to open and asked what it shows."""

from __future__ import annotations

import asyncio
import itertools
import json
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import aiohttp
import pytest

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
CHROMIUM = os.environ.get("PARLEY_CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
NEEDED = [
    pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium; install it, or name one in PARLEY_CHROMIUM"),
    pytest.mark.xdist_group("browser"),
]
"""The marks of tests that open pages; the fixture ``browser`` gives them one."""

CONTRAST = """
(() => {
  const light = (color) => {
    const linear = (part) => part <= 10 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4;
    const [r, g, b] = color.match(/[0-9.]+/g).slice(0, 3).map(Number).map(linear);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const behind = (element) => {
    for (let one = element; one; one = one.parentElement) {
      const found = getComputedStyle(one).backgroundColor;
      if (!found.endsWith(", 0)")) return found;
    }
    return "rgb(255, 255, 255)";
  };
  const every = Array.from(document.querySelectorAll("main *, nav a, footer *"));
  const texts = every.filter((one) => one.offsetParent && one.textContent.trim());
  return Math.min(...texts.map((one) => {
    const [high, low] = [light(getComputedStyle(one).color), light(behind(one))].sort((a, b) => b - a);
    return (high + 0.05) / (low + 0.05);
  }));
})()
"""
"""The least contrast of any text on a page (WCAG 2.2, 1.4.3 asks for 4.5)."""

ARGUMENTS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage", "--remote-debugging-port=0",
)  # fmt: skip


class Browser:
    """One page. ``asked`` holds every address that it asked for, ``complained`` what it said on its console or refused to do."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse, loop: asyncio.AbstractEventLoop) -> None:
        self._socket, self._loop = socket, loop
        self._numbers = itertools.count(1)
        self.asked: list[str] = []
        self.complained: list[str] = []

    def open(self, address: str, width: int = 1280, height: int = 900) -> None:
        """Shows ``address`` in a window of that size, once it has loaded."""
        self.asked.clear()
        self.complained.clear()
        for domain in ("Page", "Network", "Log", "Runtime"):
            self._tell(f"{domain}.enable")
        self._tell("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=width < 600)
        self._tell("Page.navigate", url="about:blank")
        self._tell("Page.navigate", url=address)
        until = time.monotonic() + 30
        while self.value("document.readyState + location.href.split('#')[0]") != f"complete{address.partition('#')[0]}":
            assert time.monotonic() < until, f"{address} did not load"
            time.sleep(0.05)

    def value(self, script: str) -> Any:
        """What ``script`` gives in the page."""
        found = self._tell("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in found, found
        return found["result"].get("value")

    def press(self, key: str) -> None:
        """Presses and lets go of a key, such as Tab or ArrowDown."""
        codes = {"Tab": 9, "Enter": 13, "ArrowDown": 40, "ArrowUp": 38, "ArrowLeft": 37, "ArrowRight": 39}
        typed = {"text": "\r"} if key == "Enter" else {}  # without it, a button in focus is not pressed
        self._tell("Input.dispatchKeyEvent", type="keyDown", key=key, code=key, windowsVirtualKeyCode=codes[key], **typed)
        self._tell("Input.dispatchKeyEvent", type="keyUp", key=key, code=key, windowsVirtualKeyCode=codes[key])

    def _tell(self, method: str, **parameters: Any) -> dict[str, Any]:
        return self._loop.run_until_complete(self._told(next(self._numbers), method, parameters))

    async def _told(self, number: int, method: str, parameters: dict[str, Any]) -> dict[str, Any]:
        await self._socket.send_json({"id": number, "method": method, "params": parameters})
        while True:
            message = json.loads((await self._socket.receive(30)).data)
            if message.get("id") == number:
                assert "error" not in message, message
                result: dict[str, Any] = message["result"]
                return result
            self._hear(message.get("method"), message.get("params", {}))

    def _hear(self, method: str | None, said: dict[str, Any]) -> None:
        if method == "Network.requestWillBeSent":
            self.asked.append(said["request"]["url"])
        elif method == "Log.entryAdded":
            self.complained.append(said["entry"]["text"])
        elif method in ("Runtime.exceptionThrown", "Runtime.consoleAPICalled"):
            self.complained.append(json.dumps(said)[:500])


@contextmanager
def browsing() -> Iterator[Browser]:
    """A browser of its own, with nothing remembered, till the end."""
    assert CHROMIUM
    loop = asyncio.new_event_loop()
    with tempfile.TemporaryDirectory(prefix="parley-browser-", ignore_cleanup_errors=True) as home:
        command = [CHROMIUM, *ARGUMENTS, f"--user-data-dir={home}", "about:blank"]
        with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
            try:
                session, socket = loop.run_until_complete(_connected(Path(home)))
                yield Browser(socket, loop)
                loop.run_until_complete(_closed(session, socket))
            finally:
                process.kill()
    loop.close()


async def _connected(home: Path) -> tuple[aiohttp.ClientSession, aiohttp.ClientWebSocketResponse]:
    port = home / "DevToolsActivePort"
    until = time.monotonic() + 60
    while not (port.exists() and port.read_text().count("\n")):
        assert time.monotonic() < until, "Chromium did not start"
        await asyncio.sleep(0.05)
    session = aiohttp.ClientSession()
    async with session.get(f"http://127.0.0.1:{port.read_text().split()[0]}/json/list") as answer:
        (target,) = [one for one in await answer.json() if one["type"] == "page"]
    return session, await session.ws_connect(target["webSocketDebuggerUrl"], max_msg_size=0)


async def _closed(session: aiohttp.ClientSession, socket: aiohttp.ClientWebSocketResponse) -> None:
    await socket.close()
    await session.close()
