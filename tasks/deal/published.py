"""The worlds of the published corpora of bargaining: CaSiNo and Deal or No Deal."""

from __future__ import annotations

from benchmark.task import Task
from benchmark.vocabulary import World
from tasks.deal import casino, dond


def recognises(text: str) -> bool:
    """Whether ``text`` opens like a file of either corpus."""
    return casino.recognises(text) or dond.recognises(text)


def load_worlds(text: str) -> tuple[Task, tuple[World, ...]]:
    """The worlds of a file of either corpus, and the task that plays them. WorldsError says where the file is wrong.

    A dialogue that stands there from both sides gives two worlds, each the other one seen from across the table.
    """
    task, dialogues = (casino if casino.recognises(text) else dond).read_dialogues(text)
    return task, tuple(dialogue.world for dialogue in dialogues)
