"""What a server's reply to a chat completion means: a completion, a failure that can pass, or one that cannot.

From status, headers and bytes to a value; whatever a server sends, nothing here raises. Notes hold what the server
said, unbounded and unscrubbed: ``models.openai`` cleans them before anyone sees one.
"""

from __future__ import annotations

import json
import math
import re
import time
from dataclasses import dataclass, replace
from datetime import UTC
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any

from benchmark.vocabulary import Completion, Usage
from models.openai_stream import is_stream, joined

if TYPE_CHECKING:
    from collections.abc import Mapping

_CAN_PASS = frozenset({408, 409, 425, 429})
_BUSY = frozenset({429, 503, 529})
_PERMANENT = frozenset({"insufficient_quota", "billing_hard_limit_reached", "billing_not_active", "account_deactivated"})
_REFUSALS = frozenset({"content_filter", "content_policy_violation", "responsibleaipolicyviolation", "data_inspection_failed"})
_REFUSED_PROMPT = re.compile(
    r"content (?:management|filtering) policy|flagged as potentially violating|violates? (?:our |the )?usage (?:polic|guideline)"
    r"|content exists risk|content ?policy ?violation|blocked by (?:our |the )?(?:content|safety) (?:filter|polic|system)"
    r"|rejected (?:as a result of|by) (?:our|the) safety system|contain inappropriate content",
    re.IGNORECASE,
)
"""Refusals of a prompt for what it says, where no code tells: Azure, OpenAI, Anthropic, xAI, DeepSeek, DashScope, LiteLLM's proxy."""
_FINISH = {
    "length": "length", "max_tokens": "length", "model_length": "length",
    "content_filter": "filter", "refusal": "filter", "safety": "filter",
}  # fmt: skip
_BROKEN_OFF = frozenset({"error", "abort"})
_TOO_LONG = re.compile(
    r"context[ _]?(?:length|window|size|limit)|maximum model length|prompt is too long|input is too long|reduce the length of"
    r"|output limit was reached|max_tokens must be at least 1, got -|exceeds the maximum number of tokens|string_above_max_length"
    r"|`inputs` (?:tokens \+ `max_new_tokens` must be <=|must have less than)|range of input length should be",
    re.IGNORECASE,
)
_ROOM = re.compile(r"(?:(?:context|model) length (?:is|of) (?:only )?|`max_new_tokens` must be <= )(\d{1,9})\b", re.IGNORECASE)


_Object = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one attempt came to.

    ``kind`` is empty for a completion; else "status", "malformed", "unreachable", "timeout" or "broken". ``again`` says
    whether another attempt may do better, ``after`` how many seconds the server asks to wait before it, ``busy`` whether
    it has too much to do. ``complaint`` is the code and text of a refusal, ``param`` the field it is about, where it says so.
    """

    completion: Completion
    kind: str = ""
    status: int = 0
    again: bool = False
    after: float = 0.0
    busy: bool = False
    complaint: str = ""
    param: str = ""
    served: str = ""
    fingerprint: str = ""


@dataclass(frozen=True, slots=True)
class _Complaint:
    """What an error's body says, whatever its shape."""

    code: str
    says: str
    param: str = ""
    filtered: bool = False


def failed(note: str, kind: str, status: int = 0, again: bool = False, after: float = 0.0) -> Outcome:
    """An attempt that brought no completion; an error for good unless ``again``."""
    return Outcome(Completion("", finish="error", note=note, fatal=not again), kind, status, again, after, busy=kind == "timeout")


def read_reply(status: int, headers: Mapping[str, str], raw: bytes, max_tokens: int) -> Outcome:
    """What a whole reply to a request for at most ``max_tokens`` tokens means."""
    try:
        document = joined(raw) if is_stream(raw) else json.loads(raw)
    except (ValueError, RecursionError) as error:
        document = None
        problem = f"no JSON ({error}) but {headers.get('Content-Type', 'no content type')}: {_text(raw)}"
    else:
        problem = ""
    if status < 200:
        return failed(f"HTTP {status} is no answer", "malformed", status, again=True)
    if status >= 300:
        return _refused(status, headers, _complaint(document, raw), max_tokens)
    if problem:
        return failed(problem, "malformed", status, again=True)
    code = _status_within(document)
    if code:
        return _refused(code, headers, _complaint(document, raw), max_tokens)
    try:
        said = _object(document)
        return Outcome(_completion(said), status=status, served=_string(said, "model"), fingerprint=_string(said, "system_fingerprint"))
    except ValueError as error:
        return failed(f"{error}: {_text(raw)}", "malformed", status, again=True)


def _status_within(document: Any) -> int:
    """The status that a gateway gives an error inside of a success; 0 where there is none."""
    said = _object(document)
    code = _object(said.get("error")).get("code")
    if isinstance(code, str) and re.fullmatch("[45][0-9]{2}", code):
        code = int(code)
    return code if type(code) is int and 400 <= code < 600 and not said.get("choices") else 0


def _completion(document: _Object) -> Completion:
    """The choice with index 0, or the first; ValueError with what is missing or of a wrong type."""
    choice = _choice(document.get("choices"))
    message, reason = choice.get("message"), choice.get("finish_reason")
    if not isinstance(message, dict):
        raise ValueError("the reply has no choices with a message")  # noqa: TRY004 - it is the server's value that is wrong
    if not (reason is None or isinstance(reason, str)) or reason in _BROKEN_OFF:
        raise ValueError("the reply was broken off or says no proper reason for its end")
    text, thought, refusal = _parts(message.get("content"))
    refusal = _string(message, "refusal") or refusal
    return Completion(
        text=text or refusal,
        thought=_string(message, "reasoning_content") or _string(message, "reasoning") or _details(message) or thought,
        finish="filter" if refusal else _FINISH.get((reason or "stop").lower(), "stop"),
        usage=_usage(_object(document.get("usage"))),
    )


