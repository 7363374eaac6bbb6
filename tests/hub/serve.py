"""Starts the local Hub by hand: `python tests/hub/serve.py --root DIR`. Needs no network, and no account but its own.

Prints one line of JSON: where it listens (what HF_ENDPOINT should say), and the tokens of alice, who administers bench-org, and bob.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
from contextlib import suppress
from pathlib import Path


def main() -> None:
    """Serves until it is killed. What was uploaded stays in the folder."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--root", type=Path, required=True, help="where everything is kept")
    parser.add_argument("--port", type=int, default=0, help="0: any free one")
    parser.add_argument("--page-size", type=int, default=1000, help="rows in one page of a listing")
    given = parser.parse_args()
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))  # so that `tests` is found when this file is started by its path

    from tests.hub.repositories import TOKENS
    from tests.hub.server import LocalHub

    async def serve() -> None:
        hub = LocalHub(given.root, given.port, given.page_size)
        await hub.start()
        print(json.dumps({"url": hub.url, "store": hub.storage, "root": str(given.root), "tokens": TOKENS}), flush=True)
        await asyncio.Event().wait()

    with suppress(KeyboardInterrupt):
        asyncio.run(serve())


if __name__ == "__main__":
    main()
