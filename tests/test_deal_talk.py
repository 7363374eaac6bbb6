"""How talk over a division is read: values, offers, and whether they are taken; beside the hand-labelled talk of free_language/."""

from __future__ import annotations

import time

import pytest

from benchmark.vocabulary import Claim, Turn
from tasks.deal import Deal
from tasks.deal.divisions import division
from tests.deal_labels import VIEWS

ATTIC, DOND, CASINO = VIEWS[:3]
"""Ana and Ben: lamp 3, rug 2, chair 4, trunk 1. Kofi and Mei: book 2, hat 3, ball 1. Nadia and Igor: three of each."""

TASK = Deal.at(3)


def read(view: object, *texts: str) -> list[Claim]:
    turns = [Turn("AB"[i % 2], text) for i, text in enumerate(texts)]
    return [claim for claim in TASK.claims(turns, view) if claim.turn == len(texts) - 1]  # type: ignore[arg-type]


def offered(view: object, *texts: str) -> tuple[int, ...] | None:
    """What the first person gets by the only claim of the last text, an offer; None if it makes none."""
    offers = [claim for claim in read(view, *texts) if claim.kind == "propose"]
    return tuple(n for _, n in offers[0].value[0][1]) if offers and offers[0].value else None


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("You take the two hats, I take the rest.", None),
        ("You take 2 hats, I take the rest.", (2, 1, 1)),
        ("I want 2 books and 1 ball", (2, 0, 1)),
        ("I'd like the hats and a book.", (1, 3, 0)),
        ("Just the hats for me.", (0, 3, 0)),
        ("I'd take the hats only.", (0, 3, 0)),
        ("Kofi gets both books; Mei gets everything else.", (2, 0, 0)),
        ("Could you let me have the ball? You can have all of the hats and the books.", (0, 0, 1)),
        ("I give you the ball for the hats and the books.", (2, 3, 0)),
        ("one book for you, one for me, and you get the hats; the ball is mine", (1, 0, 1)),
        ("I get everything but the ball.", (2, 3, 0)),
        ("I'd take the ball too then: ball and hats me, books you.", (0, 3, 1)),
        ("You'd get the books, then: books you, ball and hats me.", (0, 3, 1)),
        ("If you insist on a book, fine: ball, hats, 1 book me.", (1, 3, 1)),
        ("I gain little by books; ball and hats me, books you?", (0, 3, 1)),
    ],
)
def test_offers_are_read_whole(text: str, first: tuple[int, ...] | None) -> None:
    assert offered(DOND, text) == (first or (2, 1, 1))


@pytest.mark.parametrize(
    "text",
    [
        "I need hats.",
        "I'd like the hats.",
        "Which of these would you like?",
        "Do you want the hats?",
        "I don't want the hats.",
        "I also want the ball.",
        "I'd give you a hat for a book.",
        "You take 9 hats, I take the rest.",
        "I love books, they remind me of my kids.",
        "How much are hats worth to you?",
        "We could split the hats somehow.",
    ],
)
def test_what_is_no_offer_is_not_read_as_one(text: str) -> None:
    assert offered(DOND, text) is None


def test_the_same_words_mean_the_other_share_in_the_other_mouth() -> None:
    assert offered(ATTIC, "I take 3 lamps and you get the rest.") == (3, 0, 0, 0)
    assert offered(ATTIC, "", "I take 3 lamps and you get the rest.") == (0, 2, 4, 1)


@pytest.mark.parametrize("reply", ["Deal!", "ok", "That works for me.", "Sure, sounds good!", "Agreed (ready)", "you got yourself a deal"])
def test_who_takes_an_offer_makes_it_their_own(reply: str) -> None:
    (claim,) = read(DOND, "I take the ball, you take the rest.", reply)

    assert (claim.kind, claim.slot, claim.seat) == ("propose", ("answer",), "B")
    assert claim.value == division(("Kofi", "Mei"), ("book", "hat", "ball"), (0, 0, 1), (2, 3, 1))


