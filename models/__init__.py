"""Where completions come from: one file per engine, imported only when a model of it is asked for.

To add an engine here, write ``models/<engine>.py`` with ``connect(spec)``, an async context manager that yields a Model,
and add a line to ``SCHEMES`` and ``TAKES``. To add one from a package of your own, register that function as an entry
point of the group ``parley.models``, under the name of its scheme.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any, cast

from benchmark.vocabulary import ConnectError, UsageError
from models.spec import GROUP, SCHEMES, TAKES, Spec, parse_spec, registered

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from contextlib import AbstractAsyncContextManager
    from importlib.metadata import EntryPoint

    from benchmark.vocabulary import Model

    Connect = Callable[[Spec], AbstractAsyncContextManager[Model]]

__all__ = ["SCHEMES", "Spec", "connect", "names", "parse_spec"]


def connect(spec: Spec) -> AbstractAsyncContextManager[Model]:
    """The model that ``spec`` names, open while the context is. UsageError or ConnectError if it cannot be had."""
    engine, where = _engine(spec)
    if not callable(engine):
        raise UsageError(f'the model "{spec}" is not there: {where} is no function. It must be one that takes a models.Spec.')
    try:
        model = cast("Connect", engine)(spec)
    except TypeError as error:
        model, problem = None, f" ({error})"
    else:
        problem = ""
    if model is None or not hasattr(model, "__aenter__"):
        raise UsageError(f'"{spec}" is no model: {where} must take a models.Spec and give an async context manager{problem}')
    return model


def _engine(spec: Spec) -> tuple[object, str]:
    """What ``spec`` names, and where that is."""
    if spec.scheme not in SCHEMES and (points := registered().get(spec.scheme)):
        return _loaded(points), f"the entry point {spec.scheme} of {_owner(points[0])}"
    module, _, attribute = SCHEMES.get(spec.scheme, f"{spec.scheme}:{spec.name}").partition(":")
    try:
        found = importlib.import_module(module)
    except ModuleNotFoundError as error:
        itself = f"{module}.".startswith(f"{error.name}.")
        advice = "Check its spelling and that it is on PYTHONPATH." if itself else f"Install {error.name}."
        raise UsageError(f'the model "{spec}" needs the Python module {error.name}, which is not there. {advice}') from None
    if not hasattr(found, attribute):
        raise UsageError(f'the model "{spec}" is not there: {module} has no function {attribute}. It must be one that takes a models.Spec.')
    return getattr(found, attribute), f"{module}:{attribute}"


def _loaded(points: tuple[EntryPoint, ...]) -> Any:
    """What an entry point names. UsageError if several packages claim it, ConnectError if it cannot be imported."""
    point = points[0]
    if len(points) > 1:
        raise UsageError(f'the scheme "{point.name}" is registered by {" and by ".join(map(_owner, points))}. Uninstall all but one.')
    try:
        return point.load()
    except Exception as error:  # noqa: BLE001 - it runs a stranger's module, which may raise anything
        raise ConnectError(
            f'the scheme "{point.name}" of {_owner(point)} cannot be loaded from "{point.value}": {type(error).__name__}: {_line(error)}. '
            "Install what it lacks, or mend or uninstall that package."
        ) from None


def _owner(point: EntryPoint) -> str:
    """The distribution that registers ``point``."""
    return f"the package {point.dist.name} {point.dist.version}" if point.dist else "an installed package"


def _line(text: object) -> str:
    """The first line of what a stranger's package says, fit to be shown."""
    first = str(text).strip().partition("\n")[0].strip()
    return "".join(character if character.isprintable() else "?" for character in first)[:300].rstrip(".")


def names() -> Mapping[str, str]:
    """What a model spec can be, one line each: the reference players by name, then every scheme and what it takes."""
    from models.reference import PLAYERS, forgetful, scripted

    players = {**PLAYERS, "forgetful?p=0.5": forgetful, "scripted": scripted}
    about = {f"reference:{name}": (player.__doc__ or "").partition("\n")[0] for name, player in players.items()}
    about |= {scheme: line for scheme, line in TAKES.items() if scheme != "reference"}
    for scheme, points in registered().items():
        about[scheme if scheme.lower() not in SCHEMES else f"{scheme} (not ours)"] = _about(scheme, points)
    return about


def _about(scheme: str, points: tuple[EntryPoint, ...]) -> str:
    """One line on a registered scheme: the first of its function's docstring, or why it cannot be used."""
    if scheme.lower() in SCHEMES:
        return f"error: {' and '.join(map(_owner, points))} registers {scheme}, which is Parley's own and stays so; it needs another name"
    try:
        engine = _loaded(points)
    except (UsageError, ConnectError) as error:
        return f"error: {error}"
    return f"{_line(engine.__doc__ or 'says nothing of itself')} ({_owner(points[0])}, {GROUP})"
