"""Worlds written by hand: the form, what a broken file is told, how they are dealt, played, scored and checked."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmark import api, prompts, views
from benchmark.answers import write_answer
from benchmark.cli import main
from benchmark.vocabulary import Illegal, UsageError, World, WorldsError
from benchmark.worlds import world_from_json, world_to_json
from tasks.written import Meant, Written, load_worlds, recognises
from tasks.written.talk import FACT, meaning

DOCUMENT = Path(__file__).resolve().parents[1] / "docs" / "worlds.md"
CAT = re.findall(r"```yaml\n(.*?)```", DOCUMENT.read_text("utf-8"), re.DOTALL)[0]

KEY: dict[str, Any] = {
    "people": ["Ana", "Ben"],
    "relation": "friends.",
    "setting": "A lock has a code.",
    "question": "What opens it?",
    "options": ["one", "two", "three"],
    "answer": "two",
    "notes": [{"text": "It is even.", "holders": ["Ana"]}, {"text": "It is small.", "holders": "Ben"}],
}


def key(**changes: Any) -> dict[str, Any]:
    """``KEY`` with ``changes``; None takes a field out."""
    return {name: value for name, value in (KEY | changes).items() if value is not None or name == "answer"}


def text(*worlds: dict[str, Any]) -> str:
    return json.dumps(list(worlds) if len(worlds) > 1 else worlds[0], indent=1)


def of_form(form: str, value: Any, answer: Any) -> tuple[Any, World]:
    task, (world,) = load_worlds(text(key(**{"options": None, "answer": answer, form: value})))
    return task, world


def bench(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(one) for one in arguments])


@pytest.fixture
def cat(tmp_path: Path) -> Path:
    path = tmp_path / "cat.yaml"
    path.write_text(CAT, "utf-8")
    return path


def test_the_example_of_the_document_plays_as_it_says(cat: Path, tmp_path: Path) -> None:
    found: dict[str, Any] = {}
    for player in ("none", "random", "honest", "dump"):
        done = bench("run", "--worlds", cat, "--model", f"reference:{player}", "--out", tmp_path / player, "--quiet", "--json")
        assert done.exit_code == 0, done.output
        ((label, cells),) = json.loads(done.stdout)["tasks"].items()
        talked, mute = cells["private"], cells["silent"]
        assert label == "written:meaning=yes,seats=3,turns=6,words=12"
        assert label in DOCUMENT.read_text("utf-8")
        found[player] = (talked["success"]["mean"], talked["grounding_success"]["mean"], mute["success"]["mean"])

    assert (found["none"], found["honest"]) == ((0, 0, 0), (1, 1, 0))
    assert (found["random"][1], found["dump"][1]) == (0, 0)
    cat.unlink()
    assert bench("verify", tmp_path / "honest").exit_code == 0


def test_the_example_of_the_document_passes_every_check(cat: Path) -> None:
    done = bench("check", cat, "--json")

    assert done.exit_code == 0
    assert {"passed"} == {one["verdict"] for one in json.loads(done.stdout)["findings"]}


def test_a_prompt_shows_the_scene_the_question_and_own_notes_alone(cat: Path) -> None:
    shown = bench("show", "written", "0", "--worlds", cat, "--condition", "private").stdout.split("── ")[1:]

    for part in shown:
        assert "are neighbours in a house of five floors. Ana is the caretaker of the house. Ben is a night nurse" in part
        assert "Behind which door is Biscuit?" in part
    assert ["painted shut since" in part for part in shown] == ["You write for Ana" in part for part in shown]
    assert "rules_out" not in "".join(shown)


def test_yaml_and_json_give_the_same_world() -> None:
    import yaml

    document = yaml.safe_load(CAT)
    for indent in (None, 2, "\t"):
        assert load_worlds(json.dumps(document, indent=indent)) == load_worlds(CAT)


def test_the_places_of_the_file_say_nothing() -> None:
    """Options, seats and facts stand anywhere, so that the first in the file is seldom the first in a prompt."""
    task, worlds = load_worlds(text(*(key(setting=f"Lock {number}.", answer="one") for number in range(300))))
    places = Counter(task.place(world) for world in worlds)
    first = Counter(world.names[0] for world in worlds)
    facts = Counter(next(fact.text for fact in world.facts if fact.holders) for world in worlds)

    assert sum((places[place, 3] - 100) ** 2 / 100 for place in range(3)) < 13.8
    assert 110 < first["Ana"] < 190
    assert 110 < facts["It is even."] < 190


def test_the_order_of_speaking_is_the_files_where_it_gives_one() -> None:
    task, (world,) = load_worlds(text(key(order=["Ben", "Ana"])))

    assert world.names == ("Ben", "Ana")
    assert [task.next_speaker(views.own_view(world, "A"), ()), world.facts[-2].holders != ()] == ["A", True]


def test_stored_worlds_and_labels_come_back_as_they_were() -> None:
    for content in (CAT, text(KEY), text(key(answer=None), key(answer="one"))):
        task, worlds = load_worlds(content)
        assert api.make_task(task.label, 3) == task
        for world in worlds:
            assert world_from_json(json.loads(json.dumps(world_to_json(world)))) == world


def test_nothing_in_a_view_names_what_others_hold() -> None:
    """What everyone's view holds of private facts, to read talk with, is sealed."""
    _, (world,) = load_worlds(CAT)
    for seat in world.seats:
        seen = repr(views.own_view(world, seat).facts)
        for fact in world.facts:
            if fact.holders and seat not in fact.holders:
                assert fact.text not in seen
                assert not any(repr(fact.value) in repr(one) for one in views.own_view(world, seat).facts if fact.value[0])
        assert "painted" not in repr(views.public_view(views.own_view(world, seat)))
    view = views.own_view(world, "A")
    meant = {
        fact.slot[1]: meaning(fact.value[0], fact.value[1], view.public("question")[2]) for fact in world.facts if fact.slot[0] == FACT
    }
    assert sum(meant[phrase[0]] == phrase[-1] for phrase in view.public("phrases")[1]) <= 1  # by chance, one in a thousand


