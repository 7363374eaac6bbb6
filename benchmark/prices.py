"""What calls cost: US dollars per million tokens, by the spec of a model and the place where it is served.

A price is known or it is not; a model without one is never taken to be free. No episode depends on a price.
"""

from __future__ import annotations

import math
import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import lru_cache
from importlib import resources
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

from benchmark.naming import nearest
from benchmark.vocabulary import FolderError, Json, Seat, Usage, UsageError

_KEYS = ("model", "base_url", "prompt", "cached", "completion", "noted", "source")
_DIGITS = 12
_PER = 1_000_000

_VENDORS = {"openai": "https://api.openai.com/v1"}
"""Where the models of a scheme are served if their spec does not say; other schemes then call whoever made the model."""


@dataclass(frozen=True, slots=True)
class Price:
    """US dollars per million tokens. ``cached`` is for prompt tokens out of a cache; ``noted`` is the day the price was read."""

    prompt: float
    cached: float
    completion: float
    noted: str = ""
    source: str = ""

    def cost(self, usage: Usage) -> float:
        """US dollars. An engine counts cached tokens among those of the prompt."""
        cached = min(usage.cached, usage.prompt)
        return ((usage.prompt - cached) * self.prompt + cached * self.cached + usage.completion * self.completion) / _PER


Prices = Mapping[str, Price | None]
"""By spec of a model: its price, or None where it is not known."""

Used = Mapping[str, Usage]
"""Tokens by spec of the model that used them."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A price for the models whose ``scheme:name`` is one of ``models`` (* stands for anything), served at ``base_url`` if it is set."""

    models: tuple[str, ...]
    base_url: str
    price: Price

    def fits(self, spec: str) -> bool:
        address, _, query = spec.partition("?")
        if not any(re.fullmatch(".*".join(map(re.escape, model.split("*"))), address) for model in self.models):
            return False
        given = [value for key, value in parse_qsl(query) if key.endswith(("url", "base"))]
        places = given or [_VENDORS.get(address.partition(":")[0], self.base_url)]
        return not self.base_url or all(_host(place) == _host(self.base_url) for place in places)


def prices_of(specs: Iterable[str], path: Path | None = None) -> Prices:
    """The price of each model of ``specs``: that of the file at ``path`` if it has one, else of the table that comes with Parley."""
    entries = [*(_read(path) if path else ()), *_packaged()]
    return {spec: next((entry.price for entry in entries if entry.fits(spec)), None) for spec in specs}


def unpriced(prices: Prices) -> list[str]:
    """The models whose price is not known."""
    return [spec for spec, price in prices.items() if price is None]


def used(seats: Mapping[Seat, str], calls: Iterable[tuple[Seat, Usage]]) -> dict[str, Usage]:
    """The tokens of ``calls`` (who made it, what it took) by the model in each seat."""
    found: dict[str, Usage] = {}
    for seat, usage in calls:
        found[seats[seat]] = add(found.get(seats[seat], Usage()), usage)
    return found


def add(one: Usage, other: Usage) -> Usage:
    return Usage(one.prompt + other.prompt, one.cached + other.cached, one.completion + other.completion)


def together(one: Used, other: Used) -> dict[str, Usage]:
    """Both, model by model."""
    return {spec: add(one.get(spec, Usage()), other.get(spec, Usage())) for spec in {**one, **other}}


def tokens(use: Used) -> int:
    return sum(usage.prompt + usage.completion for usage in use.values())


def cost(use: Used, prices: Prices) -> float:
    """US dollars for all of ``use`` whose price is known. Added up in order of the specs, so that it is the same each time."""
    return round(sum([price.cost(use[spec]) for spec in sorted(use) if (price := prices.get(spec))], 0.0), _DIGITS)


def cost_of(usage: Usage, price: Price | None) -> float:
    """The same for the tokens of one model."""
    return round(price.cost(usage), _DIGITS) if price else 0.0


def dollars(amount: float) -> str:
    """``amount`` in two digits after the point, or as many as show two figures of it."""
    digits = 2 if amount >= 1 or amount <= 0 else min(12, 1 - math.floor(math.log10(amount)))
    return f"${amount:,.{digits}f}"


def short(n: float) -> str:
    """A count in three digits: 12.3k, 4.56M."""
    for size, letter in ((1e9, "G"), (1e6, "M"), (1e3, "k")):
        if n >= 0.9995 * size:  # what rounds to 1000 of one is 1 of the next
            return f"{n / size:.3g}{letter}"
    return str(round(n))


def advice(specs: Sequence[str]) -> str:
    """What to say where the price of ``specs`` is not known."""
    return f"no price for {', '.join(specs)}; give one with --prices"


