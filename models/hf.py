"""The ``hf:`` engine: a model of transformers inside this process, on a CPU or one GPU, for batches across episodes.

Calls that come within a short window, or while a batch is being written, make up the next batch: prompts padded at the
left, one thread for the model, so that the event loop stays free. Every row is drawn with numbers of its own seed and
call, by temperature and top-p alone, so a reply does not depend on who else is in the batch but for the last bits of
the arithmetic: padding changes in what order sums are taken, by some 1e-6 of a logit in float32 and 1e-2 in bfloat16,
and a token only where its draw falls that near to a boundary. ``batch=1`` takes even that away.

A prompt that leaves no room has finish "length" and no text. Thinking is treated as ``models.thoughts`` says. There are
no bound answers here: replies to commits are read as they are written. ``vllm:`` is the faster of the two by far.
"""

from __future__ import annotations

import asyncio
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from benchmark.streams import Stream, stream
from benchmark.vocabulary import Completion, ConnectError, Json, Request, Sampling, Usage, UsageError
from models.rendering import OPTIONS as SHARED
from models.rendering import Prompt, Rendering, Unrenderable, first_line, load, revision

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping, Sequence

    from models.spec import Spec

OPTIONS: dict[str, str] = {
    **SHARED,
    "dtype": "auto, bfloat16, float16 or float32 (auto)",
    "device": "cpu, cuda, cuda:1, … (cuda where there is one)",
    "max_model_len": "tokens of a prompt and its reply (as the model says)",
    "batch": "most calls in one batch (16)",
    "window": "seconds that a batch waits for company (0.02)",
}
"""What an ``hf:`` spec takes after "?", with the defaults."""

_DTYPES = ("auto", "bfloat16", "float16", "float32")


@dataclass(frozen=True, slots=True)
class _Limits:
    """What bounds a call and a batch."""

    room: int
    batch: int
    window: float


@dataclass(slots=True)
class _Row:
    """One call in a batch: what it reads, how it is drawn, and what came of it."""

    prompt: Prompt
    limit: int
    sampling: Sampling
    seed: int
    ends: frozenset[int]
    reply: asyncio.Future[list[int]]
    draws: Stream = field(init=False)
    written: list[int] = field(default_factory=list)

    def begin(self) -> None:
        self.written, self.draws = [], stream(self.seed, "hf")

    @property
    def stopped(self) -> bool:
        return bool(self.written) and self.written[-1] in self.ends

    @property
    def done(self) -> bool:
        return self.stopped or len(self.written) >= self.limit


