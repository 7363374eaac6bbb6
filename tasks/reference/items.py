"""Cuts a clause into the objects that it describes, each with how many there are said to be."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from benchmark.phrases import AnyCase
from benchmark.reading import number_word, numbers
from tasks.reference.ambiguity import Words
from tasks.reference.scenes import ATTRIBUTE_OF, KIND, PLACE, SCENES, Scene
from tasks.reference.words import Found, found_in

_BREAK = AnyCase(r"\s*(?:[,;/|&+•·\n()—]|\s[-–]\s|\band\b|\bor\b|\bnor\b|\bplus\b|\bas well as\b|→)\s*")
_HEAD = re.compile(r"[^:,;|•\n]*:|(?:^|(?<=[:;,\n]))\W*\w+(?:\s\w+){0,2}\s[-–—](?=\s)|[^:,;|•\n()]*\(")
_OF_HEADS = re.compile(r"[:(–—-]")
"""Signs of which every head has one: without them there is none to be looked for."""
_STARTS = re.compile(r"(?i)\W*(?:I (?:have|see|'ve got)\s+|there(?:'s| is| are)\s+|my\s+)?(?:an?|another|the(?: other)?|one|my|mine)\b")
_NONE = AnyCase(
    r"\b(?:no|none|nothing|neither|nor|without|zero|lack(?:s|ing)?|miss(?:ing)?|won't (?:find|see|have)|will not"
    r"|not (?:a|an|any)|never|(?:don't|do not|can't|cannot|didn't|haven't|have not|not) "
    r"(?:actually |really )?(?:have|see|got|find|spot)|(?:don't|can't)(?= any)|isn't an?y?|aren't any|isn't one|"
    r"not (?:see|have)|dont (?:have|see)|hav ?n't)\b"
)
_NOT = AnyCase(r"\b(?:not|isn't|aren't|isnt|arent)\b")
_EXACTLY = AnyCase(r"\b(?:only|just|exactly|precisely|a single|1 single|sole|but one)\b")
_SINGLE = re.compile(r"(?i)\b(?:an?|the|one) (?:single|sole|lone|solitary)\b")
_ALL_OF = re.compile(r"(?i)^\W*(?:both|all|each|all three|all two)\b")
_OF_LIST = re.compile(r"(?:^|\n)\s*(?:\(?\d+[.)]|#\d+:?|[-*•·])\s+")
_BOTH = re.compile(r"(?i)^\W*both\b|\bare both\b")


_MINE_FIRST = re.compile(r"(?i)\W*mine\b")
_BEHIND = re.compile(r"\s*[:x×]?\s*\d\W*$")
""" "Medium crates 1"."""
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?|\d+")
_BEGINNERS = frozenset("a an another the one my mine".split())
_THINGS = frozenset(word for scene in SCENES for word in (scene.thing, scene.things))
"""What stands for every kind: "trawlers or blue boats"."""
_QUANTIFIERS = frozenset(
    "no none nothing neither nor without zero lack lacks lacking miss missing won't will not never don't do can't cannot didn't haven't isn't"  # noqa: E501 (words of one kind)
    " any isnt aren't aren arent see dont havnt hav only just exactly precisely single sole lone solitary both all each".split()
) | {word for n in range(30) for word in (str(n), number_word(n))}
"""Words without one of which nothing is said of how many there are."""


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


class _Chunk(NamedTuple):
    words: dict[str, str]
    number: int | None
    exactly: bool
    starts: bool
    theirs: bool
    goes_on: bool
    doubt: bool
    things: bool = False


@lru_cache(maxsize=4096)
def items_in(text: str, scene: Scene, head: Words) -> tuple[Item, ...]:
    """The descriptions in ``text``, in order. Those in a row after a colon take over the words of its ``head`` that they do not replace."""
    text = _OF_LIST.sub("\n", text)
    found = found_in(text, scene)
    items: list[Item] = []
    start, words, denied = 0, frozenset[str](), False
    outer = frozenset[str]()
    for match in _HEAD.finditer(text) if _OF_HEADS.search(text) else ():
        begin = max(match.start(), start)  # "a jug (large, red) and two plates: ...": the head of the plates begins behind the bracket
        if match.end() <= start:
            continue
        opened = [one for one in found if begin <= one[0] < match.end()]
        if not opened or not any(one[0] >= match.end() for one in found):
            continue
        chunk = _chunk(text[begin : match.end()], begin, opened)
        inside = text.find(")", match.end()) if match.group().endswith("(") else -1
        if match.group().endswith("(") and not any(match.end() <= one[0] < inside for one in found):
            continue
        before, words = words, frozenset(chunk.words.values())
        words |= _led_by(items, chunk)
        words |= _headed_by(before, words, text[start:begin] if start and inside < 0 else "-")
        denied = _row(text, (start, begin), found, before, items, denied)
        if inside >= 0 and not _clash(words, outer):
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
    return tuple(_with_kinds(items))


def _led_by(items: list[Item], chunk: _Chunk) -> Words:
    """What a head without a kind has from the several counted before it: "two of my mugs are red, one striped (large)"."""
    lead = next((item.words for item in items[::-1] if (item.number or 0) > 1), frozenset[str]())
    return frozenset(word for word in lead if chunk.starts and KIND not in chunk.words and ATTRIBUTE_OF[word] not in chunk.words)


def _headed_by(before: Words, words: Words, between: str) -> Words:
    """ "Crystals: all large: brown banded": the words of a head that stands right before another."""
    bare = not between.strip() and not any(ATTRIBUTE_OF[word] == KIND for word in words)
    return before if bare and not _clash(words, before) else frozenset()


def _clash(one: Words, other: Words) -> bool:
    """Whether they say different things of one attribute."""
    known = {ATTRIBUTE_OF[word]: word for word in one}
    return any(known.get(ATTRIBUTE_OF[word], word) != word for word in other)


def _row(text: str, span: tuple[int, int], found: Sequence[Found], head: Words, items: list[Item], denied: bool) -> bool:
    """Adds the descriptions in ``span`` to ``items``; whether the last was denied."""
    current: _Chunk | None = None
    before = last = lead = None
    for chunk in _chunks(text, span, found):
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
        if current is not None:
            items.append(_item(current, head))
            lent = _lent(lead, chunk, before) if KIND not in chunk.words and not head else _look(current, chunk, number)
            if current.exactly and current.number == 1 and KIND not in current.words and chunk.starts:
                lent = current.words | lent  # "just one yellow thing, a small vase"
        current = last = chunk._replace(number=number, words={**lent, **chunk.words})
        lead = current if (number or 0) > 1 and KIND in current.words else lead
        denied = number == 0
    if current is not None:
        items.append(_item(current, head))
    return denied


def _wordless(chunk: _Chunk, head: Words, items: list[Item], denied: bool) -> bool:
    """Adds how many of the ``head`` there are, if that is all that ``chunk`` says; whether what comes is denied."""
    if head and (chunk.number or 0) > 1:
        items.append(_item(chunk, head))
        return denied
    return chunk.number == 0 or (denied and not chunk.starts)


def _joined(current: _Chunk, chunk: _Chunk, number: int | None, head: Words, items: list[Item]) -> _Chunk:
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


def _number(chunk: _Chunk, denied: bool) -> int | None:
    """How many there are; none, without a word, in a row that was denied, but for what stands behind "only"."""
    return chunk.number if chunk.number is not None else 0 if chunk.doubt or (denied and not chunk.exactly) else None


def _lent(lead: _Chunk | None, chunk: _Chunk, before: _Chunk | None) -> dict[str, str]:
    """What a description without a kind has from the one before: "two shells, one grey", "my moths are large and medium"."""
    if chunk.starts and lead is not None:
        return {name: word for name, word in lead.words.items() if name not in chunk.words}
    if chunk.words.keys() == {PLACE}:
        return {}
    if before is not None and not chunk.starts and KIND in before.words:
        return {name: word for name, word in before.words.items() if name not in chunk.words}
    return {}


def _look(current: _Chunk, chunk: _Chunk, number: int | None) -> dict[str, str]:
    """What a bare kind has from the one denied before it: "no blue suitcases or trunks"."""
    bare = chunk.number is None and current.number == number == 0 and chunk.words.keys() == {KIND} and not chunk.starts
    return {name: word for name, word in current.words.items() if bare and name not in (KIND, PLACE)}


def _item(chunk: _Chunk, head: Words) -> Item:
    taken = frozenset(word for word in head if ATTRIBUTE_OF[word] not in chunk.words)
    if KIND in chunk.words and any(ATTRIBUTE_OF[word] == KIND and word != chunk.words[KIND] for word in head):
        taken, head = frozenset(), frozenset()
    return Item(frozenset(chunk.words.values()) | taken, chunk.number, chunk.exactly, chunk.theirs, head, chunk.things)


def _joins(current: _Chunk, chunk: _Chunk) -> bool:
    """Whether ``chunk`` goes on about the same object: "a small mug, green, on the left"."""
    if current.words.keys() & chunk.words.keys() or (current.things and KIND in chunk.words):
        return False
    if current.words.keys() == {PLACE} and current.number is None:
        return True  # "On the left, a small mug": the place comes first
    return not chunk.starts and chunk.number in (None, current.number)


def _chunks(text: str, span: tuple[int, int], found: Sequence[Found]) -> list[_Chunk]:
    chunks = []
    start = span[0]
    for match in [*_BREAK.finditer(text, *span), None]:
        end = match.start() if match else span[1]
        rows: list[list[Found]] = [[]]
        told: dict[str, str] = {}
        for one in found:
            if start <= one[0] < end:
                name, word = ATTRIBUTE_OF[one[2]], one[2]
                if told.get(name, word) != word:
                    rows.append([])
                    told = {}
                told[name] = word
                rows[-1].append(one)
        at = start
        for place, row in enumerate(rows):
            until = rows[place + 1][0][0] if place + 1 < len(rows) else end
            chunks.append(_chunk(text[at:until], at, row))
            at = until
        start = match.end() if match else end
    return chunks


def _chunk(text: str, at: int, found: Sequence[Found]) -> _Chunk:
    words = {ATTRIBUTE_OF[word]: word for _, _, word, _ in found}
    theirs = any(theirs for *_, theirs in found)
    said = frozenset(_WORD.findall(text.lower()))
    things = not said.isdisjoint(_THINGS)
    starts = things or (not said.isdisjoint(_BEGINNERS) and bool(_STARTS.match(text)))
    if said.isdisjoint(_QUANTIFIERS):
        return _Chunk(words, None, False, starts, theirs, False, False, things)
    first = found[0][0] - at if found else len(text)
    given = [int(number) for start, _, number in numbers(text) if start < first or not _is_pronoun(text, start)]
    negated = bool(_NONE.search(text))
    number = 0 if negated else given[0] if given else (2 if _BOTH.search(text) else None)
    if number is None and _SINGLE.search(text):
        number = 1
    doubt = not negated and bool(_NOT.search(text, 0, first))
    if number is None and _NOT.search(text) and not doubt:
        number = 0
    starts = starts or bool(given and given[0] >= 1 and not negated)
    exactly = bool(_EXACTLY.search(text)) or (bool(found) and bool(_BEHIND.match(text, found[-1][1] - at)))
    return _Chunk(words, number, exactly, starts, theirs, bool(_ALL_OF.match(text)), doubt, things)


def _is_pronoun(text: str, start: int) -> bool:
    """Whether "one" stands for a thing: "the small one"."""
    return text[start : start + 3].lower() == "one"


def _with_kinds(items: list[Item]) -> list[Item]:
    """ "No red or green mugs": who lacks a kind has that of the next in the same row."""
    done: list[Item] = []
    for item in reversed(items):
        has = any(ATTRIBUTE_OF[word] == KIND for word in item.words)
        if not (has or item.things) and item.number == 0 and done and done[-1].number == 0:
            told = {ATTRIBUTE_OF[word] for word in done[-1].words}
            if not done[-1].words & {"left", "right", "middle"}:  # "no large black or purple duffels"
                done[-1] = done[-1]._replace(words=done[-1].words | {word for word in item.words if ATTRIBUTE_OF[word] not in told})
            done.append(item._replace(words=item.words | {word for word in done[-1].words if ATTRIBUTE_OF[word] == KIND}))
        else:
            done.append(item)
    return done[::-1]
