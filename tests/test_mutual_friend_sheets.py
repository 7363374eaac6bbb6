"""How a whole list of friends is read where it is put in few words: headings within headings, beginnings and initials for particulars."""

from __future__ import annotations

import pytest

from benchmark.vocabulary import Fact, Turn, View
from tasks.mutual_friend.task import MutualFriend

TOWNS, HOBBIES = ("home town", "pet", "employer"), ("language", "hobby", "instrument")

WRITTEN = {
    # a heading holds until the next of its attribute, and one of an outer attribute ends those within it
    "Zuni poodle: Ida, Omar; gecko: Noor. Brack poodle: Pia.": "Ida Zuni poodle; Omar Zuni poodle; Noor Zuni gecko; Pia Brack poodle",
    "Zuni: poodles Ida, Omar; gecko Noor. Brack: Pia. Which?": "Ida Zuni poodle; Omar Zuni poodle; Noor Zuni gecko; Pia Brack",
    "Turin: Ida poodle, Omar gecko; Noor rabbit. Lagos: Pia.": "Ida Turin poodle; Omar Turin gecko; Noor Turin rabbit; Pia Lagos",
    "Turin (poodle: Ida; gecko: Noor), Lagos (rabbit: Pia).": "Ida Turin poodle; Noor Turin gecko; Pia Lagos rabbit",
    "Turin – poodle: Ida & Omar (Zuni), gecko: Noor.": "Ida Turin poodle Zuni; Omar Turin poodle Zuni; Noor Turin gecko",
    "Turin: 2 poodles (Ida, Omar), 1 gecko (Noor). Others: Pia.": "Ida Turin poodle; Omar Turin poodle; Noor Turin gecko; Pia",
    "Turin+poodle Ida,Omar; Turin+gecko Noor.": "Ida Turin poodle; Omar Turin poodle; Noor Turin gecko",
    # headings side by side do not stand in one another
    "Turin: Ida, Omar. Poodles: Noor, Pia.": "Ida Turin; Omar Turin; Noor poodle; Pia poodle",
    "Turin\n- poodle: Ida\n- gecko: Omar\nLagos\n- rabbit: Noor": "Ida Turin poodle; Omar Turin gecko; Noor Lagos rabbit",
    # beginnings
    "Tur: poo Ida, gec Omar Noor. Lag: fer Pia.": "Ida Turin poodle; Omar Turin gecko; Noor Turin gecko; Pia Lagos ferret",
    "Ida tur/poo/zun; Omar lag/gec/bra": "Ida Turin poodle Zuni; Omar Lagos gecko Brack",
    "Ida TuPoZu, Omar LaGeBr, Noor QuRaVe.": "Ida Turin poodle Zuni; Omar Lagos gecko Brack; Noor Quito rabbit Velmar",
    "Ida po Tu, Omar ge La.": "Ida Turin poodle; Omar Lagos gecko",
    "Ida po, Omar ge, Noor p.": "Ida poodle; Omar gecko; Noor",
    # initials: of an attribute that all their headings leave, in an order that is announced, or as a key says
    "Turin: poodle Ida-Z, Omar-B; gecko Noor-V.": "Ida Turin poodle Zuni; Omar Turin poodle Brack; Noor Turin gecko Velmar",
    "Job-pet-town initials: Ida ZGQ, Omar BPT.": "Ida Zuni gecko Quito; Omar Brack",
    "By employer initial: Z: Ida Omar; B: Noor.": "Ida Zuni; Omar Zuni; Noor Brack",
    "Ida-Z, Omar-B, Noor-O (employer initials).": "Ida Zuni; Omar Brack; Noor Orrin",
    "P=poodle, G=gecko, T=Turin, L=Lagos. Ida PT, Omar GL.": "Ida poodle Turin; Omar gecko Lagos",
    "T=Turin, L=Lagos. Ida-T, Omar-L, Noor-T.": "Ida Turin; Omar Lagos; Noor Turin",
    "Ida Z, Omar B, Noor.": "Ida; Omar; Noor",
    "Ida K, Omar T, Noor P.": "Ida; Omar; Noor",
    # what is no list of the speaker's, or none that is certain
    "Your Turin: poodle Ida; gecko Omar are not here.": "",
    "Turin or Lagos: Ida, Omar.": "Ida; Omar",
    "Hi Sam! I am Ben.": "",
}
"""What a first turn tells in a world of home towns, pets and employers."""

