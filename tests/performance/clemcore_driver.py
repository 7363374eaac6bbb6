"""clemcore: a game of two players, run as its command runs one, with its own backend for servers that speak as OpenAI's do.

That backend asks for one reply at a time, and its runner plays one dialogue after the other, whatever ``--in-flight`` says.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

from tests.performance.clock import Clock
from tests.performance.script import Script, perform

MASTER = '''
from clemcore.clemgame import DialogueGameMaster, GameBenchmark, Player


class Speaker(Player):
    def _custom_response(self, context):
        raise NotImplementedError


class Talk(DialogueGameMaster):
    """Players take turns, so whoever is next is told what stands in the script."""

    def _on_setup(self, game_id, told):
        self.told, self.heard = told, 0
        self.speakers = [Speaker(model) for model in self.player_models]
        for speaker in self.speakers:
            self.add_player(speaker)
        self.tell()

    def tell(self):
        seat, text = self.told[self.heard]
        self.set_context_for(self.speakers[seat], text)

    def _parse_response(self, player, response):
        return response

    def _advance_game(self, player, parsed_response):
        self.heard += 1
        if self.heard < len(self.told):
            self.tell()

    def _does_game_proceed(self):
        return self.heard < len(self.told)

    def _on_after_game(self):
        self.state.succeed()


class TalkBenchmark(GameBenchmark):
    def create_game_master(self, experiment, player_models):
        return Talk(self.game_spec, experiment, player_models)

    def create_game_scorer(self, experiment, game_instance):
        raise NotImplementedError
'''


def play(script: Script) -> dict[str, Any]:
    instances = [{"game_id": number, "told": told} for number, told in enumerate(script.dialogues)]
    spec = {"game_name": "talk", "description": "Talk", "main_game": "talk", "players": 2, "image": "none", "languages": ["en"]}
    for name, document in {
        "talk/clemgame.json": spec,
        "talk/in/instances.json": {"experiments": [{"name": "all", "game_instances": instances}]},
        "key.json": {"openai_compatible": {"api_key": "none", "base_url": script.base_url}},
        "model_registry.json": [{"model_name": "load", "model_id": "load", "backend": "openai_compatible"}],
    }.items():
        path = script.place / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(document), "utf-8")
    (script.place / "talk" / "master.py").write_text(MASTER, "utf-8")
    os.chdir(script.place)  # where it looks for games, models and keys

    from clemcore import cli
    from clemcore.backends import ModelSpec

    clock = Clock()
    cli.run("talk", [ModelSpec.from_name("load")], gen_args={"temperature": 0.7, "max_tokens": 1024}, results_dir_path=Path("results"))
    return clock.read(script.calls)


if __name__ == "__main__":
    perform(play)
