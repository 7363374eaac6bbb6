"""What organisers say is read as it was meant: ratings in any usual phrasing, averages, questions, slips put right, plans."""

from __future__ import annotations

from collections import Counter

import pytest

from benchmark.vocabulary import Claim, Fact, Turn, View
from tasks.assignment import Assignment

PEOPLE, JOBS = ("Ana", "Ben", "Cleo"), ("cook", "pilot", "medic")
TASK = Assignment.at(3)
VIEW = View(("A", "B"), ("Nora", "Kofi"), ("A",), ("A",), (Fact(("people",), PEOPLE, ""), Fact(("jobs",), JOBS, "")))
PLAN = (("Ana", "cook"), ("Ben", "pilot"), ("Cleo", "medic"))
PROPOSED = "Plan: Ana cook, Ben pilot, Cleo medic."


def read(*texts: str) -> tuple[Claim, ...]:
    """The claims of a talk in which Nora (A) and Kofi (B) take turns."""
    return TASK.claims([Turn("AB"[i % 2], text) for i, text in enumerate(texts)], VIEW)


def rated(*texts: str) -> dict[tuple[str, str], int]:
    """True scores told by the end of a talk."""
    return {(c.slot[1], c.slot[2]): c.value for c in read(*texts) if c.kind == "affirm" and c.slot[0] == "pair"}


def plans(*texts: str) -> list[tuple[str, object]]:
    return [(claim.kind, claim.value) for claim in read(*texts) if claim.slot == ("answer",)]


COOK_82 = {("Ana", "cook"): 82}
TWO = {("Ana", "cook"): 82, ("Ben", "pilot"): 65}
THREE = {("Ana", "cook"): 82, ("Ana", "pilot"): 65, ("Ben", "medic"): 10}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ana: cook 164%, pilot 130%. Ben: medic 20%.", THREE),
        ("Ana cook 164% pilot 130%; Ben medic 20%", THREE),
        ("Ana (cook 164%, pilot 130%), Ben (medic 20%)", THREE),
        ("Ana:\n- cook: 164%\n- pilot: 130%\nBen:\n- medic: 20%", THREE),
        ("Percent of my average: Ana cook 164, pilot 130. Ben medic 20.", THREE),
        ("In true scores: Ana cook 82, pilot 65. Ben medic 10.", THREE),
        ("My highs (true): Ana cook 82, pilot 65. Ben medic 10.", THREE),
        ("In true points, Ana cook 82, pilot 65. Ben medic 10.", THREE),
        ("On the 0-100 scale: Ana cook 82, pilot 65. Ben medic 10.", THREE),
        ("My average is 472. Ana as cook reads 774, as pilot 614, but Ben as medic only 94.", THREE),
        ("I have Ana at 164% for cook and Ben at 130% for pilot.", TWO),
        ("164% for Ana as cook, 130% for Ben as pilot.", TWO),
        ("164 percent Ana cook; 130 percent Ben pilot", TWO),
        ("Ana is 64% above my average as cook and Ben 30% better than average as pilot.", TWO),
        ("Ana as cook is 1.64 times average, Ben as pilot 1.3x.", TWO),
        ("| Ana | cook | 164% |\n| Ben | pilot | 130% |", TWO),
        ("Best for cook is Ana, 164% of my average; best for pilot is Ben, 130%.", TWO),
        ("My top ones are Ana at cook, 164%, and Ben at pilot, 130%.", TWO),
        ("**Ana** – cook: +64%\n**Ben** – pilot: +30%", TWO),
        ("As cook I rate Ana 164% and Ben 130%.", {("Ana", "cook"): 82, ("Ben", "cook"): 65}),
        ("For cook, Ana is at 164% while Ben is at 90%.", {("Ana", "cook"): 82, ("Ben", "cook"): 45}),
        ("Kofi, ANA as Cook is 164% for me.", COOK_82),
        ("To answer your question: Ana as cook, 164%.", COOK_82),
        ("Ana as cook 772/472 = 164%", COOK_82),
        ("Ana rates 774 as cook against my average of 472.", COOK_82),
        ("Ana is 164% as cook, what about Ben?", COOK_82),
        ("No problem. Ana as cook: 164%.", COOK_82),
        ("My numbers relative to 472: Ana cook 774, Ben pilot 614.", TWO),
        ("Ana at cook would be worth 82 points, Ben at pilot 65 (of 100).", TWO),
        ("Ana has 164% in cook, Ben 130% in pilot.", TWO),
        ("I'd put Ana on cook (82 true), Ben on pilot (65).", TWO),
        ("Anything above 140%? Ana cook 164, Ben pilot 130.", TWO),
        ("In percent, two at 164: Ana cook, Ben pilot.", {("Ana", "cook"): 82, ("Ben", "pilot"): 82}),
        ("In true scores: Ana on cook, Ben on pilot, both 82.", {("Ana", "cook"): 82, ("Ben", "pilot"): 82}),
        ("Ana 1.64 times average as cook; Ben likewise as pilot.", {("Ana", "cook"): 82, ("Ben", "pilot"): 82}),
        ("Ana cook 164%. I'm 100% in.", COOK_82),
    ],
)
def test_ratings_are_read_in_any_usual_phrasing(text: str, expected: dict[tuple[str, str], int]) -> None:
    assert rated(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ana cook 164, Ben pilot 130.", {("Ana", "cook"): 82, ("Ben", "pilot"): 65}),
        ("Ana: cook 164, pilot 130. Cleo medic 190, total 484.", {("Ana", "cook"): 82, ("Ana", "pilot"): 65, ("Cleo", "medic"): 95}),
        ("Ana cook 774, Ben pilot 130.", {}),  # readings of a sheet
        ("Ana cook 180, Ben pilot 130. My average is 240.", {("Ana", "cook"): 38, ("Ben", "pilot"): 27}),
    ],
)
def test_bare_numbers_of_a_reply_count_as_the_other_s_did_unless_they_are_readings(text: str, expected: dict[tuple[str, str], int]) -> None:
    assert rated("Percent: Cleo cook 150.", text) == {("Cleo", "cook"): 75} | expected


