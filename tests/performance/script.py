"""The dialogues of a run written down, so that a peer asks for the very same replies in an environment that holds no Parley.

    python -m tests.performance.inspect_driver inspect-ai --script FILE --base-url URL --in-flight 256

Whatever a peer prints comes first; the last line is what its run took, as JSON.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

Dialogue = list[tuple[int, str]]
"""Whose turn it is, 0 or 1, and what that one is told since its last reply; all else in a chat are its earlier messages and replies."""


@dataclass(frozen=True, slots=True)
class Script:
    """What is to be played against ``base_url``, how many calls may be out at a time, and a folder for what a peer writes."""

    dialogues: list[Dialogue]
    in_flight: int
    base_url: str
    place: Path

    @property
    def calls(self) -> int:
        return sum(map(len, self.dialogues))


def write_script(path: Path, every: Sequence[Sequence[tuple[tuple[str, str], ...]]]) -> None:
    """Writes down ``every`` dialogue's chats. Two chats are one speaker's if they begin with the same message."""
    dialogues: list[Dialogue] = []
    for chats in every:
        speakers = list(dict.fromkeys(chat[0] for chat in chats))
        dialogues.append([(speakers.index(chat[0]), chat[-1][1]) for chat in chats])
    path.write_text(json.dumps(dialogues), "utf-8")


def perform(play: Callable[[Script], dict[str, Any]]) -> None:
    """A driver's command: plays what it was given and prints what that took."""
    parser = argparse.ArgumentParser()
    parser.add_argument("peer")
    parser.add_argument("--script", type=Path, required=True)
    parser.add_argument("--base-url", required=True)
    parser.add_argument("--in-flight", type=int, required=True)
    given = parser.parse_args()
    dialogues = json.loads(given.script.read_text("utf-8"))
    with TemporaryDirectory() as place:
        taken = play(Script(dialogues, given.in_flight, given.base_url, Path(place)))
    print(f"\n{json.dumps(taken)}", flush=True)
