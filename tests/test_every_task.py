"""What every task owes, checked on every task: honesty of the partition is in test_noninterference, all else is here."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import lru_cache, partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmark import api, ledger, prompts, views
from benchmark.answers import write_answer
from benchmark.conformance.answers_and_talk import TALK
from benchmark.conformance.certificates import (
    CERTIFICATES,
    Certificate,
    Sample,
    everything_together_fixes_the_answer,
    where_the_answer_stands_says_nothing,
)
from benchmark.conformance.levels import LEVELS as OF_LEVELS
from benchmark.conformance.levels import Make
from benchmark.conformance.openness import OPENNESS
from benchmark.conformance.shape import SHAPE
from benchmark.conformance.tasks import CHECKS
from benchmark.conformance.voices import planned, play
from benchmark.records import canonical
from benchmark.running.drive import record, replay
from benchmark.streams import stream
from benchmark.task import Task
from benchmark.vocabulary import Illegal, Turn, World
from benchmark.worlds import Generated, is_solvable
from models.reference import PLAYERS
from tests import labels
from tests.conftest import Golden
from tests.labels import EVERY as LABELS

LEVELS = (1, 2, 3, 4, 5)
VARIANTS = [(label, level) for label in LABELS for level in LEVELS]
PRESETS = [(label, 3) for label in labels.PRESETS]
ALL = [*VARIANTS, *PRESETS]
OF_WORLDS = (*SHAPE, *CERTIFICATES, *OPENNESS)
"""What holds of the worlds of one level and says nothing of another; all else is owed by what reads and writes, the same at every level."""


def worlds(label: str, level: int, n: int, seed: int = 11) -> list[tuple[Task, World]]:
    return [(task, world) for task, found in [sampled(label, level, n, seed)] for world in found]


def in_turn(place: int) -> tuple[int, ...]:
    """Two of the levels, so that neighbouring places go through all of them."""
    return tuple(LEVELS[(place + step) % len(LEVELS)] for step in (0, 2))


@lru_cache(maxsize=64)
def sampled(label: str, level: int, n: int, seed: int = 11) -> tuple[Task, tuple[World, ...]]:
    source = Generated(api.make_task(label, level), seed)
    return source.task, tuple(source.world(index) for index in range(n))


@pytest.mark.parametrize("owed", CHECKS, ids=lambda owed: owed.__name__)
@pytest.mark.parametrize("label", LABELS)
def test_every_task_holds_what_it_owes(label: str, owed: Certificate) -> None:
    levels = LEVELS if owed in OF_WORLDS else in_turn(CHECKS.index(owed) + LABELS.index(label))
    found = {level: list(owed(Sample(*sampled(label, level, 200)))) for level in levels}

    assert {} == {level: complaints for level, complaints in found.items() if complaints}


def test_checks_of_what_reads_and_writes_go_through_all_levels_and_so_does_each_task() -> None:
    rest = [owed for owed in CHECKS if owed not in OF_WORLDS]
    met = {(owed, label): in_turn(CHECKS.index(owed) + LABELS.index(label)) for owed in rest for label in LABELS}

    assert len(rest) >= len(LEVELS)
    assert all({level for label in LABELS for level in met[owed, label]} == set(LEVELS) for owed in rest)
    assert all({level for owed in rest for level in met[owed, label]} == set(LEVELS) for label in LABELS)


@pytest.mark.parametrize("owed", [everything_together_fixes_the_answer, *TALK], ids=lambda owed: owed.__name__)
@pytest.mark.parametrize(("label", "level"), PRESETS)
def test_published_setups_hold_what_they_can(label: str, level: int, owed: Certificate) -> None:
    assert [] == list(owed(Sample(*sampled(label, level, 60))))


SLIPS = re.compile(
    r"\ba (?!use|uni|one\b)[aeiou]|\ban (?!hour|hon)[b-df-hj-np-tv-z]|\b(\w+) \1\b|  | [,.;:]|[{}]|(?:[^e]x|ch|sh)s\b", re.IGNORECASE
)
"""An article that does not fit, a word said twice, a place left unfilled, a plural without its e."""


@pytest.mark.parametrize("label", [*LABELS, *labels.PRESETS])
def test_what_people_read_has_no_slip_of_the_pen(label: str) -> None:
    found = set()
    for task, world in worlds(label, 3, 200):
        texts = [*(fact.text for fact in world.facts), *(task.brief(views.own_view(world, seat)) for seat in world.seats[:1])]
        found |= {text[max(0, slip.start() - 30) : slip.end() + 30] for text in texts for slip in SLIPS.finditer(text)}

    assert found == set()


@pytest.mark.parametrize("label", LABELS)
def test_the_targets_place_is_even_over_many_worlds(label: str) -> None:
    assert [] == list(where_the_answer_stands_says_nothing(Sample(*sampled(label, 3, 600))))


@pytest.mark.parametrize("label", LABELS)
@pytest.mark.parametrize("owed", OF_LEVELS, ids=lambda owed: owed.__name__)
def test_levels_hold_what_a_strangers_do(label: str, owed: Callable[[Make], Iterator[str]]) -> None:
    assert [] == list(owed(partial(api.make_task, label)))


@pytest.mark.parametrize("label", LABELS)
def test_levels_keep_the_pooled_problem_the_same_size(label: str) -> None:
    def size(level: int) -> tuple[int, int]:
        task, world = worlds(label, level, 1)[0]
        everything = views.view(world, views.Lens(world.seats, world.seats))
        return len(world.seats), len(task.schema(everything)) // 400

    assert len({size(level) for level in LEVELS}) == 1


@pytest.mark.parametrize("label", LABELS)
def test_worlds_without_a_solution_come_exactly_as_often_as_stated(label: str) -> None:
    task = api.make_task(label, 3)
    for n in range(1, 60):
        none = sum(not is_solvable(task.no_solution, index) for index in range(n))
        assert none == int(task.no_solution * n + 0.5)
    for index in range(12):
        world = Generated(task, 2).world(index)
        assert world.solvable == is_solvable(task.no_solution, index)
        assert (world.target is None) == (not world.solvable)


@pytest.mark.parametrize("label", [*LABELS, *labels.PRESETS])
@given(st.integers(0, 2**48 - 1), st.sampled_from(LEVELS))
def test_an_answer_survives_being_written_and_read(label: str, seed: int, level: int) -> None:
    task = api.make_task(label, level)
    world = task.generate(seed)
    for seat in world.seats:
        view = views.own_view(world, seat)
        for answer in (task.draw(view, stream(seed, seat)), None, *task.candidates(view, ())[:2]):
            read = task.parse(write_answer(answer), view)
            assert read == answer
            assert task.parse(f"Here it is:\n```json\n{write_answer(answer)}\n```", view) == answer
            assert json.loads(json.dumps(read)) == json.loads(json.dumps(answer))


@pytest.mark.parametrize("label", LABELS)
@given(
    st.text(max_size=80)
    | st.sampled_from(['{"answer": NaN}', '{"answer": []}', '{"answer": {"a": {}}}', '{"answer": 1e999}', '{"answer": true}'])
)
def test_any_other_text_is_an_answer_or_illegal(label: str, text: str) -> None:
    task = api.make_task(label, 3)
    world = task.generate(5)
    view = views.own_view(world, "A")
    try:
        answer = task.parse(text, view)
    except Illegal:
        return
    score = task.score(world, dict.fromkeys(world.seats, answer))
    assert score.raw <= score.best


ODD = str.maketrans(
    {"i": "\u0130", "s": "\u017f", "k": "\u212a", " ": "\u00a0", "e": "e\u0301", "1": "\u0661", "2": "\u00b2", "3": "\u2462"}
)
"""Letters, spaces and digits that look or fold like others."""


@pytest.mark.parametrize("label", LABELS)
@given(st.integers(0, 9), st.lists(st.text(max_size=30) | st.integers(0, 40), max_size=5), st.booleans())
def test_no_words_whatever_break_the_reader(label: str, seed: int, parts: list[str | int], odd: bool) -> None:
    """Any text at all, and the sheet's own sentences in letters that look alike, can be read and scored."""
    task = api.make_task(label, 3)
    world = Generated(task, seed).world(0)
    sheet = [fact.text for fact in world.facts if fact.text]
    said = " ".join(part if isinstance(part, str) else sheet[part % len(sheet)] for part in parts)
    turns = [Turn("A", said.translate(ODD) if odd else said), Turn("B", said[::-1]), Turn("A", said.upper())]
    view = views.own_view(world, "B")

    assert task.candidates(view, ledger.told(task.claims(turns, view), "B"))
    assert ledger.facts(task, world, turns).needed == len(task.needed(world))
    assert ledger.psychic(world, turns) >= 0
    assert ledger.licence(task, world, turns, dict.fromkeys(world.seats)).delegated.keys() == set(world.seats)


