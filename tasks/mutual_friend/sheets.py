"""Whole lists in few words, and what each says of whom: "Tessaly flute: Ida, Noor; banjo: Omar" or "Harp: fer Ida, poo Rafael Pia".

A heading holds for all who follow it until the next of its attribute; one of an outer attribute ends those within it. A list is written
out friend by friend where it is shortened or has headings within headings; every other sentence, and what could be meant in two ways,
is left as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from tasks.mutual_friend.entries import Chunk, Friend, Head, chunk_of
from tasks.mutual_friend.listings import WORDS, Vocabulary, listing_of
from tasks.mutual_friend.shortened import Meaning, Word, announced, resolved
from tasks.mutual_friend.traits import MEANT, TRAIT_OF, TRAITS

_CHUNK = re.compile(r"[^.!?\n]*(?:\.(?=\w)[^.!?\n]*)*[.!?\n]*\s*")
_LEGEND = re.compile(r"\b([^\W\d_]{1,4})\s?=\s?([^\W\d_]{4,})\b[,;]?\s*")
_EMPTY = re.compile(r"\(\s*\)\s*|\b(?:[Kk]ey|[Cc]odes?|[Ll]egend)\s*:?\s*(?=[.;])[.;]\s*")
_ENOUGH = 3
"""From so many friends on, initials behind every one of them are taken for such."""


_OWN_LINE = re.compile(r"(?:^|(?<=\n))[-*•\s]*([^\W\d_]+(?:[ /,&+]+[^\W\d_]+){0,2})[*_]*\s*:?[*_]*\s*\n\s*")
"""A line that may be a heading of those below it."""


def _headed(line: re.Match[str]) -> str:
    words = [MEANT.get(word.casefold(), "") for word in WORDS.findall(line[1])]
    return f"{line[1]}: " if words and all(word in TRAIT_OF for word in words) else line.group()


class _Heading(NamedTuple):
    attribute: str
    value: str | None
    colon: bool


class _Row(NamedTuple):
    name: str
    pairs: tuple[tuple[str, str], ...]
    depth: int
    """How many headings hold for it, and one more if something stands behind the name."""
    carried: bool
    """Whether a heading of a part before this one holds for it."""


class Sheets:
    """Writes out the lists of a talk about friends with these ``attributes``; remembers for what initials stood."""

    def __init__(self, attributes: Sequence[str] = (), people: Sequence[str] = ()) -> None:
        self.people = people
        self.attributes = tuple(attributes) or tuple(TRAITS)
        self.known: dict[str, str] = {}
        self.order: list[str] = []
        """Of what attributes initials are, one after the other, as was last said."""

    def written_out(self, text: str) -> str:
        keys = _LEGEND.findall(text) if "=" in text else ()
        legend = {short: MEANT[value.casefold()] for short, value in keys if MEANT.get(value.casefold()) in TRAIT_OF}
        plain = _EMPTY.sub("", _LEGEND.sub("", text)) if len(legend) > 1 else text
        self.known |= legend if plain != text else {}
        plain = _OWN_LINE.sub(_headed, plain) if "\n" in plain else plain
        self.order = order = [kind for kind in announced(plain) if kind in self.attributes] or self.order
        vocabulary = Vocabulary(self.attributes, self.known, order, self.people)
        listed = [(piece, listing_of(piece, vocabulary)) for piece in _CHUNK.findall(plain) if piece]
        if all(listing.plain for _, listing in listed if listing):
            return text
        read = [(piece, chunk_of(listing) if listing else None) for piece, listing in listed]
        chunks = [chunk for _, chunk in read if chunk]
        meanings = self._meanings([part for chunk in chunks for part in chunk.parts], order) if chunks else None
        if meanings is None:
            return text
        stack: list[_Heading] = []
        written = []
        for piece, chunk in read:
            if chunk is None:
                stack = []
                written.append(piece)
                continue
            if chunk.afresh or isinstance(chunk.parts[0], Friend):
                stack = []
            rows, stack = _rows(chunk, meanings, stack)
            written.append(_worded(chunk, rows, piece) if rows and _is_news(rows, piece) else piece)
        return "".join(written) if written != [piece for piece, _ in read] else text

    def _meanings(self, parts: Iterable[Head | Friend], order: Sequence[str]) -> Mapping[Word, Meaning] | None:
        """What the particulars of a turn stand for; None where there are initials that may be anything."""
        parts = list(parts)
        words = [word for part in parts for word in part.words]
        friends = [part for part in parts if isinstance(part, Friend)]
        if any(len(word.text) == 1 for word in words):
            lengths = {len(friend.words) for friend in friends}
            announced_heads = len(order) == 1 and lengths == {0}
            behind_all = lengths == {len(order)} or (len(lengths) == 1 and len(friends) >= _ENOUGH)
            heads = any(len(word.text) == 1 for part in parts if isinstance(part, Head) for word in part.words)
            if not (announced_heads if heads else behind_all):
                return None
        if len(short := {word.text for word in words if word.text not in TRAIT_OF}) == 1 and len(min(short)) == 2:
            return None
        found = resolved(words, self.attributes, order)
        self.known |= {word.text: value for word, (_, value) in found.items() if value and len(word.text) == 1}
        return found


def _rows(chunk: Chunk, meanings: Mapping[Word, Meaning], stack: list[_Heading]) -> tuple[list[_Row], list[_Heading]]:
    """Each friend of ``chunk`` with all that is said of them, and the headings that hold after it; no rows where that is unclear."""
    rows: list[_Row] = []
    after_head, own = False, False
    for part in chunk.parts:
        told = [(meanings[word][0], meanings[word][1]) for word in part.words]
        kinds = [kind for kind, _ in told if kind]
        if len(set(kinds)) < len(kinds):
            return [], []
        if isinstance(part, Head):
            stack = _under(stack, [_Heading(kind, value, part.colon) for kind, value in told], after_head)
            own = len(stack) == len(told)
        else:
            heads = [(one.attribute, one.value) for one in stack if one.attribute not in kinds]
            pairs = tuple((kind, value) for kind, value in (*heads, *told) if value)
            rows.append(_Row(part.name, pairs, len(heads) + bool(heads and told), bool(heads) and not own))
        after_head = isinstance(part, Head) and part.colon
    return rows, stack


def _under(stack: list[_Heading], run: list[_Heading], after_head: bool) -> list[_Heading]:
    """The headings that hold once ``run`` follows ``stack``; it goes within those of a heading that it follows at once."""
    kinds = {heading.attribute for heading in run}
    level = next((place for place, heading in enumerate(stack) if heading.attribute in kinds), None)
    if level is not None:
        return [*stack[:level], *run]
    if after_head:
        return [*stack, *run]
    outer = max((place + 1 for place, heading in enumerate(stack) if heading.colon), default=0)
    return [*([] if run[0].colon else stack[:outer]), *run]


def _is_news(rows: Sequence[_Row], text: str) -> bool:
    """Whether written out a list tells more than as it stands: something is shortened, or a heading holds with or behind another."""
    if any(row.depth > 1 or row.carried for row in rows):
        return True
    written = {MEANT.get(word.casefold()) for word in WORDS.findall(text)}
    return not all(value in written for row in rows for _, value in row.pairs)


def _worded(chunk: Chunk, rows: Sequence[_Row], text: str) -> str:
    """The list friend by friend, those of whom nothing else is said last."""
    told = [f"{row.name} ({', '.join(value for _, value in row.pairs)})" for row in rows if row.pairs]
    end = text[len(text.rstrip(".!?\n ")) :] or "."
    end = f". {chunk.tail} " if chunk.tail else end
    return f"{chunk.lead}{', '.join([*told, *(row.name for row in rows if not row.pairs)])}{end}"