@pytest.mark.parametrize(
    "text",
    [
        "Out of 100: Ana cook 82, Ben pilot 65.",
        "Scores (0-100): Ana cook 82, Ben pilot 65.",
        "Avg=50: Ana cook 82, Ben pilot 65.",
        "With 50 as average: Ana cook 82, Ben pilot 65.",
        "True: Ana cook 82, Ben pilot 65.",
        "My scores: Ana cook 82, Ben pilot 65.",
        "Ana cook 82, Ben pilot 65. All out of 100.",
        "Ana cook 82 of 100, Ben pilot 65.",
        "On average 50: Ana cook +32, Ben pilot +15.",
        "Above average by: Ana cook 64%, Ben pilot 30%.",
        "Scores from my sheet: Ana cook 82, Ben pilot 65.",
        "Scaled so average is 100: Ana cook 164, Ben pilot 130.",
        "100=avg: Ana cook 164, Ben pilot 130.",
        "Ana cook 164, Ben pilot 130 (100=avg).",
    ],
)
def test_a_scale_is_named_by_words_or_numbers_before_or_behind(text: str) -> None:
    assert rated(text) == TWO
    assert {c.slot[0] for c in read(text) if c.kind == "affirm"} == {"pair"}


@pytest.mark.parametrize(("highs", "score"), [("Ana cook 82, Ben pilot 95", 82), ("Ana cook 164, Ben pilot 190", 82)])
def test_highs_count_in_the_one_scale_that_they_can(highs: str, score: int) -> None:
    assert rated(f"My highs: {highs}. Yours?")[("Ana", "cook")] == score
    assert rated(f"{highs}.") == {}


def test_numbers_of_no_known_scale_wait_until_it_is_named() -> None:
    unnamed = "Ana cook 82, Ben pilot 65."

    assert [claim.kind for claim in read(unnamed)] == []
    assert rated(unnamed, "Which scale?", "True scores.") == TWO
    assert rated(unnamed, "Which scale?", "My average is 100.5, sorry.") == {("Ana", "cook"): 41, ("Ben", "pilot"): 32}
    assert [c.slot[0] for c in read("Ana as cook reads 82.")] == ["sheet"]


def test_a_bare_number_beside_a_percentage_of_the_same_pair_is_a_reading() -> None:
    assert rated("Ana cook 164%, Ben pilot 130.") == TWO
    assert ("pair", "Ana", "cook") not in [claim.slot for claim in read("Ana cook 180 (120%).") if claim.value == 90]


@pytest.mark.parametrize(
    ("text", "proposed"),
    [
        ("Ben pilot 130, Cleo medic 190, plus Ana cook. (ready)", True),
        ("Ben pilot 130, Cleo medic 190. With your best pair that is all. Agreed?", True),
        ("Ben pilot 130, Cleo medic 190. With your other pair that's the full plan. (ready)", True),
        ("Ben pilot 130, Cleo medic 190. Yours completes it. (ready)", True),
        ("Ben pilot 130, Cleo medic 190. Your cook stays. Agreed?", True),
        ("Ben pilot 130, Cleo medic 190. What do you have for Ana as cook?", False),
        ("Ben pilot 130, Cleo medic 190. I have nothing on Ana cook.", False),
        ("Ben pilot 130, Cleo medic 190, so keep Ana as pilot.", False),
    ],
)
def test_what_a_turn_rates_completes_the_pairs_that_it_places(text: str, proposed: bool) -> None:
    assert (("propose", PLAN) in plans("Ana cook 164%. Yours?", text)) == proposed


