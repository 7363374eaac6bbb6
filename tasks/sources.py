"""What the tasks come from, for those who cite them: the keys of each task in ``sources.bib``."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

BIBLIOGRAPHY = Path(__file__).with_name("sources.bib")

QUESTION = "zhou2024real"
"""What Parley as a whole comes from."""

KEYS = {
    "mutual_friend": ("he2017learning",),
    "assignment": ("lin2024decision",),
    "itinerary": ("lin2024decision",),
    "hidden_profile": ("stasser1985pooling",),
    "written:preset=hiddenbench": ("li2025hiddenbench",),
    "route": ("anderson1991hcrc",),
    "reference": ("udagawa2019natural",),
    "crossed_wires": ("clark1991grounding",),
    "deal:preset=dond": ("lewis2017deal",),
    "deal:preset=casino": ("chawla2021casino",),
    "haggle": ("raiffa1982art",),
    "dilemma": ("weis2026multi", "press2012iterated"),
    "trust_market": ("jiang2025humans",),
    "custody": ("potter2026protect",),
    "society": ("li2026socialization",),
    "settlement": ("liu2026foundation",),
}
"""By the label of a task, or the beginning of one; a task that is not here was made for Parley."""


def sources(labels: Iterable[str]) -> dict[str, str]:
    """The BibTeX of what ``labels`` come from, by key: first what all of Parley does, then in the order of the labels."""
    entries = {entry.partition("{")[2].partition(",")[0]: entry for entry in BIBLIOGRAPHY.read_text("utf-8").strip().split("\n\n")}
    found = [key for label in labels for name, keys in KEYS.items() if label.startswith(name) for key in keys]
    return {key: entries[key] for key in dict.fromkeys([QUESTION, *found])}
