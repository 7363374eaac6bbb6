"""The society of pairs: who hears whom, what is left of a round, and players of known behaviour against what must come of them."""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import cache
from statistics import fmean

import pytest

from benchmark import api, views
from benchmark.answers import write_answer
from benchmark.bonds import pseudo_pairs, societies
from benchmark.conformance.voices import Recorder, Voice, graft, play, scripted
from benchmark.episode import Episode
from benchmark.streams import stream
from benchmark.vocabulary import Fact, Illegal, Request, Turn, UsageError, World
from benchmark.worlds import Generated
from models import reference
from tasks.society import Society, talk
from tasks.society.worlds import deranged, meetings


def task(**options: str) -> Society:
    return Society.at(3, **options)


def script(request: Request) -> str:
    """A scripted member whose draws differ from world to world, as in a run, though all worlds here are played as the first of one."""
    draws = stream(request.seed, "script", *request.view.names)
    return request.task.acts(request.view, request.heard, request.seat, request.kind, draws)


def played(index: int, voice: Voice, condition: str = "private", **options: str) -> tuple[societies.Society, Episode, Recorder]:
    one = task(**options)
    world = Generated(one, 5).world(index)
    episode, recorder = play(one, world, condition, voice)
    assert episode.outcome == "decided"
    return societies.society(views.with_facts(world, episode.revealed), episode.rounds[-1].answers), episode, recorder


def several(n: int, voice: Voice, condition: str = "private", **options: str) -> list[societies.Society]:
    return [played(index, voice, condition, **options)[0] for index in range(n)]


def last(games: list[societies.Society], measure: str) -> float:
    return fmean(societies.curves(game)[measure][-1] or 0.0 for game in games)


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


def test_credits_are_what_was_matched_or_the_verdict_on_another_table() -> None:
    """Without a word no two names match, but for the first table, whose two are made to."""

    def speak(request: Request) -> str:
        return write_answer(tuple((key, (("name", name(request.seat)), ("chest", None))) for key in request.view.public("finds")))

    def name(seat: str) -> str:
        return "torve" if seat in pairs[0] else f"brem{seat}"

    pairs = societies.society(Generated(task(), 5).world(0), {}).pairs[0]
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


@cache
def adopters(p: str) -> tuple[societies.Society, ...]:
    return tuple(several(40, script, peers="adopting", p=p, rounds="5", finds="3"))


@pytest.mark.parametrize("p", ["0.3", "0.6"])
def test_labels_spread_as_the_law_of_blind_adoption_says(p: str) -> None:
    """1 − A(t) = (1 − A(0))·(1 − 2p(1−p)/(n−1))^t for the share A of pairs of members with one label.

    Two members meet with probability 1/(n−1), and then end alike if exactly one adopts; two who do not meet are, after each has or has
    not taken its partner's, again two members as random as any.
    """
    n, q = 8, float(p)
    for place in range(5):
        errors = []
        for game in adopters(p):
            begun = societies.agreement_of(game.start, game.seats, game.referents)
            errors.append(societies.agreement(game, place) - (1 - (1 - begun) * (1 - 2 * q * (1 - q) / (n - 1)) ** (place + 1)))
        spread = math.sqrt(fmean(error**2 for error in errors) / len(errors))
        assert abs(fmean(errors)) < 3.5 * spread


@pytest.mark.parametrize("p", ["0.3", "0.6"])
def test_news_spreads_as_an_exact_chain_over_all_ways_to_sit_says(p: str) -> None:
    expected = informed(8, float(p), 5)
    for place in range(5):
        errors = [societies.known(game, place) - (expected[place + 1] - 1) / 7 for game in adopters(p)]
        spread = math.sqrt(fmean(error**2 for error in errors) / len(errors))
        assert abs(fmean(errors)) < 3.5 * spread


def test_the_chain_of_news_is_right_for_four_by_every_way_to_sit() -> None:
    ways = [(("A", "B"), ("C", "D")), (("A", "C"), ("B", "D")), (("A", "D"), ("B", "C"))]
    knowing = [frozenset("A")]
    for number in range(1, 4):
        knowing = [frozenset(seat for pair in way if one & set(pair) for seat in pair) for one in knowing for way in ways]
        assert informed(4, 1.0, 3)[number] == pytest.approx(fmean(map(len, knowing)))


def informed(seats: int, p: float, rounds: int) -> list[float]:
    """How many are expected to know after 0, 1, … rounds: an exact chain over how many do.

    Of m who know, in a random pairing of n, exactly k sit with one who does not in C(m,k)·C(n−m,k)·k!·(m−k−1)!!·(n−m−k−1)!! of the
    (n−1)!! ways; each of these k then learns with probability p.
    """
    chances = [float(m == 1) for m in range(seats + 1)]
    expected = [1.0]
    for _ in range(rounds):
        after = [0.0] * (seats + 1)
        for m, chance in enumerate(chances):
            for k in (k for k in range(min(m, seats - m) + 1) if (m - k) % 2 == (seats - m - k) % 2 == 0):
                ways = math.comb(m, k) * math.comb(seats - m, k) * math.factorial(k) * _pairings(m - k) * _pairings(seats - m - k)
                for learn in range(k + 1):
                    after[m + learn] += chance * ways / _pairings(seats) * math.comb(k, learn) * p**learn * (1 - p) ** (k - learn)
        chances = after
        expected.append(sum(m * chance for m, chance in enumerate(chances)))
    return expected


def _pairings(n: int) -> int:
    """(n − 1)!!, the ways to pair off n."""
    return math.prod(range(1, n, 2))


def test_adopting_societies_share_labels_and_news_beyond_strangers_and_stubborn_ones_do_not() -> None:
    stubborn = several(8, script, peers="stubborn", rounds="5", finds="3")
    for beyond in (pseudo_pairs.agreement_beyond, pseudo_pairs.knowledge_beyond):
        social, apart = beyond(adopters("0.6"), 4), beyond(stubborn, 4)
        assert social is not None
        assert apart is not None
        assert social.difference > 0.2
        assert abs(social.pseudo) < 0.15
        assert abs(apart.difference) < 0.03


def test_a_world_holds_what_the_measures_read() -> None:
    world = task(seats="12", finds="6", rounds="4").generate(7)
    game = societies.society(world, {})

    assert len(game.seats) == 12
    assert set(game.truth) == set(game.holder) == set(game.referents)
    assert all(set(own) == set(game.referents) for own in game.start.values())
    assert societies.curves(game)["agreement"] == (0.0,)
    assert _without(world, "timetable").facts != world.facts


def _without(world: World, slot: str) -> World:
    kept: tuple[Fact, ...] = tuple(fact for fact in world.facts if fact.slot[0] != slot)
    return World(world.seats, world.names, kept, world.target)


def test_the_track_is_there_by_name() -> None:
    made = api.make_task("society:memory=board,seats=10", 3)

    assert isinstance(made, Society)
    assert (made.memory, made.seats, made.turns) == ("board", 10, 10)
    assert isinstance(made.fixed, Mapping)
