"""Phrases: they find what a pattern would find, and pass over at once what no phrase begins in."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from benchmark.phrases import Phrases

SAID = [
    text
    for file in sorted((Path(__file__).parent / "free_language").glob("[ms]*_[1-8].json"))
    for talk in json.loads(file.read_text(encoding="utf-8"))
    for text, _ in talk["talk"]
]


@pytest.mark.parametrize(
    "alternatives",
    [
        "too|as well|also|so (?:does|is|has)",
        "(?:do|does|did)n't|never|(?:is|are|'s) out(?: of it)?",
        r"know\w*|have|hears?|(?:un)?familiar",
        r"names?\b.*\b(?:common|both)|(?:two|three|\d) in common",
        "(?:is|are|my|your) (?:other )?names?|(?:has|have|keeps?) ans?",
        r"no(?:ne|body| one)|[ab]ny\w*|there is \w+(?=:)",
    ],
)
def test_phrases_are_found_where_the_pattern_finds_them(alternatives: str) -> None:
    phrases, plain = Phrases(alternatives), re.compile(rf"\b(?:{alternatives})\b", re.IGNORECASE)
    for text in SAID:
        for said in (text, text.upper()):
            found, wanted = phrases.search(said), plain.search(said)
            assert (found and found.span()) == (wanted and wanted.span()), said


def test_the_same_text_is_answered_the_same_again_and_another_anew() -> None:
    phrases = Phrases("too|also")

    assert [bool(phrases.search(text)) for text in ("me too", "me", "me", "me too", "Also me")] == [True, False, False, True, True]


def test_a_text_without_the_letters_of_any_phrase_is_not_searched() -> None:
    assert Phrases("too|(?:al|ni)so|hears?|(?:is|has) its?")._openings == ("too", "also", "hear", "niso", "is it", "has it")
