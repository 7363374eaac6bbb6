"""How the day-planning task hears what people say: places, hours, prices, wishes, and plans."""

from __future__ import annotations

import time

import pytest

from benchmark.vocabulary import Claim, Turn
from tasks.itinerary import Itinerary
from tasks.itinerary.talk import Reader
from tests.itinerary_labels import HARBOUR, read_label
from tests.test_free_language import table
from tests.whole_talks import said_in

VIEW = table("Igor Otto", **HARBOUR)
TASK = Itinerary.at(3)


def read(*texts: str, first: str = "A") -> list[Claim]:
    seats = ("A", "B") if first == "A" else ("B", "A")
    return list(said_in([Turn(seats[i % 2], text) for i, text in enumerate(texts)], Reader(VIEW)))


def told(*texts: str, first: str = "A") -> set[tuple[str, tuple[str, ...], object]]:
    """What the last turn says, questions left out."""
    return {(c.kind, c.slot, c.value) for c in read(*texts, first=first) if c.turn == len(texts) - 1 and c.kind != "ask"}


def label(text: str) -> set[tuple[str, tuple[str, ...], object]]:
    return {one for part in filter(None, text.split("; ")) for one in read_label(part, VIEW, [])}


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("The Anchor has live music and takes 12 euros.", "An.li+; An=12"),
        ("The Anchor has live music, but no garden.", "An.li+; An.ga-"),
        ("The Anchor has no garden, hot food or sea view.", "An.ga-; An.ho-; An.se-"),
        ("The Anchor doesn't have a garden or live music.", "An.ga-; An.li-"),
        ("The Anchor lacks a garden and a sea view.", "An.ga-; An.se-"),
        ("The Anchor is without steep stairs.", "An.st-"),
        ("Neither the Anchor nor the Pier has a garden.", "An.ga-; Pi.ga-"),
        ("Both the Anchor and the Pier have a garden.", "An.ga+; Pi.ga+"),
        ("There's live music at the Anchor and a garden at the Pier.", "An.li+; Pi.ga+"),
        ("There is no live music at the Pier.", "Pi.li-"),
        ("The Pier has a garden, the Anchor doesn't.", "Pi.ga+; An.ga-"),
        ("Garden: Pier, Anchor. Steep stairs: Lighthouse.", "Pi.ga+; An.ga+; Li.st+"),
        ("Pier: garden, no stairs, 7€, shut in the morning.", "Pi.ga+; Pi.st-; Pi=7; Pi@m-"),
        ("The Pier has a garden. It costs seven euros.", "Pi.ga+; Pi=7"),
        ("The Pier is free.", "Pi=0"),
        ("The Pier isn't free.", ""),
        ("The Pier costs about 7 euros.", ""),
        ("The Pier is open only in the morning and evening.", "Pi@m+a-e+"),
        ("The Pier is open from morning to evening.", "Pi@m+a+e+"),
        ("The Pier is closed in the afternoon and evening.", "Pi@a-e-"),
        ("The Pier isn't open in the evening.", "Pi@e-"),
        ("In the morning the Pier is shut.", "Pi@m-"),
        ("Maybe the Pier has a garden.", ""),
        ("You said the Pier has a garden.", ""),
        ("Does the Pier have a garden?", ""),
        ("The view from up there is lovely.", ""),
        ("Only the Pier is open in the evening.", "Pi@e+; An@e-; Li@e-; Aq@e-; Li2@e-; Bo@e-"),
        ("Nothing else than a garden opens there.", ""),
        ("The Pier closes evenings, the Anchor mornings.", "Pi@e-; An@m-"),
        ("The Pier has stairs and nothing you like.", "Pi.st+; Pi.se-; Pi.li-; Pi.ho-; Pi.ga-"),
        ("The Pier costs nothing.", "Pi=0"),
        ("The Anchor, just a garden, 5 euros.", "An.ga+; An.se-; An.li-; An.ho-; An=5"),
        ("Have you weighed the Pier with its garden?", "Pi.ga+"),
        ("Would the Pier (garden?) be better?", ""),
    ],
)
def test_what_is_said_of_places_is_read(said: str, meant: str) -> None:
    assert told(said, first="B") == label(meant)


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("Live music is worth six points to me, a garden 4.", "*li=6; *ga=4"),
        ("5 points for a garden, 3 for a sea view.", "*ga=5; *se=3"),
        ("Long queues cost me 5 points.", "*lo=5"),
        ("Long queues: -5, steep stairs: -2", "*lo=5; *st=2"),
        ("A garden and a sea view are worth 4 points each.", "*ga=4; *se=4"),
        ("Nothing above 30 euros, please.", "$30"),
        ("My budget is 30.", "$30"),
        ("I can spend up to 25 euros in all.", "$25"),
        ("I'd love live music, that matters most.", ""),
        ("Garden is not worth 4 points.", ""),
    ],
)
def test_wishes_are_read_from_the_one_who_has_them_and_from_nobody_else(said: str, meant: str) -> None:
    assert {one for one in told(said) if one[0] == "affirm"} == label(meant)
    assert told(said, first="B") == set()


