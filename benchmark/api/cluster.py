"""Ray, and nothing else of it anywhere: how a cluster is joined, how many replicas it has room for, and how they are reached.

Ray sends a replica the plan, and specs in which keys have no place. What a key's variable holds is read where it is used.
"""

from __future__ import annotations

import asyncio
import logging
import os
import re
import socket
from collections.abc import AsyncIterator, Awaitable, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from typing import Any

from benchmark.api.replica import Opened, Replica, Share
from benchmark.api.replicas import Gone, Process, Replicas, Unreachable
from benchmark.running.elsewhere import News, Unit
from benchmark.running.sitting import Settings
from benchmark.vocabulary import ConnectError, UsageError
from models.spec import Spec

_ELSEWHERE = frozenset({"reference", "openai", "litellm", "replay"})
"""Schemes whose models need no GPU where they are called."""

_PARALLEL = ("tensor_parallel_size", "pipeline_parallel_size", "data_parallel_size")


@contextmanager
def joined(address: str) -> Iterator[None]:
    """Part of the cluster at ``address`` for as long as it lasts: "auto", "local" (one is begun here), or HOST:PORT of its head.

    UsageError for what is no address, or where Ray is not installed; ConnectError if there is no cluster.
    """
    if address not in ("auto", "local") and not re.fullmatch(r"[A-Za-z0-9.\-_\[\]:]+:[0-9]{1,5}", address):
        raise UsageError(f'--ray takes auto, local or HOST:PORT of the head of a cluster on a node of it, and was given "{address[:80]}"')
    try:
        import ray
    except ModuleNotFoundError:
        raise UsageError("--ray needs the Python module ray, which is not there. Install it: pip install 'parley-bench[ray]'") from None
    _check_listening(address)
    own: dict[str, Any] = {"include_dashboard": False} if address == "local" else {}
    if own:
        os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
    try:
        ray.init(address=address, log_to_driver=False, logging_level=logging.ERROR, **own)
    except Exception as error:  # noqa: BLE001 - Ray raises all sorts, a bare Exception among them
        raise _no_cluster(address, _line(error)) from None
    try:
        yield
    finally:
        ray.shutdown()


def _check_listening(address: str) -> None:
    """ConnectError if nobody listens at ``address``: Ray would end this process, without a word on how to go on."""
    named = os.environ.get("RAY_ADDRESS", "") if address == "auto" else address
    host, _, port = named.rpartition(":")
    if host and port.isdecimal():
        try:
            socket.create_connection((host.strip("[]"), int(port)), timeout=10).close()
        except (OSError, OverflowError) as error:
            raise _no_cluster(named, str(error)) from None


def _no_cluster(address: str, why: str) -> ConnectError:
    if address == "local":
        return ConnectError(f"Ray could not begin a cluster on this machine: {why}. Try once more, or leave --ray out.")
    return ConnectError(
        f"there is no cluster of Ray to be had at {address}: {why}. Begin one with `ray start --head`, and join it on this machine "
        "with `ray start --address=HOST:PORT`; or give --ray local."
    )


@asynccontextmanager
async def replicas(share: Share, settings: Settings) -> AsyncIterator[Replicas]:
    """The replicas of a run, the first of which is ready. ConnectError if there is none to be had."""
    number, gpus = _room(share.specs, settings.replicas)

    def tell(line: str) -> None:
        if not settings.quiet:
            settings.tell(line)

    every = Replicas(lambda: _Remote(share, gpus), number, settings.live, tell)
    try:
        await every.open()
        yield every
    finally:
        await every.close()


def _room(specs: Sequence[Spec], asked: int | None) -> tuple[int, int]:
    """How many replicas there shall be, and how many GPUs each takes: as many as fit, or one for each node without GPUs."""
    import ray

    nodes = [node["Resources"] for node in ray.nodes() if node["Alive"]]
    wanted = max(map(_gpus, specs))
    if wanted and any(node.get("GPU") for node in nodes):
        fitting = sum(int(node.get("GPU", 0) // wanted) for node in nodes)
        if not fitting:
            raise ConnectError(f"no node of the cluster has the {wanted} GPUs that one replica needs. Give a smaller tensor_parallel_size.")
        return asked or fitting, wanted
    return asked or max(1, sum(node.get("CPU", 0) >= 1 for node in nodes)), 0


def _gpus(spec: Spec) -> int:
    """How many GPUs a model takes where there are any."""
    if spec.scheme in _ELSEWHERE or spec.options.get("device", "").startswith("cpu"):
        return 0
    gpus = 1
    for name in _PARALLEL:
        gpus *= spec.count(name, 1, 1, 1_000_000)
    return gpus


class _Remote(Process):
    """A replica as an actor. Ray begins it no second time and repeats no call: what is lost is known to be lost."""

    def __init__(self, share: Share, gpus: int) -> None:
        import ray

        wanted = {"num_cpus": 1, "num_gpus": gpus, "scheduling_strategy": "SPREAD", "max_restarts": 0, "max_task_retries": 0}
        self._actor = ray.remote(Replica).options(**wanted).remote(share)

    async def here(self) -> str:
        return str(await _answer(self._actor.here.remote()))

    async def open(self) -> Opened:
        opened: Opened = await _answer(self._actor.open.remote())
        return opened

    async def news(self, arrived: int, units: Sequence[Unit], dropped: Sequence[str]) -> News:
        news: News = await _answer(self._actor.news.remote(arrived, list(units), list(dropped)))
        return news

    async def close(self) -> None:
        await _answer(self._actor.close.remote())

    def kill(self) -> None:
        import ray

        ray.kill(self._actor)


async def _answer(reference: Any) -> Any:
    """What an actor answers. Gone if its process has ended or cannot begin, Unreachable if nobody knows."""
    import ray

    answering: Awaitable[Any] = asyncio.wrap_future(reference.future())
    try:
        return await answering
    except ray.exceptions.ActorUnavailableError as error:
        raise Unreachable(_line(error)) from None
    except ray.exceptions.RayError as error:
        raise Gone(_line(error)) from None


def _line(error: Exception) -> str:
    """What Ray says, in one line."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    return " ".join(lines)[:400].rstrip(".") or type(error).__name__
