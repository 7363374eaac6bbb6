"""How talk about slots is read: free language with labels by hand, phrases one by one, and that reading undoes wording.

A talk in ``free_language/schedule_BATCH.json`` is played by its seats in turn. Labels: ``Tu10=3`` costs the speaker 3, ``Tu10=x`` is
impossible for them, ``Tu10+`` is possible, ``Tu10>3`` costs 3 or more, ``#6`` slots are possible, ``!Tu10`` or ``!None`` proposes, ``~``
withdraws. What stands in brackets may be read or not, and what was taken back later need not be. How each
batch was read at first sight stands in ``free_language/README.md``.
"""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmark.vocabulary import Claim, Turn
from tasks.schedule.calendars import POSSIBLE_SLOTS
from tasks.schedule.scenes import SCENES
from tasks.schedule.talk import Reader, one_slot
from tasks.schedule.wording import word
from tasks.schedule.worlds import COST, OUT
from tests.whole_talks import said_in

FOLDER = Path(__file__).parent / "free_language"
DIARY = "Mon 09:30 13:00 16:00 Tue 10:00 14:30 19:00 Wed 08:00 10:00 14:30 17:30 Thu 09:30 13:00 16:00 20:30 Fri 11:30 17:30"
NAMES = ("Nora", "Emil", "Zofia")
ANSWER = ("answer",)


@lru_cache
def slots_of(diary: str) -> tuple[str, ...]:
    found, day = [], ""
    for word_ in diary.split():
        if word_.isalpha():
            day = word_
        else:
            found.append(f"{day} {word_}")
    return tuple(found)


SLOTS = slots_of(DIARY)
Told = tuple[str, tuple[str, ...], Any]


def labelled(text: str, seat: str, slots: tuple[str, ...]) -> tuple[list[Told], list[Told]]:
    must: list[Told] = []
    may: list[Told] = []
    for part in filter(None, text.split("; ")):
        (may if part.startswith("[") else must).extend(_meant(part.strip("[]"), seat, slots))
    return must, may


def _meant(part: str, seat: str, slots: tuple[str, ...]) -> list[Told]:
    def slot(short: str) -> str:
        (found,) = [one for one in slots if one[:2] == short[:2] and one[4:6] == short[2:]]
        return found

    if part[0] in "!~":
        return [("propose" if part[0] == "!" else "withdraw", ANSWER, None if part[1:] == "None" else slot(part[1:]))]
    if part[0] == "#":
        return [("count", (POSSIBLE_SLOTS, seat), int(part[1:]))]
    about = (COST, seat, slot(part[:4]))
    if part[4] == "+":
        return [("exclude", about, OUT)]
    if part[4] == ">":
        return [("exclude", about, value) for value in range(int(part[5:]))]
    return [("affirm", about, OUT if part[5:] == "x" else int(part[5:]))]


def told(talk: list[str], seats: int = 2, slots: tuple[str, ...] = SLOTS, names: tuple[str, ...] = NAMES) -> list[list[Told]]:
    """What each turn of a talk tells, questions left out."""
    turns = [Turn("ABCD"[i % seats], text) for i, text in enumerate(talk)]
    claims = said_in(turns, Reader(slots, "ABCD"[:seats], names[:seats]))
    return [[(c.kind, c.slot, c.value) for c in claims if c.turn == i and c.kind != "ask"] for i in range(len(turns))]


class Figures(NamedTuple):
    found: int
    missed: int
    wrong: int
    turns: int
    failures: str


def follows(one: Told, labels: list[Told]) -> bool:
    """Whether a claim only says less than a label: who has a cost for a slot can make it."""
    kind, slot, value = one
    costs = [meant for labelled_kind, about, meant in labels if labelled_kind == "affirm" and about == slot]
    return kind == "exclude" and any(meant != value for meant in costs)


@lru_cache
def figures(batch: int) -> Figures:
    found = missed = wrong = turns = 0
    failures = []
    for talk in json.loads((FOLDER / f"schedule_{batch}.json").read_text(encoding="utf-8")):
        seats, slots = talk["seats"], slots_of(talk.get("diary", DIARY))
        names = tuple(talk["names"].split()) if "names" in talk else NAMES
        read_of = told([text for text, _ in talk["talk"]], seats, slots, names)
        for number, ((text, label), claims) in enumerate(zip(talk["talk"], read_of, strict=True)):
            must, may = labelled(label, "ABCD"[number % seats], slots)
            unread = [one for one in must if one not in claims]
            extra = [one for one in claims if one not in (*must, *may) and not follows(one, [*must, *may])]
            found, missed, wrong, turns = found + len(must) - len(unread), missed + len(unread), wrong + len(extra), turns + 1
            failures += [f"{text!r}: missed {unread}, wrong {extra}"] if unread or extra else []
    return Figures(found, missed, wrong, turns, "\n".join(failures))


