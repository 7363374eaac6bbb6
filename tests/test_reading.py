"""What the form of a sentence says of it, whatever the task."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmark import api, views
from benchmark.reading import Terms, mentions, numbers, read_once, sentences, yes_or_no
from benchmark.task import Task
from benchmark.vocabulary import Claim, Turn, View
from benchmark.worlds import Generated


@pytest.mark.parametrize(
    "text",
    [
        "Maybe Ana cooks; Ben flies; Cid digs.",
        "You said Ana cooks; Ben flies.",
        "If Ana cooks; Ben flies.",
        "According to Ben, Ana cooks.",
        "Probably Ana cooks.",
        "I doubt that Ana cooks.",
        "Please confirm that Ana cooks.",
        "Ben told me that Ana cooks.",
    ],
)
def test_what_is_not_asserted_is_hearsay_to_its_end(text: str) -> None:
    assert all(sentence.hearsay for sentence in sentences(text))


@pytest.mark.parametrize("text", ["Ana cooks; Ben flies.", "Ana cooks. Maybe.", "My notes say that Ana cooks."])
def test_what_is_asserted_is_not(text: str) -> None:
    assert not sentences(text)[0].hearsay


def test_a_question_goes_on_behind_a_semicolon_and_a_statement_before_one_stays() -> None:
    assert [one.question for one in sentences("Does Ana cook; Ben fly?")] == [True, True]
    assert [one.question for one in sentences("Ana cooks; does Ben?")] == [False, True]


def test_decimals_do_not_end_a_sentence() -> None:
    assert [one.text for one in sentences("It reads 4.5 here. Next")] == ["It reads 4.5 here.", "Next"]


@pytest.mark.parametrize(("text", "said"), [("Yes, he does", True), ("Nope.", False), ("None of mine", False), ("Well", None)])
def test_a_reply_opens_with_yes_or_no_or_neither(text: str, said: bool | None) -> None:
    assert yes_or_no(text) is said


def test_numbers_are_read_in_digits_and_words() -> None:
    assert [value for _, _, value in numbers("forty-two, 3.5, 100% and seven")] == [42.0, 3.5, 100.0, 7.0]


def test_the_longest_name_wins_and_look_alike_letters_name_nobody() -> None:
    assert [term for *_, term in mentions("Ana Maria and ANA", ["Ana", "Ana Maria"])] == ["Ana Maria", "Ana"]
    assert mentions("K\u0130t", ["kit"]) == []


CASED = "".join(one for one in map(chr, range(sys.maxunicode + 1)) if {one} != {one.lower(), one.upper(), one.casefold(), one.title()})
"""Every letter that has another form."""


def searched(text: str, terms: Sequence[str]) -> list[tuple[int, int, str]]:
    """What ``mentions`` finds, by a pattern of all terms: slow, and as plain as its definition."""
    longest_first = sorted(terms, key=len, reverse=True)
    canonical = {term.casefold(): term for term in terms}
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)", re.IGNORECASE)
    return [(*match.span(), canonical[name]) for match in pattern.finditer(text) if (name := match.group().casefold()) in canonical]


LETTERS = st.sampled_from("abAB1_ -.'§") | st.sampled_from("sS\u017fkK\u212ai\u0130I\u0131\u00df\u1e9e\u00b5\u03bc\u03c2\u03c3\ufb05\ufb06")


@given(st.text(LETTERS, max_size=60), st.lists(st.text(LETTERS, min_size=1, max_size=4), min_size=1, max_size=8, unique_by=str.casefold))
def test_names_are_found_where_a_pattern_that_ignores_case_finds_them(text: str, terms: list[str]) -> None:
    assert mentions(text, terms) == searched(text, terms)
    assert Terms(terms[1:], Terms(terms[:1])).mentions(text) == searched(text, terms)


def test_letters_are_alike_exactly_where_a_pattern_takes_them_for_the_same() -> None:
    for letter in CASED:
        text = " ".join([*re.findall(re.escape(letter), CASED, re.IGNORECASE), *letter.casefold(), *letter.lower(), *letter.upper()])
        assert mentions(text, [letter]) == searched(text, [letter])


class Noting:
    """A reader that says which turns it was given, and in which order."""

    def __init__(self, level: int) -> None:
        self.level = level
        self.claims: list[Claim] = []

    def read(self, number: int, turn: Turn) -> None:
        READ.append(turn.text)
        self.claims = [*self.claims, Claim("propose", ("answer",), (self.level, turn.text), turn.seat, number)]


READ: list[str] = []
SHOWN: list[View] = []


def begin(task: Task, view: View) -> Noting:
    SHOWN.append(view)
    return Noting(task.level)


def test_a_talk_is_read_once_whoever_asks_and_by_the_public_facts_alone() -> None:
    READ.clear()
    SHOWN.clear()
    task = api.make_task("schedule", 3)
    world, other = (Generated(task, 1).world(index) for index in range(2))
    claims, turns = read_once(begin), [Turn("A", "Mon 10:00?")]
    read = [claims(task, turns, views.own_view(world, seat)) for seat in "ABA"]

    assert read == [(Claim("propose", ("answer",), (3, "Mon 10:00?"), "A", 0),)] * 3
    assert SHOWN == [views.public_view(views.own_view(world, "A"))]
    claims(task, turns, views.own_view(other, "A"))
    claims(task, [Turn("B", "Mon 10:00?")], views.own_view(world, "A"))
    assert claims(api.make_task("schedule", 4), turns, views.own_view(world, "A"))[0].value == (4, "Mon 10:00?")
    assert len(SHOWN) == len(READ) == 4, "another world, another talk and another task are read anew"


def test_of_a_talk_that_goes_on_only_the_new_turns_are_read_and_one_that_parts_from_it_is_read_as_if_alone() -> None:
    READ.clear()
    task = api.make_task("schedule", 3)
    view = views.own_view(Generated(task, 1).world(0), "A")
    claims, turns = read_once(begin), [Turn("AB"[number % 2], str(number)) for number in range(6)]

    def texts(talk: Sequence[Turn]) -> list[str]:
        return [claim.value[1] for claim in claims(task, talk, view)]

    for end in (2, 3, 6, 4, 0):
        assert texts(turns[:end]) == [turn.text for turn in turns[:end]]
    assert READ == ["0", "1", "2", "3", "4", "5"]
    parted = [*turns[:3], Turn("B", "else"), turns[4]]
    for talk in (parted, turns, parted[:4]):
        assert texts(talk) == [turn.text for turn in talk]


@given(st.lists(st.lists(st.sampled_from("ab"), max_size=9), min_size=1, max_size=30))
def test_talks_in_any_order_and_number_are_read_as_if_alone(talks: list[list[str]]) -> None:
    task = api.make_task("schedule", 3)
    view = views.own_view(Generated(task, 1).world(0), "A")
    claims = read_once(begin)
    for talk in talks:
        assert [claim.value[1] for claim in claims(task, [Turn("A", text) for text in talk], view)] == talk


def test_letters_that_only_fold_to_a_number_are_none() -> None:
    assert [value for _, _, value in numbers("f\u0130ve, n\u0130ne and seven, 12")] == [7, 12]
