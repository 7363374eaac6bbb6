"""How the route task reads free English: landmarks and numbers put together, what is passable, questions, corrections, proposals."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmark.lexicon import FIRST_NAMES
from benchmark.vocabulary import Claim, Turn
from tasks.route.scenes import ENTRIES, REPORTS, SCENES, Scene, with_article
from tasks.route.talk import Reader, word
from tasks.route.words import lexicon
from tests.route_labels import VIEWS
from tests.whole_talks import said_in

FLOOD, HARBOUR, MOUNTAIN = SCENES[1], SCENES[4], SCENES[0]
PATHS = tuple(path for path, _ in VIEWS[0].public("routes"))
"""2-4-1, 7-5-6, 9-5-1, 9-3-8, 7-4-8, 2-3-6"""


def short(claim: Claim) -> str:
    """As in ``route_labels``, with "?" before what is asked."""
    sign = {"open": "+", "closed": "-"}.get(claim.value, "")
    if claim.slot == ("answer",):
        return {"propose": "!", "withdraw": "~"}[claim.kind] + ("-".join(map(str, claim.value)) if claim.value else "none")
    if claim.kind == "ask":
        return f"?{'@'.join(claim.slot[1:])}{sign}" + ("@" if claim.slot[0] == "at" and len(claim.slot) == 2 else "")
    if claim.kind == "count":
        return f"{claim.slot[1]}@0"
    return {"report": claim.slot[1] + sign, "same": "=".join(claim.slot[1:])}.get(
        claim.slot[0], ("!@" if claim.kind == "exclude" else "@").join(claim.slot[1:])
    )


def said(*texts: str, scene: Scene = FLOOD) -> list[str]:
    """What the last of the texts says, spoken by A and B in turn."""
    turns = tuple(Turn("AB"[number % 2], text) for number, text in enumerate(texts))
    return sorted(short(claim) for claim in said_in(turns, Reader(lexicon(scene), PATHS)) if claim.turn == len(texts) - 1)


@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.key)
def test_every_note_is_read_as_it_is_meant_and_no_remark_says_anything(scene: Scene) -> None:
    words = lexicon(scene)
    for landmark in scene.landmarks[::3]:
        for report in REPORTS:
            for state, texts in scene.states.items():
                for text in texts:
                    turn = Turn("A", report.format(way=scene.way, landmark=landmark, state=text))
                    found = [(c.kind, c.slot, c.value) for c in said_in((turn,), Reader(words, PATHS))]
                    assert found == [("affirm", ("report", landmark), state)], turn
        for name in FIRST_NAMES[:: len(FIRST_NAMES) // 5]:
            for entry in ENTRIES:
                turn = Turn("B", entry.format(name=name, landmark=with_article(landmark), number=7))
                found = [(c.kind, c.slot, c.value) for c in said_in((turn,), Reader(words, PATHS))]
                assert found == [("affirm", ("at", landmark, "7"), True)], turn
    for remark in scene.remarks:
        assert said_in((Turn("A", remark),), Reader(words, PATHS)) == ()


def test_no_landmark_is_a_name_or_stands_in_a_remark_or_report() -> None:
    for scene in SCENES:
        texts = " ".join(
            [*scene.remarks, scene.opening, scene.stakes, *(text for texts in scene.states.values() for text in texts)]
        ).lower()
        assert len(set(scene.landmarks)) == len(scene.landmarks) >= 18
        assert not set(texts.replace(".", "").split()) & set(scene.landmarks)
        assert not {name.lower() for name in FIRST_NAMES} & set(scene.landmarks)


STATED = [
    ("4 is closed, 7 is open.", "4- 7+"),
    ("Closed: 4, mill. Open: 7 and 2.", "2+ 4- 7+ mill-"),
    ("The mill and the tavern are washed out, but the chapel is dry.", "chapel+ mill- tavern-"),
    ("corner 4 not passable, corner 7 not blocked", "4- 7+"),
    ("corners three and five are clear", "3+ 5+"),
    ("No way past the mill; no problem at 3.", "3+ mill-"),
    ("Clear at 4 and 7, while 2 is flooded.", "2- 4+ 7+"),
    ("✅ 4, 7 ❌ mill", "4+ 7+ mill-"),
    ("The mill is at 6.", "mill@6"),
    ("6 is the mill on my map.", "mill@6"),
    ("My map: mill 6, tavern 8, dairy 2", "dairy@2 mill@6 tavern@8"),
    ("My map: 6 mill, 8 tavern, 2 dairy", "dairy@2 mill@6 tavern@8"),
    ("6=mill 8=tavern", "mill@6 tavern@8"),
    ("I have chapels at 3 and 8.", "chapel@3 chapel@8"),
    ("3 and 8 are chapels on mine", "chapel@3 chapel@8"),
    ("The chapel is on my map twice: 3 and 8.", "chapel@3 chapel@8"),
    ("The chapel is not at 8.", "chapel!@8"),
    ("I don't have a mill or a tavern.", "mill@0 tavern@0"),
    ("There's no mill on my map.", "mill@0"),
    ("The mill isn't on my map.", "mill@0"),
    ("The mill is closed, it's at 6.", "6- mill- mill@6"),
    ("The mill (6) is closed.", "6- mill- mill@6"),
    ("The mill at 6 is closed.", "6- mill- mill@6"),
    ("The mill is my 6, and 4 is clear.", "4+ mill@6"),
    ("6 is the mill, and 4 and 5 are clear.", "4+ 5+ mill@6"),
    ("The mill is at 6 and 4, closed.", "mill- mill@4 mill@6"),
    ("The mill and 4 are open.", "4+ mill+"),
    ("The mill is closed, not on my map.", "mill- mill@0"),
    ("My mill is your bakery.", "bakery=mill"),
    ("The mill is at 6, so 6 is closed.", "6- mill@6"),
    ("The boat house lane is flooded; boathuose is at 3.", "boathouse- boathouse@3"),
    ("You said the mill is closed.", ""),
    ("The mill you mentioned is at 6.", "mill@6"),
    ("If 6 is closed we need 7 open.", ""),
    ("Maybe the mill is at 6.", ""),
    ("I don't know whether 6 is open.", ""),
    ("6 is open, no news of 7.", "6+"),
    ("Ok, good news: thanks!", ""),
    ("I have 2 reports and 3 routes in mind.", ""),
    ("9-5-1 takes 53 minutes.", ""),
    ("Route 7-5-6 is blocked.", ""),
    ("9-5-1 is open.", "1+ 5+ 9+"),
    ("4 is closed, sorry: 5 is closed.", "4- 5-"),
]


@pytest.mark.parametrize(("text", "meant"), STATED)
def test_a_statement_tells_what_it_says(text: str, meant: str) -> None:
    assert said(text) == sorted(meant.split())


PROPOSED = [
    ("I propose 9-5-1.", "!9-5-1"),
    ("Let's go 9 → 5 → 1", "!9-5-1"),
    ("via 9, then 5, then 1", "!9-5-1"),
    ("9-5-1 (ready)", "!9-5-1"),
    ("Shall we take 9-5-1?", "!9-5-1"),
    ("Is 9-5-1 passable?", ""),
    ("7-5-6 is out, take 9-5-1", "!9-5-1"),
    ("That leaves 9-5-1 or 2-4-1.", ""),
    ("9-1-5 it is", ""),
    ("No route is passable.", "!none"),
    ("All six are blocked, so null. (ready)", "!none"),
    ("Is there no route that works?", ""),
]


@pytest.mark.parametrize(("text", "meant"), PROPOSED)
def test_a_proposal_is_told_from_a_mention(text: str, meant: str) -> None:
    assert [one for one in said(text) if one[0] in "!~"] == meant.split()


def test_a_proposal_can_be_taken_back_by_its_author_alone() -> None:
    assert said("I propose 9-5-1.", "Hm.", "I take back my proposal.") == ["~9-5-1"]
    assert said("I propose 9-5-1.", "I take back my proposal.") == []


ANSWERED = [
    (["Is 6 open?", "Yes."], "6+"),
    (["Is 6 open?", "No."], "6-"),
    (["Is 6 open or closed?", "Closed."], "6-"),
    (["Is 6 open?", "Not sure."], ""),
    (["Where is the mill?", "6"], "mill@6"),
    (["Where is the mill?", "It's at 6 on my map."], "mill@6"),
    (["Where is the mill?", "The mill is 8, barn 9, so 9 is shut."], "9- barn@9 mill@8"),
    (["Where is the mill?", "On 8, but 5 is shut."], "5- mill@8"),
    (["Is the mill at 6?", "Yes, exactly."], "mill@6"),
    (["Is the mill at 6?", "No."], "mill!@6"),
    (["Do you have a mill on your map?", "No."], "mill@0"),
    (["The mill is closed, where is it?", "At 6."], "mill@6"),
    (["Do you know if 6 is open?", "No idea."], ""),
    (["Is 6 open?", "Hello.", "Yes."], ""),
]


@pytest.mark.parametrize(("texts", "meant"), ANSWERED)
def test_an_answer_is_read_by_its_question(texts: list[str], meant: str) -> None:
    assert said(*texts) == sorted(meant.split())


def test_a_question_presents_nothing_and_is_known_as_one() -> None:
    assert said("Is 6 open?") == ["?6+"]
    assert said("Where is the mill?") == ["?mill@"]
    assert said("What about 7?") == ["?7"]


def test_a_correction_takes_the_place_of_what_was_said() -> None:
    turns = (Turn("A", "6 is open."), Turn("B", "Ok."), Turn("A", "Sorry, correction: 6 is closed."))
    claims = said_in(turns, Reader(lexicon(FLOOD), PATHS))

    assert [(claim.slot, claim.value, claim.turn) for claim in claims] == [(("report", "6"), "closed", 2)]


SALAD = "mill tavern 4 6 9 is at closed open not no so ? . , ; ( ) - > and where my map it's you said".split()


@given(st.lists(st.sampled_from(SALAD)))
def test_any_salad_of_words_is_read_without_complaint_and_worded_again(parts: list[str]) -> None:
    claims = said_in((Turn("A", " ".join(parts)),), Reader(lexicon(FLOOD), PATHS))

    assert isinstance(word(claims), str)


def test_a_very_long_turn_is_read_as_far_as_any_budget_goes() -> None:
    text = "The mill is at 6. " + "so ok not 4, " * 80_000 + "The tavern is at 8."

    assert "mill@6" in said(text)
    assert "tavern@8" not in said(text)
