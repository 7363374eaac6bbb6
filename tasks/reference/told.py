"""What someone has said of the objects they see, and what it leaves possible."""

from __future__ import annotations

from collections.abc import Iterable

from benchmark.vocabulary import Claim
from tasks.reference.ambiguity import Words
from tasks.reference.scenes import ATTRIBUTE_OF, ATTRIBUTES

_MOST = 300
"""Descriptions that are weighed against each other: a view has eight objects, and nobody describes them in more ways."""


class Told:
    """Descriptions as their speaker gave them, places as they see them, out of a view of ``size`` objects."""

    def __init__(self, claims: Iterable[Claim], size: int) -> None:
        self.size = size
        self.there: dict[Words, int] = {}
        """At least so many objects fit."""
        self.exact: dict[Words, int] = {frozenset(): size}
        """Exactly so many objects fit."""
        for claim in claims:
            words = frozenset(claim.slot[1:])
            if claim.kind == "affirm":
                self.there[words] = max(self.there.get(words, 0), 1)
            elif claim.kind == "count":
                self.exact[words] = self.there[words] = claim.value
            elif claim.kind == "exclude":
                self.exact[words] = 0
        self.there = dict(list(self.there.items())[-_MOST:])

    @property
    def full(self) -> tuple[Words, ...]:
        """What was described in full."""
        return tuple(words for words in self.there if len(words) == len(ATTRIBUTES))

    def has(self, one: Words) -> bool:
        """Whether ``one``, described in full, was said to be there."""
        return len(one) == len(ATTRIBUTES) and self.there.get(one, 0) > 0 and not self._denied(one)

    def allows(self, one: Words) -> bool:
        """Whether ``one``, described in full, can still be among the objects: no description that fits it is used up by others."""
        return not any(words <= one and self._apart(words, one) >= number for words, number in self.exact.items())

    def number(self, words: Words) -> int:
        """How many objects that fit ``words`` are known of."""
        return max(self.there.get(words, 0), self._apart(words, None))

    def looks(self, length: int) -> tuple[Words, ...]:
        """The descriptions in ``length`` words that account for all objects, if there are such."""
        found = {words: number for words, number in self.there.items() if len(words) == length and number}
        return tuple(found) if sum(found.values()) >= self.size else ()

    def likeness(self, one: Words) -> int:
        """In how much ``one`` is like what was described."""
        return max((len(words & one) for words in self.there if not _differ(words, one)), default=0)

    def _denied(self, one: Words) -> bool:
        return any(not number and words <= one for words, number in self.exact.items())

    def _apart(self, words: Words, one: Words | None) -> int:
        """How many objects that fit ``words``, and are not ``one``, have been told apart."""
        found = [(other, number) for other, number in self.there.items() if words <= other and not (one and other <= one)]
        chosen: list[Words] = []
        total = 0
        for other, number in sorted(found, key=lambda pair: (-pair[1], -len(pair[0]))):
            if all(_differ(other, before) for before in chosen):
                chosen.append(other)
                total += number
        return total


def _differ(one: Words, other: Words) -> bool:
    """Whether no object fits both."""
    known = {ATTRIBUTE_OF[word]: word for word in one}
    return any(known.get(ATTRIBUTE_OF[word], word) != word for word in other)
