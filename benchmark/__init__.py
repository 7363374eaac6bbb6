"""Parley: the same world played with and without private information, by separate model instances, scored exactly."""

from __future__ import annotations

import importlib.util
from pathlib import Path

from benchmark.vocabulary import ParleyError

__version__ = "0.1.0"


def check_neighbours() -> None:
    """ParleyError if ``tasks``, ``models`` or ``leaderboard`` would not be imported from beside this package.

    Their names are common ones, so that another project's may stand before ours on Python's path. None is imported here.
    """
    here = Path(__file__).resolve().parent.parent
    for name in ("tasks", "models", "leaderboard"):
        found = _place(name)
        if found is None:
            raise ParleyError(f'the package "{name}" is missing beside {here / "benchmark"}. Install Parley again.')
        if found != here / name:
            raise ParleyError(
                f'the package "{name}" would come from {found}, which is not Parley\'s; its own is {here / name}. '
                "Take that folder off PYTHONPATH, or install Parley into an environment of its own: pipx install parley-bench"
            )


def _place(name: str) -> Path | None:
    """The folder of package ``name``, or the file of a module of that name; None if there is neither."""
    spec = importlib.util.find_spec(name)
    if spec is None:
        return None
    places = [*(spec.submodule_search_locations or ()), spec.origin]
    return Path(str(places[0])).resolve()
