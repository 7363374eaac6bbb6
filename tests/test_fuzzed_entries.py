"""Entries at random: bytes and values changed anywhere, mostly behind a manifest that fits. The outcome is a pass or one clear refusal."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.made_entry import SHARD, built, content_of, document, lines_of, manifest, packed, untouched
from tests.test_cli import bench


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An entry that holds. Nobody writes to it."""
    return built(tmp_path_factory.mktemp("whole"), tasks=("mutual_friend",)).folder


ODD = st.one_of(
    st.none(), st.booleans(), st.integers(-5, 5), st.sampled_from([2**31, 2**53, 2**63, 10**19, -1, 1.5, -0.0, 1e300]),
    st.text(max_size=8), st.sampled_from(["<script>", "../..", "\x1b[2J", "\u202e", "decided", "antigravity:fly", "reference:honest"]),
    st.just([]), st.just({}), st.just([[]]), st.just({"": None}),
)  # fmt: skip


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The path of everything inside ``value``."""
    for key, inner in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        yield (*path, key)
        yield from places(inner, (*path, key))


def mutate(draw: Any, value: Any) -> None:
    """Puts something odd somewhere, takes something out, doubles it or swaps two."""
    known = list(places(value))
    path = draw(st.sampled_from(known))
    holder = value
    for key in path[:-1]:
        holder = holder[key]
    action = draw(st.sampled_from(["odd", "drop", "nudge", "double"]))
    inner = holder[path[-1]]
    if action == "drop":
        del holder[path[-1]]
    elif action == "nudge" and type(inner) in (int, float):
        holder[path[-1]] = inner + draw(st.sampled_from([1, -1, 1e-9]))
    elif action == "double" and isinstance(holder, list):
        holder.append(inner)
    else:
        holder[path[-1]] = draw(ODD)


@given(data=st.data())
def test_fuzzed_entries_end_in_a_pass_or_one_clear_refusal(
    whole: Path, tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    """Bytes and values, in every file, mostly behind a manifest that fits; nothing that changes a figure or a record ever passes."""
    root = tmp_path_factory.mktemp("fuzzed")
    folder = root.joinpath(*whole.parts[-4:])
    shutil.copytree(whole, folder)
    kind = data.draw(st.sampled_from(["entry", "record", "bytes", "inflated", "manifest"]))
    before = document(folder)
    if kind == "entry":
        entry = document(folder)
        mutate(data.draw, entry)
        (folder / "entry.json").write_text(json.dumps(entry, indent=1, sort_keys=True) + "\n")
    elif kind == "record":
        documents = [json.loads(line) for line in lines_of(folder)]
        mutate(data.draw, documents)
        for one in documents:
            if isinstance(one, dict):
                plain = json.dumps({k: v for k, v in one.items() if k != "digest"}, sort_keys=True, separators=(",", ":"))
                one["digest"] = f"sha256:{hashlib.sha256(plain.encode()).hexdigest()}"
        text = "".join(json.dumps(one, sort_keys=True, separators=(",", ":")) + "\n" for one in documents)
        (folder / SHARD).write_bytes(packed(text.encode()))
    else:
        name = data.draw(st.sampled_from(["entry.json", SHARD, "manifest.json"] if kind == "bytes" else [SHARD]))
        content = bytearray(content_of(folder) if kind == "inflated" else (folder / name).read_bytes())
        at = data.draw(st.integers(0, len(content) - 1))
        content[at : at + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=4))
        (folder / name).write_bytes(packed(bytes(content)) if kind == "inflated" else bytes(content))
    fetched = root / "fetched"
    shutil.move(folder, fetched)
    if kind != "manifest" and data.draw(st.integers(0, 9)):
        manifest(fetched)

    with untouched(fetched):
        shown = bench("verify", fetched)
    assert shown.exit_code in (0, 1, 4), shown.output
    if shown.exit_code == 0:
        assert derivable(fetched) == derivable(whole)
        after = document(fetched)
        assert {name for name in before if before[name] != after[name]} <= CLAIMS


def derivable(folder: Path) -> list[str]:
    """The records without what only the machine that played them can know."""
    documents = [json.loads(line) for line in sorted(lines_of(folder))]
    for one in documents:
        one["digest"] = None
        for call in one["calls"]:
            call.update(dict.fromkeys(("retries", "seconds", "usage", "served")))
    return sorted(json.dumps(one, sort_keys=True) for one in documents)


CLAIMS = {"run", "model", "submitter", "attempts_declared", "training", "disclosures", "licence", "bench", "timing", "usage", "counts"}
"""Parts of an entry in which something is said that no record tells: other words there make another claim, by the same submitter."""
