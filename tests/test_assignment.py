"""The table-splitting task: what its worlds promise, how answers are read and scored, and how players fare in them."""

from __future__ import annotations

import json
import time
from collections import Counter
from itertools import permutations

import pytest

from benchmark import episode, ledger, prompts, views
from benchmark.answers import write_answer
from benchmark.episode import Episode
from benchmark.quoting import length
from benchmark.streams import stream
from benchmark.vocabulary import Claim, Completion, Illegal, Turn, UsageError, View, World
from models.reference import PLAYERS
from tasks.assignment import Assignment
from tasks.assignment.boards import best_plan, margin, total

LEVELS = (1, 2, 3, 4, 5)
SEEDS = 1000
EVERYONE = views.Lens(("A",), ("A", "B"))


def worlds(level: int, n: int) -> list[World]:
    task = Assignment.at(level)
    return [task.generate(seed) for seed in range(n)]


def view_of(world: World, seat: str = "A") -> View:
    return views.own_view(world, seat)


def played(task: Assignment, world: World, player: str) -> Episode:
    """``world`` as ``player`` plays it in both seats, each with its own facts."""
    steps = episode.play(task, views.with_canaries(world), views.CONDITIONS["private"], world.seed)
    request = next(steps)
    try:
        while True:
            request = steps.send(Completion(PLAYERS[player](request)))
    except StopIteration as end:
        result: Episode = end.value
        return result


def ratio(task: Assignment, world: World, view: View) -> float:
    """What the ideal plan of ``view``, adopted by all, is worth of the best."""
    plan = task.candidates(view, ())[0]
    score = task.score(world, dict.fromkeys(world.seats, plan))
    return score.raw / score.best


@pytest.mark.parametrize("level", LEVELS)
def test_all_facts_fix_the_best_plan_and_no_single_sheet_comes_near(level: int) -> None:
    task = Assignment.at(level)
    for world in worlds(level, SEEDS):
        alone = [ratio(task, world, view_of(world, seat)) for seat in world.seats]
        score = task.score(world, {})

        assert ratio(task, world, views.view(world, EVERYONE)) == 1.0
        assert max(alone) <= 0.8
        assert score.floor / score.best == max(alone)


def test_the_best_plan_is_the_only_one_by_a_margin() -> None:
    """Against every plan there is."""
    for world in worlds(3, 25):
        table, best = world.target[2], world.target[3]
        totals = sorted((total(table, plan) for plan in permutations(range(6))), reverse=True)

        assert totals[0] == best
        assert totals[1] <= best - 4


def test_of_equally_good_plans_the_first_in_order_is_taken() -> None:
    assert best_plan([[50] * 6] * 6) == (0, 1, 2, 3, 4, 5)
    assert best_plan([[50, 60, 50], [50, 50, 50], [50, 50, 50]]) == (1, 0, 2)
    for seed in range(40):
        draws = stream(seed, "table")
        table = [[draws.below(4) for _ in range(5)] for _ in range(5)]
        best = max(total(table, plan) for plan in permutations(range(5)))
        assert best_plan(table) == next(plan for plan in permutations(range(5)) if total(table, plan) == best)


def test_by_how_much_the_best_plan_stands_out_is_what_trying_every_plan_finds() -> None:
    for seed in range(60):
        draws = stream(seed, "table")
        table = [[draws.below(30) for _ in range(5)] for _ in range(5)]
        first, second, *_ = sorted((total(table, plan) for plan in permutations(range(5))), reverse=True)
        assert margin(table) == first - second


@pytest.mark.parametrize("level", LEVELS)
def test_levels_deal_the_same_table_differently(level: int) -> None:
    """Rated pairs are 30 of 36 throughout; what both hold shrinks; each holds half of the best plan."""
    task = Assignment.at(level)
    for world in worlds(level, 100):
        sheets = [{fact.slot for fact in world.facts if seat in fact.holders and fact.slot[0] == "pair"} for seat in world.seats]
        best = {("pair", *pair) for pair in task.candidates(views.view(world, EVERYONE), ())[0]}

        assert len(sheets[0] | sheets[1]) == 30
        assert len(sheets[0] & sheets[1]) == {1: 8, 2: 6, 3: 4, 4: 2, 5: 0}[level]
        assert {len(best & sheet) for sheet in sheets} == {3}


@pytest.mark.parametrize("level", LEVELS)
def test_where_the_first_person_goes_is_uniform(level: int) -> None:
    """Chi-square over 1,000 worlds, five degrees of freedom, 0.1 %."""
    places: Counter[int] = Counter()
    for world in worlds(level, SEEDS):
        places[best_plan(world.target[2])[0]] += 1

    assert sum((places[i] - SEEDS / 6) ** 2 / (SEEDS / 6) for i in range(6)) < 20.5


