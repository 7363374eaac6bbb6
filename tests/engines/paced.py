"""Engines for runs on a cluster: reference:honest at a pace, and some that cannot be had."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace

from benchmark.vocabulary import Completion, ConnectError, Model, Request, Sampling, Usage
from models import reference
from models.spec import Spec


class Paced:
    """Says what reference:honest says, after ``pause`` seconds, and reports tokens."""

    def __init__(self, name: str, model: Model, pause: float) -> None:
        self.name, self.details = name, {"revision": os.environ.get("TEST_REVISION", "1")}
        self._model, self._pause = model, pause

    async def complete(self, request: Request, sampling: Sampling) -> Completion:
        await asyncio.sleep(self._pause)
        said = await self._model.complete(request, sampling)
        return replace(said, usage=Usage(100, 0, 10))


@asynccontextmanager
async def connect(spec: Spec) -> AsyncIterator[Paced]:
    async with reference.connect(Spec("reference", "honest")) as model:
        yield Paced(str(spec), model, float(spec.options.get("pause", "0")))


@asynccontextmanager
async def missing(spec: Spec) -> AsyncIterator[Paced]:
    if spec:
        raise ConnectError("the weights are not on this node. Copy them there.")
    async with connect(spec) as model:
        yield model


@asynccontextmanager
async def fatal(spec: Spec) -> AsyncIterator[Paced]:
    if spec:
        os._exit(7)
    async with connect(spec) as model:
        yield model
