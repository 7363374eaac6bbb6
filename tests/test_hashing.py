"""The hash of a chat is that of its JSON, whichever chat was hashed before it."""

from __future__ import annotations

import hashlib
import json

from hypothesis import given
from hypothesis import strategies as st

from benchmark.hashing import ChatHash

MESSAGES = st.tuples(st.sampled_from(("user", "assistant")), st.sampled_from(("", "a", "é\ud800", '"<\\\n', "yes " * 50)))
STEPS = st.lists(st.tuples(st.integers(0, 6), st.lists(MESSAGES, max_size=3)), max_size=8)


@given(STEPS)
def test_a_chat_that_goes_on_forks_or_begins_anew_is_hashed_whole(steps: list[tuple[int, list[tuple[str, str]]]]) -> None:
    hashed, chat = ChatHash(), tuple[tuple[str, str], ...]()
    for kept, more in steps:
        chat = (*chat[: len(chat) - kept if kept < len(chat) else 0], *more)
        expected = hashlib.sha256(json.dumps(chat, separators=(",", ":")).encode()).digest()

        assert hashed.of(chat) == expected
