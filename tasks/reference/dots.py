"""Reads OneCommon's scenarios (Udagawa and Aizawa, AAAI 2019) as released: a JSON list, each with the dots two players see.

In the release a view is a disc of radius 200 around (215, 215), y grows downwards, sizes are radii from 7 to 13 and colours are greys
from 53 (dark) to 203. Labels of dots, their order and first names come from streams of the scenario's own content, so that they say
nothing.
"""

from __future__ import annotations

import hashlib
import json
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NoReturn

from benchmark.lexicon import FIRST_NAMES
from benchmark.streams import stream
from benchmark.vocabulary import Fact, Json, World, WorldsError

DOTS = 7
SEATS = ("A", "B")
LABELS = "BCDFGHJKLMNPQRSTVWXZ"
_CENTRE, _RADIUS = 215, 200
_SIZES = (7, 13)
_GREYS = (53, 203)
_SIZE_WORDS = ("tiny", "small", "medium", "large", "huge")
_SHADE_WORDS = ("very dark", "dark", "medium grey", "light", "very light")
_GREY = re.compile(r"rgb\(\s*(\d{1,3})\s*,\s*(\d{1,3})\s*,\s*(\d{1,3})\s*\)")
_FIELDS = ("id", "x", "y", "color", "size")


def recognises(text: str) -> bool:
    """Whether ``text`` looks like OneCommon's file of scenarios, be it sound or broken."""
    return text.lstrip("\ufeff \t\r\n").startswith("[") and '"kbs"' in text


def read_worlds(text: str) -> tuple[World, ...]:
    """One world per scenario. WorldsError names the scenario (or the line that is not JSON) and the field, what was found and expected."""
    try:
        scenarios = json.loads(text.removeprefix("\ufeff"), parse_constant=_not_finite)
    except json.JSONDecodeError as error:
        raise WorldsError(
            f"line {error.lineno}, column {error.colno}: not JSON ({error.msg}); expected one JSON list of scenarios"
        ) from None
    except (ValueError, RecursionError) as error:
        raise WorldsError(f"not JSON that can be read ({error}); expected one JSON list of scenarios") from None
    if not isinstance(scenarios, list) or not scenarios:
        raise WorldsError(f"found {_shown(scenarios)}; expected one JSON list of scenarios, and at least one")
    return tuple(_Scenario(number, content).world() for number, content in enumerate(scenarios, 1))


