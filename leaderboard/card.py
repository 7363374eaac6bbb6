"""The card of a published run: what it is, how it came about, who knew what and who wrote which part, and how to use it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import yaml

from benchmark.records import Document
from benchmark.task import Task
from benchmark.views import CONDITIONS, NO_TALK, WHOLE, Condition, is_canary
from benchmark.vocabulary import Json, World
from leaderboard.entry import CANARY
from leaderboard.tables import SCHEMAS

CANARY_OF_THE_CARD = "parley-bench card canary df97a27e-9160-4808-bb18-9f0229fee2b6"
"""Stands on cards and in no item: where the items' canary is known and this one is not, data was trained on and not its description."""

FRAMEWORK = "parley-bench"
HOME = "https://github.com/parley-bench/parley-bench"

SIZES = ((1_000, "n<1K"), (10_000, "1K<n<10K"), (100_000, "10K<n<100K"), (1_000_000, "100K<n<1M"), (10_000_000, "1M<n<10M"))
"""The Hub's names for sizes."""

Span = tuple[int, int]


@dataclass(slots=True)
class Facts:
    """What a card says beside what run.json does; gathered while the tables are written. ``splits`` are named by task."""

    run: Document
    licence: str
    repo: str
    splits: Mapping[str, str]
    outcomes: Counter[str] = field(default_factory=Counter)
    cells: dict[tuple[str, str], list[Document]] = field(default_factory=dict)
    sheets: dict[str, dict[str, Span]] = field(default_factory=dict)
    worlds: int = 0

    def count(self, row: Document) -> None:
        """Takes in a row of the scores."""
        self.outcomes[row["outcome"].partition(":")[0]] += 1
        kept = {name: row[name] for name in ("success", "grounding_success", "outcome")}
        self.cells.setdefault((row["task"], row["condition"]), []).append(kept)

    @property
    def episodes(self) -> int:
        return sum(self.outcomes.values())


def held(facts: Facts, task: Task, world: World) -> None:
    """Takes in how many facts each seat of ``world`` holds that not everyone sees, and how many everyone does."""
    facts.worlds += 1
    ours = [fact for fact in world.facts if fact.text and not is_canary(fact)]
    counts = {"everyone": sum(not fact.holders for fact in ours)}
    counts |= {seat: sum(seat in fact.holders for fact in ours) for seat in world.seats}
    sheet = facts.sheets.setdefault(task.label, {})
    for name, number in counts.items():
        low, high = sheet.get(name, (number, number))
        sheet[name] = min(low, number), max(high, number)


def card(facts: Facts) -> str:
    """README.md: the metadata that the Hub reads, and the card that people do."""
    parts = [*_what(facts), *_how(facts), *_conditions(facts), *_simulation(facts), *_contents(facts), *_terms(facts)]
    return "---\n" + _yaml(_metadata(facts)) + "---\n\n" + "\n".join(parts) + "\n"


def evaluation(facts: Facts) -> str:
    """eval.yaml: by it the Hub knows that a dataset is one of a benchmark, and what its tasks are called."""
    tasks = [{"id": split, "config": "episodes", "split": split} for split in facts.splits.values()]
    about = "Asymmetric-information dialogue: what it costs a model that its partner holds facts it cannot see"
    return _yaml({"name": "Parley", "description": about, "evaluation_framework": FRAMEWORK, "tasks": tasks})


def configurations(splits: Iterable[str], names: Iterable[str] = SCHEMAS) -> list[Document]:
    """Which files make which split of which configuration, as `load_dataset` reads it."""
    every = sorted(splits)
    return [
        {"config_name": name, "data_files": [{"split": split, "path": f"data/{name}/{split}-*.parquet"} for split in every]}
        for name in names
    ]


def code(text: Json) -> str:
    """``text``, whatever it holds, as code within a line or a cell of a table."""
    shown = "".join(char if char.isprintable() else "\ufffd" for char in str(text)).replace("|", "¦")
    fence = "`" * (max(map(len, re.findall("`+", shown)), default=0) + 1)
    return f"{fence} {shown} {fence}" if len(fence) > 1 or shown[:1] == " " else f"`{shown}`"


def size_category(number: int) -> str:
    return next((name for most, name in SIZES if number < most), "n>10M")


