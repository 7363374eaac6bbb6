"""What the shell is offered at the Tab key: names of tasks, players, engines and conditions, and run folders."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import click
from click.shell_completion import CompletionItem

Offer = Callable[[click.Context, click.Parameter, str], list[CompletionItem]]

REPLAY, PERSON, STRANGER = "replay", "human", "package.module"
"""Names in the list of models that are not completed like the others: run folders follow; nothing need follow; anything may stand there."""

_MOST_FOLDERS = 500
"""A folder may hold anything; nobody chooses from more than so many."""


def listed(what: str) -> Offer:
    """Offers the rows of `bench list`."""

    def complete(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        from benchmark import api

        del ctx, param
        return _starting(incomplete, {row["name"]: row["about"] for row in api.listing(what)})

    return complete


def named(*names: str) -> Offer:
    def complete(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        del ctx, param
        return _starting(incomplete, dict.fromkeys(names, ""))

    return complete


def specs(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Players whole, engines up to their colon, run folders after ``replay:``; and `panel` where a partner is asked for."""
    from benchmark import api

    del ctx
    if incomplete.startswith(f"{REPLAY}:"):
        folders = _folders(incomplete.removeprefix(f"{REPLAY}:"))
        return [CompletionItem(f"{REPLAY}:{folder}") for folder in folders]
    offered = {}
    for row in api.listing("models"):
        name = str(row["name"])
        if name == STRANGER:
            continue
        takes_more = ":" not in name and name != PERSON
        offered[f"{name}:" if takes_more else name] = str(row["about"])
    if param.name != "model":
        offered["panel"] = "the standard partners"
    return _starting(incomplete, offered)


def corpora(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    import tasks

    return named(*tasks.CORPORA, "inspect")(ctx, param, incomplete)


def runs(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Run folders beside what was typed, in runs/ before anything was; where there is none, any folder."""
    del ctx, param
    return [CompletionItem(folder) for folder in _folders(incomplete)] or [CompletionItem(incomplete, type="dir")]


def _folders(incomplete: str) -> list[str]:
    """Paths of run folders that begin with ``incomplete``, written as it is."""
    above, slash, name = incomplete.rpartition("/")
    parents = [above + slash] if incomplete else ["runs/", ""]
    found: list[str] = []
    for parent in parents:
        try:
            inside = sorted(path.name for path in Path(parent or ".").iterdir() if path.name.startswith(name))[:_MOST_FOLDERS]
            found += [parent + one for one in inside if (Path(parent) / one / "run.json").is_file()]
        except OSError:
            continue
    return found


def _starting(incomplete: str, offered: Mapping[str, str]) -> list[CompletionItem]:
    return [CompletionItem(name, help=about or None) for name, about in offered.items() if name.startswith(incomplete)]
