"""The tasks, in the order of the board. A dict to read, not a registry."""

from __future__ import annotations

from benchmark.task import Task
from tasks import assignment, crossed_wires, haggle, hidden_profile, mutual_friend, reference, route, schedule, secret

TASKS: dict[str, type[Task]] = {
    "mutual_friend": mutual_friend.MutualFriend,
    "schedule": schedule.Schedule,
    "assignment": assignment.Assignment,
    "hidden_profile": hidden_profile.HiddenProfile,
    "route": route.Route,
    "reference": reference.Reference,
    "crossed_wires": crossed_wires.CrossedWires,
    "haggle": haggle.Haggle,
    "secret": secret.Secret,
}

PUBLISHED = (assignment, hidden_profile, reference)
"""Modules that read published worlds: each has ``recognises(text)`` and ``load_worlds(text)``."""

CORPORA = {"dialop": (assignment,)}
"""Corpora of human dialogues, and the modules that read their files: each has ``recognises(text)`` and ``read_dialogues(text)``."""

HEADLINE = ("mutual_friend", "schedule", "assignment", "hidden_profile", "route", "reference", "crossed_wires")
"""The tasks that make the headline: a fixed set per version. The others form the mixed panel, reported apart."""
