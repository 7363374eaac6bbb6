"""What a run keeps that is killed half-way, without warning: the share of its replies that the second start need not ask for again."""

from __future__ import annotations

import sys
import time
from tempfile import TemporaryDirectory

from tests.performance.figures import Figure
from tests.performance.long_talk import CALLS
from tests.performance.measuring import driven, load_server, pinned, seen

DIALOGUES = 1000


def kept(slots: int) -> Figure:
    """A run with as many calls in flight as ``slots``, killed when half of its calls are answered. Only finished episodes are kept."""
    calls = DIALOGUES * CALLS
    with TemporaryDirectory() as place, load_server(slots=slots, latency_ms=100) as url:
        command = [sys.executable, "-m", "tests.performance.drivers", "parley"]
        command += ["--dialogues", str(DIALOGUES), "--in-flight", str(slots), "--out", place]
        first = pinned([*command, "--base-url", url], 1)
        try:
            while seen(url)["answered"] < calls / 2 and first.poll() is None:
                time.sleep(0.02)
        finally:
            first.kill()
            first.communicate()
        half = seen(url)["answered"]
        began = time.monotonic()
        driven(command, url, {})
        took, asked = time.monotonic() - began, seen(url)["answered"]
    what = f"share of its replies that a run killed half-way need not ask for again, {DIALOGUES:,} dialogues, {slots} calls in flight"
    return Figure(what, 1 - (asked - calls) / half, "", note=f"the second start finishes it in {took:.0f} s")
