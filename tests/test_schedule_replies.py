"""How a reply to the other's list of slots is read: what it denies, what it says is shared, and what it leaves out."""

from __future__ import annotations

import pytest

from tasks.schedule.replies import day_in_full, reply, shares_in
from tasks.schedule.worlds import COST, OUT
from tests.test_schedule_talk import ANSWER, SLOTS, labelled, told

LIST = "Tue 10 (3), Thu 16 (1), Wed 8 (2), Mon 9:30 (4). Yours?"
LISTED = {"Tue 10:00", "Thu 16:00", "Wed 08:00", "Mon 09:30"}


def out(*talk: str) -> set[str]:
    """The slots that the last turn of ``talk`` rules out."""
    return {about[2] for kind, about, value in told(list(talk))[-1] if (kind, value) == ("affirm", OUT)}


def costs(*talk: str) -> dict[str, int]:
    return {about[2]: value for kind, about, value in told(list(talk))[-1] if kind == "affirm" and about[0] == COST and value != OUT}


DENIALS = [
    "I can make none of those.",
    "Sadly so, I can make none of those. We both answer null.",
    "I could do none of them.",
    "I can't make any: mine are Tue 19, Wed 14:30.",
    "Pity, I can't do those.",
    "None of mine is among yours.",
    "None of yours is on my list.",
    "Sadly none of my seven is among yours, so I write null too.",
    "None shared.",
    "Nothing in common, so null.",
    "Yes, poor Grandmother: not one slot in common, so null.",
    "Mine: Tue 19 2, Wed 14:30 3. None of mine matches yours.",
    "Mine: Tue 19, Wed 14:30 - none shared!",
    "Mine: Tue 19 2. I can make none of yours.",
]


@pytest.mark.parametrize("text", DENIALS)
def test_who_has_nothing_in_common_denies_all_that_the_other_named(text: str) -> None:
    assert out(LIST, text) == LISTED


@pytest.mark.parametrize("text", ["Shared: Thu 16 4, Tue 10 7.", "We share Thu 16 (4) and Tue 10 (7)."])
def test_numbers_that_may_be_costs_or_totals_are_neither(text: str) -> None:
    """Where the other has named 1 and 3. Less than the other's cost is no total, and more than 9 no cost."""
    assert costs(LIST, text) == {}
    assert out(LIST, text) == {"Wed 08:00", "Mon 09:30"}
    assert costs(LIST, "Shared: Thu 16 4, Tue 10 2.") == {"Thu 16:00": 4, "Tue 10:00": 2}


def test_a_cost_beside_its_sum_or_a_question_is_told() -> None:
    claims = told(["Thu 16 (3), Tue 10 (5).", "Thu 16=2 makes 5. Wed 8=1, Fri 11=0: impossible for you? Otherwise Thu 16. (ready)"])[1]
    said = {about[2]: value for kind, about, value in claims if kind == "affirm"}

    assert said == {"Thu 16:00": 2, "Wed 08:00": 1, "Fri 11:30": 0}
    assert claims[-1] == ("propose", ("answer",), "Thu 16:00")


@pytest.mark.parametrize("text", ["I can make none on Tuesday.", "None of mine costs more than 3.", "Shared: none yet?"])
def test_what_is_said_of_less_or_of_something_else_denies_nothing(text: str) -> None:
    assert not out(LIST, text) & (LISTED - {"Tue 10:00"})


def test_who_can_make_neither_can_make_neither() -> None:
    assert out("I can make neither Tue 10 nor Thu 16.") == {"Tue 10:00", "Thu 16:00"}


def test_my_seven_counts_what_its_speaker_can_make() -> None:
    mine = "Tue 10 (3), Thu 16 (1), Wed 8 (2), Mon 9:30 (4), Tue 14 (5), Fri 11 (6), Fri 17 (7); nothing else works."
    final = told([mine, "None of those. Mine: Tue 19, Wed 14:30.", "None of my seven is among yours, so null."])[2]

    assert [value for kind, _, value in final if kind == "count"] == [7]


