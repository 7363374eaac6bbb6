"""Which facts are left when those are dropped that can be done without."""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations

import pytest

from benchmark.dropping import indispensable
from benchmark.vocabulary import Fact

FACTS = [Fact((letter,), True, "") for letter in "abcd"]


class Told:
    """Somebody who was told the facts of all letters."""

    def __init__(self, suffices: Callable[[str], bool]) -> None:
        self.letters, self.suffices = "abcd", suffices

    def hear(self, fact: Fact) -> None:
        self.letters += fact.slot[0]

    def forget(self, fact: Fact) -> None:
        self.letters = self.letters.replace(fact.slot[0], "")

    def knows(self) -> bool:
        return self.suffices("".join(sorted(self.letters)))


def tried(sets: list[str]) -> tuple[str, list[str]]:
    """What is left if the facts of any of ``sets`` suffice, and what was tried on the way."""
    asked: list[str] = []

    def suffices(letters: str) -> bool:
        asked.append(letters)
        return any(set(one) <= set(letters) for one in sets)

    return "".join(sorted(fact.slot[0] for fact in indispensable(FACTS, Told(suffices)))), asked


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

    def suffices(letters: str) -> bool:
        return "b" in letters and ("a" in letters or "d" not in letters)

    assert [fact.slot[0] for fact in indispensable(FACTS, Told(suffices))] == ["b"]