def with_those_of(path: Path | None, run: Mapping[str, Json], specs: Iterable[str]) -> Prices:
    """The prices by which a report counts: of the file at ``path``, else what run.json states, else those that come with Parley."""
    stated = recorded(run)[0]
    every = [*specs, *stated]  # the models of an audience too
    asked = {spec: next((entry.price for entry in (_read(path) if path else ()) if entry.fits(spec)), None) for spec in every}
    return {spec: price or (stated[spec] if spec in stated else prices_of([spec])[spec]) for spec, price in asked.items()}


def as_document(prices: Prices) -> dict[str, Json]:
    """``prices`` as they stand in run.json."""
    return {spec: asdict(price) if price else None for spec, price in prices.items()}


def recorded(run: Mapping[str, Json]) -> list[Prices]:
    """All prices under which the run of ``run`` (a run.json) was played, the last ones first; {} of the time before there were any."""
    try:
        return [_stated(run.get("prices")), *(_stated(one.get("prices")) for one in reversed(run.get("earlier") or []))]
    except (AttributeError, TypeError, ValueError) as error:
        raise FolderError(f"run.json holds prices that are none ({error!s:.120}). Restore it from a copy.") from None


def _stated(document: Json) -> Prices:
    return {spec: None if given is None else _price(given, ("prompt", "cached", "completion")) for spec, given in (document or {}).items()}


def _price(given: Mapping[str, Json], needed: Sequence[str] = ("prompt", "completion")) -> Price:
    """ValueError says which key is wrong."""
    for key in needed:
        if key not in given:
            raise ValueError(f"{key} is missing; give US dollars per million tokens")
    for key in ("prompt", "cached", "completion"):
        number = given.get(key, 0)
        if type(number) not in (int, float) or not 0 <= number <= _PER:
            raise ValueError(f"{key} must be US dollars per million tokens, and is {number!r:.60}")
    prompt = float(given["prompt"])
    said = {key: str(given.get(key, "")) for key in ("noted", "source")}
    return Price(prompt, float(given.get("cached", prompt)), float(given["completion"]), **said)


def _entry(given: Json) -> Entry:
    if not isinstance(given, dict):
        raise ValueError("it is no table; write [[price]] above its keys")  # noqa: TRY004 - it is the file's value that is wrong
    for key in given:
        if key not in _KEYS:
            raise ValueError(f'there is no key "{key}"; {nearest(key, _KEYS)}')
    models = [given["model"]] if isinstance(given.get("model"), str) else given.get("model")
    if not isinstance(models, list) or not models or not all(isinstance(model, str) for model in models):
        raise ValueError('model must be a text such as "openai:gpt-x", or a list of such')
    for model in models:
        if "?" in model or (":" not in model and model not in ("*", "human")):
            raise ValueError(f'model must read scheme:name without options, and is "{model:.80}"; where it is served goes into base_url')
    base_url = given.get("base_url", "")
    if base_url != "" and not (isinstance(base_url, str) and _host(base_url)):
        raise ValueError(f"base_url must be a URL such as https://host/v1, and is {base_url!r:.80}")
    return Entry(tuple(models), base_url, _price(given))


def _host(url: str) -> tuple[str, str | None, int | None] | None:
    """What two URLs of one service have in common; None where ``url`` is none."""
    try:
        parts = urlsplit(url)
        found = parts.scheme, parts.hostname, parts.port
    except ValueError:
        return None
    return found if parts.hostname else None


def _read(path: Path) -> tuple[Entry, ...]:
    """The entries of a user's file. UsageError says which one is wrong, and how."""
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
        raise UsageError(f"the prices {path} cannot be read: {why}. Give the path of a TOML file.") from None
    return _parsed(text, str(path))


def _parsed(text: str, where: str) -> tuple[Entry, ...]:
    try:
        document = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise UsageError(f"the prices {where} are not TOML: {error}") from None
    listed = document.get("price")
    if extra := sorted(set(document) - {"price"}):
        raise UsageError(f'the prices {where} hold "{extra[0]:.80}" outside a price; write [[price]] above the keys of each')
    if not isinstance(listed, list):
        raise UsageError(f"the prices {where} hold no price; write [[price]] and below it model, prompt and completion")
    entries = []
    for number, given in enumerate(listed, 1):
        try:
            entries.append(_entry(given))
        except ValueError as error:
            model = given.get("model", "no model") if isinstance(given, dict) else "no model"
            raise UsageError(f"the prices {where}, price {number} ({model!s:.80}): {error}.") from None
    return tuple(entries)


@lru_cache(maxsize=1)
def _packaged() -> tuple[Entry, ...]:
    return _parsed(resources.files("benchmark").joinpath("prices.toml").read_text("utf-8"), "benchmark/prices.toml")