class _Writer:
    """The weights, and the one way to write with them: in a thread of its own, a batch at a time."""

    def __init__(self, model: Any, pad: int) -> None:
        self.model, self.pad = model, pad
        self.closing = threading.Event()

    def write(self, rows: Sequence[_Row]) -> None:
        """Fills ``written`` of every row; a batch that does not fit into memory is halved."""
        import torch

        try:
            self._write(rows)
        except torch.OutOfMemoryError:
            if len(rows) == 1:
                raise
        else:
            return
        torch.cuda.empty_cache()
        for half in (rows[: len(rows) // 2], rows[len(rows) // 2 :]):
            self.write(half)

    def _write(self, rows: Sequence[_Row]) -> None:
        import torch
        from transformers import GenerationConfig, LogitsProcessorList, StoppingCriteriaList

        width, device = max(len(row.prompt.ids) for row in rows), self.model.device
        padding = [width - len(row.prompt.ids) for row in rows]
        for row in rows:
            row.begin()

        def draw(_: Any, scores: Any) -> Any:
            """Draws the next token of every row, and leaves ``generate`` no other to choose."""
            only = torch.full_like(scores, float("-inf"))
            for i, row in enumerate(rows):
                if not row.done:
                    row.written.append(_drawn(scores[i], row.sampling, row.draws))
                only[i, row.written[-1]] = 0.0
            return only

        def ended(ids: Any, _: Any, **__: Any) -> Any:
            return torch.tensor([row.done or self.closing.is_set() for row in rows], dtype=torch.bool, device=ids.device)

        with torch.inference_mode():
            self.model.generate(
                input_ids=torch.tensor([[self.pad] * pad + list(row.prompt.ids) for pad, row in zip(padding, rows, strict=True)]).to(
                    device
                ),
                attention_mask=torch.tensor([[0] * pad + [1] * (width - pad) for pad in padding]).to(device),
                generation_config=GenerationConfig(
                    max_new_tokens=max(row.limit for row in rows), do_sample=False, pad_token_id=self.pad, use_cache=True
                ),
                logits_processor=LogitsProcessorList([draw]),
                stopping_criteria=StoppingCriteriaList([ended]),
            )


def _drawn(scores: Any, sampling: Sampling, draws: Stream) -> int:
    """The next token: the likeliest at temperature 0, else by one number of the call's own from the top-p part."""
    import torch

    if sampling.temperature == 0:
        return int(scores.argmax())
    chances = torch.softmax(scores.double() / sampling.temperature, dim=-1)
    tokens = None
    if sampling.top_p < 1:
        chances, tokens = torch.sort(chances, descending=True, stable=True)
        before = torch.cumsum(chances, dim=-1) - chances
        chances = torch.where(before < sampling.top_p, chances, 0.0)
    heap = torch.cumsum(chances, dim=-1)
    place = int(torch.searchsorted(heap, heap[-1] * (draws.bits(53) / 2**53), right=True))
    return place if tokens is None else int(tokens[place])


class LocalModel:
    """One model in this process, as a Model."""

    def __init__(self, name: str, writer: _Writer, rendering: Rendering, limits: _Limits, details: Mapping[str, Json]) -> None:
        self.name = name
        self.details = details
        self._writer, self._rendering, self._limits = writer, rendering, limits
        self._ends = _ends(writer.model, rendering)
        self._waiting: asyncio.Queue[_Row] = asyncio.Queue()

    async def complete(self, request: Request, sampling: Sampling) -> Completion:
        """The reply to ``request.chat``; an error value where the model gives none."""
        began = time.monotonic()
        try:
            prompt = self._rendering.prompt(request.chat)
        except Unrenderable as error:
            return Completion("", finish="error", note=str(error))
        room, usage = self._limits.room - len(prompt.ids), Usage(prompt=len(prompt.ids))
        if room < 1:
            note = f"the prompt has {len(prompt.ids)} tokens, and the model {self._limits.room}"
            return Completion("", finish="length", usage=usage, note=note)
        reply = asyncio.get_running_loop().create_future()
        row = _Row(prompt, min(sampling.max_tokens, room), sampling, request.seed, self._ends, reply)
        self._waiting.put_nowait(row)
        try:
            written = await reply
        except Exception as error:  # noqa: BLE001 - whatever breaks here must cost these episodes only
            return Completion("", finish="error", usage=usage, note=f"the model failed: {type(error).__name__}: {first_line(error)}")
        if not row.done:
            return Completion("", finish="error", usage=usage, note="the model was closed before the reply was whole")
        thought, text = self._rendering.reply(written, self._ends, prompt.opened)
        finish, usage = "stop" if row.stopped else "length", Usage(len(prompt.ids), 0, len(written))
        return Completion(text, thought, finish, usage, seconds=time.monotonic() - began)

    async def serve(self, thread: ThreadPoolExecutor) -> None:
        """Writes batch after batch, for as long as it is not cancelled."""
        loop = asyncio.get_running_loop()
        while True:
            rows = [await self._waiting.get()]
            if self._waiting.qsize() < self._limits.batch - 1:
                await asyncio.sleep(self._limits.window)
            while len(rows) < self._limits.batch and not self._waiting.empty():
                rows.append(self._waiting.get_nowait())
            rows = [row for row in rows if not row.reply.done()]  # a call that was cancelled waits no more
            problem: Exception | None = None
            if rows:
                try:
                    await loop.run_in_executor(thread, self._writer.write, rows)
                except Exception as error:  # noqa: BLE001 - it goes to the calls, each of which says so
                    problem = error
            for row in rows:
                if row.reply.done():
                    continue
                if problem:
                    row.reply.set_exception(problem)
                else:
                    row.reply.set_result(row.written)


def _ends(model: Any, rendering: Rendering) -> frozenset[int]:
    """The tokens that end a reply, and are no part of it."""
    given = model.generation_config.eos_token_id
    listed = given if isinstance(given, list) else [given]
    return frozenset(number for number in [*listed, rendering.tokenizer.eos_token_id] if number is not None)


@asynccontextmanager
async def connect(spec: Spec) -> AsyncIterator[LocalModel]:
    """The model of an ``hf:`` spec, once its weights are loaded."""
    spec.allow(OPTIONS)
    if spec.options.get("dtype", "auto") not in _DTYPES:
        raise UsageError(f'dtype of {spec} must be one of {", ".join(_DTYPES)}, and was given "{spec.options["dtype"]}"')
    batch, window = spec.count("batch", 16, 1, 4096), spec.number("window", 0.02, 0, 60)
    longest, _ = spec.count("max_model_len", 0, 0, 10**8), spec.flag("enable_thinking")
    try:
        import torch
        import transformers
    except ImportError as error:
        raise ConnectError(
            f'{spec} needs transformers and torch: {first_line(error)} Install them: pip install "parley-bench[hf]"'
        ) from None
    transformers.utils.logging.disable_progress_bar()
    rendering = load(spec)
    model = await asyncio.to_thread(_loaded, spec)
    room = int(getattr(model.config.get_text_config(), "max_position_embeddings", 0)) or 2**30
    pad = rendering.tokenizer.pad_token_id
    writer = _Writer(model, pad if pad is not None else rendering.tokenizer.eos_token_id or 0)
    versions = {"engine": "transformers", "engine_version": transformers.__version__, "torch": torch.__version__}
    details: dict[str, Json] = {**versions, **_details(spec, model)}
    limits = _Limits(min(longest or room, room), batch, window)
    engine = LocalModel(str(spec), writer, rendering, limits, details | {"max_model_len": limits.room})
    # What else a model's makers recommend (repetition penalties, top-k) would make its sampling not the one on record.
    model.generation_config = transformers.GenerationConfig()
    thread = ThreadPoolExecutor(1, "hf")
    serving = asyncio.create_task(engine.serve(thread))
    try:
        yield engine
    finally:
        writer.closing.set()
        serving.cancel()
        with suppress(asyncio.CancelledError):
            await serving
        await asyncio.to_thread(thread.shutdown)


def _loaded(spec: Spec) -> Any:
    """The weights, where they are to run."""
    import torch
    import transformers

    device = spec.options.get("device", "cuda" if torch.cuda.is_available() else "cpu")
    given, revision_wanted = spec.options.get("dtype", "auto"), spec.options.get("revision", "main")
    try:
        model = transformers.AutoModelForCausalLM.from_pretrained(spec.name, revision=revision_wanted, dtype=given)
        return model.to(device).eval()
    except Exception as error:  # noqa: BLE001 - libraries below raise what they like
        raise ConnectError(f"{spec} cannot be loaded onto {device}: {first_line(error)} Give a model, dtype and device that fit.") from None


def _details(spec: Spec, model: Any) -> dict[str, Json]:
    import torch

    device = torch.cuda.get_device_name(model.device) if model.device.type == "cuda" else str(model.device)
    return {
        "revision": getattr(model.config, "_commit_hash", None) or revision(spec),
        "dtype": str(model.dtype).removeprefix("torch."),
        "device": device,
    }
