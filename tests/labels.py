"""The tasks that the tests of every task go through, under every label that changes how one is played."""

from benchmark import api

PLAIN = ("mutual_friend", "schedule", "assignment", "itinerary", "hidden_profile", "route", "reference", "crossed_wires", "deal")
EVERY = (*PLAIN, "hidden_profile:seats=4", "hidden_profile:seats=5", "schedule:seats=3", "schedule:seats=4")
DECLINING = ("mutual_friend", "schedule", "hidden_profile", "route", "reference")
"""Those in which there may be nothing right to commit to."""

PRESETS = ("mutual_friend:preset=zhou5", "deal:preset=dond", "deal:preset=casino")
"""Published set-ups with generated worlds: they hold what they can."""

GROUNDING = tuple(label for label in EVERY if api.make_task(label, 3).semantic)
"""Those in which to be frank is to play well, so that grounding success is measured."""
