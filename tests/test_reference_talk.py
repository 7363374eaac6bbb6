"""How the reader of `reference` reads free language: hand-labelled talk, claim by claim.

Beside each turn of ``free_language/reference_BATCH.json`` stands what it tells, places as the speaker sees them: ``+small.mug.left``
there is one, ``-red.jug`` there is none, ``2*green.mug`` there are two, ``=small.green.striped.mug`` or ``=None`` proposes. What
stands in brackets may be read or not. How each batch
was read at first sight stands in ``free_language/README.md``.
"""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from benchmark.vocabulary import Fact, Turn, View
from tasks.reference import Reference, forms
from tasks.reference.scenes import NEUTRAL, SCENE, ordered
from tasks.reference.words import ANSWER, SIGHT

BATCHES = tuple(range(1, 42))
FOLDER = Path(__file__).parent / "free_language"
TASK = Reference.at(3)
Told = tuple[str, tuple[str, ...], Any]


def view_of(scene: str) -> View:
    """What a reader knows of a scene: where it is."""
    return View(("A", "B"), ("Nora", "Sam"), ("A",), ("A",), (Fact(("scene",), scene, ""),))


def label(part: str) -> Told:
    sign, _, rest = part.partition("*") if part[0].isdigit() else (part[0], "", part[1:])
    if sign in ("=", "!"):
        return "propose" if sign == "=" else "withdraw", ANSWER, None if rest == "None" else ordered(rest.split("."))[: len(NEUTRAL)]
    slot = (SIGHT, *ordered(rest.split(".")))
    if sign.isdigit():
        return "count", slot, int(sign)
    return "affirm" if sign == "+" else "exclude", slot, None


class Reading(NamedTuple):
    """One turn: what was labelled and read, labelled and missed, read and wrong."""

    text: str
    found: list[Told]
    missed: list[Told]
    wrong: list[Told]


def is_implied(one: Told, wants: list[Told]) -> bool:
    """Whether it is a weaker form of something labelled: of a small green mug, that there is a mug."""
    for kind, slot, _ in wants:
        weaker = set(one[1]) <= set(slot) if one[0] == "affirm" else set(slot) <= set(one[1])
        if weaker and (one[0] == kind or (one[0] == "affirm" and kind == "count")) and one[0] in ("affirm", "exclude"):
            return True
    return False


@lru_cache
def readings(batch: int) -> tuple[Reading, ...]:
    done = []
    for talk in json.loads((FOLDER / f"reference_{batch}.json").read_text(encoding="utf-8")):
        assert talk["scene"] in SCENE
        turns = [Turn("AB"[i % 2], text) for i, (text, _) in enumerate(talk["talk"])]
        claims = [claim for claim in TASK.claims(turns, view_of(talk["scene"])) if claim.kind != "ask"]
        for number, (turn, (_, labels)) in enumerate(zip(turns, talk["talk"], strict=True)):
            parts = [part for part in labels.split("; ") if part]
            must = [label(part) for part in parts if part[0] != "["]
            may = [label(part.strip("[]")) for part in parts if part[0] == "["]
            told = [(claim.kind, claim.slot, claim.value) for claim in claims if claim.turn == number]
            missed = [want for want in must if want not in told]
            wrong = [one for one in dict.fromkeys(told) if one not in must + may and not is_implied(one, must + may)]
            done.append(Reading(turn.text, [want for want in must if want in told], missed, wrong))
    return tuple(done)


@pytest.mark.parametrize("batch", BATCHES)
def test_what_is_really_said_is_read_and_little_else(batch: int) -> None:
    read = readings(batch)
    found, missed, wrong = (sum(len(column) for column in columns) for columns in list(zip(*read, strict=True))[1:])
    failures = "\n".join(f"{one.text!r}\n    missed {one.missed}\n    wrong {one.wrong}" for one in read if one.missed or one.wrong)
    print(f"\n{batch}: {found} found, {missed} missed, {wrong} wrong\n{failures}")

    assert found / (found + wrong) >= 0.95, failures
    assert found / (found + missed) >= 0.9, failures