@pytest.mark.parametrize(
    ("question", "reply", "meant"),
    [
        ("Does the Pier have a garden?", "No.", "Pi.ga-"),
        ("Does the Pier have a garden?", "Yes, and live music.", "Pi.ga+; Pi.li+"),
        ("Is the Pier open in the evening?", "Yes.", "Pi@e+"),
        ("What does the Pier cost?", "7 euros.", "Pi=7"),
        ("Do the Pier and the Lido have gardens?", "Yes.", ""),
    ],
)
def test_a_reply_tells_what_was_asked(question: str, reply: str, meant: str) -> None:
    assert told(question, reply) == label(meant)


@pytest.mark.parametrize(
    ("question", "reply", "meant"), [("What is your budget?", "25", "$25"), ("How many points is a garden worth?", "4", "*ga=4")]
)
def test_a_bare_number_answers_what_was_asked(question: str, reply: str, meant: str) -> None:
    assert told(question, reply, first="B") == label(meant)


@pytest.mark.parametrize(
    "said",
    ["No queues anywhere.", "Not a single queue in sight, and 20 points.", "None of them has queues.", "And without any queues all day."],
)
def test_what_no_stop_of_a_plan_has_is_told_of_all_of_them(said: str) -> None:
    plan = "Lido in the morning, Pier in the afternoon, Anchor in the evening. "

    assert told("Hello.", plan + said) == label("!Lido Pier Anchor; Li2.lo-; Pi.lo-; An.lo-")
    assert told("Hello.", f"{plan}The Pier has no queues all day.") == label("!Lido Pier Anchor; Pi.lo-")


def test_the_only_hours_of_who_speaks_first_are_no_stop_of_a_plan() -> None:
    assert told("Budget 20. Pier: morning, no stairs. Lido has a garden.") == label("$20; Pi@m+; Pi.st-; Li2.ga+")
    assert told("Hello.", "Pier: morning, no stairs.") == label("Pi.st-")


def test_a_slip_that_is_put_right_was_not_told() -> None:
    claims = read("The Pier costs 7 euros. Sorry, the Pier costs 12 euros.", first="B")

    assert [(claim.slot, claim.value) for claim in claims] == [(("price", "Pier"), 12)]


@pytest.mark.parametrize(
    ("question", "reply", "meant"),
    [
        ("Where is live music?", "Pier and Lido.", "Pi.li+; Li2.li+"),
        ("Where is live music?", "Only the Pier. It's 3 euros.", "Pi.li+; Pi=3"),
        ("Where is live music?", "Lido, Pier, Anchor. (ready)", ""),
        ("Live music or a garden?", "The Pier.", ""),
        ("And the Pier? What's its price?", "7€, mornings only.", "Pi=7; Pi@m+a-e-"),
    ],
)
def test_places_alone_answer_where_something_is(question: str, reply: str, meant: str) -> None:
    assert told(question, reply) == label(meant)


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("Pier: 7 points, 3€. Lido 8, Anchor 4.", "Pi=3"),
        ("Pier (14, 3€), Lido (9, 5€).", "Pi=3; Li2=5"),
        ("Pier 3€, Lido 5€, Anchor 2€, 10€.", "Pi=3; Li2=5; An=2"),
        ("3€ Pier, 5€ Lido.", "Pi=3; Li2=5"),
        ("Pier scores 4 to the Lido's 6.", ""),
        ("Anchor queues, no food at the Pier, Lido 4€.", "An.lo+; Pi.ho-; Li2=4"),
        ("Garden: Pier (3€, stairs), Lido (mornings only), not the Anchor.", "Pi.ga+; Pi=3; Pi.st+; Li2.ga+; Li2@m+a-e-; [An.ga-]"),
        ("The Pier has a garden, doesn't it?", ""),
        ("The Pier has a garden, is that right?", ""),
        ("The Pier has a garden - is the Lido any better?", "Pi.ga+"),
        ("Lido view, 3€, afternoons only, all right?", "Li2.se+; Li2=3; Li2@m-a+e-"),
        ("If the Pier has a garden, is it open?", ""),
        ("Let's see the Lido in the afternoon.", ""),
        ("The show at the Anchor was long.", ""),
    ],
)
def test_lists_are_read_as_they_are_meant(said: str, meant: str) -> None:
    must, may = (
        label("; ".join(part for part in meant.split("; ") if part.startswith("[") == is_may).replace("[", "").replace("]", ""))
        for is_may in (False, True)
    )

    assert must <= told(said, first="B") <= must | may


