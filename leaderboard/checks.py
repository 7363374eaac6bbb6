"""Everything that can be known of an entry without a network, a token or its model: what a board runs, and anyone else.

The checks go from cheap to dear and stop where one fails that others rest on. Figures are listed as computed here, never as claimed.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Literal

from benchmark import __version__
from benchmark.running.plan import Plan
from benchmark.vocabulary import Json, ParleyError
from leaderboard import entry as form
from leaderboard.building import game_of, private_in
from leaderboard.entry import Counts, Entry, Scores
from leaderboard.figures import Derived, derive, prices_in
from leaderboard.opening import Opened, opened
from leaderboard.shapes import EntryError, written
from leaderboard.signing import signer
from leaderboard.track import changes, departures
from leaderboard.verification import Finding, Scripted, verify

MOST_EPISODES = 300_000
"""Those of the standard preset against a panel are a tenth of it."""

MOST_PRICES = 50
SHOWN = 20
TOLERANCE = 5e-10
"""Figures are written with twelve decimals; machines agree on all but the last."""

UNSEEN = (
    "whether the completions came from the model that is named: a consistent forgery replays like the truth",
    "whether worlds, which are public, were trained on or practised with, and how many runs there were beside this one",
    "failed attempts, times and token counts, which are as the submitter's machine recorded them",
)
"""What no replay can see. Challenges and runs by the maintainers answer the first two."""


@dataclass(frozen=True, slots=True)
class Rules:
    """What the checks need to know of the tasks: the plan of an entry, the headline tasks, and what reference players say."""

    plan_of: Callable[[Entry], Plan]
    headline: Collection[str]
    scripted: Scripted


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at, whether it holds, and what was seen."""

    name: str
    holds: bool
    seen: str


@dataclass(frozen=True, slots=True)
class Difference:
    """One place where an entry is not what replaying it gives."""

    episode: str
    where: str
    what: str


@dataclass(frozen=True, slots=True)
class Verification:
    """verification.json: what was checked by which version of Parley, what was found, and the figures that may be listed.

    ``words`` is a hash of all that was said: a board looks whether another model's entry has it.
    """

    schema: Literal["parley-verification-1"]
    verified: bool
    by: str
    entry: str | None
    place: str | None
    checks: tuple[Check, ...]
    differences: tuple[Difference, ...]
    signed_by: str | None
    badge: Literal["reported", "rescored"]
    counts: Counts | None
    scores: Scores | None
    words: str | None
    unseen: tuple[str, ...]


class _Failed(Exception):
    """A check that does not hold, and on which the others rest."""


class _Notes:
    """The checks so far."""

    def __init__(self) -> None:
        self.checks: list[Check] = []
        self.differences: list[Difference] = []
        self.signed_by: str | None = None

    def note(self, name: str, wrong: str, seen: str) -> None:
        self.checks.append(Check(name, not wrong, wrong or seen))

    def need(self, name: str, wrong: str, seen: str) -> None:
        self.note(name, wrong, seen)
        if wrong:
            raise _Failed


def check_entry(folder: Path, rules: Rules) -> Verification:
    """Everything that does and does not hold of the entry in ``folder``."""
    notes, entry, found = _Notes(), None, None
    try:
        try:
            entry = opened(folder)
        except EntryError as error:
            notes.need("files", str(error), "")
        else:
            notes.note("files", "", f"{len(entry.manifest.files)} files, all as the manifest says, and an entry as the schema says")
            found = _content(entry, rules, notes)
    except _Failed:
        pass
    holds = found is not None and all(check.holds for check in notes.checks)
    return Verification(
        schema="parley-verification-1",
        verified=holds,
        by=f"parley {__version__}",
        entry=entry.identity if entry else None,
        place=entry.place if entry else None,
        checks=tuple(notes.checks),
        differences=tuple(notes.differences),
        signed_by=notes.signed_by,
        badge="rescored" if holds else "reported",
        counts=found.counts if holds and found else None,
        scores=found.scores if holds and found else None,
        words=found.words if holds and found else None,
        unseen=UNSEEN,
    )


def _content(entry: Opened, rules: Rules, notes: _Notes) -> Derived:
    said = entry.entry
    notes.note("canary", "" if said.canary == form.CANARY else "it is not that of this benchmark", "it is there")
    plan = _planned(said, rules, notes)
    _complete(entry, plan, notes)
    _private(entry, notes)
    _signature(entry, notes)
    _replayed(entry, plan, rules, notes)
    found = derive(said.model.spec, plan.partners, said.game, entry.records(), prices_in(said.usage), rules.headline)
    notes.note("statistics", _miscounted(said, found), "every figure was computed again, and is the one that is claimed")
    notes.note("track", _misplaced(said, plan, found, rules.headline), f"{said.track}{''.join(f'; {one}' for one in said.reasons)}")
    return replace(found, counts=replace(found.counts, replaced=said.counts.replaced, cut_off=said.counts.cut_off))


def _planned(said: Entry, rules: Rules, notes: _Notes) -> Plan:
    """What the entry should hold, from Parley's own tasks alone."""
    try:
        plan = rules.plan_of(said)
        if game_of(plan) != said.game:
            raise EntryError("game is not written as Parley writes it (something twice, or not in order). Build the entry again.")
    except ParleyError as error:
        notes.need("tasks", str(error), "")
        raise
    notes.note("tasks", "", ", ".join(f"{label} (version {version})" for label, version in said.game.tasks.items()))
    return plan


