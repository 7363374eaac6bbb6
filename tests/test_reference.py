"""The reference game: what its worlds promise, how answers are read and scored, and when a description is ambiguous."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache

import pytest

from benchmark import ledger, views
from benchmark.quoting import length
from benchmark.streams import stream
from benchmark.vocabulary import Claim, Illegal, Turn, View, World
from tasks.reference import Reference, fitting, is_ambiguous
from tasks.reference.ambiguity import across, objects
from tasks.reference.scenes import ATTRIBUTE_OF, ATTRIBUTES, MIRRORED, PLACE, SCENES, kinds_of, ordered
from tasks.reference.told import Told
from tasks.reference.words import SIGHT

LEVELS = (1, 2, 3, 4, 5)
SEEDS = 400
BOTH = views.Lens(("A", "B"), ("A", "B"))


@lru_cache(maxsize=8)
def worlds(level: int) -> tuple[World, ...]:
    task = Reference.at(level)
    assert isinstance(task, Reference)
    return tuple(task.generate(seed, seed % 4 != 1) for seed in range(SEEDS))


def task_at(level: int) -> Reference:
    task = Reference.at(level)
    assert isinstance(task, Reference)
    return task


def sheets(world: World) -> tuple[list[frozenset[str]], list[frozenset[str]]]:
    """What each sees, the second's places as the first would see them."""
    a, b = (objects(views.own_view(world, seat), seat) for seat in "AB")
    return list(a), [across(one) for one in b]


@pytest.mark.parametrize("level", LEVELS)
def test_exactly_one_object_is_in_both_views_or_none_is(level: int) -> None:
    for seed, world in enumerate(worlds(level)):
        a, b = sheets(world)
        both = set(a) & set(b)

        assert len(a) == len(b) == len(set(a)) == len(set(b)) == 8
        assert all(len(one) == len(ATTRIBUTES) for one in (*a, *b))
        assert len(both) == (seed % 4 != 1)
        assert world.solvable == bool(both) == (world.target is not None)
        assert all(set(world.target) < one for one in both)


@pytest.mark.parametrize("level", LEVELS)
def test_a_description_without_its_place_picks_out_one_object_of_a_view(level: int) -> None:
    for world in worlds(level):
        for sheet in sheets(world):
            assert len({frozenset(word for word in one if ATTRIBUTE_OF[word] != PLACE) for one in sheet}) == 8


@pytest.mark.parametrize("level", LEVELS)
def test_every_object_has_a_look_alike_on_the_other_side(level: int) -> None:
    """It shares most words with it: all but one, or where the level asks for more, all but that many. A few groups find no such look."""
    near = [max(len(one & other) for other in b if other != one) for world in worlds(level) for a, b in [sheets(world)] for one in a]
    least = len(ATTRIBUTES) - task_at(level).dealing.apart

    assert sum(most >= min(least, 4) for most in near) >= 0.85 * len(near)


@pytest.mark.parametrize("level", [4, 5])
def test_what_tells_look_alikes_apart_is_spread_over_what_a_glance_leaves_open(level: int) -> None:
    """Each attribute, place included, is what alone tells some pair of look-alikes apart: one who leaves it out is lost sooner or later."""
    apart: Counter[str] = Counter()
    for world in worlds(level):
        a, b = sheets(world)
        for one in a:
            for other in b:
                if len(one & other) == len(ATTRIBUTES) - 1:
                    apart.update(ATTRIBUTE_OF[word] for word in one - other)

    assert set(apart) == set(ATTRIBUTES)
    assert all(apart[name] >= 0.05 * sum(apart.values()) for name in ATTRIBUTES)


@pytest.mark.parametrize("level", LEVELS)
def test_together_the_views_fix_the_answer_and_one_leaves_all_open(level: int) -> None:
    task = task_at(level)
    for world in worlds(level):
        assert task.candidates(views.view(world, BOTH), ()) == (world.target,)
        for seat in world.seats:
            assert len(task.candidates(views.own_view(world, seat), ())) == 9


@pytest.mark.parametrize("level", [3, 4, 5])
def test_the_budget_holds_what_is_needed_and_not_everything(level: int) -> None:
    task = task_at(level)
    budget = task.turns * task.words
    for world in worlds(level):
        assert sum(length(fact.text) for fact in task.needed(world)) <= 0.7 * budget
        assert sum(length(fact.text) for fact in world.facts if fact.holders) >= 1.5 * budget


def test_scenes_use_no_word_twice_and_every_remark_has_a_word_that_gives_it_away() -> None:
    for scene in SCENES:
        words = [*kinds_of(scene), *scene.colours.split(), *scene.marks.split(), "small", "medium", "large", "left", "middle", "right"]
        assert len(words) == len(set(words)) == 22
        assert len(scene.remarks) == 10
        assert all(remark.count("[") == 1 for remark in scene.remarks)
        assert not any(word in remark.lower().replace("[", "").split() for remark in scene.remarks for word in words)


def test_left_and_right_change_places_between_the_two() -> None:
    world = worlds(3)[0]
    a, b = sheets(world)
    (shared,) = set(a) & set(b)

    assert MIRRORED == {"left": "right", "middle": "middle", "right": "left"}
    assert across(across(shared)) == shared
    told = [Claim("affirm", (SIGHT, *ordered(shared)), None, "A")]
    unmirrored = [Claim("affirm", (SIGHT, *ordered(across(shared))), None, "A")]
    assert task_at(3).candidates(views.own_view(world, "B"), told) == (world.target,)
    if across(shared) != shared:
        assert task_at(3).candidates(views.own_view(world, "B"), unmirrored) != (world.target,)


