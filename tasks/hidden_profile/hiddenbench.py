"""Reads HiddenBench (Li, Naito and Shirado 2025, arXiv 2505.11556) as published: a JSON list of tasks, played by groups of four.

Hidden sentences are dealt one member each in turn. Order of answers, dealing and names come from streams of the item's own content.
"""

from __future__ import annotations

import hashlib
import json
import math
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NoReturn

from benchmark.lexicon import FIRST_NAMES
from benchmark.streams import stream
from benchmark.vocabulary import Fact, Json, World, WorldsError

SEATS = ("A", "B", "C", "D")
SENTENCE = "sentence"
_LONGEST = 20_000
_LISTS = ("shared_information", "hidden_information", "possible_answers")
_FIELDS = ("id", "name", "description", *_LISTS, "correct_answer")


def recognises(text: str) -> bool:
    """Whether ``text`` looks like HiddenBench's file, be it sound or broken."""
    return text.lstrip("\ufeff \t\r\n").startswith("[") and '"hidden_information"' in text and '"possible_answers"' in text


def read_worlds(text: str) -> tuple[World, ...]:
    """One world per item. WorldsError names the item (or the line that is not JSON) and the field, what was found and what is expected."""
    try:
        items = json.loads(text.removeprefix("\ufeff"))
    except json.JSONDecodeError as error:
        raise WorldsError(f"line {error.lineno}, column {error.colno}: not JSON ({error.msg}); expected one JSON list of items") from None
    except (ValueError, RecursionError) as error:
        raise WorldsError(f"not JSON that can be read ({error}); expected one JSON list of items") from None
    if not isinstance(items, list) or not items:
        raise WorldsError(f"found {_shown(items)}; expected one JSON list of items, and at least one")
    worlds: list[World] = []
    numbers: dict[str, int] = {}
    for number, item in enumerate(items, 1):
        _check_finite(number, item)
        worlds.append(_Item(number, item).world())
        first = numbers.setdefault(json.dumps(item["id"]), number)
        if first != number:
            _Item(number, item).wrong("id", f"{_shown(item['id'])}, which item {first} has too", "an id of its own")
    return tuple(worlds)


def sentence_slot(text: str) -> tuple[str, str]:
    """What ``text`` is about, as far as a program can tell: itself, case and spacing aside."""
    return SENTENCE, hashlib.sha256(" ".join(text.casefold().split()).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _check_finite(number: int, item: Json) -> None:
    """Python reads NaN, Infinity and 1e999 as numbers; JSON has none of them."""
    fields = item.items() if isinstance(item, dict) else [("", item)]
    for name, value in fields:
        inside = [value]
        while inside:
            found = inside.pop()
            if isinstance(found, float) and not math.isfinite(found):
                where = f', field "{name}"' if name else ""
                raise WorldsError(f"item {number}{where}: found {_shown(found)}; expected JSON, which has no such number")
            inside += found.values() if isinstance(found, dict) else found if isinstance(found, list) else ()


def _shown(found: Json) -> str:
    text = json.dumps(found)
    return text if len(text) <= 80 else f"{text[:77]}..."


@dataclass(frozen=True)
class _Item:
    """One item of the file, and how to complain of it."""

    number: int
    content: Mapping[str, Json]

    def wrong(self, name: str, found: str, expected: str) -> NoReturn:
        raise WorldsError(f'item {self.number}, field "{name}": found {found}; expected {expected}')

    def world(self) -> World:
        if not isinstance(self.content, dict):
            raise WorldsError(f"item {self.number}: found {_shown(self.content)}; expected a JSON object with {', '.join(_FIELDS)}")
        for name in _FIELDS:
            if name not in self.content:
                self.wrong(name, "nothing", "every item to have it")
        if isinstance(self.content["id"], bool) or not isinstance(self.content["id"], str | int):
            self.wrong("id", _shown(self.content["id"]), "a string or a whole number")
        self._text("name", self.content["name"])
        description = self._text("description", self.content["description"])
        shared, hidden, answers = (self._texts(name) for name in _LISTS)
        correct = self._text("correct_answer", self.content["correct_answer"])
        folded = [answer.casefold() for answer in answers]
        for answer in answers:
            if folded.count(answer.casefold()) > 1:
                self.wrong("possible_answers", f"{_shown(answer)} twice", "answers that differ by more than case and spacing")
        if len(answers) < 2:
            self.wrong("possible_answers", "one answer", "at least two")
        if correct not in answers:
            self.wrong("correct_answer", _shown(correct), f"one of possible_answers: {_shown(answers)}")
        return self._dealt(description, shared, hidden, answers, correct)

    def _dealt(self, description: str, shared: list[str], hidden: list[str], answers: list[str], correct: str) -> World:
        canonical = json.dumps(self.content, sort_keys=True, separators=(",", ":"))
        seed = int.from_bytes(hashlib.sha256(canonical.encode()).digest()[:6], "big")
        options = tuple(stream(seed, "hiddenbench", "options").shuffled(answers))
        facts = [Fact(("description",), description, ""), Fact(("options",), options, "")]
        facts += [Fact(("shared", str(number)), text, text) for number, text in enumerate(shared)]
        for number, text in enumerate(stream(seed, "hiddenbench", "hidden").shuffled(hidden)):
            facts.append(Fact(sentence_slot(text), text, text, (SEATS[number % len(SEATS)],)))
        words = " ".join([description, *shared, *hidden, *answers])
        free = [name for name in FIRST_NAMES if name not in words]
        if len(free) < len(SEATS):
            raise WorldsError(f"item {self.number}: its texts use up our first names; found fewer than {len(SEATS)} that are free")
        names = tuple(stream(seed, "hiddenbench", "names").sample(free, len(SEATS)))
        return World(SEATS, names, tuple(facts), correct, seed)

    def _texts(self, name: str) -> list[str]:
        found = self.content[name]
        if not isinstance(found, list) or not found:
            self.wrong(name, _shown(found), "a list of at least one string")
        return [self._text(name, text, f" (entry {place})") for place, text in enumerate(found, 1)]

    def _text(self, name: str, found: Json, where: str = "") -> str:
        """``found`` on one line. Line breaks and tabs are spacing; other control characters have no place in a prompt."""
        if not isinstance(found, str) or not found.strip():
            self.wrong(name, _shown(found) + where, "a string that is not empty")
        if len(found) > _LONGEST:
            self.wrong(name, f"{len(found)} characters{where}", f"at most {_LONGEST}")
        for char in found:
            if unicodedata.category(char) in ("Cc", "Cs") and char not in "\t\r\n":
                self.wrong(name, f"the control character U+{ord(char):04X}{where}", "plain text")
        return " ".join(found.split())
