"""How the ally's answers in `secret` are read: of which stories on the list it says that the listener has heard, and of which not."""

from __future__ import annotations

import pytest

from benchmark.api import make_task
from benchmark.vocabulary import Turn
from tests.mixed_labels import VIEWS

NEVER = "Which of these did you never tell Vera: goat, soup, hat, parrot, chess, bees?"
TOLD = "Which of these did you tell Vera: goat, soup, hat, parrot, chess, bees?"
VIEW = next(view for view in VIEWS["secret"] if view.names[2] == "Vera")


def heard(question: str, answer: str) -> tuple[str, str]:
    """What the listener has heard of and what not, in the order of the alphabet."""
    claims = make_task("secret", 3).claims((Turn("A", question), Turn("B", answer)), VIEW)
    of = {claim.slot[1]: claim.value for claim in claims if claim.turn == 1 and claim.kind == "affirm" and claim.slot[0] == "known"}
    return " ".join(sorted(story for story in of if of[story])), " ".join(sorted(story for story in of if not of[story]))


ANSWERS = """
 | goat parrot soup | Goat, soup and parrot I have kept to myself.
hat | goat soup | The goat and the soup I never told her, the hat I did.
goat soup | hat | The goat and the soup I told her, the hat not.
goat soup | hat | The goat and the soup got out, the hat stayed with me.
 | chess goat parrot soup | The goat and the soup are safe, and so are parrot and chess.
 | fireworks goat soup twins | The goat and the soup I never mentioned, nor the fireworks and the twins.
hat | goat parrot soup | Goat and soup I've kept, the parrot too, but not the hat.
hat | goat soup | Goat and soup stayed with me; the hat I let slip.
soup | goat | The goat is safe, the soup isn't.
goat | soup | The goat isn't safe, the soup is.
goat | | The goat is no longer safe.
goat | | The goat is no news to her.
goat soup | | The goat and the soup I couldn't keep to myself.
goat | hat | She knows of the goat, not the hat.
 | goat hat soup | That goat, the hot soup and my hat in the wind I never told her.
bees chess hat parrot | goat soup | Safe: goat, soup. Not safe: hat, chess, parrot, bees.
goat hat | bees chess parrot soup | She has heard about the goat and the hat, and nothing else.
goat hat | bees chess parrot soup | I told her about the goat and the hat, none of the others.
goat hat | bees chess parrot soup | I told her about the goat and the hat. That's all.
goat hat | bees chess parrot soup | The goat and the hat I told her. Nothing else.
bees chess parrot soup | goat hat | The goat and the hat are safe, the others aren't.
bees chess parrot soup | goat hat | The goat and the hat are safe. None of the others is.
bees chess parrot soup | goat hat | Only the goat and the hat are still safe.
goat | bees chess hat parrot soup | Except for the goat, I told her nothing.
bees chess hat parrot soup | goat | I told her all of them but the goat.
goat | bees chess hat parrot soup | Apart from the goat, they're all safe.
 | bees chess goat hat parrot soup | All of them are safe.
bees chess goat hat parrot soup | | She has heard all six.
 | | She has heard all four.
 | | I remember all six.
goat | | No doubt she knows the goat.
"""


@pytest.mark.parametrize("question", [NEVER, TOLD])
@pytest.mark.parametrize("row", ANSWERS.strip("\n").split("\n"))
def test_what_is_said_of_a_story_is_said_of_that_one(row: str, question: str) -> None:
    has, has_not, answer = (part.strip() for part in row.split("|"))

    assert heard(question, answer) == (has, has_not)


@pytest.mark.parametrize(
    ("question", "expected"), [(NEVER, ("bees chess hat parrot", "goat soup")), (TOLD, ("goat soup", "bees chess hat parrot"))]
)
def test_a_bare_list_tells_what_was_asked_and_only_sets_it_against_the_rest(question: str, expected: tuple[str, str]) -> None:
    assert heard(question, "Only the goat and the soup.") == expected
    assert heard(question, "The goat and the soup, nothing else.") == expected


def test_a_yes_to_what_was_never_told_is_read_as_neither() -> None:
    assert heard(NEVER, "The hat, yes.") == ("", "")


def test_after_an_answer_a_not_and_a_name_point_and_an_ordinal_of_what_was_said_names_no_option() -> None:
    turns = (
        Turn("A", NEVER),
        Turn("B", "The goat, the hat and the parrot."),
        Turn("A", "Not the goat, the first one you named but one: the hat."),
    )
    claims = [claim for claim in make_task("secret", 3).claims(turns, VIEW) if claim.turn == 2]

    assert [(claim.kind, claim.slot) for claim in claims] == [("exclude", ("pointed", "goat")), ("affirm", ("pointed", "hat"))]
