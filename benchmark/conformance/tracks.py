"""What a bond track owes: that whole games can be played, scored round by round, and replayed; nothing about one right answer."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence

from benchmark import views
from benchmark.answers import write_answer
from benchmark.conformance.answers_and_talk import (
    an_answer_survives_being_written_and_read,
    no_words_break_the_reader,
    one_world_is_one_record,
    twins_differ_only_in_the_notes,
    what_is_missing_or_ambiguous_is_illegal,
    what_others_hold_changes_no_request,
)
from benchmark.conformance.certificates import Certificate, Sample
from benchmark.conformance.elsewhere import every_process_makes_the_same_worlds
from benchmark.conformance.knowledge import pooled
from benchmark.conformance.legality import drawn_answers_are_answers, parse_does_not_guess, the_schema_takes_legal_answers_and_no_others
from benchmark.conformance.shape import (
    facts_have_holders_who_exist,
    needed_facts_are_private_facts_of_the_world,
    no_text_says_the_same_twice,
    the_order_of_speaking_is_public,
    the_task_says_what_it_is,
    what_is_private_stands_in_no_public_text,
)
from benchmark.conformance.voices import Recorder, Voice, planned, play
from benchmark.episode import Episode
from benchmark.records import canonical
from benchmark.running.drive import record, replay
from benchmark.streams import stream
from benchmark.task import Task
from benchmark.vocabulary import Json, Request, World

GAMES = 3
ASKED = ("talk", "commit")


def voices(task: Task, world: World) -> Mapping[str, Voice]:
    """A player for every seat: the task's script where it has one for a fixed seat, else one that greets and commits at random."""

    def anyone(request: Request) -> str:
        return write_answer(task.draw(request.view, stream(request.seed, "anyone"))) if request.schema else "Good day."

    def scripted(request: Request) -> str:
        return task.acts(request.view, request.heard, request.seat, request.kind, stream(request.seed, "scripted"))

    return {seat: scripted if task.fixed.get(seat, "").startswith("reference:scripted") else anyone for seat in world.seats}


def worlds_say_how_long_they_last(sample: Sample) -> Iterator[str]:
    """A world has a number of rounds of its own if nobody is told how many there are, and then at most as many as the task says.

    Set World.rounds where open_ended is true, and leave it 0 elsewhere.
    """
    task = sample.task
    for index, world in sample.first(200):
        if bool(world.rounds) != task.open_ended or not 0 <= world.rounds <= task.rounds:
            told = "nobody is told how many there are" if task.open_ended else "everybody is told how many there are"
            yield f"world {index} has {world.rounds} rounds of its own, of {task.rounds} at most, and {told}"


def whole_games_are_scored_round_by_round(sample: Sample) -> Iterator[str]:
    """Games played to their end are decided, by scripts too; all numbers of a score are finite, and curves have one for every round.

    Let score() look at what reveal() has put into the world, and let acts() give replies that parse() takes.
    """
    task = sample.task
    for index, world in sample.first(GAMES):
        episode, _ = play(task, world, views.HEADLINE, voices(task, world))
        if episode.outcome != "decided":
            yield f"world {index}: a game among legal players ends as {episode.outcome}"
            continue
        where = planned(task, world, views.HEADLINE)
        first = record(where, where.world(), episode)
        yield from (f"world {index}: {wrong}" for wrong in _astray(world, episode, first["score"]))
        if canonical(first) != canonical(record(where, where.world(), replay(where, where.world(), first["calls"]))):
            yield f"world {index} makes another record when it is replayed"


def _astray(world: World, episode: Episode, score: Mapping[str, Json]) -> Iterator[str]:
    curves = score.get("curves") or {}
    if not curves:
        yield "score() gives no curve"
    for name in (*score["parts"], *curves):
        _, slash, seat = name.rpartition("/")
        if slash and seat not in world.seats:
            yield f"{name!r} is of a seat that there is not"
    for name, curve in curves.items():
        if len(curve) != len(episode.rounds):
            yield f"the curve {name!r} has {len(curve)} numbers for {len(episode.rounds)} rounds"


def a_game_that_breaks_off_can_be_scored(sample: Sample) -> Iterator[str]:
    """A game that ends early, by a reply that is no answer, has a score like any other.

    Let score() be total: the rounds that were played stand in the world, and everybody's last commit may be None.
    """
    task = sample.task
    for index, world in sample.first(1):
        for broken in dict.fromkeys((0, min(2, task.rounds - 1))):
            everyone = voices(task, world)
            first = next(seat for seat in world.seats if seat not in task.fixed)

            def breaking(request: Request, at: int = broken, speak: Voice = everyone[first]) -> str:
                said = speak(request)
                return "no idea" if request.schema and request.round >= at else str(said)

            episode, _ = play(task, world, views.HEADLINE, {**everyone, first: breaking})
            where = planned(task, world, views.HEADLINE)
            record(where, where.world(), episode)
            if episode.outcome != f"illegal:{first}" and len(episode.rounds) > broken:
                yield f"world {index}: a reply that is no answer in round {broken + 1} ends the game as {episode.outcome}"


def prompts_only_grow_at_their_end(sample: Sample) -> Iterator[str]:
    """What an instance is sent is what it was sent before (this round, if rounds are forgotten), but for the question at its end, and more.

    Tell what is new by revealed facts, and let brief() and form() say in every round what they said in the first.
    """
    task = sample.task
    for index, world in sample.first(GAMES):
        _, recorder = play(task, world, views.HEADLINE, voices(task, world))
        for seat in world.seats:
            if number := _rewritten(recorder, seat, whole=task.recalls(pooled(world)) is None):
                yield f"world {index}: what {seat} was told before is worded anew in request {number + 1}"


def _rewritten(recorder: Recorder, seat: str, whole: bool) -> int:
    """The first request to ``seat`` that does not begin as the one before it (in its round, unless ``whole``) did; 0 if there is none."""
    sent = [request for request in recorder.sent_to(seat) if request.kind in ASKED]
    for number, (one, other) in enumerate(itertools.pairwise(sent), 1):
        before, after = one.chat, other.chat
        if one.round != other.round and not whole:
            continue
        known = before[-1][1].rpartition("\n\n")[0]
        if after[: len(before) - 1] != before[:-1] or not after[len(before) - 1][1].startswith(known):
            return number
    return 0


OWED: Sequence[Certificate] = (
    the_task_says_what_it_is,
    facts_have_holders_who_exist,
    what_is_private_stands_in_no_public_text,
    no_text_says_the_same_twice,
    needed_facts_are_private_facts_of_the_world,
    the_order_of_speaking_is_public,
    worlds_say_how_long_they_last,
    whole_games_are_scored_round_by_round,
    a_game_that_breaks_off_can_be_scored,
    prompts_only_grow_at_their_end,
    the_schema_takes_legal_answers_and_no_others,
    parse_does_not_guess,
    drawn_answers_are_answers,
    an_answer_survives_being_written_and_read,
    what_is_missing_or_ambiguous_is_illegal,
    no_words_break_the_reader,
    what_others_hold_changes_no_request,
    one_world_is_one_record,
    twins_differ_only_in_the_notes,
    every_process_makes_the_same_worlds,
)
