"""The shape of the code: who may import whom, how large things get, and what is never used. Each rule is shown to bite."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

import pytest

from benchmark.views import CONDITIONS

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ("benchmark", "tasks", "models", "leaderboard")

MAY_IMPORT = {
    "tasks": "vocabulary task choice dropping streams quoting answers naming reading consent phrases lexicon prompts.listing bonds".split(),
    "models": [
        *"vocabulary task schemas streams quoting answers ledger naming channels.worded".split(),
        "episode.chat_sha256",
        "records.completion",
    ],
}
"""What a task or a model may know of ``benchmark``."""

COMMON = ("models.spec", "models.rendering", "models.thoughts", "models.pacing", "models.openai")  # every sibling may import them

FLOORS = ("results", "running", "display")
"""Rooms of ``benchmark``, each over the one before; the files beside them are the ground that all stand on."""

KNOW_EVERYTHING = ("benchmark/api/", "benchmark/cli/")

HEAVY = {"aiohttp", "datasets", "evaluate", "huggingface_hub", "litellm", "numpy", "ray", "rich", "scipy", "torch", "transformers", "vllm"}
VAGUE = {"util", "utils", "helper", "helpers", "manager", "handler", "handlers", "base", "core", "misc", "common"}
SEEDED_NUMPY = {"default_rng", "Generator", "SeedSequence", "PCG64"}


@dataclass(frozen=True)
class Source:
    """One file: its path from the root, and what it says."""

    path: str
    text: str
    tree: ast.Module

    @cached_property
    def nodes(self) -> tuple[ast.AST, ...]:
        """All that the file says, at any depth."""
        return tuple(ast.walk(self.tree))

    @property
    def package(self) -> str:
        return self.path.split("/")[0]

    @property
    def module(self) -> str:
        return self.path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def parsed(path: str, text: str) -> Source:
    return Source(path, text, ast.parse(text))


@cache
def sources(*folders: str) -> tuple[Source, ...]:
    paths = [path for folder in folders for path in sorted((ROOT / folder).rglob("*.py"))]
    return tuple(parsed(path.relative_to(ROOT).as_posix(), path.read_text("utf-8")) for path in paths)


def imports(source: Source, nodes: Iterator[ast.AST] | None = None) -> Iterator[tuple[int, str]]:
    """(line, full name) of everything imported; ``from a import b`` gives a.b. Relative names are made absolute."""
    for node in nodes or source.nodes:
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield node.lineno, alias.name
        elif isinstance(node, ast.ImportFrom):
            here = source.path.removesuffix(".py").split("/")[: -node.level] if node.level else []
            origin = ".".join([*here, *([node.module] if node.module else [])])
            for alias in node.names:
                yield node.lineno, f"{origin}.{alias.name}"
        elif isinstance(node, ast.Call) and "import_module" in ast.unparse(node.func):
            for argument in node.args[:1]:
                if isinstance(argument, ast.Constant):
                    yield node.lineno, str(argument.value)


def within(name: str, *modules: str) -> bool:
    return any(f"{name}.".startswith(f"{module}.") for module in modules)


def imports_one_way(source: Source) -> Iterator[str]:
    """tasks and models know the public words only; benchmark knows neither; leaderboard knows benchmark."""
    for line, name in imports(source):
        package = name.split(".")[0]
        if package not in (*PACKAGES, "tests") or source.path.startswith(KNOW_EVERYTHING):
            continue
        if package == source.package:
            allowed = package in ("benchmark", "leaderboard") or _is_own(source, name)
        elif source.package in MAY_IMPORT:
            allowed = within(name, *(f"benchmark.{module}" for module in MAY_IMPORT[source.package]))
        else:
            allowed = source.package == "leaderboard" and package == "benchmark"
        if not allowed:
            yield f"{line}: imports {name}"


def _is_own(source: Source, name: str) -> bool:
    """Siblings are strangers: a task is a folder, a model a file with perhaps parts beside it (``openai_replies`` of ``openai``)."""
    if (source.path.count("/") == 1 and source.path.endswith("/__init__.py")) or within(name, *COMMON):
        return True
    mine, theirs = source.path.removesuffix(".py").split("/")[1], name.split(".")[1]
    return mine == theirs or (source.package == "models" and within(_whole(mine), _whole(theirs)))


def _whole(stem: str) -> str:
    """The model that a file of ``models`` is part of."""
    known = [path.stem for path in (ROOT / "models").glob("[a-z]*.py")]
    return min((one for one in known if f"{stem}_".startswith(f"{one}_")), key=len, default=stem)


def floors(source: Source) -> Iterator[str]:
    """The ground knows no floor, and no floor one above it."""
    room, *inner = source.path.removeprefix("benchmark/").split("/")
    if source.package != "benchmark" or (inner and room not in FLOORS):
        return
    above = FLOORS[FLOORS.index(room) + 1 :] if inner else FLOORS
    for line, name in imports(source):
        if within(name, *(f"benchmark.{floor}" for floor in above)):
            yield f"{line}: imports {name}, which stands on it"


def condition_names(source: Source) -> Iterator[str]:
    """Only benchmark/views.py knows conditions by name."""
    for node in source.nodes:
        if isinstance(node, ast.Constant) and node.value in CONDITIONS and source.path != "benchmark/views.py":
            yield f"{node.lineno}: names the condition {node.value!r}"


def sizes(source: Source) -> Iterator[str]:
    """What does not fit on a few screens hides something."""
    if (lines := source.text.count("\n")) > 350:
        yield f"1: has {lines} lines, and 350 is the limit"
    for node in source.nodes:
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        length = (node.end_lineno or node.lineno) - node.lineno + 1
        if length > 60:
            yield f"{node.lineno}: {node.name} has {length} lines, and 60 is the limit"
        every = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
        parameters = [argument for argument in every if argument.arg not in ("self", "cls")]
        is_command = source.path.startswith("benchmark/cli") and node.decorator_list
        if len(parameters) > 6 and not is_command:
            yield f"{node.lineno}: {node.name} takes {len(parameters)} parameters, and 6 is the limit"


def vague_names(source: Source) -> Iterator[str]:
    """A module or class is named after what it holds."""
    named = [(1, Path(source.path).stem)]
    named += [(node.lineno, node.name) for node in source.nodes if isinstance(node, ast.ClassDef)]
    for line, name in named:
        words = "".join(f"_{char.lower()}" if char.isupper() else char for char in name).split("_")
        if VAGUE.intersection(words):
            yield f"{line}: the name {name} says nothing"


def slow_starts(source: Source) -> Iterator[str]:
    """What `bench --help` loads imports nothing heavy."""
    if not source.path.startswith(("benchmark/cli/", "models/__init__.py")) and source.package != "tasks":
        return
    for line, name in imports(source, _run_at_import(source.tree.body)):
        if name.split(".")[0] in HEAVY:
            yield f"{line}: imports {name} when it is itself imported"


def _run_at_import(body: list[ast.stmt]) -> Iterator[ast.AST]:
    for node in body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) or (
            isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)
        ):
            continue
        yield node
        yield from _run_at_import([child for child in ast.iter_child_nodes(node) if isinstance(child, ast.stmt)])


def forbidden(source: Source) -> Iterator[str]:
    """Nothing that runs foreign code, and no randomness that is not a named stream (back-off between attempts apart)."""
    jitter = source.path == "models/openai_attempts.py"
    for line, name in imports(source):
        top = name.split(".")[0]
        if top in ("pickle", "marshal", "shelve", "dill") or (top == "random" and not (jitter and name in ("random", "random.Random"))):
            yield f"{line}: imports {name}"
    for node in source.nodes:
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("eval", "exec", "hash", "__import__"):
            yield f"{node.lineno}: calls {node.func.id}"
        if isinstance(node, ast.Attribute):
            owner = ast.unparse(node.value)
            if (owner == "random" and jitter and node.attr != "Random") or (
                owner in ("np.random", "numpy.random") and node.attr not in SEEDED_NUMPY
            ):
                yield f"{node.lineno}: uses {owner}.{node.attr}, which every part of a process shares"


Rule = Callable[[Source], Iterator[str]]
RULES: tuple[Rule, ...] = (imports_one_way, floors, condition_names, sizes, vague_names, slow_starts, forbidden)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_no_file_breaks_a_rule(rule: Rule) -> None:
    assert [] == [f"{source.path}:{breach}" for source in sources(*PACKAGES) for breach in rule(source)]


def test_no_test_file_is_too_long() -> None:
    assert [] == [f"{source.path}: {breach}" for source in sources("tests") for breach in sizes(source) if breach.startswith("1:")]


def circle(files: Iterable[Source]) -> str:
    """Modules that import each other, however deep inside or for types alone, as a way round: "a → b → a"; empty if there are none."""
    known = {source.module: source for source in files}
    graph: dict[str, set[str]] = {}
    for module, source in known.items():
        graph[module] = {next((one for one in _and_above(name) if one in known), module) for _, name in imports(source)} - {module}
    while ends := {module for module, of in graph.items() if not of & graph.keys()}:
        graph = {module: of for module, of in graph.items() if module not in ends}
    if not graph:
        return ""
    way = [min(graph)]
    while way[-1] not in way[:-1]:  # whatever is left imports something that is left
        way.append(min(graph[way[-1]] & graph.keys()))
    return " → ".join(way[way.index(way[-1]) :])


def _and_above(name: str) -> Iterator[str]:
    """``a.b.c``, ``a.b``, ``a``: the longest that is a module is what was imported."""
    while name:
        yield name
        name = name.rpartition(".")[0]


def test_no_modules_import_each_other() -> None:
    assert circle(sources(*PACKAGES)) == ""


CIRCLES = (
    {"tasks/a/task.py": "from tasks.a import talk", "tasks/a/talk.py": "import tasks.a.task"},
    {
        "tasks/a/task.py": "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from .talk import T",
        "tasks/a/talk.py": "def f():\n    from tasks.a.words import W",
        "tasks/a/words.py": "from tasks.a.task import A",
    },
)


@pytest.mark.parametrize("files", CIRCLES)
def test_a_planted_circle_is_found(files: dict[str, str]) -> None:
    straight = {"tasks/a/__init__.py": "from tasks.a.task import A", "tasks/b.py": "from tasks import a"}
    found = circle(parsed(path, text) for path, text in {**straight, **files}.items())

    assert found.startswith("tasks.a.t")
    assert found.count("→") == len(files)
    assert circle(parsed(path, text) for path, text in straight.items()) == ""


BREACHES: tuple[tuple[Rule, str, str], ...] = (
    (imports_one_way, "tasks/a/task.py", "from tasks import b"),
    (imports_one_way, "tasks/a/task.py", "from tasks.b import B"),
    (imports_one_way, "tasks/a/__init__.py", "from tasks.b.task import B"),
    (imports_one_way, "tasks/a/task.py", "from ..b import B"),
    (imports_one_way, "tasks/a.py", "from benchmark import views"),
    (imports_one_way, "tasks/a.py", "from benchmark.prompts import scene"),
    (imports_one_way, "tasks/a.py", "import models.spec"),
    (imports_one_way, "models/a.py", "def f():\n    from benchmark.running.runner import run"),
    (imports_one_way, "models/a.py", "from models.b import connect"),
    (imports_one_way, "benchmark/running/runner.py", "import tasks"),
    (imports_one_way, "benchmark/running/runner.py", "import importlib\nimportlib.import_module('models.openai')"),
    (imports_one_way, "benchmark/results/report.py", "from leaderboard.board import Board"),
    (imports_one_way, "leaderboard/entry.py", "from tasks import TASKS"),
    (imports_one_way, "leaderboard/entry.py", "from tests.toy_task import Toy"),
    (floors, "benchmark/records.py", "def f():\n    from benchmark.results import report"),
    (floors, "benchmark/results/report.py", "from benchmark.running.plan import Plan"),
    (floors, "benchmark/running/tally.py", "import benchmark.display.table"),
    (condition_names, "tasks/a.py", "x = 'private'"),
    (condition_names, "benchmark/results/report.py", "def f(c):\n    return c == 'solo'"),
    (sizes, "tasks/a.py", "x = 1\n" * 351),
    (sizes, "tasks/a.py", "def f():\n" + "    x = 1\n" * 60),
    (sizes, "tasks/a.py", "def f(a, b, c, d, *, e, f, g): ..."),
    (vague_names, "models/openai_utils.py", ""),
    (vague_names, "tasks/a.py", "class TaskManager: ..."),
    (slow_starts, "tasks/a.py", "import numpy as np"),
    (slow_starts, "benchmark/cli/playing.py", "try:\n    from rich.table import Table\nexcept ImportError:\n    pass"),
    (forbidden, "benchmark/records.py", "import pickle"),
    (forbidden, "tasks/a.py", "from random import choice"),
    (forbidden, "models/openai_attempts.py", "import random\nrandom.random()"),
    (forbidden, "benchmark/results/report.py", "import numpy as np\nnp.random.shuffle(x)"),
    (forbidden, "tasks/a.py", "eval('1')"),
)


@pytest.mark.parametrize(("rule", "path", "text"), BREACHES)
def test_every_rule_finds_a_planted_breach(rule: Rule, path: str, text: str) -> None:
    assert list(rule(parsed(path, text)))


KEPT: tuple[tuple[Rule, str, str], ...] = (
    (
        imports_one_way,
        "tasks/a/task.py",
        "from benchmark.prompts import listing\nfrom tasks.a.places import X\nfrom .talk import read",
    ),
    (imports_one_way, "tasks/__init__.py", "from tasks import a, b"),
    (imports_one_way, "models/openai.py", "from models.openai_replies import read\nfrom models.spec import Spec"),
    (imports_one_way, "benchmark/cli/playing.py", "import tasks, models, leaderboard"),
    (floors, "benchmark/display/page.py", "from benchmark.results import report\nfrom benchmark.running.people import PEOPLE"),
    (floors, "benchmark/api/playing.py", "from benchmark.running.runner import play"),
    (condition_names, "tasks/a.py", "'''Never private.'''\nx = 'private parts'"),
    (sizes, "benchmark/cli/playing.py", "@main.command()\ndef run(a, b, c, d, e, f, g): ..."),
    (slow_starts, "tasks/a.py", "if TYPE_CHECKING:\n    import numpy\ndef f():\n    import numpy"),
    (forbidden, "models/openai_attempts.py", "import random\nrandom.Random(3).random()"),
)


@pytest.mark.parametrize(("rule", "path", "text"), KEPT)
def test_no_rule_forbids_what_is_meant_to_be_done(rule: Rule, path: str, text: str) -> None:
    assert [] == list(rule(parsed(path, text)))


LIGHT = (
    "import benchmark.cli, tasks, models",
    "from benchmark.cli import main; main(['--help'], standalone_mode=False)",
    "from benchmark.cli import main; main(['list', 'tasks'], standalone_mode=False)",
    "import benchmark.conformance.elsewhere",
    "import tempfile\nfrom pathlib import Path\nfrom benchmark import api\nfrom benchmark.running.runner import Settings\n"
    "wish = api.Wish(model='reference:honest', tasks=('mutual_friend',), n=1)\n"
    "with tempfile.TemporaryDirectory() as place: api.run(wish, Path(place) / 'run', Settings(quiet=True))",
)
"""The command, what it says of itself, the other process of `bench check`; and a quiet run, whose memory is for its episodes."""


@pytest.mark.parametrize("code", LIGHT)
def test_what_must_start_at_once_imports_nothing_heavy(code: str) -> None:
    """Whatever is imported by what it imports counts too."""
    loaded = "import sys; print(*{name.partition('.')[0] for name in sys.modules}, file=sys.stderr)"

    done = subprocess.run([sys.executable, "-c", f"{code}\n{loaded}"], cwd=ROOT, capture_output=True, text=True, check=True)

    assert {"sys", "benchmark"} <= set(done.stderr.split())
    assert set() == HEAVY.intersection(done.stderr.split())
