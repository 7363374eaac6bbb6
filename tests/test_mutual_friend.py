"""The mutual friend: what its worlds guarantee, how its talk is read, and which ways of talking find the friend."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from functools import lru_cache
from statistics import mean

import pytest

from benchmark import views
from benchmark.answers import write_answer
from benchmark.episode import Episode, play
from benchmark.quoting import READY, length
from benchmark.streams import stream
from benchmark.vocabulary import Claim, Completion, Fact, Illegal, Request, Seat, Turn, UsageError, View, World
from tasks.mutual_friend import MutualFriend

LEVELS = (1, 2, 3, 4, 5)
SEEDS = 1000
ZHOU = MutualFriend.at(3, preset="zhou5")
TABLE = View(("A", "B"), ("Nora", "Sam"), (), (), ())
"""What a reader of talk knows of a scene: who sits there."""


@lru_cache(maxsize=8)
def worlds(level: int) -> tuple[World, ...]:
    task = MutualFriend.at(level)
    return tuple(task.generate(seed, seed % 4 != 1) for seed in range(SEEDS))


def sheet(world: World, seat: Seat) -> dict[str, tuple[tuple[str, str], ...]]:
    return {fact.slot[1]: fact.value for fact in world.facts if fact.holders == (seat,) and fact.slot[0] == "friend"}


def told(facts: Sequence[Fact], hearer: Seat) -> list[Claim]:
    return [Claim("affirm", fact.slot, fact.value, fact.holders[0]) for fact in facts if hearer not in fact.holders]


def settled(task: MutualFriend, world: World, facts: Sequence[Fact]) -> bool:
    return all(task.candidates(views.own_view(world, seat), told(facts, seat)) == (world.target,) for seat in world.seats)


@pytest.mark.parametrize("level", LEVELS)
def test_one_friend_is_on_both_lists_or_none_and_every_other_shared_name_is_a_decoy(level: int) -> None:
    task = MutualFriend.at(level)
    for seed, world in enumerate(worlds(level)):
        a, b = sheet(world, "A"), sheet(world, "B")
        alike = {name: sum(mine == theirs for mine, theirs in zip(a[name], b[name], strict=True)) for name in a if name in b}

        assert len(a) == len(b) == world.facts[2].value == task.friends
        assert not {*a, *b}.intersection(world.names)
        assert len(alike) == task.shared
        assert [name for name, same in alike.items() if same == 3] == ([world.target] if seed % 4 != 1 else [])
        assert all(same in (3, 3 - task.apart) for same in alike.values())
        assert world.solvable == (world.target is not None) == (seed % 4 != 1)


@pytest.mark.parametrize("level", LEVELS)
def test_both_lists_fix_the_answer_and_one_leaves_it_open(level: int) -> None:
    task = MutualFriend.at(level)
    for world in worlds(level):
        assert task.candidates(views.view(world, views.Lens(("A", "B"), ("A", "B"))), ()) == (world.target,)
        for seat in world.seats:
            live = task.candidates(views.own_view(world, seat), ())
            assert set(live) == {*sheet(world, seat), None}


@pytest.mark.parametrize("level", LEVELS)
def test_what_is_needed_suffices_and_nothing_in_it_can_be_spared(level: int) -> None:
    task = MutualFriend.at(level)
    for world in worlds(level):
        needed = task.needed(world)

        assert settled(task, world, needed)
        for fact in needed:
            assert not settled(task, world, [other for other in needed if other != fact])


@pytest.mark.parametrize("level", [3, 4, 5])
def test_the_budget_holds_what_is_needed_but_not_everything(level: int) -> None:
    task = MutualFriend.at(level)
    budget = task.turns * task.words
    for world in worlds(level):
        assert sum(length(fact.text) for fact in task.needed(world)) <= 0.7 * budget
        assert sum(length(fact.text) for fact in world.facts if fact.holders) >= 1.5 * budget


@pytest.mark.parametrize("level", LEVELS)
def test_the_mutual_friend_may_stand_anywhere_in_a_list(level: int) -> None:
    """Chi-square at 0.1 % with 11 degrees of freedom."""
    for seat in ("A", "B"):
        places = Counter([*sheet(world, seat)].index(world.target) for world in worlds(level) if world.solvable)
        expected = sum(places.values()) / 12

        assert sum((places[place] - expected) ** 2 / expected for place in range(12)) < 31.3


@pytest.mark.parametrize("level", LEVELS)
def test_nothing_in_one_list_gives_the_mutual_friend_or_its_absence_away(level: int) -> None:
    """Whoever stands out or blends in is no likelier to be mutual, and lists look the same where nobody is."""
    hits: dict[str, list[bool]] = {"most common": [], "least common": []}
    looks: dict[bool, list[float]] = {True: [], False: []}
    for world in worlds(level):
        for seat in world.seats:
            friends = sheet(world, seat)
            counts = Counter(pair for pairs in friends.values() for pair in pairs)
            score = {name: sum(counts[pair] for pair in pairs) for name, pairs in friends.items()}
            looks[world.solvable].append(mean(score.values()))
            if world.solvable:
                hits["most common"].append(max(score, key=score.__getitem__) == world.target)
                hits["least common"].append(min(score, key=score.__getitem__) == world.target)

    assert all(mean(found) < 0.12 for found in hits.values())  # 1/12, and four standard errors
    assert mean(looks[True]) == pytest.approx(mean(looks[False]), rel=0.02)
    guesses = [(w.solvable, MutualFriend.at(level).candidates(views.own_view(w, "A"), ())[0] == w.target) for w in worlds(level)[:200]]
    assert mean(mean(right for kind, right in guesses if kind == solvable) for solvable in looks) <= 0.5


def test_each_note_is_read_as_it_was_meant() -> None:
    task = MutualFriend.at(3)
    for world in worlds(3)[:40]:
        for fact in world.facts:
            if fact.holders:
                claims = task.claims([Turn(fact.holders[0], fact.text)], views.own_view(world, "A"))
                assert task.presents(fact, claims) == 0
                assert len(claims) == (12 if fact.slot == ("names",) else 3)


def test_every_word_of_a_note_gives_it_away_to_who_has_it_nowhere() -> None:
    """Whether a word stands on the other list too must not show in a fact: that would tell its holder."""
    for world in worlds(3)[:40]:
        for fact in world.facts:
            if fact.slot[0] == "friend":
                assert fact.strings == (fact.slot[1], *dict(fact.value).values())


# --- players -----------------------------------------------------------------------------------------------------------


def decide(request: Request) -> str:
    claims = request.task.claims(request.heard, request.view)
    live = request.task.candidates(request.view, [claim for claim in claims if claim.seat != request.seat])
    proposed = [claim.value for claim in claims if claim.kind == "propose"][-1:]
    return write_answer(proposed[0] if len(live) > 1 and proposed and proposed[0] in live else live[0])


def honest(request: Request) -> str:
    if request.schema:
        return decide(request)
    plan = request.task.moves(request.view, request.heard, request.seat)
    claims = [claim for claim in request.task.claims(request.heard, request.view) if claim.seat != request.seat]
    licensed = len(request.task.candidates(request.view, claims)) == 1
    for taken in range(len(plan), -1, -1):
        text = request.task.word(plan[:taken], request.view)
        ready = f" {READY}" if not plan or (taken == len(plan) and licensed) else ""
        if length(text + ready) <= request.task.words:
            return text + ready
    raise AssertionError("even silence was too long")


def dump(request: Request) -> str:
    if request.schema:
        return decide(request)
    said = " ".join(turn.text for turn in request.heard if turn.seat == request.seat)
    text = ""
    for fact in request.view.held_by(request.seat):
        longer = f"{text} {fact.text}".strip()
        if fact.text not in said and length(longer) > request.task.words:
            break
        text = text if fact.text in said else longer
    return text


def played(task: MutualFriend, world: World, voice: Callable[[Request], str]) -> Episode:
    steps = play(task, views.with_canaries(world), views.CONDITIONS["private"], world.seed)
    request = next(steps)
    try:
        while True:
            request = steps.send(Completion(voice(request)))
    except StopIteration as end:
        episode: Episode = end.value
        return episode


def rate(task: MutualFriend, voice: Callable[[Request], str], n: int = 36) -> float:
    strata: dict[bool, list[bool]] = {}
    for seed in range(n):
        world = task.generate(5000 + seed, seed % 3 != 1)
        strata.setdefault(world.solvable, []).append(task.score(world, played(task, world, voice).rounds[0].answers).success)
    return mean(map(mean, strata.values()))


@pytest.mark.parametrize("task", [*map(MutualFriend.at, LEVELS), ZHOU], ids=str)
def test_two_honest_people_always_find_out_within_their_words_and_both_know_why(task: MutualFriend) -> None:
    for seed in range(60):
        world = task.generate(7000 + seed, seed % 3 != 1)
        episode = played(task, world, honest)
        turns = episode.rounds[0].turns

        assert episode.outcome == "decided"
        assert task.score(world, episode.rounds[0].answers).success
        for seat in world.seats:
            heard = [claim for claim in task.claims(turns, views.own_view(world, seat)) if claim.seat != seat]
            assert task.candidates(views.own_view(world, seat), heard) == (world.target,)
        assert all(length(turn.text) <= task.words for turn in turns)
        assert all(turn.text.endswith(READY) for turn in turns[-2:])


@pytest.mark.parametrize("level", [3, 4, 5])
def test_reciting_the_notes_loses_to_choosing(level: int) -> None:
    task = MutualFriend.at(level)

    assert rate(task, dump) <= rate(task, honest) - 0.3


def test_to_a_partner_who_says_nothing_one_tells_names_then_everything_and_then_asks_on() -> None:
    task = MutualFriend.at(3)
    view = views.own_view(task.generate(8), "A")
    turns: tuple[Turn, ...] = ()
    kinds = []
    for _ in range(3):
        plan = task.moves(view, turns, "A")
        kinds.append(Counter((claim.kind, len(claim.slot)) for claim in plan))
        turns = (*turns, Turn("A", task.word(plan, view)), Turn("B", "Go on."))

    assert kinds == [{("affirm", 2): 12, ("ask", 1): 1}, {("affirm", 3): 36}, {("ask", 1): 1}]


def test_the_set_up_of_zhou_has_five_friends_a_side_and_always_one_in_both_lists() -> None:
    for seed in range(200):
        world = ZHOU.generate(seed, seed % 2 == 0)
        a, b = sheet(world, "A"), sheet(world, "B")

        assert (len(a), len(b), {len(pairs) for pairs in (*a.values(), *b.values())}) == (5, 5, {2})
        assert [name for name in a if name in b] == [world.target]
        assert None not in ZHOU.candidates(views.own_view(world, "A"), ())
        assert settled(ZHOU, world, ZHOU.needed(world))
    assert "not simply list the names" in ZHOU.brief(views.own_view(world, "A"))
    assert "may be that nobody" not in ZHOU.brief(views.own_view(world, "A"))


@pytest.mark.parametrize(
    ("options", "hint"),
    [({"preset": "zhou"}, "did you mean zhou5"), ({"presets": "zhou5"}, "did you mean preset"), ({"x": "1"}, "known: preset")],
)
def test_an_unknown_option_is_answered_with_the_nearest_known_one(options: dict[str, str], hint: str) -> None:
    with pytest.raises(UsageError, match=hint):
        MutualFriend.at(3, **options)


def test_a_name_is_read_the_same_whoever_says_it_and_however_it_is_written() -> None:
    task = MutualFriend.at(3)
    seen = [views.own_view(worlds(3)[0], seat) for seat in ("A", "B")]

    assert {task.parse(f'{{"answer": "{text}"}}', view) for text in ("Ida", "ida", " IDA. ") for view in seen} == {"Ida"}
    assert {task.parse(text, view) for text in ('{"answer": null}', '{"answer": "Nobody"}') for view in seen} == {None}
    for text in ('{"answer": "Ida or Omar"}', '{"answer": 3}', '{"answer": ""}', '{"answer": ["Ida"]}', '{"answer": true}', "Ida"):
        with pytest.raises(Illegal):
            task.parse(text, seen[0])


def test_only_the_same_right_answer_from_both_is_a_success() -> None:
    task = MutualFriend.at(3)
    world, empty = task.generate(0), task.generate(0, solvable=False)

    assert task.score(world, {"A": world.target, "B": world.target}).success
    assert not task.score(world, {"A": world.target, "B": None}).success
    assert not task.score(world, {"A": world.target}).success
    assert task.score(empty, {"A": None, "B": None}).raw == 1.0
    assert not task.score(empty, {}).success
    assert task.score(empty, {}).floor == 0.25
    assert ZHOU.score(world, {}).floor == 0.2
    assert task.draw(views.own_view(world, "A"), stream(1)) in sheet(world, "A")


def short(claim: Claim) -> str:
    """A claim in a few signs: + has, - has not, n how many, ? asks, = proposes, ! withdraws."""
    value = "&".join(said for _, said in claim.value) if isinstance(claim.value, tuple) else claim.value
    who = claim.slot[1:2] if claim.slot[0] == "friend" else claim.slot[:1] if value is None and claim.slot != ("answer",) else ()
    what = [claim.slot[2]] if len(claim.slot) == 3 and value is None else [str(value)] if value or claim.slot == ("answer",) else []
    if claim.kind == "count":
        return f"{claim.value} {claim.slot[-1]}"
    return {"affirm": "+", "exclude": "-", "ask": "?", "propose": "=", "withdraw": "!"}[claim.kind] + " ".join([*who, *what])


def heard(*talk: str) -> list[str]:
    """What the last of several alternating turns says."""
    turns = [Turn("AB"[i % 2], text) for i, text in enumerate(talk)]
    return [short(claim) for claim in MutualFriend.at(3).claims(turns, TABLE) if claim.turn == len(talk) - 1]


MET = "My Ida works at Halden and is from Turin."
LIST = "I know Ida, Omar, Tomas and Elena."
READINGS: dict[tuple[str, ...], str] = {
    ("Hi Sam! Mine are Ida, Omar, Tomas. And yours?",): "+Ida; +Omar; +Tomas; ?friends",
    ("Ida (Turin, Halden), Omar - Porto, chess",): "+Ida Turin; +Ida Halden; +Omar Porto; +Omar chess",
    ("Ida works at Halden; she likes chess.",): "+Ida Halden; +Ida chess",
    ("I know Ida from Turin, who works at Halden, and Omar from Porto.",): "+Ida Turin; +Ida Halden; +Omar Porto",
    ("Ida and Omar both work at Halden.",): "+Ida Halden; +Omar Halden",
    ("I don't know Ida or Omar.",): "-Ida; -Omar",
    ("No Ida, but I do have Omar.",): "-Ida; +Omar",
    ("My Ida isn't from Turin, she is from Porto.",): "-Ida Turin; +Ida Porto",
    ("None of mine work at Halden.",): "-Halden",
    ("Two of mine work at Halden.",): "2 Halden",
    ("All my friends play the cello.",): "12 cello",
    ("Do you know Ida?", "Yes, I do."): "+Ida",
    ("Do you know Ida?", "Sorry, no."): "-Ida",
    ("Do you have Ida, Omar or Tomas?", "No, none of them."): "-Ida; -Omar; -Tomas",
    ("Does your Ida work at Halden?", "No, at Norvik."): "-Ida Halden; +Ida Norvik",
    ("Do you have an Ida from Turin who works at Halden?", "No."): "-Ida Turin&Halden",
    ("Where does your Ida work?", "Norvik."): "+Ida Norvik",
    ("Who of yours is from Turin?", "Ida and Omar."): "+Ida Turin; +Omar Turin",
    ("Anyone from Turin?", "Nope."): "-Turin",
    ("My Ida works at Halden, does yours?", "Yes, she does."): "+Ida Halden",
    (MET, "My Ida is exactly the same!"): "+Ida Halden; +Ida Turin",
    (MET, "My Ida is different."): "-Ida Halden&Turin",
    (MET, "Your Ida works at Halden, mine at Norvik."): "+Ida Norvik",
    (MET, "If your Ida works at Halden, maybe she is from Turin."): "",
    (MET, "Fine.", "Sorry, my Ida works at Norvik."): "+Ida Norvik",
    (LIST, "Of those I only know Ida and Tomas."): "-Omar; -Elena; +Ida; +Tomas",
    (LIST, "We share two names: Ida and Tomas."): "2 common names; +Ida; +Tomas",
    (LIST, "I don't know any of them."): "-Ida; -Omar; -Tomas; -Elena",
    (LIST, "Where does Ida work and where is she from?"): "?Ida home town; ?Ida employer",
    (LIST, "Let's compare Ida first. What about Omar?"): "?Omar",
    ("I think our mutual friend is Ida.",): "=Ida",
    ("Shall we say Ida?", "Agreed."): "=Ida",
    ("It seems we have nobody in common.",): "=None",
    ("Ida is our match: she works at Halden.",): "=Ida; +Ida Halden",
    ("It's Ida.", "Hm.", "No, Ida is not our mutual friend."): "!Ida",
}


@pytest.mark.parametrize("talk", READINGS, ids=" / ".join)
def test_free_talk_is_read_as_it_is_meant(talk: tuple[str, ...]) -> None:
    assert "; ".join(heard(*talk)) == READINGS[talk]


def test_what_is_taken_back_was_never_told() -> None:
    turns = [Turn("A", MET), Turn("B", "I see."), Turn("A", "Correction: my Ida works at Norvik.")]

    assert "+Ida Halden" not in map(short, MutualFriend.at(3).claims(turns, TABLE))
