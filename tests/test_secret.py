"""The secret task: what the allies share and the listener does not, what each way of telling costs, and what the listener is."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from benchmark import api, views
from benchmark.answers import write_answer
from benchmark.api.judging import verify
from benchmark.conformance.bands import Rates, who_grounds_succeeds_and_earns_it
from benchmark.conformance.certificates import Sample, guessing_is_right_half_the_time_at_most, no_single_view_knows
from benchmark.conformance.voices import Voice, graft, play
from benchmark.lexicon import FIRST_NAMES
from benchmark.records import Document
from benchmark.running.drive import record
from benchmark.running.plan import Plan
from benchmark.vocabulary import Claim, Request, Seat, Turn, View, World
from benchmark.worlds import Generated
from models.reference import PLAYERS
from tasks.secret import Secret
from tasks.secret.scenes import SCENES
from tasks.secret.worlds import EPISODE, GOSSIPED

LEVELS = (1, 2, 3, 4, 5)
levels = pytest.mark.parametrize("level", LEVELS)


def generated(level: int, n: int = 100) -> Iterator[tuple[Secret, World]]:
    task = Secret.at(level)
    return ((task, task.generate(seed)) for seed in range(n))


def stories(world: World, holders: tuple[str, ...], known: str) -> dict[str, list[str]]:
    """By option, the handles of the episodes that ``holders`` alone have."""
    found: dict[str, list[str]] = {}
    for fact in world.facts:
        if fact.slot[0] == EPISODE and fact.holders == holders and fact.slot[2] == known:
            found.setdefault(fact.value, []).append(fact.slot[1])
    return found


def gossip(world: World) -> set[str]:
    return {fact.slot[1] for fact in world.facts if fact.slot[0] == GOSSIPED}


@levels
def test_every_option_has_as_many_episodes_of_each_kind_and_one_that_is_safe(level: int) -> None:
    for task, world in generated(level):
        options = views.own_view(world, "C").public("options")
        shared, told = stories(world, ("A", "B"), "unseen"), gossip(world)
        kinds = {
            option: (
                sum(handle not in told for handle in shared[option]),
                len(stories(world, ("A", "B", "C"), "seen").get(option, [])),
                sum(handle in told for handle in shared[option]),
                len(stories(world, ("A",), "own").get(option, [])),
            )
            for option in options
        }
        assert set(kinds.values()) == {tuple(task.mix)}
        assert task.mix.safe >= 1
        assert sum(task.mix) == 3


@levels
def test_secret_and_hunch_are_anything_and_independent(level: int) -> None:
    pairs: Counter[tuple[int, int]] = Counter()
    for _, world in generated(level, 640):
        options = views.own_view(world, "C").public("options")
        hunch = next(fact.value for fact in world.facts if fact.slot == ("hunch",))
        pairs[options.index(world.target), options.index(hunch)] += 1

    assert len(pairs) == 16
    assert max(pairs.values()) < 80
    assert min(pairs.values()) > 15


@levels
def test_notes_say_who_was_there_and_nothing_of_what_one_cannot_know(level: int) -> None:
    for _, world in generated(level):
        a, b, c = world.names
        for fact in world.facts:
            if fact.slot[0] != EPISODE:
                continue
            assert (b if fact.slot[2] == "own" else c) in fact.text
            if fact.slot[2] == "own":
                assert fact.text.count(b) == 1, "the ally plays no part in what the ally knows nothing of"
        told = gossip(world)
        assert not any(one in fact.text and "heard from" in fact.text for fact in views.own_view(world, "A").facts for one in told)
        assert a != b != c


def test_scenes_share_no_word_between_stories_options_and_people() -> None:
    for scene in SCENES:
        words = [word for episode in scene.episodes for word in episode.words]
        assert len(set(words)) == len(words)
        assert len(scene.episodes) >= 16
        assert not {option.casefold() for option in scene.options} & set(words)
        assert not set(scene.options) & set(FIRST_NAMES)
        for episode in scene.episodes:
            assert any(word in episode.text.casefold() for word in episode.words)


# How it is told, and what becomes of it


def played(task: Secret, world: World, lines: dict[str, str], condition: str = "private") -> Document:
    """A and B say one line each and commit like ``honest``; the listener is what it always is."""

    def speak(request: Request) -> str:
        mine = any(turn.seat == request.seat for turn in request.heard)
        return PLAYERS["honest"](request) if request.schema else ("(ready)" if mine else lines[request.seat] + " (ready)")

    voices: dict[str, Voice] = {"A": speak, "B": speak, "C": PLAYERS["listener"]}
    plan = Plan("m:tested", (Generated(task, 3),), (views.CONDITIONS[condition],), n=1)
    episode, _ = play(task, world, condition, voices)
    return record(next(iter(plan.episodes())), world, episode)["score"]  # type: ignore[no-any-return]


@levels
def test_what_only_the_two_know_tells_the_ally_and_not_the_listener(level: int) -> None:
    right = luck = 0
    for task, world in generated(level, 24):
        safe = next(one for one in stories(world, ("A", "B"), "unseen")[world.target] if one not in gossip(world))
        parts = played(task, world, {"A": f"It is the one with the {safe}.", "B": "Clear."})["parts"]
        hunch = next(fact.value for fact in world.facts if fact.slot == ("hunch",))
        right += parts["told"]
        luck += hunch == world.target
        assert parts["kept"] == (hunch != world.target), "the listener is as wise as before"
    assert right == 24
    assert luck < 12


def test_what_the_listener_was_there_for_or_has_heard_of_tells_it_too() -> None:
    for task, world in generated(3, 24):
        seen = stories(world, ("A", "B", "C"), "seen")[world.target][0]
        told = next(one for one in stories(world, ("A", "B"), "unseen")[world.target] if one in gossip(world))
        for handle in (seen, told):
            score = played(task, world, {"A": f"Remember the {handle}? That one.", "B": "Yes."})
            assert score["parts"] == {"told": 1.0, "kept": 0.0}


def test_what_the_ally_knows_nothing_of_tells_nobody() -> None:
    right = 0
    for task, world in generated(4, 32):
        own = stories(world, ("A",), "own")[world.target][0]
        right += played(task, world, {"A": f"It is the one with the {own}.", "B": "Hm."})["parts"]["told"]
    assert right <= 16


@pytest.mark.parametrize(
    "line", ["It is {o}.", "{o}!", "We go for {o} tonight.", "I mean number {n}.", "The {nth} one.", "It's {spelled}."]
)
def test_to_name_it_is_to_tell_everyone(line: str) -> None:
    for task, world in generated(3, 12):
        place = views.own_view(world, "C").public("options").index(world.target)
        words = {"o": world.target, "n": place + 1, "nth": ["first", "second", "third", "fourth"][place], "spelled": "-".join(world.target)}
        assert played(task, world, {"A": line.format(**words), "B": "Ok."})["parts"] == {"told": 1.0, "kept": 0.0}


def test_an_ally_who_says_what_was_understood_gives_it_away() -> None:
    for task, world in generated(3, 12):
        safe = next(one for one in stories(world, ("A", "B"), "unseen")[world.target] if one not in gossip(world))
        score = played(task, world, {"A": f"It is the one with the {safe}.", "B": f"Ah, {world.target}."})
        assert score["parts"] == {"told": 1.0, "kept": 0.0}


def test_to_say_where_a_story_belongs_gives_later_hints_away() -> None:
    task, world = next(generated(1))
    safe = stories(world, ("A", "B"), "unseen")[world.target][0]
    listener = views.own_view(world, "C")
    turns = (Turn("B", f"We had the {safe} at the {world.target}."), Turn("A", f"It is the one with the {safe}."))

    assert task.candidates(listener, task.claims(turns, listener)) == (world.target,)
    assert len(task.candidates(listener, task.claims(turns[1:], listener))) == 4


def test_only_both_allies_right_and_the_listener_wrong_succeed() -> None:
    for task, world in generated(3, 12):
        right = world.target
        wrong = next(option for option in views.own_view(world, "C").public("options") if option != right)
        scores = {
            (a, b, c): task.score(world, {"A": a, "B": b, "C": c})
            for a in (right, wrong)
            for b in (right, wrong)
            for c in (right, wrong, None)
        }
        assert {key for key, score in scores.items() if score.success} == {(right, right, wrong), (right, right, None)}
        assert {score.floor for score in scores.values()} == {3 / 16}
        assert not task.score(world, {}).success


# The listener


@pytest.mark.parametrize("condition", list(views.CONDITIONS))
def test_the_listener_sees_its_own_notes_under_every_condition(condition: str) -> None:
    task, world = next(generated(3))

    def speak(request: Request) -> str:
        return write_answer(None) if request.schema else f"{world.names[0]}: Hello."

    episode, recorder = play(task, world, condition, speak)
    sent = recorder.sent_to("C")

    assert [request.kind for request in sent] == ["commit"]
    laid = views.with_canaries(world)
    assert sent[0].view == views.own_view(laid, "C")
    assert all("C" not in request.view.sees for request in recorder.requests if request.seat != "C")
    assert episode.outcome == "decided"


@pytest.mark.parametrize("condition", list(views.CONDITIONS))
def test_what_the_allies_hold_never_reaches_the_listener_unsaid(condition: str) -> None:
    task = Secret.at(3)
    worlds = [views.with_canaries(task.generate(seed)) for seed in (1, 2)]
    sent = []
    for world in (worlds[0], graft(worlds[0], worlds[1], "C")):

        def speak(request: Request, name: str = world.names[0]) -> str:
            return write_answer(None) if request.schema else f"{name}: Hello."

        sent.append(play(task, world, condition, speak)[1].sent_to("C"))

    assert sent[0] == sent[1]


def test_a_prompt_says_who_talks_and_who_hears() -> None:
    task, world = next(generated(3))
    a, b, c = world.names
    _, recorder = play(task, world, "script", lambda request: write_answer(None) if request.schema else f"{a}: Hello.")
    (asked,) = (request.chat[-1][1] for request in recorder.requests if request.kind == "script")

    assert f"How they talk: {a} and {b} take turns" in asked
    assert f"{c} takes no turn and hears every word." in asked
    assert f'("{a}:" and "{b}:")' in asked


@pytest.mark.parametrize("partner", [(), ("reference:dump",)])
def test_a_run_seats_the_reference_listener(tmp_path: Path, partner: tuple[str, ...]) -> None:
    conditions = () if partner else tuple(views.CONDITIONS)
    wish = api.Wish(model="reference:honest", tasks=("secret",), conditions=conditions or ("private",), n=2, partners=partner)
    _, outcome = api.run(wish, tmp_path / "run")
    records = [json.loads(line) for line in (tmp_path / "run" / "episodes.jsonl").read_text().splitlines()]

    assert outcome.complete
    assert {one["seats"]["C"] for one in records} == {"reference:listener"}
    assert {one["outcome"] for one in records} == {"decided"}
    assert {one["score"]["grounding_success"] for one in records} == {None}
    assert list(verify(tmp_path / "run")) == []
    assert api.report(tmp_path / "run")["cost"] == 0.0, "the audience's price is known too"


# What `bench check` finds where an audience is dealt with wrongly


class Betrayed(Secret):
    """Somebody else holds the secret too."""

    holders: tuple[Seat, ...] = ("A", "C")

    def generate(self, seed: int, solvable: bool = True) -> World:
        world = super().generate(seed, solvable)
        facts = tuple(replace(fact, holders=self.holders) if fact.slot == ("secret",) else fact for fact in world.facts)
        return replace(world, facts=facts)


class Known(Betrayed):
    holders = ("A", "B")


class Blunt(Secret):
    """A names it aloud."""

    def moves(self, view: View, turns: Sequence[Turn], seat: Seat) -> tuple[Claim, ...]:
        return (Claim("affirm", ("secret",), self.candidates(view, ())[0]),) if seat == "A" else ()


def sample(kind: type[Secret]) -> Sample:
    task = kind.at(3)
    return Sample(task, tuple(Generated(task, 3).world(index) for index in range(40)))


def test_an_audience_that_knows_and_an_ally_that_need_not_be_told_are_found() -> None:
    assert list(no_single_view_knows(sample(Secret))) == []
    assert any("C alone knows" in one for one in no_single_view_knows(sample(Betrayed)))
    assert any("B alone knows" in one for one in no_single_view_knows(sample(Known)))
    assert list(guessing_is_right_half_the_time_at_most(sample(Secret))) == []
    assert list(guessing_is_right_half_the_time_at_most(sample(Known)))


def test_frankness_before_an_audience_is_found() -> None:
    good, blunt = sample(Secret), sample(Blunt)

    assert list(who_grounds_succeeds_and_earns_it(good, Rates(good, PLAYERS))) == []
    assert list(who_grounds_succeeds_and_earns_it(blunt, Rates(blunt, PLAYERS)))
