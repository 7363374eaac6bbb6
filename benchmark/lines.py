"""Lines of text for a terminal: of a width in columns, and with nothing in them that could steer it."""

from __future__ import annotations

import textwrap
import unicodedata

from rich.cells import cell_len, set_cell_size

from benchmark.vocabulary import Json

_UNSAFE = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")


def plain(text: Json) -> str:
    """``text`` without anything that could steer a terminal or turn the direction of writing."""
    return "".join("�" if unicodedata.category(char) in _UNSAFE else char for char in str(text))


def shorten(text: str, size: int) -> str:
    """At most ``size`` columns: the middle gives way, as names differ at both ends."""
    if cell_len(text) <= size:
        return text
    tail = (size - 1) // 2
    end = text[-tail:]
    while cell_len(end) > tail:
        end = end[1:]
    return set_cell_size(text, size - 1 - tail).rstrip() + "…" + end


def fitted(text: str, size: int) -> str:
    return set_cell_size(text, size)


def aligned(text: str, size: int) -> str:
    return " " * (size - cell_len(text)) + text


def wrapped(text: str, width: int) -> list[str]:
    return textwrap.wrap(text, width, subsequent_indent="  ", break_on_hyphens=False)


def cut_off(line: str, width: int) -> str:
    return line.rstrip() if cell_len(line) <= width else set_cell_size(line, width - 1) + "…"