def _not_finite(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is not a JSON number")


def _shown(found: Json) -> str:
    text = json.dumps(found)
    return text if len(text) <= 80 else f"{text[:77]}..."


@dataclass(frozen=True, slots=True)
class _Dot:
    id: str
    x: float
    y: float
    size: float
    grey: int


@dataclass(frozen=True)
class _Scenario:
    """One scenario of the file, and how to complain of it."""

    number: int
    content: Mapping[str, Json]

    def wrong(self, name: str, found: str, expected: str) -> NoReturn:
        raise WorldsError(f'scenario {self.number}, field "{name}": found {found}; expected {expected}')

    def world(self) -> World:
        if not isinstance(self.content, dict):
            raise WorldsError(f"scenario {self.number}: found {_shown(self.content)}; expected a JSON object with kbs")
        kbs = self.content.get("kbs")
        if not isinstance(kbs, list) or len(kbs) != len(SEATS):
            self.wrong("kbs", _shown(kbs) if "kbs" in self.content else "nothing", "a list of two lists of dots")
        views = [self._view(kb, f"kbs[{side}]") for side, kb in enumerate(kbs)]
        shared = views[0].keys() & views[1].keys()
        if not shared:
            self.wrong("kbs", "no dot with the same id in both lists", "at least one")
        for dot in sorted(shared):
            if (views[0][dot].size, views[0][dot].grey) != (views[1][dot].size, views[1][dot].grey):
                self.wrong("kbs", f"dot {_shown(dot)} with a different size or color in each list", "one dot to look the same in both")
        if self.content.get("shared", len(shared)) != len(shared):
            self.wrong("shared", _shown(self.content["shared"]), f"{len(shared)}, the number of ids in both lists")
        return self._dealt(views, shared)

    def _view(self, kb: Json, where: str) -> dict[str, _Dot]:
        if not isinstance(kb, list) or len(kb) != DOTS:
            self.wrong(where, f"{len(kb)} dots" if isinstance(kb, list) else _shown(kb), f"a list of {DOTS} dots")
        dots = [self._dot(dot, f"{where}[{place}]") for place, dot in enumerate(kb)]
        by_id = {dot.id: dot for dot in dots}
        if len(by_id) < DOTS:
            self.wrong(where, "one id twice", "dots with ids of their own")
        return by_id

    def _dot(self, dot: Json, where: str) -> _Dot:
        if not isinstance(dot, dict):
            self.wrong(where, _shown(dot), f"a JSON object with {', '.join(_FIELDS)}")
        for name in _FIELDS:
            if name not in dot:
                self.wrong(f"{where}.{name}", "nothing", "every dot to have it")
        if isinstance(dot["id"], bool) or not isinstance(dot["id"], str | int):
            self.wrong(f"{where}.id", _shown(dot["id"]), "a string or a whole number")
        x, y, size = (self._number(dot[name], f"{where}.{name}") for name in ("x", "y", "size"))
        if math.hypot(x - _CENTRE, y - _CENTRE) > _RADIUS + 1:
            self.wrong(f"{where}.x", f"({x:g}, {y:g})", f"a point within {_RADIUS} of the centre ({_CENTRE}, {_CENTRE})")
        if not 0 < size <= 100:
            self.wrong(f"{where}.size", f"{size:g}", "a radius above 0 and up to 100")
        return _Dot(str(dot["id"]), x, y, size, self._grey(dot["color"], f"{where}.color"))

    def _number(self, found: Json, where: str) -> float:
        if isinstance(found, bool) or not isinstance(found, int | float) or abs(found) > 1000:
            self.wrong(where, _shown(found), "a number up to 1000")
        return float(found)

    def _grey(self, found: Json, where: str) -> int:
        match = _GREY.fullmatch(found.strip()) if isinstance(found, str) else None
        if not match or len(set(match.groups())) > 1 or int(match[1]) > 255:
            self.wrong(where, _shown(found), 'a grey, as in "rgb(128,128,128)"')
        return int(match[1])

    def _dealt(self, views: list[dict[str, _Dot]], shared: set[str]) -> World:
        canonical = json.dumps([[vars_of(dot) for _, dot in sorted(view.items())] for view in views], separators=(",", ":"))
        seed = int.from_bytes(hashlib.sha256(canonical.encode("utf-8", "surrogatepass")).digest()[:6], "big")
        names = tuple(stream(seed, "onecommon", "names").sample(FIRST_NAMES, len(SEATS)))
        labels = stream(seed, "onecommon", "labels").sample(LABELS, DOTS * len(SEATS))
        facts = []
        label_of: list[dict[str, str]] = []
        for side, (seat, view) in enumerate(zip(SEATS, views, strict=True)):
            mine = sorted(labels[side * DOTS : (side + 1) * DOTS])
            facts.append(Fact(("labels", seat), tuple(mine), ""))
            order = stream(seed, "onecommon", "order", seat).shuffled(sorted(view))
            label_of.append(dict(zip(order, mine, strict=True)))
            facts += [Fact(("dot", label), _values(view[dot]), _said(label, view[dot]), (seat,)) for dot, label in label_of[-1].items()]
        target = tuple(sorted((label_of[0][dot], label_of[1][dot]) for dot in shared))
        return World(SEATS, names, tuple(facts), target, seed)


def vars_of(dot: _Dot) -> list[Json]:
    """Everything that a dot is made of, for a hash."""
    return [dot.id, dot.x, dot.y, dot.size, dot.grey]


def _values(dot: _Dot) -> tuple[float, ...]:
    return (dot.x - _CENTRE, _CENTRE - dot.y, dot.size, _lightness(dot))


def _lightness(dot: _Dot) -> int:
    """From 0 (the darkest in the release) to 100."""
    return min(max(round(100 * (dot.grey - _GREYS[0]) / (_GREYS[1] - _GREYS[0])), 0), 100)


def _said(label: str, dot: _Dot) -> str:
    """A dot in words: where it is from the centre of one's own view, how large and how light."""
    right, up, size, light = _values(dot)
    across = f"{abs(right):g} {'right' if right >= 0 else 'left'} of the centre"
    along = f"{abs(up):g} {'above' if up >= 0 else 'below'} it"
    size_share = (size - _SIZES[0]) / (_SIZES[1] - _SIZES[0])
    looks = f"{_word(_SIZE_WORDS, size_share)} (radius {size:g}), {_word(_SHADE_WORDS, light / 100)} (lightness {light:g})"
    return f"Dot {label} is {across} and {along}; {looks}."


def _word(words: tuple[str, ...], share: float) -> str:
    return words[min(max(int(share * len(words)), 0), len(words) - 1)]
