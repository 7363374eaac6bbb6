"""`docs/calibration.md`, its figures and its plots, from the figures of all cells."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence

from tasks.calibrated import HEADS, LEVEL, PLAYERS
from tests.calibration.bands import BANDS, LEVELS, PRIVATE, Band, bands
from tests.calibration.cells import COLUMNS, DOSES, MEASURES, SEED, WORLDS, Cell
from tests.labels import GROUNDING

Row = Mapping[str, str]
Table = Mapping[Cell, Row]

INTRODUCTION = f"""\
# Calibration

What the scores say of players whose behaviour is known. `make calibrate` plays them all and writes this page, its plots and
[the figures](calibration/figures.csv); the same seed gives the same figures everywhere, byte for byte. The suite holds the page to the
figures, the figures to the bands below, and plays some cells again.

Run seed {SEED}. Where facts are private, {WORLDS["private, level 3"]} worlds at level 3 and {WORLDS["private"]} at the other levels; in
each other condition {WORLDS["elsewhere"]} at level 3. Success, grounding success and lucky are means of the solvable and the no-solution
stratum, where a task has both; in brackets the limits of 95 % (Wilson, combined by MOVER). With so few worlds these are wide: the page
shows that scores separate players, not by how much a model would differ.

`honest` asks, tells what is needed and commits when it knows. `paraphrase` does the same in words that share no content n-gram with
the code that reads them (`tests/paraphrase/`). The adversaries are told the right answer: `babble` says everything and its opposite,
`cipher` speaks in a code, `conclusion` announces it without evidence, `bluff` recites another world's notes. `haggle` and `secret` are
played by the reference players alone. In `haggle` each holds one fact that counts, so that `liar` has nothing to exchange and tells the
truth; the audience of `secret` is its own fixed model, which guesses right by luck in one world of four.

The paraphrase was written, and its figures taken, before any reader was mended by it. Then, over 60 worlds of level 3:

| before mending | grounding success | recall of claims | precision |
| --- | ---: | ---: | ---: |
| mutual_friend | 0.78 | 0.90 | 0.97 |
| schedule | 0.55 | 0.64 | 0.89 |
| assignment | 1.00 | 1.00 | 1.00 |
| hidden_profile | 0.12 | 0.38 | 1.00 |
| route | 0.70 | 0.53 | 1.00 |
| reference | 0.83 | 0.88 | 0.98 |
| crossed_wires | 1.00 | 1.00 | 1.00 |
| itinerary | 0.43 | 0.40 | 0.92 |
| deal | – | 0.74 | 0.92 |

