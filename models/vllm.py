"""The ``vllm:`` engine: vLLM inside this process, many calls at a time, for models on this machine.

Every call is one request to vLLM's own scheduler, which batches whatever is under way and keeps common beginnings of
prompts (prefix caching), so that a dialogue is read once. Prompts are token ids made by ``models.rendering``. A prompt
that leaves no room for a reply has finish "length" and no text, and concerns its own episode only.

Thinking: ``enable_thinking`` goes to the model's template, and what stands between thought tags is split off. Thinking
that eats the budget leaves no text and finish "length": the episode counts as truncated. ``structured=true`` binds the
reply from its first token, so a model so bound cannot think before a commit; where the prompt itself opens a thought the
call goes out unbound, and its record says so.
"""

from __future__ import annotations

import asyncio
import itertools
import os
import signal
import time
from contextlib import asynccontextmanager
from multiprocessing import resource_tracker
from typing import TYPE_CHECKING, Any

from benchmark.schemas import fits
from benchmark.vocabulary import Completion, ConnectError, Json, Request, Sampling, Usage
from models.rendering import OPTIONS as SHARED
from models.rendering import Rendering, Unrenderable, first_line, load, revision

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping

    from models.rendering import Prompt
    from models.spec import Spec

OPTIONS: dict[str, str] = {
    **SHARED,
    "structured": "true: bind commits to the task's JSON schema (false)",
    "dtype": "auto, bfloat16, float16 or float32 (auto)",
    "max_model_len": "tokens of a prompt and its reply (as the model says)",
    "gpu_memory_utilization": "share of the GPU's memory that this model may take; give each its own where two share one (0.9)",
    "tensor_parallel_size": "GPUs that one copy of the model is spread over (1)",
    "data_parallel_size": "copies of the model (1)",
    "pipeline_parallel_size": "stages that its layers are spread over (1)",
    "quantization": "how the weights are packed, where the model does not say so itself",
    "kv_cache_dtype": "type of the cached keys and values (auto)",
    "enforce_eager": "true: start sooner, run slower (false)",
    "block_size": "tokens to a block of the prefix cache; only whole blocks are kept (as vLLM chooses; 32 on a CPU)",
    "num_gpu_blocks_override": "blocks of the prefix cache, however many more would fit (as many as fit)",
    "max_num_seqs": "most requests under way at a time (as vLLM chooses)",
    "max_num_batched_tokens": "most tokens in one step (as vLLM chooses)",
    "cpu_offload_gb": "GiB of the weights kept in main memory (0)",
    "load_format": "how the weights are read (auto)",
    "attention_backend": "which attention to use (as vLLM chooses)",
}
"""What a ``vllm:`` spec takes after "?", with the defaults."""

_COUNTS = (
    "max_model_len", "tensor_parallel_size", "data_parallel_size", "pipeline_parallel_size", "block_size",
    "num_gpu_blocks_override", "max_num_seqs", "max_num_batched_tokens",
)  # fmt: skip
_NUMBERS = {"gpu_memory_utilization": (0.01, 1.0), "cpu_offload_gb": (0.0, 100_000.0)}
_WORDS = ("dtype", "quantization", "kv_cache_dtype", "load_format", "attention_backend", "revision")
_FINISH = {"stop": "stop", "length": "length", "repetition": "length"}
"""vLLM's reasons that leave a usable reply; after any other there is none."""