@pytest.mark.parametrize("batch", range(1, 24))
def test_what_is_really_said_is_read_and_little_else(batch: int) -> None:
    result = figures(batch)
    precision, recall = result.found / (result.found + result.wrong), result.found / (result.found + result.missed)
    print(f"\nschedule {batch}: precision {precision:.3f}, recall {recall:.3f}, {result.turns} turns\n{result.failures}")

    assert precision >= 0.95, result.failures
    assert recall >= 0.9, result.failures


SPELLINGS = [
    "Tue 10:00",
    "tuesday at 10 am",
    "Tuesday, 10:00",
    "10:00 on Tuesday",
    "Tue 10",
    "tues 10 a.m.",
    "Tuesday at ten o'clock",
    "10am Tue",
]


@pytest.mark.parametrize("text", SPELLINGS)
def test_a_slot_is_known_in_any_usual_spelling(text: str) -> None:
    assert one_slot(text, SLOTS) == "Tue 10:00"
    assert told([f"{text} is out for me."]) == [[("affirm", (COST, "A", "Tue 10:00"), OUT)]]


@pytest.mark.parametrize("text", ["Tuesday", "Tue 10 or Wed 10", "Tue 11:00", "Tue 10 is best", "", "10:00" * 100])
def test_what_is_no_one_slot_is_none(text: str) -> None:
    assert one_slot(text, SLOTS) is None


SILENT = [
    "You said Tue 10 is out for you.",
    "If Tue 10 costs you 3, it is best.",
    "Maybe Tue 10 costs me 4.",
    "Does Tue 10 work for you?",
    "Emil can't make Tue 10.",
    "Tue 10 totals 5.",
]


@pytest.mark.parametrize("text", SILENT)
def test_hearsay_questions_and_totals_tell_nothing(text: str) -> None:
    assert told([text]) == [[]]


@pytest.mark.parametrize(
    ("text", "out"),
    [
        ("Tue 10 (3), Wed 14:30 (1), that's all I have.", 14),
        ("Mon 9:30 0, 13:00 2. End of list.", 14),
        ("Mine: Tue 10, 19; Wed 8. That's my whole list.", 13),
        ("My last two: Tue 10 3, Wed 14:30 1.", 14),
        ("Tue 10 (3), Wed 14:30 (1), that's all I have under 3.", 0),
        ("Tue 10 (3), Wed 14:30 (1). Is that all you have?", 0),
        ("Tue 10 (3), Wed 14:30 (1), that's all three.", 0),
        ("That's all, then Tue 10 (3).", 0),
        ("My last worry is Tue 10 (3), Wed 14:30 (1).", 0),
    ],
)
def test_a_list_is_closed_by_who_says_that_it_is_whole_and_by_nothing_else(text: str, out: int) -> None:
    assert [(kind, value) for kind, _, value in told([text])[0]].count(("affirm", OUT)) == out


@pytest.mark.parametrize(
    ("reply", "closed"),
    [
        ("I've named all of mine.", True),
        ("You've seen all my slots.", True),
        ("Those two were all I had, so null.", True),
        ("The two I named are all I have.", True),
        ("I've already given you everything I have.", True),
        ("Mine were all listed.", True),
        ("What I listed is all I have.", True),
        ("I've named all of mine except Fri 11:30 (9).", False),
        ("I've run out of slots.", True),
        ("I've named all of mine under 3.", False),
        ("I've named all of mine on Tuesday.", False),
        ("Have I named all of mine?", False),
        ("I haven't named all of mine.", False),
        ("Those two were all I had in mind.", False),
        ("Those two are all you have.", False),
        ("I've seen all of yours.", False),
        ("Those three were all I had.", False),
    ],
)
def test_a_list_of_turns_ago_is_closed_by_who_says_that_it_was_all_they_had(reply: str, closed: bool) -> None:
    claims = told(["Tue 10 (3), Thu 16 (1).", "Wed 8 (1), Mon 9:30 (2).", reply])[2]

    assert [(kind, value) for kind, _, value in claims].count(("affirm", OUT)) == (14 if closed else 0)


def test_all_of_theirs_may_be_denied_but_for_some() -> None:
    assert told(["Wed 8 (1), Mon 9:30 (2).", "All of yours are impossible except Wed 8 (4)."])[1] == [
        ("affirm", (COST, "B", "Mon 09:30"), OUT),
        ("affirm", (COST, "B", "Wed 08:00"), 4),
    ]


@pytest.mark.parametrize("rest", ["others impossible", "the other is out", "others are higher", "others impossible for you"])
def test_the_others_beside_a_sum_are_those_that_the_other_has_named(rest: str) -> None:
    out = [about[2] for kind, about, value in told(["Wed 8 (1), Mon 9:30 (2)?", f"Wed 8 sums to 4, {rest}."])[1] if value == OUT]

    assert out == (["Mon 09:30"] if rest in ("others impossible", "the other is out") else [])