@pytest.mark.parametrize(
    ("form", "value", "answer", "right", "wrong", "illegal"),
    [
        ("options", ["The Owl", "The Eel"], "the owl", ["The Owl", "the  OWL"], ["The Eel", None], ["Owl", 1, ["The Owl"]]),
        ("number", {"tolerance": 5, "unit": "minutes"}, 40, [35, 45.0, 40], [34.9, None, 46], ["40", True, [40], 1e13]),
        ("number", {}, -0.1, [-0.1], [0.1], ["", {}]),
        (
            "text",
            {"accepted": ["sea gull"]},
            "The Seagull!",
            ["seagull", "A sea-gull.", "SEAGULL"],
            ["gull", None],
            ["", "?!", "x" * 201, 3],
        ),
        ("ranking", ["a", "b", "c"], ["c", "a", "b"], [["C", "a", "b"]], [["a", "b", "c"], None], [["c", "a"], ["c", "a", "a"], "c"]),
        ("selection", ["a", "b", "c"], ["c", "a"], [["a", "c"], ["c", "a"]], [["a"], ["a", "b", "c"]], [[], ["a", "a"], ["z"], {}]),
    ],
)
def test_answers_are_read_strictly_and_scored(form: str, value: Any, answer: Any, right: Any, wrong: Any, illegal: Any) -> None:
    task, world = of_form(form, value, answer)
    view = views.own_view(world, "A")

    for answered in (*right, *wrong):
        parsed = task.parse(write_answer(answered), view)
        assert task.score(world, {"A": parsed, "B": parsed}).success is (answered in right), answered
    assert not task.score(world, {"A": task.parse(write_answer(right[0]), view)}).success
    for answered in illegal:
        with pytest.raises(Illegal):
            task.parse(write_answer(answered), view)
    assert json.loads(task.schema(view))["properties"]["answer"]


def test_spellings_of_the_right_answer_are_in_no_view() -> None:
    _, world = of_form("text", {"accepted": ["sea gull"]}, "seagull")

    assert "gull" not in repr(views.own_view(world, "A"))


def test_where_any_answer_of_a_file_is_null_every_prompt_says_it_may_be() -> None:
    task, (none, some) = load_worlds(text(key(answer=None), KEY))
    told = [prompts.scene(task, views.own_view(world, "A"), "") for world in (none, some)]

    assert ["At most one is right. It may be that no answer is right" in one for one in told] == [True, True]
    assert (none.solvable, some.solvable) == (False, True)
    assert [task.score(world, {"A": None, "B": None}).success for world in (none, some)] == [True, False]
    assert (type(task), task.semantic, task.label) == (Written, False, "written:declining=yes,seats=2,turns=6,words=60")


