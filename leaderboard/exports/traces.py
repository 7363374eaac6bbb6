"""Session Traces, which the Hub shows as conversations: a file an episode, a line a message."""

from __future__ import annotations

from collections.abc import Iterator

from leaderboard.exports.talks import Cited, assistant_of, messages, portable, scene, text_of


def session_traces(cited: Cited) -> Iterator[tuple[str, bytes]]:
    """``sts/<episode>.jsonl``. The first line carries the score as well, as keys that other readers pass over."""
    said = cited.said
    for record in cited.entry.records():
        head = {
            "type": "session",
            "harness": "parley-bench",
            "id": record["id"],
            "name": f"{record['task']} {record['condition']} {record['index']}",
            "outcome": record["outcome"],
            "score": record["score"],
        }
        lines = [head, _line("system", scene(record), "")]
        lines += [_line(role, text, said.model.spec) for role, text in messages(record, assistant_of(said, record))]
        yield f"sts/{portable(record['id'])}.jsonl", b"".join(map(text_of, lines))


def _line(role: str, text: str, model: str) -> dict[str, object]:
    more = {"model": model} if role == "assistant" else {}
    return {"type": "message", "message": {"role": role, "content": text, **more}}
