"""What the engines' tests share: the tiny model, one vLLM engine, one of transformers, and one vLLM server, started once each.

Nothing here skips: where an engine is missing, its tests fail.
"""

from __future__ import annotations

import asyncio
import json
import os
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Callable, Coroutine, Iterator
from contextlib import AbstractAsyncContextManager, contextmanager
from pathlib import Path
from typing import Any

import pytest

import models
from benchmark import api
from benchmark.episode import Episode
from benchmark.running.drive import drive
from benchmark.running.plan import Planned
from benchmark.vocabulary import Completion, Model, Request, Sampling
from models.spec import parse_spec

# One thread that does not spin: this machine's cores are shared by the model, its server and the test.
os.environ.update(OMP_NUM_THREADS="1", OMP_WAIT_POLICY="PASSIVE", HF_HUB_OFFLINE="1", VLLM_NO_USAGE_STATS="1")
os.environ.setdefault("VLLM_CPU_KVCACHE_SPACE", "1")  # GiB

ROOT = Path(__file__).resolve().parents[2]
VLLM = "dtype=float32&enforce_eager=true&max_model_len=1536&max_num_seqs=16"
HF = "dtype=float32&device=cpu&max_model_len=1536&batch=8"
SAMPLING = Sampling(temperature=0.7, max_tokens=120)

Wait = Callable[[Coroutine[Any, Any, Any]], Any]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The libraries below warn of much that is not ours to mend."""
    for item in items:
        item.add_marker(pytest.mark.filterwarnings("default"))


@pytest.fixture(scope="session")
def tiny() -> Path:
    """The folder of the tiny model, trained now if no earlier run left it."""
    script = str(Path(__file__).with_name("tiny.py"))
    two_threads = {**os.environ, "OMP_NUM_THREADS": str(min(4, os.cpu_count() or 1))}
    done = subprocess.run([sys.executable, script], cwd=ROOT, env=two_threads, stdout=subprocess.PIPE, text=True, check=True, timeout=600)
    return Path(done.stdout.splitlines()[-1])


@pytest.fixture(scope="session")
def wait() -> Iterator[Wait]:
    """Runs a coroutine to its end on one event loop that lasts as long as the engines do."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    yield lambda coroutine: asyncio.run_coroutine_threadsafe(coroutine, loop).result(300)
    loop.call_soon_threadsafe(loop.stop)
    thread.join(10)
    loop.close()


@contextmanager
def opened(spec: str, wait: Wait) -> Iterator[Model]:
    """The model of ``spec``, on the loop of ``wait``."""
    context: AbstractAsyncContextManager[Model] = models.connect(parse_spec(spec))

    async def enter() -> Model:
        return await context.__aenter__()

    async def leave() -> None:
        await context.__aexit__(None, None, None)

    model: Model = wait(enter())
    try:
        yield model
    finally:
        wait(leave())


@pytest.fixture(scope="session")
def vllm(tiny: Path, wait: Wait) -> Iterator[Model]:
    with opened(f"vllm:{tiny}?{VLLM}", wait) as model:
        yield model


@pytest.fixture(scope="session")
def hf(tiny: Path, wait: Wait) -> Iterator[Model]:
    with opened(f"hf:{tiny}?{HF}", wait) as model:
        yield model


@pytest.fixture(scope="session")
def server(tiny: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The base URL of vLLM's own server with the tiny model, under the name "tiny"."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    log = tmp_path_factory.mktemp("server") / "log.txt"
    # As a module: the command of the same name fails where vLLM is installed from the package for CPUs.
    command = [
        sys.executable, "-m", "vllm.entrypoints.openai.api_server", "--model", str(tiny), "--served-model-name", "tiny",
        "--host", "127.0.0.1", "--port", str(port), "--dtype", "float32", "--enforce-eager", "--max-model-len", "1536",
        "--max-num-seqs", "16", "--block-size", "32", "--enable-prefix-caching", "--enable-prompt-tokens-details", "--seed", "0",
        "--no-enable-chunked-prefill", "--generation-config", "vllm",
        "--structured-outputs-config", '{"backend": "guidance", "disable_any_whitespace": true}',
    ]  # fmt: skip
    with log.open("wb") as output:
        process = subprocess.Popen(command, stdout=output, stderr=subprocess.STDOUT, cwd=log.parent)
    try:
        _healthy(f"http://127.0.0.1:{port}", process, log)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        try:
            process.wait(60)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _healthy(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + 600  # a minute on two idle cores
    while time.monotonic() < until and process.poll() is None:
        try:
            with urllib.request.urlopen(f"{url}/health", timeout=5):  # noqa: S310 - an address of this machine
                return
        except OSError:
            time.sleep(1)
    pytest.fail(f"vLLM's server did not start; it said:\n{log.read_text('utf-8', 'replace')[-3000:]}", pytrace=False)


def posted(url: str, document: Any) -> Any:
    """What a server answers to a JSON document."""
    request = urllib.request.Request(url, json.dumps(document).encode(), {"Content-Type": "application/json"})  # noqa: S310
    with urllib.request.urlopen(request, timeout=60) as response:  # noqa: S310
        return json.load(response)


def planned(n: int, seed: int = 5, condition: str = "private") -> list[Planned]:
    """``n`` episodes of two people about a mutual friend."""
    wish = api.Wish(model="reference:honest", tasks=("mutual_friend",), conditions=(condition,), n=n, seed=seed)
    return list(api.make_plan(wish).episodes())


def belongs(request: Request, episode: Planned) -> bool:
    """Whether ``request`` is a call of ``episode``: its notes, a random number among them, are notes of that world."""
    return {fact.text for fact in request.view.facts} <= {fact.text for fact in episode.world().facts}


def openings(n: int, seed: int = 5) -> list[Request]:
    """The first request of ``n`` episodes."""
    return [api.first_requests("mutual_friend", i, "private", 3, seed)[0] for i in range(n)]


async def played(episodes: list[Planned], model: Model, seen: Callable[[Request], None] = lambda _: None) -> list[Episode]:
    """``episodes``, all at once, with ``model`` in every seat; ``seen`` gets every request."""

    async def complete(request: Request) -> Completion:
        seen(request)
        return await model.complete(request, SAMPLING)

    return list(await asyncio.gather(*(drive(one, one.world(), complete) for one in episodes)))


async def completed(model: Model, requests: list[Request], sampling: Sampling = SAMPLING) -> list[Completion]:
    """The replies to ``requests``, all asked at once."""
    return list(await asyncio.gather(*(model.complete(request, sampling) for request in requests)))
