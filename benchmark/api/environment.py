"""Practice as a Gymnasium-style environment: ``reset`` and ``step``, with texts for observations and actions."""

from __future__ import annotations

import asyncio
import json
import queue
import threading
from collections.abc import Coroutine, Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from benchmark.api.training import Lesson, Practice
from benchmark.vocabulary import Completion, Json, Model, Request, UsageError

if TYPE_CHECKING:
    import gymnasium

T = TypeVar("T")
Info = dict[str, Json]
Step = tuple[str, float, bool, bool, Info]

NOTHING = "[]"
"""What is observed once an episode is over."""

ASCII = "".join(map(chr, range(32, 127)))
LONGEST_OBSERVATION, LONGEST_ACTION = 2**22, 2**16
"""In characters, for spaces: an observation is pure ASCII; an action may be any text, of which only so much is ever sampled."""


class Environment:
    """One seat of a task, for whoever learns to play it. The others' replies come from ``practice.partner``.

    An observation is the chat that a model would be sent, as the compact ASCII JSON ``[[role, content], …]`` whose SHA-256 stands in
    records; ``info`` has it ready for a chat template ("chat"), and says what is asked ("kind": talk, commit or repair; "schema" for an
    answer). The reward comes with the last step, 0 before it. ``truncated`` says that the episode broke off through no fault of the
    learner's. After the last step ``info`` holds the "record", which shows what the others knew: it is nothing to learn from.

    The same seeds and actions give the same episodes, as far as the partner repeats itself (reference players do). Nothing but the standard
    library is needed; ``as_gymnasium`` gives the same as a ``gymnasium.Env``.
    """

    metadata: ClassVar[dict[str, Json]] = {"render_modes": []}

    def __init__(self, practice: Practice | None = None) -> None:
        self.practice = practice or Practice()
        self._seed, self._number = 0, -1
        self._desk: _Desk | None = None

    def reset(self, *, seed: int | None = None, options: Mapping[str, Json] | None = None) -> tuple[str, Info]:
        """Begins the first episode of ``seed``, or without one the next of the same; what was being played is left.

        No ``options`` are known. ConnectError if the partner cannot be had.
        """
        if options:
            raise UsageError(f"reset takes no options, and was given {', '.join(map(str, options))}")
        if seed is not None and seed < 0:
            raise UsageError(f"a seed is 0 or more, and {seed} was given")
        self._seed, self._number = (self._seed, self._number + 1) if seed is None else (seed, 0)
        if self._desk is None:
            self._desk = _Desk(self.practice)
        observation, _, terminated, truncated, info = self._seen(self._desk.begin(self._seed, self._number))
        if terminated or truncated:
            raise UsageError(f"the learner is asked nothing in {self.practice.task}: {info.get('outcome')}")
        return observation, info

    def step(self, action: str | Completion) -> Step:
        """What is asked next once ``action`` is said: (observation, reward, terminated, truncated, info).

        A Completion may say more than a text does: that it was cut at the token limit, or refused. UsageError before ``reset``.
        """
        if self._desk is None or not self._desk.asked:
            raise UsageError("nothing is asked: call reset first")
        if not isinstance(action, str | Completion):
            raise UsageError(f"an action is a text, and was {type(action).__name__}")
        return self._seen(self._desk.answer(Completion(action) if isinstance(action, str) else action))

    def close(self) -> None:
        """Leaves what is being played, and lets the partner go."""
        if self._desk:
            self._desk.close()
        self._desk = None

    def __enter__(self) -> Environment:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _seen(self, news: Request | Lesson) -> Step:
        if isinstance(news, Request):
            chat = [{"role": role, "content": content} for role, content in news.chat]
            info = {"chat": chat, "kind": news.kind, "seat": news.seat, "round": news.round, "schema": news.schema, "seed": news.seed}
            observation = json.dumps(news.chat, separators=(",", ":"))  # as ``chat_sha256`` has it
            return observation, 0.0, False, False, info | {"world_seed": self._seed, "world": self._number}
        told = {"outcome": news.record["outcome"], "record": news.record, "world_seed": self._seed, "world": self._number}
        return NOTHING, news.reward, news.counts, not news.counts, told


