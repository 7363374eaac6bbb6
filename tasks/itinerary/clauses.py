"""Sentences of `itinerary` that tell something and then ask: "The Pier is free - does it beat the Lido?"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from benchmark.reading import Sentence

_THEN_ASKS = re.compile(
    r"(?:[,:)—]|(?<=\s)[-–])\s*(?=(?:(?:so|and|but|or|then)\s+)?(?:"
    r"(?:do|does|did|is|are|can|could|should|shall|would|will|has|have|what|which|where|how|when|any)\s+\w"
    r"|(?:deal|ok|okay|all right|alright|agreed|shall we|yours|thoughts|what about|fine|happy|good|sounds? good|take (?:it|that))\b"
    r"[^,;:]{0,25}\?))",
    re.IGNORECASE,
)
_ASKS_FIRST = re.compile(
    r"\W*(?:(?:and|so|ok|okay|but|then|also|well|hi|hey|hello)\W+)*"
    r"(?:do|does|did|is|are|can|could|should|shall|would|will|has|have|what|which|where|how|when|any|if|whether)\b",
    re.IGNORECASE,
)
_CHECKS = re.compile(
    r"\W*(?:(?:is|are|was) (?:that|this|it|they) (?:right|so|true|correct)"
    r"|(?:is|are|do|does|has|have|did)(?:n['’]t| (?:it|they|there|not)\W*\?))",
    re.IGNORECASE,
)
"""What makes a question of all that stands before it."""


def clauses(sentence: Sentence) -> Iterator[Sentence]:
    """``sentence``; in two where it asks only at its end, so that what stands before is told."""
    text = sentence.text
    if not sentence.question or not text.endswith("?") or _ASKS_FIRST.match(text):
        yield sentence
        return
    cuts = [cut for cut in _THEN_ASKS.finditer(text) if not _CHECKS.match(text, cut.end())]
    if not cuts:
        yield sentence
        return
    told, asked = text[: cuts[0].end()].rstrip(), text[cuts[0].end() :]
    yield replace(sentence, text=told, question=False, part_of=text)
    yield replace(sentence, text=asked, part_of=text)
