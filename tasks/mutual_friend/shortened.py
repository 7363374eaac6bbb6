"""Particulars that are shortened to their beginning or to an initial: which value, if exactly one, each can stand for.

What stands in one place of every row is of one attribute, and a row has each attribute once; so "S", "O" and "C" behind friends who play
something are employers. A beginning that could still be two values is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from benchmark.phrases import AnyCase
from tasks.mutual_friend.traits import TRAIT_OF, TRAITS

Column = tuple[str, int]
"""Where in a row a word stands: in a heading or behind the name, and which of those it is."""
Meaning = tuple[str, str | None]
"""The attribute of a word, and its value if that is certain; "" for an attribute that is not."""

_KINDS = {
    "home town": r"(?:home ?)?towns?|home|cit(?:y|ies)|from",
    "employer": r"employers?|jobs?|works?|compan(?:y|ies)|firms?",
    "hobby": r"hobb(?:y|ies)",
    "instrument": r"instruments?|plays|music",
    "language": r"lang(?:uage)?s?",
    "pet": r"pets?|animals?",
}
_KIND = rf"(?:{'|'.join(_KINDS.values())})"
_ORDER = AnyCase(rf"\b{_KIND}(?:(?:\s*[-–/,+&|·]\s*|\s+and\s+|,\s*and\s+|\s+)(?:their )?{_KIND})+\b")
_INITIALS = AnyCase(r"\b(?:initials?|(?:first )?letters?|codes?|coded|abbreviated|abbrev\w*|short(?:ened|hand)?|order|format|key)\b")
_OF_ONE = re.compile(
    rf"(?i)\b{_KIND}(?:'s)? (?:initials?|(?:first )?letters?|codes?)\b"
    rf"|\b(?:initials?|letters?|codes?)(?: of| for|:| =| is|,)? (?:the )?{_KIND}\b"
)
KIND = re.compile(rf"(?i)\b{_KIND}\b")
_BEGINNINGS: dict[str, dict[str, list[str]]] = {}
"""What values of each attribute begin with which small letters."""
for _name, _trait in TRAITS.items():
    for _value in _trait.values.split():
        for _end in range(1, len(_value) + 1):
            _BEGINNINGS.setdefault(_value[:_end].casefold(), {}).setdefault(_name, []).append(_value)


@lru_cache(maxsize=1024)
def kind_of(word: str) -> str:
    return next((kind for kind, words in _KINDS.items() if re.fullmatch(words, word, re.IGNORECASE)), "")


def announced(text: str) -> list[str]:
    """The attributes whose initials ``text`` says that it gives, in their order: "employer-pet-town initials"; none if it says none."""
    says_so = _INITIALS.search(text) is not None
    if says_so and _OF_ONE.search(text) and len(alone := KIND.findall(text)) == 1:
        return [kind_of(alone[0])]
    for sentence in re.split(r"(?<=[.!?\n])\s+", text) if says_so or ":" in text else ():
        order = _ORDER.search(sentence) if says_so or ":" in sentence else None
        if order and (sentence[order.end() : order.end() + 1] == ":" or _INITIALS.search(sentence)) and not sentence.rstrip().endswith("?"):
            kinds = [kind_of(word) for word in KIND.findall(order.group())]
            if len(set(kinds)) == len(kinds):
                return kinds
    return []


def meant_by(word: str, attributes: Iterable[str]) -> dict[str, list[str]]:
    """The values that ``word`` can stand for, by their attribute."""
    if word in TRAIT_OF:
        return {TRAIT_OF[word]: [word]}
    begun = _BEGINNINGS.get(word.casefold())
    return {name: begun[name] for name in attributes if name in begun} if begun else {}


class Word(NamedTuple):
    """A particular as it is written, and where."""

    column: Column
    text: str


def resolved(words: Sequence[Word], attributes: Sequence[str], order: Sequence[str]) -> dict[Word, Meaning]:
    """What each of ``words`` stands for; ``order`` is that of the announced initials behind names."""
    if all(word.text in TRAIT_OF for word in words):
        return {word: (TRAIT_OF[word.text], word.text) for word in words}
    columns: dict[Column, set[str]] = {}
    for word in words:
        can_be = set(meant_by(word.text, attributes))
        columns[word.column] = columns[word.column] & can_be if word.column in columns else can_be
    deepest = max((place for where, place in columns if where == "its"), default=-1)
    if len(order) == deepest + 1:
        columns |= {("its", place): {kind} for place, kind in enumerate(order)}
    if len(order) == 1:
        lone = {word.column for word in words if len(word.text) == 1}
        columns |= {column: {order[0]} for column in lone} if len(lone) == 1 else {}
    told = {TRAIT_OF[word.text] for word in words if word.text in TRAIT_OF and word.column[0] != "its"}
    settled = False
    while not settled:
        settled = True
        for column, kinds in columns.items():
            others = {min(found) for other, found in columns.items() if other != column and len(found) == 1}
            others |= told if column[0] == "its" else set()
            if len(kinds) > 1 and kinds & others:
                columns[column], settled = kinds - others, False
    return {word: _meaning(word.text, columns[word.column], attributes) for word in words}


def _meaning(word: str, kinds: set[str], attributes: Sequence[str]) -> Meaning:
    can_be: Mapping[str, list[str]] = meant_by(word, attributes)
    if word in TRAIT_OF:
        return TRAIT_OF[word], word
    if len(kinds) != 1:
        can_be = {name: values for name, values in can_be.items() if name in kinds} if kinds else can_be
        if len(word) < (2 if kinds else 3):
            return "", None
    else:
        can_be = {name: can_be.get(name, []) for name in kinds}
    values = [value for found in can_be.values() for value in found]
    return (min(can_be) if len(can_be) == 1 else ""), (values[0] if len(values) == 1 else None)
