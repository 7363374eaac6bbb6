"""Inspect AI over the very same prompts as the other drivers: a solver that asks for one reply after the other, and no scorer.

Its defaults but for ``max_connections``; its log is written, as Parley's records are.
"""

from __future__ import annotations

import argparse
import json
import os
from tempfile import TemporaryDirectory
from typing import Any

from tests.performance.drivers import Clock, Work, dialogues
from tests.performance.long_talk import LongTalk


def inspect(work: Work) -> dict[str, Any]:
    from inspect_ai import Task
    from inspect_ai import eval as evaluate
    from inspect_ai.dataset import MemoryDataset, Sample
    from inspect_ai.model import ChatMessageAssistant, ChatMessageUser, GenerateConfig, get_model
    from inspect_ai.solver import solver

    every = dialogues(work.plan)
    kinds = {"user": ChatMessageUser, "assistant": ChatMessageAssistant}

    def talk() -> Any:
        async def solve(state: Any, generate: Any) -> Any:
            histories: dict[Any, list[Any]] = {}
            for chat in every[int(state.sample_id)]:
                history = histories.setdefault(chat[0], [])
                history += [kinds[role](content=content) for role, content in chat[len(history) :]]
                state.output = await get_model().generate(list(history))
            return state

        return solve

    registered: Any = solver(talk)
    config = GenerateConfig(temperature=0.7, max_tokens=1024, max_connections=work.in_flight)
    model = get_model("openai/load", base_url=work.base_url, api_key="none", config=config, responses_api=False)
    samples = MemoryDataset([Sample(id=str(number), input="talk") for number in range(len(every))])
    with TemporaryDirectory() as place:
        clock = Clock()
        log, *_ = evaluate(
            Task(dataset=samples, solver=registered()), model=model, display="none", log_dir=place, max_connections=work.in_flight
        )
        if log.status != "success":
            raise SystemExit(f"Inspect AI ended with {log.status}")
        return clock.read(sum(map(len, every)))


def main() -> None:
    os.environ.setdefault("OPENAI_API_KEY", "none")
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("driver", choices=["inspect"])
    parser.add_argument("--base-url", required=True)
    parser.add_argument("--task", default=LongTalk.name)
    parser.add_argument("--dialogues", type=int, default=100)
    parser.add_argument("--in-flight", type=int, default=256)
    given = parser.parse_args()
    print(json.dumps(inspect(Work(given.task, given.dialogues, given.in_flight, given.base_url))), flush=True)


if __name__ == "__main__":
    main()
