"""What the author of a world hears from `bench check`: each doubt is planted once, and found."""

from __future__ import annotations

from typing import Any

import pytest

from benchmark.conformance.tasks import check_worlds
from benchmark.worlds import Stored
from tasks.written import load_worlds
from tests.test_written import KEY, key, text


def checked(*worlds: dict[str, Any]) -> dict[str, str]:
    """What the checks of a file note or fail, by the first words of what is owed."""
    return {one.name: one.seen for one in check_worlds(Stored(*load_worlds(text(*worlds)))) if one.verdict != "passed"}


def meaning(first: dict[str, Any], second: dict[str, Any], **changes: Any) -> dict[str, Any]:
    notes = [
        {"text": "The first wheel is red.", "holders": "Ana"} | first,
        {"text": "The second wheel is blue.", "holders": "Ben"} | second,
    ]
    return key(notes=notes, **({"turns": 2, "words": 8} | changes))


@pytest.mark.parametrize(
    ("world", "seen"),
    [
        (meaning({"rules_out": "one"}, {}), "2 answers remain when all facts are known"),
        (meaning({"rules_out": "two"}, {"rules_out": "one"}), "is not scored as a success"),
        (meaning({"rules_out": ["one", "three"]}, {"rules_out": "one"}), "alone knows that the answer is 'two'"),
        (meaning({"rules_out": "one"}, {"rules_out": "three"}, turns=20), "so that reciting is enough"),
        (meaning({"rules_out": "one"}, {"rules_out": "three"}, setting="Two, two, two!"), "stands more often in what everyone reads"),
        (
            meaning({"rules_out": "one", "said_as": ["red wheel"]}, {"rules_out": "three"}, shared=["A red wheel."]),
            "is told to Ben by 'A red wheel.'",
        ),
        (meaning({"rules_out": "one", "holders": ["Ana", "Ben"]}, {"rules_out": "three"}), "Ana holds nothing of the kind"),
        (KEY, "grounding success is null"),
    ],
)
def test_an_author_hears_what_is_doubtful(world: dict[str, Any], seen: str) -> None:
    assert any(seen in told for told in checked(world).values()), checked(world)


@pytest.mark.parametrize(
    ("world", "advice"),
    [
        (meaning({"rules_out": "one"}, {}), "rule out every other answer"),
        (meaning({"rules_out": "two"}, {"rules_out": "one"}), "never the right one"),
        (meaning({"rules_out": "one", "said_as": ["red wheel"]}, {"rules_out": "three"}, shared=["A red wheel."]), "in other words"),
    ],
)
def test_a_scenario_that_nobody_could_earn_or_everybody_has_fails(world: dict[str, Any], advice: str) -> None:
    failed = [one for one in check_worlds(Stored(*load_worlds(text(world)))) if one.verdict == "failed"]

    assert any(advice in one.advice for one in failed)
    assert not any("candidates()" in one.advice for one in failed)


def test_two_facts_that_sound_alike_fail() -> None:
    alike = meaning({"rules_out": "one", "said_as": ["second wheel"]}, {"rules_out": "three"})

    assert any("is read without" in told for told in checked(alike).values())
