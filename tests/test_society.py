"""The society of pairs: who hears whom, what is left of a round, and players of known behaviour against what must come of them."""

from __future__ import annotations

import math
from statistics import fmean

import pytest

from benchmark import api, views
from benchmark.answers import write_answer
from benchmark.bonds import societies
from benchmark.conformance.voices import graft, play, scripted
from benchmark.streams import stream
from benchmark.vocabulary import Illegal, Request, Turn, UsageError
from benchmark.worlds import Generated
from models import reference
from tasks.society import Society, talk
from tasks.society.worlds import deranged, meetings
from tests.conftest import Golden
from tests.society_games import last, played, script, several, task

# --- who sits with whom, and who hears what ------------------------------------------------------------------------------


def test_everyone_sits_at_one_table_a_round_and_every_way_of_pairing_is_as_likely() -> None:
    counts: dict[frozenset[frozenset[str]], int] = {}
    for number in range(600):
        pairs = meetings(("A", "B", "C", "D"), stream(1, number))
        assert sorted(seat for pair in pairs for seat in pair) == ["A", "B", "C", "D"]
        way = frozenset(map(frozenset, pairs))
        counts[way] = counts.get(way, 0) + 1

    assert len(counts) == 3
    assert all(abs(n - 200) < 4 * math.sqrt(600 * 2 / 9) for n in counts.values())


@pytest.mark.parametrize("n", [2, 4, 5, 6])
def test_a_shuffled_verdict_is_always_that_of_another_table(n: int) -> None:
    for number in range(20):
        told = deranged(n, stream(number, "verdicts"))
        assert sorted(told) == list(range(n))
        assert all(other != place for place, other in enumerate(told))


def test_what_is_said_at_a_table_reaches_nobody_else() -> None:
    """Every turn holds a word of its own; it stands in prompts of the two at that table and in that round only."""

    def speak(request: Request) -> str:
        return write_answer(None) if request.schema else f"quib{request.seat.lower()}{'xyz'[request.round]}"

    game, episode, recorder = played(0, speak, rounds="3")
    for number, done in enumerate(episode.rounds):
        assert len(done.turns) == 8
        for turn in done.turns:
            partner = game.partner(number, turn.seat)
            assert turn.to == partner
            met = [r for r in recorder.requests if any(turn.text in content for _, content in r.chat)]
            assert {request.seat for request in met} <= {turn.seat, partner}
            assert {request.round for request in met} == {number}


def test_pairs_that_talk_at_the_same_time_do_not_change_each_others_requests() -> None:
    """Six of eight say and write something else; those at the table of A are sent the same, in every field, and in every round."""
    one = task(rounds="3")
    world = Generated(one, 5).world(1)
    pair = next(pair for pair in societies.society(world, {}).pairs[0] if "A" in pair)

    def sent(lines: tuple[str, ...], rounds: int) -> list[Request]:
        others = {seat: scripted(lines) for seat in world.seats if seat not in pair}
        _, recorder = play(one, world, "private", {**others, **dict.fromkeys(pair, scripted(("I see.",)))})
        return [request for seat in pair for request in recorder.sent_to(seat) if request.round < rounds]

    assert sent(("Yes.",), 1) == sent(("Quite another thing.", "@Robin listen"), 1)
    assert len(sent(("Yes.",), 1)) == 4


@pytest.mark.parametrize("options", [{}, {"memory": "board"}, {"memory": "none"}, {"feedback": "shuffled"}], ids=str)
def test_what_others_hold_changes_no_request_of_a_seat_in_any_round(options: dict[str, str]) -> None:
    one = task(rounds="3", **options)
    world, donor = (Generated(one, seed).world(0) for seed in (5, 6))
    for seat in ("A", "F"):
        voices = {other: scripted(("I see.", "Well.")) for other in world.seats}
        before, after = (play(one, w, "private", voices)[1].sent_to(seat) for w in (world, graft(world, donor, seat)))
        assert before == after
        assert len(before) == 6
        seen, other = (play(one, w, "mindreader", voices)[1].sent_to(seat) for w in (world, graft(world, donor, seat)))
        assert seen != other, "the comparison has teeth"


# --- what is left of a round ---------------------------------------------------------------------------------------------


def notes(memory: str, **options: str) -> str:
    """What B is sent when the third round begins."""
    _, _, recorder = played(0, reference.honest, memory=memory, rounds="3", **options)
    (prompt,) = next(request.chat for request in recorder.sent_to("B") if request.round == 2)
    return prompt[1]