def test_worlds_without_meaning_play_under_every_condition(tmp_path: Path) -> None:
    forms = [("number", {}, 3), ("text", {}, "x y"), ("ranking", ["a", "b"], ["b", "a"]), ("selection", ["a", "b"], ["b"])]
    path = tmp_path / "mixed.json"
    path.write_text(text(KEY, *(key(options=None, answer=answer, **{form: value}) for form, value, answer in forms)))
    for player in ("honest", "random", "leaky"):
        done = bench("run", "--worlds", path, "--model", f"reference:{player}", "--out", tmp_path / player, "--quiet", "--json")
        assert done.exit_code == 0, done.output
        ((_, cells),) = json.loads(done.stdout)["tasks"].items()
        assert {(cell["n"], cell["grounding_success"]) for cell in cells.values()} == {(5, None)}
    assert bench("check", path).exit_code == 0


def broken(old: str, new: str) -> str:
    assert old in CAT
    return str(CAT.replace(old, new, 1))


BROKEN = [
    ("", "the file is empty"),
    ("{", "line 1, column 2: neither YAML nor JSON"),
    ("[" * 100_000, "line 1: found more than 8 levels"),
    ("- " * 5000 + "x", "line 1: found more than 8 levels"),
    ("a: &a [x, x]\nb: &b [*a, *a]\n", "line 2: found *a"),
    ("!!python/object/apply:os.system [x]", "the tag tag:yaml.org,2002:python/object/apply:os.system"),
    ("people: \x00", "line 1: found the character U+0000"),
    ("people: [a]\npeople: [b]", 'line 2: found the field "people" a second time (first on line 1)'),
    ("? [a]\n: b", "line 1: found a key that is no text"),
    (CAT + "---\n" + CAT, "a second document"),
    ("x" * 1_000_001, "more than 1000000 characters"),
    (broken("turns: 6", "\tturns: 6"), "line 12, column 1: neither YAML nor JSON (found a tab"),
    (broken("turns: 6", "<<: {turns: 6}"), "line 12: found the merge key <<"),
    (broken("turns: 6", "turn: 6"), 'line 12, turn: found the field "turn"; expected a field of world; did you mean turns?'),
    (broken("turns: 6", "turns: .nan"), 'line 12, turns: found ".nan"; expected a number'),
    (broken("turns: 6", "turns: NaN"), 'line 12, turns: found "NaN"'),
    (broken("turns: 6", "turns: 2"), 'line 12, turns: found "2"; expected a number from 3 to 64'),
    (broken("turns: 6", "turns: 6.5"), "expected a whole number from 3 to 64"),
    (broken("turns: 6", 'turns: "6"'), "expected a number in digits"),
    (broken("- Cleo", "- name: 12"), 'line 4, people[2].name: found "12"; expected a name that begins with a letter'),
    (broken("- Cleo", "- ANA"), 'line 4, people[2]: found "ANA"; expected a name that cannot be taken for "Ana"'),
    (broken("- Cleo", "- Ana Maria"), 'a name that cannot be taken for "Ana"'),
    (broken("  - Cleo", "  - {name: Cleo, role: x}"), 'line 4, people[2].role: found the field "role"'),
    (broken("answer: the laundry", "answer: the moon"), 'line 11, answer: found "the moon"; expected one of the options'),
    (broken("answer: the laundry", "answer: null"), "line 1, answer"),
    (broken("question: ", "number: {}\nquestion: "), "line 1: found options and number; expected exactly one of"),
    (broken("the bicycle cellar, the laundry", "the attic, The Attic"), "line 10, options[2]"),
    (broken("    holders: Ana\n", ""), "line 18, notes[0].holders: found nothing; expected every note to have it"),
    (broken("    holders: Ana\n", "    holders: []\n"), "line 19, notes[0].holders: found a list of 0"),
    (
        broken("    holders: Ana\n", "    holders: Anna\n"),
        'line 19, notes[0].holders: found "Anna"; expected one of the people: Ana, Ben, Cleo',
    ),
    (broken("rules_out: the attic", "rules_out: [the attic, the attick]"), 'line 20, notes[0].rules_out[1]: found "the attick"'),
    (broken("strings: [painted]", "strings: [unpainted]"), 'notes[0].strings: found "unpainted"; expected words of the fact\'s own text'),
    (broken("Nobody gets into the attic.", "It is not."), "words that carry meaning"),
    (broken("question: ", "question: The attic hatch has been painted shut since Monday! "), "which everyone can read"),
    (broken("Biscuit was on the stairs", "The bicycle cellar has been flooded since Tuesday. Biscuit was on"), None),
    (broken("A window in the laundry", "The bicycle cellar has been flooded since Tuesday. A window"), "line 31, notes[4]: found"),
    (text(KEY, KEY), "line 29, world 1: found world 0 again"),
    (text(KEY, key(turns=9)), "world 1, turns: found 9; expected 6, as in world 0"),
    (text(KEY, key(people=["Ana", "Ben", "Cy"])), "world 1, people: found 3; expected 2"),
    (text(key(notes=[{"text": "a\ud800", "holders": "Ana"}])), "notes[0].text: found the control character U+D800"),
    (text(key(setting="x" * 4001)), "line 7, setting: found 4001 characters; expected at most 4000"),
    (text(key(setting=None)), "line 1, setting: found nothing; expected every world to have it"),
]


