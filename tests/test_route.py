"""The route task: its certificates over hundreds of worlds a level, what names mean on two maps, and what may be claimed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace

import pytest

from benchmark import ledger
from benchmark.quoting import length
from benchmark.views import Lens, own_view, view
from benchmark.vocabulary import Claim, Fact, Illegal, Turn, UsageError, View, World
from tasks.route import Route
from tasks.route.maps import Known, Notes
from tasks.route.worlds import AT, REPORT

LEVELS = (1, 2, 3, 4, 5)
WORLDS = 200

levels = pytest.mark.parametrize("level", LEVELS)


def generated(level: int, n: int = WORLDS) -> Iterator[tuple[Route, World]]:
    task = Route.at(level)
    return ((task, task.generate(seed, seed % 4 != 0)) for seed in range(n))


def pooled(world: World) -> View:
    return view(world, Lens(world.seats, world.seats))


def passable(world: World) -> dict[int, bool]:
    """By point, worked out without the task's own reasoning: a report's name means the point where every map that has it shows it."""
    found = {}
    for fact in world.facts:
        if fact.slot[0] == REPORT:
            maps = [
                {int(f.slot[2]) for f in world.facts if f.slot[:2] == (AT, fact.slot[1]) and f.holders == (seat,)} for seat in world.seats
            ]
            (point,) = set.intersection(*filter(None, maps))
            assert point not in found
            found[point] = fact.value == "open"
    return found


@levels
def test_the_target_is_the_quickest_route_that_the_reports_leave(level: int) -> None:
    for task, world in generated(level):
        everything = pooled(world)
        is_open = passable(world)
        left = [(minutes, path) for path, minutes in everything.public("routes") if all(is_open[point] for point in path)]

        assert sorted(is_open) == list(range(1, 10))
        assert sum(not state for state in is_open.values()) == 3, "so that their number does not say whether there is a way"
        assert world.target == (min(left)[1] if left else None)
        assert world.solvable == bool(left)
        assert task.candidates(everything, ()) == (world.target,)


@levels
def test_every_single_view_leaves_several_routes_and_speaks_for_a_wrong_one(level: int) -> None:
    for task, world in generated(level):
        for seat in world.seats:
            live = task.candidates(own_view(world, seat), ())

            assert len(live) >= 3
            assert world.target in live
            assert live[0] not in (world.target, None)


@levels
def test_no_rule_for_guessing_from_one_view_is_right_half_the_time(level: int) -> None:
    """The k-th quickest of the live routes, the k-th best known, or the k-th from the end: over worlds with a solution."""
    right: dict[tuple[str, int], int] = {}
    worlds = [(task, world) for task, world in generated(level) if world.solvable]
    for task, world in worlds:
        one = own_view(world, "A")
        live = [path for path in task.candidates(one, ()) if path]
        times = dict(one.public("routes"))
        for name, order in (("known", live), ("unknown", live[::-1]), ("quick", sorted(live, key=lambda path: times[path]))):
            for place, path in enumerate(order):
                right[name, place] = right.get((name, place), 0) + (path == world.target)

    assert max(right.values()) / len(worlds) <= 0.6, right


@levels
def test_needed_facts_take_both_and_fit(level: int) -> None:
    for task, world in generated(level, 60):
        needed = task.needed(world)
        budget = task.turns * task.words
        private = [fact for fact in world.facts if fact.holders]

        assert {holder for fact in needed for holder in fact.holders} == {"A", "B"}
        assert {fact.slot[0] for fact in needed} <= {REPORT, AT}
        assert sum(length(fact.text) for fact in needed) <= 0.7 * budget
        assert max(length(fact.text) for fact in private) <= task.words
        if level >= 3:
            assert sum(length(fact.text) for fact in private) >= 1.5 * budget


def test_levels_make_the_maps_differ_more_and_leave_the_problem_as_it_is() -> None:
    apart, facts = [], set()
    for level in LEVELS:
        unclear = 0
        for _, world in generated(level, 40):
            facts.add((len(pooled(world).public("routes")), sum(fact.slot[0] == REPORT for fact in world.facts)))
            for seat in world.seats:
                known = Known(Notes(own_view(world, seat).held_by(seat)))
                unclear += sum(known.where(name) is None for name in known.said)
        apart.append(unclear)

    assert facts == {(6, 9)}
    assert apart == sorted(apart)
    assert apart[0] >= 40 * 2


# What names mean


def on_map(*entries: str, seat: str = "A") -> list[Fact]:
    """ "mill@6": the map of ``seat`` shows a mill at 6; "mill-": a report has it closed."""
    facts = []
    for entry in entries:
        name, _, point = entry.partition("@")
        slot, value = ((AT, name, point), True) if point else ((REPORT, name[:-1]), {"+": "open", "-": "closed"}[name[-1]])
        facts.append(Fact(slot, value, "", (seat,)))
    return facts


def claim(text: str) -> Claim:
    (fact,) = on_map(text)
    return Claim("affirm", fact.slot, fact.value, "B")


@pytest.mark.parametrize(
    ("own", "told", "states"),
    [
        (["mill@6"], ["mill-"], {6: "closed"}),
        (["mill-"], [], {}),
        (["mill-"], ["mill@6"], {6: "closed"}),
        (["mill@6", "mill@2"], ["mill-"], {}),
        (["mill@6", "mill@2"], ["mill-", "mill@2"], {2: "closed"}),
        (["mill@6", "mill@2", "mill-"], ["mill@6"], {6: "closed"}),
        (["mill@6"], ["mill-", "mill@6", "mill@2"], {6: "closed"}),
        (["mill-"], ["mill@6", "mill@2"], {}),
        (["mill@6"], ["mill-", "6+"], {}),
        ([], ["6-", "4+"], {6: "closed", 4: "open"}),
        (["bakery@6"], ["mill-"], {}),
    ],
)
def test_a_name_tells_of_a_point_once_it_can_mean_only_one(own: list[str], told: list[str], states: dict[int, str]) -> None:
    assert Known(Notes(on_map(*own)), [claim(text) for text in told]).states == states


def test_another_name_for_the_same_place_is_as_good() -> None:
    same = Claim("affirm", ("same", "bakery", "mill"), True, "B")

    assert Known(Notes(on_map("bakery@6")), [claim("mill-"), same]).states == {6: "closed"}
    assert Known(Notes(on_map("bakery@6", "mill-")), [same]).states == {6: "closed"}


def test_being_told_where_it_is_not_leaves_the_other_point() -> None:
    no = Claim("exclude", (AT, "mill", "2"), True, "B")

    assert Known(Notes(on_map("mill@6", "mill@2", "mill-")), [no]).states == {6: "closed"}


# What a report licenses


def test_a_report_under_a_name_that_the_hearer_cannot_place_licenses_nobody() -> None:
    """All reports told by name alone settle no world at level 3 for both; with the points of the names they settle every one."""
    for task, world in generated(3, 40):
        reports = [fact for fact in world.facts if fact.slot[0] == REPORT]
        places = [fact for fact in world.facts if fact.slot[0] == AT]

        def live(told: list[Fact], task: Route = task, world: World = world) -> list[int]:
            claims = [Claim("affirm", f.slot[:2] if f.slot[0] == REPORT else f.slot, f.value, f.holders[0]) for f in told]
            return [len(task.candidates(own_view(world, seat), ledger.told(claims, seat))) for seat in world.seats]

        assert max(live(reports)) >= 2
        assert live(reports + places) == [1, 1]


def test_a_speaker_can_say_what_both_maps_and_what_was_told_come_to_and_no_more() -> None:
    task = Route.at(3)
    facts = (*on_map("mill-"), *on_map("mill@6", "chapel@3", "chapel@8", seat="B"), *on_map("chapel+"))
    world = replace(task.generate(1), facts=(*[f for f in task.generate(1).facts if not f.holders], *facts))
    mill = replace(claim("mill-"), seat="A")

    def may(seat: str, text: str, *before: Claim) -> bool:
        return task.founded(world, replace(claim(text), seat=seat), before)

    assert may("A", "mill-")
    assert not may("A", "mill+")
    assert not may("A", "6-")
    assert may("A", "6-", claim("mill@6"))
    assert not may("B", "6-")
    assert may("B", "6-", mill)
    assert may("B", "mill@6")
    assert not may("A", "mill@6")
    assert not may("A", "chapel@3")
    assert may("B", "chapel@8"), "a misprint is on the map too"
    assert task.founded(world, Claim("count", (AT, "mill"), 0, "A"), ())
    assert not task.founded(world, Claim("count", (AT, "mill"), 0, "B"), ())
    assert task.founded(world, Claim("ask", (AT, "mill"), None, "A"), ())


def test_a_report_told_under_its_number_is_presented() -> None:
    task = Route.at(3)
    named, placed = Fact((REPORT, "mill"), "closed", "", ("A",)), Fact((REPORT, "mill", "6"), "closed", "", ("A",))
    told = [Claim("affirm", (REPORT, "6"), "closed", "A", 2)]

    assert task.presents(placed, told) == 2
    assert task.presents(named, told) is None
    assert task.presents(named, [Claim("affirm", (REPORT, "mill"), "closed", "A", 3)]) == 3
    assert task.presents(placed, [replace(told[0], value="open")]) is None


# Talk and answers


def test_who_hears_a_name_that_is_on_their_map_alone_says_where_it_is() -> None:
    for task, world in generated(5, 30):
        asking, hearing = own_view(world, "A"), own_view(world, "B")
        unclear = [move for move in task.moves(asking, (), "A") if move.kind == "affirm" and not move.slot[1].isdigit()]
        told = (Turn("A", task.word(unclear, asking)),)
        replies = task.moves(hearing, told, "B")[: len(unclear)]

        assert unclear
        assert {reply.slot[1] for reply in replies if reply.slot[0] == AT} == {move.slot[1] for move in unclear}


def test_one_who_sees_both_maps_only_proposes() -> None:
    for task, world in generated(3, 20):
        everything = view(world, Lens(("B",), world.seats))

        assert task.moves(everything, (), "B") == (Claim("propose", ("answer",), world.target),)


def test_only_listed_routes_are_answers() -> None:
    task = Route.at(3)
    one = own_view(task.generate(3), "A")
    path = one.public("routes")[2][0]

    assert task.parse(f'{{"answer": {list(path)}}}', one) == path
    assert task.parse(f'{{"answer": "{"-".join(map(str, path))}"}}', one) == path
    for wrong in (list(path[::-1]), list(path[:2]), [*path, 1], list(map(float, path)), [True, 2, 3], {"a": 1}, "the first"):
        with pytest.raises(Illegal, match="one of the six routes"):
            task.parse(json.dumps({"answer": wrong}), one)


def test_both_must_give_the_right_answer() -> None:
    for task, world in generated(3, 40):
        routes = [path for path, _ in pooled(world).public("routes") if path != world.target]

        assert task.score(world, {"A": world.target, "B": world.target}).success
        for other in (routes[0], "none", 3, None if world.solvable else routes[1]):
            assert not task.score(world, {"A": world.target, "B": other}).success
        assert not task.score(world, {"A": world.target}).success
        assert task.score(world, {}).floor == 0.0


def test_a_wrong_option_is_named() -> None:
    with pytest.raises(UsageError, match="seats"):
        Route.at(3, seats="3")