def test_a_cost_in_brackets_is_told_whatever_the_condition_and_that_of_another_is_not() -> None:
    for mine in ("(me 6)", "for free (costs me 6)", "(6 for me)"):
        assert told([f"Unless you can do Fri 11:30 {mine}: Thu 16:00."]) == [[("affirm", (COST, "A", "Fri 11:30"), 6)]], mine
    assert told(["Unless you can do Fri 11:30 (you 6): Thu 16:00."]) == [[]]


NO_TO_ALL = [
    "None overlap.",
    "Zero matches!",
    "No, no.",
    "Not one.",
    "nothing there :(",
    "Also not.",
    "All blocked for me.",
    "Not possible, sorry.",
    "All impossible here!",
    "All two of yours are impossible for me, so I think there's no common slot: null.",
    "Every slot you listed is a no.",
    "Everything you named is impossible.",
    "Your whole list is out for me.",
]


@pytest.mark.parametrize("reply", [*NO_TO_ALL, "Nope, so there is none.", "None work here. Mine: Wed 8 (1)."])
def test_all_that_the_other_has_named_is_denied_at_once(reply: str) -> None:
    out = [about[2] for kind, about, value in told(["Tue 10 (3), Thu 16 (1)?", reply])[1] if (kind, value) == ("affirm", OUT)]

    assert out == ["Tue 10:00", "Thu 16:00"]


@pytest.mark.parametrize(
    "reply", ["No problem.", "Nothing!", "None of that matters.", "Nobody said so.", "No rush, Wed 8 (1).", "Not all of yours are out."]
)
def test_other_words_with_no_deny_nothing(reply: str) -> None:
    assert OUT not in [value for _, _, value in told(["Tue 10 (3), Thu 16 (1).", reply])[1]]


@pytest.mark.parametrize(
    "text",
    ["Mine: Tue 10; Wed 8, 10.", "I can: Tue 10; Wed 8, 10. Any?", "I've only Tue 10, Wed 8, 10.", "mine: tue 10, wed 8, 10 - any?"],
)
def test_a_bare_row_under_a_heading_can_be_made(text: str) -> None:
    able = {about[2] for kind, about, value in told([text])[0] if (kind, value) == ("exclude", OUT)}

    assert able == {"Tue 10:00", "Wed 08:00", "Wed 10:00"}


def test_a_sum_tells_what_the_other_s_cost_leaves_of_it() -> None:
    assert told(["Tue 10 costs me 3.", "Tue 10 totals 5, Wed 14:30 6."])[1] == [("affirm", (COST, "B", "Tue 10:00"), 2)]
    assert told(["Tue 10 costs me 3.", "If Tue 10 totals 5, we take it."])[1] == []
    for sums in ("Tue 10:00 3+2=5, Thu 16:00 1+7=8.", "Tue 10:00 totals 5. Next best Thu 16:00 at 8.", "Sums: Tue 10:00 5, Thu 16:00 8."):
        both = [("affirm", (COST, "B", "Tue 10:00"), 2), ("affirm", (COST, "B", "Thu 16:00"), 7)]
        assert told(["Tue 10 (3), Thu 16 (1).", sums])[1] == both, sums
    assert told(["Tue 10 costs me 3.", "Tue 10 totals 5."], seats=3)[1] == []


@given(st.lists(st.tuples(st.sampled_from(SLOTS), st.sampled_from([*range(10), OUT])), unique_by=lambda pair: pair[0], max_size=12))
def test_what_is_put_into_words_is_read_back(drawn: list[tuple[str, Any]]) -> None:
    plan = [Claim("affirm", (COST, "A", name), value) for name, value in drawn]
    plan += [Claim("count", (POSSIBLE_SLOTS, "A"), 7), Claim("propose", ANSWER, "Tue 10:00")]
    said = word(plan, ("hour", "hours"))

    assert {(c.kind, c.slot, c.value) for c in plan} == set(told([said])[0])


def test_a_reason_is_no_part_of_what_is_told() -> None:
    """Whatever keeps people, "custody weekend" and "night shift" among it: a note that is read out tells of its slot and of no other."""
    week = slots_of(f"{DIARY} Sat 13:00 Sun 16:00")
    for scene in SCENES:
        for reason in (*scene.blocks, *scene.costs):
            assert told([f"Cannot make Wed 08:00: {reason}."], slots=week) == [[("affirm", (COST, "A", "Wed 08:00"), OUT)]], reason
            assert told([f"Wed 08:00 costs 3 {scene.units}: {reason}."], slots=week) == [[("affirm", (COST, "A", "Wed 08:00"), 3)]], reason


def test_a_very_long_turn_is_read_in_no_time() -> None:
    """A million characters each; a pattern that backtracks would take hours."""
    for text in ("Tue 10 ", "no ", "10:", "is out, ", "a" * 50, "at least "):
        assert isinstance(told([text * (1_000_000 // len(text))]), list)
