"""Where completions come from: one file per engine, imported only when a model of it is asked for.

To add an engine, write ``models/<engine>.py`` with ``connect(spec)``, an async context manager that yields a Model, and
add a line to ``SCHEMES`` and ``TAKES``.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, cast

from benchmark.vocabulary import UsageError
from models.spec import SCHEMES, TAKES, Spec, parse_spec

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from contextlib import AbstractAsyncContextManager

    from benchmark.vocabulary import Model

    Connect = Callable[[Spec], AbstractAsyncContextManager[Model]]

__all__ = ["SCHEMES", "Spec", "connect", "names", "parse_spec"]


def connect(spec: Spec) -> AbstractAsyncContextManager[Model]:
    """The model that ``spec`` names, open while the context is. UsageError or ConnectError if it cannot be had."""
    module, _, attribute = SCHEMES.get(spec.scheme, f"{spec.scheme}:{spec.name}").partition(":")
    try:
        found = importlib.import_module(module)
    except ModuleNotFoundError as error:
        itself = f"{module}.".startswith(f"{error.name}.")
        advice = "Check its spelling and that it is on PYTHONPATH." if itself else f"Install {error.name}."
        raise UsageError(f'the model "{spec}" needs the Python module {error.name}, which is not there. {advice}') from None
    if not callable(engine := getattr(found, attribute, None)):
        raise UsageError(f'the model "{spec}" is not there: {module} has no function {attribute}. It must be one that takes a models.Spec.')
    try:
        model = cast("Connect", engine)(spec)
    except TypeError as error:
        model, problem = None, f" ({error})"
    else:
        problem = ""
    if model is None or not hasattr(model, "__aenter__"):
        raise UsageError(f'"{spec}" is no model: {attribute} must take a models.Spec and give an async context manager{problem}')
    return model


def names() -> Mapping[str, str]:
    """What a model spec can be, one line each: the reference players by name, then every scheme and what it takes."""
    from models.reference import PLAYERS, forgetful

    players = {**PLAYERS, "forgetful?p=0.5": forgetful}
    about = {f"reference:{name}": (player.__doc__ or "").partition("\n")[0] for name, player in players.items()}
    return {**about, **{scheme: line for scheme, line in TAKES.items() if scheme != "reference"}}
