"""Parley from Python: what the commands do, as functions. With the command line, the one place that knows every part."""

from benchmark.api.checking import CHECKED_SEED, check
from benchmark.api.comparing import are_arms, arms
from benchmark.api.content import load_worlds, make_task
from benchmark.api.contrasts import bonds
from benchmark.api.engines import check_model
from benchmark.api.importing import import_corpus
from benchmark.api.judging import report, report_beside, rescore, rescored, verify, write_comparison, write_figures, write_report
from benchmark.api.loading import Run, load_run
from benchmark.api.merging import merge, part_of
from benchmark.api.playing import plan_of, run
from benchmark.api.publishing import Published, Publishing, export_worlds, publish, recorded
from benchmark.api.seating import Sitting, sit_down
from benchmark.api.showing import first_requests, listing
from benchmark.api.submitting import account, build_entry, is_entry, open_entry, submit_entry, verify_entry
from benchmark.api.tournament import tournament
from benchmark.api.viewing import view
from benchmark.api.wishes import Wish, make_plan

__all__ = [
    "CHECKED_SEED",
    "Published",
    "Publishing",
    "Run",
    "Sitting",
    "Wish",
    "account",
    "are_arms",
    "arms",
    "bonds",
    "build_entry",
    "check",
    "check_model",
    "export_worlds",
    "first_requests",
    "import_corpus",
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
    "report_beside",
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
