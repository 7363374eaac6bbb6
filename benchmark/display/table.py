"""A report for a terminal of 80 columns: plain text, every number with its interval and its number of worlds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeAlias

from rich.cells import cell_len

from benchmark.display.beside import people_told, shown
from benchmark.display.rounds_told import rounds_told
from benchmark.lines import aligned, cut_off, fitted, plain, shorten, wrapped
from benchmark.prices import advice, dollars
from benchmark.results.habits import HABITS_MEAN, READ_MEANS, kept_told, read_told, told, worst_read
from benchmark.views import CONTRASTS, HEADLINE, PRIMARY
from benchmark.vocabulary import Json

Document: TypeAlias = Mapping[str, Json]
Row: TypeAlias = tuple[str, Sequence[tuple[str, ...]]]

NARROWEST = 80
ABSENT = "–"
GROUNDED, LUCKY, RIGHT, WRONG = "█", "▒", "─", "·"
LEGEND = {GROUNDED: "grounded", LUCKY: "lucky", RIGHT: "right", WRONG: "wrong"}

_MEASURES = {"success": "success", "grounding_success": "grounded", "lucky": "lucky", "value": "value"}
_MEANINGS = (
    "Shares in %, with 95 % intervals; n counts worlds. success: all commits were jointly right. grounded: right, and every "
    "commit followed from what its seat knew and was told; lucky: right without. value: from 0, what the best single view "
    "gets, to 100, the best there is."
)
_LABEL = 14
"""Columns of a row's name; a longer name takes a line of its own."""


def render(document: Document, width: int = NARROWEST) -> str:
    """``document`` (of ``benchmark.results.report``) as text of at most ``width`` columns, 80 at least."""
    width = max(width, NARROWEST)
    blocks = [
        _head(document, width),
        _tasks(document, width),
        *rounds_told(document, width),
        *_gaps(document, width),
        _overall(f"Overall: mean of {_count(document['overall'].get('tasks', ()), 'headline task')}", document, "overall", width),
        _overall(f"Mixed panel: mean of {_count(document['mixed'].get('tasks', ()), 'task')}", document, "mixed", width),
        _partners(document, width),
        _foot(document, width),
    ]
    return "\n\n".join("\n".join(cut_off(line, width) for line in block) for block in blocks if block)


def render_comparison(documents: Mapping[str, Document], width: int = NARROWEST) -> str:
    """Several reports side by side, each by the name it is given: success per condition and grounding success, overall."""
    width = max(width, NARROWEST)
    overalls = {plain(name): document["overall"] for name, document in documents.items()}
    sets = list(dict.fromkeys(tuple(overall.get("tasks", ())) for overall in overalls.values()))
    over = f"over {_count(sets[0], 'headline task')}" if len(sets) == 1 else "(NOT over the same tasks)"
    lines = [f"Mean success {over} in %, with 95 % intervals; n counts worlds", "", *_side_by_side(overalls, width, len(sets) > 1)]
    read = {name: worst_read(document.get("reading", {}), document["overall"].get("tasks", ())) for name, document in documents.items()}
    if known := list(dict.fromkeys(filter(None, read.values()))):
        lines += ["", *wrapped(f"grounded: {'; '.join(known)}. {READ_MEANS}", width)]
    return "\n".join(cut_off(line, width) for line in [*lines, "", *_bars(overalls, width)])


def _side_by_side(overalls: Mapping[str, Document], width: int, apart: bool = False) -> list[str]:
    """Success per condition and grounding success, two lines for each name. ``apart``: each says over how many tasks."""
    conditions = list(dict.fromkeys(name for overall in overalls.values() for name in overall.get("conditions", {})))
    columns = {name: max(9, len(name) + 1) for name in [*conditions, "grounded"]}
    label = width - sum(columns.values())
    lines = [" " * label + "".join(aligned(name, size) for name, size in columns.items())]
    for name, overall in overalls.items():
        found = {**overall.get("conditions", {}), "grounded": overall.get("grounding_success")}
        means, limits = ("".join(aligned(_parts(found.get(key))[i], size) for key, size in columns.items()) for i in (0, 1))
        n = (found.get(HEADLINE) or {"n": 0})["n"]
        below = f"  n {n}" + (f", {_count(overall.get('tasks', ()), 'task')}" if apart else "")
        lines += [f"{fitted(name, label)}{means}"] if cell_len(name) < label else [shorten(name, width), " " * label + means]
        lines.append(f"{fitted(below, label)}{limits}")
    return lines


