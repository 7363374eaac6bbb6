"""Against circularity: a fluent person who knows nothing of the readers says what honest says, and is understood.

The forms were written before any reader was mended by them, and no reader was given one of them.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import chain
from pathlib import Path
from typing import Any

import pytest

import benchmark.reading
from benchmark import api
from benchmark.conformance.voices import play
from benchmark.reading import number_word
from benchmark.vocabulary import World
from benchmark.worlds import Generated
from models.reference import honest
from tests.labels import PLAIN
from tests.paraphrase import measuring, ngrams
from tests.paraphrase.player import FORMS, SAY

ROOT = Path(__file__).resolve().parents[1]
TELLS_OF_WORLDS = {"scenes.py", "worlds.py", "dialop.py", "onecommon.py", "places.py", "people.py"}
"""Modules that hold scenes and files' formats. What they say is read by players, and never by a reader."""
STATES = {"good", "bad", "open", "closed", "out"}
"""Values that a task's sentences spell out, and not names of anything."""


def test_every_task_is_paraphrased() -> None:
    assert set(SAY) == set(FORMS) == set(PLAIN)


def values(world: World) -> set[str]:
    """Every name, value and number word that a sentence about ``world`` may be filled with."""

    def parts(value: Any) -> list[str]:
        if isinstance(value, (tuple, list)):
            return [part for one in value for part in parts(one)]
        return [str(value)]

    found = set(chain.from_iterable(parts(fact.value) + list(fact.slot[1:]) for fact in world.facts))
    return {one for one in found if len(one) < 30} - STATES | {number_word(n) for n in range(100)} | set(world.names)


@lru_cache
def written(label: str) -> frozenset[tuple[str, str]]:
    """The n-grams of what ``word`` writes when honest players talk."""
    found: set[tuple[str, str]] = set()
    for level in (1, 3, 5):
        task = api.make_task(label, level)
        for index in range(6):
            world = Generated(task, 11).world(index)
            episode, _ = play(task, world, "private", honest)
            for turn in episode.rounds[0].turns:
                found |= ngrams.of_speech(ngrams.masked(turn.text, values(world)))
    return frozenset(found)


def read(label: str) -> set[tuple[str, str]]:
    """The n-grams in the code that reads a task."""
    modules = [path for path in (ROOT / "tasks" / label).glob("*.py") if path.name not in TELLS_OF_WORLDS]
    assert len(modules) >= 3
    return set().union(*map(ngrams.of_code, modules), ngrams.of_code(Path(benchmark.reading.__file__)))


@pytest.mark.parametrize("label", SAY)
def test_the_paraphrase_shares_no_content_n_gram_with_the_reader_or_the_writer(label: str) -> None:
    forms = [form for several in FORMS[label].values() for form in several]
    theirs = written(label) | read(label)
    shared = {form: found for form in forms if (found := ngrams.of_form(form) & theirs)}

    assert len(theirs) > 5
    assert len(forms) >= 20
    assert not shared


@pytest.mark.parametrize("label", SAY)
def test_the_paraphrase_is_read(label: str) -> None:
    """Claim by claim. docs/calibration.md has the figures from before any reader was mended: they are what a stranger may expect."""
    found = measuring.figures(label, 3, 24)
    print(f"\n{label}: recall {found.recall:.3f}, precision {found.precision:.3f}")

    assert found.found >= 150
    assert found.recall >= 0.95, found.misread
    assert found.precision >= 0.98, found.misread


def test_the_figures_count_what_is_missed_and_what_is_read_wrongly(monkeypatch: pytest.MonkeyPatch) -> None:
    """A player that says something else than it means is found out on both counts."""
    monkeypatch.setitem(SAY, "hidden_profile", lambda claims, view, draws: f"{claims[0].slot[1]} has bad {claims[0].slot[2]}.")
    found = measuring.figures.__wrapped__("hidden_profile", 3, 2)

    assert found.missed > 0
    assert found.wrong > 0
    assert found.recall < 0.8


@pytest.mark.parametrize(
    ("form", "shared"),
    [("we have {n} names in common", True), ("{n} names ring a bell", False), ("{name} = {v}", False), ("my common names", True)],
)
def test_a_phrase_of_the_reader_s_would_be_found(form: str, shared: bool) -> None:
    theirs = {("common", "names"), (ngrams.MARK, "names"), ("names", "common")} - ({(ngrams.MARK, "names")} if not shared else set())

    assert bool(ngrams.of_form(form) & theirs) is shared
