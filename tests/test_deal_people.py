"""What people did in CaSiNo and in Deal or No Deal, from files of the published form: scored as published, and nothing of who they were."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from benchmark import api
from benchmark.display.table import render
from benchmark.vocabulary import WorldsError
from tasks.deal import casino, dond, load_worlds, recognises

ONE, TWO = "mturk_agent_1", "mturk_agent_2"
FOOD_FIRST = {"High": "Food", "Medium": "Water", "Low": "Firewood"}
WOOD_FIRST = {"High": "Firewood", "Medium": "Water", "Low": "Food"}
PRIVATE = {
    "value2reason": {"High": "because of my diabetes", "Medium": "", "Low": ""},
    "outcomes": {"points_scored": 19, "satisfaction": "Extremely satisfied", "opponent_likeness": "Extremely dislike"},
    "demographics": {"age": 43, "gender": "female", "ethnicity": "white american", "education": "master's degree"},
    "personality": {"svo": "prosocial", "big-five": {"extraversion": 5.25}},
}


def said(agent: str, text: str, **data: Any) -> dict[str, Any]:
    return {"id": agent, "text": text, "task_data": data}


def deal(agent: str, food: int, water: int, wood: int) -> dict[str, Any]:
    mine = {"Food": str(food), "Water": str(water), "Firewood": str(wood)}
    theirs = {issue: str(3 - int(n)) for issue, n in mine.items()}
    return said(agent, "Submit-Deal", issue2youget=mine, issue2theyget=theirs)


ACCEPT, REJECT, LEAVE = (said(TWO, f"{what}", data="x") for what in ("Accept-Deal", "Reject-Deal", "Walk-Away"))


def negotiation(*log: dict[str, Any], first: dict[str, str] = FOOD_FIRST, second: dict[str, str] = WOOD_FIRST) -> dict[str, Any]:
    people = {ONE: {"value2issue": first, **PRIVATE}, TWO: {"value2issue": second, **PRIVATE}}
    return {"dialogue_id": 98765, "chat_logs": [said(ONE, "We camp at Lake Wobegon."), *log], "participant_info": people, "annotations": []}


CAMPS = [
    negotiation(deal(ONE, 3, 2, 0), ACCEPT),
    negotiation(deal(TWO, 3, 3, 3), deal(ONE, 0, 1, 3), ACCEPT),
    negotiation(deal(ONE, 3, 3, 0), REJECT, LEAVE),
    negotiation(deal(ONE, 3, 3, 0)),
]
"""23 and 19 of 42; 13 and 17 the worst way about; walked away; broken off."""

AGREED = "item0=1 item1=0 item2=1 item0=0 item1=3 item2=0"


TALK = "YOU: books ? <eos> THEM: ok deal <eos> YOU: <selection>"


def line(output: str = AGREED, talk: str = TALK, mine: str = "1 6 3 0 1 4", partner: str = "1 1 3 3 1 0") -> str:
    sides = f"<input> {mine} </input> <dialogue> {talk} </dialogue>", f"<partner_input> {partner} </partner_input>"
    return f"{sides[0]} <output> {output} </output> {sides[1]}"


def tag(name: str) -> str:
    return line(" ".join([f"<{name}>"] * 6))


def imported(tmp_path: Path, corpus: str, text: str) -> tuple[Path, list[dict[str, Any]]]:
    source, out = tmp_path / "corpus.txt", tmp_path / "people"
    source.write_text(text)
    api.import_corpus(corpus, source, out)
    return out, [json.loads(one) for one in (out / "episodes.jsonl").read_text().splitlines()]


def test_camps_are_scored_as_published(tmp_path: Path) -> None:
    out, records = imported(tmp_path, "casino", json.dumps(CAMPS))
    document = api.report(out)
    parts = document["tasks"]["deal:preset=casino"]["private"]["parts"]

    assert [record["score"]["value"]["raw"] for record in records] == [42, 30, 10]
    assert [record["score"]["native"] for record in records] == pytest.approx([1, 30 / 42, 10 / 42])
    assert {record["score"]["value"]["best"] for record in records} == {42}
    assert (parts["points"]["mean"], parts["points"]["n"]) == (pytest.approx(82 / 6), 3)
    assert (parts["agreement"]["count"], parts["declined"]["count"], parts["pareto"]["count"], parts["pareto"]["n"]) == (2, 1, 1, 2)
    assert document["outcomes"] == {"decided": 3, "error": 1}
    assert list(api.verify(out)) == []


def test_lines_are_scored_as_published(tmp_path: Path) -> None:
    mirrored = line("item0=0 item1=3 item2=0 item0=1 item1=0 item2=1", "THEM: a <eos> YOU: b", "1 1 3 3 1 0", "1 6 3 0 1 4")
    lines = [line(), mirrored, tag("disagree"), tag("no_agreement"), tag("disconnect")]
    out, records = imported(tmp_path, "deal-or-no-deal", "\n".join(lines) + "\n")
    document = api.report(out)
    parts = document["tasks"]["deal:preset=dond"]["private"]["parts"]

    assert [record["score"]["value"]["raw"] for record in records] == [19, 19, 0, 0]
    assert records[0]["score"]["parts"]["agreed_points_A"] == records[1]["score"]["parts"]["agreed_points_B"] == 10
    assert [parts[name]["count"] for name in ("agreement", "mismatch", "declined", "pareto")] == [2, 1, 1, 2]
    assert parts["agreed_points"] == {"mean": 9.5, "low": 9.5, "high": 9.5, "n": 2, "count": None}
    assert (document["plan"], document["outcomes"]) == (5, {"decided": 4, "error": 1})
    assert list(api.verify(out)) == []
    assert "agreed_joint 19.0000 of 19.0000 = 1.0000 (n 2)" in " ".join(render(document).split())


def test_splits_that_do_not_add_up_are_no_deal() -> None:
    _, (dialogue,) = dond.read_dialogues(line("item0=1 item1=3 item2=1 item0=0 item1=3 item2=0"))

    assert dialogue.answers is not None
    assert dialogue.answers["A"] != dialogue.answers["B"]


def test_turns_are_what_was_said_and_selections_are_none() -> None:
    _, (dialogue,) = dond.read_dialogues(line())

    assert [(turn.seat, turn.text) for turn in dialogue.turns] == [("A", "books ?"), ("B", "ok deal")]


@pytest.mark.parametrize(("corpus", "text"), [("casino", json.dumps(CAMPS)), ("deal-or-no-deal", line())])
def test_nothing_of_who_they_were_or_what_they_said_is_kept(tmp_path: Path, corpus: str, text: str) -> None:
    out, _ = imported(tmp_path, corpus, text)
    kept = "".join(path.read_text() for path in out.iterdir() if path.suffix in (".json", ".jsonl"))
    secrets = ("mturk", "diabetes", "Wobegon", "female", "ethnicity", "prosocial", "5.25", "98765", "satisf", "dislike", "books ?")

    assert not [secret for secret in secrets if secret in kept]


def test_files_are_recognised_and_load_as_worlds() -> None:
    for text, label in ((json.dumps(CAMPS), "deal:preset=casino"), (line() + "\n" + tag("disagree"), "deal:preset=dond")):
        task, worlds = load_worlds(text)
        assert recognises(text)
        assert task.label == label
        assert len({world.seed for world in worlds}) == 1
        assert all(world.target[-1] for world in worlds)
    assert not recognises("[]")
    assert not recognises("<input> 1 2")
    assert not casino.recognises(line())
    assert not dond.recognises(json.dumps(CAMPS))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (line("item0=9 item1=0 item2=1 item0=0 item1=3 item2=0"), 'line 1, field "output"'),
        (line("<maybe>"), 'line 1, field "output"'),
        (line() + "\n\n" + line(partner="1 1 3 3 2 0"), 'line 3, field "partner_input"'),
        (line(partner="1 1 3 3 1 9"), 'line 1, field "partner_input"'),
        (line(talk="HIM: hello"), 'line 1, field "dialogue"'),
        ("<input> 1 </input>", "line 1: found"),
        ("", "no dialogue"),
    ],
)
def test_broken_lines_are_named(text: str, said: str) -> None:
    with pytest.raises(WorldsError, match=said):
        dond.read_dialogues(text)


@pytest.mark.parametrize(
    ("entries", "said"),
    [
        ([CAMPS[0], {**CAMPS[0], "participant_info": {}}], 'dialogue 2, field "participant_info"'),
        ([negotiation(first={"High": "Food"})], 'field "participant_info.value2issue"'),
        ([{**CAMPS[0], "chat_logs": [{"id": "worker", "text": "x"}]}], 'field "chat_logs"'),
        ([negotiation(said(ONE, "Submit-Deal", issue2youget={}), ACCEPT)], 'field "task_data.issue2youget"'),
        ([[]], "dialogue 1"),
        ([], "no dialogue"),
    ],
)
def test_broken_dialogues_are_named(entries: list[Any], said: str) -> None:
    with pytest.raises(WorldsError, match=said):
        casino.read_dialogues(json.dumps(entries))