class _Desk:
    """Where an episode is played: a thread with a loop, so that ``step`` may wait wherever it is called, in a notebook too."""

    def __init__(self, practice: Practice) -> None:
        self._practice = practice
        self._news: queue.SimpleQueue[Request | Lesson | BaseException] = queue.SimpleQueue()
        self._reply: asyncio.Future[Completion] | None = None
        self._playing: asyncio.Task[None] | None = None
        self.asked = False
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="parley-practice", daemon=True)
        self._thread.start()
        self._closing = asyncio.Event()
        opened: queue.SimpleQueue[Mapping[str, Model] | BaseException] = queue.SimpleQueue()
        self._holding = asyncio.run_coroutine_threadsafe(self._hold(opened), self._loop)
        found = opened.get()
        if isinstance(found, BaseException):
            self.close()
            raise found
        self._partners = found

    async def _hold(self, opened: queue.SimpleQueue[Mapping[str, Model] | BaseException]) -> None:
        """Keeps the partners open in one task, as some engines want it."""
        try:
            async with self._practice.partners() as partners:
                opened.put(partners)
                await self._closing.wait()
        except Exception as error:  # noqa: BLE001 - it is raised where the partners are waited for
            opened.put(error)

    def begin(self, seed: int, number: int) -> Request | Lesson:
        self._run(self._start(seed, number))
        return self._next()

    def answer(self, completion: Completion) -> Request | Lesson:
        self.asked = False
        self._loop.call_soon_threadsafe(self._replied, completion)
        return self._next()

    def close(self) -> None:
        self._run(self._leave())
        self._loop.call_soon_threadsafe(self._closing.set)
        with suppress(Exception):  # what a partner has to say on parting ends no training
            self._holding.result()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def _run(self, work: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result()

    def _next(self) -> Request | Lesson:
        news = self._news.get()
        if isinstance(news, BaseException):
            raise news
        self.asked = isinstance(news, Request)
        return news

    def _replied(self, completion: Completion) -> None:
        if self._reply and not self._reply.done():
            self._reply.set_result(completion)

    async def _start(self, seed: int, number: int) -> None:
        await self._leave()
        self._playing = asyncio.create_task(self._play(seed, number))

    async def _leave(self) -> None:
        """Ends what is being played, and forgets what it asked."""
        if self._playing:
            self._playing.cancel()
            await asyncio.gather(self._playing, return_exceptions=True)
        self._playing, self.asked = None, False
        with suppress(queue.Empty):
            while True:
                self._news.get_nowait()

    async def _play(self, seed: int, number: int) -> None:
        try:
            self._news.put(await self._practice.play(self._practice.planned(seed, number), self._partners, self._ask))
        except Exception as error:  # noqa: BLE001 - it is raised where the next step is waited for
            self._news.put(error)

    async def _ask(self, request: Request) -> Completion:
        self._reply = asyncio.get_running_loop().create_future()
        self._news.put(request)
        return await self._reply


def as_gymnasium(practice: Practice | None = None) -> gymnasium.Env[str, str]:
    """``Environment`` as a ``gymnasium.Env`` with text spaces. UsageError where gymnasium is missing."""
    try:
        import gymnasium
        from gymnasium.spaces import Text
    except ImportError:
        raise UsageError(
            'this needs gymnasium. Install it: pip install "parley-bench[train]", or use Environment, which needs none'
        ) from None

    class Talk(gymnasium.Env[str, str]):
        """``Environment`` with spaces, and Gymnasium's own random number generator, which nothing here draws from."""

        metadata = Environment.metadata

        def __init__(self) -> None:
            self.observation_space = Text(LONGEST_OBSERVATION, min_length=0, charset=ASCII)
            self.action_space = Text(LONGEST_ACTION, min_length=0, charset=ASCII)
            self.render_mode = None
            self._environment = Environment(practice)

        def reset(self, *, seed: int | None = None, options: dict[str, Json] | None = None) -> tuple[str, Info]:
            super().reset(seed=seed)
            return self._environment.reset(seed=seed, options=options)

        def step(self, action: str) -> Step:
            return self._environment.step(action)

        def close(self) -> None:
            self._environment.close()

    return Talk()