class LocalModel:
    """One model in one vLLM engine, as a Model."""

    def __init__(self, name: str, engine: Any, rendering: Rendering, structured: bool, details: Mapping[str, Json]) -> None:
        self.name = name
        self.details = details
        self._engine = engine
        self._rendering = rendering
        self._structured = structured
        self._room = int(engine.model_config.max_model_len)
        self._ends = _ends(engine, rendering)
        self._numbers = itertools.count()

    async def complete(self, request: Request, sampling: Sampling) -> Completion:
        """The reply to ``request.chat``; an error value where vLLM gives none."""
        from vllm.exceptions import VLLMClientError
        from vllm.v1.engine.exceptions import EngineDeadError

        began = time.monotonic()
        try:
            prompt = self._rendering.prompt(request.chat)
        except Unrenderable as error:
            return Completion("", finish="error", note=str(error))
        room = self._room - len(prompt.ids)
        usage = Usage(prompt=len(prompt.ids))
        if room < 1:
            return Completion("", finish="length", usage=usage, note=f"the prompt has {len(prompt.ids)} tokens, and the model {self._room}")
        schema = request.schema if self._structured and not prompt.opened else None
        try:
            output = await self._generated(prompt, _parameters(request.seed, schema, sampling, room))
        except VLLMClientError as error:
            return Completion("", finish="error", usage=usage, note=f"vLLM refuses the request: {first_line(error)}")
        except EngineDeadError as error:
            return Completion("", finish="error", usage=usage, note=f"vLLM's engine has died: {first_line(error)}", fatal=True)
        except Exception as error:  # noqa: BLE001 - whatever breaks here must cost this episode only
            return Completion("", finish="error", usage=usage, note=f"vLLM failed: {type(error).__name__}: {first_line(error)}")
        return self._completion(output, prompt, schema, time.monotonic() - began)

    def close(self) -> None:
        """Ends the engine's processes. Its last reference goes too, as one that outlives the interpreter complains on its way out."""
        self._engine.shutdown()
        self._engine = None

    async def _generated(self, prompt: Prompt, parameters: Any) -> Any:
        """vLLM's last word on one request. Cancelling takes the request out of its queue."""
        output = None
        inputs = {"prompt_token_ids": list(prompt.ids)}
        async for latest in self._engine.generate(inputs, parameters, request_id=f"call-{next(self._numbers)}"):
            output = latest
        return output

    def _completion(self, output: Any, prompt: Prompt, schema: str | None, seconds: float) -> Completion:
        written = output.outputs[0] if output is not None and output.outputs else None
        if written is None or written.finish_reason not in _FINISH:
            reason = written.finish_reason if written is not None else "nothing"
            return Completion("", finish="error", seconds=seconds, note=f"vLLM broke the request off: {reason}")
        thought, text = self._rendering.reply(written.token_ids, self._ends, prompt.opened)
        usage = Usage(len(prompt.ids), int(output.num_cached_tokens or 0), len(written.token_ids))
        kept = schema is not None and fits(text, schema)
        return Completion(text, thought, _FINISH[written.finish_reason], usage, kept, seconds=seconds)


def _parameters(seed: int, schema: str | None, sampling: Sampling, room: int) -> Any:
    from vllm.sampling_params import RequestOutputKind, SamplingParams, StructuredOutputsParams

    return SamplingParams(
        temperature=sampling.temperature,
        top_p=sampling.top_p,
        max_tokens=min(sampling.max_tokens, room),
        seed=seed,
        output_kind=RequestOutputKind.FINAL_ONLY,
        structured_outputs=StructuredOutputsParams(json=schema) if schema else None,
    )


def _ends(engine: Any, rendering: Rendering) -> frozenset[int]:
    """The tokens that end a reply, and are no part of it."""
    given = engine.model_config.try_get_generation_config().get("eos_token_id")
    listed = given if isinstance(given, list) else [given]
    return frozenset(number for number in [*listed, rendering.tokenizer.eos_token_id] if number is not None)


