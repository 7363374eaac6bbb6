"""The ``openai:`` engine: any server with OpenAI's chat completions, over one pool of kept-alive connections.

Stateless: a request's whole chat goes out each time, and nothing is kept of it. What cannot be answered is an error value.
What a server does not take is found out before the first call (``models.openai_dialect``), how much it bears while it is
used (``models.pacing``).
"""

from __future__ import annotations

from contextlib import asynccontextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

import aiohttp

from benchmark.schemas import fits, parsed
from benchmark.vocabulary import Completion, ConnectError, Json, Message, Request, Sampling
from models.openai_attempts import LONGEST_BACKOFF, Line, Patience
from models.openai_dialect import PROBE, PROBE_TOKENS, Dialect, dialect
from models.openai_endpoint import Endpoint, endpoint, explain
from models.openai_replies import Outcome
from models.openai_wire import Wire
from models.pacing import Gate

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping

    from models.spec import Spec

OPTIONS: dict[str, str] = {
    "base_url": "where the server is, up to and without /chat/completions (https://api.openai.com/v1)",
    "key_env": "the environment variable that holds the key (OPENAI_API_KEY)",
    "structured": "true: ask for commits with the task's JSON schema, if the server honours one (false)",
    "omit": "what to leave out of requests, of seed,temperature,top_p, for servers that refuse it (nothing)",
    "max_tokens_field": "max_tokens, max_completion_tokens, or auto: whichever the server takes (auto)",
    "rpm": "requests a minute at most, evenly spread (0: as many as the server bears)",
    "tpm": "tokens a minute at most, likewise (0)",
    "timeout": "seconds for one attempt (120)",
    "total_timeout": "seconds after its first attempt in which a call is tried again (900)",
    "retries": "further attempts after a failure that can pass; waiting for a busy server uses up none, unless this is 0 (6)",
    "outage": "seconds in which a server that is away (no connection, 502, 504) uses up none either (120; 0 where retries is given)",
    "backoff": "seconds before the first of them, doubled each time up to 30 (0.5)",
}
"""What an ``openai:`` spec takes after "?", with the defaults."""

GREETING: tuple[Message, ...] = (("user", "Reply with OK."),)
PLAIN = Sampling(temperature=1.0, top_p=1.0, max_tokens=16)
"""How the first request draws: with values that are refused only where none is taken."""

_ABOUT_ONE = frozenset({400, 403, 413, 422, 451})
"""What a server answers to a request that is wrong, and to a single prompt that it (or a firewall before it) will not have."""

HONOURED, IGNORED, REFUSED = "honoured", "ignored", "refused"


