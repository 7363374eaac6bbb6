"""What the machine can do to a run: a full or read-only disk, a clock set back, a second run, odd paths, output that leads nowhere."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from benchmark.cli import main
from tests.faulty import CODE, LONG, assert_holds, bench, command, environment, essence, lines, records, start, until, varied
from tests.servers import Server, in_thread

GAME = ("--task", "mutual_friend", "--condition", "private", "--n", 12, "--max-in-flight", 4, "--quiet")
EPISODES = 12

NAMESPACE = """
import json, subprocess, sys
place, steps = json.loads(sys.argv[1])
mount = ["mount", "-t", "tmpfs", "-o", "size=" + steps[0][0], "tmpfs", place]
if subprocess.run(mount, capture_output=True).returncode:
    sys.exit(77)
for number, (option, words) in enumerate(steps):
    option = option if option in ("ro", "rw") else "size=" + option
    subprocess.run(["mount", "-o", "remount," + option, place], check=True)
    done = subprocess.run(words, capture_output=True, text=True, timeout=200)
    print(json.dumps([done.returncode, done.stdout, done.stderr]), flush=True)
"""
"""Commands on a small file system of their own, which is gone with the process; 77 where that may not be had."""


def on_a_small_disk(place: Path, steps: list[tuple[str, list[str]]]) -> list[tuple[int, str, str]]:
    """What each command came to, run one after the other with the disk as each step says: a size, "ro" or "rw"."""
    place.mkdir()
    given = json.dumps([str(place), steps])
    apart = ["unshare", "--map-root-user", "--mount", sys.executable, "-c", NAMESPACE, given]
    if not shutil.which("unshare"):
        pytest.skip("there is no unshare here to mount a small disk in a namespace of its own")
    done = subprocess.run(apart, capture_output=True, text=True, env=environment(), timeout=300)
    if not done.stdout:
        pytest.skip(f"a small disk cannot be mounted here: {done.stderr.strip()[:200]}")
    return [tuple(json.loads(line)) for line in done.stdout.splitlines()]


@pytest.fixture(scope="module")
def healthy(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    out = tmp_path_factory.mktemp("healthy") / "run"
    with in_thread(Server(answer=varied)) as server:
        assert bench("run", "--model", server.spec(timeout=30), *GAME, "--out", out).returncode == 0
    return essence(out)


@pytest.mark.parametrize("kilobytes", range(4, 60, 4) if LONG else [8, 32])
def test_a_full_disk_is_one_clear_error_and_nothing_recorded_is_lost(tmp_path: Path, healthy: dict[str, Any], kilobytes: int) -> None:
    place, copy, kept = tmp_path / "disk", tmp_path / "copy", tmp_path / "kept"
    with in_thread(Server(answer=varied)) as server:
        run = command("run", "--model", server.spec(timeout=30), *GAME, "--out", place / "run")
        keep = ["cp", "-r", str(place), str(kept)]
        full, _, done, _ = on_a_small_disk(
            place, [(f"{kilobytes}k", run), (f"{kilobytes}k", keep), ("30m", run), ("30m", ["cp", "-r", str(place), str(copy)])]
        )

    assert full[0] == 1
    assert "No space left on device" in full[2]
    assert full[2].count("Error: ") == 1
    assert "Traceback" not in full[2]
    assert done[0] == 0, done[2]
    before = lines(kept / "run")
    assert len(before) < EPISODES
    assert lines(copy / "run")[: len(before)] == before
    assert essence(copy / "run") == healthy
    assert_holds(copy / "run")


def test_a_read_only_folder_can_be_read_and_a_run_says_what_is_wrong(tmp_path: Path) -> None:
    place = tmp_path / "disk"
    out = place / "run"
    play = command("run", "--model", "reference:honest", *GAME, "--out", out)
    more = command("run", "--model", "reference:honest", *GAME, "--n", 14, "--out", out)
    reading = [command(name, out) for name in ("report", "verify")]
    steps = [("9m", play), *(("ro", words) for words in (more, *reading, command("rescore", out))), ("rw", more)]
    played, refused, shown, verified, rescored, grown = on_a_small_disk(place, steps)

    assert (played[0], refused[0], shown[0], verified[0], rescored[0], grown[0]) == (0, 1, 0, 0, 0, 0)
    assert "Read-only file system" in refused[2]
    assert "Traceback" not in "".join(errors for _, _, errors in (refused, shown, verified, rescored))


CLOCK = """
#define _GNU_SOURCE
#include <dlfcn.h>
#include <sys/time.h>
#include <time.h>
static long calls;
static long back(void) { return 7200 * (++calls / 40); }
int clock_gettime(clockid_t clock, struct timespec *now) {
  static int (*real)(clockid_t, struct timespec *);
  if (!real) real = (int (*)(clockid_t, struct timespec *))dlsym(RTLD_NEXT, "clock_gettime");
  int result = real(clock, now);
  if (clock == CLOCK_REALTIME) now->tv_sec -= back();
  return result;
}
"""
"""A wall clock that is set back by two hours every forty times it is looked at."""


def test_a_clock_that_is_set_back_changes_nothing(tmp_path: Path, healthy: dict[str, Any]) -> None:
    compiler = shutil.which("cc") or shutil.which("gcc")
    if not compiler or sys.platform != "linux":
        pytest.skip("a clock that runs back is a small C library here, and there is no compiler")
    (tmp_path / "clock.c").write_text(CLOCK)
    subprocess.run([compiler, "-shared", "-fPIC", "-o", tmp_path / "clock.so", tmp_path / "clock.c", "-ldl"], check=True)
    backwards = {"LD_PRELOAD": str(tmp_path / "clock.so")}
    look = "import time; first = time.time(); print(min(time.time() for _ in range(99)) < first - 3600)"
    assert subprocess.run([sys.executable, "-c", look], env=environment(**backwards), capture_output=True, text=True).stdout == "True\n"

    with in_thread(Server(answer=varied)) as server:
        words = ("run", "--model", server.spec(timeout=30), *GAME, "--out", tmp_path / "run")
        for _ in range(2):
            done = bench(*words, **backwards)
            assert done.returncode == 0, done.stderr
    assert essence(tmp_path / "run") == healthy
    assert bench("verify", tmp_path / "run", **backwards).returncode == 0


def test_a_second_run_on_a_folder_in_use_says_so_and_damages_nothing(tmp_path: Path, healthy: dict[str, Any]) -> None:
    out = tmp_path / "run"
    with in_thread(Server(answer=varied, latency=0.05)) as server:
        words = ("run", "--model", server.spec(timeout=30), *GAME, "--out", out)
        playing = start(*words)
        until(lambda: len(lines(out)) >= 1)
        before, server.latency = lines(out), 10.0
        for other in (words, ("rescore", out)):
            second = bench(*other)
            assert second.returncode == 1 or other[0] == "rescore"
            assert second.returncode == 0 or "another run holds" in second.stderr
        assert lines(out)[: len(before)] == before
        assert bench("report", out).returncode == 0
        server.latency = 0.0
        _, errors = playing.communicate(timeout=60)
    assert playing.returncode == 0, errors
    assert essence(out) == healthy


@pytest.mark.parametrize(
    "name", ["a run of mine", "läufe/日本 \u202e run", "-n", "a\nb", os.fsdecode(b"\xff\xfe"), "x" * 200 + "/" + "y" * 200]
)
def test_a_folder_may_have_any_name(tmp_path: Path, name: str) -> None:
    out = tmp_path / name
    words = ("run", "--model", "reference:honest", "--task", "mutual_friend", "--condition", "private", "--n", 1, "--out", out)
    for given in (words, words, ("report", out), ("verify", out), ("rescore", out)):
        done = CliRunner().invoke(main, [str(word) for word in given])
        assert done.exit_code == 0, done.output
        assert not {"\u202e", "\x1b"} & set(done.output)
    assert len(records(out)) == 1


NOWHERE = Path("/dev/full")


@pytest.mark.skipif(not NOWHERE.exists(), reason="there is no /dev/full")
@pytest.mark.parametrize("what", ["run", "verify"])
def test_output_that_cannot_be_written_is_one_clear_error(tmp_path: Path, what: str) -> None:
    run = ("run", "--model", "reference:honest", *GAME, "--out", tmp_path / "run")
    if what != "run":
        assert bench(*run).returncode == 0
    words = run if what == "run" else (what, tmp_path / "run")
    for unbuffered in ("", "1")[: 2 if LONG else 1]:
        with NOWHERE.open("w") as full:
            lost = subprocess.run(
                command(*words), stdout=full, stderr=subprocess.PIPE, text=True, env=environment(PYTHONUNBUFFERED=unbuffered)
            )
        assert (lost.returncode, lost.stderr.count("Error: ")) == (1, 1)
        assert "the output cannot be written: No space left on device" in lost.stderr
        assert "Traceback" not in lost.stderr
        with NOWHERE.open("w") as full:
            both = subprocess.run(command(*words), stdout=full, stderr=full, env=environment(PYTHONUNBUFFERED=unbuffered))
        assert both.returncode == 1
    if what == "run":
        assert len(lines(tmp_path / "run")) == EPISODES


@pytest.mark.parametrize("both", [False, True], ids=["stdout", "stdout and stderr"])
def test_a_reader_that_has_seen_enough_ends_no_run(tmp_path: Path, both: bool) -> None:
    """As with `| head -1`, which is gone before the first word."""
    out = tmp_path / "run"
    with subprocess.Popen(
        command("run", "--model", "reference:honest", *GAME[:-1], "--out", out),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT if both else subprocess.PIPE,
        env=environment(),
    ) as playing:
        assert playing.stdout
        playing.stdout.close()
        errors = playing.stderr.read() if playing.stderr else b""
        assert (playing.wait(60), len(lines(out))) == (0, EPISODES)
    assert b"Traceback" not in errors
    assert b"Exception" not in errors
    assert_holds(out)


@pytest.mark.parametrize("closed", [">&-", "2>&-", "<&- >&- 2>&-"])
def test_streams_that_the_caller_closed_are_streams_that_lead_nowhere(tmp_path: Path, closed: str) -> None:
    out = tmp_path / "run"
    for words in (("run", "--model", "reference:honest", *GAME[:-1], "--out", out), ("show", "mutual_friend", 0, "--condition", "private")):
        shell = ["sh", "-c", f'exec "$@" {closed}', "sh", *command(*words)]
        done = subprocess.run(shell, capture_output=True, text=True, env=environment(), timeout=120)
        assert (done.returncode, "Traceback" in done.stderr + done.stdout) == (0, False), done.stderr
    assert len(lines(out)) == EPISODES
    assert_holds(out)


def test_a_path_that_cannot_be_is_one_clear_error(tmp_path: Path) -> None:
    done = bench("run", "--model", "reference:honest", *GAME, "--out", tmp_path / ("x" * 300))

    assert (done.returncode, done.stderr.count("Error: ")) == (1, 1)
    assert "cannot be used: File name too long" in done.stderr


def test_a_report_that_finds_no_room_is_shown_and_leaves_the_old_one_whole(tmp_path: Path) -> None:
    out = tmp_path / "run"
    assert bench("run", "--model", "reference:honest", *GAME, "--out", out).returncode == 0
    (out / "report.json").write_text("{}")
    limited = f"import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096)); {CODE}"
    done = subprocess.run(
        [sys.executable, "-c", limited, "report", str(out)], capture_output=True, text=True, env=environment(), timeout=120
    )

    assert done.returncode == 0
    assert "reference:honest" in done.stdout
    assert "Note: the report is shown and not kept" in done.stderr
    assert (out / "report.json").read_text() == "{}"
    assert not list(out.glob("*.tmp"))