@pytest.mark.parametrize("level", LEVELS)
def test_needed_facts_suffice_are_each_needed_and_fit(level: int) -> None:
    task = Assignment.at(level)
    for world in worlds(level, 150):
        needed, budget = task.needed(world), task.turns * task.words
        private = [fact for fact in world.facts if fact.holders]

        def all_know(facts: tuple[object, ...], world: World = world) -> bool:
            claims = [Claim("affirm", f.slot, f.value, f.holders[0]) for f in world.facts if f in facts]
            licensed = (task.candidates(view_of(world, seat), ledger.told(claims, seat))[0] for seat in world.seats)
            return all(task.score(world, dict.fromkeys(world.seats, plan)).success for plan in licensed)

        assert all_know(needed)
        assert not any(all_know(tuple(other for other in needed if other != fact)) for fact in needed)
        if level >= 3:
            assert sum(length(fact.text) for fact in needed) <= 0.7 * budget
            assert sum(length(fact.text) for fact in private) >= 1.5 * budget


def test_a_sheet_gives_its_scores_away_exactly_by_its_average() -> None:
    for world in worlds(3, 60):
        people, jobs, table, *_ = world.target
        units = {fact.slot[1]: fact.value for fact in world.facts if fact.slot[0] == "unit"}
        for fact in world.facts:
            if fact.slot[0] == "pair":
                reading, average = fact.value
                assert (average, average) == units[fact.holders[0]]
                assert round(50 * reading / average) == table[people.index(fact.slot[1])][jobs.index(fact.slot[2])]
                assert f" {reading}" in fact.text
        assert max(unit[0] for unit in units.values()) >= 1.3 * min(unit[0] for unit in units.values())


def test_a_thousand_worlds_take_about_a_second() -> None:
    task = Assignment.at(3)
    task.generate(0)
    start = time.process_time()
    for seed in range(300):
        task.generate(seed)

    assert 300 / (time.process_time() - start) > 700


@pytest.mark.parametrize("level", LEVELS)
def test_the_longest_plan_fits_into_one_turn(level: int) -> None:
    task = Assignment.at(level)
    for world in worlds(level, 200):
        plan = tuple(zip(world.target[0], world.target[1], strict=True))
        assert length(task.word([Claim("propose", ("answer",), plan)], view_of(world)) + " (ready)") <= task.words


@pytest.mark.parametrize("level", LEVELS)
def test_an_honest_pair_succeeds_and_both_are_licensed(level: int) -> None:
    task, good = Assignment.at(level), 0
    for world in worlds(level, 40):
        done = played(task, world, "honest")
        answers, turns = done.rounds[0].answers, done.rounds[0].turns
        licence = ledger.licence(task, world, turns, answers)
        good += answers["A"] == answers["B"] and task.score(world, answers).success and all(licence.licensed.values())

        assert len(turns) <= task.turns

    assert good >= 0.95 * 40


@pytest.mark.parametrize("level", [3, 4, 5])
def test_reciting_loses_to_choosing(level: int) -> None:
    task = Assignment.at(level)
    recited = [task.score(world, played(task, world, "dump").rounds[0].answers).success for world in worlds(level, 40)]

    assert sum(recited) <= 0.65 * 40


def test_what_is_asked_or_contradicts_the_plan_is_told_first() -> None:
    task, world = Assignment.at(3), Assignment.at(3).generate(4)
    view = view_of(world)
    moves = task.moves(view, (), "A")
    worst = min((move for move in moves if move.kind == "affirm"), key=lambda move: move.value)
    best = max((move for move in moves if move.kind == "affirm"), key=lambda move: move.value)
    _, person, job = worst.slot
    others = [name for name in view.public("people") if name != person]
    jobs = [name for name in view.public("jobs") if name != job]
    plan = tuple(dict(zip([person, *others], [job, *jobs], strict=True)).items())
    question = (Turn("A", ""), Turn("B", f"What do you have for {person} as {job}?"))
    proposal = (Turn("A", ""), Turn("B", task.word([Claim("propose", ("answer",), plan)], view)))

    unit = next(fact for fact in view.held_by("A") if fact.slot[0] == "unit")

    assert moves[0] == best
    assert task.moves(view, (Turn("A", ""), Turn("B", "What is your average?")), "A")[0] == Claim("affirm", unit.slot, unit.value[0])
    assert task.moves(view, question, "A")[0] == worst
    assert task.moves(view, proposal, "A")[0].value < 50
    assert [move.kind for move in task.moves(view, (Turn("A", ""),) * 5, "B")] == ["propose"]
    assert [move.kind for move in task.moves(views.view(world, EVERYONE), (), "A")] == ["propose"]


