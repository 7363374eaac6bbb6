"""The numbers of an entry, from its records alone: whoever builds an entry and whoever verifies one call the same function."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field

from benchmark.prices import Price as Known
from benchmark.prices import Prices, together, used
from benchmark.records import canonical
from benchmark.results.bill import Bill
from benchmark.results.report import report
from benchmark.vocabulary import Json, Usage
from leaderboard.entry import GAPS, MEASURES, Counts, Figure, Figures, Game, Price, Scores, Tokens, Unit
from leaderboard.entry import Usage as Used

Record = Mapping[str, Json]

OVERALL = ("grounding_success", "success", "lucky")


@dataclass(frozen=True, slots=True)
class Derived:
    """What follows from the records of an entry.

    ``constrained``: some reply was forced into a format. ``words`` is a hash of all that was said in all episodes, whoever is said to have
    said it: two entries of different models do not share it by chance.
    """

    counts: Counts
    scores: Scores
    usage: Used
    seconds: float
    served: tuple[str, ...]
    constrained: bool
    words: str


@dataclass(slots=True)
class _Tally:
    """What a pass over the records leaves that no report keeps."""

    tokens: Mapping[str, Usage] = field(default_factory=dict)
    seconds: int = 0
    constrained: bool = False
    said: int = 0

    def passing(self, records: Iterable[Record]) -> Iterator[Record]:
        for record in records:
            calls = record["calls"]
            self.tokens = together(self.tokens, used(record["seats"], ((call["seat"], Usage(**call["usage"])) for call in calls)))
            self.seconds += sum(round(call["seconds"] * 10**6) for call in calls)  # whole numbers, so that order does not matter
            self.constrained |= any(call["constrained"] for call in calls)
            where = [record[name] for name in ("task", "level", "condition", "index", "repeat")]
            said = canonical({"where": where, "said": [call["raw"] for call in calls]}).encode()
            self.said = (self.said + int.from_bytes(hashlib.sha256(said).digest(), "big")) % 2**256  # in whichever order
            yield record


def derive(
    model: str, partners: Sequence[str], game: Game, records: Iterable[Record], prices: Sequence[Prices], headline: Collection[str]
) -> Derived:
    """The figures of ``records``, all of them decided on by replay or about to be. FolderError at a record that is none.

    ``replaced`` and ``cut_off`` are left at 0: no record tells of them.
    """
    grid = {"tasks": sorted(game.tasks), "conditions": list(game.conditions)}
    run = {"configuration": {"model": model, "partners": list(partners)}, "grid": grid, "plan": 2**53}
    tally = _Tally()
    in_force = prices[0] if prices else {}
    document = report(run, tally.passing(records), headline=headline, bill=Bill(in_force))
    kinds: Counter[str] = Counter()
    for outcome, count in document["outcomes"].items():
        kinds[outcome.partition(":")[0]] += count
    counts = Counts(
        planned=sum(kinds.values()),
        **{kind: kinds[kind] for kind in ("decided", "illegal", "refused", "truncated", "leaked")},
        partner_failures=document["partner_failures"],
        replaced=0,
        cut_off=0,
    )
    tokens = {spec: Tokens(use.prompt, use.cached, use.completion) for spec, use in sorted(tally.tokens.items())}
    stated = tuple({spec: _price(price) for spec, price in sorted(one.items())} for one in prices)
    usage = Used(tokens, document["cost"], stated)
    return Derived(
        counts,
        _scores(document),
        usage,
        round(tally.seconds / 10**6, 6),
        tuple(document["served"]),
        tally.constrained,
        f"{tally.said:064x}",
    )


def _scores(document: Mapping[str, Json]) -> Scores:
    """The part of a report that an entry states."""
    tasks = {
        label: {condition: _figures(cell, MEASURES) for condition, cell in cells.items()} for label, cells in document["tasks"].items()
    }
    gaps = {label: _figures(found, GAPS) for label, found in document["gaps"].items()}
    return Scores(tasks, gaps, *(_figures(document[part], (*OVERALL, *GAPS)) for part in ("overall", "mixed")))


def _figures(found: Mapping[str, Json], names: Sequence[str]) -> Figures:
    return {name: _figure(name, found.get(name)) for name in names}


def _figure(name: str, found: Mapping[str, Json] | None) -> Figure | None:
    if found is None:
        return None
    unit: Unit = "difference" if name in GAPS else "words" if name == "words" else "share"
    return Figure(float(found["mean"]), (float(found["low"]), float(found["high"])), found["n"], unit)


def _price(price: Known | None) -> Price | None:
    if price is None:
        return None
    return Price(float(price.prompt), float(price.cached), float(price.completion), price.noted, price.source)


def prices_in(usage: Used) -> list[Prices]:
    """The prices that an entry states, as costs are counted by them; one empty set where it states none."""
    return [{spec: None if price is None else Known(**asdict(price)) for spec, price in one.items()} for one in usage.prices] or [{}]
