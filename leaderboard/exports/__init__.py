"""An entry in the formats of others, so that its numbers and talks can be read where people already look.

The entry stays the record: what a format has no place for is left out here, never changed there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from leaderboard.exports.cards import eval_results, model_index
from leaderboard.exports.every_eval_ever import every_eval_ever
from leaderboard.exports.inspect_log import inspect_log
from leaderboard.exports.talks import Cited
from leaderboard.exports.traces import session_traces

FORMATS: Mapping[str, Callable[[Cited], Iterator[tuple[str, bytes]]]] = {
    "eval-results": eval_results,
    "model-index": model_index,
    "eee": every_eval_ever,
    "sts": session_traces,
    "inspect": inspect_log,
}
"""By name, what writes the files of a format: (path, content)."""

__all__ = ["FORMATS", "Cited"]
