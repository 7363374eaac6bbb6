"""Forked processes are like those that are started: of their own environment, folder, output and end."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from tests import forked

LOOK = "import os, sys; print(sys.argv[1:], os.getcwd(), os.environ['COLOUR'], 'PATH' in os.environ)"


def test_it_has_words_a_folder_and_variables_of_its_own(tmp_path: Path) -> None:
    kept = {name: value for name, value in os.environ.items() if name != "PATH"}
    done = forked.run(LOOK, "a", "b c", environment=kept | {"COLOUR": "grün"}, cwd=tmp_path)

    assert (done.returncode, done.stdout, done.stderr) == (0, f"['a', 'b c'] {tmp_path} grün False\n", "")


@pytest.mark.parametrize(
    ("code", "status", "words"),
    [
        ("import sys; sys.exit(3)", 3, ""),
        ("import sys; sys.exit('it is late')", 1, "it is late\n"),
        ("raise ValueError('no')", 1, "ValueError: no\n"),
        ("import os, signal; os.kill(os.getpid(), signal.SIGTERM)", -15, ""),
        ("import atexit, sys; atexit.register(lambda: print('the end', file=sys.stderr))", 0, "the end\n"),
    ],
)
def test_it_ends_as_python_would(code: str, status: int, words: str) -> None:
    done = forked.run(code, environment=os.environ)

    assert (done.returncode, done.stderr.endswith(words), bool(done.stderr)) == (status, True, bool(words))


def test_nothing_is_left_of_one_in_the_next() -> None:
    forked.run("import sys, huggingface_hub; sys.marked = huggingface_hub.marked = True", environment=os.environ)
    done = forked.run("import sys, huggingface_hub; print(hasattr(sys, 'marked'))", environment=os.environ)
    where = forked.run(
        "from huggingface_hub import constants as c; print(c.ENDPOINT)", environment={**os.environ, "HF_ENDPOINT": "http://x"}
    )

    assert done.stdout == "False\n"
    assert where.stdout == "http://x\n"


def test_one_that_does_not_end_is_ended() -> None:
    with pytest.raises(subprocess.TimeoutExpired):
        forked.run("import time; time.sleep(60)", environment=os.environ, seconds=0.2)


def test_a_variable_that_only_a_start_would_hear_is_refused() -> None:
    with pytest.raises(ValueError, match="PYTHONHASHSEED would not be heard"):
        forked.run("", environment={**os.environ, "PYTHONHASHSEED": "3"})
