"""The tasks that the tests of every task go through, under every label that changes how one is played."""

PLAIN = ("mutual_friend", "schedule", "assignment", "hidden_profile", "route", "reference", "crossed_wires")
MIXED = ("haggle", "secret")
"""Those in which frankness can cost, so that grounding is not measured."""
EVERY = (*PLAIN, *MIXED, "hidden_profile:seats=4", "hidden_profile:seats=5", "schedule:seats=3", "schedule:seats=4")
DECLINING = ("mutual_friend", "schedule", "hidden_profile", "route", "reference", "haggle")
"""Those in which there may be nothing right to commit to."""
