"""Probes ask aside what a partner knows: they tell nobody anything, change nothing, and tell apart who keeps score from who does not."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Callable
from functools import lru_cache
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmark import api, episode, probes, prompts, views
from benchmark.answers import write_answer
from benchmark.conformance.voices import Voice, graft, play, scripted
from benchmark.records import Document, canonical
from benchmark.results.agreement import kappa_estimate
from benchmark.running.drive import drive, record
from benchmark.running.plan import Plan, calls
from benchmark.task import Task
from benchmark.vocabulary import Completion, Probe, Request, Sampling, Turn
from benchmark.worlds import Generated
from models.reference import PLAYERS, connect, probed
from models.spec import parse_spec
from tests.labels import EVERY, GROUNDING
from tests.toy_task import Toy

TASKS: dict[str, Task] = {label: api.make_task(label, 3) for label in (*EVERY, "mutual_friend:preset=zhou5")} | {
    "toy, two rounds": Toy.at(3, rounds="2"),
    "toy, whispering": Toy.at(3, rounds="2", seats="3", addressed="yes"),
}


def player(name: str) -> Voice:
    return lambda request: probed(request, name) if request.probe else PLAYERS[name](request)


def answering(reply: Completion) -> Voice:
    """Talks like honest, and gives ``reply`` to every probe."""
    return lambda request: reply if request.probe else PLAYERS["honest"](request)


def half_deaf(request: Request) -> str:
    """Talks like honest, and takes for granted that all of it was heard before it was said."""
    return write_answer(True) if request.probe else PLAYERS["honest"](request)


# --- they change nothing -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("label", TASKS)
@pytest.mark.parametrize("name", ["honest", "dump", "mute"])
def test_without_its_probes_a_run_is_the_run_without_probes(label: str, name: str) -> None:
    """Byte for byte: prompts, seeds and what was heard in every request, and everything on record."""
    task = TASKS[label]
    for seed in range(2):
        world = Generated(task, seed).world(seed)
        for condition in ("private", "omniscient"):
            plain, without = play(task, world, condition, player(name))
            asked, recorder = play(task, world, condition, player(name), probes=True)
            kept = [request for request in recorder.requests if request.kind != probes.KIND]

            assert kept == without.requests
            assert [call for call in asked.calls if call.kind != probes.KIND] == list(plain.calls)
            assert (asked.outcome, asked.rounds, asked.revealed) == (plain.outcome, plain.rounds, plain.revealed)
            assert bool(asked.probed) <= views.CONDITIONS[condition].grounds


@pytest.mark.parametrize("label", GROUNDING)
def test_nor_does_anything_on_record_differ(label: str) -> None:
    for one, other in zip(records("honest", label), records("honest", label, probing=True), strict=True):
        assert canonical(without_probes(other)) == canonical(without_probes(one))
        assert any(call["kind"] == probes.KIND for call in other["calls"]) == any(
            "probes" in of for of in other["score"]["diagnosis"].values()
        )


def without_probes(document: Document) -> Document:
    """``document`` without what probes add: their calls, their counts, and what names the configuration."""
    diagnosis = {seat: {key: of[key] for key in of if key != "probes"} for seat, of in document["score"]["diagnosis"].items()}
    kept = [call for call in document["calls"] if call["kind"] != probes.KIND]
    return {**document, "id": "", "digest": "", "calls": kept, "score": {**document["score"], "diagnosis": diagnosis}}


def test_a_probe_enters_no_history_and_whatever_it_brings_ends_nothing() -> None:
    task = TASKS["mutual_friend"]
    world = Generated(task, 2).world(0)
    whole, _ = play(task, world, "private", player("honest"))
    odd = [
        Completion("", finish="filter"),
        Completion("", finish="length"),
        Completion("{"),
        Completion('{"answer": 7}'),
        Completion("\ud800"),
    ]
    for reply in odd:
        asked, recorder = play(task, world, "private", answering(reply), probes=True)

        assert asked.outcome == "decided" == whole.outcome
        assert asked.probed
        assert {one.answer for one in asked.probed} == {None}
        for request in recorder.requests:
            asides = sum("An aside" in content for _, content in request.chat)
            assert asides == (request.kind == probes.KIND)


def test_a_broken_server_ends_the_attempt_as_anywhere() -> None:
    task = TASKS["mutual_friend"]
    down = answering(Completion("", finish="error", note="down"))
    asked, _ = play(task, Generated(task, 2).world(0), "private", down, probes=True)

    assert (asked.outcome, asked.note) == ("error", "down")


# --- they tell nothing ---------------------------------------------------------------------------------------------------


def check(task: Task, seat_number: int, seeds: tuple[int, int], lines: tuple[str, ...] = ("I see.", "Is that all?")) -> int:
    """Plays a world and its graft; the seat, which tells what it holds, must be asked the same. How often it was."""
    world, donor = (Generated(task, seed).world(seed % 7) for seed in seeds)
    seat = world.seats[seat_number % len(world.seats)]
    voices = {other: player("dump") if other == seat else scripted(lines) for other in world.seats}
    _, before = play(task, world, "private", voices, probes=True)
    _, after = play(task, graft(world, donor, seat), "private", voices, probes=True)

    for one, other in itertools.zip_longest(before.sent_to(seat), after.sent_to(seat)):
        assert one == other
    return sum(request.kind == probes.KIND for request in before.sent_to(seat))


@pytest.mark.parametrize("label", TASKS)
@settings(max_examples=6)
@given(st.integers(0, 4), st.tuples(st.integers(0, 2**32), st.integers(0, 2**32)), st.lists(st.text(max_size=40), min_size=1, max_size=4))
def test_what_others_hold_changes_no_probe(label: str, seat: int, seeds: tuple[int, int], lines: list[str]) -> None:
    assert check(TASKS[label], seat, seeds, tuple(lines)) >= 0


def check_all() -> int:
    return sum(check(TASKS["mutual_friend"], seat, (seed, seed + 100)) for seed in range(4) for seat in (0, 1))


def about_what_is_needed(patch: pytest.MonkeyPatch) -> None:
    """A question about a needed fact says that it is needed, and that follows from what others hold."""
    real, all_of = episode._probe, probes._askable

    def probe(table: Any) -> Any:
        needed = [fact.slot for fact in table.task.needed(table.world)]
        patch.setattr(probes, "_askable", lambda *args: [fact for fact in all_of(*args) if fact.slot in needed])
        yield from real(table)

    patch.setattr(episode, "_probe", probe)


def about_partners_facts(patch: pytest.MonkeyPatch) -> None:
    real = episode._probe

    def probe(table: Any) -> Any:
        patch.setattr(probes, "_askable", lambda task, view, seat: [fact for fact in table.world.facts if seat not in fact.holders])
        yield from real(table)

    patch.setattr(episode, "_probe", probe)


@pytest.mark.parametrize("plant", [about_what_is_needed, about_partners_facts], ids=lambda plant: plant.__name__)
def test_a_probe_that_tells_something_is_caught(plant: Callable[[pytest.MonkeyPatch], None], monkeypatch: pytest.MonkeyPatch) -> None:
    assert check_all() > 0
    plant(monkeypatch)

    with pytest.raises(AssertionError):
        check_all()


@pytest.mark.parametrize("label", TASKS)
def test_seats_are_asked_about_notes_of_their_own_some_told_and_some_not(label: str) -> None:
    """By who recites and who tells what is needed: told is what one of them says in its own words, and the other may leave out."""
    task, states = TASKS[label], set()
    for seed, name in itertools.product(range(3), ("dump", "honest")):
        world = Generated(task, seed).world(seed)
        played, recorder = play(task, world, "private", player(name), probes=True)
        said = [turn for one in played.rounds for turn in one.turns]
        for one in played.probed:
            assert one.seat != one.probe.partner
            assert one.seat in one.probe.fact.holders
            assert not views.is_canary(one.probe.fact)
        states |= {bool(of["told"]) for of in probes.tally(task, world, said, played.probed).values()}
        for request in recorder.requests:
            assert request.probe is None or request.probe.fact.text in {fact.text for fact in request.view.held_by(request.seat)}
    assert True in states or task.audience  # before an audience nobody says aloud what they would be asked about


@pytest.mark.parametrize("label", TASKS)
def test_what_may_be_asked_about_is_told_once_the_notes_are_read_out_and_not_before(label: str) -> None:
    """Read out whole: of a number in a unit of one's own, say, only part is told before the unit is."""
    task, asked = TASKS[label], 0
    world = Generated(task, 2).world(0)
    for seat in world.seats:
        view = views.own_view(world, seat)
        partner = next(other for other in world.seats if other != seat)
        aloud = [Turn(seat, note.text) for note in view.held_by(seat)]
        for fact in probes._askable(task, view, seat)[:4]:
            for said, told in (([], 0), (aloud, 1)):
                counts = probes.tally(task, world, said, [probes.Probed(seat, len(said), Probe(fact, partner), bool(told))])[seat]
                assert counts["left_out"] == 0
                assert (counts["asked"], counts["told"], counts["agreed"]) == (1, told, 1)
                asked += 1
    assert asked


