"""Parley from Python: what the commands do, as functions. With the command line, the one place that knows every part.

    from benchmark.api import load_run, report, run

    done = run("openai:gpt-x", tasks=["mutual_friend", "route"], n=20)
    print(report(done.path)["overall"]["grounding_success"])
    table = load_run(done.path).to_pandas()

Nothing here prints or ends the process. What goes wrong raises a ParleyError: UsageError for what cannot be asked for, ConnectError for a
model that cannot be had, FolderError and WorldsError for files. All of it may be called where an event loop runs, as in a notebook.
"""

from benchmark.api.checking import CHECKED_SEED, check
from benchmark.api.comparing import are_arms, arms
from benchmark.api.content import load_worlds, make_task
from benchmark.api.contrasts import bonds
from benchmark.api.engines import check_model
from benchmark.api.environment import Environment, as_gymnasium
from benchmark.api.importing import import_corpus, import_inspect
from benchmark.api.judging import report, rescore, rescored, verify, write_comparison, write_figures, write_report
from benchmark.api.loading import Run, load_run
from benchmark.api.merging import merge, part_of
from benchmark.api.playing import Finished, plan_of, run
from benchmark.api.publishing import Published, Publishing, export_worlds, publish, recorded
from benchmark.api.results import Cell, Estimate, Gap, Overall, Report
from benchmark.api.seating import Sitting, sit_down
from benchmark.api.showing import first_requests, listing
from benchmark.api.submitting import account, build_entry, is_entry, open_entry, submit_entry, verify_entry
from benchmark.api.tournament import tournament
from benchmark.api.training import Lesson, Practice
from benchmark.api.viewing import view
from benchmark.api.wishes import Asked, Wish, make_plan
from benchmark.errors import ConnectError, FolderError, ParleyError, UsageError, WorldsError
from benchmark.running.budget import Caps
from benchmark.running.sitting import Outcome, Settings

__all__ = [
    "CHECKED_SEED",
    "Asked",
    "Caps",
    "Cell",
    "ConnectError",
    "Environment",
    "Estimate",
    "Finished",
    "FolderError",
    "Gap",
    "Lesson",
    "Outcome",
    "Overall",
    "ParleyError",
    "Practice",
    "Published",
    "Publishing",
    "Report",
    "Run",
    "Settings",
    "Sitting",
    "UsageError",
    "Wish",
    "WorldsError",
    "account",
    "are_arms",
    "arms",
    "as_gymnasium",
    "bonds",
    "build_entry",
    "check",
    "check_model",
    "export_worlds",
    "first_requests",
    "import_corpus",
    "import_inspect",
    "is_entry",
    "listing",
    "load_run",
    "load_worlds",
    "make_plan",
    "make_task",
    "merge",
    "open_entry",
    "part_of",
    "plan_of",
    "publish",
    "recorded",
    "report",
    "rescore",
    "rescored",
    "run",
    "sit_down",
    "submit_entry",
    "tournament",
    "verify",
    "verify_entry",
    "view",
    "write_comparison",
    "write_figures",
    "write_report",
]
