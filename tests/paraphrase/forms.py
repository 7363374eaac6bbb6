"""What the paraphrases of all tasks are built with: forms with gaps, drawn from a stream."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from benchmark.streams import Stream
from benchmark.vocabulary import Claim

Forms = Mapping[str, Sequence[str]]


class Speaker:
    """Fills the gaps of a form that it draws."""

    def __init__(self, forms: Forms, draws: Stream) -> None:
        self.forms, self.draws = forms, draws

    def fill(self, which: str, **gaps: object) -> str:
        text = self.draws.choice(self.forms[which]).format(**gaps)
        return text[0].upper() + text[1:] if text.endswith((".", "!", "?")) else text


def row(items: Sequence[object], last: str = "and") -> str:
    """ "a, b and c" """
    words = [str(item) for item in items]
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} {last} {words[-1]}"


def by_subject(claims: Iterable[Claim], place: int = 1) -> dict[str, list[Claim]]:
    """Claims by what stands at ``place`` in their slots, in order of first mention."""
    found: dict[str, list[Claim]] = {}
    for claim in claims:
        found.setdefault(claim.slot[place], []).append(claim)
    return found