class ChatModel:
    """One model behind one server, as a Model. ``notes`` say what a user should know of it, as it becomes known."""

    def __init__(self, name: str, endpoint: Endpoint, line: Line, patience: Patience) -> None:
        self.name = name
        self.details: Mapping[str, Json] = {"host": endpoint.host}
        self.notes: list[str] = []
        self._endpoint = endpoint
        self._line = line
        self._patience = patience
        self._dialect = Dialect()
        self._structured = ""
        self._refused: set[str] = set()

    @property
    def calls_at_once(self) -> int:
        """How many calls the server bears at a time, as far as is known by now."""
        return self._line.gate.limit

    @property
    def calls_a_minute(self) -> float:
        """How many it is held to (``rpm``); 0: as many as the server bears."""
        return self._line.gate.calls_a_minute

    async def complete(self, request: Request, sampling: Sampling) -> Completion:
        """The reply to ``request.chat``; an error value where there is none after all attempts."""
        schema = request.schema if self._structured in (HONOURED, IGNORED) and request.schema not in self._refused else None
        outcome, done = await self._ask(request.chat, sampling, request.seed, self._patience, schema)
        if schema and done.fatal and outcome.status in (400, 422):
            outcome, done = await self._without(schema, done, request, sampling)
            schema = None
        if done.fatal and (advice := self._dialect.advice(outcome)):
            return replace(done, note=f"{done.note} {advice}")
        if done.fatal and outcome.status in _ABOUT_ONE and await self._takes_others(sampling):
            return replace(done, fatal=False, note=f"only this prompt is refused: {done.note}")
        constrained = schema is not None and self._structured == HONOURED and done.finish != "error" and fits(done.text, schema)
        if outcome.served and outcome.served != self._endpoint.model:
            return replace(done, constrained=constrained, served=self._endpoint.clean(outcome.served))
        return replace(done, constrained=constrained) if constrained else done

    async def _without(self, schema: str, first: Completion, request: Request, sampling: Sampling) -> tuple[Outcome, Completion]:
        """Asks again without ``schema``. If that is answered, it was the schema that was refused, and it is not sent again."""
        outcome, done = await self._ask(request.chat, sampling, request.seed, self._patience)
        if done.finish != "error":
            if not self._refused:
                self._tell(f"refuses a JSON schema that it was sent, and is asked without that: {first.note}")
            self._refused.add(schema)
        return outcome, replace(done, retries=first.retries + 1 + done.retries, seconds=first.seconds + done.seconds)

    async def _takes_others(self, sampling: Sampling) -> bool:
        """Whether the server answers something harmless that is asked in the same way: then a refusal was about its prompt alone."""
        _, done = await self._ask(GREETING, sampling, 0, self._patience)
        return done.finish != "error"

    async def greet(self, spoken: Dialect, structured: bool) -> None:
        """Small real completions, so that what can never work fails here. ConnectError says what and what to do."""
        given = self._patience
        brief = replace(given, retries=min(2, given.retries), pause=5.0, waits=False, gives_up_on=("unreachable", "timeout"))
        learned: Dialect | None = spoken
        while learned:
            self._dialect = learned
            outcome, done = await self._ask(GREETING, PLAIN, 0, brief)
            learned = self._dialect.learned(outcome)
        if done.finish == "error":
            raise self._cannot(outcome, done)
        said = {"served_model": outcome.served, "system_fingerprint": outcome.fingerprint}
        found: dict[str, Json] = {name: self._endpoint.clean(value) for name, value in said.items() if value}
        if self._dialect.tokens_field != spoken.tokens_field:
            found["max_tokens_field"] = self._dialect.tokens_field
        if self._dialect.omit != spoken.omit:
            found["seed"] = REFUSED
            self._tell("refuses a seed, and is asked without one: the same run will not give the same replies")
        if structured:
            self._structured = found["structured"] = await self._try_schema(brief)
        self.details = {**self.details, **found}
        self._line.gate.restart()

    async def _try_schema(self, brief: Patience) -> str:
        """Whether the server honours a schema, ignores it, or refuses it."""
        for tokens in PROBE_TOKENS:
            outcome, done = await self._ask(GREETING, replace(PLAIN, max_tokens=tokens), 0, brief, PROBE)
            if done.finish == "error" and (outcome.busy or outcome.kind != "status"):
                raise self._cannot(outcome, done)
            if done.finish == "error":
                self._tell(f"refuses a JSON schema, and is asked without one: {done.note}")
                return REFUSED
            if fits(done.text, PROBE):
                return HONOURED
            if done.finish != "length":
                break
        self._tell("takes a JSON schema and ignores it, so no reply counts as constrained")
        return IGNORED

    def _cannot(self, outcome: Outcome, done: Completion) -> ConnectError:
        told = replace(outcome, completion=done)
        return ConnectError(self._endpoint.clean(explain(self._endpoint, told, self._dialect.advice(outcome)), 900))

    def _tell(self, what: str) -> None:
        self.notes.append(self._endpoint.clean(f"openai:{self._endpoint.model} at {self._endpoint.base_url} {what}", 500))

    async def _ask(
        self, chat: tuple[Message, ...], sampling: Sampling, seed: int, patience: Patience, schema: str | None = None
    ) -> tuple[Outcome, Completion]:
        fields = self._dialect.fields(sampling, seed)
        if schema:
            asked = {"name": "answer", "schema": parsed(schema), "strict": True}
            fields["response_format"] = {"type": "json_schema", "json_schema": asked}
        return await self._line.ask(lambda: self._endpoint.payload(chat, fields), sampling.max_tokens, patience)


@asynccontextmanager
async def connect(spec: Spec, key: str = "") -> AsyncIterator[ChatModel]:
    """The model of an ``openai:`` spec, once its server has answered one small request. ``key`` goes before the one of ``key_env``."""
    spec.allow(OPTIONS)
    where, spoken, structured = endpoint(spec, key), dialect(spec), spec.flag("structured")
    patience = patience_of(spec)
    gate = Gate(spec.number("rpm", 0, 0, 1e9), spec.number("tpm", 0, 0, 1e12), patience.backoff)
    headers = {"Content-Type": "application/json", "User-Agent": "parley-bench"}
    if where.key:
        headers["Authorization"] = f"Bearer {where.key}"
    async with aiohttp.TCPConnector(limit=0) as pool:  # the gate bounds what is in flight, so the pool does not
        model = ChatModel(str(spec), where, Line(where, Wire(pool, where.url, headers), gate), patience)
        await model.greet(spoken, structured)
        yield model


def patience_of(spec: Spec) -> Patience:
    """How long ``spec`` says to go on. UsageError for a value that cannot be."""
    seconds = spec.number("total_timeout", 900, 0.001, 864_000)
    return Patience(
        retries=spec.count("retries", 6, 0, 50),
        attempt=spec.number("timeout", 120, 0.001, 86_400),
        seconds=seconds,
        backoff=spec.number("backoff", 0.5, 0, LONGEST_BACKOFF),
        pause=seconds,
        outage=spec.number("outage", 0 if "retries" in spec.options else 120, 0, 864_000),
    )