REPLIES: dict[tuple[str, ...], str] = {
    ("Job/pet/town initials. Ida Z/G/Q, Omar B/R/L.", "Mine: Ida Z/G/L, Omar B/D/L."): "Ida Zuni gecko Lagos; Omar Brack donkey Lagos",
    ("Turin: poo Ida, gec Omar.", "My Ida: tur poo zun."): "Ida Turin poodle Zuni",
    ("Turin: poodle Ida; gecko Omar.", "I know Ida (poo), Omar (fer)."): "Ida poodle; Omar ferret",
    ("Turin: Ida, Omar, Noor.", "Ida, Omar and Noor fit. Pets: poodle, gecko, parrot."): "Ida poodle; Omar gecko; Noor parrot",
    ("Turin: Ida, Omar, Noor.", "I have Ida and Omar, but mine are from Lagos."): "Ida Lagos; Omar Lagos",
    ("Turin: Ida, Omar, Noor.", "My Ida and my Omar both have ferrets."): "Ida ferret; Omar ferret",
}
"""The last turn of two."""

RULED_OUT: dict[tuple[str, ...], str] = {
    ("Zuni: Ida; Brack: Omar; Orrin: Noor.", "No match: my Ida is at Orrin. I know none of the others."): "Ida Zuni; Omar; Noor",
    ("Zuni: Noor.", "Ida Turin, Omar Lagos.", "My Ida is from Porto, Omar from Quito. So neither matches."): "Ida Turin; Omar Lagos",
    ("Zuni: Ida; Brack: Omar; Orrin: Noor.", "Nobody but Omar fits: poodle."): "Ida Zuni; Noor Orrin",
    ("Zuni: Ida; Brack: Omar; Orrin: Noor.", "No name of mine has the same employer."): "Ida Zuni; Omar Brack; Noor Orrin",
    ("Zuni: Ida; Brack: Omar; Orrin: Noor.", "My Ida (Brack) and Omar (Zuni) are different people."): "Ida Zuni; Omar Brack",
    ("Zuni: Ida; Brack: Omar; Orrin: Noor.", "Yes to Ida, no to Omar."): "Omar Brack",
    ("Zuni: Ida; Brack: Omar; Orrin: Noor.", "I know Omar (Brack, poodle). Rest unknown."): "Ida; Noor",
    ("Zuni: Ida; Brack: Omar; Orrin: Noor.", "I don't have any of the Zuni or Orrin ones."): "Ida; Noor",
    ("Zuni: Ida; Brack: Omar; Orrin: Noor.", "Ida+, Omar-, rest unknown."): "Omar Brack; Noor",
    ("Zuni: Ida; Brack: Omar; Orrin: Noor.", "Ida, Omar: not on my list."): "Ida; Omar",
    ("Zuni: Ida; Brack: Omar; Orrin: Noor.", "Only Ida is possible: poodle. Everyone else differs."): "Omar Brack; Noor Orrin",
    ("Zuni: Ida; Brack: Omar; Orrin: Noor.", "At Zuni: Ida. At Orrin: none."): "",
}
"""Whom the last turn rules out, as whom."""


def claims(*talk: str, attributes: tuple[str, ...] = TOWNS) -> list[tuple[str, tuple[str, ...], object]]:
    view = View(("A", "B"), ("Sam", "Ben"), (), (), (Fact(("attributes",), attributes, ""),))
    turns = [Turn("AB"[place % 2], text) for place, text in enumerate(talk)]
    found = MutualFriend.at(3).claims(turns, view)
    return [(claim.kind, claim.slot, claim.value) for claim in found if claim.turn == len(talk) - 1 and claim.slot[0] == "friend"]


def told(*talk: str) -> dict[str, set[str]]:
    friends: dict[str, set[str]] = {}
    for kind, slot, value in claims(*talk):
        if kind == "affirm":
            friends.setdefault(slot[1], set()).update([str(value)] if value else [])
    return friends


def meant(text: str) -> dict[str, set[str]]:
    return {name: set(values) for name, *values in map(str.split, filter(None, text.split("; ")))}


@pytest.mark.parametrize("text", WRITTEN)
def test_a_list_in_few_words_is_read_friend_by_friend(text: str) -> None:
    assert told(text) == meant(WRITTEN[text])


@pytest.mark.parametrize("talk", REPLIES, ids=" / ".join)
def test_a_reply_in_the_words_of_such_a_list_is_read_as_well(talk: tuple[str, ...]) -> None:
    assert told(*talk) == meant(REPLIES[talk])


@pytest.mark.parametrize("talk", RULED_OUT, ids=" / ".join)
def test_a_verdict_on_such_a_list_rules_out_whom_it_says(talk: tuple[str, ...]) -> None:
    out = {slot[1]: {pair[1] for pair in value or ()} for kind, slot, value in claims(*talk) if kind == "exclude"}  # type: ignore[attr-defined]

    assert out == meant(RULED_OUT[talk])


def test_initials_stand_for_the_attributes_of_the_world() -> None:
    read = claims("Welsh: Ida-C-F, Omar-R-T; Tamil: Noor-Y-H.", attributes=HOBBIES)

    assert {(slot[1], value) for _, slot, value in read if value} >= {
        ("Ida", "chess"),
        ("Ida", "flute"),
        ("Noor", "yoga"),
        ("Noor", "harp"),
    }
