"""How `crossed_wires` reads whose note is the later, and what is alike: by owner, time, list, bracket and heading."""

from __future__ import annotations

import pytest

from tasks.crossed_wires.reference import VALUE
from tests.test_crossed_wires_talk import details, last, read, report


@pytest.mark.parametrize(
    "said",
    [
        "Your later machine, tower, and my later fault, battery: Haddad. (ready)",
        "Tower by your newer note and battery by mine. (ready)",
        "My laptop was overtaken by your tower, and your keyboard by my battery.",
        "Your tower came in after my laptop, and my battery after your keyboard: Haddad.",
        "Tower 9:20 > laptop 9:00, battery 9:30 > keyboard 9:10. Haddad. (ready)",
        "For the machine yours is later; for the fault mine is. Haddad. (ready)",
        "On the machine you have the later note, on the fault I do. Haddad. (ready)",
        "The machine goes by your note, the fault by mine. (ready)",
        "Latest machine: your tower. Latest fault: my battery. (ready)",
        "We go with your tower and my battery, the later ones. (ready)",
        "So it is tower (yours), battery (mine). (ready)",
        "So tower by your note and battery by mine. (ready)",
        "My machine note says laptop at 9:00, so yours is later; my fault note is from 9:30, so mine is.",
        "Right: the tower is after my laptop. My battery is the later as well. (ready)",
        "Your tower is the later, and my battery too. Haddad. (ready)",
        "Your 9:20 tower beats my 9:00, and my battery at 9:30 beats your 9:10. Haddad. (ready)",
        "9:00 loses to 9:20, 9:30 is later than 9:10. Haddad. (ready)",
        "Later ones: your tower, my battery. Haddad. (ready)",
        "So tower and battery are true: Haddad. (ready)",
        "Latest machine: tower. Latest fault: battery. (ready)",
        "Laptop 9:00 (older), battery 9:30 (newer): Haddad. (ready)",
        "Machine: laptop, yours wins. Fault: battery, mine wins. (ready)",
        "Newest of each: tower (yours), battery (mine). Haddad. (ready)",
        "Laptop at 9:00 (yours is later), battery at 9:30, which beats yours. (ready)",
        "Tower is later than my laptop, and battery is the latest fault. (ready)",
        "Yours is later on the machine, mine on the fault: Haddad. (ready)",
    ],
)
def test_whose_note_is_the_later_is_read_however_it_is_put(said: str) -> None:
    talk = ("Mine is in sales, laptop at 9:00, battery at 9:30.", "Mine too. Tower at 9:20, keyboard at 9:10.", said)
    found = {(slot[2], value) for _, slot, value in last(*talk) if slot[0] == "newer"}

    assert found == {("machine", False), ("fault", True)}
    assert not [c for c in read(*talk) if c.turn == 2 and c.slot[0] == VALUE and (c.slot[2], c.value) in {("machine", 1), ("fault", 1)}]


def test_a_word_for_age_with_no_report_before_it_says_nothing() -> None:
    assert last("Mine is in sales.", "For the machine (older) we take Haddad.") == {("propose", ("answer",), "Haddad")}


def test_later_notes_may_be_listed_behind_whose_they_are() -> None:
    told = ("Mine is in sales, laptop at 9:00, battery at 9:30.", "Mine too. Tower at 9:20, keyboard at 9:50.")

    for said in ("Your later notes win: tower and keyboard.", "So your newer ones count: tower, keyboard. Haddad. (ready)"):
        assert {(slot[2], value) for _, slot, value in last(*told, said) if slot[0] == "newer"} == {("machine", False), ("fault", False)}


def test_a_head_before_a_colon_says_that_the_details_are_the_same() -> None:
    notes = report("B", "machine", 1, 560) | report("B", "fault", 1, 550)

    assert last("Mine is in sales.", "Same Sam: tower at 9:20, keyboard at 9:10.") >= notes | details("B", department=3)
    assert last("Mine is in sales.", "I get the same: tower at 9:20, keyboard at 9:10.") == notes


def test_what_the_notes_say_is_told_before_the_option_that_follows() -> None:
    told = {("affirm", (VALUE, "B", "machine"), 1), ("affirm", (VALUE, "B", "fault"), 1)}

    assert last("Mine is in sales.", "Mine says tower and keyboard: we take Haddad.") >= told


def test_a_floor_that_was_asked_for_needs_no_other_word() -> None:
    assert last("My Sam is in sales. Which floor?", "The fourth.") == details("B", floor=2)
    assert last("My Sam is in sales.", "The fourth.") == set()


def test_what_is_alike_goes_on_to_the_next_detail() -> None:
    said = last("Mine is in sales, on the third floor, red badge.", "Same department and floor, badge too.")

    assert said == details("B", department=3, floor=1, badge=0)


@pytest.mark.parametrize(
    "said",
    [
        "My note on the machine is laptop.",
        "Is your tower the later?",
        "If the tower is later than my laptop, Haddad.",
        "Not after yours.",
        "Two men, so tower and battery are true.",
    ],
)
def test_what_does_not_say_whose_note_is_the_later_is_not_read_so(said: str) -> None:
    talk = ("Mine is in sales, laptop at 9:00, battery at 9:30.", "Mine too. Tower at 9:20, keyboard at 9:10.", said)

    assert "newer" not in {slot[0] for _, slot, _ in last(*talk)}