@asynccontextmanager
async def connect(spec: Spec) -> AsyncIterator[LocalModel]:
    """The model of a ``vllm:`` spec, once its weights are loaded."""
    spec.allow(OPTIONS)
    arguments, structured = _arguments(spec), spec.flag("structured")
    # Nothing is reported to vLLM's makers, and its progress does not drown ours, unless the user wants either.
    os.environ.setdefault("VLLM_NO_USAGE_STATS", "1")
    os.environ.setdefault("VLLM_LOGGING_LEVEL", "ERROR")
    try:
        import vllm
    except ImportError as error:
        raise ConnectError(
            f'{spec} needs vLLM, which cannot be imported: {first_line(error)} Install it: pip install "parley-bench[vllm]"'
        ) from None
    rendering = load(spec)
    engine = await _started(spec, arguments, structured)
    model = LocalModel(str(spec), engine, rendering, structured, _details(spec, engine, vllm.__version__, structured))
    del engine
    try:
        yield model
    finally:
        model.close()


def _arguments(spec: Spec) -> dict[str, Any]:
    """vLLM's engine arguments that ``spec`` gives."""
    given: dict[str, Any] = {key: spec.count(key, 1, 1, 10**8) for key in _COUNTS if key in spec.options}
    given |= {key: spec.number(key, low, low, high) for key, (low, high) in _NUMBERS.items() if key in spec.options}
    given |= {key: spec.options[key] for key in _WORDS if key in spec.options}
    if "enforce_eager" in spec.options:
        given["enforce_eager"] = spec.flag("enforce_eager")
    for key in ("enable_thinking", "structured"):  # said here, so that a wrong value fails before anything is loaded
        spec.flag(key)
    return given


async def _started(spec: Spec, arguments: dict[str, Any], structured: bool) -> Any:
    """The engine, running. It starts in a thread, so that Ctrl-C is heard meanwhile."""
    # A box, since the thread's own frame outlives it and would keep the engine from ever being freed.
    box: list[Any] = []
    starting = asyncio.ensure_future(asyncio.to_thread(_start, spec, arguments, structured, box))
    try:
        await asyncio.shield(starting)
    except asyncio.CancelledError:
        starting.add_done_callback(lambda _: [engine.shutdown() for engine in box])
        raise
    except Exception as error:  # noqa: BLE001 - vLLM raises what it likes
        raise ConnectError(
            f"vLLM cannot start {spec}: {first_line(error)} What it printed above may say more; VLLM_LOGGING_LEVEL=INFO makes it say all."
        ) from None
    return box.pop()


def _start(spec: Spec, arguments: dict[str, Any], structured: bool, box: list[Any]) -> None:
    from vllm.engine.arg_utils import AsyncEngineArgs
    from vllm.platforms import current_platform
    from vllm.v1.engine.async_llm import AsyncLLM

    # The engine's own processes inherit this thread's mask: the first Ctrl-C is for us, who then let calls finish.
    # Python's tracker of shared memory, which comes with the first of them, would lift it again; so it comes before.
    resource_tracker.ensure_running()
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    if current_platform.is_cpu():
        arguments.setdefault("block_size", 32)
        # A prompt read in parts winds its seed back in a way that CPUs lack, and the whole engine dies of that.
        arguments["enable_chunked_prefill"] = False
    if structured:
        # The default lets control characters into strings, which are then no JSON.
        arguments["structured_outputs_config"] = {"backend": "guidance", "disable_any_whitespace": True}
    wanted = AsyncEngineArgs(
        model=spec.name,
        tokenizer_revision=arguments.get("revision"),
        enable_prefix_caching=True,
        use_tqdm_on_load=False,
        generation_config="vllm",  # sampling is ours, not the model's
        seed=0,
        **arguments,
    )
    box.append(AsyncLLM.from_engine_args(wanted))


def _details(spec: Spec, engine: Any, version: str, structured: bool) -> dict[str, Json]:
    from vllm.platforms import current_platform

    configuration = engine.model_config
    details: dict[str, Json] = {
        "engine": "vllm",
        "engine_version": version,
        "revision": revision(spec),
        "dtype": str(configuration.dtype).removeprefix("torch."),
        "device": str(current_platform.get_device_name()),
        "max_model_len": int(configuration.max_model_len),
    }
    if configuration.quantization:
        details["quantization"] = str(configuration.quantization)
    if structured:
        details["structured"] = "guidance"
    return details
