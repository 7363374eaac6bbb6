"""How `bench check` goes: over levels, with players, when a task breaks or never ends, and what it prints."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from benchmark import api, views
from benchmark.cli import main
from benchmark.conformance import bands, levels, patience
from benchmark.conformance.bands import Rates
from benchmark.conformance.findings import Finding
from benchmark.conformance.tasks import check_levels, sample
from benchmark.task import Task
from benchmark.vocabulary import Score, UsageError, World
from benchmark.worlds import Generated
from models.reference import PLAYERS
from tests.defects import defective, options
from tests.flat_hunt import FlatHunt
from tests.toy_task import Toy


def of_any_size(self: Any, seed: int, solvable: bool = True) -> World:
    world = FlatHunt.generate(self, seed, solvable)
    more = tuple(f"Lane {number}" for number in range(3 * self.level))
    return replace(world, facts=(replace(world.facts[0], value=(*options(world), *more)), *world.facts[1:]))


def unending(self: Any, seed: int, solvable: bool = True) -> World:
    while True:
        try:
            seed += 1
        except Exception:  # noqa: BLE001, S112 - what a stranger may write
            continue


def broken(self: Any, *given: Any) -> Any:
    raise ValueError("the cat sat on it")


class Unending(FlatHunt):
    generate = unending


class Stuck(FlatHunt):
    """Its worlds can be made, and its score never comes."""

    score = unending  # type: ignore[assignment]


class Broken(FlatHunt):
    score = broken  # type: ignore[assignment]


class Unborn(FlatHunt):
    generate = broken  # type: ignore[assignment]

    @classmethod
    def at(cls, level: int, **options: str) -> Unborn:
        print("I am made")
        return super().at(level, **options)


class Nowhere(FlatHunt):
    at = broken  # type: ignore[assignment]


class Leaving(FlatHunt):
    def generate(self, seed: int, solvable: bool = True) -> World:
        raise SystemExit(0)


LEVEL_DEFECTS: tuple[tuple[Callable[..., Iterator[str]], Callable[[int], Task], str], ...] = (
    (levels.at_makes_the_level_it_was_asked_for, lambda level: FlatHunt.at(3), "at(1) gives a task of level 3"),
    (levels.each_level_differs_from_the_one_before, lambda level: replace(FlatHunt.at(3), level=level), "levels 1 and 2 play the same"),
    (levels.levels_keep_the_pooled_problem_the_same_size, defective(generate=of_any_size).at, "12, 15, 18, 21, 24 possible answers"),
    (levels.levels_keep_the_pooled_problem_the_same_size, lambda level: Toy.at(level, seats=str(level + 1)), "2, 3, 4, 5, 6 seats"),
)


@pytest.mark.parametrize(("check", "make", "says"), LEVEL_DEFECTS, ids=[says for _, _, says in LEVEL_DEFECTS])
def test_what_is_wrong_with_levels_is_found(check: Callable[..., Iterator[str]], make: Callable[[int], Task], says: str) -> None:
    assert any(says in message for message in check(make)), list(check(make))


def test_sound_levels_pass() -> None:
    assert {"passed"} == {finding.verdict for finding in check_levels(FlatHunt.at)}


def checked(kind: type[Task], *at: int) -> list[tuple[str, Finding]]:
    return list(api.check(f"{__name__}:{kind.__name__}", at or (3,)))


@pytest.mark.parametrize("kind", [Unending, Stuck])
def test_a_task_that_never_returns_is_a_finding_and_ends_the_check(monkeypatch: pytest.MonkeyPatch, kind: type[Task]) -> None:
    monkeypatch.setattr(patience, "CPU_SECONDS", 0.5)

    found = checked(kind, 1, 3)

    assert "failed" == found[-1][1].verdict
    assert "did not come to an end (test_conformance_runs.py" in found[-1][1].seen
    assert "in unending" in found[-1][1].seen
    assert {where for where, _ in found} <= {"levels", "level 1"}


def test_an_alarm_that_was_set_before_is_set_again() -> None:
    import signal

    before = signal.getsignal(signal.SIGALRM)
    with patience.limited():
        assert signal.getsignal(signal.SIGALRM) != before

    assert before == signal.getsignal(signal.SIGALRM)
    assert (0.0, 0.0) == signal.getitimer(signal.ITIMER_REAL)


def test_what_waits_instead_of_working_is_stopped_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patience, "SECONDS", 0.1)

    with pytest.raises(patience.OutOfTime), patience.limited():
        time.sleep(60)


def test_a_task_that_breaks_is_a_finding_that_says_where() -> None:
    failed = [finding for _, finding in checked(Broken) if finding.verdict == "failed"]

    assert failed
    assert "ValueError: the cat sat on it (test_conformance_runs.py, line" in failed[0].seen
    assert failed[0].seen.endswith("in broken)")


def test_a_task_without_worlds_is_a_finding_and_no_more_is_tried() -> None:
    at_level = [finding for where, finding in checked(Unborn) if where == "level 3"]

    assert ["failed"] == [finding.verdict for finding in at_level]
    assert "the cat sat on it" in at_level[0].seen


def test_a_task_that_cannot_be_made_is_a_finding() -> None:
    found = checked(Nowhere, 1, 2)

    assert {"levels"} == {where for where, _ in found}
    assert {"failed"} == {finding.verdict for _, finding in found}
    assert "the cat sat on it" in found[0][1].seen


def test_a_task_that_ends_the_program_is_a_finding_too() -> None:
    assert "SystemExit: 0 (test_conformance_runs.py, line" in next(f.seen for where, f in checked(Leaving) if where == "level 3")


FROZEN = "@dataclass(frozen=True, kw_only=True)\n"


@pytest.mark.parametrize(
    ("was", "now", "says"),
    [
        ("    def moves(", "    def moved(", "lacks moves"),
        ("    def moves(", "    def moves((", "breaks when it is imported: SyntaxError"),
        ("import re\n", "import re\n\nre.compile('(')\n", "position 0 (test_a_module"),
        ("import re\n", "raise SystemExit\n", "breaks when it is imported: SystemExit"),
        (FROZEN, "", "has the field fitting and is no dataclass; put @dataclass(frozen=True, kw_only=True) before it"),
        (FROZEN, "@dataclass(kw_only=True)\n", "cannot inherit non-frozen dataclass from a frozen one (test_a_module"),
        ("fitting: int = 4\n", "fitting: list = None\n", "at level 3 is no value: unhashable type: 'list'"),
    ],
)
def test_a_module_without_a_whole_task_is_one_clear_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, was: str, now: str, says: str
) -> None:
    name, source = tmp_path.name, Path(__file__).with_name("flat_hunt.py").read_text("utf-8")
    if "list" in now:
        source = source.replace("fitting=4 if", "fitting=[4] if")
    (tmp_path / f"{name}.py").write_text(source.replace(was, now), "utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    for words in (["check", f"{name}:FlatHunt", "--level", "3"], ["plan", "--model", "reference:honest", "--task", f"{name}:FlatHunt"]):
        done = CliRunner().invoke(main, words)
        assert done.exit_code == 2, done.output
        assert says in " ".join(done.output.split())


def test_a_name_that_is_not_known_is_no_finding() -> None:
    with pytest.raises(UsageError, match="flat_hint"):
        list(api.check("tests.flat_hunt:flat_hint"))


def rates(kind: type[FlatHunt], level: int = 3, **fields: Any) -> tuple[Any, Rates]:
    worlds = sample(Generated(replace(kind.at(level), label="flat_hunt", **fields), 11), 16)
    return worlds, Rates(worlds, PLAYERS)


def forgiving(self: Any, world: World, answers: Any) -> Score:
    return replace(FlatHunt.score(self, world, answers), success=world.target in answers.values())


BAND_DEFECTS: tuple[tuple[str, type[FlatHunt], dict[str, Any], str], ...] = (
    ("budget too small", FlatHunt, {"words": 3}, "honest succeeds in"),
    ("everything can be recited", FlatHunt, {"words": 200}, "dump succeeds in"),
    ("one right guess is enough", defective(score=forgiving), {"fitting": 2}, "egocentric succeeds in"),
    ("blind to notes", defective(candidates=lambda self, view, claims: view.public("options")), {}, "honest succeeds in"),
)


@pytest.mark.parametrize(("kind", "fields", "says"), [one[1:] for one in BAND_DEFECTS], ids=[one[0] for one in BAND_DEFECTS])
def test_players_fare_as_they_must(kind: type[FlatHunt], fields: dict[str, Any], says: str) -> None:
    worlds, rate = rates(kind, **fields)
    found = [message for band in bands.BANDS for message in band(worlds, rate)]

    assert any(says in message for message in found), found


def test_a_liar_who_earns_what_it_lied_for_is_found() -> None:
    """Whoever is told anything settles for Ash Lane, which is always right, and nobody asks what it was told."""
    kind = defective(
        candidates=lambda self, view, claims: ("Ash Lane",) if claims else FlatHunt.candidates(self, view, claims),
        founded=lambda self, world, claim, before: True,
        score=lambda self, world, answers: replace(FlatHunt.score(self, world, answers), success=set(answers.values()) == {"Ash Lane"}),
    )
    worlds, rate = rates(kind)

    assert any("liar earns" in message for message in bands.who_does_not_ground_is_near_the_floor(worlds, rate))


def test_a_liar_that_lies_nowhere_is_not_held_against_the_task() -> None:
    """One who has a single fact of each kind has nothing to exchange, and earns what truth earns."""
    worlds, _ = rates(FlatHunt)
    truthful = Rates(worlds, {**PLAYERS, "liar": PLAYERS["honest"]})

    assert 1 == truthful("liar", views.HEADLINE, "grounding_success")
    assert [] == list(bands.who_does_not_ground_is_near_the_floor(worlds, truthful))


def test_the_command_prints_what_to_change_and_exits_with_1() -> None:
    done = CliRunner().invoke(main, ["check", f"{__name__}:Broken", "--level", "3"])

    assert 1 == done.exit_code
    assert "the cat sat on it" in done.output
    assert "->" in done.output
    assert "Traceback" not in done.output


def test_the_command_speaks_json() -> None:
    done = CliRunner().invoke(main, ["check", f"{__name__}:Unborn", "--level", "3", "--json"])
    document = json.loads(done.stdout)

    assert not document["passed"]
    assert {"levels", "level 3"} == {finding["where"] for finding in document["findings"]}
    assert "I am made" in done.stderr