@pytest.mark.parametrize(
    ("scene", "said", "told"),
    [
        ("carousel", "Large crates: red plain left. All the others are small.", "+large.red.plain.crate.left"),
        ("carousel", "Larges (mine): red plain crate left. The rest medium.", "+large.red.plain.crate.left"),
        ("carousel", "My mediums are: red plain crate left, green taped trunk", "+medium.red.plain.crate.left; +medium.green.taped.trunk"),
        ("sky", "Large hazy stars, right: blue, red.", "+large.blue.hazy.star.right; +large.red.hazy.star.right"),
        (
            "sky",
            "Comets (large, left): blue hazy. Middle: small red ringed.",
            "+large.blue.hazy.comet.left; +small.red.ringed.comet.middle",
        ),
        ("sky", "Steady stars: large red & blue left.", "+large.red.steady.star.left; +large.blue.steady.star.left"),
        ("sky", "Comets: hazy large red, small blue.", "+large.red.hazy.comet; +small.blue.hazy.comet"),
        ("stall", "My left, plates: red dotted large, small.", "+large.red.dotted.plate.left; +small.red.dotted.plate.left"),
        ("stall", "mugs: L red plain R, S blue plain L. S/M/L: size", "+large.red.plain.mug.right; +small.blue.plain.mug.left"),
        (
            "costumes",
            "My gowns: striped large white, middle; small red, left; plain medium green, right.",
            "+large.white.striped.gown.middle; +small.red.striped.gown.left; +medium.green.plain.gown.right",
        ),
        ("cabinet", "Small brown spotted fossil, at my left end: on your right?", "+small.brown.spotted.fossil.left"),
        ("stall", "LWhDoVa-M, SReStMu-L", "+large.white.dotted.vase.middle; +small.red.striped.mug.left"),
        ("stall", "SBlChMu-R", ""),  # chipped or checked
        ("stall", "Red plain small mug, white dotted large jug, large green", "+small.red.plain.mug; +large.white.dotted.jug"),
        ("stall", "Mugs, small, left: red dotted, blue plain?", ""),
        (
            "sky",
            "Comets: small red hazy, blue ringed; large red ringed.",
            "+small.red.hazy.comet; +small.blue.ringed.comet; +large.red.ringed.comet",
        ),
        ("sky", "My comets are small, stars large, nebula red.", "+small.comet; +large.star; +red.nebula"),
        ("harbour", "A barge.", "+barge"),
        ("stall", "My red plain jug is small, on my left: is yours large?", "+small.red.plain.jug.left"),
    ],
)
def test_rows_that_save_words_tell_no_more_and_no_less_than_they_say(scene: str, said: str, told: str) -> None:
    wants = [label(part) for part in told.split("; ") if part]
    claims = [(claim.kind, claim.slot, claim.value) for claim in TASK.claims([Turn("A", said)], view_of(scene)) if claim.kind != "ask"]

    assert [one for one in claims if one in wants or not is_implied(one, wants)] == wants


@pytest.mark.parametrize(
    ("reply", "told"),
    [
        ("None: my red plain barge is small.", "-small.red.plain.sloop; -large.blue.rusty.barge; +small.red.plain.barge"),
        ("No plain sloop of mine matches.", "-small.red.plain.sloop"),
        (
            "Small red plain sloop: mine is in the middle. If yours is too, that's it; otherwise nothing matches.",
            "+small.red.plain.sloop.middle; -large.blue.rusty.barge",
        ),
    ],
)
def test_a_reply_rules_out_what_was_listed(reply: str, told: str) -> None:
    asked = Turn("A", "I have a small red plain sloop and a large blue rusty barge. Does any match, sides swapped?")
    claims = {(c.kind, c.slot) for c in TASK.claims([asked, Turn("B", reply)], view_of("harbour")) if c.turn == 1 and c.slot != ANSWER}

    assert claims == {label(part)[:2] for part in told.split("; ")}


