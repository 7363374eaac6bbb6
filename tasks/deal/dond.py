"""Reads Deal or No Deal (Lewis et al., EMNLP 2017; CC BY-NC 4.0), as released: one dialogue a line, as one of the two saw it.

A line is a dialogue of its own, as the published figures count them: YOU is the first seat and THEM the second. Most dialogues stand
there twice, once from each side.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Sequence
from dataclasses import replace
from typing import NoReturn

from benchmark.lexicon import FIRST_NAMES
from benchmark.streams import stream
from benchmark.task import Task
from benchmark.vocabulary import Answer, Dialogue, Seat, Turn, World, WorldsError
from tasks.deal.divisions import division
from tasks.deal.task import DOND, Deal
from tasks.deal.worlds import SEATS, Heap, plain_world, worth

_LINE = re.compile(
    r"\s*<input>(?P<input>[^<]*)</input>\s*<dialogue>(?P<dialogue>.*)</dialogue>\s*<output>(?P<output>.*)</output>"
    r"\s*<partner_input>(?P<partner_input>[^<]*)</partner_input>\s*"
)
_ITEM = re.compile(r"item([012])=(\d{1,2})")
_DISAGREED, _NO_DEAL, _BROKEN_OFF = "<disagree>", "<no_agreement>", "<disconnect>"
_SPEAKERS = dict(zip(("YOU", "THEM"), SEATS, strict=True))
_MOST = 10


def recognises(text: str) -> bool:
    """Whether ``text`` opens like a file of Deal or No Deal."""
    first = text.lstrip().partition("\n")[0]
    return first.startswith("<input>") and "<partner_input>" in first


def read_dialogues(text: str) -> tuple[Task, tuple[Dialogue, ...]]:
    """The dialogues of a file, each with its world. WorldsError names the line and the field."""
    lines = [(number, line) for number, line in enumerate(text.split("\n"), 1) if line.strip()]
    if not lines:
        raise WorldsError("the file holds no dialogue; expected one a line")
    return replace(Deal.at(3, preset="dond"), label="deal:preset=dond"), tuple(_Line(*one).dialogue() for one in lines)


class _Line:
    """One line of the file, and how to complain of it."""

    def __init__(self, number: int, text: str) -> None:
        self.number = number
        found = _LINE.fullmatch(text.rstrip("\r"))
        if found is None:
            raise WorldsError(
                f"line {number}: found {text[:80]!r}; expected <input>, <dialogue>, <output> and <partner_input>, each closed"
            )
        self.fields = found

    def wrong(self, field: str, expected: str) -> NoReturn:
        raise WorldsError(f'line {self.number}, field "{field}": found {self.fields[field].strip()[:80]}; expected {expected}')

    def dialogue(self) -> Dialogue:
        counts, mine = self._sheet("input")
        same, theirs = self._sheet("partner_input")
        if same != counts:
            self.wrong("partner_input", f"the counts of the input, {counts}")
        if worth(counts, mine) != worth(counts, theirs) or not worth(counts, mine):
            self.wrong("partner_input", f"values that make everything worth {worth(counts, mine):g} points, as to the other side")
        canonical = json.dumps(["dond", counts, mine, theirs])
        seed = int.from_bytes(hashlib.sha256(canonical.encode()).digest()[:6], "big")
        names = stream(seed, "dond").sample(FIRST_NAMES, 2)
        world = plain_world("dond", (names[0], names[1]), DOND, Heap(counts, (mine, theirs), 0), seed, published=True)
        return Dialogue(world, tuple(self._turns()), self._answers(counts, world))

    def _sheet(self, field: str) -> tuple[tuple[int, ...], tuple[float, ...]]:
        words = self.fields[field].split()
        if len(words) != 2 * len(DOND) or not all(re.fullmatch("[0-9]{1,2}", word) for word in words):
            self.wrong(field, "a count and a value for each of book, hat and ball")
        counts, values = tuple(map(int, words[::2])), tuple(map(float, words[1::2]))
        if not all(1 <= n <= _MOST for n in counts):
            self.wrong(field, f"1 to {_MOST} pieces of each kind")
        return counts, values

    def _turns(self) -> list[Turn]:
        turns = []
        for said in filter(str.strip, self.fields["dialogue"].split("<eos>")):
            speaker, colon, words = said.partition(":")
            if speaker.strip() not in _SPEAKERS or not colon:
                self.wrong("dialogue", "turns that begin with YOU: or THEM:")
            if (text := words.replace("<selection>", "").strip()) or "<selection>" not in words:
                turns.append(Turn(_SPEAKERS[speaker.strip()], text))
        return turns

    def _answers(self, counts: Sequence[int], world: World) -> dict[Seat, Answer] | None:
        """What each chose in the end. No entry where they chose differently and the file does not say what."""
        words = self.fields["output"].split()
        if set(words) == {_BROKEN_OFF}:
            return None
        if set(words) == {_NO_DEAL}:
            return dict.fromkeys(SEATS)
        if set(words) == {_DISAGREED}:
            return {}
        items = [_ITEM.fullmatch(word) for word in words]
        amounts = [int(item[2]) for item in items if item]
        if [item and item[1] for item in items] != list("012012") or any(n > counts[i % 3] for i, n in enumerate(amounts)):
            self.wrong("output", f"item0 to item2 of each side, at most as many as there are, or {_DISAGREED}, {_NO_DEAL} or {_BROKEN_OFF}")
        left = [n - taken for n, taken in zip(counts, amounts[3:], strict=True)]
        return {seat: division(world.names, DOND, share, counts) for seat, share in zip(SEATS, (amounts[:3], left), strict=True)}
