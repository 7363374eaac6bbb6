"""The engine that CONTRIBUTING.md shows works as it stands: written to a file, checked and played with a server of its kind."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from aiohttp import web

from tests.servers import Server, in_thread

ROOT = Path(__file__).resolve().parents[1]
SECTION = (ROOT / "CONTRIBUTING.md").read_text("utf-8").partition("## Adding a model")[2].partition("\n## ")[0]
BLOCKS = re.findall(r"^```python\n(.*?)^```$", SECTION, re.DOTALL | re.MULTILINE)


@dataclass
class Ollama(Server):
    """As much of Ollama as its users see: /api/show and /api/chat, in words for tokens. It drops what exceeds num_ctx, and says nothing."""

    failures: int = 0

    @property
    def base_url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    async def _reply(self, request: web.Request) -> web.StreamResponse:
        asked = json.loads(await request.read())
        if asked["model"] != "known":
            return web.json_response({"error": f"model '{asked['model']}' not found"}, status=404)
        if request.path == "/api/show":
            return web.json_response({"modified_at": "2026-01-01T00:00:00Z", "details": {"family": "llama"}})
        assert request.path == "/api/chat"
        assert asked["stream"] is False
        if self.failures:
            self.failures -= 1
            return web.json_response({"error": "loading"}, status=503)
        chat = " ".join(message["content"] for message in asked["messages"])
        words = [asked["messages"][-1]["content"][-40:-1].strip(), "(ready)"] if "JSON object only" not in chat else ['{"answer": null}']
        kept = words[: asked["options"]["num_predict"]]
        return web.json_response({
            "model": "known", "done": True, "done_reason": "stop" if kept == words else "length",
            "message": {"role": "assistant", "content": " ".join(kept)},
            "prompt_eval_count": min(len(chat.split()), asked["options"]["num_ctx"]), "eval_count": len(kept),
        })  # fmt: skip


def bench(place: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """The command, in a process of its own whose working folder is ``place``, far from the checkout."""
    environment = os.environ | {"PYTHONPATH": os.pathsep.join((str(place), str(ROOT)))}
    command = [sys.executable, "-c", "from benchmark.cli import main; main()", *words]
    return subprocess.run(command, cwd=place, env=environment, capture_output=True, text=True, timeout=120, check=False)


@pytest.fixture
def place(tmp_path: Path) -> Path:
    (tmp_path / "my_engine.py").write_text(BLOCKS[0], "utf-8")
    return tmp_path


def test_the_engine_is_one_short_file_of_its_own() -> None:
    assert len(BLOCKS) == 1
    assert BLOCKS[0].count("\n") < 80


def test_the_engine_conforms(place: Path) -> None:
    with in_thread(Ollama()) as server:
        done = bench(place, "check-model", f"my_engine:connect?model=known&base_url={server.base_url}", "--json")
    verdicts = {finding["name"]: finding for finding in json.loads(done.stdout)["findings"]}

    assert done.returncode == 0, done.stdout
    assert {name for name, one in verdicts.items() if one["verdict"] == "noted"} <= {"overlong", "seeds"}
    assert "it is cut without a word" in verdicts["overlong"]["seen"]


def test_the_engine_plays_and_its_run_verifies(place: Path) -> None:
    with in_thread(Ollama(failures=2)) as server:
        model = f"my_engine:connect?model=known&base_url={server.base_url}"
        played = bench(
            place, "run", "--model", model, "--task", "mutual_friend", "--condition", "private", "--n", "2", "--out", "run", "--json"
        )
    assert played.returncode == 0, played.stderr
    records = [json.loads(line) for line in (place / "run" / "episodes.jsonl").read_text("ascii").splitlines()]

    assert {record["outcome"] for record in records} == {"decided"}
    assert sum(call["retries"] for record in records for call in record["calls"]) == 2
    assert json.loads((place / "run" / "run.json").read_text())["configuration"]["models"]["A"]["details"] == {"family": "llama"}
    assert bench(place, "verify", "run").returncode == 0


def test_a_model_that_is_not_there_is_said_in_one_line(place: Path) -> None:
    with in_thread(Ollama()) as server:
        done = bench(place, "check-model", f"my_engine:connect?model=unknown&base_url={server.base_url}")

    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "model 'unknown' not found" in done.stderr
