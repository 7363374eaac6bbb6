"""What the form of a sentence says of it, whatever the task."""

from __future__ import annotations

import pytest

from benchmark.reading import mentions, numbers, sentences, yes_or_no


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


def test_letters_that_only_fold_to_a_number_are_none() -> None:
    assert [value for _, _, value in numbers("f\u0130ve, n\u0130ne and seven, 12")] == [7, 12]