def test_what_a_whisper_told_a_third_is_not_known_to_the_partner() -> None:
    task = Toy.at(3, seats="3", addressed="yes")
    world = Generated(task, 4).world(0)
    fact = next(fact for fact in world.facts if fact.holders == ("A",))
    turns = [Turn("A", fact.text, to="C"), Turn("B", "Well.")]
    for partner, knows in (("B", False), ("C", True)):
        answers = [probes.Probed("A", 2, Probe(fact, partner), answer) for answer in (True, False, None)]
        counts = probes.tally(task, world, turns, answers)["A"]

        assert counts == {"asked": 3, "told": 3 * knows, "yes": 1, "no": 1, "agreed": 1, "left_out": 0}


def test_what_was_told_in_part_counts_neither_way() -> None:
    task = TASKS["schedule"]
    world = Generated(task, 1).world(0)
    fact = next(
        fact for fact in world.facts if fact.holders == ("A",) and fact.slot[0] == "cost" and isinstance(fact.value, int) and fact.value > 2
    )
    turns = [Turn("A", f"{fact.slot[2]} costs me at least 2."), Turn("B", "Well.")]
    counts = probes.tally(task, world, turns, [probes.Probed("A", 2, Probe(fact, "B"), True)])["A"]

    assert (counts["asked"], counts["left_out"]) == (0, 1)


