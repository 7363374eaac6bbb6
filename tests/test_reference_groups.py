"""Things that `reference` hears described in groups: what a heading holds for, and what is told afterwards of each."""

from __future__ import annotations

import pytest

from tests.test_reference_talk import told_last


@pytest.mark.parametrize(
    ("scene", "said", "told"),
    [
        (
            "sky",
            "R: nebula small red, large green, comet medium blue.",
            "small.red.nebula.right large.green.nebula.right medium.blue.comet.right",
        ),
        (
            "stall",
            "L: small red, large blue mugs; medium white, green jugs.",
            "small.red.mug.left large.blue.mug.left medium.white.jug.left medium.green.jug.left",
        ),
        (
            "stall",
            "Middle: large, small yellow vases. Mugs: small red L/R.",
            "large.yellow.vase.middle small.yellow.vase.middle small.red.mug.left small.red.mug.right",
        ),
        ("sky", "Nebula small red, large green, medium blue comets.", "small.red.nebula medium.blue.comet"),
        (
            "sky",
            "Green stars: hazy left. Green galaxies: ringed left, hazy right. Red ones: hazy middle, ringed left.",
            "green.hazy.star.left green.ringed.galaxy.left green.hazy.galaxy.right red.hazy.galaxy.middle red.ringed.galaxy.left",
        ),
        ("stall", "Left small red mug, blue jug; right large white vase.", "small.red.mug.left blue.jug.left large.white.vase.right"),
        ("stall", "R: vases small yellow, large green, both chipped.", "small.yellow.chipped.vase.right large.green.chipped.vase.right"),
        (
            "stall",
            "Three could fit: small red mug, my left; large blue jug, middle; small green vase.",
            "small.red.mug.left large.blue.jug.middle small.green.vase",
        ),
        ("stall", "Right: the small red plain mug.", "small.red.plain.mug"),
        (
            "stall",
            "Left to right: small red mug / large blue jug, green vase / white bowl.",
            "small.red.mug.left large.blue.jug.middle green.vase.middle white.bowl.right",
        ),
        ("stall", "My lefts: small red plain mug, large white jug.", "small.red.plain.mug.left large.white.jug.left"),
        ("stall", "Mugs: small red L, large blue R, all plain but the blue.", "small.red.mug.left large.blue.mug.right"),
    ],
)
def test_a_side_or_a_kind_holds_for_what_follows_and_a_kind_behind_for_what_comes_before(scene: str, said: str, told: str) -> None:
    assert {one for one in told_last(scene, said) if one[0] == "+"} == {f"+{one}" for one in told.split()}


GROUPS = "L: mugs small red, large blue, jug medium white. R: vase small green."


@pytest.mark.parametrize(
    ("last", "told"),
    [
        ("My mugs are dotted; jug plain.", "+small.red.dotted.mug.left +large.blue.dotted.mug.left +medium.white.plain.jug.left"),
        ("My mugs dotted, vase plain, others small.", ""),
        ("Marks: mugs dotted, vase plain.", "+small.red.dotted.mug.left +large.blue.dotted.mug.left +small.green.plain.vase.right"),
        (
            "My mugs and vase are plain; other things too.",
            "+small.red.plain.mug.left +large.blue.plain.mug.left +small.green.plain.vase.right",
        ),
        ("My mug is dotted.", ""),
        ("My red mug, on the left, is dotted.", "+small.red.dotted.mug.left"),
        ("My mugs aren't dotted.", "-dotted.mug"),
        ("Are my mugs dotted?", ""),
    ],
)
def test_what_is_told_afterwards_of_what_was_listed_is_told_of_each_that_is_meant(last: str, told: str) -> None:
    wants = set(told.split())
    said = {one for one in told_last("stall", GROUPS, "Marks?", last) if one.count(".") > 2 or one[0] == "-"}
    places = (".left", ".right")

    assert {one for one in said if one[0] == "-" or one.endswith(places)} == wants
    assert {one for one in said if not one.endswith(places)} <= {one.rpartition(".")[0] for one in wants} | wants


def test_what_does_not_line_up_or_fits_in_its_place_is_what_the_other_listed() -> None:
    assert told_last("stall", GROUPS, "Those don't line up.") == {
        "-small.red.mug.right",
        "-large.blue.mug.right",
        "-medium.white.jug.right",
        "-small.green.vase.left",
    }

    fit = told_last("stall", GROUPS, "Places fit for small red mug and medium white jug (mine all plain) and small green vase.")
    assert fit == {"+small.red.plain.mug.right", "+medium.white.plain.jug.right", "+small.green.vase.left"}
    assert told_last("stall", GROUPS, "Sides match for the mugs.") == {"+small.red.mug.right", "+large.blue.mug.right"}
    assert told_last("stall", GROUPS, "Places fit for what?") == set()


def test_marks_alone_are_those_of_what_was_listed_in_its_order() -> None:
    two = "Could match: small red mug, my left; large blue jug, middle."

    assert told_last("stall", two, "Mine are dotted and plain.") == {"+small.red.dotted.mug", "+large.blue.plain.jug"}
    assert told_last("stall", f"{two} Marks: dotted, plain.") >= {"+small.red.dotted.mug.left", "+large.blue.plain.jug.middle"}
    assert told_last("stall", two, "Marks: dotted, plain, checked.") == set()


def test_two_letters_of_a_thing_are_its_size_and_its_side() -> None:
    told = told_last("costumes", "Gown red S torn L; cloak blue M plain M; apron white L torn R.")

    assert told == {"+small.red.torn.gown.left", "+medium.blue.plain.cloak.middle", "+large.white.torn.apron.right"}