@pytest.mark.parametrize("reply", ["ok, but what about the hats?", "No deal.", "I see.", "Not fair!", "Sorry, I can't accept that."])
def test_who_objects_does_not_take_it(reply: str) -> None:
    assert not [claim for claim in read(DOND, "I take the ball, you take the rest.", reply) if claim.kind == "propose"]


def test_a_refusal_excludes_the_offer_and_walking_away_proposes_no_deal() -> None:
    offer = "I take the ball, you take the rest."
    (refused,) = read(DOND, offer, "No way, that's not fair.")
    (left,) = read(DOND, offer, "Then I walk away.")

    assert (refused.kind, refused.value) == ("exclude", read(DOND, offer)[0].value)
    assert (left.kind, left.value) == ("propose", None)


def test_nothing_is_taken_where_nothing_was_offered() -> None:
    assert read(DOND, "Hello!", "Sure, sounds good!") == []


def test_consent_to_what_was_not_understood_takes_nothing() -> None:
    """The other's offer was answered with one's own; what was said to that is no offer, so there is none of theirs to take."""
    offers = ("I take the ball, you take the rest.", "I take the hats, you take the rest.")

    assert offered(DOND, *offers, "Only with what my uncle asked for.", "Agreed. (ready)") is None
    assert offered(DOND, *offers, "Agreed. (ready)") == (2, 0, 1)
    assert offered(DOND, *offers, "Hm.", "Then I accept your offer. (ready)") == (0, 0, 1)


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("Could I keep one hat as well?", (2, 2, 1)),
        ("I can accept that if I get one book. (ready)", (1, 3, 1)),
        ("Add one hat to my side and I'll agree.", (2, 2, 1)),
        ("Not what I hoped for, but I accept. (ready)", (2, 3, 1)),
        ("I accept only if it can be done this week. (ready)", None),
    ],
)
def test_a_change_asked_for_leaves_the_rest_of_the_offer_and_who_closes_may_grumble(text: str, first: tuple[int, ...] | None) -> None:
    offer = "I take 2 books, 3 hats and the ball, you take nothing."

    assert offered(DOND, offer, text) == first


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("Lamps are worth 4 to me, rugs nothing.", {"lamp": 4, "rug": 0}),
        ("lamp 5, rug 0, chair 1", {"lamp": 5, "rug": 0, "chair": 1}),
        ("I value lamps and rugs at three points each.", {"lamp": 3, "rug": 3}),
        ("7 points for each trunk, 1 per chair", {"trunk": 7, "chair": 1}),
        ("The 3 lamps are worth 12 in total to me.", {}),
        ("How much is a lamp worth to you?", {}),
        ("The chairs are useless to me.", {"chair": 0}),
        ("Lamps 4 rugs 5 chairs 0 trunk 2", {"lamp": 4, "rug": 5, "chair": 0, "trunk": 2}),
        ("5 lamp, 3 rug, 0 chair, 2 trunk.", {"lamp": 5, "rug": 3, "chair": 0, "trunk": 2}),
        ("3 lamps, 2 rugs", {}),
        ("I get nothing from rugs.", {"rug": 0}),
        ("I get little from rugs.", {}),
    ],
)
def test_values_are_told_for_a_piece(text: str, values: dict[str, int]) -> None:
    found = {claim.slot[2]: claim.value for claim in read(ATTIC, text) if claim.kind == "affirm"}

    assert found == values
    assert all(claim.slot[1] == "A" for claim in read(ATTIC, text) if claim.kind == "affirm")


def test_a_turn_can_tell_values_and_offer() -> None:
    claims = read(ATTIC, "Lamps are worth 4 to me. I take the lamps and you get the rest.")

    assert [(claim.kind, claim.slot) for claim in claims] == [("affirm", ("worth", "A", "lamp")), ("propose", ("answer",))]


@pytest.mark.parametrize("text", ["what ", "2 lamps for me, ", "you ", "((", "=:", "all of the ", "sorry ", "1", "no, "])
def test_a_million_characters_take_no_time(text: str) -> None:
    """Processor time; a reader whose time grew with the square would need hours."""
    start = time.process_time()
    TASK.claims([Turn("A", text * (1_000_000 // len(text)))], ATTIC)

    assert time.process_time() - start < 5
