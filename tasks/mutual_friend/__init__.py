"""Which friend two people both have, if any: see ``task.py``."""

from tasks.mutual_friend.task import MutualFriend

__all__ = ["MutualFriend"]
