"""Choosing, round after round, whom of four to trust with one's money: see ``task.py``."""

from tasks.trust_market.task import TrustMarket

__all__ = ["TrustMarket"]
