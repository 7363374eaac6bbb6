"""HiddenBench's file, a special case of worlds written by hand: what is read of it, how it is dealt, and what a broken one is told."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmark import prompts
from benchmark.answers import write_answer
from benchmark.episode import Episode, play
from benchmark.views import CONDITIONS, own_view, with_canaries
from benchmark.vocabulary import Completion, Request, UsageError, World, WorldsError
from tasks.written import HiddenBench, Written, load_worlds, recognises
from tasks.written.worlds import question_of

SHIP: dict[str, Any] = {
    "id": 1,
    "name": "The ferry",
    "description": "A ferry company must\n  choose one of three ships for the winter route.",
    "shared_information": ["The Alma is the newest ship.", "The Bor is cheap to run."],
    "hidden_information": [f"Hidden sentence number {number}, and no other." for number in range(1, 7)],
    "possible_answers": ["The Alma", "The Bor", "The Cod"],
    "correct_answer": "The Cod",
}
WELL = SHIP | {"id": "w-2", "name": "The well", "possible_answers": ["Dig", "Wait"], "correct_answer": "Wait"}


def text(*items: Any) -> str:
    return json.dumps(list(items))


def options(world: World) -> tuple[str, ...]:
    return question_of(own_view(world, "A").public("question")).items


def test_its_file_is_recognised_sound_or_broken_and_no_other_is() -> None:
    assert recognises(text(SHIP))
    assert recognises("\ufeff" + text(SHIP)[:-20])
    assert not recognises(json.dumps(SHIP))
    assert not recognises('[{"table": [], "mask1": []}]')
    assert not recognises("")


def test_every_item_becomes_a_world_that_depends_on_its_content_alone() -> None:
    task, (ship, well) = load_worlds(text(SHIP, WELL))
    _, (again, same) = load_worlds(json.dumps([WELL, dict(reversed(SHIP.items()))], indent=3))

    assert (ship, well) == (same, again)
    assert ship.seed != well.seed
    assert ship.seed < 2**48
    assert task.label == "written:preset=hiddenbench"
    assert (task.seats, task.semantic, ship.seats) == (4, False, ("A", "B", "C", "D"))


def test_hidden_sentences_are_dealt_one_each_in_turn_and_all_else_is_public() -> None:
    _, (world,) = load_worlds(text(SHIP))
    private = [fact for fact in world.facts if fact.holders]
    public = sorted(fact.text for fact in world.facts if not fact.holders and fact.text)

    assert sorted(Counter(holder for fact in private for holder in fact.holders).values()) == [1, 1, 2, 2]
    assert sorted(fact.text for fact in private) == SHIP["hidden_information"]
    assert public == SHIP["shared_information"]
    assert world.target == "The Cod"
    assert sorted(options(world)) == SHIP["possible_answers"]


def test_the_right_answer_is_listed_anywhere() -> None:
    places: Counter[int] = Counter()
    _, worlds = load_worlds(text(*(SHIP | {"id": number} for number in range(600))))
    for world in worlds:
        places[options(world).index(world.target)] += 1

    assert sum((places[i] - 200) ** 2 / 200 for i in range(3)) < 13.8


def test_the_prompt_holds_the_matter_the_answers_and_the_notes() -> None:
    task, (world,) = load_worlds(text(SHIP))
    for seat in world.seats:
        one = own_view(world, seat)
        shown = prompts.scene(task, one, prompts.talk_rules(task, one))
        assert "A ferry company must choose one of three ships for the winter route." in shown
        assert all(f'"{option}"' in shown for option in SHIP["possible_answers"])
        for fact in world.facts:
            if fact.holders:
                assert (fact.text in shown) == (seat in fact.holders)


def recites(request: Request) -> str:
    task, one = request.task, request.view
    if request.schema:
        return write_answer("the  cod")
    return f"{task.word(task.moves(one, request.heard, request.seat), one)} (ready)"


def play_out(task: HiddenBench, answer: Any = None) -> Episode:
    _, (world,) = load_worlds(text(SHIP))
    steps = play(task, with_canaries(world), CONDITIONS["private"], 3)
    try:
        request = next(steps)
        while True:
            request = steps.send(Completion(recites(request)))
    except StopIteration as done:
        episode: Episode = done.value
    return episode


def test_who_recites_leaves_nothing_untold_and_is_scored_as_published() -> None:
    task, (world,) = load_worlds(text(SHIP))
    assert isinstance(task, HiddenBench)
    last = play_out(task).rounds[-1]

    assert all(task.moves(own_view(world, seat), last.turns, seat) == () for seat in world.seats)
    assert all(task.moves(own_view(world, seat), (), seat) for seat in world.seats)
    score = task.score(world, last.answers)
    assert (score.success, score.native, score.raw) == (True, 1.0, 1.0)
    assert score.floor == pytest.approx(1 / 3)
    assert task.score(world, dict(last.answers) | {"D": "The Bor"}).native == 0.0
    assert task.needed(world) == ()


def test_a_sentence_that_no_turn_holds_is_not_recited() -> None:
    task, (world,) = load_worlds(text(SHIP | {"hidden_information": ["word " * 200]}))

    assert [task.moves(own_view(world, seat), (), seat) for seat in world.seats] == [(), (), (), ()]


def test_without_the_file_there_are_no_worlds() -> None:
    task = Written.at(3, preset="hiddenbench")
    loaded, _ = load_worlds(text(SHIP))

    assert type(task) is type(loaded) is HiddenBench
    assert (task.turns, task.words, task.seats, task.semantic) == (loaded.turns, loaded.words, loaded.seats, False)
    with pytest.raises(UsageError, match="--worlds"):
        task.generate(1)
    with pytest.raises(UsageError, match="takes no other option"):
        Written.at(3, preset="hiddenbench", seats="3")


def lines(*items: Any) -> str:
    """With a line for every field."""
    return json.dumps(list(items), indent=1)


BROKEN = [
    (text(SHIP)[:-1] + "\n,,]", ("line 2, column 2", "neither YAML nor JSON")),
    ("[" * 100_000 + '"hidden_information" "possible_answers"', ("more than 8 levels",)),
    (text(SHIP, 3), ("line 1, item 1", 'found "3"', "hidden_information")),
    (lines({k: v for k, v in SHIP.items() if k != "name"}), ("line 2, item 0, name: found nothing",)),
    (lines(SHIP, WELL | {"description": ["x"]}), ("line 28, item 1, description: found a list of 1",)),
    (lines(SHIP | {"description": "  "}), ("line 5, item 0, description", "not empty")),
    (lines(SHIP | {"id": None}), ("line 3, item 0, id: found nothing",)),
    (lines(SHIP, SHIP), ("line 26, item 1, id", "which item 0 has too", "an id of its own")),
    (lines(SHIP | {"shared_information": "one"}), ("line 6, item 0, shared_information", 'found "one"', "list")),
    (lines(SHIP | {"hidden_information": []}), ("hidden_information: found a list of 0",)),
    (lines(SHIP | {"hidden_information": ["a", ["b"]]}), ("line 12, item 0, hidden_information[1]: found a list of 1",)),
    (lines(SHIP | {"hidden_information": ["a\u0000b"]}), ("line 11", "hidden_information[0]", "U+0000")),
    (lines(SHIP | {"hidden_information": ["a\ud800"]}), ("U+D800",)),
    (lines(SHIP | {"description": "x" * 20_001}), ("20001 characters", "20000")),
    (lines(SHIP | {"possible_answers": ["The Cod"]}), ("possible_answers", "a list of 2 to 20")),
    (lines(SHIP | {"possible_answers": ["The Cod", "the  cod", "B"]}), ("possible_answers[1]", "differ by more than case")),
    (lines(SHIP | {"correct_answer": "The Eel"}), ("line 23, item 0, correct_answer", '"The Eel"', "The Alma")),
    (lines(SHIP | {"correct_answer": 2}), ("correct_answer", 'found "2"')),
]


@pytest.mark.parametrize(("broken", "told"), BROKEN, ids=[" ".join(told)[:60] for _, told in BROKEN])
def test_a_broken_file_is_told_where_and_what(broken: str, told: tuple[str, ...]) -> None:
    with pytest.raises(WorldsError) as caught:
        load_worlds(broken)
    for part in told:
        assert part in str(caught.value)
    assert len(str(caught.value)) < 600


@settings(max_examples=40)
@given(st.recursive(st.none() | st.booleans() | st.floats() | st.text(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)))
def test_any_other_document_is_a_sound_world_or_refused(document: Any) -> None:
    for field in SHIP:
        try:
            _, (world,) = load_worlds(text(SHIP | {field: document}))
        except WorldsError:
            continue
        assert world.target in options(world)
        assert field in ("id", "name", "description", "correct_answer") or isinstance(document, list)
