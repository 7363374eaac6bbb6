"""Parley from Python: what the commands do, as functions. With the command line, the one place that knows every part."""

from benchmark.api.checking import CHECKED_SEED, check
from benchmark.api.content import load_worlds, make_task
from benchmark.api.engines import check_model
from benchmark.api.importing import import_corpus
from benchmark.api.judging import report, report_beside, rescore, rescored, verify, write_report
from benchmark.api.playing import plan_of, run
from benchmark.api.showing import first_requests, listing
from benchmark.api.tournament import tournament
from benchmark.api.wishes import Wish, make_plan

__all__ = [
    "CHECKED_SEED", "Wish", "check", "check_model", "first_requests", "import_corpus", "listing", "load_worlds", "make_plan",
    "make_task", "plan_of", "report", "report_beside", "rescore", "rescored", "run", "tournament", "verify", "write_report",
]  # fmt: skip
