"""What is read a million times: nothing is kept of a record but numbers."""

from __future__ import annotations

import json
import tracemalloc
from pathlib import Path

from benchmark.records import canonical, is_seal_of, sealed
from benchmark.results.cells import gather
from benchmark.running.folder import read_episodes
from benchmark.running.identities import Identities
from tests.made_records import MODEL, record


def filled(folder: Path, records: int) -> Path:
    folder.mkdir()
    lines = (canonical(sealed({"version": 1, "seed": 0, **record(index=index, filler="x" * 2000)})) for index in range(records))
    (folder / "episodes.jsonl").write_text("".join(f"{line}\n" for line in lines))
    return folder


def peak(folder: Path) -> int:
    """Bytes that reading all records of ``folder`` takes at most."""
    tracemalloc.start()
    try:
        gathered = gather(read_episodes(folder), MODEL)
        assert sum(gathered.outcomes.values()) > 0
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_reading_records_takes_a_fraction_of_their_size(tmp_path: Path) -> None:
    few, many = peak(filled(tmp_path / "few", 500)), peak(filled(tmp_path / "many", 4500))

    assert (many - few) / 4000 < 600


def test_ids_are_known_again_and_no_others() -> None:
    ids = [f"task/3/private/{number}/0/AB/0123abcd" for number in range(70_000)]
    known = Identities(ids[::2])

    assert len(known) == 35_000
    assert all(one in known for one in ids[::2])
    assert not any(one in known for one in ids[1::2])
    assert (known.add(ids[0]), known.add(ids[1]), known.add(ids[1])) == (False, True, False)
    assert 7 not in known


def test_a_seal_is_known_by_its_line_and_by_its_content(tmp_path: Path) -> None:
    document = sealed({"version": 1, "seed": 0, **record()})
    line = f"{canonical(document)}\n".encode()
    otherwise = f"{json.dumps(document)}\n".encode()

    assert is_seal_of(document, line)
    assert not is_seal_of(document, otherwise)
    assert not is_seal_of(document, line.replace(b'"seed":0', b'"seed":1'))
    (tmp_path / "episodes.jsonl").write_bytes(otherwise)
    assert list(read_episodes(tmp_path)) == [document]
