"""Cuts a clause into the objects that it describes, each with how many there are said to be."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from tasks.reference.ambiguity import Words
from tasks.reference.chunks import Chunk, chunk_of, chunks_in
from tasks.reference.scenes import ATTRIBUTE_OF, KIND, KINDS, PLACE, Scene
from tasks.reference.words import Found, found_in

_AND = re.compile(r"(?i)\s(?:and|plus|&)\s(?=(?:an?|one|two|three|four|\d)\b)")
_HEAD = re.compile(r"(?:^|(?<=[:,;|•\n()–—-]))(?:[^:,;|•\n]*:|(?:^|(?<=[:;,\n]))\W*\w+(?:\s\w+){0,2}\s[-–—](?=\s)|[^:,;|•\n()]*\()")
_OF_LIST = re.compile(r"(?:^|\n)\s*(?:\(?\d+[.)]|#\d+:?|[-*•·])\s+")
_MINE_FIRST = re.compile(r"(?i)\W*mine\b")


class Item(NamedTuple):
    """``words`` of one description; ``number`` of such objects if it is said (0: there are none), ``exactly`` if no more.

    ``theirs``: its place is the other person's. ``head``: what opened the row that it stands in. ``things``:
    whether it is said of things of every kind.
    """

    words: Words
    number: int | None
    exactly: bool
    theirs: bool
    head: Words
    things: bool = False


@lru_cache(maxsize=4096)
def items_in(text: str, scene: Scene, head: Words) -> tuple[Item, ...]:
    """The descriptions in ``text``, in order. Those in a row after a colon take over the words of its ``head`` that they do not replace."""
    text = _OF_LIST.sub("\n", text)
    found = found_in(text, scene)
    return tuple(_with_kinds(_items(text, found, head))) if found or head else ()


def _items(text: str, found: Sequence[Found], head: Words) -> list[Item]:
    items: list[Item] = []
    start, words, denied = 0, frozenset[str](), False
    outer = top = frozenset[str]()
    for match in _heads(text):
        begin, inside = _opening(text, match, start, found)
        opened = [one for one in found if begin <= one[0] < match.end()]
        if match.end() <= start or not opened or inside is None:
            continue
        chunk = chunk_of(text[begin : match.end()], begin, opened)
        before, words = words, frozenset(chunk.words.values())
        denied = _row(text, (start, begin), found, before, items, denied)
        words |= _led_by(items, chunk)
        if "ones" in text[begin : match.end()] and not kind_of(words):
            words |= kind_of(before)
        words |= _headed_by(before, words, text[start:begin] if start and inside < 0 else "-")
        top = words if not items and inside < 0 and not kind_of(words) else top
        if kind_of(words) and not clash(words, top):
            words |= top
        if inside >= 0 and not clash(words, outer):
            words |= outer
        if chunk.number is not None and (chunk.number != 1 or chunk.exactly):
            items.append(Item(words, chunk.number, chunk.exactly, chunk.theirs, words))
            if chunk.number == 0:
                words = frozenset()
        denied = denied and not chunk.exactly and not chunk.number
        start = match.end()
        if inside >= 0:
            denied = _row(text, (start, inside), found, words, items, denied)
            start, words = inside + 1, outer
        else:
            outer = words
    if not start and not any(ATTRIBUTE_OF[word] == KIND for _, _, word, _ in found):
        words = head
    _row(text, (start, len(text)), found, words, items, denied)
    return items


def _heads(text: str) -> Iterator[re.Match[str]]:
    return _HEAD.finditer(text) if any(sign in text for sign in ":(-–—") else iter(())


def _opening(text: str, match: re.Match[str], start: int, found: Sequence[Found]) -> tuple[int, int | None]:
    """Where a head begins, and where the bracket ends that it opens, -1 without one; None if nothing stands under it.

    "A jug (large, red) and two plates: ...": the head of the plates begins behind the bracket.
    """
    begin = max(match.start(), start)
    begin = max([begin, *(one.end() for one in _AND.finditer(text, begin, match.end()) if _has_kind(found, begin, one.start()))])
    inside = text.find(")", match.end()) if match.group().endswith("(") else -1
    until = inside if match.group().endswith("(") else len(text)
    return begin, inside if any(match.end() <= one[0] < until for one in found) else None


def _has_kind(found: Sequence[Found], start: int, end: int) -> bool:
    return any(start <= one[0] < end and ATTRIBUTE_OF[one[2]] == KIND for one in found)


def _led_by(items: list[Item], chunk: Chunk) -> Words:
    """What a head without a kind has from the several counted before it: "two of my mugs are red, one striped (large)"."""
    lead = next((item.words for item in items[::-1] if (item.number or 0) > 1), frozenset[str]())
    return frozenset(word for word in lead if chunk.starts and KIND not in chunk.words and ATTRIBUTE_OF[word] not in chunk.words)


def kind_of(words: Words) -> Words:
    return words & KINDS


def _headed_by(before: Words, words: Words, between: str) -> Words:
    """ "Crystals: all large: brown banded": the words of a head that stands right before another."""
    bare = not between.strip() and not (kind_of(words) and kind_of(before))
    return before if bare and not clash(words, before) else frozenset()


@lru_cache(maxsize=8192)
def clash(one: Words, other: Words) -> bool:
    """Whether they say different things of one attribute."""
    known = {ATTRIBUTE_OF[word]: word for word in one}
    return any(known.get(ATTRIBUTE_OF[word], word) != word for word in other)


def _row(text: str, span: tuple[int, int], found: Sequence[Found], head: Words, items: list[Item], denied: bool) -> bool:
    """Adds the descriptions in ``span`` to ``items``; whether the last was denied."""
    current: Chunk | None = None
    before = last = lead = None
    for chunk in chunks_in(text, span, found):
        if not chunk.words and not (chunk.number == 1 and head):
            denied = _wordless(chunk, head, items, denied)
            continue
        if chunk.doubt and (current is not None or not _MINE_FIRST.match(text, span[0])):
            continue
        number = _number(chunk, denied)
        if chunk.words.keys() != {PLACE}:
            before, last = last, chunk
        if current is not None and _joins(current, chunk):
            current = _joined(current, chunk, number, head, items)
            continue
        lent: dict[str, str] = {}
        apart = False
        if current is not None:
            items.append(_item(current, head))
            lent = _lent(lead, chunk, before) if KIND not in chunk.words and not head else _look(current, chunk, number)
            if apart := chunk.number == current.number == 0 and not chunk.words.keys() & current.words.keys():
                lent = {}  # "no cloaks, no blue"
            if current.exactly and current.number == 1 and KIND not in current.words and chunk.starts:
                lent = current.words | lent  # "just one yellow thing, a small vase"
        current = last = chunk._replace(number=number, words={**lent, **chunk.words}, things=chunk.things or apart)
        lead = current if (number or 0) > 1 and KIND in current.words else lead
        denied = number == 0
    if current is not None:
        items.append(_item(current, head))
    return denied


def _wordless(chunk: Chunk, head: Words, items: list[Item], denied: bool) -> bool:
    """Adds how many of the ``head`` there are, if that is all that ``chunk`` says; whether what comes is denied."""
    if head and (chunk.number or 0) > 1:
        items.append(_item(chunk, head))
        return denied
    return chunk.number == 0 or (denied and not chunk.starts)


def _joined(current: Chunk, chunk: Chunk, number: int | None, head: Words, items: list[Item]) -> Chunk:
    """One description of the two; "three comets, all steady" says also how many comets there are."""
    if current.exactly and current.number == 1:
        items.extend([_item(current, head)] if KIND in current.words else [])  # "only one gown: black, large"
        current = current._replace(number=None, exactly=False)
    keeps = chunk.goes_on and current.number
    if keeps and (current.number or 0) > 1 and KIND in current.words:
        items.append(_item(current, head))
    return current._replace(
        words=current.words | chunk.words,
        number=current.number if keeps or number is None else number,
        theirs=current.theirs or chunk.theirs,
    )


def _number(chunk: Chunk, denied: bool) -> int | None:
    """How many there are; none, without a word, in a row that was denied, but for what stands behind "only"."""
    return chunk.number if chunk.number is not None else 0 if chunk.doubt or (denied and not chunk.exactly) else None


def _lent(lead: Chunk | None, chunk: Chunk, before: Chunk | None) -> dict[str, str]:
    """What a description without a kind has from the one before: "two shells, one grey", "my moths are large and medium"."""
    if chunk.starts and lead is not None:
        return {name: word for name, word in lead.words.items() if name not in chunk.words}
    if chunk.words.keys() == {PLACE}:
        return {}
    if before is not None and not chunk.starts and KIND in before.words:
        return {name: word for name, word in before.words.items() if name not in chunk.words}
    return {}


def _look(current: Chunk, chunk: Chunk, number: int | None) -> dict[str, str]:
    """What a bare kind has from the one denied before it: "no blue suitcases or trunks"."""
    bare = chunk.number is None and current.number == number == 0 and chunk.words.keys() == {KIND} and not chunk.starts
    return {name: word for name, word in current.words.items() if bare and name not in (KIND, PLACE)}


def _item(chunk: Chunk, head: Words) -> Item:
    taken = frozenset(word for word in head if ATTRIBUTE_OF[word] not in chunk.words)
    if chunk.things or any(ATTRIBUTE_OF[word] == KIND and word != chunk.words.get(KIND, word) for word in head):
        taken, head = frozenset(), frozenset()
    return Item(frozenset(chunk.words.values()) | taken, chunk.number, chunk.exactly, chunk.theirs, head, chunk.things)


def _joins(current: Chunk, chunk: Chunk) -> bool:
    """Whether ``chunk`` goes on about the same object: "a small mug, green, on the left"."""
    if current.words.keys() & chunk.words.keys() or (current.things and KIND in chunk.words):
        return False
    if current.words.keys() == {PLACE} and current.number is None:
        return True  # "On the left, a small mug": the place comes first
    return not chunk.starts and (chunk.number is None or 0 != chunk.number == current.number)


def _like(one: Item, after: Item) -> bool:
    """Whether ``one`` leaves out what ``after`` ends with: "a small red and a large blue mug on the left"."""
    names, full = ({ATTRIBUTE_OF[word] for word in item.words} for item in (one, after))
    return KIND in full and names - {PLACE} == full - {KIND, PLACE} and after.number in (None, 1) and one.head == after.head


def _with_kinds(items: list[Item]) -> list[Item]:
    """ "No red or green mugs": who lacks a kind has that of the next in the same row."""
    done: list[Item] = []
    for at, item in reversed([*enumerate(items)]):
        led = at > 0 and bool(kind_of(items[at - 1].words))
        has = bool(kind_of(item.words))
        if not (has or item.things) and item.number == 0 and done and done[-1].number == 0:
            told = {ATTRIBUTE_OF[word] for word in done[-1].words}
            if not done[-1].words & {"left", "right", "middle"}:  # "no large black or purple duffels"
                done[-1] = done[-1]._replace(words=done[-1].words | {word for word in item.words if ATTRIBUTE_OF[word] not in told})
            done.append(item._replace(words=item.words | kind_of(done[-1].words)))
        elif done and not (has or led or item.things) and item.number in (None, 1) and _like(item, done[-1]):
            done.append(
                item._replace(
                    words=item.words
                    | {
                        word
                        for word in done[-1].words
                        if ATTRIBUTE_OF[word] == KIND or (ATTRIBUTE_OF[word] == PLACE and PLACE not in map(ATTRIBUTE_OF.get, item.words))
                    }
                )
            )
        else:
            done.append(item)
    return done[::-1]