def test_what_both_described_is_not_taken_for_the_answer_where_it_is_said_not_to_be() -> None:
    first = Turn("A", "I have a small red plain moth in the middle.")
    claims = TASK.claims(
        [first, Turn("B", "I have the small red plain moth in the middle too. That's not the one. (ready)")], view_of("cabinet")
    )

    assert [claim for claim in claims if claim.kind == "propose"] == []


def test_a_cue_that_is_only_looked_for_beside_its_words_is_found_wherever_it_stands() -> None:
    """Most texts have none of a cue's words, and so are not searched; that must change nothing."""
    cues = [cue for cue in vars(forms).values() if isinstance(cue, forms.Cue)]
    texts = {part for batch in BATCHES for one in readings(batch) for part in (one.text, *forms.CLAUSE.split(one.text))}

    assert len(cues) > 5
    assert len(texts) > 500
    assert [] == [(text, cue.pattern) for cue in cues for text in texts if (cue.search(text) is None) != (cue.pattern.search(text) is None)]


def told_last(scene: str, *texts: str) -> set[str]:
    """What the last of the texts says, spoken by A and B in turn, as the labels put it."""
    claims = TASK.claims([Turn("AB"[i % 2], text) for i, text in enumerate(texts)], view_of(scene))
    sign = {"affirm": "+", "exclude": "-"}
    return {sign[c.kind] + ".".join(c.slot[1:]) for c in claims if c.turn == len(texts) - 1 and c.kind in sign}


def test_what_is_said_of_both_or_of_a_kind_is_said_of_what_the_other_described() -> None:
    two = "Brown spotted shells: my medium one is middle, my large one left. Three moths."
    both = {"+medium.brown.spotted.shell.left", "+large.brown.spotted.shell.left"}
    out = {"-medium.brown.spotted.shell.middle", "-large.brown.spotted.shell.right"}

    assert told_last("cabinet", two, "Both mine are on the left, so neither.") == both | out
    assert told_last("cabinet", two, "Both of those are on my left.") == both
    assert told_last("cabinet", two, "Both: a moth on the left.").isdisjoint(both)
    assert told_last("cabinet", two, "My shells differ.") == {"+shell"} | out
    assert told_last("cabinet", two, "Do my shells differ?") == set()


def test_a_no_to_any_other_that_was_listed_is_of_those_that_were_not_spoken_of_since() -> None:
    listed = "Aprons: small red torn, large red plain. Gown: small red torn."
    asks = "My small red torn apron is on my left. Does any other apron I listed?"
    told = told_last("costumes", listed, "I have a small red torn apron, left.", asks, "No.")

    assert told == {"-large.red.plain.apron"}


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("Small gowns red plain/blue torn; large cloak white torn.", "small.red.plain.gown small.blue.torn.gown large.white.torn.cloak"),
        ("Small cloaks: red torn, blue plain/quilted.", "small.red.torn.cloak small.blue.plain.cloak small.blue.quilted.cloak"),
        ("Large red torn gown, cloaks blue torn/red plain.", "large.red.torn.gown large.blue.torn.cloak large.red.plain.cloak"),
        (
            "Large red gown, cloaks blue torn/red plain; tunic white torn.",
            "large.red.gown blue.torn.cloak red.plain.cloak white.torn.tunic",
        ),
        ("My small ones are cloaks, large red gown torn.", "small.cloak large.red.torn.gown"),
        ("My gown is red, medium tunics red plain and blue torn.", "red.gown medium.red.plain.tunic medium.blue.torn.tunic"),
        (
            "My gowns are red; my torn ones large white left, medium red middle.",
            "red.gown large.white.torn.gown.left medium.red.torn.gown.middle",
        ),
        ("My cloak is red, your gown large.", "red.cloak"),
        ("I have no red/blue cloaks.", ""),
        ("My eight are small gowns, a large cloak.", "small.gown large.cloak"),
        ("Cloak no, gown no, tunic yes - small red plain.", "small.red.plain.tunic"),
        ("I have only small cloaks, no gowns, and two tunics.", "small.cloak"),
    ],
)
def test_what_slashes_and_clauses_without_a_verb_leave_out_is_filled_in(said: str, told: str) -> None:
    assert {one for one in told_last("costumes", said) if one[0] == "+"} == {f"+{one}" for one in told.split()}


