"""YAML and JSON as plain values that know their lines. JSON is read as the YAML it is, so that both get the same errors.

Values keep the characters they were written with: what is text and what a number, each field says for itself, so that "no", "12:30"
and "2026-05-01" are what they look like. Whatever makes a document mean more than it shows is refused: aliases, tags, merge keys, second
documents, keys that stand twice.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from benchmark.vocabulary import WorldsError

LONGEST = 1_000_000
"""Characters of a file: some hundred worlds, read in seconds."""

DEEPEST = 8
"""Levels of lists and mappings; the form has five."""

_NOTHING = ("", "~", "null", "Null", "NULL")


@dataclass(frozen=True, slots=True)
class Marked:
    """A text, None, a list or a mapping, and the line on which it begins."""

    value: str | tuple[Marked, ...] | Mapping[str, Marked] | None
    line: int
    quoted: bool = False


def read_marked(text: str) -> Marked:
    """The one document of ``text``. WorldsError names the line that cannot be read."""
    import yaml

    if len(text) > LONGEST:
        raise WorldsError(f"the file has more than {LONGEST} characters; split it into several files")
    text = text.removeprefix("\ufeff")
    if text.lstrip()[:1] in ("{", "["):
        text = text.replace("\t", " ")  # JSON may be indented so, and holds no bare tab in a string
    try:
        return _Builder(yaml.parse(text, Loader=yaml.SafeLoader)).document()
    except yaml.MarkedYAMLError as error:
        raise WorldsError(_unreadable(error)) from None
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        raise WorldsError(f"line {line}: found the character U+{ord(text[error.position]):04X}; expected plain text") from None


def _unreadable(error: Any) -> str:
    mark = error.problem_mark or error.context_mark
    where = f"line {mark.line + 1}, column {mark.column + 1}" if mark else "somewhere"
    problem = str(error.problem or error.context)
    if "'\\t'" in problem:
        problem = "found a tab; expected spaces"
    return f"{where}: neither YAML nor JSON ({problem}). Text that holds a colon or begins with a sign needs quotes."


def _refused(line: int, found: str, expected: str) -> WorldsError:
    return WorldsError(f"line {line}: found {found}; expected {expected}")


class _Builder:
    """Values from the parser's events, with nothing resolved and nothing run."""

    def __init__(self, events: Iterator[Any]) -> None:
        self.events = events

    def document(self) -> Marked:
        import yaml

        next(self.events)  # the stream opens
        if isinstance(next(self.events), yaml.StreamEndEvent):
            raise WorldsError("the file is empty; expected a world, or a list of worlds")
        found = self._value(next(self.events), 0)
        next(self.events)  # the document ends
        after = next(self.events)
        if not isinstance(after, yaml.StreamEndEvent):
            raise _refused(after.start_mark.line + 1, "a second document", 'one; write several worlds as one list, each after a "- "')
        return found

    def _value(self, event: Any, depth: int) -> Marked:
        import yaml

        line = event.start_mark.line + 1
        if isinstance(event, yaml.AliasEvent):
            raise _refused(line, f"*{event.anchor}, which stands for another place", "the text itself, or quotes around it")
        if event.tag is not None:
            raise _refused(line, f"the tag {event.tag}", "plain text, a list or a mapping")
        if isinstance(event, yaml.ScalarEvent):
            quoted = bool(event.style)
            return Marked(None if not quoted and event.value in _NOTHING else _joined(event.value), line, quoted)
        if depth == DEEPEST:
            raise _refused(line, f"more than {DEEPEST} levels, one inside the other", "a world in the form of docs/worlds.md")
        if isinstance(event, yaml.SequenceStartEvent):
            return Marked(tuple(self._items(depth)), line)
        return Marked(self._fields(depth), line)

    def _items(self, depth: int) -> Iterator[Marked]:
        import yaml

        while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
            yield self._value(event, depth + 1)

    def _fields(self, depth: int) -> dict[str, Marked]:
        import yaml

        fields: dict[str, Marked] = {}
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            key = self._value(event, depth + 1)
            if not isinstance(key.value, str):
                raise _refused(key.line, "a key that is no text", "the name of a field")
            if key.value == "<<" and not key.quoted:
                raise _refused(key.line, "the merge key <<", "the fields themselves")
            if key.value in fields:
                raise _refused(key.line, f'the field "{key.value[:60]}" a second time (first on line {fields[key.value].line})', "it once")
            fields[key.value] = self._value(next(self.events), depth + 1)
        return fields


def _joined(text: str) -> str:
    """``text`` with characters made whole that JSON escapes in two halves."""
    try:
        return text.encode("utf-16", "surrogatepass").decode("utf-16")
    except UnicodeDecodeError:
        return text
