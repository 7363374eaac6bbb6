"""How `make docs` makes the site: Sphinx with MyST reads the very Markdown files that GitHub shows, README and CONTRIBUTING among them.

The source folder is the repository's root, so that every link leads to the same place in both. Nothing is fetched while it is built, and
its pages ask nobody for anything.
"""

from __future__ import annotations

import re
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sphinx.application import Sphinx

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

project = "Parley"
author = "The Parley developers"
html_title = "Parley"
html_theme = "furo"
html_copy_source = False
html_show_sphinx = False
html_show_copyright = False
html_theme_options = {"top_of_page_buttons": []}
html_static_path = ["site"]
html_css_files = ["site.css"]

root_doc = "README"
include_patterns = ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", "docs/**.md"]
exclude_patterns = [".*", "build", "dist", "runs", "benchmark", "tasks", "models", "leaderboard", "tests"]

highlight_language = "text"  # unless a fence says otherwise: most show a command or what it prints
extensions = ["myst_parser", "sphinx.ext.autodoc"]
myst_heading_anchors = 4
autodoc_member_order = "bysource"
autodoc_typehints_format = "short"
autodoc_preserve_defaults = True
maximum_signature_line_length = 100

CONTENTS = {
    "Start": ("docs/tutorial", "docs/evaluate", "docs/reports", "docs/faq"),
    "Reference": (
        "docs/commands", "docs/metrics", "docs/limits", "docs/tasks", "docs/engines", "docs/factors", "docs/worlds", "docs/leaderboard",
        "docs/python", "docs/training", "docs/calibration", "docs/performance",
    ),
    "Bond tracks": tuple(f"{path.stem} <docs/tracks/{path.stem}>" for path in sorted((ROOT / "docs" / "tracks").glob("*.md"))),
    "Take part": ("CONTRIBUTING", "CHANGELOG"),
    "Why it is so": ("docs/design/*",),
}  # fmt: skip
"""What stands in the margin, in this order, as far as it is there. A page that stands nowhere is an error."""

_LINK = re.compile(r"\[(?P<text>[^\]]*)\]\((?P<path>[\w./-]+)\)")


def _contents() -> str:
    """The margin of the site. Markdown that GitHub shows as well has no such list."""
    there = {caption: [page for page in pages if page[-1] in "*>" or (ROOT / f"{page}.md").exists()] for caption, pages in CONTENTS.items()}
    lists = ("\n".join((":hidden:", ":glob:", f":caption: {caption}", "", *pages)) for caption, pages in there.items())
    return "".join(f"\n```{{toctree}}\n{one}\n```\n" for one in lists)


def _read(_: Sphinx, name: str, source: list[str]) -> None:
    """A link to a folder, which GitHub lists, leads to the first page there; where there is none, it is no link."""
    here = ROOT / f"{name}.md"

    def target(link: re.Match[str]) -> str:
        folder = here.parent / link["path"]
        if not folder.is_dir():
            return link[0]
        first = next(iter(sorted(folder.glob("*.md"))), None)
        return f"[{link['text']}]({link['path'].rstrip('/')}/{first.name})" if first else link["text"]

    source[0] = _LINK.sub(target, source[0]) + (_contents() if name == root_doc else "")


def _finish(app: Sphinx, failure: Exception | None) -> None:
    """The start page under the name by which servers look for it."""
    page = Path(app.outdir) / f"{root_doc}.html"
    if failure is None and page.exists():
        shutil.copyfile(page, page.with_name("index.html"))


def _signature(*given: Any) -> tuple[str, str | None] | None:
    """Of a default that is made anew each time, Python shows what no Python is."""
    signature, returned = given[-2:]
    return (signature.replace("<factory>", "..."), returned) if signature else None


def setup(app: Sphinx) -> None:
    app.connect("autodoc-process-signature", _signature)
    app.connect("source-read", _read)
    app.connect("build-finished", _finish)
