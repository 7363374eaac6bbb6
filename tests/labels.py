"""The tasks that the tests of every task go through, under every label that changes how one is played."""

from benchmark import api

PLAIN = ("mutual_friend", "schedule", "assignment", "itinerary", "hidden_profile", "route", "reference", "crossed_wires", "deal")
MIXED = ("haggle", "secret")
"""Those with several right answers, or with an audience."""
EVERY = (*PLAIN, *MIXED, "hidden_profile:seats=4", "hidden_profile:seats=5", "schedule:seats=3", "schedule:seats=4")
DECLINING = ("mutual_friend", "schedule", "hidden_profile", "route", "reference", "haggle")
"""Those in which there may be nothing right to commit to."""

PRESETS = ("mutual_friend:preset=zhou5", "deal:preset=dond", "deal:preset=casino")
"""Published set-ups with generated worlds: they hold what they can."""

TRACKS = (
    "dilemma:rounds=4-8",
    "dilemma:against=mixed,past=diverse,rounds=4-8,talk=yes",
    "society:rounds=3",
    "society:feedback=shuffled,memory=board,peers=adopting,rounds=3",
    "trust_market",
    "trust_market:candidates=models,multiplier=hidden",
    "custody",
    "custody:log=none,referent=self",
)
"""Bond tracks, each as short as it can be: the whole games are played by the tests of each."""

GROUNDING = tuple(label for label in EVERY if api.make_task(label, 3).semantic)
"""Those in which to be frank is to play well, so that grounding success is measured."""
