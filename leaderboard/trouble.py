"""What goes wrong between us and the Hugging Face Hub, told apart: what passes, what does not, and what to do about it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from benchmark.vocabulary import ParleyError

_TRANSPORTS = ("httpx", "httpx2", "httpcore", "httpcore2", "requests", "urllib3")
_PASSING = (0, 408, 425, 429)


class HubError(ParleyError):
    """The Hub refused, could not be reached, or holds something else than was meant (exit 1)."""


class NotThere(HubError):
    """No such repository, revision or file, or none that this account may see."""


class Moved(HubError):
    """Somebody else committed first: what was to be done must be worked out anew."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """What came instead of an answer. ``status`` 0: the connection was cut, or what came made no sense."""

    status: int
    said: str
    wait: float = 0.0

    @property
    def passes(self) -> bool:
        """Whether asking again may help."""
        return self.status in _PASSING or self.status >= 500


def trouble_of(error: Exception) -> Trouble:
    """What an error of the client library means. What is none of its own, or of the connection, is raised again."""
    from huggingface_hub.errors import HfHubHTTPError, LocalTokenNotFoundError

    if isinstance(error, LocalTokenNotFoundError):
        return Trouble(401, "no token was sent")
    if isinstance(error, HfHubHTTPError):
        response: Any = getattr(error, "response", None)
        said = " ".join(str(error.server_message or getattr(response, "reason_phrase", "") or type(error).__name__).split())
        return Trouble(response.status_code if response is not None else 0, said, _seconds(response))
    if isinstance(error, OSError) or type(error).__module__.partition(".")[0] in _TRANSPORTS:
        return Trouble(0, f"the connection failed: {type(error).__name__}")
    if isinstance(error, ValueError | LookupError | TypeError | AttributeError):  # what the library makes of an answer that is none
        return Trouble(0, f"what came makes no sense: {' '.join(str(error).split()):.200}")
    raise error


def advice(status: int, has_token: bool) -> str:
    if status == 401:
        how = "Its token is not known there: make a new one" if has_token else "Log in with `hf auth login`, or set HF_TOKEN"
        return f"{how} (https://huggingface.co/settings/tokens)."
    return {
        403: "This account or token may not do that: use a token with write access, and a repository of yours.",
        404: "Check the name, and that the token may see it.",
        409: "It is there already, or being changed: look at it, then give the same command again.",
        412: "Somebody else changed it meanwhile: give the same command again.",
        413: "It is too large for the Hub: publish fewer episodes at a time.",
        429: "It asks to slow down: give the same command again later.",
    }.get(
        status, "Nothing is lost: give the same command again." if status == 0 or status >= 500 else "Mend that and give the command again."
    )


def _seconds(response: Any) -> float:
    """What Retry-After asks for, where it is a number."""
    given = str(response.headers.get("Retry-After", "")) if response is not None else ""
    return float(given) if re.fullmatch(r"\d{1,6}(\.\d+)?", given) else 0.0
