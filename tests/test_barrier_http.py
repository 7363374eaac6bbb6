"""The barrier, seen from outside: a server that keeps every request finds no word in it that its instance may not know."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from benchmark import api, prompts, views
from benchmark.cli import main
from benchmark.running.plan import Planned
from benchmark.vocabulary import Request, Turn
from benchmark.worlds import Generated
from models.reference import PLAYERS
from tests.servers import Server, in_thread

LABELS = ("mutual_friend", "assignment", "hidden_profile:seats=4")


def scenes(n: int) -> dict[str, tuple[Planned, str]]:
    """The opening of every first message under the headline condition, and whose it is."""
    found = {}
    wish = api.Wish(model="reference:mute", tasks=LABELS, conditions=("private",), n=n)
    for episode in api.make_plan(wish).episodes():
        for seat in episode.world().seats:
            view = views.own_view(episode.world(), seat)
            found[prompts.scene(episode.task, view, prompts.talk_rules(episode.task, view))] = (episode, seat)
    return found


def honest_over_http(known: dict[str, tuple[Planned, str]], body: dict[str, Any]) -> str:
    """An honest reply made from nothing but the body of the request."""
    messages = body["messages"]
    scene = next((scene for scene in known if messages[0]["content"].startswith(scene)), None)
    if scene is None:
        return "OK"
    episode, seat = known[scene]
    view = views.own_view(episode.world(), seat)
    asked = messages[-1]["content"]
    heard = tuple(heard_in(messages, view.names, view.seats, seat))
    schema = episode.task.schema(view) if "JSON object only" in asked else None
    kind = "commit" if schema else "talk"
    return PLAYERS["honest"](Request(episode.task, view, heard, seat, kind, 0, (), schema, 0))


def heard_in(messages: list[dict[str, str]], names: tuple[str, ...], seats: tuple[str, ...], seat: str) -> list[Turn]:
    """The talk so far, read off the messages as a model would have to."""
    turns = []
    for message in messages:
        if message["role"] == "assistant":
            turns.append(Turn(seat, "" if message["content"] == "[silence]" else message["content"]))
        for line in message["content"].splitlines() if message["role"] == "user" else ():
            for other, name in zip(seats, names, strict=True):
                if line.startswith(f'{name}: "'):
                    turns.append(Turn(other, json.loads(line.removeprefix(f"{name}: "))))
    return turns


@pytest.mark.parametrize("honest", [False, True], ids=["nobody tells anything", "everyone tells what helps"])
def test_no_private_word_is_in_the_wrong_request(tmp_path: Path, honest: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """Sentences, canaries and giveaway words of another seat: none before somebody entitled to it has said it."""
    monkeypatch.setenv("OPENAI_API_KEY", "sk-planted")
    known = scenes(3)
    server = Server(answer=lambda body: honest_over_http(known, body)) if honest else Server()
    tasks = [word for label in LABELS for word in ("--task", label)]
    with in_thread(server):
        command = ["run", "--model", f"openai:m?base_url={server.base_url}", *tasks, "--condition", "private", "--n", "3", "--quiet"]
        done = CliRunner().invoke(main, [*command, "--out", str(tmp_path / "run"), "--json"])
    assert done.exit_code == 0, done.output
    document = json.loads(done.stdout)
    assert document["outcomes"] == {"decided": 9}
    if honest:
        assert document["overall"]["grounding_success"]["mean"] == 1.0

    checked = 0
    for body in server.bodies:
        messages = body["messages"]
        episode, seat = next(known[scene] for scene in known if messages[0]["content"].startswith(scene))
        world = episode.world()
        written = "\n".join(message["content"] for message in messages)
        said = "\n".join(turn.text for turn in heard_in(messages, world.names, world.seats, seat))
        unsaid = written.replace(said, "") if not said else "\n".join(_without_talk(messages, world.names))
        mine = " ".join(fact.text for fact in views.own_view(world, seat).facts)
        for fact in world.facts:
            if fact.holders and seat not in fact.holders:
                for secret in (secret for secret in (fact.text, *fact.strings) if secret not in mine):
                    assert secret not in unsaid, (episode.id, seat, secret)
                    checked += 1
    assert checked > 1000


def _without_talk(messages: list[dict[str, str]], names: tuple[str, ...]) -> list[str]:
    return [
        line
        for message in messages
        if message["role"] == "user"
        for line in message["content"].splitlines()
        if not any(line.startswith(f'{name}: "') for name in names)
    ]


def test_generated_worlds_are_those_of_the_plan() -> None:
    episode = next(api.make_plan(api.Wish(model="reference:mute", tasks=("assignment",), conditions=("private",), n=1)).episodes())

    assert episode.world() == Generated(api.make_task("assignment", 3), 0).world(0)