def _metadata(facts: Facts) -> Document:
    return {
        "pretty_name": f"Parley: {_plain(facts.run['configuration']['model'])}",
        "license": facts.licence,
        "language": ["en"],
        "task_categories": ["text-generation"],
        "size_categories": [size_category(facts.episodes)],
        "tags": ["parley-bench", "benchmark", "dialogue", "grounding", "multi-agent", "asymmetric-information", "synthetic"],
        "configs": configurations(facts.splits.values(), ("episodes", "worlds", "scores")),
    }


def _what(facts: Facts) -> list[str]:
    model = code(facts.run["configuration"]["model"])
    ended = ", ".join(f"{number} {name}" for name, number in sorted(facts.outcomes.items()))
    return [
        f"# {_plain(facts.run['configuration']['model'])} plays Parley",
        "",
        f"{facts.episodes} episodes of [Parley]({HOME}), a benchmark for asymmetric-information dialogue, played by {model}:",
        f"{facts.worlds} worlds, with every prompt's hash, every completion, and scores that no judge model gave.",
        f"How they ended: {ended}.",
        "",
    ]


def _how(facts: Facts) -> list[str]:
    run = facts.run
    configuration, versions = run["configuration"], run["versions"]
    sampling = ", ".join(f"{name} {value}" for name, value in configuration["sampling"].items())
    tasks = ", ".join(f"{code(label)} (version {version})" for label, version in configuration["tasks"].items())
    rows = [
        ("run", code(run["id"])),
        ("played", f"{run['created'][:10]}, with Parley {_plain(versions.get('parley'))} on Python {_plain(versions.get('python'))}"),
        ("tasks", tasks),
        ("levels", ", ".join(map(str, configuration["levels"]))),
        (
            "worlds and repeats",
            f"up to {run['grid']['n']} worlds a task, each {run['grid']['repeats']} times; seed {configuration['seed']}",
        ),
        ("sampling", sampling),
    ]
    return ["## How it was played", "", *_table(("", ""), rows), ""]


def _conditions(facts: Facts) -> list[str]:
    rows = []
    for condition in _played(facts):
        played = [row for (_, name), rows in facts.cells.items() if name == condition.name for row in rows]
        right = sum(row["success"] for row in played)
        grounded = sum(bool(row["grounding_success"]) for row in played)
        rows.append((f"`{condition.name}`", condition.purpose, str(len(played)), str(right), str(grounded) if condition.grounds else ""))
    return [
        "## Conditions",
        "",
        *_table(("condition", "what it is", "episodes", "right", "right and earned"), rows),
        "",
        "These are counts and no results: means, intervals and paired gaps are what `bench report` makes of them.",
        "",
    ]


def _simulation(facts: Facts) -> list[str]:
    """A card of the simulation: a reader must not take one mind's script for a talk between two."""
    run, seats = facts.run, facts.run["configuration"]["models"]
    who = [
        (f"`{seat}`", code(one["spec"]), code(one["revision"]) if one.get("revision") else "not reported") for seat, one in seats.items()
    ]
    known = run["configuration"].get("partner_models") or {}
    for partner in run["configuration"]["partners"]:
        revision = known.get(partner, {}).get("revision") if isinstance(known.get(partner), Mapping) else None
        who.append(("the others", code(partner), code(revision) if revision else "not reported"))
    lines = ["## Simulation card", "", "**Who spoke.**", "", *_table(("seat", "model", "revision"), who), ""]
    if run["configuration"]["partners"]:
        lines += ["The first model takes each seat in turn, and each of the others takes all that are left.", ""]
    lines += ["**Who knew what, and who wrote which part.**", ""]
    lines += _table(
        ("condition", "each instance saw", "who wrote the talk"), [(f"`{one.name}`", _saw(one), _wrote(one)) for one in _played(facts)]
    )
    lines += [
        "",
        "How many facts each seat held that not everyone did, from the fewest to the most in one world:",
        "",
    ]
    sheets = [
        (code(label), ", ".join(f"{seat}: {_span(span)}" for seat, span in sheet.items() if seat != "everyone"), _span(sheet["everyone"]))
        for label, sheet in facts.sheets.items()
    ]
    lines += _table(("task", "held by each seat", "known to everyone"), sheets)
    lines += [
        "",
        "Worlds, briefs and every other word of the prompts were written by Parley's code, from seeds or from files of worlds.",
        "Turns and answers are the models' own, cut to the length that was allowed. In tasks with an audience, a reference player",
        "of Parley sits there. Scores were computed. No person wrote, chose or corrected anything, unless a model above is `human`.",
        "",
    ]
    return lines


