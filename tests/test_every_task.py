"""What every task owes, checked on every task: honesty of the partition is in test_noninterference, all else is here."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmark import api, ledger, prompts, views
from benchmark.answers import write_answer
from benchmark.drive import record, replay
from benchmark.quoting import length
from benchmark.records import as_json, canonical
from benchmark.streams import stream
from benchmark.task import Task
from benchmark.vocabulary import Claim, Fact, Illegal, Turn, World
from benchmark.worlds import Generated, is_solvable, world_from_json, world_to_json
from models.reference import PLAYERS
from tests.conftest import Golden
from tests.voices import planned, play

LABELS = (
    "mutual_friend",
    "assignment",
    "hidden_profile",
    "hidden_profile:seats=4",
    "hidden_profile:seats=5",
    "schedule",
    "schedule:seats=3",
    "schedule:seats=4",
)
LEVELS = (1, 2, 3, 4, 5)
VARIANTS = [(label, level) for label in LABELS for level in LEVELS]
ALL = [*VARIANTS, ("mutual_friend:preset=zhou5", 3)]


def worlds(label: str, level: int, n: int, seed: int = 11) -> list[tuple[Task, World]]:
    task = api.make_task(label, level)
    source = Generated(task, seed)
    return [(task, source.world(index)) for index in range(n)]


def knowing(task: Task, world: World, facts: tuple[Fact, ...], seat: str) -> tuple[Claim, ...]:
    """What ``seat`` knows once every other seat has told those of ``facts`` that it holds, in the task's own words."""
    turns: list[Turn] = []
    for speaker in world.seats:
        mine = tuple(fact for fact in facts if speaker in fact.holders)
        turns += [Turn(speaker, fact.text) for fact in _with_units(world, speaker, mine)]
    return ledger.told(task.claims(turns, views.own_view(world, seat)), seat)


def _with_units(world: World, seat: str, facts: tuple[Fact, ...]) -> tuple[Fact, ...]:
    """Numbers in a private scale mean something only beside that scale."""
    units = [fact for fact in world.facts if fact.holders == (seat,) and fact.slot[0] == "unit"]
    return (*units, *facts) if facts else ()


def settled(task: Task, world: World, facts: tuple[Fact, ...]) -> bool:
    """Whether telling ``facts`` lets every seat know the answer."""
    answer = task.candidates(views.view(world, views.Lens(world.seats, world.seats)), ())[0]
    return all(ledger.knows(task, world, views.own_view(world, seat), knowing(task, world, facts, seat), answer) for seat in world.seats)


@pytest.mark.parametrize(("label", "level"), ALL)
def test_everything_together_fixes_the_answer(label: str, level: int) -> None:
    for task, world in worlds(label, level, 60):
        pooled = task.candidates(views.view(world, views.Lens(world.seats, world.seats)), ())

        assert len(pooled) == 1
        result = task.score(world, dict.fromkeys(world.seats, pooled[0]))
        assert result.success
        assert result.raw == pytest.approx(result.best)


@pytest.mark.parametrize(("label", "level"), VARIANTS)
def test_no_single_view_knows(label: str, level: int) -> None:
    for task, world in worlds(label, level, 60):
        for seat in world.seats:
            live = task.candidates(views.own_view(world, seat), ())
            if task.graded:
                alone = task.score(world, dict.fromkeys(world.seats, live[0]))
                assert alone.raw <= 0.8 * alone.best
            else:
                assert len(live) >= 2


@pytest.mark.parametrize(("label", "level"), VARIANTS)
def test_the_best_guess_from_one_view_is_right_at_most_half_the_time(label: str, level: int) -> None:
    """Mean of the strata; 100 worlds."""
    right: dict[bool, list[bool]] = {True: [], False: []}
    for task, world in worlds(label, level, 100):
        guesses = [task.candidates(views.own_view(world, seat), ())[0] for seat in world.seats]
        best = max(task.score(world, dict.fromkeys(world.seats, guess)).success for guess in guesses)
        right[world.solvable].append(best)
    strata = [sum(found) / len(found) for found in right.values() if found]

    assert sum(strata) / len(strata) <= 0.5


