"""HiddenBench's file: what is read of it, how it is dealt and played, and what a broken one is told."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmark import prompts
from benchmark.answers import write_answer
from benchmark.episode import Episode, play
from benchmark.views import CONDITIONS, own_view, with_canaries
from benchmark.vocabulary import Claim, Completion, Request, Turn, UsageError, WorldsError
from tasks.hidden_profile import HiddenBench, HiddenProfile, load_worlds, recognises

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
    assert task.label == "hidden_profile:preset=hiddenbench"
    assert (task.seats, task.semantic, ship.seats) == (4, False, ("A", "B", "C", "D"))


def test_hidden_sentences_are_dealt_one_each_in_turn_and_all_else_is_public() -> None:
    _, (world,) = load_worlds(text(SHIP))
    private = [fact for fact in world.facts if fact.holders]
    public = [fact.text for fact in world.facts if not fact.holders and fact.text]

    assert Counter(holder for fact in private for holder in fact.holders) == {"A": 2, "B": 2, "C": 1, "D": 1}
    assert sorted(fact.text for fact in private) == SHIP["hidden_information"]
    assert public == SHIP["shared_information"]
    assert world.target == "The Cod"
    assert sorted(own_view(world, "A").public("options")) == SHIP["possible_answers"]


def test_the_right_answer_is_listed_anywhere() -> None:
    places: Counter[int] = Counter()
    _, worlds = load_worlds(text(*(SHIP | {"id": number} for number in range(600))))
    for world in worlds:
        places[own_view(world, "A").public("options").index(world.target)] += 1

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


def test_reciting_is_read_word_for_word_and_scored_as_published() -> None:
    task, (world,) = load_worlds(text(SHIP))
    assert isinstance(task, HiddenBench)
    last = play_out(task).rounds[-1]
    heard = task.claims(last.turns, own_view(world, "A"))

    for fact in world.facts:
        if fact.holders:
            assert any(task.presents(fact, [claim for claim in heard if claim.seat == seat]) is not None for seat in fact.holders)
            assert task.presents(fact, [claim for claim in heard if claim.seat not in fact.holders]) is None
    assert all(task.moves(own_view(world, seat), last.turns, seat) == () for seat in world.seats)
    score = task.score(world, last.answers)
    assert (score.success, score.native, score.raw) == (True, 1.0, 1.0)
    assert score.floor == pytest.approx(1 / 3)
    assert task.score(world, dict(last.answers) | {"D": "The Bor"}).native == 0.0


def test_nothing_is_taken_for_known() -> None:
    task, (world,) = load_worlds(text(SHIP))
    one = own_view(world, "B")
    told = task.claims([Turn("A", "It is the Cod.\nI propose the  Cod. (ready)")], one)

    assert Claim("propose", ("answer",), "The Cod", "A", 0) in told
    assert task.candidates(one, told) == one.public("options")
    assert task.needed(world) == ()
    assert task.word([Claim("propose", ("answer",), "The Bor")], one) == "I propose The Bor."


def test_a_sentence_that_no_turn_holds_is_not_recited() -> None:
    task, (world,) = load_worlds(text(SHIP | {"hidden_information": ["word " * 200]}))

    assert [task.moves(own_view(world, seat), (), seat) for seat in world.seats] == [(), (), (), ()]


def test_without_the_file_there_are_no_worlds() -> None:
    task = HiddenProfile.at(3, preset="hiddenbench")
    loaded, _ = load_worlds(text(SHIP))

    assert type(task) is type(loaded) is HiddenBench
    assert (task.turns, task.words, task.seats, task.semantic) == (loaded.turns, loaded.words, loaded.seats, False)
    with pytest.raises(UsageError, match="--worlds"):
        task.generate(1)


BROKEN = [
    (text(SHIP)[:-1] + "\n,,]", ("line 2, column 2", "not JSON")),
    ("[", ("line 1", "not JSON")),
    ("[" * 100_000, ("not JSON",)),
    ("[1e999]", ("item 1", "found Infinity")),
    (text(SHIP | {"id": float("nan")}), ("item 1", '"id"', "found NaN")),
    (text(SHIP, WELL | {"note": [1, float("-inf")]}), ("item 2", '"note"', "found -Infinity")),
    ("{}", ("found {}", "list")),
    ("[]", ("found []", "at least one")),
    (text(SHIP, 3), ("item 2: found 3", "hidden_information")),
    (text({k: v for k, v in SHIP.items() if k != "name"}), ("item 1", '"name"', "found nothing")),
    (text(SHIP, WELL | {"description": ["x"]}), ("item 2", '"description"', 'found ["x"]', "string")),
    (text(SHIP | {"description": "  "}), ('"description"', "not empty")),
    (text(SHIP | {"id": True}), ('"id"', "found true")),
    (text(SHIP | {"id": None}), ('"id"', "found null")),
    (text(SHIP, SHIP), ("item 2", '"id"', "item 1")),
    (text(SHIP | {"shared_information": "one"}), ('"shared_information"', 'found "one"', "list")),
    (text(SHIP | {"hidden_information": []}), ('"hidden_information"', "found []")),
    (text(SHIP | {"hidden_information": ["a", 7]}), ('"hidden_information"', "found 7 (entry 2)")),
    (text(SHIP | {"hidden_information": ["a\u0000b"]}), ("U+0000", "(entry 1)")),
    (text(SHIP | {"hidden_information": ["a\ud800"]}), ("U+D800",)),
    (text(SHIP | {"description": "x" * 20_001}), ("20001 characters", "20000")),
    (text(SHIP | {"possible_answers": ["The Cod"]}), ('"possible_answers"', "at least two")),
    (text(SHIP | {"possible_answers": ["The Cod", "the  cod", "B"]}), ('"possible_answers"', "twice")),
    (text(SHIP | {"correct_answer": "The Eel"}), ('"correct_answer"', '"The Eel"', "The Alma")),
    (text(SHIP | {"correct_answer": 2}), ('"correct_answer"', "found 2")),
]


@pytest.mark.parametrize(("broken", "told"), BROKEN, ids=[" ".join(told)[:60] for _, told in BROKEN])
def test_a_broken_file_is_told_where_and_what(broken: str, told: tuple[str, ...]) -> None:
    with pytest.raises(WorldsError) as caught:
        load_worlds(broken)
    for part in told:
        assert part in str(caught.value)
    assert len(str(caught.value)) < 600


@given(st.recursive(st.none() | st.booleans() | st.floats() | st.text(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)))
def test_any_other_document_is_a_sound_world_or_refused(document: Any) -> None:
    with pytest.raises(WorldsError, match="expected"):
        load_worlds(text(document))
    for field in SHIP:
        try:
            _, (world,) = load_worlds(text(SHIP | {field: document}))
        except WorldsError:
            continue
        assert world.target in own_view(world, "A").public("options")
        sentences = isinstance(document, list) and all(isinstance(one, str) for one in document)
        assert field in ("id", "name", "description") or (field.endswith("information") and sentences)
