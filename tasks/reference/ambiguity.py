"""Whether a description picks out one object of a view: the symbolic truth against which requests for clarification can be scored."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from benchmark.vocabulary import Seat, View
from tasks.reference.scenes import MIRRORED

Words = frozenset[str]
"""What is said or known of one object: at most one word for each attribute, a place as its holder sees it."""


@lru_cache(maxsize=256)
def objects(view: View, seat: Seat) -> tuple[Words, ...]:
    """The objects of ``seat`` that ``view`` shows, in the order of the notes."""
    return tuple(frozenset((*fact.slot[1:], *fact.value)) for fact in view.held_by(seat) if fact.slot[0] == "object")


def across(words: Iterable[str]) -> Words:
    """The same object as the other side sees it: left and right change places."""
    return _mirrored(frozenset(words))


@lru_cache(maxsize=8192)
def _mirrored(words: Words) -> Words:
    return frozenset([MIRRORED.get(word, word) for word in words])


def fitting(view: View, described: Iterable[str], by: Seat | None = None) -> tuple[Words, ...]:
    """The objects that the seat of ``view`` sees and that fit ``described``; a place in it is as seen by ``by`` (default: that seat)."""
    seat = view.sees[0]
    words = frozenset(described) if by in (None, seat) else across(described)
    return tuple(one for one in objects(view, seat) if words <= one)


def is_ambiguous(view: View, described: Iterable[str], by: Seat | None = None) -> bool:
    """Whether more than one object of the view fits, so that asking which one is meant is called for."""
    return len(fitting(view, described, by)) > 1
