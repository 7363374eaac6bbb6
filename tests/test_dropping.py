"""Which facts are left when those are dropped that can be done without."""

from __future__ import annotations

from collections.abc import Collection
from itertools import combinations

import pytest

from benchmark.dropping import indispensable
from benchmark.vocabulary import Fact

FACTS = [Fact((letter,), True, "") for letter in "abcd"]


def tried(sets: list[str]) -> tuple[str, list[str]]:
    """What is left if the facts of any of ``sets`` suffice, and what was tried on the way."""
    asked: list[str] = []

    def suffices(facts: Collection[Fact]) -> bool:
        asked.append("".join(sorted(fact.slot[0] for fact in facts)))
        return any(set(one) <= set(asked[-1]) for one in sets)

    return "".join(sorted(fact.slot[0] for fact in indispensable(FACTS, suffices))), asked


@pytest.mark.parametrize("sets", [["ab", "cd"], ["abc", "d"], ["abcd"], ["bc", "bd"]])
def test_what_is_left_suffices_and_nothing_of_it_can_be_dropped(sets: list[str]) -> None:
    left, asked = tried(sets)

    assert any(set(one) <= set(left) for one in sets)
    assert not any(set(one) <= set(fewer) for fewer in combinations(left, len(left) - 1) for one in sets)
    assert len(asked) == len(set(asked))


def test_earlier_facts_are_dropped_first() -> None:
    assert tried(["ab", "cd"])[0] == "cd"


def test_a_fact_is_tried_again_once_another_was_dropped() -> None:
    """Misleading: "a" is needed as long as "d" is there."""

    def suffices(facts: Collection[Fact]) -> bool:
        left = {fact.slot[0] for fact in facts}
        return "b" in left and ("a" in left or "d" not in left)

    assert [fact.slot[0] for fact in indispensable(FACTS, suffices)] == ["b"]