@pytest.mark.parametrize(("label", "level"), VARIANTS)
def test_the_needed_facts_suffice_and_each_is_needed(label: str, level: int) -> None:
    for task, world in worlds(label, level, 12):
        needed = task.needed(world)

        assert settled(task, world, needed)
        for fact in needed:
            assert not settled(task, world, tuple(other for other in needed if other != fact)), fact


@pytest.mark.parametrize(("label", "level"), [v for v in VARIANTS if v[1] >= 3])
def test_the_budget_holds_what_is_needed_and_not_everything(label: str, level: int) -> None:
    for task, world in worlds(label, level, 60):
        budget = task.turns * task.words
        everything = [fact for fact in world.facts if fact.holders and not views.is_canary(fact)]

        assert sum(length(fact.text) for fact in task.needed(world)) <= 0.7 * budget
        assert sum(length(fact.text) for fact in everything) >= 1.5 * budget


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


@pytest.mark.parametrize(("label", "level"), ALL)
@given(st.integers(0, 2**48 - 1))
def test_an_answer_survives_being_written_and_read(label: str, level: int, seed: int) -> None:
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


@pytest.mark.parametrize("label", LABELS)
@pytest.mark.parametrize(
    "broken", ["", "none", "{}", '{"answer": null} {"answer": null}', '{"answer": null, "why": 1}', '{"answer": null, "answer": 1}']
)
def test_what_is_missing_or_ambiguous_is_illegal(label: str, broken: str) -> None:
    task = api.make_task(label, 3)
    with pytest.raises(Illegal):
        task.parse(broken, views.own_view(task.generate(5), "A"))


@pytest.mark.parametrize(("label", "level"), ALL)
def test_what_a_player_would_say_is_read_as_it_was_meant(label: str, level: int) -> None:
    """``claims`` undoes ``word``, for every move at every point of an honest talk."""
    for task, world in worlds(label, level, 6):
        turns: tuple[Turn, ...] = ()
        while len(turns) < task.turns:
            seat = task.next_speaker(views.own_view(world, "A"), turns)
            view = views.own_view(world, seat)
            moves = task.moves(view, turns, seat)
            said = Turn(seat, task.word(moves, view))
            read = [claim for claim in task.claims((*turns, said), view) if claim.turn == len(turns)]
            if task.semantic:
                assert Counter((c.kind, c.slot, c.value) for c in read) == Counter((c.kind, c.slot, c.value) for c in moves)
            turns = (*turns, said)


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


@pytest.mark.parametrize(("label", "level"), ALL)
@pytest.mark.parametrize("condition", list(views.CONDITIONS))
def test_replay_makes_the_same_record_byte_for_byte(label: str, level: int, condition: str) -> None:
    task, world = worlds(label, level, 1)[0]
    episode, _ = play(task, world, condition, PLAYERS["honest"] if condition != "script" else (lambda request: '{"answer": null}'))
    where = planned(task, world, condition)
    first = record(where, where.world(), episode)
    again = record(where, where.world(), replay(where, where.world(), first["calls"]))

    assert canonical(again) == canonical(first)


@pytest.mark.parametrize(("label", "level"), ALL)
def test_a_world_survives_being_stored(label: str, level: int) -> None:
    for _, world in worlds(label, level, 3):
        assert world_from_json(as_json(world_to_json(world))) == world


@pytest.mark.parametrize("label", LABELS)
def test_where_the_answer_stands_says_nothing(label: str) -> None:
    """Over 600 worlds the target's place among the options or cards of a sheet is uniform (chi-square, 0.1 %)."""
    places: Counter[int] = Counter()
    size = 0
    for task, world in worlds(label, 3, 600):
        if world.solvable:
            place, size = task.place(world) or (0, 0)
            places[place] += 1
    total = sum(places.values())
    chi_square = sum((places[i] - total / size) ** 2 / (total / size) for i in range(size))

    assert (
        chi_square < {3: 13.8, 4: 16.3, 5: 18.5, 6: 20.5, 7: 22.5, 8: 24.3, 9: 26.1, 10: 27.9, 12: 31.3, 14: 34.5, 16: 37.7, 20: 43.8}[size]
    )


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
