"""Practice for the package ``verifiers`` (0.4 or later): its taskset of worlds, and its harness, which plays them.

``verifiers`` finds an environment by the name of a module that says what it exports, so a file of two lines makes one (docs/training.md):

    from benchmark.api.verifiers_talk import TalkEnv, TalkHarness, TalkTaskset
    __all__ = ["TalkEnv", "TalkHarness", "TalkTaskset"]

Every call that is the learner's goes to the endpoint that ``verifiers`` watches, with the very messages that a run would send; so its trace
has a branch for each commit, which is asked on a fork. This module is imported by nothing of ours: it needs ``verifiers``.
"""

# Not `from __future__ import annotations`: these classes are read by pydantic.
import itertools
from collections.abc import Iterator
from typing import Any

import aiohttp
import verifiers.v1 as vf
from verifiers.v1.errors import HarnessError
from verifiers.v1.runtimes import ProgramResult

from benchmark.api.training import VALUE, Practice
from benchmark.panels import ANCHOR
from benchmark.views import HEADLINE
from benchmark.vocabulary import Completion, Request, Usage

LESSON = "parley"
"""Where a trace keeps what an episode came to."""


class TalkConfig(vf.TasksetConfig):
    """What is practised (``Practice``), and the training ``seed``; ``game`` is the task, as `bench list tasks` names it."""

    game: str = "mutual_friend"
    seat: str = "A"
    partner: str = ANCHOR
    level: int = 3
    condition: str = HEADLINE
    worth: str = VALUE
    seed: int = 0


class TalkData(vf.TaskData):
    """Names an episode; the world is made where it is played, so that no trace holds what the learner may not see beforehand."""

    practice: dict[str, Any]
    seed: int
    number: int


class TalkTask(vf.Task[TalkData, vf.State, vf.TaskConfig]):
    """One world, from the learner's seat."""

    @property
    def key(self) -> str:
        return "/".join(map(str, (*self.data.practice.values(), self.data.seed, self.data.number)))

    @vf.reward
    async def worth(self, trace: vf.Trace) -> float:
        return float(trace.info[LESSON]["reward"])


class TalkTaskset(vf.Taskset[TalkTask, TalkConfig]):
    """Worlds without end: number after number of one training seed."""

    INFINITE = True

    def load(self) -> Iterator[TalkTask]:
        config = self.config
        practice = {"task": config.game, **{name: getattr(config, name) for name in ("seat", "partner", "level", "condition")}}
        practice["reward"] = config.worth
        Practice(**practice)  # what cannot be is said before anything is played
        for number in itertools.count():
            name = f"{config.game}#{number}"
            told = f"World {name}; TalkHarness says what is asked."  # verifiers wants some prompt; this one reaches no model
            data = TalkData(name=name, prompt=told, practice=practice, seed=config.seed, number=number)
            yield TalkTask(data, config.task)


class TalkHarness(vf.Harness[vf.HarnessConfig]):
    """Plays an episode in this process; the partner's calls are no part of the trace."""

    EXECUTES_CODE = False
    NEEDS_CONTAINER = False

    async def launch(self, ctx: Any, trace: vf.Trace, runtime: Any, endpoint: str, secret: str, *more: Any) -> ProgramResult:
        """``more``: addresses of tools, of which there are none, and the TalkData."""
        del runtime
        _, data = more
        practice = Practice(**data.practice)
        headers = {"Authorization": f"Bearer {secret}"}
        async with aiohttp.ClientSession(headers=headers) as session, practice.partners() as partners:

            async def learner(request: Request) -> Completion:
                messages = [{"role": role, "content": content} for role, content in request.chat]
                body = {"model": ctx.model, "messages": messages}
                async with session.post(f"{endpoint.rstrip('/')}/chat/completions", json=body) as response:
                    return _read(response.status, await response.json(content_type=None))

            lesson = await practice.play(practice.planned(data.seed, data.number), partners, learner)
        if not lesson.counts:  # an episode that says nothing of the learner is no lesson, and nobody should guess its reward
            raise HarnessError(f"{lesson.record['id']} broke off: {lesson.record['outcome']} {lesson.record.get('note', '')}")
        trace.info[LESSON] = {"reward": lesson.reward, "outcome": lesson.record["outcome"], "score": lesson.record["score"]}
        return ProgramResult(0, "", "")


class TalkEnvConfig(vf.EnvConfig):
    """One seat that learns; nothing of it runs in a sandbox, because nothing that a model writes is executed."""

    agent: vf.AgentConfig = vf.AgentConfig(runtime=vf.SubprocessConfig())


class TalkEnv(vf.Env[TalkEnvConfig]):
    """An episode is one run of the one agent."""

    async def run(self, task: vf.Task, agents: vf.Agents) -> None:
        await agents.agent.run(task)


def _read(status: int, body: Any) -> Completion:
    """A reply of the watched endpoint; what is none is an error of the infrastructure."""
    try:
        choice = body["choices"][0]
        usage = body.get("usage") or {}
        finish = {"length": "length", "content_filter": "filter"}.get(choice["finish_reason"], "stop")
        used = Usage(int(usage.get("prompt_tokens", 0)), 0, int(usage.get("completion_tokens", 0)))
        return Completion(choice["message"]["content"] or "", finish=finish, usage=used)
    except (LookupError, TypeError, AttributeError, ValueError):
        return Completion("", finish="error", note=f"the endpoint answered {status}: {str(body)[:300]}")
