"""Phrases: they find what a pattern would find, and pass over at once what no phrase begins in."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from benchmark.phrases import AnyCase, Phrases

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


PATTERNS = (
    r"\bI(?:'m| am)? (?:think|see)\b|\bsame\b|^\W*no\b|(?P<end>[A-Z]\w+)\W*$",
    r"(\s*(?:,|\bbut\b|\band (?=(?:I|my)\b))\s*)",
    r"[^(|]+\)|\bof\b|\d*",
    r"\b(?:is|are) (?-i:[A-Z])\w+|\bthe\b",
)
FOREIGN = ("İs it K? ſame here, THE ſecond", "ÇA va | (so) [SAME]", "")
"""With letters that a pattern takes for others when it ignores case, and that small letters are not."""


def test_a_pattern_is_looked_for_where_letters_that_it_needs_stand_and_in_all_but_plain_letters() -> None:
    marked = AnyCase(r"\b(?:out of|on) ?100\b", needs=("100",))

    assert [one.group() for one in marked.finditer("Out of 100, on 100")] == ["Out of 100", "on 100"]
    assert marked.search("out of 10") is None
    assert marked.sub("", "out of 10") == "out of 10"
    assert AnyCase("kilo", needs=("kilo",)).search("\N{KELVIN SIGN}ilo")


@pytest.mark.parametrize("pattern", PATTERNS)
def test_a_pattern_of_any_case_finds_what_one_that_ignores_case_does(pattern: str) -> None:
    quick, plain = AnyCase(pattern), re.compile(pattern, re.IGNORECASE)
    for text in (*SAID[::4], *FOREIGN):
        for said in (text, text.upper()):
            found, wanted = quick.search(said, 3), plain.search(said, 3)
            assert (found and (found.span(), found.groups())) == (wanted and (wanted.span(), wanted.groups())), said
            assert [one.span() for one in quick.finditer(said)] == [one.span() for one in plain.finditer(said)], said
            assert quick.split(said) == plain.split(said)
            assert quick.sub("<>", said) == plain.sub("<>", said)
            assert (quick.match(said) is None) == (plain.match(said) is None)
