"""How findings are put into words."""

from __future__ import annotations

from collections.abc import Sequence

from benchmark.vocabulary import Claim


def word(claims: Sequence[Claim]) -> str:
    """Claims in as few plain words as read back the same: findings by option, then questions, then the proposal."""
    findings: dict[str, list[str]] = {}
    for claim in claims:
        if claim.kind in ("affirm", "exclude"):
            denied = "not " if claim.kind == "exclude" else ""
            findings.setdefault(claim.slot[1], []).append(f"{claim.slot[2]} {denied}{claim.value}")
    parts = [f"{option}: {', '.join(outcomes)}." for option, outcomes in findings.items()]
    for claim in claims:
        if claim.kind == "ask":
            option, criterion = claim.slot[1:]
            parts.append(f"{option}: {criterion} {claim.value}?" if claim.value else f"What about {criterion} for {option}?")
        elif claim.kind == "propose":
            parts.append(f"I propose {claim.value}.")
        elif claim.kind == "withdraw":
            parts.append(f"I no longer propose {claim.value}.")
    return " ".join(parts)
