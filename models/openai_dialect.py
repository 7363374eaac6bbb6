"""What a server understands of a request, found out from its own complaints, and the small request that tries its schemas.

Only what leaves the measurement as it is may be given up unasked: the name of a field, and the seed, of which the user is
told. What would change how replies are drawn (temperature, top_p) the user must leave out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from benchmark.vocabulary import Json, Sampling, UsageError

if TYPE_CHECKING:
    from models.openai_replies import Outcome
    from models.spec import Spec

MAY_BE_OMITTED = ("seed", "temperature", "top_p")
MAX_TOKENS, MAX_COMPLETION_TOKENS = "max_tokens", "max_completion_tokens"

PROBE = '{"type":"object","properties":{"quince_ladder":{"enum":["heron-4711"]}},"required":["quince_ladder"],"additionalProperties":false}'
"""A schema whose one reply nobody would give to a request to reply with OK."""
PROBE_TOKENS = (128, 2048)
"""The second is for models that think before they write."""

_NOT_TAKEN = re.compile(
    r"(?:un|not[ _])(?:support|recogni[sz]|permit|allow|known|expect|defined|a valid)|does not support|do not support|isn't supported"
    r"|unknown|extra[ _](?:field|input|key|forbidden|arg)|extra_forbidden|forbidden|additional propert|no such (?:field|param)"
    r"|cannot find field|deprecated|must be (?:omitted|removed)|only the default|invalid (?:field|param|arg|key)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a request is put; ``certain``: the user named the field for the token limit."""

    tokens_field: str = MAX_TOKENS
    certain: bool = False
    omit: frozenset[str] = frozenset()

    def fields(self, sampling: Sampling, seed: int) -> dict[str, Json]:
        """What a request says of drawing."""
        every = {"seed": seed, "temperature": sampling.temperature, "top_p": sampling.top_p}
        return {self.tokens_field: sampling.max_tokens} | {name: value for name, value in every.items() if name not in self.omit}

    def learned(self, outcome: Outcome) -> Dialect | None:
        """The dialect to try after a refusal; None if it is about nothing that can be given up unasked."""
        if self.tokens_field == MAX_TOKENS and not self.certain and refuses(outcome, MAX_TOKENS, MAX_COMPLETION_TOKENS):
            return replace(self, tokens_field=MAX_COMPLETION_TOKENS)
        if "seed" not in self.omit and refuses(outcome, "seed"):
            return replace(self, omit=self.omit | {"seed"})
        return None

    def advice(self, outcome: Outcome) -> str:
        """What the user can do about a refusal; empty if it is about nothing known."""
        if self.tokens_field == MAX_TOKENS and refuses(outcome, MAX_TOKENS, MAX_COMPLETION_TOKENS):
            return f"Leave max_tokens_field out of the spec, or give max_tokens_field={MAX_COMPLETION_TOKENS}."
        named = [name for name in MAY_BE_OMITTED if name not in self.omit and refuses(outcome, name)]
        if not named:
            return ""
        omit = ",".join(sorted({*self.omit, *named}))
        return f"Add omit={omit} to the spec (the server's own {' and '.join(named)} then hold), or ask for what it takes."


def dialect(spec: Spec) -> Dialect:
    """The dialect that ``spec`` asks for."""
    field = spec.options.get("max_tokens_field", "auto")
    if field not in ("auto", MAX_TOKENS, MAX_COMPLETION_TOKENS):
        raise UsageError(f'max_tokens_field must be auto, {MAX_TOKENS} or {MAX_COMPLETION_TOKENS}, and was given "{field}"')
    omit = [name for name in spec.options.get("omit", "").split(",") if name]
    if unknown := [name for name in omit if name not in MAY_BE_OMITTED]:
        raise UsageError(f'omit takes some of {",".join(MAY_BE_OMITTED)}, and was given "{unknown[0]}"')
    return Dialect(MAX_TOKENS if field == "auto" else field, field != "auto", frozenset(omit))


def refuses(outcome: Outcome, field: str, instead: str = "") -> bool:
    """Whether ``outcome`` is a server's refusal to take ``field``, or its wish for ``instead``."""
    if outcome.kind != "status" or outcome.status not in (400, 422):
        return False
    says = outcome.complaint[:4000]
    if outcome.param and outcome.param != field:
        return False
    if instead and re.search(rf"\b{instead}\b", says):
        return True
    return bool(re.search(rf"\b{field}\b", says) or outcome.param == field) and bool(_NOT_TAKEN.search(says))
