"""Reasoning split from speech: every broken form in which a thinking model may leave its tags."""

from __future__ import annotations

import pytest

from benchmark.quoting import strip_thought
from models.thoughts import opens_thought, split

FORMS = (
    # raw, whether the prompt opened a thought, thought, text
    ("Hello.", False, "", "Hello."),
    ("<think>a</think>b", False, "a", "b"),
    ("<THINK>\na\n</think >\n\nb", False, "a", "b"),
    ("a</think>b", False, "a", "b"),
    ("a</think>b", True, "a", "b"),
    ("<think>a</think>b", True, "a", "b"),
    ("a, and on, and on", True, "a, and on, and on", ""),
    ("<think>a, and on", False, "a, and on", ""),
    ("", True, "", ""),
    ("b<think>a", False, "a", "b"),
    ("<think>a</think>b<think>c</think>d", False, "a\n\nc", "b d"),
    ("<think>a</think>b</think>c", False, "a</think>b".replace("</think>", " "), "c"),
    ("<think>a<think>c</think>b", False, "a c", "b"),
    ("[THINK]a[/THINK]b", False, "a", "b"),
    ("a[/THINK]b", True, "a", "b"),
    ("<reasoning>a</reasoning>b", False, "a", "b"),
)


@pytest.mark.parametrize(("raw", "opened", "thought", "text"), FORMS)
def test_every_form_is_split_where_it_should_be(raw: str, opened: bool, thought: str, text: str) -> None:
    assert split(raw, opened) == (thought, text)


@pytest.mark.parametrize(("raw", "opened"), [form[:2] for form in FORMS])
def test_what_is_left_is_speech_by_the_rule_of_the_core(raw: str, opened: bool) -> None:
    text = split(raw, opened)[1]

    assert strip_thought(text) == text
    if not opened and "THINK]" not in raw:
        assert text == strip_thought(raw)


@pytest.mark.parametrize(
    ("prompt", "opens"),
    [
        ("<|im_start|>assistant\n<think>\n", True),
        ("<|im_start|>assistant\n", False),
        ("<|im_start|>assistant\n<think>\n\n</think>\n\n", False),
        ("Do not write <think> here.<|im_start|>assistant\n", False),
        ("[INST] x [/INST][THINK]", True),
    ],
)
def test_a_prompt_that_ends_inside_a_thought_is_seen(prompt: str, opens: bool) -> None:
    assert opens_thought(prompt) is opens
