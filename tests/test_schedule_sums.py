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


THEIRS = "Tue 10 (3), Thu 16 (1), Wed 8 (2), Mon 9:30 (4). Yours?"


def said(reply: str, cut: bool = False) -> dict[str, object]:
    """What a reply to ``THEIRS`` tells of its speaker's slots, and under "" what it proposes last."""
    claims = told([THEIRS, reply + " (ready)" * (not cut)])[1]
    proposed = [value for kind, _, value in claims if kind == "propose"]
    return {about[2]: value for kind, about, value in claims if kind == "affirm"} | ({"": proposed[-1]} if proposed else {})


@pytest.mark.parametrize(
    "reply",
    [
        "Thu 16 wins: 4+1=5. Next would be Tue 10 with 9, then Wed 8 with 10.",
        "Thu 16 costs me 4, total 5. Next best Tue 10 at 9, then Wed 8 at 10.",
        "Thu 16 (5 together), followed by Tue 10 (9) and Wed 8 (10).",
        "Thu 16: 1+4=5, second Tue 10: 3+6=9, third Wed 8: 2+8=10. Thu 16.",
        "Thu 16 is best with 5; Tue 10 would be next with 9, Wed 8 third with 10.",
        "Thu 16 wins (5). Next best: Tue 10 (9), Wed 8 (10). Agreed?",
        "Thu 16 totals 5, ahead of Tue 10 with 9 and Wed 8 with 10.",
    ],
)
def test_what_comes_next_is_summed_too_and_not_proposed(reply: str) -> None:
    assert said(reply) == {"": "Thu 16:00", "Thu 16:00": 4, "Tue 10:00": 6, "Wed 08:00": 8}


@pytest.mark.parametrize(
    "reply",
    [
        "Thu 16 then, provided Tue 10 and Wed 8 don't work for you.",
        "I'd go for Thu 16, assuming Tue 10 is impossible for you.",
        "Thu 16 then, so long as your list was complete.",
        "If you have nothing else, Thu 16 it is.",
        "So Thu 16. Next best: Tue 10, then Wed 8.",
        "Thu 16, with Tue 10 as runner-up.",
        "Let's take Thu 16 rather than Tue 10.",
    ],
)
def test_a_condition_or_a_runner_up_takes_no_proposal_away_and_tells_nothing(reply: str) -> None:
    assert said(reply) == {"": "Thu 16:00"}


def test_costs_or_totals_is_told_by_the_slot_that_is_chosen() -> None:
    assert said("We share Thu 16 (6), Tue 10 (5). So Tue 10.") == said("Both can: Thu 16 (6), Tue 10 (5). Tuesday it is.")
    assert said("We share Thu 16 (6), Tue 10 (5). So Tue 10.").items() >= {"Thu 16:00": 5, "Tue 10:00": 2}.items()
    assert said("We share Thu 16 (5), Tue 10 (4). So Thu 16.").items() >= {"Thu 16:00": 5, "Tue 10:00": 4}.items()
    assert "Thu 16:00" not in said("In common: Thu 16 at 5, Tue 10 at 9. Thursday.")


def test_what_stands_behind_a_sum_and_is_out_is_out() -> None:
    for reply in ("Thu 16 comes to 5, Tue 10 to 9, Wed 8 is out.", "Thu 16 makes 5, Wed 8 is impossible, Tue 10 makes 9."):
        assert said(f"{reply} So Thu 16.") == {"": "Thu 16:00", "Thu 16:00": 4, "Tue 10:00": 6, "Wed 08:00": OUT}
    assert OUT not in said("Thu 16 = 5 total. Everything else is dearer or out.").values()


@pytest.mark.parametrize(
    "reply",
    [
        "Mine: Tue 19, Fri 17:30. If you have no others, none suits both.",
        "Mine: Tue 19, Fri 17:30. If that's all you have, there's no slot for us.",
        "Mine: Tue 19, Fri 17:30. So none, unless you have others.",
        "Mine: Tue 19, Fri 17:30, no match with yours, so it's none.",
        "As you have no more, none works for both: mine are Tue 19, Fri 17:30.",
    ],
)
def test_none_if_the_other_has_no_more_rules_out_what_they_named(reply: str) -> None:
    assert said(reply) == dict.fromkeys(("Tue 10:00", "Thu 16:00", "Wed 08:00", "Mon 09:30"), OUT) | {"": None}


def test_who_concludes_that_there_is_none_and_makes_sure_has_said_so() -> None:
    assert "" in said("Mine: Tue 19, Fri 17:30. No overlap, so none. Was your list complete?", cut=True)
    assert "" not in said("Mine: Tue 19, Fri 17:30. No overlap. Was your list complete?", cut=True)


def test_the_last_slot_of_a_list_that_was_cut_off_can_be_made() -> None:
    about = (COST, "A", "Fri 17:30")
    for heading, able in (("I can:", True), ("All I can make:", True), ("Mine:", True), ("I can't:", False), ("", False)):
        assert (("exclude", about, OUT) in told([f"{heading} Tue 19:00 3€, Fri 11:30 5€, 17:30"])[0]) is able, heading