def _partners(document: Document, width: int) -> list[str]:
    """A row for each partner: they are never pooled, and there are none in self-play."""
    found = {plain(partner): overall for partner, overall in document.get("by_partner", {}).items()}
    if not found:
        return []
    tasks = next(iter(found.values()))["tasks"]
    title = f"With each partner: mean success over {_count(tasks, 'task')} in %; n counts worlds"
    return [title, "", *_side_by_side(found, width), "", *_bars(found, width)]


def _bars(overalls: Mapping[str, Document], width: int) -> list[str]:
    """How much of what was right in the headline condition was earned, a line for each name."""
    label = min(max(map(cell_len, overalls), default=0), width // 3) + 2
    lines = [fitted(HEADLINE, label) + _legend(GROUNDED, LUCKY, WRONG)]
    for name, overall in overalls.items():
        success = overall.get("conditions", {}).get(HEADLINE)
        lines.append(fitted(shorten(name, label - 2), label) + _bar(success, overall.get("grounding_success"), width - label))
    return lines


def _head(document: Document, width: int) -> list[str]:
    """Who played, and how the planned episodes ended: the counts add up."""
    ended = [f"{count} {plain(outcome)}" for outcome, count in document["outcomes"].items()]
    ended += [f"{document['unplayed']} not played"] if document["unplayed"] else []
    partners = plain(document.get("panel") or "") or " + ".join(map(plain, document["partners"]))
    levels = ", ".join(str(level) for level in sorted({cell["level"] for cell in document["cells"]}))
    how = f"{'self-play' if document['self_play'] else f'against {partners}'}, level {levels or ABSENT}{arm_told(document)}"
    part = f" in shard {plain(str(shard)).replace('/', ' of ')}" if (shard := document.get("shard")) else ""
    return [
        shorten(plain(document["model"]), width),
        shorten(how, width),
        f"run {shorten(plain(document['run']), width - 4)}",
        *wrapped(f"{document['plan']} episodes planned{part} = {' + '.join(ended) or '0'}", width),
    ]


def arm_told(document: Document) -> str:
    """The factors of a run, as the end of a sentence; empty by default."""
    arms = {(name, plain(value)) for cell in document["cells"] for name, value in cell["factors"].items() if isinstance(value, str)}
    return "".join(f", {plain(name)} {value}" for name, value in sorted(arms))


def _tasks(document: Document, width: int) -> list[str]:
    """Per task and condition: success, and where talk is all there is, what of it was earned."""
    rows: list[Row] = []
    for label in document["tasks"]:
        read = read_told(document.get("reading", {}).get(label))
        rows.append((shorten(plain(label) + (f" (grounded: {read})" if read else ""), width), ()))
        for name, cell in shown(document, label):
            rows.append((f"{'  '[: _LABEL - len(name)]}{name}", [(str(cell["n"]),), *(_parts(cell[one]) for one in _MEASURES)]))
    meanings = " ".join(filter(None, [_MEANINGS, document.get("reading") and READ_MEANS, document.get("ungrounded")]))
    table = [*_table(["n", *_MEASURES.values()], rows, width), *wrapped(" ".join([meanings, *map(plain, people_told(document))]), width)]
    return [*table, *_natives(document, width), *_parts_of_scores(document, width), *_habits(document, width)] if rows else []


def _habits(document: Document, width: int) -> list[str]:
    """How seats talked, where there is anything to say of it."""
    lines = [line for label, cells in document["tasks"].items() for one in told(cells) for line in wrapped(f"{plain(label)}, {one}", width)]
    return ["", *lines, *wrapped(HABITS_MEAN, width)] if lines else []


def _natives(document: Document, width: int) -> list[str]:
    """The published normalisation, where worlds come with one."""
    lines = []
    for label in document["tasks"]:
        found = [f"{name} {' '.join(_parts(cell['native']))}" for name, cell in shown(document, label) if cell["native"]]
        lines += wrapped(f"{plain(label)}, normalised as published (native): {', '.join(found)}.", width) if found else []
    return lines


def _parts_of_scores(document: Document, width: int) -> list[str]:
    """Means of what a task's score is made of, where grounding is not measured: "best_x" is what "x" could have been. Tracks apart."""
    lines = []
    for label, conditions in document["tasks"].items():
        if label in document.get("curves", {}) or any(cell["grounding_success"] for cell in conditions.values()):
            continue
        for name, cell in conditions.items():
            parts = cell.get("parts") or {}
            told = [_part(plain(part), found, parts.get(f"best_{part}")) for part, found in parts.items() if not _is_best(part, parts)]
            lines += wrapped(f"{plain(label)}, parts of the score (plain means), {name}: {', '.join(told)}.", width) if told else []
    return lines


def _is_best(part: str, parts: Document) -> bool:
    return part.removeprefix("best_") != part and part.removeprefix("best_") in parts


def _part(name: str, found: Document, best: Document | None) -> str:
    if best and best["mean"]:
        return f"{name} {found['mean']:.4f} of {best['mean']:.4f} = {found['mean'] / best['mean']:.4f} (n {found['n']})"
    over = f"n {found['n']}" if found["count"] is None else f"{found['count']} of {found['n']}"
    return f"{name} {found['mean']:.4f} ({over})"


def _gaps(document: Document, width: int) -> list[list[str]]:
    """Paired differences, three to a block or as many as fit: the primary ones first, those without pairs not at all."""
    gaps = {**document["gaps"], "overall": document["overall"]}
    order = [*PRIMARY, *(name for name in CONTRASTS if name not in PRIMARY)]
    known = [name for name in order if any(found.get(name) for found in gaps.values())]
    blocks = []
    while known:
        wanted = min(3, len(known))
        tables = {many: _table(["n", *known[:many]], _differences(gaps, known[:many], width), width) for many in range(wanted, 0, -1)}
        many = next((many for many, table in tables.items() if max(map(cell_len, table)) <= width), 1)
        meaning = "; ".join(f"{name} = {CONTRASTS[name][0]} − {CONTRASTS[name][1]}" for name in known[:many])
        note = f"{meaning}. Percentage points, 95 % interval, p; n counts pairs of worlds (≥: at least)."
        if any(one.get("graded") for gaps_of in gaps.values() for name in known[:many] if (one := gaps_of.get(name))):
            note += " Graded tasks are compared on value, which can differ by more than 100."
        if set(known[:many]) & set(PRIMARY):
            note += f" Primary: overall {' and '.join(PRIMARY)}, p by Holm. Everything else is exploratory."
        blocks.append([*tables[many], *wrapped(note, width)])
        known = known[many:]
    return blocks


def _differences(gaps: Mapping[str, Document], names: Sequence[str], width: int) -> list[Row]:
    rows: list[Row] = []
    for label, found in gaps.items():
        counts = {one["n"] for name in names if (one := found.get(name))}
        n = ABSENT if not counts else f"{'≥' * (len(counts) > 1)}{min(counts)}"
        rows += [] if cell_len(label) <= _LABEL else [(shorten(plain(label), width), ())]
        name = plain(label) if cell_len(label) <= _LABEL else ""
        rows.append((name, [(n,), *(_difference(found.get(name)) for name in names)]))
    return rows


def _overall(title: str, document: Document, which: str, width: int) -> list[str]:
    """Success by condition as bars; in the headline condition, how much of it was earned, and how well its talk is read."""
    overall = document[which]
    if not overall:
        return []
    rows = [(f"  {name}", [(str((found or {"n": 0})["n"]),), _parts(found)]) for name, found in overall["conditions"].items()]
    table = _table(["n", "success"], rows, width)
    margin = max(map(cell_len, table)) + 2
    lines = [title, fitted(table[0], margin) + _legend(*LEGEND)]
    for line, (condition, found) in zip(table[1:], overall["conditions"].items(), strict=True):
        grounded = overall["grounding_success"] if condition == HEADLINE else None
        lines.append(fitted(line, margin) + _bar(found, grounded, width - margin))
    pair = {"grounded": overall["grounding_success"], "lucky": overall["lucky"]}
    read = worst_read(document.get("reading", {}), overall["tasks"])
    beside = {"grounded": f", {read}" if read else ""}
    shares = ", ".join(f"{name} {' '.join(_parts(found))} (n {found['n']}{beside.get(name, '')})" for name, found in pair.items() if found)
    kept = kept_told(overall["scorekeeping"]) if overall.get("scorekeeping") else ""
    below = [wrapped(f"{HEADLINE}: {one}", width) for one in (shares, kept) if one]
    return [*lines, *(line for one in below for line in one)]


def _foot(document: Document, width: int) -> list[str]:
    """What the run could have shown, and everything that no mean includes."""
    gap, by = document["detectable_gap"], document["detectable"]
    size = "none" if gap is None else f"{100 * gap:.0f} points"
    seen = "assumed" if by["assumed"] else "as seen"
    basis = f"α {by['alpha']}, power {by['power']}, discordance {by['discordance']:.2f} {seen}, n {by['n']}"
    counts = {name: document["outcomes"].get(name, 0) for name in ("error", "leaked")}
    left = {**counts, "failed by a partner": document["partner_failures"], "not played": document["unplayed"]}
    return [
        *wrapped(cost_told(document), width),
        *wrapped(f"Smallest overall difference this run could show: {size} ({basis}).", width),
        *wrapped(f"Left out of every mean: {', '.join(f'{count} {name}' for name, count in left.items())}.", width),
        *_served(document, width),
    ]


def cost_told(document: Document) -> str:
    """What the run cost, in words; empty where it cost nothing."""
    known, failed = document["cost_known"], document["cost_failed_attempts"]
    why = [advice(document["unpriced"])] if document["unpriced"] else []
    why += [f"no tokens reported by {', '.join(document['unreported'])}"] if document["unreported"] else []
    if why:
        return plain(f"Cost unknown ({'; '.join([*why, *([f'the rest {dollars(known)}'] if known else [])])}).")
    if not known:
        return ""
    each = {"an episode": document["cost_per_episode"], f"a success in {HEADLINE}": document["cost_per_success"]}
    told = "".join(f", {dollars(amount)} {what}" for what, amount in each.items() if amount)
    return f"Cost: {dollars(known)}{f' ({dollars(failed)} for failed attempts)' if failed else ''}{told}."


def _served(document: Document, width: int) -> list[str]:
    """Under which other names the model answered: a service may put another model behind the one that was asked for."""
    names = document.get("served") or {}
    if not names:
        return []
    told = ", ".join(f"{shorten(plain(name), width)} ({count})" for name, count in names.items())
    return wrapped(f"Answered under another name than asked for, in {sum(names.values())} of {document['calls']} calls: {told}.", width)


def _table(heads: Sequence[str], rows: Sequence[Row], width: int) -> list[str]:
    """A line of ``heads``, then the rows: of each cell's parts the first is right-aligned, the others left. No cells: a heading."""
    sizes = []
    for i in range(len(heads)):
        column = [cells[i] for _, cells in rows if cells]
        depth = max(map(len, column), default=1)
        sizes.append([max((cell_len(parts[j]) for parts in column if j < len(parts)), default=1) for j in range(depth)])
        sizes[-1][0] = max(sizes[-1][0], 4 if depth > 1 else 3)
    total = _LABEL + sum(sum(size) + len(size) - 1 for size in sizes)
    gutter = 2 if total + 2 * len(sizes) <= width else 1
    lines = [" " * _LABEL]
    for head, size in zip(heads, sizes, strict=True):
        whole = sum(size) + len(size) - 1
        lines[0] += " " * gutter + (aligned(head, whole) if len(size) == 1 else fitted(" " + head, max(whole, len(head) + 1)))
    for label, cells in rows:
        line = fitted(label, _LABEL) if cells else label
        for parts, size in zip(cells, sizes, strict=False):
            shown = [*parts, *[""] * (len(size) - len(parts))]
            line += " " * gutter + " ".join((fitted if j else aligned)(part, size[j]) for j, part in enumerate(shown))
        lines.append(line.rstrip())
    return [lines[0].rstrip(), *lines[1:]]


def _parts(found: Document | None) -> tuple[str, str]:
    """The mean and the limits, in whole per cent."""
    return (ABSENT, "") if found is None else (_percent(found["mean"]), f"[{_percent(found['low'])},{_percent(found['high'])}]")


def _difference(found: Document | None) -> tuple[str, str, str]:
    if found is None:
        return ABSENT, "", ""
    mean, limits = _parts(found)
    p = found.get("p_holm", found["p"])
    told = "<.001" if p < 0.001 else f"{p:.3f}".removeprefix("0").rjust(5)
    return mean if mean.startswith("-") or mean == "0" else f"+{mean}", limits, told


def _percent(number: float) -> str:
    return f"{round(100 * number)}"


def _count(labels: Sequence[str], what: str) -> str:
    return f"{len(labels)} {what}{'' if len(labels) == 1 else 's'}"


def _bar(success: Document | None, grounded: Document | None, size: int) -> str:
    """Success out of ``size``; with grounding success, the part that was earned is solid."""
    if success is None:
        return ""
    right: int = round(size * success["mean"])
    earned = min(right, round(size * grounded["mean"])) if grounded else 0
    return GROUNDED * earned + (LUCKY if grounded else RIGHT) * (right - earned) + WRONG * (size - right)


def _legend(*marks: str) -> str:
    return "  ".join(f"{mark} {LEGEND[mark]}" for mark in marks)
