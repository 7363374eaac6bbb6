"""What only vLLM does: a prefix cache, bound commits, thinking under them, and its wrong uses said plainly."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from benchmark.answers import read_answer
from benchmark.vocabulary import ConnectError, Model, Request, Sampling, UsageError
from models.rendering import Rendering
from models.vllm import LocalModel
from tests.engines.conftest import SAMPLING, VLLM, Wait, completed, opened, openings, planned, played

BLOCK = 32


@pytest.fixture(scope="module")
def bound(tiny: Path, wait: Wait) -> Iterator[Model]:
    """A second engine in the same process, which binds commits to their schema and opens a thought before nothing."""
    with opened(f"vllm:{tiny}?{VLLM}&structured=true&enable_thinking=false", wait) as model:
        yield model


def commits(requests: list[Request]) -> list[Request]:
    """``requests``, asked as commits."""
    return [replace(one, kind="commit", schema=one.task.schema(one.view)) for one in requests]


def thinking(engine: Any, structured: bool) -> LocalModel:
    """The engine of ``engine`` under a template that opens a thought in every prompt."""
    rendering = Rendering.of(engine._rendering.tokenizer, {"enable_thinking": True})
    return LocalModel("thinking", engine._engine, rendering, structured, {})


def test_cached_tokens_grow_with_the_dialogue(vllm: Model, wait: Wait) -> None:
    results = wait(played(planned(3, seed=77), vllm))

    for result in results:
        for seat in "AB":
            talk = [call.usage for call in result.calls if call.seat == seat and call.kind != "repair"]
            assert len(talk) >= 2
            for earlier, later in itertools.pairwise(talk):
                assert later.prompt > earlier.prompt
                assert earlier.cached < later.cached < later.prompt
                assert later.cached >= earlier.prompt // BLOCK * BLOCK


def test_bound_commits_are_in_the_format_however_wild_the_sampling(bound: Model, vllm: Model, wait: Wait) -> None:
    requests, wild = commits(openings(12)), Sampling(temperature=2.0, max_tokens=120)

    free, held = (wait(completed(engine, requests, wild)) for engine in (vllm, bound))

    assert sum(_is_answer(one.text) for one in free) < len(free)
    assert all(_is_answer(one.text) and one.constrained for one in held)
    assert not any(one.constrained for one in free)


def _is_answer(text: str) -> bool:
    try:
        return set(json.loads(text)) == {"answer"} and len(read_answer(text) or "") <= 40
    except Exception:  # noqa: BLE001 - whatever a wild model writes
        return False


def test_talk_is_never_bound(bound: Model, wait: Wait) -> None:
    replies = wait(completed(bound, openings(4)))

    assert not any(reply.constrained or reply.text.startswith("{") for reply in replies)


def test_a_thought_is_split_off_and_never_bound(bound: Model, wait: Wait) -> None:
    replies = wait(completed(thinking(bound, structured=True), commits(openings(8)), SAMPLING))

    assert sum(reply.thought == "Let us see." for reply in replies) > 5
    assert not any("Let us" in reply.text or "think>" in reply.text + reply.thought or reply.constrained for reply in replies)
    assert sum(bool(reply.text) for reply in replies) > 5


def test_thinking_that_eats_the_budget_says_nothing_and_is_a_length(vllm: Model, wait: Wait) -> None:
    brief = replace(SAMPLING, max_tokens=4)

    replies = wait(completed(thinking(vllm, structured=False), openings(4), brief))

    assert [(reply.text, reply.finish) for reply in replies] == [("", "length")] * 4
    assert all(reply.thought for reply in replies)


def test_a_schema_that_vllm_cannot_use_fails_its_own_call_only(bound: Model, wait: Wait) -> None:
    good, other = commits(openings(2))

    broken, whole = wait(completed(bound, [replace(good, schema='{"type": "no such type"}'), other]))

    assert broken.finish == "error"
    assert "vLLM" in broken.note
    assert (whole.finish, whole.constrained) == ("stop", True)


def test_a_folder_without_a_model_is_refused_with_advice(tmp_path: Path, wait: Wait) -> None:
    for scheme in ("vllm", "hf"):
        with pytest.raises(ConnectError, match=r"cannot be loaded.* Give a folder"), opened(f"{scheme}:{tmp_path}", wait):
            pass


def test_an_option_or_value_that_is_not_known_is_refused_before_anything_is_loaded(wait: Wait) -> None:
    for given, said in (
        ("vllm:x?enforce_eger=true", "enforce_eager"),
        ("vllm:x?tensor_parallel_size=two", "tensor_parallel_size"),
        ("vllm:x?gpu_memory_utilization=7", "from 0.01 to 1"),
        ("vllm:x?enforce_eager=perhaps", "true or false"),
        ("hf:x?structured=true", "structured"),
        ("hf:x?dtype=int3", "bfloat16"),
        ("hf:x?batch=0", "batch"),
    ):
        with pytest.raises(UsageError, match=said), opened(given, wait):
            pass


def test_a_value_that_vllm_cannot_start_with_is_said_plainly(tiny: Path, wait: Wait) -> None:
    with pytest.raises(ConnectError, match="vLLM cannot start"), opened(f"vllm:{tiny}?{VLLM}&quantization=no_such_kind", wait):
        pass