REST = [
    "Thu 16=4, Tue 10=7; the rest I can't.",
    "Thu 16=4 (total 5), Tue 10=7 (10); the rest are out.",
    "Thu 16 costs 4, Tue 10 7. I can't make the remaining ones.",
    "Of those I can make Thu 16=4 (total 5), Tue 10=7 (10).",
    "From your list I can do Thu 16 (4) and Tue 10 (7).",
    "Of yours I can make two: Thu 16 (4), Tue 10 (7).",
    "I can make Thu 16 (4) and Tue 10 (7) of those.",
    "Shared: Thu 16 costs me 4, total 5; Tue 10 10.",
    "Shared totals: Thu 16 5, Tue 10 10. So Thu 16.",
    "Common slots, with totals: Thu 16 5; Tue 10 10.",
    "Overlap: Thu 16 (me 4), Tue 10 (me 7).",
    "Matches: Thu 16=4, Tue 10=7. Thu. (ready)",
    "In common: Thu 16 5, Tue 10 10. (ready)",
    "I can do two of those: Tue 10 (7), Thu 16 (4).",
    "Of these Tue 10 (7) and Thu 16 (4) work for me.",
    "Yes to Tue 10 (7) and Thu 16 (4), no to the others.",
    "Tue 10:00: 3+7=10; Thu 16:00: 1+4=5; nothing else overlaps.",
    "Totals where both can: Tue 10 10; Thu 16 5; nothing else is shared.",
    "All but Tue 10 (7) and Thu 16 (4) are impossible for me.",
    "Except for Thu 16 (4) and Tue 10 (7), none of yours works. Thu 16: 5. (ready)",
    "None of yours works except Thu 16 (4) and Tue 10 (7).",
    "My seven share two with them: Thu 16 (4), Tue 10 (7). (ready)",
    "Yours that I can: Tue 10 7, Thu 16 4.",
    "Tue 10: 7+3=10, Thu 16: 4+1=5. Others blocked. Thu 16. (ready)",
    "My overlap: Tue 10 +7 = 10; Thu 16 +4 = 5. Thu 16. (ready)",
    "I share Thu 16 (4), Tue 10 (7).",
    "Two in common: Thu 16:00, 4 for me; Tue 10:00, 7. Take Thursday? (ready)",
    "Only the Tuesday one and Thu 16:00: 7 and 4; no to the rest. Thursday! (ready)",
    "Tue 10 7, Wed no, Thu 16 4, Mon no.",
]


@pytest.mark.parametrize("text", REST)
def test_who_names_what_is_shared_of_a_list_rules_out_its_rest_and_no_more(text: str) -> None:
    assert out(LIST, text) == {"Wed 08:00", "Mon 09:30"}
    assert costs(LIST, text) == {"Thu 16:00": 4, "Tue 10:00": 7}


@pytest.mark.parametrize(
    "text",
    [
        "Of those, Thu 16 is my best.",
        "Shared so far: Thu 16 (4).",
        "Best shared: Thu 16 (4).",
        "Of those I can make Thu 16=4 (total 5), Tue 10",
    ],
)
def test_what_is_one_of_several_or_cut_off_rules_out_nothing(text: str) -> None:
    assert out(LIST, text) == set()


def test_all_but_one_that_work_rule_out_that_one() -> None:
    assert out(LIST, "All but Thu 16 work.") == {"Thu 16:00"}


def test_what_is_best_for_both_comes_to_so_much_for_both() -> None:
    assert costs(LIST, "Best common: Thu 16 at 5.") == {"Thu 16:00": 4}
    assert costs(LIST, "Thu 16 works for me (total 5).") == {"Thu 16:00": 4}


@pytest.mark.parametrize("text", ["Thu 16 with 5, right.", "Thu 16, five.", "Yes, Thu 16 for 5."])
def test_who_repeats_what_was_proposed_with_its_sum_agrees(text: str) -> None:
    assert told([LIST, "Thu 16=4. So Thu 16. (ready)", f"{text} (ready)"])[2] == [("propose", ("answer",), "Thu 16:00")]


def test_the_rest_behind_slots_of_one_s_own_is_not_only_of_the_other_s_list() -> None:
    assert out(LIST, "Thu 16 4, Fri 11:30 2; the rest are out.") > {"Tue 10:00", "Fri 17:30"}


PRICED = [
    "Thu 16, Tue 10 free for me; Wed 8 1.",
    "Thu 16 is free; Tue 10 costs 0, Wed 8 1.",
    "Mine: Thu 16, Tue 10 0; Wed 8 1.",
    "I can: Thu 16 and Tue 10 free; Wed 8 1; Fri 11:30",
]


