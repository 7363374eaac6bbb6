"""How `crossed_wires` reads talk: every note as it stands, a third batch of free language, requests for clarification, and nothing else."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Any

import pytest

from benchmark.answers import write_answer
from benchmark.api import make_task
from benchmark.conformance.voices import planned, play
from benchmark.quoting import READY
from benchmark.running.drive import record
from benchmark.views import own_view
from benchmark.vocabulary import Claim, Request, Turn, World
from benchmark.worlds import Generated
from models.reference import PLAYERS
from tasks.crossed_wires import asks_reference
from tasks.crossed_wires.reference import DETAIL, TIME, VALUE
from tasks.crossed_wires.scenes import SCENES
from tasks.crossed_wires.talk import Reader
from tasks.crossed_wires.words import lexicon, mark_times
from tests.crossed_labels import CROSSED_WIRES
from tests.test_free_language import VIEWS, figures, misread

WARD, OFFICE = (view for view in VIEWS["crossed_wires"][:2])
TASK = make_task("crossed_wires", 3)


def read(*texts: str, world: int = 1) -> list[Claim]:
    """The claims of a talk in which two take turns."""
    view = VIEWS["crossed_wires"][world]
    return list(TASK.claims([Turn("AB"[number % 2], text) for number, text in enumerate(texts)], view))


def last(*texts: str, world: int = 1) -> set[tuple[str, tuple[str, ...], Any]]:
    """What the last turn of a talk says."""
    return {(c.kind, c.slot, c.value) for c in read(*texts, world=world) if c.turn == len(texts) - 1}


def details(seat: str, **values: int) -> set[tuple[str, tuple[str, ...], Any]]:
    return {("affirm", (DETAIL, seat, label), value) for label, value in values.items()}


def report(seat: str, label: str, value: int, minute: int) -> set[tuple[str, tuple[str, ...], Any]]:
    return {("affirm", (VALUE, seat, label), value), ("affirm", (TIME, seat, label), minute)}


@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.key)
def test_every_note_says_what_it_means_and_no_remark_says_anything(scene: Any) -> None:
    words = lexicon(scene.key, scene.options[:6])
    name = {"x": scene.name, "X": scene.name[0].upper() + scene.name[1:]}

    def told(text: str) -> set[tuple[str, tuple[str, ...], Any]]:
        reader = Reader(words, ("A", "B"))
        reader.read(0, Turn("A", text))
        return {(claim.kind, claim.slot, claim.value) for claim in reader.claims}

    for point in (*scene.details, *scene.reports):
        for note in point.notes:
            for value in range(len(point.values)):
                text = note.format(**name, v=point.said(value), t="9:44")
                wanted = details("A", **{point.label: value}) if point in scene.details else report("A", point.label, value, 584)
                assert told(text) == wanted, text
    for remark in scene.remarks:
        assert told(remark.format(**name)) == set(), remark


def test_words_for_different_things_do_not_meet() -> None:
    """Within a scene no form stands for two things, and each table's options are words of their own."""
    for scene in SCENES:
        values = [form for point in (*scene.details, *scene.reports) for value in point.values for form in value]
        everything = [*values, *(option.casefold() for option in scene.options), *(n for p in scene.points.values() for n in p.names)]
        assert len(everything) == len(set(everything)), scene.key


@pytest.mark.parametrize(
    ("reply", "are_two"),
    [
        ("A different man, then!", True),
        ("Not the same patient: mine is by the door.", True),
        ("So mine doesn't count.", True),
        ("OK, ignore my notes.", True),
        ("Only your notes count.", True),
        ("My knee is the older one, so mine doesn't count.", False),
        ("Hip 9:02, knee 8:10. Yours is older, so it doesn't count.", False),
        ("It's not a different man.", False),
        ("Is that a different man?", False),
        ("If he is a different man, mine don't count.", False),
        ("Let's check that it is not a different man.", False),
        ("The last letter doesn't count.", False),
    ],
)
def test_that_there_are_two_is_read_from_what_follows_of_it(reply: str, are_two: bool) -> None:
    said = last("Mine is a retired baker from Alnes. Knee 7:15, saline 8:40.", reply, world=0)

    assert any(kind == "exclude" and slot == ("details", "B") for kind, slot, _ in said) == are_two


def test_a_note_that_beats_another_is_the_later_and_nobody_elses() -> None:
    talk = ("Knee 7:15, saline 8:40.", "Hip 9:02, plasma 8:10.", "Your hip beats my knee, my saline beats your plasma: Osprey.")

    assert last(*talk, world=0) >= {("affirm", ("newer", "A", "joint"), False), ("affirm", ("newer", "A", "drip"), True)}
    assert not {one for one in last(*talk, world=0) if one[1][0] == "value" and one[2] in (1, 2)}


