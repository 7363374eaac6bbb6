"""The committee task: its certificates over hundreds of worlds a variant, what its words mean, and players who know how to talk."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Callable, Iterator
from statistics import mean

import pytest

from benchmark import ledger, prompts
from benchmark.answers import write_answer
from benchmark.episode import Episode, play
from benchmark.quoting import READY, length
from benchmark.views import CONDITIONS, Lens, own_view, view, with_canaries
from benchmark.vocabulary import Claim, Completion, Fact, Request, Turn, UsageError, View, World
from tasks.hidden_profile import HiddenProfile
from tasks.hidden_profile.scenes import BAD, GOOD
from tasks.hidden_profile.wording import word

VARIANTS = list(itertools.product((1, 2, 3, 4, 5), ("3", "4", "5")))
WORLDS = 300

variants = pytest.mark.parametrize(("level", "seats"), VARIANTS)
hard_variants = pytest.mark.parametrize(("level", "seats"), [variant for variant in VARIANTS if variant[0] >= 3])


def generated(level: int, seats: str, n: int) -> Iterator[tuple[HiddenProfile, World]]:
    task = HiddenProfile.at(level, seats=seats)
    return ((task, task.generate(seed)) for seed in range(n))


def findings(world: World, seat: str | None = None) -> list[Fact]:
    """Those that ``seat`` knows; all of them without one."""
    known = [fact for fact in world.facts if fact.slot[0] == "finding"]
    return [fact for fact in known if seat is None or not fact.holders or seat in fact.holders]


def tell(facts: list[Fact]) -> list[Claim]:
    return [Claim("affirm", fact.slot, fact.value, fact.holders[0]) for fact in facts]


def shape(facts: list[Fact], option: str) -> Counter[tuple[str, bool]]:
    """How many good and bad findings of ``option`` there are among ``facts``, public and private."""
    return Counter((fact.value, bool(fact.holders)) for fact in facts if fact.slot[1] == option)


# Certificates


@variants
def test_all_findings_together_leave_the_target_alone(level: int, seats: str) -> None:
    for task, world in generated(level, seats, WORLDS):
        everything = view(world, Lens(world.seats, world.seats))
        options = everything.public("options")
        goods = Counter(fact.slot[1] for fact in findings(world) if fact.value == GOOD)

        assert len(findings(world)) == len(options) * len(everything.public("criteria")) == 32
        assert max(goods.values()) == goods[world.target]
        assert sum(count == goods[world.target] for count in goods.values()) == 1
        assert task.candidates(everything, ()) == (world.target,)


@variants
def test_every_single_view_speaks_for_a_wrong_option_and_cannot_tell_target_from_rival(level: int, seats: str) -> None:
    """So that no use of a single view is right more than half the time: the favourite is wrong, and of the two others that are live
    the target has as many good and as many bad findings, public and private, as the rival."""
    for task, world in generated(level, seats, WORLDS):
        for seat in world.seats:
            lure, *others = task.candidates(own_view(world, seat), ())
            assert lure != world.target
            assert world.target in others
            assert len(others) == 2
            first, second = (shape(findings(world, seat), option) for option in others)
            assert first == second


def marks(one: View, option: str) -> dict[str, float]:
    """Whatever else of ``option`` could give it away in a view: places, lengths, remarks."""
    notes = [fact for fact in one.facts if fact.holders]
    mine = [fact for fact in one.facts if fact.slot[1:2] == (option,)]
    return {
        "listed": one.public("options").index(option),
        "first noted": next((place for place, fact in enumerate(notes) if fact in mine), 99),
        "length": sum(len(fact.text) - len(option) for fact in mine),
        "remarks": sum(fact.slot[0] == "remark" for fact in mine),
        "checks": sum(one.public("criteria").index(fact.slot[2]) for fact in mine if fact.slot[0] == "finding"),
    }


@hard_variants
def test_nothing_else_in_a_view_tells_target_from_rival(level: int, seats: str) -> None:
    """Neither places nor wording: each comparison of the two comes out either way equally often."""
    smaller: dict[str, list[float]] = {}
    for task, world in generated(level, seats, 600):
        one = own_view(world, "A")
        rival = next(option for option in task.candidates(one, ())[1:] if option != world.target)
        ours, theirs = marks(one, world.target), marks(one, rival)
        for name in ours:
            smaller.setdefault(name, []).append(0.5 if ours[name] == theirs[name] else float(ours[name] < theirs[name]))

    assert {name: share for name, found in smaller.items() if abs((share := mean(found)) - 0.5) > 0.075} == {}


@pytest.mark.parametrize("seats", ["3", "4", "5"])
def test_the_target_stands_anywhere_and_is_any_option(seats: str) -> None:
    """Chi-square with three degrees of freedom, 0.1 %."""
    places: Counter[int] = Counter()
    for _, world in generated(3, seats, 2000):
        places[own_view(world, "A").public("options").index(world.target)] += 1

    assert sum((places[i] - 500) ** 2 / 500 for i in range(4)) < 16.3


@variants
def test_needed_facts_license_every_seat_and_none_can_be_spared(level: int, seats: str) -> None:
    for task, world in generated(level, seats, 60):
        needed = list(task.needed(world))

        def live(told: list[Fact], world: World = world, task: HiddenProfile = task) -> set[int]:
            return {len(task.candidates(own_view(world, seat), tell(told))) for seat in world.seats}

        assert all(fact.holders for fact in needed)
        assert live(needed) == {1}
        for fact in needed:
            assert max(live([other for other in needed if other is not fact])) >= 2


@hard_variants
def test_what_is_needed_fits_the_budget_and_everything_does_not(level: int, seats: str) -> None:
    for task, world in generated(level, seats, WORLDS):
        budget = task.turns * task.words
        private = [fact.text for fact in world.facts if fact.holders]

        assert sum(length(fact.text) for fact in task.needed(world)) <= 0.7 * budget
        assert sum(map(length, private)) >= 1.5 * budget
        assert max(map(length, private)) <= task.words


def test_levels_change_who_knows_what_and_how_much_room_there_is_but_not_the_problem() -> None:
    tasks = [HiddenProfile.at(level) for level in (1, 2, 3, 4, 5)]
    worlds = [task.generate(1) for task in tasks]
    noise = [sum(fact.slot[0] == "remark" for fact in world.facts) for world in worlds]

    assert {len(findings(world)) for world in worlds} == {32}
    assert {len(view(w, Lens(("A",), ())).facts) for w in worlds} == {3 + 15}
    assert noise == sorted(noise)
    assert [task.words for task in tasks] == sorted((task.words for task in tasks), reverse=True)
    assert len({task.dealing for task in tasks}) == 3


# Players


def speaks(request: Request) -> str:
    """Tells and proposes as the task advises; "(ready)" when that was all and settles it; commits to what it knows."""
    task, one = request.task, request.view
    told = ledger.told(task.claims(request.heard, one), request.seat)
    live = task.candidates(one, told)
    if request.schema:
        return write_answer(live[0])
    plan = task.moves(one, request.heard, request.seat)
    fitting = [n for n in range(len(plan) + 1) if length(f"{task.word(plan[:n], one)} {READY}") <= task.words]
    ready = f" {READY}" if len(live) == 1 and len(fitting) > len(plan) else ""
    return task.word(plan[: fitting[-1]], one) + ready


def recites(request: Request) -> str:
    """Its own notes in order, whole ones, for as long as there is room."""
    if request.schema:
        return speaks(request)
    said = " ".join(turn.text for turn in request.heard if turn.seat == request.seat)
    left = [fact.text for fact in request.view.held_by(request.seat) if fact.text not in said]
    fitting = [n for n in range(len(left) + 1) if length(" ".join(left[:n])) <= request.task.words]
    return " ".join(left[: fitting[-1]])


def play_out(task: HiddenProfile, world: World, speak: Callable[[Request], str]) -> Episode:
    steps = play(task, world, CONDITIONS["private"], world.seed)
    try:
        request = next(steps)
        while True:
            request = steps.send(Completion(speak(request)))
    except StopIteration as done:
        episode: Episode = done.value
    return episode


def rates(level: int, seats: str, speak: Callable[[Request], str], n: int) -> tuple[float, float]:
    """Success, and success with every seat licensed by its own facts and what it was told."""
    right, grounded = [], []
    for task, world in generated(level, seats, n):
        last = play_out(task, with_canaries(world), speak).rounds[-1]
        licence = ledger.licence(task, world, last.turns, last.answers)
        right.append(task.score(world, last.answers).success)
        grounded.append(right[-1] and all(licence.licensed.values()) and not any(licence.delegated.values()))
    return mean(right), mean(grounded)


@variants
def test_those_who_tell_what_matters_all_know_the_answer_within_budget(level: int, seats: str) -> None:
    assert rates(level, seats, speaks, 24) == (1.0, 1.0)


@hard_variants
def test_those_who_recite_fail(level: int, seats: str) -> None:
    right, grounded = rates(level, seats, recites, 30)

    assert right <= 0.4
    assert grounded <= 0.1


def test_one_who_sees_everything_only_proposes() -> None:
    for task, world in generated(3, "4", 20):
        everything = view(world, Lens(("B",), world.seats))
        proposal = Claim("propose", ("answer",), world.target)

        assert task.moves(everything, (), "B") == (proposal,)
        assert task.moves(everything, (Turn("A", word([proposal])),), "B") == ()


def test_what_was_asked_for_is_told_first_and_what_was_said_is_not_told_again() -> None:
    for task, world in generated(3, "3", 50):
        one = own_view(world, "A")
        plan = [move for move in task.moves(one, (), "A") if move.kind == "affirm"]
        wanted = plan[-1]
        asked = Turn("B", word([Claim("ask", wanted.slot)]))
        told = Turn("A", word([wanted]))

        assert task.moves(one, (asked,), "A")[0] == wanted
        assert wanted not in task.moves(one, (asked, told), "A")


# Scores and answers


def test_all_must_be_right_and_the_floor_is_zero() -> None:
    for task, world in generated(3, "3", 50):
        options = own_view(world, "A").public("options")
        wrong = next(option for option in options if option != world.target)
        right = task.score(world, dict.fromkeys(world.seats, world.target))

        assert (right.success, right.raw, right.floor, right.best) == (True, 1.0, 0.0, 1.0)
        for other in (wrong, None, 3, ["x"]):
            assert not task.score(world, {"A": world.target, "B": world.target, "C": other}).success
        assert not task.score(world, {"A": world.target, "B": world.target}).success


def test_contradicted_lies_leave_some_candidate() -> None:
    for task, world in generated(5, "3", 50):
        one = own_view(world, "C")
        for value in (GOOD, BAD, "neither", None):
            lies = [Claim("affirm", fact.slot, value, "A") for fact in findings(world)]
            assert task.candidates(one, lies)
        both = [Claim(kind, fact.slot, GOOD, "A") for fact in findings(world) for kind in ("affirm", "exclude")]
        assert task.candidates(one, both) == task.candidates(one, ())


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"seat": "4"}, 'no option of hidden_profile "seat"; did you mean seats?'),
        ({"seats": "6"}, 'no number of seats of hidden_profile "6"; known: 3, 4, 5'),
        ({"seats": "three"}, "known: 3, 4, 5"),
        ({"preset": "hard"}, 'no option of hidden_profile "preset"'),
    ],
)
def test_a_wrong_option_is_met_with_the_right_ones(options: dict[str, str], told: str) -> None:
    with pytest.raises(UsageError, match=told.replace("?", r"\?")):
        HiddenProfile.at(3, **options)


def test_a_first_prompt_says_what_it_takes() -> None:
    task = HiddenProfile.at(3)
    for seed in range(20):
        one = own_view(with_canaries(task.generate(seed)), "B")
        text = prompts.scene(task, one, prompts.talk_rules(task, one))

        assert all(option in text for option in one.public("options"))
        assert all(f"- {fact.text}" in text for fact in one.facts if fact.text)
        assert "{" not in text.replace('{"answer": "', "")
        assert "the most good checks" in text