@pytest.mark.parametrize("label", [*LABELS, *labels.PRESETS])
@pytest.mark.parametrize("place", range(len(views.CONDITIONS)), ids=list(views.CONDITIONS).__getitem__)
def test_replay_makes_the_same_record_byte_for_byte(label: str, place: int) -> None:
    condition = list(views.CONDITIONS)[place]
    for level in in_turn(place + LABELS.index(label)) if label in LABELS else (3,):
        again, first = played_again(label, level, condition)
        assert again == first


def played_again(label: str, level: int, condition: str) -> tuple[str, str]:
    task, world = worlds(label, level, 1)[0]
    episode, _ = play(task, world, condition, PLAYERS["honest"] if condition != "script" else (lambda request: '{"answer": null}'))
    where = planned(task, world, condition)
    first = record(where, where.world(), episode)
    return canonical(record(where, where.world(), replay(where, where.world(), first["calls"]))), canonical(first)


def test_worlds_differ_between_neighbouring_seeds_and_indices() -> None:
    for label in LABELS:
        task = api.make_task(label, 3)
        seeds = {Generated(task, run).world(index).seed for run in range(20) for index in range(20)}
        assert len(seeds) == 400


DIGEST = """
import hashlib, sys
from benchmark import api, prompts, views
from benchmark.worlds import Generated, world_to_json
from benchmark.records import canonical
total = hashlib.sha256()
for label in sys.argv[1:]:
    for level in (1, 3, 5):
        task = api.make_task(label, level)
        for index in range(4):
            world = Generated(task, 9).world(index)
            total.update(canonical(world_to_json(world)).encode())
            for seat in world.seats:
                view = views.own_view(world, seat)
                total.update(prompts.scene(task, view, prompts.talk_rules(task, view)).encode())
                total.update(canonical({"c": [str(c) for c in task.candidates(view, ())]}).encode())
print(total.hexdigest())
"""


