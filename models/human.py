"""The ``human`` engine: a person at this terminal, in the place of a model.

Shown is what a model would be sent and nothing else, so never what another party holds. Everything goes to stderr, with
whatever could steer a terminal made visible, as some of it was written by models. Questions come one at a time however
many dialogues are live: the dialogue that is furthest on comes first, so that one ends before the next begins.
"""

from __future__ import annotations

import asyncio
import itertools
import os
import select
import shutil
import sys
import textwrap
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, suppress
from typing import TYPE_CHECKING

from benchmark.episode import chat_sha256
from benchmark.vocabulary import Completion, ConnectError, Json, Message, Request, Sampling
from models.human_queue import Queue

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping, Sequence

    from benchmark.vocabulary import Model
    from models.spec import Spec

OPTIONS: dict[str, str] = {
    "stdin": "true: read the answers from standard input even where it is no terminal (false)",
    "web": "true: in a browser on this machine, with an address of its own for each seat (false)",
    "port": "where that is served (0: any free one)",
    "seats": "seats whose addresses are told at once, such as AB; the others' when they are first asked",
}
"""What a ``human`` spec takes after "?", with the defaults."""

AGAIN = "?"
INTRODUCTION = (
    "You write for one party of each talk, and read what a model in your place would be sent. "
    f'A line that holds nothing but "{AGAIN}" shows a whole dialogue again. After Ctrl-C no further dialogue begins; '
    "Ctrl-C once more, or Ctrl-D, leaves at once. Dialogues that are finished are kept, and the same command goes on."
)


class Person:
    """Whoever sits at the terminal, as a Model."""

    def __init__(self, name: str, lines: _Lines) -> None:
        self.name = name
        self.details: Mapping[str, Json] = {"engine": "human"}
        self._lines = lines
        self._queue = Queue()
        self._shown: dict[str, int] = {}
        """The number of its dialogue for every chat that was shown, by hash."""
        self._dialogues = itertools.count(1)

    async def complete(self, request: Request, sampling: Sampling) -> Completion:
        """What the person writes; a fatal error once the input has ended, as nothing more can come."""
        del sampling
        async with self._queue.turn(len(request.chat)):
            began = time.monotonic()
            self._show(request)
            name = request.view.name(request.seat)
            several = request.kind != "talk" and request.schema is None
            while (text := await self._lines.read(_asked(request, name), several)) == AGAIN:
                _print(request.chat)
        if text is None:
            return Completion("", finish="error", note="the input has ended, and so has the person's part", fatal=True)
        return Completion(text, seconds=time.monotonic() - began)

    def _show(self, request: Request) -> None:
        """Prints what has come since the last chat of this dialogue that was shown; all of it where there was none."""
        chat = request.chat
        before = next((length for length in range(len(chat) - 1, 0, -1) if chat_sha256(chat[:length]) in self._shown), 0)
        if not self._shown:
            _say(_wrapped(INTRODUCTION))
        number = self._shown[chat_sha256(chat[:before])] if before else next(self._dialogues)
        self._shown[chat_sha256(chat)] = number
        title = f"── Dialogue {number} · {' and '.join(map(request.view.name, request.view.speaks))} "
        _say("\n" + title.ljust(min(_width(), 72), "─"))
        _print([message for message in chat[before:] if not before or message[0] == "user"])


def _asked(request: Request, name: str) -> str:
    if request.schema is not None:
        return f"{name}'s answer, one line with the JSON object: "
    if request.kind == "talk":
        return f"{name} says (one line; empty: nothing): "
    return "The whole talk, one turn a line, each begun with a name and a colon; an empty line ends it:\n"


def _print(chat: Sequence[Message]) -> None:
    for role, content in chat:
        _say(_wrapped(content if role == "user" else f"You: {content}") + "\n")


def _wrapped(text: str) -> str:
    """``text`` for this terminal: as wide as it is, and without a character that could steer it."""
    safe = "".join(char if char.isprintable() or char == "\n" else f"\\x{ord(char):02x}" for char in text)
    lines = (textwrap.fill(line, _width(), subsequent_indent="  " if line.startswith("- ") else "") for line in safe.split("\n"))
    return "\n".join(lines)


def _width() -> int:
    return max(20, shutil.get_terminal_size().columns - 1)


def _say(text: str, end: str = "\n") -> None:
    print(text, end=end, file=sys.stderr, flush=True)


class _Lines:
    """The lines of standard input, read in a thread that can be called off: one that hangs in a read would outlive the run."""

    def __init__(self, file: int) -> None:
        self._file = file
        self._terminal = os.isatty(file)
        self._off, self._call_off = os.pipe()
        self._thread = ThreadPoolExecutor(1, "human")
        self._rest = b""
        self._ended = False

    async def read(self, question: str, several: bool) -> str | None:
        """The answer to ``question``, a line or ``several`` up to an empty one; None once the input has ended."""
        if self._terminal:
            self._forget()
        _say(_wrapped(question), end="\n" if question.endswith("\n") else " ")
        loop, lines = asyncio.get_running_loop(), list[str]()
        while (line := await loop.run_in_executor(self._thread, self._line)) is not None:
            lines.append(line)
            if not several or not line.strip() or line.strip() == AGAIN:
                return line.strip() if line.strip() == AGAIN else "\n".join(lines).strip()
        return "\n".join(lines) if lines else None

    def close(self) -> None:
        os.write(self._call_off, b"x")
        self._thread.shutdown()
        os.close(self._off)
        os.close(self._call_off)

    def _forget(self) -> None:
        """What was typed before a question was put is no answer to it."""
        import termios

        with suppress(termios.error):
            termios.tcflush(self._file, termios.TCIFLUSH)

    def _line(self) -> str | None:
        while b"\n" not in self._rest and not self._ended:
            ready, _, _ = select.select([self._file, self._off], [], [])
            if self._off in ready:
                return None
            try:
                read = os.read(self._file, 65_536)
            except OSError:  # the terminal has gone
                read = b""
            self._rest += read
            self._ended = not read
        if not self._rest:
            return None
        line, _, self._rest = self._rest.partition(b"\n")
        return line.decode("utf-8", "replace").rstrip("\r")


@asynccontextmanager
async def connect(spec: Spec) -> AsyncIterator[Model]:
    """The person at this terminal, or those at browsers. ConnectError where there is no terminal to sit at."""
    spec.allow(OPTIONS)
    if spec.flag("web"):
        from models.human_web import served

        async with served(spec) as people:
            yield people
        return
    try:
        file = sys.stdin.fileno()
        seated = os.isatty(file) and sys.stderr.isatty()
    except (OSError, ValueError, AttributeError):  # closed, or something else in its place
        raise ConnectError(f"{spec} has no standard input to read from. Run it in a terminal.") from None
    if not seated and not spec.flag("stdin"):
        raise ConnectError(
            f"{spec} needs a terminal, and standard input or standard error is none. Run it in one, "
            "or let it read lines with human?stdin=true."
        )
    lines = _Lines(file)
    try:
        yield Person(str(spec), lines)
    finally:
        lines.close()
