"""Patterns with cues find what they would find without: in what was said, and in texts made after each pattern."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Sequence
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from re import _parser  # type: ignore[attr-defined]  # the only account of what a pattern consists of
from typing import Any

import pytest

import tasks.schedule
from benchmark.streams import Stream, stream
from tasks.schedule.cues import Cued, cues_in

CUED = {
    f"{module.name}.{name}": value
    for module in iter_modules(tasks.schedule.__path__)
    for name, value in vars(import_module(f"tasks.schedule.{module.name}")).items()
    if isinstance(value, Cued)
}
SAID = [
    text
    for file in sorted((Path(__file__).parent / "free_language").glob("schedule*.json"))
    for talk in json.loads(file.read_text(encoding="utf-8"))
    for text, _ in talk["talk"]
]
BEHIND = ("", ".", "!", ";", "\n", " zq", ". Zq.", " zq?")


def made(parts: Sequence[Any], draw: Stream) -> Iterator[str]:
    """Pieces of a text that ``parts`` of a pattern match, but for what must not stand around it; spaces that may stand do."""
    for kind, what in parts:
        match str(kind):
            case "LITERAL":
                yield chr(what)
            case "BRANCH":
                yield from made(draw.choice(what[1]), draw)
            case "SUBPATTERN":
                yield from made(what[3], draw)
            case "ASSERT":
                yield from made(what[1], draw) if draw.chance(0.6) else ()
            case "MAX_REPEAT" | "MIN_REPEAT":
                least, most, repeated = what
                is_space = str(repeated[0]) == "(IN, [(CATEGORY, CATEGORY_SPACE)])"
                for _ in range(1 if is_space else draw.between(least, min(most, least + 2))):
                    yield from made(repeated, draw)
            case "IN" | "NOT_LITERAL" | "ANY":
                some = re.compile("." if str(kind) == "ANY" else _set(kind, what), re.DOTALL)
                yield draw.choice([sign for sign in " zq5,.;:()=+–-/&*!?'x3\nabdeop" if some.match(sign)] or ["Z"])


def _set(kind: Any, what: Any) -> str:
    if str(kind) == "NOT_LITERAL":
        return f"[^{re.escape(chr(what))}]"
    classes = {"DIGIT": r"\d", "SPACE": r"\s", "WORD": r"\w", "NOT_DIGIT": r"\D", "NOT_SPACE": r"\S", "NOT_WORD": r"\W"}
    spelt: dict[str, Callable[[Any], str]] = {
        "NEGATE": lambda _: "^",
        "LITERAL": lambda sign: re.escape(chr(sign)),
        "RANGE": lambda ends: f"{re.escape(chr(ends[0]))}-{re.escape(chr(ends[1]))}",
        "CATEGORY": lambda name: classes[str(name).removeprefix("CATEGORY_")],
    }
    return f"[{''.join(spelt[str(one)](of) for one, of in what)}]"


@pytest.mark.parametrize("name", CUED)
def test_all_that_a_pattern_matches_has_its_cues(name: str) -> None:
    cued, draw = CUED[name], stream(1, name)
    plain = re.compile(cued.written, re.IGNORECASE)
    parsed = _parser.parse(cued.written, re.IGNORECASE)
    texts = ["".join(made(parsed, draw)) + draw.choice(BEHIND) for _ in range(500)]
    matched = [text for text in texts if plain.search(text)]
    assert len(matched) > 10
    assert [text for text in matched if not cued.may_be_in(text)] == []


@pytest.mark.parametrize("name", CUED)
def test_what_was_said_is_searched_as_without_cues(name: str) -> None:
    plain = re.compile(CUED[name].written, re.IGNORECASE)
    for text in SAID:
        found, wanted = CUED[name].search(text), plain.search(text)
        assert (found and found.span()) == (wanted and wanted.span()), text


def test_cues_are_openings_of_words_and_signs_and_whether_there_is_a_day_or_a_digit() -> None:
    assert {"can", "make", "satu", "3", "#", "@", ":"} <= cues_in("I can make Saturdays: 3")
    assert not {"#", "@", "saturdays"} & cues_in("I can make some")
    assert {"it", "k", "same"} <= cues_in("İt K ſame")