def test_an_object_is_ruled_out_once_all_that_look_like_it_are_told_apart() -> None:
    small, large = frozenset("small green striped mug left".split()), frozenset("large green dotted mug left".split())

    def told(*claims: tuple[str, str, int | None]) -> Told:
        return Told([Claim(kind, (SIGHT, *ordered(words.split())), number) for kind, words, number in claims], 8)

    assert told(("affirm", "green mug", None)).allows(small)
    assert not told(("exclude", "green mug", None)).allows(small)
    assert not told(("exclude", "striped", None)).allows(small)
    assert told(("count", "green mug", 2), ("affirm", "large green dotted mug left", None)).allows(small)
    assert not told(("count", "green mug", 1), ("affirm", "large green dotted mug left", None)).allows(small)
    assert told(("affirm", "large green dotted mug left", None)).has(large)
    assert not told(("affirm", "large green dotted mug", None)).has(large)
    assert not told(("count", "red jug", 5), ("count", "blue mug", 3)).allows(small)
    assert told(("count", "red jug", 5), ("count", "mug", 3)).allows(small)
    assert told(("count", "red jug", 5), ("count", "blue mug", 2), ("affirm", "small mug", None)).allows(small)


def test_a_description_is_ambiguous_where_more_than_one_object_fits() -> None:
    for world in worlds(3)[:60]:
        view = views.own_view(world, "A")
        (three,) = [fact.slot[1:] for fact in view.facts if fact.slot[0] == "tally" and fact.value == 3]
        one = objects(view, "A")[0]

        assert is_ambiguous(view, three)
        assert len(fitting(view, three)) == 3
        assert is_ambiguous(view, ())
        assert not is_ambiguous(view, one)
        assert fitting(view, one) == (one,)
        assert fitting(view, across(one), by="B") == (one,)
        assert not is_ambiguous(view, ("no such word",))


def test_an_answer_is_a_list_of_words_in_any_order_and_case() -> None:
    task, world = task_at(3), worlds(3)[0]
    view = views.own_view(world, "A")
    answer = task.draw(view, stream(1))
    said = ", ".join(f'"{word.upper()} "' for word in reversed(answer))

    assert task.parse(f'{{"answer": [{said}]}}', view) == answer
    assert ordered(answer) == answer
    for wrong in (
        '["small"]',
        '"small green mug"',
        "[1, 2, 3, 4]",
        '["small", "large", "mug", "green"]',
        '["tiny", "pink", "speckled", "teapot"]',
    ):
        with pytest.raises(Illegal):
            task.parse(f'{{"answer": {wrong}}}', view)


def test_success_takes_the_same_right_description_from_both() -> None:
    task = task_at(3)
    solvable, none = worlds(3)[0], worlds(3)[1]
    wrong = next(
        tuple(word for word in ordered(one) if ATTRIBUTE_OF[word] != PLACE)
        for one in sheets(solvable)[0]
        if not set(solvable.target) <= one
    )

    assert task.score(solvable, {"A": solvable.target, "B": solvable.target}).success
    assert not task.score(solvable, {"A": solvable.target, "B": wrong}).success
    assert not task.score(solvable, {"A": None, "B": None}).success
    assert not task.score(solvable, {"A": wrong, "B": wrong}).success
    assert task.score(none, {"A": None, "B": None}).success
    assert not task.score(none, {"A": None, "B": wrong}).success


def test_a_natural_talk_licenses_both() -> None:
    """One describes an object in full, the other finds it in their own notes and says so."""
    task = task_at(4)
    for world in worlds(4)[:40]:
        if not world.solvable:
            continue
        (shared,) = set(sheets(world)[0]) & set(sheets(world)[1])
        size, colour, mark, kind, place = ordered(shared)
        mirrored = MIRRORED[place]
        turns = [
            Turn(
                "A", f"Hi! Do you have a {colour} {kind}? Mine is {size} and {mark}, {'in the' if place == 'middle' else 'on my'} {place}."
            ),
            Turn(
                "B",
                f"Yes, I have a {size} {colour} {mark} {kind} {'in the' if mirrored == 'middle' else 'on my'} {mirrored}. (ready)",
            ),
            Turn("A", f"Agreed, the {size} {colour} {mark} {kind}. (ready)"),
        ]
        found = ledger.licence(task, world, turns, dict.fromkeys("AB", world.target))

        assert found.licensed["A"]
        assert found.founded == found.licensed["B"]


def test_one_prompt_says_nothing_of_what_is_hidden() -> None:
    """The brief is the same whether anything is seen by both or not."""
    task = task_at(3)
    for seed in range(40):
        with_one, without = (task.generate(seed, solvable) for solvable in (True, False))
        briefs = {task.brief(views.own_view(world, seat)) for world in (with_one, without) for seat in "AB"}

        assert len(briefs) == 1


def test_a_reader_copes_with_a_million_characters() -> None:
    view = View(("A", "B"), ("Nora", "Sam"), ("A",), ("A",), worlds(3)[0].facts[:6])
    task = task_at(3)
    for line in ("small green mug, ", "no ", "(", "my left = ", "one ", "- ", "\n1) red ", "a" * 40, "do you have "):
        assert task.candidates(views.own_view(worlds(3)[0], "A"), task.claims([Turn("B", line * (1_000_000 // len(line)))], view))
