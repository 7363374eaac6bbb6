"""The board as a static site: pages that need no server, ask for nothing from elsewhere and run one script of their own.

It works from a folder as it does from a Hugging Face static Space. Styles and the script stand inside each page and are allowed by their
hash, so the policy holds where there is no server to state it. Whatever an entry says is shown as text.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmark.lines import plain
from benchmark.records import Document
from benchmark.views import HEADLINE
from benchmark.vocabulary import UsageError
from leaderboard.board.decisions import Decision
from leaderboard.board.index import index, index_text, parquet
from leaderboard.board.plots import NAMED, dumbbell
from leaderboard.board.rows import BADGES, Group, Listed, grouped, profile, spots
from leaderboard.entry import Figure

if TYPE_CHECKING:
    from jinja2 import Environment

TEMPLATES = Path(__file__).with_name("templates")
INDEX, TABLE = "index.json", "leaderboard.parquet"


@dataclass(frozen=True, slots=True)
class Shown:
    """What a site is made of. ``source`` names where the entries came from, with the commit; ``files`` is the address of theirs."""

    title: str
    source: str
    files: str
    listed: Sequence[Listed]
    log: Sequence[Decision]
    reports: Mapping[str, Document]
    """What verification found, by entry."""
    headline: Collection[str]


def site(shown: Shown) -> Iterator[tuple[str, bytes]]:
    """(path, content) of every file. UsageError where the library that fills in templates is missing."""
    environment = _environment()
    document = index(shown.listed, shown.headline)
    yield INDEX, index_text(document).encode("ascii")
    yield TABLE, parquet(document)
    groups = grouped(shown.listed)
    yield "index.html", _page(environment, "board.html", shown, groups=groups, facets=_facets(groups), root="")
    yield "decisions.html", _page(environment, "decisions.html", shown, root="")
    for group in groups:
        for one in group.rows:
            found = _page(environment, "entry.html", shown, one=one, group=group, report=shown.reports.get(one.identity), root="../")
            yield f"entry/{one.identity}.html", found
    yield "README.md", environment.get_template("space.md").render(shown=shown, quoted=_quoted).encode("utf-8")


def _page(environment: Environment, name: str, shown: Shown, **values: Any) -> bytes:
    style, script = ((TEMPLATES / name).read_text("utf-8") for name in ("board.css", "board.js"))
    policy = (
        f"default-src 'none'; style-src '{_hash(style)}'; script-src '{_hash(script)}'; img-src data:; "
        "base-uri 'none'; form-action 'none'; object-src 'none'"
    )
    text = environment.get_template(name).render(
        shown=shown, style=style, script=script, policy=policy, badges=BADGES, named=NAMED, private=HEADLINE, **values
    )
    return text.encode("utf-8")


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")


def _environment() -> Environment:
    try:
        from jinja2 import Environment, FileSystemLoader, StrictUndefined
    except ImportError:
        raise UsageError('the site of a board needs Jinja2. Install it: pip install "parley-bench[board]"') from None
    from markupsafe import Markup

    def shown_plainly(value: object) -> object:
        return plain(value) if isinstance(value, str) and not isinstance(value, Markup) else value

    environment = Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.finalize = shown_plainly
    environment.filters |= {"share": _share, "points": _points, "raw": Markup}
    environment.globals |= {"dumbbell": dumbbell, "spots": spots, "profile": profile, "partners_told": _partners_told}
    return environment


def _share(figure: Figure | None) -> str:
    if figure is None:
        return "–"
    return f"{100 * figure.value:.1f} [{100 * figure.ci95[0]:.0f}, {100 * figure.ci95[1]:.0f}]"


def _points(figure: Figure | None) -> str:
    if figure is None:
        return "–"
    return f"{100 * figure.value:+.1f} [{100 * figure.ci95[0]:+.0f}, {100 * figure.ci95[1]:+.0f}]"


def _partners_told(one: Listed) -> str:
    return ", ".join(partner.spec for partner in one.entry.partners) or "itself, in every seat"


def _facets(groups: Sequence[Group]) -> dict[str, list[str]]:
    """What the filters of the board offer."""
    rows = [(group, one) for group in groups for one in group.rows]
    return {
        "track": sorted({group.track for group in groups}, reverse=True),
        "badge": [badge for badge in BADGES if any(one.badge == badge for _, one in rows)],
        "weights": sorted({one.entry.model.weights for _, one in rows}),
        "partners": sorted({group.mode for group in groups}, key=lambda mode: (mode != "self-play", mode)),
        "level": [str(level) for level in sorted({level for group in groups for level in group.levels})],
        "task": sorted({label for group in groups for label in group.tasks}),
    }


def _quoted(text: str) -> str:
    """``text`` as a YAML string: JSON's strings are YAML's too."""
    import json

    return json.dumps(plain(text))
