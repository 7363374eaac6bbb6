"""How much a run folder may spend, and what it has spent: nothing here plays, writes or keeps time.

An episode is begun only while what is spent and what the live ones are still expected to take stay below the caps, with room for
what its own kind takes once that is known. What is expected is the mean over the finished episodes of a kind or, before there are
any, the plan's estimate, which may be far too high: so the first of a kind is begun without room for it. A run then ends a little
below its cap, or at it where more was taken than expected: once the cap is reached, what is live is cut. The calls under way at that
moment (as many as are in flight at most) may still be billed by whoever serves the model.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from benchmark.prices import Prices, Used, cost, cost_of, dollars, short, together, tokens, used
from benchmark.records import Document, amount
from benchmark.running.estimate import CHARACTERS_PER_TOKEN, expected_use
from benchmark.running.plan import Planned
from benchmark.vocabulary import Completion, FolderError, Json, Request, Seat, Usage, UsageError

_NOTHING = Usage()

Kind = tuple[str, int, str, tuple[str, ...]]
"""Episodes that take about as much as each other: task, level, condition, and the models in the seats."""


@dataclass(frozen=True, slots=True)
class Caps:
    """Bounds over a whole run folder: US dollars, and tokens of prompts and completions. None: no bound."""

    cost: float | None = None
    tokens: int | None = None

    def __post_init__(self) -> None:
        if self.cost is not None and not 0 < self.cost < math.inf:
            raise UsageError(f"--max-cost must be a number of US dollars above 0, and was given {self.cost}")
        if self.tokens is not None and self.tokens < 1:
            raise UsageError(f"--max-tokens-total must be at least 1, and was given {self.tokens}")

    def __bool__(self) -> bool:
        return self.cost is not None or self.tokens is not None


def counted(request: Request, completion: Completion) -> Usage:
    """What a call counts for: what its engine says or, of an engine that says nothing, a quarter of the characters as tokens."""
    if completion.usage != _NOTHING or completion.finish == "error":
        return completion.usage
    asked = sum(len(content) for _, content in request.chat)
    written = len(completion.text) + len(completion.thought)
    return Usage(math.ceil(asked / CHARACTERS_PER_TOKEN), 0, math.ceil(written / CHARACTERS_PER_TOKEN))


@dataclass(slots=True)
class Spent:
    """What the records of a folder say was used: by kind of episode how many there are, and all their tokens; and what failures took.

    ``unreported`` says that some call has no tokens on record, because its engine reports none.
    """

    kinds: dict[Kind, tuple[int, Used]] = field(default_factory=dict)
    failures: Used = field(default_factory=dict)
    unreported: bool = False

    def episode(self, document: Document) -> None:
        """Takes a finished episode in. FolderError if its calls are none of this version."""
        try:
            calls = [(call["seat"], usage_of(call["usage"])) for call in document["calls"]]
            self._take(kind_of(document), used(document["seats"], calls))
        except (LookupError, TypeError, AttributeError, ValueError) as error:
            raise FolderError(
                f"the record {document['id']!s:.120} is not one of this version ({error!r:.80}). Run `bench verify`."
            ) from None
        self.unreported |= any(usage == Usage() for _, usage in calls)

    def attempt(self, document: Document) -> None:
        """Takes a failed attempt in; those of old folders do not say what they took."""
        self.failures = together(self.failures, usage_by_model(document))

    def estimated(self, unreported: Iterable[tuple[Kind, Used]]) -> None:
        """Adds what calls that report no tokens are taken to have used."""
        for kind, use in unreported:
            n, before = self.kinds[kind]
            self.kinds[kind] = n, together(before, use)

    def _take(self, kind: Kind, use: Used) -> None:
        n, before = self.kinds.get(kind, (0, {}))
        self.kinds[kind] = n + 1, together(before, use)


class Budget:
    """What is spent and expected while a run is played; every amount is (US dollars, tokens), unknown prices counting nothing."""

    def __init__(self, caps: Caps, prices: Prices, before: Spent, estimate: Callable[[Planned], Used] | None = None) -> None:
        self._caps, self._prices, self._estimate = caps, prices, estimate or _estimate
        self._means = {kind: (n, self._amount(use)) for kind, (n, use) in before.kinds.items()}
        self.cost, self.tokens = self._amount(before.failures)
        for _, (dollars_, tokens_) in self._means.values():
            self.cost, self.tokens = self.cost + dollars_, self.tokens + tokens_
        self._live: dict[str, tuple[Planned, float, float]] = {}
        self.estimating = before.unreported

    @property
    def reached(self) -> bool:
        """Whether a cap is reached, so that nothing more may be called."""
        return bool(self._caps) and self._over(self.cost, self.tokens, at=True)

    def allows(self, planned: Planned) -> bool:
        """Whether ``planned`` may begin now."""
        if not self._caps:
            return True
        money, many = self.cost, self.tokens
        for one, spent, took in self._live.values():
            mean, count = self.expected(one)
            money, many = money + max(0.0, mean - spent), many + max(0.0, count - took)
        if self._over(money, many, at=True):
            return False
        mean, count = self.expected(planned) if self._known(planned) else (0.0, 0.0)
        return not self._over(money + mean, many + count)

    def _known(self, planned: Planned) -> bool:
        """Whether an episode of this kind is finished."""
        return self._means.get(_kind(planned), (0,))[0] > 0

    def expected(self, planned: Planned) -> tuple[float, float]:
        """What one such episode takes: the mean of those that are finished, else the plan's estimate."""
        kind = _kind(planned)
        if kind not in self._means:
            money, many = self._amount(self._estimate(planned))
            self._means[kind] = 0, (money, many)
        n, (money, many) = self._means[kind]
        return money / max(n, 1), many / max(n, 1)

    def begin(self, planned: Planned) -> None:
        self._live[planned.id] = planned, 0.0, 0.0

    def called(self, planned: Planned, seat: Seat, usage: Usage, estimated: bool) -> None:
        """A call of a live episode was answered and counts for ``usage``, which is ``estimated`` where its engine reports none."""
        self.estimating |= estimated
        money, many = cost_of(usage, self._prices.get(planned.seats[seat])), usage.prompt + usage.completion
        _, spent, took = self._live[planned.id]
        self._live[planned.id] = planned, spent + money, took + many
        self.cost, self.tokens = self.cost + money, self.tokens + many

    def wasted(self, use: Used) -> None:
        """Calls that belong to no live episode were answered."""
        money, many = self._amount(use)
        self.cost, self.tokens = self.cost + money, self.tokens + many

    def end(self, planned: Planned, finished: bool) -> None:
        """A live episode ended. What it took stays spent; only finished ones say what others will take."""
        _, money, many = self._live.pop(planned.id)
        if finished:
            n, (all_money, all_many) = self._means.get(_kind(planned), (0, (0.0, 0.0)))
            self._means[_kind(planned)] = (n + 1, (all_money + money, all_many + many)) if n else (1, (money, many))

    def shown(self) -> list[str]:
        """What is spent in this folder and what may be, for the one who waits: tokens, and dollars where a price is known."""
        cost, most = self._caps.cost, self._caps.tokens
        told = [f"{short(self.tokens)}{f' of {short(most)}' if most is not None else ''} tokens"] if self.tokens else []
        if self.cost > 0 and None not in self._prices.values():
            told.append(dollars(self.cost) + (f" of {dollars(cost)}" if cost is not None else ""))
        return told

    def note(self, planned: Planned | None = None) -> str:
        """Why nothing more is played and how to go on; ``planned`` is the episode that may not begin."""
        money, many = self.expected(planned) if planned and not self.reached and self._known(planned) else (0.0, 0.0)
        cap, most = self._caps.cost, self._caps.tokens
        if cap is not None and self.cost + money >= cap:
            option, spent, next_one = "--max-cost", f"{dollars(self.cost)} of {dollars(cap)} are spent", dollars(money)
        else:
            option, spent, next_one = "--max-tokens-total", f"{self.tokens:,} of {most or 0:,} tokens are used", f"{many:,.0f} tokens"
        following = f", and the next episode takes about {next_one}" if many else ""
        silent = " Calls whose engine reports no tokens count a quarter of their characters as tokens." if self.estimating else ""
        return f"{spent}{following}. Give a higher {option} to go on.{silent}"

    def _amount(self, use: Used) -> tuple[float, float]:
        return cost(use, self._prices), tokens(use)

    def _over(self, money: float, many: float, at: bool = False) -> bool:
        bounds = [(money, self._caps.cost), (many, self._caps.tokens)]
        return any(cap is not None and (number > cap or (at and number == cap)) for number, cap in bounds)


