"""The report as one self-contained HTML page: no script, no request, nothing in it that a model or a file wrote unescaped."""

from __future__ import annotations

import html
from collections.abc import Iterable, Mapping, Sequence

from benchmark.beside import people_told, shown
from benchmark.curve_plots import rounds_shown
from benchmark.habits import READ_MEANS, kept_told, read_told, told, worst_read
from benchmark.lines import plain
from benchmark.table import arm_told, cost_told
from benchmark.views import CONDITIONS, CONTRASTS, HEADLINE, PRIMARY
from benchmark.vocabulary import Json

Document = Mapping[str, Json]

_STYLE = """
:root { color-scheme: light dark; --ink: #1a1a1a; --paper: #fdfdfb; --soft: #5f5f5f; --line: #d8d8d2;
  --earned: #1f6f54; --lucky: #b97f12; --right: #7fa7c9; --rest: #ecece6; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #ececec; --paper: #161616; --soft: #a8a8a8; --line: #3a3a3a;
    --earned: #4fb58f; --lucky: #e0b45c; --right: #5b86ab; --rest: #2a2a2a; } }
body { margin: 2rem auto; max-width: 62rem; padding: 0 1rem; background: var(--paper); color: var(--ink);
  font: 16px/1.5 system-ui, sans-serif; }
h1 { font-size: 1.4rem; overflow-wrap: anywhere; }
h2 { font-size: 1.1rem; margin-top: 2.2rem; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
caption { text-align: left; color: var(--soft); padding-bottom: .4rem; }
th { text-align: left; font-weight: 600; }
th, td { padding: .25rem .8rem .25rem 0; border-bottom: 1px solid var(--line); white-space: nowrap; }
td.bar { width: 40%; min-width: 9rem; }
.track { position: relative; height: .9rem; background: var(--rest); }
.track span { position: absolute; top: 0; bottom: 0; box-sizing: border-box; }
.earned { background: var(--earned); }
.lucky { background: repeating-linear-gradient(45deg, var(--lucky) 0 4px, transparent 4px 6px); }
.right { background: var(--right); }
.limits { border-left: 2px solid var(--ink); border-right: 2px solid var(--ink); opacity: .55; }
.soft { color: var(--soft); }
figure { margin: 1.2rem 0; }
svg { max-width: 100%; height: auto; }
"""


def page(document: Document) -> str:
    """``document`` (of ``benchmark.report``) as HTML."""
    model = _text(document["model"])
    parts = [
        f"<h1>{model}</h1>",
        _head(document),
        _overall(document),
        *(_task(label, cells, document) for label, cells in document["tasks"].items()),
        *(rounds_shown(label, curves, document["tasks"][label]) for label, curves in document.get("curves", {}).items()),
        *(f'<p class="soft">{_text(line)}</p>' for line in people_told(document)),
        _partners(document),
        _gaps(document),
        _foot(document),
    ]
    return (
        '<!doctype html>\n<html lang="en">\n<meta charset="utf-8">\n<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        f"<title>Parley: {model}</title>\n<style>{_STYLE}</style>\n<main>\n" + "\n".join(parts) + "\n</main>\n</html>\n"
    )


def _text(value: Json) -> str:
    return html.escape(plain(str(value)))


def _head(document: Document) -> str:
    ended = [f"{count} {_text(outcome)}" for outcome, count in document["outcomes"].items()]
    ended += [f"{document['unplayed']} not played"] if document["unplayed"] else []
    how = "self-play" if document["self_play"] else f"against {_text(document.get('panel') or ' + '.join(document['partners']))}"
    part = f" in shard {_text(shard).replace('/', ' of ')}" if (shard := document.get("shard")) else ""
    how += html.escape(arm_told(document))
    why = f"<p>{_text(document['ungrounded'])}</p>" if "ungrounded" in document else ""
    return f"<p>{how} · run {_text(document['run'])} · {document['plan']} episodes planned{part} = {' + '.join(ended) or '0'}</p>{why}"


def _overall(document: Document) -> str:
    overall = document["overall"]
    if not overall:
        return ""
    earned = {HEADLINE: overall["grounding_success"]}
    rows = [_row(name, found, earned.get(name)) for name, found in overall["conditions"].items()]
    count = len(overall["tasks"])
    about = f"Mean success over {count} headline task{'s' * (count != 1)}, with 95 % intervals; n counts worlds."
    read = worst_read(document.get("reading", {}), overall["tasks"])
    grounded, about = (f"grounded ({read})", f"{about} {READ_MEANS}") if read else ("grounded", about)
    kept = f'<p class="soft">{HEADLINE}: {_text(kept_told(overall["scorekeeping"]))}.</p>' if overall.get("scorekeeping") else ""
    return "<h2>Overall</h2>" + _table(about, ("condition", "n", "success", grounded, ""), rows) + kept


