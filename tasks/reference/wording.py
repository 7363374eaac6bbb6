"""Clauses put another way before their objects are read, and what descriptions have in common."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from benchmark.reading import is_negated
from tasks.reference import forms
from tasks.reference.ambiguity import Words
from tasks.reference.items import Item, items_in, kind_of
from tasks.reference.scenes import ATTRIBUTE_OF, KIND, PLACE, Scene, plurals_of
from tasks.reference.words import Found, found_in


def placed(text: str, scene: Scene) -> str:
    """ "On my left I see a mug and a jug" with the place said of each of them."""
    where = forms.PLACE_FIRST.match(text)
    if not where:
        return text
    side, items = found_in(where.group(), scene), items_in(text[where.end() :], scene, frozenset())
    if len(side) != 1 or len(items) < 2 or any(ATTRIBUTE_OF[word] == PLACE for item in items for word in item.words):
        return text
    return f"{side[0][2]}: {text[where.end() :]}"


def as_seen(match: re.Match[str]) -> str:
    """ "You won't find" in the first person."""
    return "I don't see" if match["not"] and re.search(r"(?i)not|n't|never|hardly", match["not"]) else "I see"


def common_to(some: Sequence[Words]) -> Words:
    """What all of ``some`` share, if that is a kind and more or less."""
    shared = frozenset.intersection(*some) if some else frozenset()
    return shared if kind_of(shared) else frozenset()


def identified(words: Words, theirs: Sequence[Words]) -> Words:
    """``words`` with the rest of what they are short for: "the large one", "the dinghy", of what the other described."""
    look = {word for word in words if ATTRIBUTE_OF[word] != PLACE}
    fit = [one for one in theirs if look and look <= one]
    return put(frozenset(word for word in fit[0] if ATTRIBUTE_OF[word] != PLACE), words) if len(fit) == 1 else words


def put(old: Words, new: Words) -> Words:
    """``new``, and of ``old`` what it says nothing of."""
    told = {ATTRIBUTE_OF[word] for word in new}
    return new | {word for word in old if ATTRIBUTE_OF[word] not in told}


def kinds_of(found: Iterable[Item]) -> Words:
    return frozenset().union(*[kind_of(item.words) for item in found])


def headed(text: str, head: Words, scene: Scene) -> str:
    """ "Both in the middle: one striped, one plain" with what both are, the ``head``, in front."""
    both = forms.OF_BOTH.match(text) if ":" in text and head else None
    if both and not any(ATTRIBUTE_OF[word] == KIND for _, _, word, _ in found_in(text, scene)):
        return f"{' '.join(head)} {text[both.end() :]}"
    return text


def with_heads(text: str, scene: Scene) -> str:
    """ "Jugs yellow chipped, red dotted" with a colon behind the kind, which stands over what comes."""
    found = found_in(text, scene)
    if len(found) < 2:
        return text
    if (row := _ROW_OF.search(text)) and _is_row(text, row, found):
        return f"{text[: row.start('gap')]}: {text[row.end('gap') :]}"
    colon = text.rfind(":")
    if found and colon > found[0][1]:
        if any(ATTRIBUTE_OF[word] == KIND for start, _, word, _ in found if start < colon):
            return text
        found = tuple(one for one in found if one[0] > colon)
    for at, (one, after) in reversed([*enumerate(pairwise(found))]):
        gap = text[one[1] : after[0]]
        stands_over = text[one[0] : one[1]].lower() in plurals_of(scene) and ATTRIBUTE_OF[after[2]] not in (KIND, PLACE)
        if stands_over and (gap == " " or (gap == ", " and _is_listed(text, found[at + 1 :]) and not is_negated(text[: one[0]]))):
            text = f"{text[: one[1]]}:{text[one[1] :].removeprefix(',')}"
    return text


def _is_listed(text: str, found: Sequence[Found]) -> bool:
    """Whether what comes first in ``found`` has looks, and a place, but no kind: "shells, large red (left)"."""
    end = _ENDS.search(text, found[0][0])
    names = {ATTRIBUTE_OF[word] for start, _, word, _ in found if not end or start < end.start()}
    return len(names) > 1 and KIND not in names and (PLACE in names or bool(end and end.group() == "("))


_ENDS = re.compile(r"[,;(]|\band\b")


_ROW_OF = re.compile(
    r"(?i)\b(?:two|three|four|five|[2-5]) (?:[\w-]+ ){1,4}?(?P<kind>[\w-]+s|nebulae)(?P<gap>(?: (?:here|too|also|as well))?,? )(?=[\w-]+ )"
)


def _is_row(text: str, row: re.Match[str], found: Sequence[Found]) -> bool:
    """Whether descriptions of several things stand behind their kind: "two black jugs as well, small plain left and large dotted right"."""
    kind = [one for one in found if one[1] == row.end("kind") and ATTRIBUTE_OF[one[2]] == KIND]
    after = [one for one in found if one[0] >= row.end()]
    names = [ATTRIBUTE_OF[one[2]] for one in after]
    opens = bool(after) and after[0][0] == row.end()
    return bool(kind) and opens and KIND not in names and PLACE in names and len(names) > len(set(names)) > 1 and ":" not in text


def starts_question(text: str) -> bool:
    return bool(
        re.search(r"(?i)\bhow many\b", text)
        or re.match(r"(?i)\W*(?:(?:and|so|ok|but|also|then|well)\W+)*(?:do|does|is|are|have|can|could|which|what|any|how)\b", text)
    )


def without_objects(text: str, scene: Scene) -> str:
    """``text`` without the words of objects."""
    rest = text
    for start, end, _, _ in reversed(found_in(text, scene)):
        rest = rest[:start] + rest[end:]
    return rest
