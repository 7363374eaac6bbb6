"""What every test shares: how much Hypothesis explores, and goldens, texts whose every change a reviewer should read."""

from __future__ import annotations

import difflib
import gc
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from tests.browser import Browser

Golden = Callable[[str, str], None]

# A shell starts what it puts in the background with Ctrl-C ignored; tests of Ctrl-C, and the processes they start, must not inherit that.
if threading.current_thread() is threading.main_thread() and signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

# Where Python may keep nothing that it has compiled, as in many containers, each of the hundreds of processes started here would
# compile everything anew.
if sys.dont_write_bytecode:
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    os.environ["PYTHONPYCACHEPREFIX"] = str(Path(__file__).parents[1] / ".pytest_cache" / "bytecode")

GOLDENS = Path(__file__).parent / "goldens"
UPDATING = bool(os.environ.get("PARLEY_UPDATE_GOLDENS"))
SHOWN = 60

SHARING = ("test_every_task.py", "test_every_track.py", "test_players.py")
"""Tests here go by the same worlds and plays over and over, and keep them."""

# On a developer's machine new examples are tried every time; where a change is judged, the same ones each time.
EXAMPLES = int(os.environ.get("PARLEY_EXAMPLES", "24"))
settings.register_profile("parley", deadline=None, derandomize=bool(os.environ.get("CI")), max_examples=EXAMPLES)
settings.load_profile("parley")


def check_golden(path: Path, text: str, updating: bool) -> None:
    """Fails with a diff unless the file at ``path`` holds ``text``; writes it there instead when ``updating``."""
    given = text.encode("utf-8", "surrogatepass")
    if updating:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(given)
        return
    advice = "If that is meant: `make golden`, then read the diff before committing it."
    if not path.exists():
        pytest.fail(f"there is no golden {path.name}. {advice}", pytrace=False)
    expected = path.read_bytes()
    if expected != given:
        old, new = (content.decode("utf-8", "surrogatepass").splitlines() for content in (expected, given))
        diff = list(difflib.unified_diff(old, new, "golden", "now", lineterm="")) or ["only line endings differ"]
        more = [f"… and {len(diff) - SHOWN} more lines"] if len(diff) > SHOWN else []
        lines = [line.encode("ascii", "backslashreplace").decode() for line in diff[:SHOWN]]
        pytest.fail("\n".join([f"{path.name} has changed.", *lines, *more, advice]), pytrace=False)


@pytest.fixture
def golden() -> Golden:
    """``golden(name, text)`` compares ``text`` with tests/goldens/``name``."""
    return lambda name, text: check_golden(GOLDENS / name, text, UPDATING)


def pytest_collection_finish() -> None:
    """Thousands of tests are kept to the end: whoever collects garbage need not look at them again each time."""
    gc.collect()
    gc.freeze()


@pytest.hookimpl(tryfirst=True)  # xdist looks for the groups in the same hook
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """`make golden` runs the tests that have a golden and no others; tests that share plays of one task share a worker."""
    if UPDATING:
        keep = [item for item in items if "golden" in getattr(item, "fixturenames", ())]
        config.hook.pytest_deselected(items=[item for item in items if item not in keep])
        items[:] = keep
    if config.pluginmanager.hasplugin("xdist"):
        for item in items:
            label = item.callspec.params.get("label") if isinstance(item, pytest.Function) and hasattr(item, "callspec") else None
            if item.path.name in SHARING and label:
                item.add_marker(pytest.mark.xdist_group(f"{item.path.stem} {label}"))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A real one, for tests that bear ``tests.browser.NEEDED``; each of them opens the page it is about."""
    from tests.browser import browsing

    with browsing() as opened:
        yield opened
