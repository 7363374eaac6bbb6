"""One sitting of a run: how it is played, and how it ended."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, field

from benchmark.running.budget import Caps
from benchmark.vocabulary import UsageError


def _nobody(line: str) -> None:
    """Who listens to ``line`` by default."""
    del line


@dataclass(frozen=True, slots=True)
class Settings:
    """How a plan is played; no score depends on it.

    At most ``max_in_flight`` calls wait for replies. An episode that fails is tried ``attempts`` times in all. No further
    episode is begun once ``patience`` calls of one model failed and none was answered between them, or so many episodes more
    than are live at a time failed and none was finished between them. ``caps`` bound what the run folder spends.

    With ``ray``, the address of a cluster, there are ``replicas`` of all this, None for as many as it has room for. ``tell`` is handed what
    engines have to say of their servers, a line each; ``quiet`` shows no progress on stderr.
    """

    max_in_flight: int = 64
    attempts: int = 2
    patience: int = 20
    quiet: bool = False
    caps: Caps = field(default_factory=Caps)
    ray: str | None = None
    replicas: int | None = None
    tell: Callable[[str], None] = _nobody

    def __post_init__(self) -> None:
        for name in ("max_in_flight", "attempts", "patience"):
            if getattr(self, name) < 1:
                raise UsageError(f"{name} must be at least 1, and was given {getattr(self, name)}")
        if self.replicas is not None and (self.ray is None or self.replicas < 1):
            raise UsageError("--replicas takes a number of 1 or more, and says how many there are on the cluster of --ray ADDRESS")

    @property
    def live(self) -> int:
        """How many episodes are live at a time: a few more than calls, so that one is always ready when a slot gets free."""
        return math.ceil(1.25 * self.max_in_flight)

    @property
    def live_at_end(self) -> int:
        """Once so few are left, all of them are live and go on side by side, so that no few are left alone at the very end."""
        return math.ceil(1.5 * self.max_in_flight)


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a run ended: of ``planned`` episodes ``before`` were finished already, ``played`` are new, ``errors`` failed to the last.

    ``stopped`` says that it ended early; ``note`` then says why, in words for the user. ``capped``: the same command would end alike.
    """

    planned: int
    before: int
    played: int
    errors: int
    stopped: bool
    note: str = ""
    capped: bool = False

    @property
    def missing(self) -> int:
        return self.planned - self.before - self.played

    @property
    def complete(self) -> bool:
        return self.missing == 0
