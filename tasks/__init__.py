"""The tasks, in the order of the board. A dict to read, not a registry."""

from __future__ import annotations

from benchmark.task import Task
from tasks import assignment, hidden_profile, itinerary, mutual_friend

TASKS: dict[str, type[Task]] = {
    "mutual_friend": mutual_friend.MutualFriend,
    "assignment": assignment.Assignment,
    "itinerary": itinerary.Itinerary,
    "hidden_profile": hidden_profile.HiddenProfile,
}

PUBLISHED = (assignment, itinerary, hidden_profile)
"""Modules that read published worlds: each has ``recognises(text)`` and ``load_worlds(text)``."""

CORPORA = {"dialop": (assignment, itinerary)}
"""Corpora of human dialogues, and the modules that read their files: each has ``recognises(text)`` and ``read_dialogues(text)``."""

HEADLINE = ("mutual_friend", "assignment", "hidden_profile")
"""The tasks that make the headline: a fixed set per version. The others form the mixed panel, reported apart."""
