"""The report as one self-contained HTML page: no request, nothing in it that a model or a file wrote unescaped.

Its one script copies two texts when a button is pressed; its hash is in the policy of the page, so that no other runs. Without it
the texts can be copied from their fields.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from urllib.parse import quote

from benchmark.display.amounts import ABSENT, counted
from benchmark.display.beside import people_told, shown
from benchmark.display.curve_plots import rounds_shown
from benchmark.display.drawing import colours, figure, patterns, table, text
from benchmark.display.gallery import pictures
from benchmark.display.pictures import Table
from benchmark.display.table import arm_told, cost_told
from benchmark.results.habits import READ_MEANS, kept_told, read_told, told, worst_read
from benchmark.results.methods import bibtex, methods
from benchmark.views import HEADLINE
from benchmark.vocabulary import Json

Document = Mapping[str, Json]

_STYLE, _SCRIPT = (Path(__file__).with_name(f"page.{kind}") for kind in ("css", "js"))

_SHARES = {
    "success": "success",
    "success_solvable": "success, solvable worlds",
    "success_no_solution": "success, worlds without a solution",
    "success_decided": "success, of the decided",
    "grounding_success": "grounded",
    "lucky": "lucky",
    "unlicensed": "commits without licence",
    "value": "value",
    "format_failure": "no usable format",
    "psychic": "said what only a partner knew",
}
_EFFORT = {"words": "words", "turns": "turns", "tokens": "tokens", "success_per_1000_words": "right answers per 1,000 words"}

_LOOKS = {
    "leaked": "A private fact reached another's prompt before its owner said it: void",
    "failed": "No usable answer",
    "unlicensed": "A commit without enough to go by, and wrong",
    "lucky": "Right by luck: a commit without enough to go by",
    "misjudged": "Every seat had enough to go by, and the answer was wrong: misjudged, or misled",
    "psychic": "Said what only a partner could know",
    "silence": "The longest silences, in turns without a word",
}
"""The kinds of ``benchmark.results.first_look``, in words."""


def page(document: Document, transcripts: str = "") -> str:
    """``document`` (of ``benchmark.results.report``) as HTML. ``transcripts`` is where `bench view` put its page, seen from this one."""
    sections = [*((one.name, one.title, figure(one)) for one in pictures(document)), *_sections(document, transcripts)]
    return framed(str(document["model"]), _head(document), sections, _foot(document))


def framed(title: str, head: str, sections: Sequence[tuple[str, str, str]], foot: str) -> str:
    """A page of ``sections`` (anchor, title, content), those that have any; ``head`` and ``foot`` are HTML already."""
    sections = [(name, about, content) for name, about, content in sections if content]
    links = "".join(f'<li><a href="#{name}">{text(about)}</a></li>' for name, about, _ in sections)
    script = _SCRIPT.read_text("utf-8")
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode("ascii")
    policy = f"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    return (
        '<!doctype html>\n<html lang="en">\n<meta charset="utf-8">\n<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n<title>Parley: {text(title)}</title>\n'
        f"<style>{colours()}{_STYLE.read_text('utf-8')}</style>\n<main>\n{patterns()}<h1>{text(title)}</h1>\n{head}\n"
        f'<nav aria-label="on this page"><ul>{links}</ul></nav>\n'
        + "\n".join(content for _, _, content in sections)
        + f"\n{foot}\n</main>\n<script>{script}</script>\n</html>\n"
    )


def _head(document: Document) -> str:
    how = "self-play" if document["self_play"] else f"against {document.get('panel') or ' + '.join(document['partners'])}"
    levels = ", ".join(str(level) for level in sorted({cell["level"] for cell in document["cells"]})) or ABSENT
    part = f" in shard {str(shard).replace('/', ' of ')}" if (shard := document.get("shard")) else ""
    ended = [f"{count} {outcome}" for outcome, count in document["outcomes"].items()]
    ended += [f"{document['unplayed']} not played"] if document["unplayed"] else []
    planned = f"{document['plan']} episodes planned{part} = {' + '.join(ended) or '0'}"
    why = f"<p>{text(document['ungrounded'])}</p>" if "ungrounded" in document else ""
    told_of = f"{how}{arm_told(document)}, level {levels} · run {document['run']} · {planned}"
    return f"<p>{text(told_of)}</p>{why}"


def _sections(document: Document, transcripts: str) -> list[tuple[str, str, str]]:
    """What follows the pictures: (anchor, title, content), empty where there is nothing to say."""
    curves = document.get("curves", {})
    tasks = "".join(_task(label, cells, document) for label, cells in document["tasks"].items())
    rounds = "".join(rounds_shown(label, found, document["tasks"][label]) for label, found in curves.items())
    return [
        ("look", "What to look at first", _look(document, transcripts)),
        ("tasks", "Task by task", f'<section id="tasks"><h2>Task by task</h2>{_about_reading(document)}{tasks}</section>' if tasks else ""),
        ("rounds", "Round by round", f'<section id="rounds"><h2>Round by round</h2>{rounds}</section>' if rounds else ""),
        ("effort", "Effort and cost", _effort(document)),
        ("cite", "Methods and citation", _cite(document)),
    ]


def _look(document: Document, transcripts: str) -> str:
    """Episodes by kind: each a link into the transcripts, where there are any."""
    items = []
    for kind, found in document["look"].items():
        named = "".join(f"<li>{_episode(one, kind, transcripts)}</li>" for one in found["episodes"])
        more = found["count"] - len(found["episodes"])
        left = f"<li>and {more} more</li>" if more > 0 else ""
        items.append(f"<h3>{text(_LOOKS.get(kind, kind))}: {text(found['count'])}</h3><ul>{named}{left}</ul>")
    how = (
        ""
        if transcripts or not items
        else "<p><code>bench view DIR</code> writes this run's transcripts; this list then leads into them.</p>"
    )
    nothing = "" if items else "<p>Nothing stands out: no luck, no leak, no long silence, no commit without licence.</p>"
    return f'<section id="look"><h2>What to look at first</h2>{how}{nothing}{"".join(items)}</section>'


def _episode(found: Document, kind: str, transcripts: str) -> str:
    amount = f" ({found['amount']} turns)" if kind == "silence" else ""
    name = text(found["id"])
    address = f"{quote(transcripts)}#episode={quote(str(found['id']).encode('utf-8', 'replace'), safe='')}"
    return (f'<a href="{text(address)}">{name}</a>' if transcripts else f"<code>{name}</code>") + amount


def _about_reading(document: Document) -> str:
    overall = document["overall"]
    read = worst_read(document.get("reading", {}), overall["tasks"]) if overall else ""
    lines = [f"Overall, grounded ({read}). {READ_MEANS}"] if read else []
    lines += [f"{HEADLINE}: {kept_told(overall['scorekeeping'])}."] if overall and overall.get("scorekeeping") else []
    lines += people_told(document)
    return "".join(f'<p class="soft">{text(line)}</p>' for line in lines)


def _task(label: str, cells: Mapping[str, Document], document: Document) -> str:
    """Every share of a task, a column for each condition."""
    columns = [name for name, _ in shown(document, label)]
    found = [cell for _, cell in shown(document, label)]
    rows = [(words, *(counted(cell[name]) for cell in found)) for name, words in _SHARES.items() if any(cell[name] for cell in found)]
    facts = {"recall": "needed facts that were told", "uptake": "told facts that were taken up"}
    told_of = [(words, *(counted((cell.get("facts") or {}).get(name)) for cell in found)) for name, words in facts.items()]
    rows += [row for row in told_of if set(row[1:]) != {ABSENT}]
    natives = [("normalised as published", *(counted(cell["native"]) for cell in found))] if any(cell["native"] for cell in found) else []
    read = read_told(document.get("reading", {}).get(label))
    about = f"In %, with 95 % intervals; n counts worlds.{f' Grounded: {read}.' if read else ''}"
    habits = "".join(f'<p class="soft">{text(line)}</p>' for line in told(cells))
    return f"<details><summary>{text(label)}</summary>{table(Table(about, ('measure', *columns), (*rows, *natives)))}{habits}</details>"


def _effort(document: Document) -> str:
    """What talk took, by task and condition, and what it cost."""
    rows = []
    for label, cells in document["tasks"].items():
        for name, cell in cells.items():
            if cell["words"]:
                rows.append(
                    (f"{label}, {name}", *(_amount(cell[measure]) for measure in _EFFORT), _amount(cell["cost"], 4), str(cell["episodes"]))
                )
    about = "Means an episode with 95 % intervals over worlds (n); costs in US dollars. The last column counts episodes."
    heads = ("task, condition", *_EFFORT.values(), "cost", "episodes")
    cost = f"<p>{text(cost_told(document))}</p>" if cost_told(document) else ""
    served = sum((document.get("served") or {}).values())
    other = f"<p>Answered under another name than asked for, in {served} of {text(document['calls'])} calls.</p>" if served else ""
    figures = f"<details><summary>The figures as a table</summary>{table(Table(about, heads, tuple(rows)))}</details>" if rows else ""
    return f'<section id="effort"><h2>Effort and cost</h2>{cost}{other}{figures}</section>' if cost or other or figures else ""


def _amount(found: Json, digits: int = 1) -> str:
    return f"{found['mean']:.{digits}f} [{found['low']:.{digits}f}, {found['high']:.{digits}f}], n {found['n']}" if found else ABSENT


def _cite(document: Document) -> str:
    fields = (("methods", "Methods paragraph", methods(document), 12), ("bibtex", "BibTeX", bibtex(document), 14))
    shown_fields = "".join(
        f'<div class="copied"><h3 id="{name}-title">{title}</h3><button type="button" hidden data-copies="{name}">Copy</button>'
        f'<span role="status" class="soft"></span></div>'
        f'<textarea id="{name}" readonly rows="{rows}" aria-labelledby="{name}-title" spellcheck="false">{_lines(content)}</textarea>'
        for name, title, content, rows in fields
    )
    return f'<section id="cite"><h2>Methods and citation</h2>{shown_fields}</section>'


def _lines(content: str) -> str:
    return "\n".join(text(line) for line in content.split("\n"))


def _foot(document: Document) -> str:
    gap = document["detectable_gap"]
    size = "none" if gap is None else f"{100 * gap:.0f} points"
    outcomes = document["outcomes"]
    left = f"{outcomes.get('error', 0)} error, {outcomes.get('leaked', 0)} leaked, {document['partner_failures']} failed by a partner"
    return (
        f'<p class="soft">Smallest overall difference this run could show: {size}. Left out of every mean: {left}, '
        f"{document['unplayed']} not played.</p>"
    )
