"""A person takes a seat: the next world each time, recorded and scored like any other run."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from benchmark.api.playing import run
from benchmark.api.wishes import Wish, make_plan
from benchmark.records import Document
from benchmark.views import HEADLINE

if TYPE_CHECKING:
    from benchmark.running.runner import Outcome

PERSON = "human"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sitting:
    """What a person sits down to. ``seat`` None: people in every seat, each at a browser. ``n`` None: one world more than so far."""

    task: str
    seat: str | None = "A"
    partner: str | None = None
    condition: str = HEADLINE
    level: int = 3
    n: int | None = None
    seed: int = 0
    web: bool = False
    port: int = 0

    def wish(self) -> Wish:
        """As a wish for a run of one model, the person."""
        options = [f"web=true&port={self.port}"] if self.web else []
        options += [f"seats={self.seat}"] if self.web and self.seat else []
        return Wish(
            model=f"{PERSON}?{'&'.join(options)}" if options else PERSON,
            partners=(self.partner,) if self.partner else (),
            tasks=(self.task,),
            conditions=(self.condition,),
            levels=(self.level,),
            n=self.n,
            seed=self.seed,
            seat=self.seat if self.partner else None,
        )


def sit_down(
    sitting: Sitting, out: Path | None = None, tell: Callable[[str], None] = lambda _: None
) -> tuple[Path, Outcome, list[Document]]:
    """Plays what is left of the run folder, or one world more. The folder, how it ended, and the records that came new."""
    from benchmark.running.folder import RUN, read_episodes, read_run
    from benchmark.running.runner import Settings

    wish = sitting.wish()
    plan = make_plan(wish if wish.n else replace(wish, n=1))
    path = out or Path("runs") / plan.folder_name()
    before: set[str] = set()
    if (path / RUN).exists():
        before = {record["id"] for record in read_episodes(path)}
        n = read_run(path)["grid"]["n"]
        wish = wish if wish.n else replace(wish, n=n + (len(before) >= len(replace(plan, n=n))))
    else:
        wish = wish if wish.n else replace(wish, n=1)
    seats = sorted(plan.seatings(plan.sources[0].task)[0])
    if sitting.web and not sitting.seat:
        wish = replace(wish, model=f"{wish.model}&seats={''.join(seats)}")
    path, outcome = run(wish, path, Settings(quiet=True, tell=tell))
    return path, outcome, [record for record in read_episodes(path) if record["id"] not in before]