def _contents(facts: Facts) -> list[str]:
    split = next(iter(facts.splits.values()))
    return [
        "## What is in it",
        "",
        *_table(
            ("configuration", "a row is"),
            [
                ("`episodes`", "one play: every completion, the turns as heard, answers, score. `record` is the recorded line, exactly"),
                ("`worlds`", "one scenario: facts with their holders, what is right. `world` is all of it, exactly"),
                ("`scores`", "what came of one play, without its words"),
            ],
        ),
        "",
        "Splits are tasks. What has no fixed schema (answers, targets, values of facts) is canonical JSON in a text column. Half",
        "characters, which a model may write and Parquet cannot hold, read U+FFFD in the columns; `record` and `world` have them",
        "as they were.",
        "",
        "```python",
        "import json",
        "from datasets import load_dataset",
        "",
        f'episodes = load_dataset("{facts.repo}", "episodes", split="{split}")',
        'record = json.loads(episodes[0]["record"])  # as it stands in episodes.jsonl',
        "```",
        "",
        "`run/` holds the run folder itself. Whoever downloads the dataset can replay all of it, without a model:",
        "",
        "```",
        f"hf download {facts.repo} --repo-type dataset --local-dir talk",
        "pip install 'parley-bench[hub]'",
        "bench verify talk",
        "```",
        "",
        "Replay finds an edited turn, answer, score or table. It cannot find completions that somebody invented consistently.",
        "",
    ]


def _terms(facts: Facts) -> list[str]:
    created = str(facts.run["created"])
    return [
        "## Licence",
        "",
        f"{code(facts.licence)}. Models' own terms may bind what is done with their output.",
        "",
        "## Not for training",
        "",
        "This is benchmark data. Please keep it out of training corpora. Every row carries the first of these strings, this card",
        "alone the second:",
        "",
        "```",
        CANARY,
        CANARY_OF_THE_CARD,
        "```",
        "",
        "## Citation",
        "",
        "```bibtex",
        "@misc{parley-run-" + re.sub(r"[^A-Za-z0-9]", "", str(facts.run["id"]))[:16] + ",",
        "  title        = {" + re.sub(r"[{}\\]", "", _plain(facts.run["configuration"]["model"])) + " plays Parley},",
        f"  year         = {{{created[:4]}}},",
        f"  howpublished = {{\\url{{https://huggingface.co/datasets/{facts.repo}}}}},",
        f"  note         = {{Run {_plain(facts.run['id'])} of {created[:10]}, Parley {_plain(facts.run['versions'].get('parley'))}}}",
        "}",
        "```",
    ]


def _played(facts: Facts) -> list[Condition]:
    return [condition for condition in CONDITIONS.values() if condition.name in facts.run["grid"]["conditions"]]


def _saw(condition: Condition) -> str:
    return "its own facts and the public ones" if condition.sees == "seat" else "all facts of its side"


def _wrote(condition: Condition) -> str:
    if condition.talk == NO_TALK:
        return "nobody: there was none"
    if condition.talk == WHOLE:
        return "one instance, all of it in one call"
    return "one instance for each seat, turn by turn" if condition.instance_per == "seat" else "one instance for all seats, turn by turn"


def _span(span: Span) -> str:
    return str(span[0]) if span[0] == span[1] else f"{span[0]} to {span[1]}"


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> list[str]:
    return [f"| {' | '.join(row)} |" for row in (head, ("---",) * len(head), *rows)]


def _plain(text: Json) -> str:
    """``text`` without what Markdown, HTML or a terminal would take for an order."""
    return re.sub(r"[^\w .:/,+=@?&%~-]", "\ufffd", str(text))


def _yaml(document: Any) -> str:
    return str(yaml.safe_dump(document, sort_keys=False, allow_unicode=True, width=140))