@pytest.mark.parametrize(
    "text",
    [
        "Is Ana 164% as cook?",
        "You said Ana is 164% as cook.",
        "Kofi's sheet says Ana as cook 164%.",
        "Your 164% for Ana as cook is better than mine.",
        "I think if Ana is 164% as cook we are done.",
        "Ana is at least 120% as cook, Ben over 120% as pilot.",
        "Ana as cook is 160-170%, Ben as pilot 120% to 130%.",
        "Ana is 20 better than Ben as cook.",
        "Ana is terrible as cook.",
        "Ana cook, 164 of us agree.",
        "Nobody here is worth 164%.",
        PROPOSED,
    ],
)
def test_questions_hearsay_bounds_and_comparisons_present_nothing(text: str) -> None:
    assert rated(text) == {}


def test_a_raw_reading_waits_for_its_speakers_average() -> None:
    waiting = read("Ana as cook reads 774.", "My average is 300. Ben as pilot reads 390.")
    told = read("Ana as cook reads 774.", "Mine is high too.", "An average pair reads 472 on Nora's sheet.")

    assert [(c.kind, c.slot, c.value) for c in waiting if c.seat == "A"] == [("affirm", ("sheet", "Ana", "cook"), 774)]
    assert rated("Ana as cook reads 774.", "My average is 300. Ben as pilot reads 390.") == {("Ben", "pilot"): 65}
    assert [(c.slot, c.value, c.turn) for c in told][1:] == [(("unit", "A"), 472, 2), (("pair", "Ana", "cook"), 82, 2)]


@pytest.mark.parametrize(
    "text",
    [
        "My average is 472.",
        "An average pair reads 472 on Nora's sheet.",
        "an average pair (score 50) reads 472 here",
        "472 is my average.",
        "My avg: 472",
        "100% = 472 for me",
        "Ana is above the average of 472 in everything.",
    ],
)
def test_an_average_is_read_in_any_usual_phrasing(text: str) -> None:
    assert [(c.kind, c.slot, c.value) for c in read(text)] == [("affirm", ("unit", "A"), 472)]


@pytest.mark.parametrize(
    "text", ["Ana is way above average, Ben 772.", "50 is the average.", "Your average is 472.", "Is your average 472?"]
)
def test_other_words_about_averages_state_none(text: str) -> None:
    assert ("unit", "A") not in [claim.slot for claim in read(text) if claim.kind == "affirm"]


def test_a_slip_put_right_was_not_told() -> None:
    assert rated("Ana cook 164%.", "Ok.", "Sorry, Ana as cook is 130%.") == {("Ana", "cook"): 65}
    assert rated("Ana as cook is not 164% but 130%.") == {("Ana", "cook"): 65}
    assert rated("Ana cook 164%.", "Ok.", "Ana as cook is not 164%. It is 130%.") == {("Ana", "cook"): 65}
    assert [(c.kind, c.value) for c in read("Ana cook 164%.", "Ok.", "Ana as cook isn't 164%.")] == [("exclude", 82)]
    assert [c.value for c in read("Ana cook 164%.", "Ana cook 130%.")] == [82, 65]


def test_questions_are_asked_about_pairs_people_jobs_and_averages() -> None:
    asked = [(c.slot, c.value) for c in read("What do you have for Ana as cook? Who is your best pilot? And Ben? What is your average?")]

    assert asked == [(("pair", "Ana", "cook"), None), (("job", "pilot"), None), (("person", "Ben"), None), (("unit", "B"), None)]


def test_yes_and_no_answer_the_question_that_named_a_value() -> None:
    assert rated("Is Ana 164% as cook?", "Yes, a little surprising.") == COOK_82
    assert [(c.kind, c.seat) for c in read("Is Ana 164% as cook?", "No.")] == [("ask", "A"), ("exclude", "B")]
    assert rated("Do you have Ana as cook?", "Yes.") == {}


@pytest.mark.parametrize(
    "text",
    [
        PROPOSED,
        "I propose Ana as cook, Ben as pilot and Cleo as medic. (ready)",
        "How about Ana cook, Ben pilot, Cleo medic?",
        "Plan:\nBen - pilot\nAna - cook\nCleo - medic",
        "medic: Cleo, cook: Ana, pilot: Ben",
        "Let's do Ana cook (164%), Ben pilot (130%), Cleo medic (90%).",
        'My plan: {"Ana": "cook", "Ben": "pilot", "Cleo": "medic"}',
    ],
)
def test_a_full_plan_is_a_proposal(text: str) -> None:
    assert plans(text) == [("propose", PLAN)]