def _choice(choices: Any) -> _Object:
    if not isinstance(choices, list) or not choices:
        return {}
    if len(choices) == 1:
        return _object(choices[0])
    return _object(next((one for one in choices if _object(one).get("index") == 0), choices[0]))


def _parts(content: Any) -> tuple[str, str, str]:
    """(text, thought, refusal) of a message's content: a string, nothing, or a list of parts."""
    if content is None or isinstance(content, str):
        return content or "", "", ""
    if not isinstance(content, list) or not all(isinstance(part, dict) for part in content):
        raise ValueError("the reply's content is neither text nor a list of parts")
    text, thought, refusal = [], [], []
    for part in content:
        inner = part.get("thinking")
        thought.append(_parts(inner)[0] if isinstance(inner, str | list) else "")
        text.append(_string(part, "text") if part.get("type", "text") in ("text", "output_text") else "")
        refusal.append(_string(part, "refusal"))
    return "".join(text), "".join(thought), "".join(refusal)


def _details(message: _Object) -> str:
    """Reasoning that comes as a list of its parts, whole or summed up."""
    details = message.get("reasoning_details")
    parts = map(_object, details) if isinstance(details, list) else ()
    return "".join(_string(part, "text") or _string(part, "summary") for part in parts)


def _usage(usage: _Object) -> Usage:
    return Usage(
        prompt=_tokens(usage.get("prompt_tokens")),
        cached=_tokens(_object(usage.get("prompt_tokens_details")).get("cached_tokens")),
        completion=_tokens(usage.get("completion_tokens")),
    )


def _tokens(value: Any) -> int:
    return value if type(value) is int and 0 <= value < 2**53 else 0


def _refused(status: int, headers: Mapping[str, str], complaint: _Complaint, max_tokens: int) -> Outcome:
    code, says = complaint.code, complaint.says
    note = f"HTTP {status}: {says}"
    if complaint.filtered and 400 <= status < 500:
        return Outcome(Completion("", finish="filter", note=note), status=status)
    if (status in (400, 413, 422) and _TOO_LONG.search(f"{code} {says}")) or (status == 500 and "exceeds the available context" in says):
        room = _ROOM.search(says)
        if not room or int(room.group(1)) > max_tokens:
            return Outcome(Completion("", finish="length", note=note), status=status)
        note = f"{max_tokens} tokens for a reply leave no room for a prompt; ask for fewer ({note})"
    if status < 400:
        note = f"HTTP {status}: a redirection to {headers.get('Location', 'nowhere')}, which is not followed; give the final base_url"
    can_pass = (status in _CAN_PASS or status >= 500) and code not in _PERMANENT
    # The server's own word goes first, as with OpenAI's client; but what it will not have repeated now may work later.
    again = {"true": True, "false": False}.get(headers.get("x-should-retry", ""), can_pass)
    busy = can_pass and (status in _BUSY or (status >= 500 and "overloaded" in f"{code} {says[:1000]}".lower()))
    failure = failed(note, "status", status, again, _retry_after(headers) if again else 0.0)
    completion = replace(failure.completion, fatal=not (again or can_pass))
    return replace(failure, completion=completion, busy=busy, complaint=f"{code}: {says}", param=complaint.param)


def _complaint(document: Any, raw: bytes) -> _Complaint:
    if isinstance(document, list) and len(document) == 1:  # Google's form
        document = document[0]
    error = _object(document).get("error")
    inner = error if isinstance(error, dict) else _object(document)
    code = _string(inner, "code") or _string(inner, "type")
    says = (error if isinstance(error, str) else _string(inner, "message") or _string(inner, "detail")) or _text(raw)
    codes = (code, _string(inner, "type"), _string(_object(inner.get("innererror")), "code"))
    flagged = _object(inner.get("metadata")).get("flagged_input")
    filtered = any(one.lower() in _REFUSALS for one in codes) or isinstance(flagged, str) or bool(_REFUSED_PROMPT.search(says[:4000]))
    return _Complaint(code, says, _string(inner, "param").removeprefix("body."), filtered)


def _retry_after(headers: Mapping[str, str]) -> float:
    """The seconds a Retry-After asks for, given as such or as a date; 0 where it is absent or makes no sense."""
    if re.fullmatch(r"\d{1,12}(?:\.\d{1,12})?", milliseconds := headers.get("retry-after-ms", "").strip(), re.ASCII):
        return float(milliseconds) / 1000
    given = headers.get("Retry-After", "").strip()
    try:
        seconds = float(given)
    except ValueError:
        # By the server's own clock where it tells the time, so that clocks need not agree.
        until, now = _moment(given), _moment(headers.get("Date", ""))
        seconds = until - (now or time.time()) if until else 0.0
    return max(seconds, 0.0) if math.isfinite(seconds) else 0.0


def _moment(date: str) -> float:
    try:
        moment = parsedate_to_datetime(date)
    except (ValueError, TypeError, OverflowError):
        return 0.0
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()


def _object(value: Any) -> _Object:
    """``value``, if it is an object of JSON; else an empty one."""
    return value if isinstance(value, dict) else {}


def _string(value: _Object, key: str) -> str:
    found = value.get(key)
    return found if isinstance(found, str) else ""


def _text(raw: bytes) -> str:
    return raw.decode("utf-8", "replace")
