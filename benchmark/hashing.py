"""The hash of a chat, by which a record says what was asked."""

from __future__ import annotations

import hashlib
import json

from benchmark.vocabulary import Message


class ChatHash:
    """SHA-256 of chats of which each mostly goes on where one before ended: only what is new is read."""

    __slots__ = ("_last", "_read", "_state")

    def __init__(self) -> None:
        self._last: tuple[Message, bytes] = (("", ""), b"")
        self._restart()

    def _restart(self) -> None:
        self._read: tuple[Message, ...] = ()
        self._state = hashlib.sha256(b"[")

    def of(self, chat: tuple[Message, ...]) -> bytes:
        """Of the compact ASCII JSON ``[[role, content], …]``. The last message is not kept: a fork may ask another."""
        if not len(self._read) < len(chat) or chat[: len(self._read)] != self._read:
            self._restart()
        for message in chat[len(self._read) : -1]:
            self._state.update(self._json(message) + b",")
        self._read = chat[:-1]
        whole = self._state.copy()
        whole.update((self._json(chat[-1]) if chat else b"") + b"]")
        return whole.digest()

    def _json(self, message: Message) -> bytes:
        """What was last at the end of a chat mostly stands in the next."""
        if message is not self._last[0]:
            self._last = (message, _json(message))
        return self._last[1]


def _json(message: Message) -> bytes:
    role, content = message
    return f"[{_quoted(role)},{_quoted(content)}]".encode("ascii")


_quoted = json.JSONEncoder().encode
