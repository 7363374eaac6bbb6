"""Episodes as a person reads them: who saw what, what crossed the table and when, and the literal prompt behind every word."""

from benchmark.transcripts.episode import transcript
from benchmark.transcripts.site import site

__all__ = ["site", "transcript"]
