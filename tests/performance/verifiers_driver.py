"""verifiers: an environment of two agents, each of them an interaction, played by its command for evaluations.

The harness runs in this process, as its documentation allows: its own ``null`` launches a program for every turn, which takes longer.
"""

# Not `from __future__ import annotations`: these classes are read by pydantic.
import json
import os
import sys
from collections.abc import Iterator
from typing import Any

import aiohttp
import verifiers.v1 as vf
from verifiers.v1.cli.eval.main import main as evaluate
from verifiers.v1.dialects.chat import message_to_wire
from verifiers.v1.runtimes import ProgramResult

from tests.performance.clock import Clock
from tests.performance.script import Script, perform

__all__ = ["Posts", "Talk", "Talks"]

NAME = "talk"
"""By which verifiers finds this module; it takes no name with dots."""
sys.modules[NAME] = sys.modules[__name__]

playing: list[Script] = []
sessions: list[aiohttp.ClientSession] = []


class Posts(vf.Harness[vf.HarnessConfig]):
    """One request a turn, to the server through which verifiers watches its agents."""

    SUPPORTS_RESUME = True
    EXECUTES_CODE = False
    NEEDS_CONTAINER = False

    async def launch(self, ctx: Any, trace: vf.Trace, runtime: Any, endpoint: str, secret: str, *more: Any) -> ProgramResult:
        """``more``: addresses of tools, of which there are none, and the data of the task, whose prompt is the conversation."""
        _, data = more
        if not sessions:
            sessions.append(aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0), timeout=aiohttp.ClientTimeout(600)))
        body = json.dumps({"model": ctx.model, "messages": [message_to_wire(message) for message in data.prompt]})
        headers = {"Authorization": f"Bearer {secret}", "Content-Type": "application/json"}
        async with sessions[0].post(f"{endpoint}/chat/completions", data=body, headers=headers) as response:
            text = await response.text()
            return ProgramResult(exit_code=int(response.status != 200), stdout="", stderr=text)


class Talks(vf.Taskset[vf.Task, vf.TasksetConfig]):
    def load(self) -> Iterator[vf.Task]:
        for number in range(len(playing[0].dialogues)):
            yield vf.Task(vf.TaskData(name=str(number), prompt=NAME))


class TalkConfig(vf.EnvConfig):
    first: vf.AgentConfig = vf.AgentConfig(harness={"id": NAME}, runtime={"type": "subprocess"})
    second: vf.AgentConfig = vf.AgentConfig(harness={"id": NAME}, runtime={"type": "subprocess"})


class Talk(vf.Env[TalkConfig]):
    async def run(self, task: Any, agents: Any) -> None:
        unprompted = [vf.Task(vf.TaskData(idx=task.data.idx, prompt=None)) for _ in range(2)]
        async with agents.first.interaction(unprompted[0]) as first, agents.second.interaction(unprompted[1]) as second:
            for seat, told in playing[0].dialogues[task.data.idx]:
                segment = await (first, second)[seat].turn(told)
                if segment.terminated:
                    raise RuntimeError("an agent ended before the dialogue did")


def play(script: Script) -> dict[str, Any]:
    playing.append(script)
    os.environ["LOAD_KEY"] = "none"
    arguments = {
        "--env.id": NAME,
        "--model": "load",
        "--client.base-url": script.base_url,
        "--client.api-key-var": "LOAD_KEY",
        "--sampling.temperature": "0.7",
        "--sampling.max-tokens": "1024",
        "--max-concurrent": str(script.in_flight),
        "--output-dir": str(script.place),
    }
    clock = Clock()
    evaluate([NAME, *(part for pair in arguments.items() for part in pair), "--no-push", "--no-rich"])
    return clock.read(script.calls)


if __name__ == "__main__":
    perform(play)
