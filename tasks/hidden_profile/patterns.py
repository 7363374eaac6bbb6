"""Patterns of a scene, which are long: all checks and verdicts by name."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cached_property
from typing import Any


def pattern(written: Callable[[Any], str]) -> cached_property[re.Pattern[str]]:
    """Made, from what ``written`` says of its object, when a text is first looked through for it: most talk needs few."""
    return cached_property(lambda forms: re.compile(written(forms), re.IGNORECASE))
