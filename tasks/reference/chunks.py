"""Cuts a row of descriptions where one may end, with what each part says and of how many things it says it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from benchmark.reading import number_word, numbers
from tasks.reference.scenes import ATTRIBUTE_OF, KIND, NEUTRAL, PLACE, SCENES
from tasks.reference.words import Found

_BREAK = re.compile(r"(?=[\s,;/|&+•·()—→AaOoNnPp])\s*(?:[,;/|&+•·\n()—→]|\s[-–]\s|\b(?i:and|or|nor|plus|as well as)\b)\s*")
_AND_SIGN = re.compile(r"(?i)\s*(?:and|&|\+)\s*")
_STARTS = re.compile(
    r"(?i)\W*(?:[\w-]+ ){1,3}ones\b"
    r"|\W*(?:I (?:have|see|'ve got)\s+|there(?:'s| is| are)\s+|my\s+)?(?:an?|another|the(?: other)?|one|my|mine)\b"
)
_NONE = re.compile(
    r"(?i)\b(?:no|none|nothing|neither|nor|without|zero|lack(?:s|ing)?|miss(?:ing)?|won't (?:find|see|have)|will not"
    r"|not (?:a|an|any)|never|(?:don't|do not|can't|cannot|didn't|haven't|have not|not) "
    r"(?:actually |really )?(?:have|see|got|find|spot)|(?:don't|can't)(?= any)|isn't an?y?|aren't any|isn't one|"
    r"not (?:see|have)|dont (?:have|see)|hav ?n't)\b"
)
_NOT = re.compile(r"(?i)\b(?:not|isn't|aren't|isnt|arent)\b")
_EXACTLY = re.compile(r"(?i)\b(?:only|just|exactly|precisely|a single|1 single|sole|but one)\b")
_ONLY_SUCH = re.compile(r"(?i)(?:\b(?:I|have|see|got)|'ve) (?:only|just)\b")
""" "I have only small barges": there are some, and no number is said."""
_SINGLE = re.compile(r"(?i)\b(?:an?|the|one) (?:single|sole|lone|solitary)\b")
_ALL_OF = re.compile(r"(?i)^\W*(?:both|all|each|all three|all two)\b")
_BOTH = re.compile(r"(?i)^\W*both\b|\bare both\b")
_BEHIND = re.compile(r"\s*[:x×]?\s*\d\W*$")
""" "Medium crates 1"."""
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?|\d+")
_BEGINNERS = frozenset("a an another the one ones my mine".split())
_THINGS = frozenset(word for scene in SCENES for word in (scene.thing, scene.things))
"""What stands for every kind: "trawlers or blue boats"."""
_QUANTIFIERS = frozenset(
    "no none nothing neither nor without zero lack lacks lacking miss missing won't will not never don't do can't cannot didn't haven't isn't"  # noqa: E501 (words of one kind)
    " any isnt aren't aren arent see dont havnt hav only just exactly precisely single sole lone solitary both all each".split()
) | {word for n in range(30) for word in (str(n), number_word(n))}
"""Words without one of which nothing is said of how many there are."""
_NUMBERS = frozenset(word for n in range(1, 30) for word in (str(n), number_word(n)))
_TURNS = frozenset(("but", "havn't"))
"""Beside numbers alone, what may yet limit or deny."""


class Chunk(NamedTuple):
    words: dict[str, str]
    number: int | None
    exactly: bool
    starts: bool
    theirs: bool
    goes_on: bool
    doubt: bool
    things: bool = False
    after_and: bool = False


def _led(chunks: Sequence[Chunk]) -> list[Chunk]:
    """ "Large black, strapped left, labelled right": a look without a place, before several with one, holds for each of them."""
    done: list[Chunk] = []
    lead: Chunk | None = None
    for at, chunk in enumerate(chunks):
        names, after = chunk.words.keys(), chunks[at + 1 : at + 3]
        if lead and chunk.number is None and names > {PLACE} and not names & lead.words.keys():
            done.append(chunk._replace(words=lead.words | chunk.words))
            continue
        alike = len(after) == 2 and after[0].words.keys() == after[1].words.keys() > {PLACE} and not any(one.starts for one in after)
        is_lead = alike and PLACE not in names and chunk.number is None and not names & after[0].words.keys()
        lead = chunk if names and is_lead else None
        done += [] if lead else [chunk]
    return done


def chunks_in(text: str, span: tuple[int, int], found: Sequence[Found]) -> list[Chunk]:
    chunks = []
    start, joined = span[0], False
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
            chunk = chunk_of(text[at:until], at, row)
            chunks.append(chunk._replace(after_and=True) if joined and not place else chunk)
            at = until
        start, joined = (match.end(), bool(_AND_SIGN.fullmatch(match.group()))) if match else (end, False)
    return _led(_sharing(chunks))


def _sharing(chunks: list[Chunk]) -> list[Chunk]:
    """ "Medium green and medium white on the right": two that are put alike, of which the second has a place, share it."""
    for at, (one, after) in enumerate(pairwise(chunks)):
        alike = one.words.keys() | {PLACE} == after.words.keys() and PLACE not in one.words and len(one.words) > 1
        if after.after_and and alike and not (after.starts or one.number == 0 or after.number is not None):
            chunks[at] = one._replace(words={**one.words, PLACE: after.words[PLACE]}, theirs=after.theirs)
        elif after.after_and and _is_shared_out(chunks[at - 1] if at else None, one, after):
            chunks[at] = one._replace(words={**one.words, KIND: after.words[KIND]})
    return chunks


def _is_shared_out(before: Chunk | None, one: Chunk, after: Chunk) -> bool:
    """Whether the kind of which so many are ``one`` and so many ``after`` stands behind: "3 small + 1 medium ferry"."""
    if not (one.number and after.number and one.words and one.words.keys() | {KIND} == after.words.keys() and KIND not in one.words):
        return False
    apart = not before or not before.number or before.words.keys() >= after.words.keys()
    return apart or one.number + after.number != (before and before.number)  # "three mugs, 2 small and 1 medium jug" could be either


def chunk_of(text: str, at: int, found: Sequence[Found]) -> Chunk:
    words = {ATTRIBUTE_OF[word]: word for _, _, word, _ in found}
    theirs = any(one[3] for one in found)
    said = frozenset(_WORD.findall(text.lower()))
    things = not said.isdisjoint(_THINGS)
    starts = things or (words.keys() != {PLACE} and not said.isdisjoint(_BEGINNERS) and bool(_STARTS.match(text)))
    told = said & _QUANTIFIERS
    if not told:
        return Chunk(words, None, False, starts, theirs, False, False, things)
    limits = not (told <= _NUMBERS and said.isdisjoint(_TURNS))
    first = found[0][0] - at if found else len(text)
    given = [int(number) for start, _, number in numbers(text) if start < first or not _is_pronoun(text, start)]
    negated = limits and bool(_NONE.search(text))
    number = 0 if negated else given[0] if given else (2 if _BOTH.search(text) and words.keys() != {PLACE} else None)
    if limits and number is None and _SINGLE.search(text):
        number = 1
    doubt = limits and not negated and bool(_NOT.search(text, 0, first))
    if limits and number is None and not doubt and _NOT.search(text):
        number = 0
    starts = starts or bool(given and given[0] >= 1 and not negated)
    if (
        number
        and number > 1
        and {*NEUTRAL} <= words.keys()
        and any(text[one[0] - at : one[1] - at].lower() == words[KIND] for one in found)
    ):
        number = None  # "only two: a small red plain mug, ..." is of the row
    exactly = limits and bool(_EXACTLY.search(text)) and not (number is None and KIND in words and _ONLY_SUCH.search(text))
    exactly = exactly or (bool(found) and bool(_BEHIND.match(text, found[-1][1] - at)))
    return Chunk(words, number, exactly, starts, theirs, bool(_ALL_OF.match(text)), doubt, things)


def _is_pronoun(text: str, start: int) -> bool:
    """Whether "one" stands for a thing: "the small one"."""
    return text[start : start + 3].lower() == "one"
