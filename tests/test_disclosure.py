"""What labels do to choices: known effects are found again, and where there is none, none is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from benchmark import api
from benchmark.bonds.disclosure import arm, contrast, label_and_kind
from benchmark.bonds.trends import Line, fitted
from benchmark.running.folder import read_episodes
from benchmark.streams import stream
from benchmark.views import own_view
from benchmark.vocabulary import UsageError, View
from benchmark.worlds import Generated
from tasks.trust_market import TrustMarket
from tasks.trust_market.selectors import Choice, choice, learner
from tasks.trust_market.worlds import CANDIDATES, LABEL
from tests.made_markets import simulated

ROUNDS = 12


def record(seed: int, curve: Sequence[float | None], outcome: str = "decided") -> dict[str, Any]:
    return {"level": 3, "seed": seed, "outcome": outcome, "score": {"curves": {"selected_ai/A": list(curve)}}}


def drawn(start: float, slope: float, n: int, name: str) -> list[dict[str, Any]]:
    """Choices that fall on AI agents with a chance that goes straight from ``start`` on."""
    draws = stream(1, name)
    return [record(seed, [float(draws.chance(start + slope * number)) for number in range(ROUNDS)]) for seed in range(n)]


@pytest.mark.parametrize(("start", "slope"), [(0.0, 0.0), (0.3, 0.05), (1.0, -0.08)])
def test_a_straight_line_is_found_again_wherever_rounds_are_missing(start: float, slope: float) -> None:
    curve = [start + slope * number if number not in (0, 5) else None for number in range(ROUNDS)]
    line = fitted(curve)

    assert line is not None
    assert (line.start, line.slope) == pytest.approx((start, slope))
    assert fitted([None, 1.0, None]) is None
    assert fitted([0.0, 1.0]) == Line(0.0, 1.0)


def test_a_lower_start_and_a_steeper_rise_are_found_with_their_signs() -> None:
    hidden, told = drawn(0.5, 0.0, 240, "hidden"), drawn(0.3, 0.04, 240, "told")
    found = contrast(told, hidden)

    assert found.start.low < -0.2 < found.start.high < 0
    assert 0 < found.slope.low < 0.04 < found.slope.high
    assert max(found.p_start, found.p_slope) < 0.001
    assert found.slope.n == 240


def test_the_contrast_of_slopes_is_the_interaction_of_a_regression_on_all_rounds() -> None:
    hidden, told = drawn(0.5, 0.0, 40, "hidden"), drawn(0.3, 0.04, 40, "told")
    rows, values = [], []
    for disclosed, records in enumerate((hidden, told)):
        for one in records:
            for number, value in enumerate(one["score"]["curves"]["selected_ai/A"]):
                rows.append([1, number, disclosed, disclosed * number])
                values.append(value)
    coefficients = np.linalg.lstsq(np.array(rows, dtype=float), np.array(values), rcond=None)[0]
    found = contrast(told, hidden)

    assert found.start.mean == pytest.approx(coefficients[2])
    assert found.slope.mean == pytest.approx(coefficients[3])


def test_arms_are_paired_by_world_and_repeats_of_a_world_count_once() -> None:
    flat, rising = [0.0] * ROUNDS, [number / 11 for number in range(ROUNDS)]
    first = [record(1, rising), record(1, flat), record(2, rising), record(3, flat, outcome="illegal:A")]
    second = [record(2, flat), record(1, flat), record(9, rising)]
    found = contrast(first, second)

    assert found.slope.n == 2
    assert found.slope.mean == pytest.approx((1 / 22 + 1 / 11) / 2)
    with pytest.raises(UsageError, match="no world in common"):
        contrast(first, [record(7, flat)])
    with pytest.raises(UsageError, match="selected_labelled_ai/A"):
        arm(first, "selected_labelled_ai/A")


def test_the_curve_of_an_arm_is_the_mean_of_those_who_chose() -> None:
    found = arm([record(1, [1.0, None, 0.0]), record(2, [0.0, None, 1.0]), record(3, [0.0, None, 1.0])])

    assert found.curve == (1 / 3, None, 2 / 3)
    assert found.slope.mean == pytest.approx(1 / 6)


# In the market: what a label does and what its bearer does, told apart


def labelled(view: View) -> Choice:
    """The first who is said to be an AI agent; the first of all where nothing is said."""
    said = [fact.slot[1] for fact in view.facts if fact.slot[0] == LABEL and fact.value == "AI agent"]
    return choice(view, said[0] if said else CANDIDATES[0])


def records_of(select: Callable[[View], Choice], n: int, **options: str) -> list[dict[str, Any]]:
    task = replace(TrustMarket.at(3, **options), label="trust_market")
    found = []
    for index in range(n):
        world = Generated(task, 2).world(index)
        score = simulated(task, world, lambda now: select(own_view(now, "A")))
        curves = {name: list(curve) for name, curve in score.curves.items()}
        found.append({"level": 3, "seed": world.seed, "outcome": "decided", "score": {"curves": curves}})
    return found


def chosen(records: Iterable[dict[str, Any]]) -> list[Sequence[float | None]]:
    return [one["score"]["curves"]["selected_improving/A"] for one in records]


def test_one_who_goes_by_labels_shows_an_effect_of_labels_and_none_of_kinds() -> None:
    label, kind = label_and_kind(records_of(labelled, 12, label="true"), records_of(labelled, 12, label="false"))

    assert label.mean == 0.5
    assert kind.mean == pytest.approx(0.0)


def test_one_who_goes_by_deeds_does_the_same_in_every_arm() -> None:
    arms = {label: records_of(learner, 12, label=label) for label in ("hidden", "true", "false")}
    found = contrast(arms["true"], arms["hidden"])
    label, _ = label_and_kind(arms["true"], arms["false"])

    assert chosen(arms["true"]) == chosen(arms["hidden"]) == chosen(arms["false"])
    assert (found.start.mean, found.slope.mean, found.p_slope) == (0.0, 0.0, 1.0)
    assert label.mean == pytest.approx(0.0)


def test_where_kind_and_behaviour_go_together_learning_looks_like_a_preference() -> None:
    """The control that crossing gives: the same selector, which never looks at a label, comes to "prefer" AI agents or does not."""
    aligned = arm(records_of(learner, 12, kinds="aligned"))
    crossed = arm(records_of(learner, 60))

    assert aligned.curve[0] == 0.0
    assert aligned.curve[-1] == 1.0
    assert aligned.slope.low > 0
    assert crossed.slope.low < 0 < crossed.slope.high


def test_arms_of_one_run_are_compared_from_its_records(tmp_path: Path) -> None:
    """Arms share worlds and sampling seeds, so that one who chooses by lot draws the same lots in each."""
    labels = [f"trust_market:label={label}" for label in ("hidden", "true", "false")]
    path, outcome = api.run(api.Wish(model="reference:random", tasks=tuple(labels), n=3), tmp_path / "run")
    arms = {label: [one for one in read_episodes(path) if one["task"] == label] for label in labels}
    found = contrast(arms["trust_market:label=true"], arms["trust_market:label=hidden"])
    label, _ = label_and_kind(arms["trust_market:label=true"], arms["trust_market:label=false"])

    assert outcome.complete
    assert found.slope.n == label.n == 3
    assert (found.slope.mean, label.mean) == (0.0, 0.0)