LISTED = "Cloaks: small red plain left, large blue torn middle. Gown: medium white quilted right."
ALL_OUT = "-small.red.plain.cloak.right -large.blue.torn.cloak.middle -medium.white.quilted.gown.left"


@pytest.mark.parametrize(
    ("reply", "told"),
    [
        ("Sides don't fit there.", ALL_OUT),
        ("None of mine is in the right place.", ALL_OUT),
        ("None: my tunics are red.", f"{ALL_OUT} +red.tunic"),
        ("The cloaks' places don't match.", "-small.red.plain.cloak.right -large.blue.torn.cloak.middle"),
        ("The gown's side differs.", "-medium.white.quilted.gown.left"),
        ("The cloak's sides clash.", ""),
        ("If the sides don't fit, we share nothing.", ""),
        ("No cloaks of those.", "-small.red.plain.cloak.right -large.blue.torn.cloak.middle"),
        ("Only the gown could fit.", "-small.red.plain.cloak.right -large.blue.torn.cloak.middle"),
        ("My cloak is small red plain, on the left, not right.", "+small.red.plain.cloak.left -small.red.plain.cloak.right"),
        ("Nothing yet.", ""),
        ("I have no tunics, and two aprons, both red.", "-tunic"),
    ],
)
def test_a_list_is_ruled_out_as_far_as_a_reply_says_and_no_further(reply: str, told: str) -> None:
    assert told_last("costumes", LISTED, reply) == set(told.split())


def test_what_fits_is_the_one_where_both_stand_is_known_and_nothing_is_agreed_on_a_condition() -> None:
    def proposed(first: str, reply: str) -> list[Any]:
        claims = TASK.claims([Turn("A", first), Turn("B", reply)], view_of("costumes"))
        return [c.value for c in claims if (c.kind, c.turn) == ("propose", 1)]

    open_ended = "Cloaks: small red plain, large blue torn."
    gown = ("medium", "white", "quilted", "gown")

    assert proposed(LISTED, "The medium white quilted gown fits.") == [gown]
    assert proposed(open_ended, "Only the small red plain cloak fits; mine is on my right. Is yours left? If not, we share nothing.") == []
    assert told_last("costumes", LISTED, "We both see the medium white quilted gown, I on my left.") == {"+medium.white.quilted.gown.left"}
    assert proposed(LISTED, "It's the medium white quilted gown: I have it on the left.") == [gown]
    assert proposed(LISTED, "I've got the small red plain cloak, but on my left, not right. (ready)") == []
    assert proposed(LISTED, "Yours are large; mine aren't. None then? (ready)") == [None]


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("Barges: M/L red plain, S blue rusty.", "medium.red.plain.barge large.red.plain.barge small.blue.rusty.barge"),
        ("Blue sloops S striped, L/M patched.", "small.blue.striped.sloop large.blue.patched.sloop medium.blue.patched.sloop"),
        (
            "R: S red plain barge, M/L blue rusty ferry.",
            "small.red.plain.barge.right medium.blue.rusty.ferry.right large.blue.rusty.ferry.right",
        ),
        ("Red plain barges in all sizes.", "small.red.plain.barge medium.red.plain.barge large.red.plain.barge"),
        ("Red plain barges: S, L.", "small.red.plain.barge large.red.plain.barge"),
        ("Sloops: large, small red striped.", "large.red.striped.sloop small.red.striped.sloop"),
        ("Red plain barge S/L.", "red.plain.barge"),  # small on the left, or small and large
        ("Red barges S plain R, L rusty L.", "red.plain.barge.right large.red.rusty.barge.left"),
        ("Red barges plain (S, L), rusty (M).", "small.red.plain.barge large.red.plain.barge medium.red.rusty.barge"),
        ("Barges: red plain all sizes.", "small.red.plain.barge medium.red.plain.barge large.red.plain.barge"),
        (
            "Green: L rusty ferry M, S/L plain sloops R.",
            "large.green.rusty.ferry.middle small.green.plain.sloop.right large.green.plain.sloop.right",
        ),
        ("Red sloops: small, large striped.", "small.red.sloop large.red.striped.sloop"),
    ],
)
def test_sizes_put_short_are_read_where_a_letter_can_only_be_a_size(said: str, told: str) -> None:
    assert told_last("harbour", said) == {f"+{one}" for one in told.split()}


