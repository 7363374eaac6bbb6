"""Inspect AI: a solver that keeps two histories and asks for one reply after the other, and no scorer.

Its defaults but for ``max_connections``; its log is written, as Parley's records are.
"""

from __future__ import annotations

import os
from typing import Any

from tests.performance.clock import Clock
from tests.performance.script import Script, perform


def play(script: Script) -> dict[str, Any]:
    from inspect_ai import Task
    from inspect_ai import eval as evaluate
    from inspect_ai.dataset import MemoryDataset, Sample
    from inspect_ai.model import ChatMessageUser, GenerateConfig, get_model
    from inspect_ai.solver import solver

    def talk() -> Any:
        async def solve(state: Any, generate: Any) -> Any:
            histories: tuple[list[Any], list[Any]] = ([], [])
            for seat, told in script.dialogues[int(state.sample_id)]:
                histories[seat].append(ChatMessageUser(content=told))
                state.output = await get_model().generate(list(histories[seat]))
                histories[seat].append(state.output.message)
            return state

        return solve

    registered: Any = solver(talk)
    os.environ.setdefault("OPENAI_API_KEY", "none")
    config = GenerateConfig(temperature=0.7, max_tokens=1024, max_connections=script.in_flight)
    model = get_model("openai/load", base_url=script.base_url, api_key="none", config=config, responses_api=False)
    samples = MemoryDataset([Sample(id=str(number), input="talk") for number in range(len(script.dialogues))])
    task = Task(dataset=samples, solver=registered())
    clock = Clock()
    log, *_ = evaluate(task, model=model, display="none", log_dir=str(script.place), max_connections=script.in_flight)
    if log.status != "success":
        raise SystemExit(f"Inspect AI ended with {log.status}")
    return clock.read(script.calls)


if __name__ == "__main__":
    perform(play)
