"""Signatures of manifests by SSH keys: who holds the key of an earlier entry can show that a later one is theirs too."""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
from pathlib import Path

from leaderboard.entry import MANIFEST, SIGNATURE
from leaderboard.shapes import EntryError

NAMESPACE = "parley-entry"
"""A signature made for another purpose is none here."""

PATIENCE = 20.0
"""Seconds."""

_KEY = re.compile(r"Good \"parley-entry\" signature with (\S+) key (SHA256:[A-Za-z0-9+/]+=*)")


def signer(manifest: bytes, signature: bytes) -> str:
    """The kind and fingerprint of the key that signed ``manifest``. EntryError if it was not signed, or that cannot be told here."""
    with tempfile.TemporaryDirectory(prefix="parley-") as scratch:
        path = Path(scratch) / SIGNATURE
        path.write_bytes(signature)
        done = _keygen(["-Y", "check-novalidate", "-n", NAMESPACE, "-s", str(path)], manifest)
    found = _KEY.search(done.stdout.decode("utf-8", "replace"))
    if done.returncode or not found:
        raise EntryError(f"{SIGNATURE} is no good signature of {MANIFEST}. Sign the entry again, or take the signature out.")
    return f"{found[1]} {found[2]}"


def sign(folder: Path, key: Path) -> Path:
    """Signs the manifest of the entry in ``folder`` with the private key (or, with an agent, the public key) at ``key``."""
    manifest = (folder / MANIFEST).read_bytes()
    done = _keygen(["-Y", "sign", "-n", NAMESPACE, "-f", str(key)], manifest)
    if done.returncode:
        said = " ".join(done.stderr.decode("utf-8", "replace").split())
        raise EntryError(f"the key {key} cannot sign ({said:.200}). Give --sign the path of an SSH key.")
    (folder / SIGNATURE).write_bytes(done.stdout)
    return folder / SIGNATURE


def _keygen(arguments: list[str], content: bytes) -> subprocess.CompletedProcess[bytes]:
    program = shutil.which("ssh-keygen")
    if program is None:
        raise EntryError("a signature needs ssh-keygen, which is not installed here. Install OpenSSH's client programs.")
    try:
        return subprocess.run([program, *arguments], input=content, capture_output=True, timeout=PATIENCE, check=False)  # noqa: S603 (no shell, and no argument comes from an entry)
    except subprocess.TimeoutExpired:
        raise EntryError("ssh-keygen gives no answer. If the key has a passphrase, add it to an agent and give its public part.") from None