def test_a_third_batch_is_read_as_well() -> None:
    found = figures("crossed_wires", 3)

    assert found.precision >= 0.98, misread("crossed_wires", 3)
    assert found.recall >= 0.92, misread("crossed_wires", 3)


@pytest.mark.parametrize(
    ("said", "minute"),
    [
        ("8:40", 520), ("08:40", 520), ("8.40", 520), ("8:40 am", 520), ("8:40 a.m.", 520), ("8h40", 520), ("0840", 520), ("12:05", 725),
        ("12:05 pm", 725), ("twenty to nine", 520), ("20 to 9", 520), ("half past eight", 510), ("quarter past 9", 555),
        ("quarter to ten", 585), ("eight forty", 520), ("eight forty-five", 525), ("nine oh five", 545),
    ],
)  # fmt: skip
def test_times_of_day_in_usual_spellings(said: str, minute: int) -> None:
    assert mark_times(f"laptop, {said}") == f"laptop, §{minute}§"
    assert last(f"My machine note says laptop, noted at {said}.") == report("A", "machine", 0, minute)


@pytest.mark.parametrize("said", ["2 of 3 match", "in room 840", "3-4 people", "version 1.2.3", "one of us", "on the 3rd floor"])
def test_other_figures_are_no_times(said: str) -> None:
    assert "§" not in mark_times(said)


OPENING = "My Sam works in legal on the third floor with a red badge. Laptop at 8:40, screen at 9:15."
SAME = details("B", department=2, floor=1, badge=0)
UNLIKE = {("exclude", ("details", "B"), (("badge", 0), ("department", 2), ("floor", 1)))}


@pytest.mark.parametrize(
    ("reply", "meant"),
    [
        ("Same Sam.", SAME),
        ("Same here!", SAME),
        ("That's my Sam too.", SAME),
        ("Yes, all three match.", SAME),
        ("We do mean the same Sam.", SAME),
        ("Same Sam, but my badge note says green.", details("B", department=2, floor=1, badge=1)),
        ("Same department and floor.", details("B", department=2, floor=1)),
        ("It's the same Sam if your badge is red.", set()),
        ("Not the same Sam.", UNLIKE),
        ("That's a different Sam.", UNLIKE),
        ("We're not talking about the same Sam.", UNLIKE),
        ("I have another Sam.", UNLIKE),
        ("Mine has a different badge.", {("exclude", (DETAIL, "B", "badge"), 0)}),
        ("My notes differ: tower at 9:02.", report("B", "machine", 1, 542)),
        ("Let's make sure that we mean the same Sam.", {("ask", (DETAIL, "A"), None)}),
        ("Which Sam do you mean?", {("ask", (DETAIL, "A"), None)}),
        ("If it is the same Sam, it's the tower.", set()),
        ("You said laptop at 8:40.", set()),
        ("So laptop (8:40) it is.", set()),
        ("Your laptop note is newer than mine.", {("affirm", ("newer", "B", "machine"), False)}),
        ("My machine note is newer than yours.", {("affirm", ("newer", "B", "machine"), True)}),
        ("I heard tower at 9:02.", report("B", "machine", 1, 542)),
        ("Maybe it's the tower.", set()),
    ],
)
def test_what_a_reply_means(reply: str, meant: set[Any]) -> None:
    assert last(OPENING, reply) == meant


def test_the_other_s_values_in_a_conclusion_are_nobody_s_notes() -> None:
    said = last(OPENING, "Same Sam. Tower at 9:02, keyboard at 8:15.", "Latest: tower (9:02) and screen (9:15), so Novak.")

    newer = {("affirm", ("newer", "A", "machine"), False), ("affirm", ("newer", "A", "fault"), True)}
    assert said == {("propose", ("answer",), "Novak"), *newer}


def test_a_correction_takes_the_place_of_what_was_said() -> None:
    claims = read("Laptop at 8:40.", "OK.", "Sorry, I meant 8:50 for the laptop.")

    assert [c.value for c in claims if c.slot == (TIME, "A", "machine")] == [530]


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("Which Sam do you mean?", True),
        ("Are we talking about the same Sam?", True),
        ("Is yours on the third floor?", True),
        ("What department is your Sam in?", True),
        ("Do you mean the one from accounting?", True),
        ("Sam who?", False),
        ("When was your machine note written?", False),
        ("What is your fault note?", False),
        ("Shall we send Novak?", False),
        ("My Sam is in legal.", False),
    ],
)
def test_requests_for_clarification_are_known(question: str, asked: bool) -> None:
    claims = read(question)

    assert any(map(asks_reference, claims)) is asked
    assert not any(claim.kind == "affirm" and claim.slot[0] != DETAIL for claim in claims)


def test_questions_present_nothing() -> None:
    assert {c.kind for c in read("Is your Sam in legal? Is it the laptop? Was that at 9:05?")} == {"ask"}