def usage_of(given: Mapping[str, Json]) -> Usage:
    """Recorded tokens; ValueError or TypeError if they can be none."""
    return Usage(*(int(amount(given[key])) for key in ("prompt", "cached", "completion")))


def usage_by_model(attempt: Mapping[str, Json]) -> dict[str, Usage]:
    """The tokens of a failed attempt. FolderError if they can be none."""
    try:
        return {str(spec): usage_of(usage) for spec, usage in attempt.get("usage", {}).items()}
    except (LookupError, TypeError, AttributeError, ValueError) as error:
        raise FolderError(f"a failed attempt at {attempt['id']!s:.120} has a usage that is none ({error!r:.80}).") from None


def unreported(planned: Mapping[str, Planned], records: Iterable[Document]) -> Iterator[tuple[Kind, Used]]:
    """What the calls without tokens on record count for, by replaying the episodes that have any."""
    from benchmark.records import completion
    from benchmark.running.drive import Broken, replay

    for document in records:
        calls, one = document["calls"], planned.get(document["id"])
        if one is None or all(usage_of(call["usage"]) != Usage() for call in calls):
            continue
        asked: list[Request] = []
        try:
            replay(one, one.world(), calls, asked.append)
        except (Broken, LookupError, TypeError, AttributeError, ValueError) as error:
            raise FolderError(f"{one.id} cannot be played again ({error}). Run `bench verify` on its folder.") from None
        pairs = [(request.seat, counted(request, completion(call))) for request, call in zip(asked, calls, strict=True)]
        silent = [pair for pair, call in zip(pairs, calls, strict=True) if usage_of(call["usage"]) == Usage()]
        yield kind_of(document), used(document["seats"], silent)


def kind_of(document: Document) -> Kind:
    return str(document["task"]), int(document["level"] or 0), str(document["condition"]), tuple(sorted(document["seats"].values()))


def _kind(planned: Planned) -> Kind:
    return planned.task.label, planned.task.level or 0, planned.condition.name, tuple(sorted(planned.seats.values()))


def _estimate(planned: Planned) -> Used:
    return expected_use(planned.seats, planned.source, planned.condition, planned.probes)
