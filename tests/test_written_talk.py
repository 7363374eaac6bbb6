"""Reading what is said in a written world: told is what is said closely enough, and nothing else."""

from __future__ import annotations

import time

import pytest

from benchmark import ledger, views
from benchmark.vocabulary import Claim, Fact, Turn
from tasks.written import load_worlds
from tests.test_written import CAT

TASK, (WORLD,) = load_worlds(CAT)
FACTS = {fact.value[0][0].split()[-1]: fact for fact in WORLD.facts if fact.holders and fact.value[0]}
"""By the last word of what they rule out: attic, room (the boiler's), cellar, garden."""
SEAT = dict(zip(WORLD.names, WORLD.seats, strict=True))


def read(*said: tuple[str, str]) -> tuple[Claim, ...]:
    return TASK.claims([Turn(SEAT[name], text) for name, text in said], views.own_view(WORLD, "A"))


def told(text: str) -> set[str]:
    """Which of ``FACTS`` the words tell, with a minus for what they deny; proposals by their last word after "!"."""
    kinds = {"affirm": "", "exclude": "-"}
    by_slot = {fact.slot: name for name, fact in FACTS.items()}
    return {
        f"!{claim.value.split()[-1]}" if claim.kind == "propose" else kinds[claim.kind] + by_slot.get(claim.slot, "other")
        for claim in read(("Ana", text))
    }


TURNS = [
    ("The attic hatch has been painted shut since Monday.", {"attic"}),
    ("the attic is painted shut", {"attic"}),
    ("Sorry, but the attic's been painted shut for days.", {"attic"}),
    ("THE ATTIC IS PAINTED SHUT!!! 🙀", {"attic"}),
    ("- attic: painted shut\n- boiler room: empty", {"attic", "room"}),
    ("The attic is painted shut and the boiler room is empty, so neither.", {"attic", "room"}),
    ("It's not true that the attic is painted shut.", set()),
    ("The attic is painted shut, and there's no cat in the boiler room.", {"attic", "room"}),
    ("The attic is painted shut, so it can't be there.", {"attic"}),
    ("The attic is painted shut? That's wrong.", set()),
    ("I don't know that the attic is painted shut.", {"-attic"}),  # errs towards less
    ("The cellar is flooded, so it's out.", {"cellar"}),
    ("Not the cellar: it's under water.", set()),  # strict on purpose
    ("That leaves only the laundry.", {"!laundry"}),
    ("The laundry it is!", {"!laundry"}),
    ("The attic is painted shut, and the boiler room is empty.", {"attic", "room"}),
    ("The attic is painted shut. The roof garden is locked too. (ready)", {"attic", "garden"}),
    ("There's no cat in the boiler room.", {"room"}),
    ("There is a cat in the boiler room.", {"-room"}),
    ("The attic is not painted shut.", {"-attic"}),
    ("The attic isn't painted shut.", {"-attic"}),
    ("Nobody gets into the attic.", {"attic"}),
    ("Is the attic painted shut?", set()),
    ("Ben said the cellar is flooded.", set()),
    ("Maybe the cellar is flooded.", set()),
    ("If the cellar is flooded, we can skip it.", set()),
    ("The cellar is flooded.", {"cellar"}),
    ("The bicycle cellar’s been flooded since Tuesday.", {"cellar"}),
    ("Flooded, the cellar is.", set()),  # another order of words: strict on purpose
    ("The cellar is dry, and the garden has flooded.", set()),
    ("The roof of the laundry leaks and the garden gate is locked.", set()),
    ("I propose the laundry.", {"!laundry"}),
    ("I propose the laundry. (ready)", {"!laundry"}),
    ("Then it must be the laundry!", {"!laundry"}),
    ("Let's go with the laundry (ready)", {"!laundry"}),
    ("It can't be the attic, it's painted.", set()),
    ("What about the laundry?", set()),
    ("The laundry or the attic, I'd say.", set()),
    ("", set()),
]


@pytest.mark.parametrize(("text", "meant"), TURNS)
def test_what_is_told_is_what_is_said_closely_enough(text: str, meant: set[str]) -> None:
    assert meant == told(text)


def test_every_phrasing_of_the_file_is_read() -> None:
    import yaml

    slots_of = {fact.text: {fact.slot} for fact in WORLD.facts}
    for note in yaml.safe_load(CAT)["notes"]:
        slots = {claim.slot for said in (note["text"], *note.get("said_as", ())) for claim in read((WORLD.names[0], said))}
        assert slots == (slots_of[note["text"]] if set(note) & {"rules_out", "supports"} else set())


def test_what_is_told_rules_out_options_for_its_hearers() -> None:
    said = [("Ana", "The attic is painted shut."), ("Ben", "The cellar is flooded."), ("Cleo", "The roof garden is locked.")]
    for name, open_ones in (
        ("Ana", {"the laundry"}),
        ("Ben", {"the laundry", "the boiler room"}),
        ("Cleo", {"the laundry", "the boiler room"}),
    ):
        view = views.own_view(WORLD, SEAT[name])
        assert set(TASK.candidates(view, ledger.told(read(*said), SEAT[name]))) == open_ones


def test_what_is_denied_later_is_not_told() -> None:
    said = read(("Ana", "The attic is painted shut."), ("Ana", "Sorry, the attic is not painted shut."))

    assert ledger.told(said, SEAT["Ben"]) == ()


def test_a_guess_follows_what_facts_support() -> None:
    """Before anyone speaks, everyone would open the boiler room but who knows better."""
    guesses = {name: TASK.candidates(views.own_view(WORLD, seat), ())[0] for name, seat in SEAT.items()}

    assert guesses["Ben"] == "the boiler room"
    assert guesses["Ana"] != "the boiler room"


def test_a_right_answer_without_evidence_is_not_earned() -> None:
    answers = dict.fromkeys(WORLD.seats, "the laundry")
    silent = [Turn(SEAT["Ana"], "I propose the laundry."), Turn(SEAT["Ben"], "Agreed.")]
    full = [
        Turn(SEAT["Ana"], "The attic is painted shut. The boiler room is empty."),
        Turn(SEAT["Ben"], "The cellar is flooded."),
        Turn(SEAT["Cleo"], "The roof garden is bolted."),
    ]

    assert TASK.score(WORLD, answers).success
    assert not any(ledger.licence(TASK, WORLD, silent, answers).licensed.values())
    earned = ledger.licence(TASK, WORLD, full, answers)
    assert (set(earned.licensed.values()), set(earned.delegated.values()), earned.founded) == ({True}, {False}, True)
    invented = [Turn(SEAT["Ana"], " ".join(turn.text for turn in full))]
    assert not ledger.licence(TASK, WORLD, invented, answers).founded


def test_the_needed_facts_are_those_that_rule_out() -> None:
    needed: tuple[Fact, ...] = TASK.needed(WORLD)

    assert set(needed) == set(FACTS.values())


@pytest.mark.parametrize("junk", ["attic ", "attic painted ", "The attic is painted shut. ", "not ", "?", "(ready) ", "\ud800"])
def test_reading_takes_time_in_proportion(junk: str) -> None:
    """Ten times the text takes a hundred times the time only where something is quadratic; twenty leaves room for noise."""
    spent = []
    for size in (20_000, 200_000):
        text = (junk * (size // len(junk))) + str(size)
        before = time.process_time()
        read(("Ana", text))
        spent.append(time.process_time() - before)

    assert spent[1] < 40 * max(spent[0], 0.05)
