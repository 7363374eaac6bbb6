"""A terminal as its viewer sees it: what is written to it, and how often it scrolled or was wider than it is."""

from __future__ import annotations

import fcntl
import io
import os
import re
import struct
import termios
import tty
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TextIO, cast

_PIECES = re.compile(r"\x1b\[(?P<number>\d*)(?P<kind>[A-Za-z])|(?P<control>[\r\n])|(?P<char>.)", re.DOTALL)


@dataclass
class Screen:
    """Knows what a carriage return, a new line, "up" and "clear to the end" do; anything else that steers is an error of the test."""

    columns: int
    rows: list[str] = field(default_factory=lambda: [""])
    row: int = 0
    column: int = 0
    frames: list[list[str]] = field(default_factory=list)

    def take(self, text: str) -> None:
        """Writes ``text``, and keeps what is seen after it as a frame."""
        for piece in _PIECES.finditer(text):
            if char := piece["char"]:
                if self.column >= self.columns:
                    raise AssertionError(f"wider than {self.columns} columns: {self.rows[self.row]}{char}")
                line = self.rows[self.row].ljust(self.column)
                self.rows[self.row] = line[: self.column] + char + line[self.column + 1 :]
                self.column += 1
            elif piece["control"] == "\r":
                self.column = 0
            elif piece["control"]:
                self.row, self.column = self.row + 1, 0
                self.rows += [""] * (self.row == len(self.rows))
            elif piece["kind"] == "K":
                self.rows[self.row] = self.rows[self.row][: self.column]
            elif piece["kind"] == "A":
                self.row -= int(piece["number"] or 1)
            else:
                raise AssertionError(f"{piece[0]!r} steers the terminal")
        self.frames.append(self.seen())

    def seen(self) -> list[str]:
        """Its lines as far as there is anything on them."""
        lines = [row.rstrip() for row in self.rows]
        while lines and not lines[-1]:
            lines.pop()
        return lines


class Terminal:
    """A real terminal of so many columns: ``stream`` writes to it, and ``screen`` shows what came through."""

    def __init__(self, columns: int) -> None:
        self._outside, inside = os.openpty()
        tty.setraw(inside)
        self.screen = Screen(columns)
        self._inside = inside
        self.resize(columns)
        self.stream = cast("TextIO", _Watched(self, inside))

    def resize(self, columns: int) -> None:
        fcntl.ioctl(self._inside, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
        self.screen.columns = columns

    def arrived(self) -> None:
        self.screen.take(os.read(self._outside, 1 << 16).decode())

    def close(self) -> None:
        self.stream.close()
        os.close(self._outside)


class _Watched(io.TextIOBase):
    """Every write is read at the other end at once, so that each one is a frame."""

    def __init__(self, terminal: Terminal, inside: int) -> None:
        self._terminal, self._inside = terminal, inside

    def write(self, text: str) -> int:
        os.write(self._inside, text.encode())
        self._terminal.arrived()
        return len(text)

    def isatty(self) -> bool:
        return os.isatty(self._inside)

    def fileno(self) -> int:
        return self._inside

    def close(self) -> None:
        if not self.closed:
            os.close(self._inside)
        super().close()


@contextmanager
def terminal(columns: int) -> Iterator[Terminal]:
    opened = Terminal(columns)
    try:
        yield opened
    finally:
        opened.close()
