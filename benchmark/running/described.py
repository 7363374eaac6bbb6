"""What a run.json is: the shape of all that is ever asked of one, so that a file that was changed by hand is refused where it is read."""

from __future__ import annotations

from collections.abc import Mapping

from benchmark.records import Document, canonical
from benchmark.vocabulary import Json

KEYS = frozenset("schema id kind configuration grid plan versions command created".split())

_Kinds = type | tuple[type, ...]

_RUN: Mapping[str, _Kinds] = {
    "id": str, "kind": str, "configuration": dict, "grid": dict, "plan": int, "versions": dict, "command": list, "created": str,
    "git_commit": (str, type(None)), "shard": (str, type(None)), "prices": (dict, type(None)), "earlier": list,
}  # fmt: skip
_CONFIGURATION: Mapping[str, _Kinds] = {
    "model": str, "models": dict, "partners": list, "tasks": dict, "levels": list, "sampling": (dict, type(None)), "factors": dict,
    "seed": int, "partner_models": (dict, type(None)), "panel": (str, type(None)), "challenge": (str, type(None)),
    "seat": (str, type(None)),
}  # fmt: skip
_GRID: Mapping[str, _Kinds] = {"tasks": list, "conditions": list, "n": int, "repeats": int}

_NEEDED = {"configuration": ("tasks", "models", "seed"), "grid": tuple(_GRID)}
_OF: Mapping[tuple[str, str], _Kinds] = {
    ("", "command"): str, ("", "earlier"): dict,
    ("configuration", "models"): dict, ("configuration", "partner_models"): dict, ("configuration", "partners"): str,
    ("configuration", "levels"): int, ("grid", "tasks"): str, ("grid", "conditions"): str,
}  # fmt: skip
"""What the lists and mappings among them hold."""


def wrong(document: Document) -> str:
    """The first thing in ``document``, which has all ``KEYS``, that no run.json holds; empty where it is one."""
    try:
        canonical(document)
    except (ValueError, RecursionError):
        return "a number in it is none"
    for part, shape in (("", _RUN), ("configuration", _CONFIGURATION), ("grid", _GRID)):
        held = document[part] if part else document
        for name in _NEEDED.get(part, ()):
            if name not in held:
                return f"{part}.{name} is missing"
        for name, kinds in shape.items():
            if name in held and (
                not _is(held[name], kinds) or not all(_is(one, _OF[part, name]) for one in _inner(held[name], part, name))
            ):
                return f"{part}{'.' if part else ''}{name} is {held[name]!r:.60}"
    size = next((name for name in ("n", "repeats") if not 1 <= document["grid"][name] < 2**31), "")
    return f"grid.{size} is {document['grid'][size]}" if size else ""


def _inner(held: Json, part: str, name: str) -> list[Json]:
    """What ``held`` holds, where something is asked of that."""
    if held is None or (part, name) not in _OF:
        return []
    return list(held.values()) if isinstance(held, dict) else list(held)


def _is(value: Json, kinds: _Kinds) -> bool:
    """Whether ``value`` is one of ``kinds``; truth values are no numbers."""
    return isinstance(value, kinds) and not isinstance(value, bool)