# --- they tell apart -----------------------------------------------------------------------------------------------------


@lru_cache(maxsize=128)
def records(name: str, label: str, probing: bool = False, n: int = 6) -> tuple[Document, ...]:
    spec = f"reference:{name}"
    plan = Plan(spec, (Generated(api.make_task(label, 3), 7),), (views.CONDITIONS["private"],), seed=7, n=n, probes=probing)

    async def play_all() -> tuple[Document, ...]:
        async with connect(parse_spec(spec)) as model:

            async def complete(request: Request) -> Completion:
                return await model.complete(request, Sampling())

            return tuple([record(one, one.world(), await drive(one, one.world(), complete)) for one in plan.episodes()])

    return asyncio.run(play_all())


def kappa(of: list[dict[str, int]]) -> float | None:
    """κ of tallies, pooled; None where there is none."""
    rows = np.array([[float(one[name]) for name in ("asked", "agreed", "told", "yes", "no")] for one in of])
    found = kappa_estimate([rows], "test") if len(rows) else None
    return found.mean if found else None


def scored(name: str, label: str, n: int = 6) -> float | None:
    return kappa([of["probes"] for one in records(name, label, True, n) for of in one["score"]["diagnosis"].values() if "probes" in of])


@pytest.mark.parametrize("label", GROUNDING)
def test_who_goes_by_what_was_heard_keeps_score_and_who_takes_all_for_known_does_not(label: str) -> None:
    assert (scored("honest", label) or 0) >= 0.9
    assert (scored("egocentric", label) or 0) <= 0.1
    assert abs(scored("random", label) or 0) <= 0.2
    assert scored("mute", label) is None  # nothing was told, and it says so: all alike, which is neither chance nor skill


@pytest.mark.parametrize("label", GROUNDING)
def test_the_same_talk_with_and_without_score_kept_is_told_apart(label: str) -> None:
    task, tallies = TASKS[label], list[dict[str, int]]()
    for seed in range(5):
        world = Generated(task, seed).world(seed)
        played, _ = play(task, world, "private", half_deaf, probes=True)
        tallies += map(dict, probes.tally(task, world, played.rounds[0].turns, played.probed).values())

    assert kappa(tallies) == pytest.approx(0)
    assert sum(one["told"] for one in tallies) > 0


def test_kappa_is_cohens() -> None:
    """The textbook's table: 20 and 15 agreed, 5 and 10 not: κ 0.4. An answer that is neither counts as no agreement."""
    row = np.array([[50.0, 35.0, 30.0, 25.0, 25.0]])

    assert kappa([dict(zip(("asked", "agreed", "told", "yes", "no"), map(int, row[0]), strict=True))]) == pytest.approx(0.4)
    assert kappa_estimate([np.array([[4.0, 2.0, 2.0, 1.0, 1.0]])], "x").mean == pytest.approx((0.5 - 0.25) / 0.75)  # type: ignore[union-attr]
    assert kappa_estimate([np.array([[4.0, 4.0, 0.0, 0.0, 4.0]])], "x") is None
    assert kappa_estimate([np.empty((0, 5))], "x") is None


@pytest.mark.parametrize("label", TASKS)
def test_the_plan_counts_the_most_there_can_be(label: str) -> None:
    task, condition = TASKS[label], views.CONDITIONS["private"]
    for name in ("mute", "dump"):
        played, _ = play(task, Generated(task, 3).world(1), "private", player(name), probes=True)

        assert 0 < sum(call.kind == probes.KIND for call in played.calls) <= probes.most(task, condition)
    assert calls(task, condition, True) - calls(task, condition) == probes.most(task, condition)
    assert all(calls(task, one, True) == calls(task, one) for one in views.CONDITIONS.values() if not one.grounds)


def test_the_wording_names_the_partner_and_quotes_the_note() -> None:
    task = TASKS["mutual_friend"]
    world = Generated(task, 1).world(0)
    view = views.own_view(world, "A")
    fact = view.held_by("A")[1]
    line = prompts.ask_probe(view, Probe(fact, "B"))

    assert f"has {world.names[1]} been told" in line
    assert fact.text in line
