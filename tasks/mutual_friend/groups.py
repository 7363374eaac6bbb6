"""Which names and particulars stand in a clause and which belong together; and how a player's claims are put into words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any

from benchmark.prompts import listing
from benchmark.reading import number_word, numbers
from benchmark.vocabulary import Claim, Seat
from tasks.mutual_friend.phrases import (
    HEADS,
    NOT_ONE,
    OF_BOTH,
    PRONOUN,
    REST,
    SAID_OF,
    WHOLE,
)
from tasks.mutual_friend.traits import MEANT, TRAIT_OF, TRAITS

Found = Sequence[tuple[int, int, str]]
Asked = tuple[tuple[str, ...], Any]
"""The slot and the value of a question."""

_WORD = re.compile(r"\w{3,}")


def named_in(text: str, people: Sequence[str], focus: Sequence[str]) -> Found:
    """The friends and the particulars in ``text``; "she" is who was spoken of last (``focus``), where others are named after her."""
    found = []
    for word in _WORD.finditer(text):
        term = MEANT.get(word.group().casefold())
        if term and term not in people:
            found.append((word.start(), word.end(), term))
    if found and "non" in text.lower():
        found = [(i, j, term) for i, j, term in found if term not in TRAIT_OF or not NOT_ONE.search(text[max(i - 6, 0) : i])]
    she = PRONOUN.match(text) if found and found[0][2] in TRAIT_OF and len(focus) == 1 else None
    return [(0, she.end(), focus[0]), *found] if she and any(term not in TRAIT_OF for *_, term in found) else found


def tells(text: str) -> bool:
    """Whether ``text`` says how anyone is."""
    return any(MEANT.get(word.casefold()) in TRAIT_OF for word in _WORD.findall(text))


def is_heading(part: str, text: str) -> bool:
    """Whether what follows ``part`` in ``text`` is a list of those who have what it names."""
    return f"{part}:" in text or (len(part.split()) < 3 and not SAID_OF.match(part))


def known(claims: Iterable[Claim], seat: Seat) -> list[str]:
    """Friends whom ``seat`` has told of, or has denied something of."""
    own = [claim for claim in claims if claim.seat == seat and claim.slot[0] == "friend"]
    return [claim.slot[1] for claim in own if claim.kind == "affirm" or len(claim.slot) == 3]


def asked_for(whom: Sequence[str], values: Sequence[str], traits: Sequence[str], else_of: Sequence[Asked]) -> Sequence[Asked]:
    """What a question is about: friends with these particulars or of this kind; ``else_of`` where it names neither."""
    if values:
        return [(("friend", name, TRAIT_OF[value]), value) for name in whom for value in values] or [
            ((TRAIT_OF[value],), value) for value in values
        ]
    of_friends = [(("friend", name, trait), None) for name in whom for trait in traits]
    return of_friends or else_of or [((trait,), None) for trait in traits]


def in_common(claims: Iterable[Claim]) -> set[str]:
    """The friends whom both have said that they know."""
    known: dict[Seat, set[str]] = {}
    for claim in claims:
        if claim.kind == "affirm" and claim.slot[0] == "friend":
            known.setdefault(claim.seat, set()).add(claim.slot[1])
    return set.intersection(*known.values()) if len(known) == 2 else set()


def groups_of(text: str, found: Found) -> list[tuple[list[str], list[str]]]:
    """Names that stand together, each group with the values said of it: those after it, or before it where a value comes first."""
    first = next((place for place, (_, _, term) in enumerate(found) if term not in TRAIT_OF), 0)
    if first and HEADS.search(text[found[first - 1][1] : found[first][0]]) and any(term in TRAIT_OF for _, _, term in found[first:]):
        head = [term for _, _, term in found[:first]]
        head = head if len({TRAIT_OF[term] for term in head}) == len(head) else []  # "from Lagos and Quito: Noor from Lagos, …"
        return [(names, [*head, *its]) for names, its in groups_of(text, found[first:])]
    groups: list[tuple[list[str], list[str]]] = []
    waiting: list[str] = []
    leads, end, after_name, bracket = found[0][2] in TRAIT_OF, 0, False, 0
    for start, stop, term in found:
        if term in TRAIT_OF:
            hangs = groups and not waiting and "(" in text[end:start] and ")" not in text[end:start]
            bracket = stop + text[stop:].find(")") if hangs else bracket
            follows = groups and (not leads or stop <= bracket or (not waiting and OF_BOTH.search(text[end:start])))
            (groups[-1][1] if follows else waiting).append(term)
        elif after_name and re.fullmatch(r"[\s,&/]*(?:and|or|nor|plus|both)?[\s,]*(?:my)?\s*", text[end:start], re.IGNORECASE):
            groups[-1][0].append(term)
        else:
            groups.append(([term], waiting))
            waiting = []
        end, after_name = stop, term not in TRAIT_OF
    if waiting:
        groups = [*groups[:-1], (groups[-1][0], groups[-1][1] + waiting)] if groups else [([], waiting)]
    return groups


def counts_of(text: str, found: Found, size: int) -> list[tuple[str, int]]:
    """How many friends have which particular: the one that a number stands before, or the only one there is. "All" are ``size``."""
    values = [(i, value) for i, _, value in found if value in TRAIT_OF]
    said = [(int(number), j) for _, j, number in numbers(text)]
    counts = []
    for place, (number, start) in enumerate(said or ([(size, 0)] if WHOLE.search(text) and not REST.search(text) else [])):
        stop = min([i for i, _, term in found if i >= start and term not in TRAIT_OF] + [j for _, j in said[place + 1 :]] + [len(text)])
        meant = [value for i, value in values if start <= i < stop] or [value for _, value in values if len(values) == 1]
        counts += [(value, number) for value in meant if len(meant) == 1]
    return counts


def worded(claims: Iterable[Claim]) -> str:
    """What a player says; claims in a row on one topic share a sentence."""
    topics = groupby(claims, lambda claim: (claim.kind.replace("count", "affirm"), claim.slot[1] if len(claim.slot) == 3 else ""))
    return " ".join(_spoken(list(group)) for _, group in topics)


def _spoken(claims: Sequence[Claim]) -> str:
    first, names = claims[0], [claim.slot[1] for claim in claims if claim.slot[0] == "friend"]
    if first.kind == "propose":
        return "We have no mutual friend." if first.value is None else f"Our mutual friend is {first.value}."
    if first.kind == "ask":
        return "Which of them do you know?"
    if first.kind == "count":
        number = f"{number_word(first.value) if first.value else 'no'} name{'' if first.value == 1 else 's'}"
        return f"We have {number} in common{': ' if names else ''}{listing(names) if names else ''}."
    if len(first.slot) == 3:
        told = [(TRAITS[claim.slot[2]], claim.value) for claim in claims]
        said = [(trait.said if first.kind == "affirm" else trait.denied).format(value) for trait, value in told]
        return f"My {names[0]} {listing(said)}."
    return f"I know {listing(names)}." if first.kind == "affirm" else f"I do not know {listing(names).replace(' and ', ' or ')}."
