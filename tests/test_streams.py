"""Random draws: many at once are those that one would get one by one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmark.streams import stream


@given(st.integers(0, 99), st.lists(st.integers(1, 2**40) | st.integers(1, 100), max_size=40))
def test_many_draws_at_once_are_those_drawn_one_by_one(seed: int, limits: list[int]) -> None:
    at_once, singly = stream(seed, "draws"), stream(seed, "draws")

    assert at_once.each_below(tuple(limits)) == [singly.below(limit) for limit in limits]
    assert at_once.bits(64) == singly.bits(64)


@given(st.integers(0, 99), st.integers(0, 30))
def test_a_shuffle_is_fisher_and_yates_from_the_end(seed: int, size: int) -> None:
    shuffling, drawing = stream(seed, "cards"), stream(seed, "cards")
    items = list(range(size))
    for last in range(size - 1, 0, -1):
        place = drawing.below(last + 1)
        items[last], items[place] = items[place], items[last]

    assert shuffling.shuffled(range(size)) == items


def test_nothing_can_be_drawn_from_nothing() -> None:
    for draw in (lambda: stream(0).below(0), lambda: stream(0).each_below((3, 0)), lambda: stream(0).sample("ab", 3)):
        with pytest.raises(ValueError, match="no integer below 0"):
            draw()
