"""What to say when a name is unknown: the nearest ones that are known."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

from benchmark.vocabulary import UsageError


def nearest(given: str, known: Iterable[str]) -> str:
    """The end of an error message: the names closest to ``given``, or all of them where none is close."""
    names = list(known)
    close = difflib.get_close_matches(given.lower(), names, n=3, cutoff=0.5)
    return f"did you mean {' or '.join(close)}?" if close else f"known: {', '.join(names)}"


def check_known(given: str, known: Iterable[str], what: str) -> str:
    """``given`` if it is one of ``known``; UsageError with the nearest ones otherwise."""
    names = list(known)
    if given in names:
        return given
    raise UsageError(f'there is no {what} "{given[:80]}"; {nearest(given, names)}')
