"""Parley from Python: what the commands do, as functions. With the command line, the one place that knows every part."""

from benchmark.api.engines import check_model
from benchmark.api.judging import report, rescore, rescored, verify, write_report
from benchmark.api.playing import plan_of, run
from benchmark.api.showing import first_requests, listing
from benchmark.api.wishes import Wish, load_worlds, make_plan, make_task

__all__ = [
    "Wish", "check_model", "first_requests", "listing", "load_worlds", "make_plan", "make_task", "plan_of", "report", "rescore", "rescored",
    "run", "verify", "write_report",
]  # fmt: skip