def _complete(entry: Opened, plan: Plan, notes: _Notes) -> None:
    """The planned grid exactly once."""
    planned = len(plan)
    wrong = ""
    if planned != entry.entry.counts.planned or not 0 < planned <= MOST_EPISODES:
        wrong = f"counts.planned is {entry.entry.counts.planned}, and the grid has {planned} episodes (at most {MOST_EPISODES} can be)"
    notes.need("plan", wrong, f"{planned} episodes")
    expected = {episode.id for episode in plan.episodes()}
    seen: set[str] = set()
    try:
        for record in entry.records():
            identity = str(record.get("id"))
            if identity not in expected or identity in seen or not record.get("calls"):
                kind = "holds no call" if identity in expected - seen else "is there twice" if identity in seen else "was not planned"
                notes.differences.append(Difference(identity[:200], "", kind))
                notes.need("completeness", f"the episode {identity!a:.200} {kind}", "")
            seen.add(identity)
    except EntryError as error:
        notes.need("completeness", str(error), "")
    missing = sorted(expected - seen)
    if missing:
        notes.differences.append(Difference(missing[0], "", "planned, but not recorded"))
    wrong = f"{len(missing)} of {planned} planned episodes are not there, the first of them {missing[0]}" if missing else ""
    notes.need("completeness", wrong, "every planned episode is there exactly once")


def _private(entry: Opened, notes: _Notes) -> None:
    found = next(private_in(entry.entry, entry.readme, entry.records()), None)
    notes.note("secrets", f"{found}" if found else "", "none found")


def _signature(entry: Opened, notes: _Notes) -> None:
    if entry.signature:
        try:
            notes.signed_by = signer(entry.signed, entry.signature)
            notes.note("signature", "", f"a good signature of the manifest by {notes.signed_by}")
        except EntryError as error:
            notes.note("signature", str(error), "")


def _replayed(entry: Opened, plan: Plan, rules: Rules, notes: _Notes) -> None:
    """Every prompt, turn, answer and score, and who could see what."""
    prices = prices_in(entry.entry.usage)
    if len(prices) > MOST_PRICES:
        notes.need("replay", f"there are {len(prices)} sets of prices, and no run has more than {MOST_PRICES}", "")
    findings: list[Finding] = list(islice(verify(plan, entry.records(), prices, scripted=rules.scripted), SHOWN))
    notes.differences += [Difference(one.episode, one.where, one.what) for one in findings]
    notes.need("replay", str(findings[0]) if findings else "", "every prompt, turn, answer, cost and score was derived again")


def _miscounted(said: Entry, found: Derived) -> str:
    """Where the claimed figures first differ from those computed; empty if nowhere."""
    counts = replace(said.counts, replaced=0, cut_off=0)
    for name, given, derived in (
        ("counts", counts, found.counts),
        ("scores", said.scores, found.scores),
        ("usage", said.usage, found.usage),
        ("timing.seconds", said.timing.seconds, found.seconds),
        ("model.served", said.model.served, found.served),
    ):
        if place := next(_differing(written(given), written(derived), name), None):
            return place
    if said.counts.replaced > form.REPLACED * said.counts.planned:
        return f"counts.replaced is {said.counts.replaced}, and at most {form.REPLACED:.0%} of the episodes may be played again"
    return ""


def _differing(given: Json, derived: Json, where: str) -> Iterator[str]:
    if isinstance(given, Mapping) and isinstance(derived, Mapping) and given.keys() == derived.keys():
        for name in given:
            yield from _differing(given[name], derived[name], f"{where}.{name}")
    elif isinstance(given, list) and isinstance(derived, list) and len(given) == len(derived):
        for number, (one, other) in enumerate(zip(given, derived, strict=True)):
            yield from _differing(one, other, f"{where}.{number}")
    elif isinstance(given, float) and isinstance(derived, float):
        if not abs(given - derived) <= TOLERANCE * max(1.0, abs(derived)):
            yield f"{where} is {given!r}, and the records give {derived!r}"
    elif given != derived:
        yield f"{where} is {given!s:.80}, and the records give {derived!s:.80}"


def _misplaced(said: Entry, plan: Plan, found: Derived, headline: Collection[str]) -> str:
    """What an entry says of itself that does not follow from what was played; empty if everything does."""
    reasons = (*departures(said.game, plan.model, plan.partners, headline), *changes(said.bench, found.constrained))
    if said.reasons != reasons or said.track != ("custom" if reasons else "standard"):
        return f"it is {'custom' if reasons else 'standard'} ({'; '.join(reasons) or 'nothing was changed'}), and the entry says otherwise"
    if said.kind != form.kind_of(plan.model):
        return f"a run of {plan.model} is of kind {form.kind_of(plan.model)}, and the entry says {said.kind}"
    pins = [(one.spec, one.revision, one.pinned_by) for one in said.partners]
    for spec, revision, pin in [(said.model.spec, said.model.revision, said.model.pinned_by), *pins]:
        if (by := form.pinned_without_saying(spec, said.bench)) and (revision, pin) != by:
            return f"{spec} can only be pinned as {by[0]!r}, and the entry says {revision!r:.80}"
    return ""
