"""The preregistered contrasts: what they are, and what is said of arms whose effects are planted."""

from __future__ import annotations

import json
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

import tasks
from benchmark import api, views
from benchmark.bonds.preregistration import PRIMARY, preregistered
from benchmark.bonds.verdicts import acts_of, content_words, find, rendered, talks_of, verdicts
from benchmark.cli import main
from benchmark.factors import Factors
from benchmark.running.sitting import Outcome
from benchmark.streams import stream

PLAN = preregistered()
WORDS = [f"{a}{b}{c}" for a in "bdgkp" for b in "aeiou" for c in "lmnrst"]
MODEL = "test:model"


def test_each_contrast_changes_one_thing() -> None:
    """One option of the task, or one factor; and every contrast has a name of its own."""
    for contrast in PLAN.contrasts:
        first, second = contrast.first, contrast.second
        options = [dict(part.split("=") for part in arm.task.partition(":")[2].split(",") if part) for arm in (first, second)]
        changed = [key for key in {*options[0], *options[1]} if options[0].get(key) != options[1].get(key)]
        changed += [one.name for one in fields(Factors) if getattr(first.factors, one.name) != getattr(second.factors, one.name)]
        assert len(changed) == 1, contrast.name
        assert first.task.partition(":")[0] == second.task.partition(":")[0]
    assert len({contrast.name for contrast in PLAN.contrasts}) == len(PLAN.contrasts)
    assert [one.name for one in PLAN.contrasts if one.family == PRIMARY] == ["stakes", "asymmetry", "repetition", "infrastructure"]


def test_every_arm_can_be_played_and_both_arms_have_the_same_worlds() -> None:
    for contrast in PLAN.contrasts:
        if contrast.first.task.partition(":")[0] not in tasks.TASKS:
            continue
        wishes = [
            api.Wish(model="reference:honest", tasks=(arm.task,), conditions=(views.HEADLINE,), n=2)
            for arm in (contrast.first, contrast.second)
        ]
        plans = [
            api.make_plan(replace(wish, **{one.name: getattr(arm.factors, one.name) for one in fields(Factors)}))
            for wish, arm in zip(wishes, (contrast.first, contrast.second), strict=True)
        ]
        seeds = [[(one.world().seed, one.world().names) for one in plan.episodes()] for plan in plans]
        assert seeds[0] == seeds[1], contrast.name


def records(name: str, p: float, shared: int, worlds: int = 40) -> list[dict[str, Any]]:
    """Arms with a chance ``p`` to cooperate, and with so many of ten words taken up from the partner."""
    made = []
    for world in range(worlds):
        draws = stream(11, name, str(world))
        partner = draws.sample(WORDS, 10)
        own = partner[:shared] + draws.sample([word for word in WORDS if word not in partner], 10 - shared)
        curve = [float(draws.chance(p)) for _ in range(10)]
        turns = [{"seat": "A", "text": " ".join(own), "to": None}, {"seat": "B", "text": " ".join(partner), "to": None}]
        made.append(
            {
                "level": 3,
                "seed": world,
                "outcome": "decided",
                "seats": {"A": MODEL, "B": "reference:scripted"},
                "audience": ["B"],
                "rounds": [{"turns": turns, "answers": {}}],
                "score": {"curves": {"cooperation/A": curve, "cooperation/B": [1.0] * 10}},
            }
        )
    return made


@pytest.mark.parametrize(
    ("p", "shared", "actions", "language", "only_actions"),
    [(0.8, 3, True, False, True), (0.3, 8, False, True, False), (0.3, 3, False, False, False), (0.9, 8, True, True, False)],
)
def test_what_was_planted_is_what_is_said(p: float, shared: int, actions: bool, language: bool, only_actions: bool) -> None:
    contrast = replace(PLAN.contrasts[0], actions=("cooperation",))
    found = find(contrast, records("first", 0.3, 3), records("second", p, shared), MODEL, PLAN.equivalence)
    [said] = verdicts([found], PLAN)

    assert (said["moved_actions"], said["moved_language"], said["actions_not_language"]) == (actions, language, only_actions)
    assert said["actions"]["n"] == said["language"]["n"] == 40
    assert said["actions"]["detectable"] == said["language"]["detectable"]


def test_only_what_the_tested_model_did_and_said_counts() -> None:
    [record] = records("first", 0.5, 3, worlds=1)

    assert {act.context for act in acts_of(record, MODEL, ("cooperation",))} == {"A"}
    assert len(acts_of(record, MODEL, ("cooperation",))) == 10
    assert acts_of(record, MODEL, ("cooperation", "unheard_of")) == []
    assert [talk.referents for talk in talks_of(record, MODEL)] == ["A"]
    assert content_words("The cat sat, and (ready) the CAT ran!") == {"cat", "sat", "ran"}


def test_p_values_are_corrected_within_a_family_alone() -> None:
    """Three contrasts of one family cost each of them; those of another do not."""
    base = [
        replace(PLAN.contrasts[0], actions=("cooperation",), name=name, family=family)
        for name, family in (("a", "x"), ("b", "x"), ("c", "y"))
    ]
    found = [find(one, records("first", 0.3, 3, 12), records("second", 0.55, 3, 12), MODEL, PLAN.equivalence) for one in base]
    said = {one["name"]: one["actions"] for one in verdicts(found, PLAN)}

    assert said["a"]["p_holm"] == pytest.approx(min(1.0, 2 * min(said["a"]["p"], said["b"]["p"])))
    assert said["c"]["p_holm"] == said["c"]["p"]


def test_one_command_plays_the_set_and_prints_one_page(tmp_path: Path) -> None:
    words = ("bonds", "--model", "reference:honest", "--n", "2", "--out", str(tmp_path / "bonds"), "--quiet")
    shown = CliRunner().invoke(main, words)
    again = CliRunner().invoke(main, [*words, "--json"])
    document = json.loads(again.stdout)

    assert (shown.exit_code, again.exit_code) == (0, 0), shown.output
    assert max(map(len, shown.stdout.splitlines())) <= 80
    assert shown.stdout.strip() == rendered(document)
    assert "Moved actions: none." in shown.stdout
    assert document["departs"] == ["2 worlds an arm in place of 40"]
    compared = (*document["contrasts"], *document["findings"], *document["skipped"])
    assert {one["name"] for one in compared} == {one.name for one in PLAN.compared}
    assert all(one["why"].startswith("there is no task") for one in document["skipped"])
    assert all(one["actions"] for one in document["contrasts"]), "a contrast whose curves no record has compares nothing"
    assert all(row["n"] == 2 for one in document["findings"] for row in one["differences"])
    assert "all alike" in shown.stdout
    for folder in (tmp_path / "bonds").iterdir():
        assert list(api.verify(folder)) == []


def test_a_set_that_is_stopped_begins_no_further_arm(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    began: list[Path] = []

    def stopped(wish: api.Wish, out: Path, settings: object) -> tuple[Path, Outcome]:
        began.append(out)
        return out, Outcome(2, 0, 1, 0, stopped=True, note="stopped on request")

    monkeypatch.setattr("benchmark.api.contrasts.run", stopped)
    _, document, missing = api.bonds(api.Wish(model="reference:honest", n=2), tmp_path / "bonds")

    assert len(began) == 1
    assert missing == document["missing"] > 20
    assert "still to be played" in " ".join(rendered(document).split())
    assert {one["why"] for one in document["skipped"]} == {"the run was stopped before it"}
