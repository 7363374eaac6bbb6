"""`bench check` finds what is wrong with a task: each defect is planted in a sound one, and one check names it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from benchmark.answers import read_answer
from benchmark.conformance import answers_and_talk as talk
from benchmark.conformance import certificates as certified
from benchmark.conformance import legality, misreadings, openness, shape
from benchmark.conformance.elsewhere import every_process_makes_the_same_worlds
from benchmark.conformance.tasks import CHECKS, sample
from benchmark.vocabulary import Claim, Fact
from benchmark.worlds import Generated
from tests.defects import (
    COUNT,
    LAST,
    Hashed,
    all_forgiving,
    answer_schema,
    counted,
    defective,
    everything_said,
    first_if_quiet,
    made,
    messages,
    options,
    public,
    remembering,
    scored,
    swapped,
    target_first,
    told,
    unstamped,
    where,
)
from tests.flat_hunt import FITS, STREETS, FlatHunt

STRAY = "The town hall has a clock."

DEFECTS: tuple[tuple[Callable[..., Iterator[str]], str, type[FlatHunt], str], ...] = (
    (
        openness.what_everyone_reads_does_not_give_the_answer_away,
        "names the target",
        public(lambda w: f"{w.target} is nice."),
        "more often",
    ),
    (
        openness.what_everyone_reads_does_not_give_the_answer_away,
        "names all but the target",
        public(lambda w: f"Not bad: {', '.join(flat for flat in options(w) if flat != w.target)}."),
        "less often",
    ),
    (
        openness.no_public_word_goes_with_the_answer,
        "lists the right option first",
        defective(generate=target_first, place=lambda self, world: None),
        "number 1",
    ),
    (
        openness.no_public_word_goes_with_the_answer,
        "initial of the target",
        public(lambda w: f"It begins with {w.target[0]}."),
        "begins with",
    ),
    (openness.no_public_word_goes_with_the_answer, "silent public value", told(lambda w: Fact(("hint",), where(w), "")), "public value"),
    (openness.no_public_word_goes_with_the_answer, "wording by target", public(lambda w: STRAY if where(w) < 3 else "So be it."), STRAY),
    (
        openness.no_public_word_goes_with_the_answer,
        "lists the right option last",
        public(lambda w: f"Mind {', '.join(sorted(STREETS, key=lambda flat: flat == w.target))}."),
        "named last",
    ),
    (openness.no_public_word_goes_with_the_answer, "length by target", public(lambda w: "Well" + " " * where(w)), "of those named"),
    (
        openness.no_public_word_tells_worlds_without_a_solution,
        "brief tells the stratum",
        defective(
            no_solution=0.25,
            generate=lambda self, seed, solvable=True: replace(
                told(lambda w: Fact(("stratum",), solvable, "")).generate(self, seed),
                solvable=solvable,
            ),
        ),
        "have no solution",
    ),
    (
        talk.one_world_is_one_record,
        "brief of the world before",
        defective(generate=remembering, brief=lambda self, view: f"{view.names}: {LAST[-1].target}"),
        "another one when it is made again",
    ),
    (
        talk.what_others_hold_changes_no_request,
        "brief of what others hold",
        defective(generate=remembering, brief=lambda self, view: f"{view.names} {LAST[-1].target} {next(COUNT)}"),
        "depends on what others hold",
    ),
    (
        talk.twins_differ_only_in_the_notes,
        "brief of the first one's notes, which says nothing to the other",
        defective(brief=lambda self, view: f"{view.names} {[fact.value for fact in view.facts if fact.holders == ('A',)]}"),
        "says another thing to one who sees everything than to B",
    ),
    (
        talk.twins_differ_only_in_the_notes,
        "brief of own notes",
        defective(brief=lambda self, view: f"{view.names} {len(view.facts)}"),
        "says another thing",
    ),
    (certified.everything_together_fixes_the_answer, "two right options", made(swapped), "answers remain"),
    (
        certified.worlds_without_a_solution_come_as_often_as_stated,
        "always solvable",
        defective(no_solution=0.25),
        "should be unsolvable",
    ),
    (
        certified.worlds_without_a_solution_come_as_often_as_stated,
        "solvable called unsolvable",
        made(lambda w: replace(w, solvable=False)),
        "should be solvable",
    ),
    (
        certified.worlds_without_a_solution_come_as_often_as_stated,
        "unsolvable called solvable",
        made(lambda w: replace(w, target=None)),
        "its target is None",
    ),
    (
        certified.worlds_without_a_solution_come_as_often_as_stated,
        "declining succeeds",
        scored(lambda self, w, a, s: replace(s, success=s.success or set(a.values()) == {None})),
        "scored as a success",
    ),
    (
        certified.floors_and_bests_are_what_they_say,
        "floor depends on the answers",
        scored(lambda self, w, a, s: replace(s, floor=0.3 * s.raw)),
        "change with the answers",
    ),
    (certified.floors_and_bests_are_what_they_say, "raw above best", scored(lambda self, w, a, s: replace(s, raw=1.5)), "above the best"),
    (certified.floors_and_bests_are_what_they_say, "native", scored(lambda self, w, a, s: replace(s, native=0.6)), "native 0.6"),
    (certified.everything_together_fixes_the_answer, "best too high", scored(lambda self, w, a, s: replace(s, best=2.0)), "best says 2"),
    (certified.everything_together_fixes_the_answer, "value flipped", scored(lambda self, w, a, s: replace(s, raw=1 - s.raw)), "scores 0"),
    (
        certified.something_is_at_stake,
        "floor at the best",
        scored(lambda self, w, a, s: replace(s, floor=1.0)),
        "the floor is the best",
    ),
    (
        legality.floors_are_what_one_view_would_get,
        "floor out of the air",
        scored(lambda self, w, a, s: replace(s, floor=0.8)),
        "0.8 on average",
    ),
    (
        legality.only_the_right_answer_from_everyone_succeeds,
        "one right seat is enough",
        scored(lambda self, w, a, s: replace(s, success=w.target in a.values())),
        "scored as a success",
    ),
    (
        legality.only_the_right_answer_from_everyone_succeeds,
        "agreeing is enough",
        scored(lambda self, w, a, s: replace(s, success=len(set(a.values())) == 1 and None not in a.values())),
        "scored as a success",
    ),
    (
        legality.only_the_right_answer_from_everyone_succeeds,
        "no number",
        scored(lambda self, w, a, s: replace(s, raw=s.raw if s.success else float("nan"))),
        "nan",
    ),
    (certified.the_budget_holds_what_is_needed_and_not_everything, "budget for everything", defective(turns=60), "reciting is enough"),
    (certified.the_budget_holds_what_is_needed_and_not_everything, "budget for nothing", defective(turns=1), "leaves little"),
    (
        certified.needed_facts_suffice_and_each_is_needed,
        "needs too much",
        defective(needed=lambda self, world: tuple(fact for fact in world.facts if fact.slot[0] in FITS)),
        "without",
    ),
    (
        certified.needed_facts_suffice_and_each_is_needed,
        "needs too little",
        defective(needed=lambda self, world: FlatHunt.needed(self, world)[:1]),
        "leaves somebody in doubt",
    ),
    (
        shape.needed_facts_are_private_facts_of_the_world,
        "needs what is public",
        defective(needed=lambda self, world: world.facts[:1]),
        "public",
    ),
    (
        certified.where_the_answer_stands_says_nothing,
        "the target stands first",
        defective(generate=target_first),
        "places",
    ),
    (
        certified.no_single_view_knows,
        "one knows all",
        made(lambda w: replace(w, facts=tuple(replace(f, holders=("A", "B")) if f.slot[0] == "dogs" else f for f in w.facts))),
        "alone knows",
    ),
    (certified.guessing_is_right_half_the_time_at_most, "one bad flat only", defective(fitting=1), "best guess"),
    (shape.facts_have_holders_who_exist, "holder from nowhere", told(lambda w: Fact(("x",), 1, STRAY, ("C",))), "held by ('C',)"),
    (shape.facts_have_holders_who_exist, "unsorted holders", told(lambda w: Fact(("x",), 1, STRAY, ("B", "A"))), "no sorted tuple"),
    (shape.facts_have_holders_who_exist, "a note without words", told(lambda w: Fact(("x",), 1, "", ("A",))), "without a text"),
    (
        shape.what_is_private_stands_in_no_public_text,
        "a private sentence in public",
        public(lambda w: w.facts[3].text),
        "in the public text",
    ),
    (
        shape.what_is_private_stands_in_no_public_text,
        "strings that give nothing away",
        told(lambda w: Fact(("x",), 1, STRAY, ("A",), (options(w)[0],))),
        "in the public text",
    ),
    (
        shape.no_text_says_the_same_twice,
        "a sentence twice",
        public(lambda w: f"In the whole of {options(w)[0]} nobody has seen a cleaner staircase than this." * 2),
        "stands twice",
    ),
    (shape.the_order_of_speaking_is_public, "order by notes", defective(next_speaker=first_if_quiet), "depending on who looks"),
    (shape.the_order_of_speaking_is_public, "one never speaks", defective(next_speaker=lambda self, view, turns: "A"), "B cannot speak"),
    (shape.the_order_of_speaking_is_public, "to nobody there", defective(addressee=lambda self, text, view: "Z"), "is for Z"),
    (shape.the_task_says_what_it_is, "no version", defective(version=0), "version is 0"),
    (shape.the_task_says_what_it_is, "no name", defective(name="flat hunt"), "should be a word"),
    (shape.the_task_says_what_it_is, "seats that are not there", defective(seats=3), "the task says 3"),
    (
        legality.the_schema_takes_legal_answers_and_no_others,
        "no null",
        defective(schema=answer_schema({"enum": [*STREETS]})),
        "None does not fit",
    ),
    (legality.the_schema_takes_legal_answers_and_no_others, "anything goes", defective(schema=answer_schema({})), "is illegal"),
    (
        legality.the_schema_takes_legal_answers_and_no_others,
        "no key",
        defective(schema=lambda self, view: '{"type": "object"}'),
        "is no answer",
    ),
    (legality.parse_does_not_guess, "reads prose", defective(parse=all_forgiving), "is taken for an answer"),
    (talk.what_is_missing_or_ambiguous_is_illegal, "reads nothing as null", defective(parse=all_forgiving), "is taken for an answer"),
    (
        legality.drawn_answers_are_answers,
        "draws what is no option",
        defective(draw=lambda self, view, stream: "Nowhere"),
        "no legal answer",
    ),
    (
        legality.drawn_answers_are_answers,
        "draws without its stream",
        defective(draw=lambda self, view, stream: view.public("options")[0]),
        "whatever its stream",
    ),
    (
        talk.an_answer_survives_being_written_and_read,
        "reads lower case",
        defective(parse=lambda self, text, view: (read_answer(text) or "").lower() or None),
        "is read as",
    ),
    (misreadings.a_question_presents_nothing, "takes questions for claims", defective(claims=everything_said), "only asked"),
    (misreadings.hearsay_and_doubt_present_nothing, "credits hearsay", defective(claims=everything_said), "only passed on"),
    (misreadings.a_denial_does_not_affirm, "reads no as yes", defective(claims=everything_said), "only denied"),
    (misreadings.claims_are_stamped_and_look_at_the_whole_talk, "claims of turn 0", defective(claims=unstamped), "in turn 0"),
    (
        misreadings.what_a_player_would_say_fits_in_a_turn,
        "long-winded",
        defective(word=lambda self, claims, view: FlatHunt.word(self, claims, view) + " Really, I mean it." * 9),
        "a turn holds",
    ),
    (
        talk.what_a_player_would_say_is_read_as_it_was_meant,
        "words that are not read",
        defective(word=lambda self, claims, view: FlatHunt.word(self, claims, view).replace(" is ", " seems ")),
        "is read without",
    ),
    (talk.one_world_is_one_record, "counts its worlds", defective(generate=counted), "made again"),
    (every_process_makes_the_same_worlds, "orders by hash", Hashed, "another process has another world"),
    (
        talk.no_words_break_the_reader,
        "a reader that breaks",
        defective(claims=lambda self, turns, view: tuple(Claim("count", ("x",), 1 / turn.text.count(" ")) for turn in turns)),
        "raises",
    ),
)


@pytest.mark.parametrize(("check", "kind", "says"), [(d[0], d[2], d[3]) for d in DEFECTS], ids=[d[1] for d in DEFECTS])
def test_a_planted_defect_is_found_and_named(check: Callable[..., Iterator[str]], kind: type[FlatHunt], says: str) -> None:
    found = messages(check, kind)

    assert any(says in message for message in found), found[:2]


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_the_sound_task_has_nothing_to_find(check: Callable[..., Iterator[str]]) -> None:
    task = replace(FlatHunt.at(3), label="tests.flat_hunt:FlatHunt")

    assert [] == list(check(sample(Generated(task, 12))))


@pytest.mark.parametrize("check", [check for check, *_ in DEFECTS], ids=lambda check: check.__name__)
def test_every_check_says_what_is_owed_and_what_to_change(check: Callable[..., Iterator[str]]) -> None:
    owed, _, advice = (check.__doc__ or "").partition("\n\n")

    assert check in CHECKS
    assert owed.strip().endswith(".")
    assert advice.strip().endswith(".")
