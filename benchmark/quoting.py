"""What is heard of a reply, and how it is quoted: thoughts out, length bounded, one injective encoding.

A model's words reach another prompt only through ``quote``, and its own history only through ``encode``. Both are
injective and leave no chat-template special token, so nothing a model writes can pass for another speaker, the referee
or a role marker.
"""

from __future__ import annotations

import re

READY = "(ready)"
"""A turn that ends with this says: nothing more is needed before we commit."""

SILENCE = "[silence]"
"""Stands for an empty turn; no encoded text contains it, because "[" before a letter is always escaped."""

_CHARACTERS = 6
"""So many characters, spaces among them, are a word's worth of a turn."""

_TAG = re.compile(r"<(/?)(?:think|thinking|thought|reasoning|reflection)\s*>", re.IGNORECASE)

# Special tokens of the templates in use begin with "<" and a mark or letter, or with "[" and a letter, "/" or "_".
# Control characters (newline and tab apart), every other line separator, bidi controls, byte-order marks and lone surrogates.
_CONTROLS = r"\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff"
_IF_SPECIAL = r"(?:(?<![<\[])|(?<=<)(?=\S)|(?<=\[)(?=[^\W\d]|[/_]))"
_UNSAFE = re.compile(rf"[<\[\\{_CONTROLS}]{_IF_SPECIAL}")
_PLAIN = re.compile(r"[\t\n -;=-Z\]-~]+")
_PLAIN_QUOTED = re.compile(r"[\t !#-;=-Z\]-~]+")
"""ASCII without any sign that is ever escaped: nearly all that is said and written, and much sooner seen."""
_UNSAFE_QUOTED = re.compile(rf'[<\[\\"\n{_CONTROLS}]{_IF_SPECIAL}')


def _escape(match: re.Match[str]) -> str:
    char = match.group()
    if char in '\\"':
        return "\\" + char
    return "\\n" if char == "\n" else f"\\u{ord(char):04x}"


def encode(text: str) -> str:
    """``text`` for its own author's history: line breaks stay, special tokens are broken. Injective."""
    if _PLAIN.fullmatch(text):
        return text
    return _UNSAFE.sub(_escape, text) if text else SILENCE


def quote(text: str) -> str:
    """``text`` for everyone else's prompt: one line in double quotes, escaped as in JSON. Injective."""
    return f'"{text}"' if _PLAIN_QUOTED.fullmatch(text) else f'"{_UNSAFE_QUOTED.sub(_escape, text)}"'


def strip_thought(raw: str) -> str:
    """``raw`` without reasoning between thought tags, and without surrounding white space. Takes linear time.

    A block ends at the first closing tag after it opened; after a tag that is never closed everything is thought; before
    a closing tag that was never opened (templates that open it in the prompt) everything is thought.
    """
    if "<" not in raw:
        return raw.strip()
    kept: list[str] = []
    at, inside = 0, False
    for tag in _TAG.finditer(raw):
        if tag[1]:
            kept, at, inside = (kept if inside else []), tag.end(), False
        elif not inside:
            kept.append(raw[at : tag.start()])
            inside = True
    if not inside:
        kept.append(raw[at:])
    return _joined(kept).strip()


def _joined(parts: list[str]) -> str:
    """``parts`` in a row, with a space where two words would otherwise grow together (into a new tag, at worst)."""
    joined: list[str] = []
    for part in filter(None, parts):
        if joined and not joined[-1][-1].isspace() and not part[0].isspace():
            joined.append(" ")
        joined.append(part)
    return "".join(joined)


def length(text: str) -> int:
    """The length of a turn in words, long ones counting as several: max(words, ⌈characters / 6⌉)."""
    return max(len(text.split()), -(-len(text) // _CHARACTERS))


def limits(words: int, link: str = "and") -> str:
    """What a turn of ``length`` at most ``words`` may hold, as those are told who write it."""
    return f"{words} words {link} {words * _CHARACTERS} characters"


def cut(text: str, limit: int) -> str:
    """The longest prefix of whole words of ``text`` whose ``length`` is at most ``limit``; a single word is cut inside.

    A closing "(ready)" that would be lost stays lost: what is over the limit was not said.
    """
    if length(text) <= limit:
        return text
    window = text[: limit * _CHARACTERS]
    *words, last = window.split(None, limit) or [""]
    if len(words) < limit and (window[-1].isspace() or text[len(window)].isspace()):
        return window.rstrip()
    return window.removesuffix(last).rstrip() if words else window.strip()


def is_ready(text: str) -> bool:
    """Whether a turn says that its speaker needs nothing more."""
    return text.rstrip(" .!\n").lower().endswith(READY)
