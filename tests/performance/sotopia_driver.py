"""Sotopia: two of its agents in its environment, taking turns, each episode kept in its store of local files; nothing is evaluated.

It writes every prompt anew, one message with the whole talk in it, so only the goals (each party's first message) and the number of
replies are those of the others.
"""

from __future__ import annotations

import asyncio
import logging
import os
from typing import Any

from tests.performance.clock import Clock
from tests.performance.script import Script, perform


def play(script: Script) -> dict[str, Any]:
    os.environ |= {
        "HOME": str(script.place),  # where it keeps its files
        "SOTOPIA_STORAGE_BACKEND": "local",
        "OPENAI_API_KEY": "none",
        "LITELLM_LOCAL_MODEL_COST_MAP": "True",
    }
    from sotopia.agents import LLMAgent
    from sotopia.database import AgentProfile, EnvironmentProfile
    from sotopia.envs.evaluators import Evaluator, RuleBasedTerminatedEvaluator
    from sotopia.envs.parallel import ParallelSotopiaEnv
    from sotopia.server import run_async_server

    logging.getLogger("sotopia.generation").setLevel(logging.WARNING)
    model = f"custom/load@{script.base_url}"

    class Silent(Evaluator):  # type: ignore[misc]
        """It wants to evaluate in the end, which others do not do here."""

        prompt = ""

        def __call__(self, turn_number: int, messages: Any) -> list[Any]:
            return []

        async def __acall__(self, turn_number: int, messages: Any) -> list[Any]:
            return []

    def stage(number: int) -> tuple[Any, list[Any]]:
        dialogue = script.dialogues[number]
        goals = [next(told for seat, told in dialogue if seat == wanted) for wanted in (0, 1)]
        environment = ParallelSotopiaEnv(
            action_order="round-robin",
            model_name=model,
            evaluators=[RuleBasedTerminatedEvaluator(max_turn_number=len(dialogue))],
            terminal_evaluators=[Silent()],
            env_profile=EnvironmentProfile(pk=f"talk{number}", codename=f"talk{number}", scenario=f"Talk {number}", agent_goals=goals),
        )
        people = [AgentProfile(pk=f"{name}{number}", first_name=f"{name}{number}", last_name="Day") for name in ("Ann", "Ben")]
        return environment, [LLMAgent(agent_profile=person, model_name=model) for person in people]

    async def every() -> None:
        places = asyncio.Semaphore(script.in_flight)  # it has no limit of its own

        async def one(number: int) -> None:
            async with places:
                await run_async_server(env_agent_combo_list=[stage(number)], tag="load", push_to_db=True)

        await asyncio.gather(*map(one, range(len(script.dialogues))))

    loop = asyncio.new_event_loop()  # not `asyncio.run`, which waits in the end for tasks of its client library that never end
    clock = Clock()
    loop.run_until_complete(every())
    return clock.read(script.calls)


if __name__ == "__main__":
    perform(play)
