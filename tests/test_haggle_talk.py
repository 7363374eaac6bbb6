"""How `haggle` reads what lies near a limit, what is asked for by "that", and what nobody can pay more than."""

from __future__ import annotations

import pytest

from benchmark.api import make_task
from benchmark.vocabulary import Turn
from tests.mixed_labels import VIEWS

VIEW = next(view for view in VIEWS["haggle"] if view.public("guide") == 926)


def told(text: str) -> str:
    """What the buyer tells in answer to a greeting: B590 is a limit, =590 a proposal."""
    claims = make_task("haggle", 3).claims((Turn("A", "Good morning."), Turn("B", text)), VIEW)
    return " ".join(f"={claim.value}" if claim.kind == "propose" else f"B{claim.value}" for claim in claims if claim.kind != "ask")


SAID = """
B565 | I have 565 in my purse and cannot pay more.
B565 | There are 565 in the purse, and I can't give more.
B565 | I've got 565 euros to spend and couldn't offer any more.
B565 | My purse has 565 in it and I couldn't raise more.
=590 | I could stretch to 590, with very little room above that.
=590 | I can offer 590, with a little room above it.
=590 | I could do 590; that is close to my limit.
=590 | I could do 590. That's not far from my ceiling.
 | 590 is close to my limit.
 | 590 is nearly all I have.
 | My limit is not far above 590.
 | I have very little room above 590.
 | I'm close to my limit already.
B590 | I have no room above 590.
B590 | 590 is all I have.
B590 | I have 590 euros and not one more.
B590 | I have 590 and nothing more.
=590 | I could come up with 590.
=621 | 621 is almost all I have, but yes: we both write 621.
=926 | The table says 926 euros. Would that suit you?
=926 | The guild's table puts it at 926. How does that sound?
=926 | In the table it stands at 926. Could you live with that?
 | The table says 926. What do you think of it?
 | The table says 926. Can you do better than that?
B621 =621 | 621 is my very limit. Say yes to 621 or we write no deal.
=621 | Please say 621.
 | The books say 621.
B600 | I've a firm offer of 600 already, and I won't pay a cent more.
 | I had an offer of 600 last week.
=600 | My offer is 600.
 | Could you go below 700?
=700 | Could you come down to 700?
 | Is 700 the best you can do?
=None | Then I'm afraid we can't do business.
 | Then we cannot agree, unless you come down.
=None | A pity, then we leave it.
B600 | Anything above 600 hurts me, so 600 is where I stop.
B600 | The sitter gave me 600, so anything more comes out of my pocket.
B600 | We only have 600 between us.
 | We are 60 euros apart.
"""


@pytest.mark.parametrize("row", SAID.strip("\n").split("\n"))
def test_a_price_is_read_as_it_is_meant(row: str) -> None:
    expected, text = (part.strip() for part in row.split("|"))

    assert told(text) == expected


@pytest.mark.parametrize(
    ("reply", "is_told"), [("It truly is, I'm sorry.", True), ("Yes, I'm afraid.", True), ("Sadly it is.", True), ("It is not.", False)]
)
def test_a_limit_that_the_other_supposed_is_told_by_a_yes(reply: str, is_told: bool) -> None:
    turns = (Turn("A", "Good morning."), Turn("B", "If 625 is truly your floor, there is no deal."), Turn("A", reply))
    limits = [(claim.seat, claim.value) for claim in make_task("haggle", 3).claims(turns, VIEW) if claim.slot[0] == "limit"]

    assert limits == [("A", 625)] * is_told