@pytest.mark.parametrize("text", PRICED)
def test_each_part_of_a_row_has_the_price_at_its_end(text: str) -> None:
    assert costs(text) == {"Thu 16:00": 0, "Tue 10:00": 0, "Wed 08:00": 1}
    assert out(text) == set()


def test_the_last_of_a_row_that_was_cut_off_can_be_made() -> None:
    assert ("exclude", (COST, "A", "Fri 11:30"), OUT) in told(["I can: Thu 16 free; Wed 8, Wed 10 2; Fri 11:30"])[0]


@pytest.mark.parametrize("text", ["Tue.", "So Tuesday then.", "Tuesday it is!", "Agreed: Tue.", "Take Tuesday?"])
def test_a_day_alone_is_its_one_slot_that_was_spoken_of(text: str) -> None:
    proposed = [value for kind, _, value in told(["Tue 10 (3), Wed 8 (1).", f"Tue 10=2, Wed 8=5. {text} (ready)"])[1] if kind == "propose"]
    silent = told(["Tue 10 (3), Tue 19 (1).", f"Tue 10=2, Tue 19=1. {text} (ready)"])[1]

    assert proposed == ["Tue 10:00"]
    assert "propose" not in [kind for kind, _, _ in silent]


@pytest.mark.parametrize("text", ["Tue 10 it is, 3 for me and 2 for you.", "So Tue 10: me 3, you 2.", "Tue 10 then (3 for me, 2 for you)."])
def test_what_each_pays_stands_beside_a_proposal(text: str) -> None:
    final = told(["Wed 8 (1), Mon 9:30 (2).", "Tue 10 (2)?", f"{text} (ready)"])[2]

    assert ("propose", ("answer",), "Tue 10:00") in final
    assert ("affirm", (COST, "A", "Tue 10:00"), 3) in final
    assert told(["Wed 8 (1).", "Tue 10 (2)?", "Tue 10 is 3 for me and 2 for you. (ready)"])[2] == [("affirm", (COST, "A", "Tue 10:00"), 3)]


def test_a_day_that_answers_no_list_is_all_of_it() -> None:
    assert out(LIST, "Thu 16 is 4. Wed is out.") == {"Wed 08:00", "Wed 10:00", "Wed 14:30", "Wed 17:30"}


def test_the_others_before_anything_is_named_are_not_all_slots() -> None:
    talk = told([LIST, "The others don't work; Thu 16 does, at 4."])[1]

    assert talk == [("affirm", (COST, "B", "Thu 16:00"), 4)]
    assert out(LIST, "The rest I can't, only Thu 16 (4).") == LISTED - {"Thu 16:00"}


def test_part_of_a_day_is_of_that_day_alone() -> None:
    assert out("Both Thursday afternoons are impossible.") == {"Thu 13:00", "Thu 16:00"}