@pytest.mark.parametrize(
    "text",
    ["Ana cook 164%, Ben pilot 130%, Cleo medic 90%.", "Plan: Ana cook, Ben pilot.", "Plan: Ana cook, Ben cook, Cleo medic.", "Ana cook?"],
)
def test_ratings_and_parts_of_plans_are_not_proposals(text: str) -> None:
    assert plans(text) == []


@pytest.mark.parametrize(
    ("reply", "expected"),
    [
        ("Agreed. (ready)", ("propose", PLAN)),
        ("Yes, let's.", ("propose", PLAN)),
        ("Your plan works for me.", ("propose", PLAN)),
        ("No, swap Ana and Ben.", ("propose", (("Ana", "pilot"), ("Ben", "cook"), ("Cleo", "medic")))),
        ("Let's switch pilot and medic.", ("propose", (("Ana", "cook"), ("Ben", "medic"), ("Cleo", "pilot")))),
        ("Same plan but Ana as pilot and Ben as cook.", ("propose", (("Ana", "pilot"), ("Ben", "cook"), ("Cleo", "medic")))),
        ("I don't agree with the plan.", ("withdraw", PLAN)),
    ],
)
def test_a_plan_can_be_accepted_changed_and_refused(reply: str, expected: tuple[str, object]) -> None:
    assert plans(PROPOSED, reply) == [("propose", PLAN), expected]


@pytest.mark.parametrize(
    "said",
    [
        "All of these fit together, so that's the plan. (ready)",
        "No overlap at all, so that's our plan.",
        "Those three don't collide. So that's it? (ready)",
        "Let's combine both lists. (ready)",
    ],
)
def test_that_all_that_was_rated_fits_makes_a_plan(said: str) -> None:
    told = ("Ana cook 164%, Ben pilot 150%.", "Cleo medic 170%.")

    assert plans(*told, said) == [("propose", PLAN)]
    assert plans(*told, "Do all of these fit?") == plans(*told, "They don't all fit.") == []


@pytest.mark.parametrize("rest", ["keep Ana and Ben where you have them", "yours for cook and pilot", "with your two it is full"])
def test_a_plan_may_point_back_at_what_the_other_rated(rest: str) -> None:
    assert plans("True scores: Ana cook 82, Ben pilot 65.", f"Cleo medic 90; {rest}. (ready)") == [("propose", PLAN)]


def test_a_plan_may_name_a_row_of_people_and_one_of_jobs() -> None:
    assert plans("Percent: Ana cook 164.", "Cleo medic 190, so Ana, Ben (cook, pilot) and that. (ready)") == [("propose", PLAN)]


@pytest.mark.parametrize("reply", ["Hm.", "Is that agreed?", "I don't agree yet.", "Don't swap Ana and Ben.", "Ana as cook is 164%."])
def test_other_replies_leave_a_plan_standing(reply: str) -> None:
    assert plans(PROPOSED, reply) == [("propose", PLAN)]


def test_words_are_read_back_as_the_claims_they_were_made_of() -> None:
    claims = [
        Claim("affirm", ("pair", "Ana", "cook"), 82),
        Claim("affirm", ("pair", "Ben", "pilot"), 7),
        Claim("affirm", ("pair", "Ana", "medic"), 99),
        Claim("affirm", ("unit", "A"), 472),
        Claim("exclude", ("pair", "Cleo", "medic"), 30),
        Claim("ask", ("pair", "Cleo", "cook")),
        Claim("ask", ("person", "Ben")),
        Claim("ask", ("unit", "B")),
        Claim("propose", ("answer",), PLAN),
    ]
    spoken = TASK.word(claims, VIEW)

    assert Counter((c.kind, c.slot, c.value) for c in read(spoken)) == Counter((c.kind, c.slot, c.value) for c in claims)
    assert TASK.word([Claim("affirm", ("sheet", "Ana", "cook"), 774)], VIEW) == "Ana as cook reads 774."


def test_a_fact_is_presented_to_within_a_point() -> None:
    fact = Fact(("pair", "Ana", "cook"), (774, 472), "", ("A",))

    def presented(text: str) -> int | None:
        return TASK.presents(fact, read("Hello.", "Hello.", text))

    assert [presented(f"Ana as cook is {percent}%.") for percent in (164, 166, 162)] == [2, 2, 2]
    assert [presented(text) for text in ("Ana as cook is 168%.", "Ana as pilot is 164%.", "Ana as cook reads 774.")] == [None] * 3
    assert presented("Ana as cook reads 774, my average is 472.") == 2
    assert TASK.presents(Fact(("unit", "A"), (472, 472), "", ("A",)), read("My average is 472.")) == 0
    assert TASK.presents(Fact(("sheet number", "A"), "77AF", "", ("A",)), read("My average is 472.")) is None
