"""A run as a folder of pages: one page, one index of the episodes, and a file for each of them, loaded when it is looked at.

It works from the disk, with no server. Data are JavaScript files that hold nothing but one call with ASCII JSON, as a page opened from
a disk may load scripts and nothing else; the page writes all of it as text. No address outside the folder is ever asked for.
"""

from __future__ import annotations

import base64
import hashlib
import json
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from benchmark.records import Document
from benchmark.running.plan import Planned
from benchmark.transcripts.episode import Record, transcript
from benchmark.views import CONDITIONS
from benchmark.vocabulary import Json

INDEX = "index.html"
LIST = "episodes.js"
FOLDER = "episodes"

_PARTS = Path(__file__).with_name("page")
_STEERING = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")
_HARMLESS = "\n\t\u200d"
"""Line breaks and tabs, and what joins emoji."""

COLUMNS = ("id", "task", "level", "condition", "index", "repeat", "tested", "outcome", "success", "earned", "lucky", "words", "psychic")
"""What the index says of an episode, in this order."""


def site(run: Record, planned: Mapping[str, Planned], records: Iterable[Record]) -> Iterator[tuple[str, bytes]]:
    """(path, content) of every file: first the episodes, then their index, and the page itself last, so that it is never there alone."""
    rows = []
    for number, record in enumerate(records):
        rows.append(_row(record))
        yield _place(number), _data("episode", transcript(planned[record["id"]], record) | {"number": number})
    about = {
        "model": run["configuration"]["model"],
        "run": run["id"],
        "plan": run["plan"],
        "conditions": {name: condition.purpose for name, condition in CONDITIONS.items()},
    }
    yield LIST, _data("episodes", {**about, "columns": COLUMNS, "rows": rows})
    yield INDEX, _page().encode("utf-8")


def _place(number: int) -> str:
    """A hundred files a folder."""
    return f"{FOLDER}/{number // 100:04}/{number % 100:02}.js"


def _row(record: Record) -> list[Json]:
    score, tested = record["score"], record["id"].split("/")[-2]
    named = [record[name] for name in ("id", "task", "level", "condition", "index", "repeat")]
    ended = [record["outcome"], score["success"], score["grounding_success"], score["lucky"], score["words"], score["psychic"]]
    return [_shown(value) for value in (*named, tested, *ended)]


def _data(name: str, document: Document) -> bytes:
    """A script that hands ``document`` to the page. ASCII JSON without "<" is JavaScript that can mean nothing else."""
    text = json.dumps(_shown(document), ensure_ascii=True, allow_nan=False, separators=(",", ":")).replace("<", "\\u003c")
    return f"parley.{name}({text});\n".encode("ascii")


def _shown(value: Json) -> Json:
    """``value`` with a visible mark for every character that would steer a reader's eye or screen."""
    if isinstance(value, str):
        return value if value.isascii() and value.isprintable() else "".join(map(_mark, value))
    if isinstance(value, Mapping):
        return {_shown(str(name)): _shown(one) for name, one in value.items()}
    return [_shown(one) for one in value] if isinstance(value, list | tuple) else value


def _mark(char: str) -> str:
    return f"⟨U+{ord(char):04X}⟩" if unicodedata.category(char) in _STEERING and char not in _HARMLESS else char


def _page() -> str:
    style, script = ((_PARTS / name).read_text("utf-8") for name in ("view.css", "view.js"))
    policy = f"default-src 'none'; style-src '{_hash(style)}'; script-src 'self' '{_hash(script)}'; base-uri 'none'; form-action 'none'"
    page = (_PARTS / "view.html").read_text("utf-8")
    return page.replace("{policy}", policy).replace("{style}", style).replace("{script}", script)


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")
