"""Signs and known details of what is said in `hidden_profile`, put into words and marks before it is read."""

from __future__ import annotations

import re

from tasks.hidden_profile.words import Lexicon

_ADDED = re.compile(
    r",(?= (?:and |but )?(?:what|who|which|how|do|does|did|any|anyone|anybody|can|could|is|are|has|have)\b[^.!?\n;,]*\?)",
    re.IGNORECASE,
)
"""A question hung on a statement: "Parking is good, what do you have?"."""
_YES_OR_NO = re.compile(r" (yes|no)(?=\s*(?:[,.;|)\n]|$))", re.IGNORECASE)
_ANSWERED = re.compile(r"[:=→–—-]\s*(yes|no|👍|👎|thumbs up|thumbs down)(?=\s*(?:[,.;|)\n]|$))", re.IGNORECASE)
"""A verdict behind the name of a check: "freshness: yes"."""


_PLUS, _MINUS = re.compile(r"[+]\s?[a-z]", re.IGNORECASE), re.compile(r"(?<!\w)[-–−]\s?(?=[a-z])", re.IGNORECASE)
"""Where there is a plus before a topic, a dash before one is a minus."""
_SIGN = re.compile(r"[-–−✗✘❌↑↓+✓✔✅]")


def prepare(text: str, words: Lexicon) -> str:
    """Known details become marks, so that their own words are not read twice; signs become words."""
    scene = words.scene
    text = scene.with_marks(text.replace("’", "'").replace("§", " "))
    text = _YES_OR_NO.sub(scene.verdict, _ADDED.sub(";", text) if "?" in text else text)
    if "+" in text and _PLUS.search(text):
        text = _MINUS.sub(" bad ", text)
    text = _ANSWERED.sub(lambda match: " good" if match[1].lower() in ("yes", "👍", "thumbs up") else " bad", text)
    if not _SIGN.search(text):
        return text
    text = re.sub(r"(?<![\w-])-(?=[a-z])|(?<=[\w :])[-–−](?=\s*(?:[,.;)]|$))|[✗✘❌]", " bad ", text)
    text = re.sub(r"(?<=\w) ?↑", " good", re.sub(r"(?<=\w) ?↓", " bad", text))
    return re.sub(r"[+](?!\d)|[✓✔✅]", " good ", text)