def test_raw_readings_count_for_who_has_rated_the_same_pair() -> None:
    task = Assignment.at(1)
    for world in worlds(1, 20):
        theirs = [fact for fact in world.facts if fact.holders == ("B",) and fact.slot[0] == "pair"]
        raw = [Claim("affirm", ("sheet", *fact.slot[1:]), fact.value[0], "B") for fact in theirs]

        assert ratio(task, world, view_of(world)) <= 0.8
        told = task.candidates(view_of(world), raw)[0]
        assert task.score(world, dict.fromkeys(world.seats, told)).success


def test_pairs_that_all_commit_to_count_and_the_rest_is_average() -> None:
    task, world = Assignment.at(3), Assignment.at(3).generate(1)
    best = task.candidates(views.view(world, EVERYONE), ())[0]
    people, jobs, table, top, _, _ = world.target
    (p, a), (q, b), *same = best
    swapped = ((p, b), (q, a), *same)
    agreed = sum(table[people.index(person)][jobs.index(job)] for person, job in same)

    assert task.score(world, {"A": best, "B": best}).raw == top
    assert task.score(world, {"A": best, "B": best}).success
    assert task.score(world, {"A": best, "B": swapped}).raw == agreed + 2 * 50
    assert not task.score(world, {"A": best, "B": swapped}).success
    assert task.score(world, {"A": best, "B": None}).raw == 6 * 50
    assert task.score(world, {"A": None, "B": None}).raw == 6 * 50
    assert task.score(world, {"A": best, "B": best}).native is None


def test_answers_are_read_from_an_object_or_from_pairs() -> None:
    task, world = Assignment.at(3), Assignment.at(3).generate(1)
    view = view_of(world)
    answer = task.draw(view, stream(1, "draw"))

    assert task.parse(write_answer(answer), view) == answer
    assert task.parse(json.dumps({"answer": dict(reversed(answer))}), view) == answer
    assert task.parse(json.dumps({"answer": {p.upper(): f" {j} " for p, j in answer}}), view) == answer
    assert task.parse('{"answer": null}', view) is None
    properties = json.loads(task.schema(view))["properties"]["answer"]["anyOf"][1]["properties"]
    assert {person: tuple(job["enum"]) for person, job in properties.items()} == dict.fromkeys(view.public("people"), view.public("jobs"))


def test_answers_that_are_no_plan_say_what_is_wrong() -> None:
    task, world = Assignment.at(3), Assignment.at(3).generate(1)
    view = view_of(world)
    plan = dict(task.draw(view, stream(1, "draw")))
    first, second = list(plan)[:2]
    short = {person: job for person, job in plan.items() if person != first}
    wrong = {
        f"given to {first}": short,
        f"nobody has {plan[second]}": plan | {second: plan[first]},
        "must be one of": plan | {"Nobody": plan[first]},
        f"of {first} must be one of": plan | {first: "emperor"},
        f"{first} is given": [*plan.items(), (first, plan[first])],
        "must stand an object": "Ana as cook",
    }
    for part, answer in wrong.items():
        with pytest.raises(Illegal, match=part):
            task.parse(json.dumps({"answer": answer}), view)
    odd_ones: tuple[object, ...] = (True, 3, [], {}, [[1, 2]], [["a"]], {"a": {}}, {first: 3})
    for odd in odd_ones:
        with pytest.raises(Illegal):
            task.parse(json.dumps({"answer": odd}), view)


@pytest.mark.parametrize(
    ("options", "hint"), [({"preset": "dialogp"}, "dialop"), ({"presets": "dialop"}, "preset"), ({"n": "8"}, "preset")]
)
def test_an_unknown_option_is_refused_with_the_nearest(options: dict[str, str], hint: str) -> None:
    with pytest.raises(UsageError, match=f"(did you mean|known:) {hint}"):
        Assignment.at(3, **options)


def test_the_prompt_says_what_to_do_and_hides_the_other_sheet() -> None:
    for world in worlds(3, 60):
        task, view = Assignment.at(3), view_of(world)
        prompt = prompts.scene(task, view, prompts.talk_rules(task, view))
        theirs = [fact for fact in world.facts if fact.holders == ("B",)]

        assert not any(fact.text in prompt for fact in theirs)
        assert all(fact.text in prompt for fact in world.facts if fact.holders != ("B",))
        for phrase in ("percentages of one's own average", "exactly 50", "95% of the best", *view.names, "There are six "):
            assert phrase in prompt
        assert "{" not in task.brief(view)