def test_a_long_reply_is_put_in_full_in_no_time() -> None:
    """Patterns that backtrack would take hours over a turn of 4000 characters, the most that is read."""
    for piece in (
        "Tue 10:00 costs me 2, ",
        "none of mine ",
        "of those I can make ",
        "Tue 10 me 1 total ",
        "shared totals: ",
        "3 for me ",
        "; ",
    ):
        text = piece * (4000 // len(piece))
        assert reply(text, True, {}).text
        assert shares_in(text)[0]
        assert day_in_full(text, ())


NAMED = "Tue 10=1, Thu 9:30=3, Mon 9:30=4, Fri 11:30=7, Wed 8=7. Nothing else. And you?"
SHARED = "Tu10=7; Th09=0; Mo09=3; Fr11=x; We08=x"
DENIED = "Tu10=x; Th09=x; Mo09=x; Fr11=x; We08=x"
ROW = "Mo13+; Mo16+; We10+; We14+; Th16+"


@pytest.mark.parametrize(
    ("reply", "label"),
    [
        ("We share Tue 10 (8 in total), Thu 9:30 (3) and Mon 09:30 (7).", SHARED),
        ("We both have Tue 10 (8 together), Thu 9:30 (3), Mon 9:30 (7).", SHARED),
        ("Shared: Tue 10 (sum 8), Thu 9:30 (sum 3), Mon 9:30 (sum 7).", SHARED),
        ("In common: Tue 10 = 8 in all, Thu 9:30 = 3, Mon 09:30 = 7.", SHARED),
        ("Our totals: Tue 10 8, Thu 9:30 3, Mon 09:30 7; others impossible.", SHARED),
        ("Added up: Tue 10 8, Thu 9:30 3, Mon 09:30 7.", "Tu10=7; Th09=0; Mo09=3"),
        ("Combined costs: Tue 10 = 8, Thu 9:30 = 3. So Thu 9:30. (ready)", "Tu10=7; Th09=0; !Th09"),
        ("I can make Tue 10 (+2=3), Thu 9:30 (+1=4); the remaining three I can't.", "Tu10=2; Th09=1; Mo09=x; Fr11=x; We08=x"),
        ("Of yours only Tue 10 (2) and Wed 8 (4).", "Tu10=2; We08=4; Th09=x; Mo09=x; Fr11=x"),
        ("I'm fine with Tue 10 (2) or Thu 9:30 (3), but not with the others.", "Tu10=2; Th09=3; Mo09=x; Fr11=x; We08=x"),
        ("I'm free Mon 13:00, 16:00; Wed 10:00, 14:30; Thu 16:00.", ROW),
        ("I have Mon 13:00, 16:00; Wed 10:00, 14:30; Thu 16:00. Do any of those work?", ROW),
        ("No luck: I have Mon 13, 16; Wed 10, 14:30; Thu 16.", f"{DENIED}; {ROW}"),
        ("My free slots: Mon 13:00, 16:00; Wed 10:00, 14:30; Thu 16:00. No overlap.", f"{DENIED}; {ROW}; !None"),
        ("Then there is no slot for the two of us. Poor Anna. (ready)", "!None"),
        ("I have Tue 10 and Wed 8 blocked.", "Tu10=x; We08=x"),
        ("Nothing works. Then none?", DENIED),
        ("We share Tue 10 (7 for me, total 8), Thu 9:30 (0, total 3).", "Tu10=7; Th09=0; Mo09=x; Fr11=x; We08=x"),
        ("Tue 10 (7 for me, 8 together) and Mon 9:30 (3 for me); nothing else of yours.", "Tu10=7; Mo09=3; Th09=x; Fr11=x; We08=x"),
        ("Tue 10 +7, Mon 9:30 +3. So Mon 9:30 with 7. (ready)", "Tu10=7; Mo09=3; !Mo09"),
        ("Tue 10 (8 total) and Mon 9:30 (7 total). Best is Mon 9:30 with 7. (ready)", "Tu10=7; Mo09=3; !Mo09"),
        ("Tue 10 4, Thu 9:30 -, Fri 11:30 0.", "Tu10=4; Th09=x; Fr11=0"),
    ],
)
def test_rows_of_sums_and_of_slots_are_read_under_whatever_heading(reply: str, label: str) -> None:
    assert set(told([NAMED, reply])[1]) == set(labelled(label, "B", SLOTS)[0])


@pytest.mark.parametrize(
    ("reply", "out"),
    [
        ("Yes, then none: all my other slots are impossible too. (ready)", 14),
        ("Agreed, then none: the rest of my slots are all impossible. (ready)", 14),
        ("My remaining slots are all blocked, so null. (ready)", 14),
        ("Yes. (ready)", 0),
    ],
)
def test_a_yes_to_none_then_is_of_all_slots_and_of_none_that_was_named(reply: str, out: int) -> None:
    claims = told(["Tue 10 (3), Wed 8 (0)?", "None of those. Mine: Mon 13=2, Wed 10=1. Then none?", reply])[2]

    assert ("propose", ANSWER, None) in claims
    assert [value for kind, _, value in claims if kind == "affirm"] == [OUT] * out
    assert not any(kind == "exclude" for kind, *_ in claims)


def test_a_list_may_be_told_as_what_all_but_these_are_not() -> None:
    claims = told(["Everything is impossible for me except Tue 10 (0), Wed 8 (2) and Fri 17:30 (9)."])[0]

    assert [value for *_, value in claims].count(OUT) == 13
    assert {about[2]: value for _, about, value in claims if value != OUT} == {"Tue 10:00": 0, "Wed 08:00": 2, "Fri 17:30": 9}
