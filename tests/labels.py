"""The tasks that the tests of every task go through, under every label that changes how one is played."""

PLAIN = ("mutual_friend", "assignment", "itinerary", "hidden_profile")
EVERY = (*PLAIN, "hidden_profile:seats=4", "hidden_profile:seats=5")
DECLINING = ("mutual_friend", "hidden_profile")
"""Those in which there may be nothing right to commit to."""
