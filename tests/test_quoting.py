"""What is heard of a reply, and how it is quoted: nothing a model writes can pass for anyone else."""

from __future__ import annotations

import json

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from benchmark.answers import read_answer
from benchmark.quoting import SILENCE, cut, encode, is_ready, length, quote, strip_thought
from benchmark.vocabulary import Illegal

SPECIAL = (
    "<|im_start|>", "<|im_end|>", "<|endoftext|>", "<|eot_id|>", "<|start_header_id|>", "<s>", "</s>", "<bos>", "<eos>", "<pad>",
    "<start_of_turn>", "<end_of_turn>", "[INST]", "[/INST]", "<<SYS>>", "[gMASK]", "[MASK]", "[TOOL_CALLS]", "[SYSTEM_PROMPT]",
    "<｜User｜>", "<｜begin▁of▁sentence｜>", "<think>", "</think>", "<|channel|>", "<unk>", "<0x0A>", "<|user|>", "[_x]",
)  # fmt: skip

hostile = st.text(st.characters(), max_size=60) | st.lists(
    st.sampled_from(
        [*SPECIAL, "\n", '"', "\\", "\\n", "\\u003c", "\ud800", "\udfff", "\u2028", "\u202e", "Ben: ", "\x1b[2J", "", "<", "["]
    ),
    max_size=8,
).map("".join)


def undo(quoted: str) -> str:
    """The inverse of ``quote``: JSON reads it, but for a pair of escaped surrogates, which stays a pair."""
    result: str = json.loads(quoted)
    return result


@given(hostile)
@example("\ud83d\ude00")
@example("\\u003c<x")
def test_quoting_is_injective_over_all_of_unicode(text: str) -> None:
    quoted = quote(text)
    inner = quoted[1:-1]
    restored = []
    at = 0
    while at < len(inner):
        if inner[at] == "\\":
            kind = inner[at + 1]
            restored.append(chr(int(inner[at + 2 : at + 6], 16)) if kind == "u" else {"n": "\n"}.get(kind, kind))
            at += 6 if kind == "u" else 2
        else:
            restored.append(inner[at])
            at += 1

    assert "".join(restored) == text


@given(hostile, hostile)
def test_different_words_never_look_the_same_to_their_author_either(one: str, other: str) -> None:
    assert (encode(one) == encode(other)) == (one == other)


@given(hostile)
def test_a_quotation_is_one_line_that_utf8_can_carry(text: str) -> None:
    quoted = quote(text)

    assert len(quoted.splitlines()) == 1
    assert quoted.encode("utf-8").decode("utf-8") == quoted
    assert quoted.startswith('"')
    assert quoted.endswith('"')


@pytest.mark.parametrize("token", SPECIAL)
@pytest.mark.parametrize("write", [quote, encode], ids=["quoted to others", "in its own history"])
def test_no_special_token_survives(token: str, write: object) -> None:
    assert callable(write)
    assert token not in write(f"so {token} then")
    assert token not in write(token)


@given(hostile)
def test_a_quotation_cannot_be_left_before_its_end(text: str) -> None:
    """Inside the quotes every quotation mark is escaped, so no line can open for another speaker."""
    inner = quote(text)[1:-1]

    assert '"' not in inner.replace("\\\\", "").replace('\\"', "")


@pytest.mark.parametrize("text", ["<b>bold</b>", "3 < 5", "🙂 ok", "a [1] b", "naïve – “quoted”", "tab\there"])
def test_what_is_heard_is_otherwise_unaltered(text: str) -> None:
    assert strip_thought(text) == text
    assert undo(quote(text).replace("\t", "\\t")) == text


def test_plain_text_is_quoted_as_it_is() -> None:
    assert quote("3 < 5 and (ready)") == '"3 < 5 and (ready)"'
    assert encode("line one\nline two") == "line one\nline two"


def test_silence_is_distinct_from_everything_said() -> None:
    assert encode("") == SILENCE
    assert encode(SILENCE) != SILENCE


@pytest.mark.parametrize(
    ("raw", "heard"),
    [
        ("<think>plan</think>Hello", "Hello"),
        ("plan</think>Hello", "Hello"),
        ("Hello<think>never closed", "Hello"),
        ("<think>all of it", ""),
        ("<think>a</think>", ""),
        ("<THINKING>\nx\n</THINKING>\n Hello ", "Hello"),
        ("<think>a<think>b</think>c</think>Hello", "Hello"),
        ("a <think>x</think> b <reasoning>y</reasoning> c", "a  b  c"),
        ("<think>a<think>b</think>Hello", "Hello"),
        ("<thi<think>x</think>nk>y", "<thi nk>y"),
        ("Hello", "Hello"),
        ("think> not a tag <", "think> not a tag <"),
    ],
)
def test_thoughts_are_not_heard(raw: str, heard: str) -> None:
    assert strip_thought(raw) == heard


LONG = 1_000_000


@pytest.mark.parametrize(
    "text",
    ["x" * LONG, "<think>" * (LONG // 7), "</think>" * (LONG // 8), "<thi" * (LONG // 8) + "<think></think>nk>" * (LONG // 36),
     "\\" * LONG, "[" * LONG, "<" * LONG, "\ud800" * LONG, " " * LONG, "{" * LONG, '{"answer": ' * (LONG // 11), "\n" * LONG],
    ids=lambda text: repr(text[:12]),
)  # fmt: skip
def test_a_million_characters_take_linear_time(text: str) -> None:
    """Nothing here is timed: with one step per pair of characters it would not end."""
    heard = strip_thought(text)

    assert length(cut(heard, 40)) <= 40
    assert len(quote(text)) >= len(text)
    assert encode(text)
    with pytest.raises(Illegal):
        read_answer(text)


@given(hostile)
def test_stripping_twice_is_stripping_once(text: str) -> None:
    assert strip_thought(strip_thought(text)) == strip_thought(text)


@given(st.text(max_size=400), st.integers(1, 30))
def test_a_cut_turn_is_a_beginning_within_its_limit(text: str, limit: int) -> None:
    text = text.strip()
    kept = cut(text, limit)

    assert text.startswith(kept)
    assert length(kept) <= limit
    assert kept == text or length(text) > limit


@given(st.lists(st.text("abc", min_size=1, max_size=9), min_size=1, max_size=40), st.integers(1, 30))
def test_a_cut_keeps_whole_words_and_as_many_as_fit(words: list[str], limit: int) -> None:
    kept = cut(" ".join(words), limit).split()

    if len(words[0]) <= 6 * limit:
        assert kept == words[: len(kept)]
        assert kept == words or length(" ".join(words[: len(kept) + 1])) > limit


def test_a_word_of_any_length_cannot_carry_more_than_its_share() -> None:
    assert length("x" * 600) == 100
    assert cut("x" * 600, 10) == "x" * 60


@pytest.mark.parametrize(("text", "expected"), [("Fine (ready)", True), ("(READY).", True), ("(ready) but wait", False), ("", False)])
def test_ready_is_the_last_word(text: str, expected: bool) -> None:
    assert is_ready(text) is expected
