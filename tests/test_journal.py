"""Lines of a journal are whole or not there: with a full disk, short writes and a kill in between."""

from __future__ import annotations

import errno
import json
import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from benchmark.running.journal import Journal, Lines, locked, write_whole
from benchmark.vocabulary import FolderError

Write = Callable[[int, bytes], int]


def documents(path: Path) -> Lines:
    return Lines(path, frozenset({"n"}))


def of_size(n: int, size: int = 1000) -> dict[str, object]:
    return {"n": n, "text": "x" * size}


def fill(path: Path) -> int:
    """Appends until the disk is full; how many lines were acknowledged."""
    journal = Journal(path)
    acknowledged: list[int] = []
    with pytest.raises(FolderError, match=r"episodes\.jsonl cannot be written: .* nothing that was recorded is lost"):
        append_without_end(journal, acknowledged)
    journal.close()
    return len(acknowledged)


def append_without_end(journal: Journal, acknowledged: list[int]) -> None:
    for n in range(10_000):
        journal.append(of_size(n))
        acknowledged.append(n)


def assert_resumable(path: Path, written: int) -> None:
    """Exactly the acknowledged lines are there, and the next one follows them."""
    journal = Journal(path)
    journal.append(of_size(written))
    journal.close()

    assert [document["n"] for document in documents(path)] == list(range(written + 1))


@pytest.fixture
def tiny_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 64 KiB."""
    place = tmp_path / "disk"
    place.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(place)], capture_output=True)
    if mounted.returncode:
        pytest.skip("mounting needs rights that this user lacks; a limit on file size is tested in any case")
    yield place
    subprocess.run(["umount", str(place)], check=True)


def test_a_full_disk_loses_nothing_that_was_acknowledged(tiny_disk: Path) -> None:
    written = fill(tiny_disk / "episodes.jsonl")
    assert 40 < written < 70
    assert (tiny_disk / "episodes.jsonl").read_bytes().endswith(b"\n")
    subprocess.run(["mount", "-o", "remount,size=1m", str(tiny_disk)], check=True)

    assert_resumable(tiny_disk / "episodes.jsonl", written)


def test_a_limit_on_file_size_loses_nothing_that_was_acknowledged(tmp_path: Path) -> None:
    path = tmp_path / "episodes.jsonl"
    code = f"from tests.test_journal import *\nprint(fill(Path({str(path)!r})))"
    limited = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (20_500, 20_500)),
    )

    assert limited.stdout == "20\n"
    assert_resumable(path, 20)


def test_a_line_that_is_written_bit_by_bit_is_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write: Write = os.write
    monkeypatch.setattr(os, "write", lambda file, data: write(file, bytes(data[:7])))
    journal = Journal(tmp_path / "a")
    journal.append(of_size(0))
    journal.close()

    assert list(documents(tmp_path / "a")) == [of_size(0)]


def test_a_write_that_fails_half_way_is_cut_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    journal = Journal(tmp_path / "a")
    journal.append(of_size(0))
    write: Write = os.write

    def half_then_full(file: int, data: bytes) -> int:
        monkeypatch.setattr(os, "write", full)
        return write(file, bytes(data[:500]))

    def full(file: int, data: bytes) -> int:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "write", half_then_full)
    with pytest.raises(FolderError, match="No space left on device"):
        journal.append(of_size(1))
    monkeypatch.setattr(os, "write", write)
    journal.append(of_size(2))
    journal.close()

    assert [document["n"] for document in documents(tmp_path / "a")] == [0, 2]


def test_the_disk_is_waited_for_once_a_second_and_at_the_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    now = 100.0
    synced: list[float] = []
    monkeypatch.setattr(time, "monotonic", lambda: now)
    monkeypatch.setattr(os, "fsync", lambda _: synced.append(now))
    journal = Journal(tmp_path / "a")
    for n in range(30):
        now = 100 + n / 10
        journal.append(of_size(n))
    journal.close()
    journal_of_nothing = Journal(tmp_path / "b")
    journal_of_nothing.close()

    assert synced == [101.0, 102.0, 102.9]


def test_what_cannot_be_json_is_not_begun(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "a")
    with pytest.raises(ValueError, match="not JSON compliant"):
        journal.append({"n": float("nan")})
    journal.append({"n": 1, "text": "\ud800 é"})
    journal.close()

    assert list(documents(tmp_path / "a")) == [{"n": 1, "text": "\ud800 é"}]


def test_a_file_keeps_its_content_until_the_new_one_is_whole(tmp_path: Path) -> None:
    write_whole(tmp_path / "run.json", ["old"])

    def parts() -> Iterator[str]:
        yield "ne"
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with pytest.raises(FolderError, match="No space left"):
        write_whole(tmp_path / "run.json", parts())

    assert (tmp_path / "run.json").read_text() == "old"


def test_a_kill_while_a_file_is_replaced_leaves_the_old_or_the_new(tmp_path: Path) -> None:
    path = tmp_path / "run.json"
    code = (
        "import itertools; from tests.test_journal import *\n"
        f"for n in itertools.count(): write_whole(Path({str(path)!r}), ['{{\"n\": ', str(n), '}}'])"
    )
    for after in (0.0, 0.01, 0.033):
        with subprocess.Popen([sys.executable, "-c", code]) as writer:
            while not path.exists():
                assert writer.poll() is None
                time.sleep(0.01)
            time.sleep(after)
            os.kill(writer.pid, signal.SIGKILL)
        assert json.loads(path.read_text())["n"] >= 0
        path.unlink()


def test_a_place_without_rights_is_named(tmp_path: Path) -> None:
    with pytest.raises(FolderError, match="gone"), locked(tmp_path / "gone", ".lock"):
        pass


def test_a_file_that_is_deleted_or_cut_ends_what_writes_to_it_and_a_folder_may_be_moved(tmp_path: Path) -> None:
    (tmp_path / "run").mkdir()
    journal = Journal(tmp_path / "run" / "lines")
    journal.append({"a": 1})
    (tmp_path / "run").rename(tmp_path / "moved")
    journal.append({"a": 2})
    journal.sync()
    moved = tmp_path / "moved" / "lines"
    assert moved.read_bytes() == b'{"a":1}\n{"a":2}\n'
    os.truncate(moved, 3)
    with pytest.raises(FolderError, match=r"lines was cut from 16 to 3 bytes by another program"):
        journal.sync()
    moved.unlink()
    with pytest.raises(FolderError, match=r"lines was deleted while it was written to"):
        journal.sync()
    with pytest.raises(FolderError, match="deleted"):
        journal.close()
