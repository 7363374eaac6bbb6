"""Sums in talk about slots, what closes a list of turns ago, and who asks whether there is more."""

from __future__ import annotations

import pytest

from tasks.schedule.worlds import COST, OUT
from tests.test_schedule_talk import ANSWER, SLOTS, labelled, told

THREE_SUMS = [
    "Tue 10 costs me 4, so 7 together; Thu 16 makes 9, Wed 17:30 makes 8.",
    "Tue 10: 3+4=7; Thu 16: 4+5=9; Wed 17:30: 0+8=8.",
    "Tue 10 4 (7), Thu 16 5 (9), Wed 17:30 8 (8).",
    "Tue 10 is 7 in sum (mine 4), Thu 16 is 9 (mine 5), Wed 17:30 8 (mine 8).",
    "Tue 10: you 3, me 4; Thu 16: you 4, me 5; Wed 17:30: me 8, you 0.",
    "With mine: Tue 10 = 7, Thu 16 = 9, Wed 17:30 = 8.",
    "Tue 10 (7), Thu 16 (9), Wed 17:30 (8), sums in brackets.",
    "7 in all for Tue 10, 9 for Thu 16, 8 for Wed 17:30.",
    "Tue 10, Thu 16, Wed 17:30: 7, 9 and 8 with mine.",
    "Tue 10 adds to 7, Thu 16 to 9, Wed 17:30 to 8.",
]


@pytest.mark.parametrize("sums", THREE_SUMS)
def test_a_number_is_a_cost_or_a_sum_as_it_adds_up(sums: str) -> None:
    label = "Tu10=4; Th16=5; We17=8"
    assert set(told(["Tue 10 3, Thu 16 4, Wed 17:30 0.", sums])[1]) == set(labelled(label, "B", SLOTS)[0])


@pytest.mark.parametrize(
    ("sums", "label"),
    [
        ("Tue 10 costs me 4; Thu 16 costs me 5.", "Tu10=4; Th16=5"),
        ("Tue 10 4, Thu 16 7, Wed 17:30 8.", "Tu10=4; Th16=7; We17=8"),
        ("Could Tue 10 make 7 for us?", ""),
        ("If Tue 10 costs me 4, that makes 7.", ""),
        ("Tue 10 is 3 for you, Thu 16 is 4 for you.", ""),
        ("Tue 10 costs me 4, so 9 together.", "Tu10=4"),
    ],
)
def test_what_does_not_add_up_is_no_sum(sums: str, label: str) -> None:
    assert set(told(["Tue 10 3, Thu 16 4, Wed 17:30 0.", sums])[1]) == set(labelled(label, "B", SLOTS)[0])


@pytest.mark.parametrize(
    "yes", ["4 and 3 make 7. Tue 10.", "Right, 3 + 4 = 7 is least.", "Yes: my 3, your 4. Tue 10.", "Agreed, 3 plus 4: Tue 10."]
)
def test_a_sum_without_a_slot_is_of_that_which_costs_as_much(yes: str) -> None:
    claims = told(["Tue 10 3, Thu 16 4.", "Tue 10 costs me 4, so 7 together. Tue 10? (ready)", f"{yes} (ready)"])[2]

    assert set(claims) == {("affirm", (COST, "A", "Tue 10:00"), 3), ("propose", ANSWER, "Tue 10:00")}


@pytest.mark.parametrize(
    ("asked", "reply", "closed"),
    [
        ("Have you any more?", "No. (ready)", True),
        ("Any others?", "None, so null. (ready)", True),
        ("Is that all?", "Yes, those two. (ready)", True),
        ("My list is complete; is yours?", "It is. (ready)", True),
        ("That's my whole list.", "So was mine. (ready)", True),
        ("That's my whole list.", "Mine too. (ready)", True),
        ("", "Mine was complete too. (ready)", True),
        ("", "Those two are all. (ready)", True),
        ("", "Those three are all. (ready)", False),
        ("", "Mine too. (ready)", False),
        ("Any cheaper one?", "No. (ready)", False),
        ("Is that all below 5?", "Yes. (ready)", False),
        ("Have you any more?", "No problem.", False),
        ("", "My list is complete up to 4.", False),
        ("", "Nothing else is cheaper.", False),
        ("", "That was not all.", False),
    ],
)
def test_a_list_is_closed_by_an_answer_or_after_the_other_s(asked: str, reply: str, closed: bool) -> None:
    claims = told(["Tue 10 (3), Thu 16 (1).", f"None shared! Mine: Wed 8 (1), Mon 9:30 (2). {asked}", reply])[2]

    assert {("affirm", (COST, "A", slot), OUT) for slot in SLOTS if slot not in ("Tue 10:00", "Thu 16:00")} <= set(claims) or not closed
    assert closed or ("affirm", (COST, "A", "Fri 17:30"), OUT) not in claims


def test_who_asks_for_more_does_not_say_yet_that_there_is_none() -> None:
    for question, proposes in (("Have you any more?", False), ("Is that your whole list?", False), ("", True)):
        claims = told(["Tue 10 (3), Thu 16 (1).", f"Mine: Wed 8 (1), Mon 9:30 (2). No overlap. {question}"])[1]
        assert (("propose", ANSWER, None) in claims) is proposes, question