def parrots(seeds: Sequence[int]) -> list[str]:
    worlds = [Generated(TASK, seed).world(0) for seed in seeds]
    return [fact.text for world in worlds for fact in world.facts if fact.text]


def test_a_million_characters_are_read_in_no_time_to_speak_of() -> None:
    """What no turn may hold is not read: a hostile reply costs as much as a long one."""
    world = Generated(TASK, 3).world(0)
    view = own_view(world, "A")
    for text in (
        "red or " * 150_000,
        "(" * 10**6,
        "8:4" * 300_000,
        "same, " * 160_000,
        " ".join(parrots(range(40)) * 20),
        "which " * 160_000,
    ):
        start = time.process_time()
        TASK.claims([Turn("A", text), Turn("B", text[::-1])], view)
        assert time.process_time() - start < 20


def test_the_tables_of_the_labels_are_as_a_world_would_have_them() -> None:
    assert all(len({row[0] for row in public["table"]}) == 6 for public in CROSSED_WIRES)


def paraphrase(request: Request) -> str:
    """Plays honestly, but says everything in forms of this test's own, in its own order and with times in words."""
    if request.schema:
        return PLAYERS["honest"](request)
    moves = request.task.moves(request.view, request.heard, request.seat)
    words = lexicon(request.view.public("scene"), tuple(row[0] for row in request.view.public("table")))
    told = {claim.slot[0]: [c for c in moves if c.slot[0] == claim.slot[0]] for claim in moves}
    values = {label: point.values for label, point in words.scene.points.items()}
    times = {claim.slot[2]: claim.value for claim in told.get(TIME, [])}
    said = []
    for claim in told.get(VALUE, []):
        when = f" ({times[claim.slot[2]] // 60}.{times[claim.slot[2]] % 60:02d}h)" if claim.slot[2] in times else ""
        said.append(f"{values[claim.slot[2]][claim.value][-1].upper()}{when} is what I wrote down")
    known = [values[claim.slot[2]][claim.value][-1] for claim in told.get(DETAIL, []) if claim.kind == "affirm"]
    said += [f"the one I know: {' / '.join(known)}"] if known else []
    said += [f"{claim.value} it is" for claim in moves if claim.kind == "propose"]
    return "; ".join(said) or READY


@pytest.mark.parametrize("level", [3, 5])
def test_those_who_say_it_in_other_words_ground_as_well(level: int) -> None:
    task = make_task("crossed_wires", level)
    earned = 0
    for index in range(24):
        world = Generated(task, 7).world(index)
        episode, _ = play(task, world, "private", paraphrase)
        earned += record(planned(task, world, "private"), world, episode)["score"]["grounding_success"]

    assert earned >= 23


def test_a_natural_talk_earns_its_success_and_the_conclusion_alone_does_not() -> None:
    """Two who speak as people do, on one world of two referents; the same commits after an empty talk are luck."""
    task = make_task("crossed_wires", 4)
    world = next(w for w in (Generated(task, 21).world(index) for index in range(99)) if _apart(w))
    owner = next(fact.value for fact in world.facts if fact.slot == ("owner",))
    view = own_view(world, owner)
    words = lexicon(view.public("scene"), tuple(row[0] for row in view.public("table")))
    mine = {fact.slot[2]: words.scene.points[fact.slot[2]].said(fact.value) for fact in view.held_by(owner) if fact.slot[0] == DETAIL}
    mine |= {f.slot[2]: words.scene.points[f.slot[2]].said(f.value[0]) for f in view.held_by(owner) if f.slot[0] == "report"}
    first, second = words.scene.report_labels
    label = _apart(world)[0]

    def natural(request: Request) -> str:
        if request.schema:
            return write_answer(world.target)
        if request.seat == owner:
            return f"The one I mean: {mine[label]}. For mine I have {mine[first]} and {mine[second]}. (ready)"
        other = next(fact.value for fact in request.view.held_by(request.seat) if fact.slot[2:] == (label,))
        return f"That's not mine, then: I have {words.scene.points[label].said(other)}. (ready)"

    def empty(request: Request) -> str:
        return write_answer(world.target) if request.schema else f"{world.target}, surely."

    scores = [record(planned(task, world, "private"), world, play(task, world, "private", voice)[0])["score"] for voice in (natural, empty)]
    assert [(score["success"], score["grounding_success"]) for score in scores] == [(True, True), (True, False)]


def _apart(world: World) -> list[str]:
    """Labels of the details in which the notes differ."""
    values: dict[str, set[int]] = {}
    for fact in world.facts:
        if fact.slot[0] == DETAIL:
            values.setdefault(fact.slot[2], set()).add(fact.value)
    return [label for label, found in values.items() if len(found) > 1]