def test_worlds_and_prompts_are_the_same_in_every_process(golden: Golden) -> None:
    """Whatever the hash seed; the golden makes it the same on every Python that runs the suite."""
    digests = set()
    for hash_seed in ("1", "2"):
        environment = {**os.environ, "PYTHONHASHSEED": hash_seed, "PYTHONPATH": os.pathsep.join(sys.path)}
        done = subprocess.run([sys.executable, "-c", DIGEST, *LABELS], env=environment, capture_output=True, text=True, check=True)
        digests.add(done.stdout.strip())

    assert len(digests) == 1
    golden("worlds.sha256", digests.pop() + "\n")


@pytest.mark.parametrize("label", LABELS)
def test_a_first_prompt_reads_as_it_was_reviewed(label: str, golden: Golden) -> None:
    task, world = worlds(label, 3, 1)[0]
    _, recorder = play(task, world, "private", PLAYERS["honest"])
    shown = [f"[{role}]\n{content}\n" for request in recorder.sent_to("B")[-1:] for role, content in request.chat]

    golden(f"prompt_{label.replace(':', '_').replace('=', '')}.txt", "\n".join(shown))


@pytest.mark.parametrize(("label", "level"), ALL)
def test_twins_differ_only_in_the_notes_and_in_who_sees_them(label: str, level: int) -> None:
    task, world = worlds(label, level, 1)[0]

    def apart(condition: str) -> list[tuple[str, str, int, list[tuple[str, str]]]]:
        _, recorder = play(task, world, condition, lambda request: '{"answer": null}' if request.schema else "Well.")
        return [
            (
                r.seat,
                r.kind,
                r.seed,
                [(role, content.replace(prompts.notes(r.view), "").replace(prompts.who_sees(r.view), "")) for role, content in r.chat],
            )
            for r in recorder.requests
        ]

    own, shared, one_mind = (apart(condition) for condition in ("private", "mindreader", "omniscient"))
    assert own == shared
    assert [(seat, kind, seed) for seat, kind, seed, _ in own] == [(seat, kind, seed) for seat, kind, seed, _ in one_mind]
    assert [chat[-1][1].splitlines()[-1] for *_, chat in own] == [chat[-1][1].splitlines()[-1] for *_, chat in one_mind]


def test_options_are_named_in_one_order() -> None:
    assert api.make_task("hidden_profile:seats=4", 3).label == "hidden_profile:seats=4"
    assert api.make_task("hidden_profile:", 3).label == "hidden_profile"
