"""What heads a list in `hidden_profile`, and which text is a row that may stand below it."""

from __future__ import annotations

import re

from tasks.hidden_profile.words import OPTION, TOPIC, VALUE, Lexicon, mentioned

_HEADING = re.compile(r"\W*(?:(?:my|mine|all|the|i have|here|also|and)\b\W*)*(\w+)\s*(?::|[–—]|\s-\s)", re.IGNORECASE)
HEADED = re.compile(rf"{_HEADING.pattern}\s*", re.IGNORECASE)
_JOINS = re.compile(r"(?:\W|\b(?:and|also|plus|my|the|s|both|on|in)\b)*", re.IGNORECASE)


def heading(text: str, words: Lexicon) -> str:
    """The value that opens ``text`` as the heading of a list."""
    found = _HEADING.match(text)
    kind, value = words.meanings.get(found[1].casefold(), ("", ""))[:2] if found else ("", "")
    return value if kind == VALUE else ""


def is_row(text: str, words: Lexicon) -> bool:
    """Whether ``text`` names options and checks, and nothing besides."""
    found, end, besides = mentioned(text, words), 0, ""
    for start, stop, _ in found:
        besides, end = f"{besides} {text[end:start]}", stop
    return {meaning[0] for *_, meaning in found} == {OPTION, TOPIC} and _JOINS.fullmatch(besides + text[end:]) is not None