The readers were mended by what they missed there and in fresh free language, and took none of its forms; the tables below show the
mended ones. A reader that has met a player's style reads it better than a stranger's: the figures before mending are the honest
estimate of how much of a new speaker's talk is read, and those of free language (`tests/free_language/README.md`) come next.
"""


UNGROUNDED = "Frankness can cost here, so that grounding is not measured and the plot shows success.\n"


def read(text: str) -> dict[Cell, Row]:
    """The figures as written."""
    rows = csv.DictReader(io.StringIO(text))
    return {Cell(row["task"], int(row["level"]), row["condition"], row["player"]): row for row in rows}


def written(rows: Mapping[Cell, Sequence[str]]) -> str:
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\n")
    table.writerow(("task", "level", "condition", "player", *COLUMNS))
    table.writerows((*map(str, cell), *row) for cell, row in rows.items())
    return out.getvalue()


def scale(rows: Table) -> str:
    """The part of the figures that comes with Parley, so that a report can set a model beside known players."""
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\n")
    table.writerow(HEADS)
    for task in (task for task in dict.fromkeys(cell.task for cell in rows) if task in GROUNDING):
        for player in PLAYERS:
            row = rows[Cell(task, LEVEL, *PRIVATE, player)]
            table.writerow((task, player, row["n"], *(row[f"grounding_success{end}"] for end in ("", " low", " high"))))
    return out.getvalue()


def outside(table: Table) -> list[str]:
    """Each figure that lies outside a band."""
    found = []
    for cell, row in table.items():
        beyond = [b for b in bands(*_place(cell)) if not b.low <= float(row[b.measure]) <= b.high]
        found += [f"{cell}: {b.measure} {row[b.measure]}, not from {b.low} to {b.high}: {b.why}" for b in beyond]
    return found


def _place(cell: Cell) -> tuple[str, str, int, str]:
    return cell.task, cell.player, cell.level, cell.condition


def page(table: Table) -> str:
    tasks = list(dict.fromkeys(cell.task for cell in table))
    parts = [INTRODUCTION, _bands(), "## The more is forgotten, the less is grounded\n\n![Dose and response](calibration/forgetful.svg)\n"]
    parts.append(_doses(table, tasks))
    for task in tasks:
        parts.append(f"## {task}\n\n![Players by level in {task}](calibration/{task}.svg)\n")
        if task not in GROUNDING:
            parts.append(UNGROUNDED)
        parts.append(_private(table, task))
        parts.append(_levels(table, task))
        parts.append(_elsewhere(table, task))
    return "\n".join(parts)


def _grid(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [head, ["---", *["---:"] * (len(head) - 1)], *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines) + "\n"


def _bands() -> str:
    rows = [(band.why, ", ".join(f"`{player}`" for player in band.players), _where(band), band.measure, _limits(band)) for band in BANDS]
    return "## Bands\n\n" + _grid(("what it shows", "players", "where", "measure", "band"), rows)


def _where(band: Band) -> str:
    levels = "" if band.levels == LEVELS else f"; level {', '.join(map(str, band.levels))}"
    audience = {None: "", True: "; with an audience", False: "; without an audience"}[band.audience]
    return ", ".join(band.conditions) + levels + audience


def _limits(band: Band) -> str:
    return f"{band.low:g}" if band.low == band.high else f"{band.low:g} to {band.high:g}"


def _short(row: Row, measure: str) -> str:
    if measure != "success" and row["task"] not in GROUNDING:
        return "–"
    return f"{float(row[measure]):.2f} ({float(row[measure + ' low']):.2f}–{float(row[measure + ' high']):.2f})"


def _figure(row: Row, measure: str) -> str:
    return _short(row, measure).partition(" ")[0]


def _doses(table: Table, tasks: Sequence[str]) -> str:
    head = ("grounding success of `forgetful`", *(f"p = {dose:g}" for dose in DOSES))
    measured = [task for task in tasks if task in GROUNDING]
    rows = [(task, *(_short(table[Cell(task, 3, "private", f"forgetful?p={dose}")], MEASURES[1]) for dose in DOSES)) for task in measured]
    return _grid(head, rows)


def _private(table: Table, task: str) -> str:
    head = ("private, level 3", "n", *(measure.replace("_", " ") for measure in MEASURES), "outcomes", "psychic")
    found = [(cell, row) for cell, row in table.items() if cell[:3] == (task, 3, "private")]
    rows = [(c.player, r["n"], *(_short(r, measure) for measure in MEASURES), r["outcomes"], r["psychic"]) for c, r in found]
    return _grid(head, rows)


def _levels(table: Table, task: str) -> str:
    players = list(dict.fromkeys(c.player for c in table if c.task == task and c.level != 3))
    head = ("private: success / grounding success", *(f"level {level}" for level in LEVELS))

    def both(player: str, level: int) -> str:
        row = table[Cell(task, level, "private", player)]
        return f"{_figure(row, 'success')} / {_figure(row, 'grounding_success')}"

    return _grid(head, [(player, *(both(player, level) for level in LEVELS)) for player in players])


def _elsewhere(table: Table, task: str) -> str:
    conditions = list(dict.fromkeys(c.condition for c in table if c.task == task and c.condition != "private"))
    players = list(dict.fromkeys(c.player for c in table if c.task == task and c.condition != "private"))
    rows = [(player, *(_short(table[Cell(task, 3, condition, player)], "success") for condition in conditions)) for player in players]
    return _grid(("success at level 3", *conditions), rows)