@pytest.mark.parametrize(("content", "told"), BROKEN, ids=[(told or "sound")[:60] for _, told in BROKEN])
def test_a_broken_file_is_told_line_field_and_what_is_expected(content: str, told: str | None) -> None:
    if told is None:
        load_worlds(content)  # who holds both may read the one in the other
        return
    with pytest.raises(WorldsError) as caught:
        load_worlds(content)
    assert told in str(caught.value)
    assert len(str(caught.value)) < 600


def test_text_is_what_it_looks_like() -> None:
    """What other readers of YAML take for truth values, times and dates."""
    _, (world,) = load_worlds(
        text(KEY).replace('"one", "two", "three"', "").replace('"one"', "no").replace('"two"', "12:30").replace('"three"', "2026-05-01")
    )

    assert sorted(views.own_view(world, "A").public("question")[2]) == ["12:30", "2026-05-01", "no"]
    _, (face,) = load_worlds(text(key(setting="A face: \U0001f600")))
    assert views.own_view(face, "A").public("setting") == "A face: \U0001f600"


@given(st.recursive(st.none() | st.booleans() | st.floats() | st.text(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)))
@settings(max_examples=60, deadline=None)
def test_any_other_document_is_a_sound_world_or_refused(document: Any) -> None:
    for content in (json.dumps(document), *(json.dumps(KEY | {field: document}) for field in KEY)):
        try:
            task, worlds = load_worlds(content)
        except WorldsError:
            continue
        for world in worlds:
            assert prompts.scene(task, views.own_view(world, "A"), "")


@given(st.text(alphabet="ab:-[]{}&*!?|>'\"#%@,\t\n \\0~<", max_size=60))
@settings(max_examples=200, deadline=None)
def test_no_text_breaks_the_reader(content: str) -> None:
    with pytest.raises(WorldsError):
        load_worlds(content)


def test_the_document_names_every_field() -> None:
    from tasks.written import form

    for name in (*form._WORLD, *form._MEANING, "name", "about", "text", "holders", "strings", "said_as", "unit", "tolerance", "accepted"):
        assert re.search(rf"`[^`\n]*\b{name}\b[^`\n]*`", DOCUMENT.read_text("utf-8")), name


def test_its_files_are_recognised_sound_or_broken_and_no_other_is() -> None:
    assert recognises(CAT)
    assert recognises(text(KEY)[:-3])
    assert recognises(broken("people:", "poeple:"))
    assert not recognises('[{"table": [], "mask1": []}]')
    assert not recognises("")


def test_a_file_without_end_is_refused(tmp_path: Path) -> None:
    done = bench("run", "--model", "reference:none", "--worlds", "/dev/zero", "--out", tmp_path / "run")

    assert done.exit_code == 1
    assert "/dev/zero has more than 64 MiB" in done.output


def test_without_a_file_there_are_no_worlds() -> None:
    assert type(Written.at(3, meaning="yes")) is Meant
    with pytest.raises(UsageError, match="--worlds FILE"):
        Written.at(3).generate(1)
    for options in ({"seats": "9"}, {"turns": "x"}, {"meaning": "perhaps"}, {"colour": "red"}):
        with pytest.raises(UsageError):
            Written.at(3, **options)
