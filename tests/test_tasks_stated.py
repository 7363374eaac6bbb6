"""What a task's source is read to say of it is what the class says."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tasks import TASKS


@pytest.mark.parametrize("name", TASKS)
def test_what_is_listed_is_what_the_class_says(name: str) -> None:
    kind = TASKS[name]

    assert TASKS.stated(name) == ((kind.__doc__ or "").strip().partition("\n")[0], kind.version)


def test_tasks_are_listed_without_the_patterns_of_their_readers() -> None:
    code = "import sys; from benchmark import api; api.listing('tasks'); print([name for name in sys.modules if name.startswith('tasks.')])"

    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"
