"""What a check came to."""

from __future__ import annotations

from dataclasses import dataclass

PASSED, FAILED, NOTED = "passed", "failed", "noted"


@dataclass(frozen=True, slots=True)
class Finding:
    """``name`` is what is owed; ``seen`` what was found instead, ``advice`` what to change. A noted one is no failure."""

    name: str
    verdict: str
    seen: str = ""
    advice: str = ""