def test_each_memory_leaves_what_it_says_and_no_more() -> None:
    nothing, own, board = (notes(memory) for memory in ("none", "own", "board"))

    assert "Log of round" not in nothing
    assert "credit" not in nothing
    assert "Board, after" not in nothing + own
    assert "At the tables in round 3" in nothing
    assert "At the tables in round 2" not in nothing + own + board
    for prompt in (own, board):
        assert [prompt.count(f"Log of round {number}") for number in (1, 2, 3)] == [1, 1, 0]
    assert [board.count(f"Board, after round {number}") for number in (1, 2, 3)] == [1, 1, 0]
    assert max(prompt.count("alone):") for prompt in (nothing, own, board)) <= 1, "what was said in earlier rounds is gone"


def test_a_late_prompt_reads_as_it_was_reviewed(golden: Golden) -> None:
    _, _, recorder = played(0, reference.honest, memory="board", rounds="3", feedback="shuffled")
    request = [request for request in recorder.sent_to("B") if request.round == 2][-1]
    golden("prompt_society.txt", "\n".join(f"[{role}]\n{content}\n" for role, content in request.chat))


def test_credits_are_what_was_matched_or_the_verdict_on_another_table() -> None:
    """Without a word no two names match, but for the first table, whose two are made to."""

    def speak(request: Request) -> str:
        return write_answer(tuple((key, (("name", name(request.seat)), ("chest", None))) for key in request.view.public("finds")))

    def name(seat: str) -> str:
        return "torve" if seat in pairs[0] else f"brem{seat}"

    pairs = societies.society(Generated(task(rounds="2"), 5).world(0), {}).pairs[0]
    true, shuffled = (played(0, speak, talk="0", rounds="2", feedback=how)[0].credited[0] for how in ("true", "shuffled"))

    assert {seat for seat, told in true.items() if all(told.values())} == set(pairs[0])
    fooled = {seat for seat, told in shuffled.items() if all(told.values())}
    assert fooled in map(set, pairs[1:])


def test_the_board_posts_what_two_wrote_alike_right_or_wrong() -> None:
    def speak(request: Request) -> str:
        return write_answer(tuple((key, (("name", "torve"), ("chest", 1))) for key in request.view.public("finds")))

    _, episode, _ = played(0, speak, memory="board", rounds="2")
    (board,) = [fact for fact in episode.revealed if fact.slot[0] == "board"]

    assert board.holders == ()
    assert board.text.count('"torve" (4 tables)') == 3
    assert board.text.count("in chest 1 (4 tables)") == 3


# --- answers and words ---------------------------------------------------------------------------------------------------


def test_names_are_compared_without_capitals_and_are_words_of_letters() -> None:
    one = task(finds="1")
    view = views.own_view(Generated(one, 5).world(0), "A")
    (key,) = view.public("finds")

    def read(name: object, chest: object = None) -> object:
        return one.parse(write_answer({key: {"name": name, "chest": chest}}), view)

    assert read("Moon  Ring") == read("moon ring") == ((key, (("name", "moon ring"), ("chest", None))),)
    for name in ("", "x" * 31, "a b c d", "42", "moon\nring!", None, ["moon"], "т", "moon\u0301"):
        with pytest.raises(Illegal):
            read(name)
    for chest in (0, 7, "3", True, 2.0):
        with pytest.raises(Illegal):
            read("moon", chest)


SAID = (
    ('I call 17 "torve".', ("name", "17", "torve")),
    ("Find 17 is a moon ring, I think", ("name", "17", "moon ring")),
    ("#17: torve; 23: brem", ("name", "17", "torve")),
    ("For number 17 I'd say torve", ("name", "17", "torve")),
    ("17 = torve, chest 4", ("chest", "17", 4)),
    ("17 goes in chest 4", ("chest", "17", 4)),
    ("Find 17 belongs in chest 4, so I was told", ("chest", "17", 4)),
    ("We call it 'torve', the number 17", ("name", "17", "torve")),
    ("What do you call 17?", None),
    ("I don't know the chest of 17", None),
    ("Chest 17 is not what I meant", None),
    ("17 is in chest 9", None),
)


@pytest.mark.parametrize(("text", "expected"), SAID)
def test_the_reader_reads_what_a_find_is_called_and_where_it_belongs(text: str, expected: tuple[str, str, object] | None) -> None:
    found = {(*claim.slot, claim.value) for claim in talk.read((Turn("A", text),), ("17", "23"))}

    assert found == set() if expected is None else expected in found


