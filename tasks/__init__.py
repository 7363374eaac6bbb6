"""The tasks, in the order of the board. A dict to read, not a registry."""

from __future__ import annotations

from benchmark.task import Task
from tasks import (
    assignment,
    crossed_wires,
    custody,
    deal,
    dilemma,
    haggle,
    hidden_profile,
    itinerary,
    mutual_friend,
    reference,
    route,
    schedule,
    secret,
    society,
    trust_market,
    written,
)  # fmt: skip
from tasks.deal import casino, dond

TASKS: dict[str, type[Task]] = {
    "mutual_friend": mutual_friend.MutualFriend,
    "schedule": schedule.Schedule,
    "assignment": assignment.Assignment,
    "itinerary": itinerary.Itinerary,
    "hidden_profile": hidden_profile.HiddenProfile,
    "route": route.Route,
    "reference": reference.Reference,
    "crossed_wires": crossed_wires.CrossedWires,
    "deal": deal.Deal,
    "haggle": haggle.Haggle,
    "secret": secret.Secret,
    "written": written.Written,
    "dilemma": dilemma.Dilemma,
    "society": society.Society,
    "trust_market": trust_market.TrustMarket,
    "custody": custody.Custody,
}

PUBLISHED = (assignment, itinerary, reference, deal, written)
"""Modules that read published worlds: each has ``recognises(text)`` and ``load_worlds(text)``."""

CORPORA = {"dialop": (assignment, itinerary), "casino": (casino,), "deal-or-no-deal": (dond,)}
"""Corpora of human dialogues, and the modules that read their files: each has ``recognises(text)`` and ``read_dialogues(text)``."""

HEADLINE = ("mutual_friend", "schedule", "assignment", "itinerary", "hidden_profile", "route", "reference", "crossed_wires")
"""The tasks that make the headline: a fixed set per version. The others form the mixed panel, reported apart."""

BONDS = ("dilemma", "trust_market", "custody", "society")
"""The bond tracks: many rounds that build on each other. Each is played when asked for by name, and belongs to no mean over tasks."""