@pytest.mark.parametrize(
    ("reply", "told"),
    [
        ("I share one: the small red plain cloak, left.", "+small.red.plain.cloak.left -large.blue.torn.cloak -medium.white.quilted.gown"),
        (
            "Two match: small red plain cloak; large blue torn cloak.",
            "+small.red.plain.cloak +large.blue.torn.cloak -medium.white.quilted.gown",
        ),
        ("Three of those: small red plain cloak; large blue torn cloak.", "+small.red.plain.cloak +large.blue.torn.cloak"),
        ("One match: small red torn cloak.", "+small.red.torn.cloak"),
        ("My small red plain cloak is middle, so it isn't the same cloak.", "+small.red.plain.cloak.middle -small.red.plain.cloak.left"),
        ("My small red plain cloak is middle, so the sides differ.", "+small.red.plain.cloak.middle -small.red.plain.cloak.left"),
        ("None of the cloaks. The small red torn one is mine.", "-small.red.plain.cloak.left -large.blue.torn.cloak +small.red.torn.cloak"),
        ("Neither cloak. My gown is white.", "-small.red.plain.cloak.left -large.blue.torn.cloak +white.gown"),
        ("Small red plain cloak right as well: no.", "+small.red.plain.cloak.right -small.red.plain.cloak.left"),
        ("I don't have any of your cloaks.", "-small.red.plain.cloak.left -large.blue.torn.cloak"),
        (
            "Cloaks: small red plain middle, large blue torn left: neither fits.",
            "+small.red.plain.cloak.middle +large.blue.torn.cloak.left -small.red.plain.cloak.left",
        ),
        (
            "Small red plain cloak, left. Nothing else of yours.",
            "+small.red.plain.cloak.left -large.blue.torn.cloak -medium.white.quilted.gown",
        ),
    ],
)
def test_how_many_of_a_list_are_shared_rules_out_the_rest_where_as_many_are_described(reply: str, told: str) -> None:
    listed = "Cloaks: small red plain right, large blue torn. Gown: medium white quilted."

    assert told_last("costumes", listed, reply) == set(told.split())


def test_a_kind_alone_is_the_one_of_that_kind_that_both_have_described() -> None:
    listed = "Cloaks: small red plain, large blue torn. Gown: medium white quilted."
    two = "Two match: small red plain cloak, left; medium white quilted gown, middle."

    assert told_last("costumes", listed, two, "Cloak: middle.") == {"+cloak.middle", "+small.red.plain.cloak.middle"}
    assert told_last("costumes", listed, "My cloaks: small red plain left, large blue torn left.", "A cloak left.") == {"+cloak.left"}
    assert told_last("costumes", "A small cloak.", two, "My cloak is in the middle.").isdisjoint({"+small.red.plain.cloak.middle"})
    assert told_last("costumes", "Three red cloaks.", "Two: small red plain cloak, left; medium white quilted gown, middle.") == {
        "+small.red.plain.cloak.left",
        "+medium.white.quilted.gown.middle",
    }