@pytest.mark.parametrize(
    ("options", "wrong"),
    [({"seats": "9"}, "8, 10, 12"), ({"memory": "full"}, "memory"), ({"p": "2"}, "between 0 and 1"), ({"x": "1"}, "option")],
)
def test_what_cannot_be_played_is_refused_with_what_can(options: dict[str, str], wrong: str) -> None:
    with pytest.raises(UsageError, match=wrong):
        task(**options)


def test_nobody_has_a_script_unless_one_is_asked_for() -> None:
    assert task().fixed == {}
    assert set(task(peers="stubborn").fixed) == set("BCDEFGH")
    with pytest.raises(UsageError, match="peers=adopting"):
        task().acts(views.own_view(task().generate(1), "A"), (), "A", "talk", stream(1))


# --- players of known behaviour ------------------------------------------------------------------------------------------


def test_honest_players_with_a_board_agree_on_everything_and_without_memory_on_nothing_more() -> None:
    board, own, none = (several(4, reference.honest, memory=memory) for memory in ("board", "own", "none"))

    assert last(board, "agreement") == last(board, "known") == 1.0
    assert 0.4 < last(own, "agreement") <= 1.0
    assert last(own, "known") > 0.9
    assert last(none, "agreement") < 0.2
    assert last(none, "known") < 0.2
    assert fmean(societies.matched(game, 0) for game in none) == 1.0, "at their tables they agree all the same"


@pytest.mark.parametrize("player", ["mute", "egocentric", "none"])
def test_who_does_not_listen_takes_over_nothing(player: str) -> None:
    games = several(3, reference.PLAYERS[player])

    assert last(games, "known") == 0.0
    assert last(games, "agreement") < 0.1
    assert all(societies.adopted(game, 0) in (None, 0.0) for game in games)


def test_who_sees_everything_agrees_at_once() -> None:
    for condition in ("mindreader", "solo"):
        (game,) = several(1, reference.honest, condition)
        assert societies.agreement(game, 0) == societies.known(game, 0) == 1.0


def test_scripts_do_what_they_say() -> None:
    stubborn, guessing, heeding = (several(3, script, peers=peers, p="1") for peers in ("stubborn", "guessing", "heeding"))

    assert all(societies.adopted(game, place) == 0.0 for game in stubborn for place in range(8))
    assert all(societies.births(game, place) == 0.0 for game in stubborn for place in range(1, 8))
    assert fmean(societies.births(game, 1) or 0.0 for game in guessing) > 0.8
    assert abs(last(guessing, "known") - 1 / 6) < 0.15
    assert last(heeding, "known") > 0.9


def test_use_of_feedback_shows_in_those_who_use_it_also_where_it_is_shuffled() -> None:
    """Heeding members keep what is credited and give up the rest with p = 1/2; adopting ones pay no heed to credits."""
    heeding, adopting = (
        [use for game in several(8, script, peers=peers, feedback="shuffled", p="0.5") if (use := societies.feedback_use(game, game.seats))]
        for peers in ("heeding", "adopting")
    )

    assert 0.25 < fmean(heeding) < 0.75
    assert abs(fmean(adopting)) < 0.2


def test_a_world_holds_what_the_measures_read() -> None:
    world = task(seats="12", finds="6", rounds="4").generate(7)
    game = societies.society(world, {})

    assert len(game.seats) == 12
    assert set(game.truth) == set(game.holder) == set(game.referents)
    assert all(set(own) == set(game.referents) for own in game.start.values())
    assert societies.curves(game)["agreement"] == (0.0,)


def test_the_track_is_there_by_name() -> None:
    made = api.make_task("society:memory=board,seats=10", 3)

    assert isinstance(made, Society)
    assert (made.memory, made.seats, made.turns) == ("board", 10, 10)


def test_arms_that_differ_in_memory_credits_talk_or_scripts_are_played_on_the_same_worlds() -> None:
    arms = ("society", "society:memory=board", "society:feedback=shuffled,memory=none", "society:talk=0", "society:p=0.2,peers=adopting")
    worlds = {Generated(api.make_task(label, 3), 7).world(4) for label in arms}

    assert len(worlds) == 1
    assert Generated(api.make_task("society:finds=4", 3), 7).world(4) not in worlds