PLAN = ("Lido", "Pier", "Anchor")


@pytest.mark.parametrize(
    "said",
    [
        "Plan: Lido in the morning, Pier in the afternoon, Anchor in the evening.",
        "First the Lido, then the Pier, then the Anchor.",
        "Lido → Pier → Anchor?",
        "Morning: Lido\nAfternoon: Pier\nEvening: Anchor",
        "Let's start with the Lido in the morning. Then the Pier in the afternoon and finally the Anchor in the evening.",
    ],
)
def test_a_whole_day_is_a_proposal(said: str) -> None:
    assert ("propose", ("answer",), PLAN) in told(said)


@pytest.mark.parametrize(
    "said", ["The Lido, the Pier and the Anchor have a garden.", "Lido in the morning?", "The Lido costs 3 euros, Pier 5, Anchor 7."]
)
def test_comparisons_and_parts_are_no_proposals(said: str) -> None:
    assert not [one for one in told(said) if one[0] == "propose"]


@pytest.mark.parametrize(
    ("reply", "plan"),
    [
        ("Agreed. (ready)", PLAN),
        ("Sounds good!", PLAN),
        ("Swap the Lido and the Pier.", ("Pier", "Lido", "Anchor")),
        ("Let's take the Boatyard instead of the Pier.", ("Lido", "Boatyard", "Anchor")),
        ("Hm, no.", None),
        ("I don't agree.", None),
    ],
)
def test_a_plan_can_be_accepted_changed_and_left(reply: str, plan: tuple[str, ...] | None) -> None:
    proposed = "Plan: Lido in the morning, Pier in the afternoon, Anchor in the evening."
    found = [value for kind, _, value in told(proposed, reply) if kind == "propose"]

    assert found == ([plan] if plan else [])


def test_a_plan_can_be_withdrawn() -> None:
    claims = read("Plan: Lido in the morning, Pier in the afternoon, Anchor in the evening.", "Hm.", "I withdraw my plan.")

    assert [claim.kind for claim in claims] == ["propose", "withdraw"]


def test_words_are_read_back_as_the_claims_they_were_made_of() -> None:
    claims = [
        Claim("affirm", ("wish", "garden"), 1),
        Claim("affirm", ("wish", "long queues"), -5),
        Claim("affirm", ("budget",), 20),
        Claim("affirm", ("has", "Pier", "garden"), "no"),
        Claim("affirm", ("has", "Pier", "sea view"), "yes"),
        Claim("affirm", ("price", "Pier"), 1),
        Claim("affirm", ("open", "Pier", "evening"), "no"),
        Claim("exclude", ("price", "Lido"), 4),
        Claim("exclude", ("wish", "steep stairs"), -4),
        Claim("exclude", ("budget",), 9),
        Claim("ask", ("has", "Lido", "garden")),
        Claim("ask", ("price", "Anchor")),
        Claim("ask", ("wish", "live music")),
        Claim("ask", ("budget",)),
        Claim("ask", ("open", "Anchor", "morning")),
        Claim("ask", ("place", "Anchor")),
        Claim("propose", ("answer",), PLAN),
    ]
    for claim in claims:
        read_back = [(c.kind, c.slot, c.value) for c in read(TASK.word([claim], VIEW))]
        assert read_back == [(claim.kind, claim.slot, claim.value)], TASK.word([claim], VIEW)


@pytest.mark.parametrize("noise", ["a ", ", ", "does not ", "the Pier ", "no garden, ", "5 points ", "open ", "Pier garden 5 euros. "])
def test_long_turns_are_read_in_time_that_grows_with_their_length(noise: str) -> None:
    """Sixteen times the text may take no more than sixty times as long."""
    spans = []
    for size in (4_000, 64_000):
        text = (noise * (size // len(noise) + 1))[:size]
        began = time.process_time()
        read(text)
        spans.append(time.process_time() - began)

    assert spans[1] < 60 * max(spans[0], 0.02)