def _task(label: str, cells: Mapping[str, Document], document: Document) -> str:
    reading = document.get("reading", {}).get(label)
    rows = [_row(name, cell["success"], cell["grounding_success"]) for name, cell in shown(document, label)]
    natives = [f"{name} {_share(cell['native'])}" for name, cell in shown(document, label) if cell["native"]]
    native = f'<p class="soft">Normalised as published: {", ".join(natives)}.</p>' if natives else ""
    about = "Success: all commits were jointly right. Grounded: and every commit followed from what its seat knew and was told."
    habits = "".join(f'<p class="soft">{_text(line)}</p>' for line in told(cells))
    read = f" ({read_told(reading)})" if reading else ""
    return f"<h2>{_text(label)}</h2>" + _table(about, ("condition", "n", "success", f"grounded{read}", ""), rows) + native + habits


def _row(name: str, success: Json, grounded: Json) -> Sequence[str]:
    purpose = html.escape(CONDITIONS[name].purpose) if name in CONDITIONS else ""
    n = success["n"] if success else 0
    return (f'<span title="{purpose}">{_text(name)}</span>', str(n), _share(success), _share(grounded), _bar(success, grounded))


def _bar(success: Json, grounded: Json) -> str:
    """Earned, then lucky; or merely right where grounding has no meaning. Decoration: every figure stands beside it in words."""
    if not success:
        return ""
    whole, low, high = (100 * success[key] for key in ("mean", "low", "high"))
    earned = 100 * grounded["mean"] if grounded else 0.0
    marks = [("earned", 0.0, earned), ("lucky", earned, whole)] if grounded else [("right", 0.0, whole)]
    spans = "".join(f'<span class="{kind}" style="left:{a:.2f}%;width:{max(0.0, b - a):.2f}%"></span>' for kind, a, b in marks)
    return (
        f'<div class="track" aria-hidden="true">{spans}<span class="limits" style="left:{low:.2f}%;width:{high - low:.2f}%"></span></div>'
    )


def _share(found: Json) -> str:
    return f"{100 * found['mean']:.0f} [{100 * found['low']:.0f}, {100 * found['high']:.0f}]" if found else "–"


def _partners(document: Document) -> str:
    """A row for each partner, in the headline condition: they are never pooled, and there are none in self-play."""
    found = document.get("by_partner", {})
    if not found:
        return ""
    rows = [_row(partner, one["success"], one["grounding_success"]) for partner, one in found.items()]
    count = len(next(iter(found.values()))["tasks"])
    about = f"{HEADLINE}: mean success over {count} task{'s' * (count != 1)}, in every seat in turn, with each partner in the others."
    return "<h2>With each partner</h2>" + _table(about, ("partner", "n", "success", "grounded", ""), rows)


def _gaps(document: Document) -> str:
    found = {**document["gaps"], "overall": document["overall"]}
    names = [*PRIMARY, *(name for name in CONTRASTS if name not in PRIMARY)]
    names = [name for name in names if any(gaps.get(name) for gaps in found.values())]
    rows = [[_text(label), *(_difference(gaps.get(name)) for name in names)] for label, gaps in found.items() if gaps]
    about = "; ".join(f"{name} = {CONTRASTS[name][0]} − {CONTRASTS[name][1]}" for name in names)
    about += ". Paired on worlds, in points (of value in graded tasks, which can pass 100), with 95 % intervals and p. "
    about += f"Primary: overall {' and '.join(PRIMARY)} (p by Holm); the rest is exploratory."
    return "<h2>Gaps</h2>" + _table(about, ("task", *names), rows) if names else ""


def _difference(found: Json) -> str:
    if not found:
        return "–"
    p = found.get("p_holm", found["p"])
    return f"{_share(found)}, {'p &lt; .001' if p < 0.001 else f'p = {p:.3f}'}, n {found['n']}"


def _foot(document: Document) -> str:
    gap = document["detectable_gap"]
    size = "none" if gap is None else f"{100 * gap:.0f} points"
    outcomes = document["outcomes"]
    left = f"{outcomes.get('error', 0)} error, {outcomes.get('leaked', 0)} leaked, {document['partner_failures']} failed by a partner"
    cost = f"{_text(cost_told(document))} " if cost_told(document) else ""
    return (
        f'<p class="soft">{cost}Green: earned; striped: lucky, right without licence; blue: right; the marks show the interval. '
        f"Smallest overall difference this run could show: {size}. Left out of every mean: {left}, {document['unplayed']} not played.</p>"
    )


def _table(about: str, heads: Iterable[str], rows: Iterable[Sequence[str]]) -> str:
    """``rows`` are HTML already; the first cell of each is its heading, a bar its last."""
    head = "".join(f'<th scope="col">{html.escape(name)}</th>' for name in heads)
    body = "".join(f'<tr><th scope="row">{first}</th>{"".join(_cell(cell) for cell in rest)}</tr>' for first, *rest in rows)
    caption = f"<caption>{html.escape(about)}</caption>"
    return f'<div class="scroll"><table>{caption}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>'


def _cell(cell: str) -> str:
    return f'<td class="bar">{cell}</td>' if cell.startswith("<div") else f"<td>{cell}</td>"
