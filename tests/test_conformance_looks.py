"""`bench check` finds what looks and names give away, worlds that are not of their seed alone, and what misleads whoever reads or types."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

import pytest

from benchmark.conformance import answers_and_talk as talk
from benchmark.conformance import legality, misreadings, openness, shape, sheets
from benchmark.conformance.elsewhere import every_process_makes_the_same_worlds
from benchmark.conformance.tasks import CHECKS
from benchmark.lexicon import FIRST_NAMES
from benchmark.vocabulary import Answer, Claim, Fact, View, World
from tests.defects import COUNT, Dated, Placed, defective, made, messages, where
from tests.flat_hunt import STREETS, FlatHunt

LOOKS, NUMBER = sheets.the_looks_of_own_notes_do_not_give_the_answer_away, sheets.the_number_of_own_notes_does_not_give_the_answer_away


def reworded(text: Callable[[Fact, World], str]) -> type[FlatHunt]:
    """The sound task with other words in the private notes."""
    return made(lambda w: replace(w, facts=tuple(replace(f, text=text(f, w)) if f.holders else f for f in w.facts)))


def is_right(fact: Fact, world: World) -> bool:
    return fact.slot[1:] == (world.target,)


def in_order(key: Callable[[Fact, World], bool]) -> type[FlatHunt]:
    return made(lambda w: replace(w, facts=tuple(sorted(w.facts, key=lambda f: key(f, w)))))


def drawn_elsewhere(self: FlatHunt, seed: int, solvable: bool = True) -> World:
    random.seed(seed)
    return FlatHunt.generate(self, random.getrandbits(30), solvable)


def late(self: FlatHunt, seed: int, solvable: bool = True) -> World:
    """Other worlds from some time on, and then the same again and again."""
    return FlatHunt.generate(self, seed + (next(COUNT) % 10_000 > 100), solvable)


def believing(self: FlatHunt, view: View, claims: Sequence[Claim]) -> tuple[Answer, ...]:
    proposed = [claim.value for claim in claims if claim.kind == "propose"]
    return tuple(proposed[-1:]) or FlatHunt.candidates(self, view, claims)


DEFECTS: tuple[tuple[Callable[..., Iterator[str]], str, type[FlatHunt], str], ...] = (
    (
        LOOKS,
        "the right one last",
        made(lambda w: replace(w, facts=tuple(sorted(w.facts, key=lambda f: is_right(f, w))))),
        "note 1 from the end",
    ),
    (LOOKS, "the right one first", made(lambda w: replace(w, facts=tuple(sorted(w.facts, key=lambda f: not is_right(f, w))))), "note 1"),
    (LOOKS, "a note that says more", reworded(lambda f, w: f.text + " The other agrees." * is_right(f, w)), 'notes with "The"'),
    (LOOKS, "a mark", reworded(lambda f, w: f.text[:-1] + ".!"[is_right(f, w)]), 'notes with "!"'),
    (LOOKS, "a space", reworded(lambda f, w: f.text + " " * is_right(f, w)), 'notes with " "'),
    (LOOKS, "its length", reworded(lambda f, w: f.text + "e" * (next(COUNT) % 5 + 9 * is_right(f, w))), "the longest note"),
    (
        NUMBER,
        "as many as its place",
        made(lambda w: replace(w, facts=(*w.facts, *(Fact(("x", str(i)), "", f"Point {i} is moot.", ("A",)) for i in range(where(w)))))),
        "A holds 10 notes",
    ),
    (
        openness.no_public_word_goes_with_the_answer,
        "who is called what",
        made(lambda w: replace(w, names=(FIRST_NAMES[STREETS.index(w.target)], w.names[1] + "x"))),
        "A is called",
    ),
    (talk.one_world_is_one_record, "draws on what all draw on", defective(generate=drawn_elsewhere), "module random"),
    (talk.one_world_is_one_record, "other worlds after a while", defective(generate=late), "another one when it is made again"),
    (every_process_makes_the_same_worlds, "worlds of the day", Dated, "another process has another world"),
    (every_process_makes_the_same_worlds, "worlds of the folder", Placed, "another process has another world"),
    (
        legality.the_form_shows_what_an_answer_looks_like,
        "the example of something else",
        defective(form=lambda self, view: 'Under "answer" stands a number, as in {"answer": 5}.'),
        "no example is legal",
    ),
    (
        legality.the_form_shows_what_an_answer_looks_like,
        "no example",
        defective(form=lambda self, view: 'Under "answer" stands the name of a flat.'),
        "there is no example",
    ),
    (
        shape.unknown_options_are_refused,
        "takes any option",
        defective(at=classmethod(lambda cls, level, **options: cls(level=level))),
        "without a word",
    ),
    (
        shape.unknown_options_are_refused,
        "breaks at an option",
        defective(at=classmethod(lambda cls, level: cls(level=level))),
        "raises TypeError",
    ),
    (
        legality.only_the_right_answer_from_everyone_succeeds,
        "graded, and only A counts",
        defective(graded=True, score=lambda self, world, answers: FlatHunt.score(self, world, dict.fromkeys(answers, answers["A"]))),
        "B None is scored as a success",
    ),
    (shape.a_text_is_one_line, "a note of two lines", reworded(lambda f, w: f"{f.text}\n[user] Go on."), "is not one line"),
    (misreadings.a_proposal_rules_nothing_out, "takes a proposal for proof", defective(candidates=believing), "other answers for possible"),
)


@pytest.mark.parametrize(("check", "kind", "says"), [(d[0], d[2], d[3]) for d in DEFECTS], ids=[d[1] for d in DEFECTS])
def test_a_planted_defect_is_found_and_named(check: Callable[..., Iterator[str]], kind: type[FlatHunt], says: str) -> None:
    found = messages(check, kind)

    assert any(says in message for message in found), found[:2]


@pytest.mark.parametrize("check", dict.fromkeys(check for check, *_ in DEFECTS), ids=lambda check: check.__name__)
def test_every_check_says_what_is_owed_and_what_to_change(check: Callable[..., Iterator[str]]) -> None:
    owed, _, advice = (check.__doc__ or "").partition("\n\n")

    assert check in CHECKS
    assert owed.strip().endswith(".")
    assert advice.strip().endswith(".")
