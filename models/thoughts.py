"""Reasoning and speech told apart in what a local model wrote.

Only what stands between thought tags is reasoning, and the rule is that of ``benchmark.quoting.strip_thought``: a block
ends at the first closing tag; after one that is never closed everything is thought, and before a closing tag that was
never opened as well. A template that opens the tag in the prompt leaves none in the reply: ``opens_thought`` sees that.

When thinking eats the whole budget of tokens, nothing was said: the text is empty and the finish "length", which ends a
turn, and after its repair a commit, as truncated. No half thought is ever heard.
"""

from __future__ import annotations

import re

from benchmark.quoting import strip_thought

_OPEN = "<think>"
_BRACKETED = re.compile(r"\[(/?)THINK\]")
_TAG = re.compile(r"<(/?)(?:think|thinking|thought|reasoning|reflection)\s*>", re.IGNORECASE)


def is_tag(token: str) -> bool:
    """Whether a special token opens or closes a thought, so that decoding must keep it."""
    return bool(_TAG.fullmatch(_angled(token.strip())))


def opens_thought(prompt: str) -> bool:
    """Whether ``prompt`` ends inside a thought, so that the reply begins with reasoning."""
    tail = _angled(prompt[-200:])
    last = next(reversed(list(_TAG.finditer(tail))), None)
    return last is not None and not last[1] and not tail[last.end() :].strip()


def split(raw: str, opened: bool) -> tuple[str, str]:
    """(thought, text) of what was written; ``opened``: the prompt ended inside a thought."""
    raw = _angled(raw)
    first = _TAG.search(raw)
    if opened and (first is None or first[1] or raw[: first.start()].strip()):
        raw = _OPEN + raw
    elif first is None:
        return "", raw.strip()
    return _thought(raw), strip_thought(raw)


def _angled(text: str) -> str:
    """``text`` with "[THINK]" and "[/THINK]" (Mistral's) written as the other tags are."""
    return _BRACKETED.sub(r"<\1think>", text)


def _thought(raw: str) -> str:
    """All that ``strip_thought`` takes out of ``raw``, tags apart."""
    parts: list[str] = []
    start, inside = 0, False
    for tag in _TAG.finditer(raw):
        if tag[1]:
            parts = [*parts, raw[start : tag.start()]] if inside else [raw[: tag.start()]]
            inside = False
        elif not inside:
            start, inside = tag.end(), True
    if inside:
        parts.append(raw[start:])
    return "\n\n".join(filter(None, (_TAG.sub(" ", part).strip() for part in parts)))
