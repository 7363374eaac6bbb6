"""A stream of events put together to the one document it would have been: some servers stream although nobody asked them to."""

from __future__ import annotations

import json
from typing import Any

_PARTS = ("content", "reasoning_content", "reasoning", "refusal")


def is_stream(raw: bytes) -> bool:
    """Whether ``raw`` begins as server-sent events do; no JSON document does."""
    return raw[:64].removeprefix(b"\xef\xbb\xbf").lstrip().startswith((b"data:", b"event:", b":", b"id:", b"retry:"))


def joined(raw: bytes) -> Any:
    """The chat completion that the chunks in ``raw`` are parts of. ValueError if they are none, or the stream ends before it was done."""
    documents = [json.loads(data) for data in _events(raw) if data.strip() != "[DONE]"]
    if not all(isinstance(document, dict) for document in documents):
        raise ValueError("an event is not a JSON object")
    for document in documents:
        if document.get("error") or any("message" in choice for choice in _choices(document)):
            return document  # an error, or a whole completion in a single event
    whole: dict[str, Any] = {"usage": None}
    message: dict[str, Any] = {}
    reason = None
    for document in documents:
        whole |= {name: document[name] for name in ("model", "system_fingerprint", "usage") if document.get(name)}
        for choice in _choices(document):
            if choice.get("index", 0) != 0:
                continue
            delta = choice.get("delta")
            for name in _PARTS:
                part = delta.get(name) if isinstance(delta, dict) else None
                if isinstance(part, str):
                    message.setdefault(name, []).append(part)
            reason = choice.get("finish_reason") or reason
    if reason is None:
        raise ValueError("the stream ends before the reply does")
    return {**whole, "choices": [{"message": {name: "".join(parts) for name, parts in message.items()}, "finish_reason": reason}]}


def _events(raw: bytes) -> list[str]:
    """The data of every event; several data lines of one event belong together."""
    events: list[list[str]] = [[]]
    for line in raw.decode("utf-8-sig", "replace").replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        if not line:
            events.append([])
        elif line.startswith("data:"):
            events[-1].append(line[5:].removeprefix(" "))
    return ["\n".join(event) for event in events if event]


def _choices(document: dict[str, Any]) -> list[dict[str, Any]]:
    choices = document.get("choices")
    return [choice for choice in choices if isinstance(choice, dict)] if isinstance(choices, list) else []
