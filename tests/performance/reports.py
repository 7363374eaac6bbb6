"""What a report of many records takes: seconds and memory, beside reading the same lines with json alone."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.performance.cloning import cloned
from tests.performance.figures import Figure, written
from tests.performance.measuring import ROOT

_REPORT = """
import json, resource, sys, time
from pathlib import Path
from benchmark import api

began = time.process_time()
api.report(Path(sys.argv[1]))
print(json.dumps({"seconds": time.process_time() - began, "mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}))
"""

_READ = """
import json, sys, time

began = time.process_time()
with open(f"{sys.argv[1]}/episodes.jsonl", "rb") as file:
    for line in file:
        json.loads(line)
print(json.dumps({"seconds": time.process_time() - began}))
"""


def taken(code: str, folder: Path) -> dict[str, float]:
    done = subprocess.run([sys.executable, "-c", code, str(folder)], cwd=ROOT, capture_output=True, text=True, check=True)
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def measured_report(records: int) -> list[Figure]:
    with TemporaryDirectory() as place:
        folder = cloned(Path(place), records)
        ours, bare = taken(_REPORT, folder), taken(_READ, folder)
    return [
        Figure(f"processor time of a report of {records:,} records", ours["seconds"], "s", "json alone", bare["seconds"]),
        Figure("its peak memory", ours["mib"], "MiB"),
    ]


def main() -> None:
    written("reports", "Reports", [*measured_report(20_000), *measured_report(100_000)])


if __name__ == "__main__":
    main()
